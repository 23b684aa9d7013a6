"""One owner at a time of a run's folder: a file lock, which the system takes back however its owner ends."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt

    def _take(file: Any) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: Any) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock of `folder`, held from `take` until `drop` or until the process ends in any way."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        self.file: Any = None

    def take(self, tries: int = 5) -> bool:
        """Whether it was free, and is now held. It tries a few times: `alive` holds it for a moment."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a")
        for _ in range(tries):
            try:
                _take(file)
            except OSError:
                time.sleep(0.02)
            else:
                self.file = file
                return True
        file.close()
        return False

    def drop(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


def alive(folder: Path) -> bool:
    """Whether a process works in `folder` at this moment."""
    if not (folder / "lock").exists():
        return False
    lock = Lock(folder)
    free = lock.take(tries=1)
    lock.drop()
    return not free
