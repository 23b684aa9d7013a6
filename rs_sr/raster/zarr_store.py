"""Write a Zarr store (version 2, CF and GDAL conventions), which many processes may write at once."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # written only
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RequestError, RsSrWarning
from rs_sr.options import Options
from rs_sr.packages import needs
from rs_sr.pixels.grid import BLOCK, Window
from rs_sr.quiet import quiet
from rs_sr.raster import carried, metadata
from rs_sr.raster.facts import Facts
from rs_sr.raster.labelled import import_xarray, label
from rs_sr.raster.layout import Folder, Layout
from rs_sr.raster.products import GDAL_TYPES
from rs_sr.raster.source import STORE_VRT, Source, zarr_name
from rs_sr.raster.workspace import Workspace, watch

Array = NDArray[Any]
IMAGE, MASK = "image", "mask"
CHUNK = 1024  # pixels at most on a side
ARRAYS = f"{IMAGE}|{MASK}|band|mask_band|x|y|spatial_ref"
OWN = re.compile(
    rf"({ARRAYS})/(\.zarray|\.zattrs|\d+(\.\d+)*)|\.zgroup|\.zattrs|\.zmetadata|{re.escape(STORE_VRT)}|.*\.aux\.xml"
)


def itself(target: Path) -> Path:
    """A store is a folder of the result's name."""
    return target


FOLDER = Folder(itself, OWN, sign=STORE_VRT)  # arrays of the same names may be another program's


def check(options: Options, facts: Facts, dtype: str) -> list[RsSrWarning]:
    """A Zarr store is not written by GDAL, and has a transform or nothing for its place."""
    if options.co:
        raise RequestError(
            f"--co={options.co[0]!r} is a creation option of GDAL, which does not write the Zarr", "leave it out"
        )
    if facts.points:
        raise RequestError(
            f"{facts.path} has ground control points or RPCs, which a Zarr store cannot hold", "name the result .tif"
        )
    return []


def chunk_side(core: int, scale: int) -> int:
    """Input pixels on a chunk's side: whole chunks make a tile, and a chunk of the result has at most 1024 pixels."""
    return next((n for n in (512, 256) if core % n == 0 and n * scale <= CHUNK), BLOCK)


@dataclass(frozen=True)
class ZarrWriter:
    """Writes tiles into the arrays of a store. It can be pickled."""

    store: Path
    target: Path

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        at = (slice(None), slice(window.row, window.stop_row), slice(window.col, window.stop_col))
        with watch(self.target):
            _open(str(self.store / IMAGE))[at] = pixels
            if mask is not None:
                _open(str(self.store / MASK))[at] = mask


@lru_cache(maxsize=8)
def _open(path: str) -> Any:
    import zarr

    with zarr.config.set({"array.write_empty_chunks": True}):  # those of nodata too: one that is missing shows
        return zarr.open_array(path, mode="r+")


