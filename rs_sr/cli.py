"""The command line: arguments in, one call, exit code out."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rs_sr import __version__
from rs_sr.errors import EXIT_CODES, Cancelled, RequestError, RsSrError, TargetError
from rs_sr.machine import keep_memory, rest_idle_threads
from rs_sr.options import Options, add_arguments

if TYPE_CHECKING:
    from rs_sr.pipeline import Progress

CODES = "exit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with the documented exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] != ["worker"]:  # there the libraries' words are the log
        _silence_libraries()
    code = run(words)
    sys.stdout.flush()
    sys.stderr.flush()
    if any(t.name == "rs-sr" and t.is_alive() for t in threading.enumerate()):
        os._exit(code)  # cancelled work may still sit in a long call of GDAL or torch
    sys.exit(code)


def _silence_libraries() -> None:
    """Keep C libraries from writing between our lines: libtiff prints its errors, which we report, on its own."""
    if os.environ.get("RS_SR_DEBUG") or sys.stderr is None:
        return
    sys.unraisablehook = lambda _: None  # rasterio stumbles over messages of GDAL that are no UTF-8
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        parsed = parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    interrupt = Interrupt()
    try:
        code: int = parsed.call(parsed, interrupt)
        return code
    except Cancelled:
        _say(f"rs-sr: cancelled; {_kept(parsed)}")
        return interrupt.exit_code
    except RsSrError as error:
        _say(f"rs-sr: {error}")
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        _say("rs-sr: memory ran out; give a smaller --tile or --memory")
        return 6
    except Exception as error:
        if os.environ.get("RS_SR_DEBUG"):
            raise
        _say(f"rs-sr: unexpected {type(error).__name__}: {error}; please report it (RS_SR_DEBUG=1 shows the details)")
        return 1


class Interrupt:
    """Turns Ctrl-C and SIGTERM into a flag that a run looks at."""

    def __init__(self) -> None:
        self.exit_code = 130
        self._event = threading.Event()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._caught)
            signal.signal(signal.SIGTERM, self._caught)
            if hasattr(signal, "SIGHUP"):  # a closed terminal
                signal.signal(signal.SIGHUP, self._caught)

    def _caught(self, number: int, frame: object) -> None:
        self.exit_code = 128 + number
        self._event.set()

    def __call__(self) -> bool:
        return self._event.is_set()


def _kept(parsed: argparse.Namespace) -> str:
    """What a cancelled run leaves behind."""
    from rs_sr.raster.workspace import JOURNAL, has_tiles, journal_folder

    paths, folder = getattr(parsed, "paths", [""]), getattr(parsed, "out_dir", None)
    journals = Path(folder).glob(f".*{JOURNAL}") if folder else [journal_folder(paths[-1])]
    if not any(map(has_tiles, journals)):
        return "nothing was left"
    how = "again" if getattr(parsed, "resume", False) else "with --resume"
    return f"finished tiles are kept, run the same command {how} to go on"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _show(parsed: argparse.Namespace, value: Any) -> None:
    """Print a result: JSON where asked, else its words."""
    if getattr(parsed, "json", False):
        print(json.dumps(value if isinstance(value, dict | list) else value.to_json(), indent=2, default=str))
    elif not getattr(parsed, "quiet", False):
        print(value)


class Reporter:
    """Progress as a bar on a terminal, as a line each ten seconds in a log."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar = sys.stderr.isatty()
        self._last = time.monotonic()
        self._told = ""

    def __call__(self, progress: Progress) -> None:
        if self._quiet:
            return
        if progress.news and progress.news != self._told:
            self._told = progress.news
            self.end()
            _say(progress.news)
        now = time.monotonic()
        if not self._bar and now - self._last < 10:
            return
        self._last = now
        speed = progress.done / progress.seconds / 1e6 if progress.seconds > 0.5 else 0.0
        left = progress.seconds_left
        words = f"{progress.fraction:4.0%}  {progress.done / 1e6:.2f} of {progress.pixels / 1e6:.2f} megapixels"
        words += f"  {speed:.3f} MP/s" if speed else ""
        words += f"  {_clock(left)} left" if left is not None and progress.stage == "super-resolving" else ""
        if self._bar:
            filled = round(progress.fraction * 24)
            print(f"\r\033[K{progress.stage:>22} [{'#' * filled:<24}] {words}", end="", file=sys.stderr, flush=True)
        else:
            _say(f"{progress.stage} {words}")

    def end(self) -> None:
        if self._bar and not self._quiet:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def super_resolve_command(parsed: argparse.Namespace, interrupt: Callable[[], bool]) -> int:
    keep_memory()
    rest_idle_threads()
    options = {k: v for k, v in vars(parsed).items() if k in Options.__dataclass_fields__}
    chosen = Options(**options)
    paths: list[str] = parsed.paths
    if parsed.out_dir is None and len(paths) != 2:
        raise RequestError(
            f"{len(paths)} path{'s were' if len(paths) != 1 else ' was'} given",
            "give SRC DST, or several SRC with --out-dir DIR",
        )
    if parsed.dry_run:
        return _dry_run(parsed, chosen)
    import warnings

    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        if parsed.out_dir is not None:
            return _many(parsed, options, interrupt)
        from rs_sr.pipeline import super_resolve
        from rs_sr.trust import words

        reporter = Reporter(parsed.quiet)
        try:
            result = super_resolve(paths[0], paths[1], on_progress=reporter, is_cancelled=interrupt, **options)
        finally:
            reporter.end()
    if not parsed.quiet:
        if parsed.verbose:
            _say(str(result.plan))
            _say(f"ran with {result.ran}")
            _say(result.bottleneck)
        for note in () if parsed.verbose else result.plan.notes:
            _say(f"note: {note}")
        for warning in result.warnings:
            _say(f"warning: {warning}")
    size = result.plan.size
    if parsed.json:
        _show(parsed, result)
    elif not parsed.quiet:
        beside = f", expected errors in {result.uncertainty}" if result.uncertainty else ""
        made = f"{size.width} x {size.height} pixels, {result.plan.card.name}, {result.seconds:.1f} s"
        print(f"{result.target}: {made}{beside}")
        _say(words(result.consistency))
    return 0


