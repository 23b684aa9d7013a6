"""What the backend is told, from the parameters of the algorithm: the one place, for a run, a look ahead and a preview.

The three say the same of model, bands, values and file; they differ in the part of the raster and in where a result
goes. `fields.py` lists which field comes from which parameter. What is not given is left to the backend.
"""

from __future__ import annotations

import math
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsFields,
    QgsProcessingUtils,
    QgsRectangle,
    QgsVectorFileWriter,
)

from . import models, pixels
from .layer_source import LayerSource, crs_text, source_of
from .messages import translate
from .parameters import Given
from .protocol import Message, WorkerError


def source_of_layer(given: Given) -> LayerSource:
    """The file of the raster and what its layer's properties say of it; on the main thread.

    No layer, or one that is no file, is a `WorkerError`.
    """
    return source_of(given.layer(), ask_nodata=not given.has("NODATA"))


def to_run(given: Given, source: LayerSource, target: str, uncertainty: str = "") -> Message:
    """Fields of a run; in any thread. Writes the polygons into a file, for the run alone."""
    params = _options(given, source) | _extent(given, source)
    if given.has("MASK"):
        params["aoi"] = _mask_file(given)
    if uncertainty:
        params["uncertainty"] = str(Path(uncertainty).absolute())
    return params | {"target": str(Path(target).absolute())}


def to_look(given: Given, source: LayerSource, target: str) -> Message:
    """Fields of the question what a run would do. Its result would go to `target`, which is not written.

    For polygons stands the box around them, as large a part and no file to write. None at all are a `WorkerError`.
    """
    params = _options(given, source) | _extent(given, source)
    if given.has("MASK"):
        polygons = given.polygons()
        if polygons is None or polygons.sourceExtent().isNull():
            problem = translate("RsSr", "There are no polygons")
            raise WorkerError("bad-parameter", problem, translate("RsSr", "Draw some, or choose another layer."))
        params.update(box(polygons.sourceExtent(), polygons.sourceCrs()))
    if given.has("UNCERTAINTY"):
        params["uncertainty"] = f"{target}.error.tif"
    return params | {"target": target}


def to_try(given: Given, source: LayerSource, target: str, around: QgsRectangle) -> Message:
    """The message for a preview of a box in the layer's CRS, in the stead of the part that is chosen."""
    renderer = given.layer().renderer()
    shown = renderer.usesBands() if renderer is not None else []
    place = part(given, source, around)
    return {"type": "run", "preview": shown, "params": _options(given, source) | place | {"target": target}}


def part(
    given: Given, source: LayerSource, around: QgsRectangle, crs: QgsCoordinateReferenceSystem | None = None
) -> Message:  # fmt: skip
    """The fields for the part in a box, along the axes of a CRS, else of the layer's own."""
    to_layer = QgsCoordinateTransform(crs or source.crs, source.crs, given.context.transformContext())
    window = pixels.window_of_box(source, around, to_layer)
    return {"window": window} if window else box(around, crs)


def box(around: QgsRectangle, crs: QgsCoordinateReferenceSystem | None = None) -> Message:
    """The fields for a part along the axes of a CRS, else of the raster's own."""
    found: Message = {"bbox": [around.xMinimum(), around.yMinimum(), around.xMaximum(), around.yMaximum()]}
    if crs is not None and crs.isValid():
        found["bbox_crs"] = crs_text(crs)
    return found


def _options(given: Given, source: LayerSource) -> Message:
    """All fields but the part and the results."""
    params: Message = dict(source.options)
    for name in ("model", "sensor", "halo", "memory"):
        if given.text(name.upper()):
            params[name] = given.text(name.upper())
    for name in ("model", "sensor"):
        if models.is_file(params.get(name, "")):
            params[name] = str(Path(params[name]).absolute())
    if given.choice("SCALE") != "auto":
        params["scale"] = int(given.choice("SCALE"))
    if given.bands():
        params["bands"] = [str(band) for band in given.bands()]
    low, high = given.value_range()
    if not (math.isnan(low) or math.isnan(high)):
        params["range"] = [low, high]
    if given.has("NODATA"):
        params["nodata"] = repr(given.number("NODATA"))
    if given.blur():
        params["blur"] = given.blur()
    if given.has("NOISE"):
        params["noise"] = given.number("NOISE")
    for name in ("tile", "threads"):
        if given.has(name.upper()):
            params[name] = given.integer(name.upper())
    for name in ("engine", "precision"):
        if given.choice(name.upper()) != "auto":
            params[name] = given.choice(name.upper())
    if given.text("DEVICE") not in ("", "auto"):
        params["device"] = given.text("DEVICE")
    for name in ("consistent", "ensemble", "expand_palette", "cog"):
        params[name] = given.flag(name.upper())
    return params | {
        "compress": given.choice("COMPRESS"), "co": given.creation_options(), "source": source.path, "overwrite": True
    }  # fmt: skip


def _extent(given: Given, source: LayerSource) -> Message:
    return part(given, source, *given.extent()) if given.has("EXTENT") else {}


def _mask_file(given: Given) -> str:
    """The polygons in a GeoPackage of their own: layers in memory, selections and filters become plain files."""
    source = given.polygons()
    if source is None:
        raise WorkerError("bad-parameter", translate("RsSr", "The layer of polygons is gone"))
    path = QgsProcessingUtils.generateTempFilename("mask.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    writer = QgsVectorFileWriter.create(
        path, QgsFields(), source.wkbType(), source.sourceCrs(), given.context.transformContext(), options
    )
    for feature in source.getFeatures(QgsFeatureRequest().setNoAttributes()):
        feature.setFields(QgsFields())
        writer.addFeature(feature)
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise WorkerError("bad-parameter", writer.errorMessage())
    del writer  # closes the file
    return path
