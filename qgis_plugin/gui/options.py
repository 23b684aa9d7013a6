"""Settings > Options > Super-resolution: which Python has the backend, trying it, and making one."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from .. import backend, settings
from ..messages import translate
from ..protocol import WorkerError
from ..provider import ICON
from ..tasks import SetupTask, TestTask

PAGE = "rssrOptions"


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the dialog opens."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(translate("RsSr", "Super-resolution"))

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def createWidget(self, parent) -> OptionsPage:
        return OptionsPage(parent)


class OptionsPage(QgsOptionsPageWidget):
    """The page. A running set-up goes on when the dialog closes; its end is told in the task list."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        self._task = None
        layout = QVBoxLayout(self)
        layout.addWidget(self._backend_box())
        layout.addWidget(self._setup_box())
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setAccessibleName(translate("RsSr", "Log"))
        layout.addWidget(self.log, 1)
        self._show_state()

    def _backend_box(self) -> QGroupBox:
        box = QGroupBox(translate("RsSr", "Backend"))
        form = QFormLayout(box)
        intro = translate(
            "RsSr",
            "rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.",
        )
        form.addRow(_wrapped(intro))
        self.python = QgsFileWidget()
        self.python.setFilePath(settings.get("python"))
        self.python.setDialogTitle(translate("RsSr", "The Python that has rs-sr"))
        self.python.lineEdit().setPlaceholderText(translate("RsSr", "the environment made below"))
        form.addRow(translate("RsSr", "&Python with rs-sr"), self.python)
        self.test = QPushButton(translate("RsSr", "&Test"))
        self.test.clicked.connect(self.start_test)
        self.state = _wrapped("")
        row = QHBoxLayout()
        row.addWidget(self.test)
        row.addWidget(self.state, 1)
        form.addRow(row)
        return box

    def _setup_box(self) -> QGroupBox:
        box = QGroupBox(translate("RsSr", "Make an environment and install rs-sr into it"))
        form = QFormLayout(box)
        self.base = QComboBox()
        self.base.setEditable(True)
        self.base.addItems(backend.candidates())
        form.addRow(translate("RsSr", "&Made by"), self.base)
        self.source = QgsFileWidget()
        self.source.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.source.setFilePath(settings.get("source"))
        hint = translate("RsSr", "empty: from the package index; else a folder of wheels, a wheel or a clone")
        self.source.lineEdit().setPlaceholderText(hint)
        form.addRow(translate("RsSr", "&Install from"), self.source)
        self.extra = QLineEdit(settings.get("pip"))
        self.extra.setPlaceholderText(translate("RsSr", "such as --index-url ADDRESS or --cert FILE"))
        form.addRow(translate("RsSr", "&Extra pip arguments"), self.extra)
        self.make = QPushButton(translate("RsSr", "&Set up..."))
        self.make.clicked.connect(self.ask_and_set_up)
        self.cancel = QPushButton(translate("RsSr", "&Cancel"))
        self.cancel.clicked.connect(self.stop)
        self.cancel.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self.make)
        row.addWidget(self.cancel)
        row.addStretch(1)
        form.addRow(row)
        if backend.in_flatpak():
            command = backend.home_command("python3", settings.environment_folder())
            words = translate("RsSr", "QGIS runs in a Flatpak and cannot do this. In a terminal: {}").format(command)
            form.addRow(_wrapped(words))
        return box

    def apply(self) -> None:
        """Keep what was entered: QGIS calls it on OK."""
        settings.put("python", self.python.filePath().strip())
        settings.put("source", self.source.filePath().strip())
        settings.put("pip", self.extra.text().strip())

    def _chosen(self) -> str:
        return self.python.filePath().strip() or str(settings.own_python())

    def _show_state(self) -> None:
        try:
            found = settings.python()
            self.state.setText(translate("RsSr", "Set: {}").format(found))
        except WorkerError:
            self.state.setText(translate("RsSr", "Not set up yet."))

    def start_test(self) -> None:
        """Try the chosen interpreter in the background."""
        self.apply()
        self.state.setText(translate("RsSr", "Trying {} ...").format(self._chosen()))
        task = TestTask(self._chosen())
        task.tried.connect(self._tested)
        self._start(task)

    def _tested(self) -> None:
        task = self._end()
        if task.problem:
            self._tell(False, task.problem)
        elif task.report:
            self._report(task.report)

    def ask_and_set_up(self) -> None:
        """Say what it takes, and set up if the user agrees."""
        source = self.source.filePath().strip()
        needed, free = backend.disk_needed(source), backend.disk_free(settings.folder())
        where = source or translate("RsSr", "the package index (a download of several 100 MB, with CUDA some GB)")
        text = translate(
            "RsSr", "An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free."
        ).format(settings.environment_folder(), where, backend.readable(needed), backend.readable(free))
        if needed > free:
            self._tell(False, text)
            return
        yes = QMessageBox.StandardButton.Yes
        if QMessageBox.question(self, translate("RsSr", "Set up the rs-sr backend"), text) == yes:
            self.set_up()

    def set_up(self) -> None:
        """Make the environment in the background, with a live log."""
        self.apply()
        self.log.clear()
        task = SetupTask(self.base.currentText().strip(), self.source.filePath().strip(), self.extra.text().strip())
        task.line.connect(self.log.appendPlainText)
        task.ended.connect(self._set_up)
        self.state.setText(translate("RsSr", "Setting up ..."))
        self._start(task)

    def _set_up(self) -> None:
        task = self._end()
        if task.problem or not task.report:
            self._tell(False, task.problem or translate("RsSr", "Cancelled; nothing was left."))
            return
        self.python.setFilePath("")
        self.apply()
        self._report(task.report)

    def stop(self) -> None:
        """Cancel what is running."""
        if self._task is not None:
            self._task.cancel()

    def _start(self, task) -> None:
        self._task = task
        for button, on in ((self.test, False), (self.make, False), (self.cancel, True)):
            button.setEnabled(on)
        QgsApplication.taskManager().addTask(task)

    def _end(self):
        for button, on in ((self.test, True), (self.make, True), (self.cancel, False)):
            button.setEnabled(on)
        task, self._task = self._task, None  # QGIS deletes it
        return task

    def _report(self, report: dict) -> None:
        facts, troubles = report.get("facts", {}), report.get("troubles", [])
        for name, value in facts.items():
            self.log.appendPlainText(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
        for trouble in troubles:
            self.log.appendPlainText(translate("RsSr", "trouble: {}").format(trouble))
        words = translate("RsSr", "rs-sr {} works, {} models, runs on {}.").format(
            report.get("version"), len(report.get("models", [])), facts.get("runs on", "?")
        )
        self._tell(not troubles, words if not troubles else words + " " + "; ".join(troubles))

    def _tell(self, right: bool, text: str) -> None:
        mark = translate("RsSr", "Good:") if right else translate("RsSr", "Trouble:")
        self.state.setText(f"{mark} {text}")
        self.log.appendPlainText(text)


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
