"""The surroundings of the backend's process, without what belongs to QGIS. No Qt.

QGIS's own PYTHONHOME, PROJ_LIB, LD_LIBRARY_PATH and their like break another Python with another GDAL.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

DROPPED = (
    "PYTHON", "GDAL_", "OGR_", "CPL_", "PROJ", "LD_", "DYLD_", "QT_", "QML", "QGIS", "VIRTUAL_ENV", "CONDA",
    "__PYVENV", "OSGEO4W", "GRASS_", "GISBASE", "PIP_USER", "PIP_TARGET", "PIP_PREFIX",
)  # fmt: skip
CERTIFICATES = ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
SET = {
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONUNBUFFERED": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONSAFEPATH": "1",
}


def clean_environment(
    environment: Mapping[str, str] | None = None, qgis_folder: str = "", windows: bool = sys.platform == "win32"
) -> dict[str, str]:
    """`environment` (else this process's) as the backend may have it.

    On Windows QGIS's own folder, `qgis_folder`, is also taken out of PATH, and certificates in it are forgotten.
    """
    given = os.environ if environment is None else environment
    kept = {k: v for k, v in given.items() if not k.upper().startswith(DROPPED)}
    if windows and qgis_folder:
        inside = os.path.normcase(qgis_folder).rstrip("\\/")
        for name in list(kept):
            if name.upper() == "PATH":
                parts = [p for p in kept[name].split(";") if not os.path.normcase(p).startswith(inside)]
                kept[name] = ";".join(parts)
            elif name.upper() in CERTIFICATES and os.path.normcase(kept[name]).startswith(inside):
                del kept[name]
    kept.update(SET)
    return kept


def command(*words: str) -> list[str]:
    """What follows the interpreter to call rs-sr with some words."""
    return ["-m", "rs_sr", *words]


def working_folder(python: str) -> str:
    """Where the backend's process starts: a folder without anything that Python could take for a module."""
    return str(Path(python).absolute().parent)
