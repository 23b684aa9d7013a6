"""A raster and its result side by side: where the result lies on the input, and a reference on the result's grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import rasterio
import rasterio.windows
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from rs_sr.errors import RequestError, SourceError
from rs_sr.pixels.grid import Size, Window
from rs_sr.raster.facts import Block, Facts
from rs_sr.raster.source import GDAL_ERRORS, Source
from rs_sr.units import counted

Array = NDArray[Any]
NEAR = 0.01  # of an input pixel: grids that differ by less are the same
CHEAP = 1 << 26  # pixels that are read for a picture of the whole where there are no overviews


@dataclass(frozen=True)
class Placement:
    """`part` is what the result covers, in input pixels; `scale` how many times finer it is."""

    scale: int
    part: Window


def place(source: Facts, result: Facts, window: Window | None = None) -> Placement:
    """How a result lies on its input, by their transforms, else by their sizes; a `RequestError` where it does not.

    Without transforms the `window` counts that the result says it was made of.
    """
    problem = f"{result.path} is not a result of {source.path}: "
    cure = "give the raster that was super-resolved and what became of it"
    if source.transform is None or result.transform is None:
        part = window or source.size.window
        scale = result.size.width // part.width
        if scale < 2 or result.size != part.size.times(scale) or not source.size.window.contains(part):
            raise RequestError(problem + "without georeference the sizes must be multiples", cure)
        return Placement(scale, part)
    across = ~Affine(*source.transform) @ Affine(*result.transform)
    scale = round(1 / across.a) if across.a > 0 else 0
    col, row = round(across.c), round(across.f)
    size = Size(height=result.size.height // max(scale, 1), width=result.size.width // max(scale, 1))
    part = Window(row=row, col=col, height=size.height, width=size.width)
    far = max(size.width, size.height)
    off = (
        abs(across.c - col), abs(across.f - row), abs(across.b) * far * scale, abs(across.d) * far * scale,
        abs(across.a * scale - 1) * far, abs(across.e * scale - 1) * far,
    )  # fmt: skip
    fits = scale >= 2 and max(off) < NEAR and result.size == size.times(scale)
    if not fits or part.empty or not source.size.window.contains(part):
        raise RequestError(problem + "its grid is not the input's, a whole number of times finer", cure)
    return Placement(scale, part)


def thumbnail(result: Source, bands: tuple[int, ...], longest: int) -> tuple[Array, Array] | None:
    """The whole as (band, y, x) of at most `longest` pixels, and where it is valid (y, x); None where it is dear."""
    dataset, size = result.dataset, result.facts.size
    factor = max(size.height, size.width) / longest
    if size.pixels > CHEAP and not any(o > factor / 4 for o in dataset.overviews(1)):
        return None
    shape = (max(1, round(size.height / max(factor, 1))), max(1, round(size.width / max(factor, 1))))
    pixels = dataset.read(list(bands), out_shape=(len(bands), *shape))
    return pixels, dataset.dataset_mask(out_shape=shape) != 0


def same_crs(one: Facts, other: Facts) -> bool:
    """Whether two rasters have one CRS, as far as both have any."""
    return one.crs is None or other.crs is None or CRS.from_wkt(one.crs) == CRS.from_wkt(other.crs)


class Reference:
    """A finer picture of the same ground, warped to a result's grid: by the mean where it is finer, else bicubic.

    One that is no finer than the input `source`, or of unknown place, is a `RequestError`.
    """

    def __init__(self, path: str, source: Facts, result: Facts, bands: int) -> None:
        self.path, self._bands = path, tuple(range(1, bands + 1))
        self._source = Source(path)
        facts, dataset = self._source.facts, self._source.dataset
        self._warped: Any = None
        self._alpha: int | None = None
        self.left_out = sum(not b.alpha for b in facts.bands[bands:])
        larger = facts.gsd_m is not None and result.gsd_m is not None and facts.gsd_m > 1.05 * result.gsd_m
        self.coarser = (float(facts.gsd_m or 0), float(result.gsd_m or 0)) if larger else None
        try:
            if len(facts.bands) < bands:
                raise RequestError(
                    f"--reference={path!r} has {counted(len(facts.bands), 'band')}, the result {bands}",
                    "give one with the same bands, in the same order",
                )
            same = (facts.transform, facts.size) == (result.transform, result.size)
            if same and same_crs(facts, result):
                return
            if facts.crs is None or result.crs is None or facts.transform is None or result.transform is None:
                raise RequestError(
                    f"--reference={path!r} is not on the result's grid, and one of them has no place on the ground",
                    "give one on the result's grid, or with a CRS",
                )
            if facts.gsd_m is not None and source.gsd_m is not None and facts.gsd_m > 0.95 * source.gsd_m:
                raise RequestError(
                    f"--reference={path!r} has pixels of {facts.gsd_m:.3g} m, those of the input are "
                    f"{source.gsd_m:.3g} m: it is not finer, and cannot judge the result",
                    "give one with pixels about as small as the result's",
                )
            fine = facts.gsd_m is not None and result.gsd_m is not None and facts.gsd_m < 0.9 * result.gsd_m
            # Beyond the reference an alpha band says so; a mask of its own becomes that too.
            more = dataset.nodata is None and not facts.alpha
            self._warped = WarpedVRT(
                dataset, crs=CRS.from_wkt(result.crs), transform=Affine(*result.transform), width=result.size.width,
                height=result.size.height, resampling=Resampling.average if fine else Resampling.cubic,
                add_alpha=more, dtype="float64", warp_mem_limit=64,
            )  # fmt: skip
            self._alpha = self._warped.count if more else next(iter(facts.alpha), None)
        except GDAL_ERRORS as error:
            self.close()
            raise SourceError(f"{path} cannot be warped to the result's grid: {error}", "warp it first") from error
        except RequestError:
            self.close()
            raise

    def __enter__(self) -> Reference:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        if self._warped is not None:
            self._warped.close()
        self._source.close()

    def read(self, window: Window) -> Block:
        """Pixels in `window` of the result, (band, y, x), and where they are valid."""
        if self._warped is None:
            return self._source.read(window, self._bands)
        at = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        try:
            pixels = self._warped.read(list(self._bands), window=at)
            if self._alpha is None:
                inside = self._warped.read_masks(list(self._bands), window=at) != 0
            else:
                inside = self._warped.read([self._alpha], window=at) != 0
        except GDAL_ERRORS as error:
            raise SourceError(f"{self.path} cannot be read: {error}", "get the file again") from error
        return Block(pixels, inside & np.isfinite(pixels), None)
