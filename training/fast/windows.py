"""EFRDN's transformers without padding: windows cut off by the picture's end hold the tokens that there are.

The network itself pads them to whole windows and masks, for graphs and tiles; a patch of 32 is then computed as 48.
"""

from __future__ import annotations

import types
from collections.abc import Iterator

from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.efrdn import WINDOW, Transformer, neighbours


def _forward(layer: Transformer, x: Tensor) -> Tensor:
    height, width = x.shape[2:]
    padded = functional.pad(x, (1, 1, 1, 1))
    total: Tensor | None = None
    for top, bottom, window_rows in _spans(height):
        for left, right, window_cols in _spans(width):
            part = padded[:, :, top : bottom + 2, left : right + 2]
            own = _windows(layer, part, window_rows, window_cols)
            own = functional.pad(own, (left, width - right, top, height - bottom))
            total = own if total is None else total + own
    assert total is not None
    count = neighbours(height, x)[:, None] * neighbours(width, x)
    return total[:, :, 1 : height + 1, 1 : width + 1] / count


def _spans(length: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and side of a window: those of the whole windows, and of what is left."""
    whole = length // WINDOW * WINDOW
    if whole:
        yield 0, whole, WINDOW
    if whole < length:
        yield whole, length, length - whole


def _windows(layer: Transformer, padded: Tensor, window_rows: int, window_cols: int) -> Tensor:
    """Windows with a pixel around, to the sum of the neighbourhoods they become, of the same shape."""
    batch, _, rows, cols = padded.shape
    down, across = (rows - 2) // window_rows, (cols - 2) // window_cols
    t = functional.unfold(padded, 3).reshape(batch, -1, down, window_rows, across, window_cols)
    t = t.permute(0, 2, 4, 3, 5, 1).reshape(batch * down * across, window_rows * window_cols, -1)
    t = t + layer.attention(layer.norm1(t), None)
    t = t + layer.fc2(functional.relu(layer.fc1(layer.norm2(t))))
    t = t.reshape(batch, down, across, window_rows, window_cols, -1).permute(0, 5, 1, 3, 2, 4)
    return functional.fold(t.reshape(batch, -1, (rows - 2) * (cols - 2)), (rows, cols), 3)


def take_over(module: nn.Module) -> None:
    """Give every `Transformer` in `module` the fast way; its tensors stay."""
    for layer in module.modules():
        if isinstance(layer, Transformer):
            layer.forward = types.MethodType(_forward, layer)  # type: ignore[method-assign]
