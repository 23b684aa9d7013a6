"""Train one network by a recipe, from first step to model file.

    python -m training.train training/recipes/plain_x4.toml --data packed --out runs
    python -m training.train training/recipes/plain_x4.toml --data packed --out runs --resume --minutes 30

Writes to ``OUT/NAME``: ``last.pt`` and ``best.pt`` (state, atomically), ``log.jsonl``, ``report.png``, and the model
file ``NAME.safetensors``. A run that was stopped or broken goes on with --resume, exactly where it was.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.errors import RsSrError
from rs_sr.machine import available_cores, keep_memory
from rs_sr.models import store
from rs_sr.models.making import card_of
from rs_sr.networks import build
from training import datasets, fast, optim
from training.lock import Lock
from training.log import Log, Stop
from training.patches import Patches
from training.recipe import Recipe, read
from training.report import draw
from training.state import Run, best_weights, save
from training.validation import Validation

FIRST_SAVE_S = 30.0
SAVE_EVERY_S = 120.0  # what a killed run loses at most


def step(run: Run, forward: nn.Module, patches: Patches) -> float:
    """One iteration: draw, forward, loss, backward, update. Gives the loss; on CUDA nan where it was not looked at."""
    recipe, progress = run.recipe, run.progress()
    batch, patch = recipe.stage(progress)
    low, high = patches.draw(batch, patch)
    if recipe.channels_last:
        low = low.contiguous(memory_format=torch.channels_last)
    rate = recipe.lr * optim.factor(
        recipe.schedule, progress, hold=recipe.hold, steps=tuple(recipe.steps), floor=recipe.floor
    )
    if run.iteration - run.begun < recipe.warmup:
        rate *= (run.iteration - run.begun + 1) / recipe.warmup
    for group in run.optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(run.device.type, torch.bfloat16, enabled=recipe.bf16 and fast.has_bf16(run.device)):
        out = forward(low, patches.told) if recipe.arguments.get("told") else forward(low)
    l2 = recipe.loss == "l2" or progress >= recipe.l2_from
    loss = (functional.mse_loss if l2 else functional.l1_loss)(out.float(), high)
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    if recipe.clip:
        nn.utils.clip_grad_norm_(run.module.parameters(), recipe.clip)
    look = run.device.type == "cpu" or run.iteration % 50 == 0  # a look at the loss waits for the card
    value = float(loss.detach()) if look else float("nan")
    if look and not guarded(run, value):
        return value
    run.optimizer.step()
    if recipe.ema:
        run.average.update(run.module)
    run.iteration += 1
    if look:
        run.losses = [run.losses[0] + value, run.losses[1] + 1]
    return value


def guarded(run: Run, loss: float) -> bool:
    """Whether a step with this loss may be taken; ends the run after 50 refused in a row."""
    since = run.iteration - run.begun  # a run that was set up anew from its weights has no mean yet
    bad = not np.isfinite(loss) or (run.recipe.guard and since > 100 and loss > run.recipe.guard * run.mean_loss)
    if not bad:
        share = max(0.01, 1 / (since + 1))
        run.mean_loss, run.skipped = run.mean_loss + share * (loss - run.mean_loss), 0
        return True
    run.skipped += 1
    if run.skipped == 50:
        raise SystemExit(
            f"50 losses in a row are out of bounds (the last is {loss:.3g}): lower lr, or raise warmup or clip"
        )
    return False


def train(recipe: Recipe, data: Path, out: Path, *, resume: bool, minutes: float | None, device: torch.device) -> bool:
    """Run a recipe, or `minutes` of it. True when its budget is used up and the model file is written."""
    folder = out / recipe.name
    lock = Lock(folder)
    if not lock.take():
        raise SystemExit(f"another process trains in {folder}: wait for it, or stop it")
    try:
        return go(recipe, data, folder, resume=resume, minutes=minutes, device=device)
    finally:
        lock.drop()


def go(
    recipe: Recipe, data: Path, folder: Path, *, resume: bool, minutes: float | None, device: torch.device
) -> bool:  # fmt: skip
    """The same in a folder whose lock is held."""
    goes_on = (folder / "last.pt").exists()
    if goes_on and not resume:
        raise SystemExit(f"{folder} holds a run: give --resume to go on with it, or remove the folder")
    run = Run(recipe, device, fresh=not goes_on)
    if goes_on:
        run.restore(folder)
    patches, validation = prepare(run, data)
    forward = fast.prepare(run.module, device)
    if recipe.compile:
        forward = torch.compile(forward)  # type: ignore[assignment]
    log = Log(folder, run)
    log.say(f"{recipe.name}: {patches.count} tiles, {sum(p.numel() for p in run.module.parameters())} parameters")
    clock = time.process_time if device.type == "cpu" else time.monotonic  # a busy machine shortens no budget
    began = time.monotonic()
    due = began + FIRST_SAVE_S
    mark = clock()
    with Stop() as stop:
        while run.progress() < 1 and not stop.asked and (minutes is None or time.monotonic() - began < 60 * minutes):
            before = run.iteration
            try:
                step(run, forward, patches)
            except torch.OutOfMemoryError as error:
                batch, patch = recipe.stage(run.progress())
                raise SystemExit(
                    f"out of memory with batch {batch} of {patch} x {patch}: take a smaller batch in the recipe's "
                    "stages, and lr down with it"
                ) from error
            run.seconds += clock() - mark
            mark = clock()
            validate = run.iteration > before and run.iteration % recipe.validate_every == 0
            if validate:
                psnr, ssim = validation(run.weights(), recipe.validation_tiles)
                log.point(psnr, ssim, run.losses)
                run.losses = [0.0, 0]
                if psnr > run.best:
                    run.best = psnr
                    save(run, folder / "best.pt")
            if validate or time.monotonic() > due:
                save(run, folder / "last.pt")
                due, mark = time.monotonic() + SAVE_EVERY_S, clock()  # validation does not count
    save(run, folder / "last.pt")
    if run.progress() < 1:
        log.say(f"stopped at {run.progress():.0%}; go on with --resume")
        return False
    finish(run, validation, folder, log)
    return True


def prepare(run: Run, data: Path) -> tuple[Patches, Validation]:
    """What the run draws its patches from, and what judges it."""
    recipe = run.recipe
    tiles = [t for name in recipe.data for t in datasets.load(data / name, "train")]
    check_bands(recipe, tiles)
    patches = Patches(
        tiles, scale=recipe.scale, degradation=recipe.degradation, largest=int(max(s[2] for s in recipe.stages)),
        mix_bands=recipe.mix_bands, device=run.device, generator=run.generator, recolour=recipe.recolour,
    )  # fmt: skip
    return patches, Validation(recipe, data, run.device)


def check_bands(recipe: Recipe, tiles: list[datasets.Tile]) -> None:
    """Tiles must have the network's bands, and all be 8 bit or all not."""
    found, wanted = sorted({len(t.pixels) for t in tiles}), int(recipe.arguments.get("bands", 3))
    if found != [wanted] and not (recipe.mix_bands and wanted == 1 and len(found) == 1):
        raise SystemExit(f"the tiles of {', '.join(recipe.data)} have {found} bands, the network takes {wanted}")
    if len({t.pixels.dtype for t in tiles}) > 1:
        raise SystemExit(f"some sets of {', '.join(recipe.data)} are 8 bit and some are not: train them apart")


