"""The models there are: without weights, bundled, and the user's own."""

from __future__ import annotations

import contextlib
import os
import shutil
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from rs_sr.errors import ModelError, ModelNotFoundError, RsSrWarning, TargetError, did_you_mean
from rs_sr.models import store
from rs_sr.models.card import ModelCard
from rs_sr.models.resampling import RESAMPLING
from rs_sr.sensors.numbers import Numbers

VALIDATION = "UC Merced validation"  # the scores that choose the default: tiles 45-49 of each class


@dataclass(frozen=True)
class Entry:
    """A model that can be run: its card, its file (None without weights), where it comes from, and what its network is
    told of the scene (None: what its file has, the cautious numbers)."""

    card: ModelCard
    path: Path | None
    origin: str  # "built in", "bundled", "yours" or "file"
    told: Numbers | None = None

    def telling(self, told: Numbers | None) -> Entry:
        """The same, told the nearest numbers that it was trained for; a `ModelError` for a model that takes none."""
        if told is not None and not self.card.told:
            raise ModelError(
                f"model {self.card.name} cannot be told how a scene was taken",
                "leave --sensor, --blur and --noise out, or take one that can be told (see `rs-sr models`)",
            )
        return replace(self, told=None if told is None else told.within())


def bundled_folder() -> Path:
    """The folder of the models that come with rs-sr."""
    return Path(__file__).parents[1] / "weights"


def user_folder() -> Path:
    """`RS_SR_MODELS`, else the platform's folder for a user's data."""
    given = os.environ.get("RS_SR_MODELS")
    return Path(given) if given else platformdirs.user_data_path("rs-sr", appauthor=False) / "models"


def list_models() -> list[Entry]:
    """All models. A file of the user's that cannot be read is left out with a warning that names it."""
    entries = [Entry(card, None, "built in") for card in RESAMPLING.values()]
    for folder, origin in ((bundled_folder(), "bundled"), (user_folder(), "yours")):
        for path in sorted(folder.glob("*.safetensors")):
            try:
                entries.append(Entry(store.read_card(path), path, origin))
            except ModelError as error:
                warnings.warn(RsSrWarning(f"left out: {error}"), stacklevel=2)
    return entries


def find(name: str) -> Entry:
    """A model by name, or by the path of its file. An unknown one is a `ModelError` that lists what there is."""
    path = Path(name)
    if path.suffix.lower() in (".pth", ".pt", ".ckpt", ".onnx"):
        if not path.exists():
            raise ModelNotFoundError(f"{name} does not exist", "check the name, or see `rs-sr models`")
        kind = "an ONNX file" if path.suffix.lower() == ".onnx" else "a checkpoint"
        raise ModelError(
            f"{name} is {kind}, not a model file", f"turn it into one: rs-sr import {name} -o model.safetensors"
        )
    if path.suffix == ".safetensors":
        return Entry(store.read_card(path), path, "file")
    known = {entry.card.name: entry for entry in list_models()}
    if name in known:
        return known[name]
    if path.is_file():
        return Entry(store.read_card(path), path, "file")
    cure = f"{did_you_mean(name, known)} known are {', '.join(known)}, or give a .safetensors file"
    raise ModelError(f"model {name} is unknown", cure.lstrip())


def alternatives(card: ModelCard, bands: int) -> list[ModelCard]:
    """The other bundled models for the scale of `card` that fit this number of bands best, the best in validation
    first."""
    fitting = [e.card for e in list_models() if e.origin == "bundled" and e.card.scale == card.scale]
    kinds = [n for n in _usable(bands) if any(c.bands == n for c in fitting)]  # of which the first fits best
    usable = [c for c in fitting if c.bands in kinds[:1] and c.name != card.name]
    return sorted(usable, key=validation, reverse=True)


def _usable(bands: int) -> tuple[int, ...]:
    """Bands that a network may have, the best fit first: as many as the raster; one, through which any number goes one
    by one; three, which see each band three times."""
    return (3,) if bands == 3 else tuple(dict.fromkeys((bands, 1, 3)))


def default(scale: int | None, bands: int) -> Entry:
    """The bundled model for the scale (else 2) and the number of bands: one that is told how the scene was taken; where
    there is none the one that did best in validation, else bicubic.
    """
    usable = [
        e
        for e in list_models()
        if e.origin == "bundled" and e.card.scale == (scale or 2) and e.card.bands in _usable(bands)
    ]
    fitting = [e for e in usable if e.card.told] or usable
    if not fitting:
        return Entry(RESAMPLING["bicubic"], None, "built in")
    return min(fitting, key=lambda e: (_usable(bands).index(e.card.bands or 0), -validation(e.card)))


def validation(card: ModelCard) -> float:
    """PSNR on validation tiles; what is chosen is never chosen on test tiles."""
    return max((float(s["psnr_rgb"]) for s in card.scores if s.get("data") == VALIDATION), default=0.0)


def add(path: str) -> Entry:
    """Copy a model file into the user's folder; a name that is taken is a `ModelError`."""
    card = store.read(find(path).path or path)[0]
    taken = {e.card.name: e for e in list_models()}
    if card.name in taken and taken[card.name].origin != "yours":
        raise ModelError(f"{card.name} is the name of a model of rs-sr", "import it anew with another --name")
    if card.name in taken:
        raise ModelError(f"a model {card.name} is there already", f"remove it first: rs-sr models remove {card.name}")
    target = user_folder() / f"{card.name}.safetensors"
    beside = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, beside)
        beside.replace(target)
    except OSError as error:
        raise TargetError(
            f"{target} cannot be written: {error.strerror}", "set RS_SR_MODELS to another folder"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return Entry(card, target, "yours")


def remove(name: str) -> None:
    """Delete one of the user's models."""
    for entry in list_models():
        if entry.card.name == name and entry.origin == "yours" and entry.path is not None:
            entry.path.unlink()
            return
    raise ModelError(f"{name} is none of your models", f"yours lie in {user_folder()}; see `rs-sr models`")
