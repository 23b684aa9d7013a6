"""What is seen of a run: how far it is, and what it made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rs_sr.errors import RsSrWarning
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Facts
from rs_sr.run.plan import Plan
from rs_sr.run.shown import in_html, in_words
from rs_sr.runtime.execution import Ran


@dataclass(frozen=True)
class Progress:
    """How far a run is: input pixels done of `pixels`, and seconds since the first tile."""

    stage: str
    done: int
    pixels: int
    seconds: float
    news: str = ""  # to be told once: the workers there are and their dashboard

    @property
    def fraction(self) -> float:
        return self.done / self.pixels if self.pixels else 1.0

    @property
    def seconds_left(self) -> float | None:
        return self.seconds * (1 / self.fraction - 1) if self.fraction > 0.005 else None


@dataclass(frozen=True, repr=False)
class Result:
    """What a run made."""

    target: str
    plan: Plan
    made: Facts  # the result itself, as it was read back from its file
    values: ValueMap
    seconds: float
    warnings: tuple[RsSrWarning, ...]
    ran: Ran  # the engine, device, precision and path that were used
    consistency: dict[str, Any]  # of the result brought back to the input's grid: `Agreement.result`
    stages: dict[str, float]  # seconds at work of `rs_sr.run.stages.Clock`; reading, computing and writing overlap
    telling: str = ""  # what the network was told of the scene, and why that; empty for a model that is told nothing

    def __repr__(self) -> str:
        return f"Result({in_words(self)})"

    def _repr_html_(self) -> str:
        return in_html(self)

    @property
    def uncertainty(self) -> str | None:
        """The file of expected errors, where one was asked for."""
        return self.plan.options.uncertainty

    def to_json(self) -> dict[str, Any]:
        p, made = self.plan, self.made
        return {
            "target": self.target, "uncertainty": self.uncertainty, "width": made.size.width,
            "height": made.size.height, "bands": len(made.bands), "dtype": made.bands[0].dtype,
            "model": p.card.name, "scale": p.scale, "engine": asdict(self.ran),
            "tile": p.core, "halo": p.halo, "compression": p.compression.to_json(),
            "value_map": {"lo": self.values.lo, "hi": self.values.hi, "rule": self.values.rule},
            "told": self.telling, "notes": list(p.notes), "warnings": [str(w) for w in self.warnings],
            "consistency": self.consistency,
            "seconds": round(self.seconds, 2), "stages": {k: round(v, 2) for k, v in self.stages.items()},
            "bottleneck": self.bottleneck,
        }  # fmt: skip

    @property
    def bottleneck(self) -> str | None:
        """What the tiles waited for, in a sentence; None where workers of a cluster made them."""
        if "computing" not in self.stages:
            return None
        at_work = {k: self.stages.get(k, 0.0) for k in ("reading", "computing", "writing")}
        seconds = ", ".join(f"{k} {v:.1f} s" for k, v in at_work.items())
        inside = f", {self.stages['model']:.1f} s of it in the model" if "model" in self.stages else ""
        return f"{max(at_work, key=lambda k: at_work[k])} was the bottleneck ({seconds}{inside})"
