"""LSFFNet, in rs_sr's configuration, against its paper's counts and its formulas (Zhou, AJET 2026)."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import statistics
from rs_sr.networks.counting import macs_per_px, multiply_adds, parameters
from rs_sr.networks.layers import ChannelGate
from rs_sr.networks.lsffnet import SIGNS, LSFFNet, TapNorm, aggregated, read

SMALL: dict[str, Any] = {"features": 16, "groups": 1, "blocks": 1, "dynamic_channels": 4}


def random_lsffnet(seed: int = 0, gain: float = 2.0, **arguments: Any) -> LSFFNet:
    """A network in float64 whose weights and biases are all random, and large enough to reach far."""
    torch.manual_seed(seed)
    network = LSFFNet(**(SMALL | arguments)).double().eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(gain).add_(0.05 * torch.randn_like(parameter))
    return network


def smooth(*shape: int, seed: int = 0) -> Tensor:
    """Random waves, eight across the picture, 0..1."""
    torch.manual_seed(seed)
    return functional.interpolate(torch.rand(*shape[:2], 9, 9), shape[2:], mode="bicubic").clamp(0, 1)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"scale": 2}, 299_292),
        ({"scale": 3}, 305_787),
        ({"scale": 4}, 314_880),
        ({"scale": 4, "bands": 4}, 322_240),
    ],
)
def test_parameters_are_as_many_as_designed(arguments: dict[str, Any], expected: int) -> None:
    assert parameters(LSFFNet(**arguments)) == expected


def test_parameters_of_the_parts_are_as_designed() -> None:
    network = LSFFNet(scale=2)
    assert parameters(network.groups[0].blocks[0]) == 15_678
    assert parameters(network.groups[0].blocks[0].ls) == 4_434
    assert parameters(network.groups[0]) == 4 * 15_678 + 10_476


@pytest.mark.parametrize(("scale", "published"), [(2, 298.43e3), (3, 305.25e3)])
def test_parameters_are_within_three_thousandths_of_the_papers(scale: int, published: float) -> None:
    assert parameters(LSFFNet(scale=scale)) == pytest.approx(published, rel=0.003)


@pytest.mark.parametrize(("scale", "expected"), [(2, 264_912), (3, 271_392), (4, 280_464)])
def test_multiply_adds_of_an_input_pixel_are_as_designed(scale: int, expected: int) -> None:
    network = LSFFNet(scale=scale)
    pooled = 20 * 2 * 48 * 12  # the gates' 1x1 layers work on one vector a picture
    assert multiply_adds(network, 10, 10) == 100 * expected + pooled
    assert macs_per_px(network) == expected + pooled // 96**2


NAMES = ("scale", "bands", "features", "groups", "blocks", "large_kernel", "dynamic_channels", "expansion")


@pytest.mark.parametrize(
    "values",
    [(2, 3, 16, 1, 1, 7, 4, 2), (3, 1, 24, 3, 2, 9, 8, 1), (4, 5, 48, 2, 3, 5, 48, 3), (6, 2, 8, 11, 1, 11, 1, 4)],
)
def test_arguments_are_read_off_the_tensors(values: tuple[int, ...]) -> None:
    arguments = dict(zip(NAMES, values, strict=True))
    tensors = LSFFNet(**arguments).state_dict()
    assert read(tensors) == arguments
    assert set(SIGNS) <= tensors.keys()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"features": 18}, "features is 18 and must be a multiple of dynamic_channels, 4"),
        ({"large_kernel": 6}, "large_kernel is 6 and must be odd"),
    ],
)
def test_arguments_without_meaning_are_refused(arguments: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        LSFFNet(scale=2, **(SMALL | arguments))


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
    network = random_lsffnet(scale=2)
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
    network = random_lsffnet(scale=scale, bands=5)
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
    x = smooth(1, 3, 20, 20)
    with torch.no_grad():
        change = network(x) - functional.interpolate(x, scale_factor=2, mode="bilinear")
    assert 0 < change.abs().mean() < 0.1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [({}, 66), ({"groups": 1, "blocks": 1}, 6), ({"groups": 2, "blocks": 3}, 26), ({"large_kernel": 1}, 34)],
)
def test_radius_is_four_a_block_and_two(arguments: dict[str, Any], expected: int) -> None:
    assert LSFFNet(scale=2, **arguments).radius == expected


def held(network: LSFFNet, x: Tensor) -> LSFFNet:
    statistics.hold(network, statistics.collect(network, x))
    return network


@pytest.mark.parametrize(("blocks", "large_kernel"), [(1, 7), (2, 7), (1, 1)])
def test_radius_is_what_the_gradient_reaches(blocks: int, large_kernel: int) -> None:
    network = random_lsffnet(scale=2, blocks=blocks, large_kernel=large_kernel)
    radius, middle = network.radius, network.radius + 3
    x = torch.rand(1, 3, 2 * middle + 1, 2 * middle + 1, dtype=torch.float64)
    held(network, x)
    x.requires_grad_()
    network(x)[..., 2 * middle : 2 * middle + 2, 2 * middle : 2 * middle + 2].sum().backward()
    assert x.grad is not None
    reached = x.grad.abs().amax((0, 1)).nonzero()
    assert reached.amin(0).tolist() == [middle - radius] * 2
    assert reached.amax(0).tolist() == [middle + radius] * 2


def tiled(network: LSFFNet, x: Tensor, core: int, halo: int) -> Tensor:
    s, (height, width) = network.scale, x.shape[2:]
    out = torch.full((1, x.shape[1], height * s, width * s), torch.nan, dtype=x.dtype)
    for row in range(0, height, core):
        for col in range(0, width, core):
            bottom, right = min(row + core, height), min(col + core, width)
            top, left = max(row - halo, 0), max(col - halo, 0)
            tile = network(x[:, :, top : bottom + halo, left : right + halo])
            out[:, :, row * s : bottom * s, col * s : right * s] = tile[
                :, :, (row - top) * s : (bottom - top) * s, (col - left) * s : (right - left) * s
            ]
    return out


def test_tiles_with_held_values_and_the_exact_halo_equal_the_whole_and_one_pixel_less_does_not() -> None:
    x = torch.rand(1, 3, 41, 53, dtype=torch.float64)
    network = held(random_lsffnet(scale=3, groups=2), x)
    with torch.no_grad():
        whole = network(x)
        assert network.radius == 10
        assert (tiled(network, x, 13, 10) - whole).abs().max() < 1e-9
        assert (tiled(network, x, 13, 9) - whole).abs().max() > 1e-9
        statistics.release(network)
        assert (tiled(network, x, 13, 10) - whole).abs().max() > 1e-4


def test_collecting_on_one_picture_and_holding_is_what_the_picture_does_alone() -> None:
    network = random_lsffnet(scale=2, groups=2, blocks=2)
    x = torch.rand(1, 3, 21, 30, dtype=torch.float64)
    with torch.no_grad():
        live = network(x)
        values = statistics.collect(network, x)
        assert [tuple(v.shape) for v in values] == [(1, 16, 1, 1)] * 6
        statistics.hold(network, values)
        assert (network(x) - live).abs().max() < 1e-12
        statistics.release(network)
        assert torch.equal(network(x), live)


def test_values_are_held_in_the_order_of_the_blocks_with_the_fusion_last() -> None:
    network = random_lsffnet(scale=2, groups=2, blocks=2)
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
    network = random_lsffnet(scale=2, blocks=2)
    x = torch.rand(3, 3, 20, 24, dtype=torch.float64)
    valid = torch.ones(3, 20, 24, dtype=torch.bool)
    valid[1] = False
    alone, masked = statistics.collect(network, x[[0, 2]]), statistics.collect(network, x, valid)
    for a, b in zip(alone, masked, strict=True):
        assert (a - b).abs().max() < 1e-12
    valid[0, :7, 5:] = False
    with torch.no_grad():
        first = network.head(x)
        pixels = (first + network.groups[0].blocks[0].dw(first)).permute(0, 2, 3, 1)[valid]
    assert (statistics.collect(network, x, valid)[0].flatten() - pixels.mean(0)).abs().max() < 1e-12


def test_members_of_a_batch_do_not_influence_each_other_and_runs_repeat() -> None:
    network = random_lsffnet(scale=2)
    x = torch.rand(3, 3, 15, 22, dtype=torch.float64)
    with torch.no_grad():
        together = network(x)
        assert torch.equal(network(x), together)
        for k in range(3):
            assert (network(x[k : k + 1]) - together[k]).abs().max() < 1e-12


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 7), (7, 9), (5, 3), (33, 17)])
@pytest.mark.parametrize(("scale", "bands"), [(2, 3), (3, 1), (4, 4)])
def test_any_size_comes_out_scale_times_larger(scale: int, bands: int, height: int, width: int) -> None:
    out = LSFFNet(scale=scale, bands=bands, **SMALL).eval()(torch.rand(2, bands, height, width))
    assert out.shape == (2, bands, scale * height, scale * width)
    assert out.isfinite().all()


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("side", [1, 16])
def test_a_constant_picture_has_finite_output_and_gradients(value: float, side: int) -> None:
    network = LSFFNet(scale=2, **SMALL)
    x = torch.full((1, 3, side, side), value, requires_grad=True)
    out = network(x)
    out.square().sum().backward()
    assert out.isfinite().all()
    assert x.grad is not None and x.grad.isfinite().all()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())


def test_gradients_reach_every_parameter() -> None:
    network = random_lsffnet(seed=2, scale=2, groups=2, blocks=2)  # no gate's hidden layer is dead
    network(torch.rand(2, 3, 20, 24, dtype=torch.float64)).square().sum().backward()
    without = [n for n, p in network.named_parameters() if p.grad is None or not p.grad.abs().max() > 0]
    assert without == []


def test_it_learns_four_patches_by_heart() -> None:
    target = smooth(4, 3, 16, 16)
    x = functional.avg_pool2d(target, 2)
    torch.manual_seed(1)
    network = LSFFNet(scale=2, **(SMALL | {"features": 32}))
    optimiser = torch.optim.Adam(network.parameters(), lr=5e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 200)
    losses = []
    for _ in range(200):
        loss = (network(x) - target).abs().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 10


def test_float32_rounding_is_not_amplified_in_flat_saturated_areas() -> None:
    """With a gain of 1 in the tap norms it is 34 grey levels."""
    torch.manual_seed(0)
    network = LSFFNet(scale=2).eval()
    x = smooth(1, 3, 64, 64)
    x[..., 6:60, 8:60] = 1
    with torch.no_grad():
        single = network(x)
        exact = network.double()(x.double())
    assert 255 * (single - exact).abs().max() < 0.01


def test_it_runs_under_bfloat16_autocast() -> None:
    network = LSFFNet(scale=2, **SMALL).eval()
    x = torch.rand(1, 3, 24, 30)
    with torch.no_grad():
        exact = network(x)
        with torch.autocast("cpu", torch.bfloat16):
            values = statistics.collect(network, x)
            rough = network(x)
            statistics.hold(network, values)
            held_rough = network(x)
    assert (rough - exact).abs().max() < 0.05
    assert (held_rough - exact).abs().max() < 0.05


def test_the_exported_graph_fits_every_size() -> None:
    network: nn.Module = LSFFNet(scale=2, **SMALL).eval()
    sides = {2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC}
    program = torch.export.export(network, (torch.rand(1, 3, 20, 31),), dynamic_shapes=({0: None, 1: None} | sides,))
    for height, width in ((20, 31), (45, 26), (7, 9)):
        x = torch.rand(1, 3, height, width)
        with torch.no_grad():
            assert (program.module()(x) - network(x)).abs().max() < 1e-5


def test_it_folds_to_itself_in_evaluation() -> None:
    network = LSFFNet(scale=2, **SMALL)
    assert network.fused() is network and not network.training
