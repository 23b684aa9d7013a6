"""CPU seconds until something happens: `--help`, `info`, and a run of one small tile.

    python -m tests.benchmarks.startup

Each a process of its own, five times; its CPU seconds, children included, the median.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from rs_sr.pixels.scene import scene

BUDGETS = {"--help": 0.15, "info": 0.5, "first tile": 3.0}


def seconds(command: list[str]) -> float:
    """CPU seconds of one process."""
    before = os.times()
    subprocess.run([sys.executable, "-m", "rs_sr", *command], check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.tif")
        profile = dict(driver="GTiff", width=64, height=64, count=3, dtype="uint8", crs="EPSG:32633")
        with rasterio.open(source, "w", transform=Affine(1, 0, 5e5, 0, -1, 5e6), **profile) as target:
            target.write(np.ascontiguousarray(scene(64)))
        run = ["super-resolve", str(source), str(Path(folder, "out.tif")), "--overwrite", "-q"]
        commands = {"--help": ["--help"], "info": ["info", str(source)], "first tile": run}
        print("| what | CPU s | budget |\n| --- | --- | --- |")
        for name, command in commands.items():
            print(f"| {name} | {statistics.median(seconds(command) for _ in range(5)):.2f} | {BUDGETS[name]:.2f} |")


if __name__ == "__main__":
    main()
