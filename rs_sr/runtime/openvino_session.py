"""OpenVINO in the shape of an onnxruntime session: float32, one compiled model for each size of window."""

from __future__ import annotations

import io
from collections import OrderedDict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import ModelError
from rs_sr.models.onnx_graph import reason, without_defaults
from rs_sr.packages import needs

SHAPES = 4  # kept compiled: the inner tile, the right and the lower edge, the corner


class OpenVinoSession:
    """An ONNX graph on `threads` cores. A graph of fixed sizes runs 6 to 34 % faster than one for any size."""

    def __init__(self, data: bytes, name: str, threads: int) -> None:
        with needs("openvino"):
            import openvino
        self._core, self._data, self._name = openvino.Core(), without_defaults(data, name), name
        self._settings = {
            "INFERENCE_PRECISION_HINT": "f32",  # else bf16, unasked, on CPUs that have it
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_NUM_THREADS": threads,
        }
        self._compiled: OrderedDict[tuple[int, ...], Any] = OrderedDict()

    def get_inputs(self) -> list[Any]:
        """The inputs, each with its `name`."""
        return [_Input(port.any_name) for port in self._read().inputs]

    def run(self, outputs: None, feed: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """The graph's outputs for inputs by name."""
        shapes = {name: array.shape for name, array in feed.items()}
        key = tuple(n for shape in shapes.values() for n in shape)
        if key not in self._compiled:
            if len(self._compiled) == SHAPES:
                self._compiled.popitem(last=False)
            model = self._read()
            model.reshape({name: list(shape) for name, shape in shapes.items()})
            self._compiled[key] = self._core.compile_model(model, "CPU", self._settings).create_infer_request()
        self._compiled.move_to_end(key)
        found = self._compiled[key].infer(feed)
        return [np.array(value) for value in found.values()]

    def _read(self) -> Any:
        try:
            return self._core.read_model(io.BytesIO(self._data))
        except Exception as error:  # its kinds of error have no root of their own
            raise ModelError(
                f"{self._name} cannot be run by OpenVINO: {reason(error)}", "use --engine=onnxruntime"
            ) from error


class _Input:
    def __init__(self, name: str) -> None:
        self.name = name
