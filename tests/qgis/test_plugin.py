"""What the plugin does when QGIS loads it: the first message, and the end of a set-up whose page is closed."""

from __future__ import annotations

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QPushButton

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
    for found in loaded:
        found.unload()
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
    loaded, before = plugin(), len(opened(qgis_iface))
    loaded.set_up.start("/no/such/python", str(tmp_path), "")
    qtbot.waitUntil(lambda: not loaded.set_up.running, timeout=WAIT_MS)
    ((text, _, buttons, item),) = told.items
    assert "/no/such/python cannot be started" in text and buttons == ["Show"]
    item.findChildren(QPushButton)[0].click()
    assert opened(qgis_iface)[before:] == ["rssrOptions"]
