"""LSFFNet as a CPU runs it: see `rs_sr.networks.pieces`.

The dynamic convolution works on planes, a strip of rows at a time that stays near the cores. A product of matrices
makes its taps as planes. The mean over taps is taken out of the weights that make them; the norm's bias, the same
everywhere, is an ordinary depthwise convolution.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.layers import affine, shuffled
from rs_sr.networks.lsffnet import TAPS, Group, LSBlock, LSFFNet
from rs_sr.networks.pieces import Gathered, gated

STRIP = 6144  # pixels; with fewer the calls cost more than the caches bring


class FastLSBlock(nn.Module):
    """`rs_sr.networks.lsffnet.LSBlock` with its layers. It adds to what it is given, in place."""

    taps: Tensor
    bias: Tensor
    gain: Tensor

    def __init__(self, block: LSBlock) -> None:
        super().__init__()
        ls, norm = block.ls, block.ls.tap_norm
        weight, bias = affine(block.dw)
        weight = weight.detach().clone()
        weight[:, :, 1, 1] += 1
        self.dw = onednn.made(weight, bias, padding=1, groups=len(weight))
        self.se, self.ffn_norm, self.ls_norm = block.se, block.ffn_norm, block.ls_norm
        self.wide, self.narrow = block.ffn[0], block.ffn[2]
        self.reduce, self.large, self.mix = ls.reduce, ls.large, ls.mix
        weight, bias = (_centred(t, ls.kernels) for t in affine(ls.taps))
        self.register_buffer("taps", weight.flatten(1))
        self.register_buffer("bias", bias[:, None])
        self.register_buffer("gain", norm.weight.detach()[:, :, None])
        static = norm.bias.detach().repeat(len(self.dw.weight) // ls.kernels, 1).reshape(-1, 1, 3, 3)
        self.static = onednn.made(static, padding=1, groups=len(static))
        for layer in (self.se, self.wide, self.narrow, self.reduce, self.large, self.mix):
            onednn.take_over(layer)

    def forward(self, x: Tensor) -> Tensor:
        wide: Any = self.wide
        narrow: Any = self.narrow
        reduce: Any = self.reduce
        mix: Any = self.mix
        x = gated(self.dw, self.se, x)
        x = narrow.onto(x, wide.gelu(self.ffn_norm(x)))
        seen = self.ls_norm(x)
        told = mix.relu(self.large(reduce.relu(seen)))
        x = self.static.onto(x, seen)
        for total, picture, its in zip(x, seen, told, strict=True):
            self.add_aggregated(total, picture, its)
        return x

    def add_aggregated(self, total: Tensor, x: Tensor, told: Tensor) -> None:
        """Add to `total`, (channel, y, x), what `rs_sr.networks.lsffnet.aggregated` makes of `x`.

        Its taps are made of `told`, (channel, y, x); they have the mean 0 over nine.
        """
        channels, height, width = x.shape
        kernels, row = len(self.gain), width + 2
        # Pixels with one around; one pixel down or right is a step in memory, so that rows need not be told apart.
        pixels = functional.pad(x.permute(1, 2, 0), (0, 0, 1, 1, 1, 2)).view(-1, channels)
        tells = functional.pad(told.permute(1, 2, 0), (0, 0, 0, 2)).view(height * row, -1)
        rows = max(1, STRIP // row)
        for top in range(0, height, rows):
            strip = slice(top, min(top + rows, height))
            start, stop = top * row, strip.stop * row
            planes = pixels[start : stop + 2 * row + 2].t().contiguous().view(-1, kernels, stop - start + 2 * row + 2)
            own = torch.addmm(self.bias, self.taps, tells[start:stop].t()).view(kernels, TAPS, -1)
            factor = own.square().mean(1).add_(1e-5).rsqrt_()
            own *= self.gain
            steps = [t // 3 * row + t % 3 for t in range(TAPS)]
            shifted = [planes[:, :, step : step + stop - start] for step in steps]
            out = shifted[0] * own[:, 0]
            for t in range(1, TAPS):
                out.addcmul_(shifted[t], own[:, t])
            out.mul_(factor)
            made = out.view(channels, -1, row)[:, :, :width].permute(1, 2, 0).contiguous()
            total[:, strip].permute(1, 2, 0).add_(made)


def _centred(taps: Tensor, kernels: int) -> Tensor:
    """The weight or bias of a layer that makes taps, without the mean over nine."""
    own = torch.unflatten(taps.detach().double(), 0, (kernels, TAPS))
    return (own - own.mean(1, keepdim=True)).flatten(0, 1).to(taps.dtype)


class FastGroup(nn.Module):
    """`rs_sr.networks.lsffnet.Group` with its layers. It works in place."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(FastLSBlock(block) for block in group.blocks)  # type: ignore[arg-type]
        self.fuse, self.cca = Gathered(group.fuse, len(self.blocks)), group.cca
        onednn.take_over(self.cca)

    def forward(self, x: Tensor) -> Tensor:
        total: Tensor | None = None
        for i, block in enumerate(self.blocks):
            x = block(x)
            total = self.fuse.add(i, total, x)
        assert total is not None
        return total.mul_(self.cca.gate(total))


class FastLSFFNet(nn.Module):
    """An `LSFFNet` in its inference form, whose layers it takes. Same input and output."""

    def __init__(self, network: LSFFNet) -> None:
        super().__init__()
        self.scale, self.bands, self.statistics = network.scale, network.bands, network.statistics
        self.groups = nn.ModuleList(FastGroup(group) for group in network.groups)  # type: ignore[arg-type]
        self.head, self.up = network.head, network.up
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = y = self.head(x)
        for group in self.groups:
            y = group(y)
        detail = shuffled(self.up(y.add_(first)), self.scale)
        smooth = functional.interpolate(x.contiguous(), scale_factor=self.scale, mode="bilinear", align_corners=False)
        return detail.add_(smooth)
