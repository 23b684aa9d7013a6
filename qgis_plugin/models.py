"""The models and sensors to choose from: what the backend said last, else the models that it always has. No Qt."""

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
    return _read(folder, "models", "line") or ANY_SCALE


def sensors(folder: Path) -> list[dict[str, Any]]:
    """What is known of the sensors; empty if nothing yet."""
    return _read(folder, "sensors", "title")


def remember(folder: Path, answer: dict[str, Any]) -> None:
    """Keep what a worker said of its models and sensors, for the next dialog."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for what, key in (("models", "line"), ("sensors", "title")):
            if what in answer and answer[what] != _read(folder, what, key):
                (folder / f"{what}.json").write_text(json.dumps(answer[what]), encoding="utf-8")
    except OSError:
        return  # the next worker says it again


def _read(folder: Path, what: str, key: str) -> list[dict[str, Any]]:
    """Those of a file, each of which has a name and `key`; empty if it is not there, or damaged."""
    try:
        found = json.loads((folder / f"{what}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    right = isinstance(found, list) and all(isinstance(m, dict) and "name" in m and key in m for m in found)
    return found if right else []


def is_file(name: str) -> bool:
    """Whether the name of a model or a sensor is meant as the path of a file."""
    return name.endswith((".safetensors", ".toml", ".json")) or "/" in name or "\\" in name
