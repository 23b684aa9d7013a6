"""Fits what `rs_sr.sensors.scene` measures by: the blur of a window, from tiles that were degraded in known ways.

    python -m training.measuring packed/ucmerced packed/naip packed/rsscn7 --windows 20000

Windows of 48 to 128 coarse pixels are taken as `training.family` delivers them. So that no kind of scene is taken for
blur, some are given another slope of their spectrum first, some are fractals without any edge, some soft everywhere.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from rs_sr.sensors import edges, scene
from training import datasets, family

Array = NDArray[Any]
SCALES, SHARES = (2, 3, 4), (0.55, 0.2, 0.25)
SIDES = (64, 96, 128)  # coarse pixels
TILTED = 288  # fine pixels on a side, up to which a slope is changed
HIDDEN, EPOCHS, BATCH = 64, 60, 256
MOST = 1.6  # of a transfer that is told apart: more is as sharp


class Windows:
    """Draws fine windows of tiles and fractals, about 0..1."""

    def __init__(self, folders: list[Path], part: str, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.sets = [[t.pixels for t in datasets.load(folder, part)] for folder in folders]

    def draw(self) -> tuple[Array, Array] | None:
        """Features (2, n) of a window, and what is to be found along each axis (2, 2); None where it tells nothing."""
        rng, scale = self.rng, int(self.rng.choice(SCALES, p=SHARES))
        tiles = self.sets[rng.integers(len(self.sets))]
        high = self._window(tiles[rng.integers(len(tiles))], scale)
        if high is None:
            return None
        edge = (family.MARGIN * scale,) * 2
        wide = torch.from_numpy(np.pad(high, (edge, edge), mode="symmetric").astype(np.float32))[None, None]
        drawn = family.draw(1, self.generator, torch.device("cpu"), jpeg=True)
        rounded = bool(rng.random() < 0.7)
        low, told = family.take(wide, drawn, scale, family.MARGIN, self.generator, rounded=rounded)
        found = edges.features(low[0, 0].numpy())
        return None if found is None else (found, told[0, :4].numpy().reshape(2, 2).T)

    def _window(self, tile: Array, scale: int) -> Array | None:
        rng = self.rng
        pixels = tile[rng.integers(len(tile))] if rng.random() < 0.4 else tile.mean(axis=0)
        pixels = pixels.astype(np.float64) / 255
        if rng.random() < 0.25 and min(pixels.shape) >= 400:  # as if seen from farther away
            height, width = (n // 2 for n in pixels.shape)
            pixels = pixels[: 2 * height, : 2 * width].reshape(height, 2, width, 2).mean(axis=(1, 3))
        side = min(int(rng.choice(SIDES)), min(pixels.shape) // scale) * scale
        if side < 64 * scale:
            return None
        row, col = (rng.integers(n - side + 1) for n in pixels.shape)
        pixels = pixels[row : row + side, col : col + side]
        if rng.random() < 0.5:
            pixels = pixels ** rng.uniform(0.6, 1.6)
        if rng.random() < 0.5:
            pixels = pixels * rng.uniform(0.3, 1)
        kind = rng.random()
        if kind < 0.1:
            return self._fractal(side)
        if kind < 0.2 and side <= TILTED:
            return self._soft(pixels if rng.random() < 0.5 else self._fractal(side), scale)
        return self._tilted(pixels) if kind < 0.45 and side <= TILTED else pixels

    def _tilted(self, pixels: Array) -> Array:
        """The same with its amplitudes times a power of their frequency."""
        side, slope = len(pixels), self.rng.uniform(-0.2, 1.3)
        spectrum = np.fft.rfft2(np.pad(pixels, (0, side), mode="symmetric"))
        made = np.fft.irfft2(spectrum * _frequency(2 * side) ** -slope)[:side, :side]
        return np.asarray(pixels.mean() + pixels.std() * (made - made.mean()) / (made.std() + 1e-9))

    def _soft(self, pixels: Array, scale: int) -> Array:
        """Without a sharp edge anywhere, here softer than there: as clouds are, which tell nothing of a sensor."""
        side, rng = len(pixels), self.rng
        spectrum, frequency = np.fft.rfft2(np.pad(pixels, (0, side), mode="symmetric")), _frequency(2 * side)
        sigma = rng.uniform(0.3, 1.5) * scale
        sharper, softer = (
            np.fft.irfft2(spectrum * np.exp(-2 * (np.pi * s * frequency) ** 2))[:side, :side]
            for s in (sigma, sigma * rng.uniform(1, 2.5))
        )
        where = self._fractal(side)
        share = 1 / (1 + np.exp(-6 * (where - np.median(where)) / (where.std() + 1e-6)))
        return np.asarray(share * sharper + (1 - share) * softer)

    def _fractal(self, side: int) -> Array:
        rng = self.rng
        white = np.fft.rfft2(rng.standard_normal((side, side)))
        made = np.fft.irfft2(white * _frequency(side) ** -rng.uniform(1, 2.3), s=(side, side))
        made, kind = made / made.std(), rng.random()
        if kind < 0.3:
            made = np.exp(0.7 * made)
        elif kind < 0.6:  # as clouds
            made = 1 / (1 + np.exp(-rng.uniform(1, 4) * made))
        low, high = np.percentile(made, (1, 99))
        return np.asarray(0.15 + 0.6 * (made - low) / (high - low))


def _frequency(side: int) -> Array:
    return np.maximum(np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]), 1 / side)


def drawn(folders: list[Path], part: str, seed: int, count: int) -> tuple[Array, Array]:
    """Features (axis, n) and what is to be found (axis, 2) of `count` windows, an axis after the other."""
    windows = Windows(folders, part, seed)
    found: list[tuple[Array, Array]] = []
    while len(found) < count:
        if (one := windows.draw()) is not None:
            found.append(one)
    features, wanted = (np.concatenate(part) for part in zip(*found, strict=True))
    return features, np.minimum(wanted, MOST)


def fit(features: Array, wanted: Array, *, epochs: int = EPOCHS, seed: int = 0) -> dict[str, NDArray[np.float32]]:
    """The weights that `scene` reads, by the likelihood of Laplace's distribution."""
    torch.manual_seed(seed)
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-3
    x = torch.tensor(np.clip((features - mean) / deviation, -4, 4), dtype=torch.float32)
    y = torch.tensor(wanted, dtype=torch.float32)
    layers = [nn.Linear(x.shape[1], HIDDEN), nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, 4)]
    network = nn.Sequential(layers[0], nn.SiLU(), nn.Dropout(0.1), layers[1], nn.SiLU(), layers[2])
    optimiser = torch.optim.AdamW(network.parameters(), 4e-3, weight_decay=0.05)
    steps = max(1, len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=epochs * steps)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for i in range(steps):
            some = order[i * BATCH : (i + 1) * BATCH]
            loss = likelihood(network(x[some] + 0.05 * torch.randn_like(x[some])), y[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    made = {"mean": mean, "deviation": deviation}
    for i, layer in enumerate(layers, start=1):
        weight, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
        rows = slice(3 if i == 3 else None)  # the error at half the Nyquist frequency is not asked for
        made |= {f"weight{i}": weight[rows], f"bias{i}": bias[rows]}
    return {name: value.astype(np.float32) for name, value in made.items()}


def likelihood(said: Tensor, wanted: Tensor) -> Tensor:
    """(n, 4): two values and the logarithms of their expected errors."""
    values, errors = said[:, :2], said[:, 2:].clamp(-4.5, 1)
    return ((values - wanted).abs() * torch.exp(-errors) + errors).mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="packed sets of tiles")
    parser.add_argument("--windows", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=scene.FILE)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    weights = fit(*drawn(asked.folders, "train", asked.seed, asked.windows), seed=asked.seed)
    with asked.output.open("wb") as file:
        np.savez(file, allow_pickle=False, **weights)
    print(f"{asked.output}: {asked.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
