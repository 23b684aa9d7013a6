"""How far to believe a model: what consistency and the ensemble of eight bring, and what its spread tells of the error.

    python -m training.trust calibrate lkdn_s_x4.safetensors --tiles packed/ucmerced --record
    python -m training.trust compare lkdn_s_x4 plain_x4 --tiles ../shared/data/ucmerced/test105
    python -m training.trust deciles lkdn_s_x4 --tiles RSSCN7 --layout rsscn7

Protocol as in `training.evaluate`, with results that are not rounded for the errors. `calibrate` fits
E|x - h| = c d + e over twenty bins of equal size of the spread d and, with --record, writes c and e into the card;
give it validation tiles. A model that is told how a scene was taken sees each tile as another scene of the family, and
is told which. `deciles` shows predicted and true error by tenths of the prediction, in grey levels of 255.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import rs_sr
from rs_sr import sensors
from rs_sr.models import Model, store
from rs_sr.pixels import metrics
from rs_sr.pixels.ensemble import ensemble
from rs_sr.pixels.kernels import Kernel
from rs_sr.sensors import Numbers
from rs_sr.trust import agreement
from training import datasets, family
from training.datasets import Tile
from training.evaluate import pair, sensor_of, tiles_of

Array = NDArray[Any]
SEPARATE = 53  # every so many pixels one counts: they are many, and neighbours tell the same
BINS = 20


def runner(model: Model) -> Callable[[NDArray[np.float32]], Array]:
    """The model on (band, y, x) about 0..1; one for a single band takes each band alone."""
    if model.card.bands != 1:
        return model
    return lambda x: np.concatenate([model(band[None]) for band in x])


def results(
    name: str, tiles: list[Tile], sensor: Numbers | None
) -> Iterator[tuple[Array, Array, Array, Array, Array, Kernel]]:
    """Per tile: truth and coarse tile (uint8), plain result, mean and spread of the eight (float32 about 0..1), and how
    the tile was degraded. For a model that is told, as each scene of `family.fixed` in turn has it, unless a `sensor`
    is given."""
    model = rs_sr.load_model(name)
    kernel = agreement.degradation(model.card)
    if model.card.told and sensor is not None:
        model, kernel = rs_sr.load_model(name, told=sensor), sensors.kernel(sensor)
    for i, tile in enumerate(tiles):
        if model.card.told and sensor is None:
            high = datasets.cropped(datasets.to_bytes(tile.pixels), model.scale)
            low, numbers = family.delivered(high, model.scale, i)
            model, kernel = rs_sr.load_model(name, told=numbers), sensors.kernel(numbers)
        else:
            high, low = pair(tile, model.scale, sensor)
        run, seen = runner(model), low.astype(np.float32) / np.float32(255)
        mean, spread = ensemble(run, seen, model.scale, model.card.grid)
        yield high, low, run(seen), mean, spread, kernel


def spread_and_error(name: str, tiles: list[Tile], sensor: Numbers | None) -> tuple[Array, Array]:
    """Of a sample of pixels: the spread, and how far the mean of the eight lies from the truth; both about 0..1."""
    spreads, errors = [], []
    s = rs_sr.load_model(name).scale
    inner = (slice(None), slice(s, -s), slice(s, -s))
    for high, _, _, mean, spread, _ in results(name, tiles, sensor):
        error = np.abs(np.clip(mean, 0, 1) - high.astype(np.float32) / 255)
        spreads.append(spread[inner].ravel()[::SEPARATE])
        errors.append(error[inner].ravel()[::SEPARATE])
    return np.concatenate(spreads), np.concatenate(errors)


def fit(spread: Array, error: Array) -> tuple[float, float]:
    """c and e of E|x - h| = c d + e, by least squares over bins of equal size of d."""
    parts = np.array_split(np.argsort(spread, kind="stable"), BINS)
    d, e = (np.array([v[p].mean(dtype=np.float64) for p in parts]) for v in (spread, error))
    slope, offset = np.polyfit(d, e, 1)
    return float(f"{slope:.4g}"), float(f"{max(offset, 0):.3g}")


def record(path: str, calibration: tuple[float, float]) -> None:
    """Write c and e into a model file's card."""
    card, tensors = store.read(path)
    store.write(path, dataclasses.replace(card, calibration=calibration), tensors)


