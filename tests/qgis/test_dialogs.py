"""Processing's own windows around the algorithm: dialog, batch, model designer."""

from __future__ import annotations

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
)
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt.QtWidgets import QComboBox

ID = "rssr:superresolve"
WAIT_MS = 300_000


@pytest.fixture
def algorithm(provider, qgis_iface):
    browser = QgsBrowserGuiModel()
    qgis_iface.browserModel = lambda: browser
    return QgsApplication.processingRegistry().algorithmById(ID)


def test_the_dialog_opens_with_the_list_of_models_and_hides_what_is_advanced(algorithm, layer, qgis_iface):
    import processing

    dialog = processing.createAlgorithmDialog(
        ID, {"INPUT": layer.id(), "MODEL": "lanczos", "SENSOR": "measure", "BANDS": [2]}
    )
    widget = dialog.mainWidget()
    for name in ("MODEL", "SENSOR"):
        assert isinstance(widget.wrappers[name].widget, QComboBox)
    given = (
        dialog.getParameterValues() if hasattr(dialog, "getParameterValues") else dialog.createProcessingParameters()
    )
    assert (
        given["MODEL"] == "lanczos"
        and given["SENSOR"] == "measure"
        and given["BANDS"] == [2]
        and given["SCALE"] == "auto"
    )
    assert dialog.windowTitle() == "Super-resolve raster"
    dialog.close()


def test_a_batch_of_layers_of_three_types_runs(algorithm, tools, tmp_path, qtbot):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    dialog = BatchAlgorithmDialog(algorithm.create())
    panel = dialog.mainWidget()
    kinds = (gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Float32)
    for row, kind in enumerate(kinds):
        if row >= panel.batchRowCount():
            panel.addRow()
        source = tools.write(tmp_path / f"{row}.tif", kind=kind)
        values = {"INPUT": str(source), "MODEL": "bicubic", "SCALE": "2"}
        for name, value in values.items():
            wrapper = panel.wrappers[row][panel.parameter_to_column[name]]
            if hasattr(wrapper, "setParameterValue"):
                wrapper.setParameterValue(value, tools.context())
            else:
                wrapper.setValue(value)
        cell = panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"])
        cell.setValue(str(tmp_path / f"{row}_out.tif"))
    dialog.runAlgorithm()
    outputs = [tmp_path / f"{row}_out.tif" for row in range(len(kinds))]
    qtbot.waitUntil(lambda: all(p.is_file() for p in outputs), timeout=WAIT_MS)
    for path, kind in zip(outputs, kinds, strict=True):
        made = gdal.Open(str(path))
        assert (made.RasterXSize, made.RasterYSize, made.GetRasterBand(1).DataType) == (100, 120, kind)
    dialog.close()


def test_the_model_designer_takes_a_name_and_an_input_of_its_model(algorithm):
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    model = QgsProcessingModelAlgorithm()
    text = QgsProcessingParameterString("which", "Which model")
    model.addModelParameter(text, QgsProcessingModelParameter("which"))
    dialog = ModelerParametersDialog(algorithm, model)
    wrapper = dialog.widget.widget.wrappers["MODEL"]
    wrapper.setValue("lanczos")
    (source,) = dialog.createAlgorithm().parameterSources()["MODEL"]
    assert source.staticValue() == "lanczos"
    wrapper.setValue(QgsProcessingModelChildParameterSource.fromModelParameter("which"))
    (source,) = dialog.createAlgorithm().parameterSources()["MODEL"]
    assert source.parameterName() == "which"
    wrapper.widget.setEditText("= 'lkdn_' || @scale")
    (source,) = dialog.createAlgorithm().parameterSources()["MODEL"]
    assert source.expression() == "'lkdn_' || @scale"
    wrapper.setValue("lanczos")
    wrapper.setValue(source)
    assert wrapper.widget.currentText() == "= 'lkdn_' || @scale"
    dialog.close()
