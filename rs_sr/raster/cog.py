"""Write a Cloud Optimized GeoTIFF: a GeoTIFF that grows as any, and is laid out anew when it is whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from rs_sr.errors import MetadataWarning, RsSrWarning
from rs_sr.options import Options
from rs_sr.raster.creation import check_creation, cog_options
from rs_sr.raster.facts import Facts
from rs_sr.raster.geotiff import GeoTiff
from rs_sr.raster.layout import Layout
from rs_sr.raster.source import Source
from rs_sr.raster.workspace import Workspace


def check(options: Options, facts: Facts, dtype: str) -> list[RsSrWarning]:
    """A COG has creation options of its own, and no room for masks of single bands."""
    check_creation(options.co, cog=True, dtype=dtype)
    if facts.mask == "band":
        return [MetadataWarning("masks for each band are written to a file beside the result, NAME.tif.msk")]
    return []


class Cog(GeoTiff):
    """The growing result."""

    def __init__(self, workspace: Workspace, source: Source, layout: Layout) -> None:
        super().__init__(workspace, source, replace(layout, co=()))
        self._co = layout.co

    def _complete(self, result: Path, longest: int) -> None:
        layout, packed = self._layout, "NBITS" in self._options
        pixel = len(layout.bands) * np.dtype(layout.dtype).itemsize
        options = cog_options(layout.compress, pixel, self._co, classes=layout.classes, packed=packed)
        self._anew(result, "COG", options)
