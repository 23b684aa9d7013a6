"""The blur between two rasters of one scene: the kernel that takes the fine one to the coarse one.

By regularised least squares, as Cal/Val does with two modes of one instrument (Latry et al. 2004, Proc. SPIE 5570).
The kernel is free, so that it finds the sub-pixel shift with the blur; what is left over tells noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels import metrics
from rs_sr.pixels.grid import spread
from rs_sr.pixels.kernels import reduce
from rs_sr.sensors.measured import UNSURE, Measured
from rs_sr.sensors.numbers import Numbers

Array = NDArray[Any]
REACH = 2  # coarse pixels that the kernel reaches beyond a pixel
MARGIN = 4  # coarse pixels at a window's edge that are not explained
SIDES = (64, 48, 32, 24)  # coarse pixels on a side of a window: the largest of which there are enough
ENOUGH, MOST = 4, 24  # windows
LEAST = 2 * (SIDES[-1] + MARGIN)  # coarse pixels on a side that hold enough of the smallest
LIKE = 0.8  # correlation below which a window shows something else in both
GOOD = 0.9  # R2 below which a pair does not tell
PULL = 1e-3  # of the mean power, by which weights are drawn to 0, far ones more


@dataclass(frozen=True)
class _Window:
    """A coarse window (y, x), its fine pixels, whose first lies `MARGIN` coarse pixels before it, and by how many
    coarse pixels (row, column) these lie further than they would without a shift."""

    coarse: Array
    fine: Array
    moved: tuple[float, float]


def measure(coarse: Array, fine: Array, scale: int, span: float) -> Measured:
    """The blur that takes `fine` (scale * y, scale * x) to `coarse` (band, y, x), NaN where there is no data.

    `coarse` enters as the mix of its bands that is most like `fine`. Windows whose contents are unlike in both are left
    out; the standard error is that of leaving each of the others out (jackknife). Noise is in the raster's units, and
    in `numbers` a share of `span`.
    """
    shares = _mix(coarse, reduce(fine[None], scale, "area")[0])
    plane = np.tensordot(shares, coarse, 1)
    places = _places(plane)
    windows = [w for place, side in places if (w := _aligned(place, side, fine, plane, scale))]
    small = "" if len(places) >= ENOUGH else f"the coarse raster has less than {LEAST} x {LEAST} pixels"
    if not windows:
        why = small or "both show nothing that is the same"
        return Measured("pair", Numbers(0, 0, 0, 0), 0.0, (np.inf, np.inf), 0, why)
    each = [_system(w, scale) for w in windows]
    together = each[0].plus(*each[1:])
    kernel, r2 = _solved(together, scale)
    errors = np.full(4, np.inf)
    if len(each) > 1:
        without = [_transfers(_solved(together.minus(one), scale)[0], scale) for one in each]
        errors = np.std(without, axis=0) * np.sqrt(len(each) - 1)
    level = float(np.median([_noise(_left(w, kernel, scale)) for w in windows])) / float(np.linalg.norm(shares))
    numbers = Numbers(*(float(v) for v in _transfers(kernel, scale)))._replace(noise=level / span)
    why = ""
    if r2 < GOOD:
        why = f"the fine raster explains only {max(r2, 0):.0%} of the coarse one"
    elif len(windows) < ENOUGH:
        why = small or f"fewer than {ENOUGH} places show the same in both"
    elif max(errors[:2]) > UNSURE:
        why = "parts of the rasters disagree"
    moved = np.mean([w.moved for w in windows], axis=0)
    down, right = (float(-by - at) for by, at in zip(moved, _middle(kernel, scale), strict=True))
    spreads = float(errors[0]), float(errors[1])
    return Measured("pair", numbers, level, spreads, len(windows), why, r2, (down, right))


def _mix(coarse: Array, plane: Array) -> Array:
    """Shares of the bands, none negative, whose sum is most like `plane`."""
    known = np.isfinite(plane) & np.isfinite(coarse).all(axis=0)
    shares = np.zeros(len(coarse))
    left = list(range(len(coarse)))
    target = plane[known] - plane[known].mean() if known.any() else np.zeros(0)
    while left and target.size:
        matrix = np.stack([coarse[b][known] - coarse[b][known].mean() for b in left], 1)
        weights = np.linalg.lstsq(matrix, target)[0]
        if (weights >= 0).all():
            shares[left] = weights
            break
        left = [b for b, w in zip(left, weights, strict=True) if w > 0]
    return shares if shares.any() else np.full(len(coarse), 1 / len(coarse))


def _places(plane: Array) -> list[tuple[tuple[int, int], int]]:
    """First pixels and sides of the windows, spread over the raster."""
    for side in SIDES:
        rows, columns = (range(MARGIN, n - MARGIN - side + 1, side) for n in plane.shape)
        every = [((row, column), side) for row in rows for column in columns]
        if len(every) >= ENOUGH:
            break
    return [every[i] for i in spread(len(every), MOST)]


def _aligned(place: tuple[int, int], side: int, fine: Array, plane: Array, scale: int) -> _Window | None:
    """A window with the fine pixels that show the same; None where there are none."""
    row, col = place
    coarse = plane[row : row + side, col : col + side]
    if not np.isfinite(coarse).all() or coarse.std() == 0:
        return None
    by = (0, 0)
    for looked in (False, True):
        first = [(at - MARGIN) * scale + b for at, b in zip(place, by, strict=True)]
        last = [f + (side + 2 * MARGIN) * scale for f in first]
        under = fine[max(first[0], 0) : last[0], max(first[1], 0) : last[1]]
        if min(first) < 0 or last[0] > fine.shape[0] or last[1] > fine.shape[1] or not np.isfinite(under).all():
            return None
        inner = slice(MARGIN * scale, -MARGIN * scale)
        alike = reduce(under[None, inner, inner], scale, "area")[0]
        if alike.std() == 0:
            return None
        if not looked:
            down, right = metrics.shift(coarse, alike)
            by = (round(-down * scale), round(-right * scale))
    if np.corrcoef(coarse.ravel(), alike.ravel())[0, 1] < LIKE:
        return None
    return _Window(coarse, under, (by[0] / scale, by[1] / scale))


def _taps(scale: int) -> NDArray[np.int64]:
    """Fine pixels that the kernel covers along an axis, from the first of a coarse pixel."""
    reach = REACH * scale
    return np.arange(-reach, scale + reach)


def _along(scale: int) -> Array:
    """The same in coarse pixels, from the middle of one."""
    return np.asarray((_taps(scale) - (scale - 1) / 2) / scale)


def _under(window: _Window, scale: int) -> Array:
    """The fine pixels under the kernel at each coarse pixel, (coarse y, coarse x, fine y, fine x)."""
    taps, side = _taps(scale), len(window.coarse)
    first = slice(MARGIN * scale + int(taps[0]), None, scale)
    every = np.lib.stride_tricks.sliding_window_view(window.fine, (len(taps), len(taps)))
    return np.asarray(every[first, first][:side, :side])


@dataclass(frozen=True)
class _System:
    """Normal equations, and the power of the coarse pixels."""

    square: Array
    product: Array
    power: float

    def plus(self, *others: _System) -> _System:
        every = (self, *others)
        return _System(
            np.sum([s.square for s in every], axis=0), np.sum([s.product for s in every], axis=0),
            sum(s.power for s in every),
        )  # fmt: skip

    def minus(self, one: _System) -> _System:
        return _System(self.square - one.square, self.product - one.product, self.power - one.power)


def _system(window: _Window, scale: int) -> _System:
    matrix = _under(window, scale).reshape(window.coarse.size, -1)
    matrix = matrix - matrix.mean(axis=0)
    target = (window.coarse - window.coarse.mean()).ravel()
    return _System(matrix.T @ matrix, matrix.T @ target, float(target @ target))


def _solved(system: _System, scale: int) -> tuple[Array, float]:
    """The kernel (y, x), whose weights are drawn to 0, far ones more, and R2."""
    along = _along(scale)
    far = (along[:, None] ** 2 + along**2).ravel()
    pull = PULL * np.trace(system.square) / len(far) * (0.01 + 0.1 * far)
    kernel = np.linalg.solve(system.square + np.diag(pull), system.product)
    left = system.power - 2 * kernel @ system.product + kernel @ system.square @ kernel
    return kernel.reshape(len(along), len(along)), 1 - float(left) / system.power


def _left(window: _Window, kernel: Array, scale: int) -> Array:
    """What the kernel leaves of the coarse pixels."""
    made = np.einsum("yxij,ij->yx", _under(window, scale), kernel)
    return np.asarray(window.coarse - window.coarse.mean() - (made - made.mean()))


def _noise(left: Array) -> float:
    """Standard deviation, by the median of diagonal detail."""
    detail = (left[::2, ::2] - left[::2, 1::2] - left[1::2, ::2] + left[1::2, 1::2]) / 2
    return float(np.median(np.abs(detail))) / 0.6745


def _middle(kernel: Array, scale: int) -> tuple[float, float]:
    """Where the kernel lies, in coarse pixels from the middle of one."""
    down, right = (float((kernel.sum(axis=1 - k) * _along(scale)).sum() / kernel.sum()) for k in (0, 1))
    return down, right


def _transfers(kernel: Array, scale: int) -> Array:
    """|H| at Nyquist along y and x, and at half of it."""
    profiles = (kernel.sum(axis=1), kernel.sum(axis=0))
    found = [abs((h * np.exp(-2j * np.pi * f * _along(scale))).sum()) for f in (0.5, 0.25) for h in profiles]
    return np.asarray(np.array(found) / abs(kernel.sum()))
