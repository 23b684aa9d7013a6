"""The dock's widgets: what is chosen by them, and what they show. Does nothing by itself."""

from __future__ import annotations

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer, QgsReferencedRectangle
from qgis.gui import QgsCheckableComboBox, QgsFileWidget, QgsMapCanvas, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import models, settings
from ..messages import translate
from ..protocol import WorkerError
from . import preflight
from .history import History
from .model_combo import ModelCombo

LAYER, CANVAS, MASK = "layer", "canvas", "mask"


class Form(QWidget):
    """`changed` comes with each choice, `layer_changed` before it where that is another layer."""

    changed = pyqtSignal()
    layer_changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._right = True  # what is chosen can run, as far as is known
        self._running = self._previewing = False
        self._make_choices()
        self._make_state()
        self._lay_out()
        self._connect()
        self._show_bands()

    # ---- the widgets

    def _make_choices(self) -> None:
        self.layer = QgsMapLayerComboBox()
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer.setAllowEmptyLayer(True)
        self.model = ModelCombo()
        self.card = _line()
        self.card.setVisible(False)
        self.scale = QComboBox()
        self.scale.addItem(translate("RsSr", "the model's, else 2"), "auto")
        for scale in ("2", "3", "4"):
            self.scale.addItem(translate("RsSr", "{} times finer").format(scale), scale)
        self.bands = QgsCheckableComboBox()
        self.bands.setDefaultText(translate("RsSr", "all"))
        self.area = QComboBox()
        self.area.addItem(translate("RsSr", "the whole layer"), LAYER)
        self.area.addItem(translate("RsSr", "what the map shows"), CANVAS)
        self.area.addItem(translate("RsSr", "inside polygons"), MASK)
        self.mask = QgsMapLayerComboBox()
        self.mask.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.mask.setVisible(False)
        self.output = QgsFileWidget()
        self.output.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.output.setFilter("GeoTIFF (*.tif *.tiff)")
        self.output.setConfirmOverwrite(True)
        self.output.lineEdit().setPlaceholderText(translate("RsSr", "a temporary file"))

    def _make_state(self) -> None:
        self.state = _line()
        self.state.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.export_button = QPushButton(translate("RsSr", "&Export the visible part..."))
        self.export_button.setVisible(False)
        self.setup_button = QPushButton(translate("RsSr", "&Set up the backend..."))
        self.setup_button.setVisible(False)
        self.device = _line()
        self.preview_button = QPushButton(translate("RsSr", "&Preview"))
        self.preview_button.setToolTip(translate("RsSr", "Try the model on the middle of the map"))
        self.run_button = QPushButton(translate("RsSr", "&Run"))
        self.cancel_button = QPushButton(translate("RsSr", "&Cancel"))
        self.cancel_button.setEnabled(False)
        self.bar = QProgressBar()
        self.bar.setVisible(False)
        self.stage = _line()
        self.history = History()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, widget in (
            (translate("RsSr", "&Layer"), self.layer), (translate("RsSr", "&Model"), self.model), ("", self.card),
            (translate("RsSr", "Sc&ale"), self.scale), (translate("RsSr", "&Bands"), self.bands),
            (translate("RsSr", "A&rea"), self.area), ("", self.mask), (translate("RsSr", "&File"), self.output),
        ):  # fmt: skip
            form.addRow(label, widget)
        buttons = QHBoxLayout()
        for button in (self.preview_button, self.run_button, self.cancel_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        for widget in (self.state, self.export_button, self.setup_button):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        for widget in (self.bar, self.stage, self.device, QLabel(translate("RsSr", "Results")), self.history):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.layer.layerChanged.connect(self._layer_chosen)
        self.model.currentTextChanged.connect(self._model_chosen)
        self.scale.currentIndexChanged.connect(self._choice_made)
        self.bands.checkedItemsChanged.connect(self._choice_made)
        self.area.currentIndexChanged.connect(self._area_chosen)
        self.mask.layerChanged.connect(self._choice_made)
        self.output.fileChanged.connect(self._choice_made)

    # ---- what is chosen

    def _choice_made(self, *ignored) -> None:
        self.changed.emit()

    def _layer_chosen(self, *ignored) -> None:
        self._show_bands()
        self.layer_changed.emit()
        self.changed.emit()

    def _model_chosen(self, *ignored) -> None:
        self._show_card()
        self.changed.emit()

    def _area_chosen(self, *ignored) -> None:
        self.mask.setVisible(self.area.currentData() == MASK)
        self.changed.emit()

    def chosen_layer(self) -> QgsRasterLayer | None:
        return self.layer.currentLayer()

    def chosen_bands(self) -> list[int]:
        """Band numbers; empty for all."""
        return [int(number) for number in self.bands.checkedItemsData()]

    def target(self) -> str:
        """The result's path; empty for a temporary file."""
        path = self.output.filePath().strip()
        return path if not path or path.lower().endswith((".tif", ".tiff")) else path + ".tif"

    def parameters(self, layer: QgsRasterLayer) -> dict:
        """What is chosen, as parameters of the algorithm. Polygons that are not there are a `WorkerError`."""
        found: dict = {"INPUT": layer.id(), "MODEL": self.model.chosen(), "SCALE": self.scale.currentData()}
        if self.chosen_bands():
            found["BANDS"] = self.chosen_bands()
        area = self.area.currentData()
        if area == CANVAS:
            crs = self._canvas.mapSettings().destinationCrs()
            found["EXTENT"] = QgsReferencedRectangle(self._canvas.extent(), crs)
        elif area == MASK:
            mask = self.mask.currentLayer()
            if mask is None:
                raise WorkerError(
                    "bad-parameter", translate("RsSr", "No polygons are chosen"), translate("RsSr", "Choose a layer.")
                )
            found["MASK"] = mask.id()
        found["OUTPUT"] = self.target() or "TEMPORARY_OUTPUT"
        return found

    # ---- what is shown

    def _show_bands(self) -> None:
        layer = self.chosen_layer()
        self.bands.clear()
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            for number in range(1, layer.bandCount() + 1):
                self.bands.addItemWithCheckState(layer.bandName(number), Qt.CheckState.Unchecked, number)

    def _show_card(self) -> None:
        name = self.model.chosen()
        found = next((m for m in models.known(settings.folder()) if m["name"] == name), {})
        self.card.setText(found.get("line", ""))
        self.card.setVisible(bool(found))
        self.scale.setEnabled(not found.get("scale"))
        if found.get("scale"):
            self.scale.setCurrentIndex(0)

    def show_models(self) -> None:
        """Offer what is known of the models by now."""
        self.model.refresh()
        self._show_card()

    def show_state(self, state: str, text: str, checks=()) -> None:
        """The coloured lines: whether what is chosen can run, and (colour, word, sentence) for what else to know."""
        lines = [(preflight.COLOURS[state], preflight.words_of(state), text), *checks]
        marked = [
            f'<span style="color:{colour}">&#9632; <b>{word}</b></span> {_escaped(said)}'
            for colour, word, said in lines
        ]
        self.state.setText("<br>".join(marked))
        self.state.setAccessibleName(" ".join(f"{word}: {said}" for _, word, said in lines))
        self.export_button.setVisible(False)
        self.setup_button.setVisible(False)
        self._right = state != preflight.STOP
        self._enable()

    def show_running(self, running: bool) -> None:
        """A run has begun, or is over."""
        self._running = running
        self.bar.setValue(0)
        self.bar.setVisible(running)
        self._enable()

    def show_previewing(self, previewing: bool) -> None:
        """A preview has begun, or is over."""
        self._previewing = previewing
        self._enable()

    def _enable(self) -> None:
        self.run_button.setEnabled(self._right and not self._running)
        self.preview_button.setEnabled(self._right and not self._previewing)
        self.cancel_button.setEnabled(self._running or self._previewing)


def _line() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    return label


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
