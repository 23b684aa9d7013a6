"""The part of a file that a box on the map covers, for files without a transform of their own. No widgets.

QGIS shows a file that is placed by ground control points or RPCs on a grid of its own, which GDAL computes. The same
computation leads back to the file's pixels.
"""

from __future__ import annotations

import math
from typing import Any

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsRectangle

from .layer_source import LayerSource
from .messages import translate
from .protocol import WorkerError

NONE = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)  # a transform that says that coordinates are pixel numbers
STEPS = 32  # of the lattice of points that is traced from the map to the file
NEAR = 1e-6  # of a pixel: what means a pixel's edge is taken for it


def window_of_box(source: LayerSource, box: QgsRectangle, to_layer: QgsCoordinateTransform) -> list[int] | None:
    """Column, row, width and height of the pixels around all that a box covers, whose CRS `to_layer` starts from.

    None for a file with a transform, which is told the box itself. Nothing at all is a `WorkerError`.
    """
    dataset = _opened(source)
    if dataset is None or dataset.GetGeoTransform(can_return_null=True) not in (None, NONE):
        return None
    shown = _transformed(box, to_layer).intersect(source.extent)
    width, height = dataset.RasterXSize, dataset.RasterYSize
    found = [] if shown.isEmpty() else _traced(dataset, source.extent, _lattice(shown))
    if found:
        col, row = (max(0, math.floor(min(values) + NEAR)) for values in zip(*found))
        stop_col, stop_row = (math.ceil(max(values) - NEAR) for values in zip(*found))
        stop_col, stop_row = min(width, stop_col), min(height, stop_row)
        if col < stop_col and row < stop_row:
            return [col, row, stop_col - col, stop_row - row]
    raise WorkerError(
        "bad-parameter",
        translate("RsSr", "The part that is chosen holds no pixels of the raster"),
        translate("RsSr", "Move the map, or take the whole layer."),
    )


def misplaced(source: LayerSource) -> WorkerError | None:
    """That QGIS shows a file by its pixel numbers though control points or RPCs place it, which results go by."""
    dataset = _opened(source)
    if dataset is None or not _is_tied(dataset) or dataset.GetGeoTransform(can_return_null=True) != NONE:
        return None
    return WorkerError(
        "bad-layer",
        translate("RsSr", "QGIS places this layer by its pixel numbers, its results by control points or RPCs"),
        translate("RsSr", "Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again."),
    )


def _opened(source: LayerSource) -> Any:
    """The file, as QGIS's own GDAL sees it; None for one that it cannot open."""
    from osgeo import gdal  # which every QGIS has for Processing

    try:
        return gdal.OpenEx(source.path, gdal.OF_RASTER, open_options=list(source.options.get("oo", [])))
    except RuntimeError:  # where someone has switched GDAL's exceptions on; the backend says what is wrong
        return None


def _is_tied(dataset: Any) -> bool:
    return bool(dataset.GetGCPCount() or dataset.GetMetadata("RPC"))


def _transformed(box: QgsRectangle, to_layer: QgsCoordinateTransform) -> QgsRectangle:
    try:
        return to_layer.transformBoundingBox(box)
    except QgsCsException:
        return QgsRectangle()


def _lattice(box: QgsRectangle) -> list[tuple[float, float]]:
    steps = [step / STEPS for step in range(STEPS + 1)]
    return [(box.xMinimum() + x * box.width(), box.yMinimum() + y * box.height()) for y in steps for x in steps]


def _traced(
    dataset: Any, extent: QgsRectangle, points: list[tuple[float, float]]
) -> list[tuple[float, float]]:  # fmt: skip
    """Columns and rows of points of the layer, of those that have any."""
    width, height = dataset.RasterXSize, dataset.RasterYSize
    if not _is_tied(dataset):
        per_x, per_y = width / extent.width(), height / extent.height()
        return [((x - extent.xMinimum()) * per_x, (extent.yMaximum() - y) * per_y) for x, y in points]
    from osgeo import gdal

    height_off = dataset.GetMetadataItem("HEIGHT_OFF", "RPC")  # which QGIS takes for the height of the ground
    try:
        transformer = gdal.Transformer(dataset, None, [f"RPC_HEIGHT={height_off}"] if height_off else [])
        found, right = transformer.TransformPoints(1, [(x, y, 0.0) for x, y in points])
    except (RuntimeError, ValueError):  # control points that lie on a line place nothing
        return []
    return [(x, y) for (x, y, _), well in zip(found, right) if well]
