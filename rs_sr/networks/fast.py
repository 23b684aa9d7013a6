"""Any network in the form that runs fastest on this CPU."""

from __future__ import annotations

from torch import nn

from rs_sr.networks import onednn
from rs_sr.networks.alkdnet import ALKDNet
from rs_sr.networks.layers import channels_last
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.lkdn_fast import FastLKDN
from rs_sr.networks.plain import Plain

GAINING = (LKDN, ALKDNet, Plain)  # the others gain nothing on two threads, and LGUN's peak memory grows by a fifth


def quickened(network: nn.Module) -> tuple[nn.Module, bool]:
    """`network`, which is in its inference form and is used up, channels last, and whether oneDNN's fused calls run it.

    Exact but for the order of float32 sums.
    """
    fused = isinstance(network, GAINING) and onednn.works()
    if fused:
        network = FastLKDN(network).eval() if isinstance(network, LKDN) else network
        onednn.take_over(network)
    return channels_last(network), fused
