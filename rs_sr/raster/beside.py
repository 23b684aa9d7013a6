"""Beside a target: files that GDAL would read as a part of it, and names of our own that fit the file system."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from rs_sr.raster.layout import Format

OWN_SIDES = (".aux.xml", ".msk", ".msk.ovr", ".ovr")  # follow the whole name, so they are this file's alone
OWN_STEMS = (".tfw", ".tifw", ".tiffw")  # a TIFF's alone
SHARED_STEMS = {  # follow the stem, as of any image of that name; one that does not begin so is another thing
    ".wld": re.compile(rb"\s*[-+.\d]"),
    ".tab": re.compile(rb'[^\0]*Type\s+"RASTER"', re.I),
    ".rpb": re.compile(rb"[^\0]*lineOffset", re.I),
    "_rpc.txt": re.compile(rb"[^\0]*LINE_OFF", re.I),
    ".aux": re.compile(rb"EHFA_HEADER_TAG"),
}
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".jp2", ".img", ".bil", ".ecw", ".sid", ".tif", ".tiff")
SIDE_BYTES = 1 << 16  # of a file, in which it says what it is
ROOM = 24  # bytes that our longest ending and a random part take
LONGEST_SIDE = max(map(len, OWN_SIDES))
SHORT = 12  # letters of a hash that stand for the rest of a long name


def side_files(target: Path, form: Format) -> list[Path]:
    """Files that GDAL reads along with `target`: masks, overviews, world files, RPCs, in any case of letters.

    A file that follows the stem is left out where another image of that stem, to which it may belong, lies beside.
    """
    if not target.parent.is_dir():
        return []
    names = {p.name.lower(): p for p in target.parent.iterdir() if p.name.startswith(target.stem)}
    wanted = [f"{target.name}{end}" for end in (*OWN_SIDES, *form.sides)]
    if form.world_files:
        images = {f"{target.stem}{end}".lower() for end in IMAGES} - {target.name.lower()}
        shared = not images & set(names)
        wanted += [target.stem + end for end in OWN_STEMS]
        wanted += [target.stem + end for end in (SHARED_STEMS if shared else ()) if _speaks(names, target.stem, end)]
    return [names[n.lower()] for n in wanted if n.lower() in names]


def _speaks(names: dict[str, Path], stem: str, end: str) -> bool:
    """Whether a file of that end is there and is what GDAL takes it for."""
    path = names.get((stem + end).lower())
    if path is None or not path.is_file():
        return False
    with path.open("rb") as file:
        return SHARED_STEMS[end].match(file.read(SIDE_BYTES)) is not None


def name_problem(path: str | Path) -> str | None:
    """Why the file system or GDAL cannot take this name, in words; None where they can."""
    try:
        str(path).encode()
        os.lstat(path)
    except UnicodeEncodeError:
        return "its name is not UTF-8, which GDAL needs"
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except (OSError, ValueError) as error:
        return str(getattr(error, "strerror", None) or error).lower()
    return None


def is_missing(path: str) -> bool:
    """Whether `path` can only be a file of this machine, and is not there."""
    remote = "://" in path or path.startswith(("/vsi", "\\\\"))
    return not remote and ":" not in path[2:] and not Path(path).exists()


def longest_name(folder: Path) -> int:
    """Bytes that a name in `folder` may have."""
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (AttributeError, OSError, ValueError):  # Windows, or a file system that does not say
        return 255


def hidden_name(target: Path, ending: str) -> str:
    """`.NAME<ending>`, for what lies beside a target for a time; a name that would be too long is cut, with a hash."""
    name, room = target.name, longest_name(target.parent) - ROOM
    if len(os.fsencode(name)) > room:
        rest = hashlib.sha256(os.fsencode(name)).hexdigest()[:SHORT]
        name = os.fsencode(name)[: room - SHORT - 1].decode(errors="ignore") + "-" + rest
    return f".{name}{ending}"
