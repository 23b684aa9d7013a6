"""Weights of runs into the bundled ones, with full cards and short logs; and runs back from what was collected."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch

from rs_sr.models import catalogue, store
from training import datasets, evaluate, trust
from training.datasets import Tile
from training.log import points, write
from training.recipe import Recipe, digest
from training.state import Run, best_weights, progress_of, save
from training.train import write_model
from training.validation import Validation

LOGS = Path(__file__).with_name("logs")
GAIN_DB = 0.1  # in validation, by which an unfinished weight replaces the bundled one
ROWS = 40  # of a log that is kept
SETS = {"ucmerced": catalogue.VALIDATION, "naip4": "NAIP validation"}


def weight_of(name: str) -> Path:
    return catalogue.bundled_folder() / f"{name}.safetensors"


def log_of(name: str) -> Path:
    return LOGS / f"{name}.jsonl"


def collected(recipe: Recipe) -> dict[str, Any] | None:
    """The last line of the log of the bundled weight, if this recipe made it: how far it had come."""
    rows, weight = points(log_of(recipe.name)), weight_of(recipe.name)
    if not rows or rows[-1].get("recipe") != digest(recipe) or not weight.exists():
        return None
    return rows[-1] if rows[-1]["weight"] == store.read_card(weight).sha256 else None


def recover(recipe: Recipe, folder: Path) -> bool:
    """Set up a run anew from its collected weights, as far as they had come, where its state is gone."""
    if (row := collected(recipe)) is None:
        return False
    run = Run(dataclasses.replace(recipe, start=str(weight_of(recipe.name))), torch.device("cpu"))
    run.iteration = run.begun = row["iteration"]
    run.seconds = row["seconds"]
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "log.jsonl", points(log_of(recipe.name)))
    save(run, folder / "last.pt")
    return True


def export(recipe: Recipe, folder: Path, target: Path) -> Path:
    """A model file in `target` of the best weights so far of the run in `folder`."""
    found = best_weights(folder, recipe)
    if found is None:
        raise SystemExit(f"{folder} has no weights that were validated yet")
    path = target / f"{recipe.name}.safetensors"
    write_model(recipe, found[0], (), path)
    return path


def collect(recipe: Recipe, folder: Path, data: Path, test: Path | None) -> str:
    """Take over a finished weight, or the best so far if it gained `GAIN_DB`; gives a sentence about what was done.

    The card gets the scores of the validation tiles, the shift, what halos and half precision cost and the
    calibration of the ensemble, as `training.evaluate` and `training.trust` record them; and with `test`, the folder
    of UC Merced's test tiles, their scores.
    """
    state, best = progress_of(folder / "last.pt"), folder / "best.pt"
    if state is None:
        return "not begun"
    finished = folder / f"{recipe.name}.safetensors"
    done = finished.exists() and state["seconds"] >= 60 * recipe.minutes
    if not done and not best.exists():
        return "not validated yet"
    with tempfile.TemporaryDirectory() as scratch:
        if done:
            new = Path(shutil.copy(finished, scratch))
        else:
            new, state = export(recipe, folder, Path(scratch)), progress_of(best) or state
        name, bundled = SETS.get(recipe.validation, f"{recipe.validation} validation"), weight_of(recipe.name)
        if bundled.exists() and store.read_card(bundled).sha256 == store.read_card(new).sha256:
            return "collected already"
        judged = f"{name}, family" if recipe.degradation == "family" else name
        then, validation = _score(bundled, judged), Validation(recipe, data, torch.device("cpu"))
        psnr, ssim = validation(store.read(new)[1], len(validation.high))
        gain = psnr - then if then is not None else None
        if gain is not None and gain < (0 if done else GAIN_DB):
            return f"{psnr:.2f} dB, {gain:+.2f}: left out"
        tiles = datasets.load(data / recipe.validation, "val")
        plain = _record(new, tiles, name)
        if judged == name:
            psnr = plain
        else:
            _note(new, {"data": judged, "tiles": len(tiles), "psnr_rgb": round(psnr, 4), "ssim_rgb": round(ssim, 4)})
        trust.record(str(new), trust.fit(*trust.spread_and_error(str(new), tiles, None)))
        if test is not None and recipe.validation == "ucmerced":
            _record(new, evaluate.tiles_of(test, "folder"), "UC Merced test105")
        card, tensors = store.read(new)
        store.write(bundled, card, tensors)
        _keep_log(recipe, folder, state, {"psnr": round(psnr, 4), "weight": card.sha256, "tiles": len(tiles)})
        more = "new" if gain is None else f"{gain:+.2f}"
        return f"{psnr:.2f} dB, {more}: taken, {'finished' if done else 'the best so far'}"


def _record(path: Path, tiles: list[Tile], name: str) -> float:
    """Scores and what goes with them into the card; gives the PSNR."""
    scores = evaluate.evaluate(str(path), tiles)
    bicubic = evaluate.evaluate("bicubic", tiles, scores.scale)
    evaluate.record(str(path), scores, name, bicubic, tiles)
    return float(scores.mean()[0])


def _note(path: Path, row: dict[str, Any]) -> None:
    """A further row of scores into a card."""
    card, tensors = store.read(path)
    store.write(path, dataclasses.replace(card, scores=(*card.scores, row)), tensors)


def _score(path: Path, name: str) -> float | None:
    if not path.exists():
        return None
    return next((float(s["psnr_rgb"]) for s in store.read_card(path).scores if s.get("data") == name), None)


def _keep_log(recipe: Recipe, folder: Path, state: dict[str, Any], last: dict[str, Any]) -> None:
    """A thinned log, its best line with it; the last line says how far the weight had come, and which it is."""
    rows = [p for p in points(folder / "log.jsonl") if p["iteration"] <= state["iteration"] and "tiles" not in p]
    step = max(1, -(-len(rows) // ROWS))
    best = max((p["psnr"] for p in rows), default=0.0)
    kept = [p for i, p in enumerate(rows) if i % step == 0 or p["psnr"] == best or i == len(rows) - 1]
    facts = {"iteration": state["iteration"], "seconds": round(state["seconds"], 3), "recipe": digest(recipe)}
    write(log_of(recipe.name), [*kept, facts | last])
