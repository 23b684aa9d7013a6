"""Write a Cloud Optimized GeoTIFF: a GeoTIFF that grows as any, and is laid out anew when it is whole."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio.shutil

from rs_sr.errors import MetadataWarning, RsSrWarning
from rs_sr.options import Options
from rs_sr.raster.creation import check_creation, cog_options, try_creation
from rs_sr.raster.facts import Facts, choose_bands
from rs_sr.raster.geotiff import GeoTiff, check_complete
from rs_sr.raster.layout import Layout
from rs_sr.raster.source import Source
from rs_sr.raster.workspace import Workspace, watch


def check(options: Options, facts: Facts, dtype: str) -> list[RsSrWarning]:
    """A COG has creation options of its own, and no room for masks of single bands."""
    check_creation(options.co, cog=True, dtype=dtype)
    try_creation(options.co, cog=True, dtype=dtype, bands=len(choose_bands(facts, options.bands)))
    if facts.mask == "band":
        return [MetadataWarning("masks for each band are written to a file beside the result, NAME.tif.msk")]
    return []


class Cog(GeoTiff):
    """The growing result."""

    def __init__(self, workspace: Workspace, source: Source, layout: Layout) -> None:
        super().__init__(workspace, source, replace(layout, co=()))
        self._co = layout.co

    def _complete(self, result: Path, longest: int) -> None:
        plain = result.with_name("plain.tif")
        os.replace(result, plain)
        pixel = len(self._layout.bands) * np.dtype(self._layout.dtype).itemsize
        more = cog_options(self._options, pixel, self._co, classes=self._layout.classes)
        with watch(self._workspace.target):
            rasterio.shutil.copy(plain, result, driver="COG", **more)
        plain.unlink()
        check_complete(result, self._workspace.target)
