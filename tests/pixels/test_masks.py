"""Filling and restoring pixels without data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rs_sr.pixels.masks import REACH, fill, fits, is_nodata, nearest_valid, neighbour, off_nodata


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), height=st.integers(1, 45), width=st.integers(1, 45), share=st.floats(0, 0.2))
def test_the_nearest_valid_pixel_is_found_by_distance_then_row_then_column(
    seed: int, height: int, width: int, share: float
) -> None:
    valid = np.random.default_rng(seed).random((height, width)) < share
    row, col, found = nearest_valid(valid)
    rows, cols = np.nonzero(valid)
    for y in range(height):
        for x in range(width):
            squared = (rows - y) ** 2 + (cols - x) ** 2
            if not len(rows) or squared.min() > REACH**2:
                assert not found[y, x]
                continue
            first = np.lexsort((cols, rows, squared))[0]
            assert found[y, x] and (row[y, x], col[y, x]) == (rows[first], cols[first])


def test_far_from_valid_pixels_the_median_stands_in() -> None:
    pixels = np.zeros((1, 1, 40), np.uint8)
    valid = np.zeros((1, 1, 40), bool)
    pixels[0, 0, 0], valid[0, 0, 0] = 9, True
    filled = fill(pixels, valid, (77.0,))
    assert (filled[0, 0, :17] == 9).all() and (filled[0, 0, 17:] == 77).all()
    assert pixels[0, 0, 5] == 0, "the input is not changed"


@given(seed=st.integers(0, 1000), col=st.integers(0, 60))
def test_the_fill_is_the_same_for_every_window_that_is_16_pixels_wider(seed: int, col: int) -> None:
    rng = np.random.default_rng(seed)
    pixels, valid = rng.integers(0, 255, (1, 40, 100)), rng.random((1, 40, 100)) < 0.01
    whole = fill(pixels, valid, (5.0,))
    start, stop = max(0, col - REACH), min(100, col + 20 + REACH)
    part = fill(pixels[:, :, start:stop], valid[:, :, start:stop], (5.0,))
    np.testing.assert_array_equal(part[:, :, col - start : col - start + 20], whole[:, :, col : col + 20])


@pytest.mark.parametrize(
    ("dtype", "nodata", "moved"), [("uint8", 0, 1), ("uint8", 255, 254), ("int16", -32768, -32767), ("int8", 127, 126)]
)
def test_a_valid_pixel_on_the_nodata_value_moves_one_step(dtype: str, nodata: int, moved: int) -> None:
    pixels = np.full((1, 1, 2), nodata, dtype)
    valid = np.array([[[True, False]]])
    assert off_nodata(pixels, valid, float(nodata)).ravel().tolist() == [moved, nodata]


def test_floats_move_to_the_next_float_and_nan_needs_no_moving() -> None:
    pixels = np.zeros((1, 1, 1), np.float32)
    assert off_nodata(pixels, np.ones((1, 1, 1), bool), 0.0)[0, 0, 0] == np.nextafter(np.float32(0), np.float32(1))
    largest = float(np.finfo(np.float32).max)
    assert neighbour(largest, "float32") < largest
    assert off_nodata(pixels, np.ones((1, 1, 1), bool), float("nan")) is pixels


def test_nodata_is_compared_as_the_dtype_holds_it() -> None:
    lowest = -3.4028234663852886e38
    assert is_nodata(np.array([lowest, 1], np.float32), lowest).tolist() == [True, False]
    assert is_nodata(np.array([np.nan, 1], np.float32), float("nan")).tolist() == [True, False]
    assert not is_nodata(np.array([241], np.uint8), -9999.0).any()
    assert not fits(-9999.0, "uint8") and not fits(0.5, "int16") and not fits(float("nan"), "int16")
    assert fits(float("nan"), "float32") and fits(None, "uint8") and fits(255.0, "uint8")
