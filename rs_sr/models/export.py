"""A model as an ONNX file that other tools run: any batch, height and width, and its card in the metadata.

By torch's TorchScript exporter: it needs no package but `onnx`, and its graphs hold for every size. What a network
pools over the image becomes the input `statistics`, one vector in the order of use, with a default inside: without it
the graph is an ordinary bounded one, with the vector of a raster it gives what a run on that raster gives.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import ModelError
from rs_sr.models import load_module, store
from rs_sr.models.catalogue import Entry
from rs_sr.models.onnx_graph import open_session, packages
from rs_sr.pixels.scene import scene

if TYPE_CHECKING:
    from torch import Tensor, nn

OPSET = 17  # LayerNormalization; read by every onnxruntime since 1.12
TRACED = (60, 52)  # input pixels
TRIED = ((61, 47), (30, 75))  # where the file must give torch's result
TOLERANCE = 1e-4


def export(entry: Entry, held: Sequence[NDArray[np.float32]] | None = None) -> bytes:
    """The ONNX file of a model: `input` (batch, band, y, x) float32 to `output`, and `statistics` where it has any.

    `held` are the default statistics, in the order of use; else they are those of the made-up scene of ``rs-sr demo``.
    The file is compared with torch at sizes it was not traced at. A model without weights is a `ModelError`.
    """
    onnx, _ = packages()
    if entry.path is None:
        raise ModelError(
            f"model {entry.card.name} is resampling: it has no network", "choose another (see `rs-sr models`)"
        )
    inside = entry.card.network == store.ONNX
    model = onnx.load_model_from_string(store.read_onnx(entry.path)[1] if inside else _of_network(entry, held))
    known = {p.key: p.value for p in model.metadata_props}
    onnx.helper.set_model_props(model, known | {store.KEY: entry.card.to_json()})
    written: bytes = model.SerializeToString()
    return written


def _of_network(entry: Entry, held: Sequence[NDArray[np.float32]] | None) -> bytes:
    import torch

    from rs_sr.networks import statistics

    onnx, _ = packages()
    network, bands = load_module(entry), int(entry.card.bands or 1)
    values = statistics.collect(network, _scene_tiles(bands)) if held is None else [torch.tensor(v) for v in held]
    vector = (torch.cat([v.flatten() for v in values]),) if values else ()
    module = _with_statistics(network, [tuple(v.shape) for v in values]) if values else network
    model = onnx.load_model_from_string(trace(module, (torch.rand(1, bands, *TRACED), *vector)))
    for default in vector:  # an input that has an initializer of its name may be left out
        model.graph.initializer.append(onnx.numpy_helper.from_array(default.numpy(), "statistics"))
    model.producer_name, model.doc_string = "rs-sr", entry.card.title
    data: bytes = model.SerializeToString()
    off = difference(module, data, [(2, bands, *size) for size in TRIED], vector)
    if off > TOLERANCE:
        raise ModelError(f"the ONNX file of {entry.card.name} is {off:.1e} off torch's result", "please report it")
    return data


def _scene_tiles(bands: int) -> Tensor:
    """16 tiles of 96 x 96 of the made-up scene, (16, bands, 96, 96): red, green and blue in turns."""
    import torch

    picture = scene(384)[np.arange(bands) % 3].astype(np.float32) / 255
    tiles = picture.reshape(bands, 4, 96, 4, 96).transpose(1, 3, 0, 2, 4).reshape(16, bands, 96, 96)
    return torch.from_numpy(np.ascontiguousarray(tiles))


def _with_statistics(network: nn.Module, shapes: list[tuple[int, ...]]) -> nn.Module:
    """`network` as a module of two inputs: pixels, and one vector of the values that it is to hold."""
    import torch

    from rs_sr.networks import statistics

    class WithStatistics(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, x: Tensor, vector: Tensor) -> Any:
            parts = torch.split(vector, [math.prod(shape) for shape in shapes])
            statistics.hold(self.network, [p.reshape(shape) for p, shape in zip(parts, shapes, strict=True)])
            return self.network(x)

    return WithStatistics()


def trace(module: nn.Module, arguments: tuple[Tensor, ...], *, fixed: bool = False) -> bytes:
    """`module` as an ONNX file that takes what `arguments` are like: pixels, of any batch and size unless `fixed`."""
    import torch

    file = io.BytesIO()
    axes = {"input": {0: "batch", 2: "height", 3: "width"}, "output": {0: "batch", 2: "finer_height", 3: "finer_width"}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # about constants in the trace; the result is compared instead
        torch.onnx.export(
            module.eval(), arguments, file, dynamo=False, opset_version=OPSET,  # type: ignore[arg-type]
            input_names=["input", "statistics"][: len(arguments)], output_names=["output"],
            dynamic_axes=None if fixed else axes,
        )  # fmt: skip
    return file.getvalue()


def difference(
    module: nn.Module, data: bytes, shapes: Sequence[tuple[int, ...]], more: tuple[Tensor, ...] = ()
) -> float:
    """How far an ONNX file is from its module on noise of these `shapes`, at most, against the largest value or 1."""
    import torch

    session, worst = open_session(data, "the exported file"), 0.0
    for shape in shapes:
        pixels = torch.rand(shape, generator=torch.Generator().manual_seed(0))
        with torch.no_grad():
            wanted = module(pixels, *more).numpy()
        found = session.run(None, {"input": pixels.numpy()})[0]
        if found.shape != wanted.shape:
            return math.inf
        worst = max(worst, float(np.abs(found - wanted).max() / max(1.0, np.abs(wanted).max())))
    return worst
