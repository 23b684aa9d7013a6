"""Measure models on tiles: PSNR, SSIM, SAM, ERGAS, size and time, bicubic first.

    python -m training.evaluate plain_x4 lkdn_x4.safetensors --tiles ../shared/data/ucmerced/test105
    python -m training.evaluate plain_x2 --tiles RSSCN7 --layout rsscn7 --csv scores.csv --sheet sheet.png
    python -m training.evaluate lkdn_s_told_x4 lkdn_s_x4 --tiles ../shared/data/ucmerced/test105 --sensor sentinel2
    python -m training.evaluate runs/plain_x4/plain_x4.safetensors --tiles packed/ucmerced --record validation

The protocol: the tile as 8-bit RGB, cropped at the bottom and right to a multiple of the scale; the coarse tile by
antialiased bicubic (MATLAB's imresize), rounded to 8 bits; the whole coarse tile at once through the network, float32;
the result rounded to 8 bits; `scale` pixels cut off all four sides; one PSNR over all pixels and channels; SSIM with a
Gaussian window of 11 (sigma 1.5), the mean of the channels'; Y as in ITU-R BT.601, of other bands than three their
mean. A set's figure is its tiles' mean.
With --sensor the coarse tile is what that sensor of `rs-sr sensors`, or of a file, would give: its blur and noise,
rounded to 8 bits. A network that is told how a scene was taken is told just that.
"""

from __future__ import annotations

import argparse
import copy
import csv
import dataclasses
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import rs_sr
from rs_sr import sensors
from rs_sr.models import Model, store
from rs_sr.pixels import grid, kernels, metrics
from rs_sr.pixels.grid import Size
from rs_sr.pixels.kernels import enlarge
from rs_sr.sensors import Numbers
from training import datasets, degrade, family
from training.datasets import Tile

COLUMNS = ("PSNR", "PSNR Y", "SSIM", "SSIM Y", "SAM", "ERGAS")
Rows = dict[str, tuple[float, ...]]


@dataclass
class Scores:
    """Of one model: a row of `COLUMNS` per tile, parameters, and milliseconds a tile."""

    name: str
    scale: int
    parameters: int
    milliseconds: float
    rows: Rows
    shift: tuple[float, float]

    def mean(self) -> NDArray[np.float64]:
        return np.mean(list(self.rows.values()), axis=0)

    def by_class(self) -> dict[str, NDArray[np.float64]]:
        classes: dict[str, list[tuple[float, ...]]] = {}
        for name, row in self.rows.items():
            classes.setdefault(name.split("/")[0].rstrip("0123456789"), []).append(row)
        return {name: np.mean(rows, axis=0) for name, rows in sorted(classes.items())}


def tiles_of(folder: Path, layout: str) -> list[Tile]:
    """Tiles of a packed set (its validation part), or images below a folder: a layout's test part, or all."""
    if any(folder.glob("val-*.npz")):
        return datasets.load(folder, "val")
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in datasets.IMAGES)
    if layout != "folder":
        files = [p for p in files if datasets.LAYOUTS[layout](p) == "test"]
    if not files:
        raise SystemExit(f"{folder} holds no tiles to measure")
    flat = len({p.parent for p in files}) == 1
    return [dataclasses.replace(t, name=t.name.split("/")[-1]) if flat else t for t in datasets.decode(files)]


