"""Which degradation a scene has, as far as a model's results on some of its windows tell; found once for the raster."""

from __future__ import annotations

import numpy as np

from rs_sr.errors import RsSrWarning, SharpnessWarning
from rs_sr.pixels.grid import Window, spread
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Reader
from rs_sr.run.held import calibration_windows
from rs_sr.run.plan import Plan
from rs_sr.run.prepare import View, network_input
from rs_sr.runtime import Held, Runtime
from rs_sr.trust import agreement

MOST = 16  # windows in all, and groups of bands that are looked at


def fit(
    plan: Plan, values: ValueMap, held: tuple[Held, ...], source: Reader, runtime: Runtime | None,
    known: list[list[Window]],
) -> tuple[str | float, bool, list[RsSrWarning]]:  # fmt: skip
    """The degradation to hold the result to, whether it may be corrected by it, and a word where it may not.

    The degradation is that of the card, unless the result is to be made consistent and its model is for many; nor can
    it be told without a `runtime`, or where no window has data. No correction where the scene is sharper than the model
    was trained for. `known` are windows with valid pixels, for each group.
    """
    usual, tried = agreement.degradation(plan.card), agreement.possible(plan.card)
    if runtime is None or not plan.fits:
        return usual, plan.options.consistent, []
    off = np.zeros(len(tried))
    places = spread(len(plan.groups), MOST)
    groups = [plan.numbers(plan.groups[place]) for place in places]
    chosen = calibration_windows(source, groups, [known[place] for place in places])
    for place, numbers, windows in zip(places, groups, chosen, strict=True):
        for i in spread(len(windows), max(1, MOST // len(groups))):
            view = View.read(source, windows[i], numbers)
            coarse = network_input(plan, values, view, plan.groups[place])
            valid = np.asarray(view.valid(numbers).all(axis=0))
            off += agreement.misfits(runtime(coarse, held[place]), coarse, valid, plan.scale, tried)
    if not off.any():
        return usual, True, []
    found = tried[int(off.argmin())]
    if not agreement.sharper(found):
        return found, True, []
    text = (
        f"the scene is sharper than those that {plan.card.name} is for, which sharpens too much here: "
        "--consistent would do harm and is left out; a model for crisp scenes suits it better (see `rs-sr models`)"
    )
    return found, False, [SharpnessWarning(text)]
