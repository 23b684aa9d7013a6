"""The dock: choose, see at once what would happen, preview, run, compare. Joins the parts that do it."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication, QgsProcessingUtils, QgsProject, QgsRasterFileWriterTask, QgsRasterLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QScrollArea

from .. import export, messages, settings
from ..messages import translate
from ..parameters import call
from ..protocol import WorkerError
from ..run import Run
from ..swipe import Side, SwipeTool
from ..tasks import ReportTask
from ..warm_worker import WarmWorker
from . import preflight
from .form import Form
from .history import Entry
from .preview import Preview
from .question import Question

TRIAL = "trial"  # the preview, where the divider is asked what it stands in
SIDE_PX = 340  # a comfortable width to begin with


class Body(QScrollArea):
    """Scrolls up and down alone: it is never narrower than what it holds."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(form)

    def _least(self) -> int:
        bar = self.verticalScrollBar().sizeHint().width()
        return self.widget().minimumSizeHint().width() + bar + 2 * self.frameWidth()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(max(SIDE_PX, self._least()), super().sizeHint().height())


class Dock(QgsDockWidget):
    """All on the main thread. Layers are kept by their ids, since any of them may go at any time."""

    def __init__(self, iface, parent=None) -> None:
        super().__init__(translate("RsSr", "Super-resolution"), parent)
        self.setObjectName("RsSrDock")
        self._iface = iface
        self._run: Run | None = None
        self._swipe: SwipeTool | None = None
        self._adding = False  # a result, which becomes the active layer
        self._compared = ""  # what the divider stands in
        self._export_task: QgsRasterFileWriterTask | None = None
        self._report_task: ReportTask | None = None
        self.worker = WarmWorker(settings.python, self)
        self.form = Form(iface.mapCanvas())
        self.question = Question(self.form, self.worker, self)
        self.preview = Preview(self.form, self.worker, iface.mapCanvas(), lambda: self.question.plan, self)
        self.setWidget(Body(self.form))
        self._connect()
        self._follow(iface.activeLayer())
        self.question.later()

    def _connect(self) -> None:
        form, preview = self.form, self.form.preview
        form.layer_changed.connect(self.question.forget)
        form.changed.connect(self.question.later)
        form.changed.connect(self.preview.later)
        form.more.dialog.connect(self.open_dialog)
        form.run_button.clicked.connect(self.run)
        form.cancel_button.clicked.connect(self.cancel)
        form.export_button.clicked.connect(self.export)
        form.setup_button.clicked.connect(self.open_options)
        form.history.compare.connect(self.compare)
        form.history.report.connect(self.report)
        preview.button.clicked.connect(self.preview.start)
        preview.live.toggled.connect(self.preview.later)
        preview.shown.toggled.connect(self.preview.show)
        preview.remove.clicked.connect(self.preview.forget)
        preview.compare.clicked.connect(self.compare_preview)
        self.preview.changed.connect(self._previewed)
        self.visibilityChanged.connect(self.question.later)
        for signal, slot in self._lasting():
            signal.connect(slot)

    def _lasting(self) -> tuple:
        """Signals of the project and the application, which outlive the dock, and who hears them."""
        project = QgsProject.instance()
        return (
            (project.cleared, self._project_cleared),
            (project.layersWillBeRemoved, self.preview.layers_go),
            (project.layersRemoved, self.form.history.refresh),
            (project.legendLayersAdded, self._layers_come),
            (self._iface.currentLayerChanged, self._follow),
            (self._iface.mapCanvas().extentsChanged, self.preview.later),
            (QgsApplication.instance().aboutToQuit, self.close_down),
        )

    def _follow(self, layer) -> None:
        """The active layer is another one: take it, if it is a raster and no result."""
        if self._adding or not isinstance(layer, QgsRasterLayer) or not layer.isValid():
            return
        if layer.id() not in self.form.history.result_ids():
            self.form.layer.setLayer(layer)

    def _layers_come(self, layers) -> None:
        """Take the first raster of a project; QGIS makes it the active layer later or not at all."""
        if self.form.chosen_layer() is None:
            for layer in layers:
                self._follow(layer)

    # ---- run

    def run(self) -> None:
        """Run what is chosen in the background."""
        layer = self.form.chosen_layer()
        if layer is None or self._run is not None:
            return
        try:
            run = Run(call(self.form.parameters(layer)), self)
        except WorkerError as error:
            self.question.refuse(error)
            return
        why = run.check()
        if why:
            self.form.show_state(preflight.STOP, why)
            return
        self._run = run
        run.progressed.connect(self._progressed)
        run.staged.connect(self.form.stage.setText)
        run.ended.connect(self._ended)
        self.form.show_running(True)
        run.start()

    def cancel(self) -> None:
        """Cancel the run and the preview."""
        if self._run is not None:
            self.form.stage.setText(translate("RsSr", "Cancelling ..."))
            self._run.cancel()
        self.preview.cancel()

    def _progressed(self, percent: float) -> None:
        self.form.bar.setValue(round(percent))
        if self._run is not None and 3 < percent < 100:
            left = self._run.seconds * (100 / percent - 1)
            self.form.bar.setFormat(translate("RsSr", "%p%, {} left").format(preflight.duration(left)))
        else:
            self.form.bar.setFormat("%p%")

    def _ended(self) -> None:
        run, self._run = self._run, None
        self.form.show_running(False)
        self.form.stage.setText("")
        self.question.later()
        if run is None or (run.cancelled and not run.target):
            self.form.stage.setText(translate("RsSr", "Cancelled; nothing was left."))
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
        self.preview.forget()
        self._adding = True
        QgsProject.instance().addMapLayer(layer)
        self._adding = False
        ids = (run.source_id, layer.id())
        self.form.history.add(
            Entry(f"{name} ({took})", *ids, run.feedback.command, run.python, run.source_path, run.target)
        )  # fmt: skip
        self._iface.messageBar().pushMessage(
            title, translate("RsSr", "Done in {}: {}").format(took, name), Qgis.MessageLevel.Success, 5
        )

    # ---- the rest

    def compare(self, first: str, second: str) -> None:
        """Start the divider between two layers of the project, or end it."""
        sides = []
        for name in (first, second):
            layer = QgsProject.instance().mapLayer(name)
            sides.append(Side(layer.name(), [layer]))
        self._divide(sides, first + second)

    def compare_preview(self) -> None:
        """Start the divider between the input and the preview, or end it."""
        self._divide(self.preview.sides(), TRIAL)

    def _divide(self, sides: list[Side], what: str) -> None:
        before, self._compared = self._compared, ""
        if self._swipe is not None:
            self._swipe.finish()
        if before == what or not sides:
            return
        canvas, self._compared = self._iface.mapCanvas(), what
        self._swipe = SwipeTool(canvas, *sides)
        canvas.setMapTool(self._swipe)
        canvas.setFocus()
        self._swipe.ended.connect(self._compare_ended)
        self.form.stage.setText(translate("RsSr", "Drag the divider; Space turns it, Escape ends."))
        self._show_comparing()

    def _compare_ended(self) -> None:
        self._swipe, self._compared = None, ""
        self.form.stage.setText("")
        self._show_comparing()

    def _show_comparing(self) -> None:
        self.form.preview.compare.setChecked(self._compared == TRIAL)
        self.form.history.compare_button.setChecked(self._compared not in ("", TRIAL))

    def _previewed(self) -> None:
        """There is another preview, or none any more."""
        self.form.preview.show_there(self.preview.layer is not None)
        if self._swipe is not None and self._compared == TRIAL:
            sides = self.preview.sides()
            if sides:
                self._swipe.show_sides(*sides)
            else:
                self._swipe.finish()

    def report(self, source: str, result: str) -> None:
        """Have a report written in the background, and show it in the browser."""
        try:
            task = ReportTask(settings.python(), source, result)
        except WorkerError as error:
            self.form.stage.setText(messages.words(error))
            return
        self._report_task = task
        self.form.history.reporting = True
        self.form.history.refresh()
        self.form.stage.setText(translate("RsSr", "Writing a report ..."))
        task.ended.connect(self._reported)
        QgsApplication.taskManager().addTask(task)

    def _reported(self) -> None:
        task, self._report_task = self._report_task, None
        self.form.history.reporting = False
        self.form.history.refresh()
        self.form.stage.setText(task.problem if task is not None else "")
        if task is not None and task.path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(task.path))

    def export(self) -> None:
        """Write what the map shows of a layer that is no file, and choose the new layer."""
        layer = self.form.chosen_layer()
        if layer is None:
            return
        path = QgsProcessingUtils.generateTempFilename("export.tif")
        name = translate("RsSr", "{} exported").format(layer.name())
        try:
            self._export_task = export.start(layer, self._iface.mapCanvas().mapSettings(), path)
        except WorkerError as error:
            self.form.stage.setText(messages.words(error))
            return
        self._export_task.writeComplete.connect(lambda *_: self._exported(path, name))
        self._export_task.errorOccurred.connect(
            lambda *_: self.form.stage.setText(translate("RsSr", "{} cannot be written.").format(path))
        )

    def _exported(self, path: str, name: str) -> None:
        layer = QgsRasterLayer(path, name)
        QgsProject.instance().addMapLayer(layer)
        self.form.layer.setLayer(layer)

    def open_options(self) -> None:
        """Show the page where the backend is set up."""
        self._iface.showOptionsDialog(self._iface.mainWindow(), "rssrOptions")
        self.form.show_models()
        self.question.later()

    def open_dialog(self) -> None:
        """Show the algorithm's own dialog, with what is chosen here."""
        from .. import toolbox

        layer = self.form.chosen_layer()
        try:
            given = self.form.parameters(layer) if layer is not None else {}
        except WorkerError as error:
            self.question.refuse(error)
            return
        toolbox.open_dialog(given)

    def _project_cleared(self) -> None:
        self.worker.close()
        self.question.drop()
        self.preview.forget()
        self.form.history.refresh()
        self.question.later()

    def close_down(self) -> None:
        """End everything that runs and take the preview from the map. Safe to call twice."""
        self.question.stop()
        if self._run is not None:
            self._run.cancel()
        if self._report_task is not None:
            self._report_task.cancel()
        if self._swipe is not None:
            self._swipe.finish()
        self.preview.forget()
        self.worker.close()

    def disconnect_all(self) -> None:
        """Let go of the project, the map and the application."""
        self.form.let_go()
        for signal, slot in self._lasting():
            signal.disconnect(slot)
