"""Which model a run takes, and how many times finer it makes the raster."""

from __future__ import annotations

from rs_sr.errors import RequestError
from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.options import Options


def choose_model(options: Options, bands: int) -> Entry:
    """The model asked for, else the default for scale and bands."""
    if options.model is not None:
        return catalogue.find(options.model)
    return catalogue.default(options.scale, bands)


def choose_scale(card: ModelCard, options: Options) -> int:
    """The scale asked for, else the model's, else 2."""
    if card.scale is not None and options.scale not in (None, card.scale):
        raise RequestError(
            f"model {card.name} makes rasters {card.scale} times finer, --scale asks for {options.scale}",
            f"leave --scale out or take a model for {options.scale} (see `rs-sr models`)",
        )
    return card.scale or options.scale or 2
