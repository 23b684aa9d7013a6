"""LKDN and LKDN-S as a CPU runs them: the same sums, with fewer passes over memory.

What the network concatenates is never put together: each part's share of the following 1x1 convolution is added as soon
as the part is there. Convolutions take their GELU along, the input's four copies are one, sums happen in place.
Channels of zeros make their number a multiple of 16 where that is faster.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.layers import dilated, shuffled
from rs_sr.networks.lkdn import LKDB, LKDN
from rs_sr.networks.pieces import Gathered, once


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
        seen = dilated(a.depthwise_dilated, a.depthwise(a.pointwise(mixed))).mul_(mixed)
        return self.pixel_norm(self.c6(seen)).add_(x)


class FastLKDN(nn.Module):
    """An `LKDN` in its inference form, whose layers it takes. Same input and output."""

    def __init__(self, network: LKDN) -> None:
        super().__init__()
        network = widened(network)
        self.scale, self.bands = network.scale, network.bands
        self.fea_conv = once(network.fea_conv, network.bands)
        self.blocks = nn.ModuleList(FastLKDB(getattr(network, f"B{k}")) for k in range(1, network.blocks + 1))
        self.c1 = Gathered(network.c1, network.blocks)
        assert isinstance(network.upsampler, nn.Sequential)
        self.c2, self.last = network.c2, network.upsampler[0]
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        y = first = self.fea_conv(x)
        total: Tensor | None = None
        for k, block in enumerate(self.blocks):
            y = block(y)
            total = self.c1.add(k, total, y)
        assert total is not None
        y = self.c2(functional.gelu(total)).add_(first)
        return shuffled(self.last(y), self.scale)


def widened(network: LKDN) -> LKDN:
    """The same function with as many channels as this processor likes; the network itself where they are that many.

    What is added stays 0, but in front of each pixel norm, where it is the mean of the others and so leaves the mean:
    the variance, now over more channels, is smaller by their share, which the norm's weight takes back.
    """
    features, attention = onednn.liked(network.features), onednn.liked(network.attention)
    if (features, attention) == (network.features, network.attention):
        return network
    wide = LKDN(scale=network.scale, bands=network.bands, features=features, attention=attention, blocks=network.blocks)
    known, share = network.state_dict(), network.features / features
    with torch.no_grad():
        for name, new in wide.state_dict().items():
            old, parts = known[name], network.blocks if name == "c1.weight" else 4 if "c5.w" in name else 1
            new.zero_()
            inputs = 1 if old.ndim > 1 else 0
            for into, of in zip(new.chunk(parts, inputs), old.chunk(parts, inputs), strict=True):
                into[tuple(slice(n) for n in of.shape)] = of
        for k in range(1, network.blocks + 1):
            block: Any = getattr(wide, f"B{k}")
            for tensor in (block.c6.weight, block.c6.bias):
                tensor[network.features :] = tensor[: network.features].double().mean(0)
            block.pixel_norm.eps *= share
            block.pixel_norm.weight *= math.sqrt(share)
    return wide
