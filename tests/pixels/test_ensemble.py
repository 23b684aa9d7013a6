"""The ensemble of eight: its members are the eight, and what does not care for direction has no spread."""

from __future__ import annotations

import numpy as np
import pytest

from rs_sr.pixels import kernels
from rs_sr.pixels.ensemble import MEMBERS, ensemble, turn, turn_back


def test_the_eight_are_all_flips_and_rotations_and_undone() -> None:
    square = np.arange(9).reshape(1, 3, 3)
    assert len({turn(square, k).tobytes() for k in range(MEMBERS)}) == 8
    oblong = np.arange(12).reshape(1, 3, 4)
    for k in range(MEMBERS):
        assert (turn_back(turn(oblong, k), k) == oblong).all()


def test_a_method_without_direction_has_no_spread_and_keeps_its_result() -> None:
    coarse = np.random.default_rng(0).random((3, 20, 30)).astype(np.float32)
    mean, spread = ensemble(lambda x: kernels.enlarge(x, 2, "bicubic"), coarse, 2)
    assert mean == pytest.approx(kernels.enlarge(coarse, 2, "bicubic"), abs=1e-6) and spread.max() < 1e-6
    assert mean.dtype == spread.dtype == np.float32


def test_mean_and_spread_are_those_of_the_eight_results() -> None:
    coarse = np.random.default_rng(0).random((1, 6, 9)).astype(np.float32)

    def shaded(x: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        fine = kernels.enlarge(x, 2, "nearest")
        return fine + np.linspace(0, 1, fine.shape[1], dtype=np.float32)[None, :, None] ** 2

    eight = np.stack([turn_back(shaded(np.ascontiguousarray(turn(coarse, k))), k) for k in range(8)])
    mean, spread = ensemble(shaded, coarse, 2)
    assert mean == pytest.approx(eight.mean(axis=0), abs=1e-6) and spread == pytest.approx(eight.std(axis=0), abs=1e-6)


def test_cells_of_a_network_lie_the_same_however_a_window_is_turned() -> None:
    """A mean over cells of 3 pixels, of a window that is no multiple of 3: whole and in two parts."""

    def cells(x: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        _, h, w = x.shape
        wide = np.pad(x, ((0, 0), (0, -h % 3), (0, -w % 3)), mode="edge")
        means = wide.reshape(1, wide.shape[1] // 3, 3, wide.shape[2] // 3, 3).mean(axis=(2, 4))
        return means.repeat(3, 1).repeat(3, 2)[:, :h, :w]

    coarse = np.random.default_rng(0).random((1, 10, 8)).astype(np.float32)
    whole, spread = ensemble(cells, coarse, 1, grid=3)
    assert spread.max() < 1e-6
    assert ensemble(cells, coarse[:, 6:], 1, grid=3)[0] == pytest.approx(whole[:, 6:], abs=1e-6)
    assert ensemble(cells, coarse, 1)[1].max() > 0.05
