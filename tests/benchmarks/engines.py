"""How fast each engine runs a network, against the published form in plain PyTorch, and against the f32 GEMM ceiling.

    python -m tests.benchmarks.engines lkdn_s_x4 256 512
    python -m tests.benchmarks.engines lkdn 512

A model's name, or `lkdn` for LKDN x4 with random weights, and sides of a window in input pixels. Two processes for each
size: in one glibc keeps memory, as on the command line; in the other it is left alone and the network is the published
form, NCHW. Engines take turns, five rounds after one to warm up; CPU seconds of the process, the median.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, get_args

import numpy as np

from rs_sr.options import Engine

ROUNDS = 5


def timed(runs: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each, taking turns."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            seconds[name].append(time.process_time() - start)
    return {name: statistics.median(values[1:]) for name, values in seconds.items()}


def ceiling() -> float:
    """GFLOP per CPU second of a float32 product of matrices, 2048 x 2048."""
    import torch

    a = torch.rand(2048, 2048)
    return float(2 * 2048**3 / timed({"gemm": lambda: a @ a}, 3)["gemm"] / 1e9)


def entry_of(model: str, folder: Path) -> Any:
    """A catalogue entry; `lkdn` is LKDN x4 with random weights, whose time is that of the published ones."""
    from rs_sr.models import catalogue, store
    from rs_sr.models.making import card_of
    from rs_sr.networks import build

    if model != "lkdn":
        return catalogue.find(model)
    import torch

    torch.manual_seed(0)
    module = build("lkdn", {"scale": 4})
    path = folder / "lkdn.safetensors"
    card = card_of("lkdn", {"scale": 4}, module, name="lkdn", title="random")
    return catalogue.Entry(store.write(path, card, module.state_dict()), path, "file")


def measure(model: str, side: int, threads: int, published: bool) -> dict[str, Any]:
    """CPU seconds by engine, in this process."""
    from rs_sr.machine import keep_memory

    if not published:
        keep_memory()
    import torch

    from rs_sr.models import load_module
    from rs_sr.runtime import choose
    from rs_sr.runtime.execution import Execution

    torch.set_num_threads(threads)
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        entry = entry_of(model, Path(folder))
        scale = int(entry.card.scale)
        pixels = np.random.default_rng(0).random((int(entry.card.bands), side, side), np.float32)
        if published:
            module, x = load_module(entry), torch.from_numpy(pixels)[None]
            found = timed({"published": lambda: module(x)}, 3)
            return {"seconds": found}
        runs: dict[str, Callable[[], Any]] = {}
        tiles, held = pixels[None, :, :96, :96], ()
        for engine in get_args(Engine)[1:]:
            runtime = choose(entry, scale, lambda: None, Execution(engine, threads=threads))
            held = held or runtime.collect(tiles, np.ones((1, 96, 96), bool))
            runs[engine] = partial(runtime, pixels, held)
        found = timed(runs)
        return {"seconds": found, "gemm": ceiling(), "macs": entry.card.macs_per_px}


def main() -> None:
    if sys.argv[1] == "one":
        model, side, threads, published = json.loads(sys.argv[2])
        print(json.dumps(measure(model, side, threads, published)))
        return
    model, sides = sys.argv[1], [int(v) for v in sys.argv[2:]]
    print("| model | side | threads | engine | MP per CPU s | against published | share of GEMM |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for side in sides:
        for threads in (1, 2):
            environment = os.environ | {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}
            command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.engines", "one"]
            found, seconds = {}, {}
            for published in (False, True):
                case = json.dumps([model, side, threads, published])
                done = subprocess.run([*command, case], capture_output=True, text=True, check=True, env=environment)
                found = found or json.loads(done.stdout.splitlines()[-1])
                seconds |= json.loads(done.stdout.splitlines()[-1])["seconds"]
            for engine, s in seconds.items():
                share = 2 * found["macs"] * side**2 / s / 1e9 / found["gemm"]
                print(
                    f"| {model} | {side} | {threads} | {engine} | {side**2 / s / 1e6:.3f} "
                    f"| x{seconds['published'] / s:.2f} | {share:.0%} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
