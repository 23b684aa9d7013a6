"""Any network in the form that runs fastest on this CPU."""

from __future__ import annotations

import torch
from torch import nn

from rs_sr.networks import onednn
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.lkdn_fast import FastLKDN


def quickened(network: nn.Module) -> tuple[nn.Module, bool]:
    """`network`, which is in its inference form and is used up, channels last, and whether oneDNN's fused calls run it.

    Exact but for the order of float32 sums.
    """
    fused = onednn.works()
    if fused:
        network = FastLKDN(network).eval() if isinstance(network, LKDN) else network
        onednn.take_over(network)
    return network.to(memory_format=torch.channels_last), fused  # type: ignore[call-overload]
