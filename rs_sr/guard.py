"""What a network was not trained for never reaches it: values beyond the ends of the value map.

Below 0 a network is another, never trained function, and above 1 some are. So the part of a value that lies beyond is
split off before the network and added, enlarged, after it: a pond stays a pond, and a ramp across an end has no step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import kernels
from rs_sr.scene import scene

Array = NDArray[np.float32]
Model = Callable[[Array], Array]

KERNEL, REACH = "bicubic", 2  # what enlarges the part that is split off, and how many input pixels it looks at
TOPS = (1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)  # largest values that are tried
OFF = 0.01  # of the map, by which the mean of a place may be off
MORE = 2.0  # times as much may be added to bicubic as in the middle of the map
SIDE, EDGE, PLACE = 64, 16, 8  # pixels of a trial, of its edge that does not count, and of a place


def guarded(run: Model, pixels: Array, scale: int, ends: tuple[float, float]) -> Array:
    """What `run` makes of `pixels` (band, y, x) held between `ends`, and the enlargement of what lies beyond, added.

    float32 (band, scale * y, scale * x); `run` is called once, and what it gives is changed in place.
    """
    inside = np.clip(pixels, *ends)
    fine = run(inside)
    for plane, beyond in zip(fine, pixels - inside, strict=True):
        if beyond.any():
            plane += kernels.enlarge(beyond[None], scale, KERNEL)[0]
    return fine


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
