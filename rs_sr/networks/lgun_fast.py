"""LGUN as a CPU runs it: see `rs_sr.networks.pieces`. Parts of channels are made apart and never concatenated."""

from __future__ import annotations

from torch import Tensor, nn

from rs_sr.networks import onednn
from rs_sr.networks.layers import affine, dilated, shuffled
from rs_sr.networks.lgun import DGSA, FFN, LGUN, LKCS, MLHA, PARTS, Block
from rs_sr.networks.onednn import Conv
from rs_sr.networks.pieces import Gathered, gated


class FastMLHA(nn.Module):
    """`rs_sr.networks.lgun.MLHA` with its layers."""

    def __init__(self, attention: MLHA) -> None:
        super().__init__()
        weight, bias = affine(attention.inner)
        parts = zip(weight.chunk(PARTS), bias.chunk(PARTS), strict=True)
        self.inner = nn.ModuleList(onednn.made(w, b) for w, b in parts)
        self.outer, self.lkcs = Gathered(attention.outer, PARTS), attention.lkcs
        onednn.take_over(self.lkcs)

    def onto(self, total: Tensor, x: Tensor) -> Tensor:
        """Add the attention of `x` to `total` in place."""
        seen = self.inner[0](x)
        total = self.outer.add(0, total, seen.square())
        for i, lkcs in enumerate(self.lkcs, 1):
            part = self.inner[i](x)
            assert isinstance(lkcs, LKCS)
            near = lkcs.near(seen.add_(part))
            seen = lkcs.mix(dilated(lkcs.dilated, near))
            total = self.outer.add(i, total, part.mul_(seen))
        return total


class FastDGSA(nn.Module):
    """`rs_sr.networks.lgun.DGSA` with its layers."""

    def __init__(self, attention: DGSA) -> None:
        super().__init__()
        onednn.take_over(attention)
        self.whole = attention
        (weight, bias), (deep, deep_bias) = affine(attention.qkv), affine(attention.depthwise)
        third = slice(2 * len(weight) // 3, None)
        self.v = onednn.made(weight[third], bias[third])
        self.deep = onednn.made(deep[third], deep_bias[third], padding=1, groups=len(deep) // 3)

    def onto(self, total: Tensor, x: Tensor) -> Tensor:
        """Add the attention of `x` to `total` in place."""
        if self.whole.statistics.mode != "held":
            return total.add_(self.whole(x))
        return onednn.run_onto(total, self.deep(self.v(x)), self.whole.folded(), self.whole.project.bias)


class FastBlock(nn.Module):
    """`rs_sr.networks.lgun.Block` with its layers. It adds to what it is given, in place."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        attention, ffn = block.attention, block.ffn
        assert isinstance(attention, MLHA | DGSA)
        self.attention = FastMLHA(attention) if isinstance(attention, MLHA) else FastDGSA(attention)
        self.norm1, self.norm2, self.ffn = block.norm1, block.norm2, ffn
        assert isinstance(ffn, FFN)
        onednn.take_over(ffn)

    def forward(self, x: Tensor) -> Tensor:
        x = self.attention.onto(x, self.norm1(x))
        depthwise, reduce = self.ffn.depthwise, self.ffn.reduce
        assert isinstance(depthwise, Conv) and isinstance(reduce, Conv)
        wide = self.ffn.expand(self.norm2(x))
        return reduce.onto(x, gated(depthwise, self.ffn.se, wide, "gelu"))


class FastLGUN(nn.Module):
    """An `LGUN` in its inference form, whose layers it takes. Same input and output."""

    def __init__(self, network: LGUN) -> None:
        super().__init__()
        self.scale, self.bands, self.statistics = network.scale, network.bands, network.statistics
        self.blocks = nn.ModuleList(FastBlock(block) for block in (*network.shallow, *network.deep))
        self.head, self.tail = network.head, network.tail
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = self.head(x)
        y = first.clone()
        for block in self.blocks:
            y = block(y)
        return shuffled(self.tail(y.add_(first)), self.scale)
