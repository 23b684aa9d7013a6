"""The door for models of others: a published checkpoint or an ONNX file becomes a model file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rs_sr.errors import RequestError
from rs_sr.models.card import ModelCard
from rs_sr.models.onnx_import import import_onnx
from rs_sr.models.published import import_checkpoint

if TYPE_CHECKING:
    from torch import Tensor


def import_model(
    path: str | Path,
    *,
    value_range: tuple[float, float] | None = None,
    check: Callable[[], None] = lambda: None,
    **said: Any,
) -> tuple[ModelCard, dict[str, Tensor]]:
    """A file of another project as card and tensors for `store.write`; see `import_checkpoint` and `import_onnx`.

    `said` are fields of the card, in place of what is known or found. What is no model is a `ModelError`.
    """
    if Path(path).suffix.lower() == ".onnx":
        return import_onnx(path, value_range=value_range, check=check, **said)
    if value_range is not None:
        raise RequestError(f"--range is for ONNX files; the networks of {path} take 0 to 1", "leave it out")
    return import_checkpoint(path, **said)
