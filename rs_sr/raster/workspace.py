"""Where a result grows: a folder beside the target, which leaves nothing behind, and a journal that may stay.

The folder holds everything that is not finished: the growing file, GDAL's own temporaries and, with a journal, the
finished tiles. Whatever goes wrong, removing the folder leaves nothing.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import hashlib
import io
import json
import logging
import os
import re
import shutil
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError  # GDAL complaints that rasterio lets through as they are
from rasterio.errors import RasterioError

from rs_sr.errors import Cancelled, DiskFullError, NoPermissionError, RsSrError, TargetError
from rs_sr.raster import placing
from rs_sr.raster.beside import OWN_SIDES, hidden_name, side_files
from rs_sr.raster.layout import Format
from rs_sr.raster.placing import GROWING, put_in_place

Array = NDArray[Any]
JOURNAL = ".rs-sr-resume"  # ends the name of a working folder with a journal
PLACING = "placing"  # a note in it


class Workspace:
    """The working folder beside a target, for whoever has the target's `rs_sr.raster.lock.Lock`.

    With `journal` it has a fixed name and survives everything but success; `anew` forgets what an earlier run kept.
    A result of one file grows as `result`, the files of one of many in the folder `kept`.
    """

    def __init__(self, target: str, form: Format, *, journal: bool = False, anew: bool = False) -> None:
        self.target, self.format, self.journal = Path(target), form, journal
        self._over, self._one = False, threading.Lock()  # a thread that was left alone must not write any more
        try:
            hidden = hidden_name(self.target, ".rs-sr-")
            for stale in self.target.parent.glob(f"{glob.escape(hidden)}*"):  # of killed runs
                if stale.is_dir() and (anew or not stale.name.endswith(JOURNAL)):
                    shutil.rmtree(stale, ignore_errors=True)
            self.folder = journal_folder(target)
            if journal:
                if os.path.lexists(self.folder) and not self.folder.is_dir():
                    raise TargetError(
                        f"{self.folder} is not a folder, as what --resume keeps needs there",
                        "delete it, or give another name",
                    )
                self.folder.mkdir(exist_ok=True)
                for stale in self.folder.glob(f"{GROWING}*"):
                    shutil.rmtree(stale, ignore_errors=True)
                self.growing = Path(tempfile.mkdtemp(prefix=GROWING, dir=self.folder))
            else:
                self.folder = self.growing = Path(tempfile.mkdtemp(prefix=hidden, dir=self.target.parent))
        except TargetError:
            raise
        except OSError as error:
            raise write_error(self.target, error) from error
        self.result = self.growing / f"result{form.endings[0]}"
        self.kept = self.folder / "kept"  # what is finished of a result of many files

    def claim(self, shaped_by: dict[str, str]) -> None:
        """Say what shapes the pixels; finished tiles of a run that something else shaped are a `TargetError`."""
        identity = hashlib.sha256(repr(shaped_by).encode()).hexdigest()
        # a name of its own, for what another run's workers may still be writing when this one begins
        self.kept = self.folder / f"kept-{identity[:16]}"
        if not self.journal:
            return
        note = self.folder / "run.json"
        try:
            known = json.loads(note.read_text("utf-8")) if note.exists() and has_tiles(self.folder) else shaped_by
            if known != shaped_by:
                differs = [k for k in shaped_by if not isinstance(known, dict) or known.get(k) != shaped_by[k]]
                raise TargetError(
                    f"{self.folder} keeps tiles of another run, with other {', '.join(differs)}",
                    "give the options of that run, or delete the folder to begin anew",
                )
            _write_atomically(note, json.dumps(shaped_by).encode())
        except ValueError:
            raise TargetError(f"{note} is damaged", f"delete {self.folder} to begin anew") from None
        except TargetError:
            raise
        except OSError as error:
            raise write_error(self.target, error) from error

    @property
    def pieces(self) -> dict[Path, Path]:
        """What moves where in the end: what takes the target's name last."""
        *folders, target = self.format.pieces(self.target)
        return {self.kept: folders[0], self.result: target} if folders else {self.whole: target}

    @property
    def whole(self) -> Path:
        """What takes the target's name in the end, where it grows."""
        return self.kept if self.format.is_folder(self.target) else self.result

    def tile(self, index: int) -> Path:
        return self.folder / f"tile-{index}.npz"

    def load(self, index: int) -> dict[str, Array] | None:
        """What `keep` put away of a tile, or None."""
        if not self.journal or not self.tile(index).exists():
            return None
        try:
            with np.load(self.tile(index), allow_pickle=False) as stored:
                return dict(stored)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
            return None

    def keep(self, index: int, **arrays: Array) -> None:
        """Add a finished tile to the journal, if there is one."""
        if not self.journal:
            return
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        with self._one:
            self._check_not_over()
            try:
                _write_atomically(self.tile(index), buffer.getvalue())
            except OSError as error:
                raise write_error(self.target, error) from error

    def commit(self, *others: Workspace, overwrite: bool) -> None:
        """Move what is complete into place, what `others` made before it, all or nothing: `placing.put_in_place`. Files
        that spoke about an earlier result of that name go."""
        spaces = (*others, self)
        pieces = {made: place for space in spaces for made, place in space._moves().items()}
        try:
            for piece in pieces:
                if piece.is_file():
                    with piece.open("rb") as file:
                        os.fsync(file.fileno())
            with self._one:
                self._check_not_over()
                stale = [side for space in spaces for side in side_files(space.target, space.format)]
                put_in_place(pieces, stale, overwrite=overwrite, note=self.placing if self.journal else None)
                for space in spaces:
                    space._over = True
        except TargetError:
            raise
        except OSError as error:
            raise write_error(self.target, error) from error
        for space in spaces:
            space.remove()

    def _moves(self) -> dict[Path, Path]:
        """`pieces`, and before them what GDAL has written beside the result."""
        ends = (*OWN_SIDES, *self.format.sides)
        sides = {Path(f"{self.result}{end}"): Path(f"{self.target}{end}") for end in ends}
        return {made: place for made, place in sides.items() if made.exists()} | self.pieces

    @property
    def placing(self) -> Path:
        """There while pieces move into place."""
        return self.folder / PLACING

    def _check_not_over(self) -> None:
        if self._over:
            raise Cancelled("cancelled")

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def abandon(self) -> None:
        """After a failure: everything goes; of a journal with finished tiles only what is not finished."""
        with self._one:
            if self._over:
                return
            self._over = True
            if self.journal and has_tiles(self.folder):
                shutil.rmtree(self.growing, ignore_errors=True)
                self.placing.unlink(missing_ok=True)
            else:
                self.remove()


