"""The blur of a scene from the scene alone, by what its windows show.

A small network, fitted by `training.measuring` to scenes that were taken in known ways, reads the features of windows
(`edges`), and says of all of them together how likely which transfer is. No torch is needed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels.noise import noise
from rs_sr.sensors import edges
from rs_sr.sensors.measured import UNSURE, Measured
from rs_sr.sensors.numbers import Numbers

Array = NDArray[Any]
FILE = Path(__file__).with_name("scene.npz")
ABOVE = 0.1  # transfers are told as logarithms of so much more
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)  # quantiles that are told
WIDE = 2.56  # standard deviations between the outer two, of a normal distribution
MIDDLE, SHARPER = 2, 3  # which of them is measured, and which is told: too little undone is timid, too much invents
EDGELESS = 0.02  # how likely there are no sharp edges, above which nothing is measured: one such scene in 100 is below
FEW = 20_000  # pixels: a smaller scene has to be twice as certain
QUIET = 25  # percentile of the windows' noise that is the scene's: texture is taken for noise, never noise for texture


@dataclass
class Windows:
    """Adds up windows of a scene, each (y, x) or (band, y, x) of values about 0..1."""

    shown: list[Array] = field(default_factory=list)  # features, of those with edges
    noises: list[float] = field(default_factory=list)
    pixels: int = 0  # of those with edges

    @property
    def seen(self) -> int:
        return len(self.noises)

    def add(self, pixels: Array) -> None:
        bands = pixels.reshape(-1, *pixels.shape[-2:])
        levels = [level for band in bands if (level := noise(band)) is not None]
        if not levels:
            return
        self.noises.append(float(np.median(levels)))
        if (found := edges.features(bands.mean(axis=0, dtype=np.float64))) is not None:
            self.shown.append(found)
            self.pixels += bands[0].size

    def measured(self, span: float = 1.0) -> Measured:
        """Together; `span` are the raster's units from 0 to 1."""
        level = float(np.percentile(self.noises, QUIET)) if self.noises else 0.0
        if not self.shown:
            nothing = "it has no part of 64 x 64 pixels without gaps that shows something"
            why = "it has no edges" if self.seen else nothing
            return Measured("scene", Numbers(0, 0, 0, 0, level), level * span, (np.inf, np.inf), 0, why)
        likely, edgeless = transfers(np.stack(self.shown))
        middle, sharp = (Numbers(*map(float, likely[..., at].T.flat))._replace(noise=level) for at in (MIDDLE, SHARPER))
        spread = (likely[:, 0, -1] - likely[:, 0, 0]) / WIDE
        error = (float(spread[0]), float(spread[1]))
        few, sharp_edges = self.pixels < FEW, edgeless <= EDGELESS
        unsure = max(error) > (UNSURE / 2 if few else UNSURE)
        why = "" if sharp_edges else "it has no sharp edges"
        if sharp_edges and unsure:
            why = "it is too small" if few else "too few clear edges"
        known = sharp_edges and not (few and unsure)
        return Measured("scene", middle, level * span, error, len(self.shown), why, sharp=sharp, likely=known)


def measure(shown: Iterable[Array], span: float = 1.0) -> Measured:
    """The blur and noise of a scene by windows of it, (y, x) or (band, y, x), of at least 64 pixels a side and values
    about 0..1."""
    windows = Windows()
    for pixels in shown:
        windows.add(pixels)
    return windows.measured(span)


def transfers(windows: Array) -> tuple[Array, float]:
    """Of windows' features (window, axis, n), quantiles of the transfers (axis, at Nyquist and half of it, level), and
    how likely there are no sharp edges."""
    w = _weights()
    x = np.clip((windows - w["mean"]) / w["deviation"], -4, 4)
    for layer in ("0", "1"):
        x = _layer(x, layer)
    x = _layer(np.concatenate([x.mean(axis=0), x.max(axis=0)], axis=-1), "2")
    every = x @ w["weight3"].T + w["bias3"]
    said = every[:, 1:].reshape(2, 2, len(LEVELS))
    middle, apart = said[..., 2:3], np.log1p(np.exp(said - 2))
    below = [middle - apart[..., :2].sum(-1, keepdims=True), middle - apart[..., 1:2]]
    above = [middle + apart[..., 3:4], middle + apart[..., 3:].sum(-1, keepdims=True)]
    made = np.exp(np.concatenate([*below, middle, *above], axis=-1)) - ABOVE
    return made, float((1 / (1 + np.exp(-every[:, 0]))).mean())


def _layer(x: Array, name: str) -> Array:
    w = _weights()
    x = x @ w["weight" + name].T + w["bias" + name]
    return np.asarray(x / (1 + np.exp(-x)))  # SiLU


@functools.cache
def _weights() -> dict[str, Array]:
    with np.load(FILE) as said:
        return {name: said[name].astype(np.float64) for name in said.files}
