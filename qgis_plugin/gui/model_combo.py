"""A list of models that also takes a file's path: in the dock and in the dialogs of Processing."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox

from .. import models, settings
from ..messages import translate


class ModelCombo(QComboBox):
    """Editable; an item's data is the model's name, anything else is a path."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setToolTip(translate("RsSr", "A model of the list, or the path of a .safetensors file"))
        self._offered: list[dict] = []
        self.refresh()

    def showPopup(self) -> None:
        self.refresh()  # another window may have heard of models in the meantime
        super().showPopup()

    def refresh(self) -> None:
        """Offer what is known of the models by now, and keep what is chosen."""
        known = models.known(settings.folder())
        if known == self._offered:
            return
        name = self.chosen()
        self._offered = known
        self.blockSignals(True)
        self.clear()
        self.addItem(translate("RsSr", "best for the raster"), "")
        for model in known:
            self.addItem(models.label(model), model["name"])
            self.setItemData(self.count() - 1, model["line"], Qt.ItemDataRole.ToolTipRole)
        self.choose(name)
        self.blockSignals(False)

    def chosen(self) -> str:
        """The model's name or path; empty for the best one."""
        text = self.currentText().strip()
        at = self.findText(text)
        return self.itemData(at) if at >= 0 else text

    def choose(self, name: str) -> None:
        """Show a name or a path."""
        at = self.findData(name)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(name)
        self.lineEdit().setCursorPosition(0)  # the name stands at the beginning
