"""The options page: trying a backend and making one, with real interpreters."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtWidgets import QMessageBox

WAIT_MS = 300_000


@pytest.fixture
def page(provider, qgis_parent, qtbot, monkeypatch, tmp_path):
    from rs_sr_qgis import settings
    from rs_sr_qgis.gui.options import OptionsPage

    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "profile")
    monkeypatch.delenv("RS_SR_PYTHON")
    QgsSettings().remove("rs_sr")
    page = OptionsPage(qgis_parent)
    yield page
    page.stop()
    qtbot.waitUntil(lambda: page.make.isEnabled(), timeout=WAIT_MS)
    page.deleteLater()
    QgsSettings().remove("rs_sr")


def ended(page, qtbot) -> str:
    qtbot.waitUntil(lambda: page.make.isEnabled(), timeout=WAIT_MS)
    return page.state.text()


def test_a_backend_is_tried_and_its_models_are_known(page, qtbot, tools):
    from rs_sr_qgis import models, settings

    assert page.state.text() == "Not set up yet."
    page.python.setFilePath(tools.BACKEND)
    page.test.click()
    assert page.cancel.isEnabled() and not page.test.isEnabled()
    text = ended(page, qtbot)
    assert text.startswith("Good: rs-sr 0.") and "runs on" in text
    assert "torch: " in page.log.toPlainText()
    assert settings.python() == tools.BACKEND
    assert {"nearest", "bicubic", "lanczos"} <= {m["name"] for m in models.known(settings.folder())}


def test_one_that_is_none_is_told(page, qtbot):
    page.python.setFilePath("/usr/bin/python3")
    page.test.click()
    assert "rs-sr is not installed in the Python that is set for it" in ended(page, qtbot)
    page.python.setFilePath("/no/such/python")
    page.test.click()
    assert "/no/such/python cannot be started" in ended(page, qtbot)


def test_a_failed_set_up_tells_the_cure_and_leaves_nothing(page, qtbot, tmp_path):
    wheels = tmp_path / "no wheels here"
    wheels.mkdir()
    page.base.setEditText("/usr/bin/python3")
    page.source.setFilePath(str(wheels))
    page.set_up()
    text = ended(page, qtbot)
    assert "Installing rs-sr: rs-sr==" in text and "Check the folder and its wheels" in text
    assert "== Making the environment" in page.log.toPlainText()
    assert not (tmp_path / "profile" / "venv").exists()
    page.base.setEditText("/no/such/python")
    page.set_up()
    assert "/no/such/python cannot be started" in ended(page, qtbot)


def test_a_set_up_makes_an_environment_that_works(page, qtbot, tools, tmp_path, monkeypatch):
    """The steps are real but for pip's, which would copy a gigabyte: the backend's own packages are linked instead."""
    from rs_sr_qgis import backend, settings

    def steps(base, folder, python, source, extra, version, real=backend.steps):
        venv, _ = real(base, folder, python, source, extra, version)
        link = tmp_path / "link.py"
        link.write_text(
            "import pathlib, site, subprocess, sys\n"
            "ask = 'import rs_sr, numpy; print(*(p.__path__[0] for p in (rs_sr, numpy)), sep=chr(10))'\n"
            "said = subprocess.run([sys.argv[1], '-c', ask], capture_output=True, text=True, cwd=sys.argv[2]).stdout\n"
            "folders = [str(pathlib.Path(line).parent) for line in said.split(chr(10)) if line]\n"
            "pathlib.Path(site.getsitepackages()[0], 'link.pth').write_text(chr(10).join(folders))\n"
        )
        link_step = backend.Step("Installing rs-sr", str(python), [str(link), tools.BACKEND, str(tools.ROOT)])
        return [venv, link_step]

    monkeypatch.setattr(backend, "steps", steps)
    monkeypatch.setattr(QMessageBox, "question", lambda *words: QMessageBox.StandardButton.Yes)
    page.python.setFilePath("/an/older/choice")
    page.base.setEditText(str(Path(tools.BACKEND)))
    page.make.click()
    text = ended(page, qtbot)
    assert text.startswith("Good: rs-sr 0."), page.log.toPlainText()
    assert settings.python() == str(tmp_path / "profile" / "venv" / "bin" / "python")
    assert (tmp_path / "profile" / "venv" / "rs_sr.json").is_file()


def test_a_cancelled_set_up_leaves_nothing(page, qtbot, tmp_path, tools):
    stuck = f'[ "$2" = venv ] && mkdir -p {tmp_path}/profile/venv && exec sleep 600'
    page.base.setEditText(tools.script(tmp_path / "base", stuck, 'exec /usr/bin/python3 "$@"'))
    page.set_up()
    qtbot.waitUntil((tmp_path / "profile" / "venv").exists, timeout=WAIT_MS)
    page.stop()
    assert "Cancelled; nothing was left." in ended(page, qtbot)
    assert not (tmp_path / "profile" / "venv").exists()


def test_too_small_a_disk_is_told_before(page, monkeypatch):
    from rs_sr_qgis import backend

    monkeypatch.setattr(backend, "disk_free", lambda folder: 5_000_000)
    page.make.click()
    assert (
        page.state.text().startswith("Trouble: An environment is made in ") and "5.0 MB are free" in page.state.text()
    )
    assert QgsApplication.taskManager().countActiveTasks() == 0
