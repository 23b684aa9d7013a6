"""Resampling weights against formulas and the field's own implementations."""

from __future__ import annotations

import numpy as np
import pytest

from rs_sr.pixels.kernels import enlarge, reduce, weights


@pytest.mark.parametrize("kernel", ["nearest", "bicubic", "lanczos"])
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_a_constant_stays_constant_and_a_flip_stays_a_flip(kernel: str, scale: int) -> None:
    rng = np.random.default_rng(1)
    pixels = rng.random((2, 7, 5))
    np.testing.assert_allclose(enlarge(np.ones((1, 4, 6)), scale, kernel), 1, atol=1e-12)
    for axis in (1, 2):
        np.testing.assert_allclose(
            enlarge(np.flip(pixels, axis), scale, kernel), np.flip(enlarge(pixels, scale, kernel), axis), atol=1e-12
        )


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_bicubic_reproduces_a_plane_inside(scale: int) -> None:
    y, x = np.mgrid[:12, :15].astype(float)
    fine_y, fine_x = ((np.mgrid[: 12 * scale, : 15 * scale] + 0.5) / scale) - 0.5
    out = enlarge((3 * y - 2 * x)[None], scale, "bicubic")[0]
    inside = (slice(2 * scale, -2 * scale),) * 2
    np.testing.assert_allclose(out[inside], (3 * fine_y - 2 * fine_x)[inside], atol=1e-10)


def test_weights_of_bicubic_x2_are_keys() -> None:
    offsets, values = weights(2, "bicubic")
    np.testing.assert_allclose(values[0], np.array([-3, 29, 111, -9]) / 128, atol=1e-12)
    assert offsets[0].tolist() == [-2, -1, 0, 1] and offsets[1].tolist() == [-1, 0, 1, 2]


@pytest.mark.parametrize("kernel", ["bicubic", "lanczos"])
def test_a_tile_equals_the_whole_to_the_bit(kernel: str) -> None:
    pixels = np.random.default_rng(2).random((1, 40, 50), np.float32)
    whole = enlarge(pixels, 3, kernel)
    part = enlarge(pixels[:, 7:31, 11:42], 3, kernel)
    np.testing.assert_array_equal(part[:, 9:-9, 9:-9], whole[:, 7 * 3 + 9 : 31 * 3 - 9, 11 * 3 + 9 : 42 * 3 - 9])


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_reducing_commutes_with_flips_and_keeps_the_centroid(scale: int) -> None:
    pixels = np.random.default_rng(3).random((1, 24, 36))
    np.testing.assert_allclose(reduce(pixels[:, ::-1], scale), reduce(pixels, scale)[:, ::-1], atol=1e-12)
    np.testing.assert_allclose(
        reduce(pixels, scale, "area"), pixels.reshape(1, 24 // scale, scale, -1, scale).mean((2, 4))
    )
    x = np.arange(36.0)[None, None].repeat(24, axis=1)
    inner = reduce(x, scale)[0, 6 // scale, 12 // scale : -12 // scale]
    np.testing.assert_allclose(inner, (np.arange(36 // scale) * scale + (scale - 1) / 2)[12 // scale : -12 // scale])


def test_a_size_that_is_no_multiple_is_refused() -> None:
    with pytest.raises(ValueError, match="not multiples of 2"):
        reduce(np.zeros((1, 3, 4)), 2)
