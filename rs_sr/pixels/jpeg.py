"""Whether pixels went through JPEG, and with which quality, by the steps that it leaves in their cosines.

Fan and de Queiroz, Identification of bitmap compression history, IEEE Transactions on Image Processing 12 (2003).
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
QUALITIES = range(30, 99)  # steps of 99 and 100 are too small to be seen
LUMINANCE = np.array([  # ITU-T T.81, table K.1
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99],
])  # fmt: skip
LUMA = (0.299, 0.587, 0.114)  # of red, green and blue, ITU-R BT.601
SPREAD = 0.45  # of a cosine around its step, grey levels: rounding, and colours cut off at the ends
CLOSE = 0.9  # grey levels: a cosine below is 0
MOST, BLOCKS = 4, 1500  # windows, the largest, and blocks of 8 x 8 pixels of all together, that are looked at
SEARCHED = 128  # pixels on a side of what tells where blocks begin
FEWEST = 300  # cosines that are not 0, below which nothing is told
SURE = 0.25  # nats a cosine by which steps have to explain them better than no steps do
_AT = np.arange(8)
_COSINES = np.cos(np.pi / 8 * np.outer(_AT, _AT + 0.5)) * np.where(_AT[:, None] == 0, np.sqrt(1 / 8), 0.5)


def steps(quality: int) -> Array:
    """The quantisation steps (8, 8) of luminance for a quality of 1 to 100, as libjpeg scales table K.1."""
    percent = 5000 / quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.floor((LUMINANCE * percent + 50) / 100), 1, 255)


def quality(windows: list[tuple[Array, int, int]]) -> int | None:
    """The quality of JPEG that windows (band, y, x) of 8 bits show, each with the row and column of its first pixel.

    Three bands are red, green and blue, or were compressed one by one. None where no steps are seen: not compressed,
    resampled or stretched since, of quality 99 or 100, or with other tables than libjpeg's.
    """
    some = sorted(windows, key=lambda window: -window[0].size)[:MOST]
    found = _quality([(np.tensordot(LUMA, p, 1) if len(p) == 3 else p[0], row, col) for p, row, col in some])
    if found is None and some and len(some[0][0]) == 3:
        found = _quality([(p[0], row, col) for p, row, col in some])
    return found


def _quality(planes: list[tuple[Array, int, int]]) -> int | None:
    zeros = np.zeros((8, 8))
    for plane, row, col in planes:
        for top, left in np.ndindex(8, 8):
            cosines = _cosines(plane[:SEARCHED, :SEARCHED], top, left)
            zeros[(row + top) % 8, (col + left) % 8] += (np.abs(cosines) < CLOSE).mean()
    if not zeros.any():
        return None
    begin, left = (int(at) for at in np.unravel_index(zeros.argmax(), zeros.shape))
    every = np.concatenate([_cosines(plane, (begin - row) % 8, (left - col) % 8) for plane, row, col in planes])
    every = every[:: -(-len(every) // BLOCKS)]
    count, better = 0, np.zeros(len(QUALITIES))
    for v, u in np.ndindex(8, 8):
        there = every[:, v, u]
        there = there[np.abs(there) >= CLOSE]
        if v or u:
            count += len(there)
            better += _better(there, _steps()[:, v, u])
    best = int(better.argmax())
    return QUALITIES[best] if count >= FEWEST and better[best] > SURE * count else None


def _cosines(plane: Array, top: int, left: int) -> Array:
    """Of the blocks of a plane (y, x) that begin at a pixel: (block, 8, 8)."""
    part = plane[top:, left:].astype(np.float32)
    rows, cols = part.shape[0] // 8, part.shape[1] // 8
    blocks = part[: rows * 8, : cols * 8].reshape(rows, 8, cols, 8).swapaxes(1, 2).reshape(-1, 8, 8)
    return np.asarray(_COSINES.astype(np.float32) @ blocks @ _COSINES.T.astype(np.float32))


def _better(cosines: Array, sizes: Array) -> Array:
    """By how much each step explains cosines better than an even spread does, nats, (step,)."""
    found = np.zeros(len(sizes))
    for size in np.unique(sizes[sizes > 4 * SPREAD]):
        rest = (cosines - np.round(cosines / size) * size) / SPREAD
        explained = size / (SPREAD * np.sqrt(2 * np.pi)) * np.exp(-0.5 * rest**2)
        found[sizes == size] = np.log(0.05 + 0.95 * explained).sum()
    return found


@functools.cache
def _steps() -> Array:
    return np.stack([steps(q) for q in QUALITIES])
