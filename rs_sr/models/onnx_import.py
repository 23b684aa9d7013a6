"""An ONNX file as a model: what it takes, how far it looks and what its tiles need is found by running it.

A file that `rs-sr export` wrote has its card inside, which is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rs_sr.errors import ModelError
from rs_sr.models import store
from rs_sr.models.card import Halo, ModelCard
from rs_sr.models.making import name_of
from rs_sr.models.onnx_graph import Graph, open_session, parse
from rs_sr.models.onnx_probe import Tiles, cost, look, reach
from rs_sr.models.onnx_trial import trials
from rs_sr.pixels.guard import carried

if TYPE_CHECKING:
    from torch import Tensor

WRONG = 25.5  # grey levels of 255 that no model's tiles differ by


def import_onnx(
    path: str | Path,
    *,
    value_range: tuple[float, float] | None = None,
    name: str | None = None,
    check: Callable[[], None] = lambda: None,
    **said: Any,
) -> tuple[ModelCard, dict[str, Tensor]]:
    """An ONNX file as card and tensors (one: its bytes). `said` are fields of the card, in place of what is found.

    `value_range` are the model's values for black and white, 0 and 1 if not given. What no model here can be (several
    inputs or outputs, float16, another scale than 2, 3 or 4, weights in other files) is a `ModelError`. `check` is
    called between runs; what it raises ends the measuring, which takes a minute or two for a large model.
    """
    import torch

    file = Path(path)
    if not file.is_file():
        raise ModelError(f"{path} does not exist", "check the name")
    data = file.read_bytes()
    card = _own_card(data, file) or _measured(data, file, value_range or (0.0, 1.0), check)
    said |= {"name": name or card.name, "value_range": value_range or card.value_range}
    card = replace(card, **{k: v for k, v in said.items() if v is not None})
    tensors = {store.ONNX: torch.frombuffer(bytearray(data), dtype=torch.uint8)}
    return ModelCard.from_json(card.to_json()), tensors


def _own_card(data: bytes, file: Path) -> ModelCard | None:
    """The card that `rs-sr export` put into the file, the values it pools now constants; None where there is none."""
    written = {p.key: p.value for p in parse(data, str(file)).metadata_props}.get(store.KEY)
    if written is None:
        return None
    card = ModelCard.from_json(written)
    if card.network != store.ONNX:
        card = replace(card, network=store.ONNX, arguments={"size": None, "overlap": 0}, statistics=0)
    open_session(data, str(file))
    side = -(-max(32, card.minimum) // card.multiple_of) * card.multiple_of
    height, width = card.arguments.get("size") or (side, side)
    found = trials(data, [(card.bands or 1, height, width)], "works")[-1]
    if found != card.scale:
        made = found if isinstance(found, str) else f"it gives x{found}"
        raise ModelError(f"the card in {file} says x{card.scale} and {card.bands} bands: {made}", "export it again")
    memory, _ = cost(data, card)
    return replace(card, memory_per_px=memory)


def _measured(data: bytes, file: Path, value_range: tuple[float, float], check: Callable[[], None]) -> ModelCard:
    """The card of a file that says nothing about itself."""
    takes = look(data, file)
    size = None if takes.size is None else list(takes.size)
    card = ModelCard(
        name=name_of(file), title=f"x{takes.scale} from {file.name}", network=store.ONNX,
        arguments={"size": size, "overlap": 0}, scale=takes.scale, bands=takes.bands,
        band_names=("red", "green", "blue") if takes.bands == 3 else (), value_range=value_range,
        halo=Halo(exact=None, byte=0, wide=0), grid=takes.multiple_of, minimum=takes.minimum,
        multiple_of=takes.multiple_of, square=takes.square,
    )  # fmt: skip
    graph = Graph(open_session(data, f"model {card.name}"), card, check)
    radius = reach(graph, card)
    tiles = Tiles(graph, card, radius)
    grid = tiles.grid()
    if grid != card.grid and radius is not None:
        radius = reach(graph, replace(card, grid=grid))
    halo = tiles.halo(radius, grid)
    if (halo.byte_error or 0) > WRONG:
        raise ModelError(
            f"the results of {file} depend on the picture's size, by up to {halo.byte_error:g} of 255 grey levels: it "
            "was traced at one",
            "export it with that size fixed, without dynamic axes",
        )
    card = replace(card, grid=grid, halo=halo, arguments={"size": size, "overlap": halo.wide if size else 0})
    low, span = value_range[0], value_range[1] - value_range[0]
    carries = carried(lambda seen: (graph(seen * span + low) - low) / span, takes.bands, takes.scale)
    memory, macs = cost(data, card)
    return replace(card, memory_per_px=memory, macs_per_px=macs, carries=carries)
