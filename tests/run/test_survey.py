"""What one look at the pixels says of them: the value map and its rule, what stands in for gaps, and the warnings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rs_sr.errors import ClassesWarning, GapsWarning, NodataWarning, RsSrWarning, ValueWarning
from rs_sr.options import Options
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.record import Record
from rs_sr.run.plan import make_plan
from rs_sr.run.survey import Survey, survey
from tests.conftest import pattern, small_lkdn
from tests.facts import Drawn


def look(source: Drawn, like: Record | None = None, **options: Any) -> Survey:
    chosen = Options(**({"model": "bicubic"} | options))
    return survey(replace(make_plan(source, "out.tif", chosen), like=like), source)


def ramp(count: int, dtype: str, first: float = 0, step: float = 1) -> np.ndarray[Any, Any]:
    """Bands of 100 x 100 pixels, each of which has the same 10 000 values in another order."""
    values = (first + step * np.arange(10_000)).astype(dtype)
    return np.stack([np.random.default_rng(b).permutation(values).reshape(100, 100) for b in range(count)])


def gap(pixels: np.ndarray[Any, Any], value: float) -> np.ndarray[Any, Any]:
    """With the upper half without data."""
    pixels[:, :50] = value
    return pixels


PERCENTILES, SCALED = "0.1 to 99.9 % of the values", "the raster's scale and offset"
REFLECTANCE = {"scale": 0.0001, "offset": -0.1}
MAPS: list[tuple[Drawn, dict[str, Any], float, float, str]] = [
    (Drawn(pattern(1, 70, 70, "uint8")), {}, 0, 255, "8 bit: 0 to 255"),
    (Drawn(pattern(1, 70, 70, "uint8")), {"range": (5, 99)}, 5, 99, "--range"),
    (Drawn(ramp(1, "uint16")), {}, 9.999, 9989.001, PERCENTILES),
    (Drawn(ramp(3, "float32", -500, 0.1)), {}, -499.0001, 498.9001, PERCENTILES),
    (Drawn(gap(ramp(1, "int16", 7, 0), -99), band={"nodata": -99.0}), {}, 7, 7, PERCENTILES),
    (Drawn(ramp(1, "uint16", 900), band=REFLECTANCE), {}, 1000, 11000, SCALED),
    (Drawn(ramp(1, "uint16", 900, 6), band=REFLECTANCE), {}, 959.994, 60834.006, PERCENTILES),  # up to 6: no share
    (Drawn(ramp(1, "uint16", 900), band=REFLECTANCE | {"scale": 0.0}), {}, 909.999, 10889.001, PERCENTILES),
    (Drawn(gap(gap(ramp(1, "int16"), 0)[:, ::-1], 0), band={"nodata": 0.0}), {}, 0, 1, "no valid pixel"),
    (Drawn(ramp(1, "uint16")), {"model": "nearest"}, 0, 0, "raw values"),
]


@pytest.mark.parametrize(("source", "options", "low", "high", "rule"), MAPS)
def test_where_0_and_1_lie_and_why(source: Drawn, options: dict[str, Any], low: float, high: float, rule: str) -> None:
    values, count = look(source, **options).values, len(source.facts.bands)
    assert values.lo == pytest.approx((low,) * count) and values.hi == pytest.approx((high,) * count)
    assert values.rule == rule


def test_bands_that_go_together_share_a_map_and_others_have_their_own(tmp_path: Path) -> None:
    source = Drawn(np.concatenate([ramp(1, "uint16"), ramp(1, "uint16", 20_000), ramp(1, "uint16", 40_000)]))
    apart = look(source).values
    assert apart.lo == pytest.approx((9.999, 20_009.999, 40_009.999))
    together = look(source, model=str(small_lkdn(tmp_path))).values
    assert len(set(together.lo)) == len(set(together.hi)) == 1
    assert together.lo[0] < 100 and together.hi[0] > 49_900


def test_the_median_of_the_valid_pixels_stands_in_for_gaps() -> None:
    pixels = np.zeros((2, 100, 100), "int16")
    pixels[:, 50:] = np.array([7, 9])[:, None, None]
    assert look(Drawn(pixels, band={"nodata": 0.0})).values.fill == (7, 9)
    pixels[:] = 0
    assert look(Drawn(pixels, band={"nodata": 0.0})).values.fill == (0, 0)


def test_an_earlier_result_s_map_is_taken_whole() -> None:
    given = ValueMap((1.0, 2.0), (3.0, 4.0), (2.0, 3.0), "given")
    assert look(Drawn(ramp(2, "uint16")), Record(value_map=given)).values == given


@pytest.mark.parametrize(
    ("dtype", "highest", "target", "opaque"),
    [
        ("uint8", 9, "uint8", 255),
        ("uint16", 9, "uint16", 65535),
        ("uint8", 9, "uint16", 255),
        ("uint8", 1, "uint16", 1),  # of a mask
        ("uint16", 255, "uint8", 255),  # of 8 bit
        ("uint16", 256, "uint8", 65535),
        ("uint32", 70_000, "uint8", 70_000),  # nothing says what is opaque: the highest that is met
        ("float32", 1, "uint8", 1),
        ("float32", 0, "uint8", 1),
    ],
)
def test_what_alpha_is_opaque_at(dtype: str, highest: float, target: str, opaque: float) -> None:
    pixels = np.full((2, 70, 70), 3, dtype)
    pixels[1], pixels[1, 30:60, 30:60] = 0, highest
    assert look(Drawn(pixels, "gray", "alpha"), dtype=target).opaque == (opaque,)


def framed(value: float) -> np.ndarray[Any, Any]:
    pixels = np.full((1, 140, 140), value, "uint16")
    pixels[:, 20:-20, 20:-20] = ramp(1, "uint16", 300)
    return pixels


def drawn(low: int, high: int, **more: Any) -> Drawn:
    return Drawn(np.random.default_rng(0).integers(low, high, (2, 120, 120)).astype("uint16"), **more)


NODATA, OFFSET = "the borders of band 1 are ", "its offset of -1000 is still to be applied"
SENTINEL2 = {"description": "B8A"}
FEW = np.random.default_rng(0).integers(0, 3, (1, 120, 120)).astype("uint8")
WARNED: list[tuple[Drawn, dict[str, Any], type[RsSrWarning] | None, str]] = [
    (Drawn(framed(0)), {}, NodataWarning, NODATA + "0"),
    (Drawn(framed(65535)), {}, NodataWarning, NODATA + "65535"),
    (Drawn(framed(300)), {}, None, ""),  # a value like any other
    (Drawn(framed(0), band={"nodata": 0.0}), {}, None, ""),
    (Drawn(framed(0), mask="dataset"), {}, None, ""),
    (Drawn(framed(0)), {"model": "nearest"}, None, ""),  # which mixes nothing
    (drawn(1100, 3000), {}, ValueWarning, OFFSET),
    (drawn(1100, 3000, gsd_m=20.0), {}, ValueWarning, OFFSET),
    (drawn(1100, 3000, gsd_m=15.0), {}, None, ""),
    (drawn(100, 3000), {}, None, ""),
    (drawn(1100, 3000, band=REFLECTANCE), {}, None, ""),
    (drawn(1100, 3000, band=SENTINEL2), {}, ValueWarning, "the offset of -1000 of Level 1C and 2A from"),
    (drawn(1100, 3000, platform="LANDSAT_8"), {}, None, ""),
    (drawn(7500, 20000, gsd_m=30.0), {}, None, ""),  # Landsat's usual values
    (Drawn(FEW), {}, ClassesWarning, "band 1 has 3 different values only"),
    (Drawn(FEW), {"model": "nearest"}, None, ""),
    (
        Drawn(ramp(1, "uint16")),
        {"dtype": "uint8"},
        ValueWarning,
        "97.4% of the values of band 1 lie beyond uint8 (0 to",
    ),
    (Drawn(ramp(1, "uint16")), {"dtype": "int32"}, None, ""),
    (Drawn(gap(framed(9), 0)[:, :56], band={"nodata": 0.0}), {}, GapsWarning, "of this raster has no data"),
]


@pytest.mark.parametrize(("source", "options", "kind", "words"), WARNED)
def test_what_is_warned_about(
    source: Drawn, options: dict[str, Any], kind: type[RsSrWarning] | None, words: str
) -> None:
    kinds = (NodataWarning, ValueWarning, ClassesWarning, GapsWarning)
    found = [w for w in look(source, **options).warnings if isinstance(w, kinds)]
    found = [w for w in found if "which the model sees as" not in str(w)]  # of the spread, which other tests have
    if kind is None:
        assert found == []
    else:
        assert kind in {type(w) for w in found} and any(words in str(w) for w in found if isinstance(w, kind))


def test_a_warning_is_said_once_though_many_bands_have_it() -> None:
    texts = [str(w) for w in look(drawn(1100, 3000)).warnings]
    assert len(texts) == len(set(texts)) and sum(OFFSET in t for t in texts) == 1


def test_classes_are_warned_about_and_no_more_is_said_of_their_sharpness() -> None:
    seen = look(Drawn(FEW))
    assert seen.checks == () and [type(w) for w in seen.warnings] == [ClassesWarning]
