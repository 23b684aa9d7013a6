"""A command that leads a group of processes and ends with all that it has started. No Qt: that of Qt 5 knows none."""

from __future__ import annotations

import os
import signal
import sys
import time

WINDOWS = sys.platform == "win32"
LEAD = "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])"
GONE_S = 5.0  # for what was killed to be gone


def leading(python: str, arguments: list[str]) -> list[str]:
    """The arguments with which an interpreter runs itself with some arguments, as the leader of a group."""
    return arguments if WINDOWS else ["-c", LEAD, python, *arguments]


def tree(pid: int) -> list[str]:
    """The command that ends a process of Windows with what it has started."""
    return ["taskkill", "/T", "/F", "/PID", str(pid)]


def end(pid: int) -> None:
    """Kill what still runs of the group of a process that has ended itself, and wait until that is gone."""
    _signal(pid, signal.SIGKILL)
    until = time.monotonic() + GONE_S
    while _signal(pid, 0) and time.monotonic() < until:
        time.sleep(0.01)


def _signal(group: int, number: int) -> bool:
    """Whether there is still such a group, which gets the signal."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS: there are only dead ones in it
        return False
    return True
