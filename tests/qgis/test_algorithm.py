"""The toolbox algorithm in a real QGIS, with real workers."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMultiBandColorRenderer,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QUrl

ID = "rssr:superresolve"


def run(tools, feedback=None, context=None, **parameters):
    import processing  # there once the provider's fixture has run

    return processing.run(ID, parameters, feedback=feedback or tools.Feedback(), context=context or tools.context())


def test_the_provider_has_one_algorithm_with_help_tags_and_icon(provider):
    (algorithm,) = provider.algorithms()
    assert algorithm.id() == ID and algorithm.displayName() == "Super-resolve raster"
    assert "Value range" in algorithm.shortHelpString() and "upscale" in algorithm.tags()
    assert [d.name() for d in algorithm.parameterDefinitions() if not d.help()] == []
    assert Path(QUrl(algorithm.helpUrl()).toLocalFile()).is_file()
    assert not algorithm.icon().isNull() and Path(algorithm.svgIconPath()).is_file()
    flags = int(algorithm.flags())
    assert flags & int(QgsProcessingAlgorithm.Flag.FlagCanCancel)
    assert not flags & int(QgsProcessingAlgorithm.Flag.FlagNoThreading)
    assert provider.supportedOutputRasterLayerExtensions() == ["tif", "tiff"]


def test_an_output_that_a_batch_leaves_empty_is_none(provider, tools, raster, tmp_path):
    doubt, target = QgsProcessingOutputLayerDefinition(""), str(tmp_path / "o.tif")
    context = tools.context()
    given = run(tools, context=context, INPUT=str(raster), MODEL="bicubic", UNCERTAINTY=doubt, OUTPUT=target)
    assert given == {"OUTPUT": target, "FINER": 2, "USED": "bicubic"}
    assert "" not in context.layersToLoadOnCompletion()


def test_what_a_mask_hides_is_hidden_in_a_result_of_some_bands(provider, tools, tmp_path):
    from rs_sr_qgis import style

    path = tools.write(tmp_path / "masked.tif")
    dataset = gdal.Open(str(path), gdal.GA_Update)
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
    dataset.GetRasterBand(1).GetMaskBand().Fill(255)
    dataset = None
    layer = QgsRasterLayer(str(path), "masked")
    assert layer.renderer().alphaBand() == 4
    target = tmp_path / "o.tif"
    run(tools, INPUT=str(path), MODEL="bicubic", BANDS=[2, 1], OUTPUT=str(target))
    result = QgsRasterLayer(str(target), "o")
    shown = QgsMultiBandColorRenderer(layer.dataProvider(), 2, 1, 1)
    shown.setAlphaBand(4)
    style.apply(result, style.with_bands(shown, [2, 1]))
    assert result.renderer().alphaBand() == 3
    plain = QgsRasterLayer(str(tools.write(tmp_path / "plain.tif")), "plain")
    shown.setAlphaBand(4)
    style.apply(plain, shown)
    assert plain.renderer().alphaBand() == -1


@pytest.mark.parametrize("kind", [gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Float32])
def test_a_run_equals_the_command_line_to_the_bit(provider, tools, tmp_path, kind):
    source = tools.write(tmp_path / "Größe und mehr.tif", kind=kind, nodata=7)
    feedback = tools.Feedback()
    target = tmp_path / "o.tif"
    given = run(tools, feedback, INPUT=str(source), MODEL="bicubic", SCALE="3", BANDS=[3, 1], OUTPUT=str(target))
    assert given == {"OUTPUT": str(target), "FINER": 3, "USED": "bicubic"}
    tools.backend_command(
        "super-resolve", source, tmp_path / "c.tif", "--model", "bicubic", "--scale", 3, "--bands", "3,1"
    )
    assert tools.read(target) == tools.read(tmp_path / "c.tif")
    assert "Starting the backend" in feedback.said and any("180" in s and "bicubic" in s for s in feedback.said)


def test_every_parameter_reaches_the_backend(provider, tools, raster, tmp_path):
    parameters = dict(
        MODEL="lanczos", SCALE="2", BANDS=[2], EXTENT="500000,500200,5399800,5400000 [EPSG:32633]", RANGE=[0, 300],
        NODATA=1.0, CONSISTENT=True, TILE=200, HALO="exact", MEMORY="900MB", COMPRESS="lzw",
        OPTIONS="SPARSE_OK=TRUE|INTERLEAVE=BAND", COG=False, OUTPUT=str(tmp_path / "o.tif"),
    )  # fmt: skip
    run(tools, INPUT=str(raster), **parameters)
    tools.backend_command(
        "super-resolve", raster, tmp_path / "c.tif", "--model", "lanczos", "--scale", "2", "--bands", "2", "--bbox",
        "500000", "5399800", "500200", "5400000", "--range", "0", "300", "--nodata", "1", "--tile", "200", "--halo",
        "exact", "--consistent", "--memory", "900MB", "--compress", "lzw", "--co", "SPARSE_OK=TRUE",
        "--co", "INTERLEAVE=BAND",
    )  # fmt: skip
    assert tools.read(tmp_path / "o.tif") == tools.read(tmp_path / "c.tif")
    assert gdal.Info(str(tmp_path / "o.tif"), format="json")["size"] == [40, 40]
    run(tools, INPUT=str(raster), MODEL="nearest", COG=True, OUTPUT=str(tmp_path / "cog.tif"))
    assert gdal.Info(str(tmp_path / "cog.tif"), format="json")["metadata"]["IMAGE_STRUCTURE"]["LAYOUT"] == "COG"


def test_polygons_in_memory_and_in_another_crs_choose_a_part(provider, tools, raster, tmp_path):
    polygons = QgsVectorLayer("Polygon?crs=EPSG:32633", "mask", "memory")
    features = [QgsFeature(), QgsFeature()]
    features[0].setGeometry(QgsGeometry.fromRect(QgsRectangle(500100, 5399800, 500200, 5399900)))
    features[1].setGeometry(QgsGeometry.fromRect(QgsRectangle(500000, 5399500, 500500, 5400000)))
    polygons.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(polygons)
    try:
        polygons.selectByIds([1])
        from qgis.core import QgsProcessingFeatureSourceDefinition

        selected = QgsProcessingFeatureSourceDefinition(polygons.id(), selectedFeaturesOnly=True)
        run(tools, INPUT=str(raster), MODEL="bicubic", MASK=selected, OUTPUT=str(tmp_path / "o.tif"))
    except QgsProcessingException as error:
        assert 'pip install "rs-sr[aoi]"' in str(error)
        pytest.skip("the backend has no geopandas")
    assert gdal.Info(str(tmp_path / "o.tif"), format="json")["size"] == [20, 20]


def test_mistakes_are_told_before_the_run(check, raster, tmp_path, monkeypatch):
    given = {"INPUT": str(raster)}
    assert check(**given) == ""
    assert "has 3. Choose bands that it has" in check(**given, BANDS=[4])
    polygons = QgsVectorLayer("Polygon?crs=EPSG:32633", "mask", "memory")
    assert "Give one of them" in check(**given, EXTENT="0,1,0,1", MASK=polygons)
    assert "The value range 5 to 1 is empty" in check(**given, RANGE=[5, 1])
    assert "no.safetensors does not exist" in check(**given, MODEL="no.safetensors")
    assert "'Sensor': the file no.toml does not exist" in check(**given, SENSOR="no.toml")
    assert "'Nodata value' is x, which is no number" in check(**given, NODATA="x")
    assert "'Noise' is x, which is no number" in check(**given, NOISE="x")
    assert "COMPRESS is no creation option" in check(**given, OPTIONS="COMPRESS")
    for wrong in ("COMPRESS=jpeg|JPEG_QUALITY=75", "COMPRESS=WEBP", "COMPRESS=LERC"):
        assert check(**given, OPTIONS=wrong).startswith(f"{wrong.split('|')[0].upper()} changes values.")
    assert check(**given, OPTIONS="compress=WEBP|WEBP_LOSSLESS=YES") == check(**given, OPTIONS="ZLEVEL=9") == ""
    assert check(**given, OPTIONS="COMPRESS=PACKBITS") == "" != check(**given, OPTIONS="COMPRESS=PACKBITS", COG=True)
    assert check(**given, OPTIONS="NBITS=7") == "NBITS=7 may change values, bands or the place. Leave it out."
    assert check(**given, OUTPUT="o.jpg") and check()
    assert check(**given, OUTPUT="/no/such/o.tif").startswith("The folder /no/such does not exist.")
    assert check(**given, OUTPUT=str(raster)).startswith("hills.tif is the input")
    assert check(**given, SCALE=4) == check(**given, SCALE="4") == ""
    for wrong in ("5", 1, 0, 99):
        assert check(**given, SCALE=wrong) == (
            f"'Scale' is {wrong}, which is none of its choices. Give one of auto, 2, 3, 4, as it is written here."
        )
    assert "'Compression' is 1, which is none of its choices. Give one of zstd" in check(**given, COMPRESS=1)
    monkeypatch.delenv("RS_SR_PYTHON")
    assert check(**given) == (
        "The rs-sr backend is not set up yet. Set it up in Settings > Options > Super-resolution."
    )
    monkeypatch.setenv("RS_SR_PYTHON", str(tmp_path / "gone"))
    assert "gone cannot be started. Set it up" in check(**given)


def test_a_number_is_as_good_as_its_text(provider, stand_in, tools, raster, tmp_path):
    assert run(tools, INPUT=str(raster), SCALE=4, OUTPUT=str(tmp_path / "o.tif"))["FINER"] == 4
    assert stand_in.heard("run")[0]["scale"] == 4


def test_what_is_missing_is_told_before_a_dialog_opens(provider, monkeypatch):
    algorithm = QgsApplication.processingRegistry().algorithmById(ID)
    assert algorithm.canExecute() == (True, "") and provider.warningMessage() == ""
    monkeypatch.delenv("RS_SR_PYTHON")
    words = "The rs-sr backend is not set up yet. Set it up in Settings > Options > Super-resolution."
    assert algorithm.canExecute() == (False, words) and provider.warningMessage() == words


def test_polygons_that_the_backend_cannot_read_are_told(provider, stand_in, tools, raster, tmp_path, monkeypatch):
    monkeypatch.setenv("STAND_IN_CAN", "info run")
    polygons = QgsVectorLayer("Polygon?crs=EPSG:32633", "mask", "memory")
    with pytest.raises(QgsProcessingException, match="cannot read polygons: geopandas is not in its Python"):
        run(tools, INPUT=str(raster), MASK=polygons, OUTPUT=str(tmp_path / "o.tif"))
    assert stand_in.heard("run") == []


def test_a_raster_in_qgiss_memory_is_refused(check, raster):
    gdal.FileFromMemBuffer("/vsimem/hills.tif", raster.read_bytes())
    layer = QgsRasterLayer("/vsimem/hills.tif", "hills")
    QgsProject.instance().addMapLayer(layer)
    assert "hills is a file in QGIS's memory, which no other program sees. Export" in check(INPUT=layer.id())


FAILURES = [
    (dict(MODEL="nosuch"), "model nosuch is unknown. Known are nearest, bicubic"),
    (dict(HALO="wide"), "'Halo' 'wide' is unknown. Give auto, exact, or a number"),
    (dict(MEMORY="1MB"), "one tile of 128 pixels needs"),
    (dict(EXTENT="0,1,0,1"), "'Extent' does not meet the raster"),
    (dict(OUTPUT="/no/such/folder/o.tif"), "does not exist"),
]


@pytest.mark.parametrize(("parameters", "words"), FAILURES, ids=[next(iter(f[0])) for f in FAILURES])
def test_what_the_backend_refuses_is_told_in_the_words_of_the_dialog(
    provider, tools, raster, tmp_path, parameters, words
):
    with pytest.raises(QgsProcessingException) as caught:
        run(tools, **{"INPUT": str(raster), "OUTPUT": str(tmp_path / "o.tif")} | parameters)
    assert words in str(caught.value) and "Traceback" not in str(caught.value)
    assert tools.left_beside(tmp_path / "o.tif") == []


def test_a_damaged_raster_is_told(provider, tools, raster, tmp_path):
    data = raster.read_bytes()
    raster.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(QgsProcessingException, match=r"cannot be read at column|damaged|cannot be opened"):
        run(tools, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))


HELLO = """echo '{{"type": "hello", "protocol": %d, "version": "%s"}}'; cat"""
BROKEN = [
    ("exec {python} -S -c 'import rs_sr'", "rs-sr is not installed in the Python"),
    (HELLO % (2, "9.0"), r"\(version 9.0\) is newer than this plugin"),
    (HELLO % (0, "0.0"), r"\(version 0.0\) is too old for this plugin"),
    ("echo Killed by a test >&2; kill -9 $$", r"ended in the middle of its work \(signal 9\)"),
    ("echo nonsense; echo '{{'; exit 3", r"ended in the middle of its work \(exit code 3\)"),
]  # fmt: skip


@pytest.mark.parametrize(("script", "words"), BROKEN, ids=["missing", "newer", "older", "killed", "garbage"])
def test_a_broken_backend_is_told_with_its_cure(provider, tools, raster, tmp_path, monkeypatch, script, words):
    monkeypatch.setenv("RS_SR_PYTHON", tools.script(tmp_path / "fake", script.format(python=tools.BACKEND)))
    with pytest.raises(QgsProcessingException, match=words):
        run(tools, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))


def workers() -> list[int]:
    """Workers that this process started and that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if words[1] == str(os.getpid()) and words[0] != "Z" and b"rs_sr\0worker" in command:
            found.append(int(status.parent.name))
    return found


