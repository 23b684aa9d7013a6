"""What becomes of results: files that are there, the list kept from session to session, messages with buttons."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QMessageBox, QPushButton

WAIT_MS = 300_000


@pytest.fixture
def ran(stand_in, dock, qtbot, settled):
    """Presses Run, answers the question if one comes, and waits; gives the newest entry."""

    def press(answer: str = ""):
        def choose() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                asked.append(box.text())
                next(b for b in box.buttons() if b.text().replace("&", "").startswith(answer)).click()
            elif dock._run is None:
                QTimer.singleShot(20, choose)

        asked: list[str] = []
        settled()
        if answer:
            QTimer.singleShot(20, choose)
        qtbot.mouseClick(dock.form.run_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dock._run is None, timeout=WAIT_MS)
        assert bool(asked) == bool(answer)
        return (dock.form.history.entries() or [None])[0]

    return press


def shown() -> dict:
    """What the dialog of the toolbox holds, which is closed."""
    windows = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Super-resolve raster"]
    (dialog,) = [w for w in windows if w.isVisible()]
    given = (getattr(dialog, "getParameterValues", None) or dialog.createProcessingParameters)()
    dialog.close()
    return given


def numbers(extent: str) -> list[float]:
    return [float(word) for word in extent.split(" ")[0].split(",")]


def layers() -> list[tuple[str, int]]:
    """Names and widths of the project's layers."""
    return sorted((layer.name(), layer.width()) for layer in QgsProject.instance().mapLayers().values())


def scaled(dock, place: int) -> None:
    dock.form.scale.setCurrentIndex(place)


def test_a_second_run_replaces_the_first_result_only_if_the_user_says_so(ran, dock, tmp_path, settled):
    target = tmp_path / "out.tif"
    dock.form.output.setFilePath(str(target))
    scaled(dock, 1)
    first = ran()
    assert layers() == [("hills", 50), ("hills x2", 100)]
    scaled(dock, 3)
    assert "Note: out.tif is there already: a run asks whether to replace it." in settled()
    before = target.read_bytes()
    ran("Cancel")
    assert target.read_bytes() == before and len(dock.form.history.entries()) == 1
    ran("Keep both (out_2.tif)")
    assert target.read_bytes() == before and dock.form.output.filePath() == str(tmp_path / "out_2.tif")
    assert layers() == [("hills", 50), ("hills x2", 100), ("hills x4", 200)]
    dock.form.output.setFilePath(str(target))
    last = ran("Replace")
    now = [("hills", 50), ("hills x4", 200), ("hills x4 (2)", 200)]
    assert layers() == now, "the old layer went with its file"
    assert last.result_path == first.result_path and last.there
    assert [e.replaced for e in dock.form.history.entries()] == [False, False, True]
    dock.form.history.list.setCurrentRow(2)
    assert "(replaced)" in dock.form.history.list.currentItem().text()
    assert not dock.form.history.compare_button.isEnabled() and not dock.form.history.report_button.isEnabled()


def test_the_list_is_there_in_the_next_session(ran, dock, qgis_iface, qgis_parent, qtbot, canvas, tmp_path):
    from rs_sr_qgis.gui.dock import Dock

    for place in (1, 3):
        dock.form.output.setFilePath(str(tmp_path / f"{place}.tif"))
        scaled(dock, place)
        ran()
    QgsProject.instance().clear()
    again = Dock(qgis_iface, qgis_parent)
    history = again.form.history
    try:
        again.show()
        assert [e.title.split(" · ")[0] for e in history.entries()] == ["hills x4", "hills x2"]
        history.list.setCurrentRow(1)
        qtbot.mouseClick(history.compare_button, Qt.MouseButton.LeftButton)
        assert canvas.mapTool() is again.comparison.tool and history.compare_button.isChecked()
        assert QgsProject.instance().mapLayers() == {}, "they are compared from their files"
        qtbot.mouseClick(history.compare_button, Qt.MouseButton.LeftButton)
        assert again.comparison.tool is None and not history.compare_button.isChecked()
        history.list.selectAll()
        assert history.compare_button.isEnabled() and not history.report_button.isEnabled()
        qtbot.mouseClick(history.compare_button, Qt.MouseButton.LeftButton)
        assert again.comparison.tool.item._names == ("1", "3"), "two results, the older left"
        history.remove_action.trigger()
        assert history.entries() == []
    finally:
        again.close_down()
        again.disconnect_all()
        again.deleteLater()


def test_a_result_that_went_with_its_session_is_not_there(layer, raster, tools, tmp_path):
    """Its layer is still in the project, as one that QGIS cannot find."""
    from rs_sr_qgis.results import Entry

    target = tools.write(tmp_path / "gone.tif")
    result = QgsProject.instance().addMapLayer(QgsRasterLayer(str(target), "hills x2"))
    entry = Entry("hills x2", layer.id(), result.id(), "", "", str(raster), str(target))
    assert entry.there
    target.unlink()
    result.setDataSource(str(target), "hills x2", "gdal")
    assert QgsProject.instance().mapLayer(result.id()) is not None and not entry.there


