"""Models: their cards, their files, where they are found, and how one is called from Python."""

from __future__ import annotations

import copy
import os
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
from rs_sr.option_checks import path_of
from rs_sr.pixels import kernels
from rs_sr.pixels.guard import guarded
from rs_sr.sensors.numbers import Numbers

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, repr=False)
class Model:
    """A loaded model. `module` is the plain `nn.Module` in its inference form; None for a model without weights, and
    for one that is an ONNX file, whose `graph` runs it. `fast` is what runs in place of `module`, as in `super_resolve`
    on a CPU; None where this CPU or the network gains nothing."""

    card: ModelCard
    scale: int
    module: nn.Module | None
    graph: Graph | None = None
    fast: nn.Module | None = None
    entry: Entry | None = None

    def __repr__(self) -> str:
        return f"Model({self.card.name}, x{self.scale}: {self.card.title})"

    def __call__(self, pixels: Any) -> Any:
        """Super-resolve an array (band, y, x) to (band, scale * y, scale * x).

        Floating point values are in the card's value range, 0..1 for most; the result is float32, not clipped. uint8
        values 0..255 stand for that range; the result is uint8, rounded and clipped. Other integers are refused: what
        is white is not known of them. A `torch.Tensor` gives a tensor on the same device (it is computed on the CPU,
        without gradients), a numpy array an array.

        The whole array goes at once: for rasters use `super_resolve`. A network sees no value beyond those that its
        card names; what lies beyond is enlarged by bicubic (`rs_sr.pixels.guard`).

        Raises
        ------
        RequestError
            A wrong number of bands or dimensions, or another data type.
        """
        if _is_tensor(pixels):
            import torch

            known = pixels.detach()
            known = known.float() if known.is_floating_point() else known
            return torch.from_numpy(self(known.cpu().numpy())).to(pixels.device)
        array = np.asarray(pixels)
        if array.ndim != 3 or (self.card.bands is not None and array.shape[0] != self.card.bands):
            takes = f"{self.card.bands} bands" if self.card.bands else "any number of bands"
            raise RequestError(f"model {self.card.name} takes {takes}, the array is {array.shape}", "give (band, y, x)")
        if array.dtype.kind != "f" and array.dtype != np.uint8:
            raise RequestError(
                f"model {self.card.name} cannot know what is white in {array.dtype} values",
                "give floating point values with white at 1, such as array / 10000, or uint8",
            )
        low, high = self.card.value_range
        if array.dtype != np.uint8:
            return self._floats(np.ascontiguousarray(array, dtype=np.float32))
        span = np.float32((high - low) / 255)
        fine = (self._floats(array.astype(np.float32) * span + np.float32(low)) - np.float32(low)) / span
        return np.clip(np.floor(fine + 0.5), 0, 255).astype(np.uint8)

    def reference(self) -> str:
        """What `super_resolve(model=...)` takes for this model: its file, or its name. Weights that were changed since
        it was loaded are a `RequestError`, and so is a model that was `told` of a scene."""
        assert self.entry is not None
        if self.entry.told is not None:
            raise RequestError(
                f"model {self.card.name} was loaded with told=..., a run tells it what the scene shows",
                "load it without, and give --sensor, or --blur and --noise",
            )
        if self.module is not None:
            now, file = self.module.state_dict(), load_module(self.entry).state_dict()
            if now.keys() != file.keys() or not all(now[name].equal(file[name]) for name in file):
                raise RequestError(
                    f"the weights of model {self.card.name} were changed since it was loaded",
                    "write them to a model file, and give that",
                )
        return str(self.entry.path) if self.entry.origin == "file" else self.card.name

    def _floats(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 in the card's value range."""
        if self.graph is None and self.module is None:
            return kernels.enlarge(pixels, self.scale, self.card.name)
        low, high = self.card.value_range
        smallest, largest = (low + (high - low) * end for end in self.card.ends)
        return guarded(self.graph or self._run, pixels, self.scale, (smallest, largest), high - low)

    def _run(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        import torch

        network = self.fast or self.module
        assert network is not None
        with torch.inference_mode():
            batch = torch.from_numpy(pixels)[None].to(memory_format=torch.channels_last)
            out: NDArray[np.float32] = network(batch)[0].numpy()
            return out


def _is_tensor(pixels: Any) -> bool:
    """Without loading torch."""
    return type(pixels).__module__.partition(".")[0] == "torch"


def load_model(name: str | os.PathLike[str], *, scale: int | None = None, told: Numbers | None = None) -> Model:
    """Load a model, to be called with arrays.

    Parameters
    ----------
    name
        Its name in ``rs-sr models``, or the path of its file.
    scale
        How many times finer, for models without weights; default: 2.
    told
        The numbers of the scene (`rs_sr.sensors.find("sentinel2").numbers`) for a model that can be told; default: the
        cautious ones.

    Raises
    ------
    ModelError
        The model is unknown or damaged; a file that is missing is a `FileNotFoundError` too.
    RequestError
        The model is for another scale.
    """
    entry = catalogue.find(path_of("a model", name)).telling(told)
    if entry.card.scale is not None and scale not in (None, entry.card.scale):
        raise RequestError(f"model {name} is for x{entry.card.scale}, not x{scale}", "leave the scale out")
    graph = load_graph(entry) if entry.card.network == store.ONNX else None
    module = None if entry.card.network in (None, store.ONNX) else load_module(entry)
    return Model(entry.card, entry.card.scale or scale or 2, module, graph, _fast(entry.card, module), entry)


def _fast(card: ModelCard, module: nn.Module | None) -> nn.Module | None:
    """The form of a network that runs fastest here; what pools over the image may be held in `module`, and stays so."""
    if module is None or card.statistics:
        return None
    from rs_sr.networks.fast import quickened

    network, fused = quickened(copy.deepcopy(module))
    return network if fused else None


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
