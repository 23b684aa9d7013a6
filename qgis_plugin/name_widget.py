"""The widget for a model or a sensor in the dialogs of Processing, batch rows and the model designer; imported by them
alone."""

from __future__ import annotations

from processing.gui.wrappers import DIALOG_MODELER, WidgetWrapper
from qgis.core import QgsProcessingModelChildParameterSource as Source
from qgis.core import QgsProcessingOutputString, QgsProcessingParameterString

from .gui.name_combo import ModelCombo, SensorCombo
from .messages import translate

COMBOS = {"MODEL": ModelCombo, "SENSOR": SensorCombo}


class NameWidgetWrapper(WidgetWrapper):
    """What Processing puts around a `NameCombo`.

    In the designer it also offers the strings of the model there, and takes an expression after an equals sign.
    """

    def createWidget(self):
        combo = COMBOS[self.parameterDefinition().name()]()
        if self.dialogType == DIALOG_MODELER:
            strings = self.dialog.getAvailableValuesOfType([QgsProcessingParameterString], [QgsProcessingOutputString])
            for source in strings:
                combo.addItem(self.dialog.resolveValueDescription(source), source)
            combo.setToolTip(translate("RsSr", "A name, a file, an input of this model, or = and an expression"))
        combo.currentTextChanged.connect(lambda: self.widgetValueHasChanged.emit(self))
        return combo

    def setValue(self, value) -> None:
        if isinstance(value, Source) and value.source() == Source.Source.Expression:
            self.widget.setEditText(f"= {value.expression()}")
            return
        if value and not isinstance(value, str):  # an input of the designer's model
            places = [i for i in range(self.widget.count()) if self.widget.itemData(i) == value]
            self.widget.setCurrentIndex(places[0] if places else 0)
            return
        self.widget.choose(value or "")

    def value(self):
        chosen = self.widget.chosen()
        if self.dialogType == DIALOG_MODELER and isinstance(chosen, str) and chosen.startswith("="):
            return Source.fromExpression(chosen[1:].strip())
        return chosen
