"""A network that is told how its scene was taken: a gain and a shift for each channel of some of its layers.

Both come from six numbers by a small network (feature-wise linear modulation, Perez et al., AAAI 2018). The numbers are
constant over a run, so that gains and shifts fold into weights and biases that are there: no cost, no seams.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.contract import Network
from rs_sr.sensors.numbers import CAUTIOUS, RANGES, Numbers

NUMBERS = Numbers._fields  # what is told; `rs_sr.sensors.numbers` has their meaning
LEAST_NOISE = RANGES["noise"][0]
HIDDEN = 32


class Tell(nn.Module):
    """Gains and shifts of layers with `channels` each; none at first. ``numbers`` is what is told unless asked."""

    numbers: Tensor

    def __init__(self, channels: list[int]) -> None:
        super().__init__()
        self.channels = channels
        self.hidden = nn.Linear(len(NUMBERS), HIDDEN)
        self.out = nn.Linear(HIDDEN, 2 * sum(channels))
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.register_buffer("numbers", torch.tensor(CAUTIOUS))

    def forward(self, numbers: Tensor | None = None) -> list[tuple[Tensor, Tensor]]:
        """(gain, shift) of each layer, (batch, channel, 1, 1), for `numbers` (batch, 6)."""
        with torch.autocast("cpu", enabled=False), torch.autocast("cuda", enabled=False):
            told = self.numbers[None] if numbers is None else numbers
            told = told.to(self.out.weight.dtype)
            transfer = (told[:, :4] - told.new_tensor([0.4, 0.4, 0.9, 0.9])) / 0.25
            noise = torch.log10(told[:, 4:5].clamp(min=LEAST_NOISE) / 0.003)
            found = self.out(functional.gelu(self.hidden(torch.cat([transfer, noise, 2 * told[:, 5:6]], 1))))
        gains, shifts = found[:, :, None, None].chunk(2, 1)
        return list(zip((1 + gains).split(self.channels, 1), shifts.split(self.channels, 1), strict=True))


def fold(layer: nn.Module, turn: tuple[Tensor, Tensor]) -> None:
    """Make gain and shift, of one scene, part of a layer with a weight and a bias per output channel."""
    gain, shift = (x[0, :, 0, 0].double() for x in turn)
    weight, bias = layer.weight, layer.bias
    assert isinstance(weight, Tensor) and isinstance(bias, Tensor)
    with torch.no_grad():
        weight.copy_(weight.double() * gain.reshape(-1, *[1] * (weight.ndim - 1)))
        bias.copy_(bias.double() * gain + shift)


FLAT = (0.1, 0.3, 0.5, 0.7, 0.9)  # values of the flat grey areas that are looked at
LEVEL = 0.1  # a response to flat areas that is farther off than this is no training's remainder


def level(network: Network) -> None:
    """Make flat grey areas come out at their own values, by gain and offset of each channel of the last convolution,
    which makes the fine pixels.

    Training leaves some tenths of a per cent there, which differ by what is told: little beside detail, but a shift of
    the whole scene. On a flat area a convolution is the sum of its kernel, so that one pixel tells. A network without
    training stays as it is.
    """
    *_, last = (layer for layer in network.modules() if isinstance(layer, nn.Conv2d))
    assert last.bias is not None
    flat = copy.deepcopy(network).double()
    for layer in flat.modules():
        if isinstance(layer, nn.Conv2d):
            layer.weight = nn.Parameter(layer.weight.sum((2, 3), keepdim=True))
            layer.padding, layer.dilation = (0, 0), (1, 1)
    grey = torch.tensor(FLAT, dtype=torch.float64)
    with torch.no_grad():
        made = flat(grey[:, None, None, None].expand(-1, network.bands, 1, 1)).flatten(1)
        line = torch.stack([torch.ones_like(grey), grey], 1)
        offset, gain = torch.linalg.lstsq(line, made).solution  # of bands and fine pixels, as a pixel shuffle has them
        if max((gain - 1).abs().max(), offset.abs().max()) > LEVEL:
            return
        last.weight.copy_(last.weight.double() / gain[:, None, None, None])
        last.bias.copy_((last.bias.double() - offset) / gain)
