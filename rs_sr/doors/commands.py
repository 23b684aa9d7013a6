"""The commands of the command line: parsed arguments in, exit code out. What is heavy is imported when it is needed."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from rs_sr.doors.screen import ProgressLine, say, show, tell
from rs_sr.errors import Cancelled, RequestError, TargetError
from rs_sr.units import readable

UNSURE = 10  # of `EXIT_CODES`


def models_command(parsed: argparse.Namespace, interrupt: object) -> int:
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        code = _models(parsed)
    for text in dict.fromkeys(str(w.message) for w in caught):
        say(f"warning: {text}")
    return code


def _models(parsed: argparse.Namespace) -> int:
    from rs_sr.models import catalogue

    named = parsed.action in ("show", "add", "get", "remove")
    if named != (parsed.name is not None):
        what = "needs a model's name or file" if named else f"takes no name ({parsed.name})"
        raise RequestError(f"rs-sr models {parsed.action} {what}", "see `rs-sr models` for the names")
    if parsed.file is not None and parsed.action != "get":
        raise RequestError("--from names the file of weights to get", "leave it out, or use `rs-sr models get`")
    if parsed.action in ("add", "get"):
        from rs_sr.models import getting

        got = parsed.action == "get"
        entry = getting.get(parsed.name, parsed.file) if got else catalogue.add(parsed.name)
        if got:
            say(f"{entry.card.title}; licence {entry.card.licence}; trained on {entry.card.training_data}")
            say(f"from {entry.card.source}")
        added = {"added": entry.card.name, "file": str(entry.path)}
        show(parsed, added if parsed.json else f"added {entry.card.name}: {entry.path}")
    elif parsed.action == "remove":
        catalogue.remove(parsed.name)
        show(parsed, {"removed": parsed.name} if parsed.json else f"removed {parsed.name}")
    elif parsed.action == "networks":
        from rs_sr.models import network_table

        rows = network_table.rows()
        tell(json.dumps(network_table.to_json(rows), indent=2) if parsed.json else network_table.to_text(rows))
    elif parsed.action == "show":
        card = catalogue.find(parsed.name).card
        tell(card.to_json() if parsed.json else card.describe())
    else:
        from rs_sr.models import model_table

        every = model_table.rows()
        tell(json.dumps([row.to_json() for row in every], indent=2) if parsed.json else model_table.to_text(every))
    return 0


def sensors_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr import sensors

    count = {"list": (0,), "show": (1,), "measure": (1, 2)}[parsed.action]
    if len(parsed.names) not in count:
        words = {"list": "takes no name", "show": "needs a sensor's name or file", "measure": "needs COARSE [FINE]"}
        raise RequestError(f"rs-sr sensors {parsed.action} {words[parsed.action]}", "see `rs-sr sensors --help`")
    if parsed.output is not None and parsed.action != "measure":
        raise RequestError("-o says where a measured sensor goes", "leave it out, or use `rs-sr sensors measure`")
    if parsed.action == "measure":
        return _measure(parsed)
    if parsed.action == "show":
        sensor = sensors.find(parsed.names[0])
        tell(sensor.to_json() if parsed.json else str(sensor))
        return 0
    every = sensors.known().values()
    if parsed.json:
        tell(json.dumps([s.to_dict() for s in every], indent=2))
    else:
        tell(sensors.to_text(every))
    return 0


def _measure(parsed: argparse.Namespace) -> int:
    from rs_sr.models.store import write_bytes
    from rs_sr.run.sensing import measure_sensor

    target = None if parsed.output is None else _target(parsed, ".json")
    progress = ProgressLine(parsed.quiet)
    try:
        found = measure_sensor(*parsed.names, on_progress=progress)
    finally:
        progress.end()
    show(parsed, found)
    if not found.sure:
        if target is not None:
            say(f"rs-sr: {target} is not written")
        return UNSURE
    if target is None:
        return 0
    with _writing(target):
        write_bytes(target, found.sensor(target.stem, " ".join(Path(n).name for n in parsed.names)).to_json().encode())
    if not parsed.quiet:
        say(f"{target}: give it as --sensor {target}")
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
    show(parsed, json.loads(card.to_json()) if parsed.json else f"{target}: {card.one_line()}")
    if (card.halo.byte_error or 0) > VISIBLE and not parsed.quiet:
        say(f"note: where tiles meet, results differ by up to {card.halo.byte_error:g} grey levels of 255")
    return 0


def export_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr import sensors
    from rs_sr.models import catalogue, store
    from rs_sr.models.export import export
    from rs_sr.run import held
    from rs_sr.run.choosing import read_like

    target = _target(parsed, ".onnx")
    entry = catalogue.find(parsed.model)
    like = read_like(parsed.like)
    values = held.of_result(parsed.like, like, entry.card) if like is not None and not entry.card.told else None
    told = like.told if like is not None and entry.card.told else None
    if parsed.sensor is not None:
        told = sensors.find(parsed.sensor).numbers
        if told is None:
            raise RequestError(f"the blur of {parsed.sensor} is not published", "measure it: `rs-sr sensors measure`")
    data = export(entry.telling(told), values)
    with _writing(target):
        store.write_bytes(target, data)
    made = {"file": str(target), "model": entry.card.name, "statistics": entry.card.statistics, "bytes": len(data)}
    show(parsed, made if parsed.json else f"{target}: {entry.card.one_line()}")
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
    from rs_sr.doors.doctor import examine

    show(parsed, examine())
    return 0


def bundle_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.doors.bundle import bundle

    wheels = bundle(Path(parsed.folder), lambda path: None if parsed.json or parsed.quiet else tell(path.name))
    size = sum(path.stat().st_size for path in wheels)
    if parsed.json:
        show(parsed, {"folder": parsed.folder, "wheels": [path.name for path in wheels], "bytes": size})
    elif not parsed.quiet:
        there = f"pip install --no-index --find-links {parsed.folder} rs-sr"
        tell(f"{len(wheels)} wheels, {readable(size)}; on the other machine: {there}")
    return 0


def worker_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.doors.worker import serve

    return serve()


def report_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.models.store import write_bytes
    from rs_sr.report.measure import report
    from rs_sr.report.page import html
    from rs_sr.report.pictures import pictures

    target = _target(parsed, ".html")
    folder = Path(parsed.png) if parsed.png else None
    if folder is not None and folder.exists() and not folder.is_dir():
        raise TargetError(f"--png={str(folder)!r} is a file", "give a folder")
    found = report(parsed.source, parsed.result, reference=parsed.reference, uncertainty=parsed.uncertainty)
    images = pictures(found)
    if folder is not None and not parsed.overwrite:
        for name in images:
            if (folder / f"{name}.png").exists():
                raise TargetError(f"{folder / name}.png exists", "give another folder or --overwrite")
    files = {target: html(found, images).encode()}
    if folder is not None:
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        files = {folder / f"{name}.png": image for name, image in images.items()} | files
    with contextlib.ExitStack() as undo:
        for path, data in files.items():
            with _writing(path):
                write_bytes(path, data)
            undo.callback(path.unlink, missing_ok=True)
        undo.pop_all()
    for flag in () if parsed.quiet else found.flags:
        say(f"warning: {flag.text}")
    seen = f"{found.verdict.text}\n{target}: {len(found.windows)} of {found.of_windows} windows were looked at"
    show(parsed, found if parsed.json else seen)
    return 0


def demo_command(parsed: argparse.Namespace, interrupt: object) -> int:
    from rs_sr.doors.demo import run_demo

    show(parsed, run_demo(Path(parsed.folder), model=parsed.model, scale=parsed.scale, overwrite=parsed.overwrite))
    return 0
