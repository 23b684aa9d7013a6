"""The state of a run: everything that a checkpoint holds, written whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from rs_sr.models import catalogue, store
from rs_sr.networks import build
from training import optim
from training.recipe import Recipe, differences
from training.transfer import to_scale

NUMBERS = ("iteration", "seconds", "best", "mean_loss", "skipped", "begun", "losses")
BROKEN = (OSError, RuntimeError, EOFError, KeyError, ValueError, AttributeError)  # of torch.load, on a damaged file


class Run:
    """Weights, optimiser, moving average, generator and counts of a run.

    Parameters
    ----------
    fresh
        Whether it begins: then the recipe's `start` is read. One that goes on has its weights in its checkpoint.
    """

    def __init__(self, recipe: Recipe, device: torch.device, *, fresh: bool = True) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.device = recipe, device
        module = build(recipe.network, recipe.arguments)
        if recipe.start and fresh:
            card, tensors = store.read(catalogue.find(recipe.start).path or recipe.start)
            to_scale(module, tensors, card.scale or recipe.scale, card.bands or 3)
        layout = torch.channels_last if recipe.channels_last else torch.contiguous_format
        self.module = module.to(device, memory_format=layout)  # type: ignore[call-overload]
        self.optimizer = optim.make(recipe.optimizer, self.module, recipe.lr, tuple(recipe.betas), recipe.weight_decay)
        self.average = optim.Average(self.module, recipe.ema)
        self.generator = torch.Generator(device).manual_seed(recipe.seed)
        self.iteration, self.seconds, self.best, self.mean_loss, self.skipped = 0, 0.0, 0.0, 0.0, 0
        self.begun = 0  # the iteration at which the optimiser was new: warm-up counts from it
        self.losses = [0.0, 0]  # sum and count since the last validation

    def progress(self) -> float:
        """Share of the budget that is used, 0 to 1."""
        if self.recipe.iterations:
            return min(1.0, self.iteration / self.recipe.iterations)
        return min(1.0, self.seconds / (60 * self.recipe.minutes))

    def state(self) -> dict[str, Any]:
        return {
            "module": self.module.state_dict(), "optimizer": self.optimizer.state_dict(),
            "average": self.average.state_dict(), "generator": self.generator.get_state(),
            **{name: getattr(self, name) for name in NUMBERS},
            "recipe": json.dumps(dataclasses.asdict(self.recipe), sort_keys=True),
        }  # fmt: skip

    def restore(self, folder: Path) -> None:
        """Go on from a folder's last checkpoint, or its best if that is damaged; another recipe's is refused."""
        path, state = _newest(folder, self.device)
        if changed := differences(json.loads(state["recipe"]), self.recipe):
            raise SystemExit(
                f"{path} is of another recipe: {'; '.join(changed)}. Give it back, or train anew without --resume"
            )
        self.module.load_state_dict(state["module"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.load_state_dict(state["average"])
        self.generator.set_state(state["generator"].cpu())
        for name in NUMBERS:
            setattr(self, name, state.get(name, getattr(self, name)))

    def weights(self) -> dict[str, Tensor]:
        """What is validated and shipped: the moving average, or the weights themselves without one."""
        return self.average.values if self.recipe.ema else self.module.state_dict()


def _newest(folder: Path, device: torch.device) -> tuple[Path, dict[str, Any]]:
    for path in (folder / "last.pt", folder / "best.pt"):
        try:
            return path, torch.load(path, map_location=device, weights_only=True)
        except BROKEN as error:
            print(f"{path} cannot be read ({repr(error).splitlines()[0][:120]})", file=sys.stderr)
    raise SystemExit(f"no checkpoint in {folder} can be read: remove the folder to train anew")


def save(run: Run, path: Path) -> None:
    """Write a checkpoint, whole or not at all, through to the disk: it outlives a kill and a power cut."""
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        torch.save(run.state(), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def best_weights(folder: Path, recipe: Recipe) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    """The weights of a run that did best in validation so far, with their checkpoint; None before the first one."""
    if not (folder / "best.pt").exists():
        return None
    state = torch.load(folder / "best.pt", map_location="cpu", weights_only=True)
    return (state["average"]["values"] if recipe.ema else state["module"]), state


def progress_of(path: Path) -> dict[str, Any] | None:
    """What a checkpoint says besides its tensors; None where there is none that can be read."""
    try:
        return dict(torch.load(path, map_location="cpu", weights_only=True, mmap=True))
    except BROKEN:
        return None
