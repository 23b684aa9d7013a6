"""Seconds of CPU and peak memory of `rs-sr report` on a large sparse raster and its result.

python -m tests.benchmarks.report 20000
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import rasterio
from affine import Affine


def sparse(path: Path, side: int, gsd_m: float) -> None:
    profile = dict(driver="GTiff", width=side, height=side, count=3, dtype="uint8", SPARSE_OK=True, tiled=True)
    place = Affine(gsd_m, 0, 5e5, 0, -gsd_m, 5e6)
    with rasterio.open(path, "w", BIGTIFF="IF_SAFER", crs="EPSG:32633", transform=place, **profile):
        pass


def main() -> None:
    side = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        source, result, page = (Path(folder, name) for name in ("in.tif", "out.tif", "report.html"))
        sparse(source, side, 1.0)
        sparse(result, 4 * side, 0.25)
        words = [str(source), str(result), "-o", str(page)]
        subprocess.run([sys.executable, "-m", "rs_sr", "report", *words], check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{used.ru_utime + used.ru_stime:.1f} s of CPU, {used.ru_maxrss * 1024 / 1e6:.0f} MB at most, "
              f"a page of {page.stat().st_size / 1e3:.0f} kB")  # fmt: skip


if __name__ == "__main__":
    main()
