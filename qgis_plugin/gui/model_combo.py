"""A list of models that also takes a file's path: in the dock and in the dialogs of Processing."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox

from .. import models, settings
from ..messages import translate
from .model_names import names, ranked


class ModelCombo(QComboBox):
    """Editable; an item's data is the model's name, anything else is a path."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setToolTip(translate("RsSr", "A model of the list, or the path of a .safetensors file"))
        self._bands, self._scale = 0, ""
        self._offered: tuple | None = None
        self.refresh()

    def fit(self, bands: int, scale: str) -> None:
        """Offer first what fits a raster of so many bands (0: not known) and a scale of the list, the best first."""
        self._bands, self._scale = bands, scale
        self.refresh()

    def showPopup(self) -> None:
        self.refresh()  # another window may have heard of models in the meantime
        super().showPopup()

    def refresh(self) -> None:
        """Offer what is known of the models by now, and keep what is chosen."""
        known = models.known(settings.folder())
        if (known, self._bands, self._scale) == self._offered:
            return
        name = self.chosen()
        self._offered = (known, self._bands, self._scale)
        said = names(known)
        fitting, others = ranked(known, self._bands, int(self._scale) if self._scale.isdigit() else None)
        self.blockSignals(True)
        self.clear()
        self.addItem(translate("RsSr", "best for the raster"), "")
        for model in fitting:
            self._add(model, said[model["name"]])
        if others:
            self.insertSeparator(self.count())
        for model in others:
            self._add(model, said[model["name"]])
        self.choose(name)
        self.blockSignals(False)

    def _add(self, model: dict, said: str) -> None:
        self.addItem(said, model["name"])
        self.setItemData(self.count() - 1, f"{model['name']}: {model['line']}", Qt.ItemDataRole.ToolTipRole)

    def chosen(self) -> str:
        """The model's name or path; empty for the best one."""
        text = self.currentText().strip()
        at = self.findText(text) if text else 0
        return self.itemData(at) or "" if at >= 0 else text

    def choose(self, name: str) -> None:
        """Show a name or a path."""
        at = self.findData(name)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(name)
        self.lineEdit().setCursorPosition(0)  # the name stands at the beginning
