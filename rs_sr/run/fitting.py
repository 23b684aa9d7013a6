"""Which degradation a scene has, as far as a model's results on some of its windows tell; found once for the raster."""

from __future__ import annotations

import numpy as np

from rs_sr.errors import RsSrWarning, SharpnessWarning
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
) -> tuple[Kernel, float, list[RsSrWarning]]:  # fmt: skip
    """The degradation to hold the result to, how much of what it then lacks may be put back (0 to 1), and a word where
    nothing may.

    The degradation is what the network is `told`, else that of the card, unless the result is to be made consistent and
    its model is for many; nor can it be found without a `runtime`, or where no window has data. What noise can explain
    is not put back, and nothing where the scene is sharper than the model was trained for. `known` are windows with
    valid pixels, for each group.
    """
    usual: Kernel = agreement.degradation(plan.card) if told is None else kernel(told)
    tried = agreement.possible(plan.card) if told is None else (usual,)
    if runtime is None or not plan.fits:
        return usual, float(plan.options.consistent), []
    off, count = np.zeros(len(tried)), 0
    places = spread(len(plan.groups), MOST)
    groups = [plan.numbers(plan.groups[place]) for place in places]
    chosen = calibration_windows(source, groups, [known[place] for place in places])
    for place, numbers, windows in zip(places, groups, chosen, strict=True):
        for i in spread(len(windows), max(1, MOST // len(groups))):
            view = View.read(source, windows[i], numbers)
            coarse = network_input(plan, values, view, plan.groups[place])
            valid = np.asarray(view.valid(numbers).all(axis=0))
            off += agreement.misfits(runtime(coarse, held[place]), coarse, valid, plan.scale, tried)
            count += len(coarse) * int(agreement.inner(valid).sum())
    if not off.any():
        return usual, 1.0, []
    if told is not None:
        return usual, agreement.strength(float(off[0]), count, told.noise), []
    found = tried[int(off.argmin())]
    if isinstance(found, tuple) or not agreement.sharper(found):
        return found, 1.0, []
    text = (
        f"the scene is sharper than those that {plan.card.name} is for, which sharpens too much here: "
        "--consistent would do harm and is left out; a model for crisp scenes suits it better (see `rs-sr models`)"
    )
    return found, 0.0, [SharpnessWarning(text)]
