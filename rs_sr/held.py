"""Image-wide values of a network, collected once per raster and then held for every tile.

Where they are collected is fixed by the raster alone: at most 16 windows of 96 x 96 pixels on a regular grid, those
with valid pixels first. They enter the network as one batch; pixels without data stay out of every sum.
"""

from __future__ import annotations

import base64
import json
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import masks
from rs_sr.errors import RequestError
from rs_sr.grid import Size, Window, sample_windows, spread
from rs_sr.models.card import CALIBRATION_SIDE, ModelCard
from rs_sr.plan import Plan
from rs_sr.prepare import network_input
from rs_sr.radiometry import ValueMap
from rs_sr.raster.facts import Reader
from rs_sr.record import Record
from rs_sr.runtime import Held, Runtime

MOST = 16  # calibration windows
CANDIDATES = 64

Array = NDArray[Any]


def calibration_windows(source: Reader, numbers: tuple[int, ...]) -> list[Window]:
    """At most 16 windows of one size, whole ones, that start at multiples of their side and hold valid pixels.

    Looked for among 64 on a regular grid, half-empty ones only where there is no other; where all 64 are empty, among
    all of them in row order.
    """
    side, whole = CALIBRATION_SIDE, source.facts.size
    size = Size(
        height=max(whole.height // side * side, min(whole.height, side)),
        width=max(whole.width // side * side, min(whole.width, side)),
    )
    few = sample_windows(size, side=side, most=CANDIDATES)
    shares = [_valid(source, window, numbers).mean() for window in few]
    usable = [w for w, s in zip(few, shares, strict=True) if s >= 0.5]
    usable = usable or [w for w, s in zip(few, shares, strict=True) if s > 0]
    if not usable:
        every = sample_windows(size, side=side, most=size.pixels)
        usable = list(islice((w for w in every if _valid(source, w, numbers).any()), MOST))
    return [usable[i] for i in spread(len(usable), MOST)]


def collect(plan: Plan, values: ValueMap, source: Reader, runtime: Runtime) -> tuple[Held, ...]:
    """The values to hold, for each group of bands; empty for a group without a valid pixel, or a bounded network."""
    if not plan.card.statistics:
        return tuple(() for _ in plan.groups)
    found = []
    for group in plan.groups:
        numbers = tuple(plan.imagery[place] for place in group)
        chosen = calibration_windows(source, numbers)
        tiles, valid = [], []
        for window in chosen:
            wide = window.pad(masks.REACH).cut(plan.facts.size.window)
            block = source.read(wide, numbers)
            tiles.append(network_input(plan, values, block, list(range(len(numbers))), wide, window, group))
            valid.append(_valid(source, window, numbers))
        found.append(runtime.collect(np.stack(tiles), np.stack(valid)) if chosen else ())
    return tuple(found)


def _valid(source: Reader, window: Window, numbers: tuple[int, ...]) -> NDArray[np.bool_]:
    """(y, x): where any band of the group has data; the others are filled."""
    return np.asarray(source.read(window, numbers).valid.any(axis=0))


def to_json(card: ModelCard, held: tuple[Held, ...]) -> str:
    """For the result's tags: float32, little-endian, base64, per group and in the order of use."""
    groups = [
        [{"shape": v.shape, "data": base64.b64encode(v.astype("<f4").tobytes()).decode()} for v in g] for g in held
    ]
    return json.dumps({"model": card.sha256, "groups": groups})


def from_json(text: str, plan: Plan) -> tuple[Held, ...] | None:
    """What `to_json` wrote, for `--like`; None when it is of another model. Damage is a `RequestError`."""
    held = _read(text, plan.card)
    if held is not None and len(held) != len(plan.groups):
        raise RequestError(
            f"--like has statistics for {len(held)} groups of bands, this run has {len(plan.groups)}",
            "choose the same bands with --bands",
        )
    return held


def of_result(like: str, record: Record, card: ModelCard) -> Held:
    """The values that the result `like` was made with, for an export of the same model: its first group of bands."""
    held = _read(record.statistics, card) if record.statistics is not None else None
    found = next((group for group in held or () if group), None)
    if found is None:
        raise RequestError(
            f"{like} has no statistics of model {card.name}", "give a result of this very model, or leave --like out"
        )
    return found


def _read(text: str, card: ModelCard) -> tuple[Held, ...] | None:
    try:
        data = json.loads(text)
        if data["model"] != card.sha256:
            return None
        held = tuple(
            tuple(np.frombuffer(base64.b64decode(v["data"]), "<f4").reshape(v["shape"]) for v in group)
            for group in data["groups"]
        )
        if any(group and sum(v.size for v in group) != card.statistics for group in held):
            raise ValueError
        return held
    except (KeyError, TypeError, ValueError) as error:
        raise RequestError(
            "the recorded statistics cannot be read", "give --like a file that rs-sr wrote, or leave it out"
        ) from error
