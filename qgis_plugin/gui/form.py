"""The dock's widgets: what is chosen by them, and what they show. Does nothing by itself.

No label has a mnemonic: Alt and a letter belong to the menus of QGIS.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
)
from qgis.gui import QgsCheckableComboBox, QgsFileWidget, QgsMapCanvas, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .. import models, settings
from ..messages import translate
from ..protocol import WorkerError
from . import preflight
from .history import History
from .line import Line, link
from .more import More
from .name_combo import ModelCombo, SensorCombo
from .preview_bar import PreviewBar

LAYER, CANVAS, MASK = "layer", "canvas", "mask"
NARROW = 8  # letters that a list shows at least; it takes what room there is


class Form(QWidget):
    """`changed` comes with each choice, `layer_changed` before it where that is another layer."""

    changed = pyqtSignal()
    layer_changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._right = self._can_try = True  # what is chosen can run, or be tried, as far as is known
        self._running = self._previewing = False
        self._make_choices()
        self._make_state()
        self._lay_out()
        self._connect()
        self._remember()
        self._show_bands()
        self._fit_models()

    # ---- the widgets

    def _make_choices(self) -> None:
        self.layer = _layers(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer.setToolTip(translate("RsSr", "The raster to make finer; follows the active layer"))
        self.model = ModelCombo()
        self._any_model = self.model.toolTip()
        self.sensor = SensorCombo()
        self.scale = _list(
            translate("RsSr", "How many times more pixels along each side; automatic: as the model has it, else 2")
        )
        self.scale.addItem(translate("RsSr", "automatic"), "auto")
        for scale in ("2", "3", "4"):
            self.scale.addItem(translate("RsSr", "{} times finer").format(scale), scale)
        self.bands = QgsCheckableComboBox()
        self.bands.setToolTip(translate("RsSr", "Bands to take, in their order; all where none is ticked"))
        self.bands.setDefaultText(translate("RsSr", "all"))
        _narrow(self.bands)
        self.area = _list(translate("RsSr", "The part of the layer to compute"))
        self.area.addItem(translate("RsSr", "the whole layer"), LAYER)
        self.area.addItem(translate("RsSr", "what the map shows"), CANVAS)
        self.area.addItem(translate("RsSr", "inside polygons"), MASK)
        self.mask = _layers(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.mask.setToolTip(translate("RsSr", "Polygons; what lies outside them has no data in the result"))
        self.mask.setVisible(False)
        self.output = QgsFileWidget()
        self.output.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.output.setFilter("GeoTIFF (*.tif *.tiff)")
        self.output.setConfirmOverwrite(False)  # a run asks
        self.output.setToolTip(translate("RsSr", "Where the result goes: a GeoTIFF"))
        self.output.lineEdit().setPlaceholderText(translate("RsSr", "a temporary file"))
        self.more = More()

    def _make_state(self) -> None:
        self.state = Line()
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._lines: list[preflight.Said] = []
        self._details: list[preflight.Said] = []
        self._detailed = False
        self.export_button = QPushButton(translate("RsSr", "Export the visible part..."))
        self.export_button.setToolTip(translate("RsSr", "Write what the map shows of the layer into a GeoTIFF"))
        self.export_button.setVisible(False)
        self.setup_button = QPushButton(translate("RsSr", "Set up the backend..."))
        self.setup_button.setToolTip(translate("RsSr", "Open the page of the options where the backend is set up"))
        self.setup_button.setVisible(False)
        self.device = Line()
        self.preview = PreviewBar()
        self.run_button = QPushButton(translate("RsSr", "Run"))
        self.run_button.setToolTip(translate("RsSr", "Make the result in the background, and add it to the project"))
        self.bar = QProgressBar()
        self.bar.setMinimumWidth(self.run_button.minimumSizeHint().width())
        self._run_or_bar = QStackedWidget()  # a run moves nothing
        self._run_or_bar.addWidget(self.run_button)
        self._run_or_bar.addWidget(self.bar)
        self.cancel_button = QToolButton()
        self.cancel_button.setText(translate("RsSr", "Cancel"))
        self.cancel_button.setToolTip(translate("RsSr", "Stop the run and the preview; nothing is left of them"))
        self.cancel_button.setEnabled(False)
        self.help_button = QToolButton()
        self.help_button.setText(translate("RsSr", "Help"))
        self.help_button.setToolTip(translate("RsSr", "Open the guide in the browser"))
        self.stage = Line()
        self.stage.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.history = History()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, widget, below in (  # which has no row by itself: that would keep its room
            (translate("RsSr", "Layer"), self.layer, None), (translate("RsSr", "Model"), self.model, None),
            (translate("RsSr", "Sensor"), self.sensor, None), (translate("RsSr", "Scale"), self.scale, None),
            (translate("RsSr", "Bands"), self.bands, None), (translate("RsSr", "Area"), self.area, self.mask),
            (translate("RsSr", "File"), self.output, None),
        ):  # fmt: skip
            form.addRow(label, widget if below is None else _column(widget, below))
            widget.setAccessibleName(label)
        buttons = QHBoxLayout()
        buttons.addWidget(self._run_or_bar, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.help_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addLayout(form)
        for widget in (self.more, self.state, self.export_button, self.setup_button, self.preview):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        for widget in (self.stage, self.device, self.history):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.layer.layerChanged.connect(self._layer_chosen)
        self.model.currentTextChanged.connect(self._model_chosen)
        self.sensor.currentTextChanged.connect(self._choice_made)
        self.scale.currentIndexChanged.connect(self._choice_made)
        self.bands.checkedItemsChanged.connect(self._choice_made)
        self.area.currentIndexChanged.connect(self._area_chosen)
        self.mask.layerChanged.connect(self._choice_made)
        self.output.fileChanged.connect(self._choice_made)
        self.more.changed.connect(self._choice_made)
        self.state.linkActivated.connect(self._details_wanted)
        self._canvas.extentsChanged.connect(self._map_moved)

    def let_go(self) -> None:
        """Hear no more of the map, which stays when the dock goes."""
        self._canvas.extentsChanged.disconnect(self._map_moved)

    # ---- what is chosen

    def _choice_made(self, *ignored) -> None:
        self._fit_models()
        self.changed.emit()

    def _fit_models(self) -> None:
        """Offer the models first that fit the layer and the scale; one that has a scale of its own asks for none."""
        layer = self.chosen_layer()
        bands = len(self.chosen_bands()) or (layer.bandCount() if isinstance(layer, QgsRasterLayer) else 0)
        self.model.fit(bands, self.scale.currentData() or "")

    def _map_moved(self) -> None:
        if self.area.currentData() == CANVAS:
            self.changed.emit()

    def _remember(self) -> None:
        """Which layer is known to be chosen."""
        layer = self.chosen_layer()
        self.announced = layer.id() if layer is not None else ""

    def _layer_chosen(self, *ignored) -> None:
        self._remember()
        self._show_bands()
        self._fit_models()
        self.layer_changed.emit()
        self.changed.emit()

    def _model_chosen(self, *ignored) -> None:
        self._show_model()
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

    def parameters(self, layer: QgsRasterLayer, whole: bool = False) -> dict:
        """What is chosen, as parameters of the algorithm; `whole` leaves the part out.

        Polygons that are not there, or a map that shows nothing of the layer, are a `WorkerError`.
        """
        found: dict = {"INPUT": layer.id(), "MODEL": self.model.chosen(), "SCALE": self.scale.currentData()}
        if self.sensor.chosen():
            found["SENSOR"] = self.sensor.chosen()
        if self.chosen_bands():
            found["BANDS"] = self.chosen_bands()
        return found | self.more.parameters() | ({} if whole else self._part(layer)) | {
            "OUTPUT": self.target() or "TEMPORARY_OUTPUT"
        }  # fmt: skip

    def _part(self, layer: QgsRasterLayer) -> dict:
        area = self.area.currentData()
        if area == CANVAS:
            shown = QgsReferencedRectangle(self._canvas.extent(), self._canvas.mapSettings().destinationCrs())
            if not _meets(layer, shown):
                problem = translate("RsSr", "The map shows nothing of {}").format(layer.name())
                raise WorkerError("bad-parameter", problem, translate("RsSr", "Move the map, or take another area."))
            return {"EXTENT": shown}
        if area == MASK:
            mask = self.mask.currentLayer()
            if mask is None:
                raise WorkerError(
                    "bad-parameter", translate("RsSr", "No polygons are chosen"), translate("RsSr", "Choose a layer.")
                )
            return {"MASK": mask.id()}
        return {}

    # ---- what is shown

    def _show_bands(self) -> None:
        layer = self.chosen_layer()
        self.bands.clear()
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            for number in range(1, layer.bandCount() + 1):
                self.bands.addItemWithCheckState(layer.bandName(number), Qt.CheckState.Unchecked, number)

    def _show_model(self) -> None:
        name = self.model.chosen()
        found = next((m for m in models.known(settings.folder()) if m["name"] == name), {})
        self.model.setToolTip(f"{name}: {found.get('line', '')}" if found else self._any_model)
        scale = found.get("scale")
        self.scale.setEnabled(not scale)
        own = translate("RsSr", "{} times finer, by the model").format(scale)
        self.scale.setItemText(0, own if scale else translate("RsSr", "automatic"))
        if scale:
            self.scale.setCurrentIndex(0)

    def show_known(self) -> None:
        """Offer what is known of the models and sensors by now."""
        self.model.refresh()
        self.sensor.refresh()
        self._show_model()

    def show_looking(self, name: str) -> None:
        """The raster is another one, of which nothing is known yet."""
        self._lines, self._details = [], []
        self.state.setText(_escaped(translate("RsSr", "Looking at {} ...").format(name)))
        self.state.setAccessibleName("")
        self.export_button.setVisible(False)
        self.setup_button.setVisible(False)

    def show_state(
        self, state: str, text: str, checks: Sequence[preflight.Said] = (), details: Sequence[preflight.Said] = (),
        can_try: bool | None = None,
    ) -> None:  # fmt: skip
        """The coloured lines: whether what is chosen can run, what else to know, and `details` behind a link.

        `can_try`: whether a preview can be made, where that is not the same.
        """
        self._lines = [(preflight.COLOURS[state], preflight.words_of(state), text), *checks]
        self._details = list(details)
        self._show_lines()
        self.export_button.setVisible(False)
        self.setup_button.setVisible(False)
        self._right = state not in (preflight.STOP, preflight.WAIT)
        self._can_try = self._right if can_try is None else can_try
        self._enable()

    def _details_wanted(self, *ignored) -> None:
        self._detailed = not self._detailed
        self._show_lines()

    def _show_lines(self) -> None:
        every = self._lines + self._details
        marked = [
            f'<span style="color:{colour}">&#9632; <b>{word}</b></span> {_escaped(said)}'
            for colour, word, said in (every if self._detailed else self._lines)
        ]
        if self._details:
            word = translate("RsSr", "Less") if self._detailed else translate("RsSr", "Details")
            marked.append(link("details", word))
        self.state.setText("<br>".join(marked))
        self.state.setAccessibleName(" ".join(f"{word}: {said}" for _, word, said in every))

    def say(self, text: str, tip: str = "") -> None:
        """What goes on, in the line that otherwise says where runs are computed."""
        self.stage.setText(text)
        self.stage.setToolTip(tip)
        self.device.setVisible(not text and bool(self.device.text()))

    def show_device(self, text: str, more: str) -> None:
        """Where runs are computed, and where else they could be."""
        self.device.setText(text)
        self.device.setToolTip(more)
        self.say(self.stage.text())

    def show_running(self, running: bool) -> None:
        """A run has begun, or is over."""
        self._running = running
        self.bar.setValue(0)
        self._run_or_bar.setCurrentWidget(self.bar if running else self.run_button)
        self._enable()

    def show_previewing(self, previewing: bool) -> None:
        """A preview has begun, or is over."""
        self._previewing = previewing
        self._enable()

    def _enable(self) -> None:
        self.run_button.setEnabled(self._right and not self._running)
        self.preview.button.setEnabled(self._can_try and not self._previewing)
        self.cancel_button.setEnabled(self._running or self._previewing)


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    for widget in widgets:
        column.addWidget(widget)
    return column


def _narrow(combo: QComboBox) -> None:
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(NARROW)


def _list(tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setToolTip(tip)
    _narrow(combo)
    return combo


def _layers(kind) -> QgsMapLayerComboBox:
    combo = QgsMapLayerComboBox()
    combo.setFilters(kind)
    combo.setAllowEmptyLayer(True)
    _narrow(combo)
    return combo


def _meets(layer: QgsRasterLayer, shown: QgsReferencedRectangle) -> bool:
    try:
        to_layer = QgsCoordinateTransform(shown.crs(), layer.crs(), QgsProject.instance())
        return to_layer.transformBoundingBox(shown).intersects(layer.extent())
    except QgsCsException:
        return True  # the backend knows better


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
