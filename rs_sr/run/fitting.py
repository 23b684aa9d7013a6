"""How much of what a consistent result lacks is put back: found once for the raster, on some of its windows."""

from __future__ import annotations

import numpy as np

from rs_sr.pixels.grid import Window, spread
from rs_sr.pixels.kernels import Kernel
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Reader
from rs_sr.run.held import calibration_windows
from rs_sr.run.plan import Plan
from rs_sr.run.prepare import View, network_input
from rs_sr.runtime import Held, Runtime
from rs_sr.sensors.numbers import Numbers, kernel
from rs_sr.trust import agreement

MOST = 16  # windows in all, and groups of bands that are looked at


def fit(
    plan: Plan, values: ValueMap, held: tuple[Held, ...], source: Reader, runtime: Runtime | None,
    known: list[list[Window]], told: Numbers | None,
) -> tuple[Kernel, float]:  # fmt: skip
    """The degradation to hold the result to, and how much of what it then lacks may be put back (0 to 1).

    The degradation is what the network is `told`, else that of the card. What the told noise can explain is not put
    back; how much that is cannot be found without a `runtime`, or where no window has data. `known` are windows with
    valid pixels, for each group.
    """
    usual = agreement.degradation(plan.card) if told is None else kernel(told)
    if runtime is None or told is None or not plan.fits:
        return usual, float(plan.options.consistent)
    off, count = 0.0, 0
    places = spread(len(plan.groups), MOST)
    groups = [plan.numbers(plan.groups[place]) for place in places]
    chosen = calibration_windows(source, groups, [known[place] for place in places])
    for place, numbers, windows in zip(places, groups, chosen, strict=True):
        for i in spread(len(windows), max(1, MOST // len(groups))):
            view = View.read(source, windows[i], numbers)
            coarse = network_input(plan, values, view, plan.groups[place])
            valid = np.asarray(view.valid(numbers).all(axis=0))
            off += agreement.misfit(runtime(coarse, held[place]), coarse, valid, plan.scale, usual)
            count += len(coarse) * int(agreement.inner(valid).sum())
    return usual, agreement.strength(off, count, told.noise)
