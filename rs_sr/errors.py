"""What can go wrong, as sentences a user can act on.

Every error says what was found and where (`problem`) and what to do about it (`cure`). Each kind is also the built-in
exception that callers already catch. `EXIT_CODES` is the one table of the command line's exit codes.

A sentence names an option as ``--bands``, with a value as ``--bands=3,2,1``, with several as ``--range=(LO, HI)`` and
with any text as ``--aoi='my fields.gpkg'``.
Each door puts that into its own words: Python's keywords, unless `speaking` says otherwise. The plugin for QGIS has the
labels of its dialog.
"""

from __future__ import annotations

import contextlib
import difflib
import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any, Literal

Door = Literal["python", "shell", "plain"]
_WORD = r"[^\s;,()]*[^\s;,().:]"
_OPTION = re.compile(rf"--([a-z][a-z-]*[a-z])(?:=(\([^()]*\)|'[^']*'|\"[^\"]*\"|{_WORD}(?:,{_WORD})*))?")
_door: Door = "python"


@contextlib.contextmanager
def speaking(door: Door) -> Iterator[None]:
    """Errors, warnings and `spoken` texts in the words of the command line ("shell"), or as they stand ("plain")."""
    global _door
    before, _door = _door, door
    try:
        yield
    finally:
        _door = before


def spoken(text: str) -> str:
    """A sentence in the words of the door that is spoken through."""
    return text if _door == "plain" else _OPTION.sub(_in_python if _door == "python" else _in_shell, text)


def _in_python(found: re.Match[str]) -> str:
    name, value = found[1].replace("-", "_"), found[2]
    if value is None:
        return name
    bare = value[0] in "('\"" or re.fullmatch(r"[A-Z_]+|True|False|-?\d+(\.\d+)?(e[+-]?\d+)?", value)
    return f"{name}={value}" if bare else f'{name}="{value}"'


def _in_shell(found: re.Match[str]) -> str:
    if found[2] is None:
        return found[0]
    if found[2].startswith("("):
        return f"--{found[1]} {found[2].strip('()').replace(', ', ' ')}"
    value = shlex.quote(found[2][1:-1]) if found[2][0] in "'\"" else found[2]
    return f"--{found[1]}{'=' if value.startswith('-') else ' '}{value}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the nearest of the `known` names; empty where none is near."""
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else ""


class RsSrError(Exception):
    """The root of all errors that rs-sr raises on purpose.

    Parameters
    ----------
    problem : str
        What was found, and where.
    cure : str
        What the user can do about it; may be empty.
    """

    exit_code = 1

    def __init__(self, problem: str, cure: str = "") -> None:
        super().__init__(problem)
        self.args = (problem, cure)  # as it was written; two words would be numbers to an OSError

    @property
    def problem(self) -> str:
        return spoken(str(self.args[0]))

    @property
    def cure(self) -> str:
        return spoken(str(self.args[1]))

    def of(self, whose: str) -> RsSrError:
        """The same error, which begins with `whose` it is."""
        return type(self)(f"{whose}{self.args[0]}", str(self.args[1]))

    def __str__(self) -> str:
        return f"{self.problem}; {self.cure}" if self.cure else self.problem

    def to_json(self) -> dict[str, Any]:
        return {"kind": type(self).__name__, "problem": self.problem, "cure": self.cure, "exit_code": self.exit_code}


class RequestError(RsSrError, ValueError):
    """The request does not fit the raster or the model: wrong bands, a window outside, a bad range."""

    exit_code = 2


class AreaNotFoundError(FileNotFoundError, RequestError):  # in this order: see MemoryBudgetError
    """There is no file of polygons of that name."""

    __init__ = RsSrError.__init__
    __str__ = RsSrError.__str__


class SourceError(RsSrError, OSError):
    """The input cannot be opened, read or super-resolved."""

    exit_code = 3


class SourceNotFoundError(SourceError, FileNotFoundError):
    """There is no file of the input's name."""


class ModelError(RsSrError, ValueError):
    """A model is unknown, damaged, or no model file at all."""

    exit_code = 4


