"""The ONNX engine: onnxruntime in float32 on the CPU."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rs_sr.models import load_graph
from rs_sr.models.catalogue import Entry
from rs_sr.runtime import Held


class OnnxRuntime:
    """An ONNX graph, called with numpy arrays. What it pools over the image it pools over the window."""

    def __init__(self, entry: Entry, check: Callable[[], None]) -> None:
        self._graph = load_graph(entry, check)
        self._low, high = entry.card.value_range
        self._span = high - self._low

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        if (self._low, self._span) == (0, 1):
            return self._graph(pixels)
        low, span = np.float32(self._low), np.float32(self._span)
        return (self._graph(pixels * span + low) - low) / span

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        return ()
