"""A run as one picture: its curve of PSNR, and samples as input, result, truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.log import points

WIDTH, HEIGHT, EDGE = 780, 300, 46


def curve(rows: list[dict[str, Any]], size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """Validation PSNR against hours trained."""
    image = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(13)
    x = np.array([p["seconds"] / 3600 for p in rows])
    y = np.array([p["psnr"] for p in rows])
    low, high = np.floor(np.percentile(y, 10) * 2) / 2, np.ceil(y.max() * 10) / 10
    width, height = size[0] - 2 * EDGE, size[1] - 2 * EDGE

    def at(hours: float, psnr: float) -> tuple[float, float]:
        across = EDGE + width * hours / max(x.max(), 1e-9)
        return across, EDGE + height * (1 - (max(psnr, low) - low) / max(high - low, 1e-9))

    for tick in np.linspace(low, high, 5):
        draw.line([at(0, tick), at(x.max(), tick)], fill="#dddddd")
        draw.text((4, at(0, tick)[1] - 8), f"{tick:.2f}", fill="black", font=font)
    for tick in np.linspace(0, x.max(), 5):
        draw.text((at(tick, low)[0] - 10, size[1] - EDGE + 8), f"{tick:.2f}", fill="black", font=font)
    draw.line([at(h, p) for h, p in zip(x, y, strict=True)], fill="#1f5fbf", width=2)
    draw.text((EDGE, 10), f"validation PSNR (dB) against hours; best {y.max():.3f}", fill="black", font=font)
    return image


def draw(log: Path, pictures: list[Any], target: Path) -> None:
    """Write the report of a run from its log and its last validation pictures (3, y, x) uint8."""
    parts = [curve(points(log))] + [Image.fromarray(np.moveaxis(p, 0, 2)) for p in pictures]
    sheet = Image.new("RGB", (max(p.width for p in parts), sum(p.height + 6 for p in parts)), "white")
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height + 6
    sheet.save(target)
