"""What a look at 256 x 256 pixels in the middle of a large raster costs, against the network's own time.

    python -m tests.benchmarks.preview plain_x4 lkdn_s_x4

CPU seconds with a model that is loaded, one thread, medians of three rounds: the network on that window with its halo;
`--preview`; `--window` from tiles of 128 and from those of the whole run.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from rs_sr import super_resolve
from rs_sr.machine import keep_memory
from rs_sr.models import catalogue
from rs_sr.pixels.scene import scene
from rs_sr.runtime.execution import Execution
from rs_sr.runtime.loaded import lent
from tests.benchmarks.engines import timed

SIDE, LARGE = 256, 4000


def main() -> None:
    keep_memory()
    start = (LARGE - SIDE) // 2
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.tif"), Path(folder, "out.tif")
        profile: dict[str, Any] = dict(driver="GTiff", width=LARGE, height=LARGE, count=3, dtype="uint8", tiled=True)
        with rasterio.open(source, "w", **profile) as raster:
            raster.write(np.tile(scene(500), (1, 8, 8)).astype(np.uint8))
        print("| model | network, s | --preview | --window, tile 128 | --window |\n" + "| --- " * 5 + "|", flush=True)
        for model in sys.argv[1:]:
            card = catalogue.find(model).card
            padded = SIDE + 2 * card.halo.byte
            pixels = np.zeros((int(card.bands or 1), padded, padded), np.float32) + scene(padded)[:1] / np.float32(255)
            place: dict[str, Any] = dict(
                model=model, window=(start, start, SIDE, SIDE), overwrite=True, threads=1, range=(0, 255)
            )
            runs = [partial(super_resolve, source, target, **place, **more)
                    for more in ({"preview": True}, {"tile": 128}, {})]  # fmt: skip

            def alone(model: str = model, pixels: Any = pixels) -> None:
                entry = catalogue.find(model)
                with lent(entry, int(entry.card.scale), Execution("torch", threads=1, byte=True)) as runtime:
                    runtime(pixels)

            seconds = timed({"network": alone} | {str(i): run for i, run in enumerate(runs)}, 3)
            own = seconds.pop("network")
            cells = " | ".join(f"{s:.2f} (x{s / own:.2f})" for s in seconds.values())
            print(f"| {model} | {own:.2f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
