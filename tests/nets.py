"""Networks made in code: small, with random weights that look at all that they can."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from rs_sr.networks import build, statistics
from rs_sr.networks.contract import Network
from rs_sr.networks.layers import ChannelGate

SMALL: dict[str, dict[str, Any]] = {
    "plain": {"channels": 8, "layers": 3},
    "lkdn": {"features": 8, "attention": 8, "blocks": 1},
    "alkdnet": {"features": 16, "blocks": 1},
    "lsffnet": {"features": 16, "groups": 1, "blocks": 1},
    "efrdn": {"features": 16, "acdms": 1, "uses": 2, "transformers": 1, "hidden": 16},
    "lgun": {"features": 16, "shallow": 1, "deep": 1},
}
GAIN = {"alkdnet": 1.5, "efrdn": 1.0, "lgun": 3.0}  # of the weights; others 2


def narrow(network: str, scale: int = 2, bands: int = 3, **arguments: Any) -> Network:
    """As it is before training, in evaluation mode."""
    torch.manual_seed(0)
    return build(network, {"scale": scale, "bands": bands} | SMALL[network] | arguments).eval()


def randomised(network: str, **arguments: Any) -> Any:
    """In float64 and evaluation mode: weights and biases all random and large enough to reach far, no gate closed,
    running statistics from a random batch."""
    module = narrow(network, **arguments).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(GAIN.get(network, 2.0)).add_(0.05 * torch.randn_like(parameter))
        for gate in module.modules():
            if isinstance(gate, ChannelGate):
                gate.conv_du[0].weight.mul_(0.1)
                gate.conv_du[0].bias.fill_(1)  # few hidden units: one that is not above 0 would close the gate
        module.train()(torch.rand(2, module.bands, 24, 24, dtype=torch.float64))
    return module.eval()


def smooth(*shape: int, waves: int = 5) -> Tensor:
    """Random waves, 0..1, so many across the picture."""
    torch.manual_seed(0)
    return functional.interpolate(torch.rand(*shape[:2], waves, waves), shape[2:], mode="bicubic").clamp(0, 1)


def hold(module: Any, x: Tensor) -> Any:
    """The same network, with what it pools over `x` held."""
    statistics.hold(module, statistics.collect(module, x))
    return module


def tiled(module: Any, x: Tensor, core: int, halo: int) -> Tensor:
    """The result, made of tiles."""
    s, (height, width) = module.scale, x.shape[2:]
    out = torch.full((1, x.shape[1], height * s, width * s), torch.nan, dtype=x.dtype)
    for row in range(0, height, core):
        for col in range(0, width, core):
            bottom, right = min(row + core, height), min(col + core, width)
            top, left = max(row - halo, 0), max(col - halo, 0)
            tile = module(x[:, :, top : bottom + halo, left : right + halo])
            out[:, :, row * s : bottom * s, col * s : right * s] = tile[
                :, :, (row - top) * s : (bottom - top) * s, (col - left) * s : (right - left) * s
            ]
    return out
