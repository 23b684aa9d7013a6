"""What a network was not trained for never reaches it, and what it makes up never goes far from what is there.

Below 0 a network is another, never trained function, and above 1 some are. So the part of a value that lies beyond is
split off before the network and added, enlarged, after it: a pond stays a pond, and a ramp across an end has no step.
At edges of a contrast that it has not met, a network overshoots. So no value of the result lies farther outside those
of the 9 x 9 input pixels around it than a fifth of their range and 2 % of the map.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels import kernels
from rs_sr.pixels.scene import scene

Array = NDArray[np.float32]
Model = Callable[[Array], Array]

KERNEL = "bicubic"  # what enlarges the part that is split off; it looks at 2 pixels to each side
REACH = 4  # input pixels to each side whose values bound the result
SPARE, OF_MAP = 0.2, 0.02  # of their range, and of the map, by which the result may go beyond
TOPS = (1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)  # largest values that are tried
OFF = 0.01  # of the map, by which the mean of a place may be off
MORE = 2.0  # times as much may be added to bicubic as in the middle of the map
SIDE, EDGE, PLACE = 64, 16, 8  # pixels of a trial, of its edge that does not count, and of a place


def guarded(run: Model, pixels: Array, scale: int, ends: tuple[float, float], span: float = 1.0) -> Array:
    """What `run` makes of `pixels` (band, y, x) held between `ends`, and the enlargement of what lies beyond, added.

    float32 (band, scale * y, scale * x), near the values around (see above); `span` is the length of the map. `run` is
    called once, and what it gives is changed in place.
    """
    inside = np.clip(pixels, *ends)
    fine = run(inside)
    for plane, beyond in zip(fine, pixels - inside, strict=True):
        if beyond.any():
            plane += kernels.enlarge(beyond[None], scale, KERNEL)[0]
    low, high = _around(pixels, np.minimum), _around(pixels, np.maximum)
    spare = np.float32(SPARE) * (high - low) + np.float32(OF_MAP * span)
    rows = fine.reshape(*pixels.shape[:2], scale, -1)  # those of one input row; long runs of memory are fast
    for bound, limit in ((np.maximum, low - spare), (np.minimum, high + spare)):
        bound(rows, np.repeat(limit, scale, 2)[:, :, None], out=rows)
    return fine


def _around(pixels: Array, which: np.ufunc) -> Array:
    """The smallest or largest of the pixels within `REACH` of each, per band."""
    found = np.pad(pixels, ((0, 0), (REACH, REACH), (REACH, REACH)), "edge")
    for _ in range(2):
        length, have = pixels.shape[1], 1
        while 2 * have <= 2 * REACH + 1:  # of so many pixels side by side, and then of twice as many
            found = which(found[:, :-have], found[:, have:])
            have *= 2
        rest = 2 * REACH + 1 - have
        found = which(found[:, :length], found[:, rest : rest + length])
        found, pixels = found.transpose(0, 2, 1), pixels.transpose(0, 2, 1)
    return found


def carried(run: Model, bands: int, scale: int) -> float:
    """Up to which value above 1, of `TOPS`, `run` treats flat and textured pictures as it does within the map.

    It keeps the mean of every place, and adds no more detail than it does there. `run` takes (band, y, x) about 0..1;
    1 where none will do.
    """
    texture = 0.25 * (scene(SIDE)[np.arange(bands) % 3] / 255 - 0.5)

    def trial(top: float, texture: Any) -> tuple[float, float]:
        """By how much the worst mean is off, and how much is added to bicubic."""
        given = (top + texture + np.zeros((bands, SIDE, SIDE))).astype(np.float32)
        inner = slice(EDGE * scale, -EDGE * scale)
        added = (run(given) - kernels.enlarge(given, scale, "bicubic"))[:, inner, inner]
        places = added.reshape(bands, (SIDE - 2 * EDGE) // PLACE, PLACE * scale, -1, PLACE * scale).mean(axis=(2, 4))
        return float(np.abs(places).max()), float(added.std())

    usual = trial(0.5, texture)[1]
    found = 1.0
    for top in TOPS:
        flat, textured = trial(top, 0.0), trial(top, texture)
        if not (max(flat[0], textured[0]) <= OFF and textured[1] <= MORE * usual):
            break
        found = top
    return found
