"""The dock in a real QGIS, with real workers and a real canvas."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QPushButton

WAIT_MS = 300_000


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def finish(dock, qtbot) -> None:
    qtbot.waitUntil(lambda: dock._run is None, timeout=WAIT_MS)


def test_the_time_left_is_told_by_the_stage_that_is_on(dock, layer, monkeypatch):
    """Not by what came before, such as the start of the backend."""
    from rs_sr_qgis import run

    monkeypatch.setattr(run, "time", SimpleNamespace(monotonic=lambda: 20.0))
    dock._run = dock._prepared(layer)
    dock._run.feedback.setProgressText("Super-resolving")
    monkeypatch.setattr(run, "time", SimpleNamespace(monotonic=lambda: 22.0))
    dock._run.progressed.connect(dock._progressed)
    dock._run.feedback.setProgress(10)
    assert dock.form.bar.text() == "10%, 18 s left"
    dock._run = None


def test_the_line_says_what_a_run_would_give(dock, qtbot, settled):
    assert settled().startswith("Ready: bicubic by 2: 100 x 120 pixels, up to 36 kB, about 1 s.")
    assert "Unknown: This raster is too small, too flat or too full of gaps to judge" in settled()
    assert dock.form.run_button.isEnabled() and dock.form.preview.button.isEnabled()
    dock.form.scale.setCurrentIndex(3)
    dock.form.bands.setItemCheckState(1, Qt.CheckState.Checked)
    assert dock.form.chosen_bands() == [2]
    assert "bicubic by 4: 200 x 240 pixels, up to 48 kB" in settled()
    qtbot.waitUntil(lambda: dock.form.device.text() != "", timeout=WAIT_MS)
    assert dock.form.device.text().startswith("Runs on ")


def test_the_line_warns_and_refuses(dock, qtbot, layer, tmp_path, tools, monkeypatch, settled):
    from osgeo import gdal
    from rs_sr_qgis.gui import preflight

    flat = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "classes.tif"), 200, 200, 1, gdal.GDT_Byte)
    flat.GetRasterBand(1).WriteRaster(0, 0, 200, 200, bytes(i % 7 for i in range(40000)))
    flat = None
    classes = QgsRasterLayer(str(tmp_path / "classes.tif"), "classes")
    QgsProject.instance().addMapLayer(classes)
    dock.form.layer.setLayer(classes)
    assert "Note: bicubic" in settled() and "7 different values only" in settled()
    assert "use 'Model' nearest" in settled()
    dock.form.model.choose("nosuch")
    assert settled().startswith("Cannot run: model nosuch is unknown.")
    assert not dock.form.run_button.isEnabled()
    monkeypatch.setenv("RS_SR_PYTHON", "/no/python")
    dock.worker.close()
    assert "/no/python cannot be started. Set it up in Settings" in settled()
    assert dock.form.setup_button.isVisible() and not dock.form.export_button.isVisible()
    plan = {"result": {"width": 9, "height": 9, "bytes_uncompressed": 10**9, "seconds": 100}, "disk_free": 10**6}
    state, words = preflight.of_plan(plan, {})
    assert state == preflight.STOP and words.startswith("Only 1.0 MB are free on the disk.")
    monkeypatch.setenv("RS_SR_PYTHON", tools.BACKEND)
    for layer_id in (layer.id(), classes.id()):
        QgsProject.instance().removeMapLayer(layer_id)
    assert settled() == "Not yet: There is no raster layer in the project."


def test_a_sensor_of_the_backend_s_list_is_refused_for_a_model_that_cannot_be_told(dock, qtbot, settled):
    assert settled().startswith("Ready")
    dock.form.sensor.setCurrentIndex(dock.form.sensor.findText("Sentinel-2 A, B and C, MSI"))
    why = "model bicubic cannot be told how a scene was taken. Leave 'Sensor' out, or take a model that can"
    assert settled().startswith(f"Cannot run: {why}") and not dock.form.run_button.isEnabled()
    dock.preview.start()
    qtbot.waitUntil(lambda: not dock.preview.running, timeout=WAIT_MS)
    assert dock.form.preview.said.text().startswith(why)
    dock.form.sensor.choose("none")
    assert settled().startswith("Ready"), "to say nothing of a sensor suits all models"


def test_the_line_says_with_a_colour_whether_the_scene_suits_the_model(dock, qtbot, tmp_path, settled):
    import random

    from osgeo import gdal
    from rs_sr_qgis.gui import preflight

    wild = random.Random(1)
    noise = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "noise.tif"), 300, 300, 1, gdal.GDT_Byte)
    noise.GetRasterBand(1).WriteRaster(0, 0, 300, 300, bytes(round(wild.gauss(128, 11)) for _ in range(90000)))
    noise = None
    layer = QgsRasterLayer(str(tmp_path / "noise.tif"), "noise")
    QgsProject.instance().addMapLayer(layer)
    dock.form.layer.setLayer(layer)
    said = settled()
    assert said.startswith("Note: bicubic by 2") and "Doubtful: This raster has noise of about 4" in said
    assert "Unknown: How sharp this raster is cannot be told: it has no edges." in said
    assert dock.form.state.text().count("has noise") == 1 and preflight.COLOURS["note"] in dock.form.state.text()


def test_layers_that_are_no_files_are_refused_and_exported(dock, qtbot, canvas, raster, tmp_path, settled):
    virtual = QgsRasterLayer(
        "?crs=EPSG:32633&extent=500000,5399400,500500,5400000&width=50&height=60&formula=%22hills@1%22"
        f"&hills:provider=gdal&hills:uri={raster}",
        "computed", "virtualraster",
    )  # fmt: skip
    if not virtual.isValid():
        pytest.skip("this QGIS makes no virtual raster of that")
    QgsProject.instance().addMapLayer(virtual)
    dock.form.layer.setLayer(virtual)
    assert "computed is not a raster file. Export the part you need" in settled()
    assert dock.form.export_button.isVisible()
    canvas.setExtent(virtual.extent())
    dock.export()
    qtbot.waitUntil(lambda: dock.form.layer.currentLayer().name() == "computed exported", timeout=WAIT_MS)
    assert (dock.form.layer.currentLayer().width(), dock.form.layer.currentLayer().height()) == (50, 60)
    assert settled().startswith("Ready")


def test_pictures_from_servers_and_layers_with_credentials_are_refused(provider, layer):
    from rs_sr_qgis import layer_source
    from rs_sr_qgis.protocol import WorkerError

    tiles = QgsRasterLayer("type=xyz&url=http://127.0.0.1:1/{z}/{x}/{y}.png&zmax=3&zmin=0", "tiles", "wms")
    with pytest.raises(WorkerError, match="tiles is a picture from a server, not data") as caught:
        layer_source.source_of(tiles)
    assert "Export the part" in caught.value.hint
    options = QgsRasterLayer(f"{layer.source()}|option:NUM_THREADS=1", "with options")
    assert layer_source.source_of(options).options == {"oo": ["NUM_THREADS=1"]}


def test_a_worker_that_was_killed_is_told_and_started_anew(dock, qtbot, settled):
    assert settled().startswith("Ready")
    qtbot.waitUntil(lambda: dock.form.device.text() != "", timeout=WAIT_MS)
    first = dock.worker.pid
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: dock.worker.pid == 0, timeout=WAIT_MS)
    assert settled().startswith("Ready") and dock.worker.pid != first


def test_a_backend_that_says_nothing_is_given_up(dock, qtbot, tools, tmp_path, monkeypatch, settled):
    from rs_sr_qgis import warm_worker

    monkeypatch.setattr(warm_worker, "HELLO_S", 0.3)
    monkeypatch.setattr(warm_worker, "GRACE_S", 0.1)
    monkeypatch.setenv("RS_SR_PYTHON", tools.script(tmp_path / "silent", "exec sleep 600"))
    dock.worker.close()
    dock.question.drop()
    assert settled().startswith("Cannot run: The rs-sr backend does not answer.")
    assert dock.form.setup_button.isVisible() and dock.worker.pid == 0


def test_a_report_opens_in_the_browser(dock, qtbot, layer, monkeypatch, tmp_path):
    from qgis.PyQt.QtGui import QDesktopServices

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    dock.form.output.setFilePath(str(tmp_path / "out.tif"))
    dock.run()
    finish(dock, qtbot)
    assert dock.form.history.report_button.isEnabled()
    dock.form.history.report_button.click()
    assert not dock.form.history.report_button.isEnabled() and dock.form.stage.text() == "Writing a report ..."
    qtbot.waitUntil(lambda: dock._report_task is None, timeout=WAIT_MS)
    assert (
        "The report was opened in the browser" in dock.form.stage.text() and dock.form.history.report_button.isEnabled()
    )
    assert "How far to believe out.tif" in Path(opened[0]).read_text(encoding="utf-8")
    dock.form.stage.linkActivated.emit(dock.form.stage.toolTip())
    assert opened == opened[:1] * 2
    (tmp_path / "out.tif").unlink()
    dock.form.history.report_button.click()
    qtbot.waitUntil(lambda: dock._report_task is None, timeout=WAIT_MS)
    assert "out.tif does not exist" in dock.form.stage.text() and len(opened) == 2


@pytest.mark.parametrize("opens", ["report", "help", "folder"])
def test_where_no_program_opens_a_page_its_path_is_told(dock, qtbot, layer, monkeypatch, tmp_path, told, opens):
    from qgis.PyQt.QtGui import QDesktopServices

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    if opens == "help":
        dock.form.help_button.click()
    else:
        dock.form.output.setFilePath(str(tmp_path / "out.tif"))
        dock.run()
        finish(dock, qtbot)
    if opens == "folder":
        told.items[-1][3].findChildren(QPushButton)[0].click()
    if opens == "report":
        dock.form.history.report_button.click()
        qtbot.waitUntil(lambda: dock._report_task is None, timeout=WAIT_MS)
    text, _, buttons, item = told.items[-1]
    path = Path({"help": "index.html", "report": "report.html", "folder": tmp_path.name}[opens])
    assert text == f"No program of this computer opened {path}." and buttons == ["Copy the path"]
    item.findChildren(QPushButton)[0].click()
    copied = Path(QApplication.clipboard().text())
    assert copied.exists() and copied.name == path.name


def test_a_click_beside_the_results_leaves_the_one_that_was_chosen(dock, qtbot, layer, tmp_path):
    dock.form.output.setFilePath(str(tmp_path / "out.tif"))
    dock.run()
    finish(dock, qtbot)
    history = dock.form.history
    beside = history.list.viewport().rect().bottomRight() - QPoint(3, 3)
    assert history.list.itemAt(beside) is None
    qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert len(history.chosen()) == 1 and history.report_button.isEnabled()
    QTimer.singleShot(0, lambda: history.list.customContextMenuRequested.emit(QPoint(5, 5)))
    menu = history.more_button.menu()
    qtbot.waitUntil(menu.isVisible, timeout=WAIT_MS)
    menu.close()
    history.remove_action.trigger()
    assert history.chosen() == [] and not history.isVisible()


def test_the_worker_has_ended_when_qgis_ends(dock, settled):
    """Where no event loop sees to it any more, Qt would kill it and complain."""
    assert settled().startswith("Ready")
    pids = [dock.worker.pid]
    QgsProject.instance().clear()  # QGIS does that first
    dock.question.ask()
    dock.worker.ask({"type": "info"}, lambda *answer: None)
    pids.append(dock.worker.pid)
    QApplication.instance().aboutToQuit.emit()
    assert all(pids) and not any(map(alive, pids)) and dock.worker.pid == 0


def test_the_dock_takes_no_other_layer_when_its_own_is_removed(dock, layer, settled, tools, tmp_path):
    """QGIS's list goes on to a neighbour, and does not say so: the line would speak of the one that is gone."""
    for name in ("a", "z"):
        QgsProject.instance().addMapLayer(
            QgsRasterLayer(str(tools.write(tmp_path / f"{name}.tif", size=(40, 40))), name)
        )
    assert "100 x 120 pixels" in settled()
    QgsProject.instance().removeMapLayer(layer.id())
    assert dock.form.chosen_layer() is None and settled() == "Not yet: No layer is chosen."
    assert not dock.form.run_button.isEnabled() and not dock.form.preview.button.isEnabled()


