"""Look at the pixels once before a run: the value map, the fill values, and warnings about the scene.

It reads a fixed sample of windows of the whole raster, so that it is the same for every tile, part and order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import (
    BlurWarning,
    ClassesWarning,
    ClippingWarning,
    CompressionWarning,
    GapsWarning,
    NodataWarning,
    NoiseWarning,
    RequestError,
    RsSrWarning,
    ValueWarning,
)
from rs_sr.options import Options
from rs_sr.pixels.classes import count_classes
from rs_sr.pixels.grid import Window, pieces, sample_windows, windows_of
from rs_sr.pixels.radiometry import ValueMap, opaque
from rs_sr.raster.facts import Facts, Reader
from rs_sr.record import Record
from rs_sr.run import held
from rs_sr.run.fitting import fit
from rs_sr.run.plan import Plan
from rs_sr.run.sampling import Sample, Told, batches, nobody, part_of, take
from rs_sr.runtime import Held, Runtime
from rs_sr.trust.scene_checks import Check, Look, Values, check_looks, check_values, look

Array = NDArray[Any]
WARNINGS: dict[str, type[RsSrWarning]] = {
    "sharpness": BlurWarning,
    "compression": CompressionWarning,
    "noise": NoiseWarning,
    "clipping": ClippingWarning,
    "gaps": GapsWarning,
    "range": ValueWarning,
}


@dataclass(frozen=True)
class Survey:
    """What the sample told: the value map by place of a band in the plan, the values that a network holds for each
    group of bands, warnings in words, whether the scene suits the model (what is not green is warned about), the
    degradation that the result is held to, as `kernels.reduce` takes it, and whether it is corrected by it."""

    values: ValueMap
    held: tuple[Held, ...]
    warnings: tuple[RsSrWarning, ...]
    checks: tuple[Check, ...]
    kernel: str | float
    corrected: bool
    opaque: tuple[float, ...] = ()  # alpha of opaque pixels, of each alpha band


def survey(
    plan: Plan, source: Reader, options: Options, like: Record | None, runtime: Runtime | None = None,
    told: Told = nobody,
) -> Survey:  # fmt: skip
    """Sample the bands of each group together, set their value map by the rule of `options`, collect what is held.

    `like` is the record of an earlier result, whose value map (and statistics, if it was made by the same model) are
    taken instead; they must be for the same number of bands (`RequestError`). Without a `runtime` nothing is collected.
    """
    given = like.value_map if like is not None else None
    if given is not None and len(given.lo) != len(plan.imagery):
        raise RequestError(
            f"--like has a value map for {len(given.lo)} bands, this run has {len(plan.imagery)}",
            "choose the same number with --bands",
        )
    findings = _Findings(plan, options, given)
    done, count = 0.0, len(plan.imagery)
    for batch in batches(plan.groups, plan.together):
        places = [place for group in batch for place in group]
        numbers = tuple(plan.imagery[place] for place in places)
        samples = dict(zip(places, take(source, numbers, part_of(told, done, len(places) / count)), strict=True))
        for group in batch:
            findings.add(group, [samples.pop(place) for place in group])
        done += len(places) / count
    values, checks, found = findings.result()
    kept = held.from_json(like.statistics, plan) if like is not None and like.statistics is not None else None
    if kept is None:
        nothing: tuple[Held, ...] = tuple(() for _ in plan.groups)
        kept = nothing if runtime is None else held.collect(plan, values, source, runtime, findings.places)
    kernel, corrected, words = fit(plan, values, kept, source, runtime, findings.places)
    warned = tuple({str(w): w for w in (*found, *words)}.values())
    return Survey(values, kept, warned, tuple(checks), kernel, corrected, _opaque(plan, source))


def _opaque(plan: Plan, source: Reader) -> tuple[float, ...]:
    """What alpha is opaque at, by the type and the highest that is met first."""
    facts = plan.facts

    def highest(number: int) -> float:
        for windows in (sample_windows(facts.size), *map(windows_of, pieces(facts.size))):
            top = float(max(np.nanmax(b.pixels, initial=0) for b in source.read_each(windows, (number,))))
            if top > 0:
                return top
        return 0.0

    return tuple(
        opaque(facts.band(a).dtype, None if facts.band(a).dtype == plan.dtype else highest(a)) for a in facts.alpha
    )


class _Findings:
    """What is kept of samples, group by group, so that no more than a batch of them is there at once."""

    def __init__(self, plan: Plan, options: Options, given: ValueMap | None) -> None:
        self._plan, self._options, self._given = plan, options, given
        self._lo, self._hi, self._fill = ([0.0] * len(plan.imagery) for _ in range(3))
        self._rules: list[str] = []
        self._found: list[RsSrWarning] = []
        self._spreads: list[tuple[float, ...]] = []
        self._looks: dict[tuple[int, ...], Look] = {}
        self._values: dict[tuple[int, ...], Values] = {}
        self.places: list[list[Window]] = []  # with valid pixels, of each group

    def add(self, group: tuple[int, ...], samples: list[Sample]) -> None:
        """The samples of one group, whose values lose their order."""
        plan, facts = self._plan, self._plan.facts
        for place, sample in zip(group, samples, strict=True):
            self._found += [] if plan.raw else _scene_warnings(facts, sample)
            self._found += _cut_off(plan, sample)
            self._spreads.append(_spread(facts, sample))
            self._fill[place] = float(np.median(sample.pixels, overwrite_input=True)) if sample.count else 0.0
        self.places.append(list(dict.fromkeys(w for s in samples for w in s.places)))
        if plan.raw:
            return
        together = samples[0].pixels if len(samples) == 1 else np.concatenate([s.pixels for s in samples])
        limits, rule = _limits(facts, samples, together, self._options)
        self._rules.append(rule)
        for place, (low, high) in zip(group, limits, strict=True):
            self._lo[place], self._hi[place] = low, high
        if any(isinstance(w, ClassesWarning) for w in self._found):
            return
        numbers = tuple(s.number for s in samples)
        given = self._given
        ends = limits[0] if given is None else (given.lo[group[0]], given.hi[group[0]])
        self._looks[numbers] = _look(samples, ends)
        self._values[numbers] = Values.of(together, sum(s.total for s in samples), ends)

    def result(self) -> tuple[ValueMap, list[Check], list[RsSrWarning]]:
        checks = check_looks(self._looks, self._plan.scale) + check_values(self._values)
        found = self._found + _value_warnings(self._plan.facts, self._spreads)
        found += [WARNINGS[c.name](c.text) for c in checks if c.colour in ("amber", "red")]
        rule = ", ".join(dict.fromkeys(self._rules)) or "raw values"
        values = self._given or ValueMap(tuple(self._lo), tuple(self._hi), tuple(self._fill), rule)
        return values, checks, found


def _cut_off(plan: Plan, sample: Sample) -> list[RsSrWarning]:
    """A word where --dtype cannot hold the values."""
    if np.dtype(plan.dtype).kind == "f" or not sample.count:
        return []
    ends = np.iinfo(plan.dtype)
    share = float(((sample.pixels < ends.min) | (sample.pixels > ends.max)).mean())
    if not share:
        return []
    text = f"{share:.1%} of the values of band {sample.number} lie beyond {plan.dtype} ({ends.min} to {ends.max})"
    return [ValueWarning(f"{text} and are cut off there; leave --dtype out, or scale the raster first")]


def _look(samples: list[Sample], ends: tuple[float, float]) -> Look:
    """What the windows show that are whole in every band of a group."""
    low, span = ends[0], ends[1] - ends[0]
    if span <= 0:
        return Look()
    shared = [w for w in samples[0].whole if all(w in s.whole for s in samples)]
    step = 0.0 if samples[0].pixels.dtype.kind == "f" else 1 / span
    stacks = ((np.stack([s.whole[w] for s in samples]), w) for w in shared)
    return look((((p.astype(np.float32) - low) / span, w.row, w.col) for p, w in stacks), step=step)


def _limits(
    facts: Facts, samples: list[Sample], together: Array, options: Options
) -> tuple[list[tuple[float, float]], str]:
    """Where 0 and 1 lie for the bands of one group, whose values are `together`, and the rule in words."""
    if options.range is not None:
        return [options.range] * len(samples), "--range"
    bands = [facts.band(s.number) for s in samples]
    if all(b.dtype == "uint8" for b in bands):
        return [(0.0, 255.0)] * len(samples), "8 bit: 0 to 255"
    if any(b.scale != 1 or b.offset != 0 for b in bands) and all(b.scale for b in bands):
        ends = [
            np.percentile(s.pixels, (1, 99)) * b.scale + b.offset if s.count else np.zeros(2)
            for s, b in zip(samples, bands, strict=True)
        ]
        if all(e.min() >= -0.2 and e.max() <= 1.6 for e in ends):
            return [(-b.offset / b.scale, (1 - b.offset) / b.scale) for b in bands], "the raster's scale and offset"
    if not together.size:
        return [(0.0, 1.0)] * len(samples), "no valid pixel"
    low, high = np.percentile(together, (0.1, 99.9), overwrite_input=True)
    return [(float(low), float(high))] * len(samples), "0.1 to 99.9 % of the values"


def _scene_warnings(facts: Facts, sample: Sample) -> list[RsSrWarning]:
    found: list[RsSrWarning] = []
    band, pixels = facts.band(sample.number), sample.pixels
    if pixels.size < 64 * 64:
        return found
    distinct = count_classes(pixels, sample.whole.values())
    if distinct is not None:
        found.append(
            ClassesWarning(
                f"band {band.number} has {distinct} different values only: if they are classes or flags, "
                "super-resolution invents some between them; use --model=nearest"
            )
        )
    if band.nodata is None and facts.mask == "none" and not facts.alpha and sample.border.size:
        edge = sample.border[0]
        if (sample.border == edge).mean() > 0.98 and pixels.max() != pixels.min() and edge in (0, 255, 65535, -9999):
            found.append(
                NodataWarning(
                    f"no nodata value is set, but the borders of band {band.number} are {edge:g}: if that means no "
                    f"data, give --nodata={edge:g}"
                )
            )
    return found


def _spread(facts: Facts, sample: Sample) -> tuple[float, ...]:
    """5th, 50th and 95th percentile above 0 of a uint16 band without scale and offset; empty for others."""
    band = facts.band(sample.number)
    pixels = sample.pixels[sample.pixels > 0]
    if band.dtype != "uint16" or band.scale != 1 or band.offset != 0 or pixels.size < 64 * 64:
        return ()
    return tuple(float(v) for v in np.percentile(pixels, (5, 50, 95)))


def _value_warnings(facts: Facts, spread: list[tuple[float, ...]]) -> list[RsSrWarning]:
    """Sentinel-2's offset of 1000 still in the data; Landsat Collection 2 without its scale: when all bands say so."""
    if not spread or not all(spread):
        return []
    gsd = round(facts.gsd_m or 0, 1)
    low, middle, high = zip(*spread, strict=True)
    if gsd in (10, 20, 60) and min(low) >= 1000 and max(middle) < 6000 and max(high) < 20000:
        return [
            ValueWarning(
                "hardly a pixel lies below 1000: if this is Sentinel-2 from 2022 on, its offset of -1000 is still to "
                "be applied (reflectance = (value - 1000) / 10000)"
            )
        ]
    if gsd in (15, 30) and min(low) > 5000 and max(high) < 65000:
        return [
            ValueWarning(
                "the values look like Landsat Collection 2 without its scale (Level 2: reflectance = 0.0000275 "
                "value - 0.2): set scale and offset on the raster if you need reflectance"
            )
        ]
    return []
