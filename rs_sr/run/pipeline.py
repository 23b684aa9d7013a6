"""From file to file: open, plan, survey, tile by tile through the model, and into place.

The work runs in a thread of its own, so that a cancel is obeyed within two seconds whatever it is doing: the caller's
thread looks at `is_cancelled`, reports progress and, if the work does not stop by itself, clears up and leaves it.
"""

from __future__ import annotations

import contextlib
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, Unpack

from rs_sr import __version__
from rs_sr.errors import Cancelled, RequestError, RsSrError, RsSrWarning, SourceError, spoken
from rs_sr.keywords import Keywords, spell_out
from rs_sr.models import Model
from rs_sr.option_checks import path_of
from rs_sr.options import Options
from rs_sr.pixels.grid import Tile, by_shape, tiles
from rs_sr.raster.lock import Lock
from rs_sr.raster.source import Source, gdal_environment, named, open_source, read_back
from rs_sr.raster.targets import check_place, check_target
from rs_sr.raster.workspace import Workspace, recover
from rs_sr.record import Record
from rs_sr.run import held
from rs_sr.run.bar import Bar
from rs_sr.run.job import Job
from rs_sr.run.local import Local, Runner
from rs_sr.run.output import Output
from rs_sr.run.plan import Plan, make_plan
from rs_sr.run.preview import Preview, part_of_survey, tile_around
from rs_sr.run.result import Progress, Result
from rs_sr.run.stages import Behind, Clock
from rs_sr.run.survey import Survey, survey
from rs_sr.run.tile import Finished
from rs_sr.runtime import Runtime
from rs_sr.runtime.execution import Ran
from rs_sr.runtime.loaded import lent

GRACE_S = 1.2  # how long cancelled work may take to clear up by itself


class OpenRaster(Protocol):
    """An open data set or `MemoryFile` of rasterio."""

    @property
    def name(self) -> str: ...
    @property
    def closed(self) -> bool: ...


def super_resolve(
    source: str | PathLike[str] | OpenRaster,
    target: str | PathLike[str],
    *,
    progress: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    client: Any = None,
    **options: Unpack[Keywords],
) -> Result:
    """Super-resolve the raster `source` into `target`: a GeoTIFF, a Zarr store, or tiles of GeoTIFF with a VRT.

    Parameters
    ----------
    source
        A path or address that GDAL opens, a rasterio data set that is open for reading, or a `MemoryFile`. The run
        opens it anew, by its name.
    target
        A path that ends in .tif, .zarr or .vrt. The result appears there only when it is complete.
    progress
        Show a bar, in a terminal or a notebook.
    on_progress, is_cancelled
        Called from this thread, about five times a second. A cancelled run raises `Cancelled` within two seconds.
    client
        A `distributed.Client`: its workers make the tiles, as with ``cluster``.
    {options}

    Returns
    -------
    Result
        What was made: ``target``, ``plan``, ``warnings``, ``consistency`` (how far it agrees with the input).

    Raises
    ------
    RsSrError
        One of the kinds in `rs_sr.errors`, and the built-in kind too (a missing `source`: `FileNotFoundError`).
        Nothing is left at the target, nor beside it. With ``resume=True``, and of a .zarr or .vrt always, finished
        tiles stay in a folder beside the target until a later run completes it.
    """
    try:
        result = _super_resolve(source, target, progress, on_progress, is_cancelled, client, {**options})
    except RsSrError as error:  # without what was called in between, below which a notebook hides the sentence
        raise error.with_traceback(None) from error.__cause__
    for warning in result.warnings:
        warnings.warn(warning, stacklevel=2)
    return result


def _super_resolve(
    source: Any, target: Any, progress: bool, on_progress: Callable[[Progress], None] | None,
    is_cancelled: Callable[[], bool] | None, client: Any, options: dict[str, Any],
) -> Result:  # fmt: skip
    name, chosen = _asked(source, options)
    if client is not None and chosen.cluster is not None:
        raise RequestError("client and cluster both say where tiles are made", "give one of them")
    if name.startswith("/vsimem/") and (client is not None or chosen.cluster is not None):
        raise RequestError("the source is in the memory of this process, where workers cannot read it", "write a file")
    with contextlib.ExitStack() as ends:
        heard = [] if on_progress is None else [on_progress]
        heard += [ends.enter_context(Bar(Path(name).name))] if progress else []

        def hear(now: Progress) -> None:
            for each in heard:
                each(now)

        run = _Run(name, path_of("the result", target), chosen, client)
        return _watched(run, hear if heard else None, is_cancelled)


def dry_run(
    source: str | PathLike[str] | OpenRaster, target: str | PathLike[str] = "", **options: Unpack[Keywords]
) -> Plan:
    """What `super_resolve` would do, without doing it. ``print`` shows it: size, format, model, tiles, memory, time.

    Parameters
    ----------
    source, target
        As for `super_resolve`. Without a `target`, the plan says nothing of the format.
    {options}

    Returns
    -------
    Plan
        ``size`` is in pixels of the result, ``seconds`` a rough estimate, ``bytes_raw`` the size without compression.

    Raises
    ------
    RsSrError
        As `super_resolve` does, of all that can be seen without the pixels. An existing target is no error.
    """
    name, chosen = _asked(source, {**options})
    with gdal_environment(), open_source(name, chosen) as opened:
        return make_plan(opened, path_of("the result", target), chosen)


