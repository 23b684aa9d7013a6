"""The pictures of a report: the places and the whole, in the colours of the input."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.report import figures
from rs_sr.report.facts import Place, Report

Array = NDArray[Any]


def pictures(found: Report) -> dict[str, bytes]:
    """Every picture of the page as a PNG, by its name: places in their order, then the whole."""
    made: dict[str, bytes] = {}
    for number, place in enumerate(found.places, 1):
        for name, picture in _of_place(found, place).items():
            made[f"{number}-{name}"] = figures.png(picture)
    if found.overview is not None:
        made["overview"] = figures.png(_overview(found))
    return made


def _ends(found: Report) -> tuple[list[float], list[float]]:
    """Black and white of the shown bands, about 0..1: the 1st and 99th percentile of the input's sample."""
    low, high = [], []
    for band in found.shown:
        span, zero = found.values.line(band)
        values = (found.samples[band][0] - zero) / span
        a, b = np.percentile(values, (1, 99)) if values.size else (0.0, 1.0)
        low.append(float(a))
        high.append(float(b))
    return low, high


def _of_place(found: Report, place: Place) -> dict[str, Array]:
    """The pictures of a place by name, each (y, x, 3) with the result's pixels."""
    bands, (low, high), s = list(found.shown), _ends(found), found.placement.scale
    made = {
        "input": figures.stretch(place.coarse.repeat(s, 1).repeat(s, 2)[bands], low, high),
        "bicubic": figures.stretch(place.smooth[bands], low, high),
        "result": figures.stretch(place.fine[bands], low, high),
    }
    if place.truth is not None:
        there = np.asarray(np.isfinite(place.truth).all(axis=0))[..., None]
        made["reference"] = np.where(there, figures.stretch(place.truth[bands], low, high), np.uint8(238))
    reach = added_reach(found)
    made["added"] = figures.ramp((place.fine - place.smooth).mean(axis=0), -reach, reach, figures.BLUE_RED)
    if place.doubt is not None:
        made["doubt"] = figures.ramp(place.doubt.mean(axis=0), 0, doubt_reach(found))
    if place.classes is not None:
        made["classes"] = figures.three_colours(place.classes)
    return made


def added_reach(found: Report) -> float:
    """Ends of the colours of what was added to bicubic, about 0..1."""
    added = [np.abs(p.fine - p.smooth).mean(axis=0) for p in found.places]
    return max(float(np.percentile(np.concatenate([a.ravel() for a in added]), 99)), 1e-6) if added else 1.0


def doubt_reach(found: Report) -> float:
    """The end of the colours of the expected error, in the raster's units."""
    known = [np.nan_to_num(p.doubt).mean(axis=0).ravel() for p in found.places if p.doubt is not None]
    return max(float(np.percentile(np.concatenate(known), 99)), 1e-12) if known else 1.0


def _overview(found: Report) -> Array:
    assert found.overview is not None
    pixels, valid = found.overview
    maps = [found.values.line(b) for b in found.shown]
    low, high = _ends(found)
    scaled = np.stack([(p.astype(np.float64) - z) / s for p, (s, z) in zip(pixels, maps, strict=True)])
    return np.where(valid[..., None], figures.stretch(scaled, low, high), np.uint8(238))
