"""What a raster is, made by hand: a plan needs no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np

from rs_sr.pixels.grid import Size, Window
from rs_sr.raster.facts import Band, Block, Facts, numbers_that_count

BAND = Band(
    number=1, dtype="uint8", nodata=None, description="", interpretation="undefined", unit="", scale=1.0, offset=0.0,
    masked=False,
)  # fmt: skip
RGB = ("red", "green", "blue")


def facts(*colours: str, height: int = 600, width: int = 800, band: dict[str, Any] | None = None, **more: Any) -> Facts:
    """A raster of one band for each of `colours` (three by default); `band` holds for all of them."""
    bands = tuple(
        replace(BAND, **({"number": i, "interpretation": colour} | (band or {})))
        for i, colour in enumerate(colours or RGB, start=1)
    )
    known: dict[str, Any] = dict(
        path="in.tif", driver="GTiff", size=Size(height=height, width=width), bands=bands, mask="none",
        transform=(10.0, 0.0, 500000.0, 0.0, -10.0, 5400000.0), crs="EPSG:32633", block=Size(height=128, width=128),
        files=("in.tif",), gsd_m=10.0,
    )  # fmt: skip
    known |= more
    return Facts(**{f.name: known[f.name] for f in fields(Facts) if f.name in known})


class Hand:
    """A reader of nothing but facts."""

    def __init__(self, known: Facts) -> None:
        self.facts = known

    def read(self, window: Window, bands: tuple[int, ...]) -> Block:
        raise AssertionError("a plan reads no pixel")


class Drawn(Hand):
    """A reader of an array (band, y, x), whose bands have its data type; nothing but nodata makes a pixel invalid."""

    def __init__(self, pixels: np.ndarray[Any, Any], *colours: str, band: dict[str, Any] | None = None, **more: Any):
        count, height, width = pixels.shape
        named = colours or ("undefined",) * count
        super().__init__(
            facts(*named, height=height, width=width, band={"dtype": str(pixels.dtype)} | (band or {}), **more)
        )
        self.pixels = pixels

    def read(self, window: Window, bands: tuple[int, ...]) -> Block:
        rows, cols = window.within(self.facts.size.window)
        found = np.stack([self.pixels[b - 1, rows, cols] for b in bands])
        return Block(found, numbers_that_count(self.facts, found, bands), None)

    def read_each(self, windows: Iterable[Window], bands: tuple[int, ...]) -> Iterator[Block]:
        return (self.read(window, bands) for window in windows)
