"""Look at the pixels once before a run: the value map, the fill values, and warnings about the scene.

It reads a fixed sample of windows of the whole raster, so that it is the same for every tile, part and order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import held
from rs_sr.classes import count_classes
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
from rs_sr.grid import Window, sample_windows, spread, without_gaps
from rs_sr.options import Options
from rs_sr.plan import Plan
from rs_sr.radiometry import OPAQUE, ValueMap, opaque
from rs_sr.raster.facts import Facts, Reader
from rs_sr.record import Record
from rs_sr.runtime import Held, Runtime
from rs_sr.scene_checks import Check, Look, Values, check_looks, check_values, look

Array = NDArray[Any]
LOOKED_AT = 16  # windows, evenly spread, for what the scene shows of blur, blocks and noise
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
    group of bands, warnings in words, and whether the scene suits the model (what is not green is warned about)."""

    values: ValueMap
    held: tuple[Held, ...]
    warnings: tuple[RsSrWarning, ...]
    checks: tuple[Check, ...]
    opaque: tuple[float, ...] = ()  # alpha of opaque pixels, of each alpha band


@dataclass
class _Band:
    """Valid sample values of one band of `total` pixels, what its borders look like, and windows without gaps."""

    number: int
    pixels: Array
    total: int
    border: Array
    whole: dict[Window, Array]


def survey(plan: Plan, source: Reader, options: Options, like: Record | None, runtime: Runtime | None = None) -> Survey:
    """Sample the bands of each group together, set their value map by the rule of `options`, collect what is held.

    `like` is the record of an earlier result, whose value map (and statistics, if it was made by the same model) are
    taken instead; they must be for the same number of bands (`RequestError`). Without a `runtime` nothing is collected.
    """
    bands = plan.imagery
    lo, hi, fill = ([0.0] * len(bands) for _ in range(3))
    rules: list[str] = []
    found: list[RsSrWarning] = []
    percentiles: list[tuple[float, ...]] = []
    looks: dict[tuple[int, ...], Look] = {}
    samples_of: dict[tuple[int, ...], Values] = {}
    given = like.value_map if like is not None else None
    if given is not None and len(given.lo) != len(bands):
        raise RequestError(
            f"--like has a value map for {len(given.lo)} bands, this run has {len(bands)}",
            "choose the same number with --bands",
        )
    for group in plan.groups:
        samples = [_sample(source, bands[place]) for place in group]
        for place, sample in zip(group, samples, strict=True):
            fill[place] = float(np.median(sample.pixels)) if sample.pixels.size else 0.0
            found += [] if plan.raw else _scene_warnings(plan.facts, sample)
            found += _cut_off(plan, sample)
            percentiles.append(_spread(plan.facts, sample))
        if not plan.raw:
            limits, rule = _limits(plan.facts, samples, options)
            rules.append(rule)
            for place, (low, high) in zip(group, limits, strict=True):
                lo[place], hi[place] = low, high
            if any(isinstance(w, ClassesWarning) for w in found):
                continue
            numbers = tuple(s.number for s in samples)
            ends = (given.lo[group[0]], given.hi[group[0]]) if given is not None else limits[0]
            together = np.concatenate([s.pixels for s in samples])
            samples_of[numbers] = Values(together, sum(s.total for s in samples), ends)
            looks[numbers] = _look(samples, ends)
    found += _value_warnings(plan.facts, percentiles)
    checks = check_looks(looks, plan.scale) + check_values(samples_of)
    found += [WARNINGS[c.name](c.text) for c in checks if c.colour in ("amber", "red")]
    values = ValueMap(tuple(lo), tuple(hi), tuple(fill), ", ".join(dict.fromkeys(rules)) or "raw values")
    values = given or values
    kept = held.from_json(like.statistics, plan) if like is not None and like.statistics is not None else None
    if kept is None:
        kept = tuple(() for _ in plan.groups) if runtime is None else held.collect(plan, values, source, runtime)
    return Survey(values, kept, tuple({str(w): w for w in found}.values()), tuple(checks), _opaque(plan, source))


def _opaque(plan: Plan, source: Reader) -> tuple[float, ...]:
    """What alpha is opaque at: by the type, and in types without a rule by the highest of the sample."""
    facts = plan.facts

    def highest(number: int) -> float:
        tops = [np.nanmax(source.read(w, (number,)).pixels, initial=0) for w in sample_windows(facts.size)]
        return float(max(tops))

    return tuple(
        opaque(facts.band(a).dtype, None if facts.band(a).dtype in (*OPAQUE, plan.dtype) else highest(a))
        for a in facts.alpha
    )


