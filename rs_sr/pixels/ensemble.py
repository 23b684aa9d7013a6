"""Eight looks at one window: flipped and turned, run, turned back. Their mean is the result, their spread its doubt.

Self-ensemble (Timofte et al. 2016, section 3.4; Lim et al. 2017 call it geometric): the eight elements of the dihedral
group. A network knows nothing of the eight being one scene, so where they differ it guesses. What it pools over the
image is held as it was measured unturned: measuring each turn changes the mean by 0.02 grey levels of 255 at most.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
MEMBERS = 8


def turn(pixels: Array, member: int) -> Array:
    """(..., y, x) as the given one of the eight: quarter turns, then from 4 on a flip of the columns."""
    turned = np.rot90(pixels, member % 4, axes=(-2, -1))
    return turned[..., ::-1] if member >= 4 else turned


def turn_back(pixels: Array, member: int) -> Array:
    """What `turn` made of it, undone."""
    unflipped = pixels[..., ::-1] if member >= 4 else pixels
    return np.rot90(unflipped, -(member % 4), axes=(-2, -1))


def ensemble(
    run: Callable[[NDArray[np.float32]], Array], coarse: NDArray[np.float32], scale: int, grid: int = 1
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and standard deviation of the eight, float32 (band, scale * y, scale * x).

    `run` takes (band, y, x). Where a network works in cells of `grid` pixels, the window is mirrored below and to the
    right to whole cells first, so that the cells lie the same in every tile however it is turned.
    """
    height, width = coarse.shape[1:]
    more = [(0, 0), (0, -height % grid), (0, -width % grid)]
    whole = np.pad(coarse, more, mode="symmetric") if grid > 1 else coarse
    total: Array = np.zeros(1, np.float64)
    squares: Array = np.zeros(1, np.float64)
    first: Array | None = None
    for member in range(MEMBERS):
        made = turn_back(run(np.ascontiguousarray(turn(whole, member))), member)
        made = made[:, : height * scale, : width * scale].astype(np.float32)
        first = made if first is None else first
        apart = made - first  # small, so that float32 loses nothing in the squares
        total = total + apart
        squares = squares + apart * apart
    assert first is not None
    mean = total / MEMBERS
    spread = np.sqrt(np.maximum(squares / MEMBERS - mean * mean, 0))
    return (first + mean).astype(np.float32), spread.astype(np.float32)
