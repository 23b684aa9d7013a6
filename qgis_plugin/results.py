"""The results of earlier runs, kept in the profile from session to session. No widgets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer

MOST = 100


@dataclass(frozen=True)
class Entry:
    """One result: its files, the layers' ids in the project they were made in, and how to make it again."""

    title: str
    source_id: str
    result_id: str
    command: str
    python: str
    source_path: str
    result_path: str
    recipe: dict[str, Any] = field(default_factory=dict)
    replaced: bool = False  # another result has its file now

    def layers(self) -> list[QgsRasterLayer]:
        """Input and result: those of the project, else opened from their files. Empty where one is gone."""
        pairs = ((self.source_id, self.source_path), (self.result_id, self.result_path))
        found = [None if self.replaced else _layer(name, path) for name, path in pairs]
        return [] if None in found else found

    @property
    def there(self) -> bool:
        """Whether its files are, as far as can be told without opening them."""
        project = QgsProject.instance()
        pairs = ((self.source_id, self.source_path), (self.result_id, self.result_path))
        layers = ((project.mapLayer(i), p) for i, p in pairs)
        return not self.replaced and all((one is not None and one.isValid()) or Path(p).exists() for one, p in layers)


def _layer(name: str, path: str) -> QgsRasterLayer | None:
    layer = QgsProject.instance().mapLayer(name)
    if layer is None and path:
        layer = QgsRasterLayer(path, Path(path).stem)
    return layer if layer is not None and layer.isValid() else None


def read(folder: Path) -> list[Entry]:
    """What was kept, the newest first; what cannot be read is left out."""
    try:
        rows = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = {f.name for f in fields(Entry)}
    rows = rows if isinstance(rows, list) else []
    return [
        Entry(**row) for row in rows if isinstance(row, dict) and names >= row.keys() >= names - {"recipe", "replaced"}
    ]


def keep(folder: Path, entries: Iterable[Entry]) -> None:
    """Keep the newest of these, whose files are not gone with their session."""
    rows = [asdict(entry) for entry in entries][:MOST]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "results.json").write_text(json.dumps(rows), encoding="utf-8")
    except OSError:
        return  # a list of the past is not worth a message
