"""Pixels without data: filled before the network sees them, put back after it.

Arrays are (band, y, x); `valid` is bool, True where a pixel counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

REACH = 16  # pixels; windows are read wider by this, so that the fill is the same for every tiling

Array = NDArray[Any]
Mask = NDArray[np.bool_]


def fill(pixels: Array, valid: Mask, median: tuple[float, ...]) -> Array:
    """Replace invalid pixels by the nearest valid one within `REACH` pixels, beyond that by the band's median.

    Distance is Euclidean between pixel centres; of several equally near, the first by row, then by column. Bands are
    filled on their own. The input is not changed.
    """
    if valid.all():
        return pixels
    filled = pixels.copy()
    for plane, known, middle in zip(filled, valid, median, strict=True):
        if known.all():
            continue
        if known.any():
            row, col, found = nearest_valid(known)
            put = ~known & found
            plane[put] = plane[row[put], col[put]]
            plane[~known & ~found] = middle
        else:
            plane[:] = middle
    return filled


def nearest_valid(valid: Mask) -> tuple[Array, Array, Mask]:
    """Row and column of the nearest valid pixel of each pixel, and where there is one within `REACH`.

    Exact in two passes: the nearest valid row in each column (the upper of two equally near), then the best of the
    columns within reach, by squared distance, row, column: packed into one integer, so that a minimum decides.
    """
    height, width = valid.shape
    rows = np.arange(height, dtype=np.int32)[:, None]
    far = np.int32(4 * REACH)
    above = np.maximum.accumulate(np.where(valid, rows, -far), axis=0)
    below = np.minimum.accumulate(np.where(valid, rows, height + far)[::-1], axis=0)[::-1]
    step = np.where(rows - above <= below - rows, above - rows, below - rows)
    step = np.clip(step, -far, far).astype(np.int32)

    side = 2 * far + 1  # rows and columns are packed as offsets from -far to far
    column_key = (step * step) * (side * side) + (step + far) * side
    best = np.full((height, width), np.iinfo(np.int32).max, np.int32)
    for shift in range(-REACH, REACH + 1):
        here = slice(max(0, -shift), min(width, width - shift))
        there = slice(max(0, shift), min(width, width + shift))
        if here.start >= here.stop:
            continue
        key = column_key[:, there] + np.int32(shift * shift * side * side + shift + far)
        np.minimum(best[:, here], key, out=best[:, here])
    found = best // (side * side) <= REACH * REACH
    row = rows + best // side % side - far
    col = np.arange(width, dtype=np.int32) + best % side - far
    return np.where(found, row, 0), np.where(found, col, 0), found


def off_nodata(pixels: Array, valid: Mask, nodata: float | None) -> Array:
    """Move valid pixels that landed on the nodata value one step, to the side with room (in place).

    Integers move by 1, floats to the next float; upwards unless nodata is the largest value of the dtype.
    """
    if nodata is None or np.isnan(nodata):
        return pixels
    value = pixels.dtype.type(nodata)
    hit = valid & (pixels == value)
    if hit.any():
        pixels[hit] = neighbour(nodata, pixels.dtype)
    return pixels


def neighbour(nodata: float, dtype: DTypeLike) -> Any:
    """The value next to `nodata` in `dtype`, above it if there is room."""
    kind = np.dtype(dtype)
    if kind.kind == "f":
        value = np.asarray(nodata, kind)
        with np.errstate(over="ignore"):
            up = np.nextafter(value, np.asarray(np.inf, kind))
        return up if np.isfinite(up) else np.nextafter(value, np.asarray(-np.inf, kind))
    return int(nodata) + 1 if nodata < np.iinfo(kind).max else int(nodata) - 1


def fits(nodata: float | None, dtype: DTypeLike) -> bool:
    """Whether `dtype` can hold the nodata value (NaN only in floats, which round any other that is not beyond them)."""
    if nodata is None:
        return True
    kind = np.dtype(dtype)
    if kind.kind == "f":
        with np.errstate(over="ignore"):
            return bool(not np.isfinite(nodata) or np.isfinite(np.asarray(nodata).astype(kind)))
    info = np.iinfo(kind)
    return bool(np.isfinite(nodata) and nodata == int(nodata) and info.min <= nodata <= info.max)


def held(nodata: float, dtype: DTypeLike) -> float:
    """The nodata value as `dtype` holds it: floats round it, as -3.4028235e+38 to the lowest of float32."""
    rounds = np.dtype(dtype).kind == "f" and fits(nodata, dtype)
    return float(np.asarray(nodata).astype(dtype)) if rounds else nodata


def is_nodata(pixels: Array, nodata: float | None) -> Mask:
    """Where pixels equal the nodata value as the dtype holds it; NaN equals NaN here."""
    if nodata is None or not fits(nodata, pixels.dtype):
        return np.zeros(pixels.shape, bool)
    if np.isnan(nodata):
        return np.isnan(pixels)
    with np.errstate(over="ignore"):
        return np.asarray(pixels == pixels.dtype.type(nodata))