def recover(target: str) -> None:
    """Take back what a run that was killed while it moved its pieces into place had moved."""
    placing.recover(journal_folder(target) / PLACING)


def journal_folder(target: str) -> Path:
    path = Path(target)
    return path.parent / hidden_name(path, JOURNAL)


def has_tiles(journal: Path) -> bool:
    """Whether a working folder keeps finished tiles, which --resume goes on from."""
    return any(journal.glob("tile-*.npz"))


def _write_atomically(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".part")
    beside.write_bytes(data)
    os.replace(beside, path)


class _Complaints(logging.Handler):
    """Collects what GDAL says while it flushes: closing a data set does not raise."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self._thread:  # reads of another stage have their own words
            return
        # of warnings, only that an option was not understood: GDAL goes on without it
        if record.levelno >= logging.ERROR or "creation option" in record.getMessage():
            self.said.append(record.getMessage())


@contextlib.contextmanager
def watch(target: Path) -> Iterator[None]:
    """Turn every failure to write, also those that GDAL only logs, into one `TargetError`."""
    handler = _Complaints()
    log = logging.getLogger("rasterio")
    log.addHandler(handler)
    try:
        yield
    except (RasterioError, CPLE_BaseError, OSError, ValueError) as error:
        if isinstance(error, RsSrError):
            raise
        raise write_error(target, error, handler.said) from error
    finally:
        log.removeHandler(handler)
    if handler.said:
        raise write_error(target, OSError(handler.said[0]), handler.said)


def write_error(target: Path, error: BaseException, said: list[str] | None = None) -> TargetError:
    """The sentence for a failed write. libtiff tells its reason to nobody, so a full disk is looked for."""
    folder = target.parent
    text = " ".join([str(error), str(error.__cause__ or ""), *(said or [])])
    number = getattr(error, "errno", None)
    vague = number is None and re.search("[Ww]rite|[Ss]eek|flush|strip|tile", text) is not None
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NoPermissionError(
            f"the folder {folder} cannot be written to", "choose another folder or change its rights"
        )
    if number == errno.EFBIG or "File too large" in text or (vague and _size_is_limited()):
        return TargetError(f"{target} would be larger than the limit for a file here", "raise the limit")
    full = vague and folder.is_dir() and shutil.disk_usage(folder).free < 4 << 20
    if number in (errno.ENOSPC, errno.EDQUOT) or "No space left" in text or full:
        return DiskFullError(f"the disk of {folder} is full", "make room or choose another folder")
    reason = " ".join((said[0] if said else str(error.__cause__ or error)).split())
    reason = re.sub(r"^CPLE_\w+ in ", "", reason)[:200].rstrip(".")
    return TargetError(f"{target} cannot be written: {reason}", "check the folder, the disk and the creation options")


def _size_is_limited() -> bool:
    try:
        import resource
    except ImportError:  # Windows
        return False
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY
