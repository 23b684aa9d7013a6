"""What a result says of its making: how its input was opened, what of it was taken, by which model."""

from __future__ import annotations

import contextlib
import re
import shlex
from typing import Any

from rs_sr.errors import ModelError, RequestError
from rs_sr.grid import Window
from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.raster.facts import Facts, choose_bands
from rs_sr.raster.pairing import tags_of
from rs_sr.raster.source import Source


def recorded(tags: dict[str, str]) -> dict[str, Any]:
    """`bands`, `window` and how the input was opened (`open`), out of the command in a result's tags."""
    command = tags.get("RS_SR_COMMAND", "")
    words = shlex.split(command)

    def after(flag: str) -> list[str]:
        return [words[i + 1] for i, word in enumerate(words[:-1]) if word == flag]

    part = re.search(r" --window (\d+) (\d+) (\d+) (\d+)", command)
    col, row, width, height = map(int, part.groups()) if part else (0, 0, 0, 0)
    return {
        "bands": next((tuple(w.split(",")) for w in after("--bands")), None),
        "window": Window(row=row, col=col, height=height, width=width) if part else None,
        "open": {
            "expand_palette": "--expand-palette" in words,
            "nodata": next(iter(after("--nodata")), None),
            "crs": next(iter(after("--assign-crs")), None),
            "open_options": tuple(after("--oo")),
        },
    }


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
