"""The preview in a real QGIS: painted on the map, in no project. What it asks for is answered by a stand-in."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import Qt

WAIT_MS = 300_000


@pytest.fixture
def tried(stand_in, dock, qtbot, settled):
    """Presses the button, once the line is there, and waits for the preview; gives its layer."""

    def press() -> QgsRasterLayer | None:
        settled()
        qtbot.mouseClick(dock.form.preview.button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dock.preview.settled, timeout=WAIT_MS)
        return dock.preview.layer

    return press


@pytest.fixture
def big(dock, canvas, tools, tmp_path) -> QgsRasterLayer:
    """A layer of many tiles, chosen, with the map on its middle."""
    made = QgsRasterLayer(str(tools.write(tmp_path / "big.tif", size=(1000, 1200))), "big")
    QgsProject.instance().addMapLayer(made)
    dock.form.layer.setLayer(made)
    canvas.setExtent(made.extent())
    return made


def seen(canvas) -> str:
    """The colour in the middle of the map."""
    picture = canvas.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).name()


def test_a_preview_is_painted_on_the_map_and_saved_in_no_project(tried, dock, qtbot, layer, canvas, tmp_path):
    project = QgsProject.instance()
    before, order = set(project.mapLayers()), project.layerTreeRoot().layerOrder()
    project.setDirty(False)
    shown = tried()
    assert (shown.width(), shown.height()) == (100, 120) and shown.extent() == layer.extent()
    assert set(project.mapLayers()) == before and project.layerTreeRoot().layerOrder() == order
    assert not project.isDirty()
    assert project.write(str(tmp_path / "p.qgs"))
    assert "review" not in (tmp_path / "p.qgs").read_text()
    assert project.read(str(tmp_path / "p.qgs")) and len(project.mapLayers()) == len(before)
    assert dock.preview.layer is None and not Path(shown.source()).exists()


def test_layers_of_later_projects_are_in_the_list(tried, dock, canvas, tools, tmp_path):
    """As one raster after the other is opened: QGIS gives new layers the places of old ones."""
    for number in range(6):
        QgsProject.instance().clear()
        layer = QgsRasterLayer(str(tools.write(tmp_path / f"{number}.tif", size=(40, 40))), f"raster {number}")
        QgsProject.instance().addMapLayer(layer)
        canvas.setDestinationCrs(layer.crs())
        canvas.setExtent(layer.extent())
        assert [dock.form.layer.itemText(i) for i in range(dock.form.layer.count())] == ["", f"raster {number}"]
        assert dock.form.chosen_layer() is layer and tried() is not None


def test_a_preview_is_seen_hidden_compared_and_removed_with_a_click(tried, dock, qtbot, layer, canvas):
    assert not dock.form.preview.remove.isVisible()
    layer.renderer().setRedBand(1)
    tried()
    canvas.setLayers([])
    canvas.waitWhileRendering()
    bar, there = dock.form.preview, seen(canvas)
    qtbot.mouseClick(bar.shown, Qt.MouseButton.LeftButton, pos=_left(bar.shown))
    assert seen(canvas) == canvas.canvasColor().name() != there
    qtbot.mouseClick(bar.shown, Qt.MouseButton.LeftButton, pos=_left(bar.shown))
    assert seen(canvas) == there
    qtbot.mouseClick(bar.compare, Qt.MouseButton.LeftButton)
    assert bar.compare.isChecked() and canvas.mapTool() is dock.comparison.tool
    qtbot.waitUntil(lambda: not dock.comparison.tool.item.busy, timeout=WAIT_MS)
    qtbot.mouseClick(bar.compare, Qt.MouseButton.LeftButton)
    assert not bar.compare.isChecked() and dock.comparison.tool is None
    qtbot.mouseClick(bar.compare, Qt.MouseButton.LeftButton)
    path = Path(dock.preview.layer.source())
    qtbot.mouseClick(bar.remove, Qt.MouseButton.LeftButton)
    assert (
        dock.preview.layer is None and not path.exists() and dock.comparison.tool is None and not bar.remove.isVisible()
    )
    assert seen(canvas) == canvas.canvasColor().name()


def _left(box):
    """Inside a check box's mark."""
    from qgis.PyQt.QtCore import QPoint

    return QPoint(8, box.height() // 2)


def test_the_next_preview_takes_the_place_of_the_last(tried, dock, qtbot):
    first = Path(tried().source())
    pid = dock.worker.pid
    second = Path(tried().source())
    assert second.exists() and not first.exists() and dock.worker.pid == pid
    dock.close_down()
    assert not second.exists()


def test_a_preview_computes_what_it_shows_and_nothing_beside(tried, dock, canvas, big, stand_in):
    for x, y in ((0.5, 0.5), (0.37, 0.61), (0.001, 0.999), (0.999, 0.001)):
        e = big.extent()
        canvas.setCenter(QgsPointXY(e.xMinimum() + x * e.width(), e.yMinimum() + y * e.height()))
        tried()
        told = stand_in.heard("run")[-1]
        west, south, east, north = told["bbox"]
        first = ((west - 500000) / 10, (5400000 - north) / 10)
        assert told["preview"] is True and [round(v, 6) % 128 for v in first] == [0, 0], "on a grid of 128"
        assert round((east - west) / 10) <= 256 and round((north - south) / 10) <= 256
        here = canvas.center()
        assert west - 1 <= here.x() <= east + 1 and south - 1 <= here.y() <= north + 1


def test_a_preview_that_takes_long_shows_its_middle_first(tried, dock, canvas, big, stand_in):
    stand_in.plans(result={"seconds": 100})
    dock.worker.close()
    dock.question.drop()
    shown = tried()
    sizes = [round((t["bbox"][2] - t["bbox"][0]) / 10) for t in stand_in.heard("run")]
    assert sizes == [128, 256] and shown.width() == 512
    assert "Preview in 0.2 s." == dock.form.preview.said.text(), "of both parts"


def test_a_live_preview_follows_the_map_and_the_choices(tried, dock, qtbot, canvas, big, stand_in):
    def follows() -> dict:
        qtbot.waitUntil(lambda: dock.preview.settled, timeout=WAIT_MS)
        return stand_in.heard("run")[-1]

    qtbot.mouseClick(dock.form.preview.live, Qt.MouseButton.LeftButton, pos=_left(dock.form.preview.live))
    assert dock.form.preview.live.isChecked() and not dock.preview.settled
    first = follows()
    canvas.setCenter(QgsPointXY(502500, 5397500))
    assert not dock.preview.settled and follows()["bbox"] != first["bbox"]
    dock.form.scale.setCurrentIndex(3)
    assert not dock.preview.settled and follows()["scale"] == 4
    dock.form.preview.live.setChecked(False)
    many = len(stand_in.heard("run"))
    canvas.setCenter(QgsPointXY(505000, 5395000))
    assert not dock.preview.running and not dock.preview._live.isActive()
    qtbot.waitUntil(lambda: dock.preview.settled, timeout=WAIT_MS)
    assert len(stand_in.heard("run")) == many


def test_a_preview_of_the_part_that_the_map_shows_or_polygons_needs_neither(tried, dock, stand_in):
    for area in (1, 2):
        dock.form.area.setCurrentIndex(area)
        dock.preview.start()
        assert dock.preview.running
        dock.preview.cancel()
        assert not dock.preview.running and dock.form.preview.said.text() == ""


def test_a_preview_can_be_had_of_what_does_not_fit_the_disk(tried, dock, stand_in, settled):
    stand_in.plans(disk_free=1)
    assert settled().startswith("Cannot run: Only 0 kB are free on the disk.")
    assert not dock.form.run_button.isEnabled() and dock.form.preview.button.isEnabled() and tried() is not None


def test_a_preview_beside_the_layer_is_told(tried, dock, canvas):
    canvas.setCenter(QgsPointXY(0, 0))
    assert tried() is None and "move the map" in dock.form.preview.said.text()


def test_a_preview_of_a_raster_without_place(tried, dock, canvas, tmp_path, stand_in):
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "plain.tif"), 400, 300, 1, gdal.GDT_Byte)
    made.GetRasterBand(1).Fill(9)
    made = None
    place = QgsRasterLayer(str(tmp_path / "plain.tif"), "plain")
    place.setCrs(QgsCoordinateReferenceSystem())
    QgsProject.instance().addMapLayer(place)
    dock.form.layer.setLayer(place)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    canvas.setExtent(place.extent())
    shown = tried()
    assert (shown.width(), shown.height()) == (512, 512)
    assert stand_in.heard("run")[-1]["window"][2] == 256


