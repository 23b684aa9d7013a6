"""Runs a model on a window: one door, one file per engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.pixels import kernels
from rs_sr.pixels.guard import guarded
from rs_sr.runtime.execution import Execution, Ran

Held = tuple[NDArray[np.float32], ...]  # a network's image-wide values, in the order of use; empty for a bounded one


class Runtime(Protocol):
    """A model on one engine; `ran` says which, and how."""

    ran: Ran

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        """(band, y, x) about 0..1 to (band, scale * y, scale * x), neither rounded nor clipped."""

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        """Image-wide values over (tile, band, y, x) as one picture; what is not `valid` (tile, y, x) does not count."""


class Resampling:
    """`nearest`, `bicubic` and `lanczos`."""

    ran = Ran("numpy")

    def __init__(self, kernel: str, scale: int, check: Callable[[], None]) -> None:
        self._kernel, self._scale, self._check = kernel, scale, check

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        self._check()
        return kernels.enlarge(pixels, self._scale, self._kernel)

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        return ()


class Guarded:
    """A network that sees no value beyond those that its card names: see `rs_sr.pixels.guard`."""

    def __init__(self, runtime: Runtime, card: ModelCard, scale: int) -> None:
        self._runtime, self._ends, self._scale = runtime, card.ends, scale
        self.ran = runtime.ran

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        return guarded(lambda inside: self._runtime(inside, held), pixels, self._scale, self._ends)

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        return self._runtime.collect(np.clip(tiles, *self._ends), valid)


def choose(entry: Entry, scale: int, check: Callable[[], None], execution: Execution) -> Runtime:
    """A model, loaded to run as `execution` says. `check` is called between layers; what it raises ends the run."""
    if execution.engine == "numpy":
        return Resampling(entry.card.name, scale, check)
    runtime: Runtime
    if execution.engine == "torch":
        from rs_sr.runtime.torch_runtime import TorchRuntime

        runtime = TorchRuntime(entry, check, execution)
    elif execution.engine in ("onnxruntime", "openvino"):
        from rs_sr.runtime.graph_runtime import GraphRuntime

        runtime = GraphRuntime(entry, check, execution)
    else:
        raise ValueError(f"engine {execution.engine} has no branch here")
    return Guarded(runtime, entry.card, scale)
