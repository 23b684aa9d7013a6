"""One run of the algorithm in the background, started from the dock."""

from __future__ import annotations

import shlex
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsMapLayer,
    QgsProcessingAlgRunnerTask,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from . import environment, request, settings, style
from .algorithm import FINER, USED
from .parameters import Given


class RunFeedback(QgsProcessingFeedback):
    """Hands what the run says over to the main thread, and keeps its error and its command."""

    stage = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(False)
        self.error = ""
        self.command = ""
        self.since = time.monotonic()  # the stage began

    def setProgressText(self, text: str) -> None:
        self.since = time.monotonic()
        self.stage.emit(text)

    def reportError(self, error: str, fatalError: bool = False) -> None:
        self.error = error
        super().reportError(error, fatalError)

    def pushCommandInfo(self, info: str) -> None:
        self.command = info
        super().pushCommandInfo(info)


class Run(QObject):
    """A run. `ended` comes once, on the main thread; then `target` is there, else `cancelled` or `error` tells why.

    Everything the task uses is kept here: QGIS crashes if Python drops it. The input layer may go in the meantime.
    """

    progressed = pyqtSignal(float)
    staged = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, given: Given, parent=None) -> None:
        """On a layer that is there; one that is no file is a `WorkerError`."""
        super().__init__(parent)
        layer = given.layer()
        self.source_id, self.source_name = layer.id(), layer.name()
        self.source_path = request.source_of_layer(given).path
        self.target = self.model = ""
        self.temporary = given.raw("OUTPUT") == "TEMPORARY_OUTPUT"
        self.recipe = recipe(given.parameters)
        self._given = given
        self._bands = given.bands()
        self._finer = 0
        self._renderer = layer.renderer().clone() if layer.renderer() else None
        self.feedback = RunFeedback()
        self.feedback.stage.connect(self.staged)
        self.feedback.progressChanged.connect(self.progressed)
        self.python = given.algorithm.asPythonCommand(given.parameters, given.context)
        self._began = time.monotonic()
        self._task: QgsProcessingAlgRunnerTask | None = None

    def check(self) -> str:
        """Why it cannot start; empty if it can."""
        given = self._given
        right, words = given.algorithm.checkParameterValues(given.parameters, given.context)
        return "" if right else words

    def start(self) -> None:
        given = self._given
        self._task = QgsProcessingAlgRunnerTask(given.algorithm, given.parameters, given.context, self.feedback)
        self._task.executed.connect(self._executed)
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Ask the run to end; it does within about two seconds, unless it is done by then."""
        self.feedback.cancel()
        if self._task is not None:
            self._task.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether someone, here or in QGIS's list of tasks, asked it to end."""
        return self.feedback.isCanceled()

    @property
    def error(self) -> str:
        return self.feedback.error

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def left(self, percent: float) -> float:
        """Seconds to go, as fast as this stage has been."""
        return (time.monotonic() - self.feedback.since) * (100 / percent - 1)

    @property
    def name(self) -> str:
        """What the result is called: its input, and how many times finer it is."""
        return f"{self.source_name} x{self._finer}"

    @property
    def command(self) -> str:
        """What makes the result again in a terminal; a temporary one in the folder where it is typed."""
        words = shlex.split(self.feedback.command)
        if self.temporary:
            words = [f"{Path(self.source_path).stem}_x{self._finer}.tif" if w == self.target else w for w in words]
        return shlex.join([settings.python(), *environment.command(*words[1:]), "--overwrite"])

    def _executed(self, right: bool, results: dict) -> None:
        self.target = str(results.get("OUTPUT", ""))  # there is none but of a finished run, cancelled too late or not
        self._finer = results.get(FINER) or 0
        self.model = results.get(USED) or ""
        self._task = None  # QGIS deletes it
        QTimer.singleShot(0, self.ended.emit)  # QGIS tells of the task first, and what follows lies above that

    def result_layer(self) -> QgsRasterLayer:
        """The result as a layer that is named after the input and looks like it."""
        layer = QgsRasterLayer(self.target, self.name)
        if layer.isValid() and self._renderer is not None:
            renderer = style.with_bands(self._renderer, self._bands)
            if renderer is not None:
                style.apply(layer, renderer)
        return layer


def recipe(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as text and numbers, which say the same in another project: layers by their files."""
    found = {}
    for name, value in parameters.items():
        layer = QgsProject.instance().mapLayer(value) if name in ("INPUT", "MASK") and isinstance(value, str) else None
        if isinstance(layer, QgsMapLayer):
            value = layer.source()
        elif isinstance(value, QgsReferencedRectangle):
            ends = (value.xMinimum(), value.xMaximum(), value.yMinimum(), value.yMaximum())
            value = ",".join(map(repr, ends)) + f" [{value.crs().authid()}]"
        found[name] = value
    return found
