"""What each kind of weight gains over bicubic on scenes as sensors, mosaics and cameras deliver them.

    python -m tests.benchmarks.real_scenes grid ../shared/data --naip packed/naip --csv grid.csv
    python -m tests.benchmarks.real_scenes table grid.csv
    python -m tests.benchmarks.real_scenes measured ../shared/data --naip packed/naip
    python -m tests.benchmarks.real_scenes pair COARSE FINE --bands 4 3
    python -m tests.benchmarks.real_scenes pictures ../shared/data docs/pictures/real_scenes.jpg

`grid` is Wald's protocol: windows of Sentinel-2, Landsat 8 and its pan, tiles of UC Merced's test set, of NAIP's
validation part and of RSSCN7's sample are blurred, sharpened on the ground, sampled, given noise and, of 8 bit alone,
compressed by JPEG; each method gets them back. PSNR of the mean square over bands on the range 0..1 of the set (8 bit,
or the usual values of a band), eight pixels of edge left out, the mean over tiles. `right` is told the true numbers,
`softer` and `sharper` those of the neighbouring blur, `unsure` what a run without any option tells of a scene whose
windows are up to twelve tiles of the set, `cautious` the numbers of an unknown sensor; `consistent` is `right` with
`--consistent`.

`measured` is what such scenes of up to twelve windows, without JPEG, show of their blur: at Nyquist, the median and
what a run tells, the mean over axes and levels of noise, and how many are not taken for scenes without sharp edges.
Then: how many are sure, how many of these are right to 0.1 along both axes, and how many look sharper than the right
blur or the next softer one, of which a run warns.

`pair` needs no degrading: FINE is another raster of the same ground, such as the sensor's panchromatic band. In windows
of 50 coarse pixels it is shifted to where it matches bicubic best, and each method gets a gain and an offset of its own
(`free`: and a filter of 5 x 5, fitted on one half of the windows and judged on the other).

`pictures` runs real scenes as they are, 4 times finer: the input, bicubic, the network for clean scenes, the default.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import multiprocessing
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from rs_sr import load_model, measure_sensor, super_resolve
from rs_sr.models import catalogue
from rs_sr.pixels import kernels, metrics
from rs_sr.raster.beneath import read_pair
from rs_sr.run.taking import Taken, settled
from rs_sr.run.trial import moved, off
from rs_sr.sensors import CAUTIOUS, Numbers, kernel, scene
from rs_sr.trust import agreement
from rs_sr.trust.scene_checks import look
from training import datasets, family

Array = NDArray[Any]
Method = Callable[[Array], Array]
SIDE, EDGE = 256, 8  # fine pixels
WINDOWS = 12  # of a scene, from which a run without options tells how it was taken
BLURS: tuple[str | float, ...] = (0.15, 0.25, 0.35, "bicubic", 0.5, "area")  # from soft to sharp
SHARPENED, NOISES, QUALITIES = (0.0, 0.8), (0.0, 0.005, 0.015), (family.NO_JPEG, 90.0, 75.0)
RASTERS = {
    "Sentinel-2": "sentinel2_20m_6band_uint16.tif",
    "Landsat 8": "landsat8_30m_7band_uint16.tif",
    "pan": "landsat8_15m_pan_uint16.tif",
}
SETS = (*RASTERS, "test105", "NAIP", "RSSCN7")
METHODS = ("bicubic", "lanczos", "default", "plain", "sensor", "right", "softer", "sharper", "unsure", "cautious",
           "consistent")  # fmt: skip
WEIGHTS = {
    3: {"default": "lkdn_s_x{}", "plain": "plain_x{}", "sensor": "plain_x{}_sensor", "told": "lkdn_s_told_x{}"},
    1: {"default": "plain_1band_x{}", "sensor": "plain_x{}_sensor", "told": "lkdn_s_told_1band_x{}"},
}


@dataclass(frozen=True)
class Way:
    """A way of being taken: blur, sharpening, noise as a share of the range, quality of JPEG."""

    blur: str | float
    sharpened: float
    noise: float
    quality: float

    def scenes(self, blur: str | float | None = None) -> family.Scenes:
        asked = self.blur if blur is None else blur
        kind = {"bicubic": family.BICUBIC, "area": family.AREA}.get(str(asked), family.GAUSSIAN)
        mtf = asked if isinstance(asked, float) else 0.5
        values = [kind, [mtf, mtf], self.sharpened, 0.0, self.noise, True, self.quality, True, [3, 5]]
        return family.Scenes(*(torch.tensor(v)[None] for v in values))


def ways(eight: bool) -> Iterator[Way]:
    for values in itertools.product(BLURS, SHARPENED, NOISES, QUALITIES if eight else QUALITIES[:1]):
        yield Way(*values)


def tiles_of(name: str, data: Path, naip: Path | None, most: int) -> tuple[list[Array], bool]:
    """Fine pictures (band, y, x) of a set, about 0..1, and whether they are of 8 bit."""

    def some(found: list[Any]) -> list[Any]:
        return [found[i * len(found) // most] for i in range(most)] if len(found) > most else found

    def cut(pixels: Array) -> Array:
        return np.ascontiguousarray(pixels[:, :SIDE, :SIDE]).astype(np.float32)

    if name == "NAIP":
        tiles = [] if naip is None else some(datasets.load(naip, "val"))
        return [cut(t.pixels) / 255 for t in tiles], True
    if name in RASTERS:
        with rasterio.open(data / "rasters" / RASTERS[name]) as raster:
            bands = raster.read().astype(np.float64)
        low, high = np.percentile(bands, (0.1, 99.9), axis=(1, 2), keepdims=True)
        bands = (bands - low) / (high - low)
        places = [range(0, n - SIDE + 1, SIDE) for n in bands.shape[1:]]
        return some([cut(band[None, r:, c:]) for band in bands for r in places[0] for c in places[1]]), False
    folder = data / "ucmerced" / "test105" if name == "test105" else data / "rsscn7_sample"
    files = some(sorted(f for f in folder.rglob("*") if f.suffix in (".webp", ".jpg", ".png", ".tif")))
    return [cut(np.moveaxis(np.asarray(Image.open(f).convert("RGB")), 2, 0)) / 255 for f in files], True


class Weights:
    """The networks of a scale and number of bands; a told one is folded anew for other numbers."""

    def __init__(self, scale: int, bands: int, told: str | None) -> None:
        self.scale, self.bands = scale, bands
        bundled = {e.card.name for e in catalogue.list_models()}
        names = {k: v.format(scale) for k, v in WEIGHTS[1 if bands == 1 else 3].items()}
        if told is None and names["told"] not in bundled and bands == 1:
            names["told"] = WEIGHTS[3]["told"].format(scale)
        self.told = told or (names["told"] if names["told"] in bundled else None)
        self.plain = {k: self._method(n, None) for k, n in names.items() if k != "told" and n in bundled}

    def _method(self, name: str, numbers: Numbers | None) -> Method:
        model = load_model(name, told=numbers)
        if model.card.bands == self.bands:
            return model
        return lambda pixels: np.concatenate(
            [model(band[None].repeat(model.card.bands or 1, 0)).mean(0)[None] for band in pixels]
        )

    def telling(self, numbers: Numbers) -> Method | None:
        return None if self.told is None else self._method(self.told, numbers)


def numbers_of(way: Way, scale: int, blur: str | float | None = None) -> Numbers:
    """What is true of a way, or would be with another blur."""
    scenes, generator = way.scenes(blur), torch.Generator().manual_seed(0)
    empty = torch.zeros(1, 1, 16 * scale, 16 * scale)
    return Numbers(*(float(v) for v in family.take(empty, scenes, scale, 0, generator, rounded=False)[1][0]))


def unsure(coarse: list[Array], eight: bool) -> Numbers:
    """What a run tells of a scene with these windows (band, y, x), of which nobody said anything."""
    seen = scene.measure(coarse)
    jpeg = look([(c, 0, 0) for c in coarse], step=1 / 255 if eight else 0.0, jpeg=eight).jpeg_strength
    return settled(Taken(None, "", asked=False), seen, 1.0, jpeg)[0]


def row(job: tuple[str, int, Way, argparse.Namespace]) -> dict[str, Any]:
    """PSNR of each method, the mean over a set's tiles."""
    name, scale, way, asked = job
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    tiles, eight = tiles_of(name, asked.data, asked.naip, asked.tiles)
    weights = Weights(scale, len(tiles[0]), asked.told)
    at = BLURS.index(way.blur)
    blurs = {"right": way.blur, "softer": BLURS[max(at - 1, 0)], "sharper": BLURS[min(at + 1, len(BLURS) - 1)]}
    methods = dict(weights.plain)
    for said, blur in blurs.items():
        if (method := weights.telling(numbers_of(way, scale, blur))) is not None:
            methods[said] = method
    if (method := weights.telling(CAUTIOUS)) is not None:
        methods["cautious"] = method
    scores = defaultdict(list)
    if weights.told and "unsure" in asked.methods:
        shown = tiles_of(name, asked.data, asked.naip, WINDOWS)[0]
        windows = [delivered(t, way, scale, i, eight)[1] for i, t in enumerate(shown)]
        methods["unsure"] = weights.telling(unsure(windows, eight))
    for i, fine in enumerate(tiles):
        truth, coarse = delivered(fine, way, scale, i, eight)
        each: dict[str, Method | None] = {k: method_of(k, scale) for k in ("bicubic", "lanczos")} | methods
        if weights.told:
            each["consistent"] = corrected(methods["right"], numbers_of(way, scale), scale)
        for method_name in asked.methods:
            if (method := each.get(method_name)) is not None:
                scores[method_name].append(metrics.psnr(inner(method(coarse)), inner(truth), peak=1.0))
    found = {k: f"{np.mean(v):.3f}" for k, v in scores.items()}
    kind = {"set": name, "scale": scale, "blur": way.blur, "sharpened": way.sharpened, "noise": way.noise}
    return kind | {"jpeg": "" if way.quality == family.NO_JPEG else int(way.quality), **found}


