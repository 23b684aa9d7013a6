"""A scene made here, degraded, super-resolved and shown beside the truth: ``rs-sr demo``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import kernels
from rs_sr.errors import TargetError
from rs_sr.metrics import psnr
from rs_sr.pipeline import Result, super_resolve
from rs_sr.raster.simple import read_pixels, write_simple

Array = NDArray[Any]
GSD_M = 0.5  # of the truth
FILES = ("truth.tif", "low.tif", "bicubic.tif", "result.tif", "compare.png")


@dataclass(frozen=True)
class DemoResult:
    """Where the files are, the model's name, and PSNR in dB against the truth."""

    folder: Path
    model: str
    bicubic_db: float
    result_db: float

    def to_json(self) -> dict[str, Any]:
        files = {name.split(".")[0]: str(self.folder / name) for name in FILES}
        return {"model": self.model, "bicubic_db": self.bicubic_db, "result_db": self.result_db, "files": files}

    def __str__(self) -> str:
        text = f"look at {self.folder / 'compare.png'}\n"
        text += f"open in a GIS: {', '.join(str(self.folder / n) for n in FILES[:4])}\n"
        return text + f"against the truth: bicubic {self.bicubic_db:.2f} dB, {self.model} {self.result_db:.2f} dB"


def run_demo(folder: Path, *, model: str | None = None, scale: int = 4, overwrite: bool = False) -> DemoResult:
    """Write the demo's files into `folder`. Files that exist are a `TargetError` unless `overwrite`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"the folder {folder} cannot be made: {error.strerror}", "choose another --folder") from error
    there = [name for name in FILES if (folder / name).exists()]
    if there and not overwrite:
        raise TargetError(f"{folder / there[0]} exists", "give another --folder or --overwrite")
    side = 480  # a multiple of 2, 3 and 4
    truth = scene(side)
    low = np.clip(np.floor(kernels.reduce(truth, scale) + 0.5), 0, 255).astype(np.uint8)
    place = {"crs": "EPSG:32633", "west": 500_000.0, "north": 5_400_000.0}
    write_simple(folder / "truth.tif", truth, gsd_m=GSD_M, **place)  # type: ignore[arg-type]
    write_simple(folder / "low.tif", low, gsd_m=GSD_M * scale, **place)  # type: ignore[arg-type]

    def enlarge(name: str, chosen: str | None) -> tuple[Array, Result]:
        made = super_resolve(folder / "low.tif", folder / name, model=chosen, scale=scale, overwrite=True)
        return read_pixels(folder / name), made

    bicubic, _ = enlarge("bicubic.tif", "bicubic")
    result, made = enlarge("result.tif", model)
    name = made.plan.card.name
    inner = (slice(None), slice(scale, -scale), slice(scale, -scale))
    scores = [psnr(image[inner], truth[inner]) for image in (bicubic, result)]
    panels = [
        (f"input, {GSD_M * scale:g} m", kernels.enlarge(low, scale, "nearest")),
        (f"bicubic, {scores[0]:.2f} dB", bicubic),
        (f"{name}, {scores[1]:.2f} dB", result),
        (f"truth, {GSD_M:g} m", truth),
    ]
    _draw(folder / "compare.png", panels)
    return DemoResult(folder, name, *scores)


def _draw(path: Path, panels: list[tuple[str, Array]]) -> None:
    """The panels side by side, whole above and a part of them three times as large below, each with its label."""
    from PIL import Image, ImageDraw, ImageFont

    side, gap, label = 440, 8, 30
    sheet = Image.new("RGB", (len(panels) * (side + gap) + gap, 2 * side + label + 3 * gap), "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=18)
    for i, (text, pixels) in enumerate(panels):
        image = Image.fromarray(np.moveaxis(pixels, 0, -1))
        x = gap + i * (side + gap)
        draw.text((x, gap), text, fill="black", font=font)
        start = image.width * 42 // 100
        part = image.crop((start, start, start + image.width // 4, start + image.height // 4))
        sheet.paste(image.resize((side, side), Image.Resampling.LANCZOS), (x, label + gap))
        sheet.paste(part.resize((side, side), Image.Resampling.NEAREST), (x, label + side + 2 * gap))
    sheet.save(path)


def scene(size: int = 480, seed: int = 7) -> Array:
    """A made-up landscape from above, (3, size, size) uint8: fields with furrows, a river, roads, houses, trees."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:size, :size].astype(np.float64)
    ground = _fields(rng, y, x, size)
    relief = _noise(rng, size, 90)
    ground *= (0.92 + 0.16 * relief)[..., None]
    river = size * 0.2 + size * 0.06 * np.sin(y / size * 7) + size * 0.03 * np.sin(y / size * 17 + 1)
    far = np.abs(x - river)
    _paint(ground, far < 21, (104, 96, 74))
    _paint(ground, far < 15, np.array([46, 70, 74]) + 8 * (_noise(rng, size, 12)[..., None] - 0.5))
    _forest(rng, ground, y, x, size)
    _roads(ground, y, x, size)
    _village(rng, ground, y, x, size)
    ground += rng.normal(0, 2.0, ground.shape)
    for axis in (0, 1):  # the sensor's own blur
        ground = 0.2 * np.roll(ground, 1, axis) + 0.6 * ground + 0.2 * np.roll(ground, -1, axis)
    return np.ascontiguousarray(np.moveaxis(np.clip(np.rint(ground), 0, 255).astype(np.uint8), -1, 0))


