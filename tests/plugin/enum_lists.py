"""Lists the scoped enums of the classes that the plugin imports, as Qt 5, Qt 6 and QGIS have them.

    python tests/plugin/enum_lists.py PYTHON_WITH_QGIS PYTHON_WITH_PYQT6

writes enum_lists.json beside it: what is Qt's only where both have it. Run it once the plugin imports another class.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PLUGIN = HERE.parents[1] / "qgis_plugin"
LISTS = HERE / "enum_lists.json"


def imported() -> dict[str, set[str]]:
    """The names that the plugin takes from each module of QGIS."""
    found: dict[str, set[str]] = {}
    for path in PLUGIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis."):
                found.setdefault(str(node.module), set()).update(alias.name for alias in node.names)
    return found


def chains() -> dict[str, str]:
    """Every `Class.Enum.Member` of the plugin, and where it stands first."""
    found: dict[str, str] = {}
    for path in sorted(PLUGIN.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                owner = node.value.value
                if isinstance(owner, ast.Name) and owner.id.startswith("Q"):
                    found.setdefault(f"{owner.id}.{node.value.attr}.{node.attr}", f"{path.name}:{node.lineno}")
    return found


def members(owner: Any) -> dict[str, list[str]]:
    """The scoped enums of a class, with what each has."""
    found = {}
    for name in dir(owner):
        kind = getattr(owner, name, None)
        if not isinstance(kind, type) or name.startswith("_"):
            continue
        if hasattr(kind, "__members__"):
            found[name] = sorted(kind.__members__)
        elif type(kind).__name__ == "enumtype":  # PyQt5
            found[name] = sorted(n for n in dir(owner) if type(getattr(owner, n)) is kind and hasattr(kind, n))
    return found


def of(modules: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """By class; run in the interpreter that has the modules."""
    import importlib

    found = {}
    for module, names in modules.items():
        loaded = importlib.import_module(module)
        for name in names:
            if isinstance(getattr(loaded, name, None), type) and (enums := members(getattr(loaded, name))):
                found[name] = enums
    return found


def main(with_qgis: str, with_pyqt6: str) -> None:
    wanted = {module: sorted(names) for module, names in imported().items()}
    qt = {module: names for module, names in wanted.items() if module.startswith("qgis.PyQt.")}
    six = {module.replace("qgis.PyQt", "PyQt6"): names for module, names in qt.items()}
    old, new = _asked(with_qgis, wanted), _asked(with_pyqt6, six)
    of_qt = {name for names in qt.values() for name in names}
    both = {}
    for name, enums in old.items():
        kept = {
            enum: [m for m in found if name not in of_qt or m in new.get(name, {}).get(enum, [])]
            for enum, found in enums.items()
        }
        both[name] = {enum: found for enum, found in kept.items() if found}
    lines = [
        f"{json.dumps(name)}: {json.dumps(enums, sort_keys=True)}" for name, enums in sorted(both.items()) if enums
    ]
    LISTS.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


def _asked(python: str, modules: dict[str, list[str]]) -> Any:
    words = [python, __file__, "--list", json.dumps(modules)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return json.loads(said.splitlines()[-1])


if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print(json.dumps(of(json.loads(sys.argv[2]))))
    else:
        main(*sys.argv[1:])
