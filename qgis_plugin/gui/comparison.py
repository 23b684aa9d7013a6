"""The divider on the map: one at a time, between what the buttons of the dock ask for."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..swipe import Side, SwipeTool


class Comparison(QObject):
    """`what` names what it stands in, empty where there is none; `changed` comes with each change of that."""

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.tool: SwipeTool | None = None
        self.what = ""

    def toggle(self, what: str, sides: Sequence[Side]) -> None:
        """Begin, or end it where it stands in the same."""
        before = self.what
        self.finish()
        if before == what or not sides:
            self.changed.emit()
            return
        self.what = what
        self.tool = SwipeTool(self._canvas, *sides)
        self._canvas.setMapTool(self.tool)
        self._canvas.setFocus()
        self.tool.ended.connect(self._ended)
        self.changed.emit()

    def renew(self, sides: Sequence[Side]) -> None:
        """What it stands in looks otherwise by now, or is gone."""
        if self.tool is not None and sides:
            self.tool.show_sides(*sides)
        else:
            self.finish()

    def finish(self) -> None:
        if self.tool is not None:
            self.tool.finish()

    def _ended(self) -> None:
        self.tool, self.what = None, ""
        self.changed.emit()
