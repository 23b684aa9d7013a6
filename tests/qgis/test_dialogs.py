"""Processing's own windows around the algorithm: dialog, batch, model designer."""

from __future__ import annotations

import gc

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.gui import QgsBrowserGuiModel, QgsFilterLineEdit, QgsRasterFormatSaveOptionsWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QLineEdit, QToolButton

ID = "rssr:superresolve"
WAIT_MS = 300_000


@pytest.fixture
def algorithm(provider, qgis_iface):
    browser = QgsBrowserGuiModel()
    qgis_iface.browserModel = lambda: browser
    return QgsApplication.processingRegistry().algorithmById(ID)


def values_of(dialog) -> dict:
    """What the dialog would run with; QGIS has renamed it."""
    read = getattr(dialog, "getParameterValues", None) or dialog.createProcessingParameters
    return read()


def test_the_dialog_opens_with_the_list_of_models_and_hides_what_is_advanced(algorithm, layer, qgis_iface):
    import processing

    given = {"INPUT": layer.id(), "MODEL": "lanczos", "SENSOR": "measure", "BANDS": [2]}
    dialog = processing.createAlgorithmDialog(ID, given)
    wrappers = dialog.mainWidget().wrappers
    gc.collect()
    for name in ("MODEL", "SENSOR"):
        assert isinstance(wrappers[name].widget, QComboBox)
    assert values_of(dialog).items() >= (given | {"SCALE": "auto"}).items()
    wrappers["MODEL"].widget.setEditText("/models/own.safetensors")
    assert values_of(dialog)["MODEL"] == "/models/own.safetensors"
    assert dialog.windowTitle() == "Super-resolve raster"
    dialog.close()


def test_creation_options_are_chosen_as_in_qgis(algorithm, layer, qgis_iface, tools):
    """Its own widget, with profiles and a table; what is chosen there is what a run is told."""
    import processing

    dialog = processing.createAlgorithmDialog(ID, {"INPUT": layer.id(), "OPTIONS": "PREDICTOR=2|BIGTIFF=YES"})
    widget = dialog.mainWidget().wrappers["OPTIONS"].widget
    assert isinstance(widget, QgsRasterFormatSaveOptionsWidget)
    assert values_of(dialog)["OPTIONS"] == "PREDICTOR=2|BIGTIFF=YES"
    profiles = next(box for box in widget.findChildren(QComboBox) if box.findText("High Compression") >= 0)
    profiles.setCurrentIndex(profiles.findText("High Compression"))
    assert "COMPRESS=DEFLATE" in values_of(dialog)["OPTIONS"].split("|")
    profiles.setCurrentIndex(profiles.findText("JPEG Compression"))
    right, words = algorithm.checkParameterValues(values_of(dialog), tools.context())
    assert not right and words.startswith("COMPRESS=JPEG changes values. Take another profile, or COMPRESS=NONE, LZW,")
    dialog.close()


def batch_of(algorithm, tools, sources: list, model: str = "bicubic"):
    """The batch window with a row for each of the rasters, and where the results will be."""
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    dialog = BatchAlgorithmDialog(algorithm.create())
    panel = dialog.mainWidget()
    for row, source in enumerate(sources):
        if row >= panel.batchRowCount():
            panel.addRow()
        values = {"INPUT": str(source), "MODEL": model, "SCALE": "2"}
        for name, value in values.items():
            wrapper = panel.wrappers[row][panel.parameter_to_column[name]]
            if hasattr(wrapper, "setParameterValue"):
                wrapper.setParameterValue(value, tools.context())
            else:
                wrapper.setValue(value)
        cell = panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"])
        cell.setValue(str(source.with_name(f"{source.stem}_out.tif")))
    return dialog, [source.with_name(f"{source.stem}_out.tif") for source in sources]


def test_a_batch_of_layers_of_three_types_runs(algorithm, tools, tmp_path, qtbot):
    kinds = (gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Float32)
    dialog, outputs = batch_of(
        algorithm, tools, [tools.write(tmp_path / f"{row}.tif", kind=kind) for row, kind in enumerate(kinds)]
    )
    dialog.runAlgorithm()
    active = QgsApplication.taskManager().countActiveTasks  # QGIS 3.40 crashes if its dialog goes while it works
    qtbot.waitUntil(lambda: all(p.is_file() for p in outputs) and active() == 0, timeout=WAIT_MS)
    for path, kind in zip(outputs, kinds, strict=True):
        made = gdal.Open(str(path))
        assert (made.RasterXSize, made.RasterYSize, made.GetRasterBand(1).DataType) == (100, 120, kind)
    if not sip.isdeleted(dialog):  # QGIS 3.40 may be done with it
        dialog.close()