def apply(model: Model, low: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The model on a whole tile, in grey levels; one for a single band takes each band alone."""
    if model.module is None:
        return enlarge(low.astype(np.float64), model.scale, model.card.name).astype(np.float32)
    given = low.astype(np.float32) / 255
    if model.card.bands == 1 and len(low) > 1:
        return np.concatenate([model(band[None]) for band in given]) * 255
    return model(given) * 255


def pair(tile: Tile, s: int, sensor: Numbers | None = None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(fine, coarse) of a tile in 8 bits, the fine one cropped to a multiple of the scale `s`, the coarse one a pair's
    own partner, else by bicubic, or as a `sensor` with these numbers gives it."""
    pixels = datasets.to_bytes(tile.pixels)
    if tile.low is not None:
        if pixels.shape[1] != s * tile.low.shape[1]:
            raise SystemExit(f"{tile.name} is a pair for another scale than x{s}: give models of its scale")
        return pixels, datasets.to_bytes(tile.low)
    high = datasets.cropped(pixels, s)
    if sensor is None:
        return high, degrade.bicubic(high, s)
    low = kernels.reduce(high / 255, s, sensors.kernel(sensor))
    low += sensor.noise * np.random.default_rng(0).standard_normal(low.shape)
    return high, datasets.to_bytes(low)


def sensor_of(name: str) -> Numbers:
    """The numbers of a sensor by its name or file, for ``--sensor``, without JPEG."""
    found = sensors.find(name).numbers
    if found is None:
        raise SystemExit(f"the blur of {name} is not known: give another sensor, or a file that has it")
    return found._replace(jpeg=0.0)


def brightness(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """(y, x) of (band, y, x) in grey levels: Y of red, green and blue, else the mean of the bands."""
    return metrics.luma(pixels) if len(pixels) == 3 else pixels.mean(0, dtype=np.float64)


def measure(
    model: Model, tiles: list[Tile], sensor: Numbers | None = None
) -> Iterator[tuple[str, tuple[float, ...], tuple[float, float], float]]:
    """Per tile: name, a row of `COLUMNS`, the shift against bicubic (row, column; output pixels), seconds."""
    s = model.scale
    for tile in tiles:
        high, low = pair(tile, s, sensor)
        start = time.perf_counter()
        fine = apply(model, low)
        seconds = time.perf_counter() - start
        smooth = enlarge(low.astype(np.float64), s, "bicubic")
        moved = metrics.shift(brightness(fine), brightness(smooth), cutoff=0.5 / s)
        cut = (slice(None), slice(s, -s), slice(s, -s))
        got, want = np.clip(np.floor(fine + 0.5), 0, 255).astype(np.uint8)[cut], high[cut]
        y_got, y_want = brightness(got), brightness(want)
        row = (
            metrics.psnr(got, want), metrics.psnr(y_got, y_want), metrics.ssim(got, want), metrics.ssim(y_got, y_want),
            metrics.sam(got, want), metrics.ergas(got, want, s),
        )  # fmt: skip
        yield tile.name, row, moved, seconds


def half_precision(model: Model, tiles: list[Tile]) -> dict[str, dict[str, float]]:
    """For fp16 and bf16 (weights and activations): mean and largest difference from float32, in grey levels of 255.

    A format that overflows on any tile is left out.
    """
    import torch

    found = {}
    for name, kind in (("fp16", torch.float16), ("bf16", torch.bfloat16)):
        half = copy.deepcopy(model.module).to(kind)  # type: ignore[union-attr]
        off = []
        for tile in tiles:
            low = pair(tile, model.scale)[1]
            x = torch.from_numpy(low.astype(np.float32) / 255)
            x = x[:, None] if model.card.bands == 1 else x[None]
            with torch.inference_mode():
                off.append((half(x.to(kind)).float() - model.module(x)).abs().flatten() * 255)  # type: ignore[misc]
        difference = torch.cat(off)
        if bool(difference.isfinite().all()):
            found[name] = {"mean": round(float(difference.mean()), 3), "largest": round(float(difference.max()), 2)}
    return found


def halo_errors(model: Model, tiles: list[Tile]) -> tuple[float, float]:
    """Largest errors of tiles of 120 pixels at the card's two default halos, in grey levels of 255.

    Against the whole picture at once, a mosaic of 36 coarse tiles' corners, whose joints are hard edges. What the
    network pools over the image is held, as for a raster.
    """
    import torch

    from rs_sr.networks import statistics

    bands = model.card.bands or 3
    corners = [pair(tile, model.scale)[1][:bands, :60, :60] for tile in tiles[:: max(1, len(tiles) // 36)]]
    picture = np.block([[corners[(6 * row + col) % len(corners)] for col in range(6)] for row in range(6)])
    picture = picture.astype(np.float32) / 255
    if model.card.statistics and model.module is not None:
        batch = [picture[:, r : r + 96, c : c + 96] for r in range(0, 264, 66) for c in range(0, 264, 66)]
        statistics.hold(model.module, statistics.collect(model.module, torch.from_numpy(np.stack(batch))))
    whole, size = model(picture), Size(height=picture.shape[1], width=picture.shape[2])

    def error(halo: int) -> float:
        if halo == model.card.halo.exact:
            return 0.0
        worst = 0.0
        for tile in grid.tiles(size, core=120, halo=halo):
            part = model(picture[(slice(None), *tile.window.within(size.window))])
            s = model.scale
            part = part[(slice(None), *tile.core.times(s).within(tile.window.times(s)))]
            there = whole[(slice(None), *tile.core.times(s).within(size.window.times(s)))]
            worst = max(worst, 255 * float(np.abs(part - there).max()))
        return float(f"{worst:.2g}")

    return error(model.card.halo.byte), error(model.card.halo.wide)


def evaluate(name: str, tiles: list[Tile], scale: int | None = None, sensor: Numbers | None = None) -> Scores:
    """Measure one model, by name or file, over tiles."""
    model = rs_sr.load_model(name, scale=scale)
    if model.card.told:
        model = rs_sr.load_model(name, told=sensor or family.of_bicubic(model.scale))
    if model.module is not None:
        model(np.zeros((model.card.bands or 3, 64, 64), np.float32))  # the first call prepares the layers
    rows: Rows = {}
    shifts, seconds = [], []
    for tile, row, moved, took in measure(model, tiles, sensor):
        rows[tile] = row
        shifts.append(moved)
        seconds.append(took)
    parameters = sum(p.numel() for p in model.module.parameters()) if model.module is not None else 0
    shift = np.mean(shifts, axis=0)
    return Scores(
        model.card.name, model.scale, parameters, 1000 * float(np.median(seconds)), rows, (shift[0], shift[1])
    )


def markdown(all_scores: list[Scores], *, classes: bool) -> str:
    """Tables for people: means, then PSNR by class where asked."""
    lines = ["| scale | model | parameters | ms a tile | " + " | ".join(COLUMNS) + " |", "| --- " * 10 + "|"]
    for s in all_scores:
        m = s.mean()
        figures = f"{m[0]:.2f} | {m[1]:.2f} | {m[2]:.4f} | {m[3]:.4f} | {m[4]:.4f} | {m[5]:.3f}"
        lines.append(f"| x{s.scale} | {s.name} | {s.parameters:,} | {s.milliseconds:.0f} | {figures} |")
    if classes:
        names = [f"{s.name} x{s.scale}" for s in all_scores]
        lines += ["", "| class | " + " | ".join(names) + " |", "| --- " * (len(names) + 1) + "|"]
        for name in all_scores[0].by_class():
            lines.append(f"| {name} | " + " | ".join(f"{s.by_class()[name][0]:.2f}" for s in all_scores) + " |")
    return "\n".join(lines)


def write_csv(path: Path, all_scores: list[Scores]) -> None:
    """One line per model and tile."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("tile", "scale", "model", *COLUMNS))
        for s in all_scores:
            for tile, row in s.rows.items():
                writer.writerow((tile, s.scale, s.name, *(f"{v:.5f}" for v in row)))


def sheet(
    path: Path, names: list[str], tiles: list[Tile], scale: int, sensor: Numbers | None, most: int = 4, side: int = 128
) -> None:
    """A picture: rows of tiles (middle parts), columns input, bicubic, each model, truth."""
    from PIL import Image, ImageDraw, ImageFont

    models = [rs_sr.load_model("bicubic", scale=scale)] + [rs_sr.load_model(n) for n in names]
    chosen = [tiles[i] for i in range(len(tiles) // (2 * most), len(tiles), max(1, len(tiles) // most))][:most]
    titles = ["input", *(m.card.name for m in models), "truth"]
    canvas = Image.new("RGB", (len(titles) * (2 * side + 4), len(chosen) * (2 * side + 4) + 20), "white")
    for column, title in enumerate(titles):
        ImageDraw.Draw(canvas).text((column * (2 * side + 4) + 4, 2), title, "black", ImageFont.load_default(13))
    for line, tile in enumerate(chosen):
        high, low = pair(tile, scale, sensor)
        results = [np.clip(np.floor(apply(m, low) + 0.5), 0, 255).astype(np.uint8) for m in models]
        top = (high.shape[1] - side) // 2
        for column, picture in enumerate([low.repeat(scale, 1).repeat(scale, 2), *results, high]):
            seen = picture[:3] if len(picture) >= 3 else picture[:1].repeat(3, 0)
            part = np.moveaxis(seen[:, top : top + side, top : top + side], 0, 2)
            enlarged = Image.fromarray(part).resize((2 * side, 2 * side), Image.Resampling.NEAREST)
            canvas.paste(enlarged, (column * (2 * side + 4), 20 + line * (2 * side + 4)))
    canvas.save(path)


def record(path: str, scores: Scores, data: str, bicubic: Scores, tiles: list[Tile]) -> None:
    """Write a set's scores, the shift against bicubic and what halos and half precision cost into a model file's card.

    An older row of the set goes. A format holds if it is off by half a grey level on average, and ten at most.
    """
    card, tensors = store.read(path)
    half = half_precision(rs_sr.load_model(path), tiles[:: max(1, len(tiles) // 35)])
    byte, wide = halo_errors(rs_sr.load_model(path), tiles)
    halo = dataclasses.replace(card.halo, byte_error=byte, wide_error=wide)
    m = scores.mean()
    row = {
        "data": data, "tiles": len(scores.rows), "psnr_rgb": round(float(m[0]), 4), "ssim_rgb": round(float(m[2]), 4),
        "bicubic_psnr_rgb": round(float(bicubic.mean()[0]), 4),
    }  # fmt: skip
    kept = tuple(s for s in card.scores if s.get("data") != data)
    moved = (round(scores.shift[0], 4), round(scores.shift[1], 4))
    holds = ("f32", *(name for name, error in half.items() if error["mean"] <= 0.5 and error["largest"] <= 10))
    card = dataclasses.replace(card, scores=(*kept, row), shift_px=moved, halo=halo)
    store.write(path, dataclasses.replace(card, precision=holds, precision_error=half), tensors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", help="names or files of models")
    parser.add_argument("--tiles", type=Path, required=True, help="a folder of tiles, or a packed set (its val part)")
    parser.add_argument(
        "--layout", choices=datasets.LAYOUTS, default="folder", help="take the test part of this layout"
    )
    parser.add_argument(
        "--sensor", type=sensor_of, help="degrade as this sensor would, with blur and noise: a name or a file"
    )
    parser.add_argument("--classes", action="store_true", help="PSNR by class too")
    parser.add_argument("--csv", type=Path, help="write the figures of every tile")
    parser.add_argument("--sheet", type=Path, help="write a picture of some tiles")
    parser.add_argument("--record", metavar="NAME", help="write the figures into the cards of model files, as set NAME")
    given = parser.parse_args()
    tiles = tiles_of(given.tiles, given.layout)
    found: list[Scores] = []
    bicubic: dict[int, Scores] = {}
    for name in given.models:
        scale = rs_sr.load_model(name).scale
        if scale not in bicubic:
            bicubic[scale] = evaluate("bicubic", tiles, scale, given.sensor)
            found.append(bicubic[scale])
        found.append(evaluate(name, tiles, sensor=given.sensor))
        print(f"{name} done", file=sys.stderr)
        if given.record:
            record(name, found[-1], given.record, bicubic[scale], tiles)
    how = f"degraded by {given.sensor}" if given.sensor else "degraded by antialiased bicubic"
    print(f"{len(tiles)} tiles of {given.tiles}, {how}\n\n{markdown(found, classes=given.classes)}")
    if given.csv:
        write_csv(given.csv, found)
    if given.sheet:
        sheet(given.sheet, given.models, tiles, found[0].scale, given.sensor)


if __name__ == "__main__":
    try:
        main()
    except rs_sr.RsSrError as error:
        raise SystemExit(str(error)) from None
