"""The blur between two rasters of one scene: known kernels are found, and what is no pair tells nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from rs_sr.pixels.kernels import reduce
from rs_sr.pixels.scene import scene
from rs_sr.sensors import Numbers, pair
from training import family

Array = np.ndarray[Any, Any]
SIDE = 480


@cache
def fine() -> Array:
    return np.asarray(scene(SIDE)[1], np.float64) / 255


def truth(scale: int, kernel: str | float) -> tuple[float, float]:
    """|H| of a kernel of `reduce` at Nyquist and at half of it, by what it does to waves."""
    x = np.arange(64 * scale)
    found = []
    for f in (0.5, 0.25):
        made = [reduce(w(2 * np.pi * f * ((x + 0.5) / scale - 0.5))[None, None].repeat(scale, 1), scale, kernel)[0, 0]
                for w in (np.cos, np.sin)]  # fmt: skip
        at = 2 * np.pi * f * np.arange(64)
        inner = slice(16, -16)
        found.append(float(np.mean(made[0][inner] * np.cos(at)[inner]) / np.mean(np.cos(at)[inner] ** 2)))
    return found[0], found[1]


KERNELS: list[str | float] = ["area", "bicubic", 0.15, 0.25, 0.35, 0.5]


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("kernel", KERNELS)
def test_known_kernels_are_found(kernel: str | float, scale: int) -> None:
    coarse = reduce(fine()[None], scale, kernel)
    found = pair.measure(coarse, fine(), scale, 1.0)
    nyquist, half = truth(scale, kernel)
    assert found.numbers.nyquist == pytest.approx((nyquist, nyquist), abs=0.05)
    assert found.numbers.half == pytest.approx((half, half), abs=0.05)
    assert found.sure and found.r2 is not None and found.r2 > 0.99 and found.numbers.noise < 0.002
    assert max(found.spread) < 0.03 and found.shift == pytest.approx((0, 0), abs=0.02)


def test_each_axis_has_its_own_and_sharpening_is_seen() -> None:
    kind, zero = torch.tensor([family.GAUSSIAN]), torch.zeros(1)
    taken = family.Scenes(kind, torch.tensor([[0.4, 0.15]]), zero + 1.0, zero, zero + 0.01, zero > 1,
                          zero + family.NO_JPEG, zero > 1, torch.zeros(1, 2).long())  # fmt: skip
    wide = torch.from_numpy(fine()).float()[None, None]
    low, told = family.take(wide, taken, 2, 4, torch.Generator().manual_seed(0), rounded=False)
    inner = fine()[8:-8, 8:-8]
    found = pair.measure(low[0].double().numpy(), inner, 2, 1.0)
    wanted = Numbers(*told[0].tolist())
    assert found.numbers.nyquist == pytest.approx(wanted.nyquist, abs=0.05)
    assert found.numbers.half == pytest.approx(wanted.half, abs=0.05) and max(wanted.half) > 1
    assert found.numbers.nyquist_y > found.numbers.nyquist_x + 0.2


@pytest.mark.parametrize("by", [(1, 0), (-3, 2)])
def test_a_shift_is_found_and_does_no_harm(by: tuple[int, int]) -> None:
    coarse = np.roll(reduce(fine()[None], 2, 0.35), by, (1, 2))
    found = pair.measure(coarse, fine(), 2, 1.0)
    assert found.shift == pytest.approx(by, abs=0.02)
    assert found.numbers.nyquist == pytest.approx((0.35, 0.35), abs=0.05)


def test_noise_is_found_in_the_raster_s_units_whatever_the_gain() -> None:
    coarse = 400 + 3000 * reduce(fine()[None], 2, "area")
    coarse += 20 * np.random.default_rng(0).standard_normal(coarse.shape)
    found = pair.measure(coarse, fine(), 2, 3000.0)
    assert found.noise == pytest.approx(20, rel=0.15) and found.numbers.noise == pytest.approx(found.noise / 3000)
    assert found.numbers.nyquist == pytest.approx((0.71, 0.71), abs=0.05)


def test_the_bands_that_are_like_the_fine_raster_are_mixed() -> None:
    rng = np.random.default_rng(0)
    coarse = reduce(fine()[None], 2, 0.25)[0]
    other = rng.standard_normal(coarse.shape)
    bands = np.stack([0.5 * coarse + 0.1 * other, -other, 7 + 0.5 * coarse])
    found = pair.measure(bands, fine(), 2, 1.0)
    assert found.sure and found.numbers.nyquist == pytest.approx((0.25, 0.25), abs=0.05)


def test_gaps_are_left_out() -> None:
    coarse, under = reduce(fine()[None], 2, 0.25), fine().copy()
    coarse[:, :70, :70] = np.nan
    under[-80:, -80:] = np.nan
    whole, found = pair.measure(reduce(fine()[None], 2, 0.25), fine(), 2, 1.0), pair.measure(coarse, under, 2, 1.0)
    assert 0 < found.windows < whole.windows
    assert found.numbers.nyquist == pytest.approx((0.25, 0.25), abs=0.05)


def test_what_is_no_pair_tells_nothing() -> None:
    coarse = reduce(fine()[None], 2, 0.25)
    for other in (np.random.default_rng(0).random(fine().shape), np.ones(fine().shape), fine() * np.nan):
        found = pair.measure(coarse, other, 2, 1.0)
        assert not found.sure and found.why == "both show nothing that is the same"
    small = pair.measure(coarse[:, :40, :40], fine()[:80, :80], 2, 1.0)
    assert not small.sure and small.why == "the coarse raster has less than 56 x 56 pixels"
    half = coarse + np.random.default_rng(0).standard_normal(coarse.shape) * coarse.std() / 2
    assert "explains only" in pair.measure(half, fine(), 2, 1.0).why
