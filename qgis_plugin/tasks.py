"""Work in the background: making the backend's environment, and trying a backend."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsNetworkAccessManager, QgsProcessingUtils, QgsTask
from qgis.PyQt.QtCore import QProcess, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkProxy

from . import backend, messages, models, settings
from .environment import working_folder
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
    """Run a command of the backend and give its exit code and the last 64 KiB that it said; from any thread.

    A cancel raises `Cancelled`; a program that does not start or takes longer than `timeout` is a `WorkerError`.
    """
    environment = process_environment()
    for name, value in (more or {}).items():
        environment.insert(name, value)
    process = QProcess()
    process.setProcessEnvironment(environment)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.setWorkingDirectory(working_folder(program))
    process.start(program, arguments)
    if not process.waitForStarted(10000):
        raise WorkerError("no-interpreter", program, detail=process.errorString())
    process.closeWriteChannel()
    said, rest, begun = "", "", time.monotonic()
    running = True
    while running:
        running = process.state() != QProcess.ProcessState.NotRunning
        if running:
            process.waitForReadyRead(100)
        *lines, rest = (rest + bytes(process.readAll()).decode("utf-8", "replace")).split("\n")
        for line in lines:
            on_line(backend.without_secrets(line.rstrip("\r")))
        said = (said + "".join(f"{line}\n" for line in lines))[-(1 << 16) :]
        late = timeout is not None and time.monotonic() - begun > timeout
        if running and (is_cancelled() or late):
            process.kill()
            process.waitForFinished(5000)
            if late:
                raise WorkerError("no-hello", program, detail=said)
            raise Cancelled
    if rest:
        on_line(backend.without_secrets(rest))
    crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
    return (-1 if crashed else process.exitCode()), said + rest


def examine(python: str, is_cancelled: Callable[[], bool] = lambda: False) -> dict:
    """Try a backend: what its doctor says (`facts`, `troubles`), and its `models`. Raises `WorkerError`."""
    with Worker(python, is_cancelled) as worker:
        found = worker.info()
        version = str(worker.hello.get("version"))
    models.remember(settings.folder(), found.get("models", []))
    code, said = run_command(python, ["-m", "rs_sr", "doctor", "--json"], is_cancelled=is_cancelled, timeout=DOCTOR_S)
    try:
        report = json.loads(said[said.index("{") :])
    except ValueError:
        raise WorkerError("worker-died", f"exit code {code}", detail=said) from None
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
        words = ["-m", "rs_sr", "report", self._source, self._result, "-o", self._page, "--overwrite", "-q"]
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


class SetupTask(QgsTask):
    """Makes the backend's environment. `line` is its log; `problem` and `python` are there once `ended` comes.

    Made on the main thread, which knows QGIS's proxy. A cancel or a failure leaves no environment behind.
    """

    line = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, base: str, source: str, extra: str) -> None:
        super().__init__(translate("RsSr", "Setting up the rs-sr backend"), QgsTask.Flag.CanCancel)
        self._base, self._source, self._extra = base, source, extra
        self._folder = settings.environment_folder()
        self._proxy = _proxy()
        self.python = str(settings.own_python())
        self.problem = ""
        self.report: dict = {}

    def run(self) -> bool:
        done = False
        try:
            self._make()
            done = True
        except Cancelled:
            self.problem = translate("RsSr", "Cancelled; nothing was left.")
        except WorkerError as error:
            self.problem = messages.words(error)
        except OSError as error:
            self.problem = translate("RsSr", "{} cannot be made: {}.").format(self._folder, error)
        finally:
            if not done:
                backend.remove(self._folder)
        return done

    def _make(self) -> None:
        _, answer = run_command(self._base, ["-c", backend.PROBE], is_cancelled=self.isCanceled, timeout=30)
        why = backend.unfit(answer.strip().splitlines()[-1] if answer.strip() else "")
        if why:
            if "ensurepip" in answer:
                self.line.emit(answer.strip())
            cure = translate("RsSr", "Choose another interpreter, or install what it lacks (apt: python3-venv).")
            raise WorkerError("unfit", translate("RsSr", "{} cannot be used: {}").format(self._base, why), cure)
        backend.remove(self._folder)
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        version = backend.plugin_version()
        steps = backend.steps(self._base, self._folder, Path(self.python), self._source, self._extra, version)
        for number, step in enumerate(steps):
            self.setProgress(90 * number / len(steps))
            self.line.emit(f"== {step.title}")
            code, said = run_command(
                step.program, step.arguments, self.line.emit, self.isCanceled, more=self._proxy
            )  # fmt: skip
            if code != 0:
                problem, cure = backend.complaint(said)
                raise WorkerError("set-up", f"{step.title}: {problem}", cure + ".")
        self.line.emit("== " + translate("RsSr", "Trying it"))
        self.report = examine(self.python, self.isCanceled)
        note = {"version": version, "source": self._source, "date": datetime.date.today().isoformat()}
        (self._folder / "rs_sr.json").write_text(json.dumps(note), encoding="utf-8")

    def finished(self, result: bool) -> None:
        self.ended.emit()


def _proxy() -> dict[str, str]:
    """QGIS's own proxy settings, for pip."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    if proxy.type() != QNetworkProxy.ProxyType.HttpProxy:
        return {}
    return backend.proxy_variables(proxy.hostName(), proxy.port(), proxy.user(), proxy.password())
