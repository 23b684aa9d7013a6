"""Layers that several networks share. Tensors are (batch, channel, y, x)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class BSConv(nn.Module):
    """Blueprint separable convolution: pointwise without bias, then depthwise 3x3 (Haase and Amthor, CVPR 2020)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.pw = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.dw = nn.Conv2d(outputs, outputs, 3, padding=1, groups=outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.dw(self.pw(x))  # type: ignore[no-any-return]


class PixelNorm(nn.Module):
    """Layer normalisation over the channels of each pixel (LKDN, section 3.2.2, eq. 13; from VapSR)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        last = x.permute(0, 2, 3, 1)  # (batch, y, x, channel)
        return functional.layer_norm(last, self.weight.shape, self.weight, self.bias, 1e-5).permute(0, 3, 1, 2)
