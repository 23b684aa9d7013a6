"""Write the part of a layer that the map shows into a GeoTIFF: for layers that are no files."""

from __future__ import annotations

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsMapSettings,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterFileWriterTask,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRectangle,
)

from .layer_source import SERVERS
from .messages import translate
from .protocol import WorkerError

MOST_PIXELS = 100_000_000


def visible_part(layer: QgsRasterLayer, settings: QgsMapSettings) -> tuple[QgsRectangle, float, float]:
    """The part of a layer that is on the map, in the layer's CRS, and the size of a pixel there.

    A picture from a server is taken as fine as the map shows it, data as they are. Nothing in sight, or too much, is a
    `WorkerError`.
    """
    transform = QgsCoordinateTransform(settings.destinationCrs(), layer.crs(), QgsProject.instance())
    box = transform.transformBoundingBox(settings.visibleExtent())
    size = settings.outputSize()
    step_x, step_y = box.width() / max(1, size.width()), box.height() / max(1, size.height())
    if layer.dataProvider().name() not in SERVERS and layer.rasterUnitsPerPixelX() > 0:
        step_x, step_y = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    if not layer.extent().isEmpty():
        box = box.intersect(layer.extent())
    if box.isEmpty():
        raise WorkerError("bad-layer", translate("RsSr", "The map does not show {}").format(layer.name()))
    if box.width() / step_x * (box.height() / step_y) > MOST_PIXELS:
        problem = translate("RsSr", "The map shows too much of {}").format(layer.name())
        raise WorkerError("bad-layer", problem, translate("RsSr", "Zoom in."))
    return box, step_x, step_y


def start(layer: QgsRasterLayer, settings: QgsMapSettings, path: str) -> QgsRasterFileWriterTask:
    """Write it to `path` in the background; the task's `writeComplete` carries the file's name."""
    box, step_x, step_y = visible_part(layer, settings)
    pipe = QgsRasterPipe()
    if not pipe.set(layer.dataProvider().clone()):
        raise WorkerError("bad-layer", translate("RsSr", "{} cannot be written").format(layer.name()))
    width, height = max(1, round(box.width() / step_x)), max(1, round(box.height() / step_y))
    box = QgsRectangle(
        box.xMinimum(), box.yMaximum() - height * step_y, box.xMinimum() + width * step_x, box.yMaximum()
    )
    writer = QgsRasterFileWriter(path)
    writer.setOutputFormat("GTiff")
    context = QgsProject.instance().transformContext()
    task = QgsRasterFileWriterTask(writer, pipe, width, height, box, layer.crs(), context)
    QgsApplication.taskManager().addTask(task)
    return task