def test_a_cancel_ends_a_run_whose_work_is_stuck_and_leaves_nothing(provider, tools, gate, raster, tmp_path):
    made = {"OUTPUT": str(tmp_path / "o.tif"), "UNCERTAINTY": str(tmp_path / "u.tif")}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        run(tools, tools.Feedback(cancel_at="Super-resolving"), INPUT=str(raster), MODEL="plain_x2", **made)
    assert tools.left_beside(tmp_path / "o.tif") == tools.left_beside(tmp_path / "u.tif") == [] and workers() == []


class Late:
    """Cancels once the result is on its way to its place, where nothing stops it."""

    def __init__(self, feedback, gate) -> None:
        self._feedback, self._gate = feedback, gate

    def __call__(self) -> bool:
        if self._gate.holds and not self._feedback.canceled_late:
            self._feedback.canceled_late = True
            self._feedback.cancel()
            self._gate.let()
        return self._feedback.canceled_late


@pytest.mark.parametrize("older", [False, True])
def test_a_run_that_is_done_before_the_cancel_arrives_is_done(provider, tools, raster, tmp_path, monkeypatch, older):
    from rs_sr_qgis import worker

    monkeypatch.setattr(worker, "GRACE_S", tools.PATIENCE_S)
    gate = tools.gate_at("rs_sr.raster.workspace:Workspace.commit", monkeypatch, tmp_path)
    feedback = tools.Feedback()
    feedback.canceled_late = False
    feedback.isCanceled = Late(feedback, gate)
    target = tools.write(tmp_path / "o.tif", size=(6, 5)) if older else tmp_path / "o.tif"
    made = {"OUTPUT": str(target), "UNCERTAINTY": str(tmp_path / "u.tif")}
    assert run(tools, feedback, INPUT=str(raster), MODEL="plain_x2", **made) == made | {"FINER": 2, "USED": "plain_x2"}
    assert [gdal.Info(path, format="json")["size"] for path in made.values()] == [[100, 120]] * 2
    assert any("done before the cancel arrived" in said for said in feedback.said) and workers() == []


