"""How fast each engine runs a network, and what of the processor's ceiling that is.

    python -m tests.benchmarks.engines lkdn_s_x4 256 512
    python -m tests.benchmarks.engines lkdn 512 --published
    python -m tests.benchmarks.engines lkdn_s_x4 256 --before ../earlier
    python -m tests.benchmarks.engines lkdn_s_x4 256 --threads 1 --write

A model's name, or `lkdn` for LKDN x4 with random weights, and sides of a window in input pixels. Engines take turns,
each in a process of its own, a round to warm up and then some; CPU seconds, the median. `--published` is the
network as its authors wrote it, NCHW, glibc's allocator left alone; `--before` an earlier state of rs-sr, a folder.
`--write` puts what it finds into the table that `--engine auto` reads, by network and kind of processor.
`bf16` needs a processor that has it. The ceiling is the best that oneDNN reaches here: `tests.benchmarks.roofline`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROUNDS = 5
ENGINES = ("torch", "bf16", "onnxruntime", "openvino")


def timed(runs: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each, taking turns."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            seconds[name].append(time.process_time() - start)
    return {name: statistics.median(values[1:]) for name, values in seconds.items()}


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


def serve(model: str, side: int, threads: int, engine: str) -> None:
    """Run `engine` once for each line of the input, and say the CPU seconds that it took."""
    from rs_sr.machine import keep_memory

    if engine != "published":
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
        if engine == "published":
            module, x = load_module(entry), torch.from_numpy(pixels)[None]
            run: Callable[[], Any] = partial(module, x)
        else:
            precision = "bf16" if engine == "bf16" else "f32"
            name = "torch" if engine in ("bf16", "network") else engine
            runtime: Any = choose(entry, scale, lambda: None, Execution(name, precision=precision, threads=threads))
            if engine == "network":  # without the guard
                runtime = runtime._runtime
            tiles = pixels[None, :, :96, :96]
            run = partial(runtime, pixels, runtime.collect(tiles, np.ones((1, 96, 96), bool)))
        for _ in sys.stdin:
            start = time.process_time()
            run()
            print(time.process_time() - start, flush=True)


class Server:
    """A process that runs one engine, with rs_sr of a folder."""

    def __init__(self, folder: Path, model: str, side: int, threads: int, engine: str) -> None:
        environment = os.environ | {
            "OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE", "PYTHONPATH": str(folder),
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__, "serve", model, str(side), str(threads), engine], cwd=folder,
            env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __call__(self) -> float:
        """CPU seconds of one run."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None and back is not None
        print(file=to, flush=True)
        return float(back.readline())

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def compare(asked: argparse.Namespace, side: int, threads: int) -> dict[str, float]:
    """Median CPU seconds of each engine, taking turns."""
    here = Path(__file__).parents[2]
    case = (asked.model, side, threads)
    runs = {name: Server(here, *case, name) for name in asked.engines.split(",")}
    if asked.before:
        runs["torch, before"] = Server(Path(asked.before).resolve(), *case, "torch")
    if asked.published:
        runs["published"] = Server(here, *case, "published")
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(asked.rounds + 1):
        for name, run in runs.items():
            found[name].append(run())
    for server in runs.values():
        server.close()
    return {name: statistics.median(seconds[1:]) for name, seconds in found.items()}


def write(network: str, speeds: dict[str, float]) -> None:
    """Put what the engines reach on this processor into the table."""
    from rs_sr.machine import processor
    from rs_sr.runtime.execution import MEASURED

    text = MEASURED.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    table.setdefault(processor(), {})[network] = speeds
    lines = [line for line in text.splitlines() if line.startswith("#")]
    for kind, networks in sorted(table.items()):
        lines += ["", f'["{kind}"]']
        for name, rates in sorted(networks.items()):
            lines.append(f"{name} = {{ " + ", ".join(f"{engine} = {rate:.3f}" for engine, rate in rates.items()) + " }")
    MEASURED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        model, side, threads, engine = sys.argv[2:]
        serve(model, int(side), int(threads), engine)
        return
    from rs_sr.machine import keep_memory
    from rs_sr.runtime.execution import PACKAGES
    from tests.benchmarks.roofline import reached

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("sides", type=int, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--before", metavar="FOLDER")
    parser.add_argument("--published", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    keep_memory()
    import torch

    from rs_sr.models import catalogue

    torch.set_num_threads(1)
    limit = max(reached(3).values())
    card = catalogue.find("lkdn_x4" if asked.model == "lkdn" else asked.model).card
    print(f"Ceiling: {limit / 1e9:.0f} GFLOP per CPU s.\n")
    print("| model | side | threads | engine | MP per CPU s | torch against it | share of the ceiling |")
    print("| --- " * 7 + "|")
    for side in asked.sides:
        for threads in asked.threads:
            rows = compare(asked, side, threads)
            if asked.write:
                write(str(card.network), {e: side**2 / rows[e] / 1e6 for e in ("torch", *PACKAGES) if e in rows})
            for engine, s in rows.items():
                print(
                    f"| {asked.model} | {side} | {threads} | {engine} | {side**2 / s / 1e6:.3f} "
                    f"| x{s / rows['torch']:.2f} | {2 * card.macs_per_px * side**2 / s / limit:.0%} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
