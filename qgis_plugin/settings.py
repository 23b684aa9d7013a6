"""What the plugin remembers, and where its own files lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

from .protocol import WorkerError


def get(name: str, default: str = "") -> str:
    return str(QgsSettings().value(f"rs_sr/{name}", default, type=str))


def put(name: str, value: str) -> None:
    QgsSettings().setValue(f"rs_sr/{name}", value)


def folder() -> Path:
    """For the backend's environment and what is known of models; an update of the plugin leaves it alone.

    Windows allows short paths only, so there it is not in the profile.
    """
    local = os.environ.get("LOCALAPPDATA")
    if sys.platform == "win32" and local:
        return Path(local) / "rs_sr"
    return Path(QgsApplication.qgisSettingsDirPath()) / "rs_sr"


def environment_folder() -> Path:
    """The virtual environment that the plugin makes."""
    return folder() / "venv"


def own_python() -> Path:
    """The interpreter of that environment."""
    inside = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return environment_folder() / inside


def python() -> str:
    """The backend's interpreter: what is set, else the variable RS_SR_PYTHON, else our own environment's.

    Where there is none, or not any more, a `WorkerError` says so.
    """
    chosen = get("python") or os.environ.get("RS_SR_PYTHON", "")
    if not chosen and own_python().is_file():
        chosen = str(own_python())
    if not chosen:
        raise WorkerError("not-set-up")
    if not Path(chosen).is_file():
        raise WorkerError("no-interpreter", chosen)
    return chosen
