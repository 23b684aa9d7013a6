"""Weights of the resampling kernels, in one home for enlarging and for degrading.

An axis of n pixels resized by a factor f gives output pixels x = 0, 1, ... centred at u = (x + 0.5) / f - 0.5 on the
input. Weights of one output pixel add up to 1; pixels beyond an edge are mirrored with the edge pixel repeated. With
the kernel widened by 1 / f when f < 1 (antialiasing) this is MATLAB's imresize.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Axis = tuple[float, float]  # a Gaussian's modulation at Nyquist, and the amount of an unsharp mask behind it
Kernel = str | float | tuple[Axis, Axis]  # that degrades, see `reduce`; the last along y and x


def cubic(t: Array) -> Array:
    """Keys' cubic convolution, a = -0.5 (Keys 1981, IEEE TASSP 29, eq. 15)."""
    t = np.abs(t)
    inner = (1.5 * t - 2.5) * t * t + 1
    outer = ((-0.5 * t + 2.5) * t - 4) * t + 2
    return np.where(t <= 1, inner, np.where(t < 2, outer, 0.0))


def lanczos3(t: Array) -> Array:
    """Lanczos window of three lobes: sinc(t) sinc(t / 3)."""
    return np.where(np.abs(t) < 3, np.sinc(t) * np.sinc(t / 3), 0.0)


def box(t: Array) -> Array:
    """One pixel wide: nearest neighbour when enlarging, the area mean when widened."""
    return np.where((t >= -0.5) & (t < 0.5), 1.0, 0.0)


KERNELS: dict[str, tuple[Callable[[Array], Array], float]] = {
    "bicubic": (cubic, 2.0),
    "lanczos": (lanczos3, 3.0),
    "area": (box, 0.5),
}


def weights(scale: int, kernel: str) -> tuple[Array, Array]:
    """Weights of the `scale` phases of an enlargement: offsets (phase, tap) in input pixels, weights (phase, tap).

    Output pixel ``scale * i + phase`` is ``sum(weights[phase, k] * input[i + offsets[phase, k]])``.
    """
    function, reach = KERNELS[kernel]
    centre = (np.arange(scale) + 0.5) / scale - 0.5
    first = np.ceil(centre - reach).astype(int)
    offsets = first[:, None] + np.arange(int(2 * reach))
    values = function(centre[:, None] - offsets)
    return offsets, values / values.sum(axis=1, keepdims=True)


def enlarge(pixels: Array, scale: int, kernel: str) -> Array:
    """Enlarge (band, y, x) to (band, scale * y, scale * x) by `nearest`, `bicubic` or `lanczos`, in the input's dtype.

    Every output pixel is the same sum in the same order wherever its window lies, so that tiles equal the whole.
    """
    if kernel == "nearest":
        bands, height, width = pixels.shape
        out = np.empty((bands, height, scale, width, scale), pixels.dtype)
        out[:] = pixels[:, :, None, :, None]  # np.repeat, twice, needs half as much again
        return out.reshape(bands, height * scale, width * scale)
    offsets, values = weights(scale, kernel)
    for axis in (1, 2):
        pixels = _enlarge_axis(pixels, axis, scale, offsets, values)
    return pixels


def _enlarge_axis(pixels: Array, axis: int, scale: int, offsets: Array, values: Array) -> Array:
    n = pixels.shape[axis]
    pad = int(np.abs(offsets).max())
    width = [(0, 0)] * 3
    width[axis] = (pad, pad)
    padded = np.pad(pixels, width, mode="symmetric")
    shape = list(pixels.shape)
    shape[axis] = n * scale
    out = np.empty(shape, pixels.dtype)
    tap = np.empty(pixels.shape, pixels.dtype)
    for phase in range(scale):
        total = out[_along(axis, slice(phase, None, scale))]
        for k, (offset, value) in enumerate(zip(offsets[phase], values[phase], strict=True)):
            source = padded[_along(axis, slice(pad + offset, pad + offset + n))]
            if k == 0:
                np.multiply(source, pixels.dtype.type(value), out=total)
            else:
                np.multiply(source, pixels.dtype.type(value), out=tap)
                total += tap
    return out


