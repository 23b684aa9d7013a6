"""A part of a raster: a bounding box or polygons in any CRS, as windows and masks of whole input pixels."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import RasterioError

from rs_sr.errors import AreaWarning, RequestError, RsSrWarning
from rs_sr.pixels.grid import Size, Window
from rs_sr.raster.facts import Facts
from rs_sr.raster.outline import Outline, lattice
from rs_sr.raster.polygons import name_of, read_polygons
from rs_sr.raster.tracing import Reprojection


def from_numbers(facts: Facts, col: int, row: int, width: int, height: int) -> Window:
    """A window given in pixels; one that leaves the raster is a `RequestError`."""
    window = Window(row=row, col=col, height=height, width=width)
    if window.empty or not facts.size.window.contains(window):
        raise RequestError(
            f"--window=({col}, {row}, {width}, {height}) leaves the raster, which is {facts.size.width} wide and "
            f"{facts.size.height} high",
            "give COL ROW W H inside it",
        )
    return window


def from_bbox(facts: Facts, bbox: tuple[float, float, float, float], crs: str | None) -> Window:
    """The smallest window of whole pixels that holds the box (west, south, east, north), cut at the raster.

    In degrees a box whose west is greater than its east goes across the antimeridian.
    """
    west, south, east, north = bbox
    transform = _transform(facts, "--bbox")
    there = CRS.from_wkt(facts.crs) if facts.crs is not None else None
    if crs is not None:
        if there is None:
            raise RequestError(f"{facts.path} has no CRS to bring --bbox into", "leave --bbox-crs out")
        there = _known(crs)
    if west - east > 180 and there is not None and there.is_geographic:
        east += 360
    if not (west < east and south < north):
        raise RequestError(f"--bbox=({west:g}, {south:g}, {east:g}, {north:g}) is empty", "give it as W S E N")
    box = Box(west, south, east, north)
    if there is None or facts.crs is None:
        window = _around([~transform @ point for point in box.corners], facts.size)
    else:
        window = Outline(box, _reprojection(there.to_wkt(), facts, transform, "--bbox"), facts.size).window
    if window.empty:
        raise RequestError("--bbox does not meet the raster", "check its CRS and the order W S E N")
    return window


@dataclass(frozen=True)
class Box:
    """A rectangle along the axes of its CRS."""

    west: float
    south: float
    east: float
    north: float

    @property
    def corners(self) -> list[tuple[float, float]]:
        w, s, e, n = self.west, self.south, self.east, self.north
        return [(w, s), (w, n), (e, n), (e, s)]

    @property
    def edges(self) -> NDArray[np.float64]:
        return np.stack([self.corners, np.roll(self.corners, -1, axis=0)], axis=1)

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        x, y = points.T
        return np.asarray((self.west < x) & (x < self.east) & (self.south < y) & (y < self.north))


class Polygons:
    """An array of shapely's polygons as one region, which can be pickled. They may overlap."""

    def __init__(self, polygons: Any) -> None:
        import shapely

        self._polygons, self._tree = polygons, shapely.STRtree(polygons)

    @property
    def edges(self) -> NDArray[np.float64]:
        import shapely

        points, ring = shapely.get_coordinates(shapely.get_rings(self._polygons), return_index=True)
        edges: NDArray[np.float64] = np.stack([points[:-1], points[1:]], axis=1)[ring[:-1] == ring[1:]]
        return edges

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        import shapely

        point, polygon = self._tree.query(shapely.points(points))
        near = self._polygons[polygon]
        shapely.prepare(near)  # those that are prepared stay so
        found = np.zeros(len(points), bool)
        found[point[shapely.contains_xy(near, *points[point].T)]] = True
        return found


class AreaOfInterest:
    """Polygons of a file on the raster. `window` holds what they touch; `mask` says which input pixels that is, and
    `identity` whether two are the same."""

    def __init__(self, facts: Facts, aoi: str, layer: str | None) -> None:
        transform, path = _transform(facts, "--aoi"), name_of(aoi)
        if facts.crs is None:
            raise RequestError(f"{facts.path} has no CRS to bring {path} into", "use --window instead")
        polygons, crs = read_polygons(aoi, layer, facts.crs)
        self.identity = hashlib.sha256(crs.encode() + b"".join(p.wkb for p in polygons)).hexdigest()
        reprojection = _reprojection(crs, facts, transform, path)
        reached = _reached(polygons, reprojection, facts.size)
        if not reached.any():
            raise RequestError(
                f"no polygon of {path} lies within the area of the CRS of {facts.path}",
                "check their place and CRS; GeoJSON that names no CRS is in degrees (WGS 84)",
            )
        self.warnings: tuple[RsSrWarning, ...] = ()
        if not reached.all():
            left = f"{np.count_nonzero(~reached)} of the {len(reached)} polygons of {path} lie"
            self.warnings = (AreaWarning(f"{left} where the CRS of the raster does not reach, and are left out"),)
        self._outline = Outline(Polygons(polygons[reached]), reprojection, facts.size)
        self.window = self._outline.window
        if self.window.empty:
            raise RequestError(f"the polygons of {path} do not meet the raster", "check their place and CRS")

    def mask(self, window: Window) -> NDArray[np.bool_]:
        """True for the pixels of `window` (y, x) that a polygon touches."""
        return self._outline.mask(window)


def _reached(polygons: Any, reprojection: Reprojection, size: Size) -> NDArray[np.bool_]:
    """Which polygons have a point that can be brought to the raster, or hold some of it."""
    import shapely

    points, index = shapely.get_coordinates(shapely.segmentize(polygons, reprojection.step), return_index=True)
    known = np.isfinite(reprojection.to_pixels(points)).all(axis=1)
    reached = np.bincount(index, known, len(polygons)) > 0
    here = reprojection.from_pixels(lattice(size) + 0.5)
    for place in np.flatnonzero(~reached):
        reached[place] = shapely.contains_xy(polygons[place], here[:, 0], here[:, 1]).any()
    return reached


def _reprojection(crs: str, facts: Facts, transform: Affine, what: str) -> Reprojection:
    assert facts.crs is not None
    try:
        return Reprojection(crs, facts.crs, transform)
    except ValueError as error:
        raise RequestError(
            f"the CRS of {what} and that of {facts.path} have no way between them: {error}", "reproject one of them"
        ) from error


def _known(crs: str) -> CRS:
    try:
        return CRS.from_user_input(crs)
    except (RasterioError, ValueError) as error:
        raise RequestError(f"--bbox-crs={crs!r} is unknown", "give it like EPSG:4326") from error


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