def test_a_run_adds_the_result_with_style_history_and_copies(dock, qtbot, layer, told, tmp_path, tools):
    layer.renderer().setRedBand(2)
    target = tmp_path / "o.tif"
    dock.form.output.setFilePath(str(target))
    dock.form.scale.setCurrentIndex(2)
    dock.run()
    assert dock.form.cancel_button.isEnabled() and not dock.form.run_button.isEnabled() and dock.form.bar.isVisible()
    finish(dock, qtbot)
    (result,) = QgsProject.instance().mapLayersByName("hills x3")
    assert Path(result.source()) == target and result.renderer().redBand() == 2
    assert (result.width(), result.height()) == (150, 180)
    (entry,) = dock.form.history.chosen()
    assert entry.there and dock.form.history.compare_button.isEnabled()
    dock.form.history.command_action.trigger()
    words = QApplication.clipboard().text()
    assert "-m rs_sr super-resolve " in words and "--scale 3" in words and "hills.tif" in words
    dock.form.history.python_action.trigger()
    assert QApplication.clipboard().text().startswith('processing.run("rssr:superresolve", {')
    before = tools.read(target)
    target.write_bytes(b"older")
    done = subprocess.run(words, shell=True, cwd=tools.ROOT)
    assert done.returncode == 0 and tools.read(target) == before, "pasted into a shell as it is"
    assert any("Done in" in m for m in told("Success"))
    QgsProject.instance().removeMapLayer(result.id())
    assert dock.form.history.compare_button.isEnabled(), "from its file"
    target.unlink()
    dock.form.history.refresh()
    assert not dock.form.history.compare_button.isEnabled()


