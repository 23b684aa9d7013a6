"""Samples of bands: valid pixels in windows that the raster alone fixes, and in more of it where those hold too few.

A sample is the same for every tile, part and order, and for whichever other bands are looked at with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels.grid import Size, Window, pieces, sample_windows, spread, windows_of, without_gaps
from rs_sr.raster.facts import Reader

Array = NDArray[Any]
Told = Callable[[float], None]  # hears which share of the work is done, often enough to end it by raising
SIDE, MOST = 256, 64  # pixels of a window's side, and windows, in `sample_windows`
LOOKED_AT = 16  # windows that are kept whole, to show blur, blocks and noise
ENOUGH = 64 * 64  # valid pixels of a band, below which more of the raster is looked at


def nobody(share: float) -> None:
    """For those who need not be told."""


def part_of(told: Told, start: float, share: float) -> Told:
    """Tells `told` of work that is a `share` of it all, from `start` on."""
    return lambda done: told(start + share * done)


@dataclass
class Sample:
    """What was seen of one band.

    `pixels` are its valid values (n,), of `total` pixels looked at, which are all of the raster where n is small;
    `border` those on the raster's edge, valid or not; `whole` windows without a gap; `places` windows with a valid
    pixel, at most 64 of 256 x 256.
    """

    number: int
    room: Array
    count: int = 0
    total: int = 0
    border: Array = field(default_factory=lambda: np.empty(0))
    whole: dict[Window, Array] = field(default_factory=dict)
    places: list[Window] = field(default_factory=list)

    @property
    def pixels(self) -> Array:
        return self.room[: self.count]

    def add(self, window: Window, plane: Array, valid: NDArray[np.bool_], *, keep: bool) -> None:
        """A window (y, x); `keep` its parts without a gap."""
        self.total += plane.size
        known = plane[valid]
        if not known.size:
            return
        self.room[self.count : self.count + known.size] = known
        self.count += known.size
        if len(self.places) < MOST:
            self.places.append(window)
        if keep and sum(part.size.pixels for part in self.whole) < LOOKED_AT * SIDE**2:
            self.whole |= {part: plane[part.within(window)].copy() for part in without_gaps(window, valid)}


def pixels_of_band(size: Size) -> int:
    """How many pixels of a band a sample looks at."""
    return min(size.pixels, MOST * SIDE**2)


def pixels_kept(size: Size) -> int:
    """How many pixels of a band are kept in whole windows, and looked at closely."""
    return min(size.pixels, LOOKED_AT * SIDE**2)


def batches(groups: tuple[tuple[int, ...], ...], bands: int) -> Iterator[list[tuple[int, ...]]]:
    """Groups of bands in their order, as many together as have `bands` at most; one that has more is alone."""
    batch: list[tuple[int, ...]] = []
    for group in groups:
        if batch and sum(map(len, batch)) + len(group) > bands:
            yield batch
            batch = []
        batch.append(group)
    yield batch


def take(source: Reader, numbers: tuple[int, ...], told: Told = nobody) -> list[Sample]:
    """Samples of bands, read together where they have one type: each window is read once for all of them.

    At most 64 windows; of a band that has less than 4096 valid pixels there, pieces of the raster in the order of
    `rs_sr.pixels.grid.pieces` instead, until there are as many, or all was read.
    """
    kinds = dict.fromkeys(source.facts.band(n).dtype for n in numbers)
    made: dict[int, Sample] = {}
    for i, kind in enumerate(kinds):
        alike = tuple(n for n in numbers if source.facts.band(n).dtype == kind)
        room = np.empty((len(alike), pixels_of_band(source.facts.size) + ENOUGH), kind)
        samples = [Sample(n, r) for n, r in zip(alike, room, strict=True)]
        _look(source, samples, part_of(told, i / len(kinds), 1 / len(kinds)))
        made |= {s.number: s for s in samples}
    return [made[n] for n in numbers]


def _look(source: Reader, samples: list[Sample], told: Told) -> None:
    size = source.facts.size
    windows = sample_windows(size, side=SIDE, most=MOST)
    kept = {windows[i] for i in spread(len(windows), LOOKED_AT)}
    borders: list[list[Array]] = [[] for _ in samples]
    for i, (window, block) in enumerate(_blocks(source, windows, samples)):
        told(i / len(windows))
        for sample, plane, valid, border in zip(samples, block.pixels, block.valid, borders, strict=True):
            sample.add(window, plane, valid, keep=window in kept)
            border += _edges(window, plane, size)
    for sample, border in zip(samples, borders, strict=True):
        sample.border = np.concatenate(border) if border else np.empty(0)
    if samples[0].total < size.pixels:
        _look_on(source, [s for s in samples if s.count < ENOUGH], told)


def _look_on(source: Reader, samples: list[Sample], told: Told) -> None:
    """Begin again, piece by piece, with those that have seen too little."""
    for sample in samples:
        sample.count, sample.total, sample.whole, sample.places = 0, 0, {}, []
    every = pieces(source.facts.size)
    for i, piece in enumerate(every):
        samples = [s for s in samples if s.count < ENOUGH]
        if not samples:
            return
        for window, block in _blocks(source, windows_of(piece), samples):
            told(i / len(every))
            for sample, plane, valid in zip(samples, block.pixels, block.valid, strict=True):
                sample.add(window, plane, valid, keep=True)


def _blocks(source: Reader, windows: list[Window], samples: list[Sample]) -> Iterator[tuple[Window, Any]]:
    return zip(windows, source.read_each(windows, tuple(s.number for s in samples)), strict=True)


def _edges(window: Window, plane: Array, size: Size) -> list[Array]:
    """Rows and columns of a window on the raster's edge."""
    there = (window.row == 0, window.stop_row == size.height, window.col == 0, window.stop_col == size.width)
    edges = (plane[0], plane[-1], plane[:, 0], plane[:, -1])
    return [edge.copy() for edge, at_edge in zip(edges, there, strict=True) if at_edge]
