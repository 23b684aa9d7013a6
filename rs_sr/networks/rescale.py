"""LKDN within the range of fp16, which ends at 65,504: a power of two fewer in front of each normalisation.

With the published weights the layer before the norm reaches 1e11. The norm divides the scale out again, so it may be
taken away before: from the weights of the attention's three linear layers, a third of the power each (less would make
fp16 weights vanish), from the biases behind them, and twice over from the norm's epsilon. In float32 the result is the
same to the bit.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from rs_sr.networks.lkdn import LKDB, LKDN

HIGHEST = 1024.0  # where values of the calibration picture may end; 64 times below the end of fp16


def rescale(network: LKDN, picture: Tensor) -> list[int]:
    """Rescale `network`, in its inference form, in place; gives the power of two of each block.

    `picture` is (batch, bands, y, x) about 0..1, with contrasts as rasters have them.
    """
    blocks: list[Any] = [block for block in network.modules() if isinstance(block, LKDB)]
    peaks = dict.fromkeys(range(len(blocks)), 0.0)

    def watch(k: int) -> Any:
        def look(module: nn.Module, inputs: Any, output: Tensor) -> None:
            peaks[k] = max(peaks[k], float(output.abs().max()))

        return look

    layers = [(k, layer) for k, b in enumerate(blocks) for layer in (b.atten.depthwise_dilated, b.atten, b.c6)]
    hooks = [layer.register_forward_hook(watch(k)) for k, layer in layers]
    with torch.inference_mode():
        network(picture)
    for hook in hooks:
        hook.remove()
    powers = [max(0, math.ceil(math.log2(max(peak, 1.0) / HIGHEST))) for peak in peaks.values()]
    with torch.no_grad():
        for block, power in zip(blocks, powers, strict=True):
            taken, a = 0, block.atten
            for left, layer in ((3, a.pointwise), (2, a.depthwise), (1, a.depthwise_dilated)):
                part = (power - taken) // left
                taken += part
                layer.weight.mul_(2.0**-part)
                layer.bias.mul_(2.0**-taken)
            block.c6.bias.mul_(2.0**-power)
            block.pixel_norm.eps *= 4.0**-power
    return powers
