"""How much noise a window of pixels has."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels.grid import SMALLEST

Array = NDArray[Any]


def noise(plane: Array) -> float | None:
    """Standard deviation of white noise in a window (y, x), from where the scene is flattest; None if it is too small.

    The median absolute deviation of the diagonal detail (Donoho 1994) in blocks of 16 x 16, of the tenth of blocks
    whose means over 4 x 4 vary least.
    """
    rows, cols = plane.shape[0] // 16, plane.shape[1] // 16
    if min(rows, cols) < SMALLEST // 16:
        return None
    part = plane[: rows * 16, : cols * 16]
    detail = (part[::2, ::2] - part[::2, 1::2] - part[1::2, ::2] + part[1::2, 1::2]) / 2
    by_block = detail.reshape(rows, 8, cols, 8).swapaxes(1, 2).reshape(rows * cols, 64)
    means = part.reshape(rows, 4, 4, cols, 4, 4).mean(axis=(2, 5)).swapaxes(1, 2).reshape(rows * cols, 16)
    flattest = np.argsort(means.std(axis=1), kind="stable")[: max(4, rows * cols // 10)]
    deviation = np.median(np.abs(by_block[flattest]), axis=1) / 0.6745
    return float(np.median(deviation))