def test_a_result_that_comes_while_the_backend_is_being_closed_is_taken(provider, tools, raster, tmp_path, monkeypatch):
    from rs_sr_qgis import worker

    target = tmp_path / "o.tif"
    lines = (
        """echo '{"type": "hello", "protocol": 1, "version": "9.9"}'; read -r request""",
        """echo '{"type": "progress", "id": 1, "fraction": 0, "stage": "super-resolving"}'""",
        f"""cat > {tmp_path}/heard; cp {raster} {target}; echo '{{"type": "result", "id": 1, "target": "{target}"}}'""",
    )
    monkeypatch.setenv("RS_SR_PYTHON", tools.script(tmp_path / "late", *lines))
    feedback, real, looks = tools.Feedback(cancel_at="Super-resolving"), time.monotonic, itertools.count()
    monkeypatch.setattr(worker, "GRACE_S", tools.PATIENCE_S)
    monkeypatch.setattr(worker, "SILENCE_S", 1e9)

    def clock() -> float:
        """From the cancel on, grace is over at each look."""
        return real() + (2 * tools.PATIENCE_S * next(looks) if feedback.isCanceled() else 0)

    monkeypatch.setattr(worker.time, "monotonic", clock)
    assert run(tools, feedback, INPUT=str(raster), OUTPUT=str(target))["OUTPUT"] == str(target)
    assert '"cancel"' in (tmp_path / "heard").read_text() and target.read_bytes() == raster.read_bytes()


