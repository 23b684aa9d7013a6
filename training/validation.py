"""How good weights are on tiles that were not trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from rs_sr.networks import build
from rs_sr.networks.contract import Network
from rs_sr.networks.layers import channels_last
from rs_sr.pixels import metrics
from rs_sr.sensors.numbers import Numbers
from training import datasets, degrade, family
from training.recipe import Recipe


class Validation:
    """PSNR and SSIM (RGB, 8 bit, border of the scale cut off) on held-out tiles; the last pictures are kept."""

    def __init__(self, recipe: Recipe, data: Path, device: torch.device) -> None:
        self.recipe, self.device, s = recipe, device, recipe.scale
        tiles = datasets.load(data / recipe.validation, "val")
        self.gsd_m = datasets.gsd([data / name for name in recipe.data])
        fine = [datasets.cropped(t.pixels, s) for t in tiles]
        self.told = bool(recipe.arguments.get("told"))
        self.numbers: list[Numbers] = []  # what a network is told of each tile
        self.low = [self._coarse(high, t) for high, t in zip(fine, tiles, strict=True)]
        self.high = [datasets.to_bytes(high) for high in fine]
        self.module = build(recipe.network, recipe.arguments).to(device)
        self.pictures: list[np.ndarray] = []

    def _coarse(self, high: np.ndarray, tile: datasets.Tile) -> np.ndarray:
        if tile.low is not None:
            return tile.low
        r = self.recipe
        if r.degradation == "family":
            low, numbers = family.delivered(high, r.scale, len(self.numbers))
            self.numbers.append(numbers)
            return low
        return degrade.bicubic(high, r.scale)

    def __call__(self, weights: dict[str, Tensor], most: int) -> tuple[float, float]:
        self.module.load_state_dict(weights)
        fused = self._fused()
        every = max(1, len(self.high) // most)
        s, scores, self.pictures = self.recipe.scale, [], []
        for i in range(every // 2, len(self.high), every):
            high, low = self.high[i], self.low[i]
            if self.told:
                self.module.be_told(self.numbers[i])
                fused = self._fused()
            x = torch.from_numpy(low).to(self.device).float().div_(255 if low.dtype == np.uint8 else 1)[None]
            if self.recipe.mix_bands and fused.bands == 1:
                x = x.transpose(0, 1)  # band by band
            with torch.inference_mode():
                y = fused(x.to(memory_format=torch.channels_last))
            got = datasets.to_bytes(y.float().cpu().numpy()).reshape(high.shape)
            cut = (slice(None), slice(s, -s), slice(s, -s))
            scores.append((metrics.psnr(got[cut], high[cut]), metrics.ssim(got[cut], high[cut])))
            if len(self.pictures) < 4:
                self.pictures.append(
                    np.concatenate([datasets.to_bytes(low).repeat(s, 1).repeat(s, 2), got, high], axis=2)
                )
        psnr, ssim = np.mean(scores, axis=0)
        return float(psnr), float(ssim)

    def _fused(self) -> Network:
        fused: Network = channels_last(self.module.fused().eval())
        return fused
