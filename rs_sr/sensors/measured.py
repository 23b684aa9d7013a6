"""What was measured of a scene's blur and noise, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rs_sr.sensors.numbers import Numbers
from rs_sr.sensors.sensor import Sensor

CURES = {
    "scene": "give a larger part with clear edges, a finer raster of the same ground as FINE, or --blur to the run",
    "pair": "give two rasters of the same ground and time, without clouds or gaps",
}
HEARD = 0.5  # of measured noise is told: to take away too much blurs, colours first
UNSURE = 0.1  # of the transfer at Nyquist: a standard error above it tells nothing


@dataclass(frozen=True)
class Measured:
    """`numbers` as a network is told them, noise as a share of the value range; `noise` in the raster's units.

    `spread` is the standard error of the transfer at Nyquist along y and x, `windows` how many tell of it; `r2`, of a
    pair alone, is how well the blurred fine raster gives the coarse one, and `shift` where it lies (row, column), in
    coarse pixels. `why` says in words what cannot be told, and is empty where it is sure. `told`, of a pair, is what
    brings the network nearest to the fine raster, and `gain_db` by how much nearer than bicubic (`rs_sr.run.trial`).
    """

    how: str  # "pair" or "scene"
    numbers: Numbers
    noise: float
    spread: tuple[float, float]
    windows: int
    why: str = ""
    r2: float | None = None
    shift: tuple[float, float] | None = None
    told: Numbers | None = None
    gain_db: float | None = None
    sharp: Numbers | None = None
    likely: bool = True

    @property
    def sure(self) -> bool:
        return not self.why

    @property
    def careful(self) -> Numbers:
        """What is told of a scene that was measured alone: the sharp side of what it may be, since too little undone is
        timid and too much invents, and half of the noise, for which texture is taken."""
        return (self.sharp or self.numbers)._replace(noise=HEARD * self.numbers.noise)

    def surely_sharper(self, told: Numbers) -> bool:
        """Whether the scene is sharper along an axis than what is told, beyond what the measuring may err."""
        axes = zip(told.nyquist, self.numbers.nyquist, self.spread, strict=True)
        return self.sure and any(one < shown - max(2 * error, UNSURE) for one, shown, error in axes)

    def sensor(self, name: str, said: str) -> Sensor:
        """A sensor with these numbers; `said` names what was measured."""
        told = self.told or (self.careful if self.how == "scene" else self.numbers).within()
        source = f"rs-sr sensors measure {said}: {self}"
        return Sensor(
            name=name, title=f"measured from {said}", nyquist=_rounded(told.nyquist), half=_rounded(told.half),
            noise=round(told.noise, 5), sources={"nyquist": source, "half": "the same", "noise": "the same"},
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        told = {key: round(value, 5) for key, value in self.numbers._asdict().items()}
        spread = [error if np.isfinite(error) else None for error in self.spread]
        best = None if self.told is None else self.told._asdict()
        return {"how": self.how, "sure": self.sure, "why": self.why, "numbers": told, "noise": self.noise,
                "spread": spread, "windows": self.windows, "r2": self.r2, "shift": self.shift, "told": best,
                "gain_db": self.gain_db}  # fmt: skip

    def __str__(self) -> str:
        cure = CURES[self.how]
        if not self.windows:
            return f"cannot tell: {self.why}; {cure}"
        told = self.numbers
        spread = (f"+-{max(error, 0.01):.2f}" if np.isfinite(error) else "+- ?" for error in self.spread)
        axes = [f"{value:.2f} ({error})" for value, error in zip(told.nyquist, spread, strict=True)]
        text = f"transfer at Nyquist {axes[0]} along y, {axes[1]} along x; at half of it {told.half_y:.2f} and "
        text += f"{told.half_x:.2f}; noise {self.noise:.3g} ({100 * told.noise:.2g} % of the range)"
        if self.r2 is not None:
            text += f"; R2 {min(self.r2, 0.999):.3f}"
        if self.shift is not None:
            text += f"; shifted by {self.shift[0]:+.2f}, {self.shift[1]:+.2f} pixels"
        if self.told is not None and self.gain_db is not None:
            text += f"; the network does best when it is told {self.told}: {self.gain_db:+.2f} dB against bicubic"
        return text if self.sure else f"cannot tell: {self.why} ({text}); {cure}"


def blur_words(numbers: Numbers) -> str:
    """The blur in plain words."""
    y, x = numbers.nyquist
    least, most = min(y, x), max(y, x)
    half = max(numbers.half)
    if half > 1.05:
        how = "sharpened"
    elif least > 0.58:
        how = "as sharp as an average over each pixel"
    elif least > 0.4:
        how = "a little soft, as a raster that was shrunk by bicubic"
    elif least > 0.2:
        how = "soft, as optics leave it"
    else:
        how = "very soft"
    if most - least > 0.15:
        how += f", softer along {'y' if y < x else 'x'}"
    return how


def _rounded(values: tuple[float, float]) -> tuple[float, float]:
    return round(values[0], 3), round(values[1], 3)