def test_a_list_that_was_damaged_is_begun_anew(stand_in, dock):
    from rs_sr_qgis import results, settings

    path = settings.folder() / "results.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    for text in ("{", "7", '[{"title": "x"}, 3]', '[{"nonsense": 1}]'):
        path.write_text(text)
        assert results.read(settings.folder()) == []


def test_a_result_tells_what_made_it_and_is_made_again(ran, dock, qgis_iface, stand_in, canvas, layer):
    browser = QgsBrowserGuiModel()
    qgis_iface.browserModel = lambda: browser
    dock.form.area.setCurrentIndex(1)
    canvas.setExtent(layer.extent())
    scaled(dock, 2)
    entry = ran()
    assert entry.recipe["INPUT"] == layer.source() and entry.recipe["EXTENT"].endswith("[EPSG:32633]")
    assert "SCALE = 3" in dock.form.history.list.item(0).toolTip()
    dock.form.history.again_action.trigger()
    given = shown()
    assert given["SCALE"] == "3" and numbers(given["EXTENT"]) == numbers(entry.recipe["EXTENT"])


def test_the_command_of_a_temporary_result_names_a_file_of_its_own(ran, dock, stand_in):
    words = shlex.split(ran().command)
    assert words[1:4] == ["-m", "rs_sr", "super-resolve"] and Path(words[0]).exists()
    assert words[5] == "hills_x2.tif" and words[-1] == "--overwrite"


def test_what_fails_is_told_with_buttons_that_help(ran, dock, told, monkeypatch, qgis_iface, qtbot):
    browser = QgsBrowserGuiModel()
    qgis_iface.browserModel = lambda: browser
    monkeypatch.setenv("STAND_IN_FAILS", "the moon is in the way")
    assert ran() is None
    ((text, _, buttons, item),) = told.items
    assert told("Critical") == [text] and "the moon is in the way" in text
    assert buttons == ["All options...", "Show log"]
    item.findChildren(QPushButton)[0].click()
    assert shown()["SCALE"] == "auto"


def test_a_result_is_told_with_its_folder(ran, dock, told, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    dock.form.output.setFilePath(str(tmp_path / "out.tif"))
    ran()
    ((text, _, buttons, item),) = told.items
    assert text.startswith("Done in ") and buttons == ["Open folder"]
    item.findChildren(QPushButton)[0].click()
    assert opened == [str(tmp_path)]


def test_a_result_is_named_by_what_the_backend_made_whatever_qgis_makes_of_its_pixels(ran, dock, monkeypatch):
    """QGIS gives a file without a place, or with control points, pixels of another size."""
    monkeypatch.setattr(QgsRasterLayer, "rasterUnitsPerPixelX", lambda layer: 1e-9 * layer.width())
    scaled(dock, 3)
    ran()
    assert ("hills x4", 200) in layers()


BAD = {
    "no/o.tif": "Cannot run: The folder {0}/no does not exist. Choose another, or make it.",
    "/sys/o.tif": "Cannot run: Nothing can be written into /sys. Choose another folder.",
    "hills.tif": "Cannot run: hills.tif is the input, which a result does not replace. Choose another name.",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_written_is_told_in_the_line(stand_in, dock, settled, tmp_path, name):
    dock.form.output.setFilePath(str(tmp_path / name))
    assert settled() == BAD[name].format(tmp_path)
    assert not dock.form.run_button.isEnabled()


def test_polygons_that_the_backend_cannot_read_are_told_in_the_line(stand_in, dock, settled, monkeypatch):
    from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer

    polygons = QgsVectorLayer("Polygon?crs=EPSG:32633", "mask", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500100, 5399800, 500200, 5399900)))
    polygons.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(polygons)
    monkeypatch.setenv("STAND_IN_CAN", "info run")
    dock.worker.close()
    dock.question.drop()
    dock.form.area.setCurrentIndex(2)
    dock.form.mask.setLayer(polygons)
    assert settled().startswith("Cannot run: The rs-sr backend cannot read polygons: geopandas is not in its Python.")
    assert dock.form.setup_button.isVisible() and not dock.form.run_button.isEnabled()
    dock.form.area.setCurrentIndex(0)
    assert settled().startswith("Ready")


def test_the_list_takes_no_room_before_there_is_a_result(ran, dock):
    history = dock.form.history
    assert dock.isVisible() and not history.isVisible()
    ran()
    assert history.isVisible() and history.compare_button.isVisible()
    history.remove_action.trigger()
    assert not history.isVisible()
