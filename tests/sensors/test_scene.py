"""The blur of a scene from its own edges: known kernels on real scenes, and what cannot be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.pixels.kernels import reduce
from rs_sr.pixels.scene import scene as landscape
from rs_sr.sensors import edges, scene
from rs_sr.sensors.measured import blur_words
from tests.conftest import Make

Array = np.ndarray[Any, Any]


def degraded(folder: Path, name: str, kernel: str | float) -> list[Array]:
    with rasterio.open(folder / "rasters" / name) as raster:
        bands = raster.read().astype(np.float64)
    low, high = np.percentile(bands, (0.1, 99.9), axis=(1, 2), keepdims=True)
    even = (bands - low) / (high - low)
    return list(reduce(even[:, : even.shape[1] // 2 * 2, : even.shape[2] // 2 * 2], 2, kernel))


SENTINEL2, LANDSAT = "sentinel2_20m_6band_uint16.tif", "landsat8_30m_7band_uint16.tif"


@pytest.mark.parametrize(("kernel", "true"), [("bicubic", 0.49), (0.5, 0.5), (0.35, 0.35), (0.25, 0.25), (0.15, 0.15)])
def test_known_kernels_are_found_on_sentinel_2(kernel: str | float, true: float, shared_data: Path) -> None:
    found = scene.measure(degraded(shared_data, SENTINEL2, kernel))
    assert found.numbers.nyquist == pytest.approx((true, true), abs=0.1)
    assert found.sharp is not None and found.r2 is None and found.shift is None
    assert all(s > m for s, m in zip(found.sharp[:4], found.numbers[:4], strict=True))
    assert found.careful == found.sharp._replace(noise=found.numbers.noise / 2)


def test_area_mean_bicubic_and_soft_optics_are_told_apart(shared_data: Path) -> None:
    area, bicubic, soft = (scene.measure(degraded(shared_data, SENTINEL2, k)) for k in ("area", "bicubic", 0.15))
    assert area.sure
    assert area.numbers.nyquist_y > bicubic.numbers.nyquist_y + 0.05 > soft.numbers.nyquist_y + 0.3
    words = [blur_words(m.numbers) for m in (area, bicubic, soft)]
    assert len(set(words)) == len(words) and words[2] == "very soft"


def test_clouds_tell_nothing(shared_data: Path) -> None:
    for kernel in ("bicubic", 0.25):
        found = scene.measure(degraded(shared_data, LANDSAT, kernel))
        assert not found.sure and not found.likely and str(found).startswith("cannot tell: it has no sharp edges")


def test_noise_is_told_in_the_raster_s_units() -> None:
    plane = landscape(256)[1] / 255
    loud = plane + 0.02 * np.random.default_rng(0).standard_normal(plane.shape)
    found = scene.measure([loud], span=5000)
    assert found.numbers.noise == pytest.approx(0.02, rel=0.2) and found.noise == pytest.approx(
        5000 * found.numbers.noise
    )


def test_nothing_to_see_is_nothing_told() -> None:
    rough = np.random.default_rng(0).random((40, 40))
    told = str(scene.measure([rough]))
    assert told.startswith(
        "cannot tell: it has no part of 64 x 64 pixels without gaps that shows something; give a larger part"
    )
    assert scene.measure([np.full((80, 80), 0.3)]).why == "it has no edges"
    assert scene.measure([]).windows == 0


def test_noise_is_that_of_a_band_not_of_their_mean() -> None:
    plane = landscape(256)[1] / 255
    loud = plane + 0.02 * np.random.default_rng(0).standard_normal((3, *plane.shape))
    assert scene.measure([loud]).numbers.noise == pytest.approx(0.02, rel=0.2)


def test_features_do_not_depend_on_gain_offset_or_which_way_a_scene_lies() -> None:
    plane = landscape(128)[1] / 255 + 0.001 * np.random.default_rng(0).random((128, 128))  # no two edges are equal
    seen, other = edges.features(plane), edges.features(0.5 * plane + 3)
    assert seen is not None and other is not None
    np.testing.assert_allclose(seen, other, atol=1e-4)
    turned, mirrored = edges.features(plane.T), edges.features(plane[::-1, ::-1])
    assert turned is not None and mirrored is not None
    np.testing.assert_allclose(turned, seen[::-1], atol=1e-9)
    np.testing.assert_allclose(mirrored, seen, atol=1e-9)
    assert edges.features(plane[:, :50]) is None


def test_edges_are_profiles_of_steps() -> None:
    blur = np.array([0.1, 0.2, 0.4, 0.2, 0.1])
    step = np.convolve(np.arange(120) >= 60, blur, mode="same")[10:-10]
    lines = np.repeat(step[None], 100, 0)
    found = edges.profiles(lines, 0.001)
    assert found is not None and found[1] == pytest.approx(1)
    np.testing.assert_allclose(found[0].mean(axis=0), [0, 0, *blur, 0, 0], atol=1e-9)
    assert edges.profiles(lines.T, 0.001) is None and edges.profiles(lines, 0.3) is None


def test_a_raster_is_measured_by_itself(make: Make) -> None:
    pixels = reduce(landscape(512).astype(np.float64), 2, 0.15)
    path = str(make("scene.tif", np.clip(np.rint(pixels), 0, 255).astype(np.uint8)))
    found = rs_sr.measure_sensor(path)
    assert found.how == "scene" and found.windows > 0
    assert found.noise == pytest.approx(255 * found.numbers.noise)
