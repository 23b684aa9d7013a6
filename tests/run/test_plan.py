"""The plan: what is decided of a run, and what is refused, before a pixel is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rs_sr.errors import GsdWarning, MetadataWarning, RequestError, SourceError
from rs_sr.models.card import Halo, ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.options import Options
from rs_sr.pixels.grid import Size, Window
from rs_sr.run.bands import make_groups
from rs_sr.run.plan import Plan, make_plan, output_name
from tests.facts import RGB, Hand, facts

BICUBIC = {"model": "bicubic"}


def plan(known: Any = None, target: str = "out.tif", **options: Any) -> Plan:
    return make_plan(Hand(known or facts()), target, Options(**(BICUBIC | options)))


def card(bands: int | None, names: tuple[str, ...] = (), **more: Any) -> ModelCard:
    given: dict[str, Any] = dict(
        name="net",
        title="",
        network="plain",
        scale=2,
        bands=bands,
        band_names=names,
        halo=Halo(exact=13, byte=13, wide=13),
    )
    return ModelCard(**(given | more))


@pytest.mark.parametrize(
    ("colours", "bands", "names", "groups", "words"),
    [
        (RGB, 3, RGB, [(0, 1, 2)], ""),
        (("blue", "green", "red"), 3, RGB, [(2, 1, 0)], ""),  # in the order that the network wants
        ((*RGB, "undefined"), 3, RGB, [(0, 1, 2), (3,)], "band 4 one by one"),
        (("undefined",) * 3, 3, RGB, [(0, 1, 2)], "nothing says what the bands show: 1, 2, 3 go through net as red"),
        (("gray", "undefined", "undefined"), 3, RGB, [(0, 1, 2)], "nothing says what the bands show"),
        (("undefined",) * 3, 3, (), [(0, 1, 2)], ""),  # a network that names none takes them as they are
        (("red", "green", "undefined"), 3, RGB, [(0,), (1,), (2,)], "the bands are red, green, undefined, not red"),
        (("hue", "saturation", "lightness"), 3, RGB, [(0,), (1,), (2,)], "the bands are hue, saturation, lightness"),
        (("undefined",) * 4, 3, RGB, [(0,), (1,), (2,), (3,)], "each seen 3 times and averaged"),
        (("gray",), 3, RGB, [(0,)], "1 band, a 3-band model"),
        (RGB, 1, (), [(0,), (1,), (2,)], "band by band"),
        (("gray",), 1, (), [(0,)], ""),
        ((*RGB, "undefined"), 4, (), [(0, 1, 2, 3)], ""),
        (RGB, None, (), [(0,), (1,), (2,)], ""),
    ],
)
def test_which_bands_enter_a_network_together(
    colours: tuple[str, ...], bands: int | None, names: tuple[str, ...], groups: list[tuple[int, ...]], words: str
) -> None:
    notes: list[str] = []
    known = facts(*colours)
    assert make_groups(known, tuple(range(1, len(colours) + 1)), card(bands, names), notes) == tuple(groups)
    assert words in " ".join(notes) and bool(notes) == bool(words)


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (("blue", "green", "red"), [(2, 1, 0)]),
        (("B2 blue", "B3_green", "B4-red"), [(2, 1, 0)]),
        (("B4, central wavelength 665 nm", "B3, central wavelength 560 nm", "B2"), [(0, 1, 2)]),  # GDAL's Sentinel-2
        (("nir", "red", "green"), [(0,), (1,), (2,)]),
        (("red edge", "green", "blue"), [(0,), (1,), (2,)]),
        (("VV", "VH", "VV/VH"), [(0,), (1,), (2,)]),
        (("red", "red", "red"), [(0,), (1,), (2,)]),
        (("Band 1", "Band 2", "3"), [(0, 1, 2)]),
    ],
)
@pytest.mark.parametrize("interpretations", [RGB, ("undefined",) * 3])
def test_names_say_more_than_what_gdal_makes_of_any_three_bytes(
    names: tuple[str, ...], groups: list[tuple[int, ...]], interpretations: tuple[str, ...]
) -> None:
    known = facts(*interpretations)
    known = replace(known, bands=tuple(replace(b, description=n) for b, n in zip(known.bands, names, strict=True)))
    assert make_groups(known, (1, 2, 3), card(3, RGB), []) == tuple(groups)


def test_bands_that_no_network_of_that_many_can_take_are_refused() -> None:
    with pytest.raises(RequestError, match=r"for 4 bands, in\.tif gives 3"):
        make_groups(facts(), (1, 2, 3), card(4), [])


@pytest.mark.parametrize(
    ("known", "options", "dtype", "nodata"),
    [
        (facts(), {}, "uint8", None),
        (facts(band={"dtype": "uint16", "nodata": 0.0}), {}, "uint16", 0.0),
        (facts(band={"dtype": "uint16", "nodata": 0.0}), {"dtype": "uint8"}, "uint8", 0.0),
        (facts(band={"dtype": "float32", "nodata": -9999.0}), {}, "float32", -9999.0),
        (facts(band={"nodata": -9999.0}), {}, "uint8", None),  # which no pixel can be
    ],
)
def test_the_result_s_data_type_and_nodata(
    known: Any, options: dict[str, Any], dtype: str, nodata: float | None
) -> None:
    made = plan(known, **options)
    assert (made.dtype, made.nodata) == (dtype, nodata)


@pytest.mark.parametrize(
    ("known", "options", "kind", "words"),
    [
        (facts(band={"interpretation": "palette"}), {}, SourceError, "has a palette"),
        (
            facts(band={"dtype": "float32", "nodata": -9999.0}),
            {"dtype": "uint8"},
            RequestError,
            "does not fit into uint8",
        ),
        (facts(), {"scale": 3, "model": "lkdn_s_x2"}, RequestError, "makes rasters 2 times finer"),
        (facts(), {"bands": ("5",)}, RequestError, "in.tif has"),
        (facts(), {"window": (700, 0, 200, 10)}, RequestError, "leaves the"),
        (facts(), {"ensemble": True}, RequestError, "bicubic"),
        (facts(), {"engine": "torch"}, RequestError, "bicubic is resampling"),
        (facts(), {"target": "out.zarr", "cog": True}, RequestError, "cog"),
        (facts(), {"target": "out.zarr", "compress": "lzw"}, RequestError, "lzw"),
        (facts(mask="band"), {"target": "out.vrt"}, RequestError, "mask for each band"),
    ],
)
def test_what_does_not_fit_is_refused_before_the_run(
    known: Any, options: dict[str, Any], kind: type[Exception], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(kind, match=words):
        plan(known, **options)


def test_bands_of_several_types_need_one_that_is_asked_for() -> None:
    known = facts()
    mixed = replace(known, bands=(replace(known.bands[0], dtype="uint16"), *known.bands[1:]))
    with pytest.raises(RequestError, match=r"different types \(uint16, uint8\)"):
        plan(mixed)
    assert plan(mixed, dtype="uint16").dtype == "uint16"


@pytest.mark.parametrize(
    ("known", "options", "masked"),
    [
        (facts(), {}, False),
        (facts(mask="dataset"), {}, True),
        (facts("red", "green", "blue", "alpha"), {}, False),
    ],
)
def test_whether_the_result_has_a_mask(known: Any, options: dict[str, Any], masked: bool) -> None:
    assert plan(known, **options).masked == masked


def test_alpha_is_no_imagery() -> None:
    made = plan(facts("red", "green", "blue", "alpha"))
    assert (made.bands, made.imagery, made.groups) == ((1, 2, 3, 4), (1, 2, 3), ((0,), (1,), (2,)))


def test_a_part_has_its_own_size_and_the_whole_raster_s_tiles() -> None:
    whole, part = plan(tile=256), plan(tile=256, window=(250, 10, 20, 30), scale=4)
    assert part.part == Window(row=10, col=250, height=30, width=20)
    assert part.size == Size(height=120, width=80)
    assert (part.core, part.tiles) == (whole.core, 2)  # it lies across the line between two
    assert whole.tiles == 3 * 4


def test_pixels_off_what_the_model_was_trained_for_are_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    from rs_sr.run import plan as module

    entry = Entry(card(3, RGB, gsd_m=(0.3, 0.6), memory_per_px=100), Path("net.safetensors"), "file")
    monkeypatch.setattr(module, "choose_model", lambda options, bands: entry)
    assert [type(w) for w in plan(facts(gsd_m=10.0)).warnings] == [GsdWarning]
    assert plan(facts(gsd_m=1.0)).warnings == ()  # 0.5 m in the result
    assert plan(facts(gsd_m=None)).gsd is None  # nothing to compare


def test_a_model_that_is_told_of_the_scene_takes_pixels_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    from rs_sr.run import plan as module

    entry = Entry(card(3, RGB, gsd_m=(0.3, 0.6), memory_per_px=100, arguments={"told": True}), Path("n"), "file")
    monkeypatch.setattr(module, "choose_model", lambda options, bands: entry)
    assert plan(facts(gsd_m=10.0)).warnings == () and plan(facts(gsd_m=10.0)).gsd is None


def test_a_nodata_value_that_no_pixel_can_have_is_dropped_with_a_word() -> None:
    warned = plan(facts(band={"nodata": 300.0})).warnings
    assert [type(w) for w in warned] == [MetadataWarning] and "300" in str(warned[0])


def test_a_plan_prints_what_a_run_will_do() -> None:
    text = str(plan(facts(), scale=4, threads=1))
    assert text.startswith("in.tif: 800 x 600 pixels, 3 bands, uint8, 10 m\n-> out.tif: 3200 x 2400 pixels")
    assert "model bicubic (built in), 4 times finer\nengine numpy on cpu\n" in text


def test_the_name_of_a_result_among_many() -> None:
    assert output_name("a/b/scene.one.tif", "out", 3) == str(Path("out") / "scene.one_x3.tif")
