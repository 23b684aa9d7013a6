"""Geometry as small frozen values: sizes, windows, tiles, in whole input pixels. Rows come first.

A raster of ``Size(height, width)`` is covered once by the *cores* of its tiles. A tile's *window* is its core and the
halo around it, cut at the raster's edge and never padded there, so that a network pads the window just where it would
pad the whole raster.

>>> [t.core for t in tiles(Size(height=3, width=5), core=4, halo=1)]
[Window(row=0, col=0, height=3, width=4), Window(row=0, col=4, height=3, width=1)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import lcm
from typing import Any

SMALLEST = 64  # pixels on a side of a window that tells something
BLOCK = 128  # input pixels; an output block has BLOCK * scale pixels on a side


@dataclass(frozen=True, kw_only=True)
class Size:
    """Rows and columns."""

    height: int
    width: int

    @property
    def pixels(self) -> int:
        return self.height * self.width

    @property
    def window(self) -> Window:
        """The window that covers all of it."""
        return Window(row=0, col=0, height=self.height, width=self.width)

    def times(self, scale: int) -> Size:
        return Size(height=self.height * scale, width=self.width * scale)


@dataclass(frozen=True, kw_only=True)
class Window:
    """A rectangle of pixels: `row` and `col` of its upper left pixel, `height` and `width`."""

    row: int
    col: int
    height: int
    width: int

    @property
    def stop_row(self) -> int:
        return self.row + self.height

    @property
    def stop_col(self) -> int:
        return self.col + self.width

    @property
    def size(self) -> Size:
        return Size(height=self.height, width=self.width)

    @property
    def empty(self) -> bool:
        return self.height <= 0 or self.width <= 0

    def pad(self, pixels: int) -> Window:
        """Wider by `pixels` on all four sides."""
        return Window(
            row=self.row - pixels,
            col=self.col - pixels,
            height=self.height + 2 * pixels,
            width=self.width + 2 * pixels,
        )

    def cut(self, other: Window) -> Window:
        """The part that lies in `other` too; empty (height or width 0) where they do not meet."""
        row, col = max(self.row, other.row), max(self.col, other.col)
        return Window(
            row=row,
            col=col,
            height=max(0, min(self.stop_row, other.stop_row) - row),
            width=max(0, min(self.stop_col, other.stop_col) - col),
        )

    def times(self, scale: int) -> Window:
        """The same rectangle on a grid `scale` times finer."""
        return Window(row=self.row * scale, col=self.col * scale, height=self.height * scale, width=self.width * scale)

    def moved(self, rows: int, cols: int) -> Window:
        return Window(row=self.row + rows, col=self.col + cols, height=self.height, width=self.width)

    def within(self, outer: Window) -> tuple[slice, slice]:
        """Row and column slices of this window in an array that holds `outer`."""
        row, col = self.row - outer.row, self.col - outer.col
        return slice(row, row + self.height), slice(col, col + self.width)

    def contains(self, other: Window) -> bool:
        return self.cut(other) == other


@dataclass(frozen=True, kw_only=True)
class Tile:
    """`core`: the pixels this tile answers for. `window`: core and halo, cut at the raster's edge."""

    index: int
    core: Window
    window: Window

    def place(self, part: Window, scale: int) -> tuple[Window, tuple[slice, slice]]:
        """Where what of the core lies in `part` goes in the part's own result, in output pixels, and the rows and
        columns of it in the core's."""
        inside = self.core.cut(part)
        window = Window(row=inside.row - part.row, col=inside.col - part.col, height=inside.height, width=inside.width)
        return window.times(scale), inside.times(scale).within(self.core.times(scale))


def core_step(grid: int) -> int:
    """What a core's side is a multiple of: output blocks are written once, and tiles start on the network's grid."""
    return lcm(BLOCK, grid)


