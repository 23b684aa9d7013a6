"""Write a folder of GeoTIFF tiles, bound by a VRT: many processes may write at once, and a broken run goes on."""

from __future__ import annotations

import dataclasses
import os
import re
import xml.etree.ElementTree as ET  # of a file that GDAL has just written for us
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from affine import Affine
from numpy.typing import NDArray

from rs_sr.errors import RequestError, RsSrWarning
from rs_sr.options import Options
from rs_sr.pixels.grid import Window, tiles
from rs_sr.raster import carried
from rs_sr.raster.compression import Compression
from rs_sr.raster.creation import check_creation, creation_options
from rs_sr.raster.facts import Facts
from rs_sr.raster.geotiff import GeoTiff
from rs_sr.raster.layout import Folder, Layout
from rs_sr.raster.metadata import scale_transform
from rs_sr.raster.source import Source, gdal_environment
from rs_sr.raster.workspace import Workspace, watch

Array = NDArray[Any]
SPARSE = ("SPARSE_OK=TRUE", "BIGTIFF=YES")
TEMPLATE = "template.tif"
OWN = re.compile(r"tile-\d+\.tif|.*\.aux\.xml")  # that, and GDAL's statistics of it


def tiles_folder(target: Path) -> Path:
    """Where the tiles of a VRT lie: NAME_tiles beside NAME.vrt."""
    return target.with_name(f"{target.stem}_tiles")


FOLDER = Folder(tiles_folder, OWN)


def check(options: Options, facts: Facts, dtype: str) -> list[RsSrWarning]:
    """Each tile is a GeoTIFF; a mask for each band does not fit into one."""
    check_creation(options.co, cog=False, dtype=dtype)
    if facts.mask == "band":
        raise RequestError("the raster has a mask for each band, which tiles of GeoTIFF cannot hold", "name it .tif")
    return []


def problem(target: Path) -> str | None:
    """Why a VRT cannot have this name."""
    if os.sep == "/" and "\\" in target.name:
        return "its name has a backslash, which GDAL takes for a folder's end in a VRT"
    if target.suffix != target.suffix.lower():
        return "its tiles would be those of the same name with .vrt in small letters"
    return None


@dataclass(frozen=True)
class TileWriter:
    """Writes tiles as files of a folder. It can be pickled."""

    folder: Path
    target: Path
    profile: dict[str, Any]
    transform: Affine | None

    def path(self, index: int) -> Path:
        return self.folder / f"tile-{index}.tif"

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        profile = self.profile | {"count": len(pixels), "height": window.height, "width": window.width}
        if self.transform is not None:
            profile["transform"] = self.transform @ Affine.translation(window.col, window.row)
        growing = self.path(index).with_suffix(".part")
        with gdal_environment(GDAL_PAM_ENABLED="NO"), watch(self.target):
            with rasterio.open(growing, "w", **profile) as dataset:
                dataset.write(pixels)
                if mask is not None:
                    dataset.write_mask(mask[0])
            os.replace(growing, self.path(index))


class TileFolder:
    """The growing folder. A sparse GeoTIFF beside it holds all that is carried over, until the VRT takes it up."""

    def __init__(self, workspace: Workspace, source: Source, layout: Layout) -> None:
        self._workspace, self._source, self._layout = workspace, source, layout
        self._template = GeoTiff(
            workspace, source, dataclasses.replace(layout, compress=Compression("none"), co=SPARSE), TEMPLATE
        )
        if layout.masked:  # so that the template has a mask too
            one = Window(row=0, col=0, height=1, width=1)
            blank = np.zeros((len(layout.bands), 1, 1), layout.dtype)
            self._template.write(0, one, blank, np.zeros((1, 1, 1), np.uint8))
        folder = workspace.kept.resolve()
        folder.mkdir(exist_ok=True)
        profile: dict[str, Any] = {"driver": "GTiff", "dtype": layout.dtype, "nodata": layout.nodata}
        names = [source.facts.band(b).interpretation for b in layout.bands]
        profile |= creation_options(
            layout.dtype, names, layout.scale, layout.compress, layout.co, carried.bits(source, layout)
        )
        transform = None
        if source.facts.transform is not None:
            transform = scale_transform(source.facts.transform, layout.part, layout.scale)
            profile["crs"] = source.facts.crs
        self.writer = self._writer = TileWriter(folder, workspace.target, profile, transform)

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        self._writer.write(index, window, pixels, mask)

    def read(self, index: int, window: Window) -> Array:
        with watch(self._workspace.target), rasterio.open(self._writer.path(index)) as dataset:
            return np.asarray(dataset.read())

    def holds(self, index: int, window: Window) -> bool:
        return self._writer.path(index).is_file()

    def tag(self, **tags: str) -> None:
        self._template.tag(**tags)

    def finish(self) -> list[str]:
        """Turn the template into a VRT whose sources are the tiles, where they will lie; what did not come over."""
        self.close()
        target = self._workspace.target
        template, made = self._template.path, self._workspace.result
        part, scale = self._layout.part, self._layout.scale
        with watch(target), gdal_environment():
            carried.keep_beside(template, self._source, self._layout)
            rasterio.shutil.copy(template, made, driver="VRT")
            tree = ET.parse(made)
            for band in tree.iter("VRTRasterBand"):
                for source in band.findall("SimpleSource") + band.findall("ComplexSource"):
                    band.remove(source)
                for tile in tiles(self._source.facts.size, core=self._layout.core, halo=0, part=part):
                    name = self._writer.path(tile.index).name
                    band.append(_source(f"./{tiles_folder(target).name}/{name}", band, tile.place(part, scale)[0]))
            carried.add_domains(tree.getroot(), self._source, self._layout)
            tree.write(made, encoding="utf-8")
            words = carried.lost(made, self._source, self._layout)
        template.unlink()
        return words

    def close(self) -> None:
        self._template.close()


def _source(name: str, band: ET.Element, window: Window) -> ET.Element:
    """A tile as a source of a VRT's band (GDAL manual, VRT driver); a band without a number is a mask."""
    source = ET.Element("SimpleSource")
    ET.SubElement(source, "SourceFilename", relativeToVRT="1").text = name
    ET.SubElement(source, "SourceBand").text = band.get("band", "mask,1")
    size = {"xSize": str(window.width), "ySize": str(window.height)}
    facts = {
        k: band.get(v, "")
        for k, v in (("DataType", "dataType"), ("BlockXSize", "blockXSize"), ("BlockYSize", "blockYSize"))
    }
    shape = {"RasterXSize": size["xSize"], "RasterYSize": size["ySize"]}
    ET.SubElement(source, "SourceProperties", shape | {k: v for k, v in facts.items() if v})
    ET.SubElement(source, "SrcRect", {"xOff": "0", "yOff": "0"} | size)
    ET.SubElement(source, "DstRect", {"xOff": str(window.col), "yOff": str(window.row)} | size)
    return source
