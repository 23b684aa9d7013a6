"""Measure how a raster was taken, from a finer one of the same ground or from its own pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from os import PathLike

from rs_sr.option_checks import path_of
from rs_sr.options import Options
from rs_sr.raster.beneath import read_pair
from rs_sr.raster.source import gdal_environment, open_source
from rs_sr.run.plan import make_plan
from rs_sr.run.result import Progress
from rs_sr.run.survey import survey
from rs_sr.run.trial import tried
from rs_sr.sensors import pair
from rs_sr.sensors.measured import Measured


def measure_sensor(
    coarse: str | PathLike[str],
    fine: str | PathLike[str] | None = None,
    *,
    on_progress: Callable[[Progress], None] = lambda now: None,
) -> Measured:
    """Blur and noise of the raster `coarse`: against `fine`, a raster of the same ground that is 2 times finer or more
    (its own panchromatic band, a drone's mosaic, another sensor), or from what it shows itself, as a run sees it.

    Rasters need one place on the ground, or sizes that are multiples. What cannot be told is not sure and says why; a
    raster that is no pair is a `RequestError`. Of a pair `on_progress` hears how far the trials of the network are.
    """
    coarse = path_of("the raster", coarse)
    if fine is not None:
        both = read_pair(coarse, path_of("the finer raster", fine))
        found = tried(both, pair.measure(both.coarse, both.fine, both.scale, both.span), on_progress)
        if found.shift is None:
            return found
        down, right = (by - apart for by, apart in zip(found.shift, both.apart, strict=True))
        return replace(found, shift=(down, right))
    with gdal_environment(), open_source(coarse, options := Options()) as source:
        seen = survey(make_plan(source, "", options), source).blur
    assert seen is not None
    return seen
