"""The widgets of a model, a sensor and creation options in Processing's dialogs, batch rows and the model designer.

The designer puts its own button beside each: a value, an input of the model, an output, or an expression.
"""

from __future__ import annotations

from processing.gui.wrappers import DIALOG_STANDARD, WidgetWrapper
from qgis.core import QgsProcessingOutputString, QgsProcessingParameterFile, QgsProcessingParameterString
from qgis.gui import (
    QgsAbstractProcessingParameterWidgetWrapper,
    QgsGui,
    QgsProcessingParameterWidgetFactoryInterface,
    QgsRasterFormatSaveOptionsWidget,
)
from qgis.PyQt.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ..messages import translate
from ..parameters import NameParameter
from .name_combo import ModelCombo, NameCombo, SensorCombo

COMBOS = {"MODEL": ModelCombo, "SENSOR": SensorCombo}


class Widget:
    """What our parameters tell Processing to call for a dialog; it gives one of those below, never itself.

    In the designer it gives QGIS's own widget with its button, which asks the `Factory` for what stands beside it.
    """

    def __new__(cls, parameter, dialog, row=0, col=0):
        if type(dialog).__name__ == "ModelerParametersDialog":  # as Processing itself tells them apart
            registry = QgsGui.processingGuiRegistry()
            made = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
            made.setDialog(dialog)
            return made
        return (NameWidget if parameter.name() in COMBOS else OptionsWidget)(parameter, dialog, row, col)


class NameWidget(WidgetWrapper):
    """Around a list of names that takes a path too."""

    def createWidget(self) -> NameCombo:
        combo = COMBOS[self.parameterDefinition().name()]()
        combo.currentTextChanged.connect(lambda: self.widgetValueHasChanged.emit(self))
        return combo

    def setValue(self, value) -> None:
        self.widget.choose(value if isinstance(value, str) else "")

    def value(self) -> str:
        return self.widget.chosen()


class OptionsWidget(WidgetWrapper):
    """Around QGIS's widget for GDAL's creation options, with profiles and a table; a line where that has no room."""

    def createWidget(self) -> QWidget:
        if self.dialogType == DIALOG_STANDARD:
            return QgsRasterFormatSaveOptionsWidget(None, "GTiff")
        line = QLineEdit()
        line.setPlaceholderText("KEY=VALUE|KEY=VALUE")
        return line

    def setValue(self, value) -> None:
        text = value if isinstance(value, str) else ""
        if isinstance(self.widget, QLineEdit):
            self.widget.setText(text)
        else:
            self.widget.setOptions(text.replace("|", " "))  # as it takes them

    def value(self) -> str:
        return self.widget.text() if isinstance(self.widget, QLineEdit) else "|".join(self.widget.options())


class DesignerNameWidget(QgsAbstractProcessingParameterWidgetWrapper):
    """The same list beside the designer's button."""

    def createWidget(self) -> QWidget:
        self._combo: NameCombo = COMBOS[self.parameterDefinition().name()]()
        box = QWidget()  # QGIS takes what is given from Python, and with it what a class of ours does
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._combo)
        return box

    def setWidgetValue(self, value, context) -> None:
        self._combo.choose(value if isinstance(value, str) else "")

    def widgetValue(self) -> str:
        return self._combo.chosen()


class Factory(QgsProcessingParameterWidgetFactoryInterface):
    """Makes it for the designer, by the parameter's type; `register` hands it to QGIS."""

    def parameterType(self) -> str:
        return NameParameter.TYPE

    def createWidgetWrapper(self, parameter, kind) -> QgsAbstractProcessingParameterWidgetWrapper:
        return DesignerNameWidget(parameter, kind)

    def compatibleParameterTypes(self) -> list[str]:
        return [QgsProcessingParameterString.typeName(), QgsProcessingParameterFile.typeName()]

    def compatibleOutputTypes(self) -> list[str]:
        return [QgsProcessingOutputString.typeName()]

    def modelerExpressionFormatString(self) -> str:
        return translate("RsSr", "a name or a file, as text")


def register() -> Factory:
    """Have QGIS ask for these widgets from now on."""
    factory = Factory()
    QgsGui.processingGuiRegistry().addParameterWidgetFactory(factory)
    return factory


def unregister(factory: Factory) -> None:
    """Take them out again, which deletes the factory."""
    QgsGui.processingGuiRegistry().removeParameterWidgetFactory(factory)
