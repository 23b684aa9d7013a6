"""The dock's fold of what is seldom needed: a parameter of the algorithm by each widget."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QPushButton

from ..messages import translate


class More(QgsCollapsibleGroupBoxBasic):
    """`changed` comes with each choice; `published` asks for the window of published weights, `dialog` for the
    toolbox's own, which has every parameter."""

    changed = pyqtSignal()
    published = pyqtSignal()
    dialog = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(translate("RsSr", "More"), parent)
        self.setCollapsed(True)
        self.nodata = QLineEdit()
        self.nodata.setPlaceholderText(translate("RsSr", "as the layer says"))
        self.nodata.setToolTip(translate("RsSr", "The value of pixels without data"))
        self.palette = QCheckBox(translate("RsSr", "Palette to colours"))
        self.palette.setToolTip(translate("RsSr", "For pictures with 256 colours; not for maps of classes"))
        self.consistent = QCheckBox(translate("RsSr", "Nearer to the input"))
        self.consistent.setToolTip(translate("RsSr", "Made coarse again, the result differs less from the input"))
        self.ensemble = QCheckBox(translate("RsSr", "Mean of eight looks"))
        self.ensemble.setToolTip(translate("RsSr", "A little better, and eight times the time"))
        self.button = QPushButton(translate("RsSr", "All options..."))
        self.button.setToolTip(translate("RsSr", "Open the dialog of the toolbox with what is chosen here"))
        self.weights = QPushButton(translate("RsSr", "Published weights..."))
        self.weights.setToolTip(translate("RsSr", "Get the weights that the authors of the networks published"))
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(translate("RsSr", "Nodata value"), self.nodata)
        for box in (self.palette, self.consistent, self.ensemble, self.weights, self.button):
            form.addRow(box)
        self.nodata.textChanged.connect(self._choice_made)
        for box in (self.palette, self.consistent, self.ensemble):
            box.toggled.connect(self._choice_made)
        self.weights.clicked.connect(self.published)
        self.button.clicked.connect(self.dialog)

    def _choice_made(self, *ignored) -> None:
        self.changed.emit()

    def parameters(self) -> dict:
        """Those that are given."""
        boxes = (("EXPAND_PALETTE", self.palette), ("CONSISTENT", self.consistent), ("ENSEMBLE", self.ensemble))
        found: dict = {name: True for name, box in boxes if box.isChecked()}
        if self.nodata.text().strip():
            found["NODATA"] = self.nodata.text().strip()
        return found
