"""The provider in the Processing toolbox."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithm import SuperResolve, missing
from .messages import translate

ICON = str(Path(__file__).parent / "icons" / "rs_sr.svg")


class Provider(QgsProcessingProvider):
    """`rssr`, with one algorithm."""

    def id(self) -> str:
        return "rssr"

    def name(self) -> str:
        return "rs-sr"

    def longName(self) -> str:
        return translate("RsSr", "rs-sr: super-resolution of rasters")

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def svgIconPath(self) -> str:
        return ICON

    def warningMessage(self) -> str:
        """What the toolbox shows above the algorithm where it cannot run."""
        return missing()

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        return ["tif", "tiff"]

    def defaultRasterFileExtension(self, hasGeometry: bool = True) -> str:
        return "tif"

    def loadAlgorithms(self) -> None:
        self.addAlgorithm(SuperResolve())
