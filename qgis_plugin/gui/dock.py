"""The dock: choose, see at once what would happen, preview, run, compare. Joins the parts that do it."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain, count
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsProcessingUtils, QgsProject, QgsRasterFileWriterTask, QgsRasterLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QScrollArea

from .. import export, messages, settings
from ..messages import translate
from ..parameters import call
from ..protocol import WorkerError
from ..results import Entry
from ..run import Run
from ..set_up import SetUp
from ..swipe import Side
from ..tasks import ReportTask
from ..warm_worker import WarmWorker, see_off
from . import bar, options, preflight, replacing
from .comparison import Comparison
from .form import Form
from .line import link
from .preview import Preview
from .published import Published
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

    def __init__(self, iface, parent=None, set_up: SetUp | None = None) -> None:
        super().__init__(translate("RsSr", "Super-resolution"), parent)
        self.setObjectName("RsSrDock")
        self._iface = iface
        self._run: Run | None = None
        self._export_task: QgsRasterFileWriterTask | None = None
        self._report_task: ReportTask | None = None
        self._published: Published | None = None
        self._adding = False  # a result, which becomes the active layer
        canvas = iface.mapCanvas()
        self.worker = WarmWorker(settings.python, self)
        self.form = Form(canvas)
        self.question = Question(self.form, self.worker, lambda: set_up is not None and set_up.running, self)
        self.preview = Preview(self.form, self.worker, canvas, lambda: self.question.plan, self)
        self.comparison = Comparison(canvas, self)
        self.setWidget(Body(self.form))
        self._connect()
        self._follow(iface.activeLayer())
        self.question.later()

    def _connect(self) -> None:
        form, preview, history = self.form, self.form.preview, self.form.history
        form.layer_changed.connect(self.question.forget)
        form.layer_changed.connect(self.preview.forget)
        form.changed.connect(self.question.later)
        form.changed.connect(self.preview.later)
        form.more.dialog.connect(self.open_dialog)
        form.more.published.connect(self.open_published)
        form.run_button.clicked.connect(self.run)
        form.cancel_button.clicked.connect(self.cancel)
        form.export_button.clicked.connect(self.export)
        form.setup_button.clicked.connect(self.open_options)
        form.stage.linkActivated.connect(self._show_outside)
        form.help_button.clicked.connect(lambda: self._show_outside(messages.help_path()))
        history.compare.connect(self.compare)
        history.report.connect(self.report)
        history.again.connect(self.again)
        preview.button.clicked.connect(self.preview.start)
        preview.live.toggled.connect(self.preview.later)
        preview.shown.toggled.connect(self.preview.show)
        preview.remove.clicked.connect(self.preview.forget)
        preview.compare.clicked.connect(lambda: self.comparison.toggle(TRIAL, self.preview.sides()))
        self.preview.changed.connect(self._previewed)
        self.comparison.changed.connect(self._compared)
        self.visibilityChanged.connect(self.question.later)
        for signal, slot in self._lasting():
            signal.connect(slot)

    def _lasting(self) -> tuple:
        """Signals of the project and the application, which outlive the dock, and who hears them."""
        project = QgsProject.instance()
        return (
            (project.cleared, self._project_cleared),
            (project.layersWillBeRemoved, self._layers_go),
            (project.layersRemoved, self.form.history.refresh),
            (project.legendLayersAdded, self._layers_come),
            (self._iface.currentLayerChanged, self._follow),
            (self._iface.mapCanvas().extentsChanged, self.preview.later),
            (QgsApplication.instance().aboutToQuit, self._quit),
        )

    def _follow(self, layer) -> None:
        """The active layer is another one: take it, if it is a raster and no result."""
        if self._adding or not isinstance(layer, QgsRasterLayer) or not layer.isValid():
            return
        if layer.id() not in self.form.history.result_ids():
            self.form.layer.setLayer(layer)

    def _layers_go(self, names) -> None:
        """When its own is removed, QGIS's list has gone on to another and does not say so: choose none."""
        self.preview.layers_go(names)
        if self.form.announced in names:
            self.form.layer.setLayer(None)

    def _layers_come(self, layers) -> None:
        """Take the first raster of a project; QGIS makes it the active layer later or not at all."""
        if self.form.chosen_layer() is None:
            for layer in layers:
                self._follow(layer)

    # ---- run

    def run(self) -> None:
        """Run what is chosen in the background; a file that is there is asked for first."""
        layer = self.form.chosen_layer()
        if layer is None or self._run is not None:
            return
        run = self._prepared(layer)
        if run is None:
            return
        target = self.form.target()
        chosen = replacing.ask(self, target)
        if chosen != target:
            if not chosen:
                return
            self.form.output.setFilePath(chosen)
            run = self._prepared(layer)
        if run is None:
            return
        self._run = run
        run.progressed.connect(self._progressed)
        run.staged.connect(self.form.say)
        run.ended.connect(self._ended)
        self.form.show_running(True)
        run.start()

    def _prepared(self, layer: QgsRasterLayer) -> Run | None:
        """A run that can start; else the line says why not."""
        try:
            run = Run(call(self.form.parameters(layer)), self)
        except WorkerError as error:
            self.question.refuse(error)
            return None
        why = run.check()
        if why:
            self.form.show_state(preflight.STOP, why)
        return None if why else run

    def cancel(self) -> None:
        """Cancel the run and the preview."""
        if self._run is not None:
            self.form.say(translate("RsSr", "Cancelling ..."))
            self._run.cancel()
        self.preview.cancel()

    def _progressed(self, percent: float) -> None:
        self.form.bar.setValue(round(percent))
        if self._run is not None and 3 < percent < 100:
            left = preflight.duration(self._run.left(percent))
            self.form.bar.setFormat(translate("RsSr", "%p%, {} left").format(left))
        else:
            self.form.bar.setFormat("%p%")

    def _ended(self) -> None:
        run, self._run = self._run, None
        self.form.show_running(False)
        self.form.say("")
        self.question.later()
        if run is None or (run.cancelled and not run.target):
            self.form.say(translate("RsSr", "Cancelled; nothing was left."))
        elif not run.target:
            log = (translate("RsSr", "Show log"), self._iface.openMessageLog)
            same = (translate("RsSr", "All options..."), lambda: self._open_dialog(run.recipe))
            bar.push(self._iface, run.error, Qgis.MessageLevel.Critical, same, log)
        else:
            self._done(run)

    def _done(self, run: Run) -> None:
        """Add the result, and tell of it."""
        took, folder = preflight.duration(run.seconds), []
        if not run.temporary:
            place = str(Path(run.target).parent)
            folder = [(translate("RsSr", "Open folder"), lambda: self._show_outside(place))]
        project = QgsProject.instance()
        self.form.preview.live.setChecked(False)  # it would hide the result
        self.preview.forget()
        project.removeMapLayers([layer.id() for layer in replacing.showing(run.target)])
        layer = run.result_layer()
        layer.setName(_free({found.name() for found in project.mapLayers().values()}, layer.name()))
        said = " · ".join((layer.name(), took, run.model))
        entry = Entry(said, run.source_id, layer.id(), run.command, run.python, run.source_path, run.target, run.recipe)
        self.form.history.add(entry)
        if project.mapLayer(run.source_id) is not None:
            self._add(layer)
            text = translate("RsSr", "Done in {}: {}").format(took, layer.name())
            bar.push(self._iface, text, Qgis.MessageLevel.Success, *folder, seconds=8)
            return
        text = translate("RsSr", "Done in {}, but the input has left the project.").format(took)
        add = (translate("RsSr", "Add"), lambda: self._add(layer))
        bar.push(self._iface, text, Qgis.MessageLevel.Success, add, *folder)

    def _add(self, result: QgsRasterLayer) -> None:
        """Show a result; it is not what is to be super-resolved next."""
        self._adding = True
        QgsProject.instance().addMapLayer(result)
        self._adding = False

    # ---- the rest

    def compare(self) -> None:
        """Start the divider between input and result of an entry, or between the results of two; or end it."""
        chosen = self.form.history.chosen()
        layers = [entry.layers() for entry in reversed(chosen)]
        if not all(layers) or not layers:
            self.comparison.finish()
            self._compared()
            return
        pair = layers[0] if len(layers) == 1 else [found[-1] for found in layers]
        self.comparison.toggle(" ".join(e.result_id for e in chosen), [Side(x.name(), [x]) for x in pair])

    def _compared(self) -> None:
        """The divider is there, or gone."""
        what = self.comparison.what
        help_text = translate("RsSr", "Drag the divider; Space turns it, Escape ends.")
        self.form.say(help_text if what else "")
        self.form.preview.compare.setChecked(what == TRIAL)
        self.form.history.show_comparing(what not in ("", TRIAL))

    def _previewed(self) -> None:
        """There is another preview, or none any more."""
        self.form.preview.show_there(self.preview.layer is not None)
        if self.comparison.what == TRIAL:
            self.comparison.renew(self.preview.sides())

    def report(self) -> None:
        """Have a report written in the background, and show it in the browser."""
        (entry,) = self.form.history.chosen()
        try:
            task = ReportTask(settings.python(), entry.source_path, entry.result_path)
        except WorkerError as error:
            self.form.say(messages.words(error))
            return
        self._report_task = task
        self.form.history.reporting = True
        self.form.history.refresh()
        self.form.say(translate("RsSr", "Writing a report ..."))
        task.ended.connect(self._reported)
        QgsApplication.taskManager().addTask(task)

    def _reported(self) -> None:
        task, self._report_task = self._report_task, None
        self.form.history.reporting = False
        self.form.history.refresh()
        self.form.say(task.problem if task is not None else "")
        if task is not None and task.path:
            page = link(task.path, translate("RsSr", "open it again"))
            self.form.say(translate("RsSr", "The report was opened in the browser: {}.").format(page), task.path)
            self._show_outside(task.path)

    def again(self) -> None:
        """Show the toolbox's dialog with what made a result."""
        (entry,) = self.form.history.chosen()
        self._open_dialog(entry.recipe)

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
            self.form.say(messages.words(error))
            return
        self._export_task.writeComplete.connect(lambda *_: self._exported(path, name))
        self._export_task.errorOccurred.connect(
            lambda *_: self.form.say(translate("RsSr", "{} cannot be written.").format(path))
        )

    def _exported(self, path: str, name: str) -> None:
        layer = QgsRasterLayer(path, name)
        QgsProject.instance().addMapLayer(layer)
        self.form.layer.setLayer(layer)

    def open_options(self) -> None:
        """Show the page where the backend is set up."""
        options.show(self._iface)
        self.form.show_known()
        self.question.later()

    def renew(self) -> None:
        """The backend is another one: ask that from now on."""
        self.preview.forget()
        self.worker.close()
        self.question.drop()
        self.form.show_known()
        self.question.later()

    def open_published(self) -> None:
        """Show the window of published weights; what was got is offered once it closes."""
        if self._published is None:
            self._published = Published(self.worker, self)
        self._published.ask()
        self._published.exec()
        self.question.later()

    def open_dialog(self) -> None:
        """Show the algorithm's own dialog, with what is chosen here."""
        layer = self.form.chosen_layer()
        try:
            self._open_dialog(self.form.parameters(layer) if layer is not None else {})
        except WorkerError as error:
            self.question.refuse(error)

    def _open_dialog(self, parameters: dict) -> None:
        from .. import toolbox

        toolbox.open_dialog(parameters)

    def _show_outside(self, path: str) -> None:
        """Open a page or a folder in the program that is for it; where there is none, tell its path."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            copy = (translate("RsSr", "Copy the path"), lambda: QApplication.clipboard().setText(path))
            text = translate("RsSr", "No program of this computer opened {}.").format(Path(path).name)
            bar.push(self._iface, text, Qgis.MessageLevel.Warning, copy)

    def _project_cleared(self) -> None:
        self.worker.close()
        self.question.drop()
        self.preview.forget()
        self.form.history.refresh()
        self.question.later()

    def _quit(self) -> None:
        """No event loop follows."""
        self.close_down()
        see_off()

    def close_down(self) -> None:
        """End everything that runs and take the preview from the map. Safe to call twice."""
        self.question.stop()
        if self._run is not None:
            self._run.cancel()
        if self._report_task is not None:
            self._report_task.cancel()
        self.comparison.finish()
        self.preview.forget()
        self.worker.close()

    def disconnect_all(self) -> None:
        """Let go of the project, the map and the application."""
        self.form.let_go()
        for signal, slot in self._lasting():
            signal.disconnect(slot)


def _free(taken: Container[str], name: str) -> str:
    """The name, with the first number that makes it another than those taken."""
    return next(n for n in chain([name], (f"{name} ({k})" for k in count(2))) if n not in taken)
