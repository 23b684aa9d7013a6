"""The one tile function: a window with its validity in, finished pixels and mask out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RequestError
from rs_sr.pixels import kernels, masks, radiometry
from rs_sr.pixels.ensemble import ensemble
from rs_sr.pixels.grid import Tile, Window, core_step, quarters
from rs_sr.raster.facts import Block, Reader
from rs_sr.run.plan import Plan
from rs_sr.run.prepare import network_input
from rs_sr.run.survey import Survey
from rs_sr.runtime import Held
from rs_sr.trust import agreement

Array = NDArray[Any]
Model = Callable[[NDArray[np.float32], Held], NDArray[np.float32]]  # a `rs_sr.runtime.Runtime`


@dataclass(frozen=True)
class Finished:
    """The core of a tile as it is written: `pixels` (band, y, x), and `mask` uint8 (1 or band, y, x) or None.

    `error` is float32 (band of imagery, y, x), how far a pixel is expected to be off in the raster's units, NaN where
    it is not valid; None where nobody asked.
    """

    pixels: Array
    mask: Array | None
    error: Array | None = None

    def arrays(self) -> dict[str, Array]:
        """By name, for a journal."""
        every = {"pixels": self.pixels, "mask": self.mask, "error": self.error}
        return {name: array for name, array in every.items() if array is not None}

    def crop(self, part: tuple[slice, ...]) -> Finished:
        """Only these rows and columns."""
        every = (slice(None), *part)
        mask, error = (None if array is None else array[every] for array in (self.mask, self.error))
        return Finished(self.pixels[every], mask, error)


def read_window(plan: Plan, tile: Tile) -> Window:
    """What a tile looks at: its window, and as far again as gaps in it are filled from."""
    return tile.window.pad(masks.REACH).cut(plan.facts.size.window)


def read_tile(plan: Plan, source: Reader, tile: Tile) -> Block:
    """Pixels of `read_window`."""
    return source.read(read_window(plan, tile), plan.bands)


def super_resolve_tile(plan: Plan, seen: Survey, runtime: Model, block: Block, tile: Tile) -> Finished:
    """The core of `tile`, `scale` times finer, in the result's dtype, and its mask where the result has one.

    `block` is what `read_tile` gives. Invalid pixels keep their raw value, each as a block of scale x scale; a tile
    without a valid pixel never reaches the network.
    """
    wide = read_window(plan, tile)
    core = (slice(None), *tile.core.within(wide))
    _check_nan(plan, block, core)
    raw = _raw(plan, seen, block.pixels[core])
    out = kernels.enlarge(raw, plan.scale, "nearest")
    error = None
    if plan.options.uncertainty is not None:
        error = np.full((len(plan.imagery), *out.shape[1:]), np.nan, np.float32)
    if not plan.raw:
        for group, held in zip(plan.groups, seen.held, strict=True):
            _run_group(plan, seen, runtime, tile, wide, block, group, held, out, error)
    _restore(plan, block.valid[core], out)
    mask = None if block.mask is None else block.mask[core].repeat(plan.scale, axis=1).repeat(plan.scale, axis=2)
    if plan.aoi is not None:
        mask = _outside(plan, tile.core, out, error, mask)
    return Finished(out, mask, error)


def _raw(plan: Plan, seen: Survey, pixels: Array) -> Array:
    """Pixels in the result's dtype; alpha keeps its share of what is opaque, not its number."""
    raw = radiometry.saturate(pixels, plan.dtype)
    for number, full in zip(plan.facts.alpha, seen.opaque, strict=True):
        if number in plan.bands and plan.facts.band(number).dtype != plan.dtype:
            place = plan.bands.index(number)
            alpha = pixels[place].astype(plan.facts.band(number).dtype)
            raw[place] = radiometry.rescale_alpha(alpha, full, plan.dtype)
    return raw


def in_quarters(plan: Plan, seen: Survey, runtime: Model, block: Block, tile: Tile) -> Finished:
    """`super_resolve_tile` piece by piece, each with its own halo, for memory that does not hold the whole."""
    joined: dict[str, Array] = {}
    for piece in quarters(tile, plan.facts.size, step=core_step(plan.card.grid), halo=plan.halo):
        part = block.cut(*read_window(plan, piece).within(read_window(plan, tile)))
        place = piece.core.times(plan.scale).within(tile.core.times(plan.scale))
        for name, array in super_resolve_tile(plan, seen, runtime, part, piece).arrays().items():
            size = tile.core.size.times(plan.scale)
            whole = joined.setdefault(name, np.empty((len(array), size.height, size.width), array.dtype))
            whole[(slice(None), *place)] = array
    return Finished(joined["pixels"], joined.get("mask"), joined.get("error"))


