"""Which sizes an ONNX graph takes, tried in a process of its own: some end theirs on a size that is too small."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Literal

import numpy as np

from rs_sr.models.onnx_graph import open_session, reason

Shape = tuple[int, int, int]  # (band, y, x)


def trials(data: bytes, shapes: list[Shape], until: Literal["works", "fails"]) -> list[int | str]:
    """For each of `shapes` in turn the scale that the graph gives, or what went wrong, `until` one works or fails."""
    found: list[int | str] = []
    code = f"import sys; sys.path[:0] = {sys.path!r}; from rs_sr.models.onnx_trial import main; main()"
    while len(found) < len(shapes):
        words = ["x".join(map(str, shape)) for shape in shapes[len(found) :]]
        done = subprocess.run([sys.executable, "-c", code, until, *words], input=data, capture_output=True)
        found += [int(line) if line.isdigit() else line for line in done.stdout.decode().splitlines()]
        if done.returncode == 0:
            break
        found.append("the engine crashes")
        if until == "fails":
            break
    return found


def scale_of(session: Any, shape: Shape) -> int:
    """How many times larger the graph's output is; ValueError where it is no picture of as many bands."""
    given = np.random.default_rng(0).random((1, *shape), np.float32)
    out = session.run(None, {session.get_inputs()[0].name: given})[0]
    if out.ndim != 4 or out.shape[0] != 1:
        raise ValueError(f"its output is {out.shape}, not (1, band, y, x)")
    (bands, height, width), (out_bands, out_height, out_width) = shape, out.shape[1:]
    if out_bands != bands:
        raise ValueError(f"it makes {out_bands} bands of {bands}")
    scale: int = out_height // height
    if (out_height, out_width) != (height * scale, width * scale) or not scale:
        raise ValueError(f"it makes {out_height} x {out_width} pixels of {height} x {width}")
    return scale


def main() -> None:
    """The other process: ``works|fails 3x64x64 3x32x32 ...`` and the file on standard input; a line for each size."""
    until, *words = sys.argv[1:]
    session = open_session(sys.stdin.buffer.read(), "the file")
    for word in words:
        bands, height, width = map(int, word.split("x"))
        try:
            print(scale_of(session, (bands, height, width)), flush=True)
            worked = True
        except Exception as error:  # whatever the engine makes of a size
            print(reason(error), flush=True)
            worked = False
        if worked == (until == "works"):
            return
