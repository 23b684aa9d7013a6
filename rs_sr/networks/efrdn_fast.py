"""EFRDN as a CPU runs it: see `rs_sr.networks.pieces`. Channels that lie in turns or side by side are summed instead of
put together; tokens keep the order of memory, so that a row of windows is copied once and added back nine times."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.efrdn import (
    ACDM,
    EFFB,
    EFRDN,
    FFLB,
    GCRB,
    HEADS,
    WINDOW,
    SelfCalibrated,
    SpatialGate,
    Transformer,
    neighbours,
)  # fmt: skip
from rs_sr.networks.layers import affine, shuffled
from rs_sr.networks.onednn import dense, made
from rs_sr.networks.pieces import Gathered, contiguous, ungrouped, weighed

TINY, HUGE = 1e-25, 1e25  # sums of powers between these have all the digits of float32


class FastGCRB(nn.Module):
    """`rs_sr.networks.efrdn.GCRB` with its layers."""

    def __init__(self, block: GCRB) -> None:
        super().__init__()
        self.down, self.depthwise = block.down.conv, block.depthwise.conv
        assert isinstance(block.up.conv, nn.Conv2d)
        self.up = ungrouped(block.up.conv)
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        down: Any = self.down
        depthwise: Any = self.depthwise
        return self.up.plus(x, depthwise.relu(down.relu(x)))


class FastSelfCalibrated(nn.Module):
    """`rs_sr.networks.efrdn.SelfCalibrated` with its layers, in place: both halves in one convolution."""

    def __init__(self, block: SelfCalibrated) -> None:
        super().__init__()
        halves = zip(affine(block.left), affine(block.right), strict=True)
        self.both = made(*(torch.cat(pair) for pair in halves), padding=1, groups=8)
        self.gate, self.cal, self.merge = block.gate, block.cal, block.merge
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        left = contiguous(x[:, : x.shape[1] // 2])
        merge: Any = self.merge
        cal: Any = self.cal
        gate = self.gate
        wanted = cal(gate(left)) if isinstance(gate, SpatialGate) else cal.taking(gate.gate(left), left)
        both = self.both(x)
        both[:, : left.shape[1]].mul_(wanted.add_(left).sigmoid_())
        return merge.onto(x, both)


class InTurns(nn.Module):
    """A convolution of `rs_sr.networks.efrdn.in_turns` of two inputs, as the sum of one of each."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        weight, bias = affine(conv)
        self.first = made(weight[:, ::2], bias, padding=1, groups=conv.groups)
        self.second = made(weight[:, 1::2], padding=1, groups=conv.groups)

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return self.second.onto(self.first(a), b)


class FastEFFB(nn.Module):
    """`rs_sr.networks.efrdn.EFFB` with its layers."""

    def __init__(self, block: EFFB) -> None:
        super().__init__()
        self.gcrb = nn.ModuleList(FastGCRB(b) for b in block.gcrb)  # type: ignore[arg-type]
        self.g1, self.g2 = InTurns(block.g1), InTurns(block.g2)
        self.scsa, self.scca = FastSelfCalibrated(block.scsa), FastSelfCalibrated(block.scca)

    def forward(self, x: Tensor) -> Tensor:
        first = self.gcrb[0](x)
        second = self.gcrb[1](first)
        mixed = self.scsa(self.g1(first, second))
        return self.scca(self.g2(mixed, self.gcrb[2](second)))


