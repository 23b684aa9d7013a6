"""The quality of JPEG is read from pixels to the number, and pixels that saw no JPEG show none."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from rs_sr.pixels import jpeg, kernels
from rs_sr.pixels.scene import scene

PLACES = ((0, 0), (3, 5))  # of a window's first pixel


@pytest.fixture(scope="module")
def picture() -> Any:
    """Red, green and blue of a made-up scene with some texture, 8 bits."""
    texture = np.random.default_rng(1).normal(0, 6, (3, 256, 256))
    return np.clip(np.rint(scene(256)[:3] + texture), 0, 255).astype(np.uint8)


def through(pixels: Any, quality: int, **how: Any) -> Any:
    """Pixels (band, y, x) as JPEG gives them back."""
    saved = io.BytesIO()
    image = Image.fromarray(np.moveaxis(pixels, 0, 2).squeeze())
    image.save(saved, "JPEG", quality=quality, **how)
    made = np.asarray(Image.open(saved))
    return made[None] if made.ndim == 2 else np.moveaxis(made, 2, 0)


def windows(pixels: Any) -> list[tuple[Any, int, int]]:
    return [(pixels[:, row:, col:], row, col) for row, col in PLACES]


@pytest.mark.parametrize("quality", [35, 60, 75, 85, 90, 95, 98])
@pytest.mark.parametrize("how", [{}, {"subsampling": 0}, {"keep_rgb": True}], ids=["4:2:0", "4:4:4", "RGB"])
def test_the_quality_of_a_colour_jpeg_is_read(picture: Any, quality: int, how: dict[str, Any]) -> None:
    assert jpeg.quality(windows(through(picture, quality, **how))) == quality


@pytest.mark.parametrize("quality", [50, 80, 92])
def test_the_quality_of_one_band_is_read_wherever_its_blocks_begin(picture: Any, quality: int) -> None:
    made = through(picture[:1], quality)
    for top, left in ((0, 0), (1, 7), (4, 2)):
        assert jpeg.quality([(made[:, top:, left:].astype(float), 0, 0)]) == quality


def test_what_saw_no_jpeg_shows_none(picture: Any) -> None:
    small, made = picture[:, ::4, ::4].astype(float), through(picture, 75)
    stretched = np.clip(np.rint(made * 1.7), 0, 255)
    shrunk = np.rint(kernels.reduce(made.astype(np.float64), 2, "area"))
    others = [np.clip(np.rint(kernels.enlarge(small, k, "bicubic")), 0, 255) for k in (2, 4, 8)]
    repeated = [small.repeat(k, 1).repeat(k, 2) for k in (2, 4, 8)]
    for pixels in (picture, picture // 32 * 32, stretched, shrunk, *others, *repeated, np.zeros((3, 64, 64))):
        assert jpeg.quality([(pixels, 0, 0)]) is None
    assert jpeg.quality([]) is None
