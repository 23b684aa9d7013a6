"""The list of results: compare them, look at what made them, make them again."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .. import results, settings
from ..messages import translate
from ..results import Entry


class History(QWidget):
    """A list, newest first, with its buttons, while there is a result.

    `compare`, `report` and `again` are asked for the chosen entries.
    """

    compare = pyqtSignal()
    report = pyqtSignal()
    again = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.reporting = False  # one at a time
        self.list = QListWidget()
        self.list.setAccessibleName(translate("RsSr", "Results"))
        self.list.setToolTip(translate("RsSr", "The newest first; choose two to compare them with each other"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setMaximumHeight(72)
        self.list.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )  # long names are cut, the tip has all
        self.list.itemSelectionChanged.connect(self._chosen_anew)
        self.compare_button = _button(
            translate("RsSr", "Compare"),
            translate("RsSr", "Drag a divider between the input and the result, or two results"),
        )
        self.compare_button.setCheckable(True)
        self.compare_button.clicked.connect(self.compare)
        self.report_button = _button(
            translate("RsSr", "Report"), translate("RsSr", "Show in the browser how far the result can be believed")
        )
        self.report_button.clicked.connect(self.report)
        self.more_button = _button("...", translate("RsSr", "What made the result, to make it again"))
        self.more_button.setAccessibleName(translate("RsSr", "Recipe"))
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more_button)
        self.again_action = menu.addAction(translate("RsSr", "Repeat..."))
        self.again_action.triggered.connect(self.again)
        self.command_action = menu.addAction(translate("RsSr", "Copy as a command"))
        self.command_action.triggered.connect(lambda: self._copy("command"))
        self.python_action = menu.addAction(translate("RsSr", "Copy as Python"))
        self.python_action.triggered.connect(lambda: self._copy("python"))
        self.remove_action = menu.addAction(translate("RsSr", "Remove from the list"))
        self.remove_action.triggered.connect(self._remove)
        self.more_button.setMenu(menu)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: menu.popup(self.list.viewport().mapToGlobal(at)))
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.compare_button, self.report_button, self.more_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(translate("RsSr", "Results")))
        layout.addWidget(self.list)
        layout.addLayout(row)
        self._show(results.read(settings.folder()))

    def entries(self) -> list[Entry]:
        """All, the newest first."""
        return [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]

    def _show(self, entries: list[Entry]) -> None:
        self.list.clear()
        for entry in entries:
            gone = translate("RsSr", "{} (replaced)").format(entry.title) if entry.replaced else entry.title
            item = QListWidgetItem(gone)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            item.setToolTip(
                "\n".join([entry.title, entry.result_path, *(f"{k} = {v}" for k, v in entry.recipe.items())])
            )
            self.list.addItem(item)
        self.setVisible(bool(entries))
        self.refresh()

    def add(self, entry: Entry) -> None:
        """Put a new one first. One whose file it has taken is marked."""
        older = [replace(e, replaced=True) if e.result_path == entry.result_path else e for e in self.entries()]
        self._change([entry, *older])
        self.list.setCurrentRow(0)

    def _change(self, entries: list[Entry]) -> None:
        self._show(entries[: results.MOST])
        results.keep(settings.folder(), self.entries())

    def _remove(self) -> None:
        chosen = self.chosen()
        self._change([e for e in self.entries() if e not in chosen])

    def result_ids(self) -> set[str]:
        """Layers of all results, gone or not."""
        return {entry.result_id for entry in self.entries()}

    def chosen(self) -> list[Entry]:
        """The newest first."""
        items = sorted(self.list.selectedItems(), key=self.list.row)
        return [item.data(Qt.ItemDataRole.UserRole) for item in items]

    def _chosen_anew(self) -> None:
        """A click beside the rows leaves the one that was chosen."""
        if not self.list.selectedItems() and self.list.currentItem() is not None:
            self.list.currentItem().setSelected(True)  # which comes back here
        else:
            self.refresh()

    def refresh(self, *ignored) -> None:
        """Enable what can be done: what is gone cannot be compared."""
        chosen = self.chosen()
        there = all(entry.there for entry in chosen)
        self.compare_button.setEnabled((0 < len(chosen) < 3 and there) or self.compare_button.isChecked())
        self.report_button.setEnabled(len(chosen) == 1 and there and not self.reporting)
        self.more_button.setEnabled(bool(chosen))
        for action in (self.again_action, self.command_action, self.python_action):
            action.setEnabled(len(chosen) == 1)

    def show_comparing(self, on: bool) -> None:
        """The divider is there, or gone."""
        self.compare_button.setChecked(on)
        self.refresh()

    def _copy(self, what: str) -> None:
        for entry in self.chosen():
            QApplication.clipboard().setText(getattr(entry, what))


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    return button
