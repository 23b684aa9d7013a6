"""The plugin in the language of QGIS: the files of the zip, as Qt reads them."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication


@pytest.fixture
def say(qgis_app):
    """A text in a language, through QGIS's own translators."""
    from rs_sr_qgis import languages
    from rs_sr_qgis.messages import tr

    def said(language: str, text: str) -> str:
        made = languages.translator(language)
        QCoreApplication.installTranslator(made)
        try:
            return tr(text)
        finally:
            QCoreApplication.removeTranslator(made)

    return said


@pytest.fixture
def german_words(qgis_app):
    from rs_sr_qgis import languages

    made = languages.translator("de")
    QCoreApplication.installTranslator(made)
    yield
    QCoreApplication.removeTranslator(made)


def test_six_languages_speak(say):
    said = {language: say(language, "Preview") for language in ("de", "fr", "es", "pt_BR", "ja", "zh-Hans")}
    assert said["de"] == "Vorschau" and "Preview" not in said.values() and len(set(said.values())) == 6
    assert say("de", "{} is not a raster file") == "{} ist keine Rasterdatei"
    assert say("de", "the disk is full") == "der Datenträger ist voll", "what the set-up says, too"


def test_the_backends_commonest_sentences_speak_too(german_words):
    """With their values in them; the others stay English."""
    from rs_sr_qgis import messages
    from rs_sr_qgis.gui import preflight
    from rs_sr_qgis.protocol import WorkerError

    labels = {"EXPAND_PALETTE": "Palette zu Farben", "MODEL": "Modell"}
    refused = "/d/a.tif has a palette: its numbers are classes, not brightness"
    cure = "use --expand-palette if it is a picture, or --model=nearest if it is a map"
    assert messages.words(WorkerError("bad-raster", refused, cure), labels) == (
        "/d/a.tif hat eine Farbpalette: Die Zahlen sind Klassen, keine Helligkeit. "
        "Nehmen Sie 'Palette zu Farben', wenn es ein Bild ist, oder 'Modell' nearest, wenn es eine Karte ist."
    )
    plan = {"checks": [{"colour": "amber", "text": "98% of this raster has no data"}], "notes": ["a new remark"]}
    (said,), _ = preflight.of_checks(plan, labels)
    assert said[2] == "98% dieses Rasters sind ohne Daten."
    assert preflight.of_plan(plan, labels)[1].endswith("A new remark.")


def test_a_region_speaks_its_language_and_what_is_unknown_english(say):
    assert say("de_AT", "Preview") == say("de-CH", "Preview") == "Vorschau"
    assert say("pt_PT", "Preview") == say("pt", "Preview") == say("pt_BR", "Preview") != "Preview"
    assert say("zh_CN", "Preview") == say("zh-Hans", "Preview") != "Preview"
    for language in ("en_GB", "zh_TW", "zh-Hant", "nl", "C", ""):
        assert say(language, "Preview") == "Preview", language


@pytest.fixture
def german():
    """QGIS's own setting."""
    settings = QgsSettings()
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "de_AT")
    yield
    settings.remove("locale/overrideFlag")
    settings.remove("locale/userLocale")


def test_the_plugin_takes_the_language_of_qgis(
    german, qgis_new_project, qgis_processing, active, canvas, qgis_iface, told
):
    import rs_sr_qgis
    from rs_sr_qgis.messages import tr

    plugin = rs_sr_qgis.classFactory(qgis_iface)
    plugin.initGui()
    try:
        algorithm = QgsApplication.processingRegistry().algorithmById("rssr:superresolve")
        assert algorithm.displayName() == "Rasterauflösung erhöhen"
        assert algorithm.parameterDefinition("TILE").description() == "Kachel (Eingabepixel)"
        assert plugin.dock.form.run_button.text() == "Start"
        assert plugin.dock.form.history.again_action.text() == "Wiederholen..."
    finally:
        plugin.unload()
    assert tr("Run") == "Run", "taken out again"
