"""Every bundled weight: accuracy on its card against the time it takes here, as a table and a picture.

    python -m tests.benchmarks.evidence docs/pictures/evidence.png

PSNR is read off the cards. Milliseconds are CPU time of one thread for a million input pixels in tiles of 512 with the
default halo for 8-bit data: measured on a window of 256 x 256, in turns, the median of three, times the halo's share.
"""

from __future__ import annotations

import math
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from rs_sr.machine import keep_memory
from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.runtime import choose
from rs_sr.runtime.execution import Execution
from tests.benchmarks.engines import timed

TILE, WINDOW = 512, 256
SIZE, LEFT, TOP, RIGHT, BOTTOM = (1100, 620), 80, 40, 1080, 550
COLOURS = {2: (31, 119, 180), 3: (44, 160, 44), 4: (214, 39, 40)}


class Row(NamedTuple):
    """A weight, its PSNR in dB on validation and test tiles, and milliseconds a megapixel."""

    card: ModelCard
    validation: float
    test: float
    ms: float


def rows() -> list[Row]:
    """All bundled weights, measured in turns."""
    runs, cards = {}, {}
    for entry in catalogue.list_models():
        card = entry.card
        if entry.origin != "bundled":
            continue
        runtime = choose(entry, int(card.scale or 0), lambda: None, Execution("torch", threads=1))
        pixels = np.random.default_rng(0).random((int(card.bands or 1), WINDOW, WINDOW), np.float32)
        held = runtime.collect(pixels[None, :, :96, :96], np.ones((1, 96, 96), bool))
        runs[card.name], cards[card.name] = partial(runtime, pixels, held), card
    found = []
    for name, seconds in timed(runs, 3).items():
        card = cards[name]
        share = ((TILE + 2 * card.halo.byte) / TILE) ** 2
        validation, test = (
            max((s["psnr_rgb"] for s in card.scores if what in s["data"]), default=math.nan)
            for what in ("validation", "test105")
        )
        found.append(Row(card, validation, test, 1e9 * seconds * share / WINDOW**2))
    return sorted(found, key=lambda row: (row.card.scale, row.ms))


def picture(found: list[Row], path: Path) -> None:
    """PSNR on validation tiles over milliseconds, the latter logarithmic."""
    low, high = math.log10(min(r.ms for r in found) / 1.5), math.log10(max(r.ms for r in found) * 1.9)
    floor, top = math.floor(min(r.validation for r in found)), math.ceil(max(r.validation for r in found))
    image = Image.new("RGB", SIZE, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(15)

    def at(ms: float, psnr: float) -> tuple[float, float]:
        x = LEFT + (math.log10(ms) - low) / (high - low) * (RIGHT - LEFT)
        return x, BOTTOM - (psnr - floor) / (top - floor) * (BOTTOM - TOP)

    ticks = [n * 10**power for power in range(math.floor(low), math.ceil(high)) for n in (1, 2, 5)]
    for tick in (t for t in ticks if low <= math.log10(t) <= high):
        x, _ = at(tick, floor)
        draw.line((x, TOP, x, BOTTOM), fill=(225, 225, 225))
        draw.text((x, BOTTOM + 8), f"{tick:,}", fill="black", font=font, anchor="ma")
    for level in range(floor, top + 1):
        _, y = at(found[0].ms, level)
        draw.line((LEFT, y, RIGHT, y), fill=(225, 225, 225))
        draw.text((LEFT - 8, y), str(level), fill="black", font=font, anchor="rm")
    words = "milliseconds of CPU time for a million input pixels, halo included"
    draw.text(((LEFT + RIGHT) / 2, BOTTOM + 36), words, fill="black", font=font, anchor="ma")
    draw.text((LEFT, TOP - 26), "PSNR on validation tiles, dB", fill="black", font=font)
    for row in found:
        x, y = at(row.ms, row.validation)
        colour = COLOURS[int(row.card.scale or 2)]
        draw.ellipse((x - 5, y - 5, x + 5, y + 5), fill=colour)
        above = 14 if row.card.bands == 1 else 0  # next to the same network for three bands
        draw.text((x + 9, y - above), row.card.name, fill=colour, font=font, anchor="lm")
    image.save(path)


def main() -> None:
    keep_memory()
    found = rows()
    print("| model | x | bands | validation, dB | test105, dB | ms per megapixel | halo |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in found:
        card = row.card
        print(
            f"| {card.name} | {card.scale} | {card.bands} | {row.validation:.2f} | {row.test:.2f} "
            f"| {row.ms:.0f} | {card.halo.byte} |"
        )
    if len(sys.argv) > 1:
        picture(found, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
