"""What people read: error codes as sentences with their cure, and the log panel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication, QUrl

from .fields import in_words_of
from .protocol import WorkerError
from .sentences import in_language

translate = QCoreApplication.translate
TAG = "Super-resolution"


def tr(text: str) -> str:
    """A text that `backend.py` has marked, in the user's language."""
    return translate("RsSr", text)


def of_backend(text: str) -> str:
    """A sentence of the backend, in the user's language where it is one of the common ones."""
    return in_language(text, tr)


def log(text: str, level=Qgis.MessageLevel.Info) -> None:
    """A line in the panel of log messages; from any thread."""
    QgsMessageLog.logMessage(text, TAG, level, False)


def help_path() -> str:
    """Of the guide, which comes with the plugin."""
    return str(Path(__file__).parent / "help" / "index.html")


def help_address() -> str:
    """The same for a browser."""
    return QUrl.fromLocalFile(help_path()).toString()


def words(error: WorkerError, labels: Mapping[str, str] | None = None) -> str:
    """What went wrong and what to do, in one or two sentences. `labels` names the parameters of the dialog."""
    problem, cure = _known(error)
    text = in_words_of(labels or {}, problem)  # may begin with a file's name, so it is not capitalised
    return f"{text}. {in_words_of(labels or {}, cure)}".strip() if cure else f"{text}."


def stage_words(stage: str) -> str:
    """What the backend is at."""
    known = {
        "starting": translate("RsSr", "Starting the backend"),
        "opening": translate("RsSr", "Opening the raster"),
        "looking at the raster": translate("RsSr", "Looking at the raster"),
        "super-resolving": translate("RsSr", "Super-resolving"),
        "finishing the file": translate("RsSr", "Finishing the file"),
    }
    return known.get(stage, stage)


def log_error(error: WorkerError) -> None:
    """The details of an error, for the log panel: the sentence goes elsewhere."""
    if error.detail:
        log(f"{error.code}: {error.message}\n{error.detail}", Qgis.MessageLevel.Warning)


def _known(error: WorkerError) -> tuple[str, str]:
    set_up = translate("RsSr", "Set it up in Settings > Options > Super-resolution.")
    see_log = translate("RsSr", "Details are in the log panel, tab Super-resolution.")
    if error.code == "not-set-up":
        return translate("RsSr", "The rs-sr backend is not set up yet"), set_up
    if error.code == "no-interpreter":
        return translate("RsSr", "{} cannot be started").format(error.message), set_up
    if error.code == "backend-missing":
        return translate("RsSr", "rs-sr is not installed in the Python that is set for it"), set_up
    if error.code == "backend-too-old":
        found = error.message
        return translate("RsSr", "The rs-sr backend (version {}) is too old for this plugin").format(found), set_up
    if error.code == "plugin-too-old":
        return (
            translate("RsSr", "The rs-sr backend (version {}) is newer than this plugin").format(error.message),
            translate("RsSr", "Update the plugin."),
        )
    if error.code == "no-polygons":
        return (
            translate("RsSr", "The rs-sr backend cannot read polygons: geopandas is not in its Python"),
            translate("RsSr", "Set it up again from wheels that were bundled where rs-sr[aoi] is installed."),
        )
    if error.code == "no-hello":
        return translate("RsSr", "The rs-sr backend does not answer"), see_log
    if error.code == "worker-stuck":
        return translate("RsSr", "The rs-sr backend has said nothing for two minutes and was ended"), see_log
    if error.code == "worker-died":
        return (
            translate("RsSr", "The rs-sr backend ended in the middle of its work ({})").format(error.message),
            translate("RsSr", "It may have run out of memory, or a virus scanner stopped it.") + " " + see_log,
        )
    if error.code == "internal":
        return translate("RsSr", "The rs-sr backend failed: {}").format(error.message), see_log
    problem = of_backend(error.message)
    if "--window" in error.hint:  # which QGIS does not offer
        return problem, translate("RsSr", "Take the whole layer.")
    hint = of_backend(error.hint)
    hint = hint[:1].upper() + hint[1:]
    return problem, hint + ("" if hint.endswith((".", "?", ")")) or not hint else ".")
