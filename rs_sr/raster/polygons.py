"""Polygons of a vector file: of one layer, in whatever depth of collections they lie."""

from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np

from rs_sr.errors import AreaNotFoundError, RequestError
from rs_sr.packages import needs
from rs_sr.raster.beside import is_missing


def name_of(aoi: str) -> str:
    """What sentences call an area of interest, which may be GeoJSON."""
    return "the geometry of --aoi" if is_text(aoi) else aoi


def is_text(aoi: str) -> bool:
    """Whether it is GeoJSON itself, not the name of a file."""
    return aoi.lstrip().startswith("{")


def _has_no_crs(aoi: str) -> bool:
    """GeoJSON of "crs": null leaves its coordinates to whoever reads it; GDAL would take them for degrees."""
    document = json.loads(aoi) if is_text(aoi) else {}
    return "crs" in document and document["crs"] is None


def read_polygons(aoi: str, layer: str | None, crs: str) -> tuple[Any, str]:
    """The polygons of a vector file, an array of shapely's, valid and in two dimensions, and their CRS as WKT; `crs` is
    for GeoJSON that says that it has none.

    Without `layer` the one that holds polygons is read; several, none or an unknown one are a `RequestError`.
    """
    with needs("aoi"):
        import geopandas
    path = name_of(aoi)
    if not is_text(aoi) and is_missing(aoi):
        raise AreaNotFoundError(f"{path} does not exist", "give a file of polygons, such as GeoPackage or GeoJSON")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of several layers, and of what else may be odd about the file
            listed = geopandas.list_layers(aoi)
            kinds = {str(name): kind for name, kind in zip(listed["name"], listed["geometry_type"], strict=True)}
            if layer is not None and layer not in kinds:
                raise RequestError(f"{path} has no layer {layer}", f"choose from {', '.join(kinds)}")
            names = [n for n, kind in kinds.items() if _may_hold(kind)] if layer is None else [layer]
            frames = {name: geopandas.read_file(aoi, layer=name) for name in names}
    except RequestError:
        raise
    except Exception as error:
        raise RequestError(
            f"{path} cannot be read as a vector file: {error}", "give polygons, as GeoPackage or GeoJSON"
        ) from error
    found = {name: polygons for name, frame in frames.items() if len(polygons := _polygons(path, frame))}
    where = path if layer is None else f"layer {layer} of {path}"
    if not found:
        raise RequestError(f"{where} holds no polygon", "give polygons")
    if len(found) > 1:
        raise RequestError(
            f"{path} has {len(found)} layers with polygons: {', '.join(found)}", "choose one with --aoi-layer"
        )
    name, polygons = next(iter(found.items()))
    if _has_no_crs(aoi):
        return polygons, crs
    if frames[name].crs is None:
        raise RequestError(f"{where} has no CRS", "give polygons with a CRS")
    return polygons, str(frames[name].crs.to_wkt())


def texts(path: str) -> list[str]:
    """All texts in the fields of a vector file, of all its layers, each once; [] where it cannot be read as one."""
    with needs("aoi"):
        import pyogrio
        import pyogrio.errors
    found: dict[str, None] = {}
    try:
        for name, _ in pyogrio.list_layers(path):
            _, _, _, columns = pyogrio.raw.read(path, layer=name, read_geometry=False)
            for column in columns:
                found |= dict.fromkeys(v for v in column if isinstance(v, str)) if column.dtype == object else {}
    except pyogrio.errors.DataSourceError:
        return list(found)
    return list(found)


def _may_hold(kind: str | None) -> bool:
    """Whether a layer of this type may hold polygons; a type that is not said may."""
    return kind is not None and not any(word in kind for word in ("Point", "LineString"))


def _polygons(path: str, frame: Any) -> Any:
    """All polygons in a layer; one whose coordinates are no numbers is a `RequestError`."""
    import shapely

    if not len(frame) or not hasattr(frame, "geometry"):
        return ()
    drawn = _apart(shapely.force_2d(frame.geometry.to_numpy()))
    if not np.isfinite(shapely.get_coordinates(drawn)).all():
        raise RequestError(f"{path} has a polygon with coordinates that are not numbers", "mend it or take it out")
    return _apart(shapely.make_valid(drawn))


def _apart(shapes: Any) -> Any:
    """The polygons that shapes are made of."""
    import shapely

    while True:
        kinds = shapely.get_type_id(shapes)
        if not (kinds >= shapely.GeometryType.MULTIPOINT).any():
            shapes = shapes[kinds == shapely.GeometryType.POLYGON]
            return shapes[~shapely.is_empty(shapes)]
        shapes = shapely.get_parts(shapes)
