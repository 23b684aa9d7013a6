"""LSFFNet, in rs_sr's configuration, against its paper's counts and its formulas (Zhou, AJET 2026)."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from rs_sr.networks import statistics
from rs_sr.networks.counting import parameters
from rs_sr.networks.layers import ChannelGate
from rs_sr.networks.lsffnet import LSFFNet, TapNorm, aggregated
from tests.nets import randomised, smooth


def test_parameters_of_the_parts_are_as_designed() -> None:
    network = LSFFNet(scale=2)
    assert parameters(network.groups[0].blocks[0]) == 15_678
    assert parameters(network.groups[0].blocks[0].ls) == 4_434
    assert parameters(network.groups[0]) == 4 * 15_678 + 10_476


NAMES = ("scale", "bands", "features", "groups", "blocks", "large_kernel", "dynamic_channels", "expansion")


def test_aggregation_is_its_formula() -> None:
    """Sixteen channels, four kernels, odd sides: against a loop over every pixel and against unfolding."""
    torch.manual_seed(0)
    x, taps = torch.rand(2, 16, 5, 7, dtype=torch.float64), torch.rand(2, 4, 9, 5, 7, dtype=torch.float64)
    padded, loop = functional.pad(x, (1, 1, 1, 1)), torch.zeros_like(x)
    for c in range(16):
        for i in range(5):
            for j in range(7):
                for u in range(3):
                    for v in range(3):
                        loop[:, c, i, j] += taps[:, c % 4, 3 * u + v, i, j] * padded[:, c, i + u, j + v]
    unfolded = functional.unfold(x, 3, padding=1).view(2, 4, 4, 9, 5, 7)
    assert (aggregated(x, taps) - loop).abs().max() < 1e-12
    assert ((unfolded * taps[:, None]).sum(3).flatten(1, 2) - loop).abs().max() < 1e-12


def test_dynamic_kernels_are_interleaved_over_the_channels() -> None:
    taps = torch.zeros(1, 4, 9, 5, 5)
    taps[:, 1] = 1
    out = aggregated(torch.rand(1, 16, 5, 5) + 0.1, taps)
    assert out.abs().amax((0, 2, 3)).nonzero().flatten().tolist() == [1, 5, 9, 13]


def test_a_one_in_the_middle_tap_changes_nothing() -> None:
    x, taps = torch.rand(2, 8, 6, 5), torch.zeros(2, 2, 9, 6, 5)
    taps[:, :, 4] = 1
    assert torch.equal(aggregated(x, taps), x)


def test_the_gradient_of_the_aggregation_is_right() -> None:
    torch.manual_seed(0)
    x = torch.rand(1, 4, 5, 5, dtype=torch.float64, requires_grad=True)
    taps = torch.rand(1, 2, 9, 5, 5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(aggregated, (x, taps), fast_mode=True)


def test_tap_norm_normalises_the_nine_taps_of_each_kernel_and_pixel() -> None:
    torch.manual_seed(0)
    norm, taps = TapNorm(3).double(), torch.rand(2, 3, 9, 4, 5, dtype=torch.float64)
    with torch.no_grad():
        norm.weight.normal_()
        norm.bias.normal_()
        expected = (taps - taps.mean(2, keepdim=True)) / (taps.var(2, unbiased=False, keepdim=True) + 1e-5).sqrt()
        expected = expected * norm.weight.view(1, 3, 9, 1, 1) + norm.bias.view(1, 3, 9, 1, 1)
        assert (norm(taps) - expected).abs().max() < 1e-12
        assert (norm(taps + 5) - expected).abs().max() < 1e-10
        assert torch.equal(norm(torch.full_like(taps, 0.5)), norm.bias.view(1, 3, 9, 1, 1).expand_as(taps))


def test_tap_norm_starts_at_a_tenth() -> None:
    norm = TapNorm(6)
    assert norm.weight.unique().tolist() == pytest.approx([0.1])
    assert norm.bias.abs().max() == 0


def test_squeeze_and_excitation_pools_the_mean_and_fusion_the_contrast() -> None:
    network = randomised("lsffnet", scale=2)
    x = torch.rand(2, 16, 5, 4, dtype=torch.float64)
    mean = x.mean((2, 3))
    deviation = ((x - x.mean((2, 3), keepdim=True)) ** 2).mean((2, 3)).sqrt()
    group = network.groups[0]
    for gate, pooled in ((group.blocks[0].se, mean), (group.cca, mean + deviation)):
        assert isinstance(gate, ChannelGate)
        first, _, last, _ = gate.conv_du
        with torch.no_grad():
            hidden = (pooled @ first.weight[:, :, 0, 0].T + first.bias).clamp(min=0)
            factor = torch.sigmoid(hidden @ last.weight[:, :, 0, 0].T + last.bias)
            assert (gate(x) - x * factor[..., None, None]).abs().max() < 1e-6


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_without_its_last_layer_it_enlarges_bilinearly(scale: int) -> None:
    network = randomised("lsffnet", scale=scale, bands=5)
    with torch.no_grad():
        network.up.weight.zero_()
        network.up.bias.zero_()  # type: ignore[union-attr]
        x = torch.rand(1, 5, 4, 6, dtype=torch.float64)
        expected = x
        for dim, length in ((2, 4), (3, 6)):
            place = ((torch.arange(length * scale, dtype=torch.float64) + 0.5) / scale - 0.5).clamp(0, length - 1)
            low = place.floor().long()
            part = (place - low).view([-1 if d == dim else 1 for d in range(4)])
            high = (low + 1).clamp(max=length - 1)
            expected = expected.index_select(dim, low) * (1 - part) + expected.index_select(dim, high) * part
        assert (network(x) - expected).abs().max() < 1e-12


def test_it_starts_close_to_the_bilinear_enlargement() -> None:
    torch.manual_seed(0)
    network = LSFFNet(scale=2)
    x = smooth(1, 3, 20, 20, waves=9)
    with torch.no_grad():
        change = network(x) - functional.interpolate(x, scale_factor=2, mode="bilinear")
    assert 0 < change.abs().mean() < 0.1


def test_values_are_held_in_the_order_of_the_blocks_with_the_fusion_last() -> None:
    network = randomised("lsffnet", scale=2, groups=2, blocks=2)
    x = torch.rand(1, 3, 12, 9, dtype=torch.float64)
    seen: list[Tensor] = []
    for group in network.groups:
        for block in group.blocks:
            block.se.register_forward_pre_hook(lambda _, args: seen.append(args[0].mean((2, 3))))
        group.cca.register_forward_pre_hook(
            lambda _, args: seen.append(args[0].mean((2, 3)) + args[0].flatten(2).std(2, unbiased=False))
        )
    values = statistics.collect(network, x)
    assert len(values) == len(seen) == 6
    for value, expected in zip(values, seen, strict=True):
        assert (value.flatten() - expected.flatten()).abs().max() < 1e-6


def test_tiles_and_pixels_without_data_stay_out_of_the_collected_values() -> None:
    network = randomised("lsffnet", scale=2, blocks=2)
    x = torch.rand(3, 3, 20, 24, dtype=torch.float64)
    valid = torch.ones(3, 20, 24, dtype=torch.bool)
    valid[1] = False
    valid[0, :7, 5:] = False
    with torch.no_grad():
        first = network.head(x)
        pixels = (first + network.groups[0].blocks[0].dw(first)).permute(0, 2, 3, 1)[valid]
    assert (statistics.collect(network, x, valid)[0].flatten() - pixels.mean(0)).abs().max() < 1e-12


def test_float32_rounding_is_not_amplified_in_flat_saturated_areas() -> None:
    """With a gain of 1 in the tap norms it is 34 grey levels."""
    torch.manual_seed(0)
    network = LSFFNet(scale=2).eval()
    x = smooth(1, 3, 64, 64, waves=9)
    x[..., 6:60, 8:60] = 1
    with torch.no_grad():
        single = network(x)
        exact = network.double()(x.double())
    assert 255 * (single - exact).abs().max() < 0.01
