"""How a result lies in its container: what every format is told, and what every format can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from rs_sr.grid import Window

Array = NDArray[Any]


@dataclass(frozen=True)
class Layout:
    """`bands` of the source and the `part` of it in input pixels; `core` is the side of a tile; `co` are GDAL's
    creation options as the user gave them; `tags` say what made the result. With `error` the pixels are errors of the
    source's values: they have its units, and no colours, offset or mask. With `classes` pixels were repeated, never
    mixed: so are those of overviews."""

    bands: tuple[int, ...]
    part: Window
    scale: int
    core: int
    dtype: str
    nodata: float | None
    masked: bool
    compress: str
    cog: bool
    co: tuple[str, ...]
    tags: dict[str, str]
    error: bool = False
    classes: bool = False


class Writer(Protocol):
    """Writes tiles into a result, in any order; it can be pickled where many processes may write at once."""

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        """Tile number `index` at `window` in output pixels: (band, y, x), and the mask (1 or band, y, x), uint8."""


class Sink(Writer, Protocol):
    """A growing result."""

    @property
    def writer(self) -> Writer | None:
        """For other processes; None where one alone may write."""

    def read(self, index: int, window: Window) -> Array:
        """The pixels (band, y, x) of tile number `index`, which lies at `window`, as they were written."""

    def holds(self, index: int, window: Window) -> bool:
        """Whether all pixels of tile number `index`, which lies at `window`, are there."""

    def tag(self, **tags: str) -> None:
        """Add to the result's tags."""

    def finish(self) -> list[str]:
        """Make the result whole, ready to be moved into place. Gives what of the source did not come over, in words."""

    def close(self) -> None:
        """Let go of what is open; a result that is not finished is of no use."""
