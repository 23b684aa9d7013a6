"""Run by an interpreter with PyQt6: imports every module of the plugin, and makes those widgets that need no QGIS.

`qgis.PyQt` is PyQt6; `qgis.core` and `qgis.gui` are stand-ins, which have the enums that are listed and no others.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import json
import sys
import types
from pathlib import Path
from typing import Any

from PyQt6 import QtWidgets

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LISTS = json.loads((HERE / "enum_lists.json").read_text(encoding="utf-8"))
BASES = {  # what the plugin's own widgets inherit
    "QgsDockWidget": QtWidgets.QDockWidget, "QgsCollapsibleGroupBoxBasic": QtWidgets.QGroupBox,
    "QgsOptionsPageWidget": QtWidgets.QWidget, "QgsMapCanvasItem": QtWidgets.QGraphicsItem,
}  # fmt: skip


class Anything(type):
    """The kind of a stand-in: it answers to any name but that of an enum that is not listed."""

    def __getattr__(cls, name: str) -> Any:
        if name[:1].isupper():
            raise AttributeError(f"{cls.__name__}.{name} is no enum of QGIS")
        return lambda *given, **named: None


def stand_in(name: str) -> Any:
    enums = {
        enum: types.SimpleNamespace(**{member: f"{name}.{enum}.{member}" for member in members})
        for enum, members in LISTS.get(name, {}).items()
    }
    if name in BASES:
        return type(name, (BASES[name],), enums)
    return Anything(name, (object,), enums | {"__init__": lambda self, *given, **named: None})


class Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if not name.startswith("Qgs") and name != "Qgis":
            raise AttributeError(name)
        made = stand_in(name)
        setattr(self, name, made)
        return made


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `qgis.PyQt.X` in PyQt6, and the plugin in its folder under the name that it has in QGIS."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name.startswith("qgis.PyQt."):
            return importlib.machinery.ModuleSpec(name, self)
        return None

    def create_module(self, spec: Any) -> Any:
        return importlib.import_module(spec.name.replace("qgis.PyQt", "PyQt6"))

    def exec_module(self, module: Any) -> None:
        """It is there."""


def prepare() -> None:
    for name in ("qgis", "qgis.PyQt", "processing", "processing.gui"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = []
    for name in ("qgis.core", "qgis.gui"):
        sys.modules[name] = Module(name)
    sys.modules["processing"].createAlgorithmDialog = None  # type: ignore[attr-defined]
    wrappers = types.ModuleType("processing.gui.wrappers")
    wrappers.DIALOG_STANDARD, wrappers.WidgetWrapper = "standard", object  # type: ignore[attr-defined]
    sys.modules[wrappers.__name__] = wrappers
    sys.meta_path.insert(0, Finder())
    package = types.ModuleType("rs_sr_qgis")
    package.__path__ = [str(ROOT / "qgis_plugin")]
    sys.modules["rs_sr_qgis"] = package


def resolve() -> list[str]:
    """Every chain of names of Qt and QGIS that the plugin writes, resolved; those that are not there."""
    sys.path.insert(0, str(HERE))
    from enum_lists import chains  # type: ignore[import-not-found]

    wrong = []
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(("PyQt6.", "qgis."))]
    for chain, where in chains().items():
        owner, enum, member = chain.split(".")
        found = next((getattr(m, owner) for m in modules if owner in vars(m)), None)
        try:
            getattr(getattr(found, enum), member)
        except AttributeError:
            wrong.append(f"{where}: {chain}")
    return wrong


def widgets() -> None:
    """Those of plain Qt, shown once."""
    from rs_sr_qgis.gui import preview_bar, replacing  # type: ignore[import-not-found]

    bar = preview_bar.PreviewBar()
    bar.show_there(True)
    bar.show()
    replacing.showing = lambda path: []
    box = QtWidgets.QMessageBox
    box.exec = lambda self: None
    box.clickedButton = lambda self: self.buttons()[0]
    assert replacing.ask(bar, str(Path(__file__)))
    QtWidgets.QApplication.processEvents()


if __name__ == "__main__":
    prepare()
    application = QtWidgets.QApplication(["test"])
    names = sorted(p.relative_to(ROOT / "qgis_plugin") for p in (ROOT / "qgis_plugin").rglob("*.py"))
    for path in names:
        importlib.import_module(".".join(("rs_sr_qgis", *path.with_suffix("").parts)).removesuffix(".__init__"))
    widgets()
    print(json.dumps({"modules": len(names), "wrong": resolve()}))
