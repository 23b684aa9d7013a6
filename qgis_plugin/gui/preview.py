"""The preview: the model on the middle of the map, laid over it."""

from __future__ import annotations

import math
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from .. import messages, request, style
from ..messages import translate
from ..parameters import call
from ..protocol import Message, WorkerError
from ..warm_worker import WarmWorker
from .form import Form

SIDE = 256  # input pixels of a preview
MARK = "rs_sr/preview"  # custom property of the layer


class Preview(QObject):
    """One at a time. Its layer, `layer_id`, is private and temporary, and leaves the project unchanged."""

    def __init__(self, form: Form, worker: WarmWorker, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self._form, self._worker, self._canvas = form, worker, canvas
        self._request = 0
        self.layer_id = ""

    def start(self, plan: Message) -> None:
        """Run the model on the middle of the map. `plan` is what the backend said of the layer, empty if nothing."""
        layer = self._form.chosen_layer()
        if layer is None:
            return
        canvas = self._canvas
        try:
            to_layer = QgsCoordinateTransform(
                canvas.mapSettings().destinationCrs(), layer.crs(), QgsProject.instance()
            )  # fmt: skip
            around = window_of(layer, to_layer.transform(canvas.center()))
            if around is None:
                self._form.stage.setText(translate("RsSr", "The middle of the map is not on the layer: move the map."))
                return
            placed = not plan or plan.get("transform") is not None
            place = request.box(around) if placed else {"window": pixels_of(layer, around)}
            target = QgsProcessingUtils.generateTempFilename("preview.tif")
            given = call(self._form.parameters(layer))
            params = request.to_try(given, request.source_of_layer(given), target, place)
        except (QgsCsException, WorkerError) as error:
            self._form.stage.setText(messages.words(error) if isinstance(error, WorkerError) else str(error))
            return
        self._form.stage.setText(translate("RsSr", "Preview ..."))
        self._form.show_previewing(True)
        name = layer.id()
        self._request = self._worker.ask({"type": "run", "params": params}, lambda m, e: self._done(name, m, e))

    def cancel(self) -> None:
        """Give up the one that is under way, if any."""
        if self._request:
            self._worker.cancel(self._request)
            self.drop()
            self._form.stage.setText("")

    def drop(self) -> None:
        """Expect no answer any more."""
        self._request = 0
        self._form.show_previewing(False)

    def _done(self, layer_id: str, message: Message, error: WorkerError | None) -> None:
        self.drop()
        if error is not None:
            self._form.stage.setText(messages.words(error))
            return
        source = QgsProject.instance().mapLayer(layer_id)
        target = message["target"]
        if source is None:
            Path(target).unlink(missing_ok=True)
            return
        self.forget()
        layer = QgsRasterLayer(target, translate("RsSr", "Preview of {}").format(source.name()))
        bands = self._form.chosen_bands()
        renderer = style.with_bands(source.renderer().clone(), bands) if source.renderer() else None
        if renderer is not None:
            style.apply(layer, renderer)
        self._lay_over(layer)
        self._form.stage.setText(translate("RsSr", "Preview in {:.1f} s.").format(message.get("seconds", 0.0)))

    def _lay_over(self, layer: QgsRasterLayer) -> None:
        layer.setFlags(layer.flags() | QgsMapLayer.LayerFlag.Private)
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        layer.setCustomProperty(MARK, True)
        project = QgsProject.instance()
        dirty = project.isDirty()
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer)
        project.setDirty(dirty)
        self.layer_id = layer.id()
        self._form.layer.setExceptedLayerList([layer])

    def forget(self) -> None:
        """Take it from the map, and its file from the disk."""
        name, self.layer_id = self.layer_id, ""
        layer = QgsProject.instance().mapLayer(name) if name else None
        if layer is not None:
            path = layer.source()
            dirty = QgsProject.instance().isDirty()
            QgsProject.instance().removeMapLayer(name)
            QgsProject.instance().setDirty(dirty)
            Path(path).unlink(missing_ok=True)

    def layers_go(self, names) -> None:
        """Layers are being removed from the project, this one's perhaps."""
        if self.layer_id in names:
            self.layer_id = ""


def window_of(layer: QgsRasterLayer, centre: QgsPointXY, side: int = SIDE) -> QgsRectangle | None:
    """`side` x `side` pixels of a layer around a point in its CRS, on its grid; None where it does not meet the layer.

    A layer without georeference is shown by QGIS with rows downwards from 0, which is what its extent says too.
    """
    extent = layer.extent()
    step_x, step_y = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    if not extent.contains(centre) or not (step_x > 0 and step_y > 0):
        return None
    col = math.floor((centre.x() - extent.xMinimum()) / step_x) - side // 2
    row = math.floor((extent.yMaximum() - centre.y()) / step_y) - side // 2
    west = extent.xMinimum() + col * step_x
    north = extent.yMaximum() - row * step_y
    return QgsRectangle(west, north - side * step_y, west + side * step_x, north).intersect(extent)


def pixels_of(layer: QgsRasterLayer, box: QgsRectangle) -> list[int]:
    """Column, row, width and height of a box on a layer's grid."""
    extent = layer.extent()
    step_x, step_y = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    col, row = (box.xMinimum() - extent.xMinimum()) / step_x, (extent.yMaximum() - box.yMaximum()) / step_y
    return [round(v) for v in (col, row, box.width() / step_x, box.height() / step_y)]
