"""A result whose file is there already: replace it, or keep both?"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ..messages import translate


def showing(path: str) -> list[QgsMapLayer]:
    """Layers of the project that show a file."""
    if not path:
        return []
    wanted = Path(path).absolute()
    layers = QgsProject.instance().mapLayers().values()
    return [layer for layer in layers if Path(layer.source().split("|")[0]).absolute() == wanted]


def free_name(path: str) -> str:
    """The same name with the first number that is free."""
    wanted, number = Path(path), 2
    while (found := wanted.with_name(f"{wanted.stem}_{number}{wanted.suffix}")).exists():
        number += 1
    return str(found)


def ask(parent: QWidget, path: str) -> str:
    """Where the result goes: `path`, a free name beside it, or empty for nowhere. Asks only where the file is there."""
    if not path or not Path(path).exists():
        return path
    text = translate("RsSr", "{} is there already.").format(path)
    names = ", ".join(layer.name() for layer in showing(path))
    if names:
        text += " " + translate("RsSr", "If it is replaced, its layer is, too: {}.").format(names)
    other = free_name(path)
    box = QMessageBox(QMessageBox.Icon.Question, translate("RsSr", "Super-resolution"), text, parent=parent)
    keep = box.addButton(
        translate("RsSr", "Keep both ({})").format(Path(other).name), QMessageBox.ButtonRole.AcceptRole
    )  # fmt: skip
    over = box.addButton(translate("RsSr", "Replace"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.exec()
    pressed = box.clickedButton()
    return other if pressed is keep else path if pressed is over else ""
