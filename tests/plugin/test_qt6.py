"""The plugin's words to Qt and QGIS, held against what Qt 5 and Qt 6 have."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin import enum_lists

ROOT = Path(__file__).resolve().parents[2]
REMOVED = {  # by Qt 6 or PyQt6: classes, functions and what events and widgets had
    "QRegExp", "QRegExpValidator", "QDesktopWidget", "QTextCodec", "QMatrix", "QGLWidget", "QSound", "QStringRef",
    "exec_", "print_", "globalPos", "localPos", "screenPos", "x11Info", "setMargin", "desktop", "qrand", "qsrand",
    "pyqtConfigure", "languageChanged", "setCodec", "toTime_t", "fromTime_t", "addStretch_", "getContentsMargins",
}  # fmt: skip


def lists() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(enum_lists.LISTS.read_text(encoding="utf-8"))
    return found


def test_every_enum_is_written_as_qt_5_qt_6_and_qgis_have_it() -> None:
    known, chains = lists(), enum_lists.chains()
    assert len(chains) > 50, "found"
    wrong = []
    for chain, where in chains.items():
        owner, enum, member = chain.split(".")
        if member not in known.get(owner, {}).get(enum, []):
            wrong.append(f"{where}: {chain}")
    assert wrong == [], "else: python tests/plugin/enum_lists.py, which makes the list anew"


def test_the_lists_know_what_is_written_wrongly() -> None:
    known = lists()
    assert "Key_Left" in known["Qt"]["Key"] and "Key_Left" not in known["Qt"]
    assert "MidButton" not in known["Qt"]["MouseButton"], "Qt 6 has it no more"
    assert "WindowType" in known["Qt"] and "Background" not in known["QWidget"]


def test_nothing_is_used_that_qt_6_has_removed() -> None:
    for path in sorted((ROOT / "qgis_plugin").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.attr] if isinstance(node, ast.Attribute) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            assert not REMOVED.intersection(names), f"{path.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ImportFrom) and "QAction" in names:
                assert path.name == "plugin.py", "its module is another one in Qt 6: import it there alone"


def test_every_module_is_imported_by_qt_6(tmp_path: Path) -> None:
    """`qgis.core` and `qgis.gui` are stand-ins; Qt is the real one."""
    python = os.environ.get("RS_SR_PYQT6", "")
    if not python and importlib.util.find_spec("PyQt6") is None:
        pytest.skip("PyQt6 is not here: set RS_SR_PYQT6 to a Python that has it")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path), "PYTHONPATH": ""}
    words = [python or sys.executable, str(ROOT / "tests" / "plugin" / "qt6_session.py")]
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["wrong"] == [] and report["modules"] == len(list((ROOT / "qgis_plugin").rglob("*.py")))
