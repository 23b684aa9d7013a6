"""Measure how a raster was taken, from a finer one of the same ground or from its own pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from rs_sr.raster.beneath import read_pair
from rs_sr.raster.facts import Facts
from rs_sr.raster.source import Source, gdal_environment
from rs_sr.run.result import Progress
from rs_sr.run.sampling import Sample, take
from rs_sr.run.trial import tried
from rs_sr.sensors import pair, scene
from rs_sr.sensors.measured import Measured

MOST = 12  # windows of a scene that are looked at, over all bands: as many as a run looks at


def measure_sensor(
    coarse: str, fine: str | None = None, *, on_progress: Callable[[Progress], None] = lambda now: None
) -> Measured:
    """Blur and noise of the raster `coarse`: against `fine`, a raster of the same ground that is 2 times finer or more
    (its own panchromatic band, a drone's mosaic, another sensor), or from edges of its own.

    Rasters need one place on the ground, or sizes that are multiples. What cannot be told is not sure and says why; a
    raster that is no pair is a `RequestError`. Of a pair `on_progress` hears how far the trials of the network are.
    """
    if fine is not None:
        both = read_pair(coarse, fine)
        found = tried(both, pair.measure(both.coarse, both.fine, both.scale, both.span), on_progress)
        if found.shift is None:
            return found
        down, right = (by - apart for by, apart in zip(found.shift, both.apart, strict=True))
        return replace(found, shift=(down, right))
    with gdal_environment(), Source(coarse) as source:
        numbers = tuple(b.number for b in source.facts.bands if not b.alpha)
        groups = (numbers,) if len(numbers) == 3 else tuple((n,) for n in numbers)  # as a default run takes them
        windows, spans = scene.Windows(), []
        for group in groups:
            samples = take(source, group)
            ends = [ends_of(source.facts, sample) for sample in samples]
            low = min(least for least, _ in ends)
            span = max(least + width for least, width in ends) - low
            if span > 0:
                spans.append(span)
                whole = [w for w in samples[0].whole if all(w in s.whole for s in samples)]
                for window in whole[: min(max(1, MOST // len(groups)), MOST - windows.seen)]:
                    pixels = np.stack([s.whole[window] for s in samples])
                    windows.add((pixels.astype(np.float64) - low) / span)
        return windows.measured(float(np.median(spans)) if spans else 1.0)


def ends_of(facts: Facts, sample: Sample) -> tuple[float, float]:
    """The smallest of a band's usual values and their span."""
    if facts.band(sample.number).dtype == "uint8":
        return 0.0, 255.0
    if not sample.count:
        return 0.0, 0.0
    low, high = np.percentile(sample.pixels, (0.1, 99.9))
    return float(low), float(high - low)
