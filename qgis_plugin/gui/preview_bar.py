"""The dock's widgets for the preview. Do nothing by themselves."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..messages import translate
from .line import Line


class PreviewBar(QWidget):
    """The button, and what can be done with a preview while there is one."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.button = QPushButton(translate("RsSr", "Preview"))
        self.button.setToolTip(translate("RsSr", "Try the model on the middle of the map, 256 x 256 input pixels"))
        self.live = QCheckBox(translate("RsSr", "Live"))
        self.live.setToolTip(translate("RsSr", "Make a new preview whenever the map or a choice has changed"))
        self.shown = QToolButton()
        self.shown.setText(translate("RsSr", "Show"))
        self.shown.setCheckable(True)
        self.shown.setToolTip(translate("RsSr", "Show the preview over the map, or hide it"))
        self.compare = QToolButton()
        self.compare.setText(translate("RsSr", "Compare"))
        self.compare.setToolTip(translate("RsSr", "Drag a divider between the input and the preview"))
        self.compare.setCheckable(True)
        self.remove = QToolButton()
        self.remove.setText("\N{MULTIPLICATION SIGN}")
        self.remove.setAccessibleName(translate("RsSr", "Remove"))
        self.remove.setToolTip(translate("RsSr", "Take the preview from the map"))
        self.said = Line()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.button, 1)
        first.addWidget(self.live)
        second.setSpacing(4)
        for widget in (self.shown, self.compare, self.remove):
            second.addWidget(widget)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.said)
        self.show_there(False)

    def show_there(self, there: bool) -> None:
        """There is a preview, or none any more."""
        for widget in (self.shown, self.compare, self.remove):
            widget.setVisible(there)
