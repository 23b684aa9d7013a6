"""The plugin in the language of QGIS."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QTranslator

FOLDER = Path(__file__).parent / "i18n"
SAME = {"zh": "zh_Hans", "zh_CN": "zh_Hans", "zh_SG": "zh_Hans"}  # simplified; there is no traditional Chinese


def translator(language: str) -> QTranslator:
    """For a language such as `de` or `pt_BR`; an empty one where there is none, which leaves the words English.

    That of a region without words of its own is its language's: `de_AT` is `de`.
    """
    made = QTranslator()
    name = language.replace("-", "_")
    for candidate in (SAME.get(name, name), name.split("_")[0]):
        if made.load(str(FOLDER / f"rs_sr_qgis_{candidate}.qm")):
            break
    return made
