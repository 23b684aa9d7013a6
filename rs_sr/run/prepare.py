"""What a network sees of a window: pixels without data filled, values mapped to 0..1, bands as it wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels import masks, radiometry
from rs_sr.pixels.grid import Size, Window
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Block, Reader
from rs_sr.run.plan import Plan
from rs_sr.run.tiling import border

Array = NDArray[Any]


@dataclass(frozen=True)
class View:
    """A window of a raster with its surroundings: `block` holds `bands`, by their numbers, over `wide`."""

    window: Window
    wide: Window
    bands: tuple[int, ...]
    block: Block

    @classmethod
    def read(cls, source: Reader, window: Window, bands: tuple[int, ...]) -> View:
        wide = around(window, source.facts.size)
        return cls(window, wide, bands, source.read(wide, bands))

    def at(self, window: Window, size: Size) -> View:
        """A part of it, of a raster of `size`: what `read` would give."""
        wide = around(window, size)
        return View(window, wide, self.bands, self.block.cut(*wide.within(self.wide)))

    def planes(self, bands: tuple[int, ...]) -> list[int]:
        """Where bands lie in the block."""
        return [self.bands.index(band) for band in bands]

    def valid(self, bands: tuple[int, ...]) -> NDArray[np.bool_]:
        """Validity of bands (band, y, x) in the window."""
        known: NDArray[np.bool_] = self.block.valid[self.planes(bands)][:, *self.window.within(self.wide)]
        return known


def around(window: Window, size: Size) -> Window:
    """A window of a raster of `size`, and as far again as gaps in it are filled from."""
    return window.pad(masks.REACH).cut(size.window)


def network_input(plan: Plan, values: ValueMap, view: View, group: tuple[int, ...]) -> NDArray[np.float32]:
    """(band, y, x) float32 about 0..1 over the view's window, for the bands of one group.

    Gaps are filled from all that was read, so that the fill is the same for every tiling.
    """
    planes = view.planes(plan.numbers(group))
    block = view.block
    filled = masks.fill(block.pixels[planes], block.valid[planes], tuple(values.fill[place] for place in group))
    coarse = radiometry.to_network(filled[(slice(None), *view.window.within(view.wide))], values, group)
    if plan.card.bands is not None and len(group) < plan.card.bands:
        coarse = np.repeat(coarse, plan.card.bands, axis=0)
    return coarse


def framed(plan: Plan, coarse: NDArray[np.float32], window: Window) -> tuple[NDArray[np.float32], Window]:
    """Pixels (band, y, x) of a window, and the window, with what mirrors lie beyond the raster's borders that it
    touches."""
    by, size = border(plan.card), plan.facts.size
    top, left = by * (window.row == 0), by * (window.col == 0)
    bottom, right = by * (window.stop_row == size.height), by * (window.stop_col == size.width)
    wide = Window(
        row=window.row - top, col=window.col - left, height=window.height + top + bottom,
        width=window.width + left + right,
    )  # fmt: skip
    return np.pad(coarse, ((0, 0), (top, bottom), (left, right)), mode="symmetric"), wide
