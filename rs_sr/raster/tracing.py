"""Polygons of any CRS on a raster's grid: which pixels they touch, right to a small fraction of a pixel.

Their edges are brought to the grid in pieces, halved until each is as straight there as where it was drawn. What lies
inside is asked the other way round, from the pixel to the polygon. So nothing depends on how a polygon looks on the
grid: round a pole, across the antimeridian, over the limb of a geostationary view.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from rs_sr.pixels.grid import Size

Floats = NDArray[np.float64]
BEND = 1 / 16  # pixels that a piece may leave the true edge
HALVINGS = 48  # then what is left of an edge is too short to be seen, and lies at an end of the CRS
STEP_DEGREES, STEP_METRES = 1.0, 100_000.0
GRAZE = 0.01  # of a pixel: an edge that enters less than that does not touch it
PROBES = np.linspace(0, 1, 5)
CHUNK = 1 << 16  # edges brought to the grid at once


@dataclass(frozen=True)
class Reprojection:
    """Between the CRS of polygons and the pixels of a raster: `transform` takes (col, row) to `raster`'s coordinates.

    Both CRS are WKT. Points are (..., 2), x or column first; those that cannot be brought over are NaN. It can be
    pickled.
    """

    polygons: str
    raster: str
    transform: Affine

    def __post_init__(self) -> None:
        from pyproj.exceptions import ProjError

        try:
            for pair in ((self.polygons, self.raster), (self.raster, self.polygons)):
                _transformer(*pair)
        except ProjError as error:
            raise ValueError(str(error)) from error

    @property
    def step(self) -> float:
        """How long an edge may be to begin with, in the polygons' CRS: no other ends and begins again within it."""
        crs = _crs(self.polygons)
        unit = crs.axis_info[0].unit_conversion_factor or 1.0  # in radians or metres
        return float((np.radians(STEP_DEGREES) if crs.is_geographic else STEP_METRES) / unit)

    def to_pixels(self, points: NDArray[Any], turn: float = 0.0) -> Floats:
        """Places in pixels of points of the polygons' CRS, `turn` added to the raster's x."""
        x, y = _transformer(self.polygons, self.raster).transform(points[..., 0], points[..., 1])
        return _stack(~self.transform, x + turn, y)

    def from_pixels(self, pixels: NDArray[Any]) -> Floats:
        """Points in the polygons' CRS."""
        there = self.coordinates(pixels)
        x, y = _transformer(self.raster, self.polygons).transform(there[..., 0], there[..., 1])
        return _stack(Affine.identity(), x, y)

    def coordinates(self, pixels: NDArray[Any]) -> Floats:
        """Points in the raster's CRS."""
        return _stack(self.transform, pixels[..., 0], pixels[..., 1])


def turns(wkt: str, points: Floats) -> tuple[float, ...]:
    """What may be added to an x of this CRS to mean the same place: 0, and a turn round the world where there is one.

    `points` (n, 2) are where it is used: a projection that comes round has a turn only if they lie beyond its ends.
    """
    crs = _crs(wkt)
    if crs.is_geographic:
        turn = float(2 * np.pi / crs.axis_info[0].unit_conversion_factor)
        return 0.0, turn, -turn
    if not crs.is_projected or crs.geodetic_crs is None:
        return (0.0,)
    globe = crs.geodetic_crs.to_wkt()
    again = _transformer(globe, wkt).transform(*_transformer(wkt, globe).transform(points[:, 0], points[:, 1]))
    off = points - _stack(Affine.identity(), *again)
    near = 1e-6 * float(np.nanmax(np.abs(points), initial=1.0))
    beyond = (np.abs(off[:, 0]) > near) & (np.abs(off[:, 1]) <= near)
    found, many = np.unique(np.round(off[beyond, 0] / near), return_counts=True)
    if len(found) > 2 or not (many > 1).all():  # no turn, but points that no such CRS knows
        return (0.0,)
    return 0.0, *(float(off[beyond, 0][np.round(off[beyond, 0] / near) == f][0]) for f in found)


def trace(edges: Floats, reprojection: Reprojection, size: Size, turn: float) -> Floats:
    """Straight pieces (n, 4), (col, row) to (col, row), that follow `edges` (n, 2 ends, 2) across the raster."""
    done: list[Floats] = [np.empty((0, 4))]
    edges = _divided(edges, reprojection.step)
    for at in range(0, len(edges), CHUNK):
        ends = edges[at : at + CHUNK]
        for _ in range(HALVINGS):
            seen = reprojection.to_pixels(ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * PROBES[:, None], turn)
            straight, wanted = _judge(seen, size)
            done.append(seen[straight][:, (0, -1)].reshape(-1, 4))
            ends = ends[wanted & ~straight]
            if not len(ends):
                break
            middle = ends.mean(axis=1)
            ends = np.concatenate([np.stack([ends[:, 0], middle], 1), np.stack([middle, ends[:, 1]], 1)])
    return np.concatenate(done)


