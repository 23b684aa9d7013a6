"""Image-wide values of a network, collected once per raster and then held for every tile.

Where they are collected is fixed by the raster alone: at most 16 windows of 96 x 96 pixels with valid ones, on a
regular grid where that meets any. They enter the network as one batch; pixels without data stay out of every sum.
"""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RequestError
from rs_sr.models.card import CALIBRATION_SIDE, ModelCard
from rs_sr.pixels.grid import Size, Window, sample_windows, spread
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Reader
from rs_sr.record import Record
from rs_sr.run.plan import Plan
from rs_sr.run.prepare import View, network_input
from rs_sr.run.sampling import batches
from rs_sr.runtime import Held, Runtime

MOST = 16  # calibration windows
CANDIDATES = 64
TOGETHER = 32  # bands whose windows are read and held at once

Array = NDArray[Any]


def calibration_windows(source: Reader, groups: list[tuple[int, ...]], known: list[list[Window]]) -> list[list[Window]]:
    """For each group of bands at most 16 windows of one size, whole ones, that hold valid pixels of it.

    Looked for among 64 on a regular grid of the raster, that start at multiples of their side; where all of those are
    empty, in the windows `known` to hold some, for each group. Half-empty ones are taken only where there is no other.
    """
    side, whole = CALIBRATION_SIDE, source.facts.size
    size = Size(
        height=max(whole.height // side * side, min(whole.height, side)),
        width=max(whole.width // side * side, min(whole.width, side)),
    )
    found = _usable(source, groups, sample_windows(size, side=side, most=CANDIDATES))
    least = Size(height=min(whole.height, side), width=min(whole.width, side))
    for i, places in enumerate(known):
        if not found[i]:
            found[i] = _usable(source, [groups[i]], [w for k in places for w in _cover(k, least, whole)])[0]
    return [[windows[j] for j in spread(len(windows), MOST)] for windows in found]


def _usable(source: Reader, groups: list[tuple[int, ...]], windows: list[Window]) -> list[list[Window]]:
    """For each group those of which half is valid; where there is none, those that have a valid pixel."""
    numbers = tuple(n for group in groups for n in group)
    places = _places(groups)
    shares = np.array([
        [block.valid[place].any(axis=0).mean() for place in places] for block in source.read_each(windows, numbers)
    ]).reshape(-1, len(groups))  # fmt: skip
    return [
        [w for w, share in zip(windows, own, strict=True) if share >= 0.5]
        or [w for w, share in zip(windows, own, strict=True) if share > 0]
        for own in shares.T
    ]


def _places(groups: list[tuple[int, ...]]) -> list[list[int]]:
    """Where the bands of each group lie when all are read one after another."""
    ends = np.cumsum([len(group) for group in groups]).tolist()
    return [list(range(end - len(group), end)) for end, group in zip(ends, groups, strict=True)]


def _cover(window: Window, side: Size, whole: Size) -> list[Window]:
    """Windows of the size `side`, inside the raster, that cover `window`."""
    rows = range(window.row, window.stop_row, side.height)
    cols = range(window.col, window.stop_col, side.width)
    return [
        Window(
            row=min(row, whole.height - side.height), col=min(col, whole.width - side.width),
            height=side.height, width=side.width,
        )
        for row in rows
        for col in cols
    ]  # fmt: skip


def collect(
    plan: Plan, values: ValueMap, source: Reader, runtime: Runtime, known: list[list[Window]]
) -> tuple[Held, ...]:
    """The values to hold, for each group of bands; empty for a group without a valid pixel, or a bounded network.

    `known` are windows with valid pixels, for each group.
    """
    if not plan.card.statistics:
        return tuple(() for _ in plan.groups)
    made: list[Held] = []
    for batch in batches(plan.groups, TOGETHER):
        groups = [plan.numbers(group) for group in batch]
        chosen = calibration_windows(source, groups, known[len(made) : len(made) + len(batch)])
        inputs: list[list[tuple[Array, Array]]] = [[] for _ in batch]
        for window in sorted({w for windows in chosen for w in windows}, key=lambda w: (w.row, w.col)):
            view = View.read(source, window, tuple(n for group in groups for n in group))
            for group, numbers, windows, gathered in zip(batch, groups, chosen, inputs, strict=True):
                if window in windows:
                    valid = np.asarray(view.valid(numbers).any(axis=0))
                    gathered.append((network_input(plan, values, view, group), valid))
        for gathered in inputs:
            tiles, valids = ([pair[i] for pair in gathered] for i in (0, 1))
            made.append(runtime.collect(np.stack(tiles), np.stack(valids)) if gathered else ())
    return tuple(made)


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
