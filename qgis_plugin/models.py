"""The models to choose from: what the backend said last, else those that it always has. No Qt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ANY_SCALE = [
    {"name": "bicubic", "scale": None, "bands": None, "line": "x2, x3, x4, any bands: bicubic, adds no detail"},
    {"name": "lanczos", "scale": None, "bands": None, "line": "x2, x3, x4, any bands: Lanczos, adds no detail"},
    {"name": "nearest", "scale": None, "bands": None, "line": "x2, x3, x4, any bands: nearest neighbour"},
]


def known(folder: Path) -> list[dict[str, Any]]:
    """What is known of the models, from the file that `remember` wrote."""
    try:
        models = json.loads((folder / "models.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ANY_SCALE
    right = isinstance(models, list) and all(isinstance(m, dict) and "name" in m and "line" in m for m in models)
    return models if right and models else ANY_SCALE


def remember(folder: Path, models: list[dict[str, Any]]) -> None:
    """Keep what a worker said of its models, for the next dialog."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "models.json").write_text(json.dumps(models), encoding="utf-8")
    except OSError:
        return  # the next worker says it again


def is_file(name: str) -> bool:
    """Whether a model's name is meant as the path of a file."""
    return name.endswith(".safetensors") or "/" in name or "\\" in name
