"""The algorithm `rssr:superresolve`: what it says of itself, and its run. No widgets."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from types import FrameType

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread, QTimer
from qgis.PyQt.QtGui import QIcon

from . import checks, messages, request, settings, style
from .fields import in_words_of
from .messages import translate
from .parameters import Given, definitions
from .protocol import Cancelled, WorkerError
from .worker import Worker

COUNTED = ("super-resolving", "finishing the file")  # stages whose shares are the run's, so that no bar falls back
FINER = "FINER"  # the output that says how many times finer the result is
USED = "USED"  # and by which model
DONE_MS = 500  # between looks whether a batch has ended


class SuperResolve(QgsProcessingAlgorithm):
    """One raster in, the same raster 2, 3 or 4 times finer out."""

    def createInstance(self) -> SuperResolve:
        return SuperResolve()

    def name(self) -> str:
        return "superresolve"

    def displayName(self) -> str:
        return translate("RsSr", "Super-resolve raster")

    def icon(self) -> QIcon:
        return QIcon(str(Path(__file__).parent / "icons" / "rs_sr.svg"))

    def svgIconPath(self) -> str:
        return str(Path(__file__).parent / "icons" / "rs_sr.svg")

    def tags(self) -> list[str]:
        words = "super-resolution superresolution upscale upsample resample enhance sharpen resolution"
        return words.split(" ")  # not translated: an English word always finds it

    def shortDescription(self) -> str:
        return translate("RsSr", "Makes a raster 2, 3 or 4 times finer with a trained model.")

    def shortHelpString(self) -> str:
        return translate(
            "RsSr",
            "<p>Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.</p>"
            "<p><b>Model</b>: one of the list, or the path of a .safetensors file. Empty takes the best for the raster."
            "</p><p><b>Sensor</b>: how the scene was taken, for a model that can be told, which then undoes as much of "
            "its blur as there is. Empty takes what the metadata say, else what the scene shows.</p>"
            "<p><b>Scale</b>: 'auto' takes the model's, else 2.</p>"
            "<p><b>Bands</b>: those to take, in their order; all if none is chosen. A model for three bands takes red, "
            "green and blue together and other bands one by one.</p>"
            "<p><b>Extent</b> and <b>mask</b> compute a part; it equals that part of the whole to the bit.</p>"
            "<p><b>Value range</b>: the values that the model sees as 0 and 1, found from the raster if left empty. "
            "The result keeps the raster's own units either way.</p>"
            "<p><b>Tile</b> and <b>halo</b>: the raster is worked through in squares, each read with pixels around it, "
            "so that no seams show. Leave both as they are, unless memory is short (a smaller tile).</p>"
            "<p><b>Nearer to the input</b>: degraded to the input's pixels again, it differs "
            "less. Left out, with a warning, where the scene is too sharp for the model.</p>"
            "<p><b>Mean of eight looks</b> runs the scene flipped and turned: a little better, eight times the time. "
            "<b>Expected error</b> writes how far each pixel is expected to be off, by how much the eight differ, in "
            "the raster's units.</p>"
            "<p>The work is done by rs-sr in a Python of its own: Settings > Options > Super-resolution.</p>"
            "<p>Detail below the input's pixel is inferred from training images, not measured.</p>",
        )

    def helpUrl(self) -> str:
        return messages.help_address()

    def canExecute(self) -> tuple[bool, str]:
        """Asked before the dialog opens; `qgis_process` does not ask."""
        why = missing()
        return not why, why

    def initAlgorithm(self, configuration=None) -> None:
        for definition in definitions():
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputNumber(FINER, translate("RsSr", "Times finer")))
        self.addOutput(QgsProcessingOutputString(USED, translate("RsSr", "Model that made it")))

    def checkParameterValues(self, parameters, context) -> tuple[bool, str]:
        """What can be said before the run. `qgis_process` asks nothing else."""
        given = Given(self, parameters, context)
        try:
            checks.check_choices(given)
            right, text = super().checkParameterValues(given.parameters, context)
            if not right:
                return right, text
            settings.python()
            checks.check(given)
        except WorkerError as error:
            return False, messages.words(error, given.labels())
        return True, ""

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """On the main thread: take what is needed of the layer, which the run's thread must not touch."""
        given = Given(self, parameters, context)
        try:
            checks.check(given)
            self._python = settings.python()
            self._source = request.source_of_layer(given)
            layer = given.layer()
        except WorkerError as error:
            _let_go(feedback)
            raise QgsProcessingException(messages.words(error, given.labels())) from None
        self._layer_name = layer.name()
        self._renderer = layer.renderer().clone() if layer.renderer() else None
        return True

    def processAlgorithm(self, parameters, context, feedback) -> dict:
        given = Given(self, parameters, context)
        made = {name: given.output(name) for name in ("OUTPUT", "UNCERTAINTY") if given.has(name)}
        try:
            params = request.to_run(given, self._source, made["OUTPUT"], made.get("UNCERTAINTY", ""))
            messages.log(f"run {params}")
            with Worker(self._python, feedback.isCanceled) as worker:
                result = worker.run(params, _Listener(feedback, given.labels()))
        except Cancelled:
            _let_go(feedback)
            raise QgsProcessingException(translate("RsSr", "Cancelled")) from None
        except WorkerError as error:
            messages.log_error(error)
            _let_go(feedback)
            raise QgsProcessingException(messages.words(error, given.labels())) from None
        if feedback.isCanceled():
            said = translate("RsSr", "It was done before the cancel arrived: {} is there.")
            feedback.pushWarning(said.format(made["OUTPUT"]))
        feedback.setProgress(100)
        summary = result.get("summary", {})
        size = (summary.get("width"), summary.get("height"), summary.get("model"), result.get("seconds", 0.0))
        feedback.pushInfo(translate("RsSr", "{} x {} pixels by {} in {:.1f} s").format(*size))
        feedback.pushCommandInfo(summary.get("command", ""))
        self._load(made["OUTPUT"], context, given, summary.get("scale"))
        if "UNCERTAINTY" in made:
            self._load_doubt(made["UNCERTAINTY"], context)
        return made | {FINER: summary.get("scale"), USED: summary.get("model")}

    def _load(self, output: str, context, given: Given, scale) -> None:
        """Name the result after its layer, and style it, where QGIS is to load it."""
        if not context.willLoadLayerOnCompletion(output):
            return
        details = context.layerToLoadOnCompletionDetails(output)
        details.name = f"{self._layer_name} x{scale}"
        details.forceName = True
        if given.flag("COPY_STYLE") and self._renderer and not given.flag("EXPAND_PALETTE"):
            renderer = style.with_bands(self._renderer, given.bands())
            if renderer is not None:
                details.setPostProcessor(style.CopyStyle.create(output, renderer))

    def _load_doubt(self, path: str, context) -> None:
        """Name and colour the expected error, where QGIS is to load it."""
        if context.willLoadLayerOnCompletion(path):
            details = context.layerToLoadOnCompletionDetails(path)
            details.name = translate("RsSr", "{} expected error").format(self._layer_name)
            details.forceName = True
            details.setPostProcessor(style.Ramp.create(path))


