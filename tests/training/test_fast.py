"""The fast backward pass gives the gradients of float32 autograd."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from training import fast


@pytest.mark.parametrize("size", [48, 50])
@pytest.mark.parametrize("dilation", [1, 3])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize(("bf16", "bound"), [(False, 1e-5), (True, 5e-3)])
def test_depthwise_gradients(size: int, dilation: int, layout: torch.memory_format, bf16: bool, bound: float) -> None:
    torch.manual_seed(0)
    conv = nn.Conv2d(6, 6, 5, padding=2 * dilation, dilation=dilation, groups=6)
    x, g = torch.randn(2, 6, size, size), torch.randn(2, 6, size, size)
    gradients = []
    for quick in (False, True):
        if quick:
            fast.prepare(nn.Sequential(conv), torch.device("cpu"))
        conv.zero_grad()
        given = x.detach().to(memory_format=layout if quick else torch.contiguous_format).requires_grad_()
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16 and quick):
            out = conv(given)
        out.float().backward(g)
        gradients.append((given.grad, conv.weight.grad.clone(), conv.bias.grad.clone()))
    for slow, quick_one in zip(*gradients, strict=True):
        assert float((slow - quick_one).norm() / slow.norm()) < bound


def test_other_layers_are_left_alone() -> None:
    module = nn.Sequential(nn.Conv2d(4, 4, 5, padding=2), nn.Conv2d(4, 4, 3, padding=1, groups=4))
    fast.prepare(module, torch.device("cpu"))
    assert all("forward" not in vars(layer) for layer in module)
