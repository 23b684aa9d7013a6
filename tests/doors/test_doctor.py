"""The doctor: a missing package is a sentence with its cure, never a crash."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from rs_sr.doors import doctor


@pytest.mark.parametrize("package", ["torch", "rasterio", "safetensors", "numpy", "geopandas", "onnx", "onnxruntime"])
def test_a_package_that_cannot_be_loaded_is_told_not_raised(package: str) -> None:
    code = (
        f"import sys, json; sys.modules['{package}'] = None; from rs_sr.doors.doctor import examine;"
        "print(json.dumps(examine().to_json()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    troubles = json.loads(done.stdout)["troubles"]
    assert doctor.packages()[package][0] or any("cannot be" in t for t in troubles)


@pytest.mark.parametrize("name", ["PROJ_LIB", "PROJ_DATA", "GDAL_DATA"])
def test_each_variable_of_another_gdal_is_warned_about(name: str) -> None:
    code = "import json; from rs_sr.doors.doctor import examine; print(json.dumps(examine().to_json()))"
    # a process of its own: PROJ looks for its data once
    environment = os.environ | {name: "/nowhere"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    health = json.loads(done.stdout)
    assert any(t.startswith(f"{name} is set") and "unset it" in t for t in health["troubles"])
    looked_up = health["facts"]["CRS look-up"]
    assert looked_up or any("coordinate systems cannot be looked up" in t for t in health["troubles"])


def test_every_package_that_a_user_may_need_is_known_with_what_it_is_for() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert list(doctor.EXTRAS) == [extra for extra in project["optional-dependencies"] if extra not in ("docs", "test")]
    found = doctor.packages()
    named = {extra: project["optional-dependencies"][extra] for extra in doctor.EXTRAS} | {
        None: project["dependencies"]
    }
    names = {need.split(">")[0].split("[")[0] for needs in named.values() for need in needs}
    assert set(found) == names - {"rs-sr"}
    assert [found[name][0] for name in ("torch", "dask", "bokeh")] == ["", "xarray", "cluster"]


def test_a_package_that_is_missing_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name in ("zarr", "pyproj"):
            raise PackageNotFoundError(name)
        return "0.1" if name == "xarray" else "9999.0"

    monkeypatch.setattr(importlib.metadata, "version", version)
    health = doctor.examine()
    assert health.facts["zarr"] == 'missing, needed for lazy arrays and Zarr: pip install "rs-sr[xarray]"'
    assert health.facts["pyproj"] == "missing" and "pyproj is missing: pip install pyproj" in health.troubles
    assert health.facts["geopandas"] == "9999.0" and not any("zarr" in t for t in health.troubles)
    old = next(t for t in health.troubles if "xarray" in t)
    assert old.startswith("xarray 0.1 is too old: rs-sr needs xarray>=20")
    assert old.endswith('; update it with: pip install "rs-sr[xarray]"')


def test_an_rs_sr_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def distribution(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", distribution)
    assert any("is not installed: what it needs is not known" in t for t in doctor.examine().troubles)
