"""Layers that several networks share. Tensors are (batch, channel, y, x)."""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.onednn import Conv
from rs_sr.networks.statistics import Statistics, mean, mean_and_deviation

M = TypeVar("M", bound=nn.Module)


class BSConv(nn.Module):
    """Blueprint separable convolution: pointwise without bias, then depthwise 3x3 (Haase and Amthor, CVPR 2020)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.pw = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.dw = nn.Conv2d(outputs, outputs, 3, padding=1, groups=outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.dw(self.pw(x))


class PixelNorm(nn.Module):
    """Layer normalisation over the channels of each pixel (LKDN, section 3.2.2, eq. 13; from VapSR)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.eps = 1e-5

    def forward(self, x: Tensor) -> Tensor:
        last = x.permute(0, 2, 3, 1)  # (batch, y, x, channel)
        return functional.layer_norm(last, self.weight.shape, self.weight, self.bias, self.eps).permute(0, 3, 1, 2)


class ChannelGate(nn.Module):
    """Times a sigmoid of an image-wide value per channel, through two 1x1 layers.

    With `contrast` the value is mean plus standard deviation (CCA of IMDN, Hui et al. 2019, section 3.2), without it
    the mean (squeeze and excitation, Hu et al. 2018, eqs. 2 and 3). `gate` alone gives the factor.
    """

    def __init__(self, channels: int, hidden: int, statistics: Statistics, *, contrast: bool) -> None:
        super().__init__()
        self.conv_du = nn.Sequential(
            nn.Conv2d(channels, hidden, 1), nn.ReLU(), nn.Conv2d(hidden, channels, 1), nn.Sigmoid()
        )
        self.statistics = statistics
        self.measure = mean_and_deviation if contrast else mean

    def gate(self, x: Tensor) -> Tensor:
        return self.conv_du(self.statistics.of(x, self.measure))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.gate(x)


def channels_last(network: M) -> M:
    """The same network, with the channels of a pixel side by side in memory."""
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def affine(conv: nn.Conv2d) -> tuple[Tensor, Tensor]:
    """Weight and bias of a convolution that has one."""
    assert conv.bias is not None
    return conv.weight, conv.bias


def conv_gelu(conv: nn.Module, x: Tensor) -> Tensor:
    """The exact GELU of a convolution, in one call where the layer can."""
    return conv.gelu(x) if isinstance(conv, Conv) else functional.gelu(conv(x))


def conv_leaky_relu(conv: nn.Module, x: Tensor, slope: float) -> Tensor:
    """LeakyReLU of a convolution, in one call where the layer can."""
    return conv.leaky_relu(x, slope) if isinstance(conv, Conv) else functional.leaky_relu(conv(x), slope)


def dilated(conv: nn.Conv2d, x: Tensor) -> Tensor:
    """A depthwise convolution with dilation d, as one without it of the d x d pictures that take every d-th pixel.

    Only where oneDNN has no fast way for the kernel: this is then 2 to 20 times faster. Channels last.
    """
    d, k = int(conv.dilation[0]), int(conv.kernel_size[0])
    if d == 1 or not x.is_cpu or k <= onednn.widest_dilated():
        out: Tensor = conv(x)
        return out
    batch, channels, height, width = x.shape
    rows, columns = -(-height // d), -(-width // d)
    if (rows * d, columns * d) != (height, width):
        x = functional.pad(x, (0, columns * d - width, 0, rows * d - height))
    parts = x.permute(0, 2, 3, 1).reshape(batch, rows, d, columns, d, channels).permute(0, 2, 4, 1, 3, 5)
    parts = parts.reshape(batch * d * d, rows, columns, channels).permute(0, 3, 1, 2)
    seen = functional.conv2d(parts, conv.weight, conv.bias, padding=k // 2, groups=channels)
    back = seen.permute(0, 2, 3, 1).reshape(batch, d, d, rows, columns, channels).permute(0, 3, 1, 4, 2, 5)
    return back.reshape(batch, rows * d, columns * d, channels).permute(0, 3, 1, 2)[:, :, :height, :width]


def shuffled(x: Tensor, scale: int) -> Tensor:
    """The pixel shuffle of `x` to planes: of channels last in one copy, where torch's own makes two."""
    batch, channels, height, width = x.shape
    pixels = x.permute(0, 2, 3, 1).reshape(batch, height, width, channels // scale**2, scale, scale)
    return pixels.permute(0, 3, 1, 4, 2, 5).reshape(batch, -1, height * scale, width * scale)


def on_nearest(conv: nn.Module, y: Tensor, x: Tensor, scale: int) -> Tensor:
    """The pixel shuffle of a convolution of `y`, added to the nearest-neighbour enlargement of `x`."""
    if not isinstance(conv, Conv):
        return functional.pixel_shuffle(conv(y) + nearest_enlarged(x, scale), scale)
    spread = torch.eye(x.shape[1], dtype=x.dtype).repeat_interleave(scale * scale, 0)
    return shuffled(conv.onto(onednn.run(x, spread[:, :, None, None]), y), scale)


def nearest_enlarged(x: Tensor, scale: int) -> Tensor:
    """(batch, band, y, x) with each pixel as scale x scale channels, band by band: nearest after a pixel shuffle."""
    return x.repeat_interleave(scale * scale, dim=1)
