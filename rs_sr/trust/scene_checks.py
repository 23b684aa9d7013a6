"""Does a scene suit a model? What its pixels show of blur, JPEG blocks, noise and clipping, each said with a colour.

Values are a network's, about 0..1. `THRESHOLDS` is the one table of what counts as much; its measured entries lie at
the 97th percentile of the training tiles or above, and `tests/benchmarks/scene_checks.py` measures them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rs_sr.models.card import ModelCard
from rs_sr.pixels import jpeg as compression
from rs_sr.pixels.grid import SMALLEST
from rs_sr.pixels.noise import noise
from rs_sr.sensors.measured import Measured, blur_words
from rs_sr.sensors.numbers import jpeg_strength

Array = NDArray[Any]
Colour = Literal["green", "amber", "red", "grey"]  # grey: nothing can be said

THRESHOLDS = {
    "gsd amber": 2.0,  # times finer or coarser than what the model was trained to give
    "gsd red": 8.0,
    "blur amber": 1.85,  # pixels; red where it reaches the scale
    "blocking amber": 0.06,  # excess of the steps at block edges, of the mean step
    "jpeg amber": 90,  # quality below which blocks can be seen
    "noise amber": 0.028,  # of the range
    "noise red": 0.06,
    "clipped amber": 0.05,  # of the valid pixels
    "clipped red": 0.3,
    "nodata amber": 0.5,  # of all pixels
    "nodata red": 0.95,
    "outside amber": 0.1,  # of the values, beyond what the model sees as 0 to 1
    "outside red": 0.5,
    "unused amber": 0.97,  # of what the model sees as 0 to 1
    "unused red": 0.995,
}
ENLARGED = range(8, 1, -1)  # times that a scene of repeated pixels is looked for
LINES = 12  # between rows, and between columns, that must differ to tell of it
ENOUGH = 1 << 15  # pixels, below which steps are too few to tell of blocks
FLAT = 0.01  # of the range: a window that varies by less tells nothing of blur
_EDGES = np.geomspace(1 / 64, 0.5, 25)  # cycles per pixel
_CENTRES = np.sqrt(_EDGES[1:] * _EDGES[:-1])
_CYCLE = int(np.lcm.reduce(np.array(ENLARGED)))
_STEP = 1 / 255  # of the range: finer steps are looked at as if the scene had 8 bits


@dataclass(frozen=True)
class Check:
    """One finding in a sentence, and how much it matters."""

    name: str
    colour: Colour
    text: str

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "colour": self.colour, "text": self.text}


def blur_px(plane: Array, *, step: float = 0.0) -> float | None:
    """By how many pixels a window (y, x) is blurred: about k where it was enlarged k times, about 1 where it is sharp.

    A power law times the square of ``exp(-0.552 (2 f k)^3)``, plus the noise of rounding to `step`, is fitted to the
    radial power spectrum (Hann window, 24 logarithmic bins from 1/64 to 1/2 cycles per pixel) by least absolute
    deviation. The cube falls off as an enlargement does; the constant is such that tiles enlarged 2, 3 and 4 times
    by bicubic give 2, 3 and 4. None for a window that is smaller than 64 pixels or flat.
    """
    if min(plane.shape) < SMALLEST or plane.std() < FLAT:
        return None
    rough = max(_STEP**2 - step**2, 0) / 12
    spectrum = np.log(radial_power(plane) + rough)
    error = (np.abs(spectrum - _fitted(spectrum)) * _WEIGHTS).sum(axis=1) + _UNLIKELY
    return float(_BLURS[int(error.argmin())])


def radial_power(plane: Array) -> Array:
    """Mean power in 24 rings of frequency, from 1/64 to 1/2 cycles per pixel, (24,); values squared."""
    height, width = plane.shape
    window = np.outer(np.hanning(height + 2)[1:-1], np.hanning(width + 2)[1:-1])
    power = np.abs(np.fft.rfft2((plane - plane.mean()) * window)) ** 2 / (window**2).sum()
    f = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    ring = np.digitize(f.ravel(), _EDGES)
    total = np.bincount(ring, np.log(power.ravel() + 1e-30), len(_EDGES) + 1)
    count = np.bincount(ring, minlength=len(_EDGES) + 1)
    # The mean of the logarithm of a periodogram lies Euler's constant below the logarithm of its mean.
    return np.exp((total / np.maximum(count, 1))[1 : len(_EDGES)] + np.euler_gamma)


def frequencies() -> Array:
    """Middle of the rings of `radial_power`, cycles per pixel."""
    return _CENTRES.copy()


_SLOPES = np.arange(2.0, 3.01, 0.2)  # of power in natural scenes against frequency
_SIZES = np.concatenate([[0], np.geomspace(0.9, 18, 61)])
_BLURS = np.tile(_SIZES, len(_SLOPES))
_UNLIKELY = 0.3 * np.abs(np.repeat(_SLOPES, len(_SIZES)) - 2.5)
_WEIGHTS = np.sqrt(_CENTRES) / np.sqrt(_CENTRES).sum()
_SHAPES = -np.repeat(_SLOPES, len(_SIZES))[:, None] * np.log(_CENTRES) - 1.104 * (2 * _CENTRES * _BLURS[:, None]) ** 3
_UNTOUCHED = np.maximum(
    (_CENTRES * np.maximum(_BLURS / 1.8, 1)[:, None] < 0.25).sum(axis=1), 5
)  # frequencies, by shape


def _fitted(spectrum: Array) -> Array:
    """Each shape, its height fitted to the frequencies that its blur leaves alone, over the rounding's floor."""
    apart, height = spectrum - _SHAPES, np.empty(len(_SHAPES))
    for many in np.unique(_UNTOUCHED):
        alike = many == _UNTOUCHED
        height[alike] = np.median(apart[alike, :many], axis=1)
    return np.asarray(np.logaddexp(_SHAPES + height[:, None], np.log(_STEP**2 / 12)))


