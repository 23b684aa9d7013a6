"""The plugin as installed from its zip, in a QGIS without a screen, with the backend's Python beside it.

These tests run in QGIS's own Python, which cannot import rs_sr: ``.ci/run`` makes an environment for them.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import Qgis, QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton

ROOT = Path(__file__).resolve().parents[2]
BACKEND = os.environ.get("RS_SR_PYTHON", str(ROOT / ".venv-ci" / "bin" / "python"))
WAIT_MS = 300_000
gdal.UseExceptions()


def load(path: Path):
    """A module by its file: the repository itself must not be importable here."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


gates = load(ROOT / "tests" / "gate" / "__init__.py")
wheels = load(ROOT / "tests" / "qgis" / "wheels.py")


def pytest_sessionstart(session) -> None:
    """Build the zip and unpack it where QGIS would look for plugins."""
    builder = load(ROOT / "tools" / "plugin_zip.py")
    plugins = Path(os.environ["HOME"]) / "plugins"
    with zipfile.ZipFile(builder.build(Path(os.environ["HOME"]) / "dist")) as archive:
        archive.extractall(plugins)
    sys.path.insert(0, str(plugins))


@pytest.fixture(scope="session")
def zip_path() -> Path:
    return next((Path(os.environ["HOME"]) / "dist").glob("*.zip"))


@pytest.fixture(scope="session")
def shared_rasters() -> Path:
    folder = Path(os.environ.get("RS_SR_SHARED_DATA", ROOT.parent / "shared" / "data")) / "rasters"
    if not folder.is_dir():
        pytest.skip(f"the shared data is not at {folder} (set RS_SR_SHARED_DATA)")
    return folder


@pytest.fixture(autouse=True)
def backend(monkeypatch, tmp_path) -> str:
    """The backend's interpreter, set as a user would who sets a variable."""
    assert Path(BACKEND).is_file(), f"no backend at {BACKEND}: set RS_SR_PYTHON"
    monkeypatch.setenv("RS_SR_PYTHON", BACKEND)
    monkeypatch.setenv("RS_SR_MODELS", str(tmp_path / "models"))
    from rs_sr_qgis import settings

    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "plugin")
    return BACKEND


@pytest.fixture
def gate(backend, monkeypatch, tmp_path):
    """Runs of the backend hold at their first tile until the test lets them."""
    return gate_at(gates.TILE, monkeypatch, tmp_path)


def gate_at(what: str, monkeypatch, folder: Path):
    """A gate in the backend."""
    gate = gates.Gate(folder / "gate", what)
    monkeypatch.setenv("RS_SR_PYTHON", gate.interpreter(BACKEND))
    return gate


