"""Many bands: CPU time and peak memory of whole runs against what the plan says.

    python -m tests.benchmarks.bands
    python -m tests.benchmarks.bands 240

Bicubic x2 of float32. `240` and other numbers: a window of 256 x 256 out of 4096 x 4096, that many bands one after
another, with ``--memory 1GB``; `interleaved`: all of 600 x 600, 300 bands pixel by pixel. Each run is a process of its
own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine

from rs_sr.pixels.scene import scene

PLACE: dict[str, Any] = dict(crs="EPSG:32633", transform=Affine(1, 0, 5e5, 0, -1, 5e6))
RUN = """
import json, sys
from rs_sr import super_resolve
from rs_sr.machine import keep_memory
keep_memory()
plan = super_resolve("in.vrt" if sys.argv[1] == "vrt" else "in.tif", "out.tif", **json.loads(sys.argv[2])).plan
status = open("/proc/self/status").read()  # what getrusage tells begins with the parent's peak
print(plan.memory / 1e6, plan.seconds, int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6)
"""


def write(path: Path, side: int, bands: int, interleave: str) -> None:
    """The demo's scene, each band at its own scale and with its own noise."""
    rng = np.random.default_rng(0)
    many = -(-side // 512)
    profile: dict[str, Any] = dict(driver="GTiff", width=side, height=side, count=bands, dtype="float32", tiled=True)
    with rasterio.open(path, "w", **profile, **PLACE, interleave=interleave) as target:
        small = scene(512).astype(np.float32)
        planes = [
            np.tile(small[b % 3], (many, many))[:side, :side] * (10 + b / 7)
            + 5 * rng.standard_normal((side, side), np.float32)
            for b in range(bands)
        ]
        target.write(np.stack(planes))


def repeat_bands(folder: Path, bands: int, of: int, side: int) -> None:
    """A VRT whose bands are those of in.tif over and over."""
    band = (
        '<VRTRasterBand dataType="Float32" band="{}"><SimpleSource><SourceFilename relativeToVRT="1">in.tif'
        "</SourceFilename><SourceBand>{}</SourceBand></SimpleSource></VRTRasterBand>"
    )
    text = "".join(band.format(b + 1, b % of + 1) for b in range(bands))
    (folder / "in.vrt").write_text(f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}">{text}</VRTDataset>')


def measured(folder: Path, kind: str, **options: Any) -> str:
    """Columns of the table: CPU seconds, those planned, peak MB, those planned."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-W", "ignore", "-c", RUN, kind, json.dumps({"model": "bicubic", "scale": 2} | options)]
    out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory, seconds, peak = (float(v) for v in out.split())
    return f"{cpu:.1f} | {seconds:.1f} | {peak:.0f} | {memory:.0f} |"


def main() -> None:
    print("| bands | CPU s | planned | peak MB | planned |\n| --- | --- | --- | --- | --- |")
    for which in sys.argv[1:] or ["1", "13", "60", "240", "300", "interleaved"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if which == "interleaved":
                write(folder / "in.tif", 600, 300, "pixel")
                print(f"| 300, interleaved, 600 x 600 | {measured(folder, 'tif')}", flush=True)
                continue
            write(folder / "in.tif", 4096, min(int(which), 8), "band")
            repeat_bands(folder, int(which), min(int(which), 8), 4096)
            row = measured(folder, "vrt", memory="1GB", window=(0, 0, 256, 256))
            print(f"| {which}, a window of 4096 x 4096 | {row}", flush=True)


if __name__ == "__main__":
    main()
