"""A result against the truth: what of its detail is real, what is missing and what is made up.

After opensr-test (Aybar et al. 2024, IEEE GRSL 21, "A comprehensive benchmark for optical remote sensing image
super-resolution"; its correctness measures). Values are a network's, about 0..1, (band, y, x).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels import kernels, metrics
from rs_sr.pixels.grid import Size, around, without_gaps
from rs_sr.pixels.kernels import Kernel

Array = NDArray[Any]

IMPROVEMENT, OMISSION, HALLUCINATION = 0, 1, 2
NAMES = ("improvement", "omission", "hallucination")
HARDNESS = 0.05  # l of the formulas, for all three
MATTERS = 0.1  # a fractional difference that counts whatever the scene


def difference(a: Array, b: Array) -> Array:
    """Fractional difference |a - b| / |a + b|, the mean over bands, (y, x); 0 where both are 0."""
    total = np.abs(a + b)
    return np.asarray((np.abs(a - b) / np.where(total > 0, total, 1)).mean(axis=0))


def classify(result: Array, smooth: Array, truth: Array, valid: Array) -> NDArray[np.int8]:
    """Per pixel the nearest of `NAMES`, or -1 where nothing is to be decided, int8 (y, x).

    `smooth` is the input enlarged by bicubic, `valid` (y, x) bool. With d the fractional difference,
    p = d(result, truth) / d(smooth, truth), o = d(result, smooth) / d(smooth, truth) and H = p + o - 1 the distances
    are p + o (1 - exp(-l H)) to improvement, o + p (1 - exp(-l H)) to omission and exp(-l p o) to hallucination.
    Pixels count where one of the three differences exceeds the third quartile of d(smooth, truth), or 0.1.
    """
    missing, wrong, added = difference(smooth, truth), difference(result, truth), difference(result, smooth)
    found = np.full(valid.shape, -1, np.int8)
    if not valid.any():
        return found
    limit = min(float(np.quantile(missing[valid], 0.75)), MATTERS)
    counts = valid & (np.maximum(np.maximum(missing, wrong), added) > limit)
    unit = np.maximum(missing[counts], 1e-9)
    p, o = wrong[counts] / unit, added[counts] / unit
    beyond = 1 - np.exp(-HARDNESS * np.maximum(p + o - 1, 0))
    distances = np.stack([p + o * beyond, o + p * beyond, np.exp(-HARDNESS * p * o)])
    found[counts] = distances.argmin(axis=0)
    return found


def shares(classes: NDArray[np.int8]) -> dict[str, float] | None:
    """Of the pixels that count, the share of each of `NAMES`; None where none counts."""
    count = np.bincount(classes[classes >= 0].ravel(), minlength=3)
    return {n: float(c / count.sum()) for n, c in zip(NAMES, count, strict=True)} if count.sum() else None


@dataclass(frozen=True)
class Harmony:
    """What another sensor's picture of the same ground differs by: `shift` (row, column) in input pixels, None where
    none can be seen, and per band a gain and an offset that bring the input's values to the truth's."""

    shift: tuple[float, float] | None
    gain: tuple[float, ...]
    offset: tuple[float, ...]

    def undo(self, truth: Array) -> Array:
        """The truth's values (band, y, x) as the input's sensor gives them."""
        gain, offset = (np.array(v)[:, None, None] for v in (self.gain, self.offset))
        return np.asarray((truth - offset) / gain)


def harmonise(coarse: Array, truth: Array, scale: int, kernel: Kernel) -> Harmony | None:
    """From the input and the truth degraded to its pixels, so that what the result adds has no say in it.

    Gain and offset give means and deviations of the truth where it is a number; the shift is that of the mean over
    bands, in the window around what is known or a quarter of it, without gaps. None where all is gap.
    """
    degraded = kernels.reduce(truth, scale, kernel)
    known = np.asarray(np.isfinite(degraded).all(axis=0))
    if not known.any():
        return None
    theirs, own = degraded[:, known], coarse[:, known]
    spread, mean = (np.stack([f(v, axis=1) for v in (theirs, own)]) for f in (np.std, np.mean))
    varies = (spread > 1e-6 * np.abs(mean)).all(axis=0)
    gain = np.where(varies, spread[0], 1) / np.where(varies, spread[1], 1)
    offset = mean[0] - gain * mean[1]
    shift = None
    whole, held = Size(height=known.shape[0], width=known.shape[1]).window, around(known)
    for part in without_gaps(held, known[held.within(whole)])[:1]:
        a, b = (x[:, *part.within(whole)].mean(axis=0) for x in (degraded, coarse))
        if min(a.shape) >= 32 and np.ptp(a) > 0 < np.ptp(b):
            rows, cols = metrics.shift(a, b, cutoff=0.4)
            shift = float(rows), float(cols)
    return Harmony(shift, tuple(map(float, gain)), tuple(map(float, offset)))


def move(pixels: Array, rows: float, cols: float) -> Array:
    """(band, y, x) moved down and right by a fraction of pixels, by its Fourier transform, mirrored at the edges."""
    height, width = pixels.shape[1:]
    edge = 16
    wide = np.pad(pixels, ((0, 0), (edge, edge), (edge, edge)), mode="reflect" if min(height, width) > edge else "edge")
    turn = np.exp(-2j * np.pi * np.fft.fftfreq(wide.shape[1]) * rows)[:, None]
    turn = turn * np.exp(-2j * np.pi * np.fft.rfftfreq(wide.shape[2]) * cols)[None]
    back = np.fft.irfft2(np.fft.rfft2(wide) * turn, wide.shape[1:])
    return np.asarray(back[:, edge : edge + height, edge : edge + width])
