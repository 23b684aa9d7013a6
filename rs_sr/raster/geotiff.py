"""Write a tiled GeoTIFF in a workspace, with all that is carried over from the input."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
import rasterio.windows
from numpy.typing import NDArray
from rasterio.enums import Resampling

from rs_sr.errors import RsSrWarning
from rs_sr.options import Options
from rs_sr.pixels.grid import Size, Window
from rs_sr.raster import carried, metadata
from rs_sr.raster.compression import Compression
from rs_sr.raster.creation import check_creation, creation_options
from rs_sr.raster.facts import Facts
from rs_sr.raster.layout import Layout
from rs_sr.raster.source import Source
from rs_sr.raster.workspace import Workspace, watch

Array = NDArray[Any]
OVERVIEWS_ABOVE = 4096  # pixels of the longer side


def check(options: Options, facts: Facts, dtype: str) -> list[RsSrWarning]:
    """A GeoTIFF holds any raster; of GDAL's creation options those that do no harm are taken."""
    check_creation(options.co, cog=False, dtype=dtype)
    return []


class GeoTiff:
    """The growing result. `write` takes windows in any order; whole blocks are written once."""

    writer = None

    def __init__(self, workspace: Workspace, source: Source, layout: Layout, name: str | None = None) -> None:
        """It grows as the result, or under another `name` beside that; without loss, whatever it becomes."""
        self._workspace, self._source, self._layout = workspace, source, layout
        self.path = workspace.result if name is None else workspace.growing / name
        self._masks: Any = None
        self._written: set[int] = set()
        bands, part, scale = layout.bands, layout.part, layout.scale
        facts = source.facts
        self._names = names = ["undefined" if layout.error else facts.band(b).interpretation for b in bands]
        how = (Compression(), ()) if layout.compress.lossy else (layout.compress, layout.co)
        self._options = options = creation_options(layout.dtype, names, scale, *how, carried.bits(source, layout))
        size = part.size.times(scale)
        profile: dict[str, Any] = dict(
            driver="GTiff", height=size.height, width=size.width, count=len(bands), dtype=layout.dtype
        )
        profile |= options
        if layout.nodata is not None:
            profile["nodata"] = layout.nodata
        if facts.transform is not None:
            profile["transform"] = metadata.scale_transform(facts.transform, part, scale)
        if facts.crs is not None and not source.dataset.gcps[0]:
            profile["crs"] = facts.crs
        with watch(workspace.target):
            self._dataset = rasterio.open(self.path, "w+", **profile)
            self._dataset.colorinterp = metadata.interpretations(names)
            metadata.carry(source.dataset, self._dataset, bands=bands, part=part, scale=scale, expanded=source.expanded)
            carried.put_palette(self._dataset, source, layout)
            self._dataset.update_tags(**layout.tags)
            if layout.error:
                self._dataset.offsets = [0.0] * len(bands)
            elif facts.mask == "band":
                self._masks = _open_band_masks(self.path, size, len(bands), options)

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        """Write (band, y, x) pixels and the mask (1 or band, y, x), uint8, at `window` in output pixels."""
        at = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        with watch(self._workspace.target):
            self._dataset.write(pixels, window=at)
            if mask is not None and self._masks is not None:
                self._masks.write(mask, window=at)
            elif self._layout.masked and mask is not None:
                self._dataset.write_mask(mask[0], window=at)
        self._written.add(index)

    def read(self, index: int, window: Window) -> Array:
        """Pixels (band, y, x) as they were written."""
        at = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        return np.asarray(self._dataset.read(window=at))

    def holds(self, index: int, window: Window) -> bool:
        return index in self._written

    def tag(self, **tags: str) -> None:
        """Add to the result's tags."""
        with watch(self._workspace.target):
            self._dataset.update_tags(**tags)

    def finish(self) -> list[str]:
        """Flush, add what makes a whole TIFF a result, and look at what came over."""
        result = self.path
        with watch(self._workspace.target):
            longest = max(self._dataset.height, self._dataset.width)
            self.close()
        check_complete(result, self._workspace.target)
        self._complete(result, longest)
        with watch(self._workspace.target):
            carried.keep_beside(result, self._source, self._layout)
            return carried.lost(result, self._source, self._layout)

    def _complete(self, result: Path, longest: int) -> None:
        """Overviews, where the longer side has many pixels; then the compression that changes values, each once."""
        if longest > OVERVIEWS_ABOVE:
            levels = [2**k for k in range(1, 16) if longest / 2**k > 256]
            with watch(self._workspace.target), rasterio.open(result, "r+") as dataset:
                dataset.build_overviews(levels, Resampling.nearest if self._layout.classes else Resampling.average)
            check_complete(result, self._workspace.target)
        layout = self._layout
        if layout.compress.lossy:
            options = creation_options(layout.dtype, self._names, layout.scale, layout.compress, layout.co)
            self._anew(result, "GTiff", options | {"COPY_SRC_OVERVIEWS": "YES"})

    def _anew(self, result: Path, driver: str, options: dict[str, Any]) -> None:
        """Lay the whole file out again."""
        plain = result.with_name("plain.tif")
        os.replace(result, plain)
        quality = {f"{k}_OVERVIEW": v for k, v in options.items() if k in ("JPEG_QUALITY", "WEBP_LEVEL")}
        with watch(self._workspace.target), rasterio.Env(**quality):
            rasterio.shutil.copy(plain, result, driver=driver, **options)
        plain.unlink()
        check_complete(result, self._workspace.target)

    def close(self) -> None:
        if self._masks is not None:
            self._masks.close()
        if not self._dataset.closed:
            self._dataset.close()


def _open_band_masks(result: Path, size: Size, count: int, options: dict[str, Any]) -> Any:
    """A mask for each band does not fit into a TIFF: GDAL reads them from a file beside it, NAME.tif.msk."""
    sidecar = Path(f"{result}.msk")
    block = {k: options[k] for k in ("TILED", "BLOCKXSIZE", "BLOCKYSIZE")}
    target = rasterio.open(
        sidecar, "w", driver="GTiff", height=size.height, width=size.width, count=count, dtype="uint8",
        COMPRESS="DEFLATE", INTERLEAVE="BAND", **block,
    )  # fmt: skip
    target.update_tags(**{f"INTERNAL_MASK_FLAGS_{i + 1}": "0" for i in range(count)})
    return target


def check_complete(result: Path, target: Path) -> None:
    """A TIFF whose last blocks did not reach the disk says so by offsets beyond its end: read the last ones."""
    with watch(target), rasterio.open(result) as dataset:
        size = result.stat().st_size
        height, width = dataset.block_shapes[0]
        last = (-(-dataset.width // width) - 1, -(-dataset.height // height) - 1)
        for band in dataset.indexes:
            offset = dataset.get_tag_item(f"BLOCK_OFFSET_{last[0]}_{last[1]}", "TIFF", bidx=band)
            length = dataset.get_tag_item(f"BLOCK_SIZE_{last[0]}_{last[1]}", "TIFF", bidx=band)
            if offset and length and int(offset) + int(length) > size:
                raise OSError(errno.ENOSPC, "No space left on device")
