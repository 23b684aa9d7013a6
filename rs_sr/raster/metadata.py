"""What is carried from the input to the output, and how each item scales."""

from __future__ import annotations

import copy
import re
from typing import Any

from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp
from rasterio.rpc import RPC

from rs_sr.pixels.grid import Window
from rs_sr.record import PREFIX

# Statistics and the run of the input would lie about the output; the rest is a file's inside, or carried on its own.
DROPPED_TAGS = ("STATISTICS_", "TIFFTAG_SOFTWARE", PREFIX)
DROPPED_DOMAINS = {
    "IMAGE_STRUCTURE",
    "DERIVED_SUBDATASETS",
    "SUBDATASETS",
    "RPC",
    "TIFF",
    "GEOLOCATION",
    "TILING_SCHEME",
    "LocationInfo",
}
NUMBER = re.compile(r"\s*(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def scale_transform(transform: tuple[float, ...], part: Window, scale: int) -> Affine:
    """The affine of `part`, `scale` times finer: same corner, all six terms kept, rotation and shear too."""
    return Affine(*transform) @ Affine.translation(part.col, part.row) @ Affine.scale(1 / scale)


def scale_gcps(gcps: list[GroundControlPoint], part: Window, scale: int) -> list[GroundControlPoint]:
    """Ground control points count pixels from the raster's corner: shifted by the part, then times `scale`."""
    return [
        GroundControlPoint(
            row=(p.row - part.row) * scale, col=(p.col - part.col) * scale, x=p.x, y=p.y, z=p.z, id=p.id, info=p.info
        )
        for p in gcps
    ]


def scale_rpcs(rpcs: RPC, part: Window, scale: int) -> RPC:
    """RPCs count from the centre of the first pixel: OFF' = s (OFF - part + 0.5) - 0.5, SCALE' = s SCALE."""
    new = copy.copy(rpcs)
    new.line_off = scale * (rpcs.line_off - part.row + 0.5) - 0.5
    new.samp_off = scale * (rpcs.samp_off - part.col + 0.5) - 0.5
    new.line_scale = scale * rpcs.line_scale
    new.samp_scale = scale * rpcs.samp_scale
    return new


def kept_tags(tags: dict[str, str], scale: int) -> dict[str, str]:
    """Tags that still hold for the output; dots per inch grow with the scale, and go where they are no number."""
    kept = {k: v for k, v in tags.items() if not k.startswith(DROPPED_TAGS)}
    for key in ("TIFFTAG_XRESOLUTION", "TIFFTAG_YRESOLUTION"):
        found = NUMBER.match(str(kept.pop(key, "")))
        if found:
            kept[key] = f"{float(found[0]) * scale:g}"
    return kept


def own_domains(dataset: Any, number: int = 0) -> dict[str, dict[str, str]]:
    """Tags by the names that programs put them under, of a band or (0) of all; not XML and JSON, which are none."""
    names = [n for n in dataset.tag_namespaces(number) if n not in DROPPED_DOMAINS and ":" not in n]
    return {name: dataset.tags(number, ns=name) for name in names}


def carry(source: Any, target: Any, *, bands: tuple[int, ...], part: Window, scale: int, expanded: bool) -> None:
    """Copy everything but pixels from an open rasterio data set to one that is being written.

    `bands` are the source's bands in the target's order. With `expanded` the source is a palette that became RGB.
    """
    tags = kept_tags(source.tags(), scale)
    target.update_tags(**tags)
    for domain, items in own_domains(source).items():
        target.update_tags(ns=domain, **items)
    gcps, gcp_crs = source.gcps
    if gcps:
        target.gcps = (scale_gcps(gcps, part, scale), gcp_crs)
    if source.rpcs is not None:
        target.rpcs = scale_rpcs(source.rpcs, part, scale)
    if expanded:
        return
    target.scales = [source.scales[b - 1] for b in bands]
    target.offsets = [source.offsets[b - 1] for b in bands]
    for i, number in enumerate(bands, start=1):
        if source.descriptions[number - 1]:
            target.set_band_description(i, source.descriptions[number - 1])
        if source.units[number - 1]:
            target.set_band_unit(i, source.units[number - 1])
        target.update_tags(i, **kept_tags(source.tags(number), scale))
        for domain, items in own_domains(source, number).items():
            target.update_tags(i, ns=domain, **items)


def interpretations(names: list[str]) -> list[ColorInterp]:
    """Colour interpretations by name; a palette's comes with its table."""
    return [ColorInterp[n] if n != "palette" else ColorInterp.gray for n in names]