def spearman(a: Array, b: Array) -> float:
    """Rank correlation (Spearman 1904) of values of which hardly any are equal."""
    ranks = [np.argsort(np.argsort(v, kind="stable"), kind="stable") for v in (a, b)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def deciles(spread: Array, error: Array, calibration: tuple[float, float]) -> list[tuple[float, float]]:
    """Mean predicted and mean true error, grey levels of 255, by tenths of the prediction."""
    c, e = calibration
    predicted = c * spread + e
    parts = np.array_split(np.argsort(predicted, kind="stable"), 10)
    return [(255 * float(predicted[p].mean()), 255 * float(error[p].mean())) for p in parts]


def compare(name: str, tiles: list[Tile], sensor: Numbers | None) -> dict[str, tuple[float, float]]:
    """Mean PSNR and SSIM over tiles of the plain result, made consistent, the ensemble's, and both."""
    s = rs_sr.load_model(name).scale
    rows: dict[str, list[tuple[float, float]]] = {"plain": [], "consistent": [], "ensemble": [], "both": []}
    for high, low, plain, mean, _, kernel in results(name, tiles, sensor):
        seen = low.astype(np.float32) / np.float32(255)
        made = (plain, agreement.agree(plain, seen, s, kernel), mean, agreement.agree(mean, seen, s, kernel))
        inner = (slice(None), slice(s, -s), slice(s, -s))
        for row, fine in zip(rows.values(), made, strict=True):
            got = np.clip(np.floor(255 * fine + 0.5), 0, 255).astype(np.uint8)[inner]
            row.append((metrics.psnr(got, high[inner]), metrics.ssim(got, high[inner])))
    return {name: (float(np.mean([r[0] for r in v])), float(np.mean([r[1] for r in v]))) for name, v in rows.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("calibrate", "compare", "deciles"))
    parser.add_argument("models", nargs="+", help="names or files of models")
    parser.add_argument("--tiles", type=Path, required=True, help="a folder of tiles, or a packed set (its val part)")
    parser.add_argument("--layout", choices=datasets.LAYOUTS, default="folder", help="take its test part")
    parser.add_argument(
        "--sensor", type=sensor_of, help="degrade as this sensor would, with blur and noise: a name or a file"
    )
    parser.add_argument("--record", action="store_true", help="write what is fitted into the cards of model files")
    given = parser.parse_args()
    tiles = tiles_of(given.tiles, given.layout)
    print(f"{len(tiles)} tiles of {given.tiles}\n")
    if given.what == "compare":
        print("| model | plain | consistent | ensemble | both |\n| --- | --- | --- | --- | --- |")
    elif given.what == "deciles":
        print(
            "| model | rank correlation | predicted / true error by tenths, grey levels of 255 |\n| --- | --- | --- |"
        )
    for name in given.models:
        model = rs_sr.load_model(name)
        if given.what == "compare":
            cells = [f"{p:.3f}, {s:.4f}" for p, s in compare(name, tiles, given.sensor).values()]
            print(f"| {model.card.name} | {' | '.join(cells)} |", flush=True)
            continue
        spread, error = spread_and_error(name, tiles, given.sensor)
        if given.what == "calibrate":
            found = fit(spread, error)
            print(f"{model.card.name}: E|x - h| = {found[0]:g} d + {found[1]:g}", flush=True)
            if given.record:
                record(name, found)
        else:
            if model.card.calibration is None:
                raise SystemExit(f"{name} is not calibrated: python -m training.trust calibrate {name} --record ...")
            rows = " ".join(f"{p:.1f}/{t:.1f}" for p, t in deciles(spread, error, model.card.calibration))
            print(f"| {model.card.name} | {spearman(spread, error):.2f} | {rows} |", flush=True)


if __name__ == "__main__":
    try:
        main()
    except rs_sr.RsSrError as error:
        raise SystemExit(str(error)) from None