def test_a_batch_with_a_row_that_is_refused_ends(algorithm, tools, tmp_path, qtbot):
    """QGIS keeps a raised error for ever: what hangs on it must not be the batch's task, which would hold QGIS open."""
    sources = [tools.write(tmp_path / f"{name}.tif", bands=1) for name in ("good", "classes")]
    dataset = gdal.Open(str(sources[1]), gdal.GA_Update)
    table = gdal.ColorTable()
    table.SetColorEntry(100, (200, 10, 10, 255))
    dataset.GetRasterBand(1).SetColorTable(table)
    dataset = None
    dialog, outputs = batch_of(algorithm, tools, sources)
    dialog.runAlgorithm()
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=WAIT_MS)
    assert outputs[0].is_file() and not outputs[1].exists()
    if not sip.isdeleted(dialog):
        dialog.close()


def menu_of(widget) -> dict:
    """The designer's button beside a widget: what a value may come from."""
    (menu,) = [button.menu() for button in widget.findChildren(QToolButton) if button.menu() is not None]
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def line_of(widget) -> QLineEdit:
    """Where a value is typed, beside the designer's button."""
    return next(line for line in widget.findChildren(QLineEdit) if line.isVisibleTo(widget))


def test_the_model_designer_takes_a_name_an_input_of_its_model_and_an_expression(algorithm):
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    model = QgsProcessingModelAlgorithm()
    text = QgsProcessingParameterString("which", "Which model")
    model.addModelParameter(text, QgsProcessingModelParameter("which"))
    dialog = ModelerParametersDialog(algorithm, model)
    gc.collect()

    def told(name: str):
        (source,) = dialog.createAlgorithm().parameterSources()[name]
        return source

    for name, value in (("MODEL", "lanczos"), ("SENSOR", "measure"), ("OPTIONS", "PREDICTOR=2")):
        widget = dialog.widget.widget.wrappers[name]
        menu_of(widget)["Value"].trigger()
        line_of(widget).setText(value)
        assert told(name).staticValue() == value
        menu_of(widget)["Model Input"].trigger()
        assert told(name).parameterName() == "which"
        menu_of(widget)["Pre-calculated Value"].trigger()
        widget.findChild(QgsFilterLineEdit).setText("'lkdn_' || @scale")
        assert told(name).expression() == "'lkdn_' || @scale"
    assert {"lanczos", "nearest"} <= {c.itemData(i) for c in dialog.findChildren(QComboBox) for i in range(c.count())}
    dialog.close()


def test_dialogs_of_the_designer_come_and_go(algorithm, qtbot):
    """QGIS and Python both hold the list of models there: each lets go of it once."""
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    for turn in range(5):
        dialog = ModelerParametersDialog(algorithm, QgsProcessingModelAlgorithm())
        line_of(dialog.widget.widget.wrappers["MODEL"]).setText(f"mine_{turn}")
        gc.collect()
        (source,) = dialog.createAlgorithm().parameterSources()["MODEL"]
        assert source.staticValue() == f"mine_{turn}"
        dialog.deleteLater()
        del dialog, source
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def test_a_model_with_such_an_input_runs(algorithm, layer, tools, tmp_path):
    """The name comes from the input of the designer's model, through QGIS's own evaluation."""
    child = QgsProcessingModelChildAlgorithm(ID)
    child.setChildId("finer")
    Source = QgsProcessingModelChildParameterSource
    told = {
        "INPUT": Source.fromModelParameter("raster"), "MODEL": Source.fromExpression("lower(@which)"),
        "SCALE": Source.fromStaticValue("2"), "OUTPUT": Source.fromStaticValue(str(tmp_path / "o.tif")),
    }  # fmt: skip
    for name, source in told.items():
        child.addParameterSources(name, [source])
    model = QgsProcessingModelAlgorithm("m", "m")
    for definition in (
        QgsProcessingParameterRasterLayer("raster", "Raster"), QgsProcessingParameterString("which", "Which")
    ):  # fmt: skip
        model.addModelParameter(definition, QgsProcessingModelParameter(definition.name()))
    model.addChildAlgorithm(child)
    feedback = tools.Feedback()
    _, right = model.run({"raster": layer.id(), "which": "BICUBIC"}, tools.context(), feedback)
    assert right, feedback.said
    assert any("bicubic" in said for said in feedback.said)
    assert gdal.Open(str(tmp_path / "o.tif")).RasterXSize == 100
