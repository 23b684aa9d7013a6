"""The dock's layout and its choices, through the event loop; a stand-in answers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QPoint, QRect, Qt
from qgis.PyQt.QtGui import QDesktopServices, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAction,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

WAIT_MS = 300_000


@pytest.fixture
def second(layer, tools, tmp_path) -> QgsRasterLayer:
    made = QgsRasterLayer(str(tools.write(tmp_path / "second.tif")), "second")
    QgsProject.instance().addMapLayer(made)
    return made


def everything_shown(dock) -> None:
    """As the dock is at its fullest."""
    form = dock.form
    form.more.setCollapsed(False)
    form.area.setCurrentIndex(2)
    form.preview.show_there(True)
    for widget in (form.export_button, form.setup_button, form.bar):
        widget.setVisible(True)
    QApplication.processEvents()


@pytest.fixture(params=["en", "de", "fr", "es", "pt_BR", "ja", "zh_CN"])
def language(request, qgis_app):
    from rs_sr_qgis import languages

    made = languages.translator(request.param)
    QCoreApplication.installTranslator(made)
    yield
    QCoreApplication.removeTranslator(made)


def test_nothing_is_cut_off_in_a_narrow_dock(language, stand_in, dock, settled, qgis_parent):
    settled()
    everything_shown(dock)
    body = dock.widget()
    assert body.minimumSizeHint().width() <= 280
    dock.setFloating(True)
    dock.resize(280, 700)
    QApplication.processEvents()
    assert body.horizontalScrollBar().maximum() == 0 and not body.horizontalScrollBar().isVisible()
    right = body.viewport().width()
    for widget in dock.form.findChildren(QWidget):
        if widget.isVisible() and widget.parent() in (dock.form, dock.form.preview, dock.form.history, dock.form.more):
            left = widget.mapTo(dock.form, QPoint(0, 0)).x()
            assert left >= 0 and left + widget.width() <= right, widget
    for button in dock.form.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()


def test_no_key_of_the_menus_is_taken(stand_in, dock):
    """Alt and a letter open QGIS's menus, also while the dock is there."""
    words = [w.text() for kind in (QLabel, QAbstractButton) for w in dock.findChildren(kind)]
    words += [action.text() for action in dock.findChildren(QAction)] + [dock.form.more.title()]
    assert [w for w in words if not QKeySequence.mnemonic(w).isEmpty()] == []


def test_every_choice_has_a_tooltip_and_a_name(stand_in, dock):
    kinds = (QComboBox, QLineEdit, QAbstractButton)
    ours = [w for kind in kinds for w in dock.form.findChildren(kind) if w.objectName() != "collapseButton"]
    named = dock.form, dock.form.preview, dock.form.history, dock.form.more
    assert [w for w in ours if w.parent() in named and not w.toolTip()] == []


def test_the_layer_follows_the_active_one(stand_in, dock, active, layer, second, tools, qtbot, tmp_path, settled):
    assert dock.form.chosen_layer() is layer
    active.activated.emit(second)
    assert dock.form.chosen_layer() is second
    active.activated.emit(None)
    active.activated.emit(QgsVectorLayer("Point", "points", "memory"))
    assert dock.form.chosen_layer() is second
    dock.form.scale.setCurrentIndex(1)
    assert settled().startswith("Ready")
    qtbot.mouseClick(dock.form.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dock._run is None, timeout=WAIT_MS)
    (result,) = QgsProject.instance().mapLayersByName("second x2")
    active.activated.emit(result)
    assert dock.form.chosen_layer() is second, "a result is looked at, not made finer again"


def test_the_first_raster_of_a_project_is_taken(stand_in, dock, qtbot, tools, tmp_path, settled):
    QgsProject.instance().clear()
    assert settled() == "Not yet: There is no raster layer in the project."
    layer = QgsRasterLayer(str(tools.write(tmp_path / "late.tif")), "late")
    QgsProject.instance().addMapLayer(layer)
    assert dock.form.chosen_layer() is layer and settled().startswith("Ready")
    dock.form.layer.setCurrentIndex(0)
    assert settled() == "Not yet: No layer is chosen."


