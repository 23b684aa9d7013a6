"""What a raster is, without its pixels, and what a window of it gives: the words that all readers speak."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RequestError
from rs_sr.pixels.grid import Size, Window
from rs_sr.pixels.masks import held, is_nodata
from rs_sr.raster.compression import Compression
from rs_sr.units import counted

Array = NDArray[Any]
COLOURS = ("red", "green", "blue")
NEUTRAL = ("band", "layer", "channel", "raster", "gray", "grey", "central", "wavelength", "nm", "um", "reflectance")


@dataclass(frozen=True)
class Band:
    """One band of a raster: its number from 1 and what GDAL says of it."""

    number: int
    dtype: str
    nodata: float | None
    description: str
    interpretation: str
    unit: str
    scale: float
    offset: float
    masked: bool  # it has a mask of its own or of the data set, beside nodata and alpha

    @property
    def alpha(self) -> bool:
        return self.interpretation == "alpha"

    @property
    def colour(self) -> str | None:
        """`red`, `green` or `blue` where the description says so, else the interpretation.

        GDAL calls any three bytes red, green and blue; a description that is more than a number was written on purpose.
        """
        named = colour_in(self.description)
        visible = self.interpretation in COLOURS and not telling(self.description)
        return named or (self.interpretation if visible else None)

    @property
    def other(self) -> bool:
        """Whether it is said to be something else than red, green or blue."""
        known = (*COLOURS, "undefined", "gray", "palette", "alpha")
        return self.colour is None and (bool(telling(self.description)) or self.interpretation not in known)


def telling(description: str) -> list[str]:
    """The words of a band's name that say what it shows: not numbers, nor ``B4``, nor its wavelength."""
    words = re.split(r"[\s_.,:;()/-]+", description.lower())
    return [w for w in words if w not in NEUTRAL and not re.fullmatch(r"(b|ch|band|layer)?\d*[a-z]?", w)]


def colour_in(name: str) -> str | None:
    """The one of `COLOURS` that a band's name says."""
    words = telling(name)
    named = [c for c in COLOURS if c in words]
    return named[0] if len(named) == 1 and "edge" not in words else None


@dataclass(frozen=True)
class Facts:
    """What a raster is, without its pixels. `transform` is None where the raster has none."""

    path: str
    driver: str
    size: Size
    bands: tuple[Band, ...]
    mask: str  # "none", "dataset" (one mask for all bands) or "band" (a mask for each band)
    transform: tuple[float, float, float, float, float, float] | None
    crs: str | None
    block: Size
    files: tuple[str, ...]  # what GDAL says that it is made of; `rs_sr.raster.files` has the rest
    gsd_m: float | None
    pages: tuple[str, ...] = ()  # names of the rasters of a file whose first is read
    block_bytes: int = 0  # that GDAL holds to read a block: of all bands where a file keeps those of a pixel together
    points: bool = False  # ground control points or RPCs tell the place
    compression: Compression | None = None  # of its file; None of a kind that rs-sr does not write
    platform: str = ""  # the satellite or camera that metadata name

    def band(self, number: int) -> Band:
        return self.bands[number - 1]

    @property
    def palettes(self) -> tuple[int, ...]:
        """Bands whose numbers are classes with a colour each."""
        return tuple(b.number for b in self.bands if b.interpretation == "palette")

    @property
    def alpha(self) -> tuple[int, ...]:
        return tuple(b.number for b in self.bands if b.alpha)


@dataclass(frozen=True)
class Block:
    """A window of pixels as they are: `pixels` and `valid` (band, y, x); `mask` uint8 (1 or band, y, x) or None."""

    pixels: Array
    valid: NDArray[np.bool_]
    mask: NDArray[np.uint8] | None

    def cut(self, rows: slice, cols: slice) -> Block:
        """Only these rows and columns."""
        mask = None if self.mask is None else self.mask[:, rows, cols]
        return Block(self.pixels[:, rows, cols], self.valid[:, rows, cols], mask)


class Reader(Protocol):
    """Whatever pixels come from: a file, an array, or a piece of one."""

    facts: Facts

    def read(self, window: Window, bands: tuple[int, ...]) -> Block:
        """Pixels of `bands` (numbers from 1) in `window`, as they are, and where all that is said makes them valid."""

    def read_each(self, windows: Iterable[Window], bands: tuple[int, ...]) -> Iterator[Block]:
        """`read` of several windows that are small together, in their order."""


def numbers_that_count(facts: Facts, pixels: Array, bands: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where pixels (band, y, x) are finite numbers and not their band's nodata value; alpha has none."""
    valid = np.isfinite(pixels) if pixels.dtype.kind == "f" else np.ones(pixels.shape, bool)
    for plane, known, number in zip(pixels, valid, bands, strict=True):
        if facts.band(number).nodata is not None and not facts.band(number).alpha:
            known &= ~is_nodata(plane, facts.band(number).nodata)
    return valid


def with_nodata(facts: Facts, nodata: str) -> Facts:
    """The same with another nodata value for all bands, or without one."""
    value = None if nodata.lower() == "none" else float(nodata)
    bands = tuple(
        Band(**{**b.__dict__, "nodata": None if value is None else held(value, b.dtype)}) for b in facts.bands
    )
    return Facts(**{**facts.__dict__, "bands": bands})


def choose_bands(facts: Facts, wanted: tuple[str, ...] | None) -> tuple[int, ...]:
    """Band numbers for what the user wrote, numbers or descriptions; alpha bands are added last, being masks.

    An unknown band, one asked for twice, or nothing but alpha is a `RequestError`.
    """
    colours = [b.number for b in facts.bands if not b.alpha]
    if wanted is None:
        if not colours:
            raise RequestError(f"{facts.path} has nothing but an alpha band", "give a raster with imagery")
        return tuple(b.number for b in facts.bands)
    names = {b.description.lower(): b.number for b in reversed(facts.bands) if b.description}
    names |= {b.colour: b.number for b in reversed(facts.bands) if b.colour and b.colour not in names}
    first = [b.description.lower().split()[:1] for b in facts.bands]  # the B4 of "B4 red"
    alone = [(w[0], b.number) for b, w in zip(facts.bands, first, strict=True) if w and first.count(w) == 1]
    names = dict(alone) | names
    numbers = []
    for word in wanted:
        text = word.strip()
        number = int(text) if text.isdigit() else names.get(text.lower(), 0)
        if not 1 <= number <= len(facts.bands):
            has = counted(len(facts.bands), "band")
            known = "" if text.isdigit() else f" ({', '.join(names) or 'no names'})"
            raise RequestError(
                f"band {text or '(nothing)'} asked for, {facts.path} has {has}{known}",
                f"give --bands with numbers from 1 to {len(facts.bands)}",
            )
        numbers.append(number)
    if len(set(numbers)) != len(numbers):
        raise RequestError(f"--bands={','.join(wanted)!r} names a band twice", "name each band once")
    if not any(n in colours for n in numbers):
        raise RequestError("--bands names only the alpha band", "name at least one band of imagery")
    return tuple(numbers + [a for a in facts.alpha if a not in numbers])
