"""Improvement, omission and hallucination, by the results that must be wholly one of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rs_sr.pixels import kernels
from rs_sr.pixels.scene import scene
from rs_sr.trust import truth


@pytest.fixture(scope="module")
def three() -> tuple[Any, Any, Any]:
    """Truth, coarse input and bicubic of a scene, about 0..1, x4."""
    fine = scene(240) / 255
    coarse = kernels.reduce(fine, 4)
    return fine, coarse, kernels.enlarge(coarse, 4, "bicubic")


def everywhere(fine: Any) -> Any:
    return np.ones(fine.shape[1:], bool)


def test_the_truth_itself_is_all_improvement(three: Any) -> None:
    fine, _, smooth = three
    assert truth.shares(truth.classify(fine, smooth, fine, everywhere(fine))) == {
        "improvement": 1, "omission": 0, "hallucination": 0
    }  # fmt: skip


def test_bicubic_is_all_omission(three: Any) -> None:
    fine, _, smooth = three
    assert truth.shares(truth.classify(smooth, smooth, fine, everywhere(fine))) == {
        "improvement": 0, "omission": 1, "hallucination": 0
    }  # fmt: skip


def test_invented_texture_is_hallucination(three: Any) -> None:
    fine, _, smooth = three
    invented = smooth + np.random.default_rng(0).choice([-0.3, 0.3], smooth.shape)
    found = truth.shares(truth.classify(np.clip(invented, 0, 1), smooth, fine, everywhere(fine)))
    assert found is not None and found["hallucination"] > 0.85


def test_half_the_way_to_the_truth_is_no_hallucination(three: Any) -> None:
    fine, _, smooth = three
    better = truth.shares(truth.classify(0.2 * smooth + 0.8 * fine, smooth, fine, everywhere(fine)))
    worse = truth.shares(truth.classify(0.8 * smooth + 0.2 * fine, smooth, fine, everywhere(fine)))
    assert better is not None and better["improvement"] > 0.99
    assert worse is not None and worse["omission"] > 0.99


def test_pixels_count_where_they_are_valid_and_matter(three: Any) -> None:
    fine, _, smooth = three
    valid = everywhere(fine)
    valid[:100] = False
    found = truth.classify(fine, smooth, fine, valid)
    assert (found[:100] == -1).all() and 0.2 < (found[100:] >= 0).mean() < 0.6
    assert truth.shares(truth.classify(fine, smooth, fine, np.zeros_like(valid))) is None


def test_the_formulas_at_a_point_worked_out_by_hand() -> None:
    # d(smooth, truth) = 0.2 / 0.8, d(result, truth) = 0.4 / 1, d(result, smooth) = 0.2 / 1.2: p = 1.6, o = 2 / 3;
    # H = 1.267, 1 - exp(-0.05 H) = 0.0614: improvement 1.641, omission 0.765, hallucination exp(-0.0533) = 0.948.
    at = [np.full((1, 1, 1), v) for v in (0.7, 0.5, 0.3)]
    assert truth.classify(*at, np.ones((1, 1), bool))[0, 0] == truth.OMISSION
    # truth 0.3, smooth 0.35, result 0.9: p = 0.5 / 0.0769 = 6.5, o = 0.44 / 0.0769 = 5.72: exp(-1.86) = 0.156.
    at = [np.full((1, 1, 1), v) for v in (0.9, 0.35, 0.3)]
    assert truth.classify(*at, np.ones((1, 1), bool))[0, 0] == truth.HALLUCINATION


def test_another_sensor_s_gain_offset_and_shift_are_found_and_undone(three: Any) -> None:
    fine, coarse, _ = three
    other = truth.move(0.7 * fine + 0.1, 1.0, -2.0)
    found = truth.harmonise(coarse, other, 4, "bicubic")
    assert found.gain == pytest.approx([0.7] * 3, rel=0.03) and found.offset == pytest.approx([0.1] * 3, abs=0.01)
    assert found.shift == pytest.approx((0.25, -0.5), abs=0.03)
    back = truth.move(found.undo(other), *(-4 * v for v in found.shift))
    assert np.abs(back - fine)[:, 20:-20, 20:-20].mean() < 0.01
    same = truth.harmonise(coarse, fine, 4, "bicubic")
    assert same.gain == pytest.approx([1] * 3) and same.shift == pytest.approx((0, 0), abs=1e-6)


def test_gaps_of_the_truth_have_no_say_in_its_gain_offset_and_shift(three: Any) -> None:
    fine, coarse, _ = three
    other = 0.7 * fine + 0.1
    other[:, :50, :60] = np.nan
    found = truth.harmonise(coarse, other, 4, "bicubic")
    assert found.gain == pytest.approx([0.7] * 3) and found.offset == pytest.approx([0.1] * 3)
    assert found.shift is None  # quarters of 30 pixels are too small
    flat = truth.harmonise(coarse, np.full_like(fine, 0.4), 4, "bicubic")
    assert flat.gain == (1, 1, 1) and flat.shift is None and np.isfinite(flat.undo(fine)).all()
    assert truth.harmonise(coarse, np.full_like(fine, np.nan), 4, "bicubic") is None


def test_a_whole_pixel_moved_is_a_roll() -> None:
    pixels = np.random.default_rng(1).random((2, 40, 50))
    moved = truth.move(pixels, 1, 0)
    assert moved[:, 1:] == pytest.approx(pixels[:, :-1], abs=1e-9)
