"""The blur of a scene from the scene alone, by what its windows show (`edges`).

A small network, fitted by `training.measuring` to tiles that were degraded in known ways, says what the features of a
window tell of the transfer along an axis, and how far off that is expected to be. No torch is needed.
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
TRUSTED = 0.1  # expected error of the transfer at Nyquist, above which a window tells nothing
ENOUGH = 0.25  # of the windows must tell something
FEWEST = 3  # windows that must: one alone, of 64 pixels of cloud, may be surely wrong
QUIET = 25  # percentile of the windows' noise that is the scene's: texture is taken for noise, never noise for texture
ALIKE = 4  # windows of one scene err alike: more do not make it surer


@dataclass(frozen=True)
class Estimate:
    """Of one window: transfer at Nyquist along y and x, at half of it, and the expected errors of the first two."""

    nyquist: tuple[float, float]
    half: tuple[float, float]
    error: tuple[float, float]

    @property
    def sure(self) -> bool:
        return max(self.error) <= TRUSTED


def estimate(plane: Array) -> Estimate | None:
    """What a window (y, x) tells, values about 0..1; None where it has too few edges."""
    found = edges.features(plane)
    if found is None:
        return None
    said = _network(found)
    error = np.exp(np.clip(said[:, 2], -4.5, 1))
    return Estimate(_pair(said[:, 0]), _pair(said[:, 1]), _pair(error))


@dataclass
class Windows:
    """Adds up windows of a scene, each a plane (y, x) of values about 0..1."""

    told: list[Estimate] = field(default_factory=list)
    noises: list[float] = field(default_factory=list)
    seen: int = 0

    def add(self, plane: Array) -> None:
        level = noise(plane)
        if level is None:
            return
        self.seen += 1
        self.noises.append(level)
        if (found := estimate(plane)) is not None:
            self.told.append(found)

    def measured(self, span: float = 1.0) -> Measured:
        """Together, surer windows counting more; `span` are the raster's units from 0 to 1."""
        level = float(np.percentile(self.noises, QUIET)) if self.noises else 0.0
        sure = [t for t in self.told if t.sure]
        kept = sure or self.told
        if not kept:
            nothing = "it has no part of 64 x 64 pixels without gaps that shows something"
            why = "it has no edges" if self.seen else nothing
            return Measured("scene", Numbers(0, 0, 0, 0, level), level * span, (np.inf, np.inf), 0, why)
        error = np.array([t.error for t in kept])
        weight = error**-2 / (error**-2).sum(axis=0)
        nyquist = np.array([t.nyquist for t in kept])
        middle, half = (nyquist * weight).sum(axis=0), (np.array([t.half for t in kept]) * weight).sum(axis=0)
        apart = np.abs(nyquist - middle).mean(axis=0) / np.sqrt(len(kept))
        spread = (error * weight).sum(axis=0) / np.sqrt(min(len(kept), ALIKE)) + apart
        why = ""
        if len(sure) < ENOUGH * self.seen:
            why = "too few clear edges"
        elif len(sure) < FEWEST:
            why = f"fewer than {FEWEST} places with clear edges"
        elif spread.max() > UNSURE:
            why = "the windows disagree"
        numbers = Numbers(*_pair(middle), *_pair(half))._replace(noise=level)
        return Measured("scene", numbers, level * span, _pair(spread), len(kept), why)


def measure(planes: Iterable[Array], span: float = 1.0) -> Measured:
    """The blur and noise of a scene by windows of it: planes (y, x) of at least 64 pixels a side, values about 0..1."""
    windows = Windows()
    for plane in planes:
        windows.add(plane)
    return windows.measured(span)


def _pair(values: Array) -> tuple[float, float]:
    return float(values[0]), float(values[1])


@functools.cache
def _weights() -> dict[str, Array]:
    with np.load(FILE) as said:
        return {name: said[name].astype(np.float64) for name in said.files}


def _network(x: Array) -> Array:
    """(axis, feature) to (axis, 3): transfer at Nyquist, at half of it, logarithm of the first's expected error."""
    w = _weights()
    x = np.clip((x - w["mean"]) / w["deviation"], -4, 4)
    for layer in ("1", "2"):
        x = x @ w["weight" + layer].T + w["bias" + layer]
        x = x / (1 + np.exp(-x))  # SiLU
    return np.asarray(x @ w["weight3"].T + w["bias3"])
