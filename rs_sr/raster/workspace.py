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
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError  # GDAL complaints that rasterio lets through as they are
from rasterio.errors import RasterioError

from rs_sr.errors import Cancelled, DiskFullError, NoPermissionError, RsSrError, TargetError
from rs_sr.raster import placing
from rs_sr.raster.beside import LONGEST_SIDE, OWN_SIDES, hidden_name, longest_name, name_problem, side_files
from rs_sr.raster.files import Files
from rs_sr.raster.placing import GROWING, exists, put_in_place

Array = NDArray[Any]
TIFF = (".tif", ".tiff", ".gtiff")
KEEPING = (".zarr", ".vrt")  # results of many files: what is finished stays for --resume by itself
ARRAYS = "image|mask|band|mask_band|x|y|spatial_ref"  # of a Zarr store that rs-sr made
OWN_FILES = {  # by kind, what rs-sr writes into a result's folder, and GDAL's statistics of that
    ".vrt": re.compile(r"tile-\d+\.tif|.*\.aux\.xml"),
    ".zarr": re.compile(
        rf"({ARRAYS})/(\.zarray|\.zattrs|\d+(\.\d+)*)|\.zgroup|\.zattrs|\.zmetadata|image\.vrt|.*\.aux\.xml"
    ),
}
ENDS_OF_FOLDERS = tuple(filter(None, (os.sep, os.altsep)))
JOURNAL = ".rs-sr-resume"  # ends the name of a working folder with a journal
PLACING = "placing"  # a note in it


def tiles_folder(target: Path) -> Path:
    """Where the tiles of a VRT lie: NAME_tiles beside NAME.vrt."""
    return target.with_name(f"{target.stem}_tiles")


def _check_folder(folder: Path, kind: str) -> None:
    """Refuse to take away a folder with a file that rs-sr did not write: of tiles, or of a Zarr store that it made."""
    inside = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    # arrays of the names that ours have may be another program's too
    if kind == ".zarr" and inside and Path("image.vrt") not in inside:
        raise TargetError(f"{folder} is a folder that rs-sr did not write", "delete it first, or give another name")
    foreign = next((name for name in inside if not OWN_FILES[kind].fullmatch(name.as_posix())), None)
    if foreign is not None:
        raise TargetError(
            f"{folder} is a folder that holds {foreign}, which rs-sr did not write",
            "move that elsewhere, or give another name",
        )


def check_not_read(target: str, read: Iterable[Files]) -> None:
    """Refuse a target where it, or what goes with it, is a file that the run reads."""
    path = Path(target)
    for piece in (path, tiles_folder(path), *side_files(path)):
        if piece == tiles_folder(path) and path.suffix.lower() != ".vrt":
            continue
        if any(files.hold(piece) for files in read):
            what = f"{piece}, which goes with {path.name}," if piece != path else target
            raise TargetError(f"{what} is the input itself or a file it reads", "give another name")


def check_place(target: str) -> None:
    """Refuse a target that cannot be written where it is to lie, or of no known kind."""
    path = Path(target)
    if target.endswith(ENDS_OF_FOLDERS) and path.suffix.lower() != ".zarr":
        raise TargetError(f"{target} is the name of a folder", "give the name of a file in it")
    if path.name.lower() in TIFF + KEEPING:
        raise TargetError(f"{target} is an ending without a name", f"name it like result{path.name}")
    problem = name_problem(target)
    if problem is None and len(os.fsencode(path.name)) > longest_name(path.parent) - LONGEST_SIDE:
        problem = f"its name has more than {longest_name(path.parent) - LONGEST_SIDE} bytes"
    if problem is None and path.suffix.lower() == ".vrt" and os.sep == "/" and "\\" in path.name:
        problem = "its name has a backslash, which GDAL takes for a folder's end in a VRT"
    if problem is None and path.suffix.lower() == ".vrt" != path.suffix:
        problem = "its tiles would be those of the same name with .vrt in small letters"
    if problem is not None:
        raise TargetError(f"{target} cannot be written: {problem}", "give another name")
    if path.suffix.lower() not in TIFF + KEEPING:
        raise TargetError(
            f"{target} does not end in .tif",
            "name a GeoTIFF .tif, a folder of GeoTIFF tiles with a VRT .vrt, a Zarr store .zarr",
        )
    if not path.parent.is_dir():
        raise TargetError(f"the folder {path.parent} does not exist", f"make it first: mkdir -p {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise NoPermissionError(
            f"the folder {path.parent} cannot be written to", "choose another folder or change its rights"
        )


def check_target(target: str, *, overwrite: bool) -> None:
    """Refuse a target that is there and must not be replaced."""
    path = Path(target)
    kind = path.suffix.lower()
    folder = {".vrt": tiles_folder(path), ".zarr": path}.get(kind)
    if folder is not None and os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise TargetError(f"{folder} is no folder, as the result needs there", "give another name, or delete it first")
    for piece in [path, *([tiles_folder(path)] if kind == ".vrt" else [])]:
        if piece.is_dir() and piece is path and kind != ".zarr":
            raise TargetError(f"{piece} is a folder", "give the name of a file in it")
        if piece.is_dir():
            _check_folder(piece, kind)
        if os.path.lexists(piece) and not overwrite:
            raise exists(piece)
    for side in () if overwrite else side_files(path):
        if not side.name.startswith(path.name):
            raise TargetError(
                f"{side} exists, which would be read as a part of {path.name}", "give another name or --overwrite"
            )


class Workspace:
    """The working folder beside a target, for whoever has the target's `rs_sr.raster.lock.Lock`.

    With `journal` it has a fixed name and survives everything but success; `anew` forgets what an earlier run kept.
    `pieces` say what moves where in the end: the target last.
    """

    def __init__(self, target: str, *, journal: bool = False, anew: bool = False) -> None:
        self.target, self.journal = Path(target), journal
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
                        f"{self.folder} is no folder, as what --resume keeps needs there",
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
        self.result = self.growing / "result.tif"
        self.kept = self.folder / "kept"  # what is finished of a result of many files
        self.pieces = {self.result: self.target}

    def claim(self, shaped_by: dict[str, str]) -> None:
        """Say what shapes the pixels; a journal of a run that something else shaped is a `TargetError`."""
        identity = hashlib.sha256(repr(shaped_by).encode()).hexdigest()
        # a name of its own, for what another run's workers may still be writing when this one begins
        self.kept = self.folder / f"kept-{identity[:16]}"
        if not self.journal:
            return
        note = self.folder / "run.json"
        try:
            known = json.loads(note.read_text("utf-8")) if note.exists() else shaped_by
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
    def whole(self) -> Path:
        """What takes the target's name in the end, where it grew."""
        return list(self.pieces)[-1]

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
                stale = [side for space in spaces for side in side_files(space.target)]
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
        sides = {Path(f"{self.result}{end}"): Path(f"{self.target}{end}") for end in OWN_SIDES}
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
        return TargetError(f"{target} would be larger than a file may be here", "raise the limit")
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
