"""Whether the values of a band look like the numbers of classes or bits of flags, rather than like brightness."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

FEW, MANY = 32, 256  # different values: up to the first they need not lie in patches, above the second none is a class
SHADES = 12  # different values that a dark picture has, at least
FIRST_LOOK = 20_000  # values that show at once that a picture has more
ALIKE = 0.5  # share of neighbours that are equal in a map of classes, at least
APART = 3  # places in the order of all values by which neighbours that differ do so, half of them or more
SPARSE = 0.1  # share of the numbers between lowest and highest that flags take, at most
PAIRS = 500  # of neighbours that it takes to judge


def count_classes(pixels: Array, planes: Iterable[Array]) -> int | None:
    """How many classes there seem to be; None for brightness.

    `pixels` are the valid sample values in any order, `planes` (y, x) pieces of the raster without gaps. Classes are
    few, and neighbours that differ are far apart in the order of values, as in maps, or the values leave most numbers
    out, as bits do. Where they are not so few, most neighbours must be equal; left out of that are the commonest, the
    lowest and the highest value, which in a picture are sea, shadow and what is saturated.
    """
    values, common = _distinct(pixels)
    if len(values) < 3:
        return None
    step = np.gcd.reduce(np.diff(values))
    sparse = len(values) / ((values[-1] - values[0]) / step + 1) < SPARSE
    few = len(values) <= FEW
    alike, jumps = _neighbours(list(planes), values, () if few else (common, values[0], values[-1]))
    if few and (len(values) < SHADES or jumps.size < PAIRS):
        return len(values)
    if not few and (alike < ALIKE or jumps.size < PAIRS):
        return None
    return len(values) if sparse or np.median(jumps) >= APART else None


def _distinct(pixels: Array) -> tuple[NDArray[np.int64], int]:
    """The different values in order, and the commonest; none if there are more than `MANY` or one is not whole."""
    for part in (pixels.ravel()[:FIRST_LOOK], pixels.ravel()):
        found, counts = np.unique(part, return_counts=True)
        whole = found.dtype.kind in "iu" or (np.isfinite(found).all() and (found == np.rint(found)).all())
        if not 0 < len(found) <= MANY or not whole or abs(float(found[0])) > 2**53 or abs(float(found[-1])) > 2**53:
            return np.empty(0, np.int64), 0
    return found.astype(np.int64), int(found[counts.argmax()])


def _neighbours(planes: list[Array], values: NDArray[np.int64], left_out: tuple[int, ...]) -> tuple[float, Array]:
    """The share of neighbours in a row that are equal, and how far apart the others are in the order of values.

    The share is that of the columns where it is least, of every second, third and fourth: an image that was enlarged
    by repeating its pixels has equal neighbours everywhere else.
    """
    out = np.searchsorted(values, left_out)
    equal, there, jumps = np.zeros(12), np.zeros(12), []
    for plane in planes:
        rank = np.searchsorted(values, plane).clip(0, len(values) - 1)
        counts = ~(np.isin(rank, out) | (values[rank] != plane))
        both = counts[:, 1:] & counts[:, :-1]
        apart = np.abs(np.diff(rank, axis=1))
        jumps.append(apart[both & (apart > 0)])
        for phase in range(12):
            there[phase] += both[:, phase::12].sum()
            equal[phase] += (both & (apart == 0))[:, phase::12].sum()
    if not jumps:
        return 0.0, np.empty(0)
    shares = [
        equal[phase::period].sum() / max(there[phase::period].sum(), 1) for period in (1, 2, 3, 4)
        for phase in range(period)
    ]  # fmt: skip
    return float(min(shares)), np.concatenate(jumps)