def round_core(pixels: int, grid: int = 1) -> int:
    """The side asked for, rounded to the nearest possible one."""
    step = core_step(grid)
    return max(step, (pixels + step // 2) // step * step)


def tiles(size: Size, *, core: int, halo: int, part: Window | None = None) -> Iterator[Tile]:
    """Tiles in row order whose cores cover the raster once, or those that meet `part`.

    Cores and windows do not depend on `part`: a part is made of the very tiles of the whole raster.
    """
    whole = size.window
    wanted = whole if part is None else part
    columns = -(-size.width // core)
    for row in range(wanted.row // core, -(-wanted.stop_row // core)):
        for col in range(wanted.col // core, -(-wanted.stop_col // core)):
            square = Window(row=row * core, col=col * core, height=core, width=core).cut(whole)
            yield Tile(index=row * columns + col, core=square, window=square.pad(halo).cut(whole))


def one_tile(size: Size, *, grid: int, halo: int, part: Window) -> Tile:
    """A tile of its own that holds `part`; its core's sides are multiples of `grid`, or end with the raster."""
    row, col = part.row // grid * grid, part.col // grid * grid
    height, width = (-(-n // grid) * grid for n in (part.stop_row - row, part.stop_col - col))
    core = Window(row=row, col=col, height=height, width=width).cut(size.window)
    return Tile(index=0, core=core, window=core.pad(halo).cut(size.window))


def quarters(tile: Tile, size: Size, *, step: int, halo: int) -> list[Tile]:
    """A tile cut in up to four whose cores start on multiples of `step`, each with its own halo."""
    half = -(-max(tile.core.height, tile.core.width) // (2 * step)) * step
    cores = [
        Window(row=row, col=col, height=half, width=half).cut(tile.core)
        for row in range(tile.core.row, tile.core.stop_row, half)
        for col in range(tile.core.col, tile.core.stop_col, half)
    ]
    return [Tile(index=tile.index, core=core, window=core.pad(halo).cut(size.window)) for core in cores]


def by_shape(tiles: Iterable[Tile]) -> list[Tile]:
    """The same tiles, those with windows of one size together, the largest first, else in their order.

    Each change of size costs memory: buffers of one size fit into those of another with gaps.
    """
    return sorted(tiles, key=lambda t: (-t.window.height, -t.window.width))


def count_tiles(size: Size, *, core: int, part: Window | None = None) -> int:
    """How many tiles `tiles` gives."""
    w = size.window if part is None else part
    return (-(-w.stop_row // core) - w.row // core) * (-(-w.stop_col // core) - w.col // core)


def spread(places: int, most: int) -> list[int]:
    """At most `most` of `places` numbered places, evenly spread, from the middle of each share."""
    many = min(places, most)
    return [(2 * i + 1) * places // (2 * many) for i in range(many)]


def sample_windows(size: Size, *, side: int = 256, most: int = 64) -> list[Window]:
    """At most `most` windows on a regular grid, fixed by the raster's size alone.

    They start at multiples of `side`, so that a tiled or remote file is read block by block.
    """
    rows, cols = -(-size.height // side), -(-size.width // side)
    root = int(most**0.5)
    many_cols = min(cols, max(root, most // min(rows, root)))
    many_rows = min(rows, most // many_cols)
    return [
        Window(row=r * side, col=c * side, height=side, width=side).cut(size.window)
        for r in spread(rows, many_rows)
        for c in spread(cols, many_cols)
    ]


def pieces(size: Size, *, side: int = 2048) -> list[Window]:
    """All of a raster in pieces of `side`, far ones after each other, so that what is there is met soon.

    By its size alone, in the order of the golden ratio's multiples (Knuth, The Art of Computer Programming 3, 6.4).
    """
    every = sample_windows(size, side=side, most=size.pixels)
    return [every[i] for i in sorted(range(len(every)), key=lambda i: i * 2654435769 % 2**32)]


def windows_of(piece: Window) -> list[Window]:
    """All of one of `pieces` in windows as those of `sample_windows`."""
    return [window.moved(piece.row, piece.col) for window in sample_windows(piece.size)]


def around(valid: Any) -> Window:
    """The smallest window that holds every true pixel of `valid`, bool (y, x), of which there is one at least."""
    rows, cols = (valid.any(axis=axis).nonzero()[0] for axis in (1, 0))
    row, col = int(rows[0]), int(cols[0])
    return Window(row=row, col=col, height=int(rows[-1]) + 1 - row, width=int(cols[-1]) + 1 - col)


def without_gaps(window: Window, valid: Any) -> list[Window]:
    """The window if all of `valid`, bool (y, x) over it, is true; else its parts where it is, the largest first: its
    quarters, theirs, and so on to 64 pixels on a side."""
    if valid.all():
        return [window]
    height, width = (max(n // 2, min(n, SMALLEST)) for n in (window.height, window.width))
    if (height, width) == (window.height, window.width):
        return []
    parts = [
        Window(row=window.row + row, col=window.col + col, height=height, width=width)
        for row in range(0, window.height - height + 1, height)
        for col in range(0, window.width - width + 1, width)
    ]
    found = [whole for part in parts for whole in without_gaps(part, valid[part.within(window)])]
    return sorted(found, key=lambda w: -w.size.pixels)
