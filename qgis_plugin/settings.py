"""What the plugin remembers, and where its own files lie."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

from .protocol import WorkerError

COMPLETE = "rs_sr.json"  # in an environment that has been tried


def get(name: str, default: str = "") -> str:
    return str(QgsSettings().value(f"rs_sr/{name}", default, type=str))


def put(name: str, value: str) -> None:
    QgsSettings().setValue(f"rs_sr/{name}", value)


def zip_folder() -> str:
    """Where the zip lay that a plugin was last installed from; QGIS keeps it."""
    return str(QgsSettings().value("app/plugin_installer/lastZipDirectory", "", type=str))


def folder() -> Path:
    """For the backend's environment and what is known of models; an update of the plugin leaves it alone.

    Windows allows short paths only, so there it is not in the profile.
    """
    local = os.environ.get("LOCALAPPDATA")
    if sys.platform == "win32" and local:
        return Path(local) / "rs_sr"
    return Path(QgsApplication.qgisSettingsDirPath()) / "rs_sr"


def environments() -> list[Path]:
    """The virtual environments that the plugin has made and tried, the newest last."""
    return sorted((p.parent for p in folder().glob(f"venv*/{COMPLETE}")), key=_number)


def new_environment() -> Path:
    """A folder for the next one, made. Its place is final: an environment cannot be moved."""
    number = max((_number(p) for p in folder().glob("venv*")), default=0) + 1
    path = folder() / (f"venv-{number}" if number > 1 else "venv")
    path.mkdir(parents=True)
    return path


def complete(environment: Path, note: str) -> None:
    """From now on this one counts."""
    part = environment / f"{COMPLETE}.part"
    part.write_text(note, encoding="utf-8")
    part.replace(environment / COMPLETE)


def clear_leftovers() -> None:
    """Remove all environments but the newest that is complete. What another program holds goes the next time."""
    kept = environments()[-1:]
    for path in folder().glob("venv*"):
        if path not in kept:
            (path / COMPLETE).unlink(missing_ok=True)
            shutil.rmtree(path, ignore_errors=True)


def _number(environment: Path) -> int:
    digits = environment.name[len("venv-") :]
    return int(digits) if digits.isdigit() else 1


def python_in(environment: Path) -> Path:
    """The interpreter of an environment."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def python() -> str:
    """The backend's interpreter: what is set, else the variable RS_SR_PYTHON, else our own environment's.

    Where there is none, or not any more, a `WorkerError` says so.
    """
    chosen = get("python") or os.environ.get("RS_SR_PYTHON", "")
    made = [] if chosen else environments()
    if made:
        chosen = str(python_in(made[-1]))
    if not chosen:
        raise WorkerError("not-set-up")
    if not Path(chosen).is_file():
        raise WorkerError("no-interpreter", chosen)
    return chosen