class StandIn:
    """A backend that answers at once, for what the plugin does by itself; `heard` gives the fields it was told."""

    def __init__(self, monkeypatch, folder: Path) -> None:
        self._patch, self._folder = monkeypatch, folder
        self.log = folder / "heard"
        monkeypatch.setenv("RS_SR_PYTHON", self.script("stand in"))

    def script(self, name: str, *lines: str) -> str:
        """Its interpreter; `lines` of shell come first."""
        words = f'exec /usr/bin/python3 "{Path(__file__).with_name("stand_in.py")}" "{self.log}"'
        return gates.script(self._folder / name, *lines, words)

    def plans(self, **told) -> None:
        """Say this too of each raster, from the next start on."""
        self._patch.setenv("STAND_IN_PLAN", json.dumps(told))

    def messages(self, kind: str) -> list[dict]:
        """All messages of a kind, in their order."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [m for m in map(json.loads, lines) if m["type"] == kind]

    def heard(self, kind: str) -> list[dict]:
        """Their fields."""
        return [m.get("params", {}) for m in self.messages(kind)]


@pytest.fixture
def stand_in(backend, monkeypatch, tmp_path) -> StandIn:
    return StandIn(monkeypatch, tmp_path)


@pytest.fixture
def provider(qgis_new_project, qgis_processing):
    from rs_sr_qgis.gui import parameter_widgets
    from rs_sr_qgis.provider import Provider

    provider = Provider()
    QgsApplication.processingRegistry().addProvider(provider)
    widgets = parameter_widgets.register()
    yield provider
    parameter_widgets.unregister(widgets)
    QgsApplication.processingRegistry().removeProvider(provider)


def write(
    path: Path, *, bands: int = 3, size: tuple[int, int] = (60, 50), kind: int = gdal.GDT_Byte, nodata=None
) -> Path:
    """A GeoTIFF of smooth hills, (height, width) in `size`."""
    height, width = size
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, kind)
    dataset.SetGeoTransform((500000, 10, 0, 5400000, 0, -10))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    dataset.SetProjection(crs.ExportToWkt())
    y, x = np.mgrid[:height, :width]
    for band in range(bands):
        dataset.GetRasterBand(band + 1).WriteArray(100 + 60 * np.sin(y / 7 + band) * np.cos(x / 9))
        if nodata is not None:
            dataset.GetRasterBand(band + 1).SetNoDataValue(nodata)
    return path


def read(path) -> tuple:
    """Pixels, transform and nodata, to compare two results."""
    dataset = gdal.Open(str(path))
    return dataset.ReadAsArray().tolist(), dataset.GetGeoTransform(), dataset.GetRasterBand(1).GetNoDataValue()


@pytest.fixture
def raster(tmp_path) -> Path:
    return write(tmp_path / "hills.tif")


@pytest.fixture
def layer(raster, qgis_new_project) -> QgsRasterLayer:
    layer = QgsRasterLayer(str(raster), "hills")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def canvas(qgis_canvas, qgis_parent, qtbot):
    qgis_parent.resize(600, 400)
    qgis_parent.show()
    qtbot.waitExposed(qgis_parent)
    return qgis_canvas


class Activation(QObject):
    """The signal of the real interface, which carries a layer."""

    activated = pyqtSignal(object)


@pytest.fixture
def told(qgis_iface, monkeypatch):
    """Texts of the messages over the map, by their level; `told.items` has the messages."""
    bar, items = qgis_iface.messageBar(), []
    real = bar.pushWidget

    def push(item, level, seconds=0):
        items.append((item.text(), level, [button.text() for button in item.findChildren(QPushButton)], item))
        return real(item, level, seconds)

    monkeypatch.setattr(bar, "pushWidget", push)

    def texts(level: str) -> list[str]:
        return [item[0] for item in items if item[1] == getattr(Qgis.MessageLevel, level)]

    texts.items = items
    yield texts
    bar.clearWidgets()


@pytest.fixture
def active(qgis_iface, monkeypatch) -> Activation:
    """Says which layer is active, in the stead of the real interface."""
    tells = Activation()
    monkeypatch.setattr(qgis_iface, "currentLayerChanged", tells.activated, raising=False)
    return tells


@pytest.fixture
def dock(provider, qgis_iface, qgis_parent, canvas, layer, active, told):
    from rs_sr_qgis.gui.dock import Dock

    canvas.setDestinationCrs(layer.crs())
    canvas.setLayers([layer])
    canvas.setExtent(layer.extent())
    dock = Dock(qgis_iface, qgis_parent)
    dock.show()
    dock.form.layer.setLayer(layer)
    dock.form.model.choose("bicubic")
    yield dock
    dock.close_down()
    dock.disconnect_all()
    dock.deleteLater()


@pytest.fixture
def settled(dock, qtbot):
    """The pre-flight line once the backend has answered to the last choice."""

    def ask() -> str:
        dock.question.ask()
        qtbot.waitUntil(lambda: not dock.question.open, timeout=WAIT_MS)
        return dock.form.state.accessibleName()

    return ask


@pytest.fixture
def check(provider):
    """What `checkParameterValues` says to parameters: its words, empty where all is well."""

    def ask(**parameters) -> str:
        algorithm = QgsApplication.processingRegistry().algorithmById("rssr:superresolve").create()
        right, words = algorithm.checkParameterValues({"OUTPUT": "o.tif"} | parameters, _context())
        return "" if right else words

    return ask


def _context() -> QgsProcessingContext:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


class Feedback(QgsProcessingFeedback):
    """Keeps what is said, and can cancel once the run has got somewhere."""

    def __init__(self, cancel_at: str = "") -> None:
        super().__init__()
        self.said: list[str] = []
        self._cancel_at = cancel_at

    def setProgressText(self, text: str) -> None:
        self.said.append(text)
        if self._cancel_at and self._cancel_at in text:
            self.cancel()

    def pushInfo(self, text: str) -> None:
        self.said.append(text)

    def pushWarning(self, text: str) -> None:
        self.said.append(f"warning: {text}")


def backend_command(*words) -> None:
    """Run ``rs-sr`` in the backend's Python, from the repository."""
    done = subprocess.run([BACKEND, "-m", "rs_sr", *map(str, words)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def left_beside(target: Path) -> list[str]:
    return [p.name for p in target.parent.iterdir() if target.name in p.name]


@pytest.fixture
def tools():
    """The helpers of this file, for test modules that cannot import it."""
    import types

    return types.SimpleNamespace(
        write=write, read=read, Feedback=Feedback, backend_command=backend_command, left_beside=left_beside,
        context=_context, ROOT=ROOT, BACKEND=BACKEND, script=gates.script, gate_at=gate_at, until=gates.until,
        PATIENCE_S=gates.PATIENCE_S, wheels=wheels,
    )  # fmt: skip
