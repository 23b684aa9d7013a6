"""Runs an ONNX graph on the CPU, on windows of any size. Needs the extra ``onnx``.

A graph is loaded from bytes alone: one that keeps tensors in other files is refused, so that no file can make rs-sr
read another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import MemoryBudgetError, ModelError
from rs_sr.machine import available_cores
from rs_sr.models.card import ModelCard
from rs_sr.packages import needs

Array = NDArray[np.float32]
EXTERNAL = 1  # TensorProto.DataLocation


def packages() -> tuple[Any, Any]:
    """The modules `onnx` and `onnxruntime`; a `MissingPackageError` where one is missing or too old."""
    with needs("onnx"):
        import onnx
        import onnxruntime
    return onnx, onnxruntime


def parse(data: bytes, name: str) -> Any:
    """The `ModelProto` in `data`, the content of `name`. What is none, or is in pieces, is a `ModelError`."""
    onnx, _ = packages()
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load_model_from_string(data)
    except DecodeError:
        model = None
    if model is None or not model.graph.node:
        raise ModelError(f"{name} is not an ONNX file, or it is cut off", "get it again")
    if any(tensor.data_location == EXTERNAL for tensor in _tensors(model)):
        raise ModelError(
            f"{name} keeps its weights in another file",
            f'put all into one: python -c "import onnx; onnx.save(onnx.load({name!r}), {"one.onnx"!r})"',
        )
    return model


def _tensors(message: Any) -> Iterator[Any]:
    """Every tensor of a protobuf message, however deep: initializers, constants, branches, functions."""
    if message.DESCRIPTOR.name == "TensorProto":
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is not None:
            for part in [value] if hasattr(value, "ListFields") else value:
                yield from _tensors(part)


def open_session(data: bytes, name: str, **more: Any) -> Any:
    """An `onnxruntime.InferenceSession` on all cores; `more` are attributes of its `SessionOptions`."""
    _, runtime = packages()
    parse(data, name)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = available_cores()
    options.log_severity_level = 4  # what goes wrong is raised as well
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    for key, value in more.items():
        setattr(options, key, value)
    try:
        return runtime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its kinds of error have no root of their own
        raise ModelError(
            f"{name} cannot be run: {reason(error)}", "export it again, with standard operators"
        ) from error


def without_defaults(data: bytes, name: str) -> bytes:
    """The graph with every input to be given: OpenVINO takes one that has a default for a constant."""
    model = parse(data, name)
    inputs = {port.name for port in model.graph.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name not in inputs]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    stripped: bytes = model.SerializeToString()
    return stripped


def reason(error: Exception) -> str:
    """What onnxruntime says, in one short line."""
    return " ".join(str(error).split()).removeprefix("[ONNXRuntimeError] : ")[:160]


class Graph:
    """float32 (band, y, x) in the card's value range to (band, scale * y, scale * x), whatever the size.

    A window that the graph does not take as it is gets continued, and the result cropped; a graph of one fixed size
    covers it by windows of that size, which overlap by the card's `overlap` on each side. `check` is called
    before each of them.
    """

    def __init__(self, session: Any, card: ModelCard, check: Callable[[], None] = lambda: None) -> None:
        self._session = session  # of `open_session`, or what runs and names its inputs like one
        self._input = session.get_inputs()[0].name
        self._card, self._check = card, check
        self._scale = card.scale or 1

    def __call__(self, pixels: Array, more: dict[str, Array] | None = None) -> Array:
        """`more` are further inputs by name."""
        height, width = pixels.shape[1:]
        size = self._card.arguments.get("size")
        out = self._run(fitted(pixels, self._card), more) if size is None else self._covered(pixels, *size)
        return out[:, : height * self._scale, : width * self._scale]

    def _covered(self, pixels: Array, high: int, wide: int) -> Array:
        """By windows of `high` x `wide`, the last of each row and column shifted back inside."""
        grid, overlap, s = self._card.grid, self._card.arguments.get("overlap", 0), self._scale
        height, width = (
            n + -(-max(m - n, 0) // grid) * grid for n, m in zip((high, wide), pixels.shape[1:], strict=True)
        )
        whole = continued(pixels, height, width)
        out = np.empty((len(pixels), height * s, width * s), np.float32)
        for row, top, bottom in _strips(height, high, overlap, grid):
            for col, left, right in _strips(width, wide, overlap, grid):
                part = self._run(whole[:, row : row + high, col : col + wide])
                kept = part[:, (top - row) * s : (bottom - row) * s, (left - col) * s : (right - col) * s]
                out[:, top * s : bottom * s, left * s : right * s] = kept
        return out

    def _run(self, pixels: Array, more: dict[str, Array] | None = None) -> Array:
        self._check()
        try:
            feed = {self._input: np.ascontiguousarray(pixels[None]), **(more or {})}
            out: Array = self._session.run(None, feed)[0][0]
        except Exception as error:  # see open_session
            high, wide = pixels.shape[1:]
            if "alloc" in str(error):
                raise MemoryBudgetError(
                    f"memory ran out on a tile of {high} x {wide} pixels", "give a smaller --tile"
                ) from error
            raise ModelError(
                f"model {self._card.name} fails on {high} x {wide} pixels: {reason(error)}", "import it again"
            ) from error
        return out


def _strips(length: int, size: int, overlap: int, grid: int) -> Iterator[tuple[int, int, int]]:
    """Along one side: where each window starts, and from where to where its result counts."""
    step = max((size - 2 * overlap) // grid * grid, grid)
    done = 0
    for start in [*range(0, length - size, step), length - size]:
        stop = length if start == length - size else start + size - overlap
        yield start, done, stop
        done = stop


def fitted(pixels: Array, card: ModelCard) -> Array:
    """`pixels` (band, y, x) continued to a size that the card's model takes."""
    sides = [max(n, card.minimum) for n in pixels.shape[1:]]
    sides = [max(sides)] * 2 if card.square else sides
    height, width = (-(-n // card.multiple_of) * card.multiple_of for n in sides)
    return continued(pixels, height, width)


def continued(pixels: Array, height: int, width: int) -> Array:
    """`pixels` (band, y, x) continued below and to the right: mirrored, and where that ends, the last pixel."""
    high, wide = pixels.shape[1:]
    if (high, wide) == (height, width):
        return pixels
    below, right = min(height, 2 * high - 1) - high, min(width, 2 * wide - 1) - wide
    mirrored = np.pad(pixels, ((0, 0), (0, below), (0, right)), "reflect")
    return np.pad(mirrored, ((0, 0), (0, height - high - below), (0, width - wide - right)), "edge")
