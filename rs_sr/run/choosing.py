"""Which model a run takes, how many times finer it makes the raster, and what an earlier result gives it."""

from __future__ import annotations

from rs_sr.errors import RequestError
from rs_sr.models import catalogue
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.options import Options
from rs_sr.raster.source import Source, gdal_environment
from rs_sr.record import Record


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


def read_like(like: str | None) -> Record | None:
    """The record of an earlier result; a file without a sound value map is a `RequestError`."""
    if like is None:
        return None
    with gdal_environment(), Source(like) as source:
        record = Record.of(source.dataset.tags())
    if record.value_map is None:
        why = "its value map cannot be read" if "value_map" in record.damaged else "it has no value map"
        raise RequestError(f"{like} tells nothing to --like: {why}", "give a result of rs-sr")
    return record


def like_of(options: Options, bands: int) -> Record | None:
    """The same for a run of so many bands; a value map of another number is a `RequestError`."""
    record = read_like(options.like)
    if record is not None and record.value_map is not None and len(record.value_map.lo) != bands:
        raise RequestError(
            f"--like has a value map for {len(record.value_map.lo)} bands, this run has {bands}",
            "choose the same number with --bands",
        )
    return record
