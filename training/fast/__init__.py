"""The same mathematics, faster in training on a CPU."""

from __future__ import annotations

import torch
from torch import nn

from rs_sr.networks import onednn
from training.fast import depthwise, dynamic, windows


def prepare(module: nn.Module, device: torch.device) -> nn.Module:
    """`module` itself; on a CPU its slow layers get another forward and backward pass, of the same result."""
    if device.type == "cpu":
        depthwise.take_over(module)
        dynamic.take_over(module)
        windows.take_over(module)
    return module


def has_bf16(device: torch.device) -> bool:
    """Whether bfloat16 is worth asking for."""
    return device.type != "cpu" or onednn.has_bf16()
