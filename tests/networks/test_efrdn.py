"""EFRDN against its paper's counts, its formulas and literal loops (Liu et al.; no authors' weights exist)."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks import layers, statistics
from rs_sr.networks.counting import multiply_adds, parameters
from rs_sr.networks.efrdn import (
    ACDM,
    ACRB,
    EFFB,
    EFRDN,
    ESA,
    FFLB,
    GCRB,
    WINDOW,
    SpatialGate,
    Transformer,
    UseNorm,
    read,
    scca,
    scsa,
)

SMALL: dict[str, Any] = {"scale": 2, "features": 16, "acdms": 1, "uses": 1, "transformers": 1, "hidden": 16}


def efrdn(seed: int = 0, gain: float = 1.0, **arguments: Any) -> EFRDN:
    """In float64 and evaluation mode; all weights and biases random, the running statistics from a random batch."""
    torch.manual_seed(seed)
    network = EFRDN(**arguments).double()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(gain).add_(0.02 * torch.randn_like(parameter))
        for gate in network.modules():
            if isinstance(gate, layers.ChannelGate):
                gate.conv_du[0].bias.fill_(0.5)  # one or two hidden units: a negative one would close the gate's layers
        network(image(24, 24, batch=2, bands=network.bands))
    return network.eval()


def image(height: int, width: int, *, batch: int = 1, bands: int = 3, seed: int = 0, coarse: int = 4) -> Tensor:
    """Random and smooth, 0..1, float64."""
    torch.manual_seed(seed)
    size = (math.ceil(height / coarse) + 1, math.ceil(width / coarse) + 1)
    noise = torch.rand(batch, bands, *size, dtype=torch.float64)
    return functional.interpolate(noise, scale_factor=coarse, mode="bicubic")[:, :, :height, :width].clamp(0, 1)


def test_each_block_has_the_parameters_that_the_ablations_leave_for_it() -> None:
    values = statistics.Statistics()
    cc = layers.ChannelGate(32, 2, values, contrast=True)
    expected = {
        ACDM(32, 2, values): 117_086, FFLB(32, 2, values): 21_192, EFFB(32, 2, values): 13_774, GCRB(32, 2): 424,
        ACRB(8, 2): 1_000, ESA(32): 2_960, cc: 162, scsa(32): 3_890, scca(32, values): 3_940,
        Transformer(32, 144): 229_968,
    }  # fmt: skip
    assert [parameters(block) for block in expected] == list(expected.values())
    assert parameters(EFRDN(scale=4).acdm[0].mscc) == 8_886


def test_multiply_adds_are_those_of_the_layers_added_up() -> None:
    gcrb, acrb, calibrated = 128 + 72 + 128, 192 + 576 + 192, 2 * 576 + 256 + 2304
    esa = 256 + 576 / 4 + 3 * 576 / 36 + 64 + 256
    fflb = 5 * gcrb + 2 * esa + 2 * 2304 + (calibrated + 98) + calibrated
    acdm = 3 * (fflb + acrb + 6912) + 6912 + 13824 + (calibrated + 98) + calibrated + 1024
    body = 864 + 4 * (acdm + 9216) + 2 * 9216
    linear = 2 * (288 * 144 + 144 * 432 + 144 * 288 + 288 * 144 + 144 * 288)
    gates = 48 * 2 * 32 * 2 + 16 * 2 * 16 * 4
    assert multiply_adds(EFRDN(scale=4), 96, 96) == 96**2 * (body + 2 * 864 * 16 + linear) + gates
    # The note's numbers are of ESA without padding; the paper's x2 and x3 look scaled from x4, whatever the tail.
    for scale, note, paper in ((2, 457_859, 111.6), (3, 466_499, 49.5), (4, 478_595, 27.9)):
        convolutions = body + 2 * 864 * scale**2
        assert convolutions == pytest.approx(note, rel=2e-3)
        assert convolutions * 1280 * 720 / scale**2 / 1e9 == pytest.approx(paper, rel=0.06)


def unshared(network: EFRDN) -> EFRDN:
    """The same weights, an ACDM of its own for every use."""
    arguments = read(network.state_dict())
    twin = EFRDN(**(arguments | {"acdms": arguments["uses"]})).double()
    state = {k: v for k, v in network.state_dict().items() if not k.startswith("acdm.")}
    for i in range(arguments["uses"]):
        use, which = divmod(i, arguments["acdms"])
        for k, v in network.acdm[which].state_dict().items():
            state[f"acdm.{i}.{k}"] = v[use : use + 1] if "running" in k else v
    twin.load_state_dict(state)
    return twin


def test_a_shared_module_gathers_the_gradients_of_its_uses_and_keeps_their_statistics_apart() -> None:
    network = efrdn(**(SMALL | {"acdms": 2, "uses": 3})).train()
    twin = unshared(network).train()
    assert len(network.acdm) == 2
    x = image(12, 12, batch=2)
    a, b = network(x), twin(x)
    assert torch.allclose(a, b, atol=1e-10)
    a.square().sum().backward()
    b.square().sum().backward()
    uses = [dict(acdm.named_parameters()) for acdm in twin.acdm]
    for name, parameter in network.acdm[0].named_parameters():
        both = uses[0][name].grad + uses[2][name].grad
        assert torch.allclose(parameter.grad, both, rtol=1e-8, atol=1e-8 * max(1, both.abs().max()))
    for name, parameter in network.acdm[1].named_parameters():
        assert torch.allclose(parameter.grad, uses[1][name].grad, rtol=1e-8, atol=1e-8)
    theirs = unshared(network).state_dict()
    running = [k for k in theirs if "running" in k]
    assert running and all(torch.allclose(theirs[k], twin.state_dict()[k], atol=1e-10) for k in running)
    assert any((theirs[k] - theirs[k.replace("acdm.2", "acdm.0")]).abs().max() > 0.01 for k in running if "acdm.2" in k)


def test_batch_normalisation_is_torchs_with_the_statistics_of_its_use() -> None:
    norm = UseNorm(5, 2).double()
    theirs = [nn.BatchNorm2d(5).double() for _ in range(2)]
    for step in range(4):
        use = step % 2
        x = image(6, 7, batch=3, bands=5, seed=step) * (use + 1)
        assert torch.allclose(norm(x, use), theirs[use](x), atol=1e-12)
    for use in range(2):
        assert torch.allclose(norm.running_mean[use], theirs[use].running_mean, atol=1e-12)
        assert torch.allclose(norm.running_var[use], theirs[use].running_var, atol=1e-12)
        assert torch.allclose(norm.eval()(x, use), theirs[use].eval()(x), atol=1e-12)


def test_residual_blocks_without_their_last_weight_are_the_identity() -> None:
    torch.manual_seed(0)
    x = torch.randn(2, 16, 30, 26, dtype=torch.float64)
    gcrb, acrb, transformer = GCRB(16, 1).double(), ACRB(16, 1).double(), Transformer(16, 24).double()
    with torch.no_grad():
        for layer in (gcrb.up.norm, acrb.body.norm, transformer.proj, transformer.fc2):
            layer.weight.zero_()
            layer.bias.zero_()
        assert torch.equal(gcrb(x, 0), x)
        assert torch.equal(acrb(x, 0), x)
        for training in (False, True):
            assert (transformer.train(training)(x) - x).abs().max() < 1e-12  # fold(unfold(x)) / count


def test_the_lattice_block_follows_its_equations() -> None:
    block = efrdn(**SMALL).acdm[0].fflb[1]
    x = torch.randn(1, 16, 9, 8, dtype=torch.float64)

    def cc(gate: nn.Module, v: Tensor) -> Tensor:
        value = v.mean((2, 3)) + (v.var((2, 3), unbiased=False) + 1e-8).sqrt()
        first, second = gate.conv_du[0], gate.conv_du[2]
        hidden = (value @ first.weight[:, :, 0, 0].T + first.bias).relu()
        return v * (hidden @ second.weight[:, :, 0, 0].T + second.bias).sigmoid()[:, :, None, None]

    with torch.no_grad():
        l_1 = block.esa1(block.gcrb1(x, 0))  # eq. 10
        upper_1, lower_1 = x + cc(block.b1, l_1), l_1 + cc(block.a1, x)  # eqs. 11, 12
        u_2 = block.esa2(block.gcrb2(upper_1, 0))  # eq. 13
        upper_2, lower_2 = u_2 + cc(block.b2, lower_1), lower_1 + cc(block.a2, u_2)  # eqs. 14, 15
        expected = x + block.effb(block.s1 * upper_2 + block.s2 * lower_2, 0)  # eq. 16
        assert torch.allclose(block(x, 0), expected, atol=1e-12)


def test_the_whole_follows_its_equations() -> None:
    network = efrdn(**(SMALL | {"acdms": 2, "uses": 4, "transformers": 2}))
    x = image(10, 9)
    with torch.no_grad():
        f = network.head(x)  # eq. 1
        conv, acdm, trans = network.conv, network.acdm, network.trans
        a1 = conv[0](acdm[0](f, 0) + f)  # eq. 2
        a2 = conv[1](acdm[1](a1, 0) + a1 + f)
        a3 = conv[2](acdm[0](a2, 1) + a1 + a2 + f)
        a4 = conv[3](acdm[1](a3, 1) + a1 + a2 + a3 + f)
        c = a1 + a2 + a3 + a4 + f  # eq. 3
        t1 = conv[4](trans[0](c))  # eq. 4
        t2 = conv[5](trans[1](t1 + c))  # eqs. 5, 6
        deep = t1 + c + t2 + f  # eq. 7
        expected = functional.pixel_shuffle(network.up1(deep), 2) + functional.pixel_shuffle(network.up2(f), 2)  # eq. 8
        assert torch.allclose(network(x), expected, atol=1e-10)


def test_the_spatial_gate_sees_mean_and_maximum_of_the_channels() -> None:
    gate, x = SpatialGate().double(), torch.randn(1, 4, 9, 8, dtype=torch.float64)
    padded = functional.pad(torch.stack([x[0].mean(0), x[0].max(0).values]), (3, 3, 3, 3))
    with torch.no_grad():
        y, col = 2, 5
        value = (gate.conv.weight[0] * padded[:, y : y + 7, col : col + 7]).sum().sigmoid()
        assert torch.allclose(gate(x)[0, :, y, col], x[0, :, y, col] * value, atol=1e-12)


@pytest.mark.parametrize("size", [1, 2, 6, 7, 12, 13, 25])
def test_esa_has_a_coarse_row_for_every_six_begun(size: int) -> None:
    esa, seen = ESA(16), []
    esa.conv_max.register_forward_hook(lambda _, inputs, __: seen.append(inputs[0].shape[2:]))
    assert esa(torch.rand(1, 16, size, 9)).shape == (1, 16, size, 9)
    assert seen == [(math.ceil(size / 6), 2)]


def test_esa_follows_a_shift_by_six_and_no_other() -> None:
    torch.manual_seed(0)
    esa, x = ESA(16).double(), torch.randn(1, 16, 132, 12, dtype=torch.float64)
    with torch.no_grad():
        whole = esa(x)
        for shift, exact in ((6, True), (24, True), (3, False)):
            difference = (esa(x[:, :, shift:])[:, :, 72 - shift : 90 - shift] - whole[:, :, 72:90]).abs().max()
            assert difference < 1e-12 if exact else difference > 1e-6


def tokens_by_hand(block: Transformer, x: Tensor) -> Tensor:
    """Eqs. 28 and 29 window by window, head by head, on the tokens that exist."""
    _, channels, height, width = x.shape
    unfolded = functional.unfold(x, 3, padding=1)[0].T.reshape(height, width, 9 * channels)
    out = torch.zeros_like(unfolded)
    for top in range(0, height, 24):
        for left in range(0, width, 24):
            window = unfolded[top : top + 24, left : left + 24]
            t = window.reshape(-1, 9 * channels)
            q, k, v = block.qkv(block.reduce(block.norm1(t))).chunk(3, 1)
            heads = []
            for qh, kh, vh in zip(q.chunk(8, 1), k.chunk(8, 1), v.chunk(8, 1), strict=True):
                heads.append((qh @ kh.T / qh.shape[1] ** 0.5).softmax(1) @ vh)
            t = t + block.proj(torch.cat(heads, 1))
            t = t + block.fc2(block.fc1(block.norm2(t)).relu())
            out[top : top + 24, left : left + 24] = t.reshape(window.shape)
    flat = out.reshape(1, height * width, -1).transpose(1, 2)
    count = functional.fold(torch.ones_like(flat), (height, width), 3, padding=1)
    return functional.fold(flat, (height, width), 3, padding=1) / count


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize(("height", "width"), [(30, 30), (24, 48), (5, 26), (49, 3)])
def test_attention_is_what_literal_windows_give_and_padding_carries_no_weight(
    height: int, width: int, training: bool
) -> None:
    torch.manual_seed(0)
    block = Transformer(16, 24).double().train(training)
    with torch.no_grad():
        block.qkv.weight.mul_(4)
        x = torch.randn(2, 16, height, width, dtype=torch.float64)
        expected = torch.cat([tokens_by_hand(block, one[None]) for one in x])
        assert torch.allclose(block(x), expected, atol=1e-11)


def test_a_changed_pixel_leaves_other_windows_alone() -> None:
    torch.manual_seed(0)
    block = Transformer(16, 24).double().eval()
    x = torch.randn(1, 16, 50, 50, dtype=torch.float64)
    other = x.clone()
    other[:, :, 12, 30] += 1  # in the window of rows 0..23, columns 24..47
    with torch.no_grad():
        changed = (block(x) != block(other)).any(1)[0].nonzero()
    # One pixel more on each side: a neighbourhood writes to its neighbours.
    assert (changed.amin(0).tolist(), changed.amax(0).tolist()) == ([0, 23], [24, 48])


def test_rows_of_windows_equal_all_windows_at_once_in_float32() -> None:
    torch.manual_seed(0)
    block, x = Transformer(32, 144), torch.randn(2, 32, 60, 50)
    with torch.no_grad():
        assert (block.train()(x) - block.eval()(x)).abs().max() < 1e-5


def test_an_exported_graph_always_masks_since_it_may_see_other_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    block, x, seen = Transformer(16, 16).eval(), torch.randn(1, 16, 48, 24), []
    plain = block.attention
    monkeypatch.setattr(block, "attention", lambda t, real: (seen.append(real), plain(t, real))[1])
    with torch.no_grad():
        expected = block(x)
        monkeypatch.setattr(torch.onnx, "is_in_onnx_export", lambda: True)
        assert (block(x) - expected).abs().max() < 1e-5
    *rows, whole = seen
    assert rows == [None, None]
    assert whole is not None and whole.shape == (2, 576) and whole.all()


def test_one_pass_asks_for_64_values_of_1792_numbers_a_vector_for_every_use() -> None:
    values = statistics.collect(EFRDN(scale=2).eval(), torch.rand(1, 3, 6, 6))
    assert (len(values), sum(v.numel() for v in values)) == (64, 1792)
    fflb = [(1, 32, 1, 1)] * 4 + [(1, 16, 1, 1)]
    assert [tuple(v.shape) for v in values] == ([*(fflb * 3), (1, 16, 1, 1)]) * 4


def test_tiles_with_the_exact_halo_on_the_grid_equal_the_whole_and_others_do_not() -> None:
    network = efrdn(**SMALL, gain=1.3)
    x, start, core = image(6, 29 * 24), 14 * 24, 24
    statistics.hold(network, statistics.collect(network, x[..., :96]))
    with torch.no_grad():
        whole = network(x)
        reach = 0
        for col in (start, start + 23):  # not-a-number goes wherever a pixel goes
            spoilt = x.clone()
            spoilt[..., col] = torch.nan
            reached = (~network(spoilt).isfinite()).amax((0, 1, 2)).nonzero() // 2
            reach = max(reach, int((reached - col).abs().max()))
        halo = math.ceil(reach / WINDOW) * WINDOW
        assert 200 < reach < start and network.radius is None
        errors = []
        for around in (halo, 24, 60):
            tile = network(x[..., start - around : start + core + around])[..., 2 * around : 2 * (around + core)]
            errors.append(float((tile - whole[..., 2 * start : 2 * (start + core)]).abs().max()))
        exact, short, off_grid = errors
    assert exact < 1e-9
    assert short > 1e-4 and off_grid > 1e-4


def test_tiles_of_the_whole_network_with_halo_48_agree_to_a_ten_thousandth() -> None:
    network = efrdn(scale=2).float()
    x = image(144, 144).float()
    halo, core = network.halo, 48
    statistics.hold(network, statistics.collect(network, x[:, :, 48:96, 48:96]))
    with torch.no_grad():
        whole = network(x)
        differences = []
        for row, col in ((0, 0), (96, 96)):
            top, left = max(row - halo, 0), max(col - halo, 0)
            assert top % network.grid == left % network.grid == 0
            tile = network(x[:, :, top : row + core + halo, left : col + core + halo])
            here = tile[:, :, 2 * (row - top) :, 2 * (col - left) :][:, :, : 2 * core, : 2 * core]
            differences.append((here - whole[:, :, 2 * row :, 2 * col :][:, :, : 2 * core, : 2 * core]).abs().flatten())
    assert torch.cat(differences).quantile(0.99) < 1e-4 * (whole.max() - whole.min())


def test_the_estimate_of_memory_covers_what_was_measured() -> None:
    assert EFRDN(scale=2).memory_per_px >= 3500
    assert EFRDN(scale=4).memory_per_px >= 4450
