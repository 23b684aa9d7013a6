"""What a reference tells of sampled windows of a result, added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RequestError
from rs_sr.pixels import metrics
from rs_sr.pixels.grid import Size, around, without_gaps
from rs_sr.pixels.kernels import Kernel
from rs_sr.raster.facts import Band
from rs_sr.trust import truth

Array = NDArray[Any]
LEAST = 0.1  # of a window that a reference must cover to tell something of it


class Figures(TypedDict):
    psnr: float
    ssim: float | None
    sam_deg: float
    ergas: float


@dataclass(frozen=True)
class Against:
    """What a reference tells: figures of bicubic and of the result, in the table's order, and shares of the pixels.

    PSNR, SSIM and the spectral angle are in the result's own values: PSNR with `peak`, which `fixed_peak` gives, so
    that reports compare, SSIM with the value range of the raster; ERGAS is in the reference's. SSIM is None where no
    window and no quarter of one is without gaps; `shift` (row, column), input pixels, is None where none could be
    seen. `correlation` is that of the reference with the input, enlarged, and `covered` its share of what was
    measured; `coarser` are the sides of its pixels and the result's, in metres, where its are larger; `left_out` counts
    its bands that the result has not.
    """

    path: str
    figures: dict[str, Figures]  # "bicubic" and "result"
    shares: dict[str, float] | None
    shift: tuple[float, float] | None
    gain: tuple[float, ...]
    correlation: float
    covered: float
    coarser: tuple[float, float] | None
    left_out: int
    peak: float


def fixed_peak(band: Band) -> float:
    """The value that PSNR takes for the largest, by the input's band alone: 255 of 8 bit; reflectance 1 where a scale
    leads to it or the band is float; else 10,000, which is reflectance 1 in most products of integers."""
    kind = np.dtype(band.dtype)
    if kind.itemsize == 1:
        return 255.0
    if band.scale not in (0.0, 1.0):
        return 1 / abs(band.scale)
    return 1.0 if kind.kind == "f" else 10_000.0


class Truths:
    """Adds up what a reference tells of windows. `spans` and `zeros` (band, 1, 1) lead from 0..1 to raster values;
    `peak` is that of PSNR."""

    def __init__(self, scale: int, spans: Array, zeros: Array, peak: float) -> None:
        self.scale, self.spans, self.zeros, self.peak = scale, spans, zeros, peak
        # of the result's values 0..1, and of the reference's own
        self.squares, self.theirs = ({n: np.zeros(len(spans)) for n in ("bicubic", "result")} for _ in range(2))
        self.mean = np.zeros(len(spans))
        self.count = 0
        self.measured = self.seen = 0  # pixels, and those of them that the reference has
        self.likeness: list[tuple[float, int]] = []  # correlations
        self.ssim: dict[str, list[tuple[float, int]]] = {"bicubic": [], "result": []}
        self.angles: dict[str, list[tuple[float, int]]] = {"bicubic": [], "result": []}
        self.classes = np.zeros(3, np.int64)
        self.harmonies: list[truth.Harmony] = []

    def add(self, found: dict[str, Array], kernel: Kernel) -> dict[str, Array]:
        """A window: `found` with the truth, NaN in its gaps, in the result's values and place, and `classes` added."""
        raw = found["truth"]
        self.measured += int(found["valid"].all(axis=0).sum()) * self.scale**2
        there = np.asarray(np.isfinite(raw).all(axis=0))
        self.seen += int(there.sum())
        harmony = truth.harmonise(found["coarse"], raw, self.scale, kernel) if there.mean() >= LEAST else None
        if harmony is None:
            return found | {"truth": np.full_like(raw, np.nan), "classes": np.full(there.shape, -1, np.int8)}
        self.harmonies.append(harmony)
        fine, edge = np.where(there, harmony.undo(raw), found["fine"]), self.scale
        away = [-self.scale * v for v in harmony.shift or (0.0, 0.0)]
        if max(map(abs, away)) > 0.1:
            fine = truth.move(fine, *away)
            there = np.logical_and(there, truth.move(there[None].astype(float), *away)[0] > 0.5)
            edge += int(np.ceil(max(map(abs, away))))
        pictures = {"bicubic": found["smooth"], "result": found["fine"]}
        classes = truth.classify(pictures["result"], pictures["bicubic"], fine, there)
        inner = slice(edge, -edge), slice(edge, -edge)
        if there[inner].any():
            self._add({name: p[:, *inner] for name, p in pictures.items()}, fine[:, *inner], there[inner], harmony)
            self.classes += np.bincount(classes[inner][classes[inner] >= 0], minlength=3)
        return found | {"truth": np.where(there, fine, np.nan), "classes": classes}

    def _add(self, pictures: dict[str, Array], fine: Array, there: NDArray[np.bool_], harmony: truth.Harmony) -> None:
        gain, offset = (np.array(v)[:, None, None] for v in (harmony.gain, harmony.offset))
        whole, held = Size(height=there.shape[0], width=there.shape[1]).window, around(there)
        parts = [p for p in without_gaps(held, there[held.within(whole)]) if min(p.height, p.width) >= 11]
        self.count += int(there.sum())
        pair = (v.mean(axis=0)[there] for v in (fine, pictures["bicubic"]))
        self.likeness.append((_correlation(*pair), int(there.sum())))
        self.mean += ((fine * gain + offset) * self.spans + self.zeros)[:, there].sum(axis=1)
        for name, picture in pictures.items():
            error = (picture - fine)[:, there]
            self.squares[name] += (error**2).sum(axis=1)
            self.theirs[name] += ((error * (gain * self.spans)[:, 0]) ** 2).sum(axis=1)
            own = [(v * self.spans + self.zeros)[:, there][:, None] for v in (picture, fine)]
            self.angles[name].append((metrics.sam(*own), int(there.sum())))
            for part in parts:
                a, b = (v[:, *part.within(whole)] for v in (picture, fine))
                self.ssim[name].append((metrics.ssim(a, b, peak=1.0), part.size.pixels))

    def result(self, path: str, coarser: tuple[float, float] | None = None, left_out: int = 0) -> Against:
        """The figures over all windows; a reference that never meets the result is a `RequestError`."""
        if not self.count:
            raise RequestError(
                f"--reference={path!r} does not cover the sampled windows, or has gaps all over them",
                "check its place, CRS and nodata",
            )
        figures: dict[str, Figures] = {}
        mean = np.maximum(np.abs(self.mean / self.count), 1e-12)
        for name, squares in self.squares.items():
            error = max(float(np.mean(squares / self.count * (self.spans[:, 0, 0] / self.peak) ** 2)), 1e-12)
            figures[name] = {
                "psnr": float(10 * np.log10(1 / error)),
                "ssim": _mean(self.ssim[name]) if self.ssim[name] else None,
                "sam_deg": float(np.degrees(_mean(self.angles[name]))),
                "ergas": float(100 / self.scale * np.sqrt(np.mean(self.theirs[name] / self.count / mean**2))),
            }
        count = self.classes.sum()
        shares = {n: float(c / count) for n, c in zip(truth.NAMES, self.classes, strict=True)} if count else None
        seen = [h.shift for h in self.harmonies if h.shift is not None]
        rows, cols = np.median(seen, axis=0) if seen else (0.0, 0.0)
        gain = np.median([h.gain for h in self.harmonies], axis=0)
        shift = (float(rows), float(cols)) if seen else None
        covered = min(1.0, self.seen / self.measured) if self.measured else 0.0
        alike = _mean(self.likeness)
        gains = tuple(map(float, gain))
        return Against(path, figures, shares, shift, gains, alike, covered, coarser, left_out, self.peak)


def _correlation(a: Array, b: Array) -> float:
    """Of two rows of values; 0 where one of them does not vary."""
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 1e-9 and b.std() > 1e-9 else 0.0


def _mean(weighed: list[tuple[float, int]]) -> float:
    """The mean of values with their weights."""
    return float(np.average([v for v, _ in weighed], weights=[n for _, n in weighed]))
