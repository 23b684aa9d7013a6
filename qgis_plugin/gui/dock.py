"""The dock: choose, see at once what would happen, preview, run, compare."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsMapLayerProxyModel,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
)
from qgis.gui import QgsCheckableComboBox, QgsDockWidget, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .. import export, messages, models, preview, settings, style
from ..layer_source import crs_text, source_of
from ..messages import translate
from ..preview import WarmWorker
from ..protocol import WorkerError
from ..run import Run
from ..swipe import SwipeTool
from ..tasks import ReportTask
from . import preflight
from .history import Entry, History
from .model_combo import ModelCombo

SETTLE_MS = 400  # from the last change to the pre-flight check
LAYER, CANVAS, MASK = "layer", "canvas", "mask"
PREVIEW = "rs_sr/preview"  # custom property of a temporary layer


class Dock(QgsDockWidget):
    """All on the main thread. Layers are kept by their ids, since any of them may go at any time."""

    def __init__(self, iface, parent=None) -> None:
        super().__init__(translate("RsSr", "Super-resolution"), parent)
        self.setObjectName("RsSrDock")
        self._iface = iface
        self._run: Run | None = None
        self._swipe: SwipeTool | None = None
        self._preview_id = ""
        self._preview_request = 0
        self._checking = False
        self._dirty = False
        self._devices_asked = False
        self._export_task = None
        self._report_task: ReportTask | None = None
        self._plan: dict = {}
        self.worker = WarmWorker(settings.python, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.check)
        self._build()
        self._connect()
        self._layer_changed()

    # ---- what is seen

    def _build(self) -> None:
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
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.addLayout(form)
        for widget in (self.state, self.export_button, self.setup_button):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        for widget in (self.bar, self.stage, self.device, QLabel(translate("RsSr", "Results")), self.history):
            layout.addWidget(widget)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self.setWidget(scroll)

    def _connect(self) -> None:
        self.layer.layerChanged.connect(self._layer_changed)
        self.model.currentTextChanged.connect(self._model_changed)
        self.scale.currentIndexChanged.connect(self._later)
        self.bands.checkedItemsChanged.connect(self._later)
        self.area.currentIndexChanged.connect(self._area_changed)
        self.mask.layerChanged.connect(self._later)
        self.output.fileChanged.connect(self._later)
        self.preview_button.clicked.connect(self.preview)
        self.run_button.clicked.connect(self.run)
        self.cancel_button.clicked.connect(self.cancel)
        self.export_button.clicked.connect(self.export)
        self.setup_button.clicked.connect(self.open_options)
        self.history.compare.connect(self.compare)
        self.history.report.connect(self.report)
        self.visibilityChanged.connect(self._later)
        project = QgsProject.instance()
        project.cleared.connect(self._project_cleared)
        project.layersWillBeRemoved.connect(self._layers_go)
        project.layersRemoved.connect(self.history.refresh)
        QgsApplication.instance().aboutToQuit.connect(self.close_down)

    # ---- what is chosen

    def _layer_changed(self, *ignored) -> None:
        layer = self.layer.currentLayer()
        self.bands.clear()
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            for number in range(1, layer.bandCount() + 1):
                self.bands.addItemWithCheckState(layer.bandName(number), Qt.CheckState.Unchecked, number)
        self._plan = {}
        self._later()

    def _model_changed(self, *ignored) -> None:
        self._show_card()
        self._later()

    def _show_card(self) -> None:
        name = self.model.chosen()
        found = next((m for m in models.known(settings.folder()) if m["name"] == name), {})
        self.card.setText(found.get("line", ""))
        self.card.setVisible(bool(found))
        self.scale.setEnabled(not found.get("scale"))
        if found.get("scale"):
            self.scale.setCurrentIndex(0)

    def _area_changed(self, *ignored) -> None:
        self.mask.setVisible(self.area.currentData() == MASK)
        self._later()

    def chosen_bands(self) -> list[int]:
        """Band numbers; empty for all."""
        return [int(number) for number in self.bands.checkedItemsData()]

    def parameters(self, layer: QgsRasterLayer) -> dict:
        """What is chosen, as parameters of the algorithm."""
        found: dict = {"INPUT": layer.id(), "MODEL": self.model.chosen(), "SCALE": self.scale.currentData()}
        if self.chosen_bands():
            found["BANDS"] = self.chosen_bands()
        area = self.area.currentData()
        if area == CANVAS:
            canvas = self._iface.mapCanvas()
            found["EXTENT"] = QgsReferencedRectangle(canvas.extent(), canvas.mapSettings().destinationCrs())
        elif area == MASK:
            mask = self.mask.currentLayer()
            if mask is None:
                raise WorkerError(
                    "bad-parameter", translate("RsSr", "No polygons are chosen"), translate("RsSr", "Choose a layer.")
                )
            found["MASK"] = mask.id()
        found["OUTPUT"] = self._target() or "TEMPORARY_OUTPUT"
        return found

    def _target(self) -> str:
        path = self.output.filePath().strip()
        return path if not path or path.lower().endswith((".tif", ".tiff")) else path + ".tif"

    def _request(self, layer: QgsRasterLayer) -> tuple[str, dict]:
        """Source and params of a message to the backend, without a part of the layer."""
        source = source_of(layer)
        params = dict(source.options)
        if self.model.chosen():
            params["model"] = self.model.chosen()
        if self.scale.currentData() != "auto":
            params["scale"] = int(self.scale.currentData())
        if self.chosen_bands():
            params["bands"] = [str(number) for number in self.chosen_bands()]
        return source.path, params

    # ---- the pre-flight line

    def _later(self, *ignored) -> None:
        self._timer.start()

    def check(self) -> None:
        """Ask the backend what a run would do. One question at a time, the last choice counts."""
        if not self.isVisible():
            return
        if self._checking:
            self._dirty = True
            return
        layer = self.layer.currentLayer()
        if layer is None:
            self._show(preflight.STOP, translate("RsSr", "There is no raster layer."))
            return
        try:
            settings.python()
            source, params = self._request(layer)
            if self.area.currentData() == CANVAS:
                canvas = self._iface.mapCanvas()
                box = canvas.extent()
                params["bbox"] = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]
                params["bbox_crs"] = crs_text(canvas.mapSettings().destinationCrs())
            params["target"] = self._target() or QgsProcessingUtils.tempFolder() + "/x.tif"
        except WorkerError as error:
            self._refuse(error)
            return
        self._checking = True
        name = layer.id()
        self.worker.ask(
            {"type": "info", "source": source, "params": params}, lambda m, e: self._checked(name, m, e)
        )  # fmt: skip

    def _checked(self, layer_id: str, message: dict, error: WorkerError | None) -> None:
        self._checking = False
        if self._dirty:
            self._dirty = False
            self._later()
        if layer_id != getattr(self.layer.currentLayer(), "id", str)():
            return
        if error is not None:
            self._refuse(error)
            return
        if message.get("models") != models.known(settings.folder()):
            models.remember(settings.folder(), message.get("models", []))
            self.model.refresh()
            self._show_card()
        self._plan = message.get("plan", {})
        self._show(*preflight.of_plan(self._plan), preflight.of_checks(self._plan))
        if not self._devices_asked:
            self._devices_asked = True
            self.worker.ask({"type": "info", "devices": True}, self._show_devices)

    def _refuse(self, error: WorkerError) -> None:
        self._plan = {}
        algorithm = QgsApplication.processingRegistry().algorithmById("rssr:superresolve")
        self._show(*preflight.of_error(error, algorithm.labels() if algorithm else {}))
        self.export_button.setVisible(error.code == "bad-layer")
        self.setup_button.setVisible(
            error.code in ("not-set-up", "no-interpreter", "backend-missing", "backend-too-old", "no-hello")
        )

    def _show(self, state: str, text: str, checks=()) -> None:
        lines = [(preflight.COLOURS[state], preflight.words_of(state), text), *checks]
        marked = [
            f'<span style="color:{colour}">&#9632; <b>{word}</b></span> {_escaped(said)}'
            for colour, word, said in lines
        ]
        self.state.setText("<br>".join(marked))
        self.state.setAccessibleName(" ".join(f"{word}: {said}" for _, word, said in lines))
        self.export_button.setVisible(False)
        self.setup_button.setVisible(False)
        busy = self._run is not None
        self.run_button.setEnabled(state != preflight.STOP and not busy)
        self.preview_button.setEnabled(state != preflight.STOP and not self._preview_request)

    def _show_devices(self, message: dict, error: WorkerError | None) -> None:
        if error is None:
            said = [text[:1].upper() + text[1:] + "." for text in message.get("devices", [])]
            self.device.setText(" ".join(said))

    # ---- preview

    def preview(self) -> None:
        """Run the model on the middle of the map and lay the result over it."""
        layer = self.layer.currentLayer()
        if layer is None:
            return
        canvas = self._iface.mapCanvas()
        try:
            to_layer = QgsCoordinateTransform(
                canvas.mapSettings().destinationCrs(), layer.crs(), QgsProject.instance()
            )  # fmt: skip
            box = preview.window_of(layer, to_layer.transform(canvas.center()))
            if box is None:
                self.stage.setText(translate("RsSr", "The middle of the map is not on the layer: move the map."))
                return
            source, params = self._request(layer)
        except (QgsCsException, WorkerError) as error:
            self.stage.setText(messages.words(error) if isinstance(error, WorkerError) else str(error))
            return
        if self._plan and self._plan.get("transform") is None:
            params["window"] = preview.pixels_of(layer, box)
        else:
            params["bbox"] = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]
        params["target"] = QgsProcessingUtils.generateTempFilename("preview.tif")
        params["source"] = source
        self.stage.setText(translate("RsSr", "Preview ..."))
        self.preview_button.setEnabled(False)
        self.cancel_button.setEnabled(True)
        name = layer.id()
        self._preview_request = self.worker.ask(
            {"type": "run", "params": params}, lambda m, e: self._previewed(name, m, e)
        )  # fmt: skip

    def _previewed(self, layer_id: str, message: dict, error: WorkerError | None) -> None:
        self._preview_request = 0
        self.preview_button.setEnabled(True)
        self.cancel_button.setEnabled(self._run is not None)
        if error is not None:
            self.stage.setText(messages.words(error))
            return
        source = QgsProject.instance().mapLayer(layer_id)
        target = message["target"]
        if source is None:
            Path(target).unlink(missing_ok=True)
            return
        self._forget_preview()
        layer = QgsRasterLayer(target, translate("RsSr", "Preview of {}").format(source.name()))
        renderer = style.with_bands(source.renderer().clone(), self.chosen_bands()) if source.renderer() else None
        if renderer is not None:
            style.apply(layer, renderer)
        layer.setFlags(layer.flags() | QgsMapLayer.LayerFlag.Private)
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        layer.setCustomProperty(PREVIEW, True)
        project = QgsProject.instance()
        dirty = project.isDirty()
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer)
        project.setDirty(dirty)
        self._preview_id = layer.id()
        self.layer.setExceptedLayerList([layer])
        self.stage.setText(translate("RsSr", "Preview in {:.1f} s.").format(message.get("seconds", 0.0)))

    def _forget_preview(self) -> None:
        name, self._preview_id = self._preview_id, ""
        layer = QgsProject.instance().mapLayer(name) if name else None
        if layer is not None:
            path = layer.source()
            dirty = QgsProject.instance().isDirty()
            QgsProject.instance().removeMapLayer(name)
            QgsProject.instance().setDirty(dirty)
            Path(path).unlink(missing_ok=True)

    # ---- run

    def run(self) -> None:
        """Run what is chosen in the background."""
        layer = self.layer.currentLayer()
        if layer is None or self._run is not None:
            return
        try:
            run = Run(layer, self.parameters(layer), self.chosen_bands(), self)
        except WorkerError as error:
            self._refuse(error)
            return
        why = run.check()
        if why:
            self._show(preflight.STOP, why)
            return
        self._forget_preview()
        self._run = run
        run.progressed.connect(self._progressed)
        run.staged.connect(self.stage.setText)
        run.ended.connect(self._ended)
        self.bar.setValue(0)
        self.bar.setVisible(True)
        self.run_button.setEnabled(False)
        self.cancel_button.setEnabled(True)
        run.start()

    def cancel(self) -> None:
        """Cancel the run and the preview."""
        if self._run is not None:
            self.stage.setText(translate("RsSr", "Cancelling ..."))
            self._run.cancel()
        if self._preview_request:
            self.worker.cancel(self._preview_request)
            self._preview_request = 0
            self.preview_button.setEnabled(True)
            self.cancel_button.setEnabled(self._run is not None)
            self.stage.setText("")

    def _progressed(self, percent: float) -> None:
        self.bar.setValue(round(percent))
        if self._run is not None and 3 < percent < 100:
            left = self._run.seconds * (100 / percent - 1)
            self.bar.setFormat(translate("RsSr", "%p%, {} left").format(preflight.duration(left)))
        else:
            self.bar.setFormat("%p%")

    def _ended(self) -> None:
        run, self._run = self._run, None
        self.bar.setVisible(False)
        self.stage.setText("")
        self.cancel_button.setEnabled(False)
        self.run_button.setEnabled(True)
        self._later()
        if run is None or (run.cancelled and not run.target):
            self.stage.setText(translate("RsSr", "Cancelled; nothing was left."))
            return
        title = translate("RsSr", "Super-resolution")
        if not run.target:
            self._iface.messageBar().pushMessage(title, run.error, Qgis.MessageLevel.Critical, 0)
            return
        took = preflight.duration(run.seconds)
        if QgsProject.instance().mapLayer(run.source_id) is None:
            text = translate("RsSr", "Done in {}: {}. Its input is gone from the project, so it was not added.")
            self._iface.messageBar().pushMessage(
                title, text.format(took, run.target), Qgis.MessageLevel.Success, 10
            )  # fmt: skip
            return
        layer = run.result_layer()
        name = layer.name()
        QgsProject.instance().addMapLayer(layer)
        ids = (run.source_id, layer.id())
        self.history.add(
            Entry(f"{name} ({took})", *ids, run.feedback.command, run.python, run.source_path, run.target)
        )  # fmt: skip
        self._iface.messageBar().pushMessage(
            title, translate("RsSr", "Done in {}: {}").format(took, name), Qgis.MessageLevel.Success, 5
        )

    # ---- the rest

    def compare(self, first: str, second: str) -> None:
        """Start the divider between two layers."""
        canvas = self._iface.mapCanvas()
        self._swipe = SwipeTool(canvas, first, second)
        canvas.setMapTool(self._swipe)
        canvas.setFocus()
        self.stage.setText(translate("RsSr", "Drag the divider; Space turns it, Escape ends."))
        self._swipe.ended.connect(lambda: self.stage.setText(""))

    def report(self, source: str, result: str) -> None:
        """Have a report written in the background, and show it in the browser."""
        try:
            task = ReportTask(settings.python(), source, result)
        except WorkerError as error:
            self.stage.setText(messages.words(error))
            return
        self._report_task = task
        self.history.reporting = True
        self.history.refresh()
        self.stage.setText(translate("RsSr", "Writing a report ..."))
        task.ended.connect(self._reported)
        QgsApplication.taskManager().addTask(task)

    def _reported(self) -> None:
        task, self._report_task = self._report_task, None
        self.history.reporting = False
        self.history.refresh()
        self.stage.setText(task.problem if task is not None else "")
        if task is not None and task.path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(task.path))

    def export(self) -> None:
        """Write what the map shows of a layer that is no file, and choose the new layer."""
        layer = self.layer.currentLayer()
        if layer is None:
            return
        path = QgsProcessingUtils.generateTempFilename("export.tif")
        name = translate("RsSr", "{} exported").format(layer.name())
        try:
            self._export_task = export.start(layer, self._iface.mapCanvas().mapSettings(), path)
        except WorkerError as error:
            self.stage.setText(messages.words(error))
            return
        self._export_task.writeComplete.connect(lambda *_: self._exported(path, name))
        self._export_task.errorOccurred.connect(
            lambda *_: self.stage.setText(translate("RsSr", "{} cannot be written.").format(path))
        )

    def _exported(self, path: str, name: str) -> None:
        layer = QgsRasterLayer(path, name)
        QgsProject.instance().addMapLayer(layer)
        self.layer.setLayer(layer)

    def open_options(self) -> None:
        """Show the page where the backend is set up."""
        self._iface.showOptionsDialog(self._iface.mainWindow(), "rssrOptions")
        self._later()

    def _layers_go(self, names) -> None:
        if self._preview_id in names:
            self._preview_id = ""

    def _project_cleared(self) -> None:
        self._preview_id = ""
        self.worker.close()
        self._checking = self._dirty = False
        self._preview_request = 0
        self.history.refresh()
        self._later()

    def close_down(self) -> None:
        """End everything that runs and take the preview from the map. Safe to call twice."""
        self._timer.stop()
        if self._run is not None:
            self._run.cancel()
        if self._report_task is not None:
            self._report_task.cancel()
        if self._swipe is not None:
            self._swipe.finish()
            self._swipe = None
        self._forget_preview()
        self.worker.close()

    def disconnect_all(self) -> None:
        """Let go of the project and the application, which outlive the dock."""
        project = QgsProject.instance()
        for signal, slot in (
            (project.cleared, self._project_cleared), (project.layersWillBeRemoved, self._layers_go),
            (project.layersRemoved, self.history.refresh), (QgsApplication.instance().aboutToQuit, self.close_down),
        ):  # fmt: skip
            signal.disconnect(slot)


def _line() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    return label


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
