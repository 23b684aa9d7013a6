"""A worker that is kept warm on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QObject, QProcess, QTimer

from . import messages
from .protocol import Conversation, Message, WorkerError, encode, error_of
from .worker import GRACE_S, HELLO_S, end, prepare

IDLE_MS = 5 * 60 * 1000
LEAVING = "rs_sr_leaving_worker"
Answer = Callable[[Message, "WorkerError | None"], None]


class WarmWorker(QObject):
    """One worker process, started when it is first asked and closed when it has been idle for five minutes.

    Lives on the main thread and never waits: answers come through the event loop. One that died is started anew by
    the next request.
    """

    def __init__(self, python: Callable[[], str], parent=None) -> None:
        super().__init__(parent)
        self._python = python
        self._process: QProcess | None = None
        self._talk = Conversation()
        self._asked: dict[int, Answer] = {}
        self._waiting: list[Message] = []
        self._number = 0
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.close)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._silent)

    @property
    def pid(self) -> int:
        return int(self._process.processId()) if self._process is not None else 0

    def check_polygons(self) -> None:
        """Raise that polygons cannot be read by the backend that answered last, if so."""
        self._talk.check_polygons()

    def ask(self, message: Message, answer: Answer) -> int:
        """Send a message; `answer` gets the reply or an error, once. Gives the request's number."""
        self._number += 1
        self._asked[self._number] = answer
        self._waiting.append(dict(message, id=self._number))
        self._idle.stop()
        try:
            if self._process is None:
                self._start()
            self._flush()
        except WorkerError as error:
            QTimer.singleShot(0, lambda found=error: self._fail(found) if self._asked else None)
        return self._number

    def cancel(self, number: int) -> None:
        """Give up a request; its answer is not called any more."""
        if self._asked.pop(number, None) is not None and self._process is not None and self._talk.hello:
            self._process.write(encode({"type": "cancel", "id": number}))

    def close(self) -> None:
        """End the worker, without waiting for its end. What is still asked gets no answer."""
        self._idle.stop()
        self._patience.stop()
        self._asked.clear()
        self._waiting.clear()
        process, self._process = self._process, None
        if process is None:
            return
        for signal in (
            process.readyReadStandardOutput, process.readyReadStandardError, process.finished, process.errorOccurred
        ):  # fmt: skip
            signal.disconnect()
        _part_with(process)

    def _start(self) -> None:
        self._talk = Conversation()
        python = self._python()
        process = QProcess(self)
        prepare(process, python)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_log)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._broken)
        self._process = process
        self._patience.start(int(HELLO_S * 1000))
        process.start()

    def _flush(self) -> None:
        if self._talk.hello is None or self._process is None:
            return
        self._patience.stop()
        for message in self._waiting:
            self._process.write(encode(message))
        self._waiting.clear()

    def _read(self) -> None:
        if self._process is None:
            return
        try:
            heard = self._talk.feed(bytes(self._process.readAllStandardOutput()))
        except WorkerError as error:
            self._fail(error)
            return
        self._flush()
        for message in heard:
            if message["type"] in ("progress", "hello"):
                continue
            if message["type"] == "log":
                messages.log(str(message.get("text", "")))
                continue
            answer = self._asked.pop(message.get("id") or 0, None)
            if answer is None and message["type"] == "result":  # it was done before the cancel arrived
                Path(message["target"]).unlink(missing_ok=True)
            if answer is not None and message["type"] != "cancelled":
                answer(message, error_of(message) if message["type"] == "error" else None)
        if not self._asked:
            self._idle.start()

    def _read_log(self) -> None:
        if self._process is not None:
            self._talk.feed_log(bytes(self._process.readAllStandardError()))

    def _broken(self, kind) -> None:
        if kind == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._fail(WorkerError("no-interpreter", self._process.program(), detail=self._process.errorString()))

    def _silent(self) -> None:
        if self._process is not None:
            self._fail(WorkerError("no-hello", self._process.program(), detail=self._talk.log_tail()))

    def _finished(self, code: int, status) -> None:
        self._read_log()
        if self._process is not None:
            self._fail(self._talk.ended(code, status == QProcess.ExitStatus.CrashExit))

    def _fail(self, error: WorkerError) -> None:
        """Everything that is asked gets the error, and the worker is given up."""
        messages.log_error(error)
        answers = list(self._asked.values())
        self.close()
        for answer in answers:
            answer({"type": "error"}, error)


def see_off() -> None:
    """Wait for the workers that are leaving: no event loop will see to it any more."""
    for process in QCoreApplication.instance().findChildren(QProcess, LEAVING):
        end(process)


def _part_with(process: QProcess) -> None:
    """Let a worker leave by the end of its stream, else by force; the event loop sees to it.

    The process outlives whoever asked: it belongs to the application, at whose end Qt kills what still runs.
    """
    if process.state() == QProcess.ProcessState.NotRunning:
        process.deleteLater()
        return
    process.setParent(QCoreApplication.instance())
    process.setObjectName(LEAVING)
    force = QTimer(process)
    force.setSingleShot(True)
    force.timeout.connect(process.kill)
    force.start(int(GRACE_S * 1000))
    process.finished.connect(process.deleteLater)
    process.closeWriteChannel()
