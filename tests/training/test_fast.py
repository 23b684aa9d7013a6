"""The fast forward and backward passes of training give the results of plain float32 autograd."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from rs_sr.networks import build
from rs_sr.networks.efrdn import Transformer
from training import fast

CPU = torch.device("cpu")
SMALL = {
    "lkdn": {"features": 12, "attention": 12, "blocks": 1},
    "lsffnet": {"features": 16, "groups": 1, "blocks": 2},
    "alkdnet": {"features": 16, "blocks": 1},
    "lgun": {"features": 16, "shallow": 1, "deep": 1},
    "efrdn": {"features": 16, "acdms": 1, "uses": 2, "transformers": 1, "hidden": 16},
}


def gradients(module: nn.Module, x: Tensor, layout: torch.memory_format, bf16: bool) -> dict[str, Tensor]:
    """Of a fixed weighted sum of the output, for the input and every parameter, and the output itself."""
    module.zero_grad()
    given = x.detach().to(memory_format=layout).requires_grad_()
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        out = module(given)
    out.float().backward(torch.randn(out.shape, generator=torch.Generator().manual_seed(3)))
    found = {name: p.grad.clone() for name, p in module.named_parameters() if p.grad is not None}
    return {"input": given.grad, "output": out.detach().float(), **found}  # type: ignore[dict-item]


def worst(plain: dict[str, Tensor], quick: dict[str, Tensor], smallest: float = 0.0) -> float:
    """The largest relative error of a tensor; what is nothing but rounding, below `smallest` of the largest, is out."""
    assert plain.keys() == quick.keys()
    largest = max(float(p.norm()) for p in plain.values())
    return max(
        float((plain[k] - quick[k]).norm() / plain[k].norm())
        for k in plain
        if float(plain[k].norm()) > smallest * largest
    )


@pytest.mark.parametrize("size", [24, 19])
@pytest.mark.parametrize(
    ("kernel", "dilation"), [((5, 5), 1), ((5, 5), 3), ((7, 7), 3), ((9, 9), 4), ((1, 9), 1), ((3, 7), 2)]
)
@pytest.mark.parametrize(
    ("layout", "bf16", "bound"),
    [
        (torch.contiguous_format, False, 1e-5),
        (torch.channels_last, False, 1e-5),
        (torch.contiguous_format, True, 2e-2),
        (torch.channels_last, True, 2e-2),
    ],
)
def test_a_depthwise_convolution_goes_backward_right(
    size: int, kernel: tuple[int, int], dilation: int, layout: torch.memory_format, bf16: bool, bound: float
) -> None:
    torch.manual_seed(0)
    padding = tuple(k // 2 * dilation for k in kernel)
    conv = nn.Conv2d(6, 6, kernel, padding=padding, dilation=dilation, groups=6)  # type: ignore[arg-type]
    x = torch.randn(2, 6, size, size + 2)
    plain = gradients(conv, x, torch.contiguous_format, bf16=False)
    fast.prepare(nn.Sequential(conv), CPU)
    assert "forward" in vars(conv)
    assert worst(plain, gradients(conv, x, layout, bf16)) < bound


def test_a_depthwise_convolution_that_differs_from_the_kind_is_left_alone() -> None:
    module = nn.Sequential(
        nn.Conv2d(4, 4, 5, padding=2), nn.Conv2d(4, 4, 3, padding=1, groups=4), nn.Conv2d(4, 4, 5, groups=4),
        nn.Conv2d(4, 4, 5, padding=2, stride=2, groups=4), nn.Conv2d(4, 8, 5, padding=2, groups=4),
    )  # fmt: skip
    fast.prepare(module, CPU)
    assert all("forward" not in vars(layer) for layer in module)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_a_whole_network_has_the_gradients_of_plain_autograd(name: str, layout: torch.memory_format) -> None:
    torch.manual_seed(0)
    plain = build(name, {"scale": 2, **SMALL[name]}).double()
    x = torch.rand(2, 3, 21, 26, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    wanted = gradients(plain, x, torch.contiguous_format, bf16=False)
    quick = fast.prepare(copy.deepcopy(plain).float(), CPU)
    found = gradients(quick, x.float(), layout, bf16=False)
    assert worst(wanted, {k: v.double() for k, v in found.items()}, smallest=1e-4) < 1e-4


@pytest.mark.parametrize("size", [(24, 24), (32, 50), (9, 24)])
def test_windows_cut_off_by_the_picture_attend_as_masked_ones_do(size: tuple[int, int]) -> None:
    torch.manual_seed(0)
    layer = Transformer(16, 16).double()
    x = torch.randn(2, 16, *size, dtype=torch.float64)
    plain = gradients(layer, x, torch.contiguous_format, bf16=False)
    fast.prepare(nn.Sequential(layer), CPU)
    assert worst(plain, gradients(layer, x, torch.channels_last, bf16=False)) < 1e-6


@pytest.mark.parametrize("name", SMALL)
def test_a_prepared_network_keeps_its_tensors_and_can_be_copied(name: str) -> None:
    torch.manual_seed(0)
    plain = build(name, {"scale": 2, **SMALL[name]})
    quick = copy.deepcopy(fast.prepare(copy.deepcopy(plain), CPU))
    assert quick.state_dict().keys() == plain.state_dict().keys()
    with torch.no_grad():
        for p in quick.parameters():
            p.zero_()
        x = torch.rand(1, 3, 20, 20)
        assert not torch.allclose(plain.eval()(x), quick.eval()(x))  # the copy runs on its own tensors
