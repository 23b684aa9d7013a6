"""Where on a raster a preview is: a square around a point, on the layer's grid."""

from __future__ import annotations

import math

from qgis.core import QgsPointXY, QgsRasterLayer, QgsRectangle

SIDE = 256  # input pixels of a preview
TILE = 128  # of its middle, which comes first where all takes long; a preview begins at a multiple of it


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
    """The first of `side` pixels, a multiple of `TILE`, nearest to having `place` in the middle of them."""
    last = max(0, math.ceil(length / TILE) - side // TILE)
    return TILE * min(last, max(0, round((place - side / 2) / TILE)))


def pixels_of(layer: QgsRasterLayer, box: QgsRectangle, width: int, height: int) -> list[int]:
    """Column, row, width and height of a box of a layer in its file of `width` x `height` pixels.

    QGIS shows a file that is placed by control points on a grid of its own: the same share of the whole is taken.
    """
    extent = layer.extent()
    col, stop_col = (width * (x - extent.xMinimum()) / extent.width() for x in (box.xMinimum(), box.xMaximum()))
    row, stop_row = (height * (extent.yMaximum() - y) / extent.height() for y in (box.yMaximum(), box.yMinimum()))
    left, upper = min(round(col), width - 1), min(round(row), height - 1)
    return [left, upper, max(1, round(stop_col) - left), max(1, round(stop_row) - upper)]
