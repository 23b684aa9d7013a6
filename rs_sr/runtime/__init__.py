"""Runs a model on a window: one door, one file per engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr import kernels
from rs_sr.models.catalogue import Entry

# float32 (band, y, x) about 0..1 in, float32 (band, scale * y, scale * x) out, neither rounded nor clipped
Runtime = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def choose(entry: Entry, scale: int, check: Callable[[], None]) -> Runtime:
    """The engine for a model. `check` is called between layers; what it raises ends the run."""
    name = entry.card.name

    def resample(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        check()
        enlarged: NDArray[Any] = kernels.enlarge(pixels, scale, name)
        return enlarged

    if entry.card.network is None:
        return resample
    from rs_sr.runtime.torch_runtime import TorchRuntime

    return TorchRuntime(entry, check)
