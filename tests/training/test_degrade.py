"""Degradations: MATLAB's bicubic, the sensor's MTF, and that nothing moves."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from training import degrade


def test_bicubic_is_matlabs_imresize_on_known_values() -> None:
    # a step of 0 | 255 halved by antialiased Keys' cubic, a = -0.5: the weights of an edge, worked out by hand
    row = np.repeat(np.array([0, 255], np.uint8), 8)
    tile = np.broadcast_to(row, (1, 16, 16)).copy()
    taps = np.array([-3, -9, 29, 111, 111, 29, -9, -3]) / 256  # of k((i + 0.5) / 2) / 2, i = -4..3
    exact = [float(sum(t * row[min(max(2 * x + i - 3, 0), 15)] for i, t in enumerate(taps))) for x in range(8)]
    expected = np.clip(np.floor(np.array(exact) + 0.5), 0, 255).astype(np.uint8)
    np.testing.assert_array_equal(degrade.bicubic(tile, 2)[0], np.broadcast_to(expected, (8, 8)))


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("mtf", [0.15, 0.3])
def test_the_gaussian_has_the_asked_mtf_at_the_coarse_nyquist(scale: int, mtf: float) -> None:
    weights = degrade.gaussian(degrade.sigma_px(torch.tensor([mtf], dtype=torch.float64)), 9, scale)[0, 4]
    at = torch.arange(len(weights), dtype=torch.float64)
    response = torch.sum(weights * torch.exp(-2j * math.pi * at / (2 * scale))).abs()
    assert float(response) == pytest.approx(mtf, rel=0.01)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_an_impulse_keeps_its_centroid(scale: int) -> None:
    patch = 11
    weights = degrade.gaussian(torch.tensor([0.5], dtype=torch.float64), patch, scale)[0]
    for at in range(6 * scale, 12 * scale):
        column = weights[:, at]
        centre = float((column * torch.arange(patch)).sum() / column.sum())
        fine = (at + 0.5) / scale - 0.5 - degrade.MARGIN
        assert abs(centre - fine) < 0.13  # sampled: exact only in the mean over the phases
    whole = [float((weights[:, a] * torch.arange(patch)).sum() / weights[:, a].sum()) for a in range(24, 24 + scale)]
    fine = [(a + 0.5) / scale - 0.5 - degrade.MARGIN for a in range(24, 24 + scale)]
    assert np.mean(whole) == pytest.approx(np.mean(fine), abs=1e-6)


def turned(x: Any, k: int) -> Any:
    x = torch.rot90(torch.as_tensor(x), k % 4, (-2, -1))
    return x.flip(-1) if k >= 4 else x


@pytest.mark.parametrize("k", range(1, 8))
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_degrading_commutes_with_flips_and_rotations(k: int, scale: int) -> None:
    rng = np.random.default_rng(0)
    tile = rng.integers(0, 256, (2, 12 * scale, 12 * scale), dtype=np.uint8)
    low = degrade.bicubic(tile, scale)
    np.testing.assert_array_equal(degrade.bicubic(turned(tile, k).numpy(), scale), turned(low, k).numpy())
    weights = degrade.gaussian(torch.tensor([0.6], dtype=torch.float64), 4, scale)[0]
    high = torch.rand(12 * scale, 12 * scale, dtype=torch.float64)
    assert torch.allclose(weights @ turned(high, k) @ weights.T, turned(weights @ high @ weights.T, k))


def test_the_cubic_of_a_patch_is_that_of_the_whole_tile() -> None:
    rng = np.random.default_rng(0)
    tile = rng.integers(0, 256, (1, 64, 64), dtype=np.uint8)
    weights = degrade.cubic(1, 8, 4, torch.device("cpu"))[0]
    part = weights @ torch.from_numpy(tile[0]).float() @ weights.T
    rounded = torch.floor(part + 0.5).clamp(0, 255).byte().numpy()
    np.testing.assert_array_equal(rounded, degrade.bicubic(tile, 4)[0, 4:12, 4:12])
