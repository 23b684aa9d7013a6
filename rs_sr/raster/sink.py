"""One door to every format a result can have; the target's ending chooses."""

from __future__ import annotations

from rs_sr.errors import RequestError
from rs_sr.raster.creation import check_creation
from rs_sr.raster.geotiff import GeoTiff
from rs_sr.raster.layout import Layout, Sink
from rs_sr.raster.source import Source
from rs_sr.raster.workspace import Workspace


def check_layout(suffix: str, cog: bool, co: tuple[str, ...], compress: str, mask: str, dtype: str) -> None:
    """Refuse what the format of this ending cannot do, or would do to the pixels: a `RequestError`."""
    if suffix != ".zarr":
        check_creation(co, cog=cog, dtype=dtype)
    if suffix not in (".zarr", ".vrt"):
        return
    if cog:
        raise RequestError(f"--cog makes a GeoTIFF, the result is to be {suffix}", "name the result .tif")
    if suffix == ".zarr" and co:
        raise RequestError(
            f"--co={co[0]!r} is a creation option of GDAL, which does not write the Zarr", "leave it out"
        )
    if suffix == ".zarr" and compress == "lzw":
        raise RequestError("--compress=lzw is not among the kinds of a Zarr store", "choose zstd, deflate or none")
    if suffix == ".vrt" and mask == "band":
        raise RequestError("the raster has a mask for each band, which tiles of GeoTIFF cannot hold", "name it .tif")


def open_sink(workspace: Workspace, source: Source, layout: Layout) -> Sink:
    """The growing result in `workspace`."""
    suffix = workspace.target.suffix.lower()
    if suffix == ".zarr":
        from rs_sr.raster.zarr_store import ZarrStore

        return ZarrStore(workspace, source, layout)
    if suffix == ".vrt":
        from rs_sr.raster.tile_folder import TileFolder

        return TileFolder(workspace, source, layout)
    return GeoTiff(workspace, source, layout)