def test_what_the_map_shows_and_polygons_choose_a_part(dock, qtbot, canvas, layer, tmp_path, settled):
    canvas.setExtent(QgsRectangle(500100, 5399700, 500300, 5399800))
    dock.form.area.setCurrentIndex(1)
    assert "Ready" in settled()
    dock.form.output.setFilePath(str(tmp_path / "map"))
    dock.run()
    finish(dock, qtbot)
    part = QgsRasterLayer(str(tmp_path / "map.tif"))
    assert part.isValid() and part.width() < 100
    dock.form.area.setCurrentIndex(2)
    dock.run()
    assert "No polygons are chosen. Choose a layer." in dock.form.state.text()


def polygons(crs: str, *boxes: QgsRectangle) -> QgsVectorLayer:
    """A layer of the project, in memory."""
    made = QgsVectorLayer(f"Polygon?crs={crs}", "mask", "memory")
    for around in boxes:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(around))
        made.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(made)
    return made


def test_the_line_speaks_of_the_part_inside_polygons_as_the_run_does(dock, qtbot, tmp_path, settled):
    dock.form.area.setCurrentIndex(2)
    dock.form.mask.setLayer(polygons("EPSG:32633", QgsRectangle(500100, 5399800, 500200, 5399900)))
    assert settled().startswith("Ready: bicubic by 2: 20 x 20 pixels")
    dock.form.output.setFilePath(str(tmp_path / "part.tif"))
    dock.run()
    finish(dock, qtbot)
    part = QgsRasterLayer(str(tmp_path / "part.tif"))
    assert (part.width(), part.height()) == (20, 20)


