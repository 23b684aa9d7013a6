"""A process that super-resolves for another program, such as the QGIS plugin: messages in, messages out.

`protocol` has the messages. Standard output belongs to them alone: it is moved off its number before anything is
imported, so that what libraries print lands in the log, standard error. The main thread works through the messages; a
second one reads them, so that a cancel and the end of the stream are seen at once. The end of the stream means that
the driver is gone: the run is cancelled, its files are removed and the process leaves within two seconds.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import queue
import shutil
import signal
import threading
import time
import traceback
import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rs_sr import __version__
from rs_sr.doors.protocol import DETAIL_CHARS, VERSION, BadMessage, Lines, Message, code_of, decode, encode
from rs_sr.errors import Cancelled, RequestError, RsSrError, speaking
from rs_sr.machine import keep_memory, rest_idle_threads

if TYPE_CHECKING:
    from rs_sr.models.catalogue import Entry
    from rs_sr.run.preview import Looks
    from rs_sr.run.result import Progress

GONE_S = 2.0  # how long a worker may take to leave by itself once the driver is gone
CLEAR_S = 60.0  # and, if it must be made to leave, how long a run's files may take to go
HEARTBEAT_S = 0.9
APART_S = 0.2  # between two messages of progress


def serve() -> int:
    """Answer messages until the driver says `shutdown`, closes the stream, or SIGTERM comes. Gives the exit code."""
    out = os.dup(1)
    os.dup2(2, 1)
    warnings.simplefilter("ignore")  # they go to the driver as messages
    keep_memory()
    rest_idle_threads()
    with speaking("plain"):  # the driver has labels of its own
        return Worker(out).run()


class Worker:
    """The state of a worker: what to do next, what is cancelled, and the model that is kept loaded."""

    def __init__(self, out: int) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._todo: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._cancelled: set[Any] = set()
        self._stop = threading.Event()
        self._at_work = threading.Lock()  # held while a run has files that are not finished
        self._exit_code = 0

    @cached_property
    def _looks(self) -> Looks:
        from rs_sr.run.preview import Looks

        return Looks()

    def run(self) -> int:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches the driver's children too
        signal.signal(signal.SIGTERM, self._terminated)
        found = ["info", "run"] + (["aoi"] if importlib.util.find_spec("geopandas") else [])
        self.send(
            {"type": "hello", "protocol": VERSION, "version": __version__, "python": platform.python_version(),
             "pid": os.getpid(), "capabilities": found}
        )  # fmt: skip
        threading.Thread(target=self._read, name="reader", daemon=True).start()
        while (message := self._todo.get()) is not None and not self._stop.is_set():
            self._answer(message)
        return self._exit_code

    def send(self, message: Message) -> None:
        """Write one message. A driver that is gone is noticed by the reader."""
        line = memoryview(encode(message))
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._out, line) :]
            except OSError:
                self._stop.set()

    def _terminated(self, number: int, frame: object) -> None:
        self._exit_code = 128 + number
        self._stop.set()
        self._todo.put(None)

    def _read(self) -> None:
        """The second thread. Reads the bare file: a buffered reader that still waits would crash Python at its end."""
        lines = Lines()
        while data := os.read(0, 1 << 16):
            for line in lines.feed(data):
                try:
                    message = decode(line)
                except BadMessage as error:
                    self.send({"type": "error", "id": None, "code": "bad-message", "message": str(error)})
                    continue
                if message["type"] == "cancel":
                    self._cancelled.add(str(message.get("id")))
                self._todo.put(None if message["type"] == "shutdown" else message)
        self._stop.set()
        self._todo.put(None)
        time.sleep(GONE_S)
        self._at_work.acquire(timeout=CLEAR_S)
        os._exit(3)  # the run, or a look at a raster, sits in a long call

    def _answer(self, message: Message) -> None:
        """One message, one answer, whatever happens."""
        number = message.get("id")
        try:
            if message["type"] == "info":
                self._info(message)
            elif message["type"] == "run":
                self._run(number, message)
        except Cancelled:
            self.send({"type": "cancelled", "id": number})
        except Exception as error:
            known = isinstance(error, RsSrError)
            self.send(
                {"type": "error", "id": number, "code": code_of(error),
                 "message": error.problem if isinstance(error, RsSrError) else f"{type(error).__name__}: {error}",
                 "hint": error.cure if isinstance(error, RsSrError) else "",
                 "detail": "" if known else traceback.format_exc()[-DETAIL_CHARS:]}
            )  # fmt: skip
        self._cancelled.discard(str(number))

    def _info(self, message: Message) -> None:
        from rs_sr import sensors
        from rs_sr.doors.info import examine
        from rs_sr.models import catalogue

        answer: Message = {"type": "info", "id": message.get("id")}
        answer["models"] = [_model(entry) for entry in catalogue.list_models()]
        answer["sensors"] = [{"name": s.name, "title": s.title} for s in sensors.known().values()]
        answer["devices"] = _devices() if message.get("devices") else []
        if message.get("published"):
            from rs_sr.models import getting

            answer["published"] = getting.offered()
        if message.get("source"):
            params = _params(message)
            params.pop("source", None)
            target = params.pop("target", None)
            answer["plan"] = examine(str(message["source"]), self._looks, **params).to_json()
            folder = Path(target).parent if target else None
            answer["plan"]["disk_free"] = shutil.disk_usage(folder).free if folder and folder.is_dir() else None
        self.send(answer)

    def _run(self, number: Any, message: Message) -> None:
        params, shown = _params(message), message.get("preview")
        try:
            source, target = params.pop("source"), params.pop("target")
        except KeyError as error:
            raise RequestError(f"a run without {error.args[0]}", "give source and target") from None
        progress = ProgressMessages(self, number)
        progress.tell("starting", 0.0, None)
        from rs_sr.run.pipeline import preview, super_resolve
        from rs_sr.run.preview import Preview

        def cancelled() -> bool:
            progress.beat()
            return self._stop.is_set() or str(number) in self._cancelled

        with self._at_work:
            if shown is None:
                result = super_resolve(source, target, on_progress=progress, is_cancelled=cancelled, **params)
            else:
                how = Preview(self._looks, tuple(shown))
                result = preview(source, target, how, on_progress=progress, is_cancelled=cancelled, **params)
        for note in result.plan.notes:
            self.send({"type": "log", "level": "info", "text": note})
        for warning in result.warnings:
            self.send({"type": "log", "level": "warning", "text": str(warning)})
        summary = result.to_json() | {"command": result.plan.command(), "band_numbers": result.plan.bands}
        self.send(
            {"type": "result", "id": number, "target": result.target, "seconds": result.seconds, "summary": summary}
        )


class ProgressMessages:
    """Progress of a run: at most five messages a second, at least one."""

    def __init__(self, worker: Worker, number: Any) -> None:
        self._worker, self._number = worker, number
        self._message: Message = {}
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        left = progress.seconds_left if progress.stage == "super-resolving" else None
        self.tell(progress.stage, progress.fraction if progress.pixels else 0.0, left)

    def tell(self, stage: str, fraction: float, left: float | None) -> None:
        new_stage = stage != self._message.get("stage")
        self._message = {"type": "progress", "id": self._number, "fraction": round(fraction, 4), "stage": stage}
        if left is not None:
            self._message["eta_s"] = round(left, 1)
        if new_stage or time.monotonic() - self._last > APART_S:
            self._send()

    def beat(self) -> None:
        if time.monotonic() - self._last > HEARTBEAT_S:
            self._send()

    def _send(self) -> None:
        self._last = time.monotonic()
        self._worker.send(self._message)


def _params(message: Message) -> dict[str, Any]:
    params = message.get("params") or {}
    if not isinstance(params, dict):
        raise RequestError("params is not an object", "give the options by name")
    return {name: value for name, value in params.items() if value is not None}


def _model(entry: Entry) -> Message:
    card = entry.card
    return {
        "name": card.name, "origin": entry.origin, "scale": card.scale, "bands": card.bands, "title": card.title,
        "gsd_m": card.gsd_m, "degradation": card.degradation, "licence": card.licence, "line": card.one_line(),
    }  # fmt: skip


def _devices() -> list[str]:
    """What runs go on and why, as sentences."""
    from rs_sr.doors.doctor import examine

    facts = examine().facts
    return [f"{name} {facts[name]}" for name in ("runs on", "CUDA") if name in facts]
