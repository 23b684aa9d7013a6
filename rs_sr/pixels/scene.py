"""A made-up scene: what the demo shows, and what models are measured on where there is no raster."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.pixels import kernels

Array = NDArray[Any]


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
