"""A model file: safetensors with the card as JSON under the metadata key ``rs_sr_card``."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError, safe_open

from rs_sr.errors import ModelError, ModelNotFoundError
from rs_sr.models.card import ModelCard

if TYPE_CHECKING:
    from torch import Tensor

KEY = "rs_sr_card"
ONNX = "onnx"  # the network of models that are an ONNX file, and the tensor of its bytes


def read_card(path: str | Path) -> ModelCard:
    """The card of a model file, without torch. A file that is no model is a `ModelError` that says what it is."""
    file = Path(path)
    if not file.is_file():
        raise ModelNotFoundError(f"{path} does not exist", "check the name, or see `rs-sr models`")
    try:
        with safe_open(str(file), framework="numpy") as opened:
            metadata = opened.metadata() or {}
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelError(
            f"{path} is not a safetensors file, or it is cut off", "get it again, or make one with `rs-sr import`"
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
    _check(path, card, tensors)
    return card, tensors


def read_onnx(path: str | Path) -> tuple[ModelCard, bytes]:
    """Card and ONNX file of a model whose network is "onnx", without torch; checked as in `read`."""
    card = read_card(path)
    try:
        with safe_open(str(path), framework="numpy") as opened:
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path} cannot be read: {error}", "get it again") from error
    _check(path, card, tensors)
    if set(tensors) != {ONNX}:
        raise ModelError(f"{path} has no ONNX file inside", "get it again")
    return card, tensors[ONNX].tobytes()


def _check(path: str | Path, card: ModelCard, tensors: dict[str, Any]) -> None:
    if fingerprint(tensors) != card.sha256:
        raise ModelError(f"{path} is damaged: its tensors do not match its card", "get it again")


def write(path: str | Path, card: ModelCard, tensors: dict[str, Tensor]) -> ModelCard:
    """Write a model file, whole or not at all; gives back the card with its hash. Raises OSError."""
    from safetensors.torch import save

    tensors = {k: v.contiguous() for k, v in tensors.items()}
    card = replace(card, sha256=fingerprint(tensors))
    write_bytes(path, save(tensors, metadata={KEY: card.to_json(), "format": "pt"}))
    return card


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises OSError."""
    file = Path(path)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def fingerprint(tensors: dict[str, Any]) -> str:
    """SHA-256 over names, dtypes, shapes and bytes in the order of names; of torch tensors or numpy arrays."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name]
        array = tensor if isinstance(tensor, np.ndarray) else tensor.detach().cpu().contiguous().numpy()
        digest.update(f"{name} {array.dtype} {array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
