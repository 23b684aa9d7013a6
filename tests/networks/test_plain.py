"""The plain network: exact gain, exact anchor, exact reach."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from rs_sr.networks.counting import macs_per_px, parameters
from rs_sr.networks.plain import Plain


def random_plain(**arguments: int) -> Plain:
    """In float64, with weights large enough to reach far."""
    torch.manual_seed(0)
    network = Plain(**arguments).double().eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight.mul_(2)
    return network


@pytest.mark.parametrize(
    ("channels", "layers", "scale", "expected"),
    [
        # 9 c (3 + c (n - 1) + 3 s^2), worked out by hand
        (48, 8, 4, 167_184),
        (48, 12, 4, 250_128),
        (48, 12, 2, 234_576),
        (64, 16, 4, 582_336),
    ],
)
def test_parameters_and_multiply_adds(channels: int, layers: int, scale: int, expected: int) -> None:
    network = Plain(scale=scale, channels=channels, layers=layers)
    assert parameters(network) == macs_per_px(network) == expected


@pytest.mark.parametrize("gain", [0.05, 1 / 3, 7.0])
@pytest.mark.parametrize("bands", [1, 3])
def test_a_gain_passes_through_exactly(gain: float, bands: int) -> None:
    network = random_plain(scale=3, bands=bands, channels=8, layers=5)
    x = torch.randn(2, bands, 13, 11, dtype=torch.float64)
    with torch.no_grad():
        assert torch.allclose(network(gain * x), gain * network(x), rtol=1e-12, atol=1e-13)


def test_a_bias_would_break_the_gain() -> None:
    network = random_plain(scale=2, channels=8, layers=3)
    network.body[1].bias = torch.nn.Parameter(torch.full((8,), 0.1, dtype=torch.float64))
    x = torch.rand(1, 3, 9, 9, dtype=torch.float64)
    with torch.no_grad():
        assert not torch.allclose(network(0.05 * x), 0.05 * network(x), rtol=1e-3)


def test_without_a_tail_it_is_nearest_neighbour() -> None:
    network = Plain(scale=4, bands=5, channels=8, layers=2)
    torch.nn.init.zeros_(network.tail.weight)
    x = torch.rand(1, 5, 6, 7)
    assert torch.equal(network(x), functional.interpolate(x, scale_factor=4, mode="nearest"))
