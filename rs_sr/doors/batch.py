"""Many files, one model loaded once; one bad file does not end the run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rs_sr.errors import Cancelled, RequestError, RsSrError, TargetError
from rs_sr.models import catalogue
from rs_sr.options import Options
from rs_sr.raster.files import files_of
from rs_sr.raster.formats import format_of
from rs_sr.raster.source import gdal_environment
from rs_sr.raster.targets import check_not_read
from rs_sr.run.choosing import choose_scale
from rs_sr.run.pipeline import super_resolve
from rs_sr.run.plan import output_name
from rs_sr.run.result import Progress, Result


@dataclass(frozen=True)
class Outcome:
    """One file's end: its result, or the error that stopped it."""

    source: str
    target: str
    result: Result | None
    error: RsSrError | None


def targets(sources: list[str], folder: str, options: Options) -> list[str]:
    """Where each result goes: ``<stem>_x4.tif`` in `folder`. Two of one name are a `RequestError`, one that any of the
    inputs reads is a `TargetError`."""
    card = catalogue.find(options.model).card if options.model else catalogue.default(options.scale, 3).card
    names = [output_name(source, folder, choose_scale(card, options)) for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise RequestError(f"two inputs would both become {name}", "rename one, or run them apart")
    with gdal_environment():
        read = files_of(sources)
    for name in names:
        check_not_read(name, format_of(name, options), [read])
    return names


def super_resolve_all(
    sources: list[str],
    folder: str,
    *,
    on_start: Callable[[str, str], None] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    **options: Any,
) -> list[Outcome]:
    """Super-resolve each file into `folder`, which is made if it is missing. Cancelling raises `Cancelled`."""
    chosen = Options(**options)
    if chosen.uncertainty is not None and len(sources) > 1:
        raise RequestError(
            f"--uncertainty names one file, {len(sources)} rasters are given", "run them one by one, each with its own"
        )
    names = targets(sources, folder, chosen)
    try:
        new = not Path(folder).exists()
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"the folder {folder} cannot be made: {error.strerror}", "choose another") from error
    outcomes = []
    for source, target in zip(sources, names, strict=True):
        if on_start is not None:
            on_start(source, target)
        try:
            result = super_resolve(source, target, on_progress=on_progress, is_cancelled=is_cancelled, **options)
            outcomes.append(Outcome(source, target, result, None))
        except Cancelled:
            raise
        except RsSrError as error:
            outcomes.append(Outcome(source, target, None, error))
    if new and not any(outcome.result for outcome in outcomes):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    return outcomes
