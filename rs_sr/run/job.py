"""One tile as a task, wherever it runs: in a thread of this process, in a worker's, or on another machine."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from rs_sr.pixels.grid import Tile
from rs_sr.raster.facts import Block
from rs_sr.raster.layout import Writer
from rs_sr.run.plan import Plan
from rs_sr.run.survey import Survey
from rs_sr.run.tile import Finished, super_resolve_tile
from rs_sr.runtime.loaded import lent
from rs_sr.runtime.way import Ran

_one = threading.Lock()


@dataclass(frozen=True)
class Job:
    """All that a tile needs but its pixels. It can be pickled; a model goes by its file, which must be at the same
    place on every machine."""

    plan: Plan
    seen: Survey


def make_tile(job: Job, block: Block, tile: Tile) -> Finished:
    """`super_resolve_tile` with the model loaded once in this process; one tile at a time, so that memory is bounded
    by processes, not by threads."""
    with _one, lent(job.plan.model, job.plan.scale, job.plan.way) as runtime:
        return super_resolve_tile(job.plan, job.seen, runtime, block, tile)


def write_tile(plan: Plan, writer: Writer, tile: Tile, finished: Finished) -> None:
    """Put the part of a finished tile that was asked for where it belongs."""
    place, crop = tile.place(plan.part, plan.scale)
    inside = finished.crop(crop)
    writer.write(tile.index, place, inside.pixels, inside.mask)


def ran_by(job: Job) -> Ran:
    """How this process runs the model."""
    with _one, lent(job.plan.model, job.plan.scale, job.plan.way) as runtime:
        return runtime.ran
