"""What this GDAL can do."""

from __future__ import annotations

from typing import Any

import rasterio
from rasterio.crs import CRS
from rasterio.errors import CRSError, RasterioError

from rs_sr.raster.source import gdal_environment


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