def test_what_the_map_shows_is_looked_at_whenever_it_moves(stand_in, dock, qtbot, canvas, layer, settled):
    def line() -> str:
        qtbot.waitUntil(lambda: not dock.question.open, timeout=WAIT_MS)
        return dock.form.state.accessibleName()

    dock.form.area.setCurrentIndex(1)
    assert settled().startswith("Ready")
    canvas.setExtent(QgsRectangle(600000, 5399700, 600300, 5399800))
    assert line() == "Cannot run: The map shows nothing of hills. Move the map, or take another area."
    assert not dock.form.run_button.isEnabled()
    canvas.setExtent(QgsRectangle(500100, 5399700, 500300, 5399800))
    assert line().startswith("Ready") and dock.form.run_button.isEnabled()
    dock.form.area.setCurrentIndex(0)
    line()
    canvas.setExtent(layer.extent())
    assert not dock.question.open, "the whole layer is the same wherever the map is"


def test_what_a_sentence_tells_to_give_can_be_given_here(stand_in, dock, qtbot, layer, settled):
    from qgis.core import QgsRasterRange

    for band, nodata in ((1, 7), (2, 9)):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(nodata, nodata)])
    assert settled().endswith("Give the one that counts under 'Nodata value'.")
    dock.form.more.setCollapsed(False)
    qtbot.keyClicks(dock.form.more.nodata, "9")
    dock.form.more.palette.click()
    assert settled().startswith("Ready")
    told = stand_in.heard("info")[-1]
    assert told["nodata"] == "9.0" and told["expand_palette"]
    qtbot.keyClicks(dock.form.more.nodata, "x")
    assert settled() == "Cannot run: 'Nodata value' is 9x, which is no number. Give a number, or leave it empty."


def test_all_options_open_the_dialog_of_the_toolbox_with_what_is_chosen(stand_in, dock, qtbot, settled, qgis_iface):
    from qgis.gui import QgsBrowserGuiModel

    browser = QgsBrowserGuiModel()
    qgis_iface.browserModel = lambda: browser
    dock.form.scale.setCurrentIndex(2)
    dock.form.more.setCollapsed(False)
    dock.form.more.nodata.setText("7")
    qtbot.mouseClick(dock.form.more.button, Qt.MouseButton.LeftButton)
    windows = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Super-resolve raster"]
    (dialog,) = [w for w in windows if w.isVisible()]
    read = getattr(dialog, "getParameterValues", None) or dialog.createProcessingParameters
    given = read()
    assert (given["INPUT"], given["SCALE"], given["NODATA"]) == (dock.form.chosen_layer().id(), "3", 7.0)
    dialog.close()


def test_a_model_of_one_scale_says_which(stand_in, dock, settled):
    settled()
    dock.form.model.choose("fine_x4")
    assert not dock.form.scale.isEnabled() and dock.form.scale.currentText().startswith("4 times finer")
    assert dock.form.model.toolTip() == "fine_x4: x4, 3 bands: fine, 27.34 dB on tiles"
    dock.form.model.choose("bicubic")
    assert dock.form.scale.isEnabled() and "4" not in dock.form.scale.currentText()
    dock.form.model.choose("")
    assert dock.form.model.toolTip().startswith("A model of the list")


