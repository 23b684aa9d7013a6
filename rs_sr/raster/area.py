"""A part of a raster: a bounding box or polygons in any CRS, as windows and masks of whole input pixels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import rasterio.features
import rasterio.warp
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import RasterioError

from rs_sr.errors import MissingPackageError, RequestError
from rs_sr.grid import Size, Window
from rs_sr.raster.facts import Facts


def from_numbers(facts: Facts, col: int, row: int, width: int, height: int) -> Window:
    """A window given in pixels; one that leaves the raster is a `RequestError`."""
    window = Window(row=row, col=col, height=height, width=width)
    if window.empty or not facts.size.window.contains(window):
        raise RequestError(
            f"--window {col} {row} {width} {height} leaves the raster, which is {facts.size.width} wide and "
            f"{facts.size.height} high",
            "give COL ROW W H inside it",
        )
    return window


def from_bbox(facts: Facts, bbox: tuple[float, float, float, float], crs: str | None) -> Window:
    """The smallest window of whole pixels that holds the box (west, south, east, north), cut at the raster."""
    west, south, east, north = bbox
    if not (west < east and south < north):
        raise RequestError(f"--bbox {west:g} {south:g} {east:g} {north:g} is empty", "give it as W S E N")
    inverse = ~_transform(facts, "--bbox")
    if crs is not None:
        if facts.crs is None:
            raise RequestError(f"{facts.path} has no CRS to bring --bbox into", "leave --bbox-crs out")
        try:
            there = CRS.from_user_input(crs)
            west, south, east, north = rasterio.warp.transform_bounds(
                there, CRS.from_wkt(facts.crs), west, south, east, north
            )
        except (RasterioError, ValueError) as error:
            raise RequestError(
                f"--bbox-crs {crs} is unknown or does not reach the raster", "give it like EPSG:4326"
            ) from error
    corners = [inverse * point for point in ((west, north), (east, north), (west, south), (east, south))]
    window = _around(corners, facts.size)
    if window.empty:
        raise RequestError("--bbox does not meet the raster", "check its CRS and the order W S E N")
    return window


class AreaOfInterest:
    """Polygons in the raster's CRS. `window` holds them all; `mask` says which input pixels they touch."""

    def __init__(self, facts: Facts, path: str) -> None:
        try:
            import geopandas
        except ImportError:
            raise MissingPackageError(
                "--aoi needs geopandas, which is not installed", 'install it with: pip install "rs-sr[aoi]"'
            ) from None
        self._transform = _transform(facts, "--aoi")
        if facts.crs is None:
            raise RequestError(f"{facts.path} has no CRS to bring {path} into", "use --window instead")
        try:
            frame = geopandas.read_file(path)
        except Exception as error:
            raise RequestError(
                f"{path} cannot be read as a vector file: {error}", "give polygons, as GeoPackage or GeoJSON"
            ) from error
        if not hasattr(frame, "geometry") or frame.crs is None:
            raise RequestError(f"{path} has no geometry or no CRS", "give polygons with a CRS")
        shapes = frame.geometry.to_crs(facts.crs)
        self._shapes = [s for s in shapes if s is not None and not s.is_empty and "Polygon" in s.geom_type]
        if not self._shapes:
            raise RequestError(f"{path} holds no polygon", "give polygons")
        corners: list[tuple[float, float]] = []
        for shape in self._shapes:
            w, s, e, n = shape.bounds
            corners += [~self._transform * point for point in ((w, n), (e, n), (w, s), (e, s))]
        self.window = _around(corners, facts.size)
        if self.window.empty:
            raise RequestError(f"the polygons of {path} do not meet the raster", "check their place and CRS")

    def mask(self, window: Window) -> NDArray[np.bool_]:
        """True for the pixels of `window` (y, x) that a polygon touches."""
        inside: Any = rasterio.features.geometry_mask(
            self._shapes,
            out_shape=(window.height, window.width),
            transform=self._transform * Affine.translation(window.col, window.row),
            all_touched=True,
            invert=True,
        )
        return np.asarray(inside, bool)


def _transform(facts: Facts, option: str) -> Affine:
    if facts.transform is None:
        raise RequestError(f"{facts.path} is not georeferenced", f"use --window instead of {option}")
    return Affine(*facts.transform)


def _around(corners: list[tuple[float, float]], size: Size) -> Window:
    near = 1e-6  # of a pixel: coordinates that mean a pixel's edge are taken for it
    if not all(math.isfinite(v) for corner in corners for v in corner):
        return Window(row=0, col=0, height=0, width=0)
    col = math.floor(min(c for c, _ in corners) + near)
    row = math.floor(min(r for _, r in corners) + near)
    stop_col = math.ceil(max(c for c, _ in corners) - near)
    stop_row = math.ceil(max(r for _, r in corners) - near)
    return Window(row=row, col=col, height=stop_row - row, width=stop_col - col).cut(size.window)
