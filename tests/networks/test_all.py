"""What holds for every network: published figures, gradients, independence, tiles, and the whole way of a raster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from torch import Tensor, nn
from torch.nn import functional

import rs_sr
from rs_sr.errors import ModelError
from rs_sr.models import store
from rs_sr.models.making import card_of
from rs_sr.networks import NETWORKS, build, statistics
from rs_sr.networks.contract import Network
from rs_sr.networks.counting import macs_per_px, multiply_adds, parameters
from rs_sr.networks.layers import channels_last
from tests.conftest import Make, pattern
from tests.nets import SMALL, hold, narrow, randomised, smooth, tiled

S = {"features": 42, "attention": 42, "blocks": 5}

# network, arguments, scale, parameters in thousands as published (None: unexplained, see the notes), parameters here,
# multiply-adds for 1280 x 720 in G as published, as counted here, and how far apart the two may be. LSFFNet's are for
# half that frame, its x3 is a misprint (13.74 fits); ALKDNet counted biases at x2, EFRDN and LGUN convolutions alone.
PUBLISHED: list[tuple[str, dict[str, Any], int, float | None, int, float, int, float]] = [
    ("lkdn", {}, 2, 304, 303_812, 69.1, 68_718_182_400, 0.01),
    ("lkdn", {}, 3, 311, 311_387, 31.4, 31_266_627_840, 0.01),
    ("lkdn", {}, 4, 322, 321_992, 18.3, 18_224_640_000, 0.01),
    ("lkdn", S, 4, 129, 129_177, 7.3, 7_285_420_800, 0.01),
    ("alkdnet", {}, 2, 373, 372_716, 83.7, 79_456_151_296, 0.06),
    ("alkdnet", {}, 3, 381, 381_371, 37.3, 36_141_250_816, 0.04),
    ("alkdnet", {}, 4, 393, 393_488, 21.6, 21_057_796_096, 0.03),
    ("lsffnet", {}, 2, 298.43, 299_292, 2 * 30.10, 61_035_747_840, 0.02),
    ("lsffnet", {}, 3, 305.25, 305_787, 2 * 13.74, 27_747_141_120, 0.02),
    ("lsffnet", {}, 4, None, 314_880, 2 * 7.95, 16_154_749_440, 0.02),
    ("efrdn", {}, 2, 768, 757_428, 111.6, 105_601_452_032, 0.06),
    ("efrdn", {}, 3, 768, 766_098, 49.5, 47_743_634_432, 0.04),
    ("efrdn", {}, 4, 768, 778_236, 27.9, 27_595_384_832, 0.02),
    ("lgun", {}, 2, 675, 676_452, 141.1, 139_714_611_200, 0.011),
    ("lgun", {}, 3, 684, 685_107, 63.5, 62_881_740_800, 0.011),
    ("lgun", {}, 4, 696, 697_224, 36.4, 36_123_084_800, 0.011),
]
CLOSE = {"efrdn": 0.015, "lgun": 0.0025}  # to the parameters as published; others 0.003
# Parameters of other widths and numbers of bands, as published or designed.
COUNTED: list[tuple[str, dict[str, Any], int]] = [
    ("lkdn", {"scale": 4, "bands": 4}, 330_296),
    ("lkdn", {"scale": 2, **S}, 115_533),
    ("lkdn", {"scale": 3, **S}, 121_218),
    ("lkdn", {"scale": 2, **S, "reparameterised": True}, 130_005),
    ("lkdn", {"scale": 3, **S, "reparameterised": True}, 147_690),
    ("lkdn", {"scale": 4, **S, "reparameterised": True}, 172_449),
    ("alkdnet", {"scale": 4, "bands": 4}, 402_976),
    ("lsffnet", {"scale": 4, "bands": 4}, 322_240),
    *(
        ("efrdn", {"scale": scale, "bands": bands}, three + (bands - 3) * (288 + 2 * 289 * scale**2))
        for scale, three in ((2, 757_428), (3, 766_098), (4, 778_236))
        for bands in (1, 4, 13)
    ),
    ("lgun", {"scale": 2, "deep": 5}, 542_961),
    ("lgun", {"scale": 2, "bands": 1}, 676_452 - 2 * (576 + 577 * 4)),
    ("lgun", {"scale": 4, "bands": 4}, 697_224 + 576 + 577 * 16),
    ("lgun", {"scale": 3, "bands": 13}, 685_107 + 10 * (576 + 577 * 9)),
]
POOLING = [n for n in NETWORKS if statistics.of_network(narrow(n))]


class _NoLinear:
    """Linear layers out of a count: EFRDN's group counts convolutions alone."""

    @staticmethod
    def of(module: nn.Module) -> nn.Module:
        for layer in list(module.modules()):
            if isinstance(layer, nn.Linear):
                layer.__class__ = type("Uncounted", (nn.Module,), {"forward": nn.Linear.forward})
        return module


