"""Run by the QGIS desktop itself (``--code``): load a raster, open the dock, preview, run, compare; a picture of each.

`test_desktop.py` starts it. RS_SR_DESKTOP names a folder with scene.tif in it, where pictures and report.json go.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from qgis.utils import iface, plugins

FOLDER = Path(os.environ["RS_SR_DESKTOP"])
MODEL = os.environ.get("RS_SR_DESKTOP_MODEL", "bicubic")
PATIENCE_S = 300.0
report: dict = {"log": [], "error": ""}


def picture(name: str, widget=None) -> None:
    (widget or iface.mainWindow()).grab().save(str(FOLDER / f"{name}.png"))


def settled() -> bool:
    return not iface.mapCanvas().isDrawing()


def session():
    """The steps; each yield is a condition to wait for."""
    yield lambda: getattr(plugins.get("rs_sr_qgis"), "dock", None) is not None
    window = iface.mainWindow()
    window.resize(1280, 800)
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "LayerOrder", "Layers"):
            dock.setVisible(dock.objectName() == "Layers")
    layer = iface.addRasterLayer(str(FOLDER / "scene.tif"), "scene")
    iface.mapCanvas().setExtent(layer.extent())
    dock = plugins["rs_sr_qgis"].dock
    dock.setUserVisible(True)
    report["followed"] = dock.form.chosen_layer() == layer
    dock.form.model.choose(MODEL)
    if MODEL == "bicubic":
        dock.form.scale.setCurrentIndex(3)
    yield lambda: "&#9632;" in dock.form.state.text() and dock.form.device.text() and settled()
    report["line"] = dock.form.state.accessibleName()
    report["width"] = dock.width()
    report["cut"] = dock.widget().widget().width() - dock.widget().viewport().width()
    picture("dock")
    dock.form.preview.button.click()
    yield lambda: dock.preview.layer is not None and dock.preview.settled
    yield settled
    picture("preview")
    QgsProject.instance().write(str(FOLDER / "saved.qgs"))
    dock.form.run_button.click()
    yield lambda: dock._run is None
    yield settled
    picture("result")
    dock.form.history.compare_button.click()
    yield lambda: dock.comparison.tool is not None and not dock.comparison.tool.item.busy
    picture("compare")
    centre, at = iface.mapCanvas().center(), dock.comparison.tool.item.at
    QTest.keyClick(iface.mapCanvas(), Qt.Key.Key_Right)
    report["moved"] = [dock.comparison.tool.item.at > at, iface.mapCanvas().center() == centre]
    report["chosen"] = dock.form.chosen_layer().name()
    report["layers"] = [found.name() for found in QgsProject.instance().mapLayers().values()]
    dock.comparison.finish()
    QTimer.singleShot(150, options)
    iface.showOptionsDialog(window, "rssrOptions")  # comes back when it is closed
    yield lambda: True


def options() -> None:
    dialog = QApplication.activeModalWidget()
    if dialog is None or not dialog.isVisible():
        QTimer.singleShot(150, options)
        return
    dialog.resize(900, 700)
    QApplication.processEvents()
    picture("options", dialog)
    dialog.reject()


def advance(steps, condition, since: float) -> None:
    """Go on once the condition holds. Exceptions inside timers vanish, so they are kept."""
    try:
        if condition is None or condition():
            condition, since = next(steps), time.monotonic()
        elif time.monotonic() - since > PATIENCE_S:
            picture("stuck")
            raise TimeoutError("a step took too long; see stuck.png")
    except StopIteration:
        leave()
        return
    except Exception:
        report["error"] = traceback.format_exc()
        leave()
        return
    QTimer.singleShot(150, lambda: advance(steps, condition, since))


def leave() -> None:
    (FOLDER / "report.json").write_text(json.dumps(report, indent=1))
    QgsProject.instance().clear()  # else QGIS asks whether temporary layers may go
    iface.actionExit().trigger()


QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: report["log"].append([str(text), tag, int(level)])
)
QTimer.singleShot(150, lambda: advance(session(), None, time.monotonic()))
