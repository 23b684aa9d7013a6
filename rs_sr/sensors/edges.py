"""What a window shows of its blur: profiles of its sharpest edges along an axis, and its spectrum, as numbers.

Edges are found as Cal/Val does it with knife edges, in the scene itself: where the step between two pixels is greatest
and nearly across the axis. A profile is the steps around it as a share of the whole edge: the line spread, sampled.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels.grid import SMALLEST
from rs_sr.pixels.noise import noise

Array = NDArray[Any]
REACH = 4  # steps to each side of an edge's middle
WITHIN = 2  # of them make the edge's height
SLANTED = 0.4  # of the step across: edges that are more slanted are left out
ABOVE_NOISE = 6.0
SHARE = 0.015  # of the pixels, at most, are edges that are looked at: the highest
FEWEST = 8
PERCENTILES = (5, 15, 30, 50, 70, 85, 95)
_AT = np.arange(-REACH, REACH + 1)
_WAVES = np.exp(-2j * np.pi * np.outer(_AT, (0.125, 0.25, 0.375, 0.5)))
_RINGS = np.concatenate([[0.05, 0.07, 0.09], np.linspace(0.12, 0.5, 14)])  # cycles per pixel
_ENDS = np.concatenate([[0.035], (_RINGS[1:] + _RINGS[:-1]) / 2, [0.501]])


def features(plane: Array) -> Array | None:
    """Of a window (y, x), values about 0..1 of any gain and offset: (2, n), of its blur along y, and along x.

    Each begins with the axis itself and goes on with the other. None where an axis has too few edges.
    """
    if min(plane.shape) < SMALLEST:
        return None
    level = noise(plane) or 0.0
    both = [_along(np.asarray(p, np.float64), level) for p in (plane.T, plane)]
    if both[0] is None or both[1] is None:
        return None
    return np.stack([np.concatenate([both[0], both[1]]), np.concatenate([both[1], both[0]])])


def _along(lines: Array, level: float) -> Array | None:
    """Of the blur along the last axis: of the profiles, of the spectrum, of noise, and of how many edges there are."""
    found = profiles(lines, level)
    if found is None:
        return None
    shares, height = found
    middle = shares[:, REACH]
    beside = np.sort(shares[:, [REACH - 1, REACH + 1]], axis=1)
    further = np.sort(shares[:, [REACH - 2, REACH + 2]], axis=1)
    beyond = np.minimum(shares[:, REACH - 3], shares[:, REACH + 3])
    several = (middle, middle + beside[:, 1], middle + beside.sum(axis=1), *further.T, beyond, beside[:, 0])
    spread = np.percentile([*several, *np.abs(shares @ _WAVES).T], PERCENTILES, axis=1).T.ravel()
    power = np.log(_power(lines) / height**2 + 1e-9)
    rest = [np.log(level / height + 1e-4), np.log(len(shares) / lines.size)]
    return np.concatenate([np.clip(spread, -3, 3), power, rest])


def profiles(lines: Array, level: float) -> tuple[Array, float] | None:
    """Steps around the strongest edges across the last axis, (edge, 9), as a share of the edge, and the median height.

    `level` is the noise. None for fewer than 8 edges.
    """
    step = np.diff(lines, axis=1)
    size = np.abs(step)
    middle = (lines[:, 1:] + lines[:, :-1]) / 2
    across = np.zeros_like(step)
    across[1:-1] = (middle[2:] - middle[:-2]) / 2
    at = np.arange(REACH, step.shape[1] - REACH)
    here = size[:, at]
    edge = (here > size[:, at - 1]) & (here >= size[:, at + 1]) & (np.abs(across[:, at]) < SLANTED * here)
    edge[[0, -1]] = False
    sign = np.sign(step[:, at])
    height = np.sum([sign * step[:, at + k] for k in range(-WITHIN, WITHIN + 1)], axis=0)
    edge &= height > ABOVE_NOISE * level + 1e-9
    line, place = np.nonzero(edge)
    if len(line) < FEWEST:
        return None
    highest = np.argsort(-height[line, place], kind="stable")[: max(40, int(SHARE * lines.size))]
    line, place = line[highest], place[highest]
    tall = height[line, place]
    around = step[line[:, None], place[:, None] + REACH + _AT] * sign[line, place, None]
    return around / tall[:, None], float(np.median(tall))


def _power(lines: Array) -> Array:
    """Mean power along the last axis, at 17 frequencies from 0.05 to 1/2 cycles per pixel; those of small windows that
    none falls to are between their neighbours."""
    count = lines.shape[1]
    window = np.hanning(count + 2)[1:-1]
    centred = (lines - lines.mean(axis=1, keepdims=True)) * window
    power = (np.abs(np.fft.rfft(centred, axis=1)) ** 2).mean(axis=0) / (window**2).sum()
    ring = np.digitize(np.fft.rfftfreq(count), _ENDS)
    many = np.bincount(ring, minlength=len(_ENDS) + 1)[1:-1]
    total = np.bincount(ring, power, minlength=len(_ENDS) + 1)[1:-1]
    there = many > 0
    mean = total[there] / many[there]
    return np.asarray(np.exp(np.interp(_RINGS, _RINGS[there], np.log(mean + 1e-12))))