def _dry_run(parsed: argparse.Namespace, options: Options) -> int:
    from rs_sr.batch import targets
    from rs_sr.plan import make_plan
    from rs_sr.raster.source import gdal_environment, open_source
    from rs_sr.raster.workspace import check_target

    sources = parsed.paths if parsed.out_dir else parsed.paths[:1]
    names = targets(sources, parsed.out_dir, options) if parsed.out_dir else parsed.paths[1:]
    for path, name in zip(sources, names, strict=True):
        with gdal_environment(), open_source(path, options) as source:
            plan = make_plan(source, name, options)
            if not parsed.out_dir:
                check_target(name, overwrite=options.overwrite, inputs=source.facts.files)
            print(plan)
    return 0


def _many(parsed: argparse.Namespace, options: dict[str, Any], interrupt: Callable[[], bool]) -> int:
    from rs_sr.batch import super_resolve_all

    reporter = Reporter(parsed.quiet)
    try:
        outcomes = super_resolve_all(
            parsed.paths, parsed.out_dir, on_progress=reporter, is_cancelled=interrupt, **options
        )
    finally:
        reporter.end()
    if parsed.json:
        rows = [o.result.to_json() if o.result else {"source": o.source, "error": str(o.error)} for o in outcomes]
        print(json.dumps(rows, indent=2, default=str))
    else:
        for outcome in outcomes:
            if outcome.result:
                for note in (*outcome.result.plan.notes, *(f"warning: {w}" for w in outcome.result.warnings)):
                    if not parsed.quiet:
                        _say(f"{outcome.source}: {note}")
        for outcome in outcomes:
            if outcome.error is not None:
                _say(f"failed  {outcome.source}: {outcome.error}")
            elif not parsed.quiet:
                print(f"done    {outcome.target}")
    failed = [o for o in outcomes if o.error is not None]
    if len(outcomes) == 1 and failed:
        return failed[0].error.exit_code if failed[0].error else 8
    return 8 if failed else 0


def info_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.info import examine

    info = examine(parsed.raster, model=parsed.model, scale=parsed.scale, expand_palette=parsed.expand_palette)
    _show(parsed, info)
    return 0


def models_command(parsed: argparse.Namespace, interrupt: object) -> int:
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        code = _models(parsed)
    for text in dict.fromkeys(str(w.message) for w in caught):
        _say(f"warning: {text}")
    return code


