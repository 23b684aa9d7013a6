"""Coarse images as sensors, mosaics and cameras deliver them, and what a network is told of each.

A patch is blurred and sampled (a Gaussian with its own transfer along y and x, antialiased bicubic, or the area mean),
sharpened on the ground (unsharp with a 3 x 3 box on the coarse grid), softened by resampling, gets noise, and is
compressed by JPEG. `rs_sr.networks.told.NUMBERS` are what is told, computed from the kernels themselves.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from rs_sr.networks.told import LEAST_NOISE
from rs_sr.pixels import kernels
from rs_sr.sensors.numbers import Numbers
from training import datasets, degrade

MARGIN = 6  # coarse pixels around a patch: the blur's, and one each for what is done on the coarse grid
GAUSSIAN, BICUBIC, AREA = 0, 1, 2
NO_JPEG = 101.0


@dataclass(frozen=True)
class Scenes:
    """How each patch of a batch was taken: tensors (batch,), of `mtf` and `phase` (batch, 2).

    `kind` of blur, `mtf` of a Gaussian along y and x, `sharpened` the amount of unsharp, `softened` the share that goes
    to each neighbour, `noise` as a share of the range, `even` or growing with the intensity (then that at 0.2),
    `quality` of JPEG (`NO_JPEG`: none), with colours at half the resolution if `halved`, and blocks that begin `phase`
    pixels before the patch.
    """

    kind: Tensor
    mtf: Tensor
    sharpened: Tensor
    softened: Tensor
    noise: Tensor
    even: Tensor
    quality: Tensor
    halved: Tensor
    phase: Tensor

    def __getitem__(self, part: slice) -> Scenes:
        return Scenes(**{f.name: getattr(self, f.name)[part] for f in dataclasses.fields(self)})


def draw(batch: int, generator: torch.Generator, device: torch.device, *, jpeg: bool) -> Scenes:
    """Scenes at random: 20 % bicubic, 10 % area mean; half of the others sharpened, a fifth softened.

    20 % of all have no noise, half of the others an even one; a quarter goes through JPEG of quality 60 to 100, if
    `jpeg`.
    """

    def uniform(low: float = 0.0, high: float = 1.0, shape: tuple[int, ...] = (batch,)) -> Tensor:
        return low + (high - low) * torch.rand(shape, generator=generator, device=device)

    which, same = uniform(), uniform() < 0.6
    kind = torch.where(which < 0.2, BICUBIC, torch.where(which < 0.3, AREA, GAUSSIAN))
    mtf = uniform(0.05, 0.65, (batch, 2))
    mtf = torch.where(same[:, None], mtf[:, :1], mtf)
    gaussian = kind == GAUSSIAN
    sharpened = uniform(0, 2) * (gaussian & (uniform() < 0.5))
    softened = uniform(0, 0.25) * (gaussian & (uniform() < 0.2))
    noise, even = 0.0005 * 40 ** uniform() * (uniform() > 0.2), uniform() < 0.5
    quality = torch.where(uniform() < (0.25 if jpeg else 0.0), uniform(60, 100).round(), NO_JPEG)
    halved, phase = uniform() < 0.7, uniform(0, 8, (batch, 2)).long()
    return Scenes(kind, mtf, sharpened, softened, noise, even, quality, halved, phase)


def fixed() -> list[Scenes]:
    """One scene of each kind that validation goes through, in an order that mixes them."""
    blurs = [(AREA, 0.5, 0.0), (BICUBIC, 0.5, 0.0)]
    blurs += [(GAUSSIAN, mtf, sharpened) for mtf in (0.15, 0.25, 0.35, 0.5) for sharpened in (0.0, 0.8)]
    made = []
    for i, ((kind, mtf, sharpened), noise) in enumerate(itertools.product(blurs, (0.0, 0.005, 0.015))):
        quality = (NO_JPEG, NO_JPEG, 90.0, NO_JPEG, 75.0)[i % 5]
        values = [kind, [mtf, mtf], sharpened, 0.0, noise, i % 2 == 0, quality, True, [3, 5]]
        made.append(Scenes(*(torch.tensor(v)[None] for v in values)))
    return [made[7 * i % len(made)] for i in range(len(made))]


def delivered(fine: np.ndarray, scale: int, place: int) -> tuple[np.ndarray, Numbers]:
    """A tile (band, y, x) as the scene at this `place` of `fixed` has it, in its dtype, and what is told of it."""
    scenes, eight = fixed(), fine.dtype == np.uint8
    high = torch.from_numpy(fine).float()[None] / (255 if eight else 1)
    generator = torch.Generator().manual_seed(0)
    low, numbers = take(high, scenes[place % len(scenes)], scale, 0, generator, rounded=eight)
    coarse = datasets.to_bytes(low[0].numpy()) if eight else low[0].numpy().astype(fine.dtype)
    return coarse, Numbers(*numbers[0].tolist())


def of_bicubic(scale: int) -> Numbers:
    """What is told of antialiased bicubic without noise."""
    plain = next(s for s in fixed() if float(s.kind) == BICUBIC and not s.noise and float(s.quality) == NO_JPEG)
    _, numbers = take(torch.zeros(1, 1, 4 * scale, 4 * scale), plain, scale, 0, torch.Generator(), rounded=False)
    return Numbers(*numbers[0].tolist())


def faint(high: Tensor, generator: torch.Generator) -> Tensor:
    """Half of a batch with less contrast, a tenth at least: few scenes fill their range, of which noise is a share."""
    u, v, w = torch.rand(3, len(high), 1, 1, 1, generator=generator, device=high.device)
    gain = torch.where(w < 0.5, 10 ** (u - 1), 1.0)
    return gain * high + (1 - gain) * v


def take(
    high: Tensor, scenes: Scenes, scale: int, margin: int, generator: torch.Generator, *, rounded: bool = True
) -> tuple[Tensor, Tensor]:
    """(batch, band, y, x) about 0..1, with `margin` coarse pixels to spare, to coarse patches and what is told of them.

    The coarse ones have no margin; numbers are (batch, 6). `rounded` to 8 bits, which JPEG needs.
    """
    spare = min(margin, 2)  # coarse pixels, for what is done on the coarse grid
    sides = [n // scale - 2 * margin + 2 * spare for n in high.shape[2:]]
    rows, columns = (_blur(scenes, axis, side, scale, margin - spare) for axis, side in enumerate(sides))
    numbers = [_transfer(scenes, axis, scale, at) for at in (0.5, 0.25) for axis in (0, 1)]
    low = torch.einsum("bny,bcyx,bmx->bcnm", rows, high, columns)
    a, r = (x[:, None, None, None] for x in (scenes.sharpened, scenes.softened))
    around = functional.pad(low, (1, 1, 1, 1), mode="replicate")
    low = low + a * (low - functional.avg_pool2d(around, 3, 1))
    for axis in (2, 3):
        low = low + r * (low.roll(1, axis) + low.roll(-1, axis) - 2 * low)  # what comes round is cut off below
    if spare:
        low = low[:, :, spare:-spare, spare:-spare]
    even, noise = (x[:, None, None, None] for x in (scenes.even, scenes.noise))
    variance = noise**2 * torch.where(even, 1, 0.5 + 0.5 * low.clamp(min=0) / 0.2)
    low = low + variance.sqrt() * torch.randn(low.shape, generator=generator, device=low.device)
    if rounded:
        low = torch.floor(low * 255 + 0.5).clamp(0, 255) / 255
        for i in (scenes.quality < NO_JPEG).nonzero().flatten().tolist():
            low[i] = _compressed(low[i], scenes[i : i + 1])
    jpeg = torch.where(scenes.quality < NO_JPEG, (100 - scenes.quality) / 40, 0.0)
    told = variance.mean((1, 2, 3)).sqrt().clamp(min=LEAST_NOISE)
    return low, torch.stack([*numbers, told, jpeg], 1)


def _blur(scenes: Scenes, axis: int, side: int, scale: int, margin: int) -> Tensor:
    """Weights (batch, side, (side + 2 margin) * scale) of each scene's blur along an axis; rows add up to 1."""
    count, device = len(scenes.kind), scenes.kind.device
    gaussian = degrade.gaussian(degrade.sigma_px(scenes.mtf[:, axis]), side, scale, margin)
    cubic = degrade.cubic(count, side, scale, device, margin)
    centre = (np.arange(side) + margin + 0.5) * scale - 0.5
    offset = (np.arange((side + 2 * margin) * scale)[None] - centre[:, None]) / scale
    area = torch.as_tensor(kernels.box(offset) / scale, dtype=torch.float32, device=device).expand(count, -1, -1)
    kind = scenes.kind[:, None, None]
    return torch.where(kind == GAUSSIAN, gaussian, torch.where(kind == BICUBIC, cubic, area))


