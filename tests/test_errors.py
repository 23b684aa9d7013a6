"""Errors name an option once; each door says it in its own words."""

from __future__ import annotations

import pickle
from importlib.util import find_spec

import pytest

from rs_sr import errors
from rs_sr.errors import MetadataWarning, RequestError, RsSrError, SourceError, speaking, spoken


@pytest.mark.parametrize(
    ("written", "python", "shell"),
    [
        ("give --bands", "give bands", "give --bands"),
        ("give --assign-crs too", "give assign_crs too", "give --assign-crs too"),
        ("--tile=128.", "tile=128.", "--tile 128."),
        ("--nodata=VALUE, or none", "nodata=VALUE, or none", "--nodata VALUE, or none"),
        ("--nodata=-9999", "nodata=-9999", "--nodata=-9999"),  # which a parser would take for an option
        ("--nodata=none", 'nodata="none"', "--nodata none"),
        ("(--halo=auto)", '(halo="auto")', "(--halo auto)"),
        ("--bands=3,2,1, then", 'bands="3,2,1", then', "--bands 3,2,1, then"),
        ("--range=(LO, HI) that", "range=(LO, HI) that", "--range LO HI that"),
        ("--range=(-1.5, 3) is", "range=(-1.5, 3) is", "--range -1.5 3 is"),
        ("--halo='far'.", "halo='far'.", "--halo far."),
        ("--aoi='my fields.gpkg' is", "aoi='my fields.gpkg' is", "--aoi 'my fields.gpkg' is"),
        ("--engine, --device", "engine, device", "--engine, --device"),
        ("a -- b, --x", "a -- b, --x", "a -- b, --x"),  # none of these is one
    ],
)
def test_an_option_in_the_words_of_each_door(written: str, python: str, shell: str) -> None:
    assert spoken(written) == python == str(MetadataWarning(written)) == RequestError("", written).cure
    with speaking("shell"):
        assert spoken(written) == shell == str(MetadataWarning(written)) == RequestError(written).problem
    with speaking("plain"):
        assert spoken(written) == written
    assert spoken(written) == python


def kinds(of: type[RsSrError]) -> list[type[RsSrError]]:
    return [of, *(deeper for kind in of.__subclasses__() for deeper in kinds(kind))]


@pytest.mark.parametrize("kind", kinds(RsSrError))
def test_every_kind_says_problem_and_cure_and_travels_between_processes(kind: type[RsSrError]) -> None:
    if find_spec("tblib"):  # as dask's workers send them
        from tblib import pickling_support

        pickling_support.install(kind("", ""))
    for error in (kind("it is so", "do that"), pickle.loads(pickle.dumps(kind("it is so", "do that")))):
        assert (type(error), error.problem, error.cure, str(error)) == (
            kind,
            "it is so",
            "do that",
            "it is so; do that",
        )
        assert str(error.of("band 2: ")) == "band 2: it is so; do that"
    assert str(kind("it is so")) == "it is so"
    assert kind.exit_code in errors.EXIT_CODES


def test_an_error_of_a_file_has_no_number_of_the_system() -> None:
    assert SourceError("no such raster", "look for it").errno is None