class ModelNotFoundError(FileNotFoundError, ModelError):  # in this order: see MemoryBudgetError
    """There is no model file of that name."""

    __init__ = RsSrError.__init__
    __str__ = RsSrError.__str__


class TargetError(RsSrError, OSError):
    """The output cannot be written: it exists, the folder is missing, the disk is full."""

    exit_code = 5


class DiskFullError(TargetError):
    """The disk of the output is full."""


class FolderNotFoundError(TargetError, FileNotFoundError):
    """The folder of the output is not there."""


class TargetExistsError(TargetError, FileExistsError):
    """There is something at the output's place already."""


class NoPermissionError(TargetError, PermissionError):
    """The folder of the output may not be written to."""


class MemoryBudgetError(MemoryError, RsSrError):  # in this order, else dask cannot bring one from a worker
    """The memory budget is too small for a single tile, or memory ran out."""

    exit_code = 6
    __init__ = RsSrError.__init__


class MissingPackageError(RsSrError, ImportError):
    """An optional package is needed for what was asked."""

    exit_code = 7


class ClusterError(RsSrError, RuntimeError):
    """The cluster cannot be reached, was lost, or its workers cannot do the work."""

    exit_code = 9


class Cancelled(RsSrError):
    """The run was cancelled; nothing was left behind (but the journal, if there is one)."""

    exit_code = 130


class RsSrWarning(UserWarning):
    """The root of all warnings that rs-sr issues; each kind can be turned into an error on its own."""

    def __str__(self) -> str:
        return spoken(str(self.args[0]))


class ClassesWarning(RsSrWarning):
    """The raster looks like class numbers, not like a picture."""


class NodataWarning(RsSrWarning):
    """No nodata value is set, but the borders look like nodata."""


class ValueWarning(RsSrWarning):
    """The values look as if an offset or a scale had been forgotten."""


class GsdWarning(RsSrWarning):
    """The ground sampling distance is far from the one the model was trained with."""


class BlurWarning(RsSrWarning):
    """The raster carries less detail than its pixels could: it was enlarged, or is out of focus."""


class SensorWarning(RsSrWarning):
    """The network is told something else of the scene than was asked for: it was not trained for that, or the blur
    could not be measured. Or the scene looks sharper than what was asked for."""


class CompressionWarning(RsSrWarning):
    """The blocks of JPEG compression show."""


class NoiseWarning(RsSrWarning):
    """There is more noise than the models are trained for."""


class ClippingWarning(RsSrWarning):
    """Much of the raster lies at its smallest or largest value."""


class GapsWarning(RsSrWarning):
    """Most of the raster has no data."""


class MemoryWarning(RsSrWarning):
    """Tiles were too large for the memory there was, and were made in smaller pieces."""


class AreaWarning(RsSrWarning):
    """Polygons of the area of interest lie where the raster's CRS does not reach."""


class PagesWarning(RsSrWarning):
    """The file holds several rasters, of which the first is taken."""


class MetadataWarning(RsSrWarning):
    """A piece of metadata cannot be carried over to the output."""


def warning_kinds() -> dict[str, type[RsSrWarning]]:
    """Every kind of warning by its short name: `gsd` of `GsdWarning`."""
    return {kind.__name__.removesuffix("Warning").lower(): kind for kind in RsSrWarning.__subclasses__()}


EXIT_CODES: dict[int, str] = {
    0: "done",
    1: "an error that rs-sr did not expect: please report it",
    2: "the request is wrong: unknown option, bands, range, window, area or model for other bands",
    3: "the input cannot be opened or read, or is of a kind that cannot be super-resolved",
    4: "the model is unknown, damaged or no model file",
    5: "the output cannot be written: it exists, a run reads or writes it, the folder is missing or read-only, the "
    "disk is full",
    6: "not enough memory for one tile",
    7: "an optional package is missing",
    8: "some of many files failed; the table at the end says which",
    9: "the cluster cannot be reached or was lost",
    10: "`sensors measure` cannot tell how the raster was taken",
    130: "cancelled with Ctrl-C",
    143: "terminated (SIGTERM)",
}
