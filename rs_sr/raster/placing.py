"""The last step of a run: the pieces of a result take their names, all of them or none, killed or not."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from rs_sr.errors import TargetError, TargetExistsError

GROWING = "growing-"  # begins names in a working folder of what the next run may remove


def put_in_place(pieces: dict[Path, Path], stale: Sequence[Path], *, overwrite: bool, note: Path | None) -> None:
    """Rename pieces to their places, the last one of all last; `stale` files go.

    What lies at a place is replaced with `overwrite` alone, else it is a `TargetError`, also where it came this very
    moment. Where more than one name changes, an earlier result goes first: a run that is killed in between leaves none,
    never a mixed one. What fails puts everything back, and what is killed `recover` puts back by the `note`.
    """
    room = {place.parent: piece.parent for piece, place in pieces.items()}  # of the same file system
    alone = overwrite and len(pieces) == 1 and not stale and not any(place.is_dir() for place in pieces.values())
    moved: dict[Path, Path] = {}
    placed: dict[Path, Path] = {}
    if note is not None:
        note.write_text(json.dumps([[str(piece), str(place), _mark(piece)] for piece, place in pieces.items()]))
    try:
        for path in () if alone else (*(reversed(pieces.values()) if overwrite else ()), *stale):
            if os.path.lexists(path):
                earlier = room[path.parent] / f"{GROWING}earlier-{len(moved)}"
                os.replace(path, earlier)
                moved[earlier] = path
        for piece, place in pieces.items():
            os.replace(piece, place) if overwrite else _rename(piece, place)
            placed[piece] = place
    except OSError:
        for piece, place in placed.items():
            os.replace(place, piece)
        for earlier, path in moved.items():
            os.replace(earlier, path)
        raise


def recover(note: Path) -> None:
    """Take back what a run that was killed in `put_in_place` had moved, unless it had moved all."""
    if not note.is_file():
        return
    with contextlib.suppress(ValueError):  # killed while it wrote: nothing was moved
        moves = [(Path(piece), Path(place), mark) for piece, place, mark in json.loads(note.read_text())]
        there = [(piece, place) for piece, place, mark in moves if os.path.lexists(place) and _mark(place) == mark]
        for piece, place in there if len(there) < len(moves) else ():
            if piece.exists():  # it has both names
                place.unlink()
            elif piece.parent.is_dir():
                os.replace(place, piece)
    note.unlink()


def exists(place: Path) -> TargetError:
    """The sentence for what must not be replaced."""
    return TargetExistsError(f"{place} exists", "give another name or --overwrite")


def _rename(piece: Path, place: Path) -> None:
    """Rename to a name where nothing is, else a `TargetError`. A file's rename replaces what is there; a link does not,
    nor does a folder's rename."""
    try:
        if piece.is_dir():
            piece.rename(place)
            return
        os.link(piece, place)
    except OSError:
        if os.path.lexists(place):
            raise exists(place) from None
        if piece.is_dir():
            raise
        piece.rename(place)  # a file system that has no links
        return
    with contextlib.suppress(OSError):
        piece.unlink()


def _mark(path: Path) -> list[int]:
    """What stays the same of a file or folder when its name changes."""
    facts = path.lstat()
    return [facts.st_ino, 0 if path.is_dir() else facts.st_mtime_ns]