class Steps:
    """Where steps between pixels are, and how large: blocks of JPEG, and pixels that were repeated.

    Windows of one grid are added with the place of their first pixel.
    """

    def __init__(self) -> None:
        self._changed = np.zeros((2, _CYCLE), np.int64)  # lines between pixels that differ, by their place
        self._excess, self._lines = np.zeros((2, 8)), np.zeros((2, 8))
        self._steps = np.zeros(2)
        self._count = self._pixels = 0

    def add(self, plane: Array, row: int, col: int) -> None:
        """A window (y, x) of values whose upper left pixel is (row, col) of the raster."""
        for axis, (start, turned) in enumerate(((row, plane), (col, plane.T))):
            steps = np.abs(np.diff(turned, axis=0)).mean(axis=1)
            self._changed[axis] += np.bincount((start + 1 + np.flatnonzero(steps)) % _CYCLE, minlength=_CYCLE)
            beyond = steps[1:-1] - (steps[:-2] + steps[2:]) / 2
            beyond = np.minimum(beyond, 0.75 * steps.mean())  # one line, the seam of a mosaic, is not all of them
            phase = (start + 2 + np.arange(len(beyond))) % 8
            self._excess[axis] += np.bincount(phase, beyond, 8)
            self._lines[axis] += np.bincount(phase, minlength=8)
            self._steps[axis] += steps.mean()
        self._count += 1
        self._pixels += plane.size

    def excess(self) -> float | None:
        """How much steps exceed their neighbours' at one line of eight, whichever, and at no other.

        A share of the mean step, the smaller of the two axes', since JPEG's blocks have both. None where nothing
        varies, or too little was seen.
        """
        if self._pixels < ENOUGH or not (self._steps > 0).all():
            return None
        found = []
        for excess, lines, steps in zip(self._excess, self._lines, self._steps, strict=True):
            phases = np.sort(excess / np.maximum(lines, 1)) / (steps / self._count)
            found.append(phases[-1] - phases[-2])  # an enlargement has its steps at several
        return float(min(found))

    def repeats(self) -> int | None:
        """The largest k of 2 to 8 of which nearly all rows, and columns, come in equal groups; None for no such."""
        for k in ENLARGED:
            by_phase = self._changed.reshape(2, -1, k).sum(axis=1)
            if (by_phase.max(axis=1) >= np.maximum(0.98 * by_phase.sum(axis=1), LINES)).all():
                return k
        return None


@dataclass(frozen=True)
class Look:
    """What the windows of some bands show; None where they tell nothing."""

    blur_px: float | None = None
    blocking: float | None = None
    noise: float | None = None
    repeats: int | None = None  # as `Steps.repeats`; its blur is as many pixels
    jpeg: int | None = None  # quality

    @property
    def jpeg_strength(self) -> float:
        """`Numbers.jpeg` of `rs_sr.sensors`: by the quality where that is known, else 0 where no blocks show, and 0.6
        (quality 75) for an excess of 0.09, the median of tiles that were compressed so."""
        if self.jpeg is not None:
            return jpeg_strength(self.jpeg)
        shown = self.blocking or 0.0
        return 0.0 if shown < THRESHOLDS["blocking amber"] else min(shown / 0.15, 1.0)


