"""Wheels of rs-sr and all it needs, made from what is installed here for a machine without a network: `rs-sr bundle`.

Nothing is downloaded: each installed distribution is packed into a wheel again, whatever build of torch it is. The
layout of wheels and RECORD: the binary distribution format of the Python packaging specifications.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import hashlib
import re
import zipfile
from collections.abc import Callable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.utils import canonicalize_name

from rs_sr.errors import DiskFullError, MissingPackageError, TargetError
from rs_sr.packages import requirements

LEFT_OUT = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")  # of *.dist-info: about this installation alone
EXTRAS = ("aoi",)


def needed(root: str = "rs-sr") -> list[Distribution]:
    """`root` and the distributions it needs that are installed, each once, with the extras that are asked for."""
    found: dict[str, Distribution] = {}
    waiting = [(root, extra) for extra in ("", *EXTRAS)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, extra = asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        with contextlib.suppress(PackageNotFoundError):  # an extra that is not installed
            one = found.setdefault(canonicalize_name(name), distribution(name))
            waiting += [(need.name, e) for need in requirements(one, extra) for e in ("", *need.extras)]
    return list(found.values())


def bundle(folder: Path, on_wheel: Callable[[Path], None] = lambda path: None) -> list[Path]:
    """Write the wheels into `folder`, which is made. A full disk or an unwritable folder is a `TargetError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        wheels = []
        for found in needed():
            wheels.append(make_wheel(found, folder))
            on_wheel(wheels[-1])
        return wheels
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError(f"the disk of {folder} is full", "make room or choose another folder") from error
        raise TargetError(f"{folder} cannot be written to: {error.strerror}", "choose another folder") from error


def make_wheel(found: Distribution, folder: Path) -> Path:
    """Pack one installed distribution. One whose files are gone is a `MissingPackageError`."""
    name, version = canonicalize_name(found.metadata["Name"]).replace("-", "_"), found.version
    info = f"{name}-{version}.dist-info"
    target = folder / f"{name}-{version}-{_tag(found)}.whl"
    beside = target.with_suffix(".part")
    record = []
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
            for inside, path in sorted(_files(found, info).items()):
                archive.write(path, inside)
                digest = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).decode().rstrip("=")
                record.append(f"{inside},sha256={digest},{path.stat().st_size}")
            archive.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,"]) + "\n")
        beside.replace(target)
    except FileNotFoundError as error:
        raise MissingPackageError(
            f"{found.metadata['Name']} is not complete: {error.filename} is missing", "install it again"
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _tag(found: Distribution) -> str:
    """Python, ABI and platform of the wheel it came from."""
    tags = re.findall(r"^Tag: *([\w.]+)-([\w.]+)-([\w.]+)", found.read_text("WHEEL") or "", re.M)
    parts = zip(*tags, strict=True) if tags else (("py3",), ("none",), ("any",))
    return "-".join(".".join(dict.fromkeys(part)) for part in parts)


def _files(found: Distribution, info: str) -> dict[str, Path]:
    """Names in the wheel and files here: the installed ones, without commands, which pip makes again, and bytecode."""
    files: dict[str, Path] = {}
    for entry in found.files or []:
        parts = entry.parts
        if ".." in parts or "__pycache__" in parts or entry.suffix == ".pyc" or entry.is_absolute():
            continue
        if parts[0].endswith(".dist-info"):
            if parts[-1] not in LEFT_OUT:
                files["/".join((info, *parts[1:]))] = Path(str(found.locate_file(entry)))
        elif not _of_a_clone(entry.name):
            files["/".join(parts)] = Path(str(found.locate_file(entry)))
    if canonicalize_name(found.metadata["Name"]) == "rs-sr" and not any(name.startswith("rs_sr/") for name in files):
        here = Path(__file__).parents[1]  # installed from a clone, in place
        files |= {
            f"rs_sr/{path.relative_to(here).as_posix()}": path
            for path in here.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
    return files


def _of_a_clone(name: str) -> bool:
    return name.endswith(".pth") and "rs_sr" in name
