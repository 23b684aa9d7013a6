"""ALKDNet as a CPU runs it: see `rs_sr.networks.pieces`. Nothing is concatenated; chains are worked on in place."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.alkdnet import ALKDB, ALKConv, ALKDNet
from rs_sr.networks.layers import on_nearest
from rs_sr.networks.pieces import Gathered, once, weighed


def normed(conv: ALKConv, x: Tensor) -> Tensor:
    """`rs_sr.networks.alkdnet.ALKConv` of `x`, whose layers are `rs_sr.networks.onednn.Conv`."""
    tall: Any = conv.LoRA1
    wide: Any = conv.LoRA2
    small: Any = conv.small_conv
    y = conv.pw(x)
    seen = tall.gelu(y).add_(wide.gelu(y)).add_(small.gelu(y))
    return conv.norm(seen.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class FastALKDB(nn.Module):
    """`rs_sr.networks.alkdnet.ALKDB` with its layers."""

    def __init__(self, block: ALKDB) -> None:
        super().__init__()
        onednn.take_over(block)
        self.distil = nn.ModuleList(getattr(block, f"c{i}_d") for i in (1, 2, 3))
        self.refine = nn.ModuleList(getattr(block, f"c{i}_r") for i in (1, 2, 3))
        self.c4, self.c5 = block.c4, Gathered(block.c5, 4)
        self.esa, self.cca, self.pixel_norm = block.esa, block.cca, block.pixel_norm

    def forward(self, x: Tensor) -> Tensor:
        act = functional.gelu
        mixed: Tensor | None = None
        refined = x
        distil: Any
        refine: Any
        for i, (distil, refine) in enumerate(zip(self.distil, self.refine, strict=True)):
            mixed = self.c5.add(i, mixed, distil.gelu(refined))
            refined = act(normed(refine, refined).add_(refined))
        condensed = weighed(self.esa, self.c5.add(3, mixed, act(normed(self.c4, refined))))
        del refined, mixed
        return self.pixel_norm(condensed.mul_(self.cca.gate(condensed))).add_(x)


class FastALKDNet(nn.Module):
    """An `ALKDNet` in its inference form, whose layers it takes. Same input and output."""

    def __init__(self, network: ALKDNet) -> None:
        super().__init__()
        self.scale, self.bands, self.statistics = network.scale, network.bands, network.statistics
        self.fea_conv = once(network.fea_conv, network.bands)
        self.blocks = nn.ModuleList(FastALKDB(getattr(network, f"B{k}")) for k in range(1, network.blocks + 1))
        self.c1 = Gathered(network.c1, network.blocks)
        self.c2, self.c_up = network.c2, network.c_up
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        y = first = self.fea_conv(x)
        total: Tensor | None = None
        for k, block in enumerate(self.blocks):
            y = block(y)
            total = self.c1.add(k, total, y)
        assert total is not None
        y = normed(self.c2, functional.gelu(total)).add_(first)
        return on_nearest(self.c_up, y, x, self.scale)
