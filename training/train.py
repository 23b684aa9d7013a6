"""Train one network by a recipe, from first step to model file.

    python -m training.train training/recipes/plain_x4.toml --data packed --out runs
    python -m training.train training/recipes/plain_x4.toml --data packed --out runs --resume --minutes 30

Writes to ``OUT/NAME``: ``last.pt`` and ``best.pt`` (state, atomically), ``log.jsonl``, ``report.png``, and the model
file ``NAME.safetensors``. A run that was stopped or broken goes on with --resume, exactly where it was.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr import metrics
from rs_sr.errors import RsSrError
from rs_sr.machine import available_cores, keep_memory
from rs_sr.models import catalogue, store
from rs_sr.models.making import card_of
from rs_sr.networks import build
from training import datasets, degrade, fast, optim
from training.log import Log, Stop
from training.patches import Patches
from training.recipe import Recipe, read
from training.transfer import to_scale

SAVE_EVERY_S = 120.0  # what a killed run loses at most


class Run:
    """The state of a run: everything that a checkpoint holds."""

    def __init__(self, recipe: Recipe, device: torch.device) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.device = recipe, device
        module = build(recipe.network, recipe.arguments)
        if recipe.start:
            card, tensors = store.read(catalogue.find(recipe.start).path or recipe.start)
            to_scale(module, tensors, card.scale or recipe.scale)
        layout = torch.channels_last if recipe.channels_last else torch.contiguous_format
        self.module = module.to(device, memory_format=layout)  # type: ignore[call-overload]
        self.optimizer = optim.make(recipe.optimizer, self.module, recipe.lr, tuple(recipe.betas), recipe.weight_decay)
        self.average = optim.Average(self.module, recipe.ema)
        self.generator = torch.Generator(device).manual_seed(recipe.seed)
        self.iteration, self.seconds, self.best, self.mean_loss, self.skipped = 0, 0.0, 0.0, 0.0, 0

    def progress(self) -> float:
        """Share of the budget that is used, 0 to 1."""
        if self.recipe.iterations:
            return min(1.0, self.iteration / self.recipe.iterations)
        return min(1.0, self.seconds / (60 * self.recipe.minutes))

    def state(self) -> dict[str, Any]:
        return {
            "module": self.module.state_dict(), "optimizer": self.optimizer.state_dict(),
            "average": self.average.state_dict(), "generator": self.generator.get_state(),
            "iteration": self.iteration, "seconds": self.seconds, "best": self.best, "mean_loss": self.mean_loss,
            "skipped": self.skipped, "recipe": json.dumps(dataclasses.asdict(self.recipe), sort_keys=True),
        }  # fmt: skip

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint; one of another recipe is refused."""
        state = torch.load(path, map_location=self.device, weights_only=True)
        if json.loads(state["recipe"]) != json.loads(json.dumps(dataclasses.asdict(self.recipe))):
            raise SystemExit(f"{path} is of another recipe: train anew without --resume, or give the recipe back")
        self.module.load_state_dict(state["module"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.load_state_dict(state["average"])
        self.generator.set_state(state["generator"].cpu())
        for name in ("iteration", "seconds", "best", "mean_loss", "skipped"):
            setattr(self, name, state[name])

    def weights(self) -> dict[str, Tensor]:
        """What is validated and shipped: the moving average, or the weights themselves without one."""
        return self.average.values if self.recipe.ema else self.module.state_dict()


def save(run: Run, path: Path) -> None:
    """Write a checkpoint, whole or not at all."""
    beside = path.with_suffix(".part")
    torch.save(run.state(), beside)
    beside.replace(path)


class Validation:
    """PSNR and SSIM (RGB, 8 bit, border of the scale cut off) on held-out tiles; the last pictures are kept."""

    def __init__(self, recipe: Recipe, data: Path, device: torch.device) -> None:
        self.recipe, self.device, s = recipe, device, recipe.scale
        tiles = datasets.load(data / recipe.validation, "val")
        fine = [t.pixels[:, : t.pixels.shape[1] // s * s, : t.pixels.shape[2] // s * s] for t in tiles]
        self.low = [self._coarse(high, t) for high, t in zip(fine, tiles, strict=True)]
        self.high = [datasets.to_bytes(high) for high in fine]
        self.module = build(recipe.network, recipe.arguments).to(device)
        self.pictures: list[np.ndarray] = []

    def _coarse(self, high: np.ndarray, tile: datasets.Tile) -> np.ndarray:
        if tile.low is not None:
            return tile.low
        r = self.recipe
        if r.degradation == "sensor":
            return degrade.sensor_tile(high, r.scale, (r.mtf[0], r.mtf[1]), (r.noise[0], r.noise[1]))
        return degrade.bicubic(high, r.scale)

    def __call__(self, weights: dict[str, Tensor], most: int) -> tuple[float, float]:
        self.module.load_state_dict(weights)
        fused = self.module.fused().eval().to(memory_format=torch.channels_last)  # type: ignore[operator]
        every = max(1, len(self.high) // most)
        s, scores, self.pictures = self.recipe.scale, [], []
        for high, low in list(zip(self.high, self.low, strict=True))[every // 2 :: every]:
            x = torch.from_numpy(low).to(self.device).float().div_(255 if low.dtype == np.uint8 else 1)[None]
            if self.recipe.mix_bands and fused.bands == 1:
                x = x.transpose(0, 1)  # band by band
            with torch.inference_mode():
                y = fused(x.to(memory_format=torch.channels_last))
            got = datasets.to_bytes(y.float().cpu().numpy()).reshape(high.shape)
            cut = (slice(None), slice(s, -s), slice(s, -s))
            scores.append((metrics.psnr(got[cut], high[cut]), metrics.ssim(got[cut], high[cut])))
            if len(self.pictures) < 4:
                self.pictures.append(
                    np.concatenate([datasets.to_bytes(low).repeat(s, 1).repeat(s, 2), got, high], axis=2)
                )
        psnr, ssim = np.mean(scores, axis=0)
        return float(psnr), float(ssim)


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
    if run.iteration < recipe.warmup:
        rate *= (run.iteration + 1) / recipe.warmup
    for group in run.optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(run.device.type, torch.bfloat16, enabled=recipe.bf16):
        out = forward(low)
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
    return value


def guarded(run: Run, loss: float) -> bool:
    """Whether a step with this loss may be taken; ends the run after 50 refused in a row."""
    bad = not np.isfinite(loss) or (
        run.recipe.guard and run.iteration > 100 and loss > run.recipe.guard * run.mean_loss
    )
    if not bad:
        share = max(0.01, 1 / (run.iteration + 1))
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
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(recipe, device)
    if (folder / "last.pt").exists() and not resume:
        raise SystemExit(f"{folder} holds a run: give --resume to go on with it, or remove the folder")
    if resume and (folder / "last.pt").exists():
        run.restore(folder / "last.pt")
    tiles = [t for name in recipe.data for t in datasets.load(data / name, "train")]
    check_bands(recipe, tiles)
    patches = Patches(
        tiles, scale=recipe.scale, degradation=recipe.degradation, largest=int(max(s[2] for s in recipe.stages)),
        mix_bands=recipe.mix_bands, device=device, generator=run.generator, recolour=recipe.recolour,
        sensor={"mtf": tuple(recipe.mtf), "noise": tuple(recipe.noise), "plain_share": recipe.plain_share},
    )  # fmt: skip
    validation = Validation(recipe, data, device)
    forward = fast.prepare(run.module, device)
    if recipe.compile:
        forward = torch.compile(forward)  # type: ignore[assignment]
    stop = Stop()
    log = Log(folder, run)
    log.say(f"{recipe.name}: {patches.count} tiles, {sum(p.numel() for p in run.module.parameters())} parameters")
    clock = time.process_time if device.type == "cpu" else time.monotonic  # a busy machine shortens no budget
    began = saved = time.monotonic()
    mark = clock()
    losses: list[float] = []
    while run.progress() < 1 and not stop.asked and (minutes is None or time.monotonic() - began < 60 * minutes):
        try:
            losses.append(step(run, forward, patches))
        except torch.OutOfMemoryError as error:
            batch, patch = recipe.stage(run.progress())
            raise SystemExit(
                f"out of memory with batch {batch} of {patch} x {patch}: take a smaller batch in the recipe's stages, "
                "and lr down with it"
            ) from error
        run.seconds += clock() - mark
        mark = clock()
        if run.iteration % recipe.validate_every == 0 and len(losses) > 1:
            psnr, ssim = validation(run.weights(), recipe.validation_tiles)
            log.point(psnr, ssim, float(np.nanmean(losses)))
            losses = []
            if psnr > run.best:
                run.best = psnr
                save(run, folder / "best.pt")
        if run.iteration % recipe.validate_every == 0 or time.monotonic() - saved > SAVE_EVERY_S:
            save(run, folder / "last.pt")
            saved, mark = time.monotonic(), clock()  # validation does not count
    save(run, folder / "last.pt")
    if run.progress() < 1:
        log.say(f"stopped at {run.progress():.0%}; go on with --resume")
        return False
    finish(run, validation, folder, log)
    return True


def check_bands(recipe: Recipe, tiles: list[datasets.Tile]) -> None:
    """Tiles must have the network's bands, and all be 8 bit or all not."""
    found, wanted = sorted({len(t.pixels) for t in tiles}), int(recipe.arguments.get("bands", 3))
    if found != [wanted] and not (recipe.mix_bands and wanted == 1 and len(found) == 1):
        raise SystemExit(f"the tiles of {', '.join(recipe.data)} have {found} bands, the network takes {wanted}")
    if len({t.pixels.dtype for t in tiles}) > 1:
        raise SystemExit(f"some sets of {', '.join(recipe.data)} are 8 bit and some are not: train them apart")


def finish(run: Run, validation: Validation, folder: Path, log: Log) -> None:
    """Write the model file, from the better of last and best over all validation tiles, and the report."""
    recipe = run.recipe
    last, chosen = validation(run.weights(), len(validation.high)), run.weights()
    if (folder / "best.pt").exists():
        state = torch.load(folder / "best.pt", map_location=run.device, weights_only=True)
        best = state["average"]["values"] if recipe.ema else state["module"]
        if (score := validation(best, len(validation.high)))[0] > last[0]:
            last, chosen = score, best
    log.point(*last, float("nan"))
    run.module.load_state_dict(chosen)
    module = run.module.cpu().eval()
    card = card_of(
        recipe.network, recipe.arguments, module, name=recipe.name, title=recipe.title, licence=recipe.licence,
        training_data=recipe.training_data, sensor=recipe.sensor, degradation=recipe.degradation,
        gsd_m=tuple(recipe.gsd_m) or None, source=f"training/recipes/{recipe.name}.toml",
    )  # fmt: skip
    store.write(folder / f"{recipe.name}.safetensors", card, module.state_dict())
    from training.report import draw

    draw(folder / "log.jsonl", validation.pictures, folder / "report.png")
    log.say(f"{folder / recipe.name}.safetensors: {last[0]:.3f} dB, SSIM {last[1]:.4f} on {len(validation.high)} tiles")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path, help="a TOML file; training/recipes has those of the shipped weights")
    parser.add_argument("--data", type=Path, required=True, help="folder of the packed sets that the recipe names")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run; keep it outside the clone")
    parser.add_argument("--from", dest="start", help="start from this model (name or file), as for fine-tuning")
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
