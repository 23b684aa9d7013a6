"""Results that keep the measurement: exact where asked, and each fault caught by the figure that should catch it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr import cli, kernels
from rs_sr.trust import REACH, Agreement, agree, words
from tests.conftest import Make, pattern

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


def scene(bands: int, height: int, width: int, seed: int = 0) -> np.ndarray[Any, Any]:
    """Smooth pictures with edges, about 0..1, float64."""
    rng = np.random.default_rng(seed)
    few = kernels.enlarge(rng.random((bands, height // 4, width // 4)), 4, "bicubic")
    return np.clip(few + 0.2 * (few > 0.6), 0, 1)


KERNELS: list[str | float] = ["bicubic", "area", 0.15, 0.275, 0.4]


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("kernel", KERNELS)
def test_degraded_again_it_is_the_input(scale: int, kernel: str | float) -> None:
    coarse = np.random.default_rng(1).random((3, 40, 28)).astype(np.float32)
    fine = np.random.default_rng(2).random((3, 40 * scale, 28 * scale)).astype(np.float32)
    assert np.abs(kernels.reduce(fine, scale, kernel) - coarse).max() > 0.1
    found = agree(fine, coarse, scale, kernel)
    assert found.dtype == np.float32
    assert np.abs(kernels.reduce(found, scale, kernel) - coarse).max() < 5e-6


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_window_with_its_reach_gives_what_the_whole_gives(kernel: str | float) -> None:
    coarse = np.random.default_rng(1).random((1, 90, 60)).astype(np.float32)
    fine = np.random.default_rng(2).random((1, 180, 120)).astype(np.float32)
    whole = agree(fine, coarse, 2, kernel)
    top, bottom = 30 - REACH, 60 + REACH
    part = agree(fine[:, 2 * top : 2 * bottom], coarse[:, top:bottom], 2, kernel)
    inner = slice(2 * REACH, -2 * REACH)
    assert np.abs(part[:, inner] - whole[:, 60:120]).max() < 2e-5
    shorter = agree(fine[:, 56:124], coarse[:, 28:62], 2, kernel)[:, 4:-4]  # two pixels of reach
    assert np.abs(shorter - whole[:, 60:120]).max() > 2e-3


def test_a_consistent_result_stays_so() -> None:
    fine = scene(2, 80, 120).astype(np.float32)
    coarse = kernels.reduce(fine, 4, "bicubic")
    assert np.abs(agree(fine, coarse, 4, "bicubic") - fine).max() < 1e-6


def measured(fine: Any, coarse: Any, kernel: str | float = "area", scale: int = 2) -> dict[str, Any]:
    found = Agreement(scale, kernel, (1.0,) * len(coarse))
    found.add(fine, coarse, np.ones(coarse.shape, bool))
    return found.result()


def test_nearest_against_the_area_mean_is_exactly_zero() -> None:
    coarse = scene(3, 64, 80)
    found = measured(kernels.enlarge(coarse, 2, "nearest"), coarse)
    assert found["bias"] == found["mean_error"] == [0, 0, 0] and max(found["p99_error"]) < 1e-7
    assert found["angle_deg"] == pytest.approx(0, abs=1e-5) and np.abs(found["shift"]).max() < 1e-6


def test_each_fault_is_caught_by_its_figure() -> None:
    fine = scene(3, 160, 200)
    fine[1] = 0.7 * fine[1] + 0.1
    coarse = kernels.reduce(fine, 2, "area")
    good = measured(fine, coarse)
    assert good["mean_error"] == pytest.approx([0, 0, 0], abs=1e-12)
    moved = measured(np.roll(fine, 1, axis=1), coarse)
    assert moved["shift"] == pytest.approx([0.5, 0], abs=0.05) and max(map(abs, moved["bias"])) < 0.01
    bright = measured(fine * 1.02, coarse)
    assert bright["bias"] == pytest.approx((0.02 * coarse).mean((1, 2)).tolist(), rel=0.05)
    assert bright["angle_deg"] == pytest.approx(0, abs=1e-5) and np.abs(bright["shift"]).max() < 1e-3
    swapped = measured(fine[[1, 0, 2]], coarse)
    assert swapped["angle_deg"] > 2 and swapped["mean_error"][2] == pytest.approx(0, abs=1e-12)
    noisy = fine.copy()
    noisy[:, :40] += np.random.default_rng(0).normal(0, 0.3, noisy[:, :40].shape)
    assert min(measured(noisy, coarse)["p99_error"]) > 0.2 > max(measured(noisy, coarse)["mean_error"])


def test_gaps_do_not_count() -> None:
    coarse = scene(1, 64, 64)
    fine = kernels.enlarge(coarse, 2, "nearest")
    valid = np.ones(coarse.shape, bool)
    valid[0, 10:20, 10:20] = False
    fine[0, 20:40, 20:40] = np.nan
    for kernel in ("area", "bicubic"):
        found = Agreement(2, kernel, (1.0,))
        found.add(fine, coarse, valid)
        assert found.result()["mean_error"][0] < 0.01
    nothing = Agreement(2, "area", (1.0,))
    nothing.add(fine, coarse, np.zeros_like(valid))
    assert nothing.result() == {
        "degradation": "area", "bias": [None], "mean_error": [None], "p99_error": [None], "clipped": None,
        "unclipped": None, "angle_deg": None, "shift": None,
    }  # fmt: skip


def test_where_values_are_clipped_the_rest_has_figures_of_its_own(make: Make, tmp_path: Path, capsys: Any) -> None:
    bright = np.clip(scene(3, 120, 140) * 400 - 60, 0, 255).astype(np.uint8)
    source = make("in.tif", bright, nodata=0)
    run = ["super-resolve", str(source), str(tmp_path / "o.tif"), "--model", "plain_x2", "--consistent"]
    assert cli.run(run) == 0
    assert "; where no value is clipped, by 0." in capsys.readouterr().err
    with rasterio.open(tmp_path / "o.tif") as made:
        found, fine = json.loads(made.tags()["RS_SR_CONSISTENCY"]), made.read()
    assert max(found["mean_error"]) > 2 * max(found["unclipped"]["mean_error"])
    assert max(found["unclipped"]["p99_error"]) <= 1 < max(found["p99_error"])
    assert 0.1 < min(found["clipped"]) and (fine == 255).mean() > 0.05
    calm = make("calm.tif", (64 + bright // 4).astype(np.uint8))
    assert cli.run(["super-resolve", str(calm), str(tmp_path / "c.tif"), "--model", "plain_x2"]) == 0
    assert "no value is clipped" not in capsys.readouterr().err


def test_a_shift_that_was_not_measured_is_said_so() -> None:
    coarse = scene(3, 20, 40)
    assert words(measured(kernels.enlarge(coarse, 2, "nearest"), coarse)).endswith(
        "; too small, too flat or too full of gaps to see a shift"
    )
    coarse = scene(3, 64, 80)
    assert words(measured(kernels.enlarge(coarse, 2, "nearest"), coarse)).endswith("; shifted by +0.000, +0.000 pixels")


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("gap", ["nodata", "mask"])
def test_a_consistent_run_is_the_input_again_with_any_tile(make: Make, tmp_path: Path, dtype: str, gap: str) -> None:
    pixels = pattern(3, 270, 190, dtype)
    valid = np.ones(pixels.shape, bool)
    valid[:, 100:140, 120:130] = valid[:, 180, 50] = False
    nodata = {"uint8": 0, "uint16": 0, "float32": float("nan")}[dtype] if gap == "nodata" else None
    pixels[~valid] = 77 if nodata is None else nodata
    source = make("in.tif", pixels, nodata=nodata)
    if gap == "mask":
        with rasterio.open(source, "r+") as dataset:
            dataset.write_mask(valid[0])
    made = {}
    for tile in (128, 256, 384):
        target = tmp_path / f"{tile}.tif"
        result = rs_sr.super_resolve(source, target, model="lkdn_s_x2", tile=tile, halo="exact", consistent=True)
        made[tile] = rasterio.open(target).read()
    span = np.array([hi - lo for lo, hi in zip(result.values.lo, result.values.hi, strict=True)])[:, None, None]
    fine = np.nan_to_num(made[256].astype(np.float64))
    ends = (fine.min(), fine.max()) if dtype == "float32" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    clipped = np.zeros(valid.shape, bool)
    if dtype != "float32":
        clipped = ((fine <= ends[0] + (nodata is not None)) | (fine >= ends[1])).reshape(3, 270, 2, 190, 2).any((2, 4))
    known = valid & ~clipped
    for axis in (1, 2):  # a kernel of two pixels to each side
        known = np.logical_and.reduce([np.roll(known, k, axis) for k in (-2, -1, 0, 1, 2)])
    off = np.abs(kernels.reduce(fine, 2, "bicubic") - np.nan_to_num(pixels.astype(np.float64)))[known]
    assert known.mean() > 0.3 and off.max() <= (2e-6 * span.max() if dtype == "float32" else 1.0)
    apart = np.stack([np.abs(np.nan_to_num(made[tile].astype(np.float64)) - fine) for tile in (128, 384)])
    assert apart.max() <= (1e-5 * span.max() if dtype == "float32" else 1.0 + 1e-5 * span.max())
    plain = rs_sr.super_resolve(source, tmp_path / "plain.tif", model="lkdn_s_x2")
    assert max(plain.consistency["mean_error"]) > 3 * max(result.consistency["mean_error"])


def test_how_consistent_a_result_is_stands_in_its_tags_and_in_what_is_printed(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = make("in.tif", pattern(3, 60, 70, "uint8"))

    def run(name: str) -> list[str]:
        return ["super-resolve", str(source), str(tmp_path / name), "--model", "bicubic"]

    assert cli.run(run("a.tif")) == 0
    assert "degraded to the input's pixels again, by the area mean, the result differs" in capsys.readouterr().err
    assert cli.run([*run("b.tif"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["consistency"]
    with rasterio.open(tmp_path / "b.tif") as dataset:
        assert json.loads(dataset.tags()["RS_SR_CONSISTENCY"]) == said
    assert len(said["mean_error"]) == 3 and 0 < said["mean_error"][0] < said["p99_error"][0]
    nearest = rs_sr.super_resolve(source, tmp_path / "c.tif", model="nearest").consistency
    assert nearest["mean_error"] == [0, 0, 0]


def test_errors_far_beyond_the_value_range_are_still_numbers() -> None:
    coarse = np.full((1, 8, 8), 1000.0)
    fine = kernels.enlarge(coarse, 2, "nearest") + 150
    for span in (1e-6, 1e30):
        found = Agreement(2, "area", (span,))
        found.add(fine, coarse, np.ones(coarse.shape, bool))
        assert found.result()["p99_error"] == [150.0]
