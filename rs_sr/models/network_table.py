"""The networks side by side: size, cost, how far they look, what they take. For ``rs-sr models networks``."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from typing import Any

from rs_sr.networks import build
from rs_sr.networks.counting import multiply_adds, parameters
from rs_sr.networks.statistics import of_network

# A name for a network with certain arguments: the published ones, and ours.
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "plain 48 x 8": ("plain", {"channels": 48, "layers": 8}),
    "plain 48 x 12": ("plain", {"channels": 48, "layers": 12}),
    "plain 64 x 16": ("plain", {"channels": 64, "layers": 16}),
    "LKDN-S": ("lkdn", {"features": 42, "attention": 42, "blocks": 5}),
    "LKDN": ("lkdn", {}),
    "ALKDNet": ("alkdnet", {}),
    "LSFFNet": ("lsffnet", {}),
    "EFRDN": ("efrdn", {}),
    "LGUN": ("lgun", {}),
}
SCALES = (2, 3, 4)
FRAME = (720, 1280)  # height and width of the result


@dataclass(frozen=True)
class Row:
    """One network at one scale, three bands. `parameters` are those that are trained, `multiply_adds` those of a run
    for a result of 1280 x 720; `receptive_field` is in input pixels, None where a network pools over the image, and
    `held_receptive_field` what is left when that is held (None where no bound is known)."""

    network: str
    scale: int
    parameters: int
    multiply_adds: int
    receptive_field: int | None
    held_receptive_field: int | None
    minimum: int


def rows() -> list[Row]:
    """All of them, counted on the networks themselves."""
    found = []
    for title, (network, arguments) in VARIANTS.items():
        for scale in SCALES:
            module: Any = build(network, {"scale": scale, **arguments}).eval()
            macs = multiply_adds(module.fused(), *(n // scale for n in FRAME))
            held = None if module.radius is None else 2 * module.radius + 1
            bounded = None if of_network(module) else held
            minimum = module.minimum
            found.append(Row(title, scale, parameters(module), macs, bounded, held, minimum))
    return found


def to_json(found: list[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in found]


def to_text(found: list[Row]) -> str:
    """A table for people."""
    lines = ["network        scale  parameters  G multiply-adds  receptive field       smallest input"]
    for name, scale, count, macs, field, held, minimum in map(astuple, found):
        sees = str(field) if field else "unbounded" + f", held {held}" * bool(held)
        lines.append(f"{name:<14} x{scale} {count:>14,} {macs / 1e9:>16.2f}  {sees:<20}  {minimum}")
    lines += [
        "Multiply-adds: of convolutions and linear layers, for a result of 1280 x 720 with three bands.",
        "Receptive field: across, in input pixels; without a bound where a network pools over the whole image, which",
        "rasters hold.",
    ]
    return "\n".join(lines)