def test_models_that_another_window_heard_of_are_in_the_list(stand_in, dock, qtbot, monkeypatch, tmp_path):
    from rs_sr_qgis import models, settings

    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "profile")
    dock.form.model.refresh()
    mine = {"name": "mine_x4", "scale": 4, "bands": 3, "line": "x4, 3 bands: mine"}
    models.remember(settings.folder(), {"models": [mine]})
    qtbot.keyClick(dock.form.model, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dock.form.model.findData("mine_x4") > 0
    dock.form.model.hidePopup()
    models.remember(settings.folder(), {"models": [mine | {"name": "yours_x4"}]})
    dock.open_options()  # the mock's dialog is closed at once
    assert dock.form.model.findData("yours_x4") > 0


def test_the_list_names_models_in_plain_words_and_those_that_fit_first(stand_in, dock, settled, qtbot, tools, tmp_path):
    def offered() -> list[str]:
        return [dock.form.model.itemText(i) for i in range(dock.form.model.count())]

    settled()
    bicubic, best = "Bicubic: smooth, adds no detail", "Aerial and drone, 4x, best quality"
    good, one = "Aerial and drone, 4x, quality 2", "Satellite, soft or noisy, one band, 2x, best quality"
    assert offered() == ["best for the raster", best, good, one, bicubic, "", "grey_x4"]
    at = dock.form.model.findText(best)
    assert dock.form.model.itemData(at) == "fine_x4"
    assert "fine_x4: x4, 3 bands" in dock.form.model.itemData(at, Qt.ItemDataRole.ToolTipRole)
    dock.form.scale.setCurrentIndex(2)
    assert offered()[:3] == ["best for the raster", bicubic, ""], "the others have no 3x"
    dock.form.scale.setCurrentIndex(0)
    single = QgsRasterLayer(str(tools.write(tmp_path / "single.tif", bands=1)), "single")
    QgsProject.instance().addMapLayer(single)
    dock.form.layer.setLayer(single)
    assert offered()[1] == one
    dock.form.model.choose("fine_x4")
    assert settled().startswith("Ready: Aerial and drone, 4x, best quality: ") and "Model: fine_x4." in settled()
    assert "fine_x4" not in dock.form.state.text(), "behind the link"
    assert dock.form.model.chosen() == "fine_x4"


def test_networks_that_are_told_of_the_scene_suit_any_and_come_first(provider):
    """They are what a run takes by itself; their figures are of harder scenes, so they stood behind as second best."""
    from rs_sr_qgis.gui import model_names

    aerial = {"name": "lkdn_x2", "scale": 2, "bands": 3, "gsd_m": [0.3, 0.6], "degradation": "bicubic"}
    aerial["line"] = "x2, 3 bands: LKDN, 33.83 dB on tiles"
    told = aerial | {"name": "told_x2", "degradation": "family", "line": "x2, 3 bands: told, 33.58 dB on tiles"}
    assert [m["name"] for m in model_names.ranked([aerial, told], 3, None)[0]] == ["told_x2", "lkdn_x2"]
    assert model_names.names([aerial, told]) == {
        "lkdn_x2": "Aerial and drone, 2x, best quality", "told_x2": "Any scene, 2x, best quality",
    }  # fmt: skip
    assert model_names.called("told_x2", [aerial, told]) == "Any scene, 2x, best quality"
    assert model_names.called("bicubic", [aerial, told]) == ""


def test_sensors_are_offered_by_title_and_told_by_name(stand_in, dock, settled, qtbot):
    sensor = dock.form.sensor
    always = ["automatic", "measured in this scene", "unknown: cautious"]
    assert [sensor.itemText(i) for i in range(sensor.count())] == always, "nothing is known of others yet"
    assert settled().startswith("Ready") and "sensor" not in stand_in.heard("info")[-1]
    assert [sensor.itemText(i) for i in range(sensor.count())] == [*always, "", "Sentinel-2 A, B and C, MSI"]
    for at, name in ((1, "measure"), (2, "none"), (4, "sentinel2")):
        sensor.setCurrentIndex(at)
        assert settled().startswith("Ready") and stand_in.heard("info")[-1]["sensor"] == name
    sensor.setEditText("naip")
    assert settled().startswith("Ready") and stand_in.heard("info")[-1]["sensor"] == "naip", "a name may be typed"
    sensor.setEditText("no/such.toml")
    assert settled() == (
        "Cannot run: 'Sensor': the file no/such.toml does not exist. Choose another, or a name of the list."
    )


def test_a_model_and_a_sensor_may_be_chosen_as_files(stand_in, dock, settled, monkeypatch, tmp_path):
    asked = []

    def choose(parent, title, folder, filters):
        asked.append(filters)
        return str(file), filters

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    for file, names in (
        (tmp_path / "a.safetensors", dock.form.model),
        (tmp_path / "my drone.toml", dock.form.sensor),
    ):
        file.touch()
        names.file_action.trigger()
        assert names.chosen() == str(file)
    assert settled().startswith("Ready")
    told = stand_in.heard("info")[-1]
    assert (told["model"], told["sensor"]) == (str(tmp_path / "a.safetensors"), str(file))
    assert asked == ["Models (*.safetensors)", "Sensors (*.toml *.json)"]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: ("", ""))
    dock.form.sensor.file_action.trigger()
    assert dock.form.sensor.chosen() == str(file), "a dialog that was cancelled changes nothing"


