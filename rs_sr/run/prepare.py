"""What a network sees of a window: pixels without data filled, values mapped to 0..1, bands as it wants them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels import masks, radiometry
from rs_sr.pixels.grid import Window
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Block
from rs_sr.run.plan import Plan

Array = NDArray[Any]


def network_input(
    plan: Plan, values: ValueMap, block: Block, planes: list[int], wide: Window, window: Window, group: tuple[int, ...]
) -> NDArray[np.float32]:
    """(band, y, x) float32 about 0..1 over `window`, for the bands of one group.

    `block` was read over `wide`, which reaches `masks.REACH` pixels further, so that the fill is the same for every
    tiling; `planes` are the group's places in it.
    """
    filled = masks.fill(block.pixels[planes], block.valid[planes], tuple(values.fill[place] for place in group))
    seen = radiometry.to_network(filled[(slice(None), *window.within(wide))], values, group)
    if plan.card.bands is not None and len(group) < plan.card.bands:
        seen = np.repeat(seen, plan.card.bands, axis=0)
    return seen
