"""Whole rasters: ours against a plain PyTorch loop, onnxruntime tile by tile, and GDAL's cubic as the floor.

    python -m tests.benchmarks.end_to_end 4096
    python -m tests.benchmarks.end_to_end outside 4096
    python -m tests.benchmarks.end_to_end bands 1024
    python -m tests.benchmarks.end_to_end growth 512 1024 2048

A made-up scene of three bands, 8 bit, with LKDN-S x2, tiles of 512 and a halo of 32 for everyone, one thread. Each is a
process of its own; CPU seconds of the process, imports included. "Not the network" is by the clock, on all cores: what
our run takes while the network is not at work, once all is loaded; `outside` measures that alone. `bands`: six bands
against six runs of one, with `plain_1band_x2`, and RGB and three more, with `plain_x2`. `growth`: CPU seconds a
megapixel by the raster's side, with `plain_x2`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.windows import Window

from rs_sr.pixels.scene import scene

MODEL, SCALE, TILE, HALO = "lkdn_s_x2", 2, 512, 32


def write_scene(path: Path, side: int, bands: int = 3) -> None:
    """The demo's scene, mirrored over the raster."""
    small = scene(512)
    many = -(-side // 512)
    pixels = np.concatenate([small] * -(-bands // 3))[:bands]
    pixels = np.tile(np.block([[pixels, pixels[..., ::-1]], [pixels[:, ::-1], pixels[:, ::-1, ::-1]]]), (1, many, many))
    place: dict[str, Any] = dict(crs="EPSG:32633", transform=Affine(1, 0, 5e5, 0, -1, 5e6), tiled=True)
    size = dict(width=side, height=side, count=bands, dtype="uint8", blockxsize=256, blockysize=256)
    with rasterio.open(path, "w", driver="GTiff", **size, **place) as target:
        target.write(np.ascontiguousarray(pixels[:, :side, :side]))


def cpu(*command: str) -> float:
    """CPU seconds of `python COMMAND`."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    before = os.times()
    subprocess.run([sys.executable, "-W", "ignore", *command], check=True, env=environment, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def ours(source: str, target: str, *more: str) -> float:
    """CPU seconds of the command line."""
    options = ["--tile", str(TILE), "--halo", str(HALO), "--threads", "1", "--memory", "4GB", "--overwrite", "-q"]
    return cpu("-m", "rs_sr", "super-resolve", source, target, *options, *more)


def split(source: str, target: str) -> None:
    """Our run in this process on all cores, by the clock: print seconds in the model and of the run, start-up aside."""
    from rs_sr.machine import keep_memory
    from rs_sr.run import pipeline

    keep_memory()
    options = dict(model=MODEL, tile=TILE, halo=str(HALO), memory="4GB")
    pipeline.super_resolve(source, target, window=(0, 0, 64, 64), overwrite=True, **options)
    stages = pipeline.super_resolve(source, target, overwrite=True, **options).stages
    print(f"{stages['model']} {stages['all'] + stages['finishing']}")


def loop(kind: str, source: str, target: str) -> None:
    """A tile loop as a user would write it, one tile after the other."""
    with rasterio.open(source) as given:
        side = given.width
        size = dict(width=SCALE * side, height=SCALE * side, compress="zstd", zstd_level=1, predictor=2, bigtiff="yes")
        profile = given.profile | size | dict(blockxsize=512, blockysize=512)
        run = _runner(kind)
        with rasterio.open(target, "w", **profile) as out:
            for row in range(0, side, TILE):
                for col in range(0, side, TILE):
                    top, left = max(0, row - HALO), max(0, col - HALO)
                    bottom, right = min(side, row + TILE + HALO), min(side, col + TILE + HALO)
                    window = Window(left, top, right - left, bottom - top)
                    if kind == "cubic":
                        shape = (given.count, SCALE * (bottom - top), SCALE * (right - left))
                        fine = given.read(window=window, out_shape=shape, resampling=Resampling.cubic)
                    else:
                        values = run(given.read(window=window).astype(np.float32) / 255)
                        fine = np.clip(np.rint(values * 255), 0, 255).astype(np.uint8)
                    rows = slice(SCALE * (row - top), SCALE * (min(row + TILE, side) - top))
                    cols = slice(SCALE * (col - left), SCALE * (min(col + TILE, side) - left))
                    part = fine[:, rows, cols]
                    out.write(part, window=Window(SCALE * col, SCALE * row, part.shape[2], part.shape[1]))


def _runner(kind: str) -> Any:
    from rs_sr.models import catalogue

    if kind == "cubic":
        return None
    entry = catalogue.find(MODEL)
    if kind == "onnxruntime":
        import onnxruntime

        from rs_sr.models.export import export

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(export(entry), options, providers=["CPUExecutionProvider"])
        return lambda pixels: session.run(None, {"input": pixels[None]})[0][0]
    import torch

    from rs_sr.models import load_module

    torch.set_num_threads(1)
    module = load_module(entry)

    def run(pixels: Any) -> Any:
        with torch.inference_mode():
            return module(torch.from_numpy(pixels)[None])[0].numpy()

    return run


def compare(side: int) -> None:
    """The table of one raster."""
    module = "tests.benchmarks.end_to_end"
    with tempfile.TemporaryDirectory() as folder:
        source, target = str(Path(folder, "in.tif")), str(Path(folder, "out.tif"))
        write_scene(Path(source), side)
        mine = ours(source, target, "--model", MODEL)
        print(f"| {side} x {side} x 3, x2, {MODEL} | CPU s | against ours |\n| --- | --- | --- |")
        print(f"| rs-sr | {mine:.1f} | x1.00 |", flush=True)
        for kind in ("plain PyTorch loop", "onnxruntime", "cubic"):
            seconds = cpu("-m", module, "loop", kind, source, target)
            print(f"| {kind} | {seconds:.1f} | x{seconds / mine:.2f} |", flush=True)
        print(outside(source, target))


def outside(source: str, target: str) -> str:
    """The table's row of what is not the network."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.end_to_end", "split", source, target]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    inside, everything = (float(v) for v in done.stdout.split())
    rest = everything - inside
    return f"| not the network, by the clock | {rest:.2f} of {everything:.1f} | {rest / everything:.1%} |"


def bands(side: int) -> None:
    """Six bands against six runs of one; red, green, blue and three more against a run of three and three of one."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.tif"), str(Path(folder, "out.tif"))
        write_scene(source, side, 6)
        model = ["--model", "plain_1band_x2"]
        six = ours(str(source), target, *model)
        single = [ours(str(source), target, "--bands", str(b), *model) for b in range(1, 7)]
        print(f"six bands {six:.1f} CPU s, six runs of one {sum(single):.1f}: x{sum(single) / six:.2f}")
        with rasterio.open(source, "r+") as dataset:
            dataset.descriptions = ("red", "green", "blue", "a", "b", "c")
        together = ours(str(source), target, "--model", "plain_x2")
        apart = [ours(str(source), target, "--bands", b, "--model", "plain_x2") for b in ("1,2,3", "4", "5", "6")]
        print(f"RGB and three {together:.1f} CPU s, four runs {sum(apart):.1f}: x{sum(apart) / together:.2f}")
        write_scene(source, 16)
        start = ours(str(source), target, "--model", "plain_x2")
        print(f"a run of 16 x 16 pixels, which is the start of any: {start:.1f} CPU s")


def growth(sides: list[int]) -> None:
    """CPU seconds a megapixel by side."""
    print("| side | CPU s | CPU s per megapixel |\n| --- | --- | --- |")
    for side in sides:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "in.tif")
            write_scene(source, side)
            seconds = ours(str(source), str(Path(folder, "out.tif")), "--model", "plain_x2")
            print(f"| {side} | {seconds:.1f} | {seconds / side**2 * 1e6:.2f} |", flush=True)


def main() -> None:
    first, *rest = sys.argv[1:]
    if first == "loop":
        loop(*rest)
    elif first == "split":
        split(*rest)
    elif first == "outside":
        with tempfile.TemporaryDirectory() as folder:
            write_scene(Path(folder, "in.tif"), int(rest[0]))
            print(outside(str(Path(folder, "in.tif")), str(Path(folder, "out.tif"))))
    elif first == "bands":
        bands(int(rest[0]))
    elif first == "growth":
        growth([int(v) for v in rest])
    else:
        compare(int(first))


if __name__ == "__main__":
    main()
