"""Parameters and multiply-adds as the field counts them: convolutions and linear layers, no biases or norms."""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn

from rs_sr.networks.contract import Network


def parameters(module: nn.Module) -> int:
    """All learned numbers."""
    return sum(p.numel() for p in module.parameters())


def multiply_adds(module: Network, height: int, width: int) -> int:
    """Multiply-accumulates of the convolutions and linear layers for one input of `height` x `width`.

    Run without numbers (on torch's meta device), in the form given; for the inference form give ``module.fused()``.
    """
    total = 0

    def add(layer: nn.Module, _: Any, out: Tensor) -> None:
        nonlocal total
        if isinstance(layer, nn.Conv2d):
            total += layer.weight.numel() * out.shape[0] * out.shape[-2] * out.shape[-1]
        elif isinstance(layer, nn.Linear):
            total += layer.weight.numel() * (out.numel() // out.shape[-1])

    copied = copy.deepcopy(module).to("meta").eval()
    for layer in copied.modules():
        layer.register_forward_hook(add)
    with torch.no_grad():
        copied(torch.empty(1, module.bands, height, width, device="meta"))
    return total


def macs_per_px(module: Network) -> int:
    """Multiply-accumulates of the inference form for one input pixel, over a window of 96 x 96."""
    return multiply_adds(module.fused(), 96, 96) // 96**2
