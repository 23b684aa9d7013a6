"""Several runs at one target, killed at random moments: is there ever a wrong file under the target's name?

    python -m tests.benchmarks.killed [TRIALS] [SEED]

A trial starts two or three processes at one target, at random moments, with `--resume`, and kills some with SIGKILL at
a random one. After each kill and at the end what has the target's name must be whole and right (with `--overwrite` it
may be the earlier result), and without `--overwrite` one run at most may say that it is done. Then a run with
`--resume` must end with the right bytes, and leave nothing hidden behind.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

import rs_sr
from rs_sr.errors import TargetError
from tests.conftest import maker, pattern, small_lkdn

Array = np.ndarray[Any, Any]
Known = dict[str, Array]
KINDS = {  # names of the result, of its expected errors, and whether an earlier result is there
    "tif": ("o.tif", None, False),
    "vrt": ("o.vrt", None, False),
    "zarr": ("o.zarr", None, False),
    "tif, uncertainty": ("o.tif", "u.tif", False),
    "vrt, uncertainty": ("o.vrt", "u.tif", False),
    "tif, overwrite": ("o.tif", None, True),
    "vrt, overwrite": ("o.vrt", None, True),
    "zarr, overwrite": ("o.zarr", None, True),
    "tif, uncertainty, overwrite": ("o.tif", "u.tif", True),
}
TITLES = ("killed", "done", "refused", "wrong", "done twice", "not right in the end", "left behind")
SAID_NO = 5


def child(work: Callable[[], Any], delay: float) -> int:
    """A process that does `work` after `delay` seconds; it ends with 0, with 5 for a target, or with 1."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        time.sleep(delay)
        work()
        code = 0
    except TargetError:
        code = SAID_NO
    except BaseException as error:
        print(f"  a run ended with {error!r}", flush=True)
    finally:
        os._exit(code)


def read(path: Path) -> Array:
    with rasterio.open(path / "image.vrt" if path.suffix == ".zarr" else path) as dataset:
        return np.asarray(dataset.read())


def wrong(folder: Path, names: list[str], right: Known, earlier: Known) -> str:
    """In words, what has its name and is neither right nor an earlier result, or a result beside another's errors."""
    states = []
    for name in names:
        path = folder / name
        if not os.path.lexists(path):
            states.append("none")
            continue
        try:
            pixels = read(path)
        except rasterio.RasterioIOError:
            if not os.path.lexists(path):  # it went in the meantime: an earlier one is being replaced
                states.append("none")
                continue
            pixels = np.zeros(0)
        states.append(
            next((k for k, v in (("right", right), ("earlier", earlier)) if same(pixels, v.get(name))), "odd")
        )
    if "odd" in states or (states[0] != "none" and len(set(states)) > 1):
        return ", ".join(f"{n}: {s}" for n, s in zip(names, states, strict=True))
    return ""


def same(pixels: Array, known: Array | None) -> bool:
    return known is not None and np.array_equal(pixels, known, equal_nan=pixels.dtype.kind == "f")


def ended(processes: list[int], killed: dict[int, float], check: Callable[[], None]) -> list[int]:
    """Wait for all, kill each of `killed` at its moment, `check` after it; the exit codes of those that lived."""
    codes, start = [], time.monotonic()
    left = set(processes)
    while left:
        for process in list(left):
            if time.monotonic() - start > killed.get(process, float("inf")):
                os.kill(process, signal.SIGKILL)
            done, status = os.waitpid(process, os.WNOHANG)
            if done:
                left.remove(process)
                if os.WIFSIGNALED(status):
                    check()
                else:
                    codes.append(os.WEXITSTATUS(status))
        time.sleep(0.0005)
    return codes


@dataclass(frozen=True)
class Case:
    """One of `KINDS`, of what, with which options, in which folder."""

    kind: str
    options: dict[str, Any]
    source: Path
    folder: Path

    @property
    def names(self) -> list[str]:
        return [name for name in KINDS[self.kind][:2] if name is not None]

    @property
    def over(self) -> bool:
        return KINDS[self.kind][2]

    def run(self, place: Path, **more: Any) -> None:
        target, errors, _ = KINDS[self.kind]
        beside = {"uncertainty": str(place / errors)} if errors else {}
        rs_sr.super_resolve(self.source, place / target, **self.options | beside | more)

    def made(self, name: str, **more: Any) -> dict[str, Array]:
        """Results by name, made in peace in a folder `name`."""
        (self.folder / name).mkdir(exist_ok=True)
        assert os.waitpid(child(lambda: self.run(self.folder / name, overwrite=True, **more), 0), 0)[1] == 0
        return {n: read(self.folder / name / n) for n in self.names}


def trial(case: Case, number: int, chance: random.Random, takes: float, right: Known, earlier: Known) -> Counter[str]:
    """Counts of one trial, by the titles of the table."""
    place, counts = case.folder / f"trial {number}", Counter[str]()
    shutil.copytree(case.folder / "earlier", place) if case.over else place.mkdir()
    told: dict[str, Any] = {"resume": True, "overwrite": case.over}

    def check() -> None:
        found = wrong(place, case.names, right, earlier)
        counts["wrong"] += bool(found)
        if found:
            print(f"  {case.kind}, trial {number}: {found}", flush=True)

    runs = [child(lambda: case.run(place, **told), chance.uniform(0, takes)) for _ in range(chance.choice((2, 3)))]
    codes = ended(runs, {run: chance.uniform(0.1, 2) * takes for run in runs if chance.random() < 0.7}, check)
    check()
    counts |= {"killed": len(runs) - len(codes), "done": codes.count(0), "refused": codes.count(SAID_NO)}
    counts["done twice"] += codes.count(0) > 1 and not case.over
    there = (place / case.names[0]).exists() and not case.over
    last = os.waitstatus_to_exitcode(os.waitpid(child(lambda: case.run(place, **told), 0), 0)[1])
    missing = [n for n in case.names if not os.path.lexists(place / n) or not same(read(place / n), right[n])]
    if missing or last != (SAID_NO if there else 0):
        counts["not right in the end"] += 1
        print(f"  {case.kind}, trial {number}: {missing} not right, exit code {last}", flush=True)
    # where a killed run had put it in place already there was nothing to do, and none to clear up
    counts["left behind"] += not there and any(p.name.startswith(".") for p in place.iterdir())
    shutil.rmtree(place)
    return counts


def main() -> None:
    count, seed = (int(given or usual) for given, usual in zip_longest(sys.argv[1:3], (20, 1)))
    warnings.simplefilter("ignore")
    print(f"| result | trials | a run takes, s | {' | '.join(TITLES)} |\n" + "| --- " * (3 + len(TITLES)) + "|")
    for kind, (_, errors, over) in KINDS.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            source = maker(folder)("in.tif", pattern(1, 300, 200, "uint8"))
            model = str(small_lkdn(folder, bands=1)) if errors else "bicubic"
            case = Case(kind, {"model": model, "scale": 2, "tile": 128}, source, folder)
            before = maker(folder)("before.tif", pattern(1, 290, 210, "uint8"))
            earlier = replace(case, source=before).made("earlier") if over else {}
            case.made("right", resume=True)
            start = time.monotonic()
            right = case.made("right", resume=True)
            takes, chance = time.monotonic() - start, random.Random(seed)
            total = Counter[str]()
            for number in range(count):
                total += trial(case, number, chance, takes, right, earlier)
            row = [kind, count, f"{takes:.2f}", *(total[title] for title in TITLES)]
            print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
