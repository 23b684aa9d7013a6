"""What the plugin says to people can be translated, all of it, and what is translated fits."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from tools import translations

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "qgis_plugin").rglob("*.py"))
FILES = sorted(translations.FOLDER.glob("*.ts"))
SHOWN = {  # calls that put words before people
    "setText", "setToolTip", "setTitle", "setWindowTitle", "setPlaceholderText", "setStatusTip", "setDialogTitle",
    "addItem", "addAction", "addRow", "addButton", "setItemText", "QLabel", "QPushButton", "QCheckBox", "QGroupBox",
    "setAccessibleName", "setDefaultText", "pushMessage", "pushInfo", "pushWarning", "question", "setFormat",
}  # fmt: skip
NOT_FOR_PEOPLE = {
    "super-resolution superresolution upscale upsample resample enhance sharpen resolution": "tags, to be found by",
    "import sys, venv, ensurepip; print(*sys.version_info[:2], sys.maxsize > 2**32, ensurepip.version())": "a program",
    "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])": "a program",
    "WorkerError | None": "a type",
    "x2, x3, x4, any bands: bicubic, adds no detail": "as the backend says it",
    "x2, x3, x4, any bands: Lanczos, adds no detail": "as the backend says it",
    "x2, x3, x4, any bands: nearest neighbour": "as the backend says it",
    "looking at the raster": "a stage of the backend",
    "finishing the file": "a stage of the backend",
    "exit code ": "of a process, for whoever is asked",
    " -m venv ": "a command",
    " install CLONE": "a command",
    "GeoTIFF (*.tif *.tiff)": "a filter of files",
    "rs_sr (": "a filter of files",
    "runs on": "a key",
}
WHOLE = {  # of these no constant is for people
    "protocol.py": "what a dying process has written",
    "fields.py": "why an option is not offered, for whoever reads the source",
}
PLACEHOLDER = re.compile(r"\{[^}]*\}|%p%")
each_file = pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])


def constants(path: Path) -> list[ast.Constant]:
    """The strings of a file but for docstrings, what is marked for translation, and diagnostics."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            known.add(id(node.value))
        translated = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("translate", "marked")
        if translated or (isinstance(node, ast.FunctionDef) and node.name == "diagnostics"):
            known.update(id(inner) for inner in ast.walk(node))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [node for node in found if id(node) not in known]


@pytest.mark.parametrize("path", SOURCES, ids=[p.stem for p in SOURCES])
def test_no_sentence_escapes_translation(path: Path) -> None:
    if path.name in WHOLE:
        return
    for node in constants(path):
        said = re.sub(r"<[^>]*>?|&#\d+;", "", node.value)
        pattern = re.search(r"\\|\||\^", said)  # of regular expressions
        if re.search(r"[A-Za-z]{2}.* .*[A-Za-z]{2}", said) and not pattern:
            assert node.value in NOT_FOR_PEOPLE, f"line {node.lineno}: {node.value!r} is not translated"


@pytest.mark.parametrize("path", SOURCES, ids=[p.stem for p in SOURCES])
def test_no_word_of_a_widget_escapes_translation(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0] if node.args else None
        if name in SHOWN and isinstance(first, ast.Constant) and isinstance(first.value, str):
            known = re.sub(r"KEY=VALUE|rs-sr|\.\.\.", "", first.value)
            assert not re.search(r"[A-Za-z]{2}", known), f"line {node.lineno}: {first.value!r} is not translated"


def test_six_languages_are_there_and_their_files_up_to_date(tmp_path: Path) -> None:
    assert [p.stem.removeprefix("rs_sr_qgis_") for p in FILES] == ["de", "es", "fr", "ja", "pt", "zh_Hans"]
    for path in FILES:
        shutil.copy(path, tmp_path)
    translations.renew(tmp_path)
    for path in FILES:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), "run: python tools/translations.py"


@each_file
def test_a_translation_has_the_values_keys_and_brackets_of_its_text(path: Path) -> None:
    translated = translations.read(path)
    assert len(translated) > 200
    for text, said in translated.items():
        assert PLACEHOLDER.findall(said) == PLACEHOLDER.findall(text), said
        assert said.count("&") == text.count("&"), f"{said}: the key after Alt"
        assert said.endswith("...") == text.endswith("..."), f"{said}: a dialog follows"
        assert said.strip() == said and re.findall(r"</?\w+>", said) == re.findall(r"</?\w+>", text), said
        filters = re.findall(r"\(\*[^)]*\)", text)
        assert all(part in said for part in filters), said


@each_file
def test_labels_keep_what_the_dialog_cuts_off(path: Path) -> None:
    """Sentences name a parameter by its label without what stands in brackets."""
    translated = translations.read(path)
    labels = [text for text in translated if re.match(r"[A-Z][\w ]+ \((?!\*)[^{]+\)$", text)]
    assert len(labels) > 5
    for text in labels:
        assert " (" in translated[text], translated[text]


def test_what_is_new_is_to_be_translated_and_what_is_gone_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.ts"
    translations.write(path, "de", {"old": "alt", "both": "beide & <mehr>"}, ["old", "both"])
    translations.write(path, "de", translations.read(path), ["both", "new"])
    assert translations.read(path) == {"both": "beide & <mehr>"}
    assert '<source>new</source>\n            <translation type="unfinished"' in path.read_text(encoding="utf-8")
