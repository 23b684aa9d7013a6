"""How far a result agrees with what was measured: make it agree, and say how well it does.

A result is consistent when, brought back to the input's grid by the degradation that its model was trained for, or
that the scene shows, it is the input again. Values are those of `rs_sr.pixels.radiometry`: about 0..1 in `agree`, the
raster's own in `Agreement`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.models.card import ModelCard
from rs_sr.pixels import kernels, metrics
from rs_sr.pixels.kernels import Kernel
from rs_sr.record import TOLD

Array = NDArray[Any]

REACH = 9  # input pixels that a correction looks at: two of bicubic, two of softening, five of the widest kernel
WORDS = {"bicubic": "antialiased bicubic", "area": "the area mean", TOLD: "the blur that the network was told"}
_BINS = np.logspace(-8, 2, 1201)  # of errors as a share of the value range; neighbours are 2 % apart


def degradation(card: ModelCard) -> Kernel:
    """Of a model that is told nothing, as `kernels.reduce` takes it: "bicubic" if it was trained for that.

    A model without a word of its training, such as `nearest`, is held to the area mean.
    """
    return "bicubic" if card.degradation == "bicubic" else "area"


def inner(pixels: Array) -> Array:
    """Without the edge, (..., y, x), where a correction looks beyond."""
    return pixels[..., REACH:-REACH, REACH:-REACH]


def misfit(fine: Array, coarse: Array, valid: NDArray[np.bool_], scale: int, kernel: Kernel) -> float:
    """Sum of squares by which `fine`, degraded, is off `coarse`; `valid` (y, x), the edge left out."""
    off = inner(kernels.reduce(fine, scale, kernel) - coarse)
    return float((off**2)[:, inner(valid)].sum(dtype=np.float64))


def strength(misfit: float, count: int, noise: float) -> float:
    """How much of what is missing is the scene's, 0 to 1, where `noise` (a share of the range) is the input's: of
    `misfit`, a sum of squares over `count` values, noise cannot be told from detail, and is not to be put back."""
    return float(max(0.0, 1 - noise**2 * count / misfit)) if misfit > 0 else 1.0


def agree(
    fine: NDArray[np.float32], coarse: NDArray[np.float32], scale: int, kernel: Kernel, strength: float = 1.0
) -> Array:
    """`fine` (band, scale * y, scale * x) brought nearer to one whose degradation is `coarse` (band, y, x), float32.

    One step of back-projection (Irani and Peleg 1991, CVGIP 53, eq. 3), ``x + U (y - D x)`` with bicubic U: what is
    missing is added as it is and never amplified. Smooth parts then agree; of what is as fine as the input's pixels,
    and nearly lost in D, most is left to the model: to invert a kernel that is not quite the scene's ruins it there.
    What D sharpens is softened before it is put back: it raised what is missing there, and what is finer still and
    only looks as if it were.
    """
    missing = coarse - kernels.reduce(fine, scale, kernel)
    for axis, along in enumerate(kernel if isinstance(kernel, tuple) else (), 1):
        for _ in range(2):  # once leaves a loss of some tenths of a dB
            missing = _softened(missing, axis, along[1])
    return fine + np.float32(strength) * kernels.enlarge(missing, scale, "bicubic")


def _softened(pixels: Array, axis: int, sharpening: float) -> Array:
    """With as little of the finest detail along an axis as an unsharp mask of 3 pixels, used twice, would undo."""
    if sharpening <= 0:
        return pixels
    share = np.float32((1 - (1 + 4 / 3 * sharpening) ** -2) / 4)  # of each neighbour: 1 - 4 share is left at Nyquist
    width = [(1, 1) if i == axis else (0, 0) for i in range(3)]
    padded, n = np.pad(pixels, width, mode="edge"), pixels.shape[axis]
    before, after = (np.take(padded, range(k, k + n), axis=axis) for k in (0, 2))
    return np.asarray(pixels + share * (before + after - 2 * pixels))


class _Errors:
    """Adds up the errors of each band; `spans` as `Agreement` has them."""

    def __init__(self, spans: tuple[float, ...]) -> None:
        self._spans = spans
        self._sum, self._off, self._largest = (np.zeros(len(spans)) for _ in range(3))
        self.count = np.zeros(len(spans))
        self._shares = np.zeros((len(spans), len(_BINS) + 1), np.int64)

    def add(self, band: int, found: Array) -> None:
        size = np.abs(found)
        self.count[band] += found.size
        self._sum[band] += found.sum()
        self._off[band] += size.sum()
        self._largest[band] = max(self._largest[band], size.max(initial=0))
        places = np.searchsorted(_BINS, size / abs(self._spans[band]))
        self._shares[band] += np.bincount(places, minlength=len(_BINS) + 1)

    def result(self) -> dict[str, list[float | None]]:
        count = np.where(self.count > 0, self.count, np.nan)
        reached = np.cumsum(self._shares, axis=1) >= 0.99 * np.where(self.count > 0, self.count, np.inf)[:, None]
        edges = np.append(_BINS, np.inf)
        p99 = [
            float(min(edges[r.argmax()] * abs(s), most)) if r.any() else None
            for r, s, most in zip(reached, self._spans, self._largest, strict=True)
        ]
        bias, mean = ([_number(v) for v in total / count] for total in (self._sum, self._off))
        return {"bias": bias, "mean_error": mean, "p99_error": p99}


class _Sums:
    """Adds up two images band by band: their means over all bands, and the angle between them where `everywhere`."""

    def __init__(self, everywhere: NDArray[np.bool_]) -> None:
        self._everywhere, self._bands = everywhere, 0
        self._totals: list[Any] = [0, 0]
        self._products: list[Any] = [0, 0, 0]

    def add(self, a: Array, b: Array) -> None:
        self._bands += 1
        for i, plane in enumerate((a, b)):
            self._totals[i] = self._totals[i] + (plane if plane.dtype.kind == "f" else plane.astype(np.float64))
        x, y = (plane[self._everywhere].astype(np.float64) for plane in (a, b))
        for i, product in enumerate((x * x, y * y, x * y)):
            self._products[i] = self._products[i] + product

    def angle(self) -> float:
        """Radians, as `rs_sr.pixels.metrics.sam`."""
        return metrics.mean_angle(*self._products)

    def means(self) -> list[Array]:
        """(y, x) of each, not everywhere the mean of the rest."""
        means = [total / self._bands for total in self._totals]
        return [np.where(self._everywhere, mean, mean[self._everywhere].mean()) for mean in means]


class Agreement:
    """Collects, tile by tile, how a result brought back to the input's grid differs from the input.

    `spans` are the ranges of values that the model saw as 0..1, per band, in the raster's units; `ends` those between
    which a value of the result is not clipped (`value_ends`), None where none is.
    """

    def __init__(
        self, scale: int, kernel: Kernel, spans: tuple[float, ...], ends: tuple[float, float] | None = None
    ) -> None:
        self.scale, self.kernel, self.spans, self.ends = scale, kernel, spans, ends
        self._all, self._unclipped = _Errors(spans), _Errors(spans)
        self._angles: list[tuple[float, int]] = []
        self._shifts: list[tuple[float, float]] = []

    def add(self, fine: Sequence[Array], coarse: Sequence[Array], valid: Sequence[NDArray[np.bool_]]) -> None:
        """A tile, band by band: (scale * y, scale * x) as it is written, (y, x) as it was read, what of it is valid.

        Pixels whose degradation looks beyond the tile, or at one that is not valid, do not count.
        """
        reach = kernels.reduction_reach(self.scale, self.kernel)
        known = [_all_round(v, reach) for v in valid]
        if not any(k.any() for k in known):
            return
        everywhere = np.logical_and.reduce(known)
        sums = _Sums(everywhere)
        for band, (written, read, where) in enumerate(zip(fine, coarse, known, strict=True)):
            kind = np.float32 if written.dtype.itemsize <= 2 else np.float64
            back = kernels.reduce(np.nan_to_num(written.astype(kind))[None], self.scale, self.kernel)[0]
            off = back.astype(np.float64) - read
            self._all.add(band, off[where])
            if self.ends is not None:
                free = _blocks((written > self.ends[0]) & (written < self.ends[1]), self.scale)
                self._unclipped.add(band, off[where & _all_round(valid[band] & free, reach)])
            sums.add(back, read)
        if len(known) >= 3 and everywhere.any():
            self._angles.append((sums.angle(), int(everywhere.sum())))
        if len(self._shifts) < 16 and everywhere.mean() > 0.9 and min(everywhere.shape) >= 32:
            a, b = sums.means()
            if np.ptp(b) > 0:
                self._shifts.append(metrics.shift(a, b, cutoff=0.4))

    def result(self) -> dict[str, Any]:
        """Per band `bias`, `mean_error` and `p99_error` in the raster's units, the share `clipped` of the pixels that
        look at a clipped one and the same figures without those (`unclipped`, None where nothing can be clipped);
        `angle_deg` (from three bands on), `shift` in input pixels (row, column); each None where none was measured."""
        angles = np.array(self._angles)
        count = np.where(self._all.count > 0, self._all.count, np.nan)
        return {
            "degradation": named(self.kernel),
            **self._all.result(),
            "clipped": [_number(v) for v in 1 - self._unclipped.count / count] if self.ends else None,
            "unclipped": self._unclipped.result() if self.ends else None,
            "angle_deg": float(np.degrees(np.average(angles[:, 0], weights=angles[:, 1]))) if len(angles) else None,
            "shift": [float(v) for v in np.median(self._shifts, axis=0)] if self._shifts else None,
        }


def named(kernel: Kernel) -> str:
    """As tags have it: `record.Record.degradation` reads it back."""
    if isinstance(kernel, tuple):
        return TOLD
    return kernel if isinstance(kernel, str) else f"mtf {kernel}"


def value_ends(dtype: str, nodata: float | None) -> tuple[float, float] | None:
    """Values of `dtype` that lie between are not clipped; None of floats, which never are."""
    if np.dtype(dtype).kind == "f":
        return None
    info = np.iinfo(dtype)
    return info.min + (nodata == info.min) + 0.5, info.max - (nodata == info.max) - 0.5


def clipping_matters(found: dict[str, Any]) -> bool:
    """Whether a hundredth of some band's pixels, in the result of `Agreement`, look at a clipped value."""
    return any(share is not None and share > 0.01 for share in found["clipped"] or ())


