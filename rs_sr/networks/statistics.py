"""Image-wide values of a network (means, deviations, attention matrices), and who may say what they are.

A network that pools over its whole input gives every tile another answer. Its modules therefore ask one `Statistics`
for each value, which they measure, share or are handed:

- ``image``: each picture of the batch measures its own. Training, tests, rasters smaller than a calibration tile.
- ``collect``: the batch is one picture. Every value is measured over all valid pixels of all its tiles at once, kept,
  and used at once, so that deeper layers see consistent values. One pass.
- ``held``: the kept values are given back in the order of use. The network is an ordinary bounded one, and its result
  does not depend on the tile's size, place or order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import torch
from torch import Tensor, nn


class Statistics:
    """One per network, shared by its modules; `rewind` it at the start of every forward pass."""

    def __init__(self) -> None:
        self.mode: Literal["image", "collect", "held"] = "image"
        self.values: list[Tensor] = []
        self._valid: Tensor | None = None  # (batch * y * x) bool, in collect
        self._next = 0

    def rewind(self) -> None:
        self._next = 0
        if self.mode == "collect":
            self.values = []

    def of(self, x: Tensor, measure: Callable[[Tensor], Tensor]) -> Tensor:
        """The next value: ``measure`` of `x`, (batch, channel, y, x), or the one held for this place.

        ``measure`` takes (batch, channel, pixel), the pixels in no order that matters, and gives (batch, ...); in
        ``collect`` and ``held`` the batch of the value is 1.
        """
        if self.mode == "held":
            value = self.values[self._next]
            self._next += 1
            return value.to(x.dtype)
        if self.mode == "image":
            return measure(x.flatten(2))
        pixels = x.transpose(0, 1).flatten(1)  # (channel, batch * y * x)
        value = measure((pixels if self._valid is None else pixels[:, self._valid])[None])
        self.values.append(value)
        return value


def collect(network: nn.Module, tiles: Tensor, valid: Tensor | None = None) -> list[Tensor]:
    """The image-wide values of `network` over `tiles`, (batch, band, y, x) as one picture, in order of use.

    `valid` is (batch, y, x) bool: what is False stays out of every sum; one pixel at least must be True. A network
    without such values gives an empty list. Its mode stays as it was.
    """
    statistics = of_network(network)
    if statistics is None:
        return []
    before = (statistics.mode, statistics.values)
    statistics.mode = "collect"
    statistics._valid = None if valid is None else valid.flatten()
    try:
        with torch.no_grad():
            network(tiles)
        return statistics.values
    finally:
        statistics.mode, statistics.values = before
        statistics._valid = None


def hold(network: nn.Module, values: Sequence[Tensor]) -> None:
    """Give `network` the values to use from now on; an empty sequence is for a network without any."""
    statistics = of_network(network)
    if statistics is not None:
        statistics.mode, statistics.values = "held", list(values)


def release(network: nn.Module) -> None:
    """Let every picture measure its own again."""
    statistics = of_network(network)
    if statistics is not None:
        statistics.mode, statistics.values = "image", []


def of_network(network: nn.Module) -> Statistics | None:
    """The network's `Statistics`; None for a bounded network, which has none."""
    found = getattr(network, "statistics", None)
    return found if isinstance(found, Statistics) else None


def mean(pixels: Tensor) -> Tensor:
    """(batch, channel, pixel) to (batch, channel, 1, 1)."""
    return pixels.mean(2)[..., None, None]


def mean_and_deviation(pixels: Tensor) -> Tensor:
    """Mean plus population standard deviation, (batch, channel, pixel) to (batch, channel, 1, 1).

    1e-8 under the root keeps the gradient of a constant channel finite.
    """
    middle = pixels.mean(2, keepdim=True)
    deviation = ((pixels - middle).square().mean(2, keepdim=True) + 1e-8).sqrt()
    return (middle + deviation)[..., None]
