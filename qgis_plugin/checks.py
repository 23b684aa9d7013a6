"""What can be said of the parameters without the backend. Each mistake is a `WorkerError` with its cure."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

from . import models
from .fields import CHOICES, HARMLESS, LOSSLESS, LOSSLESS_IF
from .messages import translate
from .parameters import Given
from .protocol import WorkerError
from .request import source_of_layer


def check(given: Given) -> None:
    """Raise what is wrong with a call; on the main thread."""
    source_of_layer(given)
    _check_part(given)
    _check_numbers(given)
    for name in ("MODEL", "SENSOR"):
        path = given.text(name)
        if models.is_file(path) and not Path(path).is_file():
            problem = translate("RsSr", "'{}': the file {} does not exist").format(given.labels()[name], path)
            raise _bad(problem, translate("RsSr", "Choose another, or a name of the list."))
    _check_creation(given)
    for name in ("OUTPUT", "UNCERTAINTY"):
        _check_output(given, name)


def check_choices(given: Given) -> None:
    """Raise what is wrong with a choice from a list, in better words than Processing's."""
    for name, choices in CHOICES.items():
        if given.has(name) and given.raw(name) not in choices:
            problem = translate("RsSr", "'{}' is {}, which is none of its choices")
            cure = translate("RsSr", "Give one of {}, as it is written here.").format(", ".join(choices))
            raise _bad(problem.format(given.labels()[name], given.raw(name)), cure)


def _check_creation(given: Given) -> None:
    """A creation option that would change values is refused before anything runs; the backend knows the rest."""
    options = given.creation_options()
    for option in options:
        if "=" not in option.strip("="):
            raise _bad(
                translate("RsSr", "{} is no creation option").format(option), translate("RsSr", "Write KEY=VALUE.")
            )
    cog = given.flag("COG")
    said = {key.strip().upper(): value.strip().upper() for key, value in (o.split("=", 1) for o in options)}
    for key, value in said.items():
        if key == "COMPRESS" and not (value in LOSSLESS[cog] or LOSSLESS_IF.get(value) in said):
            cure = translate("RsSr", "Take another profile, or COMPRESS={}.").format(", ".join(LOSSLESS[cog]))
            raise _bad(translate("RsSr", "COMPRESS={} changes values").format(value), cure)
        if key not in HARMLESS[cog]:
            problem = translate("RsSr", "{} may change values, bands or the place").format(f"{key}={value}")
            raise _bad(problem, translate("RsSr", "Leave it out."))


def _check_output(given: Given, name: str) -> None:
    """A result is a GeoTIFF in a folder that is there and can be written, and is not the input."""
    if not given.has(name):
        return
    if not given.is_writable(name):
        raise _bad(translate("RsSr", "The result is a GeoTIFF"), translate("RsSr", "Name it .tif."))
    path = Path(given.output(name)).absolute()
    if not path.parent.is_dir():
        problem = translate("RsSr", "The folder {} does not exist").format(path.parent)
        raise _bad(problem, translate("RsSr", "Choose another, or make it."))
    try:
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError:
        problem = translate("RsSr", "Nothing can be written into {}").format(path.parent)
        raise _bad(problem, translate("RsSr", "Choose another folder.")) from None
    source = Path(source_of_layer(given).path)
    if path.exists() and source.exists() and path.samefile(source):
        problem = translate("RsSr", "{} is the input, which a result does not replace").format(path.name)
        raise _bad(problem, translate("RsSr", "Choose another name."))


def _check_part(given: Given) -> None:
    layer = given.layer()
    for band in given.bands():
        if not 1 <= band <= layer.bandCount():
            problem = translate("RsSr", "Band {} asked for, {} has {}")
            raise _bad(
                problem.format(band, layer.name(), layer.bandCount()), translate("RsSr", "Choose bands that it has.")
            )
    if given.has("EXTENT") and given.has("MASK"):
        raise _bad(
            translate("RsSr", "Extent and mask polygons each choose a part"), translate("RsSr", "Give one of them.")
        )


def _check_numbers(given: Given) -> None:
    low, high = given.value_range()
    if not (math.isnan(low) and math.isnan(high)) and not low < high:
        raise _bad(
            translate("RsSr", "The value range {:g} to {:g} is empty").format(low, high),
            translate("RsSr", "Give the smaller number first."),
        )
    for name in ("NODATA", "NOISE", "TILE", "THREADS"):  # QGIS takes any text for a number and makes 0 of it
        value = given.raw(name)
        if isinstance(value, str) and value and not _is_number(value):
            problem = translate("RsSr", "'{}' is {}, which is no number").format(given.labels()[name], value)
            raise _bad(problem, translate("RsSr", "Give a number, or leave it empty."))


def _bad(problem: str, cure: str) -> WorkerError:
    return WorkerError("bad-parameter", problem, cure)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