def _along(axis: int, part: slice) -> tuple[slice, ...]:
    everything = [slice(None)] * 3
    everything[axis] = part
    return tuple(everything)


def reduce(pixels: Array, scale: int, kernel: Kernel = "bicubic") -> Array:
    """Degrade (band, y, x) to (band, y // scale, x // scale), float64; float32 stays float32.

    `kernel` is antialiased "bicubic" or "lanczos", "area", or a number: a Gaussian whose modulation at the coarse
    Nyquist frequency it is, sampled at block centres; or such a number along y and along x, each with the amount of an
    unsharp mask of 3 coarse pixels. Height and width must be multiples of `scale`. "bicubic" is MATLAB's
    ``imresize(x, 1/scale)`` before rounding.
    """
    if pixels.shape[1] % scale or pixels.shape[2] % scale:
        raise ValueError(f"height and width {pixels.shape[1:]} are not multiples of {scale}; crop them first")
    result = pixels if pixels.dtype == np.float32 else pixels.astype(np.float64)
    for axis, along in enumerate(_axes(kernel), 1):
        result = _reduce_axis(result, axis, scale, *_reduction(scale, along))
    return result


def reduction_reach(scale: int, kernel: Kernel) -> int:
    """Coarse pixels round a pixel that a degradation looks at."""
    ends = [(-offsets[0], offsets[-1] - scale + 1) for offsets, _ in (_reduction(scale, k) for k in _axes(kernel))]
    return int(np.max(ends) + scale - 1) // scale


def _axes(kernel: Kernel) -> tuple[str | Axis, str | Axis]:
    if isinstance(kernel, tuple):
        return kernel
    along = kernel if isinstance(kernel, str) else (kernel, 0.0)
    return along, along


def _reduction(scale: int, kernel: str | Axis) -> tuple[Array, Array]:
    """Offsets from the first of a block's fine pixels, and weights."""
    sharpening = 0.0
    if isinstance(kernel, str):
        function, reach = KERNELS[kernel]
    else:
        sigma, sharpening = np.sqrt(-2 * np.log(kernel[0])) / np.pi, kernel[1]  # coarse pixels
        function, reach = (lambda t: np.exp(-0.5 * (t / sigma) ** 2)), 4 * sigma
    centre = (scale - 1) / 2
    offsets = np.arange(np.ceil(centre - reach * scale), np.floor(centre + reach * scale) + 1).astype(int)
    values = function((centre - offsets) / scale)
    kept = np.flatnonzero(values)
    offsets, values = offsets[kept[0] : kept[-1] + 1], values[kept[0] : kept[-1] + 1]
    values = values / values.sum()
    if sharpening:
        mask = np.zeros(2 * scale + 1)
        mask[[0, scale, -1]] = -sharpening / 3, 1 + 2 * sharpening / 3, -sharpening / 3
        offsets, values = np.arange(offsets[0] - scale, offsets[-1] + scale + 1), np.convolve(values, mask)
    return offsets, values


def _reduce_axis(pixels: Array, axis: int, scale: int, offsets: Array, values: Array) -> Array:
    n = pixels.shape[axis]
    before, after = max(0, -int(offsets[0])), max(0, int(offsets[-1]) - scale + 1)
    width = [(0, 0)] * 3
    width[axis] = (before, after)
    padded = np.pad(pixels, width, mode="symmetric")
    total: Array = np.zeros(1, pixels.dtype)
    for offset, value in zip(offsets, values, strict=True):
        start = before + int(offset)
        total = total + padded[_along(axis, slice(start, start + n - scale + 1, scale))] * pixels.dtype.type(value)
    return total
