"""Weights that authors published, fetched by the backend in the background."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from . import messages
from .environment import command
from .messages import translate
from .network import Network
from .protocol import Cancelled, WorkerError


class GetTask(QgsTask):
    """Has the backend fetch weights by their name, or take them from a file. `problem` is empty once `ended` comes, if
    they are there. Made on the main thread."""

    ended = pyqtSignal()

    def __init__(self, python: str, name: str, file: str = "") -> None:
        super().__init__(translate("RsSr", "Getting published weights"), QgsTask.Flag.CanCancel)
        self._python = python
        self._words = ["models", "get", name, "--json", *(["--from", file] if file else [])]
        self._network = Network()
        self.problem = ""

    def run(self) -> bool:
        try:
            with tempfile.TemporaryDirectory() as scratch:
                code, said = self._network.call(
                    self._python, command(*self._words), Path(scratch), is_cancelled=self.isCanceled
                )
        except Cancelled:
            self.problem = translate("RsSr", "Cancelled")
        except WorkerError as error:
            messages.log_error(error)
            self.problem = messages.words(error)
        else:
            messages.log(said)
            self.problem = "" if code == 0 else _problem(said, code)
        return not self.problem

    def finished(self, result: bool) -> None:
        self.ended.emit()


def _problem(said: str, code: int) -> str:
    """What the command says went wrong; its cure is for the command line."""
    try:
        return str(json.loads(said[said.index("{") :])["error"]["problem"])
    except (ValueError, KeyError, TypeError):
        return f"exit code {code}"
