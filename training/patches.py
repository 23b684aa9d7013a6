"""A whole training set on the device as 8 bit, and batches of patches drawn from it without a loop over samples."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from training import datasets, degrade, family
from training.datasets import Tile


class _Flat:
    """Arrays (band, y, x) of many sizes in one flat tensor, and how a batch of squares is gathered from it."""

    def __init__(self, arrays: list[np.ndarray], device: torch.device) -> None:
        self.pixels = torch.from_numpy(np.concatenate([a.ravel() for a in arrays])).to(device)
        self.bands = arrays[0].shape[0]
        sizes = np.array([a.shape[1:] for a in arrays])
        starts = np.concatenate([[0], np.cumsum([a.size for a in arrays])[:-1]])
        self.height, self.width = (torch.as_tensor(sizes[:, i], device=device) for i in (0, 1))
        self.start = torch.as_tensor(starts, device=device)

    def squares(self, tile: Tensor, row: Tensor, col: Tensor, turn: Tensor, side: int) -> Tensor:
        """(batch, band, side, side) float32, from `row`, `col` of each tile, turned by one of the 8 of the square."""
        i = torch.arange(side, device=tile.device)
        down, across = i[None, :, None], i[None, None, :]
        flip_y, flip_x, swap = ((turn[:, None, None] >> bit) & 1 == 1 for bit in (0, 1, 2))
        y, x = torch.where(swap, across, down), torch.where(swap, down, across)
        y, x = torch.where(flip_y, side - 1 - y, y), torch.where(flip_x, side - 1 - x, x)
        width, height = self.width[tile][:, None, None], self.height[tile][:, None, None]
        first = self.start[tile][:, None, None] + (row[:, None, None] + y) * width + col[:, None, None] + x
        band = torch.arange(self.bands, device=tile.device)[None, :, None, None]
        at = first[:, None] + band * (height * width)[:, None]
        found = self.pixels[at]
        return found.float().div_(255) if found.dtype == torch.uint8 else found.float()


class Patches:
    """Draws aligned (low, high) patches of a list of tiles.

    Parameters
    ----------
    degradation
        "bicubic": the coarse tiles are made once; "family": each patch draws its own; "given": the tiles'
        partners.
    mix_bands
        Give one band: half the time one of the tile's, else a mix with Dirichlet(1, 1, 1) weights.
    recolour
        Share of patches whose bands become gain x + offset, each its own: gain is the square of a uniform number, so
        that many are nearly flat, and the offset anything that keeps the band in 0..1. It commutes with degrading.
    """

    def __init__(
        self, tiles: list[Tile], *, scale: int, degradation: str, largest: int, mix_bands: bool,
        device: torch.device, generator: torch.Generator,
        recolour: float = 0.0,
    ) -> None:  # fmt: skip
        self.recolour = recolour
        self.scale, self.mix_bands, self.generator = scale, mix_bands, generator
        self.degradation = degradation
        self.told: Tensor | None = None
        self.margin = family.MARGIN if degradation == "family" else 0
        need = largest + 2 * self.margin
        fine = [datasets.cropped(t.pixels, scale) for t in tiles]
        kept = [i for i, pixels in enumerate(fine) if min(pixels.shape[1:]) // scale >= need]
        if not kept:
            raise SystemExit(
                f"no tile has {need * scale} pixels on a side: take smaller patches in the recipe's stages"
            )
        self.count = len(kept)
        self.high = _Flat([fine[i] for i in kept], device)
        self.low: _Flat | None = None
        if degradation == "bicubic":
            self.low = _Flat([degrade.bicubic(fine[i], scale) for i in kept], device)
        elif degradation == "given":
            partners = [low for i in kept if (low := tiles[i].low) is not None]
            if len(partners) < len(kept):
                raise SystemExit('degradation "given" needs packed pairs: python -m training.scenes pairs')
            self.low = _Flat(partners, device)

    def draw(self, batch: int, patch: int) -> tuple[Tensor, Tensor]:
        """(batch, band, patch, patch) and (batch, band, scale * patch, scale * patch), float32 about 0..1.

        Of "family" `told` then has what a network is told of each, (batch, 6).
        """
        device, s, side = self.high.pixels.device, self.scale, patch + 2 * self.margin
        tile = torch.randint(self.count, (batch,), generator=self.generator, device=device)
        turn = torch.randint(8, (batch,), generator=self.generator, device=device)
        place = torch.rand(2, batch, generator=self.generator, device=device)
        row = (place[0] * (self.high.height[tile] // s - side + 1)).long()
        col = (place[1] * (self.high.width[tile] // s - side + 1)).long()
        high = self.high.squares(tile, row * s, col * s, turn, side * s)
        family_of = self.degradation == "family"
        if family_of:  # its noise and JPEG are those of the mix, and come after what else is done to a picture
            (high,) = self._one_band(high) if self.mix_bands else (high,)
            (high,) = self._recoloured(family.faint(high, self.generator))
        if self.low is not None:
            low = self.low.squares(tile, row, col, turn, side)
        else:
            rounded = self.high.pixels.dtype == torch.uint8
            scenes = family.draw(batch, self.generator, device, jpeg=rounded)
            low, self.told = family.take(high, scenes, s, self.margin, self.generator, rounded=rounded)
            cut = slice(self.margin * s, (self.margin + patch) * s)
            high = high[..., cut, cut]
        if family_of:
            return low, high
        if self.mix_bands:
            low, high = self._one_band(low, high)
        low, high = self._recoloured(low, high)
        return low, high

    def _recoloured(self, *pictures: Tensor) -> tuple[Tensor, ...]:
        """Each picture with the same gains and offsets, if any are asked for."""
        if not self.recolour:
            return pictures
        (batch, bands), device = pictures[0].shape[:2], pictures[0].device
        u, v = torch.rand(2, batch, bands, 1, 1, generator=self.generator, device=device)
        asked = torch.rand(batch, 1, 1, 1, generator=self.generator, device=device) < self.recolour
        gain = torch.where(asked, u * u, 1.0)
        # half of the offsets lie at an end: black, white and saturated colours
        offset = torch.where(asked, (1 - gain) * (2 * v - 0.5).clamp(0, 1), 0.0)
        return tuple(gain * picture + offset for picture in pictures)

    def _one_band(self, *pictures: Tensor) -> tuple[Tensor, ...]:
        """Of each picture the same band, or mix of bands."""
        (batch, bands), device = pictures[0].shape[:2], pictures[0].device
        weights = -torch.log(torch.rand(batch, bands, generator=self.generator, device=device) + 1e-12)
        weights = weights / weights.sum(1, keepdim=True)
        alone = torch.randint(bands, (batch,), generator=self.generator, device=device)
        single = torch.nn.functional.one_hot(alone, bands).float()
        half = torch.rand(batch, 1, generator=self.generator, device=device) < 0.5
        weights = torch.where(half, single, weights)
        return tuple(torch.einsum("bc,bcyx->byx", weights, x)[:, None] for x in pictures)
