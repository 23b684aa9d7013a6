"""Maps of classes and bits of flags are told from pictures, whatever the type and the number of values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray

import rs_sr
from rs_sr.errors import ClassesWarning
from rs_sr.pixels.classes import count_classes
from tests.conftest import SHARED, Make, pattern

QA = [
    21824 + 2 * a + 256 * b + 4096 * c for a in (0, 1, 2, 31) for b in (0, 1, 3) for c in (0, 2, 8)
]  # bits, as Landsat's


def patches(values: list[int], side: int = 512, patch: int = 16) -> NDArray[np.int64]:
    """Fields of `patch` pixels, each of one value."""
    rng = np.random.default_rng(0)
    fields = np.array(values)[rng.integers(0, len(values), (side // patch, side // patch))]
    return fields.repeat(patch, 0).repeat(patch, 1)


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (list(range(1, 45)), "uint8"),  # CORINE's 44
        (list(range(1, 45)), "float32"),
        ([11 * i for i in range(10, 54)], "int16"),
        (QA, "uint16"),
        (QA[:8], "uint16"),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100], "uint8"),  # WorldCover's 11
        (list(range(1, 24)), "int32"),
    ],
)
def test_classes_and_flags_are_counted(values: list[int], dtype: str) -> None:
    plane = patches(values).astype(dtype)
    assert count_classes(plane.ravel(), [plane]) == len(values)


def picture() -> NDArray[np.uint8]:
    return np.asarray(pattern(1, 512, 512, "uint8")[0], np.uint8)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p,
        lambda p: p // 4 + 3,  # dark
        lambda p: p // 10,
        lambda p: p.astype("uint16") * 257,  # 8 bits in 16
        lambda p: np.interp(p, [0, 40, 200, 255], [0, 10, 250, 255]).astype("uint8"),  # stretched, with values left out
        lambda p: p[:256, :256].repeat(2, 0).repeat(2, 1),  # enlarged by repeating pixels
        lambda p: p[:128, :128].repeat(4, 0).repeat(4, 1),
        lambda p: np.where(np.arange(512) < 300, np.uint8(1), p),  # a sea
        lambda p: np.clip(p.astype(int) * 3 - 250, 0, 255).astype("uint8"),  # saturated at both ends
        lambda p: np.rint(p / 3).astype("float32"),  # heights in whole metres
        lambda p: p.astype("int32") * 1000,
    ],
)
def test_pictures_are_no_classes(change) -> None:  # type: ignore[no-untyped-def]
    plane = change(picture())
    assert count_classes(plane.ravel(), [plane]) is None


@pytest.mark.parametrize("path", sorted(p.name for p in (SHARED / "rasters").glob("*.tif")))
def test_real_rasters_but_the_map_are_no_classes(shared_data: Path, path: str) -> None:
    with rasterio.open(shared_data / "rasters" / path) as source:
        for number, plane in enumerate(source.read(window=((0, 1024), (0, 1024))), start=1):
            valid = plane[source.read_masks(number, window=((0, 1024), (0, 1024))) != 0]
            if valid.size > 64 * 64 and source.colorinterp[number - 1].name != "alpha":
                assert (count_classes(valid, [plane]) is not None) == (path == "palette_landcover.tif")


def test_a_band_of_flags_beside_imagery_is_warned_of(make: Make, tmp_path: Path) -> None:
    pixels = np.concatenate([pattern(2, 512, 512, "uint16"), patches(QA)[None].astype("uint16")])
    source = make("in.tif", pixels)
    with pytest.warns(ClassesWarning, match=rf"band 3 has {len(QA)} .*nearest"):
        rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic")
