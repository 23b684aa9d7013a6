"""Which raster is meant by a name that holds several: a STAC item, a product's folder, a file with subdatasets."""

from __future__ import annotations

import json
import re
import urllib.request
import xml.etree.ElementTree as ET  # written only
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import rasterio
from rasterio._err import CPLE_BaseError
from rasterio.enums import MaskFlags
from rasterio.errors import RasterioError

from rs_sr.errors import RequestError, SourceError, SourceNotFoundError

MOST = 12  # names that an error lists
SECONDS = 20  # to wait for an address
RASTERS = re.compile(r"image/|zarr|netcdf|hdf", re.I)  # media types of assets that GDAL may read
COORDINATE = re.compile(r"(^|/)(x|y|lat|lon|latitude|longitude|time|crs|spatial_ref)$")  # arrays that are no raster
GDAL_TYPES = {"uint8": "Byte", "int8": "Int8"} | {
    f"{kind}{bits}": f"{word}{bits}"
    for kind, word in (("uint", "UInt"), ("int", "Int"), ("float", "Float"))
    for bits in (16, 32, 64)
}


def name_of(path: str, asset: str | None) -> str:
    """The name by which GDAL opens `path`, or the `asset` of it; of several, with commas between, their bands together.

    Raises `RequestError` where `asset` names nothing or several, `SourceError` where a STAC item cannot be read.
    """
    path = _main(path)
    assets = _assets(path)
    if assets is None and asset is None:
        return path
    if asset is None:
        raise RequestError(f"{path} is a STAC item of several rasters", choices(assets or {}))
    inside = _inside(path) if assets is None else assets
    found = {word: _one(path, word, inside) for word in (part.strip() for part in asset.split(","))}
    return _together(found) if len(found) > 1 else next(iter(found.values()))


def short_names(subdatasets: Iterable[str], path: str) -> dict[str, str]:
    """Subdatasets by the part of their name that tells them apart: ``10m:EPSG_32634``, ``group/variable``."""
    main = _main(path)
    base = Path(main.strip('/"')).name
    tails = {name: re.sub(r".*\.xml:", "", name.rpartition(base)[2]).strip('":').lstrip("/") for name in subdatasets}
    kept = {tail or name: name for name, tail in tails.items() if not COORDINATE.search(tail)}
    if main.startswith("ZARR:"):  # GDAL leaves out the quotes that it then asks for
        return {tail: f"{main}:/{tail}" for tail in kept}
    return kept


def _main(path: str) -> str:
    """The file or name that stands for a product's folder; for other names, themselves."""
    folder = Path(path)
    if folder.is_dir():
        found = sorted(folder.glob("MTD_MSIL*.xml")) + sorted(folder.glob("S2*_MTD_SAFL*.xml"))
        return str(found[0]) if found else path
    if urlsplit(path).scheme in ("http", "https") and path.rstrip("/").lower().endswith(".zarr"):
        return f'ZARR:"/vsicurl/{path.rstrip("/")}"'
    return path