def test_the_bar_does_not_fall_back_after_the_look_at_the_raster(provider, tools, raster, tmp_path, monkeypatch):
    """It stood at 92 % while the backend looked, and then began anew."""
    target, say = tmp_path / "o.tif", """echo '{"type": "progress", "id": 1, "fraction": %s, "stage": "%s"}'"""
    lines = [
        """echo '{"type": "hello", "protocol": 1, "version": "9.9"}'; read -r request""",
        *(say % (share, "looking at the raster") for share in (0, 0.92)),
        *(say % (share, "super-resolving") for share in (0, 0.25, 0.5)),
        f"""cp {raster} {target}; echo '{{"type": "result", "id": 1, "target": "{target}"}}'; cat""",
    ]
    monkeypatch.setenv("RS_SR_PYTHON", tools.script(tmp_path / "looks", *lines))
    feedback, shown = tools.Feedback(), []
    feedback.progressChanged.connect(shown.append)
    run(tools, feedback, INPUT=str(raster), OUTPUT=str(target))
    assert "Looking at the raster" in feedback.said and shown == sorted(shown) and {25, 50, 100} <= set(shown)


def test_a_worker_killed_in_the_middle_is_told_and_leaves_nothing(provider, tools, gate, raster, tmp_path):
    class Killer(tools.Feedback):
        def setProgressText(self, text):
            if text == "Super-resolving":
                os.kill(workers()[0], signal.SIGKILL)

    with pytest.raises(QgsProcessingException, match=r"\(signal 9\).*run out of memory"):
        run(tools, Killer(), INPUT=str(raster), MODEL="bicubic", OUTPUT=str(tmp_path / "o.tif"))
    assert tools.left_beside(tmp_path / "o.tif") == []


