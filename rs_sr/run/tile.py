"""The one tile function: a window with its validity in, finished pixels and mask out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RequestError
from rs_sr.pixels import kernels, masks, radiometry
from rs_sr.pixels.ensemble import ensemble
from rs_sr.pixels.grid import Tile, core_step, quarters
from rs_sr.raster.facts import Block, Reader
from rs_sr.raster.layout import Writer
from rs_sr.run.job import Job
from rs_sr.run.plan import Plan
from rs_sr.run.prepare import View, framed, network_input
from rs_sr.run.survey import Survey
from rs_sr.runtime import Held
from rs_sr.runtime.execution import Ran
from rs_sr.runtime.loaded import lent
from rs_sr.trust import agreement

Array = NDArray[Any]
Model = Callable[[NDArray[np.float32], Held], NDArray[np.float32]]  # a `rs_sr.runtime.Runtime`
_one = threading.Lock()


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


def read_tile(plan: Plan, source: Reader, tile: Tile) -> View:
    """What a tile looks at."""
    return View.read(source, tile.window, plan.bands)


def make_tile(job: Job, view: View, tile: Tile) -> Finished:
    """`super_resolve_tile` with the model loaded once in this process; one tile at a time, so that memory is bounded
    by processes, not by threads."""
    with _one, lent(job.plan.model, job.plan.scale, job.plan.execution) as runtime:
        return super_resolve_tile(job, runtime, view, tile)


def ran_by(job: Job) -> Ran:
    """How this process runs the model."""
    with _one, lent(job.plan.model, job.plan.scale, job.plan.execution) as runtime:
        return runtime.ran


def write_tile(plan: Plan, writer: Writer, tile: Tile, finished: Finished) -> None:
    """Put the part of a finished tile that was asked for where it belongs."""
    place, crop = tile.place(plan.part, plan.scale)
    inside = finished.crop(crop)
    writer.write(tile.index, place, inside.pixels, inside.mask)


def super_resolve_tile(job: Job, runtime: Model, view: View, tile: Tile) -> Finished:
    """The core of `tile`, `scale` times finer, in the result's dtype, and its mask where the result has one.

    `view` is what `read_tile` gives. Invalid pixels keep their raw value, each as a block of scale x scale; a tile
    without a valid pixel never reaches the network.
    """
    plan, block = job.plan, view.block
    core = (slice(None), *tile.core.within(view.wide))
    _check_nan(plan, block.cut(*core[1:]))
    out = kernels.enlarge(_raw(plan, job.seen, block.pixels[core]), plan.scale, "nearest")
    error = None
    if plan.options.uncertainty is not None:
        error = np.full((len(plan.imagery), *out.shape[1:]), np.nan, np.float32)
    mask = None if block.mask is None else block.mask[core].repeat(plan.scale, axis=1).repeat(plan.scale, axis=2)
    made = Finished(out, mask, error)
    for number in range(0 if plan.raw else len(plan.groups)):
        _run_group(job, runtime, view, tile, number, made)
    _restore(plan, block.valid[core], out)
    made = _marked(plan, block.valid[core], made) if plan.marks else made
    return made if plan.aoi is None else _inside(plan, plan.aoi.mask(tile.core), made)


def _raw(plan: Plan, seen: Survey, pixels: Array) -> Array:
    """Pixels in the result's dtype; alpha keeps its share of what is opaque, not its number."""
    raw = radiometry.saturate(pixels, plan.dtype)
    for number, full in zip(plan.facts.alpha, seen.opaque, strict=True):
        if number in plan.bands and plan.facts.band(number).dtype != plan.dtype:
            place = plan.bands.index(number)
            alpha = pixels[place].astype(plan.facts.band(number).dtype)
            raw[place] = radiometry.rescale_alpha(alpha, full, plan.dtype)
    return raw


def in_quarters(job: Job, runtime: Model, view: View, tile: Tile) -> Finished:
    """`super_resolve_tile` piece by piece, each with its own halo, for memory that does not hold the whole."""
    plan = job.plan
    joined: dict[str, Array] = {}
    for piece in quarters(tile, plan.facts.size, step=core_step(plan.card.grid), halo=plan.halo):
        place = piece.core.times(plan.scale).within(tile.core.times(plan.scale))
        made = super_resolve_tile(job, runtime, view.at(piece.window, plan.facts.size), piece)
        for name, array in made.arrays().items():
            size = tile.core.size.times(plan.scale)
            whole = joined.setdefault(name, np.empty((len(array), size.height, size.width), array.dtype))
            whole[(slice(None), *place)] = array
    return Finished(joined["pixels"], joined.get("mask"), joined.get("error"))


