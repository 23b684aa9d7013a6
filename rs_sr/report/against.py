"""What a reference tells of sampled windows of a result, added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import metrics, truth
from rs_sr.errors import RequestError

Array = NDArray[Any]


@dataclass(frozen=True)
class Against:
    """What a reference tells: figures of bicubic and of the result, in the table's order, and shares of the pixels."""

    path: str
    figures: dict[str, dict[str, float]]  # "bicubic" and "result": psnr, ssim, sam_deg, ergas
    shares: dict[str, float] | None
    shift: tuple[float, float]
    gain: tuple[float, ...]


class Truths:
    """Adds up what a reference tells of windows."""

    def __init__(self, scale: int, bands: int) -> None:
        self.scale = scale
        self.squares = {name: np.zeros(bands) for name in ("bicubic", "result")}
        self.mean = np.zeros(bands)
        self.count = 0
        self.ssim: dict[str, list[float]] = {"bicubic": [], "result": []}
        self.angles: dict[str, list[tuple[float, int]]] = {"bicubic": [], "result": []}
        self.classes = np.zeros(3, np.int64)
        self.harmonies: list[truth.Harmony] = []

    def add(self, found: dict[str, Array], kernel: str | float) -> dict[str, Array]:
        """A window: `found` with the truth moved onto it and `classes` added."""
        there, fine = found["there"], found["truth"]
        if there.mean() < 0.5:
            return found | {"classes": np.full(there.shape, -1, np.int8)}
        harmony = truth.harmonise(found["coarse"], fine, self.scale, kernel)
        if max(map(abs, harmony.shift)) * self.scale > 0.1:
            fine = truth.move(fine, *(-self.scale * v for v in harmony.shift))
        self.harmonies.append(harmony)
        pictures = {"bicubic": harmony.apply(found["smooth"]), "result": harmony.apply(found["fine"])}
        classes = truth.classify(pictures["result"], pictures["bicubic"], fine, there)
        edge = self.scale
        inner = np.zeros_like(there)
        inner[edge:-edge, edge:-edge] = there[edge:-edge, edge:-edge]
        self.classes += np.bincount(classes[(classes >= 0) & inner], minlength=3)
        self.count += int(inner.sum())
        self.mean += fine[:, inner].sum(axis=1)
        for name, picture in pictures.items():
            self.squares[name] += ((picture - fine)[:, inner] ** 2).sum(axis=1)
            self.angles[name].append((metrics.sam(picture[:, inner][:, None], fine[:, inner][:, None]), inner.sum()))
            if there.all() and min(there.shape) >= 11 + 2 * edge:
                cut = (slice(None), slice(edge, -edge), slice(edge, -edge))
                self.ssim[name].append(metrics.ssim(picture[cut], fine[cut], peak=1.0))
        return found | {"truth": fine, "classes": classes}

    def result(self, path: str) -> Against:
        """The figures over all windows; a reference that never meets the result is a `RequestError`."""
        if not self.count:
            raise RequestError(f"--reference {path} does not cover the sampled windows", "check its place and CRS")
        figures = {}
        mean = np.maximum(np.abs(self.mean / self.count), 1e-12)
        for name, squares in self.squares.items():
            error = squares / self.count
            weights = [n for _, n in self.angles[name]]
            figures[name] = {
                "psnr": float(10 * np.log10(1 / max(float(error.mean()), 1e-12))),
                "ssim": float(np.mean(self.ssim[name])) if self.ssim[name] else float("nan"),
                "sam_deg": float(np.degrees(np.average([a for a, _ in self.angles[name]], weights=weights))),
                "ergas": float(100 / self.scale * np.sqrt(np.mean(error / mean**2))),
            }
        count = self.classes.sum()
        shares = {n: float(c / count) for n, c in zip(truth.NAMES, self.classes, strict=True)} if count else None
        moved = np.median([h.shift for h in self.harmonies], axis=0)
        gain = np.median([h.gain for h in self.harmonies], axis=0)
        return Against(path, figures, shares, (float(moved[0]), float(moved[1])), tuple(map(float, gain)))
