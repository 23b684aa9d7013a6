"""The divider between two layers on a real canvas, moved by real keys and the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QEvent, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QApplication

WAIT_MS = 300_000


def colours(canvas) -> tuple[str, str]:
    """Left and right of the canvas's middle."""
    picture = canvas.grab().toImage()
    width, height = picture.width(), picture.height()
    return tuple(picture.pixelColor(x, height // 2).name() for x in (width // 2 - 30, width // 2 + 30))


def flat(folder: Path, name: str, grey: int) -> QgsRasterLayer:
    made = gdal.GetDriverByName("GTiff").Create(str(folder / name), 60, 40, 3, gdal.GDT_Byte)
    made.SetGeoTransform((500000, 10, 0, 5400000, 0, -10))
    for band in range(3):
        made.GetRasterBand(band + 1).Fill(grey)
    made = None
    layer = QgsRasterLayer(str(folder / name), name)
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    layer.setContrastEnhancement(0)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def tool(provider, canvas, qtbot, tmp_path):
    """A divider between a dark and a light layer."""
    from rs_sr_qgis.swipe import Side, SwipeTool

    dark, light = flat(tmp_path, "dark.tif", 50), flat(tmp_path, "light.tif", 200)
    canvas.setDestinationCrs(dark.crs())
    canvas.setLayers([light, dark])
    canvas.setExtent(dark.extent())
    canvas.waitWhileRendering()
    tool = SwipeTool(canvas, Side("dark", [dark]), Side("light", [light]))
    canvas.setMapTool(tool)
    qtbot.waitUntil(lambda: not tool.item.busy, timeout=WAIT_MS)
    yield tool
    tool.finish()


def test_the_swipe_shows_one_layer_left_and_the_other_right(tool, canvas, qtbot):
    assert colours(canvas) == ("#323232", "#c8c8c8")
    at = QPointF(5, 100)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, at, button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas.viewport(), event)
    assert colours(canvas) == ("#c8c8c8", "#c8c8c8")
    tool.put(1.0)
    assert colours(canvas) == ("#323232", "#323232")
    tool.put(0.5)
    canvas.setRotation(90)
    assert tool.item.busy
    qtbot.waitUntil(lambda: not tool.item.busy, timeout=WAIT_MS)
    assert colours(canvas) == ("#323232", "#c8c8c8")
    canvas.setRotation(0)


def test_the_keys_move_the_divider_and_leave_the_map_alone(tool, canvas, qtbot):
    centre, extent, at = canvas.center(), canvas.extent(), tool.item.at
    for key, moved in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Left, 0)):
        qtbot.keyClick(canvas, key)
        assert tool.item.at == pytest.approx(at + moved * 10 / canvas.width())
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert not tool.item.upright
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert tool.item.at == pytest.approx(at + 10 / canvas.height())
    assert canvas.center() == centre and canvas.extent() == extent
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert tool.item is None and canvas.mapTool() is not tool
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.center() != centre, "the canvas has its keys again"


def test_the_swipe_ends_with_its_layer(tool, qtbot):
    (light,) = QgsProject.instance().mapLayersByName("light.tif")
    with qtbot.waitSignal(tool.ended, timeout=WAIT_MS):
        QgsProject.instance().removeMapLayer(light.id())
    assert tool.item is None
