"""Each fault of a scene gets its own warning, and a scene without faults none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

import rs_sr
from rs_sr.doors import info
from rs_sr.errors import (
    BlurWarning,
    ClippingWarning,
    CompressionWarning,
    GapsWarning,
    GsdWarning,
    NoiseWarning,
    ValueWarning,
)
from rs_sr.pixels import kernels
from rs_sr.pixels.noise import noise
from rs_sr.pixels.scene import scene
from rs_sr.trust import scene_checks
from tests.benchmarks.scene_checks import compressed, noisy
from tests.conftest import Make, pattern

TILE = "denseresidential70"  # without the 8-pixel grid that some of the tiles have


@pytest.fixture(scope="session")
def tile(shared_data: Path) -> np.ndarray[Any, Any]:
    from PIL import Image

    with Image.open(shared_data / "ucmerced" / "test105" / f"{TILE}.webp") as image:
        return np.moveaxis(np.asarray(image.convert("RGB")), 2, 0)


def enlarged(pixels: Any, k: int) -> Any:
    return np.clip(np.rint(kernels.enlarge(pixels.astype(np.float64), k, "bicubic")), 0, 255).astype(np.uint8)


def at(make: Make, pixels: Any, gsd_m: float = 0.6, model: str | None = None, **more: Any) -> info.Info:
    """What is said of it before a run by 2."""
    place = Affine(gsd_m, 0, 500000, 0, -gsd_m, 5400000)
    raster = make("scene.tif", pixels, transform=place, photometric="RGB", **more)
    return info.examine(str(raster), model=model, scale=2)


def kinds(found: info.Info) -> list[type]:
    return [type(w) for w in (*found.plan.warnings, *found.seen.warnings)]


def test_a_sharp_aerial_tile_is_not_warned_about(make: Make, tile: Any) -> None:
    found = at(make, tile)
    assert kinds(found) == []
    assert {(c.name, c.colour) for c in found.checks} == {
        ("sharpness", "grey"), ("compression", "green"), ("noise", "green")
    }  # fmt: skip
    (text,) = [c.text for c in found.checks if c.name == "sharpness"]
    assert text.startswith("how sharp this raster is cannot be told: ")
    assert kinds(at(make, tile, gsd_m=0.3)) == []


def test_the_blur_of_a_scene_is_said_in_plain_words(shared_data: Path, make: Make) -> None:
    """As the old check could not: it called all of these as sharp as can be told."""
    with rasterio.open(shared_data / "rasters" / "sentinel2_20m_6band_uint16.tif") as raster:
        bands = raster.read()[:, :326, :332].astype(np.float64)
    said = {}
    for kernel in ("area", "bicubic", 0.15):
        pixels = kernels.reduce(bands, 2, kernel).astype(np.uint16)
        found = info.examine(str(make("scene.tif", pixels)), scale=2).checks
        said[kernel] = next(c for c in found if c.name == "sharpness")
    assert len({c.text for c in said.values()}) == 3
    assert said["area"].text.startswith("this raster is as sharp as an average over each pixel: 0.6")
    assert said["bicubic"].text.startswith("this raster is a little soft")
    assert said["bicubic"].text.endswith(" along x are left")
    assert said[0.15].colour == "grey"  # so soft and only six windows: it might be of clouds


@pytest.mark.parametrize("k", [2, 4])
def test_a_tile_that_was_enlarged_is_called_blurred_by_about_as_much(make: Make, tile: Any, k: int) -> None:
    found = at(make, enlarged(tile, k))
    assert kinds(found) == [BlurWarning]
    text = str(found.seen.warnings[0])
    assert text.startswith("this raster is blurred by about ")
    assert text.endswith(" pixels: x2 will mostly enlarge blur")
    assert float(text.split()[6]) == pytest.approx(k, rel=0.3)
    assert next(c.colour for c in found.checks if c.name == "sharpness") == ("amber" if k == 2 else "red")


@pytest.mark.parametrize(("k", "cut"), [(k, cut) for k in (2, 3, 4) for cut in range(k)])
def test_a_tile_enlarged_by_repeating_pixels_is_told_at_any_phase(make: Make, tile: Any, k: int, cut: int) -> None:
    found = at(make, tile[:, : 256 // k, : 256 // k].repeat(k, 1).repeat(k, 2)[:, cut:, k - 1 - cut :])
    assert kinds(found) == [BlurWarning]
    text = f"this raster was enlarged {k} times by repeating pixels: x2 will mostly sharpen their edges; take it as it"
    assert str(found.seen.warnings[0]) == f"{text} was before"
    assert next(c.colour for c in found.checks if c.name == "sharpness") == ("amber" if k == 2 else "red")


def test_few_values_and_flat_ground_are_not_taken_for_repeated_pixels(shared_data: Path, tile: Any) -> None:
    flat = np.full((1, 256, 256), 0.5, np.float32)
    flat[:, 40:80, 60:100], flat[:, 120:160, 20:200], flat[:, 33:34] = 0.1, 0.7, 0.2
    scenes = [flat, scene(256) // 64 / 3, tile // 128, tile[:, ::2, ::2] // 64 / 3]
    for pixels in [np.asarray(s, np.float32) for s in scenes]:
        assert scene_checks.look([(pixels, 0, 0)]).repeats is None
    from PIL import Image

    for path in sorted((shared_data / "ucmerced" / "test105").glob("*.webp")):
        with Image.open(path) as image:
            pixels = np.moveaxis(np.asarray(image.convert("RGB")), 2, 0)
        for doctored in (pixels, pixels // 64):
            assert scene_checks.look([(doctored.astype(np.float32), 0, 0)]).repeats is None, path.name


def test_jpeg_compression_shows_at_any_phase(make: Make, tile: Any) -> None:
    for cut in (0, 3):
        found = at(make, compressed(tile)[:, cut:, cut + 1 :])
        assert kinds(found) == [CompressionWarning]
        assert str(found.seen.warnings[0]).startswith("this raster went through JPEG of quality 30: ")
        assert found.seen.told is not None and found.seen.told.jpeg == 1


def test_compression_that_nobody_sees_is_told_to_the_network(make: Make, tile: Any) -> None:
    found = at(make, compressed(tile, 90)[:, 3:, 5:])
    assert CompressionWarning not in kinds(found)
    assert found.seen.told is not None and found.seen.told.jpeg == 0.25
    assert "this raster went through JPEG of quality 90" in [c.text for c in found.checks]


def test_blocks_show_where_the_quality_cannot_be_read(make: Make, tile: Any) -> None:
    stretched = np.clip(np.rint(compressed(tile).astype(float) * 1.3 - 10), 0, 255).astype(np.uint8)
    found = at(make, stretched)
    assert kinds(found) == [CompressionWarning]
    assert "shows the 8-pixel blocks of JPEG compression" in str(found.seen.warnings[0])


def test_the_seam_of_a_mosaic_is_no_jpeg(make: Make, tile: Any) -> None:
    mosaic = tile.copy()
    mosaic[:, 128:] = 255 - tile[:, 128:]
    mosaic[:, :, 128:] = 255 - mosaic[:, :, 128:]
    assert CompressionWarning not in kinds(at(make, mosaic))


def test_noise_is_heard_and_measured(make: Make, tile: Any) -> None:
    found = at(make, noisy(tile, 10))
    assert kinds(found) == [NoiseWarning]
    text = str(found.seen.warnings[0])
    assert text.startswith("this raster has noise of about ") and text.endswith("it may be taken for texture")
    assert float(text.split()[6].rstrip("%")) == pytest.approx(100 * 10 / 255, rel=0.15)


@pytest.mark.parametrize(("gsd_m", "colour"), [(0.6, "green"), (2.0, "green"), (3.0, "amber"), (30.0, "red")])
def test_the_result_s_pixel_is_held_against_the_training_s(make: Make, tile: Any, gsd_m: float, colour: str) -> None:
    found = at(make, tile, gsd_m, "lkdn_s_x2")
    assert kinds(found) == ([] if colour == "green" else [GsdWarning])
    said = "" if colour == "green" else ": expect less sharpening"
    assert found.plan.gsd is not None and found.plan.gsd.colour == colour
    assert f" m, lkdn_s_x2 was trained for 0.3 to 0.6 m{said}" in str(found)


def test_clipped_empty_and_unused(make: Make, tile: Any) -> None:
    bright = np.minimum(tile.astype(np.float64) * 2.5, 255).astype(np.uint8)
    found = at(make, bright)
    assert kinds(found) == [ClippingWarning]
    assert "is at its largest value, 255: what was clipped there stays lost" in str(found.seen.warnings[0])
    gaps = tile.copy()
    gaps[:, 110:] = 0
    found = at(make, gaps, nodata=0)
    assert kinds(found) == [GapsWarning] and "57% of this raster has no data" in str(found)
    unused = info.examine(str(make("scene.tif", tile, photometric="RGB")), scale=2, range=(0, 10_000)).seen.warnings
    assert [type(w) for w in unused] == [ValueWarning]
    assert str(unused[0]).endswith("% of 0 to 10000, which the model sees as 0 to 1")
    outside = info.examine(str(make("scene.tif", tile, photometric="RGB")), scale=2, range=(0, 60)).seen.warnings
    assert "lies outside 0 to 60, which the model sees as 0 to 1" in str(outside[-1])


def test_only_the_bands_that_are_bad_are_named(make: Make, tile: Any) -> None:
    soft = enlarged(tile[:2, :128, :128], 2)
    found = info.examine(str(make("scene.tif", np.concatenate([tile, soft]))), scale=2)
    assert [str(w).split(" blurred")[0] for w in found.seen.warnings] == ["bands 4, 5 are"]
    soft = tile[:2, :128, :128].repeat(2, 1).repeat(2, 2)
    found = info.examine(str(make("scene.tif", np.concatenate([tile, soft]))), scale=2)
    assert [c.text.split(" 2 times")[0] for c in found.checks if c.name == "sharpness"] == ["bands 4, 5 were enlarged"]


def test_what_cannot_be_judged_is_said_to_be_so_and_not_warned_about(make: Make) -> None:
    unknown = ("sharpness", "grey", "this raster is too small, too flat or too full of gaps to judge its sharpness")
    for pixels, nodata in (
        (pattern(3, 40, 50, "uint8"), None),
        (np.full((3, 300, 300), 7, np.uint8), None),
        (np.zeros((3, 300, 300), np.uint8), 0),
        (np.full((1, 300, 300), np.nan, np.float32), None),
    ):
        found = info.examine(str(make("scene.tif", pixels, crs=None, transform=None, nodata=nodata)), scale=2)
        said = [(c.name, c.colour, c.text) for c in found.checks]
        empty = nodata == 0 or np.isnan(pixels).any()
        assert said == [unknown, *([("gaps", "red", "100% of this raster has no data")] if empty else [])]
        assert kinds(found) == ([GapsWarning] if empty else [])


def test_the_shared_rasters_get_no_nonsense(shared_data: Path) -> None:
    blocks = {"sentinel2_preview_rgb.jp2", "world_rgb_geographic.tif"}  # really there, at multiples of 8
    noise = {"gcp_uint16.tif", "int16_scale_offset.tif"}  # random numbers; pixels of 430 m, each another value
    for path in sorted((shared_data / "rasters").glob("*.*")):
        if path.suffix == ".md":
            continue
        seen = info.examine(str(path), scale=2, expand_palette=path.name.startswith("palette")).seen
        bad = {c.name for c in seen.checks if c.colour in ("amber", "red")} - {"gaps"}
        expected = ({"compression"} if path.name in blocks else set()) | ({"noise"} if path.name in noise else set())
        assert bad == expected, path.name


def test_a_run_warns_in_the_same_words(make: Make, tile: Any, tmp_path: Path) -> None:
    source = make("scene.tif", compressed(tile), photometric="RGB", transform=Affine(0.6, 0, 5e5, 0, -0.6, 5e6))
    with pytest.warns(CompressionWarning, match="went through JPEG of quality 30"):
        rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", scale=2)
    with rasterio.open(tmp_path / "out.tif") as made:
        assert made.width == 512


def test_white_noise_of_known_strength_is_measured() -> None:
    flat = np.random.default_rng(3).normal(0.5, 0.04, (128, 128))
    assert noise(flat) == pytest.approx(0.04, rel=0.05)


def test_the_spectrum_of_white_noise_is_flat_at_its_variance() -> None:
    power = scene_checks.radial_power(np.random.default_rng(4).normal(0, 0.3, (256, 256)))
    assert power[14:] == pytest.approx(np.full(10, 0.09), rel=0.1)