def test_what_the_network_is_told_is_behind_a_link(stand_in, dock, settled, qtbot):
    good = {"name": "compression", "colour": "green", "text": "this raster shows no blocks of JPEG"}
    doubtful = {"name": "noise", "colour": "amber", "text": "this raster has noise"}
    told = "the network is told some numbers (the cautious numbers, as --sensor=none asks)"
    stand_in.plans(told=told, checks=[good, doubtful])
    assert "The network is told some numbers (the cautious numbers, as 'Sensor' none asks)." in settled()
    state, hidden = dock.form.state, ("The network is told", "no blocks of JPEG")

    def click_the_link() -> None:
        before = state.text()
        for y in range(state.height() - 2, 0, -3):  # the last line, wherever the label has its text
            qtbot.mouseClick(state, Qt.MouseButton.LeftButton, pos=QPoint(8, y))
            if state.text() != before:
                return
        pytest.fail("there is no link")

    for shown in (False, True, False):
        assert all((words in state.text()) == shown for words in hidden) and "has noise" in state.text()
        qtbot.waitUntil(lambda: state.height() >= state.heightForWidth(state.width()), timeout=WAIT_MS)
        click_the_link()


def test_the_line_of_a_layer_is_not_that_of_the_one_before(stand_in, dock, settled, tools, tmp_path):
    assert settled().startswith("Ready")
    other = QgsRasterLayer(str(tools.write(tmp_path / "other.tif")), "another <one>")
    QgsProject.instance().addMapLayer(other)
    dock.form.layer.setLayer(other)
    assert dock.form.state.text() == "Looking at another &lt;one> ..." and dock.form.state.accessibleName() == ""
    assert settled().startswith("Ready")


def test_empty_lines_leave_no_gaps(stand_in, dock, settled, qtbot):
    dock.form.model.choose("")
    settled()
    form, spacing = dock.form, dock.form.layout().spacing()
    QApplication.processEvents()
    run, device = (QRect(w.mapTo(form, QPoint()), w.size()) for w in (form.run_button, form.device))
    assert run.top() - form.preview.geometry().bottom() - 1 == spacing
    assert device.top() - run.bottom() - 1 == spacing, "no progress, nothing said"
    middles = [w.geometry().center().y() for w in (form.model, form.sensor, form.scale, form.bands, form.area)]
    gaps = [below - above for above, below in pairwise(middles)]
    assert max(gaps) - min(gaps) <= 2, gaps
    row = form.history.y()
    form.say("Writing a report ...")
    form.show_running(True)
    QApplication.processEvents()
    assert form.stage.isVisible() and form.bar.isVisible() and form.history.y() == row, "nothing moves under the mouse"
    form.show_device("Runs on all 2 cores.", "")
    assert not form.device.isVisible()
    form.say("")
    assert form.device.isVisible() and not form.stage.isVisible()


def test_the_map_s_part_of_a_raster_without_place_is_pixels_of_it(dock, settled, canvas, tmp_path):
    from osgeo import gdal

    gdal.GetDriverByName("GTiff").Create(str(tmp_path / "plain.tif"), 90, 80, 1, gdal.GDT_Byte).FlushCache()
    plain = QgsRasterLayer(str(tmp_path / "plain.tif"), "plain")
    QgsProject.instance().addMapLayer(plain)
    dock.form.layer.setLayer(plain)
    canvas.setDestinationCrs(plain.crs())
    canvas.setExtent(plain.extent())
    dock.form.area.setCurrentIndex(1)
    assert settled().startswith("Ready: bicubic by 2: 180 x 160 pixels")


def test_help_opens_the_guide(stand_in, dock, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    qtbot.mouseClick(dock.form.help_button, Qt.MouseButton.LeftButton)
    assert "In QGIS" in Path(opened[0]).read_text(encoding="utf-8")
