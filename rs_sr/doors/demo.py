"""A scene made here, degraded, super-resolved and shown beside the truth: ``rs-sr demo``."""

from __future__ import annotations

import contextlib
import shutil
import warnings
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RsSrWarning, TargetError
from rs_sr.models import catalogue
from rs_sr.options import Scale
from rs_sr.pixels import kernels
from rs_sr.pixels.metrics import psnr
from rs_sr.pixels.scene import scene
from rs_sr.raster.plain_geotiff import read_pixels, write_geotiff
from rs_sr.run.pipeline import super_resolve
from rs_sr.run.result import Result

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


def run_demo(
    folder: Path, *, model: str | None = None, scale: int | None = None, overwrite: bool = False
) -> DemoResult:
    """Write the demo's files into `folder`, all or none. Files that exist are a `TargetError` unless `overwrite`."""
    own = None if model is None else catalogue.find(model).card.scale  # before anything is replaced
    scale = scale or own or 4
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"the folder {folder} cannot be made: {error.strerror}", "choose another --folder") from error
    there = [name for name in FILES if (folder / name).exists()]
    if there and not overwrite:
        raise TargetError(f"{folder / there[0]} exists", "give another --folder or --overwrite")
    with contextlib.ExitStack() as undo:
        if new:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
        for name in FILES:
            undo.callback((folder / name).unlink, missing_ok=True)
        made = _make(folder, model, scale)
        undo.pop_all()
    return made


def _make(folder: Path, model: str | None, scale: int) -> DemoResult:
    side = 480  # a multiple of 2, 3 and 4
    truth = scene(side)
    low = np.clip(np.floor(kernels.reduce(truth, scale) + 0.5), 0, 255).astype(np.uint8)
    place = partial(write_geotiff, crs="EPSG:32633", west=500_000.0, north=5_400_000.0)
    place(folder / "truth.tif", truth, gsd_m=GSD_M)
    place(folder / "low.tif", low, gsd_m=GSD_M * scale)

    def enlarge(name: str, chosen: str | None) -> tuple[Array, Result]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RsSrWarning)  # about a scene that is made up
            made = super_resolve(
                folder / "low.tif", folder / name, model=chosen, scale=cast(Scale, scale), overwrite=True
            )
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
