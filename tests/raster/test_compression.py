"""What a result's compression costs (--compress, --quality, --max-error): said before, and never a gap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.enums import MaskFlags

import rs_sr
from rs_sr.doors.cli import run
from rs_sr.errors import RequestError
from rs_sr.raster.compression import Compression
from rs_sr.raster.source import gdal_environment
from tests.conftest import Make, pattern

FORMATS = [("o.tif", False), ("o.tif", True), ("o.vrt", False)]
GAP = (slice(30, 91), slice(50, 161))


def smooth(count: int, height: int = 300, width: int = 400) -> np.ndarray[Any, Any]:
    """Bytes from 40 to 220, as a picture has, with a gap of zeros."""
    y, x = np.mgrid[:height, :width]
    planes = [130 + 60 * np.sin(y / 23 + b) * np.cos(x / (17 + b)) + 30 * np.sin(x * y / 9e3) for b in range(count)]
    pixels = np.stack(planes).round().astype(np.uint8)
    pixels[(slice(None), *GAP)] = 0
    return pixels


def orthophoto(make: Make, height: int = 300, width: int = 400, name: str = "ortho.tif") -> Path:
    """Red, green and blue as JPEG in a TIFF with an internal mask, as orthophotos come."""
    pixels = smooth(3, height, width)
    more = dict(compress="JPEG", JPEG_QUALITY=80, photometric="YCBCR", tiled=True, blockxsize=256, blockysize=256)
    path = make(name, pixels, **more)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(pixels[0] > 0)
    return path


def made(source: Path, target: Path, **options: Any) -> rs_sr.Result:
    return rs_sr.super_resolve(source, target, model="bicubic", scale=2, overwrite=True, **options)


def gaps(path: Path) -> np.ndarray[Any, Any]:
    with rasterio.open(path) as dataset:
        return np.asarray(dataset.read_masks(1) == 0)


def fine_gap(height: int = 300, width: int = 400) -> np.ndarray[Any, Any]:
    there = np.zeros((2 * height, 2 * width), bool)
    there[60:182, 100:322] = True
    return there


@pytest.mark.parametrize(("name", "cog"), FORMATS)
def test_a_jpeg_orthophoto_becomes_one_of_its_own_quality_with_its_mask_exact(
    make: Make, tmp_path: Path, name: str, cog: bool
) -> None:
    result = made(orthophoto(make), tmp_path / name, compress="input", cog=cog)
    assert result.plan.compression == Compression("jpeg", 80)
    with rasterio.open(tmp_path / name) as out:
        assert out.nodata is None and [i.name for i in out.colorinterp] == ["red", "green", "blue"]
        assert out.mask_flag_enums == ([MaskFlags.per_dataset],) * 3
    np.testing.assert_array_equal(gaps(tmp_path / name), fine_gap())
    file = tmp_path / ("o_tiles/tile-0.tif" if name == "o.vrt" else name)
    with rasterio.open(file) as out:
        assert out.compression.name == "jpeg" and out.photometric.name == "ycbcr"
        assert out.tags(ns="IMAGE_STRUCTURE")["JPEG_QUALITY"] == "80"


def test_the_proportion_of_a_jpeg_orthophoto_stays(make: Make, tmp_path: Path) -> None:
    """Four times the pixels in at most four times the bytes, where without loss it would be twenty times."""
    source = orthophoto(make, 1024, 1024)
    made(source, tmp_path / "input.tif", compress="input")
    made(source, tmp_path / "zstd.tif")
    one = source.stat().st_size
    assert (tmp_path / "input.tif").stat().st_size < 4 * one < (tmp_path / "zstd.tif").stat().st_size


@pytest.mark.parametrize("cog", [False, True])
def test_gaps_stay_exact_in_overviews(make: Make, tmp_path: Path, cog: bool) -> None:
    """They are those of a result without loss, to the pixel, at every level."""
    source = orthophoto(make, 300, 2100)
    made(source, tmp_path / "a.tif", compress="jpeg", cog=cog)
    made(source, tmp_path / "b.tif", cog=cog)
    with rasterio.open(tmp_path / "b.tif") as plain:
        levels = len(plain.overviews(1))
    assert levels >= 2
    for level in range(levels):
        with (
            rasterio.open(tmp_path / "a.tif", overview_level=level) as lossy,
            rasterio.open(tmp_path / "b.tif", overview_level=level) as plain,
        ):
            np.testing.assert_array_equal(lossy.read_masks(1), plain.read_masks(1))
            seen = np.abs(lossy.read().astype(int) - plain.read())[:, plain.read_masks(1) > 0]
            assert seen.mean() < 8  # the same picture


@pytest.mark.parametrize(("name", "cog"), FORMATS)
@pytest.mark.parametrize("how", [{"compress": "jpeg"}, {"compress": "webp", "quality": 60}])
def test_a_mask_takes_the_place_of_a_nodata_value(
    make: Make, tmp_path: Path, name: str, cog: bool, how: dict[str, Any]
) -> None:
    result = made(make("in.tif", smooth(3), nodata=0, photometric="RGB"), tmp_path / name, cog=cog, **how)
    assert any("changes values; a mask marks the gaps instead of nodata 0" in note for note in result.plan.notes)
    with rasterio.open(tmp_path / name) as out:
        assert out.nodata is None
    np.testing.assert_array_equal(gaps(tmp_path / name), fine_gap())


def test_lerc_stays_within_the_error_that_was_asked_for(make: Make, tmp_path: Path) -> None:
    numbers = pattern(2, 120, 160, "float32")
    numbers[:, 9:40, 20:70] = np.nan
    whole = np.maximum(pattern(2, 120, 160, "int16"), -9000)
    whole[:, 9:40, 20:70] = -9999
    for pixels, nodata, error, cog in (
        (numbers, float("nan"), 0.5, False), (numbers, float("nan"), 0.5, True), (whole, -9999, 3, False)
    ):  # fmt: skip
        source = make("in.tif", pixels, nodata=nodata)
        for name, bound in (("a.tif", error), ("b.tif", 0)):
            made(source, tmp_path / name, compress="lerc", max_error=bound, cog=cog)
        made(source, tmp_path / "plain.tif")
        with rasterio.open(tmp_path / "plain.tif") as plain:
            for name, bound in (("a.tif", error), ("b.tif", 0)):
                with rasterio.open(tmp_path / name) as out:
                    assert out.compression.name == "lerc"
                    np.testing.assert_array_equal(out.read_masks(), plain.read_masks())
                    valid = plain.read_masks() > 0
                    off = np.abs(out.read().astype(float) - plain.read())[valid]
                    assert off.max() <= bound * 1.0001 and (off.max() > 0) == (bound > 0)


def test_webp_keeps_alpha_and_at_quality_100_every_value(make: Make, tmp_path: Path) -> None:
    pixels = np.concatenate([smooth(3), np.full((1, 300, 400), 255, np.uint8)])
    pixels[(3, *GAP)] = 0
    source = make("in.tif", pixels, photometric="RGB", alpha="YES")
    made(source, tmp_path / "plain.tif")
    with rasterio.open(tmp_path / "plain.tif") as plain:
        for quality in (70, 100):
            made(source, tmp_path / "o.tif", compress="webp", quality=quality)
            with rasterio.open(tmp_path / "o.tif") as out:
                same = out.read() == plain.read()
                assert same[3].all() and same.all() == (quality == 100)


REFUSED = [
    ({"compress": "jpeg"}, "uint16", {}, 'compress="jpeg" is for uint8, the result is uint16; choose compress="lerc"'),
    ({"compress": "webp"}, "uint8", {"count": 2}, "is for red, green and blue, with or without alpha; the bands are"),
    ({"compress": "jpeg"}, "uint8", {"count": 4, "alpha": "YES"}, 'would change the alpha band.*compress="webp"'),
    ({"compress": "lerc"}, "uint16", {"count": 2, "alpha": "YES"}, 'would change the alpha band.*compress="zstd"'),
    ({"compress": "jpeg", "model": "nearest"}, "uint8", {}, "changes values, which model nearest keeps"),
    ({"compress": "jpeg", "co": "COMPRESS=LZW"}, "uint8", {}, "both say how to compress; give one of them"),
    ({"compress": "jpeg", "cog": True}, "uint8", {"count": 5}, "GDAL cannot write 5 bands of uint8 .*max 4"),
    ({"co": ("COMPRESS=WEBP", "WEBP_LOSSLESS=YES"), "name": "o.vrt"}, "uint8", {"count": 2}, "cannot write 2 bands"),
    ({"compress": "webp", "name": "o.zarr"}, "uint8", {}, 'compress="webp" is not among the kinds of a Zarr store'),
    ({"compress": "jpeg", "quality": 0}, "uint8", {}, "quality=0 is not a valid quality; give 1"),
    ({"compress": "lerc", "max_error": -1}, "uint8", {}, "max_error=-1 is not a valid largest change; give 0"),
    ({"quality": 80}, "uint8", {}, 'quality has no effect with compress="zstd"; give compress="jpeg" or webp'),
    ({"compress": "jpeg", "max_error": 1}, "uint8", {}, 'max_error has no effect with compress="jpeg"; give'),
    ({"co": "COMPRESS=JPEG"}, "uint8", {}, 'changes values; give compress="jpeg", which keeps the gaps'),
]  # fmt: skip


@pytest.mark.parametrize(("options", "dtype", "kind", "words"), REFUSED)
def test_what_does_not_fit_is_refused_before_the_run(
    make: Make, tmp_path: Path, options: dict[str, Any], dtype: str, kind: dict[str, Any], words: str
) -> None:
    kind = {"count": 3} | kind
    alpha = {"alpha": "YES", "photometric": "RGB" if kind["count"] == 4 else "MINISBLACK"} if "alpha" in kind else {}
    source = make("in.tif", pattern(kind["count"], 40, 60, dtype), **alpha)
    with pytest.raises(RequestError, match=words):
        rs_sr.super_resolve(source, tmp_path / str(options.get("name", "o.tif")), **(
            {"model": "bicubic", "scale": 2} | {k: v for k, v in options.items() if k != "name"}
        ))  # fmt: skip
    assert [p.name for p in tmp_path.iterdir()] == ["in.tif"]


def test_what_of_the_input_cannot_be_taken_falls_to_the_default_with_a_note(make: Make, tmp_path: Path) -> None:
    rgba = np.concatenate([smooth(3, 40, 60), np.full((1, 40, 60), 255, np.uint8)])
    transparent = make("rgba.tif", rgba, compress="JPEG", photometric="RGB", alpha="YES")
    result = made(transparent, tmp_path / "o.tif", compress="input")
    assert result.plan.compression == Compression()
    assert (
        "would change the alpha band" in result.plan.notes[0] and "zstd instead of the input's" in result.plan.notes[0]
    )
    png = make("in.png", smooth(3, 40, 60), driver="PNG")
    result = made(png, tmp_path / "o.tif", compress="input")
    assert result.plan.notes[0].startswith("rs-sr does not write the compression of a PNG like ")


@pytest.mark.parametrize("kind", ["lzw", "deflate", "none", "zstd"])
def test_a_compression_without_loss_is_taken_from_the_input(make: Make, tmp_path: Path, kind: str) -> None:
    source = make("in.tif", pattern(1, 40, 60, "int16"), compress=None if kind == "none" else kind, nodata=5)
    result = made(source, tmp_path / "o.tif", compress="input")
    with rasterio.open(tmp_path / "o.tif") as out:
        assert (out.compression.name if out.compression else "none") == kind and out.nodata == 5
    assert result.plan.notes == ()


def test_what_changes_values_is_said_on_the_screen_in_json_and_in_the_tags(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "super-resolve",
        str(orthophoto(make)),
        str(tmp_path / "o.tif"),
        "--model",
        "bicubic",
        "--compress",
        "jpeg",
    ]
    assert run([*words, "--quality", "70"]) == 0
    assert "note: jpeg of quality 70 changes values" in capsys.readouterr().err
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.tags()["RS_SR_COMPRESSION"] == "jpeg of quality 70 changes values"
    assert run([*words, "--overwrite", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["compression"] == {"name": "jpeg", "quality": 85, "max_error": 0.0, "lossy": True}
    assert run([*words[:5], "--overwrite", "--json"]) == 0
    assert not json.loads(capsys.readouterr().out)["compression"]["lossy"]


def test_a_part_that_begins_inside_a_block_is_compressed_once(make: Make, tmp_path: Path) -> None:
    """Tiles then share blocks: what they wrote into one is never compressed again."""
    source = orthophoto(make)
    options = dict(window=(37, 21, 300, 200), tile=128)
    made(source, tmp_path / "lossy.tif", compress="jpeg", quality=60, **options)
    made(source, tmp_path / "plain.tif", **options)
    with gdal_environment(), rasterio.open(tmp_path / "plain.tif") as plain:
        rasterio.shutil.copy(
            plain, tmp_path / "once.tif", driver="GTiff", COMPRESS="JPEG", JPEG_QUALITY=60, PHOTOMETRIC="YCBCR",
            INTERLEAVE="PIXEL", TILED="YES", BLOCKXSIZE=256, BLOCKYSIZE=256,
        )  # fmt: skip
    with rasterio.open(tmp_path / "lossy.tif") as a, rasterio.open(tmp_path / "once.tif") as b:
        np.testing.assert_array_equal(a.read(), b.read())


def test_the_expected_errors_lose_nothing(make: Make, tmp_path: Path) -> None:
    from tests.conftest import small_lkdn

    rs_sr.super_resolve(
        orthophoto(make), tmp_path / "o.tif", model=small_lkdn(tmp_path), window=(0, 0, 60, 60), compress="jpeg",
        uncertainty=tmp_path / "e.tif",
    )  # fmt: skip
    with rasterio.open(tmp_path / "e.tif") as errors:
        assert errors.compression.name == "zstd" and errors.dtypes[0] == "float32"


def test_resume_does_not_mix_two_compressions_that_change_values(make: Make, tmp_path: Path) -> None:
    source = orthophoto(make)
    plans = []
    for how in (
        {"compress": "jpeg"},
        {"compress": "jpeg", "quality": 85},
        {"compress": "webp"},
        {},
        {"compress": "lzw"},
    ):
        plans.append(made(source, tmp_path / "o.tif", **how).plan.shaped_by()["--compress"])
    assert plans[0] == plans[1] != plans[2] and plans[3] == plans[4] not in plans[:3]
