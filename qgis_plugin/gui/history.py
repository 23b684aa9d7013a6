"""The results since QGIS started: compare them, or copy what made them."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..messages import translate


@dataclass(frozen=True)
class Entry:
    """One result: the layers' ids (they may be gone by now), and how to make it again."""

    title: str
    source_id: str
    result_id: str
    command: str
    python: str
    source_path: str
    result_path: str

    @property
    def comparable(self) -> bool:
        project = QgsProject.instance()
        return project.mapLayer(self.source_id) is not None and project.mapLayer(self.result_id) is not None


class History(QWidget):
    """A list, newest first, with its buttons. `compare` carries the ids of two layers, `report` two paths."""

    compare = pyqtSignal(str, str)
    report = pyqtSignal(str, str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.reporting = False  # one at a time
        self.list = QListWidget()
        self.list.setAccessibleName(translate("RsSr", "Results"))
        self.list.setMaximumHeight(90)
        self.list.currentItemChanged.connect(self.refresh)
        self.compare_button = _button(translate("RsSr", "Compare"))
        self.compare_button.setToolTip(translate("RsSr", "Drag a divider between the input and the result"))
        self.compare_button.setCheckable(True)
        self.compare_button.clicked.connect(self._compare)
        self.report_button = _button(translate("RsSr", "Report"))
        self.report_button.setToolTip(translate("RsSr", "Show in the browser how far the result can be believed"))
        self.report_button.clicked.connect(self._report)
        self.copy_button = _button(translate("RsSr", "Copy"))
        self.copy_button.setToolTip(translate("RsSr", "Copy what makes the result again"))
        self.copy_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.copy_button)
        self.command_action = menu.addAction(translate("RsSr", "As a command"))
        self.command_action.triggered.connect(lambda: self._copy("command"))
        self.python_action = menu.addAction(translate("RsSr", "As Python"))
        self.python_action.triggered.connect(lambda: self._copy("python"))
        self.copy_button.setMenu(menu)
        row = QHBoxLayout()
        for button in (self.compare_button, self.report_button, self.copy_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addLayout(row)
        self.refresh()

    def add(self, entry: Entry) -> None:
        item = QListWidgetItem(entry.title)
        item.setData(Qt.ItemDataRole.UserRole, entry)
        self.list.insertItem(0, item)
        self.list.setCurrentRow(0)
        self.refresh()

    def result_ids(self) -> set[str]:
        """Layers of all results, gone or not."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return {item.data(Qt.ItemDataRole.UserRole).result_id for item in items}

    def current(self) -> Entry | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def refresh(self, *ignored) -> None:
        """Enable what can be done: a layer that was removed cannot be compared."""
        entry = self.current()
        self.compare_button.setEnabled(entry is not None and entry.comparable)
        self.report_button.setEnabled(entry is not None and not self.reporting)
        self.command_action.setEnabled(entry is not None and bool(entry.command))
        self.copy_button.setEnabled(entry is not None)

    def _compare(self) -> None:
        entry = self.current()
        if entry is not None and entry.comparable:
            self.compare.emit(entry.source_id, entry.result_id)

    def _report(self) -> None:
        entry = self.current()
        if entry is not None:
            self.report.emit(entry.source_path, entry.result_path)

    def _copy(self, what: str) -> None:
        entry = self.current()
        if entry is not None:
            QApplication.clipboard().setText(getattr(entry, what))


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    return button
