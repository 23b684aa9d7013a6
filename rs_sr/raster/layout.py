"""How a result lies in its container: what every format is told, what it can do, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from numpy.typing import NDArray

from rs_sr.errors import RsSrWarning
from rs_sr.pixels.grid import Window
from rs_sr.raster.compression import LOSSLESS, Compression

if TYPE_CHECKING:
    from rs_sr.options import Options
    from rs_sr.raster.facts import Facts
    from rs_sr.raster.source import Source
    from rs_sr.raster.workspace import Workspace

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
    compress: Compression
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


@dataclass(frozen=True)
class Folder:
    """The folder of a result of many files. `place` gives it for a target, which may be the folder itself; `own` are
    the paths in it that rs-sr writes, and GDAL beside them; `sign` is one that every folder of ours has."""

    place: Callable[[Path], Path]
    own: re.Pattern[str]
    sign: str | None = None


@dataclass(frozen=True)
class Format:
    """A kind of result, by the ending of its name: a row of `rs_sr.raster.formats`.

    `check` is asked before the run whether the format can hold a raster of these facts in this dtype, written with
    these options: it raises a `RequestError` where it cannot, and gives warnings. `sink` opens the growing result.
    """

    name: str  # with its article, for sentences
    endings: tuple[str, ...]  # in small letters
    sink: Callable[[Workspace, Source, Layout], Sink]
    check: Callable[[Options, Facts, str], list[RsSrWarning]]
    compressions: tuple[str, ...] = LOSSLESS  # choices of --compress
    driver: str | None = None  # of GDAL, which writes its pixels
    option: str | None = None  # the field of `Options` that asks for it, where its ending does not say so
    keeps: bool = False  # what is finished stays for --resume by itself, in `Workspace.kept`
    folder: Folder | None = None
    problem: Callable[[Path], str | None] | None = None  # why a name cannot be, in words
    sides: tuple[str, ...] = ()  # ends of files beside it that go with it, after its whole name: `.hdr` of o.img.hdr
    world_files: bool = False  # GDAL takes the place from files of the same stem

    def names(self, target: str | Path) -> bool:
        """Whether the name ends as this format's do."""
        return Path(target).suffix.lower() in self.endings

    def is_folder(self, target: Path) -> bool:
        """Whether a result of this name is a folder itself."""
        return self.folder is not None and self.folder.place(target) == target

    def pieces(self, target: Path) -> tuple[Path, ...]:
        """What of a result takes a name of its own: the folder of its files, and the target, last."""
        folders = () if self.folder is None else (self.folder.place(target),)
        return tuple(dict.fromkeys((*folders, target)))
