"""What the plugin does when QGIS loads it: the first message, and the end of a set-up whose page is closed."""

from __future__ import annotations

import gc

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings, QgsTask
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QPushButton

WAIT_MS = 300_000


@pytest.fixture
def plugin(qgis_new_project, qgis_processing, active, canvas, qgis_iface, told):
    """Loads the plugin as QGIS does, as often as it is called."""
    import rs_sr_qgis

    QgsSettings().remove("rs_sr")
    loaded = []

    def load():
        loaded.append(rs_sr_qgis.classFactory(qgis_iface))
        loaded[-1].initGui()
        return loaded[-1]

    yield load
    while loaded:
        loaded.pop().unload()
    QgsSettings().remove("rs_sr")


def opened(qgis_iface) -> list:
    """The pages that the options were opened at."""
    return [call.args[1] for call in qgis_iface.showOptionsDialog.call_args_list]


def test_a_new_user_is_told_once_what_to_do_first(plugin, told, qgis_iface, monkeypatch):
    monkeypatch.delenv("RS_SR_PYTHON")
    before = len(opened(qgis_iface))
    plugin().unload()
    ((text, _, buttons, item),) = told.items
    assert text == "One step is left: setting up the backend that does the work." and buttons == ["Set up..."]
    item.findChildren(QPushButton)[0].click()
    assert opened(qgis_iface)[before:] == ["rssrOptions"]
    plugin()
    assert len(told.items) == 1, "once"


def test_nobody_is_told_who_has_a_backend(plugin, told):
    plugin()
    assert told.items == []


def test_the_end_of_a_set_up_is_told_whether_its_page_is_there_or_not(plugin, told, qtbot, qgis_iface, tmp_path):
    loaded, before, heard = plugin(), len(opened(qgis_iface)), []

    def ends(number, status) -> None:
        if status in (QgsTask.TaskStatus.Complete, QgsTask.TaskStatus.Terminated):
            heard.append("QGIS")

    loaded.set_up.ended.connect(lambda: heard.append("ours"))
    QgsApplication.taskManager().statusChanged.connect(ends)
    loaded.set_up.start("/no/such/python", str(tmp_path), "")
    qtbot.waitUntil(lambda: told.items != [], timeout=WAIT_MS)
    QgsApplication.taskManager().statusChanged.disconnect(ends)
    assert heard == ["QGIS", "ours"], "the later one lies above"
    ((text, _, buttons, item),) = told.items
    assert "/no/such/python cannot be started" in text and buttons == ["Show"]
    item.findChildren(QPushButton)[0].click()
    assert opened(qgis_iface)[before:] == ["rssrOptions"]


def test_the_dock_says_that_a_set_up_is_under_way_and_offers_none(plugin, layer, qtbot, tools, tmp_path, monkeypatch):
    monkeypatch.delenv("RS_SR_PYTHON")
    loaded = plugin()
    form, waits = loaded.dock.form, "The backend is being set up; wait a minute."
    loaded.dock.setUserVisible(True)
    form.layer.setLayer(layer)
    qtbot.waitUntil(form.setup_button.isVisible, timeout=WAIT_MS)
    loaded.set_up.start(tools.script(tmp_path / "slow", "exec sleep 600"), str(tmp_path), "")
    qtbot.waitUntil(lambda: waits in form.state.text(), timeout=WAIT_MS)
    assert not form.setup_button.isVisible() and not form.run_button.isEnabled()
    QgsProject.instance().removeAllMapLayers()
    qtbot.waitUntil(lambda: form.chosen_layer() is None and not loaded.dock.question.open, timeout=WAIT_MS)
    assert waits in form.state.text(), "without a layer, too"
    loaded.set_up.cancel()
    qtbot.waitUntil(form.setup_button.isVisible, timeout=WAIT_MS)
    assert "not set up yet" in form.state.text()


def test_after_a_set_up_one_click_opens_the_dock(plugin, told):
    loaded = plugin()
    loaded.set_up.ended.emit()
    ((text, _, buttons, item),) = told.items
    assert text == "The backend is set up." and buttons == ["Open the dock"] and loaded.dock.isHidden()
    item.findChildren(QPushButton)[0].click()
    assert not loaded.dock.isHidden()
    loaded.set_up.ended.emit()
    assert told.items[-1][2] == [], "it is open"


@pytest.mark.parametrize("end", ["unload", "project"])
def test_a_run_outlives_the_plugin_that_is_unloaded_until_it_has_ended(
    plugin, gate, tools, layer, qtbot, tmp_path, end
):
    """QGIS's thread works with what the dock gave it: it crashes if that goes first."""
    loaded = plugin()
    form = loaded.dock.form
    form.layer.setLayer(layer)
    form.model.choose("plain_x2")
    form.output.setFilePath(str(tmp_path / "o.tif"))
    loaded.dock.run()
    manager = QgsApplication.taskManager()
    qtbot.waitUntil(lambda: gate.holds, timeout=WAIT_MS)
    assert manager.countActiveTasks() == 1
    if end == "project":
        QgsProject.instance().clear()
    loaded.unload()
    del loaded, form, plugin
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    qtbot.waitUntil(lambda: manager.countActiveTasks() == 0, timeout=WAIT_MS)
    qtbot.wait(20)
    assert tools.left_beside(tmp_path / "o.tif") == []
