"""A result in a notebook: a few lines, and the middle of the input and of the result side by side."""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RsSrError, spoken
from rs_sr.pixels.grid import Window
from rs_sr.raster.source import Source, gdal_environment, open_source
from rs_sr.trust.agreement import words

if TYPE_CHECKING:
    from rs_sr.run.plan import Plan
    from rs_sr.run.result import Result

DETAIL = 96  # input pixels to each side that are shown
SIDE = 288  # pixels of each picture, or the next multiple of what it shows
GAP = 238  # grey of pixels without data


def in_words(result: Result) -> str:
    """One line: the file, its size, the model, the time."""
    size, bands, plan = result.made.size, result.made.bands, result.plan
    made = f"{size.width} x {size.height} pixels, {len(bands)} x {bands[0].dtype}, {plan.card.name} x{plan.scale}"
    return f"{result.target}: {made}, {result.seconds:.1f} s"


def in_html(result: Result) -> str:
    """For a notebook. Files that are no longer there are not shown."""
    notes = [
        *filter(None, [spoken(result.telling)]),
        *map(spoken, result.plan.notes),
        *(f"warning: {w}" for w in result.warnings),
        words(result.consistency),
    ]
    lines = "".join(f"<li>{html.escape(note)}</li>" for note in notes)
    try:
        with gdal_environment():
            picture = base64.b64encode(_png(result)).decode()
        shown = f'<img alt="the middle: input, result" src="data:image/png;base64,{picture}"/><br/>'
        shown += "<small>the middle of the raster: the input, the result</small>"
    except RsSrError:
        shown = ""
    return f"<div><b>{html.escape(in_words(result))}</b><ul>{lines}</ul>{shown}</div>"


def _png(result: Result) -> bytes:
    plan, part = result.plan, result.plan.part
    height, width = min(part.height, DETAIL), min(part.width, DETAIL)
    row, col = (part.height - height) // 2, (part.width - width) // 2
    there = Window(row=part.row + row, col=part.col + col, height=height, width=width)
    here = Window(row=row, col=col, height=height, width=width).times(plan.scale)
    from PIL import Image

    taken = _bands(plan)
    made = tuple(plan.bands.index(b) + 1 for b in taken)
    with open_source(plan.facts.path, plan.options) as source, Source(result.target) as fine:
        before, after = source.read(there, taken), fine.read(here, made)
    known = before.pixels[before.valid].astype(np.float64)
    low, high = np.percentile(known, (1, 99)) if known.size else (0.0, 1.0)
    pair = [_grey(block, low, max(high, low + 1e-12)) for block in (before, after)]
    pair[0] = pair[0].repeat(plan.scale, 0).repeat(plan.scale, 1)
    times = max(1, -(-SIDE // pair[0].shape[0]))
    line = np.full((pair[0].shape[0], 2, pair[0].shape[2]), 255, np.uint8)
    joined = np.concatenate([pair[0], line, pair[1]], axis=1).repeat(times, 0).repeat(times, 1)
    file = io.BytesIO()
    Image.fromarray(joined.squeeze()).save(file, "PNG")
    return file.getvalue()


def _bands(plan: Plan) -> tuple[int, ...]:
    """Red, green and blue where they are known, else three bands as they are, else the first."""
    colours = {plan.facts.band(b).colour: b for b in reversed(plan.imagery)}
    if {"red", "green", "blue"} <= set(colours):
        return colours["red"], colours["green"], colours["blue"]
    return plan.imagery if len(plan.imagery) == 3 else plan.imagery[:1]


def _grey(block: Any, low: float, high: float) -> NDArray[np.uint8]:
    """(y, x, band) of 8 bits."""
    levels = np.nan_to_num((block.pixels.astype(np.float64) - low) / (high - low) * 255)
    return np.where(block.valid, np.clip(levels, 0, 255), GAP).astype(np.uint8).transpose(1, 2, 0)
