"""Peak memory of whole runs: small against large rasters, and against what the plan predicted.

    python -m tests.benchmarks.memory bicubic 3000 30000
    python -m tests.benchmarks.memory lkdn_x4.safetensors 2048 4096
    python -m tests.benchmarks.memory plain_x2 1100 --tile 512

Each run is a process of its own on a sparse raster of three bands; its peak resident memory is read when it ends.
Options of the command line come last.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rasterio
from affine import Affine


def sparse(path: Path, side: int, bands: int) -> None:
    profile = dict(driver="GTiff", width=side, height=side, count=bands, dtype="uint8", SPARSE_OK=True, tiled=True)
    place = dict(crs="EPSG:32633", transform=Affine(1, 0, 5e5, 0, -1, 5e6), blockxsize=512, blockysize=512)
    with rasterio.open(path, "w", BIGTIFF="IF_SAFER", **profile, **place):
        pass


def peak(source: Path, target: Path, model: str, more: list[str]) -> tuple[float, float, float]:
    """Peak and predicted memory in MB, and seconds."""
    command = [sys.executable, "-m", "rs_sr", "super-resolve", str(source), str(target), "--model", model, *more]
    plan = subprocess.run([*command, "--dry-run"], capture_output=True, text=True, check=True).stdout
    number, unit = re.search(r"about ([\d.e+]+) (MB|GB) of memory", plan).groups()  # type: ignore[union-attr]
    start = time.monotonic()
    child = (
        "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode;"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", child, *command, "-q"], capture_output=True, text=True, check=True)
    return int(done.stdout) * 1024 / 1e6, float(number) * (1000 if unit == "GB" else 1), time.monotonic() - start


def main() -> None:
    model, *rest = sys.argv[1:]
    sides = [int(s) for s in itertools.takewhile(str.isdigit, rest)]
    print(f"| model {Path(model).stem}: side | peak MB | predicted MB | seconds |\n| --- | --- | --- | --- |")
    for side in sides:
        with tempfile.TemporaryDirectory() as folder:
            sparse(Path(folder, "in.tif"), side, 3)
            found = peak(Path(folder, "in.tif"), Path(folder, "out.tif"), model, rest[len(sides) :])
            print(f"| {side} | {found[0]:.0f} | {found[1]:.0f} | {found[2]:.0f} |", flush=True)


if __name__ == "__main__":
    main()
