"""An array as a GeoTIFF, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import RasterioError

from rs_sr.errors import TargetError
from rs_sr.raster.source import gdal_environment


def write_geotiff(path: Path, pixels: NDArray[Any], *, crs: str, west: float, north: float, gsd_m: float) -> None:
    """Write (band, y, x) as a north-up GeoTIFF whose upper left corner is (west, north)."""
    count, height, width = pixels.shape
    try:
        with (
            gdal_environment(GDAL_PAM_ENABLED="NO"),
            rasterio.open(
                path, "w", driver="GTiff", count=count, height=height, width=width, dtype=pixels.dtype, crs=crs,
                transform=Affine(gsd_m, 0, west, 0, -gsd_m, north), compress="deflate",
            ) as target,
        ):  # fmt: skip
            target.write(pixels)
    except RasterioError as error:
        raise TargetError(f"{path} cannot be written: {error}", "choose another folder") from error


def read_pixels(path: str | Path) -> NDArray[Any]:
    """All pixels of a small raster, (band, y, x)."""
    with gdal_environment(), rasterio.open(path) as source:
        return np.asarray(source.read())