def _cut_off(plan: Plan, sample: _Band) -> list[RsSrWarning]:
    """A word where --dtype cannot hold the values."""
    if np.dtype(plan.dtype).kind == "f" or not sample.pixels.size:
        return []
    ends = np.iinfo(plan.dtype)
    share = float(((sample.pixels < ends.min) | (sample.pixels > ends.max)).mean())
    if not share:
        return []
    text = f"{share:.1%} of the values of band {sample.number} lie beyond {plan.dtype} ({ends.min} to {ends.max})"
    return [ValueWarning(f"{text} and are cut off there; leave --dtype out, or scale the raster first")]


def _sample(source: Reader, number: int) -> _Band:
    pixels, border = [], []
    size = source.facts.size
    windows = sample_windows(size)
    looked_at = {windows[i] for i in spread(len(windows), LOOKED_AT)}
    whole = {}
    for window in windows:
        block = source.read(window, (number,))
        pixels.append(block.pixels[block.valid])
        for part in without_gaps(window, block.valid[0]) if window in looked_at else []:
            whole[part] = block.pixels[0][part.within(window)]
        plane = block.pixels[0]
        at_edge = (window.row == 0, window.stop_row == size.height, window.col == 0, window.stop_col == size.width)
        border += [
            e for e, there in zip((plane[0], plane[-1], plane[:, 0], plane[:, -1]), at_edge, strict=True) if there
        ]
    total = sum(w.size.pixels for w in windows)
    return _Band(number, np.concatenate(pixels), total, np.concatenate(border) if border else np.empty(0), whole)


def _look(samples: list[_Band], ends: tuple[float, float]) -> Look:
    """What the windows show that are whole in every band of a group."""
    low, span = ends[0], ends[1] - ends[0]
    if span <= 0:
        return Look()
    shared = [w for w in samples[0].whole if all(w in s.whole for s in samples)]
    step = 0.0 if samples[0].pixels.dtype.kind == "f" else 1 / span
    stacks = ((np.stack([s.whole[w] for s in samples]), w) for w in shared)
    return look((((p.astype(np.float32) - low) / span, w.row, w.col) for p, w in stacks), step=step)


def _limits(facts: Facts, samples: list[_Band], options: Options) -> tuple[list[tuple[float, float]], str]:
    """Where 0 and 1 lie for the bands of one group, and the rule in words."""
    if options.range is not None:
        return [options.range] * len(samples), "--range"
    bands = [facts.band(s.number) for s in samples]
    if all(b.dtype == "uint8" for b in bands):
        return [(0.0, 255.0)] * len(samples), "8 bit: 0 to 255"
    if any(b.scale != 1 or b.offset != 0 for b in bands) and all(b.scale for b in bands):
        ends = [
            np.percentile(s.pixels, (1, 99)) * b.scale + b.offset if s.pixels.size else np.zeros(2)
            for s, b in zip(samples, bands, strict=True)
        ]
        if all(e.min() >= -0.2 and e.max() <= 1.6 for e in ends):
            return [(-b.offset / b.scale, (1 - b.offset) / b.scale) for b in bands], "the raster's scale and offset"
    together = np.concatenate([s.pixels for s in samples])
    if not together.size:
        return [(0.0, 1.0)] * len(samples), "no valid pixel"
    low, high = np.percentile(together, (0.1, 99.9), overwrite_input=True)
    return [(float(low), float(high))] * len(samples), "0.1 to 99.9 % of the values"


def _scene_warnings(facts: Facts, sample: _Band) -> list[RsSrWarning]:
    found: list[RsSrWarning] = []
    band, pixels = facts.band(sample.number), sample.pixels
    if pixels.size < 64 * 64:
        return found
    distinct = count_classes(pixels, sample.whole.values())
    if distinct is not None:
        found.append(
            ClassesWarning(
                f"band {band.number} has {distinct} different values only: if they are classes or flags, "
                "super-resolution invents some between them; use --model nearest"
            )
        )
    if band.nodata is None and facts.mask == "none" and not facts.alpha and sample.border.size:
        edge = sample.border[0]
        if (sample.border == edge).mean() > 0.98 and pixels.max() != pixels.min() and edge in (0, 255, 65535, -9999):
            found.append(
                NodataWarning(
                    f"no nodata value is set, but the borders of band {band.number} are {edge:g}: if that means no "
                    f"data, give --nodata {edge:g}"
                )
            )
    return found


def _spread(facts: Facts, sample: _Band) -> tuple[float, ...]:
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
