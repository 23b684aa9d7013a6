"""The doctor: a missing package is a sentence with its cure, never a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from rs_sr.doctor import OPTIONAL


@pytest.mark.parametrize("package", ["torch", "rasterio", "safetensors", "numpy", "geopandas", "onnx", "onnxruntime"])
def test_a_package_that_cannot_be_loaded_is_told_not_raised(package: str) -> None:
    code = (
        f"import sys, json; sys.modules['{package}'] = None; from rs_sr.doctor import examine;"
        "print(json.dumps(examine().to_json()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    troubles = json.loads(done.stdout)["troubles"]
    assert package in OPTIONAL or any("cannot be" in t for t in troubles)


@pytest.mark.parametrize("name", ["PROJ_LIB", "PROJ_DATA", "GDAL_DATA"])
def test_each_variable_of_another_gdal_is_warned_about(name: str) -> None:
    code = "import json; from rs_sr.doctor import examine; print(json.dumps(examine().to_json()))"
    # a process of its own: PROJ looks for its data once
    environment = os.environ | {name: "/nowhere"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert any(t.startswith(f"{name} is set") and "unset it" in t for t in report["troubles"])
    looked_up = report["facts"]["CRS look-up"]
    assert looked_up or any("coordinate systems cannot be looked up" in t for t in report["troubles"])
