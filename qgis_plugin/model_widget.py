"""The widget for a model in the dialogs of Processing, batch rows and the model designer; imported by them alone."""

from __future__ import annotations

from processing.gui.wrappers import WidgetWrapper

from .gui.model_combo import ModelCombo


class ModelWidgetWrapper(WidgetWrapper):
    """What Processing puts around a `ModelCombo`."""

    def createWidget(self):
        combo = ModelCombo()
        combo.currentTextChanged.connect(lambda: self.widgetValueHasChanged.emit(self))
        return combo

    def setValue(self, value) -> None:
        self.widget.choose(value or "")

    def value(self) -> str:
        return self.widget.chosen()
