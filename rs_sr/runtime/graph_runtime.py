"""The engines that run ONNX graphs, onnxruntime and OpenVINO, in float32 on the CPU.

A model that is not an ONNX file is exported in memory. What its network pools over the image is the graph's second
input; torch measures it, as for every other engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.models import store
from rs_sr.models.catalogue import Entry
from rs_sr.models.export import export
from rs_sr.models.onnx_graph import Graph, open_session
from rs_sr.runtime import Held
from rs_sr.runtime.execution import Execution, Ran


class GraphRuntime:
    """A model as an ONNX graph, called with numpy arrays. An ONNX file pools over the window what it pools."""

    def __init__(self, entry: Entry, check: Callable[[], None], execution: Execution) -> None:
        self.ran = Ran(execution.engine)
        self._entry, self._check, self._threads = entry, check, execution.cores
        if entry.card.network == store.ONNX:
            assert entry.path is not None
            data = store.read_onnx(entry.path)[1]
        else:
            data = export(entry)
        session: Any
        if execution.engine == "openvino":
            from rs_sr.runtime.openvino_session import OpenVinoSession

            session = OpenVinoSession(data, f"model {entry.card.name}", execution.cores)
        else:
            session = open_session(data, f"model {entry.card.name}", intra_op_num_threads=execution.cores)
        self._graph = Graph(session, entry.card, check)
        self._low, high = entry.card.value_range
        self._span = high - self._low

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        more = {"statistics": np.concatenate([v.ravel() for v in held])} if held else {}
        if (self._low, self._span) == (0, 1):
            return self._graph(pixels, more)
        low, span = np.float32(self._low), np.float32(self._span)
        return (self._graph(pixels * span + low, more) - low) / span

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        if not self._entry.card.statistics:
            return ()
        from rs_sr.runtime.torch_runtime import TorchRuntime

        return TorchRuntime(self._entry, self._check, Execution("torch", threads=self._threads)).collect(tiles, valid)
