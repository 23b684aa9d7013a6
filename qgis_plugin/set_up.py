"""Making the backend's environment: beside the one that works, in the background, one at a time."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QLockFile, QObject, QTimer, pyqtSignal

from . import backend, messages, settings
from .messages import translate
from .network import Network
from .protocol import Cancelled, WorkerError
from .tasks import examine, run_command

KEPT_LINES = 2000


class SetUp(QObject):
    """The one of this QGIS. It goes on when the page of the options closes, which shows it again when it opens.

    `line` is its log, kept in `lines`; `ended` comes with `report` or `problem`.
    """

    begun = pyqtSignal()
    line = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._task: SetupTask | None = None
        self.lines: list[str] = []
        self.problem = ""
        self.report: dict = {}

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self, base: str, source: str, extra: str) -> None:
        """Begin, unless one is under way."""
        if self._task is not None:
            return
        self.lines, self.problem, self.report = [], "", {}
        self._task = task = SetupTask(base, source, extra)
        task.line.connect(self._said)
        task.ended.connect(self._ended)
        QgsApplication.taskManager().addTask(task)
        self.begun.emit()

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _said(self, text: str) -> None:
        self.lines = [*self.lines, text][-KEPT_LINES:]
        self.line.emit(text)

    def _ended(self) -> None:
        task, self._task = self._task, None  # QGIS deletes it
        if task is not None:
            self.report = task.report
            if not task.done:
                self.problem = task.problem or translate("RsSr", "Cancelled; what was there before is as it was.")
            QTimer.singleShot(0, self.ended.emit)  # QGIS tells of the task first, and what follows lies above that


class SetupTask(QgsTask):
    """Makes an environment of its own number, which counts once it has been tried; older ones go then.

    Made on the main thread, which knows QGIS's proxy and certificates. A cancel or a failure leaves all as it was.
    """

    line = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, base: str, source: str, extra: str) -> None:
        super().__init__(translate("RsSr", "Setting up the rs-sr backend"), QgsTask.Flag.CanCancel)
        self._base, self._source, self._extra = base, source, extra
        self._network = Network()
        self.done = False
        self.problem = ""
        self.report: dict = {}

    def run(self) -> bool:
        root = settings.folder()
        try:
            root.mkdir(parents=True, exist_ok=True)
            lock = QLockFile(str(root / "set-up.lock"))
            lock.setStaleLockTime(0)  # that of a QGIS that has crashed counts no more, an old one does
            if not lock.tryLock(0):
                problem = translate("RsSr", "Another QGIS is setting up the backend")
                raise WorkerError("set-up", problem, translate("RsSr", "Wait until it is done."))
            try:
                self._build()
            finally:
                lock.unlock()
        except Cancelled:
            self.problem = ""
        except WorkerError as error:
            messages.log_error(error)
            self.problem = messages.words(error)
        except OSError as error:
            self.problem = translate("RsSr", "{} cannot be written: {}.").format(root, error.strerror)
        return self.done

    def _build(self) -> None:
        settings.clear_leftovers()
        folder = settings.new_environment()
        try:
            self._make(folder)
            note = {"source": self._source, "date": datetime.date.today().isoformat()}
            settings.complete(folder, json.dumps(note | {"version": backend.plugin_version()}))
            self.done = True
        finally:
            if not self.done:
                shutil.rmtree(folder, ignore_errors=True)
        settings.clear_leftovers()

    def _make(self, folder: Path) -> None:
        _, answer = run_command(self._base, ["-c", backend.PROBE], is_cancelled=self.isCanceled, timeout=60)
        why = backend.unfit(answer.strip().splitlines()[-1] if answer.strip() else "", messages.tr)
        if why:
            if "ensurepip" in answer:
                self.line.emit(answer.strip())
            cure = translate("RsSr", "Choose another interpreter, or install what it lacks (apt: python3-venv).")
            raise WorkerError("unfit", translate("RsSr", "{} cannot be used: {}").format(self._base, why), cure)
        python = settings.python_in(folder)
        version = backend.plugin_version()
        steps = backend.steps(self._base, folder, python, self._source, self._extra, version, messages.tr, answer)
        for number, step in enumerate(steps):
            self.setProgress(90 * number / len(steps))
            self.line.emit(f"== {step.title}")
            code, said = self._network.call(
                step.program, step.arguments, folder, self.line.emit, self.isCanceled, step.variables
            )  # fmt: skip
            if code != 0:
                problem, cure = backend.complaint(said, messages.tr)
                raise WorkerError("set-up", f"{step.title}: {problem}", cure + ".")
        self.line.emit("== " + translate("RsSr", "Trying it"))
        self.report = examine(str(python), self.isCanceled)

    def finished(self, result: bool) -> None:
        self.ended.emit()
