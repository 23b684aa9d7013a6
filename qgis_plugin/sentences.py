"""Sentences of the backend that are seen most, in the user's language; all others stay English. No Qt.

A sentence is known by its form, with `{}` where its values are. A test holds the forms against the backend.
"""

from __future__ import annotations

import re

from .backend import Say, marked

FORMS = (
    marked("this raster has noise of about {} of the range: it may be taken for texture"),
    marked("this raster has noise of about {} of the range"),
    marked("how sharp this raster is cannot be told: too few clear edges"),
    marked("this raster is too small, too flat or too full of gaps to judge its sharpness"),
    marked("this raster is blurred by about {} pixels: x{} will mostly enlarge blur"),
    marked("this raster shows no blocks of JPEG"),
    marked("this raster went through JPEG of quality {}: what that took away stays lost"),
    marked("this raster went through JPEG of quality {}"),
    marked("this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too"),
    marked("the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening"),
    marked("the result has pixels of {} m, {} was trained for {} to {} m"),
    marked("{} of this raster has no data"),
    marked("{} of band {} has no data"),
    marked("{} of bands {} has no data"),
    marked("{} bands, a one-band model: band by band"),
    marked("1 band, a 3-band model: band by band, each seen 3 times and averaged"),
    marked("{} bands, a 3-band model: band by band, each seen 3 times and averaged"),
    marked("red, green and blue go through {} together, band {} one by one"),
    marked("band {} has {} different values only: if they are classes or flags, super-resolution invents some "
           "between them; use {}"),
    marked("no nodata value is set, but the borders of band {} are {}: if that means no data, give {}"),
    marked("{} has a palette: its numbers are classes, not brightness"),
    marked("use {} if it is a picture, or {} if it is a map"),
    marked("{} is not georeferenced"),
    marked("runs on the CPU"),
    marked("model {} is unknown"),
    marked("one tile of {} pixels needs {}, the budget is {}"),
    marked("the disk of {} is full"),
    marked("make room or choose another folder"),
    marked("the folder {} cannot be written to"),
    marked("choose another folder or change its rights"),
)  # fmt: skip
_PATTERNS = tuple((form, re.compile(re.escape(form).replace(r"\{\}", "(.+?)"), re.DOTALL)) for form in FORMS)


def in_language(text: str, say: Say) -> str:
    """A sentence of the backend as `say` translates it; as it stands where its form is not known."""
    for form, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return say(form).format(*found.groups())
    return text
