"""Which targets are refused: of a name that cannot be, of files that a run reads, or of somebody else's."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from rs_sr.errors import FolderNotFoundError, NoPermissionError, TargetError
from rs_sr.raster import formats
from rs_sr.raster.beside import LONGEST_SIDE, longest_name, name_problem, side_files
from rs_sr.raster.files import Files
from rs_sr.raster.layout import Folder, Format
from rs_sr.raster.placing import exists

ENDS_OF_FOLDERS = tuple(filter(None, (os.sep, os.altsep)))


def check_not_read(target: str, form: Format, read: Iterable[Files]) -> None:
    """Refuse a target where it, or what goes with it, is a file that the run reads."""
    path = Path(target)
    for piece in (*reversed(form.pieces(path)), *side_files(path, form)):
        if any(files.hold(piece) for files in read):
            what = f"{piece}, which goes with {path.name}," if piece != path else target
            raise TargetError(f"{what} is the input itself or a file it reads", "give another name")


def check_place(target: str) -> None:
    """Refuse a target that cannot be written where it is to lie, whatever format the plan finds for it."""
    path = Path(target)
    known = [row for row in formats.FORMATS if row.names(path)]
    if target.endswith(ENDS_OF_FOLDERS) and not any(row.is_folder(path) for row in known):
        raise TargetError(f"{target} is the name of a folder", "give the name of a file in it")
    if any(path.name.lower() in row.endings for row in formats.FORMATS):
        raise TargetError(f"{target} is an ending without a name", f"name it like result{path.name}")
    problem = name_problem(target)
    if problem is None and len(os.fsencode(path.name)) > longest_name(path.parent) - LONGEST_SIDE:
        problem = f"its name has more than {longest_name(path.parent) - LONGEST_SIDE} bytes"
    for row in known:
        problem = problem or (row.problem and row.problem(path))
    if problem is not None:
        raise TargetError(f"{target} cannot be written: {problem}", "give another name")
    if not path.parent.is_dir():
        raise FolderNotFoundError(f"the folder {path.parent} does not exist", f"make it first: mkdir -p {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise NoPermissionError(
            f"the folder {path.parent} cannot be written to", "choose another folder or change its rights"
        )


def check_target(target: str, form: Format, *, overwrite: bool) -> None:
    """Refuse a target that is there and must not be replaced."""
    path = Path(target)
    folder = None if form.folder is None else form.folder.place(path)
    if folder is not None and os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise TargetError(
            f"{folder} is not a folder, as the result needs there", "give another name, or delete it first"
        )
    for piece in reversed(form.pieces(path)):
        if piece.is_dir():
            if form.folder is None or piece != folder:
                raise TargetError(f"{piece} is a folder", "give the name of a file in it")
            _check_ours(piece, form.folder)
        if os.path.lexists(piece) and not overwrite:
            raise exists(piece)
    for side in () if overwrite else side_files(path, form):
        if not side.name.startswith(path.name):
            raise TargetError(
                f"{side} exists, which would be read as a part of {path.name}", "give another name or --overwrite"
            )


def _check_ours(folder: Path, known: Folder) -> None:
    """Refuse to take away a folder with a file that rs-sr did not write."""
    inside = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    if known.sign is not None and inside and Path(known.sign) not in inside:
        raise TargetError(f"{folder} is a folder that rs-sr did not write", "delete it first, or give another name")
    foreign = next((name for name in inside if not known.own.fullmatch(name.as_posix())), None)
    if foreign is not None:
        raise TargetError(
            f"{folder} is a folder that holds {foreign}, which rs-sr did not write",
            "move that elsewhere, or give another name",
        )
