"""Work through a list of trainings, one process a core, whatever ends them.

    python -m training.queue                 # start it, or go on; Ctrl-C or SIGTERM stops it, and saves
    python -m training.queue --status        # hours, dB and what remains
    python -m training.queue --collect       # finished and clearly better weights into rs_sr/weights

The list is ``training/queue.toml``: names of recipes in their order, each with its budget in hours of one core. State
lies outside the clone, in the folder that the system keeps for it (XDG_STATE_HOME; ~/.local/state/rs-sr on Linux):
packed tiles in ``packed``, runs in ``runs``. A killed queue, or a whole machine, goes on where its last checkpoints
are, at most two minutes back; where they are gone too, from the weights that were collected. Several queues share the
work: a run belongs to the process that holds its lock. All code is read at the start: a clone may change meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import importlib
import multiprocessing
import os
import signal
import sys
import time
import tomllib
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
import torch

from rs_sr.errors import RsSrError
from rs_sr.machine import available_cores, keep_memory
from training import collect, train
from training.lock import Lock, alive
from training.log import points
from training.recipe import RECIPES, Recipe, read
from training.state import progress_of

LIST = Path(__file__).with_name("queue.toml")
LOOK_S = 2.0  # how often the queue looks after its processes
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
EARLY = ("rs_sr.networks.counting", "rs_sr.networks.statistics", "rs_sr.models", "safetensors.torch")  # used late
BARREN = 3  # so many ends in a row without a new checkpoint are a failure


@dataclass(frozen=True)
class Entry:
    """A training of the list: its recipe with the budget set, and the folder of its run."""

    recipe: Recipe
    folder: Path

    @property
    def name(self) -> str:
        return self.recipe.name

    @property
    def weights(self) -> Path:
        """The model file that a finished run leaves."""
        return self.folder / f"{self.name}.safetensors"

    def failed(self) -> str:
        """Why its last process failed, in words; empty if it did not."""
        path = self.folder / "failed.txt"
        return path.read_text().strip() if path.exists() else ""

    def done(self) -> bool:
        """Whether its budget is used up and its model file written, here or in what was collected."""
        if (self.folder / "last.pt").exists():
            return self.weights.exists() and self.progress() >= 1
        return self.progress() >= 1

    def progress(self) -> float:
        """Share of the budget that is used, by its checkpoint, else by the collected log."""
        return min(1.0, self.seconds() / (60 * self.recipe.minutes))

    def seconds(self) -> float:
        """Of one core, that it has had."""
        state = progress_of(self.folder / "last.pt")
        return float((state or collect.collected(self.recipe) or {"seconds": 0.0})["seconds"])

    def hours(self) -> float:
        return self.seconds() / 3600


def entries(listed: Path, runs: Path) -> list[Entry]:
    """The list, in its order. What is wrong with it is told in words."""
    try:
        hours = tomllib.loads(listed.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SystemExit(f"{listed} cannot be read: {error}") from error
    found = []
    for name, budget in hours.items():
        if isinstance(budget, bool) or not isinstance(budget, int | float) or not budget > 0:
            raise SystemExit(
                f"{listed}: the budget of {name} is {budget!r}; give hours of one core, as in {name} = 2.5"
            )
        path = listed.parent / f"{name}.toml"
        recipe = read(path if path.exists() else RECIPES / f"{name}.toml")
        found.append(Entry(dataclasses.replace(recipe, minutes=60.0 * budget, iterations=0), runs / name))
    return found


def ready(every: list[Entry], mine: set[str], since: float) -> Entry | None:
    """The next to train: the first that nobody trains, that has not failed since, and whose start exists.

    A bundled weight is a start, even if a better one is on its way. If all are waiting for the weights that they start
    from, the first of them.
    """
    open_ = [e for e in every if not e.done()]
    failed = {e.name for e in open_ if e.failed() and (e.folder / "failed.txt").stat().st_mtime >= since}
    free = [e for e in open_ if e.name not in mine | failed and not alive(e.folder)]
    for entry in free:
        coming = {e.name for e in open_ if not collect.weight_of(e.name).exists()} - failed - {entry.name}
        if (entry.folder / "last.pt").exists() or entry.recipe.start not in coming:
            return entry
    return free[0] if free else None


def start_of(entry: Entry, every: list[Entry]) -> Recipe:
    """The recipe, beginning with the newest weights of the one that it starts from."""
    parent = next((e for e in every if e.name == entry.recipe.start and e.name != entry.name), None)
    if parent is None:
        return entry.recipe
    if not parent.weights.exists() and (parent.folder / "best.pt").exists():
        return dataclasses.replace(entry.recipe, start=str(collect.export(parent.recipe, parent.folder, entry.folder)))
    return dataclasses.replace(entry.recipe, start=str(parent.weights)) if parent.weights.exists() else entry.recipe


def work(entry: Entry, every: list[Entry], data: Path) -> None:
    """Train one entry, in a process of its own; why it failed goes to ``failed.txt``, what it says to ``said.txt``."""
    entry.folder.mkdir(parents=True, exist_ok=True)
    with (entry.folder / "said.txt").open("a", buffering=1) as said:
        sys.stdout = sys.stderr = said
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the queue passes a stop on
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        keep_memory()
        torch.set_num_threads(1)
        lock = Lock(entry.folder)
        if not lock.take():
            return  # another queue was faster
        try:
            (entry.folder / "failed.txt").unlink(missing_ok=True)
            if not (entry.folder / "last.pt").exists():
                collect.recover(entry.recipe, entry.folder)
            cpu = torch.device("cpu")
            train.go(start_of(entry, every), data, entry.folder, resume=True, minutes=None, device=cpu)
        except (SystemExit, Exception) as error:
            traceback.print_exc()
            words = str(error) if isinstance(error, SystemExit | RsSrError) else f"{type(error).__name__}: {error}"
            (entry.folder / "failed.txt").write_text(f"{words}\n")


class Queue:
    """The processes that this queue has started, and what became of them."""

    def __init__(self, every: list[Entry], data: Path, cores: int) -> None:
        self.every, self.data, self.cores = every, data, cores
        self.since, self.stopping = time.time(), False
        self.mine: dict[str, Any] = {}
        self.before: dict[str, tuple[int, int]] = {}  # per name: iteration at its last end, barren ends in a row
        self.context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")

    def stop(self, *_: Any) -> None:
        self.stopping = True

    def run(self) -> None:
        """Until all is done, or a stop is asked for."""
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), self.stop)
        while not self.stopping:
            self.reap()
            others = sum(alive(e.folder) for e in self.every if e.name not in self.mine)
            while len(self.mine) + others < self.cores and (entry := ready(self.every, set(self.mine), self.since)):
                self.begin(entry)
            if not self.mine and all(e.done() or e.failed() for e in self.every):
                break
            time.sleep(LOOK_S)
        for process in self.mine.values():
            process.terminate()  # it saves after the step at hand
        for process in self.mine.values():
            process.join()
        print(table(self.every), flush=True)

    def begin(self, entry: Entry) -> None:
        print(
            f"{time.strftime('%F %T')} {entry.name}: {entry.hours():.2f} of {entry.recipe.minutes / 60:g} h", flush=True
        )
        process = self.context.Process(target=work, args=(entry, self.every, self.data), name=entry.name)
        process.start()
        self.mine[entry.name] = process

    def reap(self) -> None:
        """Let go of processes that ended; one that was killed again and again without getting on has failed."""
        for entry in [e for e in self.every if e.name in self.mine and not self.mine[e.name].is_alive()]:
            code = self.mine.pop(entry.name).exitcode
            if code == 0:
                continue
            iteration = int((progress_of(entry.folder / "last.pt") or {"iteration": 0})["iteration"])
            last, barren = self.before.get(entry.name, (-1, 0))
            barren = 0 if iteration > last else barren + 1
            self.before[entry.name] = (iteration, barren)
            say(f"{entry.name} ended with {code} at step {iteration}")
            if barren >= BARREN:
                (entry.folder / "failed.txt").write_text(f"its process ended with {code} again and again\n")


def say(text: str) -> None:
    print(f"{time.strftime('%F %T')} {text}", flush=True)


def table(every: list[Entry]) -> str:
    """A line per entry: state, hours, dB, speed."""
    lines = [f"{'recipe':18} {'state':10} {'core-hours':>13} {'dB':>7} {'bundled':>8} {'gain':>6} {'step/s':>7}"]
    used = left = 0.0
    for e in every:
        state = "done" if e.done() else "training" if alive(e.folder) else "failed" if e.failed() else "waits"
        budget, hours = e.recipe.minutes / 60, e.hours()
        best, then = (max((p["psnr"] for p in rows if "loss" in p), default=None) for rows in _logs(e))
        rows = points(e.folder / "log.jsonl")
        speed = next((p["per_second"] for p in reversed(rows) if "loss" in p), None)
        gain = best - then if best is not None and then is not None else None
        used, left = used + hours, left + max(0.0, budget - hours) * (state != "done")
        lines.append(
            f"{e.name:18} {state:10} {hours:6.2f} of {budget:<4g} {_number(best, 7)} {_number(then, 8)} "
            f"{_number(gain, 6, '+')} {_number(speed, 7)}"
        )
        if state == "failed":
            lines.append(f"    {e.failed()}")
    lines += ["", f"{used:.1f} core-hours used, {left:.1f} to go; dB in validation, while training"]
    return "\n".join(lines)


def _logs(entry: Entry) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The log of the run, and that of the bundled weight."""
    return points(entry.folder / "log.jsonl"), points(collect.log_of(entry.name))


