"""Pieces that the fast forms of the networks share: oneDNN's convolutions, put together to pass memory less often."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import onednn
from rs_sr.networks.layers import BSConv, ChannelGate
from rs_sr.networks.onednn import Conv


class Gathered(nn.Module):
    """A convolution of parts, of so many channels or so many of equal size, that come one by one."""

    def __init__(self, conv: nn.Conv2d, parts: int | list[int]) -> None:
        super().__init__()
        weights = conv.weight.chunk(parts, 1) if isinstance(parts, int) else torch.split(conv.weight, parts, 1)
        padding = conv.kernel_size[0] // 2
        self.parts = nn.ModuleList(
            onednn.made(w, None if i else conv.bias, padding=padding) for i, w in enumerate(weights)
        )

    def add(self, i: int, total: Tensor | None, x: Tensor) -> Tensor:
        """`total` of the parts before, None for the first, with part `i` added in place."""
        part = self.parts[i]
        assert isinstance(part, Conv)
        return part(x) if total is None else part.onto(total, x)


def contiguous(x: Tensor) -> Tensor:
    """`x`, channels last and without gaps."""
    return x.contiguous(memory_format=torch.channels_last)


def ungrouped(conv: nn.Conv2d) -> Conv:
    """A 1x1 convolution of groups as one of a single group, with zeros."""
    rows = conv.weight.shape[0] // conv.groups
    blocks = [w.flatten(1) for w in torch.split(conv.weight.detach(), rows)]
    weight: Tensor = torch.block_diag(*blocks)  # type: ignore[no-untyped-call]
    return onednn.made(weight[:, :, None, None], conv.bias)


def gated(conv: Conv, gate: ChannelGate, x: Tensor, activation: str = "none") -> Tensor:
    """The convolution of `x`, its gate, and then the GELU if asked; a held gate is part of the weights."""
    if gate.statistics.mode == "held":
        return conv.gained(gate.gate(x), x, activation)
    y = gate(conv(x))
    return functional.gelu(y) if activation == "gelu" else y


def weighed(esa: Any, x: Tensor) -> Tensor:
    """The enhanced spatial attention (`ESA`) of ALKDNet or EFRDN of `x` in place, whose layers are `onednn.Conv`."""
    a = esa.conv1(x)
    return x.mul_(esa.conv4.sigmoid(esa.conv_f.onto(contiguous(esa.spread(a)), a)))


def once(head: BSConv, bands: int) -> BSConv:
    """A first layer that takes the input repeated four times, changed to take it once."""
    weight = head.pw.weight.detach()
    head.pw = onednn.made(weight.reshape(len(weight), 4, bands, 1, 1).sum(1))
    return head
