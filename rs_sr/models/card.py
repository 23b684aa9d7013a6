"""Everything that is known about a model, in one place, read without torch."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from rs_sr.errors import ModelError
from rs_sr.sensors.numbers import MEANING, RANGES
from rs_sr.units import counted

FORMAT = 1  # of the card's layout; docs/models.md describes it
CALIBRATION_SIDE = 96  # input pixels; where image-wide values are measured
VISIBLE = 0.15  # grey levels of 255 that nobody sees where tiles meet
CURE = "get the model file again"


@dataclass(frozen=True, kw_only=True)
class Halo:
    """Input pixels around a tile. `exact`: equal to the untiled result (None: unbounded); `byte` and `wide`: the
    defaults for 8-bit data and beyond, with their largest measured error in grey levels of 255."""

    exact: int | None
    byte: int
    wide: int
    byte_error: float | None = None
    wide_error: float | None = None


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """A model's card. `scale` and `bands` are None where any will do; sizes are in input pixels.

    `statistics` counts the image-wide values that a raster run holds for every tile; 0 for a bounded network.
    `precision` names the number formats that the weights hold in; `precision_error` has, for "fp16" and "bf16", the
    `mean` and the `largest` difference from float32 on test tiles, in grey levels of 255. `calibration` is (c, e): the
    expected error is c times the spread of the ensemble of eight, plus e, both as a share of the value range. `carries`
    is the largest value that the network gets to see, with the value range as 0..1: see `rs_sr.pixels.guard`.
    """

    name: str
    title: str
    network: str | None
    arguments: dict[str, Any] = field(default_factory=dict)
    scale: int | None
    bands: int | None
    band_names: tuple[str, ...] = ()
    value_range: tuple[float, float] = (0.0, 1.0)
    carries: float = 1.0
    halo: Halo
    grid: int = 1
    statistics: int = 0
    minimum: int = 1
    multiple_of: int = 1
    square: bool = False
    gsd_m: tuple[float, float] | None = None
    sensor: str = ""
    degradation: str = ""
    shift_px: tuple[float, float] | None = None
    precision: tuple[str, ...] = ("f32",)
    precision_error: dict[str, Any] = field(default_factory=dict)
    calibration: tuple[float, float] | None = None
    licence: str = ""
    training_data: str = ""
    source: str = ""
    scores: tuple[dict[str, Any], ...] = ()
    memory_per_px: int = 0
    macs_per_px: int = 0
    sha256: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Smallest and largest value that the network gets to see, with the value range as 0..1."""
        return 0.0, self.carries

    @property
    def told(self) -> bool:
        """Whether the network takes `rs_sr.sensors.Numbers` of the scene."""
        return bool(self.arguments.get("told"))

    def to_json(self) -> str:
        """The card as JSON, with the format's number."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """Read what `to_json` wrote. Unknown or missing fields and wrong types are a `ModelError`."""
        try:
            data: dict[str, Any] = json.loads(text)
            written = data.pop("format")
            if written != FORMAT:
                raise ModelError(
                    f"the model's card is of format {written}, known is {FORMAT}",
                    "a newer version of rs-sr may read it",
                )
            data.setdefault("calibration", None)  # files from before it was measured, and the next
            data.setdefault("carries", 1.0)
            _same_fields(data, cls, "card")
            _same_fields(data["halo"], Halo, "card's halo")
            halo = Halo(**data.pop("halo"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, ModelError):
                raise
            raise ModelError(f"the model's card cannot be read: {error}", CURE) from error
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
        card = cls(halo=halo, **values)
        for name, right in _CHECKS.items():
            if not right(getattr(card, name)):
                raise ModelError(f"the model's card has {name} = {getattr(card, name)!r}", CURE)
        return card

    def one_line(self) -> str:
        """Scale, bands, title and the first score, for a list of models."""
        scale = f"x{self.scale}" if self.scale else "x2, x3, x4"
        bands = counted(self.bands, "band") if self.bands else "any bands"
        score = "".join(f", {s['psnr_rgb']:.2f} dB on {s['data']}" for s in self.scores[:1] if "psnr_rgb" in s)
        return f"{scale}, {bands}: {self.title}{score}"

    def purpose(self) -> str:
        """What it is and costs."""
        return f"{self.title}, {self.macs_per_px / 1000:.0f} K multiply-adds a pixel"

    def describe(self) -> str:
        """The card as text for people."""
        finest, coarsest = self.gsd_m or (0, 0)
        errors = self.precision_error
        halo = f"{self.halo.byte} for 8-bit data, {self.halo.wide} beyond"
        halo += f", exact {self.halo.exact}" if self.halo.exact is not None else ", none is exact"
        if self.halo.byte_error is not None and self.halo.wide_error is not None:
            halo += f"; at most {self.halo.byte_error:g} and {self.halo.wide_error:g} grey levels off"
        low, span = self.value_range[0], self.value_range[1] - self.value_range[0]
        beyond = f"; carried up to {low + span * self.carries:g}" if self.carries > 1 else ""
        rows = {
            "model": f"{self.name}: {self.title}",
            "network": f"{self.network} {self.arguments}" if self.network else "none: resampling",
            "scale": self.scale or "2, 3 or 4",
            "bands": f"{self.bands} {', '.join(self.band_names)}".strip() if self.bands else "any",
            "values": f"{self.value_range[0]:g} to {self.value_range[1]:g}" + beyond,
            "halo": f"{halo} (input pixels)",
            "statistics": f"{self.statistics} values held for the whole raster" if self.statistics else "",
            "sizes": f"from {self.minimum} pixel, multiples of {self.multiple_of}" + ", square" * self.square,
            "trained to give": f"{finest:g} to {coarsest:g} m" if self.gsd_m else "not stated",
            "sensor": self.sensor,
            "degradation": self.degradation,
            "shift": f"{self.shift_px[0]:+.3f}, {self.shift_px[1]:+.3f} output pixels (row, column) against bicubic"
            if self.shift_px
            else "",
            "precision": ", ".join(self.precision)
            + "".join(f"; {k} {v['mean']:g} off on average, {v['largest']:g} at most" for k, v in errors.items()),
            "expected error": f"{self.calibration[0]:g} times the spread of the ensemble, plus "
            f"{100 * self.calibration[1]:.2g} % of the range"
            if self.calibration
            else "",
            "licence": self.licence,
            "training data": self.training_data,
            "source": self.source,
            "cost": f"{self.macs_per_px} multiply-adds and {self.memory_per_px} bytes per input pixel",
            "sha256": self.sha256,
        }
        lines = [f"{key:<15} {value}" for key, value in rows.items() if value != ""]
        if self.told:
            lines += [f"told            {k}, {RANGES[k][0]:g} to {RANGES[k][1]:g}: {v}" for k, v in MEANING.items()]
        for score in self.scores:
            lines.append("score           " + ", ".join(f"{k} {v}" for k, v in score.items()))
        return "\n".join(lines)


def _same_fields(data: dict[str, Any], kind: type[ModelCard] | type[Halo], what: str) -> None:
    names = {item.name for item in fields(kind)}
    if missing := names - set(data):
        raise ModelError(f"the model's {what} lacks {', '.join(sorted(missing))}", CURE)
    if unknown := set(data) - names:
        raise ModelError(
            f"the model's {what} has unknown {', '.join(sorted(unknown))}", "a newer version of rs-sr may read it"
        )


def _whole(value: Any, low: int, high: int = 1 << 40) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value < high


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(_number(v) for v in value)


def _texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(v, str) for v in value)


def _name(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\w-][\w.-]*", value) is not None  # it becomes a file's name


def _errors(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"mean", "largest"} and all(map(_number, value.values()))


def _halo(value: Halo) -> bool:
    pixels = (value.byte, value.wide, 0 if value.exact is None else value.exact)
    errors = (value.byte_error, value.wide_error)
    return all(_whole(v, 0, 10_000) for v in pixels) and all(v is None or _number(v) for v in errors)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "name": _name,
    **dict.fromkeys(
        ("title", "sensor", "degradation", "licence", "training_data", "source", "sha256"),
        lambda v: isinstance(v, str),
    ),
    "network": lambda v: v is None or isinstance(v, str),
    "arguments": lambda v: isinstance(v, dict),
    "precision_error": lambda v: isinstance(v, dict) and all(map(_errors, v.values())),
    "scale": lambda v: v is None or _whole(v, 2, 5),
    "bands": lambda v: v is None or _whole(v, 1, 1000),
    "band_names": _texts,
    "value_range": lambda v: _pair(v) and v[0] < v[1],
    "carries": lambda v: _number(v) and v >= 1,
    "halo": _halo,
    **dict.fromkeys(("grid", "minimum", "multiple_of"), lambda v: _whole(v, 1, 10_000)),
    **dict.fromkeys(("memory_per_px", "macs_per_px", "statistics"), lambda v: _whole(v, 0)),
    "square": lambda v: isinstance(v, bool),
    "gsd_m": lambda v: v is None or (_pair(v) and 0 < v[0] <= v[1]),
    "shift_px": lambda v: v is None or _pair(v),
    "calibration": lambda v: v is None or (_pair(v) and v[0] >= 0 and v[1] >= 0),
    "precision": lambda v: _texts(v) and len(v) > 0,
    "scores": lambda v: isinstance(v, tuple) and all(isinstance(s, dict) for s in v),
}
