"""Tiles to train on: found in their published layouts, split, decoded once, packed into shards.

    python -m training.datasets ucmerced UCMerced_LandUse/Images packed/ucmerced
    python -m training.datasets rsscn7 RSSCN7 packed/rsscn7
    python -m training.datasets aid AID packed/aid
    python -m training.datasets folder naip_california/naip packed/naip
    python -m training.datasets naip4 urban-tree-detection-data/images packed/naip4

A packed set is a folder of ``train-000.npz``, ``val-000.npz``, ... of at most 60 MiB: all pixels as one flat array, and
each tile's shape and name. Test tiles are never packed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHARD_BYTES = 60 << 20
IMAGES = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".bmp")
SMALLEST = 64  # pixels on a side


@dataclass(frozen=True)
class Tile:
    """Pixels (band, y, x), uint8, or float16 about 0..1; `low` is the given coarse partner of a pair."""

    name: str
    pixels: NDArray[Any]
    low: NDArray[Any] | None = None


def to_bytes(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """uint8 as it is; numbers about 0..1 as 8 bits."""
    if pixels.dtype == np.uint8:
        return pixels
    return np.clip(np.floor(pixels.astype(np.float32) * 255 + 0.5), 0, 255).astype(np.uint8)


def cropped(pixels: NDArray[Any], scale: int) -> NDArray[Any]:
    """(band, y, x) without the rows and columns at the bottom and right that `scale` does not divide."""
    return pixels[:, : pixels.shape[1] // scale * scale, : pixels.shape[2] // scale * scale]


def _number(path: Path) -> int:
    found = re.search(r"(\d+)$", path.stem)
    return int(found.group(1)) if found else 0


def split_ucmerced(path: Path) -> str:
    """By the two digits of the name: 00-44 train, 45-49 validation, 50-99 test."""
    number = _number(path)
    return "train" if number < 45 else "val" if number < 50 else "test"


def split_rsscn7(path: Path) -> str:
    """Numbers 26-50 of each hundred (one image scale each) test, 51-55 validation, the rest train."""
    number = (_number(path) - 1) % 100 + 1
    return "test" if 26 <= number <= 50 else "val" if 51 <= number <= 55 else "train"


def split_aid(path: Path) -> str:
    """By the number of the name modulo 20: 0-3 test, 4 validation, the rest train."""
    number = _number(path) % 20
    return "test" if number < 4 else "val" if number == 4 else "train"


def split_folder(path: Path) -> str:
    """By the name alone: one in twenty for validation."""
    return "val" if sum(path.stem.encode()) % 20 == 0 else "train"


def split_naip4(path: Path) -> str:
    """PLACE_YEAR_NUMBER, red, green, blue and near infrared: by the name without its year, one in twenty validation."""
    place, _, number = path.stem.rsplit("_", 2)
    return split_folder(Path(f"{place}_{number}.tif"))


LAYOUTS: dict[str, Callable[[Path], str]] = {
    "ucmerced": split_ucmerced,
    "rsscn7": split_rsscn7,
    "aid": split_aid,
    "folder": split_folder,
    "naip4": split_naip4,
}
NAMES = {  # how a layout's images are called, all of them, with an example
    "ucmerced": (r"[a-z]+\d\d", "beach07"),
    "rsscn7": (r"[a-g]\d{3}", "a001"),
    "aid": (r"[A-Za-z]+_\d+", "airport_12"),
    "naip4": (r"[a-z_]+_\d{4}_\d+", "chico_2018_3"),
}


def find(root: Path, layout: str, part: str) -> list[Path]:
    """Images below `root` that belong to `part` (train, val or test) of a layout, in the order of their names."""
    files = sorted(p for p in root.rglob("*") if p.suffix.lower() in IMAGES)
    if not files:
        raise SystemExit(f"{root} holds no images ({', '.join(IMAGES)}): give the folder that the data set unpacks to")
    if layout in NAMES:
        pattern, example = NAMES[layout]
        others = [p for p in files if not re.fullmatch(pattern, p.stem)]
        if others:
            raise SystemExit(
                f"{len(others)} of {len(files)} images in {root} are not named as those of {layout} ({example}), as "
                f"{others[0].name}: they are of another data set; give its layout, or folder"
            )
    return [p for p in files if LAYOUTS[layout](p) == part]


def _pixels(path: Path, bands: int) -> NDArray[np.uint8]:
    """(band, y, x). Images show three bands; what lies beyond them only a raster's reader tells."""
    if bands == 3:
        from PIL import Image

        with Image.open(path) as image:
            return np.moveaxis(np.asarray(image.convert("RGB")), 2, 0)
    import rasterio

    with rasterio.open(path) as raster:
        if raster.count != bands or set(raster.dtypes) != {"uint8"}:
            raise ValueError(f"it has {raster.count} bands of {raster.dtypes[0]}, not {bands} of uint8")
        return raster.read()