def _asked(source: Any, options: dict[str, Any]) -> tuple[str, Options]:
    """The name of the source, and the options with those it was opened with."""
    name, opening = named(source)
    chosen = Options.of(options)
    return name, replace(chosen, oo=(*opening, *chosen.oo)) if opening else chosen


def preview(
    source: str, target: str, how: Preview, *, on_progress: Callable[[Progress], None],
    is_cancelled: Callable[[], bool], **options: Any,
) -> Result:  # fmt: skip
    """`super_resolve` for a part that is looked at: see `rs_sr.run.preview`."""
    return _watched(_Run(source, target, Options.of(options), None, how), on_progress, is_cancelled)


class _Run:
    """The work of one run and what the watching thread sees of it."""

    def __init__(self, source: str, target: str, options: Options, client: Any, how: Preview | None = None) -> None:
        self.source, self.target, self.options, self.client, self.how = source, target, options, client, how
        self.news = ""
        self.stop, self.done = threading.Event(), threading.Event()
        self.ending = threading.Lock()  # held by whoever puts the result in place, or clears up: one of them
        self.committed = False
        self.clock = Clock()
        self.progress = Progress("opening", 0, 0, 0.0)
        self.workspace: Workspace | None = None
        self.beside: Workspace | None = None  # of the uncertainty
        self.locks: list[Lock] = []
        self.result: Result | None = None
        self.error: BaseException | None = None

    def check(self) -> None:
        if self.stop.is_set():
            raise Cancelled("cancelled")

    def run(self) -> None:
        try:
            with gdal_environment():
                self.result = self._work()
        except BaseException as error:
            self.error = error
            self.abandon()
        finally:
            self.release()
            self.done.set()

    def abandon(self) -> None:
        """Leave nothing that is not finished; what is in its place stays. The targets are whoever's wants them then."""
        with self.ending:
            if not self.committed:
                self._clear_up()

    def _clear_up(self) -> None:
        for workspace in (self.workspace, self.beside):
            if workspace is not None:
                workspace.abandon()
        self.release()

    def release(self) -> None:
        while self.locks:
            with contextlib.suppress(IndexError):  # the other thread was faster
                self.locks.pop().release()

    def _work(self) -> Result:
        start = time.monotonic()
        options = self.options
        with open_source(self.source, options) as source:
            for name in filter(None, (self.target, options.uncertainty)):
                check_place(name)
            whole = make_plan(source, self.target, options, elsewhere=self.client is not None)
            plan = whole if self.how is None else self.how.of(whole)
            self.check()
            for name in plan.written:
                self.locks.append(Lock(name))
            recover(self.target)
            for name, form in plan.written.items():
                check_target(name, form, overwrite=options.overwrite)
            form, journal = plan.format, options.resume or plan.format.keeps
            self.workspace = Workspace(self.target, form, journal=journal, anew=form.keeps and not options.resume)
            if options.uncertainty is not None:
                # of one name where the result's keeps its own: what a killed run left of it goes with the next
                self.beside = Workspace(
                    options.uncertainty, plan.written[options.uncertainty], journal=journal, anew=True
                )
            self.progress = Progress("looking at the raster", 0, plan.part.size.pixels, 0.0)
            with contextlib.ExitStack() as ends:
                runner, job, ran = self._runner(whole, plan, source, ends)
                values = job.seen.values  # which --range or the raster gives
                shaped_by = plan.shaped_by() | {"--range": repr((values.lo, values.hi))}
                shaped_by["values of the raster"] = repr(values.fill)
                shaped_by["--sensor, --blur or --noise"] = repr(job.seen.told)
                for workspace in filter(None, (self.workspace, self.beside)):
                    workspace.claim(shaped_by)
                consistency, lost = self._tiles(job, runner, source, self.workspace, ran)
            if (changed := plan.files["input"].changed()) is not None:
                raise SourceError(f"{changed} changed while it was read", "run again when nothing writes to it")
        made = read_back(self.workspace.whole)
        with self.ending:
            self.check()
            for growing in (self.workspace, self.beside):  # something may have come there in the meantime
                if growing is not None:
                    check_target(str(growing.target), growing.format, overwrite=options.overwrite)
            self.workspace.commit(*filter(None, (self.beside,)), overwrite=options.overwrite)
            self.committed = True
        warned = (*plan.warnings, *job.seen.warnings, *runner.warnings, *lost)
        seconds = time.monotonic() - start
        clock, telling = self.clock.seconds, job.seen.telling
        return Result(self.target, plan, made, values, seconds, warned, ran, consistency, clock, telling)

    def _runner(self, whole: Plan, plan: Plan, source: Source, ends: contextlib.ExitStack) -> tuple[Runner, Job, Ran]:
        """Who makes the tiles of `plan`, once the raster was looked at for the `whole` one. On a cluster the model is
        loaded here only where it has to be tried before."""
        options = self.options
        away = options.cluster is not None or self.client is not None

        def lend(told: Plan) -> AbstractContextManager[Runtime]:
            return lent(told.model, told.scale, told.execution, self.check)

        def look() -> Survey:
            return survey(whole, source, lend, self._told)

        seen = look() if self.how is None else self.how.looks.at(whole, tried=True, look=look)
        seen = part_of_survey(seen, whole, plan)
        self.check()
        job = Job(plan.telling(seen.told), seen)
        if not away:
            runtime = ends.enter_context(lend(job.plan))
            return Local(job, runtime, source, self.check, self.clock), job, runtime.ran
        from rs_sr.run.cluster import Cluster, connected

        self.progress = Progress("starting workers", 0, plan.part.size.pixels, 0.0)
        client = ends.enter_context(connected(options.cluster or "", self.client))
        cluster = Cluster(client, job, self.check)
        self.news = cluster.words
        self.progress = Progress("starting workers", 0, plan.part.size.pixels, 0.0, self.news)
        return cluster, job, cluster.ran()

    def _told(self, share: float) -> None:
        """Hears how far the look at the raster is."""
        self.check()
        self.progress = replace(self.progress, done=int(share * self.progress.pixels))

    def _tiles(
        self, job: Job, runner: Runner, source: Source, workspace: Workspace, ran: Ran
    ) -> tuple[dict[str, Any], list[RsSrWarning]]:
        plan = job.plan
        pixels, begun, clock = plan.part.size.pixels, time.monotonic(), self.clock

        def advance(tile: Tile) -> None:
            done = self.progress.done + tile.core.cut(plan.part).size.pixels
            self.progress = Progress("super-resolving", done, pixels, time.monotonic() - begun, self.news)

        def put(made: tuple[Tile, Finished | None]) -> None:
            with clock("writing"):
                output.put(*made, written=runner.writes)
            advance(made[0])

        every = list(tiles(plan.facts.size, core=plan.core, halo=plan.halo, part=plan.part))
        every = every if self.how is None else [tile_around(plan)]
        around = partial(gdal_environment, GDAL_PAM_ENABLED="NO")
        self.progress = Progress("super-resolving", 0, pixels, 0.0, self.news)
        with (
            around(),
            Output(
                job, source, provenance(job, ran).tags(), every, workspace, self.beside, looks=self.how is None
            ) as output,
        ):
            rest = []
            for tile in by_shape(every):
                self.check()
                if output.recall(tile):
                    advance(tile)
                else:
                    rest.append(tile)
            with closing(runner.run(rest, output.sink, output.wanted)) as run, Behind(put, around) as behind:
                for made in run:
                    self.check()
                    behind(made)
            self.check()
            clock.seconds["all"] = time.monotonic() - begun
            self.progress = Progress("finishing the file", pixels, pixels, time.monotonic() - begun)
            with clock("finishing"):
                return output.finish()


