"""Where on a raster a preview is: pixels around a point, on the layer's grid."""

from __future__ import annotations

from qgis.core import QgsPointXY, QgsRasterLayer, QgsRectangle

SIDE, MIDDLE = 256, 128  # input pixels of a preview, and of its middle, which is shown first where all takes long


def window_of(layer: QgsRasterLayer, centre: QgsPointXY, side: int = SIDE) -> QgsRectangle | None:
    """`side` x `side` pixels of a layer around a point in its CRS; None beside the layer.

    A layer without georeference is shown by QGIS with rows downwards from 0, which is what its extent says too.
    """
    extent = layer.extent()
    step_x, step_y = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    if not extent.contains(centre) or not (step_x > 0 and step_y > 0):
        return None
    west = extent.xMinimum() + step_x * _start((centre.x() - extent.xMinimum()) / step_x, layer.width(), side)
    north = extent.yMaximum() - step_y * _start((extent.yMaximum() - centre.y()) / step_y, layer.height(), side)
    return QgsRectangle(west, north - side * step_y, west + side * step_x, north).intersect(extent)


def _start(place: float, length: int, side: int) -> int:
    """The first of `side` pixels that have `place` in the middle, as far as there are as many."""
    return max(0, min(length - side, round(place - side / 2)))
