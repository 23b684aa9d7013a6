"""Creation options of GDAL (--co): what is let through leaves every pixel, band and place as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.doors.cli import run
from rs_sr.errors import RequestError
from rs_sr.raster import creation
from tests.conftest import Make, pattern

# with their compression, in the test
ONLY_WITH_OTHERS = {"JXL_LOSSLESS", "JXL_EFFORT", "WEBP_LOSSLESS", "LZMA_PRESET", "ZLEVEL", "LEVEL"}


def scene(make: Make, kind: str) -> Path:
    if kind == "transparent":
        pixels = pattern(4, 40, 60, "uint8")
        pixels[3] = 255
        pixels[3, :9] = 0
        return make("rgba.tif", pixels, photometric="RGB", alpha="YES")
    if kind == "nodata":
        pixels = pattern(2, 40, 60, "int16")
        pixels[:, 4:9, 20:30] = -7
        return make("nodata.tif", pixels, nodata=-7)
    pixels = pattern(1, 40, 60, "float32")
    pixels[0, 4:9, 20:30] = np.nan
    return make("nan.tif", pixels, nodata=float("nan"))


def everything(path: Path) -> tuple[Any, ...]:
    with rasterio.open(path) as out:
        place = (out.shape, out.count, out.dtypes, out.crs, out.transform, repr(out.nodata), out.colorinterp)
        return (*place, out.read().tobytes(), out.read_masks().tobytes())


def values(allowed: creation.Values) -> list[str]:
    return (
        [str(v) for v in (allowed[0], allowed[min(3, len(allowed) - 1)])] if isinstance(allowed, range) else [*allowed]
    )


def test_what_a_codec_cannot_hold_is_said_before_the_run(make: Make, tmp_path: Path) -> None:
    source = make("two.tif", pattern(2, 40, 60, "uint8"))
    with pytest.raises(RequestError, match=r"GDAL cannot write 2 bands of uint8 with co='COMPRESS=WEBP .*WEBP"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model="nearest", co=("COMPRESS=WEBP", "WEBP_LOSSLESS=YES"))
    assert {p.name for p in tmp_path.iterdir()} == {"two.tif"}


@pytest.mark.parametrize("cog", [False, True])
def test_a_codec_that_gdal_was_built_without_is_said_before_the_run(make: Make, tmp_path: Path, cog: bool) -> None:
    source = make("three.tif", pattern(3, 40, 60, "uint8"))
    co = ("COMPRESS=JXL", "JXL_LOSSLESS=YES")
    try:
        rs_sr.super_resolve(source, tmp_path / "o.tif", model="nearest", scale=2, cog=cog, co=co)
    except RequestError as error:
        assert "JXL" in str(error)
        assert {p.name for p in tmp_path.iterdir()} == {"three.tif"}
    else:
        assert (tmp_path / "o.tif").exists()


@pytest.mark.parametrize("kind", ["transparent", "nodata", "nan"])
@pytest.mark.parametrize("cog", [False, True])
def test_every_option_that_is_let_through_is_harmless(make: Make, tmp_path: Path, cog: bool, kind: str) -> None:
    source = scene(make, kind)

    def made(*co: str) -> tuple[Any, ...]:
        rs_sr.super_resolve(source, tmp_path / "o.tif", model="nearest", scale=2, cog=cog, co=co, overwrite=True)
        return everything(tmp_path / "o.tif")

    plain = made()
    known = creation.COG if cog else creation.GTIFF
    for key in known.keys() - ONLY_WITH_OTHERS:
        for value in values(known[key]):
            if value not in ("JXL", "WEBP") and (kind == "nan" or value not in ("3", "FLOATING_POINT")):
                more = ("COMPRESS=DEFLATE",) if "PREDICTOR" in key else ()
                assert made(f"{key}={value}", *more) == plain, (key, value)
    for co in (
        ("compress=lzma", "NUM_THREADS=all_cpus"),
        *([] if cog else [("COMPRESS=DEFLATE", "ZLEVEL=9"), ("COMPRESS=LZMA", "LZMA_PRESET=1")]),
        *([("COMPRESS=DEFLATE", "LEVEL=9")] if cog else []),
        *([("COMPRESS=WEBP", "WEBP_LOSSLESS=YES")] if kind == "transparent" and not cog else []),
    ):  # fmt: skip
        assert made(*co) == plain, co


REFUSED = [
    ("NBITS=4", "changes values"), ("PIXELTYPE=SIGNEDBYTE", "changes values"), ("DISCARD_LSB=1", "changes values"),
    ("COMPRESS=JPEG", "changes values"), ("COMPRESS=CCITTFAX4", "changes values"), ("MAX_Z_ERROR=1", "changes values"),
    ("COMPRESS=LERC", "changes values"),
    ("COMPRESS=WEBP", "changes values"), ("COMPRESS=JXL", "changes values"), ("WEBP_LOSSLESS=NO", "changes values"),
    ("PHOTOMETRIC=CMYK", "changes what the bands mean"), ("ALPHA=NO", "changes what the bands mean"),
    ("PROFILE=BASELINE", "leaves out the place"), ("TFW=YES", "writes a second file"),
    ("BLOCKXSIZE=100", "harmless is BLOCKXSIZE=16 to 65520 in steps of 16"), ("PREDICTOR=3", "is for floating point"),
    ("BIGTIFF=MAYBE", "is not a value of BIGTIFF"), ("FOO=BAR", "is not known to leave the values"),
    ("TARGET_SRS=EPSG:3857", "moves or cuts"), ("ZLEVEL=much", "harmless is ZLEVEL=1 to 12"),
]  # fmt: skip
REFUSED_COG = [
    ("TILING_SCHEME=GoogleMapsCompatible", "moves or cuts the raster"), ("EXTENT=0,0,1,1", "moves or cuts"),
    ("QUALITY=50", "changes values"), ("ADD_ALPHA=YES", "changes what the bands mean"), ("TILED=YES", "of a COG"),
    ("OVERVIEW_COMPRESS=JPEG", "changes values"), ("RES=10", "moves or cuts"),
]  # fmt: skip


@pytest.mark.parametrize("cog", [False, True])
def test_every_other_is_refused_with_the_reason_and_what_is_harmless(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], cog: bool
) -> None:
    source = scene(make, "transparent")
    before = sorted(tmp_path.iterdir())
    for option, words in REFUSED_COG if cog else REFUSED:
        with pytest.raises(RequestError, match=words) as caught:
            rs_sr.super_resolve(source, tmp_path / "o.tif", cog=cog, co=(option,))
        assert option.split("=")[0] in str(caught.value)
    assert run(["super-resolve", str(source), str(tmp_path / "o.tif"), "--co", "FOO=BAR"]) == 2
    assert "harmless are BIGTIFF, " in capsys.readouterr().err
    with pytest.raises(RequestError, match="co='NBITS=4' changes values"):
        rs_sr.super_resolve(source, tmp_path / "o.vrt", co=("NBITS=4",))
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["o.tif", "o.vrt", "o.zarr"])
def test_what_is_said_of_a_result_is_what_its_file_says(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    source = make("in.tif", pattern(3, 40, 60, "uint16"), nodata=0)
    words = ["super-resolve", str(source), str(tmp_path / name), "--model", "bicubic", "--scale", "3", "--json"]
    assert run([*words, "--bands", "2,1", "--dtype", "float32"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["width"], said["height"], said["bands"], said["dtype"]) == (180, 120, 2, "float32")
