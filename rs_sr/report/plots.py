"""Histograms and power spectra of the input and of the result, for the page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.report import figures
from rs_sr.report.facts import Report
from rs_sr.trust.scene_checks import frequencies

Array = NDArray[Any]


def plots(found: Report) -> str:
    """A histogram for each band, and the spectra."""
    made = [_histogram(found, i) for i in range(len(found.bands))]
    if found.spectra:
        made.append(_spectrum(found))
    text = "<p>Histograms: the input filled, the result as a line. They should agree, except at the ends."
    if found.spectra:
        text += (
            " Spectra: power by frequency. Power beyond the input's last frequency that bicubic does not have was "
            "added by the model."
        )
    return text + f'</p><div class="plots">{"".join(made)}</div>'


def _histogram(found: Report, band: int) -> str:
    before, after = found.samples[band]
    if not before.size or np.ptp(before) == 0:
        return ""
    low, high = np.percentile(np.concatenate([before, after]), (0.1, 99.9))
    if low == high:
        return ""
    edges = np.linspace(low, high, 65)
    counts = [np.histogram(v, edges)[0] / max(v.size, 1) for v in (before, after)]
    middle = (edges[1:] + edges[:-1]) / 2
    plot = figures.Plot((float(low), float(high)), (0, 1.05 * float(max(c.max() for c in counts))), found.bands[band])
    colour = figures.BANDS[band % len(figures.BANDS)]
    plot.area(middle, counts[0], colour)
    plot.line(middle, counts[1], colour)
    return f"<figure>{plot.svg('histogram of ' + found.bands[band])}</figure>"


def _spectrum(found: Report) -> str:
    s, f = found.placement.scale, frequencies()
    fine = f * s
    every = np.concatenate(list(found.spectra.values()))
    top = 10 ** np.ceil(np.log10(every.max()))
    floor = max(10 ** np.floor(np.log10(max(every.min(), 1e-12))), top * 1e-10)
    plot = figures.Plot(
        (float(f[0]), s / 2), (float(floor), float(top)), "cycles per input pixel", x_log=True, y_log=True
    )
    plot.upright(0.5, "the input ends")
    keep = fine >= f[0]
    plot.line(f, found.spectra["input"], figures.SOFT, dashed=True)
    plot.line(fine[keep], _per_input(found.spectra["bicubic"], s)[keep], "#2f6db5")
    plot.line(fine[keep], _per_input(found.spectra["result"], s)[keep], "#c0392b")
    words = (("input", figures.SOFT), ("bicubic", "#2f6db5"), ("result", "#c0392b"))
    key = " ".join(f'<i class="dot" style="background:{c}"></i> {w}' for w, c in words)
    return f'<figure>{plot.svg("radial power spectra")}<figcaption class="legend">{key}</figcaption></figure>'


def _per_input(power: Array, scale: int) -> Array:
    """Power density per area of frequencies in cycles per input pixel: the same scene has the same at any sampling."""
    return power / scale**2
