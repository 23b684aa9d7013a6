"""Which pixels of a raster a region touches: along its edge traced, inside it asked from the pixel."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels.grid import Size, Window
from rs_sr.raster.tracing import GRAZE, Floats, Reprojection, cut, passed, trace, turns

STEP = 16  # pixels: a square of that side that no edge passes is inside or outside as its corners are
LATTICE = 64  # places across the raster where it is asked first
INNER = np.array([(dc, dr) for dr in (0.25, 0.75) for dc in (0.25, 0.75)])  # of a pixel whose middle is out of reach


class Region(Protocol):
    """A part of the plane of some CRS."""

    @property
    def edges(self) -> Floats:
        """All of its outline: straight edges (n, 2 ends, 2), x first."""

    def contains(self, points: Floats) -> NDArray[np.bool_]:
        """Which of the points (n, 2) lie inside."""


class Outline:
    """A region on the grid of a raster. It can be pickled, if the region can."""

    def __init__(self, region: Region, reprojection: Reprojection, size: Size) -> None:
        self._region, self._reprojection, self._size = region, reprojection, size
        edges = region.edges
        places = lattice(size)
        self._turns = turns(reprojection.polygons, edges.reshape(-1, 2))
        pieces = [
            trace(edges, reprojection, size, turn)
            for turn in turns(reprojection.raster, reprojection.coordinates(places + 0.5))
        ]
        traced = cut(np.concatenate(pieces), size)
        self._edge, self._passed = passed(traced, size)
        self.window = self._window(traced.reshape(-1, 2), places)

    def mask(self, window: Window) -> NDArray[np.bool_]:
        """True for the pixels of `window` (y, x), which lies on the raster, that the region touches."""
        rows, cols = (np.arange(0, length, STEP) for length in (window.height, window.width))
        edge, near = self._in(window, self._edge), self._in(window, self._passed)
        clear = ~np.logical_or.reduceat(np.logical_or.reduceat(near, rows, axis=0), cols, axis=1)
        high, wide = np.diff(rows, append=window.height), np.diff(cols, append=window.width)
        row, col = (np.stack([first, first + many - 1], 1) for first, many in ((rows, high), (cols, wide)))
        at = np.stack(np.broadcast_arrays(col[None, :, None, :], row[:, None, :, None]), axis=-1)
        origin = np.array([window.col, window.row])
        corners = self.holds(at.reshape(-1, 2) + origin).reshape(at.shape[:-1])
        same = clear & (corners.all(axis=(2, 3)) == corners.any(axis=(2, 3)))

        def spread(blocks: NDArray[np.bool_]) -> NDArray[np.bool_]:
            return blocks.repeat(high, axis=0).repeat(wide, axis=1)

        inside = spread(same & corners[:, :, 0, 0]) | edge
        ask = ~spread(same) & ~edge
        inside[ask] = self.holds(np.argwhere(ask)[:, ::-1] + origin)
        return inside

    def holds(self, pixels: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the pixels (n, 2), (col, row), without an edge in them lie in the region."""
        if not len(pixels):
            return np.zeros(0, bool)
        points = self._reprojection.from_pixels(pixels + 0.5)
        known = np.isfinite(points).all(axis=1)
        found = self._contains(points)
        if not known.all():  # over the end of what the CRS can tell, a pixel may still show something
            parts = self._reprojection.from_pixels(pixels[~known, None] + INNER)
            found[~known] = self._contains(parts.reshape(-1, 2)).reshape(-1, len(INNER)).any(axis=1)
        return found

    def _contains(self, points: Floats) -> NDArray[np.bool_]:
        known = np.flatnonzero(np.isfinite(points).all(axis=1))
        found = np.zeros(len(points), bool)
        for turn in self._turns:
            found[known] |= self._region.contains(points[known] + (turn, 0))
        return found

    def _in(self, window: Window, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """True for the pixels of `window` with one of the sorted numbers (row * width + col)."""
        found = np.zeros((window.height, window.width), bool)
        first = (window.row + np.arange(window.height)) * self._size.width + window.col
        start, stop = (np.searchsorted(numbers, first + more) for more in (0, window.width))
        many = stop - start
        place = np.arange(many.sum()) + (start - (np.cumsum(many) - many)).repeat(many)
        found[np.arange(window.height).repeat(many), (numbers[place] - first.repeat(many))] = True
        return found

    def _window(self, edge: Floats, places: NDArray[np.int64]) -> Window:
        """What holds all: a region ends at its edge, at the raster's, or where a CRS ends, which the lattice finds."""
        size = self._size
        lows, highs = [edge + GRAZE], [edge - GRAZE]
        for row, col, height, width in (
            (0, 0, 1, size.width), (size.height - 1, 0, 1, size.width),
            (0, 0, size.height, 1), (0, size.width - 1, size.height, 1),
        ):  # fmt: skip
            side = Window(row=row, col=col, height=height, width=width)
            pixels = np.argwhere(self.mask(side))[:, ::-1] + np.array([col, row])
            lows.append(pixels)
            highs.append(pixels + 1)
        low = np.floor(np.concatenate(lows).min(axis=0, initial=max(size.width, size.height)))
        high = np.ceil(np.concatenate(highs).max(axis=0, initial=0))
        inside = places[self.holds(places)]
        inside = inside[((inside < low) | (inside >= high)).any(axis=1)]
        if len(inside):
            step = np.array([-(-size.width // LATTICE), -(-size.height // LATTICE)])
            low, high = np.minimum(low, inside.min(axis=0) - step), np.maximum(high, inside.max(axis=0) + 1 + step)
        (col, row), (right, bottom) = low.astype(int).tolist(), high.astype(int).tolist()
        return Window(row=row, col=col, height=bottom - row, width=right - col).cut(size.window)


def lattice(size: Size) -> NDArray[np.int64]:
    """Pixels (n, 2), (col, row), on a lattice across the raster, its corners among them."""
    col, row = (np.unique(np.linspace(0, n - 1, LATTICE + 1).astype(np.int64)) for n in (size.width, size.height))
    return np.stack(np.meshgrid(col, row), axis=-1).reshape(-1, 2)
