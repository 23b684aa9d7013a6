"""Build the QGIS plugin: ``python tools/plugin_zip.py`` writes ``dist/rs_sr_qgis-<version>.zip``.

The same files lie unpacked in ``dist/rs_sr_qgis``, to link into a profile while developing. The zip is the same to the
byte whenever its files are.
"""

from __future__ import annotations

import configparser
import re
import shutil
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "rs_sr_qgis"  # the plugin's Python package in QGIS; `rs_sr` would hide the backend's
KEPT = (".py", ".svg", ".qm")


def contents(root: Path = ROOT) -> dict[str, bytes]:
    """The files of the plugin by their names in the zip. A version that drifted ends in `SystemExit`."""
    files = {
        f"{NAME}/{path.relative_to(root / 'qgis_plugin').as_posix()}": path.read_bytes()
        for path in sorted((root / "qgis_plugin").rglob("*"))
        if path.suffix in KEPT and "__pycache__" not in path.parts
    }
    metadata = (root / "metadata.txt").read_text(encoding="utf-8")
    parsed = configparser.ConfigParser()
    parsed.read_string(metadata)
    version = parsed["general"]["version"]
    backend = re.search(r'__version__ = "(.+)"', (root / "rs_sr" / "__init__.py").read_text(encoding="utf-8"))
    if backend is None or backend.group(1) != version:
        sys.exit(f"metadata.txt says version {version}, rs_sr/__init__.py another: make them the same")
    changes = changelog((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    files[f"{NAME}/metadata.txt"] = (metadata.rstrip("\n") + "\nchangelog=" + changes + "\n").encode()
    files[f"{NAME}/LICENSE"] = (root / "LICENSE").read_bytes()
    return dict(sorted(files.items()))


def changelog(text: str, version: str) -> str:
    """The section of a version, as a value of metadata.txt: further lines indented, % doubled."""
    found = re.search(rf"^## {re.escape(version)}.*?\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    if found is None:
        sys.exit(f"CHANGELOG.md has no section {version}")
    lines = [line.rstrip() for line in found.group(1).strip().splitlines() if line.strip()]
    return f"{version}\n" + "\n".join("  " + line for line in lines).replace("%", "%%")


def build(target: Path) -> Path:
    """Write the zip and the unpacked folder into `target`; give the zip's path."""
    files = contents()
    parsed = configparser.ConfigParser()
    parsed.read_string(files[f"{NAME}/metadata.txt"].decode())
    folder = target / NAME
    shutil.rmtree(folder, ignore_errors=True)
    path = target / f"{NAME}-{parsed['general']['version']}.zip"
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
    return path


if __name__ == "__main__":
    print(build(ROOT / "dist"))