def look(windows: Iterable[tuple[Array, int, int]], *, step: float = 0.0, jpeg: bool = False) -> Look:
    """Measure windows (band, y, x) of bands that belong together, each with the row and column of its first pixel.

    `step` is that of the data type, as a share of the range. `jpeg`: these are 8 bits, whose compression is looked for.
    Blur is the median of the windows', of the bands' mean, or as many pixels as each was repeated.
    """
    steps = Steps()
    blurs, noises, saved = [], [], list[tuple[Array, int, int]]()
    for pixels, row, col in windows:
        if min(pixels.shape[1:]) < SMALLEST or np.ptp(pixels) == 0:
            continue
        mean = pixels.mean(axis=0, dtype=np.float64)
        steps.add(mean, row, col)
        blurs.append(blur_px(mean, step=step))
        noises += [noise(band) for band in pixels]
        if jpeg:
            saved.append((pixels / step, row, col))
    known = [b for b in blurs if b is not None]
    heard = [n for n in noises if n is not None]
    repeats = steps.repeats()
    blur = repeats or (np.median(known) if known else None)
    return Look(
        None if blur is None else float(blur),
        steps.excess() if known and repeats is None else None,
        float(np.median(heard)) if heard else None,
        repeats,
        compression.quality(saved),
    )


Numbers = tuple[int, ...]


@dataclass(frozen=True)
class Values:
    """What a sample of `valid` of `total` pixels of some bands tells of their values, in the raster's units.

    `ends` are what the model sees as 0 and 1, `outside` the share beyond them; `limits` the smallest and the largest
    value, `at_limits` the shares that are equal to them, `usual` the 1st and 99th percentile; all 0 where too few valid
    pixels were seen, or all are equal.
    """

    valid: int
    total: int
    ends: tuple[float, float]
    limits: tuple[float, float] = (0.0, 0.0)
    at_limits: tuple[float, float] = (0.0, 0.0)
    usual: tuple[float, float] = (0.0, 0.0)
    outside: float = 0.0

    @classmethod
    def of(cls, pixels: Array, total: int, ends: tuple[float, float]) -> Values:
        """Of valid pixels (n,), whose order is lost."""
        if pixels.size < SMALLEST**2 or (low := pixels.min()) == (high := pixels.max()):
            return cls(pixels.size, total, ends)
        at_limits = (float((pixels == low).mean()), float((pixels == high).mean()))
        outside = float(((pixels < ends[0]) | (pixels > ends[1])).mean())
        first, last = np.percentile(pixels, (1, 99), overwrite_input=True)
        usual = (float(first), float(last))
        return cls(pixels.size, total, ends, (float(low), float(high)), at_limits, usual, outside)


def check_looks(looks: dict[Numbers, Look], scale: int) -> list[Check]:
    """What `look` found of groups of bands, by their numbers, in words: the bad ones where some are."""
    found = []
    if looks and all(seen.blur_px is None for seen in looks.values()):
        text = "this raster is too small, too flat or too full of gaps to judge its sharpness"
        found.append(Check("sharpness", "grey", text))
    for times in sorted({seen.repeats for seen in looks.values() if seen.repeats is not None}):
        who, one = _subject([n for n, seen in looks.items() if seen.repeats == times], len(looks))
        text = f"{who} {'was' if one else 'were'} enlarged {times} times by repeating pixels: x{scale} will mostly "
        text += "sharpen their edges; take it as it was before"
        found.append(Check("sharpness", _colour(True, times >= max(scale, 2.5)), text))
    others = {n: seen for n, seen in looks.items() if seen.repeats is None}
    blurred = _worst(others, "blur_px", "blur", len(looks))
    if blurred is not None and (blurred[3] or not found):
        who, one, k, bad = blurred
        text = f"{who} {'is' if one else 'are'} "
        text += (
            f"blurred by about {k:.1f} pixels: x{scale} will mostly enlarge blur" if bad else "as sharp as can be told"
        )
        found.append(Check("sharpness", _colour(bad, k >= max(scale, 2.5)), text))
    if saved := {n: seen.jpeg for n, seen in looks.items() if seen.jpeg is not None}:
        worst = min(saved.values())
        text = f"{_subject(saved, len(looks))[0]} went through JPEG of quality {worst}"
        bad = worst < THRESHOLDS["jpeg amber"]
        text += ": what that took away stays lost" if bad else ""
        found.append(Check("compression", _colour(bad), text))
    elif blocks := _worst(looks, "blocking", "blocking", len(looks)):
        who, one, _, bad = blocks
        text = f"{who} {'shows' if one else 'show'} "
        text += "the 8-pixel blocks of JPEG compression: they will be sharpened too" if bad else "no blocks of JPEG"
        found.append(Check("compression", _colour(bad), text))
    if heard := _worst(looks, "noise", "noise", len(looks)):
        who, one, share, bad = heard
        text = f"{who} {'has' if one else 'have'} noise of about {share:.1%} of the range"
        text += ": it may be taken for texture" if bad else ""
        found.append(Check("noise", _colour(bad, share >= THRESHOLDS["noise red"]), text))
    return found