def finish(run: Run, validation: Validation, folder: Path, log: Log) -> None:
    """Write the model file, from the better of last and best over all validation tiles, and the report."""
    score, chosen = validation(run.weights(), len(validation.high)), run.weights()
    if (best := best_weights(folder, run.recipe)) is not None:
        other = validation(best[0], len(validation.high))
        if other[0] > score[0]:
            score, chosen = other, best[0]
    log.point(*score, tiles=len(validation.high))
    write_model(run.recipe, chosen, validation.gsd_m, folder / f"{run.recipe.name}.safetensors")
    draw(folder / "log.jsonl", validation.pictures, folder / "report.png")
    log.say(f"{folder / run.recipe.name}.safetensors: {score[0]:.3f} dB, SSIM {score[1]:.4f}")


def write_model(recipe: Recipe, weights: dict[str, Tensor], gsd_m: tuple[float, ...], path: Path) -> None:
    """A model file of a run's weights, with the facts of its recipe and of its tiles on the card."""
    module = build(recipe.network, recipe.arguments).eval()
    module.load_state_dict(weights)
    said: dict[str, Any] = {"band_names": tuple(recipe.band_names)} if recipe.band_names else {}
    card = card_of(
        recipe.network, recipe.arguments, module, name=recipe.name, title=recipe.title, licence=recipe.licence,
        training_data=recipe.training_data, sensor=recipe.sensor, degradation=recipe.degradation,
        gsd_m=tuple(recipe.gsd_m) or gsd_m or None, source=recipe.source, **said,
    )  # fmt: skip
    store.write(path, card, module.state_dict())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path, help="a TOML file; training/recipes has those of the shipped weights")
    parser.add_argument("--data", type=Path, required=True, help="folder of the packed sets that the recipe names")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run; keep it outside the clone")
    parser.add_argument("--from", dest="start", help="begin with the weights of this model (name or file)")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was stopped or broken")
    parser.add_argument("--minutes", type=float, help="stop cleanly after so many minutes")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=available_cores(), help="CPU threads")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    recipe = read(given.recipe)
    if given.start:
        recipe = dataclasses.replace(recipe, start=given.start)
    done = train(
        recipe, given.data, given.out, resume=given.resume, minutes=given.minutes, device=torch.device(given.device)
    )
    sys.exit(0 if done else 3)


if __name__ == "__main__":
    if "MALLOC_MMAP_MAX_" not in os.environ:
        keep_memory()
    try:
        main()
    except RsSrError as error:
        raise SystemExit(str(error)) from None
