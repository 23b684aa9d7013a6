"""How large a tile is and how far it looks around, by the model, the raster and the memory there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rs_sr.errors import MemoryBudgetError, RequestError
from rs_sr.models.card import CALIBRATION_SIDE, ModelCard
from rs_sr.options import Options
from rs_sr.pixels import guard
from rs_sr.pixels.grid import Size, core_step, round_core
from rs_sr.pixels.masks import REACH
from rs_sr.raster.facts import Facts
from rs_sr.raster.source import CACHE_BYTES
from rs_sr.run.sampling import pixels_kept, pixels_of_band
from rs_sr.trust import agreement
from rs_sr.units import readable

CORES = (1024, 512, 256, 128)  # sides of a tile to choose from, largest first
# Tiles of SIDE, unless that leaves less than WORTH of what is computed beside the halo: 1024 takes four times the
# memory, and at the default halo of LKDN-S it saved 3 to 12 %.
SIDE, WORTH = 512, 2 / 3
CALIBRATION_PX = 16 * CALIBRATION_SIDE**2  # of the batch that image-wide values are collected from
BASE_BYTES = 80 * 10**6  # Python, numpy, rasterio, GDAL
MEASURED_TILES = 64  # evenly spread; how far the result agrees with the input needs no more
BORDER = 8  # at least: what is farther away changes next to nothing
MEASURED_SIDE = 256  # input pixels of their middle
TORCH_BYTES = 230 * 10**6  # torch, once a network runs


def choose_halo(card: ModelCard, facts: Facts, imagery: tuple[int, ...], options: Options) -> int:
    """The halo asked for, else what the card gives for 8 bits or more and the guard looks at; with room for the
    correction of a consistent result; on the grid."""
    if options.halo == "auto":
        wide = any(np.dtype(facts.band(b).dtype).itemsize > 1 for b in imagery)
        halo = card.halo.wide if wide else card.halo.byte
    elif options.halo == "exact":
        if card.halo.exact is None:
            raise RequestError(f"model {card.name} looks at the whole image: it has no exact halo", "use --halo=auto")
        halo = card.halo.exact
    else:
        halo = int(options.halo)
    if card.network is not None and options.halo in ("auto", "exact"):
        halo = max(halo, guard.REACH)
    halo = -(-halo // card.grid) * card.grid
    if options.consistent:
        # The correction reaches further than the network where that is exact; else its halo has room for it.
        exact = card.halo.exact is not None and halo >= card.halo.exact
        halo = halo + agreement.REACH if exact else max(halo, agreement.REACH)
    return -(-halo // card.grid) * card.grid


@dataclass(frozen=True)
class Work:
    """What a run is made of, as far as time and memory go: `bands` that are read and written, of which `imagery` goes
    through the network, `group` together at most; bytes of a pixel as it is `read` and as it is `written`, and of a
    `block` of the file, as GDAL holds it."""

    card: ModelCard
    size: Size
    scale: int
    bands: int
    imagery: int
    group: int
    read: int
    written: int
    block: int


def border(card: ModelCard) -> int:
    """Pixels by which a raster goes on, mirrored, beyond its borders, for networks: they were trained inside of scenes,
    and would take what is beyond for black."""
    return 0 if card.network is None else -(-BORDER // card.grid) * card.grid


def choose_core(work: Work, halo: int, budget: int, options: Options, notes: list[str]) -> int:
    """The tile asked for, or the largest that fits the budget; the same for every part of a raster."""
    grid = work.card.grid
    step = core_step(grid)
    if options.tile is not None:
        core = round_core(options.tile, grid)
        if core != options.tile:
            notes.append(f"--tile={options.tile} is rounded to {core}, a multiple of {step}")
        return core
    share = (SIDE / (SIDE + 2 * halo)) ** 2
    sides = dict.fromkeys(round_core(c, grid) for c in CORES if c <= SIDE or share < WORTH)
    for core in sides:
        need = memory_estimate(work, core, halo, options)
        if need <= budget:
            return core
    raise MemoryBudgetError(
        f"one tile of {core} pixels needs {readable(need)}, the budget is {readable(budget)}",
        f"give --memory={-(-need // 10**6)}MB or a smaller --halo",
    )


def memory_estimate(work: Work, core: int, halo: int, options: Options) -> int:
    """Peak memory of a run in bytes: libraries, GDAL's cache, the network's activations, one tile in and out; or the
    samples of the bands that the network sees together, if those are more.

    The shares of a pixel are fitted to measured runs: tests/benchmarks/README.md.
    """
    card, size, bands = work.card, work.size, work.bands
    window = [min(n + 2 * border(card), core + 2 * halo) for n in (size.height, size.width)]
    wide = [min(n, core + 2 * halo + 2 * REACH) for n in (size.height, size.width)]
    out = min(core, size.height) * min(core, size.width) * work.scale**2
    together = card.bands or 1
    cast = 4 if work.written <= 2 else 8
    read = wide[0] * wide[1] * (bands * (3 * work.read + 2) + together * 2 * cast)  # one block is read ahead
    write = out * (together * 4 * cast + bands * (work.written + 2))
    behind = out * bands * work.written  # one tile is written behind
    fine = window[0] * window[1] * work.scale**2 * together
    write += 12 * fine if options.consistent else 0
    kept = 28 * fine if options.ensemble or options.uncertainty is not None else 0  # sums that live beside the network
    write += 4 * out * bands if options.uncertainty is not None else 0
    behind += 4 * out * bands if options.uncertainty is not None else 0
    together_px = max(window[0] * window[1], CALIBRATION_PX if card.statistics else 0)
    network = together_px * card.memory_per_px
    middle = min(core, MEASURED_SIDE, size.height) * min(core, MEASURED_SIDE, size.width)
    measured = middle * work.imagery * (work.read + 3)  # the input once more, to measure how far it agrees
    tile = read + max(write, network) + kept + behind + measured
    return _base(work) + max(tile, _sampled(work, work.group))


def bands_sampled(work: Work, memory: int) -> int:
    """How many bands are looked at together before the run, in the memory that its tiles take anyway."""
    room = memory - _base(work)
    return max(work.group, next((n for n in range(work.imagery, 1, -1) if _sampled(work, n) <= room), 1))


def _base(work: Work) -> int:
    return BASE_BYTES + (TORCH_BYTES if work.card.network else 0) + CACHE_BYTES + 2 * work.block


def _sampled(work: Work, bands: int) -> int:
    """Bytes of the samples of some bands, and of the values of one group put together."""
    pixels = pixels_of_band(work.size)
    return (pixels + pixels_kept(work.size)) * bands * work.read + pixels * work.group * (work.read + 3)
