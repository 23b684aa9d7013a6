"""What the map shows of rasters that control points or RPCs place: QGIS has them on a grid of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import Qt

WAIT_MS = 300_000
DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")


def placed(path: Path, corners, *transform: float) -> QgsRasterLayer:
    """A raster of 240 x 200 whose corners (upper left, upper right, lower left, lower right) are at points."""
    made = gdal.GetDriverByName("GTiff").Create(str(path), 240, 200, 1, gdal.GDT_Byte)
    ends = ((0, 0), (240, 0), (0, 200), (240, 200))
    made.SetGCPs(
        [gdal.GCP(x, y, 0, col, row) for (x, y), (col, row) in zip(corners, ends, strict=True)], DEGREES.toWkt()
    )
    made = None
    return QgsRasterLayer(str(path), path.stem)


def alike(layer: QgsRasterLayer, result: QgsRasterLayer, box: QgsRectangle, across: float, down: float) -> float:
    """How many points of a box have the same value in both, with the result looked at a little beside."""
    equal = 0
    for number in range(900):
        x = box.xMinimum() + box.width() * (number % 30) / 30
        y = box.yMinimum() + box.height() * (number // 30) / 30
        here, there = QgsPointXY(x, y), QgsPointXY(x + across, y + down)
        equal += layer.dataProvider().sample(here, 1)[0] == result.dataProvider().sample(there, 1)[0]
    return equal / 900


UPSIDE_DOWN = ((10.0, 50.0), (10.24, 50.0), (10.0, 50.2), (10.24, 50.2))  # as a satellite that flies north
TURNED = ((10.1, 50.2), (10.3, 50.1), (10.0, 50.0), (10.2, 49.9))


@pytest.mark.parametrize(
    ("corners", "box", "told"),
    [
        (UPSIDE_DOWN, (10.12, 50.15, 10.24, 50.2), (120, 150, 120, 50)),
        (UPSIDE_DOWN, (9.0, 49.0, 10.06, 50.1), (0, 0, 60, 100)),
        (TURNED, (9.0, 49.0, 11.0, 51.0), (0, 0, 240, 200)),
    ],
)
def test_a_box_becomes_the_pixels_that_it_covers(provider, tmp_path, corners, box, told):
    from rs_sr_qgis import parameters, request

    layer = placed(tmp_path / "gcp.tif", corners)
    QgsProject.instance().addMapLayer(layer)
    west, south, east, north = box
    given = parameters.call({"INPUT": layer.id(), "EXTENT": f"{west},{east},{south},{north} [EPSG:4326]"})
    fields = request.to_look(given, request.source_of_layer(given), "t.tif")
    assert "bbox" not in fields
    assert fields["window"] == pytest.approx(told, abs=2)


def test_a_box_beside_it_is_told_with_the_cure(check, tmp_path, provider):
    from rs_sr_qgis import parameters, protocol, request

    layer = placed(tmp_path / "gcp.tif", UPSIDE_DOWN)
    QgsProject.instance().addMapLayer(layer)
    given = parameters.call({"INPUT": layer.id(), "EXTENT": "1,2,3,4 [EPSG:4326]"})
    with pytest.raises(protocol.WorkerError, match="holds no pixels") as told:
        request.to_look(given, request.source_of_layer(given), "t.tif")
    assert "take the whole layer" in told.value.hint


@pytest.fixture
def shown(dock, canvas, shared_rasters, tmp_path):
    """Opens a raster of the shared ones, chosen, and shows its middle."""

    def open_layer(name: str, kept: str = "") -> QgsRasterLayer:
        path = shared_rasters / name
        if path.suffix == ".vrt":  # a copy, since QGIS may write beside it
            gdal.Translate(str(tmp_path / f"{path.stem}.tif"), str(path))
            path = tmp_path / f"{path.stem}.tif"
        elif kept:
            copied = tmp_path / name
            copied.write_bytes(path.read_bytes())
            path = copied
        layer = QgsRasterLayer(str(path), path.stem)
        QgsProject.instance().addMapLayer(layer)
        dock.form.layer.setLayer(layer)
        canvas.setDestinationCrs(layer.crs())
        canvas.setLayers([layer])
        middle = QgsRectangle(layer.extent())
        middle.scale(0.4)
        canvas.setExtent(middle)
        dock.form.model.choose("nearest")
        dock.form.area.setCurrentIndex(dock.form.area.findData("canvas"))
        return layer

    return open_layer


@pytest.mark.parametrize("name", ["gcp_uint16.tif", "landsat_rgb_rpc.vrt"])
def test_the_part_that_the_map_shows_lies_where_the_input_lies(shown, dock, canvas, settled, qtbot, name):
    layer = shown(name, "copied")
    assert settled().startswith("Ready") or settled().startswith("Note"), settled()
    qtbot.mouseClick(dock.form.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dock._run is None, timeout=WAIT_MS)
    (entry,) = dock.form.history.entries()[:1]
    result = entry.layers()[1]
    step = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    box, found = canvas.extent().intersect(layer.extent()), result.extent()
    for wanted, got, near in zip(
        (box.xMinimum(), box.yMinimum()), (found.xMinimum(), found.yMinimum()), step, strict=True
    ):
        assert got < wanted + near, "all that the map shows is in it"
    assert found.width() < 3 * box.width() and found.height() < 3 * box.height(), "and not the whole"
    inner = QgsRectangle(box)
    inner.scale(0.9)
    equal = {
        (across, down): alike(layer, result, inner, across * step[0], down * step[1])
        for across in (-1, 0, 1)
        for down in (-1, 0, 1)
    }
    assert equal[0, 0] > 0.4 and max(equal, key=equal.get) == (0, 0), equal  # QGIS's own grid moves pixels by a half


def test_a_layer_that_qgis_places_by_pixel_numbers_is_told(shown, dock, settled, qtbot):
    """Its file has an identity transform beside its RPCs: the result lies where those say."""
    shown("rpc_uint16.tif", "copied")
    settled()
    assert "QGIS places this layer by its pixel numbers" in dock.form.state.accessibleName()
    qtbot.mouseClick(dock.form.preview.button, Qt.MouseButton.LeftButton)
    assert "Unset the file's transform" in dock.form.preview.said.text()
    assert dock.preview.settled and dock.preview.layer is None
