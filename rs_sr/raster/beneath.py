"""A finer raster beneath a coarse one, on the same ground: a whole number of its pixels to a coarse one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from rs_sr.errors import RequestError, SourceError
from rs_sr.pixels.grid import Window
from rs_sr.raster.facts import Facts
from rs_sr.raster.pairing import same_crs
from rs_sr.raster.source import GDAL_ERRORS, Source, gdal_environment

Array = NDArray[Any]
Beneath = tuple[Array, int, tuple[float, float]]  # fine pixels, how many times finer, and how far apart
MOST = 1024  # coarse pixels on a side that are read, from the middle
FINEST = 4  # times; what is finer still is averaged first
WHOLE = 0.01  # of a whole number of fine pixels to a coarse one, that counts as one


@dataclass(frozen=True)
class Pair:
    """`coarse` (band, y, x) and `fine` (scale * y, scale * x), its bands averaged, float64 with NaN where there is no
    data; `apart`, (row, column) in coarse pixels, is how much further its grid lies than it is taken to. `span` is
    the coarse values' range."""

    coarse: Array
    fine: Array
    scale: int
    apart: tuple[float, float]
    span: float


def read_pair(coarse: str, fine: str) -> Pair:
    """Both rasters, on the ground where they have a place there, else by their sizes; a `RequestError` where they make
    no pair."""
    with gdal_environment(), Source(coarse) as one, Source(fine) as other:
        part = _middle(one.facts)
        numbers = tuple(b.number for b in one.facts.bands if not b.alpha)
        block = one.read(part, numbers)
        pixels = np.where(block.valid, block.pixels, np.nan)
        known = pixels[np.isfinite(pixels)]
        if not known.size:
            raise RequestError(f"{coarse} has no data in its middle", "cut out a part with data in its middle")
        whole = all(one.facts.band(n).dtype == "uint8" for n in numbers)
        span = 255.0 if whole else float(np.subtract(*np.percentile(known, (99.9, 0.1)))) or 1.0
        placed = one.facts.transform is not None and other.facts.transform is not None
        fine_pixels, scale, apart = (_on_ground if placed else _by_size)(one.facts, part, other)
        if not np.isfinite(fine_pixels).any():
            raise RequestError(f"{fine} has no data in the middle of {coarse}", "give two rasters of the same ground")
        for name, values in ((coarse, pixels), (fine, fine_pixels)):
            if np.nanmin(values) == np.nanmax(values):
                raise RequestError(
                    f"all values in the middle of {name} are the same", "give a raster that shows something"
                )
        return Pair(pixels, fine_pixels, scale, apart, span)


def _middle(facts: Facts) -> Window:
    height, width = (min(n, MOST) for n in (facts.size.height, facts.size.width))
    return Window(
        row=(facts.size.height - height) // 2, col=(facts.size.width - width) // 2, height=height, width=width
    )


def _by_size(facts: Facts, part: Window, other: Source) -> Beneath:
    scale = other.facts.size.width // facts.size.width
    if scale < 2 or other.facts.size != facts.size.times(scale):
        raise RequestError(
            f"{other.path} is not a whole number of times as large as {facts.path}, and one has no place on the ground",
            "give both a CRS and a transform, or cut them to the same ground",
        )
    numbers = tuple(b.number for b in other.facts.bands if not b.alpha)
    block = other.read(part.times(scale), numbers)
    fine = np.where(block.valid.all(axis=0), block.pixels.mean(axis=0, dtype=np.float64), np.nan)
    return fine, scale, (0.0, 0.0)


def _on_ground(facts: Facts, part: Window, other: Source) -> Beneath:
    assert facts.transform is not None and other.facts.transform is not None
    if not same_crs(facts, other.facts) and (facts.crs is None or other.facts.crs is None):
        raise RequestError(f"{other.path} and {facts.path} are on different ground", "give both a CRS")
    grid = Affine(*facts.transform) @ Affine.translation(part.col, part.row)
    across = ~grid @ Affine(*other.facts.transform)  # fine pixels in coarse ones
    times = 1 / math.sqrt(abs(across.determinant)) if same_crs(facts, other.facts) else _times(facts, other.facts)
    if times < 2 - WHOLE:
        raise RequestError(
            f"{other.path} is {times:.2f} times as fine as {facts.path}", "give a raster that is 2 times finer, or more"
        )
    straight = same_crs(facts, other.facts) and max(abs(across.b), abs(across.d)) * MOST < WHOLE
    whole = straight and abs(times / round(times) - 1) * MOST < 1 and round(times) <= FINEST
    scale = round(times) if whole else min(FINEST, math.ceil(times - WHOLE))
    apart = (0.0, 0.0)
    if whole:  # its own pixels, as they are: the kernel finds what part of one is left
        offset = [v * scale - round(v * scale) for v in (across.f, across.c)]
        apart = (offset[0] / scale, offset[1] / scale)
        grid = grid @ Affine.translation(apart[1], apart[0])
    how = Resampling.nearest if whole else Resampling.average if times > scale else Resampling.cubic
    numbers = [b.number for b in other.facts.bands if not b.alpha]
    more = other.dataset.nodata is None and not other.facts.alpha  # an alpha band then tells where it ends
    try:
        with WarpedVRT(
            other.dataset, crs=CRS.from_wkt(facts.crs) if facts.crs else None, src_crs=_crs(facts, other.facts),
            transform=grid @ Affine.scale(1 / scale), width=part.width * scale, height=part.height * scale,
            resampling=how, add_alpha=more, dtype="float64",
        ) as warped:  # fmt: skip
            fine = warped.read(numbers).mean(axis=0)
            alpha = warped.count if more else next(iter(other.facts.alpha), None)
            fine[(warped.dataset_mask() if alpha is None else warped.read(alpha)) == 0] = np.nan
    except GDAL_ERRORS as error:
        raise SourceError(f"{other.path} cannot be laid beneath {facts.path}: {error}", "warp it first") from error
    return fine, scale, apart


def _times(facts: Facts, fine: Facts) -> float:
    return facts.gsd_m / fine.gsd_m if facts.gsd_m and fine.gsd_m else 1.0


def _crs(facts: Facts, fine: Facts) -> CRS | None:
    known = fine.crs or facts.crs
    return CRS.from_wkt(known) if known else None
