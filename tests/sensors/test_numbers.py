"""Numbers of a scene, and the kernel that has them."""

from __future__ import annotations

import numpy as np
import pytest

from rs_sr.pixels import kernels
from rs_sr.sensors import RANGES, Numbers, gaussian, kernel
from rs_sr.trust.agreement import REACH


@pytest.mark.parametrize("mtf", [(0.05, 0.05), (0.3, 0.15), (0.6, 0.6)])
@pytest.mark.parametrize("sharpening", [0.0, 0.8, 2.0])
def test_a_kernel_is_found_from_its_numbers(mtf: tuple[float, float], sharpening: float) -> None:
    found = kernel(gaussian(mtf, sharpening=sharpening))
    for along, modulation in zip(found, mtf, strict=True):
        assert along == pytest.approx((modulation, sharpening), abs=2e-3)


NUMBERS = [Numbers(0.49, 0.49, 0.94, 0.94), Numbers(0.64, 0.3, 0.9, 0.8), Numbers(0.77, 0.77, 1.07, 1.07)]


@pytest.mark.parametrize("numbers", NUMBERS, ids=str)
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_degrading_by_it_leaves_of_waves_what_the_numbers_say(numbers: Numbers, scale: int) -> None:
    count = 64
    at = (np.arange(count * scale) + 0.5) / scale - 0.5  # coarse pixels
    inner = slice(12, -12)
    for cycles, left in ((0.5, numbers.nyquist), (0.25, numbers.half)):
        wave = np.cos(2 * np.pi * cycles * at)
        for axis, transfer in enumerate(left):
            fine = np.broadcast_to(wave[:, None] if axis == 0 else wave, (count * scale,) * 2)
            coarse = kernels.reduce(fine[None], scale, kernel(numbers))[0][inner, inner]
            expected = np.cos(2 * np.pi * cycles * np.arange(count))[inner]
            line = coarse[:, 0] if axis == 0 else coarse[0]
            assert line @ expected / (expected @ expected) == pytest.approx(transfer, abs=0.02)


def test_numbers_that_no_kernel_has_get_the_nearest() -> None:
    (modulation, sharpening), _ = kernel(Numbers(0.03, 0.03, 2.1, 2.1))
    assert 0 < modulation < 0.1 and np.isfinite(sharpening)
    (modulation, _), _ = kernel(Numbers(2.3, 2.3, 0.3, 0.3))
    assert 0 < modulation < 1


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_no_kernel_reaches_farther_than_corrections_look(scale: int) -> None:
    ends = [RANGES[name] for name in Numbers._fields]
    for nyquist in ends[0]:
        for half in ends[2]:
            found = kernel(Numbers(nyquist, nyquist, half, half))
            assert kernels.reduction_reach(scale, found) + 4 <= REACH
