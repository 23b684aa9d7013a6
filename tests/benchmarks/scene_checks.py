"""What the scene checks measure on tiles and on doctored copies: where the thresholds come from.

    python -m tests.benchmarks.scene_checks packed/ucmerced [EVERY]

Every fifth training tile (or every EVERYth). A copy enlarged k times is the tile's first 256 / k pixels by bicubic,
rounded. Percentiles over tiles, and the share that would be warned about.
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from rs_sr.pixels import kernels
from rs_sr.trust.scene_checks import THRESHOLDS, look
from training import datasets

Array = NDArray[Any]
SHOWN = (1, 50, 97, 99)


def enlarged(pixels: Array, k: int) -> Array:
    """As a raster that somebody resampled: uint8 (band, y, x)."""
    part = pixels[:, : 256 // k, : 256 // k].astype(np.float64)
    return np.clip(np.rint(kernels.enlarge(part, k, "bicubic")), 0, 255).astype(np.uint8)


def compressed(pixels: Array, quality: int = 30) -> Array:
    """Through JPEG and back."""
    file = io.BytesIO()
    Image.fromarray(np.moveaxis(pixels, 0, 2)).save(file, "jpeg", quality=quality)
    return np.moveaxis(np.asarray(Image.open(file)), 2, 0)


def noisy(pixels: Array, deviation: float = 8.0) -> Array:
    """With white noise of `deviation` grey levels."""
    wild = pixels + np.random.default_rng(0).normal(0, deviation, pixels.shape)
    return np.clip(np.rint(wild), 0, 255).astype(np.uint8)


CASES: dict[str, Callable[[Array], Array]] = {
    "as it is": lambda p: p,
    "enlarged 2 times": lambda p: enlarged(p, 2),
    "enlarged 3 times": lambda p: enlarged(p, 3),
    "enlarged 4 times": lambda p: enlarged(p, 4),
    "JPEG, quality 30": compressed,
    "JPEG, quality 75": lambda p: compressed(p, 75),
    "JPEG, quality 90": lambda p: compressed(p, 90),
    "JPEG, quality 95": lambda p: compressed(p, 95),
    "noise of 8 of 255": noisy,
}


def main() -> None:
    tiles = datasets.load(Path(sys.argv[1]), "train")[:: int(sys.argv[2]) if len(sys.argv) > 2 else 5]
    print(f"{len(tiles)} tiles; percentiles {', '.join(map(str, SHOWN))}; share warned about\n")
    print("| tiles | blur, pixels | warned | blocking | warned | noise, % | warned | quality of JPEG |")
    print("| --- " * 8 + "|")
    for name, doctor in CASES.items():
        seen = [look([(doctor(t.pixels) / np.float32(255), 0, 0)], step=1 / 255, jpeg=True) for t in tiles]
        cells = []
        for field, unit in (("blur_px", 1), ("blocking", 1), ("noise", 100)):
            values = np.array([v for s in seen if (v := getattr(s, field)) is not None])
            limit = THRESHOLDS[f"{field.removesuffix('_px')} amber"]
            cells.append(" / ".join(f"{unit * v:.2f}" for v in np.percentile(values, SHOWN)))
            cells.append(f"{(values >= limit).mean():.0%}")
        read = Counter("none" if s.jpeg is None else s.jpeg for s in seen)
        cells.append(", ".join(f"{quality} ({count / len(seen):.0%})" for quality, count in read.most_common(3)))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
