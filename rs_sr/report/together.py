"""Whether files belong together: the bands of a result and of its input, its expected errors, its model."""

from __future__ import annotations

import contextlib

from rs_sr.errors import ModelError, RequestError
from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.raster.facts import Facts, choose_bands
from rs_sr.record import Record
from rs_sr.trust.scene_checks import Check


def check_record(record: Record) -> list[Check]:
    """A check that names what of a result's record cannot be read, if anything."""
    words = ", ".join(name.replace("_", " ") for name in record.damaged)
    text = f"the result's record of its making is damaged and counts as missing there: {words}"
    return [Check("record", "amber", text)] if words else []


def bands_of(source: Facts, result: Facts, wanted: tuple[str, ...] | None) -> list[tuple[int, int]]:
    """Numbers of each band of imagery in the input and in the result."""
    numbers = choose_bands(source, wanted)
    if len(numbers) != len(result.bands):
        raise RequestError(
            f"{result.path} has {len(result.bands)} bands, {source.path} {len(numbers)}",
            "give the raster that was super-resolved and what became of it",
        )
    return [(n, i + 1) for i, n in enumerate(numbers) if not source.band(n).alpha]


def check_doubt(doubt: Facts, made: Facts, records: tuple[Record, Record], bands: int) -> None:
    """Refuse expected errors that another run wrote, or none: a `RequestError`. `records` are of `made` and `doubt`."""
    ours, theirs = ((r.run, r.command) if all(x.run for x in records) else (None, r.command) for r in records)
    why = ""
    if doubt.size != made.size or len(doubt.bands) != bands:
        why = "another size or number of bands"
    elif records[1].command is None or theirs != ours or {b.dtype for b in doubt.bands} != {"float32"}:
        why = "no run of rs-sr wrote both"
    if why:
        raise RequestError(
            f"{doubt.path} is not the uncertainty of {made.path}: {why}",
            "give the file that --uncertainty wrote in the same run",
        )


def card_of(record: Record) -> ModelCard | None:
    """Of the model that made the result, if it is still there."""
    with contextlib.suppress(ModelError):
        card = catalogue.find(record.model).card if record.model is not None else None
        return card if card is not None and (card.sha256 or "none") == record.model_sha256 else None
    return None
