"""Models: their cards, their files, where they are found, and how one is called from Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import ModelError, RequestError
from rs_sr.models import catalogue, store
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.models.onnx_graph import Graph, open_session
from rs_sr.pixels import kernels
from rs_sr.pixels.guard import guarded
from rs_sr.sensors.numbers import Numbers

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Model:
    """A loaded model. `module` is the plain `nn.Module` in its inference form; None for a model without weights, and
    for one that is an ONNX file, whose `graph` runs it."""

    card: ModelCard
    scale: int
    module: nn.Module | None
    graph: Graph | None = None

    def __call__(self, pixels: NDArray[Any]) -> NDArray[np.float32]:
        """(band, y, x) in the card's value range, any real dtype, to float32 (band, scale * y, scale * x).

        The whole array goes at once: for rasters use `super_resolve`. A network sees no value beyond those that its
        card names; what lies beyond is enlarged by bicubic (`rs_sr.pixels.guard`). A wrong number of bands is a
        `RequestError`.
        """
        if pixels.ndim != 3 or (self.card.bands is not None and pixels.shape[0] != self.card.bands):
            raise RequestError(
                f"model {self.card.name} takes {self.card.bands or 'any'} bands, the array is {pixels.shape}",
                "give (band, y, x)",
            )
        given = np.ascontiguousarray(pixels, dtype=np.float32)
        if self.graph is None and self.module is None:
            return kernels.enlarge(given, self.scale, self.card.name)
        low, high = self.card.value_range
        smallest, largest = (low + (high - low) * end for end in self.card.ends)
        return guarded(self.graph or self._run, given, self.scale, (smallest, largest), high - low)

    def _run(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        import torch

        assert self.module is not None
        with torch.inference_mode():
            out: NDArray[np.float32] = self.module(torch.from_numpy(pixels)[None])[0].numpy()
            return out


def load_model(name: str, *, scale: int | None = None, told: Numbers | None = None) -> Model:
    """A model by its name in ``rs-sr models`` or by its file's path. `scale` is for models without weights (else 2).
    `told` are the numbers of the scene for a model that takes some, else they are the cautious ones."""
    entry = catalogue.find(name).telling(told)
    if entry.card.scale is not None and scale not in (None, entry.card.scale):
        raise RequestError(f"model {name} is for x{entry.card.scale}, not x{scale}", "leave the scale out")
    graph = load_graph(entry) if entry.card.network == store.ONNX else None
    module = None if entry.card.network in (None, store.ONNX) else load_module(entry)
    return Model(entry.card, entry.card.scale or scale or 2, module, graph)


def load_graph(entry: Entry, check: Callable[[], None] = lambda: None) -> Graph:
    """The ONNX graph of a model file, ready to run; `check` is called before each run."""
    assert entry.path is not None
    card, data = store.read_onnx(entry.path)
    return Graph(open_session(data, f"model {card.name}"), card, check)


def load_module(entry: Entry) -> nn.Module:
    """The network of a model file with its weights, in inference form; what it is told of the scene is folded in."""
    from rs_sr.networks import build

    if entry.path is None or entry.card.network is None:
        raise ModelError(f"model {entry.card.name} has no weights", "it needs none")
    card, tensors = store.read(entry.path)
    module = build(str(card.network), card.arguments)
    try:
        module.load_state_dict(tensors)
    except RuntimeError as error:
        raise ModelError(f"the tensors of {entry.path} do not fit its card", "get it again") from error
    if entry.told is not None:
        module.be_told(entry.told)
    return module.fused()
