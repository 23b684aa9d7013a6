"""Compare two layers on the map: a divider to drag, one layer left of it, the other right.

Both sides are painted over the canvas, so that other layers between them do not matter.
"""

from __future__ import annotations

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapTool
from qgis.PyQt.QtCore import QLine, QRectF, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPen

from .messages import translate

DELAY_MS = 150
STEP_PX = 10


class SwipeItem(QgsMapCanvasItem):
    """Paints the two layers. `at` is the divider's place, 0..1 of the canvas."""

    def __init__(self, canvas: QgsMapCanvas, first: str, second: str) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._ids = (first, second)
        self._images: list = [None, None]
        self._jobs: list = [None, None]
        self._old: set = set()  # cancelled jobs, kept until they are over
        self.at = 0.5
        self.upright = True
        self.setZValue(100)
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.render)
        self._signals = [
            canvas.extentsChanged, canvas.rotationChanged, canvas.renderStarting, canvas.mapCanvasRefreshed,
            canvas.destinationCrsChanged,
        ]  # fmt: skip
        self._signals += [layer.repaintRequested for layer in self._layers() if layer is not None]
        for signal in self._signals:
            signal.connect(self._later)
        self.render()

    def _layers(self) -> list:
        return [QgsProject.instance().mapLayer(name) for name in self._ids]

    def _later(self, *ignored) -> None:
        self._timer.start()

    def render(self) -> None:
        """Draw both layers anew, in the background."""
        for side, layer in enumerate(self._layers()):
            if layer is None:
                continue
            self._drop(side)
            settings = QgsMapSettings(self._canvas.mapSettings())
            settings.setLayers([layer])
            settings.setBackgroundColor(self._canvas.canvasColor() if side == 0 else QColor(0, 0, 0, 0))
            job = QgsMapRendererParallelJob(settings)
            self._jobs[side] = job
            job.finished.connect(lambda side=side, job=job: self._rendered(side, job))
            job.start()

    def _rendered(self, side: int, job) -> None:
        self._old.discard(job)
        job.deleteLater()
        if job is not self._jobs[side]:  # a cancelled job says finished too, with an empty picture
            return
        self._images[side] = job.renderedImage()
        self._jobs[side] = None
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

    def paint(self, painter, option=None, widget=None) -> None:
        width, height = self._canvas.width(), self._canvas.height()
        place = round(self.at * (width if self.upright else height))
        if self.upright:
            parts = (QRectF(0, 0, place, height), QRectF(place, 0, width - place, height))
            line = QLine(place, 0, place, height)
        else:
            parts = (QRectF(0, 0, width, place), QRectF(0, place, width, height - place))
            line = QLine(0, place, width, place)
        for part, image in zip(parts, self._images):
            if image is not None:
                r = image.devicePixelRatio()
                painter.drawImage(part, image, QRectF(part.x() * r, part.y() * r, part.width() * r, part.height() * r))
        for colour, thickness in (("black", 3), ("white", 1)):
            painter.setPen(QPen(QColor(colour), thickness))
            painter.drawLine(line)

    def close(self) -> None:
        """Stop drawing and leave the canvas."""
        self._timer.stop()
        for signal in self._signals:
            try:
                signal.disconnect(self._later)
            except (TypeError, RuntimeError):  # its layer is gone
                continue
        for job in (*self._jobs, *self._old):
            if job is not None:
                job.cancel()
        self._jobs = [None, None]
        self._canvas.scene().removeItem(self)


class SwipeTool(QgsMapTool):
    """Drag or use the arrow keys to move the divider; Space turns it, Escape ends."""

    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, first: str, second: str) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._ids = {first, second}
        self._before = canvas.mapTool()
        self.item: SwipeItem | None = SwipeItem(canvas, first, second)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        QgsProject.instance().layersWillBeRemoved.connect(self._removed)
        QgsProject.instance().cleared.connect(self.finish)

    def toolName(self) -> str:
        return translate("RsSr", "Compare")

    def canvasPressEvent(self, event) -> None:
        self._move(event)

    def canvasMoveEvent(self, event) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event)

    def _move(self, event) -> None:
        if self.item is not None:
            at, canvas = event.pos(), self._canvas
            self.put(at.x() / canvas.width() if self.item.upright else at.y() / canvas.height())

    def put(self, place: float) -> None:
        """Move the divider to a place between 0 and 1."""
        if self.item is not None:
            self.item.at = min(1.0, max(0.0, place))
            self.item.update()

    def keyPressEvent(self, event) -> None:
        if self.item is None:
            return
        step = STEP_PX / max(1, self._canvas.width())
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.put(self.item.at - step)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.put(self.item.at + step)
        elif key == Qt.Key.Key_Space:
            self.item.upright = not self.item.upright
            self.setCursor(Qt.CursorShape.SplitHCursor if self.item.upright else Qt.CursorShape.SplitVCursor)
            self.item.update()
        elif key == Qt.Key.Key_Escape:
            self.finish()
        else:
            return
        event.accept()

    def _removed(self, names) -> None:
        if self._ids & set(names):
            self.finish()

    def finish(self) -> None:
        """End the comparison and give the map its earlier tool back."""
        if self.item is not None and self._canvas.mapTool() is self:
            if self._before is not None:
                self._canvas.setMapTool(self._before)
            else:
                self._canvas.unsetMapTool(self)
        self._close()

    def deactivate(self) -> None:
        super().deactivate()
        self._close()

    def _close(self) -> None:
        if self.item is None:
            return
        item, self.item = self.item, None
        item.close()
        QgsProject.instance().layersWillBeRemoved.disconnect(self._removed)
        QgsProject.instance().cleared.disconnect(self.finish)
        self.ended.emit()
