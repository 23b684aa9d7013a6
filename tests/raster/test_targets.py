"""What lies where a result is to go: it is not taken away unless that was asked for, and never without a word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely.geometry import Polygon

import rs_sr
from rs_sr.errors import RequestError, TargetError
from rs_sr.raster.workspace import Workspace
from rs_sr.run import pipeline
from tests.conftest import Make, pattern, small_lkdn

BICUBIC = {"model": "bicubic"}


def left(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


@pytest.mark.parametrize(("target", "there"), [("o.tif", "o.tif"), ("o.vrt", "o_tiles"), ("o.zarr", "o.zarr")])
def test_what_came_during_the_run_is_not_replaced_unasked(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, there: str
) -> None:
    source, real = make("in.tif", pattern(1, 40, 50, "uint8")), pipeline.read_back

    def meanwhile(path: Any) -> Any:
        if not (tmp_path / there).exists():
            (tmp_path / there).write_text("precious")
        return real(path)

    monkeypatch.setattr(pipeline, "read_back", meanwhile)
    with pytest.raises(TargetError, match=there):
        rs_sr.super_resolve(source, tmp_path / target, **BICUBIC)
    assert (tmp_path / there).read_text() == "precious"


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize(
    ("target", "there"), [("o.tif", "o.tif"), ("o.vrt", "o.vrt"), ("o.vrt", "o_tiles"), ("o.zarr", "o.zarr")]
)
def test_what_came_at_the_last_moment_is_not_replaced_unasked(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, there: str, links: bool
) -> None:
    """After the last look, just before the result takes its name."""
    source, real = make("in.tif", pattern(1, 40, 50, "uint8")), Workspace.commit

    def meanwhile(self: Workspace, **how: bool) -> None:
        (tmp_path / there).write_text("precious")
        with monkeypatch.context() as patch:
            if not links:
                patch.setattr("rs_sr.raster.placing.os.link", none)
            real(self, **how)

    def none(*names: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(Workspace, "commit", meanwhile)
    with pytest.raises(TargetError, match=f"{there} exists; give another name or overwrite"):
        rs_sr.super_resolve(source, tmp_path / target, **BICUBIC)
    assert (tmp_path / there).read_text() == "precious"
    assert {n for n in left(tmp_path) if not n.startswith(".")} == {"in.tif", there}


def test_a_link_to_nowhere_at_the_target_is_told_before_any_work(make: Make, tmp_path: Path) -> None:
    source, place = make("in.tif", pattern(1, 40, 50, "uint8")), tmp_path / "o.tif"
    place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(TargetError, match=r"o\.tif exists; give another name or overwrite"):
        rs_sr.super_resolve(source, place, **BICUBIC)
    assert place.is_symlink()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("o.tif/", "o.tif/ is the name of a folder; give the name of a file in it"),
        ("o.vrt/", "o.vrt/ is the name of a folder; give the name of a file in it"),
        (".tif", ".tif is an ending without a name; name it like result.tif"),
        (".zarr", ".zarr is an ending without a name; name it like result.zarr"),
    ],
)
def test_a_target_that_names_no_file_is_told_how_to_name_it(
    make: Make, tmp_path: Path, target: str, words: str
) -> None:
    source = make("in.tif", pattern(1, 40, 50, "uint8"))
    with pytest.raises(TargetError, match=re.escape(words)):
        rs_sr.super_resolve(source, f"{tmp_path}/{target}", **BICUBIC)
    assert left(tmp_path) == {"in.tif"}


def test_a_zarr_store_may_be_named_as_the_folder_it_is(make: Make, tmp_path: Path) -> None:
    rs_sr.super_resolve(make("in.tif", pattern(1, 40, 50, "uint8")), f"{tmp_path}/o.zarr/", **BICUBIC)
    assert left(tmp_path) == {"in.tif", "o.zarr"}


@pytest.mark.parametrize(("target", "there"), [("o.vrt", "o_tiles"), ("o.zarr", "o.zarr")])
@pytest.mark.parametrize("kind", ["file", "link to a file", "dangling link"])
def test_a_file_where_a_result_needs_a_folder_stays(
    make: Make, tmp_path: Path, target: str, there: str, kind: str
) -> None:
    source, place = make("in.tif", pattern(1, 40, 50, "uint8")), tmp_path / there
    (tmp_path / "else").write_text("precious")
    if kind == "file":
        place.write_text("precious")
    else:
        place.symlink_to(tmp_path / ("else" if kind == "link to a file" else "nowhere"))
    before = left(tmp_path)
    with pytest.raises(TargetError, match=f"{there} is not a folder"):
        rs_sr.super_resolve(source, tmp_path / target, overwrite=True, **BICUBIC)
    assert left(tmp_path) == before and (tmp_path / "else").read_text() == "precious"


def test_one_folder_of_tiles_is_never_that_of_two_results(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 40, 50, "uint8"))
    with pytest.raises(TargetError, match=r"o\.VRT cannot be written: its tiles would be those of the same name"):
        rs_sr.super_resolve(source, tmp_path / "o.VRT", **BICUBIC)


@pytest.mark.parametrize(("target", "inside"), [("o.vrt", "o_tiles"), ("o.zarr", "o.zarr"), ("o.zarr", "o.zarr/deep")])
def test_an_uncertainty_inside_the_result_is_refused(make: Make, tmp_path: Path, target: str, inside: str) -> None:
    source, model = make("in.tif", pattern(1, 40, 50, "uint8")), str(small_lkdn(tmp_path, bands=1))
    (tmp_path / inside).mkdir(parents=True)
    with pytest.raises(RequestError, match="lies in a folder that the result takes the place of"):
        rs_sr.super_resolve(
            source, tmp_path / target, model=model, uncertainty=str(tmp_path / inside / "u.tif"), overwrite=True
        )


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_polygons_with_coordinates_that_are_no_numbers_are_refused(make: Make, tmp_path: Path, odd: float) -> None:
    source = make("in.tif", pattern(1, 40, 50, "uint8"))
    shape = Polygon([(500100, 5399900), (500200, odd), (500200, 5399800)])
    geopandas.GeoDataFrame(geometry=[shape], crs=32633).to_file(tmp_path / "a.gpkg")
    with pytest.raises(RequestError, match="coordinates that are not numbers; mend it"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", aoi=str(tmp_path / "a.gpkg"), **BICUBIC)
