"""Makes tiles in this process, one after another, or says how whoever makes them elsewhere is asked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import MemoryBudgetError, MemoryWarning, RsSrWarning
from rs_sr.pixels.grid import Tile, core_step
from rs_sr.raster.layout import Sink
from rs_sr.raster.source import Source, gdal_environment
from rs_sr.run.job import Job
from rs_sr.run.prepare import View
from rs_sr.run.stages import Clock, ahead
from rs_sr.run.tile import Finished, in_quarters, read_tile, super_resolve_tile
from rs_sr.runtime import Held, Runtime


class Runner(Protocol):
    """Where tiles are made."""

    writes: bool  # into the result, from its own processes
    warnings: list[RsSrWarning]

    def run(
        self, todo: list[Tile], sink: Sink, wanted: Callable[[Tile], bool]
    ) -> Generator[tuple[Tile, Finished | None]]:
        """Each tile when it is made; with its pixels where it is not written yet, or is `wanted`."""


class Local:
    """Makes tiles here, one after another; the next is read while one is made."""

    writes = False

    def __init__(self, job: Job, runtime: Runtime, source: Source, check: Callable[[], None], clock: Clock) -> None:
        self._job, self._source, self._check, self._clock = job, source, check, clock
        self._halved = False
        self.warnings: list[RsSrWarning] = []

        def timed(pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
            with clock("model"):
                return runtime(pixels, held)

        self._model = timed

    def run(
        self, todo: Iterable[Tile], sink: Sink, wanted: Callable[[Tile], bool]
    ) -> Generator[tuple[Tile, Finished | None]]:
        def read(tile: Tile) -> View:
            with self._clock("reading"):
                return read_tile(self._job.plan, self._source, tile)

        with closing(ahead(todo, read, gdal_environment)) as views:
            for tile, view in views:
                self._check()
                with self._clock("computing"):
                    made = self._make(tile, view)
                yield tile, made

    def _make(self, tile: Tile, view: View) -> Finished:
        """The tile; in quarters from the first one on that was too large for the memory there is."""
        if not self._halved:
            try:
                return super_resolve_tile(self._job, self._model, view, tile)
            except MemoryBudgetError as error:
                if self._job.plan.core <= core_step(self._job.plan.card.grid):
                    raise
                self._halved = True
                self.warnings.append(MemoryWarning(f"{error.problem}: from there on tiles were made in quarters"))
        return in_quarters(self._job, self._model, view, tile)
