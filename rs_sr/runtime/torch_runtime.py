"""The torch engine: float32 on the CPU, channels last, with oneDNN's fused calls where they are."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from rs_sr.errors import MemoryBudgetError
from rs_sr.machine import available_cores, resident_memory, return_memory
from rs_sr.models import load_module
from rs_sr.models.catalogue import Entry
from rs_sr.networks import statistics
from rs_sr.networks.fast import quickened
from rs_sr.runtime import Held

GROWTH = 1.04  # of resident memory since the last giving back: what lives on between tiles leaves gaps in the heap


class TorchRuntime:
    """A network in evaluation form, called with numpy arrays."""

    def __init__(self, entry: Entry, check: Callable[[], None]) -> None:
        torch.set_num_threads(available_cores())
        self._shape: tuple[int, ...] = ()
        self._settled = 0
        self._held: Held = ()
        self._module, self.fused = quickened(load_module(entry))

        def look(module: torch.nn.Module, inputs: Any) -> None:
            check()

        for layer in self._module.modules():
            if not any(layer.children()):
                layer.register_forward_pre_hook(look)

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        self._hold(held)
        with self._room(pixels), torch.inference_mode():
            out: NDArray[np.float32] = self._module(_batch(pixels[None]))[0].numpy()
            return out

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        with self._room(tiles), torch.inference_mode():
            values = statistics.collect(self._module, _batch(tiles), torch.from_numpy(valid))
        return tuple(v.numpy() for v in values)

    def _hold(self, held: Held) -> None:
        if held is self._held:
            return
        self._held = held
        if held:
            statistics.hold(self._module, [torch.tensor(v) for v in held])
        else:
            statistics.release(self._module)

    @contextlib.contextmanager
    def _room(self, pixels: NDArray[np.float32]) -> Iterator[None]:
        """Give memory back when windows change their size or gaps have grown; say in words when there is too little."""
        if pixels.shape != self._shape or resident_memory() > GROWTH * self._settled > 0:
            self._shape, self._settled = pixels.shape, 0
            return_memory()
        try:
            yield
        except RuntimeError as error:
            if "allocate memory" not in str(error) and "out of memory" not in str(error).lower():
                raise
            raise MemoryBudgetError(
                f"memory ran out on a tile of {pixels.shape[-2]} x {pixels.shape[-1]} pixels", "give a smaller --tile"
            ) from error
        self._settled = self._settled or resident_memory()


def _batch(pixels: NDArray[np.float32]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels)).to(memory_format=torch.channels_last)
