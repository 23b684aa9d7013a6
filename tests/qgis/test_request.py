"""What the backend is told, heard by a worker that only listens: the same from dock and toolbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt

WAIT_MS = 300_000
LISTENER = """
import json, sys
print(json.dumps({"type": "hello", "protocol": 1, "version": "9.9"}), flush=True)
for line in sys.stdin:
    message = json.loads(line)
    with open(sys.argv[1], "a") as heard:
        heard.write(line)
    answer = {"type": "error", "code": "bad-parameter", "message": "heard"}
    if message["type"] == "info":
        answer = {"type": "info", "models": [], "devices": [], "plan": {"transform": [0, 1, 0, 0, 0, -1]}}
    print(json.dumps(dict(answer, id=message["id"])), flush=True)
"""
ALWAYS = {
    "halo": "auto", "compress": "zstd", "co": [], "cog": False, "consistent": False, "ensemble": False,
    "expand_palette": False, "overwrite": True,
}  # fmt: skip
FILES = ("source", "target", "aoi", "uncertainty")
PART = {"aoi", "bbox", "bbox_crs", "window"}


@pytest.fixture
def heard(backend, tools, tmp_path, monkeypatch):
    """Asks a listening worker to be told something, and gives the fields of each kind of message that it got."""
    log = tmp_path / "heard"
    (tmp_path / "listener.py").write_text(LISTENER)
    script = f"exec /usr/bin/python3 {tmp_path}/listener.py {log}"
    monkeypatch.setenv("RS_SR_PYTHON", tools.script(tmp_path / "listener", script))

    def messages(kind: str) -> list[dict]:
        lines = log.read_text().splitlines() if log.exists() else []
        found = [m["params"] for m in map(json.loads, lines) if m["type"] == kind and "params" in m]
        log.unlink(missing_ok=True)
        return found

    return messages


def run(tools, **parameters) -> None:
    import processing  # there once the provider's fixture has run

    with pytest.raises(QgsProcessingException, match="heard"):
        processing.run("rssr:superresolve", parameters, feedback=tools.Feedback(), context=tools.context())


def chosen(params: dict) -> dict:
    """What a message says of the run, without the files."""
    return {name: value for name, value in params.items() if name not in FILES}


def place(path: str) -> tuple:
    """CRS, number and extent of the polygons of a file."""
    layer = QgsVectorLayer(path, "polygons")
    return layer.crs().authid(), layer.featureCount(), layer.extent()


@pytest.fixture
def polygons(layer) -> QgsVectorLayer:
    made = QgsVectorLayer("Polygon?crs=EPSG:32633", "mask", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500100, 5399800, 500200, 5399900)))
    made.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(made)
    return made


def everything(form, canvas, layer, polygons) -> dict:
    form.model.choose("lanczos")
    form.scale.setCurrentIndex(3)
    form.bands.setItemCheckState(1, Qt.CheckState.Checked)
    canvas.setExtent(QgsRectangle(500100, 5399700, 500300, 5399800))
    form.area.setCurrentIndex(1)
    e = canvas.extent()
    part = f"{e.xMinimum()!r},{e.xMaximum()!r},{e.yMinimum()!r},{e.yMaximum()!r} [EPSG:32633]"
    form.sensor.choose("measure")
    return {"MODEL": "lanczos", "SENSOR": "measure", "SCALE": "4", "BANDS": [2], "EXTENT": part}


def inside_polygons(form, canvas, layer, polygons) -> dict:
    form.area.setCurrentIndex(2)
    form.mask.setLayer(polygons)
    return {"MODEL": "bicubic", "MASK": polygons}


def files_of_ones_own(form, canvas, layer, polygons) -> dict:
    path = Path(layer.source()).with_name("mine.safetensors")
    path.touch()
    form.model.choose(str(path))
    sensor = path.with_name("my drone.toml")
    sensor.touch()
    form.sensor.choose(str(sensor))
    return {"MODEL": str(path), "SENSOR": str(sensor)}


def properties_of_the_layer(form, canvas, layer, polygons) -> dict:
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32634"))
    canvas.setDestinationCrs(layer.crs())
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(100, 100)])
    return {"MODEL": "bicubic"}


def open_options(form, canvas, layer, polygons) -> dict:
    opened = QgsRasterLayer(f"{layer.source()}|option:NUM_THREADS=1", "opened")
    QgsProject.instance().addMapLayer(opened)
    form.layer.setLayer(opened)
    return {"MODEL": "bicubic", "INPUT": opened}


CHOICES = {
    everything: {"model": "lanczos", "sensor": "measure", "scale": 4, "bands": ["2"], "bbox_crs": "EPSG:32633"},
    inside_polygons: {"model": "bicubic"},
    files_of_ones_own: {},
    properties_of_the_layer: {"model": "bicubic", "nodata": "100.0", "assign_crs": "EPSG:32634"},
    open_options: {"model": "bicubic", "oo": ["NUM_THREADS=1"]},
}


@pytest.mark.parametrize("choose", CHOICES, ids=lambda choose: choose.__name__)
def test_the_same_choices_tell_the_worker_the_same_from_dock_and_toolbox(
    heard, dock, qtbot, canvas, layer, polygons, tools, tmp_path, choose
):
    target = str(tmp_path / "o.tif")
    dock.form.output.setFilePath(target)
    given = choose(dock.form, canvas, layer, polygons)
    dock.run()
    qtbot.waitUntil(lambda: dock._run is None, timeout=WAIT_MS)
    (ran,) = heard("run")
    run(tools, **{"INPUT": layer, "OUTPUT": target} | given)
    (told,) = heard("run")
    assert chosen(ran) == chosen(told) and ran["source"] == told["source"] and ran["target"] == told["target"] == target
    assert ("aoi" in ran, "aoi" in told) == ("MASK" in given,) * 2
    if "aoi" in ran:
        assert place(ran["aoi"]) == place(told["aoi"]) == ("EPSG:32633", 1, polygons.extent())
    assert chosen(told).items() >= (ALWAYS | CHOICES[choose]).items()

    dock.question.ask()
    qtbot.waitUntil(lambda: not dock.question.open, timeout=WAIT_MS)
    look = heard("info")[-1]
    box = {"bbox": [500100, 5399800, 500200, 5399900], "bbox_crs": "EPSG:32633"} if "MASK" in given else {}
    assert chosen(look) == chosen(told) | box and look["target"] == target
    canvas.setCenter(layer.extent().center())
    dock.preview.start()
    qtbot.waitUntil(lambda: "heard" in dock.form.preview.said.text(), timeout=WAIT_MS)
    (tried,) = heard("run")
    without = {name: value for name, value in chosen(told).items() if name not in PART}
    assert tried.keys() & PART == {"bbox"} and tried["source"] == told["source"] and tried["target"] != target
    assert {name: value for name, value in chosen(tried).items() if name not in PART} == without


FULL = dict(
    MODEL="lanczos", SENSOR="sentinel2", SCALE="2", BANDS=[2, 1], RANGE=[0, 300], NODATA=1.0, BLUR="0.3, 0.4",
    NOISE=12.5, CONSISTENT=True, ENSEMBLE=True, EXPAND_PALETTE=True, TILE=200, HALO="exact", MEMORY="900MB",
    DEVICE="cuda:1", THREADS=3, ENGINE="torch", PRECISION="bf16", COMPRESS="lzw",
    OPTIONS="SPARSE_OK=TRUE|STATISTICS=YES", COG=True,
)  # fmt: skip
FULL_TOLD = {
    "model": "lanczos", "sensor": "sentinel2", "scale": 2, "bands": ["2", "1"], "range": [0, 300], "nodata": "1.0",
    "blur": ["0.3", "0.4"], "noise": 12.5, "consistent": True, "ensemble": True, "expand_palette": True, "tile": 200,
    "halo": "exact", "memory": "900MB", "compress": "lzw", "device": "cuda:1", "threads": 3, "engine": "torch",
    "precision": "bf16", "co": ["SPARSE_OK=TRUE", "STATISTICS=YES"], "cog": True, "overwrite": True,
    "oo": ["NUM_THREADS=1"], "assign_crs": "EPSG:32634",
}  # fmt: skip


def test_every_parameter_that_is_offered_reaches_run_question_and_preview(heard, provider, tools, layer, polygons):
    from rs_sr_qgis import fields, parameters, request

    path = Path(layer.source())
    opened = QgsRasterLayer(f"{path}|option:NUM_THREADS=1", "opened")
    opened.setCrs(QgsCoordinateReferenceSystem("EPSG:32634"))
    for band, nodata in ((1, 7), (2, 9)):  # the parameter says which one counts
        opened.dataProvider().setUserNoDataValue(band, [QgsRasterRange(nodata, nodata)])
    QgsProject.instance().addMapLayer(opened)
    files = {"OUTPUT": str(path.with_name("o.tif")), "UNCERTAINTY": str(path.with_name("u.tif"))}
    box = {"bbox": [500000, 5399800, 500200, 5400000], "bbox_crs": "EPSG:32633"}
    around = {"bbox": [500100, 5399800, 500200, 5399900], "bbox_crs": "EPSG:32633"}
    said = set()
    for part, told, looked in (
        ({"EXTENT": "500000,500200,5399800,5400000 [EPSG:32633]"}, box, box),
        ({"MASK": polygons.id()}, {}, around),
    ):
        everything = {"INPUT": opened.id()} | FULL | files | part
        run(tools, **everything)
        (ran,) = heard("run")
        assert chosen(ran) == FULL_TOLD | told
        assert [ran[name] for name in FILES[:2]] == [str(path), files["OUTPUT"]]
        assert ran["uncertainty"] == files["UNCERTAINTY"]
        given = parameters.call(everything)
        source = request.source_of_layer(given)
        look = request.to_look(given, source, "t.tif")
        assert chosen(look) == FULL_TOLD | looked and look.keys() >= {"uncertainty"}
        tried = request.to_try(given, source, "t.tif", QgsRectangle(500000, 5399900, 500050, 5400000))
        assert tried["preview"] == opened.renderer().usesBands()
        assert chosen(tried["params"]) == FULL_TOLD | {"bbox": [500000, 5399900, 500050, 5400000]}
        said |= ran.keys()
    assert said == set(fields.OFFERED) | {"source", "target"}


@pytest.mark.parametrize(
    ("given", "told"),
    [("0.3", ["0.3", "0.3"]), (" 0.3 ; 0.4", ["0.3", "0.4"]), ("a 1 2", ["a", "1", "2"]), (" ", None)],
)
def test_a_blur_is_one_number_or_two_and_all_else_is_left_to_the_backend(provider, layer, given, told):
    from rs_sr_qgis import parameters, request

    call = parameters.call({"INPUT": layer.id(), "BLUR": given, "OUTPUT": "o.tif"})
    assert request.to_try(call, request.source_of_layer(call), "t.tif", QgsRectangle())["params"].get("blur") == told


def test_what_a_layers_properties_leave_open_is_told_alike_in_dock_and_toolbox(heard, dock, qtbot, layer, check):
    for band, nodata in ((1, 7), (2, 9)):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(nodata, nodata)])
    dock.question.ask()
    told = check(INPUT=layer, MODEL="bicubic")
    assert told.startswith("hills has several nodata values (7, 9), a result has one.")
    assert dock.form.state.accessibleName() == f"Cannot run: {told}" and heard("info") == []
