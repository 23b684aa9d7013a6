"""Palettes become colours: red, green and blue in the palette's place, and one alpha band at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels.radiometry import opaque, rescale_alpha
from rs_sr.raster.facts import Band, Facts

Array = NDArray[Any]
COLOURS = ("red", "green", "blue")


@dataclass(frozen=True)
class Palettes:
    """How bands with colours are made of a raster's own. `tables` are RGBA, uint8, by the number of a raster's band; a
    table's last row is for values that have no colour: transparent. `origins` are the raster's band and the column of
    its table (or None) of each band after; None is the alpha band."""

    tables: dict[int, Array]
    origins: tuple[tuple[int, int | None] | None, ...]
    facts: Facts
    alpha: tuple[int, ...]  # the raster's own

    @property
    def masks(self) -> tuple[int, ...]:
        """The raster's band whose mask counts for each band after."""
        return tuple(1 if origin is None else origin[0] for origin in self.origins)

    def read(self, bands: tuple[int, ...], own: Callable[[int], Array]) -> Array:
        """Pixels (band, y, x) of bands after, from `own`, which gives those (y, x) of a raster's band."""
        return np.stack([self._plane(self.origins[number - 1], own) for number in bands])

    def _plane(self, origin: tuple[int, int | None] | None, own: Callable[[int], Array]) -> Array:
        if origin is None:
            return self._opacity(own)
        number, column = origin
        return own(number) if column is None else self._painted(number, own)[..., column]

    def _painted(self, number: int, own: Callable[[int], Array]) -> Array:
        classes, table = own(number), self.tables[number]
        last = len(table) - 1
        with np.errstate(invalid="ignore"):
            known = (classes >= 0) & (classes < last) & (classes == np.floor(classes))
            return table[np.where(known, classes, last).astype(np.intp)]

    def _opacity(self, own: Callable[[int], Array]) -> Array:
        """Of palettes and alpha together: 0 where one of them is, and nowhere else."""
        found = [self._painted(number, own)[..., 3] for number in self.tables]
        found += [rescale_alpha(own(n), opaque(str(own(n).dtype)), "uint8") for n in self.alpha]
        whole = found[0].astype(np.uint32)
        for more in found[1:]:
            whole = (whole * more + 254) // 255
        return whole.astype(np.uint8)


def expand(facts: Facts, dataset: Any) -> Palettes:
    """Colours for the palettes of an open rasterio data set."""
    tables = {n: _table(dataset.colormap(n), facts.band(n)) for n in facts.palettes}
    bands: list[Band] = []
    origins: list[tuple[int, int | None] | None] = []
    for band in facts.bands:
        if band.number in tables:
            bands += [Band(0, "uint8", None, "", name, "", 1.0, 0.0, band.masked) for name in COLOURS]
            origins += [(band.number, column) for column in range(3)]
        elif not band.alpha:
            bands.append(band)
            origins.append((band.number, None))
    if facts.alpha or any(_gaps(facts.band(number), table) for number, table in tables.items()):
        bands.append(Band(0, "uint8", None, "", "alpha", "", 1.0, 0.0, facts.bands[0].masked))
        origins.append(None)
    numbered = tuple(replace(band, number=i) for i, band in enumerate(bands, start=1))
    return Palettes(tables, tuple(origins), replace(facts, bands=numbered), facts.alpha)


def _table(colours: dict[int, tuple[int, ...]], band: Band) -> Array:
    table = np.zeros((max(colours, default=-1) + 2, 4), np.uint8)
    for key, colour in colours.items():
        table[key] = colour
    if band.nodata is not None and 0 <= band.nodata < len(table):
        table[int(band.nodata), 3] = 0
    return table


def _gaps(band: Band, table: Array) -> bool:
    """Whether a value may be transparent: one with a colour, or one of those that the table does not reach."""
    kind = np.dtype(band.dtype)
    all_known = kind.kind == "u" and np.iinfo(kind).max <= len(table) - 2
    return not all_known or bool((table[:-1, 3] != 255).any())
