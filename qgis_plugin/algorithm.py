"""The algorithm `rssr:superresolve`: its parameters, their checks, and the run. No widgets."""

from __future__ import annotations

import math
from pathlib import Path

from qgis.core import (
    QgsFeatureRequest,
    QgsFields,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterBand,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRange,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorFileWriter,
)
from qgis.PyQt.QtGui import QIcon

from . import messages, models, settings, style
from .layer_source import crs_text, source_of
from .messages import translate
from .protocol import Cancelled, WorkerError
from .worker import Worker

SCALES = ["auto", "2", "3", "4"]
COMPRESSIONS = ["zstd", "deflate", "lzw", "none"]


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
            "</p><p><b>Scale</b>: 'auto' takes the model's, else 2.</p>"
            "<p><b>Bands</b>: those to take, in their order; all if none is chosen. A model for three bands takes red, "
            "green and blue together and other bands one by one.</p>"
            "<p><b>Extent</b> and <b>mask</b> compute a part; it equals that part of the whole to the bit.</p>"
            "<p><b>Value range</b>: the values that the model sees as 0 and 1, found from the raster if left empty. "
            "The result keeps the raster's own units either way.</p>"
            "<p><b>Tile</b> and <b>halo</b>: the raster is worked through in squares, each read with pixels around it, "
            "so that no seams show. Leave both as they are, unless memory is short (a smaller tile).</p>"
            "<p><b>Bring the result nearer to the input</b>: degraded to the input's pixels again, it differs "
            "less. Left out, with a warning, where the scene is too sharp for the model.</p>"
            "<p><b>Mean of eight looks</b> runs the scene flipped and turned: a little better, eight times the time. "
            "<b>Expected error</b> writes how far each pixel is expected to be off, by how much the eight differ, in "
            "the raster's units.</p>"
            "<p>The work is done by rs-sr in a Python of its own: Settings > Options > Super-resolution.</p>"
            "<p>Detail below the input's pixel is inferred from training images, not measured.</p>",
        )

    def helpUrl(self) -> str:
        return ""

    def initAlgorithm(self, configuration=None) -> None:
        add = self.addParameter
        add(QgsProcessingParameterRasterLayer("INPUT", translate("RsSr", "Raster")))
        model = QgsProcessingParameterString("MODEL", translate("RsSr", "Model"), optional=True)
        model.setMetadata({"widget_wrapper": {"class": f"{__package__}.model_widget.ModelWidgetWrapper"}})
        add(model)
        add(_enum("SCALE", translate("RsSr", "Scale"), SCALES))
        add(
            QgsProcessingParameterBand(
                "BANDS", translate("RsSr", "Bands"), parentLayerParameterName="INPUT", optional=True, allowMultiple=True
            )
        )
        add(QgsProcessingParameterExtent("EXTENT", translate("RsSr", "Extent"), optional=True))
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        add(QgsProcessingParameterFeatureSource("MASK", translate("RsSr", "Mask polygons"), polygons, optional=True))
        double = QgsProcessingParameterNumber.Type.Double
        number = QgsProcessingParameterNumber
        add(QgsProcessingParameterRange("RANGE", translate("RsSr", "Value range"), double, optional=True))
        add(number("NODATA", translate("RsSr", "Nodata value"), double, optional=True))
        integer = QgsProcessingParameterNumber.Type.Integer
        for advanced in (
            QgsProcessingParameterBoolean(
                "CONSISTENT", translate("RsSr", "Bring the result nearer to the input"), False
            ),
            QgsProcessingParameterBoolean(
                "ENSEMBLE", translate("RsSr", "Mean of eight looks (eight times the time)"), False
            ),
            QgsProcessingParameterBoolean(
                "EXPAND_PALETTE", translate("RsSr", "Turn a palette into colours first"), False
            ),
            number("TILE", translate("RsSr", "Tile (input pixels)"), integer, optional=True, minValue=1),
            QgsProcessingParameterString("HALO", translate("RsSr", "Halo (auto, exact or pixels)"), "auto"),
            QgsProcessingParameterString("MEMORY", translate("RsSr", "Memory limit (like 2GB)"), optional=True),
            _enum("COMPRESS", translate("RsSr", "Compression"), COMPRESSIONS),
            QgsProcessingParameterString(
                "OPTIONS", translate("RsSr", "Creation options (KEY=VALUE|KEY=VALUE)"), optional=True
            ),
            QgsProcessingParameterBoolean("COG", translate("RsSr", "Cloud Optimized GeoTIFF"), False),
            QgsProcessingParameterBoolean("COPY_STYLE", translate("RsSr", "Give the result the input's style"), True),
        ):
            advanced.setFlags(advanced.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
            add(advanced)
        add(QgsProcessingParameterRasterDestination("OUTPUT", translate("RsSr", "Super-resolved")))
        doubt = QgsProcessingParameterRasterDestination(
            "UNCERTAINTY", translate("RsSr", "Expected error"), optional=True, createByDefault=False
        )
        doubt.setFlags(doubt.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        add(doubt)

    def checkParameterValues(self, parameters, context) -> tuple[bool, str]:
        """What can be said before the run. `qgis_process` asks nothing else."""
        right, text = super().checkParameterValues(parameters, context)
        if not right:
            return right, text
        try:
            settings.python()
            self._check(parameters, context)
        except WorkerError as error:
            return False, messages.words(error, self.labels())
        return True, ""

    def _check(self, parameters, context) -> None:
        def bad(problem: str, cure: str) -> WorkerError:
            return WorkerError("bad-parameter", problem, cure)

        layer = self.parameterAsRasterLayer(parameters, "INPUT", context)
        if layer is None:
            raise bad(translate("RsSr", "There is no raster layer"), translate("RsSr", "Choose one."))
        source_of(layer, ask_nodata=not _given(parameters, "NODATA"))
        for band in self.parameterAsInts(parameters, "BANDS", context):
            if not 1 <= band <= layer.bandCount():
                problem = translate("RsSr", "Band {} asked for, {} has {}")
                raise bad(
                    problem.format(band, layer.name(), layer.bandCount()),
                    translate("RsSr", "Choose bands that it has."),
                )
        if _given(parameters, "EXTENT") and _given(parameters, "MASK"):
            raise bad(
                translate("RsSr", "Extent and mask polygons each choose a part"), translate("RsSr", "Give one of them.")
            )
        low, high = self.parameterAsRange(parameters, "RANGE", context)
        if _given(parameters, "RANGE") and not (math.isnan(low) and math.isnan(high)) and not low < high:
            raise bad(
                translate("RsSr", "The value range {:g} to {:g} is empty").format(low, high),
                translate("RsSr", "Give the smaller number first."),
            )
        for name in ("NODATA", "TILE"):  # QGIS takes any text for a number and makes 0 of it
            value = parameters.get(name)
            if isinstance(value, str) and value and not _is_number(value):
                problem = translate("RsSr", "'{}' is {}, which is no number").format(self.labels()[name], value)
                raise bad(problem, translate("RsSr", "Give a number, or leave it empty."))
        model = self.parameterAsString(parameters, "MODEL", context).strip()
        if models.is_file(model) and not Path(model).is_file():
            raise bad(
                translate("RsSr", "The model file {} does not exist").format(model),
                translate("RsSr", "Choose another, or a name of the list."),
            )
        for option in self._creation_options(parameters, context):
            if "=" not in option.strip("="):
                raise bad(
                    translate("RsSr", "{} is no creation option").format(option), translate("RsSr", "Write KEY=VALUE.")
                )
        for name in ("OUTPUT", "UNCERTAINTY"):
            value = parameters.get(name)
            if value and not self.parameterDefinition(name).isSupportedOutputValue(value, context)[0]:
                raise bad(translate("RsSr", "The result is a GeoTIFF"), translate("RsSr", "Name it .tif."))

    def labels(self) -> dict[str, str]:
        """What the dialog calls each parameter."""
        return {d.name(): d.description().split(" (")[0] for d in self.parameterDefinitions()}

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """On the main thread: take what is needed of the layer, which the run's thread must not touch."""
        layer = self.parameterAsRasterLayer(parameters, "INPUT", context)
        try:
            self._check(parameters, context)
            self._python = settings.python()
            self._source = source_of(layer, ask_nodata=not _given(parameters, "NODATA"))
        except WorkerError as error:
            raise QgsProcessingException(messages.words(error, self.labels())) from None
        self._layer_name = layer.name()
        self._renderer = layer.renderer().clone() if layer.renderer() else None
        return True

    def processAlgorithm(self, parameters, context, feedback) -> dict:
        output = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        bands = self.parameterAsInts(parameters, "BANDS", context)
        params = self._params(parameters, context, feedback)
        params.update(source=self._source.path, target=str(Path(output).absolute()), overwrite=True)
        doubt = (
            self.parameterAsOutputLayer(parameters, "UNCERTAINTY", context) if _given(parameters, "UNCERTAINTY") else ""
        )
        if doubt:
            params["uncertainty"] = str(Path(doubt).absolute())
        messages.log(f"run {params}")
        listener = _Listener(feedback)
        try:
            with Worker(self._python, feedback.isCanceled) as worker:
                result = worker.run(params, listener)
        except Cancelled:
            raise QgsProcessingException(translate("RsSr", "Cancelled")) from None
        except WorkerError as error:
            messages.log_error(error)
            raise QgsProcessingException(messages.words(error, self.labels())) from None
        if feedback.isCanceled():
            feedback.pushWarning(
                translate("RsSr", "It was done before the cancel arrived: {} is there.").format(output)
            )
        feedback.setProgress(100)
        summary = result.get("summary", {})
        size = (summary.get("width"), summary.get("height"), summary.get("model"), result.get("seconds", 0.0))
        feedback.pushInfo(translate("RsSr", "{} x {} pixels by {} in {:.1f} s").format(*size))
        feedback.pushCommandInfo(summary.get("command", ""))
        self._load(output, context, parameters, bands, summary.get("scale"))
        if not doubt:
            return {"OUTPUT": output}
        self._load_doubt(doubt, context)
        return {"OUTPUT": output, "UNCERTAINTY": doubt}

    def _params(self, parameters, context, feedback) -> dict:
        """The fields of a run, as `fields.py` lists them; what is not given is left to the backend."""
        params = dict(self._source.options)
        for name, key in (("model", "MODEL"), ("halo", "HALO"), ("memory", "MEMORY")):
            text = self.parameterAsString(parameters, key, context).strip()
            if text:
                params[name] = text
        if "model" in params and models.is_file(params["model"]):
            params["model"] = str(Path(params["model"]).absolute())
        scale = self.parameterAsEnumString(parameters, "SCALE", context)
        if scale in SCALES[1:]:
            params["scale"] = int(scale)
        bands = self.parameterAsInts(parameters, "BANDS", context)
        if bands:
            params["bands"] = [str(band) for band in bands]
        low, high = self.parameterAsRange(parameters, "RANGE", context)
        if _given(parameters, "RANGE") and not (math.isnan(low) or math.isnan(high)):
            params["range"] = [low, high]
        if _given(parameters, "NODATA"):
            params["nodata"] = repr(self.parameterAsDouble(parameters, "NODATA", context))
        if _given(parameters, "EXTENT"):
            box = self.parameterAsExtent(parameters, "EXTENT", context)
            params["bbox"] = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]
            crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
            if crs.isValid():
                params["bbox_crs"] = crs_text(crs)
        if _given(parameters, "MASK"):
            params["aoi"] = self._mask_file(parameters, context, feedback)
        if _given(parameters, "TILE"):
            params["tile"] = self.parameterAsInt(parameters, "TILE", context)
        params["compress"] = self.parameterAsEnumString(parameters, "COMPRESS", context)
        params["cog"] = self.parameterAsBool(parameters, "COG", context)
        params["consistent"] = self.parameterAsBool(parameters, "CONSISTENT", context)
        params["ensemble"] = self.parameterAsBool(parameters, "ENSEMBLE", context)
        params["expand_palette"] = self.parameterAsBool(parameters, "EXPAND_PALETTE", context)
        params["co"] = self._creation_options(parameters, context)
        return params

    def _creation_options(self, parameters, context) -> list[str]:
        text = self.parameterAsString(parameters, "OPTIONS", context)
        return [part.strip() for part in text.split("|") if part.strip()]

    def _mask_file(self, parameters, context, feedback) -> str:
        """The polygons in a GeoPackage of their own: layers in memory, selections and filters become plain files."""
        source = self.parameterAsSource(parameters, "MASK", context)
        path = QgsProcessingUtils.generateTempFilename("mask.gpkg")
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        writer = QgsVectorFileWriter.create(
            path, QgsFields(), source.wkbType(), source.sourceCrs(), context.transformContext(), options
        )
        for feature in source.getFeatures(QgsFeatureRequest().setNoAttributes()):
            feature.setFields(QgsFields())
            writer.addFeature(feature)
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise QgsProcessingException(writer.errorMessage())
        del writer  # closes the file
        return path

    def _load(self, output: str, context, parameters, bands: list[int], scale) -> None:
        """Name the result after its layer, and style it, where QGIS is to load it."""
        if not context.willLoadLayerOnCompletion(output):
            return
        details = context.layerToLoadOnCompletionDetails(output)
        details.name = f"{self._layer_name} x{scale}"
        details.forceName = True
        expanded = self.parameterAsBool(parameters, "EXPAND_PALETTE", context)
        if self.parameterAsBool(parameters, "COPY_STYLE", context) and self._renderer and not expanded:
            renderer = style.with_bands(self._renderer, bands)
            if renderer is not None:
                details.setPostProcessor(style.CopyStyle.create(output, renderer))

    def _load_doubt(self, path: str, context) -> None:
        """Name and colour the expected error, where QGIS is to load it."""
        if context.willLoadLayerOnCompletion(path):
            details = context.layerToLoadOnCompletionDetails(path)
            details.name = translate("RsSr", "{} expected error").format(self._layer_name)
            details.forceName = True
            details.setPostProcessor(style.Ramp.create(path))


class _Listener:
    """Hands a worker's messages to Processing's feedback: a number each time, text when the stage changes."""

    def __init__(self, feedback) -> None:
        self._feedback = feedback
        self._stage = ""

    def __call__(self, message: dict) -> None:
        if message["type"] == "progress":
            stage = message.get("stage", "")
            if stage != self._stage:
                self._stage = stage
                self._feedback.setProgressText(messages.stage_words(stage))
            self._feedback.setProgress(100 * float(message.get("fraction", 0)))
        elif message.get("level") == "warning":
            self._feedback.pushWarning(message.get("text", ""))
        else:
            self._feedback.pushInfo(message.get("text", ""))


def _enum(name: str, label: str, choices: list[str]) -> QgsProcessingParameterEnum:
    return QgsProcessingParameterEnum(name, label, choices, defaultValue=choices[0], usesStaticStrings=True)


def _given(parameters: dict, name: str) -> bool:
    value = parameters.get(name)
    return value is not None and str(value) not in ("", "NULL")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
