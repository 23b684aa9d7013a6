"""Results that keep the measurement: exact where asked, and each fault caught by the figure that should catch it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr import sensors
from rs_sr.doors import cli
from rs_sr.pixels import kernels
from rs_sr.pixels.kernels import Kernel
from rs_sr.pixels.scene import scene as made_up
from rs_sr.sensors import Numbers, Sensor
from rs_sr.trust.agreement import REACH, Agreement, agree, strength, words
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
def test_smooth_differences_go_and_none_is_amplified(scale: int, kernel: str | float) -> None:
    fine = scene(2, 40 * scale, 28 * scale).astype(np.float32)
    coarse = kernels.reduce(fine, scale, kernel)
    wave = np.cos(np.arange(28) * np.pi / 14 + 0.5) + np.zeros((2, 40, 1))
    inner = slice(REACH, -REACH)
    left = kernels.reduce(agree(fine, coarse + wave.astype(np.float32), scale, kernel), scale, kernel) - coarse - wave
    assert np.abs(left[:, inner, inner]).max() < 0.12
    finest = np.float32((-1.0) ** np.arange(28)) + np.zeros((2, 40, 1), np.float32)
    found = agree(fine, coarse + finest, scale, kernel)
    assert found.dtype == np.float32 and np.abs(found - fine).max() < 1.3  # bicubic between two pixels


WIDEST = sensors.kernel(Numbers(0.03, 0.2, 0.6, 1.5))


@pytest.mark.parametrize("kernel", [*KERNELS, 0.1, 0.8, WIDEST])
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_a_window_with_its_reach_gives_what_the_whole_gives_to_the_bit(scale: int, kernel: Kernel) -> None:
    coarse = np.random.default_rng(1).random((1, 50, 30)).astype(np.float32)
    fine = np.random.default_rng(2).random((1, 50 * scale, 30 * scale)).astype(np.float32)
    whole = agree(fine, coarse, scale, kernel)
    top, bottom = 20 - REACH, 30 + REACH
    part = agree(fine[:, scale * top : scale * bottom], coarse[:, top:bottom], scale, kernel)
    np.testing.assert_array_equal(part[:, scale * REACH : -scale * REACH], whole[:, 20 * scale : 30 * scale])


def degraded(scale: int, kernel: str | float, size: int = 192) -> tuple[Any, Any]:
    """A made-up landscape (band, y, x) in 16 bits, and as a sensor with that kernel sees it."""
    fine = 1000 + 20.0 * made_up(size)[:1]
    return fine, np.rint(kernels.reduce(fine, scale, kernel)).astype(np.uint16)


def psnr(made: Any, truth: Any, span: float) -> float:
    inner = (slice(None), slice(16, -16), slice(16, -16))
    return float(-10 * np.log10(np.mean(((made - truth)[inner] / span) ** 2)))


TAKEN = {"area": (0.64, 0.9), "bicubic": (0.49, 0.94), 0.15: (0.15, 0.62), 0.275: (0.275, 0.724), 0.4: (0.4, 0.795)}


@pytest.mark.parametrize("kernel", TAKEN)
@pytest.mark.parametrize("model", ["lkdn_s_told_x2", "plain_1band_x2", "lkdn_s_told_x4"])
def test_a_consistent_run_is_never_worse_whatever_the_blur(
    make: Make, tmp_path: Path, model: str, kernel: str | float
) -> None:
    fine, coarse = degraded(4 if "x4" in model else 2, kernel)
    source = make("in.tif", coarse)
    reached, asked = [], {}
    if "told" in model:
        nyquist, half = TAKEN[kernel]
        sensor = Sensor(name="s", title="s", nyquist=(nyquist,) * 2, half=(half,) * 2, noise=0.0002, sources={})
        (tmp_path / "s.json").write_text(sensor.to_json())
        asked["sensor"] = str(tmp_path / "s.json")
    for consistent in (False, True):
        result = rs_sr.super_resolve(
            source, tmp_path / "o.tif", model=model, consistent=consistent, overwrite=True, range=(1000, 6000), **asked
        )
        reached.append(psnr(rasterio.open(tmp_path / "o.tif").read().astype(float), fine, 5000))
        assert result.consistency["corrected"] <= consistent
    assert reached[1] > reached[0] - 0.1
    assert result.consistency["degradation"] == ("told" if asked else "bicubic")


def test_how_much_is_put_back_is_the_same_for_every_part_tile_and_way(make: Make, tmp_path: Path) -> None:
    _, coarse = degraded(2, 0.4, size=600)
    source = make("in.tif", coarse, crs="EPSG:32633")
    asked: dict[str, Any] = {"model": "lkdn_s_told_x2", "consistent": True, "blur": (0.4, 0.4), "halo": "exact"}
    made = {}
    for name, more in {"whole": {}, "part": {"window": (150, 130, 90, 80)}, "tile": {"tile": 128}}.items():
        result = rs_sr.super_resolve(source, tmp_path / f"{name}.tif", **asked, **more)
        made[name] = rasterio.open(tmp_path / f"{name}.tif").read()
        assert result.consistency["degradation"] == "told"
    np.testing.assert_array_equal(made["part"], made["whole"][:, 260:420, 300:480])
    assert np.abs(made["tile"].astype(int) - made["whole"]).max() <= 1  # the network's sums have another order
    xr = pytest.importorskip("rioxarray")
    lazy = rs_sr.super_resolve_array(xr.open_rasterio(source), **asked)
    np.testing.assert_array_equal(lazy.values, made["whole"])


def test_a_scene_too_small_or_empty_to_try_the_model_on_is_corrected_in_full(make: Make, tmp_path: Path) -> None:
    for name, pixels in {"small": pattern(1, 9, 40, "uint16"), "empty": np.zeros((1, 40, 40), np.uint16)}.items():
        source = make(f"{name}.tif", pixels, nodata=0)
        result = rs_sr.super_resolve(source, tmp_path / f"o{name}.tif", model="lkdn_s_told_x2", consistent=True)
        assert result.consistency["degradation"] == "told" and result.consistency["corrected"]


def test_what_noise_explains_is_not_put_back() -> None:
    assert strength(4.0, 100, 0.1) == 0.75
    assert strength(1.0, 100, 0.1) == strength(0.5, 100, 0.1) == 0
    assert strength(4.0, 100, 0.0) == strength(0.0, 0, 0.1) == 1
    rng = np.random.default_rng(0)
    fine, coarse = (rng.random((1, n, n), np.float32) for n in (32, 16))
    whole, half = (agree(fine, coarse, 2, 0.3, share) - fine for share in (1.0, 0.5))
    np.testing.assert_allclose(half, whole / 2, atol=1e-6)


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
    assert max(found["unclipped"]["p99_error"]) < max(found["p99_error"])
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
def test_a_consistent_run_is_nearer_to_the_input_and_the_same_with_any_tile(
    make: Make, tmp_path: Path, dtype: str, gap: str
) -> None:
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
    for tile in (128, 384):
        apart = np.abs(np.nan_to_num(made[tile].astype(np.float64)) - np.nan_to_num(made[256].astype(np.float64)))
        span = max(hi - lo for lo, hi in zip(result.values.lo, result.values.hi, strict=True))
        assert apart.max() <= (1e-5 * span if dtype == "float32" else 1.0 + 1e-5 * span)
    plain = rs_sr.super_resolve(source, tmp_path / "plain.tif", model="lkdn_s_x2")
    assert max(plain.consistency["mean_error"]) > 1.5 * max(result.consistency["mean_error"])


def test_how_consistent_a_result_is_stands_in_its_tags_and_in_what_is_printed(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = make("in.tif", pattern(3, 60, 70, "uint8"))

    def run(name: str) -> list[str]:
        return ["super-resolve", str(source), str(tmp_path / name), "--model", "bicubic"]

    assert cli.run(run("a.tif")) == 0
    assert "shrunk to the input's pixels by the area mean, the result differs" in capsys.readouterr().err
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
