"""Networks: torch modules and nothing else. One file per network, one table of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from torch import Tensor

from rs_sr.errors import ModelError
from rs_sr.networks import alkdnet, efrdn, lgun, lkdn, lsffnet, plain
from rs_sr.networks.contract import Network


class Kind(NamedTuple):
    """Its name in papers, how it is built, the tensors that tell it from others, how its arguments are read off."""

    title: str
    build: Callable[..., Network]
    signs: tuple[str, ...]
    read: Callable[[dict[str, Tensor]], dict[str, Any]]


NETWORKS: dict[str, Kind] = {
    "plain": Kind("plain", plain.Plain, plain.SIGNS, plain.read),
    "lkdn": Kind("LKDN", lkdn.LKDN, lkdn.SIGNS, lkdn.read),
    "alkdnet": Kind("ALKDNet", alkdnet.ALKDNet, alkdnet.SIGNS, alkdnet.read),
    "lsffnet": Kind("LSFFNet", lsffnet.LSFFNet, lsffnet.SIGNS, lsffnet.read),
    "efrdn": Kind("EFRDN", efrdn.EFRDN, efrdn.SIGNS, efrdn.read),
    "lgun": Kind("LGUN", lgun.LGUN, lgun.SIGNS, lgun.read),
}


def build(network: str, arguments: dict[str, Any]) -> Network:
    """A network by its name in the table and its constructor's arguments; `ModelError` where they do not fit."""
    if network not in NETWORKS:
        raise ModelError(f"network {network} is unknown", f"known are {', '.join(NETWORKS)}; a newer rs-sr may have it")
    try:
        return NETWORKS[network].build(**arguments)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"{network} cannot be built with {arguments}: {error}", "the model file is damaged") from error