def test_a_preview_of_a_raster_placed_by_control_points_is_inside_its_file(tried, dock, canvas, stand_in, tmp_path):
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "gcp.tif"), 240, 230, 1, gdal.GDT_Byte)
    corners = ((0, 0, 10.0, 50.0), (240, 0, 10.3, 50.05), (0, 230, 9.95, 49.8), (240, 230, 10.25, 49.85))
    degrees = QgsCoordinateReferenceSystem("EPSG:4326").toWkt()
    made.SetGCPs([gdal.GCP(x, y, 0, col, row) for col, row, x, y in corners], degrees)
    made = None
    warped = QgsRasterLayer(str(tmp_path / "gcp.tif"), "gcp")
    assert (warped.width(), warped.height()) != (240, 230), "QGIS shows it on a grid of its own"
    QgsProject.instance().addMapLayer(warped)
    dock.form.layer.setLayer(warped)
    canvas.setDestinationCrs(warped.crs())
    canvas.setExtent(warped.extent())
    tried()
    col, row, width, height = stand_in.heard("run")[-1]["window"]
    assert col >= 0 and row >= 0 and col + width <= 240 and row + height <= 230 and min(width, height) > 128


def test_a_removed_layer_takes_its_preview_along(tried, dock, layer, qtbot):
    path = Path(tried().source())
    QgsProject.instance().removeMapLayer(layer.id())
    assert dock.preview.layer is None and not path.exists()


def test_the_frame_is_there_from_the_start_and_goes_with_a_cancel(stand_in, dock, settled, canvas, layer):
    settled()
    canvas.setExtent(QgsRectangle(499000, 5399000, 501500, 5401000))
    dock.preview.start()
    assert dock.preview._item is not None and dock.form.cancel_button.isEnabled()
    dock.form.cancel_button.click()
    assert dock.preview._item is None and not dock.form.cancel_button.isEnabled()
