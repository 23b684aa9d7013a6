"""Lists of names that also take a file's path: of models and sensors, in the dock and in the dialogs of Processing."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QLineEdit

from .. import models, settings
from ..messages import translate
from .model_names import names, ranked

Entry = tuple[str, str, str]  # what is read, the name, and a tip
LINE: Entry = ("", "", "")  # between groups


class NameCombo(QComboBox):
    """Editable; an item's data is a name, anything else is a path, typed or chosen by the button in the line."""

    def __init__(self, tip: str, files: str, parent=None) -> None:
        """`files` is the filter of the dialog that the button opens."""
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setToolTip(tip)
        self._files = files
        self._offered: list[Entry] = []
        icon, place = QgsApplication.getThemeIcon("/mActionFileOpen.svg"), QLineEdit.ActionPosition.TrailingPosition
        self.file_action = self.lineEdit().addAction(icon, place)
        self.file_action.setToolTip(translate("RsSr", "Choose a file"))
        self.file_action.triggered.connect(self._choose_file)
        self.refresh()

    def entries(self) -> list[Entry]:
        """What is offered by now; the first is what an empty name means."""
        raise NotImplementedError

    def showPopup(self) -> None:
        self.refresh()  # another window may have heard of more in the meantime
        view = self.view()  # shows whole names, however narrow the dock is
        view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width())
        super().showPopup()

    def refresh(self) -> None:
        """Offer what is known by now, and keep what is chosen."""
        entries = self.entries()
        if entries == self._offered:
            return
        name = self.chosen()
        self._offered = entries
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            if entry == LINE:
                self.insertSeparator(self.count())
                continue
            said, name_of, tip = entry
            self.addItem(said, name_of)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.choose(name)
        self.blockSignals(False)

    def chosen(self) -> str:
        """The name or path; empty for the first entry."""
        text = self.currentText().strip()
        at = self.findText(text) if text else 0
        return self.itemData(at) or "" if at >= 0 else text

    def choose(self, name: str) -> None:
        """Show a name or a path."""
        at = self.findData(name)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(name)
        self.lineEdit().setCursorPosition(0)  # the name stands at the beginning

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.file_action.toolTip(), "", self._files)
        if path:
            self.choose(path)


class ModelCombo(NameCombo):
    """Of models."""

    def __init__(self, parent=None) -> None:
        self._bands, self._scale = 0, ""
        tip = translate("RsSr", "A model of the list, or the path of a .safetensors file")
        super().__init__(tip, translate("RsSr", "Models (*.safetensors)"), parent)

    def fit(self, bands: int, scale: str) -> None:
        """Offer first what fits a raster of so many bands (0: not known) and a scale of the list, the best first."""
        self._bands, self._scale = bands, scale
        self.refresh()

    def entries(self) -> list[Entry]:
        known = models.known(settings.folder())
        said = names(known)
        fitting, others = ranked(known, self._bands, int(self._scale) if self._scale.isdigit() else None)
        groups = [[(said[m["name"]], m["name"], f"{m['name']}: {m['line']}") for m in g] for g in (fitting, others)]
        best = (translate("RsSr", "best for the raster"), "", "")
        return [best, *groups[0], *([LINE] if others else []), *groups[1]]


class SensorCombo(NameCombo):
    """Of sensors."""

    def __init__(self, parent=None) -> None:
        tip = translate("RsSr", "How the scene was taken, for a model that can be told: a sensor, or its file")
        super().__init__(tip, translate("RsSr", "Sensors (*.toml *.json)"), parent)

    def entries(self) -> list[Entry]:
        found = [
            (
                translate("RsSr", "automatic"),
                "",
                translate("RsSr", "As the metadata say, else as measured in this scene"),
            ),
            (translate("RsSr", "measured in this scene"), "measure", ""),
            (translate("RsSr", "unknown: cautious"), "none", ""),
        ]
        known = [s for s in models.sensors(settings.folder()) if s["name"] != "unknown"]  # as good as none
        return [*found, *([LINE] if known else []), *((s["title"], s["name"], s["name"]) for s in known)]
