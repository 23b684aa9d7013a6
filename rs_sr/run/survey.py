"""Look at the pixels once before a run: the value map, the fill values, and warnings about the scene.

It reads a fixed sample of windows of the whole raster, so that it is the same for every tile, part and order.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import sensors
from rs_sr.errors import (
    BlurWarning,
    ClassesWarning,
    ClippingWarning,
    CompressionWarning,
    GapsWarning,
    NodataWarning,
    NoiseWarning,
    RsSrWarning,
    ValueWarning,
)
from rs_sr.options import Options
from rs_sr.pixels.classes import count_classes
from rs_sr.pixels.grid import Window, pieces, sample_windows, spread, windows_of
from rs_sr.pixels.kernels import Kernel
from rs_sr.pixels.radiometry import ValueMap, opaque
from rs_sr.raster.facts import Facts, Reader
from rs_sr.run import held
from rs_sr.run.fitting import fit
from rs_sr.run.plan import Plan
from rs_sr.run.sampling import Sample, Told, batches, nobody, part_of, take
from rs_sr.run.taking import named, settled
from rs_sr.runtime import Held, Runtime
from rs_sr.sensors.measured import Measured
from rs_sr.sensors.numbers import Numbers, jpeg_strength
from rs_sr.sensors.scene import Windows
from rs_sr.trust.scene_checks import Check, Look, Values, check_looks, check_values, look, sharpness

Array = NDArray[Any]
MEASURED = 12  # windows whose blur is measured, of all groups together
GROUPS = 4  # whose quality of JPEG is read: a file has one
WARNINGS: dict[str, type[RsSrWarning]] = {
    "sharpness": BlurWarning,
    "compression": CompressionWarning,
    "noise": NoiseWarning,
    "clipping": ClippingWarning,
    "gaps": GapsWarning,
    "range": ValueWarning,
}


Lender = Callable[[Plan], AbstractContextManager[Runtime]]


@dataclass(frozen=True)
class Survey:
    """What the sample told: the value map by place of a band in the plan, the values that a network holds for each
    group of bands, warnings in words, whether the scene suits the model (what is not green is warned about), the
    degradation that the result is held to, as `kernels.reduce` takes it, and how much of what it then lacks is put back
    (0 to 1, 0 without ``--consistent``); the blur that the scene shows, what the network is told of it and why that."""

    values: ValueMap
    held: tuple[Held, ...]
    warnings: tuple[RsSrWarning, ...]
    checks: tuple[Check, ...]
    kernel: Kernel
    strength: float
    opaque: tuple[float, ...] = ()  # alpha of opaque pixels, of each alpha band
    blur: Measured | None = None
    told: Numbers | None = None
    telling: str = ""


def survey(plan: Plan, source: Reader, lend: Lender | None = None, told: Told = nobody) -> Survey:
    """Sample the bands of each group together, set their value map by the rule of the options, collect what is held.

    Of an earlier result that the plan is `like`, the value map (and statistics, if it was made by the same model) are
    taken instead. `lend` gives the model of a plan, once it is known what that is told, if the plan `tries` it; without
    it nothing is collected.
    """
    like, findings = plan.like, _Findings(plan)
    done, count = 0.0, len(plan.imagery)
    for batch in batches(plan.groups, plan.together):
        places = [place for group in batch for place in group]
        numbers = tuple(plan.imagery[place] for place in places)
        samples = dict(zip(places, take(source, numbers, part_of(told, done, len(places) / count)), strict=True))
        for group in batch:
            findings.add(group, [samples.pop(place) for place in group])
        done += len(places) / count
    values, checks, found = findings.result()
    blur, taken, telling, unlike = findings.told()
    kept = held.from_json(like.statistics, plan) if like is not None and like.statistics is not None else None
    known = plan.telling(taken)
    with lend(known) if lend is not None and plan.tries else contextlib.nullcontext() as runtime:
        if kept is None:
            nothing: tuple[Held, ...] = tuple(() for _ in plan.groups)
            kept = nothing if runtime is None else held.collect(plan, values, source, runtime, findings.places)
        kernel, strength = fit(plan, values, kept, source, runtime, findings.places, taken)
    warned = tuple({str(w): w for w in (*found, *unlike)}.values())
    return Survey(values, kept, warned, tuple(checks), kernel, strength, _opaque(plan, source), blur, taken, telling)


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

    def __init__(self, plan: Plan) -> None:
        self._plan, self._options = plan, plan.options
        self._given = plan.like.value_map if plan.like is not None else None
        self._lo, self._hi, self._fill = ([0.0] * len(plan.imagery) for _ in range(3))
        self._rules: list[str] = []
        self._found: list[RsSrWarning] = []
        self._spreads: list[tuple[float, ...]] = []
        self._looks: dict[tuple[int, ...], Look] = {}
        self._values: dict[tuple[int, ...], Values] = {}
        self._blur = Windows()
        self._spans: list[float] = []
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
        self._looks[numbers] = _look(samples, ends, jpeg=len(self._looks) < GROUPS)
        self._spans.append(ends[1] - ends[0])
        many = min(max(1, MEASURED // len(self._plan.groups)), MEASURED - self._blur.seen)
        whole = _whole(samples)
        largest = max((w.size.pixels for w in whole), default=0)
        large = [w for w in whole if 4 * w.size.pixels >= largest]
        for pixels, _ in _stacks(samples, ends, [large[i] for i in spread(len(large), many)]):
            self._blur.add(pixels)
        self._values[numbers] = Values.of(together, sum(s.total for s in samples), ends)

    def result(self) -> tuple[ValueMap, list[Check], list[RsSrWarning]]:
        seen = self._blur.measured()
        checks = [sharpness(c, seen) for c in check_looks(self._looks, self._plan.scale)] + check_values(self._values)
        found = self._found + _value_warnings(self._plan.facts, self._spreads)
        found += [WARNINGS[c.name](c.text) for c in checks if c.colour in ("amber", "red")]
        rule = ", ".join(dict.fromkeys(self._rules)) or "raw values"
        values = self._given or ValueMap(tuple(self._lo), tuple(self._hi), tuple(self._fill), rule)
        return values, checks, found

    def told(self) -> tuple[Measured, Numbers | None, str, list[RsSrWarning]]:
        """What the scene shows of its blur, what the network is told, why, and where that is not what was asked."""
        span = float(np.median(self._spans)) if self._spans else 1.0
        seen = self._blur.measured(span)
        if self._plan.taken is None:
            return seen, None, "", []
        blocks = max((seen.jpeg_strength for seen in self._looks.values()), default=0.0)
        written = self._plan.facts.compression
        if written is not None and written.name == "jpeg" and written.quality is not None:
            blocks = max(blocks, jpeg_strength(written.quality))
        return seen, *settled(self._plan.taken, seen, span, blocks)


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


def _whole(samples: list[Sample]) -> list[Window]:
    """Windows without a gap in any band of a group."""
    return [window for window in samples[0].whole if all(window in s.whole for s in samples)]


def _stacks(samples: list[Sample], ends: tuple[float, float], windows: list[Window]) -> Iterator[tuple[Array, Window]]:
    """The pixels (band, y, x), about 0..1, of some of these windows, and where they lie."""
    low, span = ends[0], ends[1] - ends[0]
    for window in windows if span > 0 else ():
        pixels = np.stack([s.whole[window] for s in samples])
        yield (pixels.astype(np.float32) - low) / span, window


def _look(samples: list[Sample], ends: tuple[float, float], *, jpeg: bool) -> Look:
    """What those windows show, if asked with the quality of JPEG."""
    span, kind = ends[1] - ends[0], samples[0].pixels.dtype
    step = 0.0 if kind.kind == "f" or span <= 0 else 1 / span
    shown = ((p, w.row, w.col) for p, w in _stacks(samples, ends, _whole(samples)))
    return look(shown, step=step, jpeg=jpeg and kind == np.uint8)


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
    """What a sensor's products usually have added to all values, still in the data: when all bands say so."""
    if not spread or not all(spread):
        return []
    low, middle, high = zip(*spread, strict=True)
    certain = named(facts)
    for sensor in [certain] if certain else sensors.known().values():
        for values in sensor.values:
            added = values.forgotten
            if added is None or not any(round(facts.gsd_m or 0, 1) == g for g in sensor.gsd_m):
                continue
            if min(low) >= added and max(middle) < 6 * added and max(high) < 20 * added:
                text = f"hardly a pixel lies below {added:g}: "
                text += "" if certain else f"if this is {sensor.title.split()[0]} of {values.product}, "
                text += f"the offset of -{added:g} of {values.product} " if certain else f"its offset of -{added:g} "
                text += f"is still to be applied ({values.means} = value * {values.scale:g} - {-values.offset:g})"
                return [ValueWarning(text)]
    return []