@pytest.mark.parametrize(("network", "arguments", "scale", "paper", "ours", "paper_g", "macs", "apart"), PUBLISHED)
def test_parameters_and_multiply_adds_against_the_papers(
    network: str, arguments: dict[str, Any], scale: int, paper: float | None, ours: int, paper_g: float, macs: int,
    apart: float,
) -> None:  # fmt: skip
    module = build(network, {"scale": scale, **arguments})
    assert parameters(module) == ours
    if paper is not None:
        assert ours / 1000 == pytest.approx(paper, rel=CLOSE.get(network, 0.003))
    assert multiply_adds(_NoLinear.of(module.eval()), 720 // scale, 1280 // scale) == macs
    assert macs / 1e9 == pytest.approx(paper_g, rel=apart)


@pytest.mark.parametrize(("scale", "expected"), [(2, 264_912), (3, 271_392), (4, 280_464)])
def test_multiply_adds_of_an_input_pixel_and_of_what_is_pooled_are_told_apart(scale: int, expected: int) -> None:
    module = build("lsffnet", {"scale": scale})
    pooled = 20 * 2 * 48 * 12  # the gates' 1x1 layers work on one vector a picture
    assert multiply_adds(module, 10, 10) == 100 * expected + pooled
    assert macs_per_px(module) == expected + pooled // 96**2


@pytest.mark.parametrize(("network", "arguments", "expected"), COUNTED)
def test_parameters_of_other_forms(network: str, arguments: dict[str, Any], expected: int) -> None:
    assert parameters(build(network, arguments)) == expected


# Every argument that changes a tensor's shape.
ARGUMENTS: list[tuple[str, dict[str, Any]]] = [
    ("plain", {"scale": 3, "bands": 4, "channels": 12, "layers": 5}),
    ("lkdn", {"scale": 3, "bands": 4, "features": 12, "attention": 10, "blocks": 3, "reparameterised": True}),
    ("lkdn", {"scale": 4, "bands": 1, "features": 8, "attention": 8, "blocks": 11, "reparameterised": False}),
    ("alkdnet", {"scale": 2, "bands": 3, "features": 16, "blocks": 1, "kernel": 9}),
    ("alkdnet", {"scale": 6, "bands": 2, "features": 8, "blocks": 11, "kernel": 3}),
    ("lsffnet", {"scale": 3, "bands": 1, "features": 24, "groups": 3, "blocks": 2, "large_kernel": 9,
                 "dynamic_channels": 8, "expansion": 1}),
    ("lsffnet", {"scale": 6, "bands": 5, "features": 8, "groups": 11, "blocks": 1, "large_kernel": 11,
                 "dynamic_channels": 1, "expansion": 4}),
    ("efrdn", {"scale": 2, "bands": 13, "features": 16, "acdms": 3, "uses": 5, "transformers": 1, "hidden": 72}),
    ("efrdn", {"scale": 3, "bands": 1, "features": 48, "acdms": 1, "uses": 2, "transformers": 3, "hidden": 144}),
    ("lgun", {"scale": 3, "bands": 1, "features": 24, "shallow": 1, "deep": 3, "heads": 2}),
    ("lgun", {"scale": 6, "bands": 13, "features": 16, "shallow": 11, "deep": 12, "heads": 8}),
]  # fmt: skip


@pytest.mark.parametrize(("network", "arguments"), ARGUMENTS)
def test_arguments_are_read_off_the_tensors(network: str, arguments: dict[str, Any]) -> None:
    assert NETWORKS[network].read(build(network, arguments).state_dict()) == arguments


@pytest.mark.parametrize(
    ("network", "arguments", "sentence"),
    [
        ("alkdnet", {"kernel": 8}, "kernel is 8 and must be odd"),
        ("alkdnet", {"esa": "tile"}, "esa is tile and must be grid or stretch"),
        (
            "lsffnet",
            {"features": 18, "dynamic_channels": 4},
            "features is 18 and must be a multiple of dynamic",
        ),
        ("lsffnet", {"large_kernel": 6}, "large_kernel is 6 and must be odd"),
        ("efrdn", {"features": 24}, "features must be a multiple of 16, not 24"),
        ("efrdn", {"features": 0}, "features must be a multiple of 16, not 0"),
        ("efrdn", {"acdms": 3, "uses": 2, "transformers": 2}, "3 ACDM in 2 uses and 2 transformers: one at least"),
        ("efrdn", {"transformers": 0}, "1 ACDM in 2 uses and 0 transformers: one at least, none idle"),
        ("lgun", {"features": 18, "heads": 2}, "features is 18 and must be a multiple of 4 and of heads, 2, and twice"),
        ("lgun", {"heads": 3}, "features is 16 and must be a multiple of 4 and of heads, 3, and twice it"),
        ("lgun", {"heads": 16}, "features is 16 and must be a multiple of 4 and of heads, 16, and twice it"),
        ("lgun", {"shallow": 0}, "shallow and deep are 0 and 1 and must be 1 at least"),
        ("lgun", {"deep": 0}, "shallow and deep are 1 and 0 and must be 1 at least"),
    ],
)
def test_arguments_without_meaning_are_refused(network: str, arguments: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        narrow(network, **arguments)


# network, arguments, learning rate, steps
LEARNERS: list[tuple[str, dict[str, Any], float, int]] = [
    ("plain", {"channels": 16}, 1e-2, 150),
    ("lkdn", {"features": 16, "attention": 16}, 1e-2, 150),
    ("lkdn", {"features": 16, "attention": 16, "reparameterised": True}, 1e-2, 150),
    ("alkdnet", {}, 1e-2, 150),
    ("lsffnet", {"features": 32}, 5e-3, 200),
    ("efrdn", {"uses": 1}, 4e-3, 50),
    ("lgun", {"heads": 2}, 1e-2, 150),
]


@pytest.mark.parametrize(("network", "arguments", "rate", "steps"), LEARNERS)
def test_it_learns_four_patches_by_heart(network: str, arguments: dict[str, Any], rate: float, steps: int) -> None:
    high = smooth(4, 3, 16, 16)
    low = functional.avg_pool2d(high, 2)
    module = narrow(network, **arguments).train()
    optimiser, losses = torch.optim.Adam(module.parameters(), rate), []
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(steps):
        loss = (module(low) - high).abs().mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(module.parameters(), 1)
        optimiser.step()
        schedule.step()
        losses.append(float(loss.detach()))
    repeated = low.repeat_interleave(2, 2).repeat_interleave(2, 3)
    assert losses[-1] < losses[0] / 10
    assert losses[-1] < 0.7 * float((repeated - high).abs().mean())


DEEPER: list[tuple[str, dict[str, Any]]] = [
    ("plain", {}),
    ("lkdn", {"blocks": 2}),
    ("lkdn", {"blocks": 2, "reparameterised": True}),
    ("alkdnet", {"features": 32, "blocks": 2}),
    ("alkdnet", {"features": 32, "esa": "stretch"}),
    ("lsffnet", {"groups": 2, "blocks": 2}),
    ("efrdn", {"acdms": 2, "uses": 3, "transformers": 2}),
    ("lgun", {"features": 32, "shallow": 2, "deep": 2}),
]


@pytest.mark.parametrize(("network", "arguments"), DEEPER)
def test_gradients_reach_every_parameter(network: str, arguments: dict[str, Any]) -> None:
    module = randomised(network, **arguments)
    module(torch.rand(2, 3, 30, 26, dtype=torch.float64)).square().sum().backward()
    assert [n for n, p in module.named_parameters() if p.grad is None or not p.grad.abs().max() > 0] == []


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(("value", "shape"), [(0.0, (9, 14)), (0.4, (9, 14)), (1.0, (9, 14)), (0.4, (1, 1))])
@pytest.mark.parametrize(("training", "biases"), [(False, True), (True, True), (False, False)])
def test_a_constant_picture_has_finite_output_and_gradients(
    network: str, value: float, shape: tuple[int, int], training: bool, biases: bool
) -> None:
    module = narrow(network).train(training)
    for name, parameter in module.named_parameters():
        if name.endswith("bias") and not biases:
            torch.nn.init.zeros_(parameter)
    x = torch.full((2, 3, *shape), value, requires_grad=True)
    out = module(x)
    out.square().sum().backward()
    assert out.isfinite().all() and x.grad is not None and x.grad.isfinite().all()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in module.parameters())


@pytest.mark.parametrize(("network", "arguments"), [*((n, {}) for n in NETWORKS), ("alkdnet", {"esa": "stretch"})])
@pytest.mark.parametrize(("scale", "bands"), [(2, 3), (3, 1), (4, 4)])
def test_any_size_comes_out_scale_times_larger(network: str, arguments: dict[str, Any], scale: int, bands: int) -> None:
    module = narrow(network, scale, bands, **arguments)
    for height, width in ((1, 1), (1, 7), (7, 9), (25, 33)):
        x = torch.rand(2, bands, height, width)
        with torch.no_grad():
            live, fixed = module(x), hold(module, x)(x)
        for out in (live, fixed):
            assert out.shape == (2, bands, scale * height, scale * width) and out.isfinite().all()
        statistics.release(module)


@pytest.mark.parametrize("network", NETWORKS)
def test_float32_is_close_to_float64_and_bfloat16_runs(network: str) -> None:
    module, x = randomised(network), torch.rand(1, 3, 26, 30, dtype=torch.float64)
    with torch.no_grad():
        exact = module(x)
        single = module.float()(x.float())
        with torch.autocast("cpu", torch.bfloat16):
            live, fixed = module(x.float()), hold(module, x.float())(x.float())
    assert (single - exact).abs().max() < 5e-6 * exact.abs().max()
    for rough in (live, fixed):
        assert 0 < (rough.double() - exact).abs().mean() < 0.05 * exact.std()


@pytest.mark.parametrize("network", NETWORKS)
def test_a_new_network_stays_close_under_bfloat16_autocast(network: str) -> None:
    module, x = narrow(network), torch.rand(1, 3, 24, 30)
    with torch.no_grad():
        exact = module(x)
        with torch.autocast("cpu", torch.bfloat16):
            rough, fixed = module(x), hold(module, x)(x)
    for out in (rough, fixed):
        assert 0 < (out.float() - exact).abs().max() < (0.1 if network == "alkdnet" else 0.05)


@pytest.mark.parametrize(
    ("network", "held", "words", "without"),
    [
        ("alkdnet", False, (), ("grid_sample",)),
        ("lsffnet", False, (), ()),
        ("lgun", False, ("topk",), ("autocast",)),
        ("lgun", True, (), ("autocast", "topk")),
    ],
)
def test_the_exported_graph_fits_every_size(
    network: str, held: bool, words: tuple[str, ...], without: tuple[str, ...]
) -> None:
    module = narrow(network)
    if held:
        hold(module, torch.rand(1, 3, 8, 8))
    sides = {2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC}
    program = torch.export.export(module, (torch.rand(1, 3, 20, 31),), dynamic_shapes=({0: None, 1: None} | sides,))
    graph = str(program.graph)
    assert all(word in graph for word in words) and not any(word in graph for word in without)
    small = [] if network == "alkdnet" else [(7, 9)]  # its graph is for pictures that its gate fits
    for height, width in ((20, 31), (45, 26), *small):
        x = torch.rand(1, 3, height, width)
        with torch.no_grad():
            assert (program.module()(x) - module(x)).abs().max() < 1e-5


@pytest.mark.parametrize(("network", "arguments"), DEEPER)
def test_the_form_for_inference_is_the_same_function_and_leaves_the_other_alone(
    network: str, arguments: dict[str, Any]
) -> None:
    module, x = randomised(network, **arguments), torch.rand(1, 3, 23, 18, dtype=torch.float64)
    before = {k: v.clone() for k, v in module.train().state_dict().items()}
    plain = module.fused()
    assert plain.fused() is plain and not plain.training and module.training == (plain is not module)
    with torch.no_grad():
        wanted = module.eval()(x)
        assert (plain(x) - wanted).abs().max() < 1e-10 * max(1, wanted.abs().max())
        assert (hold(module, x).fused()(x) - wanted).abs().max() < 1e-10 * max(1, wanted.abs().max())
        for parameter in plain.parameters() if plain is not module else ():
            parameter.zero_()
    assert all(torch.equal(v, before[k]) for k, v in module.state_dict().items())


M, W = (1, 80, 1, 1), (1, 4, 8, 8)  # means and matrices of LGUN
HELD: list[tuple[str, dict[str, Any], list[tuple[int, ...]]]] = [
    ("alkdnet", {"blocks": 2}, [(1, 16, 1, 1)] * 2),
    ("lsffnet", {"groups": 2, "blocks": 2}, [(1, 16, 1, 1)] * 6),
    ("efrdn", {}, ([*([(1, 16, 1, 1)] * 4 + [(1, 8, 1, 1)]) * 3, (1, 8, 1, 1)]) * 2),
    ("lgun", {"features": 32, "shallow": 2, "deep": 2}, [M, M, W, M, W, M]),
]


@pytest.mark.parametrize(("network", "arguments", "shapes"), HELD)
def test_what_is_pooled_and_held_is_what_a_picture_does_alone(
    network: str, arguments: dict[str, Any], shapes: list[tuple[int, ...]]
) -> None:
    module, x = randomised(network, **arguments), torch.rand(1, 3, 27, 19, dtype=torch.float64)
    with torch.no_grad():
        live = module(x)
        values = statistics.collect(module, x)
        assert torch.equal(module(x), live) and [tuple(v.shape) for v in values] == shapes
        statistics.hold(module, values)
        assert (module(x) - live).abs().max() < 1e-12 * max(1, live.abs().max())
        assert module(x.repeat(2, 1, 1, 1)).shape == (2, *live.shape[1:])
        other = x.flip(2) ** 2
        fixed = module(other)
        statistics.release(module)
        assert (module(other) - fixed).abs().max() > 1e-6
        assert torch.equal(module(x), live)


@pytest.mark.parametrize("network", POOLING)
def test_tiles_and_pixels_without_data_stay_out_of_what_is_pooled(network: str) -> None:
    module, x = randomised(network), torch.rand(3, 3, 12, 15, dtype=torch.float64)
    valid = torch.ones(3, 12, 15, dtype=torch.bool)
    valid[1] = False
    masked, alone = statistics.collect(module, x, valid), statistics.collect(module, x[[0, 2]])
    assert all((a - b).abs().max() < 1e-12 for a, b in zip(masked, alone, strict=True))
    every = statistics.collect(module, x)
    assert any((a - b).abs().max() > 1e-4 for a, b in zip(every, alone, strict=True))
    valid = torch.rand(3, 12, 15) > 0.3
    assert all(v.isfinite().all() for v in statistics.collect(module, x, valid))


# network, arguments, how far it looks to each side; None: without a bound
REACH: list[tuple[str, dict[str, Any], int | None]] = [
    ("plain", {"layers": 1}, 2),
    ("plain", {"layers": 4}, 5),
    ("lkdn", {}, 15),
    ("lkdn", {"reparameterised": True}, 15),
    ("lkdn", {"blocks": 2}, 27),
    ("lkdn", {"blocks": 8}, 99),
    ("alkdnet", {}, None),
    ("lsffnet", {}, 6),
    ("lsffnet", {"large_kernel": 1, "blocks": 2}, 6),
    ("lsffnet", {"groups": 2, "blocks": 3}, 26),
    ("lsffnet", {"groups": 4, "blocks": 4}, 66),
    ("efrdn", {}, None),
    ("lgun", {}, 40),
    ("lgun", {"shallow": 2, "deep": 3}, 80),
    ("lgun", {"shallow": 8, "deep": 8}, 306),
]


@pytest.mark.parametrize(("network", "arguments", "radius"), REACH)
def test_radius_is_what_the_gradient_reaches(network: str, arguments: dict[str, Any], radius: int | None) -> None:
    module = randomised(network, **arguments)
    assert module.radius == radius
    if radius is None or radius > 30:
        return
    middle = radius + 3
    x = torch.rand(1, 3, 2 * middle + 1, 2 * middle + 1, dtype=torch.float64)
    hold(module, x)
    x.requires_grad_()
    module(x)[..., 2 * middle : 2 * middle + 2, 2 * middle : 2 * middle + 2].sum().backward()
    assert x.grad is not None
    reached = x.grad.abs().amax((0, 1)).nonzero()
    assert reached.amin(0).tolist() == [3, 3] and reached.amax(0).tolist() == [middle + radius] * 2


# network, arguments, sides of the picture, core, a halo that is exact and one that is not
TILED: list[tuple[str, dict[str, Any], tuple[int, int], int, int, int]] = [
    ("plain", {"layers": 4}, (30, 33), 13, 5, 4),
    ("lkdn", {"blocks": 2}, (70, 83), 16, 27, 26),
    ("lsffnet", {"scale": 3, "groups": 2}, (41, 53), 13, 10, 9),
    ("alkdnet", {"bands": 2, "blocks": 2}, (13, 290), 66, 96, 36),
    ("alkdnet", {"bands": 2, "blocks": 2}, (290, 14), 66, 96, 94),  # off the network's grid
    ("lgun", {"bands": 2}, (9, 150), 30, 40, 39),
    ("lgun", {"bands": 2}, (150, 9), 47, 40, 39),
]


@pytest.mark.parametrize(("network", "arguments", "shape", "core", "exact", "short"), TILED)
def test_tiles_with_held_values_and_the_exact_halo_equal_the_whole_and_one_that_is_short_does_not(
    network: str, arguments: dict[str, Any], shape: tuple[int, int], core: int, exact: int, short: int
) -> None:
    module = randomised(network, **arguments)
    x = torch.rand(1, module.bands, *shape, dtype=torch.float64)
    with torch.no_grad():
        whole = hold(module, x)(x)
        right = (tiled(module, x, core, exact) - whole).abs().max()
        wrong = (tiled(module, x, core, short) - whole).abs().max()
        assert right < 1e-12 * whole.abs().max() and right < 1e-3 * wrong
        statistics.release(module)
        live = (tiled(module, x, core, exact) - whole).abs().max()
        assert (live > 1e3 * right) == (network in POOLING)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("bands", [1, 4])
def test_members_of_a_batch_do_not_meet_and_the_output_is_the_same_each_time(network: str, bands: int) -> None:
    module, x = randomised(network, bands=bands), torch.rand(3, bands, 30, 26, dtype=torch.float64)
    with torch.no_grad():
        together, again = module(x), module(x)
        alone = torch.cat([module(one[None]) for one in x])
    assert together.shape == (3, bands, 60, 52)
    assert torch.equal(together, again)
    assert (together - alone).abs().max() < 1e-12 * max(1, together.abs().max())


@pytest.mark.parametrize("network", ["plain", "alkdnet", "lsffnet"])
def test_bands_come_out_in_the_order_they_went_in(network: str) -> None:
    """With no learned detail only the enlarged input is left, band by band."""
    module = narrow(network, scale=3, bands=5)
    last: Any = {"plain": "tail", "alkdnet": "c_up", "lsffnet": "up"}[network]
    with torch.no_grad():
        for parameter in getattr(module, last).parameters():
            parameter.zero_()
        x = torch.arange(5.0)[None, :, None, None].expand(1, 5, 14, 14)
        assert torch.allclose(module(x.contiguous()), x.repeat_interleave(3, 2).repeat_interleave(3, 3), atol=1e-6)


@pytest.mark.parametrize("network", NETWORKS)
def test_changing_a_band_changes_the_result_and_swapping_the_first_weights_swaps_it_back(network: str) -> None:
    module, x = narrow(network), torch.rand(1, 3, 24, 24)
    with torch.no_grad():
        before = module(x)
        for band in range(3):
            changed = x.clone()
            changed[:, band] *= 0.5
            assert float((module(changed) - before).abs().max()) > 1e-7


# halo for 1e-4 of the range at full depth, with values held
@pytest.mark.parametrize(("network", "halo"), [("alkdnet", 66), ("lsffnet", 66), ("efrdn", 96), ("lgun", 96)])
def test_full_networks_tile_without_a_trace(network: str, halo: int) -> None:
    torch.manual_seed(0)
    module = channels_last(build(network, {"scale": 2}).eval())
    side, core = 400, 192
    x = smooth(1, 3, side, side, waves=80).contiguous(memory_format=torch.channels_last)
    worst = 0.0
    with torch.inference_mode():
        statistics.hold(module, statistics.collect(module, x[..., 96:192, 96:192]))
        whole = module(x)
        for row, col in ((core, core), (0, core)):
            top, left = max(0, row - halo), max(0, col - halo)
            part = module(x[..., top : min(side, row + core + halo), left : min(side, col + core + halo)])
            inner = part[..., 2 * (row - top) :, 2 * (col - left) :][..., : 2 * core, : 2 * core]
            want = whole[..., 2 * row : 2 * (row + core), 2 * col : 2 * (col + core)]
            worst = max(worst, float((inner - want).abs().max()))
    assert worst < 1e-4 * float(whole.max() - whole.min())


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32"])
def test_each_goes_the_whole_way_of_a_raster(network: str, dtype: str, make: Make, tmp_path: Path) -> None:
    arguments = {"scale": 3, **SMALL[network]}
    torch.manual_seed(0)
    module = build(network, arguments)
    file = tmp_path / "m.safetensors"
    store.write(file, card_of(network, arguments, module, name="m", title="random"), module.state_dict())
    pixels = pattern(4, 60, 150, dtype)
    source = make("in.tif", pixels, nodata=0)
    rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(file), tile=128)
    with rasterio.open(tmp_path / "o.tif") as out:
        fine = out.read()
        assert (fine.shape, fine.dtype, out.nodata) == ((4, 180, 450), np.dtype(dtype), 0)
        assert bool(out.tags().get("RS_SR_STATISTICS")) == (network in POOLING)
    np.testing.assert_array_equal(fine == 0, (pixels == 0).repeat(3, 1).repeat(3, 2))