def sharpness(check: Check, seen: Measured) -> Check:
    """The blur in plain words, where there is nothing to warn about; any other check as it is."""
    if check.name != "sharpness" or check.colour != "green":
        return check
    if not seen.sure:
        return Check("sharpness", "grey", f"how sharp this raster is cannot be told: {seen.why}")
    y, x = seen.numbers.nyquist
    text = f"this raster is {blur_words(seen.numbers)}: {y:.2f} of the finest stripes along y and {x:.2f} along x"
    return Check("sharpness", "green", f"{text} are left")


def _worst(looks: dict[Numbers, Look], field: str, name: str, groups: int) -> tuple[str, bool, float, bool] | None:
    """Who of the `groups` is bad (else all), whether that is one, the median there, and whether it is bad."""
    known = {n: v for n, seen in looks.items() if (v := getattr(seen, field)) is not None}
    bad = {n: v for n, v in known.items() if v >= THRESHOLDS[f"{name} amber"]}
    if not known:
        return None
    chosen = bad or known
    return *_subject(chosen, groups), float(np.median(list(chosen.values()))), bool(bad)


def _subject(chosen: Iterable[Numbers], groups: int) -> tuple[str, bool]:
    """Words for some of the groups of bands, and whether they are one."""
    picked = list(chosen)
    numbers = [n for group in picked for n in group]
    if len(picked) == groups:
        return "this raster", True
    return f"band{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}", len(numbers) == 1


def check_gsd(gives_m: float | None, card: ModelCard) -> Check | None:
    """The result's pixel against the finest and coarsest that the model was trained to give, metres.

    None for a model that is told how a scene was taken: there the blur counts, not the metres.
    """
    if gives_m is None or card.gsd_m is None or card.told:
        return None
    low, high = card.gsd_m
    times = max(low / gives_m, gives_m / high)
    seen = f"{low:g} m" if low == high else f"{low:g} to {high:g} m"
    amber, red = times > THRESHOLDS["gsd amber"], times > THRESHOLDS["gsd red"]
    less = ": expect less sharpening" if amber else ""
    text = f"the result has pixels of {gives_m:.3g} m, {card.name} was trained for {seen}{less}"
    return Check("pixel size", _colour(amber, red), text)


def check_values(values: dict[Numbers, Values]) -> list[Check]:
    """Gaps, clipping and the use of the range, for groups of bands by their numbers; nothing where all is well."""
    found = []
    for numbers, seen in values.items():
        who, one = _subject([numbers], len(values))
        gaps = 1 - seen.valid / seen.total if seen.total else 0.0
        if gaps >= THRESHOLDS["nodata amber"]:
            much = "more than 99%" if seen.valid and gaps > 0.99 else f"{gaps:.0%}"
            red = gaps >= THRESHOLDS["nodata red"]
            found.append(Check("gaps", _colour(True, red), f"{much} of {who} has no data"))
        if seen.limits[0] == seen.limits[1]:
            continue
        for end, value, share in zip(("smallest", "largest"), seen.limits, seen.at_limits, strict=True):
            if share >= THRESHOLDS["clipped amber"]:
                text = f"{share:.0%} of {who} is at its {end} value, {value:g}: what was clipped there stays lost"
                found.append(Check("clipping", _colour(True, share >= THRESHOLDS["clipped red"]), text))
        (low, high), (first, last) = seen.ends, seen.usual
        ends = f"{low:g} to {high:g}, which the model sees as 0 to 1"
        unused = 1 - (min(last, high) - max(first, low)) / (high - low) if high > low else 0.0
        if seen.outside >= THRESHOLDS["outside amber"]:
            text = f"{seen.outside:.0%} of {who} lies outside {ends}"
            found.append(Check("range", _colour(True, seen.outside >= THRESHOLDS["outside red"]), text))
        elif unused >= THRESHOLDS["unused amber"]:
            text = f"{who} {'fills' if one else 'fill'} {min(1 - unused, 1):.1%} of {ends}"
            found.append(Check("range", _colour(True, unused >= THRESHOLDS["unused red"]), text))
    return found


def _colour(amber: bool, red: bool = False) -> Colour:
    return "red" if amber and red else "amber" if amber else "green"
