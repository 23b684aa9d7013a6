"""Depthwise convolutions of stride 1 with "same" padding, with a backward pass of their own, channels last.

oneDNN's weight gradient takes up to fifteen times a forward pass as soon as a kernel is wider than 3, and in bf16 with
dilation it is wrong. Here it comes in strips of up to three columns from shifted inputs, and the input's gradient from
a forward convolution with the flipped kernel; dilation is taken away first, by phases.
"""

from __future__ import annotations

import types
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.grad import conv2d_weight

STRIP = 3  # columns of a kernel whose weight gradient is fast


def _last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last)


def phases(x: Tensor, step: int) -> Tensor:
    """(batch, channel, y, x) as step * step pictures of every step-th pixel, padded with zeros to whole ones."""
    batch, channels, height, width = x.shape
    x = _last(functional.pad(x, (0, -width % step, 0, -height % step))).permute(0, 2, 3, 1)
    rows, cols = x.shape[1] // step, x.shape[2] // step
    x = x.reshape(batch, rows, step, cols, step, channels).permute(0, 2, 4, 1, 3, 5)
    return x.reshape(batch * step * step, rows, cols, channels).permute(0, 3, 1, 2)


def whole(x: Tensor, step: int, height: int, width: int) -> Tensor:
    """`phases` undone, cut to ``height`` x ``width``."""
    channels, rows, cols = x.shape[1:]
    x = _last(x).permute(0, 2, 3, 1).reshape(-1, step, step, rows, cols, channels).permute(0, 3, 1, 4, 2, 5)
    x = x.reshape(-1, rows * step, cols * step, channels)[:, :height, :width]
    return _last(x.permute(0, 3, 1, 2))


def weight_gradient(x: Tensor, g: Tensor, kernel: tuple[int, int]) -> Tensor:
    """(channel, 1, *kernel), of input `x` and output gradient `g`, both (batch, channel, y, x), undilated."""
    rows, cols = kernel
    if cols > STRIP and rows == 1:
        across = weight_gradient(_last(x.transpose(2, 3)), _last(g.transpose(2, 3)), (cols, 1))
        return across.transpose(2, 3)
    channels = x.shape[1]
    strip = min(cols, STRIP)
    count = -(-cols // strip)
    taps = x.new_empty(channels, 1, rows, cols)
    for i in range(count):
        first = i * (cols - strip) // max(count - 1, 1)  # overlaps agree
        left, right = cols // 2 - first, cols // 2 - (cols - strip - first)
        moved = _last(functional.pad(x, (left, right, rows // 2, rows // 2)))
        taps[..., first : first + strip] = conv2d_weight(moved, (channels, 1, rows, strip), g, groups=channels)
    return taps


class _Depthwise(torch.autograd.Function):
    @staticmethod
    @torch.amp.custom_fwd(device_type="cpu", cast_inputs=torch.bfloat16)
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, dilation: int) -> Tensor:
        size = x.shape[2:]
        x = phases(x, dilation) if dilation > 1 else _last(x)
        ctx.save_for_backward(x, weight)
        ctx.dilation, ctx.size = dilation, size
        out = functional.conv2d(x, weight, bias, padding=_half(weight), groups=x.shape[1])
        return whole(out, dilation, *size) if dilation > 1 else out

    @staticmethod
    @torch.amp.custom_bwd(device_type="cpu")
    def backward(ctx: Any, g: Tensor) -> tuple[Tensor | None, ...]:
        x, weight = ctx.saved_tensors
        for_input, for_weight, for_bias, _ = ctx.needs_input_grad
        back = taps = None
        total = g.sum((0, 2, 3), dtype=torch.float32) if for_bias else None
        g = phases(g, ctx.dilation) if ctx.dilation > 1 else _last(g)
        if for_input:
            back = functional.conv2d(g, weight.flip(2, 3), padding=_half(weight), groups=g.shape[1])
            back = whole(back, ctx.dilation, *ctx.size) if ctx.dilation > 1 else back
        if for_weight:
            taps = weight_gradient(x, g, tuple(weight.shape[2:]))
        return back, taps, total, None


def _half(weight: Tensor) -> tuple[int, int]:
    return weight.shape[2] // 2, weight.shape[3] // 2


def _forward(conv: nn.Conv2d, x: Tensor) -> Tensor:
    out: Tensor = _Depthwise.apply(x, conv.weight, conv.bias, conv.dilation[0])
    return out


def take_over(module: nn.Module) -> None:
    """Give every convolution in `module` that is of this kind the fast way back; its tensors stay."""
    for conv in module.modules():
        if type(conv) is nn.Conv2d and _is_of_this_kind(conv):
            conv.forward = types.MethodType(_forward, conv)  # type: ignore[method-assign]


def _is_of_this_kind(conv: nn.Conv2d) -> bool:
    same = tuple(k // 2 * conv.dilation[0] for k in conv.kernel_size)
    return (
        conv.groups == conv.in_channels == conv.out_channels
        and conv.groups > 1
        and all(k % 2 for k in conv.kernel_size)
        and (conv.kernel_size[1] > STRIP or conv.dilation[0] > 1)  # torch is fast at the others
        and conv.dilation[0] == conv.dilation[1]
        and conv.padding == same
        and conv.padding_mode == "zeros"
        and conv.stride == (1, 1)
    )
