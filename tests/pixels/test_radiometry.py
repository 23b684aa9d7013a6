"""The value map: invertible, one for the raster, rounded and saturated once, never wrapping."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rs_sr.errors import RequestError
from rs_sr.pixels.radiometry import ValueMap, saturate, to_network, to_raster

INTEGERS = ["uint8", "int8", "uint16", "int16", "uint32", "int32"]


def there_and_back(values: np.ndarray[Any, Any], lo: float, hi: float) -> np.ndarray[Any, Any]:
    line = ValueMap((lo,), (hi,), (0.0,), "test")
    return to_raster(to_network(values, line, (0,)), line, (0,), values.dtype, values.dtype)


@given(
    dtype=st.sampled_from(INTEGERS[:4]),
    ends=st.tuples(st.integers(-40000, 70000), st.integers(-40000, 70000)),
)
def test_integers_of_16_bit_come_back_exactly_for_any_range(dtype: str, ends: tuple[int, int]) -> None:
    info = np.iinfo(dtype)
    values = np.arange(info.min, info.max + 1, dtype=dtype).reshape(1, 1, -1)
    span = abs(ends[0] - ends[1])
    if 0 < span < 100:  # a float32 of a value a thousand spans away keeps fewer digits than it needs
        return
    np.testing.assert_array_equal(there_and_back(values, *map(float, ends)), values)


def test_equal_ends_map_to_one_half_and_back() -> None:
    line = ValueMap((7.0,), (7.0,), (7.0,), "test")
    values = np.array([[[6, 7, 9]]], np.uint16)
    np.testing.assert_allclose(to_network(values, line, (0,)), [[[-0.5, 0.5, 2.5]]])
    np.testing.assert_array_equal(to_raster(to_network(values, line, (0,)), line, (0,), "uint16", "uint16"), values)


@given(value=st.floats(allow_nan=True, allow_infinity=True, width=32), dtype=st.sampled_from(INTEGERS))
def test_saturation_never_wraps(value: float, dtype: str) -> None:
    info = np.iinfo(dtype)
    for kind in (np.float32, np.float64):
        with np.errstate(over="ignore"):
            out = int(saturate(np.array([value], kind), dtype)[0])
        if np.isnan(value):
            assert out == 0
        else:
            exact = (
                float(np.clip(np.floor(float(value) + 0.5), info.min, info.max))
                if np.isfinite(value)
                else (info.max if value > 0 else info.min)
            )
            assert abs(out - exact) <= (0 if abs(exact) < 2**22 or kind is np.float64 else abs(exact) * 1e-6)
            assert info.min <= out <= info.max


@given(value=st.integers(-(2**31), 2**32 - 1), dtype=st.sampled_from(INTEGERS))
def test_integers_saturate_into_narrower_ones(value: int, dtype: str) -> None:
    info = np.iinfo(dtype)
    assert int(saturate(np.array([value], np.int64), dtype)[0]) == min(max(value, info.min), info.max)


def test_values_outside_the_range_pass_through_linearly() -> None:
    values = np.array([[[0, 1000, 40000, 65535]]], np.uint16)
    np.testing.assert_array_equal(there_and_back(values, 500.0, 2000.0), values)


def test_32_bit_integers_pass_in_double_precision() -> None:
    values = np.array([[[0, 2**31, 2**32 - 1]]], np.uint32)
    line = ValueMap((0.0,), (2.0**32,), (0.0,), "test")
    back = to_raster(np.array([[[0.0, 0.5, 1.0]]], np.float32), line, (0,), "uint32", "uint32")
    np.testing.assert_array_equal(back, [[[0, 2**31, 2**32 - 1]]])
    assert to_network(values, line, (0,))[0, 0, 1] == 0.5


def test_a_map_reads_back_what_it_wrote_and_nothing_else() -> None:
    line = ValueMap((0.1, -3.0), (1e9, 4.0), (0.5, 0.0), "0.1 to 99.9 % of the values")
    assert ValueMap.from_json(line.to_json()) == line
    for text in ("", "{}", '{"lo": [1], "hi": [1, 2], "fill": [0], "rule": ""}', '{"lo": ["x"]}', "[1]"):
        with pytest.raises(RequestError, match="the recorded value map cannot be read"):
            ValueMap.from_json(text)


def rounded(value: np.floating[Any], target: str) -> int:
    """The formula for one value: halves up in the working type, then the ends of `target`."""
    info = np.iinfo(target)
    work = np.float64(value) if info.bits > 16 else value
    if np.isnan(work):
        return 0
    if np.isinf(work):
        return int(info.max if work > 0 else info.min)
    return min(max(math.floor(work + type(work)(0.5)), info.min), info.max)


@pytest.mark.parametrize("target", INTEGERS)
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_rounding_is_the_formula_to_the_bit_and_leaves_its_input_alone(target: str, kind: str) -> None:
    info = np.iinfo(target)
    ends = [info.min - 0.5, info.min, -0.5, 0.5, 1.5, 254.5, info.max, info.max + 1.0, np.nan, np.inf, -np.inf, 1e30]
    values = np.concatenate([np.array(ends), np.random.default_rng(0).normal(0, 1e5, 3000)]).astype(kind)
    before = values.copy()
    np.testing.assert_array_equal(saturate(values, target), np.array([rounded(v, target) for v in values], target))
    np.testing.assert_array_equal(values, before)
