"""LSFFNet, rs_sr configuration: Large-kernel Small-span Feature Fusion Network (Zhou, Academic Journal of Emerging
Technologies 3(1), 2026).

Neither code nor weights are published, and the text gives no widths. Ours are every number, the two norms, and all that
the classes below say; the numbers fit the paper's parameter counts at x2 and x3 within 0.3 %. LSConv is that of LSNet
(Wang et al., CVPR 2025), which the paper takes over. Its channel attentions pool over the whole picture (`Statistics`).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.contract import Network
from rs_sr.networks.layers import ChannelGate, PixelNorm, affine
from rs_sr.networks.statistics import Statistics

TAPS = 9  # of the dynamic 3x3 kernels, row by row
SIGNS: tuple[str, ...] = ("head.weight", "groups.0.fuse.weight", "groups.0.blocks.0.ls.tap_norm.weight", "up.weight")


class TapNorm(nn.Module):
    """Dynamic kernels, (batch, kernel, 9, y, x), brought to mean 0 and variance 1 over the nine taps, then affine.

    Ours in place of LSNet's GroupNorm, whose sums run over the picture as well. The gain starts at 0.1: with 1 the
    chain of dynamic convolutions amplifies float32 rounding about tenfold a block.
    """

    def __init__(self, kernels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((kernels, TAPS), 0.1))
        self.bias = nn.Parameter(torch.zeros(kernels, TAPS))

    def forward(self, taps: Tensor) -> Tensor:
        centred = taps - taps.mean(2, keepdim=True)
        deviation = (centred.square().mean(2, keepdim=True) + 1e-5).sqrt()
        return centred / deviation * self.weight[..., None, None] + self.bias[..., None, None]


class LSConv(nn.Module):
    """Large-kernel perception, small-kernel aggregation (section 3.2, eq. 4; the layers are LSNet's).

    A static depthwise kernel looks far and gives each pixel `channels / dynamic_channels` kernels of 3x3; see
    `aggregated`.
    """

    def __init__(self, channels: int, large_kernel: int, dynamic_channels: int) -> None:
        super().__init__()
        half, self.kernels = channels // 2, channels // dynamic_channels
        self.reduce = nn.Conv2d(channels, half, 1)
        self.large = nn.Conv2d(half, half, large_kernel, padding=large_kernel // 2, groups=half)
        self.mix = nn.Conv2d(half, half, 1)
        self.taps = nn.Conv2d(half, self.kernels * TAPS, 1)
        self.tap_norm = TapNorm(self.kernels)

    def forward(self, x: Tensor) -> Tensor:
        seen = functional.relu(self.mix(self.large(functional.relu(self.reduce(x)))))
        return aggregated(x, self.tap_norm(self.taps(seen).unflatten(1, (-1, TAPS))))


class LSBlock(nn.Module):
    """Depthwise convolution, squeeze and excitation, feed-forward network and LSConv, with skips (section 3.2, Fig. 2).

    Ours: one feed-forward network, in the place of the text's list, and a pixel norm before it and before LSConv.
    """

    def __init__(
        self, channels: int, large_kernel: int, dynamic_channels: int, expansion: int, statistics: Statistics
    ) -> None:
        super().__init__()
        self.dw = nn.Conv2d(channels, channels, 3, padding=1, groups=channels)
        self.se = ChannelGate(channels, max(channels // 4, 1), statistics, contrast=False)
        self.ffn_norm = PixelNorm(channels)
        wide = expansion * channels
        self.ffn = nn.Sequential(nn.Conv2d(channels, wide, 1), nn.GELU(), nn.Conv2d(wide, channels, 1))
        self.ls_norm = PixelNorm(channels)
        self.ls = LSConv(channels, large_kernel, dynamic_channels)

    def forward(self, x: Tensor) -> Tensor:
        x = self.se(x + self.dw(x))
        x = x + self.ffn(self.ffn_norm(x))
        return x + self.ls(self.ls_norm(x))


class Group(nn.Module):
    """LSBlocks in a row and the AFFBlock over all their outputs (section 3.3, eqs. 5 to 7); CCA's quarter is ours."""

    def __init__(self, blocks: list[LSBlock], channels: int, statistics: Statistics) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.fuse = nn.Conv2d(len(blocks) * channels, channels, 1)
        self.cca = ChannelGate(channels, max(channels // 4, 1), statistics, contrast=True)

    def forward(self, x: Tensor) -> Tensor:
        kept = []
        for block in self.blocks:
            x = block(x)
            kept.append(x)
        return self.cca(self.fuse(torch.cat(kept, 1)))


class LSFFNet(Network):
    """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), neither clipped nor rounded.

    Section 3.1, eqs. 1 to 3: the network adds to the bilinear enlargement of its input. That it starts close to that
    (the last convolution at a tenth, its bias at 0) is ours.

    Parameters
    ----------
    scale, bands
        2, 3 or 4 in the paper, any bands in and out.
    features, groups, blocks
        48 channels, 4 groups of 4 blocks; `features` is a multiple of `dynamic_channels`.
    large_kernel, dynamic_channels, expansion
        The static kernel, odd; channels that share a dynamic kernel; how much wider the feed-forward network is inside.
    """

    halo = 24  # input pixels; the exact one is the radius

    def __init__(
        self,
        *,
        scale: int,
        bands: int = 3,
        features: int = 48,
        groups: int = 4,
        blocks: int = 4,
        large_kernel: int = 7,
        dynamic_channels: int = 8,
        expansion: int = 2,
    ) -> None:
        super().__init__()
        if features % dynamic_channels:
            raise ValueError(f"features is {features} and must be a multiple of dynamic_channels, {dynamic_channels}")
        if large_kernel % 2 == 0:
            raise ValueError(f"large_kernel is {large_kernel} and must be odd")
        self.scale, self.bands, self.features, self.blocks = scale, bands, features, blocks
        self.dynamic_channels, self.expansion = dynamic_channels, expansion
        self.statistics = Statistics()
        self.head = nn.Conv2d(bands, features, 3, padding=1)
        sizes = (features, large_kernel, dynamic_channels, expansion)
        self.groups = nn.ModuleList(
            Group([LSBlock(*sizes, self.statistics) for _ in range(blocks)], features, self.statistics)
            for _ in range(groups)
        )
        self.up = nn.Conv2d(features, bands * scale**2, 3, padding=1)
        with torch.no_grad():
            weight, bias = affine(self.up)
            weight.mul_(0.1)
            bias.zero_()

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = y = self.head(x)
        for group in self.groups:
            y = group(y)
        detail = functional.pixel_shuffle(self.up(first + y), self.scale)
        return detail + functional.interpolate(x, scale_factor=self.scale, mode="bilinear", align_corners=False)

    @property
    def radius(self) -> int:
        """How far the output looks with held values, in input pixels: 1 + large kernel's a block, 1 at each end."""
        blocks = [m for m in self.modules() if isinstance(m, LSBlock)]
        return 2 + sum(1 + max(block.ls.large.kernel_size[0] // 2, 1) for block in blocks)

    @property
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass, estimated from the widths.

        The blocks' outputs of a group are held and concatenated. Fitted to the peak of whole runs:
        tests/benchmarks/README.md.
        """
        maps = 3 * self.blocks + 1 + 2 * self.expansion + 4 * TAPS / self.dynamic_channels
        return int(4 * self.features * maps + 8 * self.bands * self.scale**2)

    def fused(self) -> LSFFNet:
        """Itself in evaluation mode: there is nothing to fold."""
        return self.eval()


def aggregated(x: Tensor, taps: Tensor) -> Tensor:
    """`x`, (batch, channel, y, x), convolved at each pixel with its own kernels, `taps`: (batch, kernel, 9, y, x).

    Channel c takes kernel ``c mod kernels``; outside the picture is zero. In sums of shifted pictures: faster here than
    unfolding, and it exports.
    """
    height, width = x.shape[2:]
    kernels = taps.shape[1]
    padded = torch.unflatten(functional.pad(x, (1, 1, 1, 1)), 1, (-1, kernels))
    shifted = [padded[..., t // 3 : t // 3 + height, t % 3 : t % 3 + width] for t in range(TAPS)]
    out = shifted[0] * taps[:, None, :, 0]
    for t in range(1, TAPS):
        out = torch.addcmul(out, shifted[t], taps[:, None, :, t])
    return out.flatten(1, 2)


def read(tensors: dict[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, off the shapes of a state dict."""
    features, bands = tensors["head.weight"].shape[:2]
    first = "groups.0.blocks.0."
    return {
        "scale": round((tensors["up.weight"].shape[0] / bands) ** 0.5),
        "bands": bands,
        "features": features,
        "groups": len({name.split(".")[1] for name in tensors if name.startswith("groups.")}),
        "blocks": tensors["groups.0.fuse.weight"].shape[1] // features,
        "large_kernel": tensors[first + "ls.large.weight"].shape[-1],
        "dynamic_channels": features // tensors[first + "ls.tap_norm.weight"].shape[0],
        "expansion": tensors[first + "ffn.0.weight"].shape[0] // features,
    }
