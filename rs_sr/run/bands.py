"""What becomes of bands: which enter a network together, and the result's data type and nodata value."""

from __future__ import annotations

from rs_sr.errors import MetadataWarning, RequestError, RsSrWarning, SourceError
from rs_sr.models.card import ModelCard
from rs_sr.options import Options
from rs_sr.pixels.masks import fits, held
from rs_sr.raster.facts import COLOURS, Facts
from rs_sr.units import counted


def make_groups(
    facts: Facts, imagery: tuple[int, ...], card: ModelCard, notes: list[str]
) -> tuple[tuple[int, ...], ...]:
    """Which bands enter the network together, as places in `imagery`, in the order the network wants them."""
    alone = tuple((i,) for i in range(len(imagery)))
    if card.bands is None:
        return alone
    colours = [facts.band(b).colour for b in imagery]
    known = {c: colours.index(c) for c in COLOURS if colours.count(c) == 1}
    visible = card.band_names == COLOURS and len(known) == 3
    rgb = tuple(known[c] for c in COLOURS) if visible else ()
    if len(imagery) == card.bands:
        if card.band_names == COLOURS and not visible:
            return _three(facts, imagery, card, notes)
        return (rgb if visible else tuple(range(len(imagery))),)
    if card.bands not in (1, 3):
        raise RequestError(
            f"model {card.name} is for {card.bands} bands, {facts.path} gives {len(imagery)}",
            f"choose {card.bands} with --bands, or another model (see `rs-sr models`)",
        )
    if card.bands == 1:
        notes.append(f"{len(imagery)} bands, a one-band model: band by band")
        return alone
    rest = tuple((i,) for i in range(len(imagery)) if i not in rgb)
    if visible:
        names = ", ".join(str(imagery[i]) for (i,) in rest)
        notes.append(f"red, green and blue go through {card.name} together, band {names} one by one")
        return (rgb, *rest)
    count = counted(len(imagery), "band")
    notes.append(f"{count}, a {card.bands}-band model: band by band, each seen {card.bands} times and averaged")
    return alone


def _three(facts: Facts, imagery: tuple[int, ...], card: ModelCard, notes: list[str]) -> tuple[tuple[int, ...], ...]:
    """Three bands that are not known as red, green and blue, for a model that wants these: said to be something else
    they go one by one; where nothing is known of any, they are taken for them."""
    bands = [facts.band(b) for b in imagery]
    if any(band.colour or band.other for band in bands):
        said = ", ".join(b.colour or b.description or b.interpretation for b in bands)
        notes.append(f"the bands are {said}, not red, green and blue: band by band, each seen 3 times and averaged")
        return ((0,), (1,), (2,))
    order = ", ".join(str(b) for b in imagery)
    notes.append(
        f"nothing says what the bands show: {order} go through {card.name} as red, green and blue; "
        "--bands sets the order"
    )
    return ((0, 1, 2),)


def dtype_of(facts: Facts, bands: tuple[int, ...], options: Options) -> str:
    """The result's: the one asked for, else that of its bands; several are a `RequestError`."""
    kinds = {facts.band(b).dtype for b in bands}
    if options.dtype is None and len(kinds) > 1:
        raise RequestError(
            f"the bands of {facts.path} have different types ({', '.join(sorted(kinds))}), a GeoTIFF has one",
            "choose bands of one type with --bands, or set --dtype",
        )
    return options.dtype or kinds.pop()


def nodata_of(
    facts: Facts, imagery: tuple[int, ...], dtype: str, options: Options, notes: list[str], warned: list[RsSrWarning]
) -> float | None:
    """The result's nodata value: the first that its bands have. A GeoTIFF has one for all.

    One that `dtype` cannot hold is left out with a warning where it marked nothing, else a `RequestError`.
    """
    values = [v for v in (facts.band(b).nodata for b in imagery) if v is not None]
    if not values:
        return None
    value = values[0]
    if len({repr(v) for v in values}) > 1:
        notes.append(f"the bands have different nodata values; the result has one for all, {value:g}")
    usable = [facts.band(b).nodata for b in imagery if fits(facts.band(b).nodata, facts.band(b).dtype)]
    if not fits(value, dtype):
        if options.nodata is not None:
            raise RequestError(f"--nodata={value:g} cannot occur in {dtype}", "give a value of that type, or none")
        if dtype == facts.band(imagery[0]).dtype or not any(v is not None for v in usable):
            warned.append(MetadataWarning(f"the nodata value {value:g} cannot occur in {dtype}; the result has none"))
            return None
        raise RequestError(
            f"the nodata value {value:g} does not fit into {dtype}", "choose another --dtype, or --nodata=none"
        )
    return held(value, dtype)


def check_palette(facts: Facts, imagery: tuple[int, ...], card: ModelCard) -> None:
    """Numbers of a palette are not mixed: `SourceError`."""
    if set(imagery) & set(facts.palettes) and card.name != "nearest":
        raise SourceError(
            f"{facts.path} has a palette: its numbers are classes, not brightness",
            "use --expand-palette if it is a picture, or --model=nearest if it is a map",
        )
