"""One run of the algorithm in the background, started from the dock."""

from __future__ import annotations

import time

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingFeedback,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from . import request, style
from .parameters import Given


class RunFeedback(QgsProcessingFeedback):
    """Hands what the run says over to the main thread, and keeps its error and its command."""

    stage = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(False)
        self.error = ""
        self.command = ""

    def setProgressText(self, text: str) -> None:
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
        self.target = ""
        self._given = given
        self._bands = given.bands()
        self._step = layer.rasterUnitsPerPixelX()
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

    def _executed(self, right: bool, results: dict) -> None:
        self.target = str(results.get("OUTPUT", ""))  # there is none but of a finished run, cancelled too late or not
        self._task = None  # QGIS deletes it
        self.ended.emit()

    def result_layer(self) -> QgsRasterLayer:
        """The result as a layer that is named after the input and looks like it."""
        layer = QgsRasterLayer(self.target, self.source_name)
        finer = round(self._step / layer.rasterUnitsPerPixelX()) if layer.rasterUnitsPerPixelX() > 0 else 1
        layer.setName(f"{self.source_name} x{finer}" if finer > 1 else f"{self.source_name} super-resolved")
        if layer.isValid() and self._renderer is not None:
            renderer = style.with_bands(self._renderer, self._bands)
            if renderer is not None:
                style.apply(layer, renderer)
        return layer
