"""Lazy arrays and clusters: a huge array into a Zarr store, and one process against two.

    python -m tests.benchmarks.cluster array 40000
    python -m tests.benchmarks.cluster scaling 2048

`array` makes a dask array of zeros, three bands of that side, with 64 chunks of texture, and streams it through
`nearest` x2 into Zarr: CPU time to make the graph, its tasks, CPU time a block beyond what the writing of the same
blocks costs, and peak memory. `scaling` runs LKDN-S x2 over a raster of that side with ``--cluster local:1`` and
``local:2``, a core each, and without a cluster on one and two threads, in turns, by the clock: on a quiet machine.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

CHUNK = 1024
TEXTURED = 64


def scene(side: int):
    """(band, y, x) of zeros, every so many chunks one of noise."""
    import dask.array
    import xarray

    many = -(-side // CHUNK)
    every = max(1, many * many // TEXTURED)

    def block(block_info: dict) -> np.ndarray:
        _, row, col = block_info[None]["chunk-location"]
        shape = block_info[None]["chunk-shape"]
        if (row * many + col) % every:
            return np.zeros(shape, np.uint8)
        return np.random.default_rng(row * many + col).integers(1, 255, shape, np.uint8)

    sides = tuple(min(CHUNK, side - i) for i in range(0, side, CHUNK))
    data = dask.array.map_blocks(block, chunks=((3,), sides, sides), dtype="uint8", meta=np.empty(0, np.uint8))
    place = {"x": 5e5 + 0.5 + np.arange(side), "y": 5e6 - 0.5 - np.arange(side)}
    return xarray.DataArray(data, dims=("band", "y", "x"), coords=place, name="image")


def array(side: int) -> None:
    import rs_sr

    start = time.process_time()
    made = rs_sr.super_resolve_array(scene(side), model="nearest", scale=2, tile=CHUNK)
    made.attrs = {}
    graph = time.process_time() - start
    blocks = made.data.npartitions
    print(f"{side} x {side}: {blocks} blocks, {len(made.__dask_graph__())} tasks, graph in {graph:.1f} s of CPU time")
    with tempfile.TemporaryDirectory() as folder:
        start, clock = time.process_time(), time.monotonic()
        made.to_zarr(Path(folder, "a.zarr"), zarr_format=2)
        spent, waited = time.process_time() - start, time.monotonic() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(f"streamed in {spent:.0f} s of CPU time ({waited:.0f} s by the clock), peak {peak:.0f} MB")
        plain = scene(side).data.repeat(2, axis=1).repeat(2, axis=2).rechunk((3, 2 * CHUNK, 2 * CHUNK))
        start = time.process_time()
        import xarray

        xarray.DataArray(plain, dims=("band", "y", "x"), name="image").to_zarr(Path(folder, "b.zarr"), zarr_format=2)
        floor = time.process_time() - start
        over = 1e3 * (spent - floor) / blocks
        print(f"numpy's repeat and the same writing: {floor:.0f} s; beyond it {over:.1f} ms a block")


def scaling(side: int, rounds: int = 3) -> None:
    import rasterio
    from affine import Affine

    ways = {
        "no cluster, 1 thread": ["--threads", "1"], "no cluster, 2 threads": ["--threads", "2"],
        "local:1, 1 thread": ["--cluster", "local:1", "--threads", "1"],
        "local:2, 1 thread each": ["--cluster", "local:2", "--threads", "1"],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.tif")
        place = dict(crs="EPSG:32633", transform=Affine(1, 0, 5e5, 0, -1, 5e6))
        with rasterio.open(
            source, "w", driver="GTiff", width=side, height=side, count=3, dtype="uint8", **place
        ) as target:
            target.write(np.random.default_rng(0).integers(0, 255, (3, side, side), np.uint8))
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, words in ways.items():
                command = [sys.executable, "-m", "rs_sr", "super-resolve", str(source), str(Path(folder, "b.tif"))]
                start = time.monotonic()
                subprocess.run(
                    [*command, "--model", "lkdn_s_x2", "--tile", "256", "--overwrite", "-q", *words], check=True
                )
                taken[name].append(time.monotonic() - start)
    first = statistics.median(taken["local:1, 1 thread"])
    print("| way | seconds | against local:1 |\n| --- | --- | --- |")
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"| {name} | {middle:.1f} | x{first / middle:.2f} |")


if __name__ == "__main__":
    {"array": array, "scaling": scaling}[sys.argv[1]](int(sys.argv[2]))
