"""What an ONNX graph takes, how far it looks, what its tiles need and cost: found by running it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import ModelError
from rs_sr.models.card import VISIBLE, Halo, ModelCard
from rs_sr.models.onnx_graph import Graph, continued, open_session, packages
from rs_sr.models.onnx_trial import Shape, trials
from rs_sr.pixels.grid import Window
from rs_sr.pixels.scene import scene

Array = NDArray[np.float32]

MULTIPLES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 15, 16, 20, 24, 32, 48, 64, 128)  # of a side that are tried
HALOS = (16, 32, 48, 64, 96)  # input pixels that are tried
ROUNDING = 0.005  # grey levels of 255: no more than the order of sums makes
SIDES = (64, 128, 256)  # of the windows in which one pixel is changed
CORE = 64  # pixels of the tile that is compared with the whole
GRIDS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)  # pixels by which a window is moved


@dataclass(frozen=True)
class Takes:
    """What an ONNX graph takes and gives; `size` is (height, width) where it takes one alone."""

    scale: int
    bands: int
    size: tuple[int, int] | None
    minimum: int
    multiple_of: int
    square: bool


def look(data: bytes, file: Path) -> Takes:
    """Ask the graph where it says so, else run it at sizes that tell."""
    session = open_session(data, str(file))
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1:
        raise ModelError(
            f"{file} has {len(inputs)} inputs and {len(outputs)} outputs", "give a graph from one picture to one"
        )
    (given,) = inputs
    if given.type != "tensor(float)" or len(given.shape) != 4:
        kind = given.type.removeprefix("tensor(").removesuffix(")")
        raise ModelError(
            f"the input of {file} is {kind} with {len(given.shape)} dimensions",
            "export it with float32 (1, band, y, x)",
        )
    batch, bands, *size = (n if isinstance(n, int) else None for n in given.shape)
    if batch not in (None, 1):
        raise ModelError(f"{file} takes {batch} pictures at once", "export it with a batch of 1")
    deep = (3, 1) if bands is None else (bands,)
    if None not in size or any(size):  # one side that is fixed fixes both
        height, width = (n or max(m or 0 for m in size) for n in size)
        shapes: list[Shape] = [(b, height, width) for b in deep]
    else:
        shapes = [(b, *sides) for b in deep for square in (False, True) for sides in _sides(square)]
    found = trials(data, shapes, "works")
    scale, shape = found[-1], shapes[len(found) - 1]
    if isinstance(scale, str):
        raise ModelError(
            f"{file} is not a super-resolution model: {found[0]}", "give a graph from (1, band, y, x) to finer ones"
        )
    if scale not in (2, 3, 4):
        raise ModelError(f"{file} makes pictures {scale} times as large", "give one for 2, 3 or 4 times")
    if any(size):
        return Takes(scale, shape[0], (shape[1], shape[2]), 1, 1, False)
    step = next(m for m in MULTIPLES for square in (False, True) if shape[1:] == _side(m, square))
    smaller: list[Shape] = [(shape[0], n, n) for n in range(min(shape[1:]) // step * step, 0, -step)]
    worked = [s for s, r in zip(smaller, trials(data, smaller, "fails"), strict=False) if r == scale]
    return Takes(scale, shape[0], None, worked[-1][1] if worked else max(shape[1:]), step, shape[1] == shape[2])


def _sides(square: bool) -> list[tuple[int, int]]:
    return [_side(m, square) for m in MULTIPLES]


def _side(step: int, square: bool) -> tuple[int, int]:
    """About 50 pixels and odd multiples of `step`, so that a graph that needs another step fails."""
    times = next(t for t in (53, 29, 17, 13, 11, 7, 5, 3, 1) if t * step <= 90 or t == 1)
    return (times * step, times * step) if square else (times * step, (times + 2) * step)


def reach(graph: Graph, card: ModelCard) -> int | None:
    """How far the output looks, in input pixels; None where that is farther than can be seen.

    One pixel is changed, at three places of the grid. A value that is not a number runs through every sum, however
    small its weight there; a large one through functions that swallow the first.
    """
    size, step = card.arguments.get("size"), card.grid
    low, high = card.value_range
    for side in SIDES if size is None else (0,):
        height, width = size or [-(-max(side, card.minimum) // step) * step] * 2
        noise = np.random.default_rng(0).random((int(card.bands or 1), height, width), np.float32)
        picture = noise * np.float32(high - low) + np.float32(low)
        before, changes = graph(picture), []
        for phase in {0, step // 2, step - 1}:
            row, col = height // 2 // step * step + phase, width // 2 // step * step + phase
            for value in (10 * high - 9 * low, np.nan):
                changed = picture.copy()
                changed[:, row, col] = value
                rows, cols = (np.nonzero(graph(changed) != before)[axis] // int(card.scale or 1) for axis in (1, 2))
                changes.append((rows, height - 1, row))
                changes.append((cols, width - 1, col))
        if all(places.min() > 0 and places.max() < last for places, last, _ in changes if places.size):
            return max(int(abs(places - centre).max()) for places, _, centre in changes if places.size)
    return None


class Tiles:
    """How far tiles are from the whole, on the made-up scene: `core` seen in windows, against one that it is the
    middle of."""

    def __init__(self, graph: Graph, card: ModelCard, radius: int | None) -> None:
        self.graph, self.card, self.radius = graph, card, radius
        low, high = card.value_range
        self.size = card.arguments.get("size")
        if self.size is None:
            step, shift = card.multiple_of, max(GRIDS)
            side = CORE + 2 * (-(-max(*HALOS, radius or 0) // step) * step + shift)  # more than any tile that is tried
            self.height = self.width = -(-max(side, card.minimum) // step) * step
        else:
            (self.height, self.width), shift = self.size, min(self.size) // 4
        self.grids = [g for g in GRIDS if g % card.multiple_of == 0 and g <= shift]
        seen = scene()[np.arange(int(card.bands or 1)) % 3].astype(np.float32) * np.float32((high - low) / 255)
        self.picture = continued(seen, max(480, 2 * self.height), max(480, 2 * self.width)) + np.float32(low)
        self.whole = Window(row=self.height // 2, col=self.width // 2, height=self.height, width=self.width)
        self.truth = self.seen(self.whole)

    def seen(self, window: Window) -> Array:
        """The result over a window of the scene."""
        rows, cols = window.within(Window(row=0, col=0, height=0, width=0))
        return self.graph(np.ascontiguousarray(self.picture[:, rows, cols]))

    def off(self, window: Window, core: Window) -> float:
        """The largest error over `core` in `window`, in grey levels of 255."""
        s = int(self.card.scale or 1)
        part = self.seen(window)[(slice(None), *core.times(s).within(window.times(s)))]
        whole = self.truth[(slice(None), *core.times(s).within(self.whole.times(s)))]
        low, high = self.card.value_range
        return float(np.abs(part - whole).max() / (high - low) * 255)

    def core(self, grid: int) -> Window:
        """The middle: 64 pixels, a quarter of a fixed size; it starts on the grid of `whole`."""
        sides = [CORE, CORE] if self.size is None else [max(n // 4, 1) for n in self.size]
        row, col = ((n - m) // 2 // grid * grid for n, m in zip((self.height, self.width), sides, strict=True))
        return Window(row=self.whole.row + row, col=self.whole.col + col, height=sides[0], width=sides[1])

    def grid(self) -> int:
        """By how many pixels a window can be moved and still give the same."""
        near = VISIBLE if self.radius is None else ROUNDING
        for grid in self.grids:
            far = 3 * grid if 3 * grid <= self.grids[-1] else grid
            moved = replace(self.whole, row=self.whole.row + grid, col=self.whole.col + far)
            if self.off(moved, self.core(1)) <= near:
                return grid
        return self.card.multiple_of

    def error(self, halo: int, grid: int) -> float:
        """Of tiles with this halo, the largest, in grey levels."""
        core = self.core(grid)
        if self.size is None:
            return self.off(core.pad(halo), core)
        before = replace(self.whole, row=core.row - halo, col=core.col - halo)
        rows, cols = (
            (n - m - 2 * halo) // grid * grid for n, m in zip(self.size, (core.height, core.width), strict=True)
        )
        behind = replace(before, row=before.row - rows, col=before.col - cols)
        return max(self.off(before, core), self.off(behind, core))

    def halo(self, radius: int | None, grid: int) -> Halo:
        """The exact halo where there is one, and the defaults with their errors."""

        def up(pixels: int) -> int:
            return -(-pixels // grid) * grid

        most = 10_000 if self.size is None else 3 * min(self.size) // 8
        exact = None if radius is None or up(radius) > most or self.error(up(radius), grid) > ROUNDING else up(radius)
        wanted = [up(h) for h in HALOS] if self.size is None else [up(h) for h in HALOS if up(h) <= most]
        tried = [h for h in wanted if exact is None or h < exact] + ([] if exact is None else [exact])
        tried = tried or [most // grid * grid]
        errors: list[float] = []
        while len(errors) < len(tried) and (not errors or errors[-1] > VISIBLE):
            errors.append(self.error(tried[len(errors)], grid))
        byte = len(errors) - 1
        wide = min(byte + 1, len(tried) - 1)
        errors += [self.error(tried[wide], grid)] if wide > byte else []
        byte_error, wide_error = (0.0 if tried[i] == exact else float(f"{errors[i]:.2g}") for i in (byte, wide))
        return Halo(exact=exact, byte=tried[byte], wide=tried[wide], byte_error=byte_error, wide_error=wide_error)


def cost(data: bytes, card: ModelCard) -> tuple[int, int]:
    """Bytes and multiply-adds for an input pixel, by the engine's own record of one run.

    A fixed size costs the same for every window; what overlaps is computed more than once.
    """
    size, overlap = card.arguments.get("size"), card.arguments.get("overlap", 0)
    height, width = size or [-(-max(128, card.minimum) // card.multiple_of) * card.multiple_of] * 2
    # What widens channels to the processor's vectors would be counted as well.
    more = {
        "enable_profiling": True,
        "graph_optimization_level": packages()[1].GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
    }
    with tempfile.TemporaryDirectory() as folder:
        session = open_session(data, card.name, profile_file_prefix=str(Path(folder) / "run"), **more)
        given = np.zeros((1, int(card.bands or 1), height, width), np.float32)
        session.run(None, {session.get_inputs()[0].name: given})
        events = json.loads(Path(session.end_profiling()).read_text())
    layers = [e["args"] for e in events if e.get("cat") == "Node" and "output_size" in e.get("args", {})]
    held = max(int(layer.get("mem_in_use_peak", 0)) for layer in layers)
    moved = max(int(layer["activation_size"]) + int(layer["output_size"]) for layer in layers)
    macs = sum(map(_multiply_adds, layers))
    smallest = (128 + 2 * card.halo.wide) ** 2
    memory = (1.5 * held or 2.5 * moved) / (height * width if size is None else min(height * width, smallest))
    return int(memory), macs // ((height - 2 * overlap) * (width - 2 * overlap))


def _multiply_adds(layer: dict[str, Any]) -> int:
    """Of a convolution or product of matrices in the engine's record; 0 for anything else."""
    name: str = layer["op_name"]
    given: list[list[int]] = [list(*kind.values()) for kind in layer["input_type_shape"] if kind]
    out: int = prod(*layer["output_type_shape"][0].values())
    if "Conv" in name:
        return (prod(given[0]) if "Transpose" in name else out) * prod(given[1][1:])
    return out * given[0][-1] if "MatMul" in name or "Gemm" in name else 0
