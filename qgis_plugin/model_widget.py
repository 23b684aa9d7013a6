"""The widget for a model in the dialogs of Processing: a list to choose from that also takes a file's path."""

from __future__ import annotations

from processing.gui.wrappers import WidgetWrapper
from qgis.PyQt.QtWidgets import QComboBox

from . import models, settings
from .messages import translate


def fill(combo: QComboBox) -> None:
    """Offer what is known of the models; the item's data is the model's name."""
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.addItem(translate("RsSr", "best for the raster"), "")
    for model in models.known(settings.folder()):
        combo.addItem(models.label(model), model["name"])


def chosen(combo: QComboBox) -> str:
    """The model's name or path."""
    text = combo.currentText().strip()
    at = combo.findText(text)
    return combo.itemData(at) if at >= 0 else text


def choose(combo: QComboBox, name: str) -> None:
    """Show a name or a path."""
    at = combo.findData(name)
    if at >= 0:
        combo.setCurrentIndex(at)
    else:
        combo.setEditText(name)


class ModelWidgetWrapper(WidgetWrapper):
    """For the dialog, batch rows and the model designer alike."""

    def createWidget(self):
        combo = QComboBox()
        fill(combo)
        combo.currentTextChanged.connect(lambda: self.widgetValueHasChanged.emit(self))
        return combo

    def setValue(self, value) -> None:
        choose(self.widget, value or "")

    def value(self) -> str:
        return chosen(self.widget)
