"""Give a result the look of its input."""

from __future__ import annotations

from qgis.core import (
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterRenderer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor

VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")  # even to the eye, dark where there is little
_kept: dict[
    str, QgsProcessingLayerPostProcessorInterface
] = {}  # QGIS does not keep the Python side of a post-processor alive


def with_bands(renderer: QgsRasterRenderer, bands: list[int]) -> QgsRasterRenderer | None:
    """`renderer` for a raster that has the bands `bands` of the first one, in that order (all, if empty).

    Changes and returns it; None where it shows a band that is not among them. What a mask hides stays hidden: for
    QGIS a raster's mask is one more band behind the others.
    """
    if not bands:
        return renderer
    kind = renderer.type()
    place = {band: i + 1 for i, band in enumerate(bands)}
    if kind == "multibandcolor":
        shown = [b for b in (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) if b > 0]
        if not all(b in place for b in shown):
            return None
        renderer.setRedBand(place.get(renderer.redBand(), -1))
        renderer.setGreenBand(place.get(renderer.greenBand(), -1))
        renderer.setBlueBand(place.get(renderer.blueBand(), -1))
    elif kind == "singlebandgray" and renderer.grayBand() in place:
        renderer.setGrayBand(place[renderer.grayBand()])
    elif kind == "singlebandpseudocolor" and renderer.band() in place:
        renderer.setBand(place[renderer.band()])
    else:
        return None
    if renderer.alphaBand() > 0:
        renderer.setAlphaBand(place.get(renderer.alphaBand(), len(bands) + 1))
    return renderer


def apply(layer: QgsRasterLayer, renderer: QgsRasterRenderer) -> None:
    """Show `layer` with a clone of `renderer`, without its mask where the layer has none."""
    looks = renderer.clone()
    if looks.alphaBand() > layer.bandCount():
        looks.setAlphaBand(-1)
    layer.setRenderer(looks)
    layer.triggerRepaint()
    layer.emitStyleChanged()


class CopyStyle(QgsProcessingLayerPostProcessorInterface):
    """Applies a renderer once Processing has added the layer; runs on the main thread."""

    @classmethod
    def create(cls, output: str, renderer: QgsRasterRenderer) -> CopyStyle:
        processor = cls()
        processor._output, processor._renderer = output, renderer
        _kept[output] = processor
        return processor

    def postProcessLayer(self, layer, context, feedback) -> None:
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            apply(layer, self._renderer)
        _kept.pop(self._output, None)


def show_error(layer: QgsRasterLayer) -> None:
    """Colour the first band of an expected error by viridis, from 0 to its 98th percentile."""
    stops = [QgsGradientStop(i / (len(VIRIDIS) - 1), QColor(c)) for i, c in enumerate(VIRIDIS)]
    ramp = QgsGradientColorRamp(QColor(VIRIDIS[0]), QColor(VIRIDIS[-1]), False, stops[1:-1])
    _, high = layer.dataProvider().cumulativeCut(1, 0.0, 0.98, layer.extent(), 250_000)
    if not high > 0:  # nothing there, or NaN
        high = 1.0
    kind, mode = QgsColorRampShader.Type.Interpolated, QgsColorRampShader.ClassificationMode.Continuous
    function = QgsColorRampShader(0.0, high, ramp, kind, mode)
    function.classifyColorRamp(len(VIRIDIS), 1, layer.extent(), layer.dataProvider())
    shader = QgsRasterShader(0.0, high)
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(0.0)
    renderer.setClassificationMax(high)
    limits = renderer.minMaxOrigin()
    limits.setLimits(QgsRasterMinMaxOrigin.Limits.None_)  # these stay, whatever the map shows
    renderer.setMinMaxOrigin(limits)
    layer.setRenderer(renderer)  # itself, for QGIS 3.22's clone forgets its ends
    layer.triggerRepaint()
    layer.emitStyleChanged()


class Ramp(QgsProcessingLayerPostProcessorInterface):
    """Colours an expected error once Processing has added the layer; runs on the main thread."""

    @classmethod
    def create(cls, output: str) -> Ramp:
        processor = cls()
        processor._output = output
        _kept[output] = processor
        return processor

    def postProcessLayer(self, layer, context, feedback) -> None:
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            show_error(layer)
        _kept.pop(self._output, None)