def _check_nan(plan: Plan, block: Block, core: tuple[slice, ...]) -> None:
    """An integer cannot be NaN: without a nodata value, a mask or alpha that says so, such a gap would be lost."""
    if plan.nodata is not None or np.dtype(plan.dtype).kind == "f" or block.pixels.dtype.kind != "f":
        return
    imagery = [plan.bands.index(b) for b in plan.imagery]
    nan = np.isnan(block.pixels[imagery][core])
    for known in ([] if block.mask is None else [block.mask[core]]) + [
        block.pixels[[plan.bands.index(a)]][core] for a in plan.facts.alpha if a in plan.bands
    ]:
        nan &= known > 0
    if nan.any():
        raise RequestError(
            f"{plan.facts.path} has NaN where it has no data, which {plan.dtype} cannot hold",
            f"give --nodata=VALUE, a value of {plan.dtype} that marks the gaps, or another --dtype",
        )


def _run_group(
    plan: Plan,
    looked: Survey,
    runtime: Model,
    tile: Tile,
    wide: Window,
    block: Block,
    group: tuple[int, ...],
    held: Held,
    out: Array,
    error: Array | None,
) -> None:
    """Put the network's pixels of one group of bands into the valid places of `out`, and what they err into `error`."""
    values = looked.values
    planes = [plan.bands.index(plan.imagery[place]) for place in group]
    core = (slice(None), *tile.core.within(wide))
    known = block.valid[planes][core]
    if not known.any():
        return
    seen = network_input(plan, values, block, planes, wide, tile.window, group)
    spread: Array | None = None
    if plan.ensemble:
        fine, spread = ensemble(lambda pixels: runtime(pixels, held), seen, plan.scale, plan.card.grid)
    else:
        fine = runtime(seen, held)
    if looked.corrected:
        fine = agreement.agree(fine, seen, plan.scale, looked.kernel)
    inner = (slice(None), *tile.core.times(plan.scale).within(tile.window.times(plan.scale)))
    fine = _own_bands(fine[inner], len(group))
    if not np.isfinite(fine).all():
        raise RequestError(
            f"model {plan.card.name} gives no numbers near column {tile.core.col}, row {tile.core.row}: the values "
            "there lie too far outside the value map",
            "give --range=(LO, HI) that holds them, or another model",
        )
    source = plan.facts.band(plan.imagery[group[0]]).dtype
    result = radiometry.to_raster(fine, values, group, source, plan.dtype)
    keep = known.repeat(plan.scale, axis=1).repeat(plan.scale, axis=2)
    for plane, new, put in zip(planes, result, keep, strict=True):
        np.copyto(out[plane], new, where=put)
    if error is not None and spread is not None:
        factor, least = plan.card.calibration or (1.0, 0.0)
        expected = factor * _own_bands(spread[inner], len(group)) + least
        for place, new, put in zip(group, expected, keep, strict=True):
            np.copyto(error[place], new * np.float32(abs(values.line(place)[0])), where=put)


def _own_bands(pixels: Array, bands: int) -> Array:
    """A single band that a network has seen several times, once."""
    return pixels if pixels.shape[0] == bands else pixels.mean(axis=0, keepdims=True, dtype=np.float32)


def _restore(plan: Plan, valid: Array, out: Array) -> None:
    """Write nodata pixels in the result's one nodata value, and move valid ones off it."""
    if plan.nodata is None:
        return
    for plane, known, number in zip(out, valid, plan.bands, strict=True):
        band = plan.facts.band(number)
        if band.alpha:
            continue
        fine = known.repeat(plan.scale, axis=0).repeat(plan.scale, axis=1)
        if band.nodata is not None:
            plane[~fine & masks.is_nodata(plane, band.nodata)] = plan.nodata
            if plane.dtype != np.dtype(band.dtype) or not masks.fits(band.nodata, plane.dtype):
                plane[~fine & ~np.isnan(plane)] = plan.nodata
        masks.off_nodata(plane, fine, plan.nodata)


def _outside(plan: Plan, core: Window, out: Array, error: Array | None, mask: Array | None) -> Array | None:
    """Blank what no polygon touches: nodata, else alpha, else the mask."""
    assert plan.aoi is not None
    inside = kernels.enlarge(plan.aoi.mask(core)[None], plan.scale, "nearest")[0]
    if error is not None:
        error[:, ~inside] = np.nan
    if plan.nodata is not None:
        for plane, number in zip(out, plan.bands, strict=True):
            plane[~inside] = 0 if plan.facts.band(number).alpha else plan.nodata
        return mask
    if plan.facts.alpha:
        out[plan.bands.index(plan.facts.alpha[0])][~inside] = 0
        return mask
    if mask is None:
        return np.where(inside, np.uint8(255), np.uint8(0))[None]
    return np.where(inside, mask, np.uint8(0))
