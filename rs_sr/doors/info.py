"""What a raster is, whether a model fits it, and what its result would be: ``rs-sr info``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rs_sr.errors import spoken
from rs_sr.models import catalogue
from rs_sr.options import Options
from rs_sr.raster.facts import Facts
from rs_sr.raster.source import gdal_environment, open_source
from rs_sr.run.plan import Plan, make_plan
from rs_sr.run.preview import Looks
from rs_sr.run.survey import Survey, survey
from rs_sr.trust.scene_checks import Check
from rs_sr.units import duration, readable


@dataclass(frozen=True)
class Info:
    """Facts, plan and survey of one raster."""

    facts: Facts
    plan: Plan
    seen: Survey

    @property
    def checks(self) -> tuple[Check, ...]:
        """Whether the scene suits the model, each with a colour."""
        return (*(() if self.plan.gsd is None else (self.plan.gsd,)), *self.seen.checks)

    def to_json(self) -> dict[str, Any]:
        f, p = self.facts, self.plan
        return {
            "path": f.path, "driver": f.driver, "width": f.size.width, "height": f.size.height, "crs": f.crs,
            "transform": f.transform, "gsd_m": f.gsd_m, "mask": f.mask,
            "bands": [{k: v for k, v in b.__dict__.items() if v not in ("", None)} for b in f.bands],
            "model": p.card.name, "scale": p.scale,
            "other_models": [c.name for c in catalogue.alternatives(p.card, len(p.imagery))],
            "result": {"width": p.size.width, "height": p.size.height, "bytes_uncompressed": p.bytes_raw,
                       "seconds": round(p.seconds), "memory_bytes": p.memory},
            "value_map": {"lo": self.seen.values.lo, "hi": self.seen.values.hi, "rule": self.seen.values.rule},
            "told": self.seen.telling, "checks": [c.to_json() for c in self.checks], "notes": list(p.notes),
            "warnings": [str(w) for w in (*p.warnings, *self.seen.warnings)],
        }  # fmt: skip

    def __str__(self) -> str:
        f, p, values = self.facts, self.plan, self.seen.values
        place = "not georeferenced" if f.transform is None else "no CRS" if f.crs is None else _crs_name(f.crs)
        gsd = f"{f.gsd_m:.4g} m" if f.gsd_m else "ground sampling distance unknown"
        lines = [
            f"{f.path} ({f.driver})",
            f"  {f.size.width} x {f.size.height} pixels, {gsd}, {place}, blocks of {f.block.width} x {f.block.height}",
        ]
        for b in f.bands:
            said = [b.dtype, b.interpretation, b.description, b.unit]
            said += [f"nodata {b.nodata:g}" if b.nodata is not None else "", "masked" if b.masked else ""]
            said += [f"scale {b.scale:g}, offset {b.offset:g}" if (b.scale, b.offset) != (1, 0) else ""]
            lines.append(f"  band {b.number}: {', '.join(s for s in said if s)}")
        lines += [
            f"with model {p.card.name}: {p.size.width} x {p.size.height} pixels, {p.scale} times finer",
            f"  about {readable(p.bytes_raw)} before compression, {readable(p.memory)} of memory, "
            f"roughly {duration(p.seconds)} on this machine",
        ]
        lo, hi = (", ".join(dict.fromkeys(f"{v:g}" for v in ends)) for ends in (values.lo, values.hi))
        lines.append(f"  values {lo} and {hi} are the model's 0 and 1 ({values.rule})")
        lines += [f"  {spoken(self.seen.telling)}"] if self.seen.telling else []
        for other in catalogue.alternatives(p.card, len(p.imagery)):
            lines.append(f"  or --model {other.name}: {other.purpose()}")
        lines += [f"  {c.name}, {c.colour}: {c.text}" for c in self.checks]
        lines += [f"note: {spoken(n)}" for n in p.notes] + [f"warning: {w}" for w in self._unsaid()]
        return "\n".join(lines)

    def _unsaid(self) -> list[str]:
        """Warnings that are not among the checks."""
        said = {c.text for c in self.checks}
        return [text for w in (*self.plan.warnings, *self.seen.warnings) if (text := str(w)) not in said]


def _crs_name(wkt: str) -> str:
    return wkt.split('"')[1] if '"' in wkt else wkt


def examine(path: str, looks: Looks | None = None, **options: Any) -> Info:
    """Look at a raster as a run with these options would. Raises what a run would raise before it starts. What
    `looks` keeps is not looked at again."""
    chosen = Options.of(options)
    with gdal_environment(), open_source(path, chosen) as source:
        plan = make_plan(source, "", chosen)
        seen = (looks or Looks()).at(plan, tried=False, look=lambda: survey(plan, source))
        return Info(source.facts, plan, seen)
