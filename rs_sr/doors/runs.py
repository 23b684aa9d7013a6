"""`rs-sr super-resolve` and `rs-sr info`: what a run's options are for, on one raster or many."""

from __future__ import annotations

import argparse
import json
import os
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rs_sr.doors.screen import ProgressLine, say, show, tell
from rs_sr.errors import RequestError, RsSrWarning, spoken, warning_kinds
from rs_sr.machine import keep_memory, rest_idle_threads
from rs_sr.options import Options
from rs_sr.units import counted

if TYPE_CHECKING:
    from rs_sr.doors.batch import Outcome
    from rs_sr.run.result import Result


def super_resolve_command(parsed: argparse.Namespace, interrupt: Callable[[], bool]) -> int:
    keep_memory()
    rest_idle_threads()
    options = _options(parsed)
    chosen = Options(**options)
    paths: list[str] = parsed.paths
    unknown = [kind for kind in parsed.accept if kind not in warning_kinds()]
    if unknown:
        raise RequestError(
            f"--accept={unknown[0]} is not a kind of warning", f"choose from {', '.join(warning_kinds())}"
        )
    if parsed.out_dir is None and len(paths) != 2:
        raise RequestError(
            f"{len(paths)} path{'s were' if len(paths) != 1 else ' was'} given",
            "give SRC DST, or several SRC with --out-dir DIR",
        )
    if parsed.dry_run:
        return _dry_run(parsed, chosen)
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        if parsed.out_dir is not None:
            return _many(parsed, options, interrupt)
        if parsed.skip_existing and os.path.lexists(paths[1]):
            skipped = {"source": paths[0], "target": paths[1], "skipped": True}
            show(parsed, skipped if parsed.json else f"{paths[1]} is there already")
            return 0
        return _one(parsed, options, interrupt)


def info_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.doors.info import examine

    show(parsed, examine(parsed.raster, **_options(parsed)))
    return 0


def _options(parsed: argparse.Namespace) -> dict[str, Any]:
    return {k: v for k, v in vars(parsed).items() if k in Options.__dataclass_fields__}


def _heard(parsed: argparse.Namespace, said: Iterable[RsSrWarning]) -> list[RsSrWarning]:
    """The warnings that were not accepted before."""
    accepted = tuple(warning_kinds()[kind] for kind in parsed.accept)
    return [warning for warning in said if not isinstance(warning, accepted)]


def _one(parsed: argparse.Namespace, options: dict[str, Any], interrupt: Callable[[], bool]) -> int:
    from rs_sr.run.pipeline import super_resolve
    from rs_sr.trust.agreement import words

    progress = ProgressLine(parsed.quiet)
    try:
        result = super_resolve(*parsed.paths, on_progress=progress, is_cancelled=interrupt, **options)
    finally:
        progress.end()
    if not parsed.quiet:
        if parsed.verbose:
            say(str(result.plan))
            say(f"ran with {result.ran}")
            if result.bottleneck is not None:
                say(result.bottleneck)
        for note in () if parsed.verbose else result.plan.notes:
            say(f"note: {spoken(note)}")
        for warning in _heard(parsed, result.warnings):
            if not parsed.verbose or warning not in result.plan.warnings:  # the plan has printed its own
                say(f"warning: {warning}")
    size = result.made.size
    if parsed.json:
        show(parsed, result)
    elif not parsed.quiet:
        beside = f", expected errors in {result.uncertainty}" if result.uncertainty else ""
        made = f"{size.width} x {size.height} pixels, {result.plan.card.name}, {result.seconds:.1f} s"
        tell(f"{result.target}: {made}{beside}")
        if result.telling:
            say(spoken(result.telling))
        say(words(result.consistency))
        if result.plan.options.consistent and not result.consistency["corrected"]:
            say(spoken("--consistent changed nothing: noise explains all that the result lacks"))
    return 0


def _dry_run(parsed: argparse.Namespace, options: Options) -> int:
    from rs_sr.doors.batch import expand, targets
    from rs_sr.raster.source import gdal_environment, open_source
    from rs_sr.raster.targets import check_place, check_target
    from rs_sr.run.plan import make_plan

    sources = expand(parsed.paths, parsed.out_dir, options) if parsed.out_dir else parsed.paths[:1]
    names = targets(sources, parsed.out_dir, options) if parsed.out_dir else parsed.paths[1:]
    plans = []
    for path, name in zip(sources, names, strict=True):
        if parsed.skip_existing and os.path.lexists(name):
            continue
        with gdal_environment(), open_source(path, options) as source:
            if not parsed.out_dir:
                check_place(name)
            plan = make_plan(source, name, options)
            if not parsed.out_dir:
                check_target(name, plan.format, overwrite=options.overwrite)
            plans.append(plan.to_json())
            if not parsed.json:
                tell(str(plan))
    if parsed.json:
        tell(json.dumps(plans if parsed.out_dir else plans[0] if plans else {}, indent=2))
    return 0


def _many(parsed: argparse.Namespace, options: dict[str, Any], interrupt: Callable[[], bool]) -> int:
    from rs_sr.doors.batch import expand, super_resolve_all

    progress = ProgressLine(parsed.quiet)
    sources = expand(parsed.paths, parsed.out_dir, Options(**options))
    try:
        outcomes = super_resolve_all(
            sources, parsed.out_dir, skip_existing=parsed.skip_existing, on_progress=progress,
            is_cancelled=interrupt, **options,
        )  # fmt: skip
    finally:
        progress.end()
    if parsed.json:
        tell(json.dumps([_row(outcome) for outcome in outcomes], indent=2, default=str))
    else:
        _tell_all(parsed, outcomes)
    failed = [o.error for o in outcomes if o.error is not None]
    if len(outcomes) == 1 and failed:
        return failed[0].exit_code
    return 8 if failed else 0


def _row(outcome: Outcome) -> dict[str, Any]:
    names = {"source": outcome.source, "target": outcome.target}
    if outcome.result is not None:
        return names | outcome.result.to_json()
    return names | ({"skipped": True} if outcome.error is None else {"error": outcome.error.to_json()})


def _tell_all(parsed: argparse.Namespace, outcomes: list[Outcome]) -> None:
    """Notes and warnings, each once; every file in its order; and how many ended how."""
    said: dict[str, list[str]] = {}
    results = [(o.source, o.result) for o in outcomes if o.result is not None]
    for source, result in results:
        for text in _texts(parsed, result):
            said.setdefault(text, []).append(source)
    for text, sources in said.items():
        if not parsed.quiet:
            say(f"{sources[0]}: {text}" if len(sources) == 1 else f"{len(sources)} files: {text}")
    for outcome in outcomes:
        if outcome.error is not None:
            text = str(outcome.error)
            say(f"failed  {text if text.startswith(outcome.source) else f'{outcome.source}: {text}'}")
        elif not parsed.quiet:
            tell(f"{'there   ' if outcome.skipped else 'done    '}{outcome.target}")
    if not parsed.quiet and len(outcomes) > 1:
        there, failed = (sum(kind) for kind in zip(*((o.skipped, o.error is not None) for o in outcomes), strict=True))
        ends = {"done": len(results), "there already": there, "failed": failed}
        say(f"{counted(len(outcomes), 'file')}: " + ", ".join(f"{n} {end}" for end, n in ends.items() if n))


def _texts(parsed: argparse.Namespace, result: Result) -> list[str]:
    return [spoken(n) for n in (*filter(None, [result.telling]), *result.plan.notes)] + [
        f"warning: {w}" for w in _heard(parsed, result.warnings)
    ]
