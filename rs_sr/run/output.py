"""Puts finished tiles where they belong: into the result, the map of expected errors, the journal and the figures."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from rs_sr.errors import MetadataWarning, RsSrWarning, TargetError
from rs_sr.pixels.grid import Tile, Window, spread
from rs_sr.raster.compression import LOSSLESS, Compression
from rs_sr.raster.layout import Layout, Sink
from rs_sr.raster.source import Source
from rs_sr.raster.workspace import Workspace
from rs_sr.record import Record
from rs_sr.run.job import Job
from rs_sr.run.plan import Plan
from rs_sr.run.tile import Finished, write_tile
from rs_sr.run.tiling import MEASURED_SIDE, MEASURED_TILES
from rs_sr.trust.agreement import Agreement, value_ends


class Output:
    """A growing result in `workspace`, and beside it one of expected errors where there is a workspace for that.

    `every` are all tiles of the run; `looks`: it is measured how far some of them agree with the input. Use it in a
    ``with`` statement, and one thread at a time.
    """

    def __init__(
        self, job: Job, source: Source, tags: dict[str, str], every: list[Tile], workspace: Workspace,
        beside: Workspace | None, *, looks: bool,
    ) -> None:  # fmt: skip
        plan, seen = job.plan, job.seen
        self._plan, self._source, self._workspace = plan, source, workspace
        self._corrected = seen.strength > 0
        self._keeps = workspace.format.keeps
        self.measured = {every[i].index for i in spread(len(every), MEASURED_TILES)} if looks else set()
        spans = tuple(abs(seen.values.line(place)[0]) for place in range(len(plan.imagery)))
        ends = value_ends(plan.dtype, plan.nodata)
        self._every, self._concluded = every, set[int]()
        self._agreement = Agreement(plan.scale, seen.kernel, spans, ends)
        layout = Layout(
            bands=plan.bands, part=plan.part, scale=plan.scale, core=plan.core, dtype=plan.dtype, nodata=plan.nodata,
            masked=plan.masked, compress=plan.compression, co=plan.options.co, tags=tags,
            classes=plan.raw,
        )  # fmt: skip
        self.sink = workspace.format.sink(workspace, source, layout)
        self._errors: Sink | None = None
        if beside is not None:
            try:
                self._errors = beside.format.sink(beside, source, _of_errors(layout, plan))
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def wanted(self, tile: Tile) -> bool:
        """Whether the pixels of a tile are needed here even if another process wrote them."""
        return self._errors is not None or tile.index in self.measured

    def recall(self, tile: Tile) -> bool:
        """Put a tile that the journal kept into the result; False where it kept none."""
        stored = self._workspace.load(tile.index)
        place, _ = tile.place(self._plan.part, self._plan.scale)
        if stored is None or (self._keeps and not self.sink.holds(tile.index, place)):
            return False
        self._concluded.add(tile.index)
        if not self._keeps:
            finished = Finished(stored["pixels"], stored.get("mask"), stored.get("error"))
            write_tile(self._plan, self.sink, tile, finished)
            self._conclude(tile, finished)
            return True
        self._write_error(tile, stored.get("error"))
        if tile.index in self.measured and self._plan.part.contains(tile.core):
            self._measure(tile, self.sink.read(tile.index, place))
        return True

    def put(self, tile: Tile, finished: Finished | None, *, written: bool) -> None:
        """A tile that was made: into the result unless it is `written`, and into the journal."""
        if finished is not None and not written:
            write_tile(self._plan, self.sink, tile, finished)
        arrays = {} if finished is None else finished.arrays()
        self._workspace.keep(
            tile.index, **({k: v for k, v in arrays.items() if k == "error"} if self._keeps else arrays)
        )
        self._concluded.add(tile.index)
        if finished is not None:
            self._conclude(tile, finished)

    def finish(self) -> tuple[dict[str, Any], list[RsSrWarning]]:
        """Make the files whole; how far the result agrees with the input, as `Agreement.result`, whether it
        was `corrected` by ``--consistent``, and a warning that names all that did not come over from it. A tile that
        is missing is a `TargetError`."""
        self._check_whole()
        consistency = self._agreement.result() | {"corrected": self._corrected}
        self.sink.tag(**Record(consistency=consistency).tags())
        lost = self.sink.finish()
        if self._errors is not None:
            self._errors.finish()
        return consistency, [MetadataWarning(f"not carried over to the result: {'; '.join(lost)}")] if lost else []

    def _check_whole(self) -> None:
        """Nothing takes the result's name that has a hole."""
        for tile in self._every:
            place, _ = tile.place(self._plan.part, self._plan.scale)
            there = tile.index in self._concluded and self.sink.holds(tile.index, place)
            if not there or (self._errors is not None and not self._errors.holds(tile.index, place)):
                raise TargetError(
                    f"{self._workspace.target}: tile {tile.index} of {len(self._every)} is missing, something else "
                    f"took it out of {self._workspace.folder}",
                    "run again",
                )

    def close(self) -> None:
        """Let go of what is open."""
        for growing in (self.sink, self._errors):
            with contextlib.suppress(Exception):
                if growing is not None:
                    growing.close()

    def _conclude(self, tile: Tile, finished: Finished) -> None:
        self._write_error(tile, finished.error)
        if tile.index in self.measured:
            self._measure(tile, finished.pixels)

    def _write_error(self, tile: Tile, error: NDArray[Any] | None) -> None:
        if self._errors is not None and error is not None:
            place, crop = tile.place(self._plan.part, self._plan.scale)
            self._errors.write(tile.index, place, error[(slice(None), *crop)], None)

    def _measure(self, tile: Tile, pixels: NDArray[Any]) -> None:
        """Compare the middle of a finished tile with what the raster has there."""
        plan, middle = self._plan, _middle(tile.core)
        block = self._source.read(middle, plan.imagery)
        valid = block.valid if plan.aoi is None else block.valid & plan.aoi.mask(middle)
        fine = pixels[(slice(None), *middle.times(plan.scale).within(tile.core.times(plan.scale)))]
        planes = [fine[plan.bands.index(b)] for b in plan.imagery]
        self._agreement.add(planes, list(block.pixels), list(valid))


def _middle(core: Window) -> Window:
    height, width = min(core.height, MEASURED_SIDE), min(core.width, MEASURED_SIDE)
    row, col = core.row + (core.height - height) // 2, core.col + (core.width - width) // 2
    return Window(row=row, col=col, height=height, width=width)


def _of_errors(layout: Layout, plan: Plan) -> Layout:
    """Of the expected errors: one band per band of imagery, NaN where the result has no data."""
    kept = layout.compress if layout.compress.name in LOSSLESS else Compression()
    return replace(
        layout, bands=plan.imagery, dtype="float32", nodata=float("nan"), masked=False, compress=kept, co=(), error=True
    )  # fmt: skip