def _transfer(scenes: Scenes, axis: int, scale: int, at: float) -> Tensor:
    """The modulation transfer along an axis, sharpening included, `at` so many cycles per coarse pixel: (batch,)."""
    weights = _blur(scenes, axis, 1, scale, MARGIN)[:, 0]
    place = (torch.arange(weights.shape[1], device=weights.device) + 0.5) / scale - MARGIN - 0.5
    wave = torch.cos(2 * math.pi * at * place)
    box = (1 + 2 * math.cos(2 * math.pi * at)) / 3
    sharpened = 1 + scenes.sharpened * (1 - box)
    softened = 1 - 2 * scenes.softened * (1 - math.cos(2 * math.pi * at))
    return (weights @ wave).abs() * sharpened * softened


def _compressed(pixels: Tensor, scene: Scenes) -> Tensor:
    """(band, y, x) in 0..1 through JPEG, with blocks that begin at the scene's phase; bands go as RGB or one by one."""
    down, across = scene.phase[0].tolist()
    wide = np.pad(np.rint(255 * pixels.cpu().numpy()).astype(np.uint8), ((0, 0), (down, 0), (across, 0)), mode="edge")
    how = {"quality": int(scene.quality[0]), "subsampling": "4:2:0" if scene.halved[0] else "4:4:4"}

    def through(picture: Image.Image) -> np.ndarray:
        file = io.BytesIO()
        picture.save(file, "JPEG", **how)
        return np.asarray(Image.open(file))

    if len(wide) == 3:
        made = np.moveaxis(through(Image.fromarray(np.ascontiguousarray(np.moveaxis(wide, 0, -1)))), -1, 0)
    else:
        made = np.stack([through(Image.fromarray(band)) for band in wide])
    return torch.from_numpy(made[:, down:, across:].copy()).to(pixels.device).float() / 255
