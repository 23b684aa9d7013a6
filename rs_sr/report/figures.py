"""Pictures for a page: arrays as PNGs in data URIs, colour ramps, and plots as SVG. No file, nothing from outside."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Bytes = NDArray[np.uint8]

# Nine points of viridis (van der Walt and Smith 2015), and of a blue-white-red ramp; both even to the eye.
VIRIDIS = ("440154", "472d7b", "3b528b", "2c728e", "21918c", "28ae80", "5ec962", "addc30", "fde725")
BLUE_RED = ("2166ac", "4393c3", "92c5de", "d1e5f0", "f7f7f7", "fddbc7", "f4a582", "d6604d", "b2182b")
THREE = ("2e8b57", "8a8f98", "d1495b")  # improvement, omission, hallucination
INK, SOFT, FAINT = "#1f2933", "#6b7785", "#dfe4ea"
BANDS = ("#c0392b", "#2e8b57", "#2f6db5", "#8e5ea2", "#c77700", "#17806d", "#7f8c8d", "#b0578d")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420, 250, 46, 10, 10, 38


def _table(colours: Sequence[str]) -> Array:
    return np.array([[int(c[i : i + 2], 16) for i in (0, 2, 4)] for c in colours], np.float64)


def ramp(values: Array, low: float, high: float, colours: Sequence[str] = VIRIDIS) -> Bytes:
    """Numbers (y, x) as colours (y, x, 3); what is not a number is white."""
    table = _table(colours)
    share = np.clip((np.nan_to_num(values, nan=low) - low) / (high - low if high > low else 1.0), 0, 1)
    at = share * (len(table) - 1)
    first = np.minimum(at.astype(int), len(table) - 2)
    mixed = table[first] + (table[first + 1] - table[first]) * (at - first)[..., None]
    return np.asarray(np.where(np.isfinite(values)[..., None], np.rint(mixed), 255), np.uint8)


def three_colours(classes: Array) -> Bytes:
    """Classes 0, 1, 2 (y, x) as green, grey and red; -1 nearly white."""
    table = np.concatenate([_table(THREE), [[247, 247, 247]]]).astype(np.uint8)
    return np.asarray(table[classes])


def stretch(pixels: Array, low: Sequence[float], high: Sequence[float]) -> Bytes:
    """One or three bands (band, y, x) as grey or colour (y, x, 3), each from its low (black) to its high (white)."""
    planes = [
        np.clip((plane - a) / (b - a if b > a else 1.0), 0, 1) for plane, a, b in zip(pixels, low, high, strict=True)
    ]
    seen = np.stack(planes if len(planes) == 3 else planes[:1] * 3, axis=-1)
    return np.asarray(np.rint(255 * np.nan_to_num(seen)), np.uint8)


def png(picture: Bytes) -> bytes:
    """(y, x, 3) as a PNG."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", optimize=True)
    return file.getvalue()


def data_uri(image: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(image).decode('ascii')}"


class Plot:
    """Lines and areas over two axes, as one SVG. Each axis is linear or logarithmic."""

    def __init__(
        self, x: tuple[float, float], y: tuple[float, float], label: str, *, x_log: bool = False, y_log: bool = False
    ) -> None:
        self._x, self._y, self._logs = x, y, (x_log, y_log)
        self._parts: list[str] = []
        self._label = label

    def _at(self, xs: Array, ys: Array) -> list[tuple[float, float]]:
        across, down = (
            _share(np.asarray(v, float), ends, log)
            for v, ends, log in zip((xs, ys), (self._x, self._y), self._logs, strict=True)
        )
        return [
            (round(LEFT + a * (WIDTH - LEFT - RIGHT), 1), round(HEIGHT - BOTTOM - b * (HEIGHT - TOP - BOTTOM), 1))
            for a, b in zip(across.tolist(), np.clip(down, -0.02, 1.02).tolist(), strict=True)
        ]

    def line(self, xs: Array, ys: Array, colour: str, *, dashed: bool = False, width: float = 1.8) -> None:
        points = " ".join(f"{a},{b}" for a, b in self._at(xs, ys))
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self._parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linejoin="round"{dash}/>'
        )

    def area(self, xs: Array, ys: Array, colour: str) -> None:
        """Filled down to the axis."""
        points = self._at(xs, ys)
        floor = HEIGHT - BOTTOM
        line = " ".join(f"{a},{b}" for a, b in [(points[0][0], floor), *points, (points[-1][0], floor)])
        self._parts.append(f'<polygon points="{line}" fill="{colour}" fill-opacity="0.22" stroke="none"/>')

    def upright(self, x: float, text: str) -> None:
        """A line across the plot at `x`, with a word."""
        (a, _), *_ = self._at(np.array([x]), np.array([self._y[0]]))
        self._parts.append(f'<line x1="{a}" x2="{a}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{SOFT}" '
                           f'stroke-dasharray="2 3"/><text x="{a - 4}" y="{TOP + 11}" text-anchor="end">{escape(text)}'
                           "</text>")  # fmt: skip

    def svg(self, title: str) -> str:
        """The finished plot; `title` is for those who cannot see it."""
        frame = []
        for value in ticks(*self._x, log=self._logs[0]):
            (a, _), *_ = self._at(np.array([value]), np.array([self._y[0]]))
            frame.append(f'<text x="{a}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{_short(value)}</text>')
        for value in ticks(*self._y, log=self._logs[1]):
            (_, b), *_ = self._at(np.array([self._x[0]]), np.array([value]))
            frame.append(
                f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{b}" y2="{b}" stroke="{FAINT}"/>'
                f'<text x="{LEFT - 6}" y="{b + 4}" text-anchor="end">{_short(value)}</text>'
            )
        middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
        frame.append(f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">{escape(self._label)}</text>')
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
            f"{''.join(frame)}{''.join(self._parts)}</svg>"
        )


def _share(values: Array, ends: tuple[float, float], log: bool) -> Array:
    low, high = (math.log(e) for e in ends) if log else ends
    at = np.log(np.maximum(values, 1e-300)) if log else values
    return np.asarray((at - low) / (high - low if high > low else 1.0))


def ticks(low: float, high: float, *, log: bool = False) -> list[float]:
    """Round numbers between two ends: about five, or powers of ten (with 2 and 5 where there are few)."""
    if log:
        decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        every = max(1, len(decades) // 6)
        few = (1,) if len(decades) > 3 else (1, 2, 5)
        found = [m * 10.0**d for d in decades if d % every == 0 for m in few]
    else:
        span = high - low if high > low else 1.0
        unit = 10.0 ** math.floor(math.log10(span / 4))
        step = next(unit * m for m in (1, 2, 5, 10) if span / (unit * m) <= 6)
        found = [step * k for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    return [v for v in found if low * (1 - 1e-9) <= v <= high * (1 + 1e-9) or (not log and low <= v <= high)]


def _short(value: float) -> str:
    if value == 0:
        return "0"
    text = f"{value:.3g}"
    if "e" in text:
        power = round(math.log10(abs(value)))
        superscript = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"10{superscript}" if abs(value) == 10.0**power else text
    return text
