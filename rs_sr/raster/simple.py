"""Small things about rasters: write an array as a GeoTIFF, read one back, and what this GDAL can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import CRSError, RasterioError

from rs_sr.errors import TargetError
from rs_sr.raster.source import gdal_environment


def write_simple(path: Path, pixels: NDArray[Any], *, crs: str, west: float, north: float, gsd_m: float) -> None:
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


def gdal_facts() -> dict[str, Any]:
    """Versions of rasterio and GDAL, drivers, ZSTD, and whether coordinate systems can be looked up."""
    with gdal_environment(), rasterio.Env() as env:
        drivers = env.drivers()
    try:
        crs = CRS.from_epsg(4326).to_epsg() == 4326
    except (CRSError, RasterioError):  # CRSError is a ValueError alone
        crs = False
    with gdal_environment(), rasterio.io.MemoryFile() as memory:
        try:
            memory.open(driver="GTiff", width=1, height=1, count=1, dtype="uint8", compress="zstd").close()
            zstd = True
        except RasterioError:
            zstd = False
    wanted = ("GTiff", "COG", "VRT", "JP2OpenJPEG", "WEBP")
    return {
        "rasterio": rasterio.__version__,
        "GDAL": rasterio.__gdal_version__,
        "drivers missing": [d for d in wanted if d not in drivers],
        "ZSTD": zstd,
        "CRS look-up": crs,
    }