def delivered(fine: Array, way: Way, scale: int, seed: int, eight: bool) -> tuple[Array, Array]:
    """A tile of whole coarse pixels and the coarse one, (band, y, x)."""
    truth = np.ascontiguousarray(fine[:, : fine.shape[1] // scale * scale, : fine.shape[2] // scale * scale])
    generator = torch.Generator().manual_seed(seed)
    taken = family.take(torch.from_numpy(truth)[None], way.scenes(), scale, 0, generator, rounded=eight)
    return truth, taken[0][0].numpy()


def corrected(method: Method, numbers: Numbers, scale: int) -> Method:
    """The same with `--consistent`."""

    def run(coarse: Array) -> Array:
        fine, blur = method(coarse), kernel(numbers)
        missing = coarse - kernels.reduce(fine, scale, blur)
        strength = agreement.strength(float(np.sum(missing**2)), missing.size, numbers.noise)
        return agreement.agree(fine, coarse, scale, blur, strength)

    return run


def method_of(kernel: str, scale: int) -> Method:
    return lambda pixels: kernels.enlarge(pixels.astype(np.float32), scale, kernel)


def inner(pixels: Array) -> Array:
    return pixels[..., EDGE:-EDGE, EDGE:-EDGE]


def grid(asked: argparse.Namespace) -> None:
    jobs = []
    for name in asked.sets:
        if name == "NAIP" and asked.naip is None:
            print("NAIP is left out: give --naip, its packed set", file=sys.stderr)
            continue
        jobs += [(name, scale, way, asked) for scale in asked.scales for way in ways(name not in RASTERS)]
    keys = ["set", "scale", "blur", "sharpened", "noise", "jpeg", *METHODS]
    with (
        asked.csv.open("w", newline="") as file,
        ProcessPoolExecutor(asked.jobs, multiprocessing.get_context("spawn")) as pool,
    ):
        out = csv.DictWriter(file, keys)
        out.writeheader()
        for i, found in enumerate(pool.map(row, jobs)):
            out.writerow(found)
            file.flush()
            print(f"\r{i + 1} of {len(jobs)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    table(asked)


def table(asked: argparse.Namespace) -> None:
    """By set and scale: gains over bicubic, the mean over all ways and the worst."""
    with asked.csv.open() as file:
        rows = list(csv.DictReader(file))
    shown = [m for m in METHODS[1:] if any(r[m] for r in rows)]
    print(f"| set | ways | bicubic | {' | '.join(shown)} | right beyond the best other |")
    print("| --- " * (len(shown) + 4) + "|")
    cases = sorted({(r["set"], r["scale"]) for r in rows}, key=lambda c: (c[1], SETS.index(c[0])))
    jpeg = [("JPEG", [r for r in rows if r["jpeg"]]), ("all", rows)]
    for name, part in [(f"{s} x{k}", [r for r in rows if (r["set"], r["scale"]) == (s, k)]) for s, k in cases] + jpeg:
        if not part:
            continue
        base = np.array([float(r["bicubic"]) for r in part])
        cells, gains = [], {}
        for method in shown:
            known = np.array([float(r[method] or "nan") for r in part]) - base
            gains[method] = known
            cells.append("" if np.isnan(known).all() else f"{np.nanmean(known):+.2f} ({np.nanmin(known):+.2f})")
        best = np.nanmax([np.zeros(len(part)), *(gains[m] for m in shown if m in METHODS[1:5])], axis=0)
        beyond = "" if "right" not in gains else f"{np.nanmean(gains['right'] - best):+.2f}"
        print(f"| {name} | {len(part)} | {base.mean():.2f} | {' | '.join(cells)} | {beyond} |")


def measured(asked: argparse.Namespace) -> None:
    """By blur and sharpening: what a scene shows, beside the truth; then how many look sharper than what is told."""
    shown, warned, sure = {}, {"right": [0, 0], "softer": [0, 0]}, defaultdict[str, list[float]](list)
    for name in asked.sets:
        tiles, eight = tiles_of(name, asked.data, asked.naip, WINDOWS)
        if tiles:
            shown[name] = tiles, eight
    print(f"| blur, sharpening | true | {' | '.join(shown)} |\n| --- | --- {'| --- ' * len(shown)}|")
    for blur, sharpened in itertools.product(BLURS, SHARPENED):
        ways_ = [Way(blur, sharpened, noise, family.NO_JPEG) for noise in NOISES]
        cells = [f"{blur}, {sharpened:g}", f"{np.mean(numbers_of(ways_[0], asked.scale).nyquist):.2f}"]
        for name, (tiles, eight) in shown.items():
            found = [
                scene.measure([delivered(t, way, asked.scale, i, eight)[1] for i, t in enumerate(tiles)])
                for way in ways_
            ]
            softer = BLURS[BLURS.index(blur) - 1] if blur != BLURS[0] else None
            for said, other in (("right", blur), ("softer", softer)) if softer else [("right", blur)]:
                sharper = [
                    m.surely_sharper(numbers_of(w, asked.scale, other)) for m, w in zip(found, ways_, strict=True)
                ]
                warned[said] = [warned[said][0] + sum(sharper), warned[said][1] + len(sharper)]
            true = numbers_of(ways_[0], asked.scale).nyquist
            sure[name] += [max(abs(np.subtract(m.numbers.nyquist, true))) if m.sure else np.nan for m in found]
            likely = [(np.mean(m.numbers.nyquist), np.mean(m.careful.nyquist)) for m in found if m.likely]
            both = "" if not likely else "{:.2f}, {:.2f} ".format(*np.mean(likely, axis=0))
            cells.append(f"{both}({len(likely)} of {len(found)})")
        print(f"| {' | '.join(cells)} |", flush=True)
    for words, count in (("sure", np.isfinite), ("of these within 0.1", lambda off: off[np.isfinite(off)] <= 0.1)):
        shares = (count(np.array(off)) for off in sure.values())
        print(f"| {words} | | {' | '.join(f'{share.mean():.0%}' if share.size else '' for share in shares)} |")
    print("; ".join(f"told {said}: {n} of {of} scenes look sharper" for said, (n, of) in warned.items()))


def pair(asked: argparse.Namespace) -> None:
    """PSNR of each method against a finer raster of the same ground."""
    both = read_pair(str(asked.coarse), str(asked.fine))
    scale, told = both.scale, measure_sensor(str(asked.coarse), str(asked.fine))
    alone = measure_sensor(str(asked.coarse))
    print(f"the pair: {told}\nthe coarse raster alone: {alone}")
    low, high = np.nanpercentile(both.coarse, (0.1, 99.9), axis=(1, 2))
    weights = Weights(scale, 1, asked.told)
    unasked, asked_for = (settled(Taken(None, "", asked=a), alone, both.span, 0.0)[0] for a in (False, True))
    methods = {k: method_of(k, scale) for k in ("bicubic", "lanczos")} | weights.plain
    said = {"as the pair tells": (told.told or told.numbers).within(), "unasked": unasked}
    said |= {"--sensor measure": asked_for, "cautious": CAUTIOUS}
    methods |= {k: m for k, n in said.items() if (m := weights.telling(n)) is not None}
    print(
        "\n| band | windows | "
        + " | ".join(f"{m}, free" for m in methods)
        + " |\n"
        + "| --- " * (len(methods) + 2)
        + "|"
    )
    for number in asked.bands or range(1, len(both.coarse) + 1):
        band = (both.coarse[number - 1] - low[number - 1]) / (high[number - 1] - low[number - 1])
        made = {k: m(np.nan_to_num(band)[None].astype(np.float32))[0].astype(np.float64) for k, m in methods.items()}
        errors, free, kept = defaultdict(list), defaultdict(list), 0
        parts = windows(made, both.fine, scale)
        for pan, cuts in parts:
            kept += 1
            for k, cut in cuts.items():
                errors[k].append(off(cut, pan))
        span = float(np.nanpercentile(both.fine, 99.9) - np.nanpercentile(both.fine, 0.1))
        for k in methods:
            free[k] = filtered([(pan, cuts[k]) for pan, cuts in parts])
        cells = [
            f"{10 * np.log10(span**2 / np.mean(errors[k])):.2f}, {10 * np.log10(span**2 / np.mean(free[k])):.2f}"
            for k in methods
            if kept
        ]
        print(f"| {number} | {kept} | {' | '.join(cells)} |")


def windows(made: dict[str, Array], fine: Array, scale: int) -> list[tuple[Array, dict[str, Array]]]:
    """Of 50 coarse pixels: the fine raster where it matches bicubic best, and what each method made there."""
    side, margin, found = 50 * scale, 12 * scale, []
    for r in range(margin, fine.shape[0] - side - margin + 1, side):
        for c in range(margin, fine.shape[1] - side - margin + 1, side):
            wide = (slice(r - margin, r + side + margin), slice(c - margin, c + side + margin))
            at, pan = made["bicubic"][wide], fine[wide]
            if not np.isfinite(pan).all() or np.ptp(at) == 0 or np.ptp(pan) == 0:
                continue
            down, right = metrics.shift(pan, at, cutoff=0.2)
            cut = (slice(margin - EDGE, -(margin - EDGE)),) * 2
            there = moved(pan, -down, -right)[cut]
            if max(abs(down), abs(right)) > EDGE or np.corrcoef(there.ravel(), at[cut].ravel())[0, 1] < 0.95:
                continue
            found.append((there, {k: v[wide][cut] for k, v in made.items()}))
    return found


def filtered(parts: list[tuple[Array, Array]]) -> list[float]:
    """Mean square errors of windows behind a filter of 5 x 5 and an offset, fitted on every other window."""

    def equations(part: tuple[Array, Array]) -> tuple[Array, Array]:
        pan, cut = part
        seen = np.lib.stride_tricks.sliding_window_view(cut[EDGE - 2 : 2 - EDGE, EDGE - 2 : 2 - EDGE], (5, 5))
        known = seen.reshape(-1, 25)
        return np.c_[known, np.ones(len(known))], pan[EDGE:-EDGE, EDGE:-EDGE].ravel()

    errors = []
    for half in (0, 1):
        fitted, judged = ([equations(p) for p in parts[k::2]] for k in (half, 1 - half))
        if not fitted:
            continue
        taps = np.linalg.solve(sum(a.T @ a for a, _ in fitted) + 1e-9 * np.eye(26), sum(a.T @ b for a, b in fitted))
        errors += [float(np.mean((a @ taps - b) ** 2)) for a, b in judged]
    return errors


SHOWN = {  # raster, bands, corner of two windows (column, row)
    "Landsat 8, 30 m": (RASTERS["Landsat 8"], "4,3,2", (40, 40), (180, 200)),
    "Sentinel-2, 20 m": (RASTERS["Sentinel-2"], "6,4,1", (60, 60), (200, 180)),
    "Landsat 8 pan, 15 m": (RASTERS["pan"], "1", (120, 320), (400, 200)),
    "orthophoto, 15 cm, JPEG 80": ("aerial_rgb_internal_mask.tif", "1,2,3", (120, 60), (240, 120)),
}
CUT = 64  # input pixels on a side


def as_jpeg(source: Path, target: Path) -> Path:
    """The same raster, compressed by JPEG of quality 80."""
    with rasterio.open(source) as raster:
        how: dict[str, Any] = {"driver": "GTiff", "compress": "JPEG", "JPEG_QUALITY": 80, "photometric": "YCBCR"}
        with rasterio.open(target, "w", **{**raster.profile, **how, "tiled": True, "nodata": None}) as made:
            made.write(raster.read())
    return target


def shown_of(source: Path, bands: str, corner: tuple[int, int], target: Path) -> list[Array]:
    """A window of a raster and what each model makes of it, 8 bits."""
    column, row = corner
    found = []
    for model in COLUMNS[1:]:
        asked = None if model == "default" else model
        window = (column, row, CUT, CUT)
        super_resolve(source, target, model=asked, scale=4, bands=bands, window=window, overwrite=True)
        with rasterio.open(target) as made:
            found.append(made.read().astype(np.float64))
    with rasterio.open(source) as raster:
        wanted = [int(b) for b in bands.split(",")]
        part = raster.read(wanted, window=((row, row + CUT), (column, column + CUT))).astype(np.float64)
    low, high = np.percentile(part, (0.5, 99.5), axis=(1, 2), keepdims=True)
    every = [kernels.enlarge(part, 4, "nearest"), *found]
    return [np.clip(255 * (p - low) / (high - low), 0, 255).astype(np.uint8) for p in every]


COLUMNS = ("input", "bicubic", "lkdn_s_x4", "default")


def pictures(asked: argparse.Namespace) -> None:
    """A sheet: a row for each window."""
    side, top = 4 * CUT, 18
    sheet = Image.new("RGB", (len(COLUMNS) * (side + 4), 2 * len(SHOWN) * (side + top)), "white")
    draw, font, down = ImageDraw.Draw(sheet), ImageFont.load_default(12), 0
    with tempfile.TemporaryDirectory() as folder:
        for title, (file, bands, *corners) in SHOWN.items():
            source = asked.data / "rasters" / file
            source = as_jpeg(source, Path(folder) / "jpeg.tif") if "JPEG" in title else source
            for corner in corners:
                for i, picture in enumerate(shown_of(source, bands, corner, Path(folder) / "o.tif")):
                    rgb = np.moveaxis(picture if len(picture) == 3 else picture.repeat(3, 0), 0, 2)
                    sheet.paste(Image.fromarray(np.ascontiguousarray(rgb)), (i * (side + 4), down + top))
                    words = f"{title}: {COLUMNS[i]}" if i == 0 else COLUMNS[i]
                    draw.text((i * (side + 4) + 2, down + 3), words, "black", font)
                down += side + top
    sheet.save(asked.target, optimize=True, quality=90)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(required=True)
    told = {"help": "a weight that is told, instead of the bundled one"}
    one = parts.add_parser("grid", help="degrade and give back")
    one.add_argument("data", type=Path)
    one.add_argument("--naip", type=Path, help="NAIP, packed by training.datasets folder")
    one.add_argument("--csv", type=Path, default=Path("grid.csv"))
    one.add_argument("--tiles", type=int, default=20)
    one.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    one.add_argument("--scales", nargs="+", type=int, choices=(2, 3, 4), default=(2, 4))
    one.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    one.add_argument("--jobs", type=int, default=2, help="processes")
    one.add_argument("--told", **told)
    one.set_defaults(do=grid)
    again = parts.add_parser("table", help="the table of a finished grid")
    again.add_argument("csv", type=Path)
    again.set_defaults(do=table)
    seen = parts.add_parser("measured", help="what scenes show of their blur")
    seen.add_argument("data", type=Path)
    seen.add_argument("--naip", type=Path, help="NAIP, packed by training.datasets folder")
    seen.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    seen.add_argument("--scale", type=int, choices=(2, 3, 4), default=2)
    seen.set_defaults(do=measured)
    two = parts.add_parser("pair", help="against a finer raster of the same ground")
    two.add_argument("coarse", type=Path)
    two.add_argument("fine", type=Path)
    two.add_argument("--bands", type=int, nargs="+")
    two.add_argument("--told", **told)
    two.set_defaults(do=pair)
    sheets = parts.add_parser("pictures", help="real scenes, to look at")
    sheets.add_argument("data", type=Path)
    sheets.add_argument("target", type=Path)
    sheets.set_defaults(do=pictures)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    asked.do(asked)


if __name__ == "__main__":
    main()
