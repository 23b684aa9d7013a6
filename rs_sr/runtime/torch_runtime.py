"""The torch engine: float32, channels last; on the CPU with oneDNN's fused calls where they work.

CUDA, MPS and XPU take the same way without them. They are untested: no machine that made these tests had one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from rs_sr.errors import MemoryBudgetError
from rs_sr.machine import resident_memory, return_memory
from rs_sr.models import load_module
from rs_sr.models.catalogue import Entry
from rs_sr.networks import statistics
from rs_sr.networks.fast import quickened
from rs_sr.networks.layers import channels_last
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.rescale import rescale
from rs_sr.pixels.scene import scene
from rs_sr.runtime import Held
from rs_sr.runtime.execution import Execution, Ran, device_of, precision_of

# Of resident memory since the last giving back: what lives on between tiles leaves gaps in the heap. Less is not worth
# faulting all of it in again, which costs a small preview a fifth.
GROWTH, SPARE = 1.04, 64 << 20
DTYPES = {"f32": torch.float32, "tf32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class TorchRuntime:
    """A network in evaluation form, called with numpy arrays."""

    def __init__(self, entry: Entry, check: Callable[[], None], execution: Execution) -> None:
        torch.set_num_threads(execution.cores)
        self._entry, self._check, self._execution = entry, check, execution
        self._device = torch.device(device_of(execution.device))
        kind = self._device.type
        precision = precision_of(entry.card, execution.precision, kind, byte=execution.byte)
        self._dtype = DTYPES[precision]
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
        self._shape: tuple[int, ...] = ()
        self._settled = 0
        self._held: Held = ()
        network, fused = load_module(entry), False
        if kind == "cpu" and precision == "f32":
            network, fused = quickened(network)
        if precision == "fp16" and isinstance(network, LKDN):
            picture = scene(96)[np.arange(network.bands) % 3].astype(np.float32) / 255
            rescale(network, torch.from_numpy(picture)[None])
        self._module = channels_last(network.to(self._device, self._dtype))
        self.ran = Ran("torch", str(self._device), precision, "fused" if fused else "plain")

        def look(module: torch.nn.Module, inputs: Any) -> None:
            check()

        for layer in self._module.modules():
            if not any(layer.children()):
                layer.register_forward_pre_hook(look)

    def __call__(self, pixels: NDArray[np.float32], held: Held = ()) -> NDArray[np.float32]:
        self._hold(held)
        with self._room(pixels), torch.inference_mode():
            out: NDArray[np.float32] = self._module(self._batch(pixels[None]))[0].float().cpu().numpy()
            return out

    def collect(self, tiles: NDArray[np.float32], valid: NDArray[np.bool_]) -> Held:
        if not self._entry.card.statistics:
            return ()
        if self._dtype != torch.float32:  # sums over all pixels are not for half precision
            exact = TorchRuntime(self._entry, self._check, replace(self._execution, precision="f32"))
            return exact.collect(tiles, valid)
        with self._room(tiles), torch.inference_mode():
            given = torch.from_numpy(valid).to(self._device)
            values = statistics.collect(self._module, self._batch(tiles), given)
        return tuple(v.cpu().numpy() for v in values)

    def _hold(self, held: Held) -> None:
        if held is self._held:
            return
        self._held = held
        if held:
            statistics.hold(self._module, [torch.tensor(v, device=self._device) for v in held])
        else:
            statistics.release(self._module)

    def _batch(self, pixels: NDArray[np.float32]) -> torch.Tensor:
        given = torch.from_numpy(np.ascontiguousarray(pixels))
        return given.to(self._device, self._dtype).to(memory_format=torch.channels_last)

    @contextlib.contextmanager
    def _room(self, pixels: NDArray[np.float32]) -> Iterator[None]:
        """Give memory back when windows change their size or gaps have grown; say in words when there is too little."""
        most = max(GROWTH * self._settled, self._settled + SPARE)
        if pixels.shape != self._shape or resident_memory() > most > SPARE:
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
