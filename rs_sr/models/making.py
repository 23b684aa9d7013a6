"""A card from a network: what its modules tell about halo, grid, memory and cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.models.card import Halo, ModelCard
from rs_sr.pixels.guard import carried

if TYPE_CHECKING:
    from rs_sr.networks.contract import Network


def name_of(file: Path) -> str:
    """A model's name from that of its file."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in file.stem.lower())


def card_of(
    network: str,
    arguments: dict[str, Any],
    module: Network,
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

    bands, radius = module.bands, module.radius
    byte, wide = (h if radius is None else min(h, radius) for h in (module.halo, module.halo_wide or module.halo))
    exact = (0.0 if byte == radius else None, 0.0 if wide == radius else None)
    byte_error, wide_error = halo_error or exact
    said.setdefault("band_names", ("red", "green", "blue") if bands == 3 else ())
    fused = module.fused().eval()
    statistics = sum(v.numel() for v in collect(fused, torch.rand(1, bands, 24, 24)))  # as many at any size

    def run(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.inference_mode():
            out: NDArray[np.float32] = fused(torch.from_numpy(pixels)[None])[0].numpy()
            return out

    said.setdefault("carries", carried(run, bands, module.scale))

    card = ModelCard(
        name=name, network=network, arguments=arguments, scale=module.scale, bands=bands,
        halo=Halo(exact=radius, byte=byte, wide=wide, byte_error=byte_error, wide_error=wide_error),
        statistics=statistics, grid=module.grid, minimum=module.minimum,
        memory_per_px=module.memory_per_px, macs_per_px=macs_per_px(module), **said,
    )  # fmt: skip
    return ModelCard.from_json(card.to_json())
