"""A worker process for one run, for use in any thread: it waits by itself and needs no event loop."""

from __future__ import annotations

import json
import platform
import shutil
import time
from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QProcess, QProcessEnvironment, QThread

from .environment import clean_environment, command, working_folder
from .protocol import Cancelled, Conversation, Message, WorkerError, encode, error_of

HELLO_S = 60.0  # a cold disk, a virus scanner
SILENCE_S = 120.0  # a worker at work is heard of every second
GRACE_S = 2.0  # for a cancelled run to clear up


def prepare(process: QProcess, python: str) -> None:
    """Set up program, arguments, surroundings and folder of a worker that is still to be started."""
    process.setProgram(python)
    process.setArguments(command("worker"))
    process.setProcessEnvironment(process_environment())
    process.setWorkingDirectory(working_folder(python))


def process_environment() -> QProcessEnvironment:
    """The scrubbed surroundings of every process of the backend."""
    environment = QProcessEnvironment()
    for name, value in clean_environment(qgis_folder=_qgis_folder()).items():
        environment.insert(name, value)
    return environment


def _qgis_folder() -> str:
    return str(Path(QCoreApplication.applicationDirPath()).parent)


class Worker:
    """One worker. Made, used and closed in the same thread; use it in a ``with`` statement."""

    def __init__(self, python: str, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        self._python = python
        self._is_cancelled = is_cancelled
        self._talk = Conversation()
        self._process = QProcess()
        prepare(self._process, python)

    def __enter__(self) -> Worker:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        return int(self._process.processId())

    @property
    def hello(self) -> Message:
        return self._talk.hello or {}

    @property
    def log(self) -> str:
        """The end of what the worker wrote to standard error."""
        return self._talk.log_tail()

    def _start(self) -> None:
        self._process.start()
        if not self._process.waitForStarted(10000):
            raise WorkerError("no-interpreter", self._python, detail=self._process.errorString())
        end = time.monotonic() + HELLO_S
        while self._talk.hello is None:
            self._turn()
            if self._is_cancelled():
                raise Cancelled
            if time.monotonic() > end:
                raise WorkerError("no-hello", self._python, detail=self.log)

    def info(self, **fields) -> Message:
        """Ask for models, devices and, with a source, for what a run would do."""
        return self._ask(dict(fields, type="info", id=1), "info", lambda message: None)

    def run(self, params: Message, on_message: Callable[[Message], None]) -> Message:
        """Run one job and give its result. Progress and log messages go to `on_message`.

        A cancel raises `Cancelled` within about two seconds; what fails is a `WorkerError`. Nothing is left of either.
        A run that was done before the cancel reached it is done: it gives its result.
        """
        pid = self.pid
        if params.get("aoi"):
            self._talk.check_polygons()
        try:
            return self._ask({"type": "run", "id": 1, "params": params}, "result", on_message)
        except Cancelled:
            self.close()
            done = next((m for m in self._heard() if m["type"] == "result"), None)
            if done is not None:
                return done
            remove_leftovers(params, pid)
            raise
        except BaseException:
            self.close()
            remove_leftovers(params, pid)
            raise

    def _ask(self, request: Message, answer: str, on_message: Callable[[Message], None]) -> Message:
        self._process.write(encode(request))
        cancelled_at: float | None = None
        heard = time.monotonic()
        while True:
            for message in self._turn():
                heard = time.monotonic()
                if message["type"] in ("progress", "log"):
                    on_message(message)
                elif message.get("id") != request["id"]:
                    continue
                elif message["type"] == "error":
                    raise error_of(message)
                elif message["type"] == "cancelled":
                    raise Cancelled
                elif message["type"] == answer:
                    return message
            now = time.monotonic()
            if cancelled_at is None and self._is_cancelled():
                cancelled_at = now
                self._process.write(encode({"type": "cancel", "id": request["id"]}))
            if cancelled_at is not None and now - cancelled_at > GRACE_S:
                raise Cancelled
            if now - heard > SILENCE_S:
                raise WorkerError("worker-stuck", detail=self.log)

    def _turn(self):
        """Wait a moment and give the messages that came. A worker that is gone is a `WorkerError`."""
        if QThread.currentThread() == QCoreApplication.instance().thread():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        gone = self._process.state() == QProcess.ProcessState.NotRunning
        if not gone:
            self._process.waitForReadyRead(50)
        messages = self._heard()
        if gone and not messages:
            crashed = self._process.exitStatus() == QProcess.ExitStatus.CrashExit
            raise self._talk.ended(self._process.exitCode(), crashed)
        return messages

    def _heard(self) -> list[Message]:
        """The messages that are there."""
        self._talk.feed_log(bytes(self._process.readAllStandardError()))
        return self._talk.feed(bytes(self._process.readAllStandardOutput()))

    def close(self) -> None:
        """End the worker: by the end of its stream, else by force."""
        end(self._process)


def end(process: QProcess) -> None:
    """End a worker by the end of its stream, else by force, and wait for it."""
    if process.state() == QProcess.ProcessState.NotRunning:
        return
    process.closeWriteChannel()
    if not process.waitForFinished(int(GRACE_S * 1000)):
        process.kill()
        process.waitForFinished(5000)


def remove_leftovers(params: Message, pid: int) -> None:
    """Remove what a worker that was killed could not: ``.NAME.rs-sr-XXXXXXXX`` and its lock beside what it wrote.

    One that ended by itself has left no lock; a lock of another process is of a run that is to go on.
    """
    for path in (Path(params[key]).absolute() for key in ("target", "uncertainty") if params.get(key)):
        lock = path.with_name(f".{path.name}.rs-sr-lock")
        try:
            owner = json.loads(lock.read_text(encoding="utf-8"))
            if (owner["process"], owner["host"]) != (pid, platform.node()):
                continue
        except (OSError, ValueError, TypeError, KeyError):
            continue
        for entry in path.parent.iterdir():
            if entry.is_dir() and entry.name.startswith(f".{path.name}.rs-sr-") and not entry.name.endswith("-resume"):
                shutil.rmtree(entry, ignore_errors=True)
        lock.unlink(missing_ok=True)
