"""Pictures of layers over the map, made in the background whenever it changes. The layers need be in no project."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QRectF, QTimer
from qgis.PyQt.QtGui import QColor

DELAY_MS = 150


class Overlay(QgsMapCanvasItem):
    """Keeps a picture of each side, a list of layers with the topmost first. Whoever inherits it paints `pictures`."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._sides: list[list[QgsMapLayer]] = []
        self.pictures: list = []
        self._jobs: list = []
        self._old: set = set()  # cancelled jobs, kept until they are over
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.render)
        self._heard: list = []

    def show_layers(self, sides: Sequence[Sequence[QgsMapLayer]]) -> None:
        """Paint these from now on."""
        self._let_go()
        self._sides = [list(side) for side in sides]
        self.pictures = [None] * len(self._sides)
        self._jobs = [None] * len(self._sides)
        canvas = self._canvas
        self._heard = [
            canvas.extentsChanged, canvas.rotationChanged, canvas.renderStarting, canvas.mapCanvasRefreshed,
            canvas.destinationCrsChanged,
        ]  # fmt: skip
        self._heard += [layer.repaintRequested for side in self._sides for layer in side]
        for signal in self._heard:
            signal.connect(self._later)
        self.render()

    def background(self, side: int) -> QColor:
        """What lies under the layers of a side."""
        return QColor(0, 0, 0, 0)

    def _later(self, *ignored) -> None:
        self._timer.start()

    def render(self) -> None:
        """Draw all sides anew."""
        for side, layers in enumerate(self._sides):
            self._drop(side)
            settings = QgsMapSettings(self._canvas.mapSettings())
            settings.setLayers(layers)
            settings.setBackgroundColor(self.background(side))
            job = QgsMapRendererParallelJob(settings)
            self._jobs[side] = job
            job.finished.connect(lambda side=side, job=job: self._rendered(side, job))
            job.start()

    def _rendered(self, side: int, job) -> None:
        self._old.discard(job)
        job.deleteLater()
        if side >= len(self._jobs) or job is not self._jobs[side]:  # a cancelled job ends too, with an empty picture
            return
        self._jobs[side] = None
        self.pictures[side] = (job.renderedImage(), job.mapSettings().visibleExtent())
        self.update()

    def _drop(self, side: int) -> None:
        job, self._jobs[side] = self._jobs[side], None
        if job is not None and job.isActive():
            self._old.add(job)
            job.cancelWithoutBlocking()

    @property
    def busy(self) -> bool:
        return self._timer.isActive() or any(job is not None for job in self._jobs)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def updatePosition(self) -> None:
        self.setPos(0, 0)
        self.update()

    def _let_go(self) -> None:
        self._timer.stop()
        for signal in self._heard:
            try:
                signal.disconnect(self._later)
            except (TypeError, RuntimeError):  # its layer is gone
                continue
        self._heard = []
        for job in (*self._jobs, *self._old):
            if job is not None:
                job.cancel()
        self._sides, self._jobs, self.pictures = [], [], []

    def close(self) -> None:
        """Stop drawing and leave the canvas."""
        self._let_go()
        self._canvas.scene().removeItem(self)
