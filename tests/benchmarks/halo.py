"""What a halo costs by the side of the tile, measured and by its formula.

    python -m tests.benchmarks.halo lkdn_s_x4 32

CPU time of one thread for a pixel of the result's tile, against that of the largest tile without a halo; the formula is
((tile + 2 halo) / tile) ** 2. Sides take turns, three rounds, the median.
"""

from __future__ import annotations

import sys
from functools import partial

import numpy as np

from rs_sr.machine import keep_memory
from rs_sr.models import catalogue
from rs_sr.runtime import choose
from rs_sr.runtime.execution import Execution
from tests.benchmarks.engines import timed

TILES = (128, 256, 512)


def main() -> None:
    keep_memory()
    entry, halo = catalogue.find(sys.argv[1]), int(sys.argv[2])
    runtime = choose(entry, int(entry.card.scale or 2), lambda: None, Execution("torch", threads=1))
    draw = np.random.default_rng(0)
    sides = {tile: tile + 2 * halo for tile in TILES} | {0: TILES[-1]}
    pixels = {t: draw.random((int(entry.card.bands or 1), side, side), np.float32) for t, side in sides.items()}
    held = runtime.collect(pixels[0][None, :, :96, :96], np.ones((1, 96, 96), bool))
    seconds = timed({str(tile): partial(runtime, pixels[tile], held) for tile in sides}, 3)
    bare = seconds["0"] / TILES[-1] ** 2
    print("| tile | cost | formula |\n| --- | --- | --- |")
    for tile in TILES:
        formula = ((tile + 2 * halo) / tile) ** 2
        print(f"| {tile} | {seconds[str(tile)] / tile**2 / bare:.2f} | {formula:.2f} |")


if __name__ == "__main__":
    main()
