"""The options of a run as typed keywords, for editors and type checkers, and in words for ``help()``.

Each is a field of `rs_sr.options.Options`; here stands what may be given for it, there what is kept of it. A test holds
both together.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import textwrap
from collections.abc import Mapping, Sequence
from inspect import Parameter
from os import PathLike
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, get_type_hints

from rs_sr.errors import spoken
from rs_sr.options import Compress, DType, Engine, Options, Precision, Scale, help_of

if TYPE_CHECKING:
    from rs_sr.models import Model

Path = str | PathLike[str]


class Geometry(Protocol):
    """A geometry of shapely, or a GeoDataFrame or GeoSeries of geopandas."""

    @property
    def __geo_interface__(self) -> Any: ...


class ArrayKeywords(TypedDict, total=False):
    """Of `super_resolve_array`, beside ``uncertainty``."""

    model: Path | Model | None
    scale: Scale | None
    bands: str | int | Sequence[str | int] | None
    range: Sequence[float] | None
    like: Path | None
    nodata: str | float | None
    dtype: DType | None
    sensor: Path | None
    blur: Sequence[float] | None
    noise: float | None
    consistent: bool
    ensemble: bool
    tile: int | None
    halo: str | int
    memory: str | int | None
    engine: Engine
    device: str
    precision: Precision
    threads: int | None


class Keywords(ArrayKeywords, total=False):
    """Of `super_resolve`."""

    asset: str | None
    assign_crs: str | None
    oo: str | Sequence[str] | Mapping[str, object]
    window: Sequence[int] | None
    bbox: Sequence[float] | None
    bbox_crs: str | None
    aoi: Path | Geometry | Mapping[str, Any] | None
    aoi_layer: str | None
    uncertainty: Path | None
    expand_palette: bool
    cluster: str | None
    compress: Compress
    quality: int | None
    max_error: float | None
    cog: bool
    co: str | Sequence[str] | Mapping[str, object]
    overwrite: bool
    resume: bool


def spell_out(function: Any, keywords: type, **more: Any) -> None:
    """Show each keyword of a function that takes ``**options``, in its signature and, where its docstring has
    {options}, in words; `more` are types that are not known here."""
    defaults = {item.name: item.default for item in dataclasses.fields(Options)}
    given = get_type_hints(keywords, localns=more)
    hints = {name: given[name] for name in defaults if name in given}
    plain = inspect.signature(function)
    shown = [p for p in plain.parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
    extra = [Parameter(n, Parameter.KEYWORD_ONLY, default=defaults[n], annotation=hints[n]) for n in hints]
    function.__signature__ = plain.replace(parameters=[*shown, *extra])
    words = [f"{name} : {_type(kind)}\n{_wrapped(help_of(name))}" for name, kind in hints.items()]
    function.__doc__ = inspect.cleandoc(function.__doc__).replace("{options}", "\n".join(words))


def _type(kind: Any) -> str:
    """As it is written in code, without the modules' names."""
    short = re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", inspect.formatannotation(kind))
    return re.sub(r"^Optional\[(.*)\]$", r"\1 | None", short)


def _wrapped(help: str) -> str:
    said = spoken(help)
    return textwrap.fill(f"{said[0].upper()}{said[1:]}.", 84, initial_indent=" " * 4, subsequent_indent=" " * 4)
