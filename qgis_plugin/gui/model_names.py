"""Models in the words of those who choose one: what it is for, how many times finer, how good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..messages import translate

Model = dict[str, Any]


def names(models: Sequence[Model]) -> dict[str, str]:
    """What each model is called, by its own name. No two are called the same."""
    found: dict[str, str] = {}
    for model in models:
        said = _name(model, models)
        found[model["name"]] = said if said not in found.values() else f"{said} ({model['name']})"
    return found


def called(name: str, models: Sequence[Model]) -> str:
    """What the network of this name is called; empty for what has no such name."""
    found: Model = next((m for m in models if m["name"] == name), {})
    return names(models)[name] if found.get("scale") and _score(found) is not None else ""


def ranked(models: Sequence[Model], bands: int, scale: int | None) -> tuple[list[Model], list[Model]]:
    """Those that fit a raster of `bands` (0: not known) at a scale (None: any), the best first; and the others."""
    order = sorted(models, key=lambda m: (_misfit(m, bands), not _told(m), -(_score(m) or 0.0)))
    fitting = [m for m in order if _misfit(m, bands) < 2 and scale in (None, m.get("scale") or scale)]
    return fitting, [m for m in order if m not in fitting]


def _misfit(model: Model, bands: int) -> int:
    """0 for as many bands as there are, 1 for any number or one by one, 2 for others."""
    own = model.get("bands")
    if own == bands or not bands:
        return 0
    return 1 if own in (None, 1) or (bands != 3 and own == 3) else 2


def _name(model: Model, models: Sequence[Model]) -> str:
    plain = {
        "bicubic": translate("RsSr", "Bicubic: smooth, adds no detail"),
        "lanczos": translate("RsSr", "Lanczos: a little sharper, adds no detail"),
        "nearest": translate("RsSr", "Nearest: the values as they are, for classes"),
    }
    if model["name"] in plain:
        return plain[model["name"]]
    scale, score = model.get("scale"), _score(model)
    if not scale or score is None:
        return str(model["name"])
    better = [m for m in models if _kind(m) == _kind(model) and (_score(m) or 0.0) > score]
    quality = (
        translate("RsSr", "quality {}").format(len(better) + 1) if better else translate("RsSr", "best quality")
    )  # fmt: skip
    return f"{_scene(model)}, {scale}x, {quality}"


def _scene(model: Model) -> str:
    """What it is for, by its pixel size, bands and degradation."""
    _, coarsest = model.get("gsd_m") or (0, 0)
    scene = translate("RsSr", "Any scene")
    if coarsest and not _told(model):
        aerial, satellite = translate("RsSr", "Aerial and drone"), translate("RsSr", "Satellite")
        scene = aerial if coarsest <= 1.5 else satellite
    if model.get("degradation") == "sensor":
        scene = translate("RsSr", "{}, soft or noisy").format(scene)
    return translate("RsSr", "{}, one band").format(scene) if model.get("bands") == 1 else scene


def _told(model: Model) -> bool:
    """Whether it is told how the scene was taken, and so suits any; its dB compare with none of the others."""
    return model.get("degradation") == "family"


def _kind(model: Model) -> tuple:
    return model.get("scale"), _scene(model)


def _score(model: Model) -> float | None:
    """Its first figure of validation, in dB."""
    found = re.search(r"([\d.]+) dB", model.get("line", ""))
    return float(found.group(1)) if found else None
