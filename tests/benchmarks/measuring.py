"""How well known blurs are found from a pair. (`real_scenes measured` has those of a scene alone.)

    python -m tests.benchmarks.measuring SHARED_DATA [--tiles 20] [--scale 2]

Fine tiles (UC Merced's test tiles; NAIP's validation part and RSSCN7's test tiles, given as packed sets by --naip and
--rsscn7) and windows of 256 pixels of Sentinel-2, Landsat 8 and its pan are degraded by known kernels, and by those
with noise of 1 % of the range. Transfers are at Nyquist, along y and x alike.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image

from rs_sr.pixels import kernels
from rs_sr.sensors import pair
from training import datasets

Array = NDArray[Any]
KERNELS: tuple[str | float, ...] = ("area", "bicubic", 0.15, 0.25, 0.35, 0.5)
NOISES = (0.0, 0.01)
RASTERS = {
    "Sentinel-2": "sentinel2_20m_6band_uint16.tif",
    "Landsat 8": "landsat8_30m_7band_uint16.tif",
    "Landsat 8 pan": "landsat8_15m_pan_uint16.tif",
}


def truth(scale: int, kernel: str | float) -> float:
    """The transfer of a kernel of `kernels.reduce` at the coarse Nyquist frequency."""
    x = np.arange(64 * scale)
    wave = np.cos(np.pi * ((x + 0.5) / scale - 0.5))
    made = kernels.reduce(wave[None, None].repeat(scale, 1), scale, kernel)[0, 0]
    return float(np.abs(made[16:-16]).mean())


def tiles_of(asked: argparse.Namespace) -> Iterator[tuple[str, list[Array]]]:
    """Sets of fine planes (y, x), about 0..1."""

    def planes(tiles: list[Array]) -> list[Array]:
        step = max(1, len(tiles) // asked.tiles)
        return [t.mean(axis=0) / 255 for t in tiles[::step]][: asked.tiles]

    names = sorted((asked.data / "ucmerced" / "test105").iterdir())
    step = max(1, len(names) // asked.tiles)
    yield "UC Merced", planes([np.moveaxis(np.asarray(Image.open(n).convert("RGB")), 2, 0) for n in names[::step]])
    for name, folder, part in (("NAIP", asked.naip, "val"), ("RSSCN7", asked.rsscn7, "val")):
        if folder is not None:
            yield name, planes([t.pixels for t in datasets.load(folder, part)])
    for name, file in RASTERS.items():
        with rasterio.open(asked.data / "rasters" / file) as raster:
            bands = raster.read().astype(np.float64)
        low, high = np.percentile(bands, (0.1, 99.9), axis=(1, 2), keepdims=True)
        bands = (bands - low) / (high - low)
        corners = [(r, c) for r in {0, bands.shape[1] - 256} for c in {0, bands.shape[2] - 256}]
        yield name, [band[r : r + 256, c : c + 256] for band in bands for r, c in corners][: asked.tiles]


def row(planes: list[Array], scale: int, kernel: str | float, noise: float) -> list[str]:
    true, off = truth(scale, kernel), []
    for i, plane in enumerate(planes):
        height, width = (n // scale * scale for n in plane.shape)
        fine = plane[:height, :width]
        coarse = kernels.reduce(fine[None], scale, kernel)
        coarse += noise * np.random.default_rng(i).standard_normal(coarse.shape)
        found = pair.measure(coarse, fine, scale, 1.0)
        if found.sure:
            off += [v - true for v in found.numbers.nyquist]
    told = f"{len(off) / 2 / len(planes):.0%}"
    return [f"{true:.2f}", told, *([f"{np.abs(off).mean():.3f}", f"{np.abs(off).max():.3f}"] if off else ["", ""])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tiles", type=int, default=20)
    parser.add_argument("--scale", type=int, default=2)
    parser.add_argument("--naip", type=Path)
    parser.add_argument("--rsscn7", type=Path)
    asked = parser.parse_args()
    print("| tiles | kernel | noise | true | sure | mean error | largest |")
    print("| --- " * 7 + "|")
    for name, planes in tiles_of(asked):
        for noise in NOISES:
            for kernel in KERNELS:
                cells = [
                    f"{name}, {len(planes)}",
                    str(kernel),
                    f"{noise:.0%}",
                    *row(planes, asked.scale, kernel, noise),
                ]
                print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