def test_a_run_that_is_refused_leaves_the_other_run_alone(provider, tools, gate, raster, tmp_path, monkeypatch):
    target = tmp_path / "o.tif"
    words = [os.environ["RS_SR_PYTHON"], "-m", "rs_sr", "super-resolve", str(raster), str(target), "--model", "bicubic"]
    other = subprocess.Popen(words, cwd=tools.ROOT)
    tools.until(lambda: gate.holds, other)
    monkeypatch.setenv("RS_SR_PYTHON", tools.BACKEND)
    before = tools.left_beside(target)
    with pytest.raises(QgsProcessingException, match=f"is being written by process {other.pid}"):
        run(tools, INPUT=str(raster), MODEL="bicubic", OUTPUT=str(target))
    assert tools.left_beside(target) == before != []
    gate.let()
    assert other.wait(tools.PATIENCE_S) == 0 and tools.left_beside(target) == ["o.tif"]


def test_surroundings_of_another_python_and_gdal_do_no_harm(provider, tools, raster, tmp_path, monkeypatch):
    for name in ("PROJ_LIB", "PROJ_DATA", "PYTHONPATH", "PYTHONHOME", "GDAL_DATA", "LD_LIBRARY_PATH", "LD_PRELOAD"):
        monkeypatch.setenv(name, "/nonsense")
    run(tools, INPUT=str(raster), MODEL="bicubic", OUTPUT=str(tmp_path / "o.tif"))
    assert gdal.Info(str(tmp_path / "o.tif"), format="json")["coordinateSystem"]["wkt"]


def test_what_the_layers_properties_say_is_honoured(provider, tools, layer, tmp_path):
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32634"))
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(100, 100)])
    run(tools, INPUT=layer, MODEL="nearest", OUTPUT=str(tmp_path / "o.tif"))
    result = QgsRasterLayer(str(tmp_path / "o.tif"))
    assert result.crs().authid() == "EPSG:32634"
    assert tools.read(tmp_path / "o.tif")[2] == 100


def test_the_result_is_named_after_its_layer_and_looks_like_it(provider, tools, layer, tmp_path):
    layer.renderer().setRedBand(3)
    layer.renderer().setGreenBand(3)
    layer.renderer().setBlueBand(2)
    context = tools.context()
    target = str(tmp_path / "o.tif")
    details = context.LayerDetails("any", QgsProject.instance(), "OUTPUT")
    context.addLayerToLoadOnCompletion(target, details)
    run(tools, context=context, INPUT=layer, MODEL="nearest", SCALE="4", BANDS=[2, 3], OUTPUT=target)
    details = context.layerToLoadOnCompletionDetails(target)
    assert (details.name, details.forceName) == ("hills x4", True)
    result = QgsRasterLayer(target)
    details.postProcessor().postProcessLayer(result, context, tools.Feedback())
    renderer = result.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (2, 2, 1)
    assert renderer.redContrastEnhancement() is not None


