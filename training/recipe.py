"""A recipe: one TOML file per weight. An unknown key, or a value of the wrong type, is an error in words."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What to train, on what, and how. Patches are in coarse pixels, shares are of the whole budget."""

    name: str
    title: str
    network: str
    arguments: dict[str, Any]  # of the network's constructor, with `scale`
    data: list[str]  # names of packed sets below --data
    validation: str = "ucmerced"  # the packed set whose val tiles choose the checkpoint
    start: str = ""  # a model file or name whose weights it starts from, of any scale
    degradation: str = "bicubic"  # "bicubic", "family" (of which a network may be told) or "given"
    recolour: float = 0.0  # share of patches of little contrast and any colour, saturated ones too
    mix_bands: bool = False  # train one band on single bands and mixes
    iterations: int = 0  # the budget, or
    minutes: float = 0.0  # the budget in minutes of one core (CPU), or by the clock (other devices)
    stages: list[list[float]]  # [from this share on, batch, patch]
    loss: str = "l1"
    l2_from: float = 1.0  # share from which the loss is L2
    optimizer: str = "adam"  # "adam", "adamw" or "adan"
    lr: float = 1e-3
    betas: list[float] = field(default_factory=lambda: [0.9, 0.99])
    weight_decay: float = 0.0
    schedule: str = "cosine"  # "cosine", "step" or "constant"
    hold: float = 0.0  # share before the cosine begins
    steps: list[float] = field(default_factory=list)  # shares at which "step" halves the rate
    floor: float = 0.0  # the cosine's end, as a share of lr
    warmup: int = 0  # iterations
    clip: float = 0.0  # of the gradient's norm; 0: none
    guard: float = 0.0  # skip a step whose loss exceeds this many running means; 0: never
    ema: float = 0.999  # 0: none
    bf16: bool = True  # autocast of the forward pass
    channels_last: bool = True
    compile: bool = False  # torch.compile the forward pass
    seed: int = 1
    validate_every: int = 1000  # iterations
    validation_tiles: int = 35  # a spread of the val tiles while training; all of them at the end
    gsd_m: list[float] = field(default_factory=list)  # smallest and largest; empty: those of scenes that were cut
    band_names: list[str] = field(default_factory=list)  # empty: red, green, blue if there are three
    sensor: str = ""
    training_data: str
    licence: str = ""
    source: str = ""  # where the weight comes from; of the recipes in training/recipes their path

    def __post_init__(self) -> None:
        if (self.iterations > 0) == (self.minutes > 0):
            raise SystemExit(f"recipe {self.name}: give it a budget, either iterations or minutes")
        choices = {
            "degradation": ("bicubic", "family", "given"), "loss": ("l1", "l2"),
            "optimizer": ("adam", "adamw", "adan"), "schedule": ("cosine", "step", "constant"),
        }  # fmt: skip
        for key, known in choices.items():
            if getattr(self, key) not in known:
                raise SystemExit(f"recipe {self.name}: {key} is {getattr(self, key)!r}; choose from {', '.join(known)}")
        if self.arguments.get("told") and self.degradation != "family":
            raise SystemExit(f'recipe {self.name}: a network that is told needs degradation = "family"')
        if not self.stages or self.stages[0][0] != 0:
            raise SystemExit(f"recipe {self.name}: the first of its stages must begin at 0")

    @property
    def scale(self) -> int:
        return int(self.arguments["scale"])

    def stage(self, progress: float) -> tuple[int, int]:
        """Batch and patch at `progress` 0..1."""
        _, batch, patch = [s for s in self.stages if s[0] <= progress][-1]
        return int(batch), int(patch)


RECIPES = Path(__file__).with_name("recipes")
# what may change while a run goes on: its budget, its beginning, how often it is looked at, and words for the card
FREE = frozenset({
    "iterations", "minutes", "start", "validate_every", "validation_tiles", "compile", "title", "gsd_m", "band_names",
    "sensor", "training_data", "licence", "source",
})  # fmt: skip


def _meaning(recipe: dict[str, Any]) -> dict[str, Any]:
    """What a state depends on, without the keys that have their default: a new key changes no old recipe."""
    defaults: dict[str, Any] = {}
    for f in fields(Recipe):
        if f.default is not MISSING:
            defaults[f.name] = f.default
        elif f.default_factory is not MISSING:
            defaults[f.name] = f.default_factory()
    kept = {k: v for k, v in recipe.items() if k not in FREE and (k not in defaults or v != defaults[k])}
    found: dict[str, Any] = json.loads(json.dumps(kept))
    return found


def differences(stored: dict[str, Any], recipe: Recipe) -> list[str]:
    """In words, each key of a checkpoint's recipe that gives its state another meaning than `recipe` does."""
    old, new = _meaning(stored), _meaning(asdict(recipe))
    keys = sorted(k for k in old | new if old.get(k) != new.get(k))
    return [f"its {k} was {old.get(k, 'the default')}, now it is {new.get(k, 'the default')}" for k in keys]


def digest(recipe: Recipe) -> str:
    """A short name for what a recipe's state depends on."""
    return hashlib.sha256(json.dumps(_meaning(asdict(recipe)), sort_keys=True).encode()).hexdigest()[:12]


def read(path: Path) -> Recipe:
    """The recipe of a TOML file."""
    try:
        data = tomllib.loads(path.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SystemExit(f"{path} cannot be read: {error}") from error
    kinds = {f.name: str(f.type) for f in fields(Recipe)}
    if unknown := sorted(set(data) - set(kinds)):
        raise SystemExit(f"{path} has unknown keys {', '.join(unknown)}; known are {', '.join(kinds)}")
    basic = {"str": str, "bool": bool, "int": int, "float": (int, float)}
    for name, value in data.items():
        kind = basic.get(kinds[name], dict if kinds[name].startswith("dict") else list)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):  # type: ignore[arg-type]
            raise SystemExit(f"{path}: {name} must be {kinds[name]}, it is {value!r}")
    if RECIPES in path.resolve().parents:
        data.setdefault("source", f"training/recipes/{path.resolve().relative_to(RECIPES).as_posix()}")
    try:
        return Recipe(**data)
    except TypeError as error:
        raise SystemExit(f"{path}: {str(error).split('__init__() ')[-1]}") from error
