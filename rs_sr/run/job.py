"""What is known before the first tile, wherever it is made: in this process, in a worker's, or on another machine."""

from __future__ import annotations

from dataclasses import dataclass

from rs_sr.run.plan import Plan
from rs_sr.run.survey import Survey


@dataclass(frozen=True)
class Job:
    """All that a tile needs but its pixels. It can be pickled; a model goes by its file, which must be at the same
    place on every machine."""

    plan: Plan
    seen: Survey
