"""Settings > Options > Super-resolution: which Python has the backend, trying it, and making one."""

from __future__ import annotations

import platform

from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from .. import backend, settings
from ..messages import tr, translate
from ..protocol import WorkerError
from ..provider import ICON
from ..set_up import SetUp
from ..tasks import TestTask

PAGE = "rssrOptions"


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the dialog opens."""

    def __init__(self, set_up: SetUp) -> None:
        super().__init__()
        self._set_up = set_up
        self.setTitle(translate("RsSr", "Super-resolution"))

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def createWidget(self, parent) -> OptionsPage:
        return OptionsPage(self._set_up, parent)


class OptionsPage(QgsOptionsPageWidget):
    """The page. A set-up goes on when it closes; one that runs, or has run, is shown when it opens again."""

    def __init__(self, set_up: SetUp, parent=None) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        self._set_up = set_up
        self._task: TestTask | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(self._backend_box())
        layout.addWidget(self._setup_box())
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setAccessibleName(translate("RsSr", "Log"))
        layout.addWidget(self.log, 1)
        self.copy = QPushButton(translate("RsSr", "Copy for a question"))
        self.copy.setToolTip(translate("RsSr", "Copy versions, paths and the end of the log, without passwords"))
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.diagnostics()))
        layout.addWidget(self.copy)
        set_up.line.connect(self.log.appendPlainText)
        set_up.ended.connect(self._ended)
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
        self.python.setToolTip(translate("RsSr", "Such as .venv/bin/python of a clone of rs-sr"))
        self.python.lineEdit().setPlaceholderText(translate("RsSr", "the environment made below"))
        form.addRow(translate("RsSr", "&Python with rs-sr"), self.python)
        self.test = QPushButton(translate("RsSr", "&Test"))
        self.test.setToolTip(translate("RsSr", "Start it, and see what it can do"))
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
        self.base.setToolTip(translate("RsSr", "A Python of this machine, 3.11 or newer, that can make environments"))
        form.addRow(translate("RsSr", "&Base Python"), self.base)
        row, label = self._source_row(), QLabel(translate("RsSr", "&Install from"))
        label.setBuddy(self.source)
        form.addRow(label, row)
        self.extra = QLineEdit(settings.get("pip"))
        self.extra.setPlaceholderText(translate("RsSr", "such as --index-url ADDRESS or --cert FILE"))
        self.extra.setToolTip(translate("RsSr", "Handed to pip as they are"))
        form.addRow(translate("RsSr", "&Extra pip arguments"), self.extra)
        self.make = QPushButton(translate("RsSr", "&Set up..."))
        self.make.setToolTip(translate("RsSr", "Make a new environment; one that works stays until the new one does"))
        self.make.clicked.connect(self.ask_and_set_up)
        self.cancel = QPushButton(translate("RsSr", "&Cancel"))
        self.cancel.clicked.connect(self.stop)
        row = QHBoxLayout()
        row.addWidget(self.make)
        row.addWidget(self.cancel)
        row.addStretch(1)
        form.addRow(row)
        if backend.in_flatpak():
            command = backend.home_command("python3", settings.folder() / "venv")
            words = translate("RsSr", "QGIS runs in a Flatpak and cannot do this. In a terminal: {}").format(command)
            form.addRow(_wrapped(words))
        return box

    def _source_row(self) -> QHBoxLayout:
        found = backend.beside(settings.zip_folder(), backend.plugin_version())
        self.source = QLineEdit(settings.get("source") or found)
        self.source.setPlaceholderText(translate("RsSr", "a folder of wheels, a wheel, or a clone"))
        self.source.setToolTip(translate("RsSr", "Where rs-sr is installed from"))
        self.choose = QToolButton()
        self.choose.setText("...")
        self.choose.setToolTip(translate("RsSr", "Choose a folder or a wheel"))
        self.choose.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.choose)
        menu.addAction(translate("RsSr", "Folder of wheels, or clone...")).triggered.connect(self._choose_folder)
        menu.addAction(translate("RsSr", "Wheel...")).triggered.connect(self._choose_wheel)
        self.choose.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(self.source, 1)
        row.addWidget(self.choose)
        return row

    def _choose_folder(self) -> None:
        title = translate("RsSr", "Folder of wheels, or clone of rs-sr")
        self._chose(QFileDialog.getExistingDirectory(self, title, self.source.text()))

    def _choose_wheel(self) -> None:
        title, kind = translate("RsSr", "Wheel of rs-sr"), "rs_sr*.whl"
        self._chose(QFileDialog.getOpenFileName(self, title, self.source.text(), f"rs_sr ({kind})")[0])

    def _chose(self, path: str) -> None:
        if path:
            self.source.setText(path)

    def apply(self) -> None:
        """Keep what was entered: QGIS calls it on OK."""
        settings.put("python", self.python.filePath().strip())
        settings.put("source", self.source.text().strip())
        settings.put("pip", self.extra.text().strip())

    # ---- what is there

    def _show_state(self) -> None:
        """What is set up, or under way."""
        busy = self._set_up.running or self._task is not None
        for button, on in ((self.test, not busy), (self.make, not busy), (self.cancel, busy)):
            button.setEnabled(on)
        if not self.log.toPlainText():
            self.log.setPlainText("\n".join(self._set_up.lines))
        if self._set_up.running:
            self.state.setText(translate("RsSr", "Setting up ..."))
            return
        try:
            self.state.setText(translate("RsSr", "Set: {}").format(settings.python()))
        except WorkerError:
            self.state.setText(translate("RsSr", "Not set up yet."))

    def diagnostics(self) -> str:
        """What helps whoever is asked about a set-up that fails."""
        try:
            python = settings.python()
        except WorkerError as error:
            python = f"{error.code} {error.message}"
        facts = {
            "plugin": backend.plugin_version(), "QGIS": Qgis.QGIS_VERSION, "system": platform.platform(),
            "Python of QGIS": platform.python_version(), "backend": python, "folder": str(settings.folder()),
            "free": backend.readable(backend.disk_free(settings.folder())), "made by": self.base.currentText(),
            "installed from": self.source.text(), "extra pip arguments": self.extra.text(),
            "state": self.state.text(),
        }  # fmt: skip
        return backend.diagnostics(facts, self.log.toPlainText().splitlines())

    # ---- trying one

    def start_test(self) -> None:
        """Try the chosen interpreter in the background."""
        self.apply()
        try:
            python = settings.python()
        except WorkerError as error:
            none = translate("RsSr", "there is no backend yet. Choose a Python that has rs-sr, or set one up below.")
            gone = translate("RsSr", "there is no {}. Choose another.").format(error.message)
            self._tell(False, none if error.code == "not-set-up" else gone)
            return
        self._task = TestTask(python)
        self._task.tried.connect(self._tested)
        self._show_state()
        self.state.setText(translate("RsSr", "Trying {} ...").format(python))
        QgsApplication.taskManager().addTask(self._task)

    def _tested(self) -> None:
        task, self._task = self._task, None  # QGIS deletes it
        self._show_state()
        if task is not None and task.problem:
            self._tell(False, task.problem)
        elif task is not None and task.report:
            self._report(task.report)

    # ---- making one

    def ask_and_set_up(self) -> None:
        """Say what it takes, and set up if the user agrees."""
        source, extra = self.source.text().strip(), self.extra.text().strip()
        wrong, cure = backend.no_source(source, extra, tr)
        if wrong:
            self._tell(False, f"{wrong}. {cure}.")
            return
        needed, free = backend.disk_needed(source), backend.disk_free(settings.folder())
        text = translate(
            "RsSr", "An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free."
        ).format(
            settings.folder(), source or translate("RsSr", "your index"), backend.readable(needed),
            backend.readable(free),
        )  # fmt: skip
        if needed > free:
            self._tell(False, text)
            return
        if not backend.has_wheels(source):
            text += " " + translate("RsSr", "What it needs is downloaded: several 100 MB, with CUDA some GB.")
        yes = QMessageBox.StandardButton.Yes
        if QMessageBox.question(self, translate("RsSr", "Set up the rs-sr backend"), text) == yes:
            self.set_up()

    def set_up(self) -> None:
        """Make the environment in the background, with a live log."""
        self.apply()
        self.log.clear()
        self._set_up.start(self.base.currentText().strip(), self.source.text().strip(), self.extra.text().strip())
        self._show_state()

    def _ended(self) -> None:
        if not self._set_up.problem:
            self.python.setFilePath("")
            self.apply()
        self._show_state()
        if self._set_up.problem:
            self._tell(False, self._set_up.problem)
        else:
            self._report(self._set_up.report)

    def stop(self) -> None:
        """Cancel what is running."""
        self._set_up.cancel()
        if self._task is not None:
            self._task.cancel()

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


def show(iface) -> None:
    """Open the options at the page."""
    iface.showOptionsDialog(iface.mainWindow(), PAGE)
