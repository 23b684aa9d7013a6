"""What a preview does otherwise than a run: a part to look at, at once. It promises no bits.

Its one tile lies around the part, not on the raster's grid; of the bands only those are made that are shown; what
the raster told is kept from one to the next; and nobody is told how far it agrees with the input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rs_sr.pixels.grid import Tile, one_tile
from rs_sr.run.plan import Plan
from rs_sr.run.survey import Survey

MOST = 4  # rasters, or ways to look at one, that are kept
PLACE = ("part of the raster", "size of tiles", "--aoi")  # of a plan; what a raster tells is the same for each


@dataclass
class Looks:
    """The last surveys, for a process that is asked about the same raster again and again."""

    _kept: dict[str, Survey] = field(default_factory=dict)

    def at(self, plan: Plan, *, tried: bool, look: Callable[[], Survey]) -> Survey:
        """What is kept for a plan, else what `look` gives. `tried`: with the model, where the plan `tries` it."""
        shaped_by = {name: value for name, value in plan.shaped_by().items() if name not in PLACE}
        key = repr((shaped_by, tried and plan.tries))
        self._kept[key] = self._kept.pop(key) if key in self._kept else look()
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return self._kept[key]


@dataclass(frozen=True)
class Preview:
    """`shown` are band numbers, empty for all; what the network takes together is made together."""

    looks: Looks
    shown: tuple[int, ...] = ()

    def of(self, plan: Plan) -> Plan:
        """The plan for the bands that are shown, and for alpha."""
        groups = [group for group in plan.groups if not self.shown or {*plan.numbers(group)} & {*self.shown}]
        if not groups or len(groups) == len(plan.groups):
            return plan
        imagery = tuple(plan.imagery[place] for place in sorted(place for group in groups for place in group))
        return replace(
            plan, imagery=imagery, bands=tuple(b for b in plan.bands if b in imagery or plan.facts.band(b).alpha),
            groups=tuple(tuple(imagery.index(number) for number in plan.numbers(group)) for group in groups),
        )  # fmt: skip


def part_of_survey(seen: Survey, whole: Plan, plan: Plan) -> Survey:
    """What was seen of the bands of `plan`, out of those of the `whole` one."""
    if plan.imagery == whole.imagery:
        return seen
    places = [whole.imagery.index(number) for number in plan.imagery]
    values = seen.values
    lo, hi, fill = (tuple(ends[place] for place in places) for ends in (values.lo, values.hi, values.fill))
    numbers = [plan.numbers(group) for group in plan.groups]
    held = tuple(h for h, group in zip(seen.held, whole.groups, strict=True) if whole.numbers(group) in numbers)
    return replace(seen, values=replace(values, lo=lo, hi=hi, fill=fill), held=held)


def tile_around(plan: Plan) -> Tile:
    """One that holds the part."""
    return one_tile(plan.facts.size, grid=plan.card.grid, halo=plan.halo, part=plan.part)
