"""The question before a run: what would it do? Asked of the backend whenever the choices have settled."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProcessingUtils
from qgis.PyQt.QtCore import QObject, QTimer

from .. import checks, messages, models, request, settings
from ..layer_source import LayerSource
from ..messages import translate
from ..parameters import Given, call
from ..protocol import Message, WorkerError
from ..warm_worker import WarmWorker
from . import preflight
from .form import MASK, Form

SETTLE_MS = 400  # from the last change to the question
NEEDS_SETUP = ("not-set-up", "no-interpreter", "backend-missing", "backend-too-old", "no-hello", "no-polygons")


class Question(QObject):
    """One question at a time, the last choice counts. The answer is shown in the form; `plan` is what it said."""

    def __init__(self, form: Form, worker: WarmWorker, setting_up: Callable[[], bool], parent=None) -> None:
        super().__init__(parent)
        self._form, self._worker, self._setting_up = form, worker, setting_up
        self._asking = self._again = self._devices_asked = False
        self._labels: dict[str, str] = {}
        self._source: LayerSource | None = None
        self.plan: Message = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.ask)

    @property
    def open(self) -> bool:
        """Whether an answer, or the question itself, is still to come."""
        return self._asking or self._timer.isActive()

    def later(self, *ignored) -> None:
        """Ask once nothing has changed for a moment."""
        self._timer.start()

    def forget(self, *ignored) -> None:
        """What was said of another layer counts no more."""
        self.plan = {}
        layer = self._form.chosen_layer()
        if layer is not None:
            self._form.show_looking(layer.name())

    def stop(self) -> None:
        self._timer.stop()

    def drop(self) -> None:
        """Expect no answer any more: the worker is closed."""
        self._asking = self._again = False

    def ask(self) -> None:
        """Ask now."""
        if not self._form.isVisible():
            return
        if self._asking:
            self._again = True
            return
        layer = self._form.chosen_layer()
        try:
            settings.python()
            if layer is None:
                self._form.show_state(preflight.WAIT, self._no_layer())
                return
            given = call(self._form.parameters(layer))
            self._labels = _labels(given)
            checks.check(given)
            target = self._form.target() or QgsProcessingUtils.tempFolder() + "/x.tif"
            self._source = request.source_of_layer(given)
            params = request.to_look(given, self._source, target)
        except WorkerError as error:
            self.refuse(error)
            return
        self._asking = True
        name = layer.id()
        message = {"type": "info", "source": params.pop("source"), "params": params}
        self._worker.ask(message, lambda m, e: self._answered(name, m, e))

    def _no_layer(self) -> str:
        if self._form.layer.count() > 1:  # beside the empty row
            return translate("RsSr", "No layer is chosen.")
        return translate("RsSr", "There is no raster layer in the project.")

    def _answered(self, layer_id: str, message: Message, error: WorkerError | None) -> None:
        self._asking = False
        if self._again:
            self._again = False
            self.later()
        layer = self._form.chosen_layer()
        if layer is None or layer.id() != layer_id:
            return
        try:
            if error is None and self._form.area.currentData() == MASK:
                self._worker.check_polygons()
        except WorkerError as found:
            error = found
        if error is not None:
            self.refuse(error)
            return
        models.remember(settings.folder(), message)
        self._form.show_known()
        self.plan = message.get("plan", {})
        checks, details = preflight.of_checks(self.plan, self._labels)
        told = preflight.of_target(self._form.target()) + preflight.of_place(self._source) + checks
        said = preflight.of_plan(self.plan, self._labels, models.known(settings.folder()))
        self._form.show_state(*said, told, preflight.of_model(self.plan) + details, can_try=True)
        if not self._devices_asked:
            self._devices_asked = True
            self._worker.ask({"type": "info", "devices": True}, self._show_devices)

    def refuse(self, error: WorkerError) -> None:
        """Say why what is chosen cannot run."""
        self.plan = {}
        under_way = error.code in NEEDS_SETUP and self._setting_up()
        if under_way:
            self._form.show_state(preflight.WAIT, translate("RsSr", "The backend is being set up; wait a minute."))
        else:
            self._form.show_state(*preflight.of_error(error, self._labels))
        self._form.export_button.setVisible(error.code == "bad-layer")
        self._form.setup_button.setVisible(error.code in NEEDS_SETUP and not under_way)

    def _show_devices(self, message: Message, error: WorkerError | None) -> None:
        if error is None:
            said = [messages.of_backend(text) for text in message.get("devices", [])]
            said = [text[:1].upper() + text[1:] + "." for text in said]
            self._form.show_device(said[0] if said else "", " ".join(said))


def _labels(given: Given) -> dict[str, str]:
    """What the dock calls each parameter: a part is always its area, whichever way it is told."""
    area = translate("RsSr", "Area")
    return given.labels() | {"EXTENT": area, "MASK": area, "OUTPUT": translate("RsSr", "File")}
