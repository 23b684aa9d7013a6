"""What `--consistent` gains or loses where the scene's blur is, and is not, what the model was trained for.

    python -m tests.benchmarks.blur ../shared/data [OUT.csv]

A test tile, Landsat's panchromatic band and Sentinel-2, degraded by the area mean, antialiased bicubic and Gaussians of
an MTF of 0.15, 0.275 and 0.4, through the defaults and others at x2 and x4, as files. PSNR over all bands,
each on its own range, without and with it; the blur that the run found, and whether the correction was left out.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from PIL import Image

import rs_sr
from rs_sr.pixels import kernels

Array = np.ndarray[Any, Any]
KERNELS: tuple[str | float, ...] = ("area", "bicubic", 0.15, 0.275, 0.4)
WEIGHTS = {
    2: ("lkdn_s_told_x2", "lkdn_s_x2", "plain_1band_x2"),
    4: ("lkdn_s_told_x4", "lkdn_s_x4", "plain_1band_x4"),
}


def scenes(data: Path) -> dict[str, Array]:
    """Fine pictures (band, y, x) whose sides are multiples of 4."""
    found: dict[str, Array] = {}
    with Image.open(data / "ucmerced" / "test105" / "buildings70.webp") as tile:
        found["tile"] = np.moveaxis(np.asarray(tile.convert("RGB")), 2, 0)
    for name, file in {"pan": "landsat8_15m_pan_uint16", "Sentinel-2": "sentinel2_20m_6band_uint16"}.items():
        with rasterio.open(data / "rasters" / f"{file}.tif") as source:
            found[name] = source.read()
    return {k: v[:, : v.shape[1] // 4 * 4, : v.shape[2] // 4 * 4] for k, v in found.items()}


def psnr(made: Array, truth: Array) -> float:
    """In dB, the mean square over all bands, each on its range from 0.1 to 99.9 %; eight pixels of edge left out."""
    low, high = np.percentile(truth, (0.1, 99.9), axis=(1, 2))
    off = (made.astype(np.float64) - truth) / (high - low)[:, None, None]
    return float(-10 * np.log10(np.mean(off[:, 8:-8, 8:-8] ** 2)))


def main() -> None:
    warnings.simplefilter("ignore")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.tif", Path(folder) / "o.tif"
        for name, fine in scenes(Path(sys.argv[1])).items():
            for scale, weights in WEIGHTS.items():
                for kernel in KERNELS:
                    ends = np.iinfo(fine.dtype)
                    coarse = np.rint(kernels.reduce(fine, scale, kernel)).clip(ends.min, ends.max).astype(fine.dtype)
                    with rasterio.open(
                        source, "w", driver="GTiff", height=coarse.shape[1], width=coarse.shape[2], count=len(coarse),
                        dtype=coarse.dtype,
                    ) as dataset:  # fmt: skip
                        dataset.write(coarse)
                    for weight in weights:
                        reached = []
                        for consistent in (False, True):
                            result = rs_sr.super_resolve(
                                source, target, model=weight, consistent=consistent, overwrite=True
                            )
                            with rasterio.open(target) as made:
                                reached.append(psnr(made.read(), fine))
                        found = result.consistency
                        rows.append((name, f"x{scale}", kernel, weight, *reached, found["degradation"]))
                        rows[-1] += ("yes" if found["corrected"] else "left out",)
                        print("\t".join(map(str, rows[-1])), file=sys.stderr, flush=True)
    if len(sys.argv) > 2:
        lines = ["scene,scale,degraded,weight,without,with,found,corrected", *(",".join(map(str, r)) for r in rows)]
        Path(sys.argv[2]).write_text("\n".join(lines) + "\n")
    table(rows)


def table(rows: list[tuple[Any, ...]]) -> None:
    """By weight and scene, for each degradation: PSNR without `--consistent`, and the difference with it."""
    print(f"| weight | scene | {' | '.join(map(str, KERNELS))} |\n|{' --- |' * (2 + len(KERNELS))}")
    for weight, scene in dict.fromkeys((r[3], r[0]) for r in sorted(rows, key=lambda r: (r[1], r[3]))):
        cells = [
            f"{r[4]:.2f} {r[5] - r[4]:+.2f}" + ("" if r[7] == "yes" else ", left out")
            for kernel in KERNELS
            for r in rows
            if (r[3], r[0], r[2]) == (weight, scene, kernel)
        ]
        print(f"| {weight} | {scene} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
