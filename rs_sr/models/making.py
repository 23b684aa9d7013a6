"""A card from a network: what its modules tell about halo, grid, memory and cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rs_sr.models.card import Halo, ModelCard

if TYPE_CHECKING:
    from torch import nn


def name_of(file: Path) -> str:
    """A model's name from that of its file."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in file.stem.lower())


def card_of(
    network: str,
    arguments: dict[str, Any],
    module: nn.Module,
    *,
    name: str,
    halo_error: tuple[float, float] | None = None,
    **said: Any,
) -> ModelCard:
    """The card of `module`, built from `network` and `arguments`; `said` are further fields of `ModelCard`.

    `halo_error` are the largest errors seen at the default halos, in grey levels; a halo that is exact has none.
    Values that no card can have are a `ModelError`.
    """
    import torch

    from rs_sr.networks.counting import macs_per_px
    from rs_sr.networks.statistics import collect

    asked: Any = module  # a network tells what it needs by plain attributes
    bands, radius = int(asked.bands), asked.radius
    byte = asked.halo if radius is None else min(asked.halo, radius)
    wide = getattr(asked, "halo_wide", asked.halo)
    wide = wide if radius is None else min(wide, radius)
    if halo_error is None:
        halo_error = (0.0 if byte == radius else None, 0.0 if wide == radius else None)  # type: ignore[assignment]
    byte_error, wide_error = halo_error or (None, None)
    small = torch.rand(1, bands, 24, 24)  # how many there are does not depend on the size
    statistics = sum(v.numel() for v in collect(asked.fused().eval(), small))
    said.setdefault("band_names", ("red", "green", "blue") if bands == 3 else ())
    card = ModelCard(
        name=name, network=network, arguments=arguments, scale=int(asked.scale), bands=bands,
        halo=Halo(exact=radius, byte=byte, wide=wide, byte_error=byte_error, wide_error=wide_error),
        statistics=statistics, grid=getattr(asked, "grid", 1), minimum=getattr(asked, "minimum", 1),
        memory_per_px=int(asked.memory_per_px), macs_per_px=macs_per_px(module), **said,
    )  # fmt: skip
    return ModelCard.from_json(card.to_json())