def _check_nan(plan: Plan, core: Block) -> None:
    """An integer cannot be NaN: without a nodata value, a mask or alpha that says so, such a gap would be lost."""
    if plan.nodata is not None or plan.marks or np.dtype(plan.dtype).kind == "f" or core.pixels.dtype.kind != "f":
        return
    nan = np.isnan(core.pixels[[plan.bands.index(b) for b in plan.imagery]])
    for known in ([] if core.mask is None else [core.mask]) + [
        core.pixels[[plan.bands.index(a)]] for a in plan.facts.alpha if a in plan.bands
    ]:
        nan &= known > 0
    if nan.any():
        raise RequestError(
            f"{plan.facts.path} has NaN where it has no data, which {plan.dtype} cannot hold",
            f"give --nodata=VALUE, a value of {plan.dtype} that marks the gaps, or another --dtype",
        )


def _run_group(job: Job, runtime: Model, view: View, tile: Tile, number: int, made: Finished) -> None:
    """Put the network's pixels of one group of bands into the valid places of `made`, and what they err beside them."""
    plan, values, group = job.plan, job.seen.values, job.plan.groups[number]
    planes = view.planes(plan.numbers(group))
    known = view.block.valid[planes][(slice(None), *tile.core.within(view.wide))]
    if not known.any():
        return
    coarse, wide = framed(plan, network_input(plan, values, view, group), tile.window)
    fine, spread = _through(job, runtime, coarse, number)
    inner = (slice(None), *tile.core.times(plan.scale).within(wide.times(plan.scale)))
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
        np.copyto(made.pixels[plane], new, where=put)
    if made.error is not None and spread is not None:
        factor, least = plan.card.calibration or (1.0, 0.0)
        expected = factor * _own_bands(spread[inner], len(group)) + least
        for place, new, put in zip(group, expected, keep, strict=True):
            np.copyto(made.error[place], new * np.float32(abs(values.line(place)[0])), where=put)


def _through(job: Job, runtime: Model, coarse: Array, number: int) -> tuple[Array, Array | None]:
    """What the model makes of a group, corrected where that is wanted, and the spread of an ensemble."""
    plan, seen = job.plan, job.seen
    held, spread = seen.held[number], None
    if plan.ensemble:
        fine, spread = ensemble(lambda pixels: runtime(pixels, held), coarse, plan.scale, plan.card.grid)
    else:
        fine = runtime(coarse, held)
    return agreement.agree(fine, coarse, plan.scale, seen.kernel, seen.strength) if seen.strength else fine, spread


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


def _marked(plan: Plan, valid: Array, made: Finished) -> Finished:
    """With the gaps (of all bands, or of each where each has a mask) in the mask: no nodata value will tell them."""
    each = valid if plan.facts.mask == "band" else np.asarray(valid.any(axis=0, keepdims=True))
    fine = kernels.enlarge(each, plan.scale, "nearest")
    whole = np.full(fine.shape, np.uint8(255)) if made.mask is None else made.mask
    return replace(made, mask=np.where(fine, whole, np.uint8(0)))


def _inside(plan: Plan, touched: NDArray[np.bool_], made: Finished) -> Finished:
    """Blank what no polygon has `touched`, (y, x) of the core: nodata, else alpha, else the mask."""
    outside = ~kernels.enlarge(touched[None], plan.scale, "nearest")[0]
    if made.error is not None:
        made.error[:, outside] = np.nan
    if plan.nodata is not None:
        for plane, number in zip(made.pixels, plan.bands, strict=True):
            plane[outside] = 0 if plan.facts.band(number).alpha else plan.nodata
        return made
    if plan.facts.alpha:
        made.pixels[plan.bands.index(plan.facts.alpha[0])][outside] = 0
        return made
    whole = np.full((1, *outside.shape), np.uint8(255)) if made.mask is None else made.mask
    return replace(made, mask=np.where(outside, np.uint8(0), whole))
