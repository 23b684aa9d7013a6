"""A wheel of a backend that does nothing, to set up in seconds: no Qt, no QGIS."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = """
import json, sys
if sys.argv[1] == "doctor":
    print(json.dumps({"facts": {"runs on": "nothing"}, "troubles": []}))
    sys.exit()
print(json.dumps({"type": "hello", "protocol": 1, "version": "%(version)s", "capabilities": ["info", "run", "aoi"]}), flush=True)
for line in sys.stdin:
    models = [{"name": "wheel_x2", "scale": 2, "bands": 3, "line": "x2, 3 bands: from the wheel"}]
    print(json.dumps({"type": "info", "id": json.loads(line)["id"], "models": models, "devices": []}), flush=True)
"""  # noqa: E501


def make(folder: Path, version: str, main: str = MAIN) -> Path:
    """Write ``rs_sr-VERSION-py3-none-any.whl`` into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path, info = folder / f"rs_sr-{version}-py3-none-any.whl", f"rs_sr-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("rs_sr/__init__.py", "")
        wheel.writestr("rs_sr/__main__.py", main % {"version": version} if main is MAIN else main)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: rs-sr\nVersion: {version}\nProvides-Extra: aoi\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path
