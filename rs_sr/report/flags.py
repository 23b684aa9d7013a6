"""What is off with a result or a reference, so that a reader sees it at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import numpy as np

from rs_sr.record import Record
from rs_sr.report.against import Against
from rs_sr.trust.scene_checks import Check, Colour
from rs_sr.units import counted

# On two dozen rasters trained models are off by 0.11 of the input's variation at most and bicubic by 0.15; a result of
# another raster by about 1.4.
SHIFT = (0.05, 0.5)  # input pixels: amber, red
APART = (0.25, 0.7)  # mean error, as a share of the input's mean absolute deviation
MORE = 3  # times what the run itself measured, on other windows
ALIKE = (0.8, 0.5)  # correlation of a reference with the input, enlarged: amber, red
MOVED = 2.0  # input pixels that a reference is moved by


def flags(
    found: dict[str, Any], variation: tuple[float, ...], step: float, record: Record, lost: float, made_up: float
) -> list[Check]:
    """Checks of the result of `agreement.Agreement`.

    `variation` is the input's mean absolute deviation, per band, and `step` one of the data type (0 of floats), in the
    raster's units. `lost` and `made_up` are the shares of the input's pixels with data that have none in the result,
    and of those without data that have some.
    """
    said = record.consistency
    changed = _changed(found, said, variation, step)
    made = []
    if changed:
        text = f"the result is not as its run left it, or its input is another: it has {changed[0]}"
        made.append(Check("record", "red", text))
    errors = [e for e in found["mean_error"] if e is not None]
    shares = [
        e / v if v > 0 else float("inf")
        for e, v in zip(found["mean_error"], variation, strict=True)
        if e is not None and e > max(step, 1e-9 * v)
    ]
    if shares and max(shares) > APART[0]:
        text = f"the result differs from its input by {_times(max(shares))} what the input itself varies by: "
        if said is not None and not changed:
            cut = max((c or 0.0 for c in found["clipped"] or ()), default=0.0) > 0.5
            made.append(
                Check("agreement", "amber", f"{text}so the run itself measured{', having cut values off' * cut}")
            )
        else:
            wrong = max(shares) > APART[1]
            text += "it is of another raster, band or place" if wrong else "far more than a model does"
            made.append(Check("agreement", "red" if wrong else "amber", text))
    elif errors and said is None:
        where = found["unclipped"] or found
        bias = max((b for b in where["bias"] if b is not None), key=abs, default=0.0)
        if abs(bias) > max(step, 0.03 * max(variation)):
            text = f"the result is {abs(bias):.3g} {'above' if bias > 0 else 'below'} its input on average"
            made.append(Check("bias", "amber", text))
    if found["shift"] is not None and (away := float(np.hypot(*found["shift"]))) > SHIFT[0]:
        text = f"the result lies {away:.2f} input pixels beside its input: "
        before = said.get("shift") if said is not None else None
        same = before is not None and float(np.hypot(*np.subtract(found["shift"], before))) < SHIFT[0]
        text += "so the run itself measured" if same else "its georeference or its pixels are off"
        made.append(Check("shift", "red" if away > SHIFT[1] and not same else "amber", text))
    if lost and (record.options is None or record.options.aoi is None):
        text = f"{_share(lost)} of the input's pixels with data have none in the result"
        made.append(Check("lost data", "red", text))
    if made_up:
        text = f"{_share(made_up)} of the input's pixels without data have some in the result"
        made.append(Check("made-up data", "red", text))
    return made


def flags_of_reference(seen: Against) -> list[Check]:
    """Checks of whether a reference can judge: another place, coarse pixels, bands left out."""
    made = []
    alike = seen.correlation
    if alike < ALIKE[0]:
        text = f"the reference is hardly like the input (correlation {alike:.2f}): "
        text += "of another place, time or band" if alike >= ALIKE[1] else "it shows something else and judges nothing"
        made.append(Check("reference", "red" if alike < ALIKE[1] else "amber", text))
    if seen.shift is not None and (away := max(map(abs, seen.shift))) > MOVED:
        made.append(
            Check("reference's place", "amber", f"the reference had to be moved by {away:.1f} input pixels to fit")
        )
    if seen.coarser is not None:
        text = (
            f"the reference's pixels of {seen.coarser[0]:.3g} m are larger than the result's of {seen.coarser[1]:.3g}: "
        )
        made.append(Check("reference's pixels", "amber", text + "finer detail counts as made up, real or not"))
    if seen.left_out:
        text = f"the reference has {counted(seen.left_out, 'more band')} than the result: "
        made.append(Check("reference's bands", "amber", text + "the first ones count, in their order"))
    return made


def _changed(
    found: dict[str, Any], said: dict[str, Any] | None, variation: tuple[float, ...], step: float
) -> list[str]:
    """In words, the figures that are far beyond what the run measured, the plainest first."""
    if said is None:
        return []
    words = []
    now, then = (x.get("unclipped") or x for x in (found, said))  # clipping differs from window to window
    for bias, was, mean, varies in zip(now["bias"], then["bias"], then["mean_error"], variation, strict=False):
        if None not in (bias, was, mean) and abs(bias - was) > (step or 1e-3 * varies) / 2 + 0.3 * mean:
            words.append(f"a bias of {bias:+.3g} where the run measured {was:+.3g}")
    for error, mean, varies in zip(found["mean_error"], said["mean_error"], variation, strict=False):
        if None not in (error, mean) and error > MORE * mean + (step or 1e-3 * varies) / 2:
            words.append(f"a mean error of {error:.3g} where the run measured {mean:.3g}")
    angle, before = found["angle_deg"], said.get("angle_deg")
    if angle is not None and before is not None and angle > MORE * before + 0.3:
        words.append(f"spectra that are off by {angle:.2g}° where the run measured {before:.2g}°")
    for high, was, varies in zip(found["p99_error"], said["p99_error"], variation, strict=False):
        if None not in (high, was) and high > MORE * was + 2 * (step or 1e-3 * varies):
            words.append(f"errors of {high:.3g} at the 99th percentile where the run measured {was:.3g}")
    return words


def would_agree(record: Record, off: list[Check]) -> bool:
    """Whether ``--consistent`` would take most of the differences away: the model made them, as far as
    can be told."""
    told = record.consistency is not None and record.options is not None
    return told and not off and not (record.options is not None and record.options.consistent)


def _times(share: float) -> str:
    return f"{share:.0%} of" if share < 10 else "more than ten times"


def _share(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 else "less than 0.1%"


def verdict(found: Iterable[Check], scene: Iterable[Check]) -> Check:
    """The headline: what the worst of the checks of the result (`found`) and of the scene says. Never greener."""
    off, unfit = ([c for c in checks if c.colour != "grey"] for checks in (found, scene))
    for colour, of_result, of_scene in (
        (
            "red",
            "Do not use this result before this is cleared up",
            "The scene does not suit the model: trust no detail",
        ),
        ("amber", "Something is off with this result: look closely", "The scene hardly suits the model: look closely"),
    ):
        for checks, words in ((off, of_result), (unfit, of_scene)):
            names = [c.name for c in checks if c.colour == colour]
            if names:
                return Check("verdict", cast("Colour", colour), f"{words} ({', '.join(dict.fromkeys(names))}).")
    if not off and not unfit:
        return Check("verdict", "grey", "No check could judge this result or its scene.")
    return Check("verdict", "green", "No check speaks against this result. Its fine detail is still an estimate.")
