"""One session in the QGIS desktop under Xvfb, with pictures.

RS_SR_PICTURES keeps them in a folder; RS_SR_DESKTOP_MODEL is the model of the session, a file is added first. Those in
docs/pictures are made so:

    RS_SR_PICTURES=DIR RS_SR_DESKTOP_MODEL=plain_x4 .ci/qgis -k desktop
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest

SETTINGS = """[PythonPlugins]
rs_sr_qgis=true
processing=true
[qgis]
checkVersion=false
newsFeed\\active=false
[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true
[app]
projections\\unknownCrsBehavior=NoAction
"""
PICTURES = ("dock", "preview", "result", "compare", "options")


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run is not installed")
def test_a_session_in_the_desktop(zip_path, tools, tmp_path):
    profile = tmp_path / "profiles" / "t"
    (profile / "QGIS").mkdir(parents=True)
    (profile / "QGIS" / "QGIS3.ini").write_text(SETTINGS)
    with zipfile.ZipFile(zip_path) as archive:
        archive.extractall(profile / "python" / "plugins")
    model = os.environ.get("RS_SR_DESKTOP_MODEL", "bicubic")
    if model.endswith(".safetensors"):
        tools.backend_command("models", "add", model)
        model = Path(model).stem
    demo = ("demo", "--folder", tmp_path / "demo", "--scale", "4")
    tools.backend_command(*demo)
    shutil.copy(tmp_path / "demo" / "low.tif", tmp_path / "scene.tif")
    kept = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", "qgis.bin", "--noversioncheck", "--nologo"]
    command += ["--profiles-path", str(tmp_path), "--profile", "t", "--code", str(Path(__file__).parent / "desktop.py")]
    kept |= {"RS_SR_DESKTOP": str(tmp_path), "RS_SR_DESKTOP_MODEL": model, "QT_QPA_PLATFORM": "xcb"}
    with (tmp_path / "qgis.log").open("wb") as log:
        desktop = subprocess.Popen(command, env=kept, stdout=log, stderr=log, start_new_session=True)
        try:
            desktop.wait(timeout=900)
        except subprocess.TimeoutExpired:
            os.killpg(desktop.pid, signal.SIGKILL)
            desktop.wait()
    assert (tmp_path / "report.json").is_file(), (tmp_path / "qgis.log").read_text()[-2000:]
    report = json.loads((tmp_path / "report.json").read_text())
    if "RS_SR_PICTURES" in os.environ:
        for name in (*PICTURES, "stuck"):
            if (tmp_path / f"{name}.png").is_file():
                shutil.copy(tmp_path / f"{name}.png", os.environ["RS_SR_PICTURES"])
        shutil.copy(tmp_path / "report.json", os.environ["RS_SR_PICTURES"])
    assert report["error"] == ""
    ours = [entry for entry in report["log"] if entry[1] == "Super-resolution" or "rs_sr" in entry[0]]
    assert [entry for entry in ours if entry[2] > 0] == []
    assert report["followed"] and report["chosen"] == "scene" and report["cut"] == 0
    assert report["width"] >= 340, "the width to begin with"
    assert report["moved"] == [True, True], "the divider, and not the map"
    assert "review" not in (tmp_path / "saved.qgs").read_text()
    assert any("x4" in name or "finer" in name for name in report["layers"]) and "scene" in report["layers"]
    assert all((tmp_path / f"{name}.png").stat().st_size > 20_000 for name in PICTURES)
