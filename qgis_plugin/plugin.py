"""What QGIS loads: the provider always, the dock and the options page only where there is a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtGui import QIcon

from . import languages, settings
from .messages import translate
from .protocol import WorkerError
from .provider import ICON, Provider

if TYPE_CHECKING:
    from .gui.dock import Dock
    from .gui.options import OptionsFactory
    from .gui.parameter_widgets import Factory
    from .set_up import SetUp

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction


class SuperResolutionPlugin:
    """`qgis_process` calls `initProcessing` alone, the desktop `initGui`, and `unload` at the end."""

    def __init__(self, iface) -> None:
        self._iface = iface
        self._provider: Provider | None = None
        self._action: QAction | None = None
        self._factory: OptionsFactory | None = None
        self._widgets: Factory | None = None
        self.set_up: SetUp | None = None
        self.dock: Dock | None = None
        self._translator = languages.translator(QgsApplication.locale())
        QCoreApplication.installTranslator(self._translator)

    def initProcessing(self) -> None:
        self._provider = Provider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        self.initProcessing()
        from .gui import parameter_widgets
        from .gui.dock import Dock
        from .gui.options import OptionsFactory
        from .set_up import SetUp

        self._widgets = parameter_widgets.register()
        self.set_up = SetUp()
        self.set_up.ended.connect(self._set_up_ended)
        self._factory = OptionsFactory(self.set_up)
        self._iface.registerOptionsWidgetFactory(self._factory)
        self.dock = dock = Dock(self._iface, self._iface.mainWindow(), self.set_up)
        self.set_up.begun.connect(dock.question.later)
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.hide()
        self._action = action = QAction(QIcon(ICON), translate("RsSr", "Super-resolution"), self._iface.mainWindow())
        action.setObjectName("RsSrAction")
        action.setCheckable(True)
        action.toggled.connect(dock.setUserVisible)
        dock.visibilityChanged.connect(self._dock_shown)
        self._iface.addPluginToRasterMenu(translate("RsSr", "Super-resolution"), action)
        self._iface.addToolBarIcon(action)
        self._greet()

    def _greet(self) -> None:
        """Say once what is to be done first."""
        try:
            settings.python()
        except WorkerError as error:
            if error.code == "not-set-up" and not settings.get("greeted"):
                settings.put("greeted", "yes")
                text = translate("RsSr", "One step is left: setting up the backend that does the work.")
                self._tell(text, translate("RsSr", "Set up..."), Qgis.MessageLevel.Info)

    def _set_up_ended(self) -> None:
        if self.set_up is None or self.dock is None:
            return
        from .gui import bar

        self.dock.renew()
        if self.set_up.problem:
            self._tell(self.set_up.problem, translate("RsSr", "Show"), Qgis.MessageLevel.Warning)
        else:
            text, word = translate("RsSr", "The backend is set up."), translate("RsSr", "Open the dock")
            cures = [(word, self._show_dock)] if self.dock.isHidden() else []
            bar.push(self._iface, text, Qgis.MessageLevel.Success, *cures)

    def _show_dock(self) -> None:
        if self.dock is not None:
            self.dock.setUserVisible(True)

    def _tell(self, text: str, word: str, level) -> None:
        """A message that stays, with a button that opens the page of the options."""
        from .gui import bar, options

        bar.push(self._iface, text, level, (word, lambda: options.show(self._iface)))

    def _dock_shown(self, *ignored) -> None:
        if self._action is not None and self.dock is not None:
            self._action.blockSignals(True)
            self._action.setChecked(not self.dock.isHidden())
            self._action.blockSignals(False)
            if not self.dock.isHidden() and not settings.get("dock_sized"):
                settings.put("dock_sized", "yes")  # QGIS keeps the user's own width from then on
                QTimer.singleShot(0, self._widen)  # when the window has made room

    def _widen(self) -> None:
        from .gui.dock import SIDE_PX

        if self.dock is not None and self.dock.width() < SIDE_PX:
            self._iface.mainWindow().resizeDocks([self.dock], [SIDE_PX], Qt.Orientation.Horizontal)

    def unload(self) -> None:
        """Take everything out again. Also called while QGIS quits, when parts of it are gone already."""
        if self.set_up is not None:
            self.set_up.ended.disconnect(self._set_up_ended)
            self.set_up.cancel()
            self.set_up = None
        if self.dock is not None:
            self.dock.close_down()
            self.dock.disconnect_all()
            self._iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self._action is not None:
            self._iface.removePluginRasterMenu(translate("RsSr", "Super-resolution"), self._action)
            self._iface.removeToolBarIcon(self._action)
            self._action = None
        if self._factory is not None:
            self._iface.unregisterOptionsWidgetFactory(self._factory)
            self._factory = None
        if self._widgets is not None:
            from .gui import parameter_widgets

            parameter_widgets.unregister(self._widgets)
            self._widgets = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        QCoreApplication.removeTranslator(self._translator)
