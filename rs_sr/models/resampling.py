"""Models without weights: the baselines, and the pipeline's known right answer in tests."""

from __future__ import annotations

from rs_sr.models.card import Halo, ModelCard


def _card(name: str, title: str, halo: int) -> ModelCard:
    return ModelCard(
        name=name,
        title=title,
        network=None,
        scale=None,
        bands=None,
        halo=Halo(exact=halo, byte=halo, wide=halo, byte_error=0.0, wide_error=0.0),
        shift_px=(0.0, 0.0),
        licence="MIT",
    )


RESAMPLING: dict[str, ModelCard] = {
    "nearest": _card("nearest", "nearest neighbour: raw values, repeated", 0),
    "bicubic": _card("bicubic", "bicubic (Keys, a = -0.5): smooth, no added detail", 2),
    "lanczos": _card("lanczos", "Lanczos of three lobes: a little sharper than bicubic", 3),
}