def _models(parsed: argparse.Namespace) -> int:
    from rs_sr.models import catalogue

    named = parsed.action in ("show", "add", "remove")
    if named != (parsed.name is not None):
        what = "needs a model's name or file" if named else f"takes no name ({parsed.name})"
        raise RequestError(f"rs-sr models {parsed.action} {what}", "see `rs-sr models` for the names")
    if parsed.action == "add":
        entry = catalogue.add(parsed.name)
        print(f"added {entry.card.name}: {entry.path}")
    elif parsed.action == "remove":
        catalogue.remove(parsed.name)
        print(f"removed {parsed.name}")
    elif parsed.action == "networks":
        from rs_sr.models import network_table

        rows = network_table.rows()
        print(json.dumps(network_table.to_json(rows), indent=2) if parsed.json else network_table.to_text(rows))
    elif parsed.action == "show":
        card = catalogue.find(parsed.name).card
        print(card.to_json() if parsed.json else card.describe())
    else:
        entries = catalogue.list_models()
        if parsed.json:
            print(json.dumps([json.loads(e.card.to_json()) | {"origin": e.origin} for e in entries], indent=2))
        else:
            for entry in entries:
                print(f"{entry.card.name:<15} {entry.origin:<9} {entry.card.one_line()}")
    return 0


def import_command(parsed: argparse.Namespace, interrupt: Callable[[], bool]) -> int:
    from rs_sr.models import store
    from rs_sr.models.card import VISIBLE
    from rs_sr.models.importing import import_model

    target = _target(parsed, ".safetensors")
    facts = {
        k: getattr(parsed, k) for k in ("name", "title", "licence", "training_data", "source", "sensor", "degradation")
    }
    facts |= {k: tuple(v) for k, v in (("gsd_m", parsed.gsd), ("value_range", parsed.range)) if v}

    def check() -> None:
        if interrupt():
            raise Cancelled("cancelled")

    card, tensors = import_model(parsed.checkpoint, check=check, **{k: v for k, v in facts.items() if v is not None})
    with _writing(target):
        card = store.write(target, card, tensors)
    _show(parsed, json.loads(card.to_json()) if parsed.json else f"{target}: {card.one_line()}")
    if (card.halo.byte_error or 0) > VISIBLE and not parsed.quiet:
        _say(f"note: where tiles meet, results differ by up to {card.halo.byte_error:g} grey levels of 255")
    return 0


def export_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr import held
    from rs_sr.models import catalogue, store
    from rs_sr.models.export import export
    from rs_sr.pipeline import read_tags

    target = _target(parsed, ".onnx")
    entry = catalogue.find(parsed.model)
    values = held.of_result(parsed.like, read_tags(parsed.like), entry.card) if parsed.like else None
    data = export(entry, values)
    with _writing(target):
        store.write_bytes(target, data)
    made = {"file": str(target), "model": entry.card.name, "statistics": entry.card.statistics, "bytes": len(data)}
    _show(parsed, made if parsed.json else f"{target}: {entry.card.one_line()}")
    return 0


def _target(parsed: argparse.Namespace, suffix: str) -> Path:
    """The file to write; a `TargetError` where it cannot be."""
    target = Path(parsed.output)
    if target.exists() and not parsed.overwrite:
        raise TargetError(f"{target} exists", "give another name or --overwrite")
    if target.suffix != suffix:
        raise TargetError(f"{target} does not end in {suffix}", "name the file so")
    if not target.parent.is_dir():
        raise TargetError(f"the folder {target.parent} does not exist", "make it first")
    return target


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TargetError(f"{target} cannot be written: {error.strerror}", "choose another folder") from error


def doctor_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.doctor import examine

    _show(parsed, examine())
    return 0


def bundle_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.bundle import bundle

    wheels = bundle(Path(parsed.folder), lambda path: None if parsed.json or parsed.quiet else print(path.name))
    size = sum(path.stat().st_size for path in wheels)
    if parsed.json:
        _show(parsed, {"folder": parsed.folder, "wheels": [path.name for path in wheels], "bytes": size})
    elif not parsed.quiet:
        there = f"pip install --no-index --find-links {parsed.folder} rs-sr"
        print(f"{len(wheels)} wheels, {size / 1e6:.0f} MB; on the other machine: {there}")
    return 0


