"""A gate in another process: it comes to a known place and stays there, however fast or busy the machine is.

Python imports `sitecustomize.py` beside this file by itself, which makes a function wait. Standard library alone: the
tests in QGIS use it too.
"""

from __future__ import annotations

import functools
import importlib
import os
import shlex
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PATIENCE_S = 300.0  # turns a hang into a failure, no more
TILE = "rs_sr.run.local:super_resolve_tile"  # once a tile that this process makes
MODEL = "rs_sr.runtime:Resampling.__call__"  # nearest, bicubic, lanczos: once a tile and band, on workers too


def until(condition: Callable[[], object], process: subprocess.Popen | None = None) -> None:  # type: ignore[type-arg]
    """Wait for a condition; a process that ends before is a failure."""
    for _ in patience():
        if condition():
            return
        assert process is None or process.poll() is None, f"it ended with {process.returncode}"


def patience() -> Iterator[None]:
    """Turns of a loop that waits, until patience ends."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        yield
        time.sleep(0.02)
    raise AssertionError(f"nothing came of it in {PATIENCE_S:.0f} s")


def script(path: Path, *lines: str) -> str:
    """An executable shell script."""
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return str(path)


class Gate:
    """Lets calls of a function through up to a number, in each process that has `environment`, and holds the next."""

    def __init__(self, folder: Path, what: str = TILE, through: int = 0) -> None:
        self.folder, self.what = folder, what
        folder.mkdir()
        self.let(through)

    @property
    def environment(self) -> dict[str, str]:
        """What another process needs to meet the gate."""
        path = os.pathsep.join(p for p in (str(HERE), os.environ.get("PYTHONPATH", "")) if p)
        return {"PYTHONPATH": path, "GATE_FOLDER": str(self.folder), "GATE_AT": self.what}

    def interpreter(self, python: str) -> str:
        """One that meets the gate, for programs that drop Python's own variables."""
        lines = [f"export {name}={shlex.quote(value)}" for name, value in self.environment.items()]
        return script(self.folder / "python", *lines, f'exec {shlex.quote(python)} "$@"')

    @property
    def holds(self) -> bool:
        """Whether a call waits, or waited."""
        return (self.folder / "held").exists()

    def let(self, through: int = 1 << 30) -> None:
        """Let calls through up to a number, counted from the start of each process."""
        (self.folder / "new").write_text(str(through))
        os.replace(self.folder / "new", self.folder / "through")

    def calls(self) -> int:
        """How often the function was called, in all processes."""
        return len(list(self.folder.glob("call-*")))


class Hold:
    """The same in this process: `held` is set once a call waits, `let` lets all through, `calls` counts.

    `what` is ``module:attribute``; calls up to `through` pass. `patch` is pytest's `monkeypatch`.
    """

    def __init__(self, patch: Any, what: str = TILE, through: int = 0) -> None:
        module, _, path = what.partition(":")
        *holders, name = path.split(".")
        holder = functools.reduce(getattr, holders, importlib.import_module(module))
        real, self.calls = getattr(holder, name), 0
        self.held, self._open = threading.Event(), threading.Event()

        @functools.wraps(real)
        def waits(*words: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls > through and not self._open.is_set():
                self.held.set()
                assert self._open.wait(PATIENCE_S)
            return real(*words, **more)

        patch.setattr(holder, name, waits)

    def let(self) -> None:
        """Let all through, and wait for the runs that were left."""
        self._open.set()
        for thread in threading.enumerate():
            if thread.name.startswith("rs-sr"):
                thread.join(PATIENCE_S)
