"""One writer for each target: a lock beside it, which says whose it is.

The system holds the lock for as long as the process lives, so that a dead owner's is free for whoever comes first.
What is written in it names the owner. A lock that another machine wrote is never taken, since not every shared folder
passes locks on.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import time
from pathlib import Path

from rs_sr.errors import TargetError
from rs_sr.raster.beside import hidden_name
from rs_sr.raster.workspace import write_error

LOCK = ".rs-sr-lock"  # ends the name
UNKNOWN = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL)  # a folder that has no locks


class Lock:
    """The right to write `target`. Taken at once or never: a `TargetError` names the run that has it."""

    def __init__(self, target: str) -> None:
        self._target = target
        self.path = Path(target).with_name(hidden_name(Path(target), LOCK))
        try:
            self._handle: int | None = self._take()
        except TargetError:
            raise
        except FileNotFoundError as error:  # a folder that takes no file, such as /proc
            raise write_error(Path(target), PermissionError(errno.EACCES, "no file can be made")) from error
        except OSError as error:
            raise write_error(Path(target), error) from error

    def _take(self) -> int:
        while True:
            new = not os.path.lexists(self.path)
            if not new and (self.path.is_symlink() or self.path.is_dir()):
                raise TargetError(
                    f"{self.path} is a folder or a link, where a lock is to lie", "delete it, or give another name"
                )
            # another came between the look and the opening, or went; a new file that is not found can never be made
            with contextlib.suppress(FileExistsError if new else FileNotFoundError):
                handle = os.open(self.path, os.O_RDWR | (os.O_CREAT | os.O_EXCL if new else 0), 0o644)
                try:
                    if self._holds(handle, new):
                        _write(handle)
                        return handle
                except BaseException:
                    os.close(handle)
                    raise
                os.close(handle)

    def _holds(self, handle: int, new: bool) -> bool:
        """Whether the open file is locked now, and still the one of this name: its owner may have removed it."""
        try:
            _lock(handle)
        except OSError as error:
            if error.errno not in UNKNOWN:
                raise self._refused(handle) from None
            if not new:  # nobody can tell whether its owner lives
                raise self._refused(handle, delete=True) from None
        try:
            if not os.path.samestat(os.fstat(handle), self.path.stat()):
                return False
        except FileNotFoundError:
            return False
        if not new and _read(handle).get("host") not in (None, platform.node()):
            raise self._refused(handle, delete=True)
        return True

    def _refused(self, handle: int, delete: bool = False) -> TargetError:
        owner = _read(handle)
        here = owner.get("host") in (None, platform.node())
        where = "this machine" if here else owner["host"]
        who = f"process {owner['process']} on {where}, since {owner['since']}" if owner else "another run"
        cure = "wait for it, or give another name"
        if delete:
            cure = f"wait for it; if it is over, delete {self.path}"
        return TargetError(f"{self._target} is being written by {who}", cure)

    def release(self) -> None:
        """Give it back; once is enough."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        with contextlib.suppress(OSError):
            ours = os.path.samestat(os.fstat(handle), self.path.stat())
            if os.name == "nt":  # an open file cannot be removed there
                os.close(handle)
            if ours:
                self.path.unlink()
        with contextlib.suppress(OSError):
            os.close(handle)


def _lock(handle: int) -> None:
    """Lock an open file against every other one of that name, in this process too; an OSError where it is taken."""
    try:
        import fcntl
    except ImportError:
        try:
            import msvcrt
        except ImportError:
            raise OSError(errno.ENOSYS, "no locks") from None
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # past what is written, which stays readable
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read(handle: int) -> dict[str, str]:
    """What the owner wrote; nothing where it has not come to that."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        owner = json.loads(os.read(handle, 4096))
        return {key: str(owner[key]) for key in ("process", "host", "since")}
    except (ValueError, KeyError, TypeError):
        return {}


def _write(handle: int) -> None:
    owner = {"process": os.getpid(), "host": platform.node(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, json.dumps(owner).encode())
