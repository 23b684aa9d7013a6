"""The preview: the model on the middle of the map, painted over it. It is no layer of the project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QRectF, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPen, QPolygonF

from .. import messages, pixels, request, style
from ..messages import translate
from ..overlay import Overlay
from ..parameters import call
from ..protocol import Message, WorkerError
from ..swipe import Side
from ..warm_worker import WarmWorker
from ..window import MIDDLE, SIDE, window_of
from .form import Form

QUICK_S = 1.0  # what is expected to take longer shows its middle first
SETTLE_MS = 300  # from the map's last move to a live preview


class PreviewItem(Overlay):
    """Paints the preview where it belongs, and a frame around it, there from the start."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setZValue(90)
        self._corners: list[QgsPointXY] = []

    def frame(self, box: QgsRectangle, to_map: QgsCoordinateTransform) -> None:
        """Outline a box, given in the CRS that `to_map` starts from."""
        edge = QgsGeometry.fromRect(box).densifyByCount(8)
        edge.transform(to_map)
        self._corners = [QgsPointXY(point) for point in edge.vertices()]
        self.update()

    def paint(self, painter, option=None, widget=None) -> None:
        for picture in self.pictures:
            if picture is not None:
                image, extent = picture
                place = QRectF(0, 0, self._canvas.width(), self._canvas.height())
                if not self._canvas.rotation():  # while the map is dragged or zoomed, where it was drawn
                    upper_left = self.toCanvasCoordinates(QgsPointXY(extent.xMinimum(), extent.yMaximum()))
                    lower_right = self.toCanvasCoordinates(QgsPointXY(extent.xMaximum(), extent.yMinimum()))
                    place = QRectF(upper_left, lower_right)
                painter.drawImage(place, image)
        outline = QPolygonF([self.toCanvasCoordinates(corner) for corner in self._corners])
        for colour, thickness in (("black", 3), ("white", 1)):
            painter.setPen(QPen(QColor(colour), thickness))
            painter.drawPolygon(outline)


@dataclass(frozen=True)
class _Try:
    """What is being tried: parts of a layer, the next one first."""

    layer_id: str
    parts: list[QgsRectangle]
    seconds: float = 0.0