def worker_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.worker import serve

    return serve()


def report_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.models.store import write_bytes
    from rs_sr.report.measure import report
    from rs_sr.report.page import html
    from rs_sr.report.pictures import pictures

    target = _target(parsed, ".html")
    folder = Path(parsed.png) if parsed.png else None
    if folder is not None and folder.exists() and not folder.is_dir():
        raise TargetError(f"--png {folder} is a file", "give a folder")
    found = report(parsed.source, parsed.result, reference=parsed.reference, uncertainty=parsed.uncertainty)
    images = pictures(found)
    if folder is not None and not parsed.overwrite:
        for name in images:
            if (folder / f"{name}.png").exists():
                raise TargetError(f"{folder / name}.png exists", "give another folder or --overwrite")
    with _writing(target):
        write_bytes(target, html(found, images).encode())
    if folder is not None:
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for name, image in images.items():
                write_bytes(folder / f"{name}.png", image)
    for flag in () if parsed.quiet else found.flags:
        _say(f"warning: {flag.text}")
    seen = f"{target}: {len(found.windows)} of {found.of_windows} windows, {len(found.places)} places"
    _show(parsed, found if parsed.json else seen)
    return 0


def demo_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.demo import run_demo

    _show(parsed, run_demo(Path(parsed.folder), model=parsed.model, scale=parsed.scale, overwrite=parsed.overwrite))
    return 0


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="rs-sr",
        description="Super-resolve remote-sensing rasters.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"rs-sr {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(
        commands,
        "super-resolve",
        super_resolve_command,
        "make a raster 2, 3 or 4 times finer",
        "rs-sr super-resolve scene.tif scene_x2.tif\n"
        "rs-sr super-resolve scene.tif out.tif --model lkdn_x4.safetensors --bands 3,2,1\n"
        "rs-sr super-resolve scene.tif out.tif --scale 4 --bbox 500000 4100000 501000 4101000\n"
        "rs-sr super-resolve scene.tif out.tif --aoi fields.gpkg --cog\n"
        "rs-sr super-resolve a.tif b.tif c.tif --out-dir finer --scale 2",
    )
    run.add_argument("paths", nargs="+", metavar="PATH", help="SRC DST, or several SRC with --out-dir")
    run.add_argument("--out-dir", metavar="DIR", help="folder for the results of several inputs: <name>_x4.tif")
    run.add_argument("--dry-run", action="store_true", help="print what would be done, and do nothing")
    add_arguments(run)
    _output(run)

    info = _command(
        commands, "info", info_command, "what a raster is, and whether a model fits it",
        "rs-sr info scene.tif\nrs-sr info scene.tif --model lkdn_x4 --json",
    )  # fmt: skip
    info.add_argument("raster", metavar="RASTER")
    info.add_argument("--model", help="a model's name or file")
    info.add_argument("--scale", type=int, choices=(2, 3, 4))
    info.add_argument("--expand-palette", action="store_true")
    _output(info)

    models = _command(
        commands, "models", models_command, "list, show, add and remove models; compare networks",
        "rs-sr models\nrs-sr models show bicubic\nrs-sr models add lkdn_x4.safetensors\nrs-sr models remove lkdn_x4\n"
        "rs-sr models networks",
    )  # fmt: skip
    models.add_argument("action", nargs="?", default="list", choices=("list", "show", "add", "remove", "networks"))
    models.add_argument("name", nargs="?", metavar="NAME|FILE")
    _output(models)

    imports = _command(
        commands, "import", import_command, "turn a published checkpoint or an ONNX file into a model file",
        "rs-sr import LKDN_x4.pth -o lkdn_x4.safetensors\nrs-sr models add lkdn_x4.safetensors\n"
        "rs-sr import theirs.onnx -o theirs.safetensors --range 0 255 --gsd 0.3 1",
    )  # fmt: skip
    imports.add_argument("checkpoint", metavar="FILE.pth|FILE.onnx")
    imports.add_argument("-o", "--output", required=True, metavar="FILE.safetensors")
    for name in ("name", "title", "licence", "training-data", "source", "sensor", "degradation"):
        imports.add_argument(f"--{name}", help=f"for the card: {name.replace('-', ' ')}")
    imports.add_argument(
        "--gsd",
        nargs=2,
        type=float,
        metavar=("FINEST", "COARSEST"),
        help="for the card: metres of the fine images it was trained on",
    )
    imports.add_argument(
        "--range",
        nargs=2,
        type=float,
        metavar=("LO", "HI"),
        help="an ONNX model's values for black and white; default: 0 1",
    )
    imports.add_argument("--overwrite", action="store_true")
    _output(imports)

    exports = _command(
        commands, "export", export_command, "write a model as an ONNX file, for other tools",
        "rs-sr export lkdn_x4 lkdn_x4.onnx\nrs-sr export alkdnet_x4 alkdnet_x4.onnx --like scene_x4.tif",
    )  # fmt: skip
    exports.add_argument("model", metavar="MODEL", help="a model's name or file")
    exports.add_argument("output", metavar="FILE.onnx")
    exports.add_argument(
        "--like",
        metavar="OUT.tif",
        help="take what the model pools over the image from this result; default: a made-up scene",
    )
    exports.add_argument("--overwrite", action="store_true")
    _output(exports)

    reports = _command(
        commands, "report", report_command, "a page that shows how far to believe a result",
        "rs-sr report scene.tif scene_x4.tif\nrs-sr report scene.tif scene_x4.tif --uncertainty doubt.tif --png pics\n"
        "rs-sr report scene.tif scene_x4.tif --reference aerial.tif -o trust.html --json",
    )  # fmt: skip
    reports.add_argument("source", metavar="SRC", help="the raster that was super-resolved")
    reports.add_argument("result", metavar="DST", help="what became of it")
    reports.add_argument("-o", "--output", default="report.html", metavar="FILE.html", help="(default: %(default)s)")
    reports.add_argument("--reference", metavar="HR.tif", help="a finer raster of the same ground, of any grid and CRS")
    reports.add_argument("--uncertainty", metavar="FILE.tif", help="what --uncertainty wrote in the same run")
    reports.add_argument("--png", metavar="DIR", help="write the pictures as PNGs into this folder too")
    reports.add_argument("--overwrite", action="store_true")
    _output(reports)

    _output(
        _command(
            commands, "doctor", doctor_command, "versions, devices, what is missing and how to get it", "rs-sr doctor"
        )
    )

    bundles = _command(
        commands, "bundle", bundle_command, "wheels of all that is installed here, for a machine without a network",
        "rs-sr bundle wheels\npip install --no-index --find-links wheels rs-sr",
    )  # fmt: skip
    bundles.add_argument("folder", metavar="DIR")
    _output(bundles)

    _command(
        commands, "worker", worker_command, "run jobs for another program, such as the QGIS plugin: JSON lines",
        "rs-sr worker",
    )  # fmt: skip

    demo = _command(
        commands, "demo", demo_command, "make a scene, degrade it, super-resolve it and show the pictures",
        "rs-sr demo\nrs-sr demo --folder /tmp/demo --model lkdn_x4.safetensors",
    )  # fmt: skip
    demo.add_argument("--folder", default="rs-sr-demo", help="where the files go (default: %(default)s)")
    demo.add_argument("--model", help="a model's name or file")
    demo.add_argument("--scale", type=int, choices=(2, 3, 4), default=4)
    demo.add_argument("--overwrite", action="store_true", help="replace an earlier demo")
    _output(demo)
    return top


class _Parser(argparse.ArgumentParser):
    """Tells a mistake in one line, as every other error is told, and knows that -3.4e38 is a number."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self._negative_number_matcher = re.compile(r"-(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")

    def error(self, message: str) -> NoReturn:
        _say(f"rs-sr: {message}; see {self.prog} --help")
        raise SystemExit(2)


def _command(commands: Any, name: str, call: Any, help: str, examples: str) -> argparse.ArgumentParser:
    text = "examples:\n  " + examples.replace("\n", "\n  ") + "\n\n" + CODES
    sub: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=help[0].upper() + help[1:] + ".",
        epilog=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sub.set_defaults(call=call)
    return sub


def _output(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="print the result as JSON")
    sub.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    sub.add_argument("-v", "--verbose", action="store_true", help="print the plan too")
