"""LKDN and LKDN-S as a CPU runs them: the same sums, with fewer passes over memory.

What the network concatenates is never put together: each part's share of the following 1x1 convolution is added as soon
as the part is there. Convolutions take their GELU along, the input's four copies are one, sums happen in place.
"""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.lkdn import LKDB, LKDN


class Gathered(nn.Module):
    """A 1x1 convolution of parts that come one by one instead of concatenated."""

    def __init__(self, conv: nn.Conv2d, parts: int) -> None:
        super().__init__()
        each, outputs = conv.in_channels // parts, conv.out_channels
        self.parts = nn.ModuleList()
        for i in range(parts):
            part = nn.Conv2d(each, outputs, 1, bias=i == 0 and conv.bias is not None)
            part.weight.data = conv.weight.detach()[:, i * each : (i + 1) * each].clone()
            if part.bias is not None:
                part.bias = conv.bias
            self.parts.append(part)
        onednn.take_over(self)

    def add(self, i: int, total: Tensor | None, x: Tensor) -> Tensor:
        """`total` of the parts before, None for the first, with part `i` added in place."""
        part = self.parts[i]
        assert isinstance(part, onednn.Conv)
        return part(x) if total is None else part.onto(total, x)


class FastLKDB(nn.Module):
    """`rs_sr.networks.lkdn.LKDB` with its layers."""

    def __init__(self, block: LKDB) -> None:
        super().__init__()
        onednn.take_over(block)
        self.distil = nn.ModuleList(getattr(block, f"c{i}_d") for i in (1, 2, 3))
        self.refine = nn.ModuleList(getattr(block, f"c{i}_r") for i in (1, 2, 3))
        self.c4, self.c6, self.atten, self.pixel_norm = block.c4, block.c6, block.atten, block.pixel_norm
        self.c5 = Gathered(block.c5, 4)

    def forward(self, x: Tensor) -> Tensor:
        mixed: Tensor | None = None
        refined = x
        distil: Any
        refine: Any
        for i, (distil, refine) in enumerate(zip(self.distil, self.refine, strict=True)):
            mixed = self.c5.add(i, mixed, distil.gelu(refined))
            refined = refine.dw.gelu(refine.pw(refined))
        last: Any = self.c4
        mixed = self.c5.add(3, mixed, last.dw.gelu(last.pw(refined)))
        del refined
        a = self.atten
        seen = a.depthwise_dilated(a.depthwise(a.pointwise(mixed))).mul_(mixed)
        return self.pixel_norm(self.c6(seen)).add_(x)


class FastLKDN(nn.Module):
    """An `LKDN` in its inference form, whose layers it takes. Same input and output."""

    def __init__(self, network: LKDN) -> None:
        super().__init__()
        self.scale, self.bands = network.scale, network.bands
        head = network.fea_conv.pw
        pw = nn.Conv2d(network.bands, head.out_channels, 1, bias=False)
        pw.weight.data = head.weight.detach().reshape(-1, 4, network.bands, 1, 1).sum(1)
        self.fea_conv = network.fea_conv
        self.fea_conv.pw = pw
        self.blocks = nn.ModuleList(FastLKDB(getattr(network, f"B{k}")) for k in range(1, network.blocks + 1))
        self.c1 = Gathered(network.c1, network.blocks)
        self.c2, self.upsampler = network.c2, network.upsampler
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        y = first = self.fea_conv(x)
        total: Tensor | None = None
        for k, block in enumerate(self.blocks):
            y = block(y)
            total = self.c1.add(k, total, y)
        assert total is not None
        y = self.c2(functional.gelu(total)).add_(first)
        return self.upsampler(y)