class Preview(QObject):
    """One at a time. `changed` comes when there is something to see, and when there is not any more."""

    changed = pyqtSignal()

    def __init__(
        self, form: Form, worker: WarmWorker, canvas: QgsMapCanvas, plan: Callable[[], Message], parent=None
    ) -> None:
        """`plan` gives what the backend said of the layer, empty if nothing."""
        super().__init__(parent)
        self._form, self._worker, self._canvas, self._plan = form, worker, canvas, plan
        self._request = 0
        self._labels: dict[str, str] = {}
        self._source_id = ""
        self._item: PreviewItem | None = None
        self.layer: QgsRasterLayer | None = None
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(SETTLE_MS)
        self._live.timeout.connect(self.start)

    @property
    def running(self) -> bool:
        return self._request != 0

    @property
    def settled(self) -> bool:
        """Whether nothing is computed or drawn, nor will be unless something changes."""
        idle = self._request == 0 and not self._live.isActive()
        return idle and (self._item is None or not self._item.busy)

    def later(self, *ignored) -> None:
        """The map or a choice has changed: a live preview follows once that has settled. What was said counts no more,
        unless it is of what is seen."""
        if self.layer is None and not self.running:
            self._say("")
        if self._form.preview.live.isChecked() and self._form.isVisible():
            self._live.start()

    def start(self) -> None:
        """Run the model on the middle of the map, instead of what still runs."""
        self._live.stop()
        layer = self._form.chosen_layer()
        if layer is None:
            return
        self.cancel()
        try:
            to_map = self._to_map(layer)
            centre = self._centre(layer)
            parts = [window_of(layer, centre, side) for side in self._sides()]
            if None in parts:
                self._say(translate("RsSr", "The map shows nothing of the layer: move the map."))
                return
            wrong = pixels.misplaced(request.source_of_layer(call(self._form.parameters(layer, whole=True))))
            if wrong is not None:
                raise wrong
            self._mark(parts[-1], to_map)
            self._ask(layer, _Try(layer.id(), parts))
        except (QgsCsException, WorkerError) as error:
            self._say(messages.words(error) if isinstance(error, WorkerError) else str(error))

    def _centre(self, layer: QgsRasterLayer) -> QgsPointXY:
        """The middle of the map, else of what it shows of the layer, in the layer's CRS."""
        to_layer = QgsCoordinateTransform(self._to_map(layer).destinationCrs(), layer.crs(), QgsProject.instance())
        centre = to_layer.transform(self._canvas.center())
        if not layer.extent().contains(centre):
            shown = to_layer.transformBoundingBox(self._canvas.extent())
            centre = shown.intersect(layer.extent()).center() if shown.intersects(layer.extent()) else centre
        return centre

    def _to_map(self, layer: QgsRasterLayer) -> QgsCoordinateTransform:
        return QgsCoordinateTransform(layer.crs(), self._canvas.mapSettings().destinationCrs(), QgsProject.instance())

    def _sides(self) -> list[int]:
        """Of the squares to show one after the other: all of it, after its middle where all takes long."""
        plan = self._plan()
        result = plan.get("result", {})
        pixels = result.get("width", 0) * result.get("height", 0) / (plan.get("scale") or 1) ** 2
        slow = pixels > 0 and result.get("seconds", 0) * SIDE * SIDE / pixels > QUICK_S
        return [MIDDLE, SIDE] if slow else [SIDE]

    def _mark(self, box: QgsRectangle, to_map: QgsCoordinateTransform) -> None:
        if self._item is None:
            self._item = PreviewItem(self._canvas)
        self._item.frame(box, to_map)
        self._item.setVisible(True)
        self._form.preview.shown.setChecked(True)

    def _ask(self, layer: QgsRasterLayer, what: _Try) -> None:
        """Have the next part computed."""
        target = QgsProcessingUtils.generateTempFilename("preview.tif")
        given = call(self._form.parameters(layer, whole=True))
        self._labels = given.labels()
        message = request.to_try(given, request.source_of_layer(given), target, what.parts[0])
        self._say(translate("RsSr", "Preview ..."))
        self._form.show_previewing(True)
        self._request = self._worker.ask(message, lambda m, e: self._done(what, m, e))

    def _say(self, text: str) -> None:
        self._form.preview.said.setText(text)

    def cancel(self) -> None:
        """Give up the one that is under way, if any. What was there before stays."""
        self._live.stop()
        if self._request:
            self._worker.cancel(self._request)
            self.drop()
            self._say("")
            if self.layer is None:
                self.forget()
            elif self._item is not None:
                self._item.frame(self.layer.extent(), self._to_map(self.layer))

    def drop(self) -> None:
        """Expect no answer any more."""
        self._request = 0
        self._form.show_previewing(False)

    def _done(self, what: _Try, message: Message, error: WorkerError | None) -> None:
        self.drop()
        source = QgsProject.instance().mapLayer(what.layer_id)
        if error is not None or source is None:
            if error is None:
                _unlink(message["target"])
            self.forget()
            self._say(messages.words(error, self._labels) if error is not None else "")
            return
        layer = QgsRasterLayer(message["target"], translate("RsSr", "Preview of {}").format(source.name()))
        bands = message.get("summary", {}).get("band_numbers", [])
        renderer = style.with_bands(source.renderer().clone(), bands) if source.renderer() else None
        if renderer is not None:
            style.apply(layer, renderer)
        self._forget_layer()
        self.layer, self._source_id = layer, what.layer_id
        if self._item is not None:
            self._item.show_layers([[layer]])
        self.changed.emit()
        took = what.seconds + message.get("seconds", 0.0)
        if what.parts[1:]:
            self._ask(source, replace(what, parts=what.parts[1:], seconds=took))
        else:
            self._say(translate("RsSr", "Preview in {:.1f} s.").format(took))

    # ---- what is seen

    def sides(self) -> list[Side]:
        """The input, and the preview over it, to compare; empty where there is none."""
        source = QgsProject.instance().mapLayer(self._source_id) if self._source_id else None
        if source is None or self.layer is None:
            return []
        return [Side(source.name(), [source]), Side(self.layer.name(), [self.layer, source])]

    def show(self, on: bool) -> None:
        """Show it or hide it."""
        if self._item is not None:
            self._item.setVisible(on)

    def _forget_layer(self) -> None:
        layer, self.layer = self.layer, None
        if layer is not None:
            if self._item is not None:
                self._item.show_layers([])
            _unlink(layer.source())

    def forget(self) -> None:
        """Take it from the map, and its file from the disk."""
        self._live.stop()
        if self._request:
            self._worker.cancel(self._request)
            self.drop()
        self._forget_layer()
        self._source_id = ""
        item, self._item = self._item, None
        if item is not None:
            item.close()
        self._say("")
        self.changed.emit()

    def layers_go(self, names) -> None:
        """Layers are being removed from the project, the one that is tried perhaps."""
        if self._source_id in names:
            self.forget()


def _unlink(path: str) -> None:
    try:
        Path(path).unlink(missing_ok=True)
    except OSError:  # Windows keeps a file that is being drawn; QGIS empties the folder at its end
        return