def _noise(rng: np.random.Generator, size: int, grain: int) -> Array:
    """Smooth noise about 0..1 with features of `grain` pixels."""
    few = max(4, size // grain + 3)
    scale = -(-size // (few - 3))
    fine: Array = kernels.enlarge(rng.random((1, few, few)), scale, "bicubic")
    return np.asarray(fine[0, scale : scale + size, scale : scale + size])


def _paint(ground: Array, where: Array, colour: Any) -> None:
    ground[where] = colour[where] if np.ndim(colour) == 3 else colour


def _fields(rng: np.random.Generator, y: Array, x: Array, size: int) -> Array:
    """Parcels of crops: the nearest of scattered seeds decides; hedges run where two parcels meet."""
    colours = np.array([(96, 118, 62), (132, 138, 78), (150, 128, 92), (84, 104, 56), (170, 154, 108), (112, 96, 72)])
    seeds = rng.random((22, 2)) * size
    stretch = np.array([1.0, 1.7])
    distance = np.stack([np.hypot((y - sy) * stretch[0], (x - sx) * stretch[1]) for sy, sx in seeds])
    order = np.sort(distance, axis=0)
    owner = distance.argmin(axis=0)
    ground: Array = colours[rng.integers(0, len(colours), len(seeds))][owner].astype(np.float64)
    angle = rng.uniform(0, np.pi, len(seeds))[owner]
    period = rng.uniform(4.5, 10, len(seeds))[owner]
    depth = rng.uniform(3, 15, len(seeds))[owner]
    furrow = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / period)
    ground += (furrow * depth)[..., None] + 14 * (_noise(rng, size, 30) - 0.5)[..., None]
    hedge = order[1] - order[0] < 4 + 3 * _noise(rng, size, 8)
    _paint(ground, hedge, np.array([52, 68, 38]) + 30 * (_noise(rng, size, 4)[..., None] - 0.5))
    return ground


def _forest(rng: np.random.Generator, ground: Array, y: Array, x: Array, size: int) -> None:
    """Round crowns, lit from the upper left and casting a shadow to the lower right."""
    patch = _noise(rng, size, 110)
    crowns = [(r, c, s) for r, c, s in zip(*rng.uniform(0, size, (2, 2600)), rng.uniform(3, 7, 2600), strict=True)]
    for row, col, radius in crowns:
        if patch[int(row), int(col)] < 0.66 and rng.random() > 0.015:
            continue
        top, left = max(0, int(row - 12)), max(0, int(col - 12))
        part = (slice(top, int(row + 14)), slice(left, int(col + 14)))
        dy, dx = (y[part] - row) / radius, (x[part] - col) / radius
        ground[part][np.hypot(dy - 0.5, dx - 0.5) < 1] *= 0.55
        inside = np.hypot(dy, dx) < 1
        light = 1 - 0.45 * (dy + dx)[inside]
        ground[part][inside] = np.array([50, 72, 36]) * light[:, None]


def _roads(ground: Array, y: Array, x: Array, size: int) -> None:
    for centre, along, width in (
        (x - (0.62 * size + 0.05 * size * np.sin(y / size * 4)), y, 7.0),
        (y - (0.55 * size + 0.12 * (x - size / 2)), x, 5.0),
    ):
        _paint(ground, np.abs(centre) < width + 2, (126, 118, 100))
        _paint(ground, np.abs(centre) < width, (96, 96, 98))
        _paint(ground, (np.abs(centre) < 1) & (along % 16 < 8), (214, 214, 206))


def _village(rng: np.random.Generator, ground: Array, y: Array, x: Array, size: int) -> None:
    """Houses along the roads: a ridge parts a lit roof from a dark one; shadows fall to the lower right."""
    roofs = np.array([(166, 88, 68), (142, 74, 60), (120, 118, 120), (184, 176, 166), (96, 84, 80)])
    for row in range(int(size * 0.34), int(size * 0.8), 34):
        for col in range(int(size * 0.38), int(size * 0.9), 38):
            cy, cx = row + rng.uniform(-5, 5), col + rng.uniform(-6, 6)
            road = 0.62 * size + 0.05 * size * np.sin(cy / size * 4)
            if abs(cx - road) < 24 or abs(cy - 0.55 * size - 0.12 * (cx - size / 2)) < 20 or rng.random() < 0.2:
                continue
            turn = rng.normal(0.12, 0.1) + (np.pi / 2 if rng.random() < 0.4 else 0)
            along = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
            across = (y - cy) * np.cos(turn) - (x - cx) * np.sin(turn)
            long, wide = rng.uniform(8, 12), rng.uniform(5, 7.5)
            shadow = (np.roll(np.roll(np.abs(along) < long, 3, 0), 4, 1)) & np.roll(
                np.roll(np.abs(across) < wide, 3, 0), 4, 1
            )
            ground[shadow] *= 0.5
            colour = roofs[rng.integers(0, len(roofs))] * rng.uniform(0.9, 1.1)
            house = (np.abs(along) < long) & (np.abs(across) < wide)
            _paint(ground, house & (across < 0), colour * 1.12)
            _paint(ground, house & (across >= 0), colour * 0.78)
            _paint(ground, house & (np.abs(across) < 0.6), colour * 1.3)
            _paint(ground, np.hypot(along - 4, across - wide / 2) < 1.3, (70, 60, 58))
