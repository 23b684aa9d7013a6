"""ALKDNet against its paper, its formulas and its authors' outputs (Qu and Ke, Frontiers in Neuroscience 2024)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import statistics
from rs_sr.networks.alkdnet import ESA, SIGNS, ALKConv, ALKDNet, read
from rs_sr.networks.counting import multiply_adds, parameters

SMALL: dict[str, Any] = {"features": 16, "blocks": 1}


def random_alkdnet(seed: int = 0, gain: float = 1.5, **arguments: Any) -> ALKDNet:
    """A network in float64 whose weights and biases are all random, and large enough to reach far."""
    torch.manual_seed(seed)
    network = ALKDNet(**(SMALL | arguments)).double().eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(gain).add_(0.05 * torch.randn_like(parameter))
    return network


def smooth(*shape: int, seed: int = 0) -> Tensor:
    """Random waves, four across the picture, 0..1."""
    torch.manual_seed(seed)
    return functional.interpolate(torch.rand(*shape[:2], 5, 5), shape[2:], mode="bicubic").clamp(0, 1)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"scale": 2}, 372_716),
        ({"scale": 3}, 381_371),
        ({"scale": 4}, 393_488),
        ({"scale": 4, "bands": 4}, 402_976),
    ],
)
def test_parameters_are_as_many_as_published(arguments: dict[str, Any], expected: int) -> None:
    assert parameters(ALKDNet(**arguments)) == expected


def test_parameters_of_the_parts_are_as_published() -> None:
    network = ALKDNet(scale=2)
    assert parameters(network.B1) == 40_772
    assert parameters(network.B1.c1_r) == 6_144
    assert parameters(network.B1.esa) == 4_064
    assert parameters(network.B1.cca) == 580


@pytest.mark.parametrize(("scale", "giga"), [(2, 79.456), (3, 36.226), (4, 21.058)])
def test_multiply_adds_of_a_720p_output_are_as_published(scale: int, giga: float) -> None:
    total = multiply_adds(ALKDNet(scale=scale), -(-720 // scale), -(-1280 // scale))
    assert total / 1e9 == pytest.approx(giga, abs=5e-4)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_published_weights_give_the_authors_output(scale: int, shared_data: Path) -> None:
    with np.load(shared_data / "reference" / "published_outputs.npz") as reference:
        x = torch.from_numpy(reference["input"].astype(np.float32) / 255)[None]
        expected = torch.from_numpy(reference[f"ALKDNet_x{scale}"])
    file = shared_data / "checkpoints" / f"net_g_ALKDN_x{scale}.pth"
    tensors = torch.load(file, map_location="cpu", weights_only=True)["params"]
    arguments = read(tensors)
    assert arguments == {"scale": scale, "bands": 3, "features": 64, "blocks": 8, "kernel": 9}
    stretched, gridded = ALKDNet(**arguments, esa="stretch").eval(), ALKDNet(**arguments).eval()
    for network in (stretched, gridded):
        network.load_state_dict(tensors)
    with torch.no_grad():
        assert (stretched(x)[0] - expected).abs().max() < 1e-5
        assert 1e-5 < (gridded(x)[0] - expected).abs().mean() < 1e-3


def test_there_are_560_tensors_named_as_published() -> None:
    names = ALKDNet(scale=4).state_dict().keys()
    assert len(names) == 560
    for i in (1, 2, 3):
        for k in range(1, 9):
            assert {f"B{k}.c{i}_r.{part}.weight" for part in ("pw", "LoRA1", "LoRA2", "small_conv", "norm")} < names
    assert {"c2.pw.weight", "B8.esa.conv3_.dw.bias", "B8.cca.conv_du.2.bias", "B8.pixel_norm.weight"} < names


@pytest.mark.parametrize(
    "arguments",
    [
        {"scale": 2, "bands": 3, "features": 16, "blocks": 1, "kernel": 9},
        {"scale": 3, "bands": 1, "features": 24, "blocks": 3, "kernel": 7},
        {"scale": 4, "bands": 5, "features": 64, "blocks": 2, "kernel": 11},
        {"scale": 6, "bands": 2, "features": 8, "blocks": 11, "kernel": 3},
    ],
)
def test_arguments_are_read_off_the_tensors(arguments: dict[str, Any]) -> None:
    tensors = ALKDNet(**arguments).state_dict()
    assert read(tensors) == arguments
    assert set(SIGNS) <= tensors.keys()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [({"kernel": 8}, "kernel is 8 and must be odd"), ({"esa": "tile"}, "esa is tile and must be grid or stretch")],
)
def test_arguments_without_meaning_are_refused(arguments: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        ALKDNet(scale=2, **SMALL, **arguments)


def test_large_kernel_convolution_is_its_formula() -> None:
    torch.manual_seed(0)
    layer = ALKConv(6, 4, 9).double()
    with torch.no_grad():
        layer.norm.weight.add_(torch.randn(4))
        layer.norm.bias.add_(torch.randn(4))
        x = torch.rand(1, 6, 11, 12, dtype=torch.float64)
        y = torch.einsum("oi,bihw->bohw", layer.pw.weight[:, :, 0, 0], x)
        padded, total = functional.pad(y, (4, 4, 4, 4)), torch.zeros_like(y)
        for conv, up, left in ((layer.LoRA1, 4, 0), (layer.LoRA2, 0, 4), (layer.small_conv, 1, 1)):
            assert conv.bias is not None
            z = conv.bias[:, None, None].expand_as(y).clone()
            for u in range(conv.weight.shape[2]):
                for v in range(conv.weight.shape[3]):
                    top, start = 4 - up + u, 4 - left + v
                    z += conv.weight[:, 0, u, v, None, None] * padded[..., top : top + 11, start : start + 12]
            total += 0.5 * z * (1 + torch.erf(z / 2**0.5))
        expected = (total - total.mean(1, keepdim=True)) / (total.var(1, unbiased=False, keepdim=True) + 1e-6).sqrt()
        expected = expected * layer.norm.weight[:, None, None] + layer.norm.bias[:, None, None]
        assert (layer(x) - expected).abs().max() < 1e-12


@pytest.mark.parametrize(("height", "width"), [(13, 14), (18, 19), (20, 48), (25, 256)])
def test_the_coarse_map_has_the_published_size(height: int, width: int) -> None:
    esa = ESA(16, "grid")
    expected = [(-(-side // 2) - 7) // 3 + 1 for side in (height, width)]
    assert list(esa.coarse(torch.rand(1, 4, height, width)).shape[2:]) == expected
    assert list(esa.coarse(torch.rand(1, 4, 12, 1)).shape[2:]) == [1, 1]


def test_a_coarse_sample_is_taken_around_six_times_its_place_and_six() -> None:
    esa = ESA(16, "grid")
    x = torch.zeros(37, 4, 37, 37)
    for p in range(37):
        x[p, :, p, p] = torch.nan
    seen = esa.coarse(x).isnan().any(1)  # (p, sample row, sample column)
    for i in range(5):
        assert seen[:, i, i].nonzero().flatten().tolist() == list(range(max(6 * i - 1, 0), min(6 * i + 14, 37)))


def test_grid_mode_puts_each_sample_back_where_it_was_taken() -> None:
    """Against a literal loop over the pixels, at the positions of the design."""
    torch.manual_seed(0)
    esa = ESA(16, "grid").double()
    x = torch.rand(1, 16, 29, 40, dtype=torch.float64)
    with torch.no_grad():
        a = esa.conv1(x)
        y = functional.gelu(esa.conv_max(esa.coarse(a)))
        y = esa.conv3_(functional.gelu(esa.conv3(y)))
        rows, cols = y.shape[2:]
        placed = torch.empty_like(a)
        for row in range(29):
            for col in range(40):
                u, v = min(max((row - 6) / 6, 0), rows - 1), min(max((col - 6) / 6, 0), cols - 1)
                top, left = int(u), int(v)
                bottom, right = min(top + 1, rows - 1), min(left + 1, cols - 1)
                above = y[0, :, top, left] * (1 - v + left) + y[0, :, top, right] * (v - left)
                below = y[0, :, bottom, left] * (1 - v + left) + y[0, :, bottom, right] * (v - left)
                placed[0, :, row, col] = above * (1 - u + top) + below * (u - top)
        expected = x * torch.sigmoid(esa.conv4(placed + esa.conv_f(a)))
        assert (esa(x) - expected).abs().max() < 1e-12


def test_stretch_mode_depends_on_the_size_of_the_window_and_grid_mode_does_not() -> None:
    torch.manual_seed(0)
    x = torch.rand(1, 16, 20, 90, dtype=torch.float64)
    for mode, same in (("grid", True), ("stretch", False)):
        esa = ESA(16, mode).double()
        with torch.no_grad():
            for parameter in esa.parameters():
                parameter.mul_(2)
            difference = (esa(x)[..., :40] - esa(x[..., :79])[..., :40]).abs().max()
        assert difference < 1e-12 if same else difference > 1e-6


def test_channel_attention_uses_the_population_standard_deviation() -> None:
    network = random_alkdnet(scale=2)
    cca = network.B1.cca
    x = torch.rand(2, 16, 5, 4, dtype=torch.float64)
    pooled = x.mean((2, 3)) + ((x - x.mean((2, 3), keepdim=True)) ** 2).mean((2, 3)).sqrt()
    first, _, last, _ = cca.conv_du
    with torch.no_grad():
        hidden = (pooled @ first.weight[:, :, 0, 0].T + first.bias).clamp(min=0)
        gate = torch.sigmoid(hidden @ last.weight[:, :, 0, 0].T + last.bias)
        assert (cca(x) - x * gate[..., None, None]).abs().max() < 1e-6


@pytest.mark.parametrize("scale", [2, 3])
def test_without_its_last_layer_it_repeats_every_pixel(scale: int) -> None:
    network = random_alkdnet(scale=scale, bands=5)
    with torch.no_grad():
        network.c_up.weight.zero_()
        network.c_up.bias.zero_()  # type: ignore[union-attr]
        x = torch.rand(1, 5, 4, 6, dtype=torch.float64)
        assert torch.equal(network(x), x.repeat_interleave(scale, 2).repeat_interleave(scale, 3))


def held(network: ALKDNet, x: Tensor) -> ALKDNet:
    statistics.hold(network, statistics.collect(network, x))
    return network


def test_window_on_the_grid_with_halo_49_is_exact_for_one_block_and_off_the_grid_it_is_not() -> None:
    x = torch.rand(1, 3, 26, 150, dtype=torch.float64)
    network = held(random_alkdnet(scale=2), x)
    with torch.no_grad():
        whole = network(x)[..., 2 * 67 : 2 * 95]
        assert (network(x[..., 18 : 95 + 49])[..., 2 * 49 : 2 * 77] - whole).abs().max() < 1e-9
        assert (network(x[..., 17 : 95 + 49])[..., 2 * 50 : 2 * 78] - whole).abs().max() > 1e-5
        assert (network(x[..., 19 : 95 + 49])[..., 2 * 48 : 2 * 76] - whole).abs().max() > 1e-5


def tiled(network: ALKDNet, x: Tensor, core: int, before: int, after: int) -> Tensor:
    s, (height, width) = network.scale, x.shape[2:]
    out = torch.full((1, x.shape[1], height * s, width * s), torch.nan, dtype=x.dtype)
    for row in range(0, height, core):
        for col in range(0, width, core):
            bottom, right = min(row + core, height), min(col + core, width)
            top, left = max(row - before, 0), max(col - before, 0)
            tile = network(x[:, :, top : bottom + after, left : right + after])
            out[:, :, row * s : bottom * s, col * s : right * s] = tile[
                :, :, (row - top) * s : (bottom - top) * s, (col - left) * s : (right - left) * s
            ]
    return out


@pytest.mark.parametrize("shape", [(13, 290), (290, 14)])
def test_tiles_with_held_values_and_their_whole_reach_equal_the_whole(shape: tuple[int, int]) -> None:
    x = torch.rand(1, 2, *shape, dtype=torch.float64)
    network = held(random_alkdnet(scale=2, bands=2, blocks=2), x)
    with torch.no_grad():
        whole = network(x)
        assert (tiled(network, x, 66, 96, 95) - whole).abs().max() < 1e-9
        assert (tiled(network, x, 66, 36, 36) - whole).abs().max() > 1e-6
        assert (tiled(network, x, 64, 96, 95) - whole).abs().max() > 1e-6


def test_the_bound_is_formal_and_grid_and_halo_fit_each_other() -> None:
    assert ALKDNet(scale=2, **SMALL).radius is None
    assert ALKDNet.halo % ALKDNet.grid == 0


def test_collecting_on_one_picture_and_holding_is_what_the_picture_does_alone() -> None:
    network = random_alkdnet(scale=2, blocks=2)
    x = torch.rand(1, 3, 21, 30, dtype=torch.float64)
    with torch.no_grad():
        live = network(x)
        values = statistics.collect(network, x)
        assert [tuple(v.shape) for v in values] == [(1, 16, 1, 1)] * 2
        statistics.hold(network, values)
        assert (network(x) - live).abs().max() < 1e-12
        statistics.release(network)
        assert torch.equal(network(x), live)


def test_tiles_and_pixels_without_data_stay_out_of_the_collected_values() -> None:
    network = random_alkdnet(scale=2, blocks=2)
    x = torch.rand(3, 3, 20, 24, dtype=torch.float64)
    valid = torch.ones(3, 20, 24, dtype=torch.bool)
    valid[1] = False
    alone, masked = statistics.collect(network, x[[0, 2]]), statistics.collect(network, x, valid)
    for a, b in zip(alone, masked, strict=True):
        assert (a - b).abs().max() < 1e-12
    seen: list[Tensor] = []
    hook = network.B1.esa.register_forward_hook(lambda _, __, out: seen.append(out))
    valid[0, :7, 5:] = False
    value = statistics.collect(network, x, valid)[0]
    hook.remove()
    pixels = seen[0].permute(0, 2, 3, 1)[valid]
    expected = pixels.mean(0) + ((pixels - pixels.mean(0)) ** 2).mean(0).sqrt()
    assert (value.flatten() - expected).abs().max() < 1e-6


def test_small_tiles_can_be_collected_with_a_mask() -> None:
    network = random_alkdnet(scale=2)
    x = torch.rand(2, 3, 5, 9, dtype=torch.float64)
    valid = torch.rand(2, 5, 9) > 0.3
    assert all(v.isfinite().all() for v in statistics.collect(network, x, valid))


def test_members_of_a_batch_do_not_influence_each_other_and_runs_repeat() -> None:
    network = random_alkdnet(scale=2)
    x = torch.rand(3, 3, 15, 22, dtype=torch.float64)
    with torch.no_grad():
        together = network(x)
        assert torch.equal(network(x), together)
        for k in range(3):
            assert (network(x[k : k + 1]) - together[k]).abs().max() < 1e-12


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 7), (7, 9), (12, 13), (31, 16)])
@pytest.mark.parametrize("esa", ["grid", "stretch"])
@pytest.mark.parametrize(("scale", "bands"), [(2, 3), (3, 1), (4, 4)])
def test_any_size_comes_out_scale_times_larger(scale: int, bands: int, esa: str, height: int, width: int) -> None:
    network = ALKDNet(scale=scale, bands=bands, esa=esa, **SMALL).eval()
    out = network(torch.rand(2, bands, height, width))
    assert out.shape == (2, bands, scale * height, scale * width)
    assert out.isfinite().all()


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_a_constant_picture_has_finite_output_and_gradients(value: float) -> None:
    network = ALKDNet(scale=2, features=16, blocks=2)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith("dw.bias") or "c5" in name:
                parameter.zero_()
    x = torch.full((1, 3, 16, 16), value, requires_grad=True)
    out = network(x)
    out.square().sum().backward()
    assert out.isfinite().all()
    assert x.grad is not None and x.grad.isfinite().all()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())


@pytest.mark.parametrize("esa", ["grid", "stretch"])
def test_gradients_reach_every_parameter(esa: str) -> None:
    network = random_alkdnet(seed=1, scale=2, blocks=2, features=32, esa=esa)  # no gate's hidden layer is dead
    network(torch.rand(2, 3, 40, 44, dtype=torch.float64)).square().sum().backward()
    without = [n for n, p in network.named_parameters() if p.grad is None or not p.grad.abs().max() > 0]
    assert without == []


def test_it_learns_four_patches_by_heart() -> None:
    target = smooth(4, 3, 32, 32)
    x = functional.avg_pool2d(target, 2)
    torch.manual_seed(1)
    network = ALKDNet(scale=2, features=16, blocks=1)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 150)
    losses = []
    for _ in range(150):
        loss = (network(x) - target).abs().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
    anchor = (x.repeat_interleave(2, 2).repeat_interleave(2, 3) - target).abs().mean()
    assert losses[-1] < losses[0] / 10
    assert losses[-1] < 0.7 * anchor


def test_it_runs_under_bfloat16_autocast() -> None:
    network = ALKDNet(scale=2, features=16, blocks=2).eval()
    x = torch.rand(1, 3, 24, 30)
    with torch.no_grad():
        exact = network(x)
        with torch.autocast("cpu", torch.bfloat16):
            values = statistics.collect(network, x)
            rough = network(x)
            statistics.hold(network, values)
            held_rough = network(x)
    assert (rough - exact).abs().max() < 0.1
    assert (held_rough - exact).abs().max() < 0.1


def test_the_exported_graph_fits_every_size_and_has_no_grid_sampler() -> None:
    network: nn.Module = ALKDNet(scale=2, **SMALL).eval()
    sides = {2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC}
    program = torch.export.export(network, (torch.rand(1, 3, 20, 31),), dynamic_shapes=({0: None, 1: None} | sides,))
    assert "grid_sample" not in str(program.graph)
    for height, width in ((20, 31), (45, 26)):
        x = torch.rand(1, 3, height, width)
        with torch.no_grad():
            assert (program.module()(x) - network(x)).abs().max() < 1e-5


def test_it_folds_to_itself_in_evaluation() -> None:
    network = ALKDNet(scale=2, **SMALL)
    assert network.fused() is network and not network.training
