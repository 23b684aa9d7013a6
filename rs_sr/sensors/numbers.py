"""The numbers that say how a scene was taken: their meaning, their ranges, and what is told where nothing is known."""

from __future__ import annotations

import math
from typing import NamedTuple


class Numbers(NamedTuple):
    """Of the coarse raster as it is delivered. Transfers are its modulation transfer along an axis, sharpening on the
    ground included, at its Nyquist frequency and at half of it."""

    nyquist_y: float
    nyquist_x: float
    half_y: float
    half_x: float
    noise: float = 0.0
    jpeg: float = 0.0

    @property
    def nyquist(self) -> tuple[float, float]:
        return self.nyquist_y, self.nyquist_x

    @property
    def half(self) -> tuple[float, float]:
        return self.half_y, self.half_x

    def within(self) -> Numbers:
        """The nearest that networks are trained for."""
        return Numbers(*(min(max(v, RANGES[k][0]), RANGES[k][1]) for k, v in self._asdict().items()))

    def __str__(self) -> str:
        text = f"a transfer of {_pair(self.nyquist)} at Nyquist and {_pair(self.half)} at half of it"
        text += f", noise of {100 * self.noise:.2g} % of the range"
        return text + (f", JPEG of quality {100 - 40 * self.jpeg:.0f}" if self.jpeg else "")


MEANING = {
    "nyquist_y": "modulation transfer along columns at the Nyquist frequency: the less, the more blur is undone",
    "nyquist_x": "the same along rows",
    "half_y": "modulation transfer along columns at half the Nyquist frequency; above 1 the scene was sharpened",
    "half_x": "the same along rows",
    "noise": "standard deviation as a share of the value range: the more, the less is sharpened",
    "jpeg": "strength of JPEG compression, (100 - quality) / 40: blocks are smoothed; 0 for none",
}
RANGES: dict[str, tuple[float, float]] = {  # that networks are trained for
    "nyquist_y": (0.03, 2.3),
    "nyquist_x": (0.03, 2.3),
    "half_y": (0.3, 2.1),
    "half_x": (0.3, 2.1),
    "noise": (1e-4, 0.02),
    "jpeg": (0.0, 1.0),
}


def jpeg_strength(quality: float) -> float:
    """The number `jpeg` for a quality of 1 to 100."""
    return (100 - quality) / 40


def gaussian(mtf: tuple[float, float], *, sharpening: float = 0.0, noise: float = 0.0, jpeg: float = 0.0) -> Numbers:
    """Of a Gaussian blur by its modulation transfer at Nyquist along y and x, and an unsharp mask of 3 x 3 pixels by
    its amount."""

    def sharpened(transfer: float, at: float) -> float:
        return transfer * (1 + sharpening * (1 - (1 + 2 * math.cos(2 * math.pi * at)) / 3))

    (y, x), (half_y, half_x) = ([sharpened(m**power, at) for m in mtf] for power, at in ((1, 0.5), (0.25, 0.25)))
    return Numbers(y, x, half_y, half_x, noise, jpeg)


SOFTEST = 0.05  # of `kernel`: a softer Gaussian would reach farther than corrections look


def kernel(numbers: Numbers) -> tuple[tuple[float, float], tuple[float, float]]:
    """The Gaussian and unsharp mask along y and x, for `rs_sr.pixels.kernels.reduce`, with these transfers at Nyquist
    and half of it: the inverse of `gaussian`; the nearest where none has both."""

    def along(nyquist: float, half: float) -> tuple[float, float]:
        low, high = SOFTEST, min(3 * nyquist, 0.9)  # the transfer at half of Nyquist falls as the Gaussian's rises
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if middle**0.25 * (1 + nyquist / middle) / 2 > half else (low, middle)
        return low, 0.75 * (nyquist / low - 1)

    return along(numbers.nyquist_y, numbers.half_y), along(numbers.nyquist_x, numbers.half_x)


CAUTIOUS = Numbers(0.77, 0.77, 1.07, 1.07, 0.005)  # of an unknown scene: sharp, with some noise


def _pair(values: tuple[float, float]) -> str:
    y, x = (f"{v:.2f}" for v in values)
    return y if y == x else f"{y} (y) and {x} (x)"
