"""A command with all that it starts, heard line by line and ended as a whole. No Qt, which cannot end a group."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping

WINDOWS = sys.platform == "win32"
GONE_S = 5.0  # for what was killed to be gone


class Child:
    """Use it in a ``with`` statement, at whose end nothing of it runs any more."""

    def __init__(self, words: list[str], environment: Mapping[str, str], folder: str) -> None:
        """A program that cannot be started is an `OSError`."""
        self._process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(environment),
            cwd=folder, encoding="utf-8", errors="replace", start_new_session=not WINDOWS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        self._ended = False
        self._heard: queue.Queue[str] = queue.Queue()  # SimpleQueue of Python 3.11 may wait beyond its time, for ever
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._heard.put(line)

    def lines(self) -> Iterator[str]:
        """What it says, to its end; an empty text where it says nothing for a moment."""
        while self._process.poll() is None:
            try:
                yield self._heard.get(timeout=0.1)
            except queue.Empty:
                yield ""
        self.end()
        while not self._heard.empty():
            yield self._heard.get()

    @property
    def code(self) -> int:
        """Its exit code, below zero for one that was killed."""
        return self._process.wait()

    def end(self) -> None:
        """Kill what still runs of it, and wait until that is gone. Safe to call twice."""
        if self._ended:
            return
        self._ended = True
        if WINDOWS:
            if self._process.poll() is None:
                tree = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
                subprocess.run(tree, capture_output=True, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        else:
            _signal(self._process.pid, signal.SIGKILL)
        self._process.wait()
        end = time.monotonic() + GONE_S
        while not WINDOWS and _signal(self._process.pid, 0) and time.monotonic() < end:
            time.sleep(0.01)
        self._reader.join(GONE_S)


def _signal(group: int, number: int) -> bool:
    """Whether there is still such a group, which gets the signal."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS: there are only dead ones in it
        return False
    return True
