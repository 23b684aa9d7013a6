"""Many files, folders and patterns of files, one model loaded once; one bad file does not end the run."""

from __future__ import annotations

import contextlib
import glob
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rs_sr.errors import Cancelled, RequestError, RsSrError, SourceNotFoundError, TargetError
from rs_sr.models import catalogue
from rs_sr.options import Options
from rs_sr.raster.files import files_of
from rs_sr.raster.formats import format_of
from rs_sr.raster.source import RASTERS, gdal_environment
from rs_sr.raster.targets import check_not_read
from rs_sr.run.choosing import choose_scale
from rs_sr.run.pipeline import super_resolve
from rs_sr.run.plan import output_name
from rs_sr.run.result import Progress, Result


@dataclass(frozen=True)
class Outcome:
    """One file's end: its result, or the error that stopped it; neither where its result was there before."""

    source: str
    target: str
    result: Result | None = None
    error: RsSrError | None = None

    @property
    def skipped(self) -> bool:
        return self.result is None and self.error is None


def expand(paths: list[str], folder: str, options: Options) -> list[str]:
    """The rasters that paths, folders and patterns such as ``scenes/*.tif`` name, those of one in the order of names.

    A folder stands for the rasters in it by their endings, unless GDAL reads it as one itself (a .zarr, a .SAFE).
    Results of earlier runs, which lie among them where the folder for results is the same, are left out. A pattern or
    folder without a raster is a `SourceNotFoundError`.
    """
    found: dict[str, bool] = {}  # and whether it was named as it is
    for path in paths:
        inside = _inside(path)
        if inside == []:
            raise SourceNotFoundError(f"{path} holds no raster", f"give a folder or a pattern of {', '.join(RASTERS)}")
        found |= dict.fromkeys([path], True) if inside is None else {p: found.get(p, False) for p in inside}
    made = {Path(name).resolve() for name in _names(list(found), folder, options)}
    return [path for path, named in found.items() if named or Path(path).resolve() not in made]


def _inside(path: str) -> list[str] | None:
    """The rasters of a folder or a pattern; None of anything else."""
    place = Path(path)
    if place.is_dir() and place.suffix.lower() not in (".zarr", ".safe"):
        files = (file for file in sorted(place.iterdir()) if file.is_file() and not file.name.startswith("."))
        return [str(file) for file in files if file.name.lower().endswith(RASTERS)]
    if any(sign in path for sign in "*?[") and "://" not in path and not os.path.lexists(path):
        return sorted(p for p in glob.glob(path, recursive=True) if Path(p).is_file())  # noqa: PTH207
    return None


def _names(sources: list[str], folder: str, options: Options) -> list[str]:
    card = catalogue.find(options.model).card if options.model else catalogue.default(options.scale, 3).card
    return [output_name(source, folder, choose_scale(card, options)) for source in sources]


def targets(sources: list[str], folder: str, options: Options) -> list[str]:
    """Where each result goes: ``<stem>_x4.tif`` in `folder`. Two of one name are a `RequestError`, one that any of the
    inputs reads is a `TargetError`."""
    names = _names(sources, folder, options)
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
    skip_existing: bool = False,
    on_start: Callable[[str, str], None] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    **options: Any,
) -> list[Outcome]:
    """Super-resolve each file into `folder`, which is made if it is missing; with `skip_existing` only those whose
    result is not there. Outcomes are in the order of `sources`. Cancelling raises `Cancelled`."""
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
        if skip_existing and os.path.lexists(target):
            outcomes.append(Outcome(source, target))
            continue
        if on_start is not None:
            on_start(source, target)
        try:
            result = super_resolve(source, target, on_progress=on_progress, is_cancelled=is_cancelled, **options)
            outcomes.append(Outcome(source, target, result))
        except Cancelled:
            raise
        except RsSrError as error:
            outcomes.append(Outcome(source, target, error=error))
    if new and not any(outcome.result for outcome in outcomes):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    return outcomes
