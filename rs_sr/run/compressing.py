"""How a result is compressed (--compress, --quality, --max-error), held against what the raster is."""

from __future__ import annotations

from dataclasses import replace

from rs_sr.errors import RequestError
from rs_sr.options import Options
from rs_sr.raster.compression import COLOURS, LOSSLESS, QUALITY, Compression
from rs_sr.raster.creation import options_of, try_creation
from rs_sr.raster.facts import Facts
from rs_sr.raster.layout import Format


def choose_compression(
    options: Options, facts: Facts, bands: tuple[int, ...], dtype: str, form: Format, *, classes: bool, notes: list[str]
) -> Compression:
    """How a result in `dtype` and this format is compressed. With `classes` no value may change.

    What does not fit the raster, the format or this GDAL is a `RequestError`; of the input's own compression a note,
    and the default takes its place.
    """
    default = Compression()
    named = options_of(options.co).get("COMPRESS", "").lower()
    if options.compress != "input":
        chosen = _told(Compression(options.compress), options)
        _check(chosen, options, facts, bands, dtype, form, classes)
        return Compression(named) if named else chosen
    try:
        if facts.compression is None:
            raise RequestError(f"rs-sr does not write the compression of a {facts.driver} like {facts.path}")
        chosen = _told(facts.compression, options)
        _check(chosen, options, facts, bands, dtype, form, classes)
    except RequestError as error:
        _check(default, options, facts, bands, dtype, form, classes)
        notes.append(f"{error.args[0]}: {default} instead of the input's compression")
        return default
    return chosen


def _told(found: Compression, options: Options) -> Compression:
    """With the quality or error that the user gave, where it has one."""
    if found.name in ("jpeg", "webp"):
        return replace(found, quality=options.quality or found.quality or QUALITY)
    if found.name == "lerc" and options.max_error is not None:
        return replace(found, max_error=options.max_error)
    return found


def _check(
    chosen: Compression, options: Options, facts: Facts, bands: tuple[int, ...], dtype: str, form: Format, classes: bool
) -> None:
    name, names = chosen.name, [facts.band(b).interpretation for b in bands]
    flag, lossless = f"--compress={name}", "choose --compress=zstd, which changes nothing"
    if name not in form.compressions:
        kinds = [c for c in form.compressions if c in LOSSLESS]
        raise RequestError(
            f"{flag} is not among the kinds of {form.name}", f"choose {', '.join(kinds[:-1])} or {kinds[-1]}"
        )
    if name not in LOSSLESS and "COMPRESS" in options_of(options.co):
        raise RequestError(f"{flag} and --co=COMPRESS both say how to compress", "give one of them")
    if chosen.lossy and classes:
        raise RequestError(f"{flag} changes values, which model nearest keeps as they are", lossless)
    if name in ("jpeg", "webp") and dtype != "uint8":
        raise RequestError(
            f"{flag} is for uint8, the result is {dtype}", "choose --compress=lerc, or zstd, which changes nothing"
        )
    if name == "webp" and names not in (COLOURS, [*COLOURS, "alpha"]):
        raise RequestError(
            f"{flag} is for red, green and blue, with or without alpha; the bands are {', '.join(names)}",
            "choose --compress=jpeg or zstd",
        )
    if name in ("jpeg", "lerc") and "alpha" in names:
        cure = "choose --compress=webp, which keeps it, or zstd" if names[:3] == COLOURS else lossless
        raise RequestError(f"{flag} would change the alpha band, which marks the gaps", cure)
    if chosen.lossy and "alpha" in names and any(facts.band(b).nodata is not None for b in bands):
        raise RequestError(
            f"{flag} would change the nodata value, beside an alpha band", "give --nodata=none too, or choose zstd"
        )
    if form.driver is not None:
        try_creation(options.co, chosen, cog=form.driver == "COG", dtype=dtype, names=names)
