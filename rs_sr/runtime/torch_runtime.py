"""The torch engine: float32 on the CPU, channels last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from rs_sr.errors import MemoryBudgetError
from rs_sr.machine import available_cores, return_memory
from rs_sr.models import load_module
from rs_sr.models.catalogue import Entry


class TorchRuntime:
    """A network in evaluation form, called with numpy arrays."""

    def __init__(self, entry: Entry, check: Callable[[], None]) -> None:
        torch.set_num_threads(available_cores())
        self._shape: tuple[int, ...] = ()
        self._module = load_module(entry).to(memory_format=torch.channels_last)  # type: ignore[call-overload]

        def look(module: torch.nn.Module, inputs: Any) -> None:
            check()

        for layer in self._module.modules():
            if not any(layer.children()):
                layer.register_forward_pre_hook(look)

    def __call__(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        if pixels.shape != self._shape:
            self._shape = pixels.shape
            return_memory()
        try:
            with torch.inference_mode():
                batch = torch.from_numpy(np.ascontiguousarray(pixels))[None]
                out: NDArray[np.float32] = self._module(batch.to(memory_format=torch.channels_last))[0].numpy()
                return out
        except RuntimeError as error:
            if "allocate memory" not in str(error) and "out of memory" not in str(error).lower():
                raise
            raise MemoryBudgetError(
                f"memory ran out on a tile of {pixels.shape[1]} x {pixels.shape[2]} pixels", "give a smaller --tile"
            ) from error