def _assets(path: str) -> dict[str, str] | None:
    """Addresses of the rasters of a STAC item, by name; None of what is none."""
    parts = urlsplit(path)
    if not parts.path.lower().endswith((".json", ".geojson")) or not (
        parts.scheme[:4] == "http" or Path(path).exists()
    ):
        return None
    try:
        if parts.scheme in ("http", "https"):
            with urllib.request.urlopen(path, timeout=SECONDS) as answer:
                said = json.load(answer)
        else:
            said = json.loads(Path(path).read_text("utf-8"))
    except FileNotFoundError:
        raise SourceNotFoundError(f"{path} does not exist", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read as JSON: {error}", "check the address or the file") from error
    kind = said.get("type") if isinstance(said, dict) else None
    if kind in ("FeatureCollection", "Collection", "Catalog") and ("stac_version" in said or "features" in said):
        raise SourceError(f"{path} is a {kind} of several scenes", "give one STAC item")
    if kind != "Feature" or not isinstance(said.get("assets"), dict):
        return None
    known = {name: a for name, a in said["assets"].items() if isinstance(a, dict) and a.get("href")}
    return {
        name: _address(path, a["href"]) for name, a in known.items() if RASTERS.search(a.get("type") or "image/")
    }  # fmt: skip


def _address(item: str, href: str) -> str:
    """Of an asset, which may be told relative to its item."""
    if urlsplit(item).scheme in ("http", "https"):
        return urljoin(item, href)
    return href if "://" in href or href.startswith("/") else str(Path(item).parent / href)


def _inside(path: str) -> dict[str, str]:
    try:
        with rasterio.open(path) as dataset:
            return short_names(dataset.subdatasets, path)
    except (RasterioError, CPLE_BaseError) as error:
        raise SourceError(f"{path} cannot be opened: {error}", "check the name") from error


def _one(path: str, asset: str, inside: dict[str, str]) -> str:
    """The raster that `asset` names: its whole name, or the beginning or end of it."""
    if not inside:
        raise RequestError(f"--asset={asset}: {path} holds one raster, or none", "leave --asset out")
    if asset in inside:
        return inside[asset]
    ends = tuple(sign + asset for sign in ":/")
    found = {key: name for key, name in inside.items() if key.endswith(ends) or key.startswith(asset + ":")}
    if len(found) != 1:
        many = "several rasters" if found else "no raster"
        raise RequestError(f"--asset={asset} names {many} of {path}", choices(found or inside))
    return next(iter(found.values()))


def choices(names: Iterable[str]) -> str:
    """The cure that lists what ``--asset`` can name."""
    every = list(names)
    more = f" and {len(every) - MOST} more" if len(every) > MOST else ""
    return f"choose with --asset: {', '.join(every[:MOST])}{more}"


def _together(found: dict[str, str]) -> str:
    """A virtual raster of the bands of several, which must lie on one grid (`RequestError`)."""
    root, first = ET.Element("VRTDataset"), ""
    grid: Any = None
    for asset, name in found.items():
        with rasterio.open(name) as dataset:
            own = (dataset.shape, dataset.transform, dataset.crs)
            if grid is None:
                grid, first = own, asset
                _place(root, dataset)
            elif own != grid:
                raise RequestError(
                    f"{first} ({grid[0][1]} x {grid[0][0]} pixels) and {asset} ({own[0][1]} x {own[0][0]}) do not lie "
                    "on one grid",
                    "give assets of one grid with --asset",
                )
            if any(flags == [MaskFlags.per_dataset] for flags in dataset.mask_flag_enums):
                raise RequestError(
                    f"{asset} has a mask, which several rasters together would lose", "give one with --asset"
                )
            for number in dataset.indexes:
                label = asset if dataset.count == 1 else dataset.descriptions[number - 1] or f"{asset} {number}"
                _band(root, dataset, number, name, label)
    return ET.tostring(root, encoding="unicode")


def _place(root: ET.Element, dataset: Any) -> None:
    root.attrib.update(rasterXSize=str(dataset.width), rasterYSize=str(dataset.height))
    if dataset.crs:
        ET.SubElement(root, "SRS").text = dataset.crs.to_wkt()
    if not dataset.transform.is_identity:
        ET.SubElement(root, "GeoTransform").text = ", ".join(repr(v) for v in dataset.transform.to_gdal())
    tags = ET.SubElement(root, "Metadata")
    for key, value in dataset.tags().items():
        ET.SubElement(tags, "MDI", key=key).text = value


def _band(root: ET.Element, dataset: Any, number: int, name: str, label: str) -> None:
    place, at = str(len(root.findall("VRTRasterBand")) + 1), number - 1
    band = ET.SubElement(root, "VRTRasterBand", dataType=GDAL_TYPES[dataset.dtypes[at]], band=place)
    said = {"Description": label, "UnitType": dataset.units[at], "NoDataValue": dataset.nodatavals[at]}
    said |= {"ColorInterp": dataset.colorinterp[at].name.capitalize()}
    said |= {"Scale": dataset.scales[at], "Offset": dataset.offsets[at]}
    for key, value in said.items():
        if value is not None:
            ET.SubElement(band, key).text = str(value)
    source = ET.SubElement(band, "SimpleSource")
    ET.SubElement(source, "SourceFilename", relativeToVRT="0").text = name
    ET.SubElement(source, "SourceBand").text = str(number)
