"""How a coarse image comes from a fine one: antialiased bicubic, and the blur of a sensor with its MTF.

Both are a matrix per axis: ``low = rows @ high @ columns.T``, for a patch with `margin` coarse pixels to spare.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from rs_sr.pixels import kernels

MARGIN = 4  # coarse pixels around a patch, wider than every kernel here


def bicubic(pixels: NDArray[Any], scale: int) -> NDArray[Any]:
    """A whole tile (band, y, x), sides multiples of `scale`, as MATLAB's imresize would, rounded to 8 bits if it is."""
    low = kernels.reduce(pixels, scale)
    if pixels.dtype != np.uint8:
        return low.astype(pixels.dtype)
    return np.clip(np.floor(low + 0.5), 0, 255).astype(np.uint8)


def sigma_px(mtf: Tensor) -> Tensor:
    """Standard deviation, in coarse pixels, of the Gaussian whose modulation at the coarse Nyquist frequency is `mtf`.

    MTF(f) = exp(-2 pi^2 sigma^2 f^2) at f = 1/2 cycle per coarse pixel. The detector's area is part of it.
    """
    return torch.sqrt(-2 * torch.log(mtf)) / math.pi


def gaussian(sigma: Tensor, patch: int, scale: int, margin: int = MARGIN) -> Tensor:
    """Weights (batch, patch, (patch + 2 margin) * scale) of Gaussians sampled at block centres; rows add up to 1."""
    centre = (torch.arange(patch, device=sigma.device) + margin + 0.5) * scale - 0.5
    at = torch.arange((patch + 2 * margin) * scale, device=sigma.device)
    offset = (at[None] - centre[:, None]) / scale  # coarse pixels
    weights = torch.exp(-0.5 * (offset[None] / sigma[:, None, None]) ** 2)
    return weights / weights.sum(2, keepdim=True)


def cubic(batch: int, patch: int, scale: int, device: torch.device, margin: int = MARGIN) -> Tensor:
    """The same for antialiased bicubic (Keys, a = -0.5)."""
    centre = (np.arange(patch) + margin + 0.5) * scale - 0.5
    offset = (np.arange((patch + 2 * margin) * scale)[None] - centre[:, None]) / scale
    weights = kernels.cubic(offset)
    weights /= weights.sum(1, keepdims=True)
    return torch.as_tensor(weights, dtype=torch.float32, device=device).expand(batch, -1, -1)
