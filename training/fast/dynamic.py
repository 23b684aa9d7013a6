"""LSFFNet's dynamic kernels, normed and applied, with a backward pass of their own.

Autograd writes a picture for each of nine taps and its gradient, forth and back. Here planes lie padded and flat, so
that a shift is an offset, and sums run in place over whole planes.
"""

from __future__ import annotations

import types
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.lsffnet import TAPS, LSConv

EPSILON = 1e-5  # of `rs_sr.networks.lsffnet.TapNorm`


class _Aggregated(torch.autograd.Function):
    """``aggregated(x, TapNorm(taps))``: (batch, channel, y, x), (batch, kernel * 9, y, x), twice (kernel, 9)."""

    @staticmethod
    @torch.amp.custom_fwd(device_type="cpu", cast_inputs=torch.float32)
    def forward(ctx: Any, x: Tensor, taps: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        kernels = len(weight)
        size = (x.shape[2], x.shape[3])
        pictures = _padded(x, kernels)
        centred = _rows(taps).unflatten(1, (kernels, TAPS))
        centred = centred - centred.mean(2, keepdim=True)
        scale = (centred.square().mean(2, keepdim=True) + EPSILON).rsqrt_()
        normed = centred.mul_(scale)
        applied = torch.addcmul(bias[..., None], normed, weight[..., None])
        out = x.new_zeros(len(x), x.shape[1] // kernels, kernels, applied.shape[-1])
        for shifted, tap in zip(_shifted(pictures, size), applied.unbind(2), strict=True):
            out.addcmul_(shifted, tap[:, None])
        ctx.save_for_backward(pictures, normed, scale, applied, weight)
        ctx.size = size
        return _picture(out.flatten(1, 2), size)

    @staticmethod
    @torch.amp.custom_bwd(device_type="cpu")
    def backward(ctx: Any, g: Tensor) -> tuple[Tensor, ...]:
        pictures, normed, scale, applied, weight = ctx.saved_tensors
        kernels, size = len(weight), ctx.size
        gradient = _rows(g).unflatten(1, (-1, kernels))
        back, along = torch.zeros_like(pictures), torch.zeros_like(applied)
        shared = gradient.unbind(1)
        for onto, shifted, tap, slope in zip(
            _shifted(back, size), _shifted(pictures, size), applied.unbind(2), along.unbind(2), strict=True
        ):
            onto.addcmul_(gradient, tap[:, None])
            for given, group in zip(shared, shifted.unbind(1), strict=True):
                slope.addcmul_(given, group)
        for_bias, for_weight = along.sum((0, 3)), (along * normed).sum((0, 3))
        along.mul_(weight[..., None])
        shared = (along * normed).mean(2, keepdim=True)
        along.sub_(along.mean(2, keepdim=True)).addcmul_(normed, shared, value=-1).mul_(scale)
        rows, cols = size
        whole = back[..., : (rows + 2) * (cols + 2)].unflatten(3, (rows + 2, cols + 2))[..., 1:-1, 1:-1]
        return _last(whole.flatten(1, 2)), _picture(along.flatten(1, 2), size), for_weight, for_bias


def _last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last)


def _shifted(planes: Tensor, size: tuple[int, int]) -> list[Tensor]:
    """Views of padded `planes`, (..., pixel), for each tap: its neighbour of every pixel, row by row."""
    height, width = size[0], size[1] + 2
    return [planes.narrow(-1, t // 3 * width + t % 3, height * width) for t in range(TAPS)]


def _padded(x: Tensor, kernels: int) -> Tensor:
    """(batch, channel / kernels, kernels, pixel): planes with a pixel of zeros around, flat, and two zeros more."""
    batch, channels, height, width = x.shape
    flat = x.new_zeros(batch, channels, (height + 2) * (width + 2) + 2)
    flat[..., :-2].unflatten(2, (height + 2, width + 2))[..., 1:-1, 1:-1] = x
    return flat.unflatten(1, (-1, kernels))


def _rows(x: Tensor) -> Tensor:
    """(batch, channel, pixel): rows with two zeros behind each."""
    return functional.pad(x.contiguous(), (0, 2)).flatten(2)


def _picture(x: Tensor, size: tuple[int, int]) -> Tensor:
    """`_rows` undone, channels last."""
    return _last(x.unflatten(2, (size[0], size[1] + 2))[..., : size[1]])


def _forward(layer: LSConv, x: Tensor) -> Tensor:
    seen = functional.relu(layer.mix(layer.large(functional.relu(layer.reduce(x)))))
    norm = layer.tap_norm
    out: Tensor = _Aggregated.apply(x, layer.taps(seen), norm.weight, norm.bias)
    return out


def take_over(module: nn.Module) -> None:
    """Give every `LSConv` in `module` the fast way; its tensors stay."""
    for layer in module.modules():
        if isinstance(layer, LSConv):
            layer.forward = types.MethodType(_forward, layer)  # type: ignore[method-assign]
