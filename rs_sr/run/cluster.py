"""Makes tiles on a dask.distributed cluster: processes of this machine, many machines, one process a GPU.

Each worker reads its own windows from the file and keeps one model loaded. Results of many files (Zarr, a folder of
tiles) are written by the workers; one GeoTIFF by this process alone, in order, while a few tiles are under way.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from rs_sr.errors import ClusterError, RsSrError, RsSrWarning, SourceError
from rs_sr.machine import keep_memory, local_workers
from rs_sr.options import Options
from rs_sr.packages import needs
from rs_sr.pixels.grid import Tile
from rs_sr.raster.files import Files
from rs_sr.raster.layout import Sink, Writer
from rs_sr.raster.source import Source, gdal_environment, open_source
from rs_sr.raster.workspace import has_tiles, journal_folder
from rs_sr.run.job import Job
from rs_sr.run.tile import Finished, make_tile, ran_by, read_tile, write_tile
from rs_sr.runtime.execution import Ran
from rs_sr.units import counted

AHEAD = 2  # tiles under way for each worker: one in work, one waiting
WAIT_S = 30  # for a scheduler and its first worker


@contextlib.contextmanager
def connected(where: str, client: Any = None) -> Iterator[Any]:
    """A client of the cluster that ``--cluster`` names, or the one given; what was started here ends here.

    Raises `ClusterError` where there is no scheduler or no worker, `MissingPackageError` without dask.distributed.
    """
    with needs("cluster"):
        import distributed
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as ends:
        if client is None:
            address = where if "://" in where else ends.enter_context(_started(distributed, where))
            try:
                client = distributed.Client(address, timeout=WAIT_S, set_as_default=False)
            except OSError as error:
                raise ClusterError(
                    f"no scheduler answers at {where}",
                    "start one with `dask scheduler`, and workers with `dask worker`",
                ) from error
            ends.callback(_quietly, client.close, timeout=1)
        try:
            client.wait_for_workers(1, timeout=WAIT_S)
        except TimeoutError as error:
            raise ClusterError(
                f"the scheduler {client.scheduler.address} has no workers", "start some with `dask worker`"
            ) from error
        yield client


@contextlib.contextmanager
def _started(distributed: Any, where: str) -> Iterator[Any]:
    """Workers on this machine: one thread each, since a network takes the cores it is given by itself."""
    common: dict[str, Any] = {"threads_per_worker": 1, "processes": True, "memory_limit": 0}
    dashboard = "127.0.0.1:8787"
    if where == "cuda":
        import torch

        count = torch.cuda.device_count()
        if not count:
            raise ClusterError("torch finds no CUDA device here", "use --cluster=local")
        options = {"nthreads": 1, "memory_limit": 0}
        workers = {
            i: {"cls": distributed.Nanny, "options": options | {"env": {"CUDA_VISIBLE_DEVICES": str(i)}}}
            for i in range(count)
        }
        scheduler = {"cls": distributed.Scheduler, "options": {"dashboard_address": dashboard, "host": "127.0.0.1"}}
        cluster = distributed.SpecCluster(workers=workers, scheduler=scheduler, silence_logs=logging.CRITICAL)
    else:
        cluster = distributed.LocalCluster(
            n_workers=local_workers(where), dashboard_address=dashboard, silence_logs=logging.CRITICAL, **common
        )
    try:
        yield cluster
    finally:
        _quietly(cluster.close, timeout=5)


def _quietly(close: Callable[..., Any], **more: Any) -> None:
    with contextlib.suppress(Exception):
        close(**more)


class Cluster:
    """Makes tiles on the workers of `client`."""

    def __init__(self, client: Any, job: Job, check: Callable[[], None]) -> None:
        options = job.plan.options
        self._client, self._check, self._options = client, check, options
        self._plan, self._path = job.plan, _absolute(job.plan.facts.path)
        # As a task, not as scattered data: a task is run again when the worker that held its result is lost.
        self._job = client.submit(_itself, job, pure=False)
        self.writes = False
        self.warnings: list[RsSrWarning] = []

    @property
    def words(self) -> str:
        count = len(self._client.scheduler_info(n_workers=-1)["workers"])
        workers = f"{counted(count, 'worker')} of {self._client.scheduler.address}"
        return f"{workers}, dashboard {self._client.dashboard_link}"

    def ran(self) -> Ran:
        """How the workers run the model, as the first of them tells."""
        ran: Ran = self._wait(self._client.submit(ran_by, self._job, pure=False))
        return ran

    def run(
        self, todo: list[Tile], sink: Sink, wanted: Callable[[Tile], bool]
    ) -> Generator[tuple[Tile, Finished | None]]:
        """Each tile in order, made by any worker; at most `AHEAD` for each worker are under way."""
        writer, left = sink.writer, iter(todo)
        self.writes = writer is not None
        under_way: deque[tuple[Tile, Any]] = deque()
        try:
            while True:
                room = AHEAD * max(1, len(self._client.nthreads())) - len(under_way)
                for tile in islice(left, max(room, 0)):
                    words = (self._job, self._path, self._options, tile, writer, wanted(tile))
                    under_way.append((tile, self._client.submit(_make, *words, pure=False, retries=2)))
                if not under_way:
                    return
                tile, future = under_way.popleft()
                yield tile, self._wait(future)
                future.release()
        finally:
            for _, future in under_way:
                _quietly(future.cancel)

    def _wait(self, future: Any) -> Any:
        """The result of a task; a look at `check` all the while."""
        import distributed

        while not future.done():
            self._check()
            time.sleep(0.02)
        try:
            return future.result(timeout=WAIT_S)
        except RsSrError:
            raise
        except distributed.KilledWorker as error:
            raise ClusterError(
                "workers were killed over and over on the same tile, most likely for want of memory",
                "give a smaller --tile, or fewer workers",
            ) from error
        except ImportError as error:
            raise ClusterError(
                f"the workers cannot run rs-sr: {error}", "install the same version of rs-sr on all machines"
            ) from error
        except (distributed.client.FutureCancelledError, OSError) as error:
            if self._client.status == "running" and not future.cancelled():
                raise
            kept = has_tiles(journal_folder(self._plan.target))
            raise ClusterError(
                "the cluster's scheduler was lost",
                "start it again; --resume goes on from finished tiles" if kept else "start it and the run again",
            ) from error


def _absolute(path: str) -> str:
    """A file by a path that holds in any folder; anything else as it is."""
    return str(Path(path).resolve()) if Path(path).exists() else path


def _itself(job: Job) -> Job:
    return job


@lru_cache(maxsize=1)
def _prepare() -> None:
    """Make a process that was started for this run as the command line makes its own."""
    keep_memory()


@lru_cache(maxsize=1)
def _source(path: str, options: Options, files: Files) -> Source:
    changed = files.changed()
    if changed is not None:
        if options.cluster is not None and options.cluster.startswith("local"):
            raise SourceError(f"{changed} changed while it was read", "run again when nothing writes to it")
        raise SourceError(f"{changed} is another file on a worker", "put the same file at this path on all machines")
    return open_source(path, options)


def _make(job: Job, path: str, options: Options, tile: Tile, writer: Writer | None, wanted: bool) -> Finished | None:
    """The task: a tile from the file, written here if there is a `writer`."""
    if options.cluster is not None and "://" not in options.cluster:
        _prepare()
    try:
        with gdal_environment():
            source = _source(path, options, job.plan.files["input"])
            finished = make_tile(job, read_tile(job.plan, source, tile), tile)
            if writer is not None:
                write_tile(job.plan, writer, tile, finished)
    except RsSrError as error:
        error.__cause__ = error.__context__ = None  # of GDAL's own some cannot be unpickled
        raise
    return finished if writer is None or wanted else None
