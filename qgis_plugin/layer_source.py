"""From a raster layer to what the backend reads, with what the layer's properties say of it; or why not. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle

from .messages import translate
from .protocol import WorkerError

SERVERS = ("wms", "wcs", "arcgismapserver", "arcgisfeatureserver", "vectortile")


@dataclass(frozen=True)
class LayerSource:
    """A raster as the backend takes it. `options` are fields of a run: nodata, assign_crs, oo.

    `extent` and `crs` are where QGIS shows it.
    """

    path: str
    options: dict[str, Any] = field(default_factory=dict)
    extent: QgsRectangle = field(default_factory=QgsRectangle)
    crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)


def source_of(layer: QgsRasterLayer, ask_nodata: bool = True) -> LayerSource:
    """What the backend reads for a layer. One that is no file is a `WorkerError` with the cure.

    With `ask_nodata` the nodata values of the layer's properties are taken; two that differ are a `WorkerError`.
    """
    export = translate("RsSr", "Export the part you need to a GeoTIFF first: Layer > Save As.")
    provider = layer.dataProvider()
    if provider is None or not layer.isValid():
        raise WorkerError("bad-layer", translate("RsSr", "The layer {} is not valid").format(layer.name()))
    kind = provider.name()
    if kind in SERVERS:
        problem = translate("RsSr", "{} is a picture from a server, not data").format(layer.name())
        raise WorkerError("bad-layer", problem, export)
    if kind != "gdal":
        raise WorkerError("bad-layer", translate("RsSr", "{} is not a raster file").format(layer.name()), export)
    path, *parts = layer.source().split("|")
    open_options = [part[len("option:") :] for part in parts if part.startswith("option:")]
    if len(open_options) < len(parts):
        what = [part.split("=")[0].split(":")[0] for part in parts if not part.startswith("option:")]
        problem = translate("RsSr", "{} is opened with {}, which only QGIS knows").format(layer.name(), what[0])
        raise WorkerError("bad-layer", problem, export)
    if path.startswith("/vsimem/"):
        problem = translate("RsSr", "{} is a file in QGIS's memory, which no other program sees").format(layer.name())
        raise WorkerError("bad-layer", problem, export)
    options: dict[str, Any] = {}
    if open_options:
        options["oo"] = open_options
    if layer.crs().isValid() and layer.crs() != provider.crs():
        options["assign_crs"] = crs_text(layer.crs())
    nodata = _nodata(layer, provider) if ask_nodata else None
    if nodata is not None:
        options["nodata"] = nodata
    path = str(Path(path).absolute()) if Path(path).exists() else path
    return LayerSource(path, options, layer.extent(), layer.crs())


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS in a form that any PROJ understands."""
    name = crs.authid()
    return name if name.startswith(("EPSG:", "ESRI:")) else crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)


def _nodata(layer: QgsRasterLayer, provider) -> str | None:
    """The nodata value that the layer's properties set, `none` where they switch the file's off, else None."""
    values: set[float] = set()
    changed = False
    for band in range(1, provider.bandCount() + 1):
        own = provider.sourceHasNoDataValue(band)
        if own and provider.useSourceNoDataValue(band):
            values.add(provider.sourceNoDataValue(band))
        elif own:
            changed = True
        for given in provider.userNoDataValues(band):
            changed = True
            values.update((given.min(), given.max()))
    if not changed:
        return None
    if len(values) > 1:
        found = ", ".join(f"{v:g}" for v in sorted(values))
        raise WorkerError(
            "bad-layer",
            translate("RsSr", "{} has several nodata values ({}), a result has one").format(layer.name(), found),
            translate("RsSr", "Give the one that counts under 'Nodata value'."),
        )
    return repr(values.pop()) if values else "none"
