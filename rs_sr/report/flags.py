"""What of a result's agreement with its input is off, so that a reader sees it at once."""

from __future__ import annotations

import json
from typing import Any

from rs_sr.scene_checks import Check

# On two dozen rasters trained models are off by 0.11 of the input's variation at most and bicubic by 0.15; a result of
# another raster by about 1.4.
SHIFT = (0.05, 0.5)  # input pixels: amber, red
APART = (0.25, 0.7)  # mean error, as a share of the input's mean absolute deviation


def flags(found: dict[str, Any], variation: tuple[float, ...]) -> list[Check]:
    """Checks of the result of `trust.Agreement`; `variation` is the input's mean absolute deviation, per band."""
    made = []
    shares = [e / v for e, v in zip(found["mean_error"], variation, strict=True) if e is not None and v > 0]
    if shares and max(shares) > APART[0]:
        wrong = max(shares) > APART[1]
        text = f"the result differs from its input by {max(shares):.0%} of what the input itself varies by: "
        text += "it is of another raster, band or place" if wrong else "far more than a model does"
        made.append(Check("agreement", "red" if wrong else "amber", text))
    if found["shift"] is not None and (away := max(map(abs, found["shift"]))) > SHIFT[0]:
        text = f"the result lies {away:.2f} input pixels beside its input: its georeference or its pixels are off"
        made.append(Check("shift", "red" if away > SHIFT[1] else "amber", text))
    return made


def would_agree(found: dict[str, Any], tags: dict[str, str], off: list[Check]) -> bool:
    """Whether ``--consistent`` would take the differences away: the model made them, as far as can be told.

    The result says of itself how far it is off; one that was changed since is off otherwise.
    """
    try:
        said = json.loads(tags["RS_SR_CONSISTENCY"])["mean_error"]
        pairs = [(a, b) for a, b in zip(found["mean_error"], said, strict=True) if a is not None and b is not None]
        like = bool(pairs) and all(a <= 3 * b for a, b in pairs)
    except (KeyError, TypeError, ValueError):
        return False
    return like and not off and "--consistent" not in tags.get("RS_SR_COMMAND", "--consistent")