def test_the_line_speaks_of_several_polygons_in_degrees(dock, qtbot, settled):
    corners = [QgsPointXY(500105, 5399805), QgsPointXY(500195, 5399895), QgsPointXY(500305, 5399705)]
    to_degrees = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:32633"), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    boxes = [QgsRectangle(p.x(), p.y(), p.x() + 1e-6, p.y() + 1e-6) for p in map(to_degrees.transform, corners)]
    dock.form.area.setCurrentIndex(2)
    dock.form.mask.setLayer(polygons("EPSG:4326", *boxes))
    assert "by 2: 42 x 40 pixels" in settled(), "columns 10 to 30, rows 10 to 29"


def test_polygons_that_choose_nothing_are_told_in_the_line(dock, qtbot, settled):
    dock.form.area.setCurrentIndex(2)
    assert settled() == "Cannot run: No polygons are chosen. Choose a layer."
    dock.form.mask.setLayer(polygons("EPSG:32633"))
    assert settled() == "Cannot run: There are no polygons. Draw some, or choose another layer."
    dock.form.mask.setLayer(polygons("EPSG:32633", QgsRectangle(0, 0, 100, 100)))
    assert settled().startswith("Cannot run: 'Area' does not meet the raster.")


@pytest.fixture
def held(gate, dock, qtbot, tmp_path) -> QgsRasterLayer:
    """The layer of a run that holds at its first tile."""
    dock.form.output.setFilePath(str(tmp_path / "o.tif"))
    dock.run()
    qtbot.waitUntil(lambda: gate.holds and dock.form.stage.text() == "Super-resolving", timeout=WAIT_MS)
    return dock.form.layer.currentLayer()


