"""Everything that is known about a model, in one place, read without torch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from rs_sr.errors import ModelError

FORMAT = 1  # of the card's layout; docs/models.md describes it


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
    """A model's card. `scale` and `bands` are None where any will do; sizes are in input pixels."""

    name: str
    title: str
    network: str | None
    arguments: dict[str, Any] = field(default_factory=dict)
    scale: int | None
    bands: int | None
    band_names: tuple[str, ...] = ()
    value_range: tuple[float, float] = (0.0, 1.0)
    halo: Halo
    grid: int = 1
    minimum: int = 1
    multiple_of: int = 1
    square: bool = False
    gsd_m: tuple[float, float] | None = None
    sensor: str = ""
    degradation: str = ""
    shift_px: tuple[float, float] | None = None
    precision: tuple[str, ...] = ("f32",)
    licence: str = ""
    training_data: str = ""
    source: str = ""
    scores: tuple[dict[str, Any], ...] = ()
    memory_per_px: int = 0
    macs_per_px: int = 0
    sha256: str = ""

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """Read what `to_json` wrote. Unknown or missing fields and wrong types are a `ModelError`."""
        try:
            data = json.loads(text)
            if data.pop("format") != FORMAT:
                raise ModelError("the card is of another format", "a newer rs-sr may read it")
            data["halo"] = Halo(**data["halo"])
            for name in ("band_names", "value_range", "gsd_m", "shift_px", "precision", "scores"):
                if data.get(name) is not None:
                    data[name] = tuple(data[name])
            card = cls(**data)
            for item in fields(cls):
                _check(item.name, getattr(card, item.name))
            return card
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, ModelError):
                raise
            raise ModelError(f"the model's card cannot be read: {error}", "get the model file again") from error

    def one_line(self) -> str:
        scale = f"x{self.scale}" if self.scale else "x2, x3, x4"
        bands = f"{self.bands} band{'s' * (self.bands > 1)}" if self.bands else "any bands"
        score = "".join(f", {s['psnr_rgb']:.2f} dB on {s['data']}" for s in self.scores[:1])
        return f"{scale}, {bands}: {self.title}{score}"

    def describe(self) -> str:
        """The card as text for people."""
        low, high = self.gsd_m or (0, 0)
        halo = f"{self.halo.byte} for 8-bit data, {self.halo.wide} beyond"
        halo += f", exact {self.halo.exact}" if self.halo.exact is not None else ", none is exact"
        if self.halo.byte_error is not None:
            halo += f"; at most {self.halo.byte_error:g} and {self.halo.wide_error:g} grey levels off"
        rows = {
            "model": f"{self.name}: {self.title}",
            "network": f"{self.network} {self.arguments}" if self.network else "none: resampling",
            "scale": self.scale or "2, 3 or 4",
            "bands": f"{self.bands} {', '.join(self.band_names)}".strip() if self.bands else "any",
            "values": f"{self.value_range[0]:g} to {self.value_range[1]:g}",
            "halo": f"{halo} (input pixels)",
            "sizes": f"from {self.minimum} pixel, multiples of {self.multiple_of}" + ", square" * self.square,
            "trained at": f"{low:g} to {high:g} m" if self.gsd_m else "not stated",
            "sensor": self.sensor,
            "degradation": self.degradation,
            "shift": f"{self.shift_px[0]:+.3f}, {self.shift_px[1]:+.3f} output pixels (row, column) against bicubic"
            if self.shift_px
            else "",
            "precision": ", ".join(self.precision),
            "licence": self.licence,
            "training data": self.training_data,
            "source": self.source,
            "cost": f"{self.macs_per_px} multiply-adds and {self.memory_per_px} bytes per input pixel",
            "sha256": self.sha256,
        }
        lines = [f"{key:<14} {value}" for key, value in rows.items() if value != ""]
        for score in self.scores:
            lines.append("score          " + ", ".join(f"{k} {v}" for k, v in score.items()))
        return "\n".join(lines)


def _check(name: str, value: Any) -> None:
    """The few fields that a run calculates with must be numbers of a sensible kind."""
    whole = {"grid", "minimum", "multiple_of", "memory_per_px", "macs_per_px"}
    ok = True
    if name in whole:
        ok = isinstance(value, int) and 0 <= value < 1 << 40 and (value > 0 or name.endswith("_px"))
    elif name == "scale":
        ok = value in (None, 2, 3, 4)
    elif name == "bands":
        ok = value is None or (isinstance(value, int) and 0 < value < 1000)
    elif name == "halo":
        ok = all(isinstance(v, int) and 0 <= v < 10_000 for v in (value.byte, value.wide, value.exact or 0))
    elif name in ("name", "title", "licence", "sha256"):
        ok = isinstance(value, str)
    elif name in ("gsd_m", "value_range", "shift_px"):
        ok = value is None or (len(value) == 2 and all(isinstance(v, int | float) for v in value))
    elif name == "arguments":
        ok = isinstance(value, dict)
    if not ok or (
        name == "name" and (not value or not value.replace("-", "").replace("_", "").replace(".", "").isalnum())
    ):
        raise ModelError(f"the model's card has {name} = {value!r}", "get the model file again")
