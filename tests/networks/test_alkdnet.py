"""ALKDNet against its paper, its formulas and its authors' outputs (Qu and Ke, Frontiers in Neuroscience 2024)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from rs_sr.networks import statistics
from rs_sr.networks.alkdnet import ESA, ALKConv, ALKDNet, read
from rs_sr.networks.counting import parameters
from tests.nets import hold, randomised


def test_parameters_of_the_parts_are_as_published() -> None:
    network = ALKDNet(scale=2)
    assert parameters(network.B1) == 40_772
    assert parameters(network.B1.c1_r) == 6_144
    assert parameters(network.B1.esa) == 4_064
    assert parameters(network.B1.cca) == 580


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
    network = randomised("alkdnet", scale=2)
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
    network = randomised("alkdnet", scale=scale, bands=5)
    with torch.no_grad():
        network.c_up.weight.zero_()
        network.c_up.bias.zero_()  # type: ignore[union-attr]
        x = torch.rand(1, 5, 4, 6, dtype=torch.float64)
        assert torch.equal(network(x), x.repeat_interleave(scale, 2).repeat_interleave(scale, 3))


def test_window_on_the_grid_with_halo_49_is_exact_for_one_block_and_off_the_grid_it_is_not() -> None:
    x = torch.rand(1, 3, 26, 150, dtype=torch.float64)
    network = hold(randomised("alkdnet", scale=2), x)
    with torch.no_grad():
        whole = network(x)[..., 2 * 67 : 2 * 95]
        assert (network(x[..., 18 : 95 + 49])[..., 2 * 49 : 2 * 77] - whole).abs().max() < 1e-9
        assert (network(x[..., 17 : 95 + 49])[..., 2 * 50 : 2 * 78] - whole).abs().max() > 1e-5
        assert (network(x[..., 19 : 95 + 49])[..., 2 * 48 : 2 * 76] - whole).abs().max() > 1e-5


def test_tiles_and_pixels_without_data_stay_out_of_the_collected_values() -> None:
    network = randomised("alkdnet", scale=2, blocks=2)
    x = torch.rand(3, 3, 20, 24, dtype=torch.float64)
    valid = torch.ones(3, 20, 24, dtype=torch.bool)
    valid[1] = False
    seen: list[Tensor] = []
    hook = network.B1.esa.register_forward_hook(lambda _, __, out: seen.append(out))
    valid[0, :7, 5:] = False
    value = statistics.collect(network, x, valid)[0]
    hook.remove()
    pixels = seen[0].permute(0, 2, 3, 1)[valid]
    expected = pixels.mean(0) + ((pixels - pixels.mean(0)) ** 2).mean(0).sqrt()
    assert (value.flatten() - expected).abs().max() < 1e-6