def _watched(
    run: _Run, on_progress: Callable[[Progress], None] | None, is_cancelled: Callable[[], bool] | None
) -> Result:
    """Work in a thread of its own; see the module's docstring."""
    thread = threading.Thread(target=run.run, name="rs-sr", daemon=True)
    thread.start()
    told: Progress | None = None
    try:
        while not run.done.is_set():
            run.done.wait(0.2 if told else 0.02)  # a thread whose join is interrupted would count as ended
            if is_cancelled is not None and is_cancelled():
                raise Cancelled("cancelled")
            if on_progress is not None and run.progress is not told:
                told = run.progress
                on_progress(told)
    except BaseException:
        run.stop.set()
        try:
            run.done.wait(GRACE_S)
        finally:
            if not run.done.is_set():
                run.abandon()
        if run.committed:  # it was done before it heard of the cancel
            run.done.wait()
        if run.result is not None:
            return run.result
        raise
    thread.join()
    if run.error is not None:
        raise run.error
    assert run.result is not None
    return run.result


def provenance(job: Job, ran: Ran | None) -> Record:
    """What made the file and how to make it again."""
    plan, seen = job.plan, job.seen
    return Record(
        version=__version__, model=plan.card.name, model_sha256=plan.card.sha256 or "none",
        engine=plan.execution.engine if ran is None else str(ran), value_map=seen.values,
        bands=spoken("; ".join(plan.notes)) or "bands as they are",
        compression="; ".join(plan.compression.costs()) or None,
        command=plan.command(), options=plan.options,
        run=plan.identity()[:16], statistics=held.to_json(plan.card, seen.held) if any(seen.held) else None,
        told=seen.told,
    )  # fmt: skip


for _function in (super_resolve, dry_run):
    spell_out(_function, Keywords, Model=Model)
