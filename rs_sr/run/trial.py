"""What a network is best told of a scene, by trying it against a finer raster of the same ground.

A blur that was measured between two rasters is relative to the finer one, which is soft itself: a panchromatic band,
say, seldom is as sharp as the tiles that networks are trained on. So the network runs on some windows, told this and
that, and what comes nearest to the finer raster counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.models import catalogue, load_model
from rs_sr.pixels import kernels, metrics
from rs_sr.pixels.grid import spread
from rs_sr.raster.beneath import Pair
from rs_sr.run.result import Progress
from rs_sr.sensors.measured import Measured
from rs_sr.sensors.numbers import Numbers, gaussian

Array = NDArray[Any]
SIDE, MARGIN = 48, 12  # coarse pixels
EDGE = 8  # fine pixels around a window, for what is moved and smoothed
BANDS, WINDOWS = 4, 6  # at most, that are tried: bands, those most like the fine raster; windows of each
LIKE = 0.95  # correlation below which a window shows something else in both
MTFS, SHARPENINGS, NOISES = (0.15, 0.3, 0.45, 0.6), (0.0, 0.4, 0.8, 1.2, 1.6), (0.002, 0.01, 0.02)
USUAL_NOISE = 0.005
CASES = len(MTFS) * len(SHARPENINGS) + 1 + len(NOISES) + 9  # at most, that are tried


Case = tuple[float, float, float, float]  # modulation at Nyquist, sharpening, noise, softness of x against y


@dataclass(frozen=True)
class Window:
    """Coarse pixels (y, x), values about 0..1, `MARGIN` wider than the fine ones that show the same, with `EDGE`."""

    coarse: NDArray[np.float32]
    fine: Array


def tried(both: Pair, found: Measured, hear: Callable[[Progress], None] = lambda now: None) -> Measured:
    """`found` with what the bundled network for its scale is best told, and what it gains; as it is without one."""
    entry = catalogue.default(both.scale, 1)
    parts = windows(both)
    if not found.sure or not entry.card.told or not parts:
        return found
    name, bands = entry.card.name, entry.card.bands or 1
    y, x = (max(v, 0.05) for v in found.numbers.nyquist)
    ratio = min(max((y / x) ** 0.5, 0.75), 1.33)
    known: dict[Case, float] = {}
    size, begun = sum(w.coarse.size for w in parts), time.monotonic()

    def told(case: Case) -> Numbers:
        mtf, sharpening, noise, leaning = case
        both_axes = min(mtf * leaning, 0.95), min(mtf / leaning, 0.95)
        return gaussian(both_axes, sharpening=sharpening, noise=noise).within()

    def error(case: Case) -> float:
        if case not in known:
            model = load_model(name, told=told(case))
            known[case] = apart([model(np.repeat(w.coarse[None], bands, 0)).mean(0) for w in parts], parts, both.scale)
            hear(Progress("trying the network", len(known) * size, CASES * size, time.monotonic() - begun))
        return known[case]

    best: Case = min(((m, a, USUAL_NOISE, 1.0) for m in MTFS for a in SHARPENINGS), key=error)
    best = min((best, (*best[:3], ratio), *((*best[:2], n, best[3]) for n in NOISES)), key=error)
    near = [(best[0] + m, best[1] + a, *best[2:]) for m in (-0.08, 0, 0.08) for a in (-0.2, 0, 0.2)]
    best = min((case for case in near if case[0] > 0 and case[1] >= 0), key=error)
    smooth = apart([kernels.enlarge(w.coarse[None], both.scale, "bicubic")[0] for w in parts], parts, both.scale)
    return replace(found, told=told(best), gain_db=smooth - known[best])


def windows(both: Pair) -> list[Window]:
    """Windows in which both rasters show the same, of some bands; the fine one is moved to where bicubic lies."""
    scale, found = both.scale, []
    alike = kernels.reduce(both.fine[None], scale, "area")[0]
    known = np.isfinite(alike) & np.isfinite(both.coarse).all(axis=0)
    like = [np.corrcoef(band[known], alike[known])[0, 1] if known.any() else 0.0 for band in both.coarse]
    for number in np.argsort(-np.nan_to_num(like), kind="stable")[:BANDS]:
        low, high = np.nanpercentile(both.coarse[number], (0.1, 99.9))
        if not high > low:
            continue
        band = (both.coarse[number] - low) / (high - low)
        rows, columns = (range(MARGIN, n - SIDE - MARGIN + 1, SIDE) for n in band.shape)
        places = [(r, c) for r in rows for c in columns]
        for row, col in (places[i] for i in spread(len(places), WINDOWS)):
            wide = (slice(row - MARGIN, row + SIDE + MARGIN), slice(col - MARGIN, col + SIDE + MARGIN))
            coarse = band[wide].astype(np.float32)
            fine = both.fine[tuple(slice(s.start * scale, s.stop * scale) for s in wide)]
            if np.isfinite(coarse).all() and np.isfinite(fine).all() and np.ptp(coarse) > 0 and np.ptp(fine) > 0:
                found += _aligned(coarse, fine, scale)
    return found


def _aligned(coarse: NDArray[np.float32], fine: Array, scale: int) -> list[Window]:
    at = kernels.enlarge(coarse[None], scale, "bicubic")[0].astype(np.float64)
    down, right = metrics.shift(fine, at, cutoff=0.4 / scale)
    inner = inside(scale)
    there = moved(fine, -down, -right)[inner]
    alike = max(abs(down), abs(right)) <= 2 * EDGE and np.corrcoef(there.ravel(), at[inner].ravel())[0, 1] >= LIKE
    return [Window(coarse, there)] if alike else []


def inside(scale: int) -> tuple[slice, slice]:
    """Of a window's result, the pixels that are compared, with `EDGE` around."""
    cut = MARGIN * scale - EDGE
    return slice(cut, -cut), slice(cut, -cut)


def apart(made: list[Array], parts: list[Window], scale: int) -> float:
    """By which results are off the fine raster, the mean square over windows, in dB."""
    errors = [off(m[inside(scale)].astype(np.float64), w.fine) for m, w in zip(made, parts, strict=True)]
    return float(10 * np.log10(np.mean(errors)))


def off(made: Array, fine: Array) -> float:
    """Mean square difference; gain and offset are those of what is coarser than two pixels."""
    inner = (slice(EDGE, -EDGE),) * 2
    gain, offset = np.polyfit(smoothed(made)[inner].ravel(), smoothed(fine)[inner].ravel(), 1)
    return float(np.mean((gain * made + offset - fine)[inner] ** 2))


def moved(plane: Array, down: float, right: float) -> Array:
    """(y, x) with its content moved by parts of a pixel, in the frequencies: edges come round."""
    turn = np.exp(-2j * np.pi * (_waves(plane)[0] * down + _waves(plane)[1] * right))
    return np.asarray(np.fft.ifft2(np.fft.fft2(plane) * turn).real)


def smoothed(plane: Array) -> Array:
    """(y, x) blurred by a Gaussian of two pixels, in the frequencies."""
    fy, fx = _waves(plane)
    return np.asarray(np.fft.ifft2(np.fft.fft2(plane) * np.exp(-8 * np.pi**2 * (fy**2 + fx**2))).real)


def _waves(plane: Array) -> tuple[Array, Array]:
    fy, fx = np.meshgrid(*(np.fft.fftfreq(n) for n in plane.shape), indexing="ij")
    return fy, fx
