"""A model file: safetensors with the card as JSON under the metadata key ``rs_sr_card``."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError, safe_open

from rs_sr.errors import ModelError
from rs_sr.models.card import ModelCard

if TYPE_CHECKING:
    from torch import Tensor

KEY = "rs_sr_card"


def read_card(path: str | Path) -> ModelCard:
    """The card of a model file, without torch. A file that is no model is a `ModelError` that says what it is."""
    file = Path(path)
    if not file.is_file():
        raise ModelError(f"{path} does not exist", "check the name, or see `rs-sr models`")
    try:
        with safe_open(str(file), framework="numpy") as opened:
            metadata = opened.metadata() or {}
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelError(
            f"{path} is no safetensors file, or it is cut off", "get it again, or make one with `rs-sr import`"
        ) from error
    if KEY not in metadata:
        raise ModelError(f"{path} has no rs-sr card inside", "make a model file with `rs-sr import FILE.pth`")
    try:
        return ModelCard.from_json(metadata[KEY])
    except ModelError as error:
        raise ModelError(f"{path}: {error.problem}", error.cure) from error


def read(path: str | Path) -> tuple[ModelCard, dict[str, Tensor]]:
    """Card and tensors; tensors that are not those the card was written for are a `ModelError`."""
    from safetensors.torch import load_file

    card = read_card(path)
    try:
        tensors = load_file(str(path))
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path} cannot be read: {error}", "get it again") from error
    if fingerprint(tensors) != card.sha256:
        raise ModelError(f"{path} is damaged: its tensors do not match its card", "get it again")
    return card, tensors


def write(path: str | Path, card: ModelCard, tensors: dict[str, Tensor]) -> ModelCard:
    """Write a model file, whole or not at all; gives back the card with its hash. Raises OSError."""
    from safetensors.torch import save

    tensors = {k: v.contiguous() for k, v in tensors.items()}
    card = replace(card, sha256=fingerprint(tensors))
    file = Path(path)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(save(tensors, metadata={KEY: card.to_json(), "format": "pt"}))
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return card


def fingerprint(tensors: dict[str, Any]) -> str:
    """SHA-256 over names, dtypes, shapes and bytes in the order of names."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        array = tensors[name].detach().cpu().contiguous().numpy()
        digest.update(f"{name} {array.dtype} {array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
