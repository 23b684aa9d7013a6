"""The window of weights that the networks' authors published: what they are, under which licence, and getting them."""

from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from .. import messages, settings
from ..getting import GetTask
from ..messages import translate
from ..protocol import Message, WorkerError
from ..warm_worker import WarmWorker
from .line import Line, link


class Published(QDialog):
    """Asks the backend what there is; fetches one at a time, and only what is chosen."""

    def __init__(self, worker: WarmWorker, parent=None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("RsSr", "Published weights"))
        self._worker = worker
        self._task: GetTask | None = None
        about = translate(
            "RsSr",
            "Weights that the authors of the networks published. They are fetched from the authors' address, checked, "
            "and then stand in the list of models.",
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.windowTitle())
        self.facts, self.said = Line(), Line()
        for line in (self.facts, self.said):
            line.setOpenExternalLinks(True)
        self.get = QPushButton(translate("RsSr", "Get"))
        self.get.setToolTip(translate("RsSr", "Fetch them from the authors' address"))
        self.file = QPushButton(translate("RsSr", "From a file..."))
        self.file.setToolTip(translate("RsSr", "Take the authors' file, which was fetched by other means"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.get, self.file):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (Line(about), self.list, self.facts, self.said, buttons):
            layout.addWidget(widget)
        self.resize(460, 420)
        self.list.currentItemChanged.connect(self._show_facts)
        self.get.clicked.connect(lambda: self._start(""))
        self.file.clicked.connect(self._choose_file)
        self._show_facts()

    def ask(self) -> None:
        """Ask what there is."""
        self._worker.ask({"type": "info", "published": True}, self._listed)

    def _listed(self, message: Message, error: WorkerError | None) -> None:
        if error is not None:
            self.said.setText(escape(messages.words(error)))
            return
        row = self.list.currentRow()
        self.list.clear()
        for weights in message.get("published", []):
            there = translate("RsSr", "{} (there already)").format(weights["title"])
            item = QListWidgetItem(there if weights["there"] else weights["title"])
            item.setData(Qt.ItemDataRole.UserRole, weights)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, row))

    def _chosen(self) -> dict:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else {}

    def _show_facts(self, *ignored) -> None:
        chosen = self._chosen()
        text = translate("RsSr", "Licence: {}. Trained on {}. By {}.")
        by = chosen.get("source", "")
        facts = text.format(escape(chosen.get("licence", "")), escape(chosen.get("training_data", "")), link(by, by))
        self.facts.setText(facts if chosen else "")
        can = bool(chosen) and not chosen["there"] and self._task is None
        for button in (self.get, self.file):
            button.setEnabled(can)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.file.toolTip())
        if path:
            self._start(path)

    def _start(self, file: str) -> None:
        chosen = self._chosen()
        try:
            self._task = task = GetTask(settings.python(), chosen["name"], file)
        except WorkerError as error:
            self.said.setText(escape(messages.words(error)))
            return
        task.ended.connect(lambda: self._ended(chosen))
        self.said.setText(translate("RsSr", "Getting {} ...").format(escape(chosen["title"])))
        self._show_facts()
        QgsApplication.taskManager().addTask(task)

    def _ended(self, chosen: dict) -> None:
        task, self._task = self._task, None  # QGIS deletes it
        if task is None:
            return
        if task.problem:
            problem = escape(task.problem.replace(chosen["url"], chosen["title"]))
            cure = translate("RsSr", "Fetch {} in a browser, and take it from there.")
            self.said.setText(f"{problem}. {cure.format(link(chosen['url'], translate('RsSr', 'the file')))}")
        else:
            self.said.setText(translate("RsSr", "{} is in the list of models.").format(escape(chosen["title"])))
        self._show_facts()
        self.ask()

    def done(self, result: int) -> None:
        """Closed: what is under way ends."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)