def decode(paths: list[Path], bands: int = 3) -> Iterator[Tile]:
    """RGB tiles (3, y, x) uint8, or those of rasters of four bands (4, y, x).

    A corrupt or too small image, or one of other bands, is named on stderr and left out.
    """
    for path in paths:
        try:
            pixels = _pixels(path, bands)
        except (OSError, SyntaxError, ValueError) as error:
            print(f"left out: {path} cannot be read ({error})", file=sys.stderr)
            continue
        if min(pixels.shape[1:]) < SMALLEST:
            print(
                f"left out: {path} is {pixels.shape[2]} x {pixels.shape[1]}, smaller than {SMALLEST}", file=sys.stderr
            )
            continue
        yield Tile(f"{path.parent.name}/{path.stem}", np.ascontiguousarray(pixels))


def pack(tiles: Iterator[Tile], folder: Path, part: str) -> int:
    """Write shards of `part`; gives the number of tiles."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{part}-*.npz"):
        old.unlink()
    shard: list[Tile] = []
    size = count = number = 0
    for tile in tiles:
        more = tile.pixels.nbytes + (0 if tile.low is None else tile.low.nbytes)
        if shard and size + more > SHARD_BYTES:
            _write(folder / f"{part}-{number:03}.npz", shard)
            shard, size, number = [], 0, number + 1
        shard.append(tile)
        size, count = size + more, count + 1
    if shard:
        _write(folder / f"{part}-{number:03}.npz", shard)
    return count


def _write(path: Path, tiles: list[Tile]) -> None:
    lows = [t.low for t in tiles if t.low is not None]
    more: dict[str, Any] = {}
    if lows:
        more = {"low": np.concatenate([a.ravel() for a in lows]), "low_shapes": np.array([a.shape for a in lows])}
    with path.open("wb") as file:
        np.savez(
            file, pixels=np.concatenate([t.pixels.ravel() for t in tiles]),
            shapes=np.array([t.pixels.shape for t in tiles]), names=np.array([t.name for t in tiles]), **more,
        )  # fmt: skip


def load(folder: Path, part: str) -> list[Tile]:
    """The tiles of `part` of a packed set."""
    shards = sorted(folder.glob(f"{part}-*.npz"))
    if not shards:
        raise SystemExit(f"{folder} holds no packed {part} tiles: make them with python -m training.datasets")
    tiles = []
    for shard in shards:
        with np.load(shard, allow_pickle=False) as data:
            pixels = _split(data["pixels"], data["shapes"])
            lows = _split(data["low"], data["low_shapes"]) if "low" in data else [None] * len(pixels)
            tiles += [Tile(str(n), p, low) for n, p, low in zip(data["names"], pixels, lows, strict=True)]
    return tiles


def _split(flat: NDArray[Any], shapes: NDArray[Any]) -> list[Any]:
    ends = np.cumsum([int(np.prod(s)) for s in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes, strict=True)]


def note_gsd(folder: Path, gsd_m: list[float]) -> None:
    """Keep the smallest and largest pixel size of a packed set beside it, in metres."""
    (folder / "facts.json").write_text(json.dumps({"gsd_m": [min(gsd_m), max(gsd_m)]}))


def gsd(folders: list[Path]) -> tuple[float, ...]:
    """The smallest and largest pixel size of packed sets, in metres; empty unless each of them knows its own."""
    facts = [f / "facts.json" for f in folders]
    if not all(f.is_file() for f in facts):
        return ()
    sizes = [json.loads(f.read_text())["gsd_m"] for f in facts]
    return min(s[0] for s in sizes), max(s[1] for s in sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layout", choices=LAYOUTS, help="how the data set names its tiles")
    parser.add_argument("source", type=Path, help="the folder that the data set unpacks to")
    parser.add_argument("target", type=Path, help="the folder for the packed set")
    given = parser.parse_args()
    for part in ("train", "val"):
        tiles = decode(find(given.source, given.layout, part), bands=4 if given.layout == "naip4" else 3)
        count = pack(tiles, given.target, part)
        print(f"{given.target}: {count} {part} tiles")


if __name__ == "__main__":
    main()