@pytest.mark.parametrize("network", POOLING)
@pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
def test_each_full_network_runs_on_a_real_raster(network: str, shared_data: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    module = build(network, {"scale": 2})
    file = tmp_path / "m.safetensors"
    store.write(file, card_of(network, {"scale": 2}, module, name="m", title="random"), module.state_dict())
    source = shared_data / "rasters" / "landsat_rgb_utm.tif"
    rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(file), window=(300, 300, 60, 50), tile=128)
    with rasterio.open(tmp_path / "o.tif") as out:
        assert (out.width, out.height, out.dtypes, out.nodata) == (120, 100, ("uint8",) * 3, 0)


def test_every_network_has_its_signs_alone() -> None:
    for network in NETWORKS:
        names = narrow(network).state_dict()
        fitting = [other for other, kind in NETWORKS.items() if all(sign in names for sign in kind.signs)]
        assert fitting == [network]


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_tells_all_that_a_card_needs(network: str) -> None:
    module = narrow(network, bands=2).train()
    assert isinstance(module, Network) and (module.scale, module.bands) == (2, 2)
    assert module.halo > 0 and module.memory_per_px > 0 and module.grid >= 1 and module.minimum >= 1
    assert module.halo % module.grid == (module.halo_wide or 0) % module.grid == 0
    assert module.radius is None or module.radius > 0
    fused = module.fused()
    assert isinstance(fused, Network) and not any(layer.training for layer in fused.modules())


def test_every_network_has_its_rows() -> None:
    tables: dict[str, list[Any]] = {"ARGUMENTS": ARGUMENTS, "LEARNERS": LEARNERS, "DEEPER": DEEPER, "REACH": REACH}
    lacking = [(n, name) for name, table in tables.items() for n in NETWORKS if n not in {row[0] for row in table}]
    assert lacking == [] and {row[0] for row in HELD} == set(POOLING)


def test_a_network_that_leaves_something_unsaid_cannot_be_built() -> None:
    class Silent(Network):
        def forward(self, x: Tensor) -> Tensor:
            return x

    with pytest.raises(TypeError, match="abstract"):
        Silent()
