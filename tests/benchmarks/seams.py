"""What tiles leave behind: steps at tile borders and mid-tile, against the raster in one tile.

    python -m tests.benchmarks.seams MODEL RASTER [TILE] [DIFFERENCE.png]

`e` is the tiled result less the untiled one, in grey levels; a step is |e(p) - e(p - 1)| across a line; the image's own
step is that of the untiled result at the same lines. Valid pixels only.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio

import rs_sr
from rs_sr.machine import keep_memory


def floats(model: str, raster: str, folder: Path, tile: int, halo: str) -> tuple[np.ndarray, np.ndarray]:
    """The result as float32 in grey levels, and where it is valid, (band, y, x)."""
    target = folder / f"{tile}.tif"
    rs_sr.super_resolve(
        raster, target, model=model, tile=tile, halo=halo, dtype="float32", range=(0, 255), memory="12GB"
    )
    with rasterio.open(target) as out, rasterio.open(raster) as source:
        s = out.width // source.width
        valid = source.read_masks() != 0
        return out.read(), valid.repeat(s, 1).repeat(s, 2)


def steps(e: np.ndarray, valid: np.ndarray, lines: range) -> np.ndarray:
    """Absolute differences across the given rows and columns, one long array."""
    found = []
    for axis in (1, 2):
        for line in lines:
            if line < e.shape[axis]:
                a, b = (np.take(e, i, axis) for i in (line, line - 1))
                both = np.take(valid, line, axis) & np.take(valid, line - 1, axis)
                found.append(np.abs(a - b)[both])
    return np.concatenate(found)


def main() -> None:
    keep_memory()
    model, raster = sys.argv[1], sys.argv[2]
    tile = int(sys.argv[3]) if len(sys.argv) > 3 else 128
    with tempfile.TemporaryDirectory() as folder:
        whole, valid = floats(model, raster, Path(folder), 4096, "auto")
        tiled, _ = floats(model, raster, Path(folder), tile, "auto")
    card = rs_sr.load_model(model).card
    step = 384 if card.grid > 1 and tile < 384 else tile
    step *= card.scale or 2
    e = tiled - whole
    borders, middle = range(step, 1 << 20, step), range(step // 2, 1 << 20, step)
    at, mid, own = steps(e, valid, borders), steps(e, valid, middle), steps(whole, valid, borders)
    print("| model | halo | |e| mean | max | step at borders mean / max | mid-tile mean / max | share of own step |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    error = np.abs(e)[valid]
    print(
        f"| {card.name} | {card.halo.byte} | {error.mean():.2g} | {error.max():.2g} | {at.mean():.2g} / {at.max():.2g} "
        f"| {mid.mean():.2g} / {mid.max():.2g} | {at.mean() / own.mean():.4%} |"
    )
    if len(sys.argv) > 4:
        from PIL import Image

        grey = np.clip(128 + 127 * e[0] / max(error.max(), 1e-6), 0, 255).astype(np.uint8)
        Image.fromarray(grey).save(sys.argv[4])


if __name__ == "__main__":
    main()
