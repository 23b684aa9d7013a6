"""Any network in the form that runs fastest on this CPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from rs_sr.networks import onednn
from rs_sr.networks.alkdnet import ALKDNet
from rs_sr.networks.alkdnet_fast import FastALKDNet
from rs_sr.networks.efrdn import EFRDN
from rs_sr.networks.efrdn_fast import FastEFRDN
from rs_sr.networks.layers import channels_last
from rs_sr.networks.lgun import LGUN
from rs_sr.networks.lgun_fast import FastLGUN
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.lkdn_fast import FastLKDN
from rs_sr.networks.lsffnet import LSFFNet
from rs_sr.networks.lsffnet_fast import FastLSFFNet

FORMS: dict[type[nn.Module], Callable[[Any], nn.Module]] = {
    LKDN: FastLKDN, ALKDNet: FastALKDNet, LSFFNet: FastLSFFNet, LGUN: FastLGUN, EFRDN: FastEFRDN,
}  # fmt: skip


def quickened(network: nn.Module) -> tuple[nn.Module, bool]:
    """`network`, which is in its inference form and is used up, channels last, and whether oneDNN's fused calls run it.

    Exact but for the order of float32 sums.
    """
    fused = onednn.works()
    if fused:
        form = FORMS.get(type(network))
        network = form(network).eval() if form else network
        onednn.take_over(network)
    return channels_last(network), fused
