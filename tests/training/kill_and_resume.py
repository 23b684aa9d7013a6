"""A run, and the same run killed with SIGKILL at counted moments, moved, and gone on with: `FOLDER` gets both.

A process per run, forked from this one; run as a program, so that nothing of the tests' process is forked.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from training import queue, state, train
from training.recipe import Recipe

# what is called for the n-th time when the process dies; a checkpoint dies half written
MOMENTS = [("step", 1), ("step", 3), ("save", 2), ("save", 5), ("validate", 2), ("write_model", 1)]


def small() -> Recipe:
    return Recipe(
        name="small", title="small", network="plain", arguments={"scale": 2, "channels": 8, "layers": 2},
        data=["ucmerced"], iterations=8, stages=[[0.0, 2, 8], [0.5, 1, 12]], validate_every=3, recolour=0.5,
        training_data="generated",
    )  # fmt: skip


def dying(real: Callable[..., Any], number: int, first: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """`real`, but the `number`-th call kills the process, after `first`."""
    calls = 0

    def call(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            if first:
                first(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    return call


def half(content: Any, file: Any) -> None:
    file.write(b"PK\x03\x04 half of a checkpoint")
    file.flush()


def run(data: Path, folder: Path) -> None:
    train.SAVE_EVERY_S = train.FIRST_SAVE_S = -1.0  # after each step
    train.draw = lambda *_: None
    train.go(small(), data, folder, resume=True, minutes=None, device=torch.device("cpu"))


def killed(data: Path, folder: Path, moment: str, number: int) -> None:
    if moment == "save":
        state.torch.save = dying(torch.save, number, half)  # type: ignore[attr-defined]
    elif moment == "validate":
        train.Validation.__call__ = dying(train.Validation.__call__, number)  # type: ignore[method-assign]
    else:
        setattr(train, moment, dying(getattr(train, moment), number))
    run(data, folder)


def child(work: Callable[..., None], *arguments: Any) -> int:
    """The status of a forked process that does `work`."""
    if (process := os.fork()) == 0:
        work(*arguments)
        os._exit(0)
    return os.waitpid(process, 0)[1]


def imports(data: Path, folder: Path) -> None:
    """What a run of the queue imports of this project after its start."""
    for name in queue.EARLY:
        importlib.import_module(name)
    before = set(sys.modules)
    run(data, folder)
    late = [m for m in set(sys.modules) - before if m.split(".")[0] in ("rs_sr", "training")]
    (folder / "late.json").write_text(json.dumps(late))


def main() -> None:
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    torch.set_num_threads(1)
    os.fsync = lambda _: None  # a kill loses nothing that was written; a power cut is not tried
    (folder / "whole").mkdir()
    assert child(imports, data, folder / "whole") == 0
    for moment, number in MOMENTS:
        here, there = folder / f"{moment}{number}", folder / "moved" / f"{moment}{number}"
        here.mkdir()
        assert os.WTERMSIG(child(killed, data, here, moment, number)) == signal.SIGKILL
        there.parent.mkdir(exist_ok=True)
        here.rename(there)
        assert child(run, data, there) == 0


if __name__ == "__main__":
    main()