def _divided(edges: Floats, step: float) -> Floats:
    """The edges in pieces that are short enough to begin with."""
    along = edges[:, 1] - edges[:, 0]
    many = np.maximum(np.ceil(np.hypot(*along.T) / step), 1).astype(np.int64)
    edge = np.arange(len(edges)).repeat(many)
    place = (np.arange(len(edge)) - (np.cumsum(many) - many)[edge])[:, None]
    start, along = edges[edge, 0], along[edge] / many[edge, None]
    return np.stack([start + place * along, start + (place + 1) * along], axis=1)


def _judge(seen: Floats, size: Size) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of edges at five evenly spaced places (n, 5, 2) in pixels: which are straight, and which may meet the raster."""
    known = np.asarray(np.isfinite(seen).all(axis=2))
    whole = known.all(axis=1)
    with np.errstate(invalid="ignore", over="ignore"):
        chord = seen[:, -1] - seen[:, 0]
        length = np.hypot(*chord.T)[:, None]
        away = seen - (seen[:, :1] + chord[:, None] * PROBES[:, None])
        off = np.hypot(away[..., 0], away[..., 1])
        across = np.abs(away[..., 0] * chord[:, None, 1] - away[..., 1] * chord[:, None, 0])
        bend = np.where(length > 0, across / np.where(length > 0, length, 1), off)
        # A straight line with a jump in it, from one end of the CRS to the other, shows along the line only.
        straight = whole & (bend <= BEND).all(axis=1) & (off <= BEND + length / 8).all(axis=1)
        low, high = seen.min(axis=1), seen.max(axis=1)
        room = high - low + 1
        outside = ((low - room > (size.width, size.height)) | (high + room < 0)).any(axis=1)
    return straight & ~outside, known.any(axis=1) & ~(whole & outside)


def passed(pieces: Floats, size: Size) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers (row * width + col) of the pixels that straight pieces (n, 4) on the raster touch, sorted; and of those
    too that they only graze: a piece between two pixels has one of them here."""
    start, along = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    index, share = [np.arange(len(start)).repeat(2)], [np.tile([0.0, 1.0], len(start))]
    for axis in (0, 1):
        ends = np.sort(np.stack([start[:, axis], start[:, axis] + along[:, axis]], 1), axis=1)
        first = np.floor(ends[:, 0]) + 1
        many = np.maximum(np.ceil(ends[:, 1]) - first, 0).astype(np.int64)
        piece = np.arange(len(start)).repeat(many)
        line = first[piece] + np.arange(len(piece)) - (np.cumsum(many) - many)[piece]
        index.append(piece)
        share.append((line - start[piece, axis]) / along[piece, axis])
    place, part = np.concatenate(index), np.concatenate(share)
    order = np.lexsort((part, place))
    place, part = place[order], part[order]
    within = place[1:] == place[:-1]
    middle = start[place[1:]] + along[place[1:]] * ((part[1:] + part[:-1]) / 2)[:, None]
    pixel = np.floor(middle)
    inner = np.abs(middle - pixel - 0.5) < 0.5 - GRAZE
    keep = within & (pixel >= 0).all(axis=1) & (pixel < (size.width, size.height)).all(axis=1)
    col, row = pixel[keep].astype(np.int64).T
    numbers = row * size.width + col
    return np.unique(numbers[inner[keep].all(axis=1)]), np.unique(numbers)


def cut(pieces: Floats, size: Size) -> Floats:
    """What of straight pieces (n, 4) lies on the raster (Liang and Barsky 1984)."""
    start, along = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (np.asarray(edge, float) - start for edge in ((0, 0), (size.width, size.height)))
        enter = np.where(
            along == 0, np.where((low <= 0) & (high >= 0), -np.inf, np.inf), np.minimum(low / along, high / along)
        )
        leave = np.where(along == 0, np.inf, np.maximum(low / along, high / along))
    first, last = np.maximum(enter.max(axis=1), 0), np.minimum(leave.min(axis=1), 1)
    on = first < last
    first, last = first[on, None], last[on, None]
    return np.concatenate([start[on] + along[on] * first, start[on] + along[on] * last], axis=1)


@lru_cache(maxsize=64)
def _crs(wkt: str) -> Any:
    """Without heights, which would ask for a third coordinate."""
    import pyproj

    crs = pyproj.CRS.from_wkt(wkt)
    return crs.sub_crs_list[0] if crs.is_compound else crs.to_2d()


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Any:
    import pyproj

    return pyproj.Transformer.from_crs(_crs(source), _crs(target), always_xy=True)


def _stack(affine: Affine, x: Any, y: Any) -> Floats:
    """Points (..., 2) of `affine` applied; NaN for what is not a number in either."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    a, b, c, d, e, f = affine[:6]
    with np.errstate(invalid="ignore"):
        x, y = np.where(np.isfinite(x) & np.isfinite(y), (x, y), np.nan)
        return np.stack([a * x + b * y + c, d * x + e * y + f], axis=-1)
