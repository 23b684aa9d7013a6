"""What QGIS loads: the provider always, the rest only where there is a window."""

from __future__ import annotations

from qgis.core import QgsApplication

from .provider import Provider


class SuperResolutionPlugin:
    """`qgis_process` calls `initProcessing` alone, the desktop `initGui`, and `unload` at the end."""

    def __init__(self, iface) -> None:
        self._iface = iface
        self._provider = None

    def initProcessing(self) -> None:
        self._provider = Provider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        self.initProcessing()

    def unload(self) -> None:
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
