"""Networks: torch modules and nothing else. One file per network, one table of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from rs_sr.errors import ModelError
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.plain import Plain

NETWORKS: dict[str, Callable[..., nn.Module]] = {"lkdn": LKDN, "plain": Plain}


def build(network: str, arguments: dict[str, Any]) -> nn.Module:
    """A network by its name in the table and its constructor's arguments; `ModelError` where they do not fit."""
    if network not in NETWORKS:
        raise ModelError(f"network {network} is unknown", f"known are {', '.join(NETWORKS)}; a newer rs-sr may have it")
    try:
        return NETWORKS[network](**arguments)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"{network} cannot be built with {arguments}: {error}", "the model file is damaged") from error
