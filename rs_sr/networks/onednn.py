"""Convolutions with what follows them in one call of oneDNN, which saves a pass over memory each.

The operators are those that torch's own compiler emits on a CPU (`torch/_inductor/fx_passes/mkldnn_fusion.py`). They
also take a 1x1 convolution to oneDNN on one thread, where torch goes a way that is two to three times slower. They are
no public interface: `works` tries them once against plain torch, and where they fail nothing is changed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

PROBE_TOLERANCE = 1e-4


class Conv(nn.Conv2d):
    """A convolution in evaluation on the CPU; made of an `nn.Conv2d` by `take_over`."""

    def forward(self, x: Tensor) -> Tensor:
        return self._run(x, "none")

    def gelu(self, x: Tensor) -> Tensor:
        """The exact GELU of the convolution."""
        return self._run(x, "gelu", algorithm="none")

    def relu(self, x: Tensor) -> Tensor:
        return self._run(x, "relu")

    def sigmoid(self, x: Tensor) -> Tensor:
        return self._run(x, "sigmoid")

    def leaky_relu(self, x: Tensor, slope: float) -> Tensor:
        return self._run(x, "leaky_relu", [slope])

    def onto(self, total: Tensor, x: Tensor) -> Tensor:
        """Add the convolution of `x` to `total` in place: that of concatenated inputs, one after the other."""
        run = torch.ops.mkldnn._convolution_pointwise_.binary
        out: Tensor = run(total, x, *self._layer(), "add", 1.0, None, [], None)
        return out

    def plus(self, other: Tensor, x: Tensor) -> Tensor:
        """The convolution of `x` and `other`, which is of its shape, added. Slow for a convolution of groups."""
        run = torch.ops.mkldnn._convolution_pointwise.binary
        out: Tensor = run(x, other, *self._layer(), "add", 1.0, None, [], None)
        return out

    def taking(self, gain: Tensor, x: Tensor) -> Tensor:
        """The convolution of `x` with its channels times a `gain` each, (batch, channel, 1, 1)."""
        if len(gain) > 1:
            return self._run(x * gain, "none")
        weight, *how = self._layer()
        out: Tensor = torch.ops.mkldnn._convolution_pointwise(x, weight * gain, *how, "none", [], "")
        return out

    def gained(self, gain: Tensor, x: Tensor, activation: str = "none") -> Tensor:
        """The convolution of `x` times a `gain` for each channel, (1, channel, 1, 1), and then the GELU if asked."""
        weight, bias, *how = self._layer()
        by = weight * gain.reshape(-1, 1, 1, 1)
        bias = None if bias is None else bias * gain.flatten()
        run = torch.ops.mkldnn._convolution_pointwise
        out: Tensor = run(x, by, bias, *how, activation, [], "none" if activation == "gelu" else "")
        return out

    def _run(self, x: Tensor, activation: str, scalars: list[float] | None = None, algorithm: str = "") -> Tensor:
        out: Tensor = torch.ops.mkldnn._convolution_pointwise(x, *self._layer(), activation, scalars or [], algorithm)
        return out

    def _layer(self) -> tuple[Any, ...]:
        return self.weight, self.bias, self.padding, self.stride, self.dilation, self.groups


def run(x: Tensor, weight: Tensor, bias: Tensor | None = None, *, padding: int = 0, groups: int = 1) -> Tensor:
    """A convolution with a weight that is no layer's."""
    how = [padding, padding], [1, 1], [1, 1], groups
    out: Tensor = torch.ops.mkldnn._convolution_pointwise(x, weight, bias, *how, "none", [], "")
    return out


def run_onto(total: Tensor, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Add a 1x1 convolution of `x`, with a weight that is no layer's, to `total` in place."""
    how = [0, 0], [1, 1], [1, 1], 1
    out: Tensor = torch.ops.mkldnn._convolution_pointwise_.binary(
        total, x, weight, bias, *how, "add", 1.0, None, [], None
    )
    return out


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None, activation: str = "none") -> Tensor:
    """``x @ weight.T + bias`` of two matrices, and then the activation."""
    out: Tensor = torch.ops.mkldnn._linear_pointwise(x, weight, bias, activation, [], "")
    return out


def dense(x: Tensor, layer: nn.Linear, activation: str = "none") -> Tensor:
    """A linear layer of the rows of a matrix, and then the activation."""
    return linear(x, layer.weight, layer.bias, activation)


def made(weight: Tensor, bias: Tensor | None = None, *, padding: int = 0, groups: int = 1) -> Conv:
    """A `Conv` of a weight (out, in / groups, y, x) and a bias."""
    outputs, inputs, *kernel = weight.shape
    size = (kernel[0], kernel[1])
    conv = nn.Conv2d(inputs * groups, outputs, size, padding=padding, groups=groups, bias=bias is not None)
    conv.weight.data = weight.detach().contiguous(memory_format=torch.channels_last)
    if bias is not None:
        assert conv.bias is not None
        conv.bias.data = bias.detach().clone()
    conv.__class__ = Conv
    assert isinstance(conv, Conv)
    return conv


@cache
def liked(channels: int) -> int:
    """The number of channels, `channels` or more, that depthwise and 1x1 layers run fastest with.

    Multiples of 16 fill the registers of AVX-512: up to a quarter faster. Intel's processors with AMX gain nothing.
    """
    wide = torch.backends.cpu.get_cpu_capability() == "AVX512" and not has_amx()
    return -(-channels // 16) * 16 if wide else channels


@cache
def widest_dilated() -> int:
    """The largest dilated depthwise kernel that oneDNN runs fast itself."""
    return 5 if torch.backends.cpu.get_cpu_capability() == "AVX512" else 3


def has_amx() -> bool:
    """Whether the processor multiplies small matrices in one instruction."""
    asked = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return bool(asked()) if asked else False


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
        rows, matrix, gain = x.flatten(0, 2), plain.weight[:, :, 1, 1].repeat(1, 6)[:, :16], total[:, :, :1, :1]
        wanted = (
            y, functional.gelu(y), functional.leaky_relu(y, 0.1), y.relu(), y.sigmoid(), total + y, total + y, gain * y,
            functional.linear(rows, matrix, plain.bias),
        )  # fmt: skip
        try:
            found = (
                fused(x), fused.gelu(x), fused.leaky_relu(x, 0.1), fused.relu(x), fused.sigmoid(x),
                fused.onto(total.clone(), x), fused.plus(total, x), fused.gained(gain, x),
                linear(rows, matrix, plain.bias),
            )  # fmt: skip
        except (AttributeError, RuntimeError, TypeError, NotImplementedError):
            return False
        return all(float((a - b).abs().max()) < PROBE_TOLERANCE for a, b in zip(wanted, found, strict=True))
