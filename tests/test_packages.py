import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement

import rs_sr
from rs_sr import packages
from rs_sr.errors import MissingPackageError
from tests.conftest import Make


@pytest.fixture
def old_xarray(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    version = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.9" if name == "xarray" else version(name))
    packages._too_old.cache_clear()
    yield
    packages._too_old.cache_clear()


def test_a_package_that_is_too_old_is_told_with_its_cure(make: Make, tmp_path: Path, old_xarray: None) -> None:
    path = make("a.tif", np.ones((1, 40, 40), "uint8"))
    with pytest.raises(MissingPackageError) as told:
        rs_sr.super_resolve(path, tmp_path / "out.zarr", model="bicubic", scale=2)
    assert str(told.value).startswith("xarray 0.9 is too old: rs-sr needs xarray>=20")
    assert told.value.cure == 'update it with: pip install "rs-sr[xarray]"'


@pytest.mark.parametrize(
    "floor, version, old",
    [
        (">=2.10", "2.9.1", True),
        (">=2.10", "2.10", False),
        (">=2.10", "2.10.1+cpu", False),
        (">=2.10", "2.11.0.dev20261101", False),
        (">=3.0.8", "3.0.8rc1", True),
        ("", "1.0", False),
    ],
)
def test_versions_are_compared_as_pip_does(floor: str, version: str, old: bool) -> None:
    assert bool(packages.too_old(Requirement(f"it{floor}"), version)) is old


def test_what_another_system_needs_is_not_needed_here(tmp_path: Path) -> None:
    folder = tmp_path / "it-1.dist-info"
    folder.mkdir()
    lines = [
        "Name: it",
        'Requires-Dist: here; python_version >= "3"',
        'Requires-Dist: there; sys_platform == "nowhere"',
    ]
    lines += ['Requires-Dist: fine; extra == "a-b"', 'Requires-Dist: not_this; extra == "c"']
    (folder / "METADATA").write_text("\n".join(lines))
    needs = packages.requirements(importlib.metadata.PathDistribution(folder), "a_b")
    assert [need.name for need in needs] == ["here", "fine"]
