"""The table of formats that a result can have. A new one is a file beside `geotiff.py` and a row here."""

from __future__ import annotations

from pathlib import Path

from rs_sr.errors import RequestError, TargetError
from rs_sr.options import Options
from rs_sr.raster import cog, geotiff, tile_folder, zarr_store
from rs_sr.raster.layout import Format

TIFF = (".tif", ".tiff", ".gtiff")
ALL = ("zstd", "deflate", "lzw", "none", "jpeg", "webp", "lerc")
GEOTIFF = Format("a GeoTIFF", TIFF, geotiff.GeoTiff, geotiff.check, ALL, driver="GTiff", world_files=True)
COG = Format("a Cloud Optimized GeoTIFF", TIFF, cog.Cog, cog.check, ALL, driver="COG", option="cog", world_files=True)
TILES = Format(
    "a folder of GeoTIFF tiles with a VRT", (".vrt",), tile_folder.TileFolder, tile_folder.check, ALL, driver="GTiff",
    keeps=True, folder=tile_folder.FOLDER, problem=tile_folder.problem,
)  # fmt: skip
ZARR = Format(
    "a Zarr store", (".zarr",), zarr_store.ZarrStore, zarr_store.check, ("zstd", "deflate", "none"), keeps=True,
    folder=zarr_store.FOLDER,
)  # fmt: skip
FORMATS = (GEOTIFF, COG, TILES, ZARR)


def format_of(target: str, options: Options) -> Format:
    """The format of a result of this name; of one without a name, such as an array, a GeoTIFF.

    An ending of no format is a `TargetError`, an option that asks for a format of another ending a `RequestError`.
    """
    if not target:
        target = f"result{TIFF[0]}"
    asked = [row for row in FORMATS if row.option is not None and getattr(options, row.option)]
    named = [row for row in FORMATS if row.names(target)]
    if not named:
        known = ", ".join(f"{row.endings[0]} ({row.name})" for row in FORMATS if row.option is None)
        raise TargetError(f"{target} has no ending that rs-sr writes", f"choose one: {known}")
    for row in asked:
        if row not in named:
            raise RequestError(
                f"--{row.option} makes {row.name}, the result is to be {Path(target).suffix.lower()}",
                f"name the result {row.endings[0]}",
            )
    return asked[0] if asked else next(row for row in named if row.option is None)