class FastFFLB(nn.Module):
    """`rs_sr.networks.efrdn.FFLB` with its layers."""

    def __init__(self, block: FFLB) -> None:
        super().__init__()
        self.gcrb1, self.gcrb2, self.effb = FastGCRB(block.gcrb1), FastGCRB(block.gcrb2), FastEFFB(block.effb)
        self.esa1, self.esa2 = block.esa1, block.esa2
        self.a1, self.b1, self.a2, self.b2 = block.a1, block.b1, block.a2, block.b2
        self.s1, self.s2 = block.s1, block.s2

    def forward(self, x: Tensor) -> Tensor:
        lower = weighed(self.esa1, self.gcrb1(x))
        gate = self.b1.gate(lower)
        upper, lower = torch.addcmul(x, lower, gate), lower.addcmul_(x, self.a1.gate(x))
        upper = weighed(self.esa2, self.gcrb2(upper))
        gate = self.b2.gate(lower)
        gates = self.s1 + self.s2 * self.a2.gate(upper), self.s2 + self.s1 * gate
        return self.effb(upper.mul_(gates[0]).addcmul_(lower, gates[1])).add_(x)


class FastACDM(nn.Module):
    """`rs_sr.networks.efrdn.ACDM` with its layers, in the form for one use."""

    def __init__(self, block: ACDM) -> None:
        super().__init__()
        onednn.take_over(block)
        self.kept, self.refine, self.last = block.kept, block.refine, block.last
        self.acrb = nn.ModuleList(b.body.conv for b in block.acrb)  # type: ignore[union-attr, misc]
        self.fflb = nn.ModuleList(FastFFLB(b) for b in block.fflb)  # type: ignore[arg-type]
        rest = block.last.out_channels
        self.fuse = Gathered(block.fuse, [self.kept] * len(self.acrb) + [rest])
        scsa, scca, self.mix = block.mscc
        self.scsa, self.scca = FastSelfCalibrated(scsa), FastSelfCalibrated(scca)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        total: Tensor | None = None
        rest = x
        acrb: Any
        for i, (acrb, refine, fflb) in enumerate(zip(self.acrb, self.refine, self.fflb, strict=True)):
            kept, rest = (contiguous(part) for part in (rest[:, : self.kept], rest[:, self.kept :]))
            total = self.fuse.add(i, total, acrb.relu(kept).add_(kept))
            rest = fflb(refine(rest))
        total = self.fuse.add(len(self.acrb), total, self.last(rest))
        mix: Any = self.mix
        return mix.plus(x, self.scca(self.scsa(total)))


