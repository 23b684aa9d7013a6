"""The zip in a clean profile, through `qgis_process`, as a server without a screen uses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

ID = "rssr:superresolve"


@pytest.fixture(scope="module")
def profile(tmp_path_factory, zip_path) -> Path:
    """A home with nothing but the plugin from its zip, enabled."""
    home = tmp_path_factory.mktemp("home")
    plugins = home / ".local/share/QGIS/QGIS3/profiles/default/python/plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(zip_path) as archive:
        archive.extractall(plugins)
    done = call(home, "plugins", "enable", "rs_sr_qgis")
    assert done.returncode == 0, done.stderr
    return home


def environment(home: Path, **more) -> dict:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QGIS")}
    return kept | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | more


def call(home: Path, *words, **more) -> subprocess.CompletedProcess:
    command = ["qgis_process.bin", *map(str, words)]
    return subprocess.run(command, env=environment(home, **more), capture_output=True, text=True)


def test_the_plugin_is_listed_and_runs_to_the_bit(profile, tools, raster, tmp_path):
    assert ID in call(profile, "list").stdout
    assert "Value range" in call(profile, "help", ID).stdout
    done = call(
        profile, "--json", "run", ID, "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'o.tif'}", "MODEL=bicubic",
        "SCALE=4", "BANDS=3", "BANDS=2",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["OUTPUT"] == str(tmp_path / "o.tif")
    words = ("--model", "bicubic", "--scale", "4", "--bands", "3,2")
    tools.backend_command("super-resolve", raster, tmp_path / "c.tif", *words)
    assert tools.read(tmp_path / "o.tif") == tools.read(tmp_path / "c.tif")


def test_a_real_scene_runs_to_the_bit(profile, tools, shared_rasters, tmp_path):
    scene = shared_rasters / "landsat_rgb_utm.tif"
    done = call(profile, "run", ID, "--", f"INPUT={scene}", f"OUTPUT={tmp_path / 'o.tif'}", "MODEL=bicubic")
    assert done.returncode == 0, done.stderr
    tools.backend_command("super-resolve", scene, tmp_path / "c.tif", "--model", "bicubic")
    ours, theirs = (gdal.Open(str(tmp_path / name)) for name in ("o.tif", "c.tif"))
    assert (ours.RasterXSize, ours.RasterYSize, ours.GetGeoTransform()) == (1582, 1436, theirs.GetGeoTransform())
    assert np.array_equal(ours.ReadAsArray(), theirs.ReadAsArray())


def test_a_saved_model_runs(profile, raster, tmp_path):
    code = (
        "import sys; from qgis.core import *; app = QgsApplication([], False); app.initQgis()\n"
        "model = QgsProcessingModelAlgorithm('finer', 'test'); model.addModelParameter("
        "QgsProcessingParameterRasterLayer('INPUT', 'Raster'), QgsProcessingModelParameter('INPUT'))\n"
        "child = QgsProcessingModelChildAlgorithm('rssr:superresolve'); child.setChildId('sr')\n"
        "source = QgsProcessingModelChildParameterSource\n"
        "child.addParameterSources('INPUT', [source.fromModelParameter('INPUT')])\n"
        "child.addParameterSources('MODEL', [source.fromStaticValue('bicubic')])\n"
        "output = QgsProcessingModelOutput('out'); output.setChildOutputName('OUTPUT')\n"
        "child.setModelOutputs({'out': output}); model.addChildAlgorithm(child)\n"
        "sys.exit(not model.toFile(sys.argv[1]))\n"
    )
    path = tmp_path / "finer.model3"
    made = subprocess.run(["/usr/bin/python3", "-c", code, str(path)], env=environment(profile), capture_output=True)
    assert made.returncode == 0, made.stderr
    done = call(profile, "run", path, "--", f"INPUT={raster}", f"sr:out={tmp_path / 'o.tif'}")
    assert done.returncode == 0, done.stderr
    assert gdal.Info(str(tmp_path / "o.tif"), format="json")["size"] == [100, 120]


def test_nonsense_around_qgis_does_no_harm(profile, raster, tmp_path):
    names = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "PYTHONPATH", "LD_LIBRARY_PATH")
    words = ("run", ID, "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'o.tif'}", "MODEL=bicubic")
    done = call(profile, *words, **dict.fromkeys(names, "/nonsense"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "o.tif").is_file()


def test_mistakes_end_with_1_and_the_sentence(profile, raster, tmp_path):
    words = ("run", ID, "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'o.tif'}")
    for more, said in (
        (["MODEL=nosuch"], "model nosuch is unknown. Known are"),
        (["BANDS=9"], "Band 9 asked for"),
        (["NODATA=x"], "which is no number"),
    ):
        done = call(profile, *words, *more)
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert "Set it up in Settings" in call(profile, *words, RS_SR_PYTHON="").stderr
    assert not (tmp_path / "o.tif").exists()


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_when_qgis_ends_in_the_middle_its_worker_goes_and_nothing_is_left(profile, tools, gate, raster, tmp_path, end):
    target = tmp_path / "o.tif"
    process = subprocess.Popen(
        ["qgis_process.bin", "run", ID, "--", f"INPUT={raster}", f"OUTPUT={target}", "MODEL=bicubic"],
        env=environment(profile), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    tools.until(lambda: gate.holds, process)
    (worker,) = children(process.pid)
    process.send_signal(end)
    process.communicate(timeout=tools.PATIENCE_S)
    assert process.returncode == (1 if end == signal.SIGINT else -9)
    tools.until(lambda: not alive(worker))
    assert tools.left_beside(target) == []