def words(found: dict[str, Any]) -> str:
    """The result of `Agreement` in a line, the worst band of each figure."""
    if not any(v is not None for v in found["mean_error"]):
        return "shrunk to the input's pixels: nothing to compare"
    bias = max((v for v in found["bias"] if v is not None), key=abs)
    how = WORDS.get(found["degradation"], found["degradation"])
    text = f"shrunk to the input's pixels by {how}, the result differs from the input by {_worst(found)}, "
    text += f"with a bias of {bias:+.2g} (the raster's units)"
    if clipping_matters(found):
        held = found["unclipped"]
        free = any(v is not None for v in held["mean_error"])
        text += f"; where no value is clipped, by {_worst(held)}" if free else "; clipped values are near everywhere"
    if found["shift"] is None:
        return text + "; too small, too flat or too full of gaps to see a shift"
    return text + f"; shifted by {found['shift'][0]:+.3f}, {found['shift'][1]:+.3f} pixels"


def _worst(found: dict[str, list[float | None]]) -> str:
    """The largest of the bands' errors."""
    mean, high = (max(v for v in found[k] if v is not None) for k in ("mean_error", "p99_error"))
    return f"{mean:.3g} on average and {high:.3g} at the 99th percentile"


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _all_round(valid: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Where all pixels within `reach`, along both axes, are there and valid."""
    padded = np.pad(valid, reach, constant_values=False)
    for axis in (0, 1):
        n = valid.shape[axis] if axis == 0 else valid.shape[1]
        parts = [np.take(padded, range(k, k + n), axis=axis) for k in range(2 * reach + 1)]
        padded = np.logical_and.reduce(parts)
    return padded


def _blocks(fine: NDArray[np.bool_], scale: int) -> NDArray[np.bool_]:
    """Input pixels (y, x) of which all of `fine` (scale * y, scale * x) is true."""
    height, width = fine.shape
    return np.asarray(fine.reshape(height // scale, scale, width // scale, scale).all(axis=(1, 3)))