def missing() -> str:
    """Why nothing can run: what is to be set up first; empty where nothing is."""
    try:
        settings.python()
    except WorkerError as error:
        return messages.words(error)
    return ""


def _let_go(feedback: QgsProcessingFeedback) -> None:
    """Empty the frames that know `feedback` once they are done, since QGIS keeps a raised error with its traceback for
    ever: a batch's would keep the batch's task, which then runs on and holds QGIS open.
    """
    if QThread.currentThread() is not QCoreApplication.instance().thread():
        return  # a single run: no frame of QGIS is above this one
    held = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if any(value is feedback for value in frame.f_locals.values()):
            held.append(frame)
        frame = frame.f_back
    _when_done(held)


def _when_done(frames: list[FrameType]) -> None:
    running = []
    for frame in frames:
        try:
            frame.clear()
            dict(frame.f_locals)  # before Python 3.13 the first look left a copy: a second makes it empty as well
        except RuntimeError:
            running.append(frame)
    if running:
        QTimer.singleShot(DONE_MS, partial(_when_done, running))


class _Listener:
    """Hands a worker's messages to Processing's feedback: a number each time, text when the stage changes."""

    def __init__(self, feedback, labels: dict[str, str]) -> None:
        self._feedback, self._labels = feedback, labels
        self._stage = ""

    def __call__(self, message: dict) -> None:
        if message["type"] == "progress":
            stage = message.get("stage", "")
            if stage != self._stage:
                self._stage = stage
                self._feedback.setProgressText(messages.stage_words(stage))
            if stage in COUNTED:
                self._feedback.setProgress(100 * float(message.get("fraction", 0)))
        else:
            text = in_words_of(self._labels, messages.of_backend(message.get("text", "")))
            warns = message.get("level") == "warning"
            (self._feedback.pushWarning if warns else self._feedback.pushInfo)(text)
