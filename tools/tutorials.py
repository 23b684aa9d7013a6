"""The data of docs/tutorials, made up here, and their pictures.

    python -m tools.tutorials landsat                         writes landsat.tif into this folder
    python -m tools.tutorials --pictures docs/pictures        runs every tutorial in a temporary folder, and shows it

Every scene is `rs_sr.pixels.scene`, degraded as its sensor does: so there is a truth, and nothing has to be downloaded.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from rs_sr.doors import cli
from rs_sr.pixels import kernels
from rs_sr.pixels.scene import scene
from tools.products import sentinel2 as product

Array = NDArray[Any]
ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "tutorials"
SIDE = 240  # input pixels
SHOWN = {  # by page: input, result, and bands of both that are red, green and blue
    "landsat": ("landsat.tif", "landsat_x2.tif", (3, 2, 1)),
    "drone": ("ortho.tif", "ortho_x2.tif", (1, 2, 3)),
    "series": ("2024-06.tif", "finer/2024-06_x2.tif", (1, 2, 3)),
    "own-model": ("coarse.tif", "finer.tif", (1, 2, 3)),
    "sentinel2": (None, "s2_x2.tif", (1, 2, 3)),
}
STEP = re.compile(
    r"^(?: {4}){1,2}((?:rs-sr|python -m) (?:[^\n\\]|\\\n)*)|^Save as `([\w.]+)`:\n\n```toml\n(.*?)```", re.M | re.S
)  # a command, or a file to save
WINDOW, ZOOM = 80, 5  # input pixels that a picture shows, and its pixels for each


def blurred(fine: Array, scale: int, transfer: float = 0.35) -> Array:
    """A scene (band, y, x) as a sensor with this transfer at Nyquist samples it, `scale` times coarser."""
    return kernels.reduce(fine.astype(np.float32), scale, transfer)


def write(name: str, pixels: Array, metres: float, **more: Any) -> None:
    """A GeoTIFF in UTM zone 33 with pixels of so many metres."""
    options: dict[str, Any] = {"driver": "GTiff", "tiled": True, "blockxsize": 128, "blockysize": 128} | more
    tags, names, scales = (options.pop(k, None) for k in ("tags", "names", "scale_offset"))
    mask, east = options.pop("mask", None), options.pop("east", 0)
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(
            name, "w", count=len(pixels), height=pixels.shape[1], width=pixels.shape[2], dtype=pixels.dtype,
            crs="EPSG:32633", transform=Affine(metres, 0, 500_000 + east, 0, -metres, 5_400_000), **options,
        ) as target,
    ):  # fmt: skip
        target.write(pixels)
        target.update_tags(**(tags or {}))
        for band, text in enumerate(names or (), 1):
            target.set_band_description(band, text)
        if scales is not None:
            target.scales, target.offsets = ([value] * len(pixels) for value in scales)
        if mask is not None:
            target.write_mask(mask)


def landsat() -> None:
    """Level 2 of Collection 2: blue, green, red and near infrared as numbers, 30 m, nodata 0 in a corner."""
    red, green, blue = blurred(scene(2 * SIDE), 2) / 255
    infrared = np.clip(2.2 * green - 0.6 * red, 0, 1)
    reflectance = 0.02 + 0.4 * np.stack([blue, green, red, infrared])
    pixels = np.rint((reflectance + 0.2) / 2.75e-5).astype(np.uint16)
    y, x = np.mgrid[:SIDE, :SIDE]
    pixels[:, x + y < 40] = 0
    write(
        "landsat.tif", pixels, 30, nodata=0, names=("B2 blue", "B3 green", "B4 red", "B5 nir"),
        scale_offset=(2.75e-5, -0.2), tags={"SPACECRAFT_ID": "LANDSAT_8"},
    )  # fmt: skip


def sentinel2() -> None:
    """The folder of a product of Level 2A, as it is downloaded, but small."""
    red, green, blue = blurred(scene(2 * SIDE), 2) / 255
    colours = {"B04": red, "B03": green, "B02": blue, "B08": np.clip(2.2 * green - 0.6 * red, 0, 1)}
    planes = {name: np.rint(1000 + 10_000 * (0.02 + 0.4 * plane)).astype(np.uint16) for name, plane in colours.items()}
    product(Path(), SIDE, planes)


def drone() -> None:
    """An orthophoto of 8 cm as JPEG, with a mask round its ragged edge."""
    fine = blurred(scene(2 * 512), 2)
    y, x = np.mgrid[:512, :512]
    mask = np.hypot(y - 256, x - 256) < 250 + 6 * np.sin(np.arctan2(y - 256, x - 256) * 9)
    pixels = np.where(mask, np.clip(np.rint(fine), 0, 255), 0).astype(np.uint8)
    write("ortho.tif", pixels, 0.08, compress="JPEG", JPEG_QUALITY=85, photometric="YCBCR", mask=mask)


def series() -> None:
    """Three dates of one place: the same ground under another light."""
    fine = blurred(scene(2 * SIDE), 2) / 255
    for month, light in (("05", 0.8), ("06", 1.0), ("07", 0.9)):
        pixels = np.rint(1000 + 10_000 * (0.02 + 0.4 * light * fine)).astype(np.uint16)
        write(f"2024-{month}.tif", pixels, 10, names=("red", "green", "blue"))


def own_model() -> None:
    """Three orthophotos of 0.25 m to learn from, and a coarse raster of 1 m like them."""
    for seed, name in enumerate(("a", "b", "c"), 11):
        write(f"{name}.tif", scene(1024, seed=seed), 0.25, photometric="RGB", east=1000 * seed)
    coarse = np.clip(np.rint(blurred(scene(4 * SIDE, seed=20), 4)), 0, 255).astype(np.uint8)
    write("coarse.tif", coarse, 1.0, photometric="RGB")


MAKERS: dict[str, Callable[[], None]] = {
    "landsat": landsat, "sentinel2": sentinel2, "drone": drone, "series": series, "own-model": own_model,
}  # fmt: skip


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """What a page has its reader do, in order: commands ("", line), and files to save (name, text)."""
    for match in STEP.finditer(page.read_text("utf-8")):
        yield (match[2], match[3]) if match[2] else ("", match[1].replace("\\\n", " "))


def follow(page: Path, change: Callable[[str], str] = str) -> None:
    """Do what a page says in this folder; `change` is asked for every text before it is used. Stops at a failure."""
    for name, text in steps(page):
        if name:
            Path(name).write_text(change(text))
            continue
        words = shlex.split(change(text))
        if words[0] == "rs-sr":
            code = cli.run(words[1:])
        elif words[2] == "tools.tutorials":
            MAKERS[words[3]]()
            code = 0
        else:
            path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
            code = subprocess.run([sys.executable, *words[1:]], env=os.environ | {"PYTHONPATH": path}).returncode
        if code:
            raise SystemExit(f"{page.name}: {text} ended with {code}")


def picture(before: str, after: str, bands: tuple[int, ...]) -> Image.Image:
    """The middle of input and result side by side."""
    with rasterio.open(before) as coarse, rasterio.open(after) as fine:
        scale = round(fine.width / coarse.width)
        at = [(side - WINDOW) // 2 for side in coarse.shape]
        squares = []
        for dataset, times in ((coarse, 1), (fine, scale)):
            window = rasterio.windows.Window(at[1] * times, at[0] * times, WINDOW * times, WINDOW * times)
            squares.append(dataset.read(bands, window=window).astype(float))
    low, high = (np.percentile(squares[0], end, axis=(1, 2))[:, None, None] for end in (1, 99))
    sheet = Image.new("RGB", (2 * WINDOW * ZOOM + 8, WINDOW * ZOOM + 24), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for number, (square, words) in enumerate(zip(squares, ("input", f"result, x{scale}"), strict=True)):
        shown = np.clip((square - low) / (high - low) * 255, 0, 255).astype(np.uint8)
        image = Image.fromarray(np.moveaxis(shown, 0, -1)).resize((WINDOW * ZOOM,) * 2, Image.Resampling.NEAREST)
        sheet.paste(image, (number * (WINDOW * ZOOM + 8), 24))
        draw.text((number * (WINDOW * ZOOM + 8), 3), words, "black", font)
    return sheet


def pictures(folder: Path, names: list[str]) -> None:
    for name in names:
        before, after, bands = SHOWN[name]
        with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
            os.environ["RS_SR_MODELS"] = str(Path("models").resolve())  # not among yours
            follow(PAGES / f"{name}.md")
            if before is None:  # a product: its red, green and blue files
                before = f"SENTINEL2_L2A:{next(Path().rglob('MTD_MSIL2A.xml'))}:10m:EPSG_32634"
            picture(before, after, bands).save(folder / f"tutorial-{name}.jpg", quality=88)


def main() -> None:
    if sys.argv[1] == "--pictures":
        pictures(Path(sys.argv[2]).resolve(), sys.argv[3:] or list(SHOWN))
    else:
        MAKERS[sys.argv[1]]()


if __name__ == "__main__":
    main()