def test_a_saved_model_runs(provider, tools, raster, tmp_path):
    from qgis.core import (
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
        QgsProcessingParameterRasterLayer,
    )
    from qgis.core import QgsProcessingModelChildParameterSource as Source

    model = QgsProcessingModelAlgorithm("finer", "test")
    model.addModelParameter(QgsProcessingParameterRasterLayer("INPUT", "Raster"), QgsProcessingModelParameter("INPUT"))
    child = QgsProcessingModelChildAlgorithm(ID)
    child.setChildId("sr")
    child.addParameterSources("INPUT", [Source.fromModelParameter("INPUT")])
    child.addParameterSources("MODEL", [Source.fromStaticValue("bicubic")])
    child.addParameterSources("SCALE", [Source.fromStaticValue("4")])
    output = QgsProcessingModelOutput("out")
    output.setChildOutputName("OUTPUT")
    child.setModelOutputs({"out": output})
    model.addChildAlgorithm(child)
    path = str(tmp_path / "finer.model3")
    assert model.toFile(path)
    loaded = QgsProcessingModelAlgorithm()
    assert loaded.fromFile(path)
    loaded.initAlgorithm()
    import processing

    given = processing.run(loaded, {"INPUT": str(raster), "sr:out": str(tmp_path / "o.tif")})
    assert gdal.Info(given["sr:out"], format="json")["size"] == [200, 240]


def test_the_widget_of_a_model_or_a_sensor_offers_names_and_takes_paths(provider, tools, qgis_app):
    from rs_sr_qgis import models, settings
    from rs_sr_qgis.gui.parameter_widgets import Widget

    mine, naip = {"name": "mine_x4", "line": "x4, 3 bands: my own"}, {"name": "naip", "title": "NAIP, aerial images"}
    models.remember(settings.folder(), {"models": [mine], "sensors": [naip]})
    algorithm = QgsApplication.processingRegistry().algorithmById(ID)
    for name, chosen, said, path in (
        ("MODEL", "mine_x4", "mine_x4", "/a/b.safetensors"),
        ("SENSOR", "naip", "NAIP, aerial images", "/a/b c.toml"),
    ):
        wrapper = Widget(algorithm.parameterDefinition(name), None)
        assert wrapper.value() == ""
        wrapper.setValue(chosen)
        assert (wrapper.value(), wrapper.widget.currentText()) == (chosen, said)
        wrapper.setValue(path)
        assert wrapper.value() == path
        wrapper.setValue(None)
        assert wrapper.value() == ""


def test_what_is_known_of_models_and_sensors_outlives_damage_and_old_backends(tmp_path):
    from rs_sr_qgis import models

    assert models.sensors(tmp_path) == []
    naip = {"name": "naip", "title": "NAIP, aerial images"}
    models.remember(tmp_path / "new", {"models": [{"name": "a", "line": "x"}], "sensors": [naip]})
    models.remember(tmp_path / "new", {"models": [{"name": "b", "line": "x"}]})  # says nothing of sensors
    assert [m["name"] for m in models.known(tmp_path / "new")] == ["b"] and models.sensors(tmp_path / "new") == [naip]
    for damaged in ("{broken", '{"name": 1}', '[{"name": "c"}]'):
        for what in ("models", "sensors"):
            (tmp_path / f"{what}.json").write_text(damaged)
        assert [m["name"] for m in models.known(tmp_path)] == ["bicubic", "lanczos", "nearest"]
        assert models.sensors(tmp_path) == []


def test_nothing_heavy_is_imported_into_qgis(tools, zip_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import qgis.core, qgis.PyQt.QtGui;"
        "before = set(sys.modules);"
        "import rs_sr_qgis.provider;"
        "new = {m.split('.')[0] for m in set(sys.modules) - before};"
        "heavy = new & {'numpy', 'torch', 'rasterio', 'osgeo', 'rs_sr', 'subprocess', 'processing'};"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    folder = str(zip_path.parents[1] / "plugins")
    done = subprocess.run(["/usr/bin/python3", "-c", code, folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_expected_error_is_a_second_raster_with_a_ramp(provider, tools, tmp_path):
    from rs_sr_qgis import style

    source, doubt = tools.write(tmp_path / "in.tif"), tmp_path / "error.tif"
    made = {"OUTPUT": str(tmp_path / "o.tif"), "UNCERTAINTY": str(doubt)}
    assert run(tools, INPUT=str(source), MODEL="plain_x2", ENSEMBLE=True, **made) == made | {
        "FINER": 2,
        "USED": "plain_x2",
    }
    layer = QgsRasterLayer(str(doubt), "error")
    assert (layer.width(), layer.height(), layer.bandCount()) == (100, 120, 3)
    style.show_error(layer)
    renderer = layer.renderer()
    assert renderer.type() == "singlebandpseudocolor"
    assert renderer.classificationMin() == 0 < renderer.classificationMax()