class FastTransformer(nn.Module):
    """`rs_sr.networks.efrdn.Transformer` with its weights, in the order of a token's pixels, then their channels."""

    def __init__(self, block: Transformer) -> None:
        super().__init__()
        full = block.norm1.weight.shape[0]
        order = torch.arange(full).view(-1, 9).t().flatten()
        for norm in (block.norm1, block.norm2):
            norm.weight.data, norm.bias.data = norm.weight[order], norm.bias[order]
        self.norm1, self.norm2, self.reduce, self.qkv = block.norm1, block.norm2, block.reduce, block.qkv
        self.proj, self.fc1, self.fc2 = block.proj, block.fc1, block.fc2
        for layer in (self.reduce, self.fc1):
            layer.weight.data = layer.weight[:, order].contiguous()
        for layer in (self.proj, self.fc2):
            layer.weight.data, layer.bias.data = layer.weight[order].contiguous(), layer.bias[order]
        half = self.qkv.in_features  # of powers of two, and of rows of scores: in the weights of q
        self.qkv.weight.data[:half] *= math.log2(math.e) / math.sqrt(half // HEADS)

    def forward(self, x: Tensor) -> Tensor:
        height, width = x.shape[2:]
        below, right = -height % WINDOW, -width % WINDOW
        padded = functional.pad(x.permute(0, 2, 3, 1), (0, 0, 1, right + 1, 1, below + 1))
        total = torch.zeros_like(padded)
        for picture, its in zip(padded, total, strict=True):
            for top in range(0, height, WINDOW):
                rows = slice(top, top + WINDOW + 2)
                self.add_windows(its[rows], picture[rows], min(WINDOW, height - top), width)
        count = neighbours(height, x)[:, None] * neighbours(width, x)
        return (total[:, 1 : height + 1, 1 : width + 1] / count[:, :, None]).permute(0, 3, 1, 2)

    def add_windows(self, total: Tensor, padded: Tensor, height: int, width: int) -> None:
        """Add to `total` what `Transformer.windows` makes of a row of windows, (y, x, channel) with a pixel around."""
        _, columns, channels = padded.shape
        across = (columns - 2) // WINDOW
        row = columns * channels
        places = (across, WINDOW, WINDOW, 3, 3 * channels), (WINDOW * channels, row, channels, row, 1)
        t = padded.as_strided(*places, padded.storage_offset()).reshape(across * WINDOW**2, -1)
        real = None
        if (height, width) != (WINDOW, columns - 2):
            y, x = torch.arange(WINDOW) < height, torch.arange(columns - 2) < width
            real = (y[None, :, None] & x.view(across, 1, WINDOW)).reshape(across, WINDOW**2)
        t += dense(self.attention(dense(self.norm1(t), self.reduce), real), self.proj)
        t += dense(dense(self.norm2(t), self.fc1, "relu"), self.fc2)
        if real is not None:
            t *= real.view(-1, 1)
        parts = t.view(across, WINDOW, WINDOW, 9, channels).permute(3, 1, 0, 2, 4)
        for k, part in enumerate(parts):
            down, over = divmod(k, 3)
            place = total[down : down + WINDOW, over : over + across * WINDOW]
            torch.unflatten(place, 1, (across, WINDOW)).add_(part)

    def attention(self, t: Tensor, real: Tensor | None) -> Tensor:
        """Eq. 30 of tokens (window * token, number), by powers of two that are not scaled by the largest.

        A third faster than torch's, and the same unless sums leave the range of float32: then torch's.
        """
        split = dense(t, self.qkv).view(-1, WINDOW**2, 3, HEADS, t.shape[1] // HEADS).permute(2, 0, 3, 1, 4)
        q, k, values = split[0].contiguous(), split[1].contiguous(), split[2]
        windows, _, tokens, width = q.shape
        v = q.new_ones(windows, HEADS, width + 1, tokens)  # the row of ones gives the sum of powers
        v[:, :, :width] = values.transpose(2, 3)
        hidden = None if real is None else torch.where(real, 0.0, -torch.inf).to(q.dtype)
        found = q.new_empty(windows, HEADS, tokens, width + 1)
        every = zip(*(each.flatten(0, 1).unbind() for each in (q, k, v, found)), strict=True)
        for i, (own, others, what, into) in enumerate(every):
            powers = onednn.linear(own, others, None if hidden is None else hidden[i // HEADS]).exp2_()
            into.copy_(onednn.linear(powers, what))
        sums = found[..., width:]
        if bool((sums > TINY).all() & (sums < HUGE).all()):
            y = found[..., :width] / sums
        else:
            mask = None if real is None else real[:, None, None, :]
            y = functional.scaled_dot_product_attention(q, k, values, attn_mask=mask, scale=math.log(2))
        return y.transpose(1, 2).reshape(windows * tokens, -1)


class FastEFRDN(nn.Module):
    """An `EFRDN` in its inference form, whose layers it takes. Same input and output."""

    def __init__(self, network: EFRDN) -> None:
        super().__init__()
        self.scale, self.bands, self.statistics = network.scale, network.bands, network.statistics
        self.acdm = nn.ModuleList(FastACDM(block) for block in network.acdm)  # type: ignore[arg-type]
        self.trans = nn.ModuleList(FastTransformer(block) for block in network.trans)  # type: ignore[arg-type]
        self.head, self.conv, self.up1, self.up2 = network.head, network.conv, network.up1, network.up2
        onednn.take_over(self)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = y = self.head(x)
        total = first.clone()
        conv: Any
        for conv, acdm in zip(self.conv, self.acdm, strict=False):
            y = conv(acdm(y).add_(total))
            total.add_(y)
        for conv, trans in zip(self.conv[len(self.acdm) :], self.trans, strict=True):
            conv.onto(total, trans(total))
        up1: Any = self.up1
        up2: Any = self.up2
        return shuffled(up2.onto(up1(total.add_(first)), first), self.scale)
