"""Convolutions with what follows them in one call of oneDNN, which saves a pass over memory each.

The operators are those that torch's own compiler emits on a CPU (`torch/_inductor/fx_passes/mkldnn_fusion.py`). They
are no public interface: `works` tries them once against plain torch, and where they fail nothing is changed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

PROBE_TOLERANCE = 1e-4


class Conv(nn.Conv2d):
    """A convolution in evaluation, float32, on the CPU; made of an `nn.Conv2d` by `take_over`."""

    def forward(self, x: Tensor) -> Tensor:
        return self._run(x, "none")

    def gelu(self, x: Tensor) -> Tensor:
        """The exact GELU of the convolution."""
        return self._run(x, "gelu", algorithm="none")

    def leaky_relu(self, x: Tensor, slope: float) -> Tensor:
        return self._run(x, "leaky_relu", [slope])

    def onto(self, total: Tensor, x: Tensor) -> Tensor:
        """Add the convolution of `x` to `total` in place: that of concatenated inputs, one after the other."""
        run = torch.ops.mkldnn._convolution_pointwise_.binary
        out: Tensor = run(total, x, *self._layer(), "add", 1.0, None, [], None)
        return out

    def _run(self, x: Tensor, activation: str, scalars: list[float] | None = None, algorithm: str = "") -> Tensor:
        out: Tensor = torch.ops.mkldnn._convolution_pointwise(x, *self._layer(), activation, scalars or [], algorithm)
        return out

    def _layer(self) -> tuple[Any, ...]:
        return self.weight, self.bias, self.padding, self.stride, self.dilation, self.groups


def take_over(module: nn.Module) -> None:
    """Turn every `nn.Conv2d` in `module` into a `Conv`, in place; its tensors stay."""
    for layer in module.modules():
        if type(layer) is nn.Conv2d:
            layer.__class__ = Conv


def has_bf16() -> bool:
    """Whether this processor has instructions for bfloat16: without them it takes ten times as long as in float32."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


@cache
def works() -> bool:
    """Whether the fused calls are there and give what plain torch gives, on a picture of 16 x 16."""
    draw = torch.Generator().manual_seed(0)
    x, total = (torch.rand(1, 3, 16, 16, generator=draw).contiguous(memory_format=torch.channels_last) for _ in "ab")
    plain, fused = nn.Conv2d(3, 3, 3, padding=1), nn.Conv2d(3, 3, 3, padding=1)
    fused.load_state_dict(plain.state_dict())
    fused.__class__ = Conv
    assert isinstance(fused, Conv)
    with torch.inference_mode():
        y = plain(x)
        wanted = (y, functional.gelu(y), functional.leaky_relu(y, 0.1), total + y)
        try:
            found = (fused(x), fused.gelu(x), fused.leaky_relu(x, 0.1), fused.onto(total.clone(), x))
        except (AttributeError, RuntimeError, TypeError, NotImplementedError):
            return False
        return all(float((a - b).abs().max()) < PROBE_TOLERANCE for a, b in zip(wanted, found, strict=True))
