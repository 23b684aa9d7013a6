"""The models side by side: what they take, what they cost, how near they came. For ``rs-sr models``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.units import columns

KINDS = {3: "RGB", 1: "other bands"}
HEAD = ("model", "from", "scale", "bands", "dB", "cost", "")


@dataclass(frozen=True)
class Row:
    """A model; for how many bands together it is the `default`, and a bundled model that is cheaper and nearer
    (`beaten_by`)."""

    entry: Entry
    default: tuple[int, ...]
    beaten_by: str | None

    def to_json(self) -> dict[str, Any]:
        known: dict[str, Any] = json.loads(self.entry.card.to_json())
        return known | {"origin": self.entry.origin, "default": self.default, "beaten_by": self.beaten_by}

    def words(self) -> tuple[str, ...]:
        card, near = self.entry.card, catalogue.validation(self.entry.card)
        said = [card.title]
        said += [f"default for {KINDS[bands]}" for bands in self.default]
        said += [f"{self.beaten_by} costs less and is nearer"] if self.beaten_by else []
        return (
            card.name, self.entry.origin, f"x{card.scale}" if card.scale else "any", str(card.bands or "any"),
            f"{near:.2f}" if near else "", f"{card.macs_per_px / 1000:.0f} K" if card.macs_per_px else "",
            "; ".join(said),
        )  # fmt: skip


def rows() -> list[Row]:
    """All models that are here."""
    entries = catalogue.list_models()
    defaults = {(s, b): catalogue.default(s, b).card.name for s in (2, 3, 4) for b in KINDS}
    bundled = [e.card for e in entries if e.origin == "bundled"]
    return [
        Row(
            e,
            tuple(b for (_, b), name in defaults.items() if name == e.card.name and e.card.scale),
            _better(e, bundled),
        )
        for e in entries
    ]


def to_text(found: list[Row]) -> str:
    """With a head, in columns; dB is PSNR on UC Merced's validation tiles, which were shrunk by bicubic; cost counts
    multiply-adds for a pixel of the result."""
    made = columns([HEAD, *(row.words() for row in found)], right=(4, 5))
    return "\n".join([*made, "", "dB: PSNR on UC Merced's validation tiles, shrunk by bicubic (not real scenes)",
                      "cost: multiply-adds for each pixel of the input"])  # fmt: skip


def _better(entry: Entry, bundled: list[ModelCard]) -> str | None:
    card, near = entry.card, catalogue.validation(entry.card)
    if entry.origin != "bundled" or card.told or card.network == "plain":  # whose multiply-adds are the fastest
        return None
    better = [
        c for c in bundled
        if (c.scale, c.bands) == (card.scale, card.bands) and catalogue.validation(c) > near
        and c.macs_per_px < card.macs_per_px
    ]  # fmt: skip
    return max(better, key=catalogue.validation).name if better else None