def _chunks(array: Any, window: Window) -> Iterator[str]:
    """Names of the files that hold a window of an array (band, y, x), which has chunks of a band each."""
    _, height, width = array.chunks
    rows = range(window.row // height, -(-window.stop_row // height))
    cols = range(window.col // width, -(-window.stop_col // width))
    for place in product(range(array.shape[0]), rows, cols):
        yield array.metadata.encode_chunk_key(place)


class ZarrStore:
    """The growing store: one array ``image`` (band, y, x), one ``mask`` where the raster has masks."""

    def __init__(self, workspace: Workspace, source: Source, layout: Layout) -> None:
        self._workspace, self._layout, self._source, self._facts = workspace, layout, source, source.facts
        self._store = workspace.kept.resolve()
        self._writer = ZarrWriter(self._store, workspace.target)
        side = chunk_side(layout.core, layout.scale)
        origin = layout.part
        # Two tiles never share a chunk where the part begins at one: only then may many processes write.
        apart = origin.row % side == 0 and origin.col % side == 0
        self.writer = self._writer if apart else None
        if (self._store / ".zmetadata").exists():
            return  # kept by an earlier run of the same identity
        with watch(workspace.target):
            self._create(source, side * layout.scale)

    def _create(self, source: Source, chunk: int) -> None:
        import_xarray()
        with needs("xarray"):
            import dask.array
            import numcodecs
        layout, facts = self._layout, self._facts
        size, count = layout.part.size.times(layout.scale), len(layout.bands)
        transform = None
        if facts.transform is not None:
            transform = metadata.scale_transform(facts.transform, layout.part, layout.scale)
        place: dict[str, Any] = {"transform": transform, "crs": facts.crs}
        chunks = (1, min(chunk, size.height), min(chunk, size.width))
        codec = {"zstd": numcodecs.Zstd(1), "deflate": numcodecs.Zlib(1), "none": None}
        encoding = {"chunks": chunks, "compressors": codec[layout.compress.name]}

        def empty(planes: int, dtype: str) -> Any:
            return dask.array.zeros((planes, size.height, size.width), dtype=dtype, chunks=chunks)

        image = label(empty(count, layout.dtype), nodata=layout.nodata, name=IMAGE, **place)
        image = image.assign_coords(band=np.arange(1, count + 1))
        image.attrs |= band_attributes(facts, layout.bands)
        stored = image.to_dataset()
        codecs = {IMAGE: encoding}
        if layout.masked:
            planes = count if facts.mask == "band" else 1
            dims = ("band" if planes > 1 or count == 1 else "mask_band", "y", "x")
            stored[MASK] = label(empty(planes, "uint8"), nodata=None, name=MASK, dims=dims, **place)
            codecs[MASK] = encoding
        for name in codecs:
            if "grid_mapping" in stored[name].encoding:  # which to_zarr's own encoding would replace
                stored[name].attrs["grid_mapping"] = stored[name].encoding.pop("grid_mapping")
            if facts.crs is not None:
                stored[name].attrs["_CRS"] = {"wkt": facts.crs}  # GDAL's own convention
        stored.attrs = {"Conventions": "CF-1.8"} | metadata.kept_tags(source.dataset.tags(), layout.scale) | layout.tags
        with quiet(UserWarning):  # zarr's on consolidated metadata
            stored.to_zarr(self._store, mode="w", compute=False, zarr_format=2, consolidated=True, encoding=codecs)

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        self._writer.write(index, window, pixels, mask)

    def read(self, index: int, window: Window) -> Array:
        at = (slice(None), slice(window.row, window.stop_row), slice(window.col, window.stop_col))
        with watch(self._workspace.target):
            return np.asarray(_open(str(self._store / IMAGE))[at])

    def holds(self, index: int, window: Window) -> bool:
        arrays = [self._store / name for name in (IMAGE, MASK) if (self._store / name).is_dir()]
        return all((path / chunk).is_file() for path in arrays for chunk in _chunks(_open(str(path)), window))

    def tag(self, **tags: str) -> None:
        import zarr

        with watch(self._workspace.target):
            zarr.open_group(self._store, mode="r+", zarr_format=2).attrs.update(tags)

    def finish(self) -> list[str]:
        """Gather the metadata, and add a VRT: GDAL before 3.8 does not show a Zarr array's bands together, and it holds
        what a Zarr does not. Gives what of the source did not come over."""
        import zarr

        with watch(self._workspace.target), quiet(UserWarning):
            zarr.consolidate_metadata(self._store, zarr_format=2)
            ET.ElementTree(self._vrt()).write(self._store / STORE_VRT, encoding="utf-8")
            return carried.lost(self._store / STORE_VRT, self._source, self._layout)

    def _vrt(self) -> ET.Element:
        import zarr

        layout, facts = self._layout, self._facts
        size = layout.part.size.times(layout.scale)
        vrt = ET.Element("VRTDataset", rasterXSize=str(size.width), rasterYSize=str(size.height))
        if facts.transform is not None:
            transform = metadata.scale_transform(facts.transform, layout.part, layout.scale)
            ET.SubElement(vrt, "GeoTransform").text = ", ".join(repr(v) for v in transform.to_gdal())
        extras, had = carried.extras(self._source, layout), self._source.dataset
        vrt.extend(extras.findall("SRS"))
        vrt.append(carried.tags(dict(zarr.open_group(self._store, mode="r", zarr_format=2).attrs)))
        for place, number in enumerate(layout.bands):
            known = facts.band(number)
            band = ET.SubElement(vrt, "VRTRasterBand", dataType=GDAL_TYPES[layout.dtype], band=str(place + 1))
            said = {"Description": known.description, "UnitType": known.unit}
            said["ColorInterp"] = known.interpretation.capitalize()
            said["NoDataValue"] = "" if layout.nodata is None else repr(layout.nodata)
            said |= {"Scale": repr(known.scale), "Offset": repr(known.offset)}
            for key, text in said.items():
                if text:
                    ET.SubElement(band, key).text = text
            if not self._source.expanded:
                band.append(carried.tags(metadata.kept_tags(had.tags(number), layout.scale)))
            band.extend(extras.findall(f"*[@band='{place + 1}']/*"))
            self._point(band, f"/{IMAGE}:{place}")
        if layout.masked:
            masks = ET.SubElement(vrt, "MaskBand")
            self._point(ET.SubElement(masks, "VRTRasterBand", dataType="Byte"), f"/{MASK}:0")
        carried.add_domains(vrt, self._source, layout)
        return vrt

    def _point(self, band: ET.Element, array: str) -> None:
        source = ET.SubElement(band, "SimpleSource")
        name = ET.SubElement(source, "SourceFilename", relativeToVRT="0")
        name.text = f"{zarr_name(self._workspace.target)}{array}"
        ET.SubElement(source, "SourceBand").text = "1"

    def close(self) -> None:
        _open.cache_clear()


def band_attributes(facts: Facts, bands: tuple[int, ...]) -> dict[str, Any]:
    """Names, units, scales and offsets of bands as rioxarray writes them: one for all where they are the same."""
    known = [facts.band(b) for b in bands]
    found: dict[str, Any] = {}
    if any(b.description for b in known):
        names = [b.description or f"band {b.number}" for b in known]
        found["long_name"] = names if len(names) > 1 else names[0]
    for values, one, many in (
        ([b.scale for b in known], "scale_factor", "scales"),
        ([b.offset for b in known], "add_offset", "offsets"),
        ([b.unit for b in known], "units", "units"),
    ):
        if len(set(values)) == 1:
            if values[0] not in ("", 1.0 if one == "scale_factor" else 0.0):
                found[one] = values[0]
        else:
            found[many] = values
    return found