def _number(value: float | None, width: int, sign: str = "") -> str:
    return f"{'-':>{width}}" if value is None else f"{value:{sign}{width}.2f}"


def main() -> None:
    state = platformdirs.user_state_path("rs-sr", appauthor=False)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--status", action="store_true", help="show how far it is; starts nothing")
    parser.add_argument("--collect", action="store_true", help="export weights with cards and logs; starts nothing")
    parser.add_argument("--list", type=Path, default=LIST, help="another list (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=state / "packed", help="packed tiles (default: %(default)s)")
    parser.add_argument("--runs", type=Path, default=state / "runs", help="state of the runs (default: %(default)s)")
    parser.add_argument("--cores", type=int, default=available_cores(), help="processes (default: %(default)s)")
    parser.add_argument("--test", type=Path, help="with --collect: UC Merced's test105, for the cards' test scores")
    given = parser.parse_args()
    every = entries(given.list, given.runs.resolve())
    if given.status:
        print(table(every))
    elif given.collect:
        for entry in every:
            print(f"{entry.name}: {collect.collect(entry.recipe, entry.folder, given.data, given.test)}", flush=True)
    else:
        if any(name not in os.environ for name in THREADS):  # read when the libraries are loaded: begin anew with them
            os.execve(
                sys.executable, [sys.executable, *sys.orig_argv[1:]], {**dict.fromkeys(THREADS, "1"), **os.environ}
            )
        _give_way()
        torch.set_num_threads(1)
        for name in EARLY:
            importlib.import_module(name)
        Queue(every, given.data.resolve(), given.cores).run()


def _give_way() -> None:
    """The lowest priority. Linux weighs sessions against each other first: a session of our own is lowered, too."""
    if hasattr(os, "nice"):
        os.nice(19)
    if hasattr(os, "getsid") and os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text("19")


if __name__ == "__main__":
    try:
        main()
    except RsSrError as error:
        raise SystemExit(str(error)) from None
