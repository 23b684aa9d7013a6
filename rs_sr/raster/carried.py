"""What came over from a raster to its result, read back; and what only XML can hold, which GDAL reads beside a TIFF."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # of what GDAL has just written for us
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from rasterio.crs import CRS
from rasterio.io import MemoryFile

from rs_sr.raster import metadata
from rs_sr.raster.creation import options_of
from rs_sr.raster.layout import Layout
from rs_sr.raster.source import Source, gdal_environment

OF_CLASSES = {"CategoryNames": "category names", "GDALRasterAttributeTable": "attribute table", "ColorTable": "palette"}
UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(x0*1?[0-9a-fA-F]|0*[12]?[0-9]);")  # no XML


def inventory(dataset: Any) -> ET.Element:
    """All that GDAL knows of an open data set but its pixels, as the XML of a VRT."""
    with MemoryFile(ext=".vrt") as memory:
        rasterio.shutil.copy(dataset, memory.name, driver="VRT")
        text = memory.read().decode("utf-8", "replace")
    try:
        return ET.fromstring(UNPRINTED.sub("", text))
    except ET.ParseError:  # of what a driver writes there a run must not fail
        return ET.Element("VRTDataset")


def extras(source: Source, layout: Layout) -> ET.Element:
    """The CRS with its epoch, and the names, tables and colours of classes, as in NAME.aux.xml or a VRT.

    Names of classes hold where pixels are repeated alone: between classes there is none.
    """
    known, root = inventory(source.dataset), ET.Element("PAMDataset")
    if source.facts.crs is not None and not source.dataset.gcps[0]:
        epoch = _epoch(known) if CRS.from_wkt(source.facts.crs) == source.dataset.crs else None
        ET.SubElement(root, "SRS", {"coordinateEpoch": epoch} if epoch else {}).text = source.facts.crs
    if layout.classes and not source.expanded:
        for place, number in enumerate(layout.bands, start=1):
            found = [e for name in OF_CLASSES for e in known.findall(f"*[@band='{number}']/{name}")]
            if found:
                ET.SubElement(root, "PAMRasterBand", band=str(place)).extend(found)
    return root


def put_palette(made: Any, source: Source, layout: Layout) -> None:
    """Give a TIFF that is being written (an open rasterio data set) its palette, where a TIFF can have one: what it
    cannot, `keep_beside` does."""
    first = layout.bands[0]
    holds = layout.classes and len(layout.bands) <= 2 and layout.dtype in ("uint8", "uint16")
    if holds and first in source.facts.palettes:
        made.write_colormap(1, source.dataset.colormap(first))


def bits(source: Source, layout: Layout) -> int | None:
    """Bits of a pixel where classes have fewer than their type, unless the user says how they are compressed."""
    facts, given = source.facts, options_of(layout.co).keys() & {"COMPRESS", "PREDICTOR", "OVERVIEW_PREDICTOR"}
    if not layout.classes or source.expanded or given or np.dtype(layout.dtype).kind != "u":
        return None
    found = {source.dataset.tags(b, ns="IMAGE_STRUCTURE").get("NBITS") for b in layout.bands}
    kept = {facts.band(b).dtype for b in layout.bands} == {layout.dtype} and len(found) == 1 and None not in found
    count = int(found.pop()) if kept else 0
    return count if count and (layout.nodata is None or layout.nodata < 1 << count) else None


def add_domains(vrt: ET.Element, source: Source, layout: Layout) -> None:
    """Put what other programs say of the source under names of their own into a VRT."""
    for number, parent in enumerate([vrt, *vrt.findall("VRTRasterBand")]):
        if number and (source.expanded or layout.error):
            return
        known = metadata.own_domains(source.dataset, layout.bands[number - 1] if number else 0)
        for place, (domain, items) in enumerate(known.items()):
            parent.insert(place, tags(items, domain))


def tags(items: dict[str, Any], domain: str = "") -> ET.Element:
    """Tags as a VRT has them."""
    element = ET.Element("Metadata", {"domain": domain} if domain else {})
    for key, value in items.items():
        ET.SubElement(element, "MDI", key=key).text = str(value)
    return element


def keep_beside(result: Path, source: Source, layout: Layout) -> None:
    """Write what the keys and tags of the TIFF `result` do not hold to NAME.aux.xml beside it, if there is anything."""
    root = extras(source, layout)
    srs = root.find("SRS")
    with gdal_environment(), rasterio.open(result) as made:
        if srs is not None and not srs.get("coordinateEpoch") and made.crs == CRS.from_wkt(srs.text):
            root.remove(srs)
        hidden = set() if root.find("SRS") is None else {"AREA_OR_POINT"}  # GDAL then does not look at the TIFF's keys
        known = _tags(source, layout)
        missing = known.keys() - (made.tags().keys() - hidden)
        root.extend([tags({key: known[key] for key in sorted(missing)})] if missing else [])
        root.extend(_not_in(made, 0, metadata.own_domains(source.dataset)))
        _drop_palettes(root, inventory(made))
        for place, number in enumerate(() if source.expanded or layout.error else layout.bands, start=1):
            foreign = _not_in(made, place, metadata.own_domains(source.dataset, number))
            band = root.find(f"*[@band='{place}']")
            if foreign:
                band = ET.SubElement(root, "PAMRasterBand", band=str(place)) if band is None else band
                band.extend(foreign)
    if len(root):
        ET.ElementTree(root).write(f"{result}.aux.xml", encoding="utf-8")


def _drop_palettes(root: ET.Element, made: ET.Element) -> None:
    """Those that the TIFF has itself, which has none with transparent colours; and of later bands, where GDAL reads
    none."""
    for band in root.findall("PAMRasterBand"):
        table, own = band.find("ColorTable"), made.find(f"*[@band='{band.get('band')}']/ColorTable")
        if table is None:
            continue
        held = own is not None and [e.attrib for e in own][: len(table)] == [e.attrib for e in table]
        if held or band.get("band") != "1":
            band.remove(table)
        else:
            ET.SubElement(band, "ColorInterp").text = "Palette"
    for band in [b for b in root.findall("PAMRasterBand") if not len(b)]:
        root.remove(band)


def _tags(source: Source, layout: Layout) -> dict[str, str]:
    """Tags that a result must have; that pixels are areas goes without saying."""
    known = metadata.kept_tags(source.dataset.tags(), layout.scale)
    return {key: value for key, value in known.items() if (key, value) != ("AREA_OR_POINT", "Area")}


def _not_in(made: Any, place: int, domains: dict[str, dict[str, str]]) -> list[ET.Element]:
    return [tags(items, name) for name, items in domains.items() if name not in made.tag_namespaces(place)]


def lost(result: Path, source: Source, layout: Layout) -> list[str]:
    """What of the source's place and metadata is not in `result`, in words.

    Statistics and what describes a file's inside are not looked for, nor in a result of errors what is about colours.
    """
    had, facts = source.dataset, source.facts
    with gdal_environment(), rasterio.open(result) as made:
        before, after = inventory(had), inventory(made)
        words = _place(made, source, layout, before, after) + _domains(had, made)
        missing = _tags(source, layout).keys() - made.tags().keys()
        words += [f"tags {', '.join(sorted(missing))}"] * bool(missing)
        if layout.error:
            return words
        if source.expanded:  # colours have no classes
            names = {tag: word for tag, word in OF_CLASSES.items() if tag != "ColorTable"}
            return words + [f"the {word}" for tag, word in names.items() if before.find(f"*/{tag}") is not None]
        for place, number in enumerate(layout.bands, start=1):
            band = facts.band(number)
            pairs: dict[str, tuple[Any, Any]] = {
                "name": (band.description, made.descriptions[place - 1] or ""),
                "unit": (band.unit, made.units[place - 1] or ""),
                "scale and offset": ((band.scale, band.offset), (made.scales[place - 1], made.offsets[place - 1])),
                "tags": (set(metadata.kept_tags(had.tags(number), layout.scale)) - set(made.tags(place)), set()),
            }
            foreign = _not_in(made, place, metadata.own_domains(had, number))
            pairs["metadata of its own"] = (len(foreign), 0)
            gone = [name for name, (a, b) in pairs.items() if a != b]
            gone += [
                word for tag, word in OF_CLASSES.items()
                if before.find(f"*[@band='{number}']/{tag}") is not None
                and after.find(f"*[@band='{place}']/{tag}") is None
            ]  # fmt: skip
            words += [f"{' and '.join(gone)} of band {number}"] * bool(gone)
    return words


def _place(made: Any, source: Source, layout: Layout, before: ET.Element, after: ET.Element) -> list[str]:
    """What of the place is not as it was meant."""
    had, facts = source.dataset, source.facts
    (points, crs), (kept, kept_crs) = had.gcps, made.gcps
    if not points:
        crs, kept_crs = (CRS.from_wkt(facts.crs) if facts.crs else None), made.crs
    meant = None if facts.transform is None else metadata.scale_transform(facts.transform, layout.part, layout.scale)
    epoch = _epoch(before) if crs == had.crs else None
    gone = {
        "coordinate reference system": crs is not None and crs != kept_crs,
        f"coordinate epoch {epoch}": epoch is not None and epoch != _epoch(after),
        "place of the pixels": meant is not None and not meant.almost_equals(made.transform, 1e-9 * abs(meant.a)),
        "ground control points": len(points) != len(kept),
        "RPCs": had.rpcs is not None and made.rpcs is None,
        "geolocation arrays, which say where each pixel lies (warp the raster to a grid first)": "GEOLOCATION"
        in had.tag_namespaces(),
    }
    return [f"the {name}" for name, is_gone in gone.items() if is_gone]


def _domains(had: Any, made: Any) -> list[str]:
    """Metadata that other programs have put under a name of their own."""
    kept = {*made.tag_namespaces(), *metadata.DROPPED_DOMAINS}
    gone = [n for n in had.tag_namespaces() if n not in kept and not n.startswith("xml:gml")]  # a JPEG 2000's own place
    return [f"metadata {', '.join(gone)}"] * bool(gone)


def _epoch(known: ET.Element) -> str | None:
    srs = known.find("SRS")
    return None if srs is None else srs.get("coordinateEpoch")
