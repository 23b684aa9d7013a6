"""LGUN against its paper's formulas and counts (Xiao, Liao and Ren, Sensors 2024)."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import statistics
from rs_sr.networks.counting import multiply_adds, parameters
from rs_sr.networks.lgun import DGSA, FFN, LGUN, LKCS, MLHA
from rs_sr.networks.statistics import Statistics
from tests.nets import hold

SMALL: dict[str, Any] = {"features": 16, "shallow": 1, "deep": 1, "heads": 2}


def randomised(module: Any, gain: float = 1.5) -> Any:
    """In float64, with weights and biases all random, and large enough to reach far."""
    module.double().eval()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(gain).add_(0.05 * torch.randn_like(parameter))
    return module


def random_lgun(seed: int = 0, gain: float = 1.5, **arguments: Any) -> LGUN:
    torch.manual_seed(seed)
    network: LGUN = randomised(LGUN(**(SMALL | arguments)), gain)
    return network


def test_parameters_of_the_parts_are_as_designed() -> None:
    network = LGUN(scale=2)
    assert [parameters(block) for block in network.shallow] == [38_970] * 8
    assert [parameters(block) for block in network.deep] == [44_497] * 8
    block = network.deep[0]
    assert [parameters(part) for part in (block.norm1, block.attention, block.ffn)] == [128, 18_567, 25_674]
    attention = network.shallow[0].attention
    assert [parameters(part) for part in attention.lkcs] == [848, 1_488, 2_384]
    assert parameters(attention) == 13_040


@pytest.mark.parametrize(("scale", "published"), [(2, 141.1e9), (3, 63.5e9), (4, 36.4e9)])
def test_multiply_adds_are_those_of_the_kernels_and_within_a_hundredth_of_the_paper(
    scale: int, published: float
) -> None:
    mlha = 2 * 64 * 64 + sum(16 * (near**2 + wide**2) + 16 * 16 for near, wide in ((3, 5), (5, 7), (7, 9)))
    dgsa = 64 * 192 + 192 * 9 + 64 * 64
    ffn = 64 * 160 + 160 * 9 + 160 * 64
    per_px = 9 * 3 * 64 + 8 * (mlha + ffn) + 8 * (dgsa + ffn) + 9 * 64 * 3 * scale**2
    gates = 16 * 2 * 160 * 10  # once for a picture
    assert multiply_adds(LGUN(scale=scale), 24, 32) == per_px * 24 * 32 + gates
    assert per_px * (1280 // scale) * (720 // scale) == pytest.approx(published, rel=0.0105)


@pytest.mark.parametrize(("place", "kernel", "wide", "reach"), [(0, 3, 5, 5), (1, 5, 7, 11), (2, 7, 9, 19)])
def test_large_kernel_sequences_reach_as_designed(place: int, kernel: int, wide: int, reach: int) -> None:
    torch.manual_seed(0)
    layer = randomised(MLHA(16)).lkcs[place]
    assert (layer.near.kernel_size[0], layer.dilated.kernel_size[0]) == (kernel, wide)
    assert farthest(layer, 4) == reach
    assert layer.dilated.dilation[0] == (kernel + 1) // 2


def test_multi_order_attention_reaches_35_pixels_and_its_block_36() -> None:
    network = random_lgun(scale=2)
    assert farthest(network.shallow[0].attention, 16) == 35
    hold(network, torch.rand(1, 3, 9, 9, dtype=torch.float64))
    network.statistics.rewind()
    assert farthest(network.shallow[0], 16) == 36


def farthest(layer: nn.Module, channels: int) -> int:
    """How many pixels away the gradient of one output pixel reaches, the same on all four sides."""
    middle = 45
    x = torch.rand(1, channels, 2 * middle + 1, 2 * middle + 1, dtype=torch.float64, requires_grad=True)
    layer(x)[..., middle, middle].sum().backward()
    assert x.grad is not None
    reached = x.grad.abs().amax((0, 1)).nonzero()
    sides = {*(middle - reached.amin(0)).tolist(), *(reached.amax(0) - middle).tolist()}
    assert len(sides) == 1
    return int(sides.pop())


def test_parts_look_only_at_themselves_and_those_before() -> None:
    torch.manual_seed(0)
    layer = randomised(MLHA(64))
    f = torch.rand(1, 64, 8, 9, dtype=torch.float64)
    changed = f.clone()
    changed[:, 48:] += torch.rand(1, 16, 8, 9, dtype=torch.float64)
    with torch.no_grad():
        before, after = layer.modulated(f), layer.modulated(changed)
        assert torch.equal(before[:, :16], f[:, :16] ** 2)
        assert torch.equal(before[:, :48], after[:, :48])
        assert not torch.isclose(before[:, 48:], after[:, 48:]).any(1).all()


def test_multi_order_attention_is_its_formula() -> None:
    torch.manual_seed(0)
    layer = randomised(MLHA(8))
    x = torch.rand(2, 8, 6, 7, dtype=torch.float64)
    with torch.no_grad():
        f = pointwise(layer.inner, x)
        y1 = f[:, 0:2]
        y2 = sequence(layer.lkcs[0], f[:, 2:4] + y1)
        y3 = sequence(layer.lkcs[1], f[:, 4:6] + y2)
        y4 = sequence(layer.lkcs[2], f[:, 6:8] + y3)
        expected = pointwise(layer.outer, f * torch.cat((y1, y2, y3, y4), 1))
        assert (layer(x) - expected).abs().max() < 1e-12


def pointwise(conv: nn.Conv2d, x: Tensor) -> Tensor:
    assert conv.bias is not None
    return torch.einsum("oi,bihw->bohw", conv.weight[:, :, 0, 0], x) + conv.bias[:, None, None]


def sequence(lkcs: LKCS, x: Tensor) -> Tensor:
    """The taps of both depthwise kernels one by one; the dilations are half the first kernel's side, rounded up."""
    for conv, step in ((lkcs.near, 1), (lkcs.dilated, -(-lkcs.near.kernel_size[0] // 2))):
        assert conv.bias is not None
        side, (height, width) = conv.kernel_size[0], x.shape[2:]
        margin = side // 2 * step
        padded, total = functional.pad(x, [margin] * 4), conv.bias[:, None, None].expand_as(x).clone()
        for u in range(side):
            for v in range(side):
                window = padded[..., u * step : u * step + height, v * step : v * step + width]
                total += conv.weight[:, 0, u, v, None, None] * window
        x = total
    return pointwise(lkcs.mix, x)


@pytest.mark.parametrize(("features", "heads", "kept"), [(64, 4, (8, 10, 12)), (20, 4, (2, 3, 3)), (4, 2, (1, 1, 1))])
def test_a_half_two_thirds_and_three_quarters_of_the_channels_are_kept(
    features: int, heads: int, kept: tuple[int, ...]
) -> None:
    assert DGSA(features, heads, Statistics()).kept == kept


def dense(layer: DGSA, qk: Tensor) -> Tensor:
    """The matrix of one picture, (channel, channel), in plain loops (eqs. 6 to 9); qk is (2 channels, pixel)."""
    features = len(qk) // 2
    d = features // layer.heads
    out = torch.zeros(features, features, dtype=qk.dtype)
    for h in range(layer.heads):
        for i in range(h * d, h * d + d):
            q, row = qk[i], []
            for j in range(h * d, h * d + d):
                k = qk[features + j]
                row.append(layer.temperature[h] * (q @ k) / (q.norm() * k.norm()))
            for share, count in zip(layer.shares, (d // 2, d * 2 // 3, d * 3 // 4), strict=True):
                bar = sorted(row, reverse=True)[count - 1]
                raised = [s.exp() if s >= bar else torch.zeros_like(s) for s in row]
                for j in range(d):
                    out[i, h * d + j] += share * raised[j] / sum(raised)
    return out


def random_dgsa(features: int = 32, heads: int = 2) -> DGSA:
    torch.manual_seed(0)
    layer: DGSA = randomised(DGSA(features, heads, Statistics()))
    with torch.no_grad():
        layer.temperature.mul_(5)
    return layer


def test_attention_is_three_masked_softmaxes_and_three_products() -> None:
    layer = random_dgsa()
    x = torch.rand(2, 32, 6, 5, dtype=torch.float64)
    with torch.no_grad():
        out = layer(x)
        for k in range(2):
            qk, v = layer.depthwise(layer.qkv(x[k : k + 1]))[0].flatten(1).split((64, 32))
            expected = pointwise(layer.project, (dense(layer, qk) @ v).view(1, 32, 6, 5))
            assert (out[k] - expected[0]).abs().max() < 1e-12


def test_rows_of_the_matrix_sum_to_the_shares_and_hold_three_quarters_at_most() -> None:
    layer = random_dgsa(64, 4)
    matrix = layer.matrix(torch.randn(2, 128, 50, dtype=torch.float64))
    assert matrix.shape == (2, 4, 16, 16)
    assert torch.allclose(matrix.sum(-1), layer.shares.sum())
    assert ((matrix != 0).sum(-1) == 12).all()


def test_the_matrix_does_not_grow_with_the_picture_nor_depend_on_the_order_of_its_pixels() -> None:
    layer = random_dgsa()
    qk = torch.randn(1, 64, 40, dtype=torch.float64)
    expected = layer.matrix(qk)
    assert (layer.matrix(qk.repeat(1, 1, 4)) - expected).abs().max() < 1e-12
    assert (layer.matrix(30 * qk[..., torch.randperm(40)]) - expected).abs().max() < 1e-12


def test_pixels_that_change_places_take_their_output_with_them() -> None:
    layer = random_dgsa()
    x = torch.rand(1, 32, 6, 7, dtype=torch.float64)
    order = torch.randperm(42)
    with torch.no_grad():
        centre = layer.depthwise.weight[..., 1, 1].clone()
        layer.depthwise.weight.zero_()
        layer.depthwise.weight[..., 1, 1] = centre  # else neighbours matter
        moved = layer(x.flatten(2)[..., order].view_as(x))
        assert (moved - layer(x).flatten(2)[..., order].view_as(x)).abs().max() < 1e-12


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_the_matrix_of_half_precision_features_is_computed_in_float32(dtype: torch.dtype) -> None:
    layer = DGSA(32, 2, Statistics())
    qk = (20 * torch.randn(1, 64, 5000) + 30).to(dtype)  # squares sum to more than float16 holds
    with torch.no_grad():
        expected = layer.matrix(qk.float())
        with torch.autocast("cpu", torch.bfloat16):
            found = layer.matrix(qk)
    assert found.dtype == torch.float32
    assert torch.equal(found, expected)


def test_feed_forward_network_is_its_formula() -> None:
    torch.manual_seed(0)
    layer = randomised(FFN(32, Statistics()))
    x = torch.rand(2, 32, 5, 6, dtype=torch.float64)
    first, _, last, _ = layer.se.conv_du
    assert layer.expand.out_channels == 80 and first.out_channels == 5
    with torch.no_grad():
        y = layer.depthwise(pointwise(layer.expand, x))
        gate = torch.sigmoid(pointwise(last, pointwise(first, y.mean((2, 3), keepdim=True)).clamp(min=0)))
        y = y * gate
        expected = pointwise(layer.reduce, y * 0.5 * (1 + torch.erf(y / 2**0.5)))
        assert (layer(x) - expected).abs().max() < 1e-12


def test_blocks_add_attention_and_then_the_feed_forward_network() -> None:
    network = random_lgun(scale=2)
    x = torch.rand(1, 16, 7, 6, dtype=torch.float64)
    with torch.no_grad():
        for block in (network.shallow[0], network.deep[0]):
            half = x + block.attention(block.norm1(x))
            assert (block(x) - half - block.ffn(block.norm2(half))).abs().max() < 1e-12


def test_the_head_is_added_before_the_tail_and_nothing_after() -> None:
    network = random_lgun(scale=3, bands=2)
    x = torch.rand(1, 2, 7, 6, dtype=torch.float64)
    with torch.no_grad():
        first = network.head(x)
        y = network.deep[0](network.shallow[0](first)) + first
        sub = network.tail(y)
        out = network(x)
        for u in range(3):
            for v in range(3):
                assert torch.allclose(out[:, :, u::3, v::3], sub[:, 3 * u + v :: 9])


def test_held_values_are_10752_numbers() -> None:
    values = statistics.collect(LGUN(scale=2), torch.rand(2, 3, 4, 4))
    assert len(values) == 24
    assert sum(v.numel() for v in values) == 10_752


def test_queries_and_keys_are_not_computed_when_their_matrix_is_held() -> None:
    x = torch.rand(1, 3, 8, 9, dtype=torch.float64)
    network = hold(random_lgun(scale=2), x)
    attention = network.deep[0].attention
    with torch.no_grad():
        expected = network(x)
        attention.qkv.weight[:32] = torch.nan
        attention.depthwise.bias[:32] = torch.nan
        attention.temperature.fill_(torch.nan)
        assert torch.equal(network(x), expected)


def test_tiles_and_pixels_without_data_stay_out_of_the_collected_values() -> None:
    network = random_lgun(scale=2)
    x = torch.rand(3, 3, 10, 12, dtype=torch.float64)
    valid = torch.ones(3, 10, 12, dtype=torch.bool)
    valid[1] = False
    seen: list[Tensor] = []
    layers = (network.shallow[0].ffn.depthwise, network.deep[0].attention.depthwise)
    hooks = [layer.register_forward_hook(lambda _, __, out: seen.append(out)) for layer in layers]
    valid[0, :7, 5:] = False
    mean, matrix, _ = statistics.collect(network, x, valid)
    for hook in hooks:
        hook.remove()
    pixels, qkv = (out.permute(0, 2, 3, 1)[valid].T for out in seen)
    assert (mean.flatten() - pixels.mean(1)).abs().max() < 1e-12
    with torch.no_grad():
        expected = dense(network.deep[0].attention, qkv[:32])
    assert (torch.block_diag(*matrix[0]) - expected).abs().max() < 1e-12
