"""What a preview in QGIS takes: 256 x 256 pixels in the middle of a raster, by a worker that is warm, by model.

    python -m tests.benchmarks.preview

The worker is asked as the plugin asks it (`qgis_plugin/gui/preview.py`), on a made-up scene of 4000 x 4000 pixels. The
first preview of a model, which loads it, is told apart; of the next three the fastest counts. CPU seconds are those of
the worker's process, and of the network alone on the same window with its halo, in turns.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import rasterio
from affine import Affine

from rs_sr.machine import available_cores
from rs_sr.models import catalogue
from rs_sr.pixels.scene import scene
from tests.benchmarks.engines import Server

LENGTH, SIDE, ROUNDS = 4000, 256, 3


class Worker:
    """A worker as the dock keeps it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "rs_sr", "worker"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process_times = psutil.Process(self._process.pid).cpu_times
        self._heard("hello")

    def cpu(self) -> float:
        """CPU seconds so far."""
        times = self._process_times()
        return float(times.user + times.system)

    def ask(self, kind: str, **fields: Any) -> tuple[dict[str, Any], float]:
        """The answer, and the seconds until it came."""
        assert self._process.stdin is not None
        began = time.monotonic()
        self._process.stdin.write(json.dumps({"type": kind, "id": 1, **fields}) + "\n")
        self._process.stdin.flush()
        return self._heard({"run": "result"}.get(kind, kind)), time.monotonic() - began

    def _heard(self, kind: str) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message: dict[str, Any] = json.loads(line)
            if message["type"] == "error":
                raise RuntimeError(message["message"])
            if message["type"] == kind:
                return message
        raise RuntimeError("the worker is gone")

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def make(path: Path, bands: int) -> None:
    """A raster of many tiles."""
    tile = scene(LENGTH // 8)[:bands]
    with rasterio.open(
        path, "w", driver="GTiff", width=LENGTH, height=LENGTH, count=bands, dtype="uint8", crs="EPSG:32633",
        transform=Affine(1, 0, 5e5, 0, -1, 5e6), tiled=True,
    ) as target:  # fmt: skip
        target.write(np.tile(tile, (1, 8, 8)))


def main() -> None:
    chosen = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        rasters = {bands: Path(folder, f"{bands}.tif") for bands in (1, 3)}
        for bands, path in rasters.items():
            make(path, bands)
        print("| model | first, s | s | CPU s | network alone, CPU s | |\n" + "| --- " * 6 + "|")
        for entry in catalogue.list_models():
            card = entry.card
            if chosen and card.name not in chosen:
                continue
            worker, threads = Worker(), available_cores()
            halo = 0 if card.network is None else entry.card.halo.byte
            alone = Server(Path(__file__).parents[2], card.name, SIDE + 2 * halo, threads, "network")
            source, start = str(rasters[card.bands or 3]), (LENGTH - SIDE) // 2
            params = {"source": source, "model": card.name, "overwrite": True, "compress": "zstd"}
            worker.ask("info", source=source, params={k: v for k, v in params.items() if k != "source"})
            window = {"window": [start, start, SIDE, SIDE], "target": str(Path(folder, "preview.tif"))}
            asked = params | window
            took, whole, network = [], [], []
            for _ in range(ROUNDS + 1):
                before = worker.cpu()
                took.append(worker.ask("run", preview=[], params=asked)[1])
                whole.append(worker.cpu() - before)
                network.append(alone() if card.network else 0.0)
            alone.close()
            worker.close()
            cpu, own = min(whole[1:]), min(network[1:])
            ratio = f"{own:.2f} | x{cpu / own:.2f}" if own else " | "
            print(f"| {card.name} | {took[0]:.1f} | {min(took[1:]):.2f} | {cpu:.2f} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
