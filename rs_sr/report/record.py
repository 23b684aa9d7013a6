"""What a result says of its making: how its input was opened, what of it was taken, by which model."""

from __future__ import annotations

import contextlib
import json
import math
import re
import shlex
from typing import Any

from rs_sr.errors import ModelError, RequestError
from rs_sr.grid import Window
from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.radiometry import ValueMap
from rs_sr.raster.facts import Facts, choose_bands
from rs_sr.raster.pairing import tags_of
from rs_sr.raster.source import Source
from rs_sr.scene_checks import Check

DAMAGE = (KeyError, TypeError, ValueError, OverflowError, RecursionError)


def sound(tags: dict[str, str]) -> tuple[dict[str, str], list[Check]]:
    """A result's tags without those that cannot be read, and a check that names these."""
    damaged = []
    for key, read in (("RS_SR_COMMAND", recorded), ("RS_SR_VALUE_MAP", value_map), ("RS_SR_CONSISTENCY", kernel)):
        try:
            read(tags)
        except DAMAGE:
            damaged.append(key)
    words = ", ".join(key.removeprefix("RS_SR_").lower().replace("_", " ") for key in damaged)
    text = f"the result's record of its making is damaged and counts as missing there: {words}"
    return {k: v for k, v in tags.items() if k not in damaged}, [Check("record", "amber", text)] if damaged else []


def recorded(tags: dict[str, str]) -> dict[str, Any]:
    """`bands`, `window` and how the input was opened (`open`), out of the command in a result's tags.

    A command that cannot be read is a ValueError.
    """
    command = tags.get("RS_SR_COMMAND", "")
    words = shlex.split(command)

    def after(flag: str) -> list[str]:
        return [words[i + 1] for i, word in enumerate(words[:-1]) if word == flag]

    part = re.search(r" --window (\d+) (\d+) (\d+) (\d+)", command)
    col, row, width, height = map(int, part.groups()) if part else (0, 0, 1, 1)
    nodata, options = next(iter(after("--nodata")), "none"), tuple(after("--oo"))
    if nodata.lower() != "none":
        float(nodata)
    if width * height == 0 or not all("=" in o.strip("=") for o in options):
        raise ValueError(command)
    return {
        "bands": next((tuple(w.split(",")) for w in after("--bands")), None),
        "window": Window(row=row, col=col, height=height, width=width) if part else None,
        "open": {
            "expand_palette": "--expand-palette" in words,
            "nodata": next(iter(after("--nodata")), None),
            "crs": next(iter(after("--assign-crs")), None),
            "open_options": options,
        },
    }


def value_map(tags: dict[str, str]) -> ValueMap | None:
    """That of a result's tags, if there is one; one that cannot be read is a ValueError or OverflowError."""
    if "RS_SR_VALUE_MAP" not in tags:
        return None
    found = ValueMap.from_json(tags["RS_SR_VALUE_MAP"])
    if not all(math.isfinite(high - low) for low, high in zip(found.lo, found.hi, strict=True)):
        raise ValueError(tags["RS_SR_VALUE_MAP"])
    return found


def kernel(tags: dict[str, str]) -> str | float | None:
    """The degradation that a result was held to, as `kernels.reduce` takes it, if its tags say so; else as `DAMAGE`."""
    if "RS_SR_CONSISTENCY" not in tags:
        return None
    said = str(json.loads(tags["RS_SR_CONSISTENCY"])["degradation"])
    if said in ("bicubic", "area"):
        return said
    mtf = float(said.removeprefix("mtf "))
    if not 0.01 <= mtf < 1:
        raise ValueError(said)
    return mtf


def bands_of(source: Facts, result: Facts, wanted: tuple[str, ...] | None) -> list[tuple[int, int]]:
    """Numbers of each band of imagery in the input and in the result."""
    numbers = choose_bands(source, wanted)
    if len(numbers) != len(result.bands):
        raise RequestError(
            f"{result.path} has {len(result.bands)} bands, {source.path} {len(numbers)}",
            "give the raster that was super-resolved and what became of it",
        )
    return [(n, i + 1) for i, n in enumerate(numbers) if not source.band(n).alpha]


def check_doubt(doubt: Source, made: Source, bands: int) -> None:
    """Refuse expected errors that another run wrote, or none: a `RequestError`."""
    facts, tags = doubt.facts, [tags_of(s) for s in (made, doubt)]
    key = "RS_SR_RUN" if all("RS_SR_RUN" in t for t in tags) else "RS_SR_COMMAND"
    ours, theirs = (t.get(key) for t in tags)
    why = ""
    if facts.size != made.facts.size or len(facts.bands) != bands:
        why = "another size or number of bands"
    elif theirs is None or theirs != ours or {b.dtype for b in facts.bands} != {"float32"}:
        why = "no run of rs-sr wrote both"
    if why:
        raise RequestError(
            f"{doubt.path} is not the uncertainty of {made.path}: {why}",
            "give the file that --uncertainty wrote in the same run",
        )


def card_of(tags: dict[str, str]) -> ModelCard | None:
    """Of the model that made the result, if it is still there."""
    with contextlib.suppress(ModelError):
        card = catalogue.find(tags["RS_SR_MODEL"]).card if "RS_SR_MODEL" in tags else None
        return card if card is not None and (card.sha256 or "none") == tags.get("RS_SR_MODEL_SHA256") else None
    return None
