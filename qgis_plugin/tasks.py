"""Work in the background: commands of the backend, trying one, and a report."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from qgis.core import QgsProcessingUtils, QgsTask
from qgis.PyQt.QtCore import QProcess, pyqtSignal

from . import backend, group, messages, models, settings
from .environment import command, working_folder
from .messages import translate
from .protocol import Cancelled, WorkerError
from .worker import Worker, process_environment

DOCTOR_S = 60.0


def run_command(
    program: str,
    arguments: list[str],
    on_line: Callable[[str], None] = lambda line: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    timeout: float | None = None,
    more: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Run a command of a Python and give its exit code and the last 64 KiB that it said; from any thread.

    A cancel raises `Cancelled`; a program that does not start or takes longer than `timeout` is a `WorkerError`.
    Nothing that the command has started outlives it.
    """
    environment = process_environment()
    for name, value in (more or {}).items():
        environment.insert(name, value)
    process = QProcess()
    process.setProcessEnvironment(environment)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.setWorkingDirectory(working_folder(program))
    process.start(program, group.leading(program, arguments))
    if not process.waitForStarted(10000):
        raise WorkerError("no-interpreter", program, detail=process.errorString())
    pid = int(process.processId())
    process.closeWriteChannel()
    said, rest, begun = "", "", time.monotonic()
    running = True
    try:
        while running:
            running = process.state() != QProcess.ProcessState.NotRunning
            if running:
                process.waitForReadyRead(100)
            *lines, rest = (rest + bytes(process.readAll()).decode("utf-8", "replace")).split("\n")
            for line in lines:
                on_line(backend.without_secrets(line.rstrip("\r")))
            said = (said + "".join(f"{line}\n" for line in lines))[-(1 << 16) :]
            if running and is_cancelled():
                raise Cancelled
            if running and timeout is not None and time.monotonic() - begun > timeout:
                raise WorkerError("no-hello", program, detail=said)
    finally:
        _end(process, pid)
    if rest:
        on_line(backend.without_secrets(rest))
    crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
    return (-1 if crashed else process.exitCode()), said + rest


def _end(process: QProcess, pid: int) -> None:
    """End a command, and what it has started."""
    if group.WINDOWS and process.state() != QProcess.ProcessState.NotRunning:
        QProcess.execute(group.tree(pid)[0], group.tree(pid)[1:])
    process.kill()
    process.waitForFinished(5000)
    if not group.WINDOWS:
        group.end(pid)


def examine(python: str, is_cancelled: Callable[[], bool] = lambda: False) -> dict:
    """Try a backend: what its doctor says (`facts`, `troubles`), and its `models`. Raises `WorkerError`."""
    with Worker(python, is_cancelled) as worker:
        found = worker.info()
        version, can = str(worker.hello.get("version")), worker.hello.get("capabilities", [])
    models.remember(settings.folder(), found)
    code, said = run_command(python, command("doctor", "--json"), is_cancelled=is_cancelled, timeout=DOCTOR_S)
    try:
        report = json.loads(said[said.index("{") :])
    except ValueError:
        raise WorkerError("worker-died", f"exit code {code}", detail=said) from None
    if "aoi" not in can:
        report.setdefault("troubles", []).append(translate("RsSr", "polygons need geopandas, which is not there"))
    return {"version": version, "models": found.get("models", []), **report}


class TestTask(QgsTask):
    """Tries a backend. `report` or `problem` is there once `tried` comes."""

    tried = pyqtSignal()

    def __init__(self, python: str) -> None:
        super().__init__(translate("RsSr", "Trying the rs-sr backend"), QgsTask.Flag.CanCancel)
        self._python = python
        self.report: dict = {}
        self.problem = ""

    def run(self) -> bool:
        try:
            self.report = examine(self._python, self.isCanceled)
        except Cancelled:
            return False
        except WorkerError as error:
            messages.log_error(error)
            self.problem = messages.words(error)
        return not self.problem

    def finished(self, result: bool) -> None:
        self.tried.emit()


class ReportTask(QgsTask):
    """Has the backend write a report into a temporary file. `path` or `problem` is there once `ended` comes."""

    ended = pyqtSignal()

    def __init__(self, python: str, source: str, result: str) -> None:
        super().__init__(translate("RsSr", "Writing a report"), QgsTask.Flag.CanCancel)
        self._python, self._source, self._result = python, source, result
        self._page = QgsProcessingUtils.generateTempFilename("report.html")
        self.path = ""
        self.problem = ""

    def run(self) -> bool:
        words = command("report", self._source, self._result, "-o", self._page, "--overwrite", "-q")
        try:
            code, said = run_command(self._python, words, is_cancelled=self.isCanceled)
        except Cancelled:
            return False
        except WorkerError as error:
            messages.log_error(error)
            self.problem = messages.words(error)
            return False
        if code == 0:
            self.path = self._page
        else:
            messages.log(said)
            self.problem = said.strip().splitlines()[-1] if said.strip() else f"exit code {code}"
        return code == 0

    def finished(self, result: bool) -> None:
        self.ended.emit()
