"""Wheels made from what is installed: complete, and installable without an index."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

import rs_sr
from rs_sr.doors import bundle
from rs_sr.errors import TargetError


def test_all_that_rs_sr_needs_is_found_and_nothing_for_tests() -> None:
    names = {found.metadata["Name"].lower() for found in bundle.needed()}
    assert {"rs-sr", "numpy", "rasterio", "torch", "safetensors", "platformdirs", "pillow", "affine"} <= names
    assert not {"pytest", "ruff", "mypy", "pytest-qgis"} & names


def test_a_wheel_installs_without_an_index_and_works(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    names = ("affine", "click", "attrs", "platformdirs", "rs-sr")
    wheels = [bundle.make_wheel(distribution(name), tmp_path / "wheels") for name in names]
    assert f"rs_sr-{rs_sr.__version__}-py3-none-any.whl" in [w.name for w in wheels]
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--target", str(target), *map(str, wheels)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    code = "import sys; sys.path[:0] = [sys.argv[1]]; import affine, click, attrs, rs_sr; print(rs_sr.__file__)"
    found = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()) == target / "rs_sr" / "__init__.py"
    assert (target / "rs_sr" / "py.typed").is_file() and (target / "bin").is_dir()
    for path in wheels:
        with zipfile.ZipFile(path) as archive:
            (record,) = [n for n in archive.namelist() if n.endswith("/RECORD")]
            listed = {line.split(",")[0] for line in archive.read(record).decode().splitlines()}
            assert listed == set(archive.namelist())
            assert not any("__pycache__" in n or n.endswith(("INSTALLER", "direct_url.json")) for n in listed)


def test_a_compiled_package_keeps_its_tag(tmp_path: Path) -> None:
    wheel = bundle.make_wheel(distribution("safetensors"), tmp_path)
    assert "none-any" not in wheel.name and wheel.name.startswith("safetensors-")
    assert [p.name for p in tmp_path.iterdir()] == [wheel.name]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TargetError, match="choose another folder"):
        bundle.bundle(tmp_path / "file")
