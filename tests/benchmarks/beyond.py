"""What becomes of values beyond the ends of the value map, through every bundled weight and an imported ONNX file.

    python -m tests.benchmarks.beyond means
    python -m tests.benchmarks.beyond rasters ../shared/data/rasters [PICTURES] [WEIGHT ...]

`means`: constant and textured pictures from -1 to 2, and the worst mean of 9 x 9 pixels, in per cent of the map.
`rasters`: Landsat 8 and Sentinel-2; pixels of the result farther outside the input's 9 x 9 pixels around than a fifth
of their range and 2 % of the map, one in how many; the worst beyond that, as a share of the map; and how many of 20,000
where the 9 x 9 hold a value below the map, and elsewhere. PICTURES, a folder, gets the place of most values below the
map: input, bicubic, result.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

import rs_sr
from rs_sr.models import store
from rs_sr.models.catalogue import find
from rs_sr.models.export import export
from rs_sr.models.onnx_import import import_onnx
from rs_sr.pixels import kernels
from rs_sr.pixels.scene import scene

Array = np.ndarray[Any, Any]
RASTERS = ("landsat8_30m_7band_uint16", "sentinel2_20m_6band_uint16")
WEIGHTS = sorted(p.stem for p in (Path(rs_sr.__file__).parent / "weights").glob("*.safetensors"))
SIDE, EDGE, SHOWN = 64, 14, 48


def around(pixels: Array) -> tuple[Array, Array]:
    """Smallest and largest of the 9 x 9 pixels round each, (band, y, x)."""
    wide = np.pad(pixels, ((0, 0), (4, 4), (4, 4)), mode="edge")
    rows = sliding_window_view(wide, 9, axis=1)
    low, high = (sliding_window_view(f(rows, axis=-1), 9, axis=2) for f in (np.min, np.max))
    return low.min(axis=-1), high.max(axis=-1)


def means() -> None:
    print("| weight | carries up to | flat | textured | with noise of 2 % |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        onnx = Path(folder) / "plain_x2_onnx"
        onnx.with_suffix(".onnx").write_bytes(export(find("plain_x2")))
        store.write(onnx.with_suffix(".safetensors"), *import_onnx(onnx.with_suffix(".onnx")))
        for name in [*WEIGHTS, str(onnx.with_suffix(".safetensors"))]:
            model = rs_sr.load_model(name)
            s, bands = model.scale, int(model.card.bands or 1)
            texture = 0.25 * (scene(SIDE)[np.arange(bands) % 3] / 255 - 0.5)
            noise = np.random.default_rng(0).normal(0, 0.02, texture.shape)
            worst = []
            for added in (0 * texture, texture, noise):
                off = []
                for value in (-1, -0.5, -0.1, 0, 0.5, 1, 1.2, 1.5, 2):
                    given = (value + added).astype(np.float32)
                    fine = model(given).reshape(bands, SIDE, s, SIDE, s).mean(axis=(2, 4)) - given
                    mean = sliding_window_view(fine[:, EDGE:-EDGE, EDGE:-EDGE], (9, 9), axis=(1, 2)).mean(axis=(3, 4))
                    off.append(np.abs(mean).max())
                worst.append(f"{100 * max(off):.2f}")
            print(f"| {model.card.name} | {model.card.carries:g} | {' | '.join(worst)} |", flush=True)


def rasters(folder: Path, pictures: Path | None, names: list[str]) -> None:
    print("| weight | raster | one in | worst | of 20,000 near low values | elsewhere |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in names:
        for raster in RASTERS:
            with tempfile.TemporaryDirectory() as made, rasterio.open(folder / f"{raster}.tif") as source:
                target = Path(made) / "o.tif"
                result = rs_sr.super_resolve(folder / f"{raster}.tif", target, model=name)
                with rasterio.open(target) as written:
                    fine = written.read().astype(np.float64)
                given, s = source.read().astype(np.float64), result.plan.scale
            lows, highs = (np.array(v)[:, None, None] for v in (result.values.lo, result.values.hi))
            given, fine = ((x - lows) / (highs - lows) for x in (given, fine))
            low, high = around(given)
            spare = 0.2 * (high - low) + 0.02 + 0.51 / (highs - lows)  # values are whole numbers
            low, high, spare, near = (x.repeat(s, 1).repeat(s, 2) for x in (low, high, spare, low < 0))
            beyond = np.maximum(fine - high, low - fine) - spare
            far = beyond > 0
            count = f"{far.size / far.sum():.0f}" if far.any() else "none"
            rates = " | ".join(f"{20_000 * far[where].mean():.2f}" for where in (near, ~near))
            print(f"| {name} | {raster.split('_')[0]} | {count} | {max(beyond.max(), 0):.3f} | {rates} |", flush=True)
            if pictures is not None:
                picture(pictures / f"{raster.split('_')[0]}_{name}.png", given, fine, s)


def picture(path: Path, given: Array, fine: Array, scale: int) -> None:
    """The place of most values below the map in the band that has most: input, bicubic, result, from their own ends."""
    counts = sliding_window_view(given < 0, (SHOWN, SHOWN), axis=(1, 2))[:, ::8, ::8].sum(axis=(3, 4))
    band, row, col = np.unravel_index(counts.argmax(), counts.shape)
    inside = (slice(8 * row, 8 * row + SHOWN), slice(8 * col, 8 * col + SHOWN))
    finer = tuple(slice(scale * part.start, scale * part.stop) for part in inside)
    ends = given[band][inside].min(), given[band][inside].max()
    smooth = kernels.enlarge(given[[band]], scale, "bicubic")[0]
    parts = [kernels.enlarge(given[[band]], scale, "nearest")[0][finer], smooth[finer], fine[band][finer]]
    grey = np.clip((np.concatenate(parts, axis=1) - ends[0]) / (ends[1] - ends[0]), 0, 1) ** 0.5
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(np.rint(255 * grey).astype(np.uint8))
    picture.resize((3 * 384, 384), Image.Resampling.NEAREST).save(path)


def main() -> None:
    warnings.simplefilter("ignore")
    if sys.argv[1] == "means":
        means()
        return
    folder, *more = sys.argv[2:]
    pictures = Path(more.pop(0)) if more and more[0] not in WEIGHTS else None
    rasters(Path(folder), pictures, more or WEIGHTS)


if __name__ == "__main__":
    main()