def test_a_cancelled_run_leaves_nothing(held, dock, qtbot, tmp_path, tools):
    dock.cancel()
    finish(dock, qtbot)
    assert dock.form.stage.text() == "Cancelled; nothing was left." and dock.form.run_button.isEnabled()
    assert tools.left_beside(tmp_path / "o.tif") == [] and dock.form.history.list.count() == 0


def test_a_cancel_in_the_list_of_tasks_is_no_error(held, dock, qtbot, tmp_path, told):
    (task,) = [t for t in QgsApplication.taskManager().activeTasks() if not t.isCanceled()]
    task.cancel()
    finish(dock, qtbot)
    assert dock.form.stage.text() == "Cancelled; nothing was left." and not (tmp_path / "o.tif").exists()
    assert not told("Critical")


@pytest.mark.parametrize("older", [False, True])
def test_a_cancel_after_the_end_takes_nothing_back(dock, qtbot, layer, tmp_path, tools, told, older, monkeypatch):
    target = tools.write(tmp_path / "o.tif", size=(6, 5)) if older else tmp_path / "o.tif"
    before = target.read_bytes() if older else None
    from rs_sr_qgis.gui import replacing

    monkeypatch.setattr(replacing, "ask", lambda parent, path: path)  # yes, replace it
    dock.form.output.setFilePath(str(target))
    dock.run()
    tools.until(lambda: target.exists() and target.read_bytes() != before)  # without events: the dock does not know
    dock.cancel()
    finish(dock, qtbot)
    (result,) = QgsProject.instance().mapLayersByName("hills x2")
    assert Path(result.source()) == target and (result.width(), result.height()) == (100, 120)
    assert dock.form.history.list.count() == 1 and dock.form.stage.text() == ""
    assert any("Done in" in m for m in told("Success"))


def test_a_layer_removed_in_the_middle_does_no_harm(held, gate, dock, qtbot, tmp_path, told):
    QgsProject.instance().removeMapLayer(held.id())
    gate.let()
    finish(dock, qtbot)
    assert (tmp_path / "o.tif").is_file()
    text, _, buttons, item = told.items[-1]
    assert text.endswith(", but the input has left the project.")
    assert QgsProject.instance().mapLayersByName("hills x2") == [] and buttons == ["Add", "Open folder"]
    (entry,) = dock.form.history.chosen()
    assert entry.there and entry.title.startswith("hills x2 · ") and entry.title.endswith(" · bicubic")
    item.findChildren(QPushButton)[0].click()
    (result,) = QgsProject.instance().mapLayersByName("hills x2")
    assert Path(result.source()) == tmp_path / "o.tif" and dock.form.chosen_layer() is None


def test_a_project_closed_in_the_middle_does_no_harm(held, dock, qtbot, tmp_path, tools, settled):
    QgsProject.instance().clear()
    dock.cancel()
    finish(dock, qtbot)
    assert tools.left_beside(tmp_path / "o.tif") == []
    assert settled() == "Not yet: There is no raster layer in the project."


def greeted(dock, qtbot, tools, tmp_path, monkeypatch) -> int:
    """The process of a backend that says hello, and then neither answers nor leaves by itself."""
    hello = """echo '{"type": "hello", "protocol": 1, "version": "9.9"}'"""
    monkeypatch.setenv("RS_SR_PYTHON", tools.script(tmp_path / "stubborn", hello, "exec sleep 600"))
    dock.worker.close()
    dock.question.drop()
    dock.question.ask()
    qtbot.waitUntil(lambda: dock.worker._talk.hello is not None, timeout=WAIT_MS)
    return dock.worker.pid


@pytest.mark.parametrize("end", ["project", "dock"])
def test_nothing_waits_for_a_backend_to_leave(dock, qtbot, tools, tmp_path, monkeypatch, end):
    pid = greeted(dock, qtbot, tools, tmp_path, monkeypatch)
    QgsProject.instance().clear() if end == "project" else dock.close_down()
    assert dock.worker.pid == 0 and alive(pid), "the window had to wait until it was gone"
    qtbot.waitUntil(lambda: not alive(pid), timeout=WAIT_MS)


def test_closing_down_in_the_middle_leaves_no_worker(held, dock, qtbot, tmp_path, tools):
    dock.close_down()
    finish(dock, qtbot)
    assert tools.left_beside(tmp_path / "o.tif") == [] and dock.worker.pid == 0
