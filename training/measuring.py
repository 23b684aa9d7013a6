"""Fits what `rs_sr.sensors.scene` measures by: the blur of a scene, from tiles that were degraded in known ways.

    python -m training.measuring packed/ucmerced packed/naip packed/rsscn7 --scenes 24000

A scene is one to six windows of 64 to 128 coarse pixels of a set, taken as `training.family` delivers them. So that no
kind of scene is taken for blur, some have another slope of their spectrum, some are fractals without any edge, some
soft everywhere, as clouds are.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.sensors import edges, scene
from training import datasets, family

Array = NDArray[Any]
SCALES, SHARES = (2, 3, 4), (0.5, 0.2, 0.3)
SIDES, COUNTS = (64, 96, 128), (1, 3, 6)  # coarse pixels of a window, and windows of a scene
MARGIN = 32  # fine pixels, mirrored, around what is filtered
SOFTEST = 0.3  # coarse pixels of blur of their own, of tiles that still have sharp edges
SHARPENED = 0.3  # of the scenes in any case, whatever their blur
UNLIKE = 0.4  # standard deviation of the logarithm of the softness of clouds of one scene
MOST = 1.8  # of a transfer that is told apart: more is as sharp
HIDDEN, WIDTH, EPOCHS, BATCH, RATE, JITTER = 128, 64, 30, 128, 3e-3, 0.05


@dataclass(frozen=True)
class Look:
    """What the windows of a scene have in common."""

    tiles: int  # which set
    tile: int
    same: bool  # all of one tile
    band: int | None  # None: the mean of all
    halved: bool  # as if seen from farther away
    gamma: float
    gain: float
    kind: str  # "plain", "tilted", "soft", "fractal"
    tilt: float
    slope: float
    form: float
    steep: float
    own: float  # softness of its own, in fine pixels
    more: float

    def edgeless(self, scale: int) -> bool:
        """Whether it has no sharp edges."""
        return self.kind == "fractal" or (self.kind == "soft" and self.own > SOFTEST * scale)


class Scenes:
    """Draws scenes of packed sets of tiles."""

    def __init__(self, folders: list[Path], part: str, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.sets = [[t.pixels for t in datasets.load(folder, part)] for folder in folders]

    def draw(self) -> tuple[Array, Array, bool]:
        """Coarse windows (window, y, x), transfers (axis, at Nyquist and half of it), whether there are no edges."""
        rng = self.rng
        while True:
            scale, side = int(rng.choice(SCALES, p=SHARES)), int(rng.choice(SIDES))
            look, count = self._look(scale), int(rng.choice(COUNTS))
            fine = [w for _ in range(count) if (w := self._window(side * scale, look)) is not None]
            if len(fine) == count:
                break
        margin = family.MARGIN * scale
        high = np.stack([np.pad(w, margin, mode="symmetric").astype(np.float32) for w in fine])
        drawn = family.draw(1, self.generator, torch.device("cpu"), jpeg=True)
        if rng.random() < SHARPENED:
            drawn = dataclasses.replace(drawn, sharpened=torch.tensor([rng.uniform(0, 2)]))
        each = {f.name: getattr(drawn, f.name) for f in dataclasses.fields(drawn)}
        many = family.Scenes(**{k: v.expand(count, *v.shape[1:]) for k, v in each.items()})
        rounded = bool(rng.random() < 0.7)
        deep = torch.from_numpy(high)[:, None]
        low, told = family.take(deep, many, scale, family.MARGIN, self.generator, rounded=rounded)
        return low[:, 0].numpy().astype(np.float64), told[0, :4].reshape(2, 2).T.numpy(), look.edgeless(scale)

    def _look(self, scale: int) -> Look:
        rng, kind = self.rng, self.rng.random()
        tiles = int(rng.integers(len(self.sets)))
        sharp = kind >= 0.85 and rng.random() < 0.3
        return Look(
            tiles, int(rng.integers(len(self.sets[tiles]))), rng.random() < 0.3,
            int(rng.integers(3)) if rng.random() < 0.5 else None, rng.random() < 0.25,
            rng.uniform(0.6, 1.6) if rng.random() < 0.5 else 1.0, rng.uniform(0.3, 1) if rng.random() < 0.5 else 1.0,
            "plain" if kind < 0.56 else "tilted" if kind < 0.72 else "soft" if kind < 0.85 else "fractal",
            rng.uniform(-0.2, 1.2), rng.uniform(1, 2.4), rng.random(), rng.uniform(1, 4),
            0.0 if sharp else 0.1 * 15 ** rng.random() * scale, rng.uniform(1, 2.5),
        )  # fmt: skip

    def _window(self, side: int, look: Look) -> Array | None:
        if look.kind == "fractal":
            return _blurred(self._fractal(side, look), look.own * np.exp(UNLIKE * self.rng.standard_normal()))
        rng, tiles = self.rng, self.sets[look.tiles]
        tile = tiles[look.tile if look.same else rng.integers(len(tiles))]
        least = min(tile.shape[1:])
        if least < side:
            return None
        wide = 2 * side if look.halved and least >= 2 * side else side
        row, col = (rng.integers(n - wide + 1) for n in tile.shape[1:])
        part = tile[:, row : row + wide, col : col + wide]
        plane = part.mean(axis=0) if look.band is None else part[look.band % len(part)]
        plane = plane.reshape(side, wide // side, side, wide // side).mean(axis=(1, 3)).astype(np.float32) / 255
        plane = look.gain * plane**look.gamma
        if look.kind == "soft":
            return self._soft(plane, look)
        return _tilted(plane, look.tilt) if look.kind == "tilted" else plane

    def _soft(self, plane: Array, look: Look) -> Array:
        """Without a sharp edge anywhere, here softer than there."""
        where = self._fractal(len(plane), look)
        share = 1 / (1 + np.exp(-6 * (where - np.median(where)) / (where.std() + 1e-6)))
        own = look.own * np.exp(UNLIKE * self.rng.standard_normal())
        return np.asarray(share * _blurred(plane, own) + (1 - share) * _blurred(plane, own * look.more))

    def _fractal(self, side: int, look: Look) -> Array:
        white = np.fft.rfft2(self.rng.standard_normal((side, side), dtype=np.float32))
        slope = look.slope + self.rng.uniform(-0.25, 0.25)
        made = np.fft.irfft2(white * _frequency(side) ** np.float32(-slope), s=(side, side))
        made = made / made.std()
        if look.form < 0.3:
            made = np.exp(0.7 * made)
        elif look.form < 0.6:
            made = 1 / (1 + np.exp(-look.steep * made))
        low, high = np.percentile(made, (1, 99))
        return np.asarray(0.15 + 0.6 * (made - low) / (high - low))


def _tilted(plane: Array, slope: float) -> Array:
    """The same with its amplitudes times a power of their frequency."""
    made = _filtered(plane, lambda frequency: frequency ** np.float32(-slope))
    return np.asarray(plane.mean() + plane.std() * (made - made.mean()) / (made.std() + 1e-9))


def _blurred(plane: Array, sigma: float) -> Array:
    return _filtered(plane, lambda frequency: np.exp(-2 * (np.pi * np.float32(sigma) * frequency) ** 2))


def _filtered(plane: Array, response: Callable[[Array], Array]) -> Array:
    """By its response to frequencies in cycles per pixel."""
    side = len(plane)
    spectrum = np.fft.rfft2(np.pad(plane, MARGIN, mode="symmetric"))
    made = np.fft.irfft2(spectrum * response(_frequency(side + 2 * MARGIN)))
    return np.asarray(made[MARGIN : MARGIN + side, MARGIN : MARGIN + side])


@functools.cache
def _frequency(side: int) -> Array:
    far = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None])
    return np.asarray(np.maximum(far, 1 / side), np.float32)


def drawn(folders: list[Path], part: str, seed: int, count: int) -> tuple[Array, Array, Array, Array]:
    """Of `count` scenes: features (scene, window, axis, n), which windows there are (scene, window), transfers (scene,
    axis, at Nyquist and half of it), and which scenes have no sharp edges. Windows without features are left out."""
    scenes = Scenes(folders, part, seed)
    found: list[tuple[Array, Array, Array, Array]] = []
    while len(found) < count:
        planes, wanted, soft = scenes.draw()
        each = [f for p in planes if (f := edges.features(p)) is not None]
        if each:
            there = np.arange(max(COUNTS)) < len(each)
            filled = np.zeros((len(there), *each[0].shape), np.float32)
            filled[there] = each
            found.append((filled, there, wanted, np.asarray(soft)))
    features, there, wanted, soft_ones = (np.stack(part) for part in zip(*found, strict=True))
    return features, there, wanted, soft_ones


class Network(nn.Module):
    """What `scene` computes, with gradients, for many scenes and one axis of each."""

    def __init__(self, features: int) -> None:
        super().__init__()
        sizes = ((features, HIDDEN), (HIDDEN, WIDTH), (2 * WIDTH, HIDDEN), (HIDDEN, 1 + 2 * len(scene.LEVELS)))
        self.layers = nn.ModuleList(nn.Linear(*size) for size in sizes)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """Features (scene, window, n) and which windows there are, to quantiles (scene, 2, level) of logarithms, and
        how likely there are no sharp edges (scene,), as a logit."""
        x = self.drop(functional.silu(self.layers[0](x)))
        x, there = functional.silu(self.layers[1](x)), there[..., None]
        mean = (x * there).sum(1) / there.sum(1)
        x = torch.cat([mean, x.masked_fill(~there, -torch.inf).amax(1)], 1)
        every = self.layers[3](self.drop(functional.silu(self.layers[2](x))))
        said = every[:, 1:].reshape(len(x), 2, -1)
        middle, apart = said[..., 2:3], functional.softplus(said - 2)
        below = [middle - apart[..., :2].sum(-1, keepdim=True), middle - apart[..., 1:2]]
        above = [middle + apart[..., 3:4], middle + apart[..., 3:].sum(-1, keepdim=True)]
        return torch.cat([*below, middle, *above], -1), every[:, 0]


def pinball(said: Tensor, wanted: Tensor) -> Tensor:
    """The loss of quantiles (scene, 2, level) of logarithms for transfers (scene, 2)."""
    off = (wanted.clamp(max=MOST) + scene.ABOVE).log()[..., None] - said
    levels = torch.tensor(scene.LEVELS)
    return torch.maximum(levels * off, (levels - 1) * off).sum((1, 2)).mean()


def fit(
    features: Array, there: Array, wanted: Array, soft: Array, *, epochs: int = EPOCHS, seed: int = 0
) -> dict[str, NDArray[np.float32]]:
    """The weights that `scene` reads, from what `drawn` gives."""
    torch.manual_seed(seed)
    known = features[there]
    mean, deviation = known.mean(axis=(0, 1)), known.std(axis=(0, 1)) + 1e-3
    x = torch.tensor(np.clip((features - mean) / deviation, -4, 4), dtype=torch.float32).transpose(1, 2).flatten(0, 1)
    windows = torch.from_numpy(there.repeat(2, axis=0))
    y = torch.tensor(wanted, dtype=torch.float32).flatten(0, 1)
    none = torch.tensor(soft.repeat(2), dtype=torch.float32)
    network = Network(x.shape[-1])
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.05)
    steps = max(1, len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * steps)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for i in range(steps):
            some = order[i * BATCH : (i + 1) * BATCH]
            said, edgeless = network(x[some] + JITTER * torch.randn_like(x[some]), windows[some])
            loss = pinball(said, y[some])
            loss = loss + functional.binary_cross_entropy_with_logits(edgeless, none[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    made = {"mean": mean, "deviation": deviation}
    for name, parameter in network.layers.named_parameters():
        layer, kind = name.split(".")
        made[kind + layer] = parameter.detach().numpy()
    return {name: value.astype(np.float32) for name, value in made.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="packed sets of tiles")
    parser.add_argument("--scenes", type=int, default=24000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=scene.FILE)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    weights = fit(*drawn(asked.folders, "train", asked.seed, asked.scenes), seed=asked.seed)
    with asked.output.open("wb") as file:
        np.savez(file, allow_pickle=False, **weights)
    print(f"{asked.output}: {asked.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
