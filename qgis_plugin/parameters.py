"""What the algorithm asks for, and how one call's answers are read: as Processing reads them, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingOutputLayerDefinition,
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
    QgsProcessingParameters,
    QgsProcessingParameterString,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from .fields import CHOICES
from .messages import translate
from .protocol import WorkerError

ALGORITHM = "rssr:superresolve"


WIDGET = {"widget_wrapper": {"class": f"{__package__}.gui.parameter_widgets.Widget"}}  # imported for a dialog alone


class NameParameter(QgsProcessingParameterString):
    """A text that has a list of names, and takes a path too. By its type the designer finds its widget."""

    TYPE = "rssr_name"

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name, label, optional=True)
        self.setMetadata(WIDGET)

    def type(self) -> str:
        return self.TYPE

    def clone(self) -> NameParameter:
        made = NameParameter(self.name(), self.description())
        made.setFlags(self.flags())
        made.setDefaultValue(self.defaultValue())
        made.setHelp(self.help())
        return made


def definitions() -> list[QgsProcessingParameterDefinition]:
    """The parameters in the order of the dialog, each with its help."""
    found, helps = _definitions(), _helps()
    for definition in found:
        definition.setHelp(helps[definition.name()])
    return found


def _helps() -> dict[str, str]:
    return {
        "INPUT": translate("RsSr", "A raster file. A picture from a server is exported first."),
        "MODEL": translate("RsSr", "A model of the list, or the path of a model file; empty for the best one."),
        "SENSOR": translate(
            "RsSr",
            "How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; "
            "empty for what the metadata say, else what the scene shows.",
        ),
        "SCALE": translate("RsSr", "How many times finer; auto takes the model's, else 2."),
        "BANDS": translate("RsSr", "Those to take, in their order; all where none is given."),
        "EXTENT": translate("RsSr", "A part to compute, equal to that part of the whole."),
        "MASK": translate("RsSr", "Outside these polygons the result has no data."),
        "RANGE": translate("RsSr", "What the model sees as 0 and 1; found from the raster if empty."),
        "NODATA": translate("RsSr", "The value of pixels without data; else what the layer says."),
        "BLUR": translate(
            "RsSr",
            "In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.",
        ),
        "NOISE": translate("RsSr", "Its standard deviation; else the sensor's, else what the scene shows."),
        "CONSISTENT": translate("RsSr", "Made coarse again, the result differs less from the input."),
        "ENSEMBLE": translate("RsSr", "Flipped and turned: a little better, eight times the time."),
        "EXPAND_PALETTE": translate("RsSr", "For pictures of 256 colours; not for maps of classes."),
        "TILE": translate("RsSr", "The side of the squares that are worked through; smaller takes less memory."),
        "HALO": translate("RsSr", "Pixels read around a tile, so that no seams show. Leave it."),
        "MEMORY": translate("RsSr", "What the run stays within; else a quarter of the machine's, up to 4 GB."),
        "DEVICE": translate("RsSr", "What the model runs on; auto takes a graphics card if there is one that can."),
        "THREADS": translate("RsSr", "How many to compute on; else all."),
        "ENGINE": translate("RsSr", "What runs the model; auto takes torch, for ONNX models onnxruntime."),
        "PRECISION": translate("RsSr", "Of the model's numbers; auto keeps the values."),
        "COMPRESS": translate("RsSr", "Of the result. jpeg and webp change values, the others do not."),
        "OPTIONS": translate("RsSr", "For GDAL's GeoTIFF driver."),
        "COG": translate("RsSr", "Ordered for reading over the network."),
        "COPY_STYLE": translate("RsSr", "Where the result is loaded into the project."),
        "OUTPUT": translate("RsSr", "A GeoTIFF: the same place, type, bands and metadata, only finer."),
        "UNCERTAINTY": translate("RsSr", "How far each pixel is expected to be off; takes the mean of eight looks."),
    }


def _definitions() -> list[QgsProcessingParameterDefinition]:
    double = QgsProcessingParameterNumber.Type.Double
    integer = QgsProcessingParameterNumber.Type.Integer
    number, text, yes_no = QgsProcessingParameterNumber, QgsProcessingParameterString, QgsProcessingParameterBoolean
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    return [
        QgsProcessingParameterRasterLayer("INPUT", translate("RsSr", "Raster")),
        NameParameter("MODEL", translate("RsSr", "Model")),
        NameParameter("SENSOR", translate("RsSr", "Sensor")),
        _enum("SCALE", translate("RsSr", "Scale")),
        QgsProcessingParameterBand(
            "BANDS", translate("RsSr", "Bands"), parentLayerParameterName="INPUT", optional=True, allowMultiple=True
        ),
        QgsProcessingParameterExtent("EXTENT", translate("RsSr", "Extent"), optional=True),
        QgsProcessingParameterFeatureSource("MASK", translate("RsSr", "Mask polygons"), polygons, optional=True),
        QgsProcessingParameterRange("RANGE", translate("RsSr", "Value range"), double, optional=True),
        number("NODATA", translate("RsSr", "Nodata value"), double, optional=True),
        *_advanced(
            text("BLUR", translate("RsSr", "Blur (what is left at Nyquist: y, x)"), optional=True),
            number("NOISE", translate("RsSr", "Noise (in the raster's units)"), double, optional=True),
            yes_no("CONSISTENT", translate("RsSr", "Nearer to the input"), False),
            yes_no("ENSEMBLE", translate("RsSr", "Mean of eight looks (eight times the time)"), False),
            yes_no("EXPAND_PALETTE", translate("RsSr", "Palette to colours"), False),
            number("TILE", translate("RsSr", "Tile (input pixels)"), integer, optional=True, minValue=1),
            text("HALO", translate("RsSr", "Halo (auto, exact or pixels)"), "auto"),
            text("MEMORY", translate("RsSr", "Memory limit (like 2GB)"), optional=True),
            text("DEVICE", translate("RsSr", "Device (auto, cpu, cuda, cuda:1, mps or xpu)"), "auto"),
            number("THREADS", translate("RsSr", "Cores"), integer, optional=True, minValue=1),
            _enum("ENGINE", translate("RsSr", "Engine")),
            _enum("PRECISION", translate("RsSr", "Number format")),
            _enum("COMPRESS", translate("RsSr", "Compression")),
            _creation("OPTIONS", translate("RsSr", "Creation options (KEY=VALUE|KEY=VALUE)")),
            yes_no("COG", translate("RsSr", "Cloud Optimized GeoTIFF"), False),
            yes_no("COPY_STYLE", translate("RsSr", "Give the result the input's style"), True),
        ),
        QgsProcessingParameterRasterDestination("OUTPUT", translate("RsSr", "Super-resolved")),
        *_advanced(
            QgsProcessingParameterRasterDestination(
                "UNCERTAINTY", translate("RsSr", "Expected error"), optional=True, createByDefault=False
            )
        ),
    ]


class Given:
    """One call of the algorithm: what its parameters are, by their names."""

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
    ) -> None:
        self.algorithm, self.context = algorithm, context
        self.parameters = dict(parameters)
        for name in CHOICES:  # 4 is as good as "4"; QGIS takes text alone
            if isinstance(self.parameters.get(name), int):
                self.parameters[name] = str(self.parameters[name])

    def has(self, name: str) -> bool:
        """Whether it was given; one with a default need not be."""
        value = self.raw(name)
        if isinstance(value, QgsProcessingOutputLayerDefinition):  # a batch gives one that is empty, too
            value = value.sink.asExpression().strip("'")
        return value is not None and str(value) not in ("", "NULL")

    def raw(self, name: str) -> Any:
        return self.parameters.get(name)

    def labels(self) -> dict[str, str]:
        """What the dialog calls each parameter: its description without what that says in brackets."""
        return {d.name(): d.description().split(" (")[0] for d in self.algorithm.parameterDefinitions()}

    def layer(self) -> QgsRasterLayer:
        """The raster; on the main thread only. None at all is a `WorkerError`."""
        layer = self._read(QgsProcessingParameters.parameterAsRasterLayer, "INPUT")
        if layer is None:
            problem = translate("RsSr", "There is no raster layer")
            raise WorkerError("bad-parameter", problem, translate("RsSr", "Choose one."))
        return layer

    def text(self, name: str) -> str:
        return self._read(QgsProcessingParameters.parameterAsString, name).strip()

    def choice(self, name: str) -> str:
        return self._read(QgsProcessingParameters.parameterAsEnumString, name)

    def flag(self, name: str) -> bool:
        return self._read(QgsProcessingParameters.parameterAsBool, name)

    def integer(self, name: str) -> int:
        return self._read(QgsProcessingParameters.parameterAsInt, name)

    def number(self, name: str) -> float:
        return self._read(QgsProcessingParameters.parameterAsDouble, name)

    def bands(self) -> list[int]:
        """Their numbers; empty for all."""
        return self._read(QgsProcessingParameters.parameterAsInts, "BANDS")

    def value_range(self) -> tuple[float, float]:
        """Its ends; NaN for one that is not given."""
        low, high = self._read(QgsProcessingParameters.parameterAsRange, "RANGE")
        return (low, high) if self.has("RANGE") else (float("nan"), float("nan"))

    def extent(self) -> tuple[QgsRectangle, QgsCoordinateReferenceSystem]:
        return (
            self._read(QgsProcessingParameters.parameterAsExtent, "EXTENT"),
            self._read(QgsProcessingParameters.parameterAsExtentCrs, "EXTENT"),
        )

    def polygons(self) -> QgsProcessingFeatureSource | None:
        return self._read(QgsProcessingParameters.parameterAsSource, "MASK")

    def creation_options(self) -> list[str]:
        return [part.strip() for part in self.text("OPTIONS").split("|") if part.strip()]

    def blur(self) -> list[str]:
        """What is given, one number for both axes or two; the backend says what is wrong with it."""
        found = self.text("BLUR").replace(",", " ").replace(";", " ").split()
        return found * 2 if len(found) == 1 else found

    def output(self, name: str) -> str:
        """The path of a result, which is new each time for a temporary one; empty for one that is not wanted."""
        return self._read(QgsProcessingParameters.parameterAsOutputLayer, name) if self.has(name) else ""

    def is_writable(self, name: str) -> bool:
        """Whether a result can have the name that is given."""
        return self.algorithm.parameterDefinition(name).isSupportedOutputValue(self.raw(name), self.context)[0]

    def _read(self, how, name: str):
        return how(self.algorithm.parameterDefinition(name), self.parameters, self.context)


def call(parameters: Mapping[str, Any]) -> Given:
    """A call that is to be made on the open project."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return Given(QgsApplication.processingRegistry().algorithmById(ALGORITHM).create(), parameters, context)


def _advanced(*found: QgsProcessingParameterDefinition) -> tuple[QgsProcessingParameterDefinition, ...]:
    for definition in found:
        definition.setFlags(definition.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return found


def _creation(name: str, label: str) -> QgsProcessingParameterString:
    """Options for GDAL, with QGIS's own widget."""
    definition = QgsProcessingParameterString(name, label, optional=True)
    definition.setMetadata(WIDGET)
    return definition


def _enum(name: str, label: str) -> QgsProcessingParameterEnum:
    choices = CHOICES[name]
    return QgsProcessingParameterEnum(name, label, choices, defaultValue=choices[0], usesStaticStrings=True)
