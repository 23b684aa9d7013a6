"""The demo, the doctor, the machine, the README, the package: what stands around the pipeline."""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from PIL import Image

import rs_sr
from rs_sr import machine
from rs_sr.doors import cli, demo, doctor
from rs_sr.errors import ModelError, RequestError, RsSrError, SourceError, TargetError
from rs_sr.options import Options
from rs_sr.pixels.scene import scene
from tests.conftest import Make, pattern

ROOT = Path(__file__).parents[1]


def test_the_scene_is_the_same_every_time_and_has_detail() -> None:
    made = scene(240)
    np.testing.assert_array_equal(made, scene(240))
    assert made.shape == (3, 240, 240) and made.dtype == np.uint8 and made.std() > 20


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_demo_leaves_rasters_and_a_picture(tmp_path: Path, scale: int) -> None:
    shown = demo.run_demo(tmp_path / "d", scale=scale)
    assert {p.name for p in (tmp_path / "d").iterdir()} == set(demo.FILES)
    assert 20 < shown.bicubic_db and shown.bicubic_db + 1.2 < shown.result_db < 50
    assert f"{shown.model} {shown.result_db:.2f} dB" in str(shown)
    assert Image.open(tmp_path / "d" / "compare.png").width > 1000
    with pytest.raises(TargetError, match="exists; give another folder or overwrite"):
        demo.run_demo(tmp_path / "d", scale=scale)
    demo.run_demo(tmp_path / "d", model=f"plain_x{scale}", overwrite=True)  # its scale is the model's


def test_the_published_weights_beat_bicubic_on_the_demo(published: dict[str, Path], tmp_path: Path) -> None:
    shown = demo.run_demo(tmp_path, model=str(published["LKDN_x4"]))
    assert shown.result_db > shown.bicubic_db + 2


def test_the_doctor_finds_what_is_there_and_what_disturbs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROJ_LIB", "/nowhere")
    report = doctor.examine()
    assert report.facts["torch"].startswith("2.") and report.facts["ZSTD"] is True
    assert any("PROJ_LIB is set" in t for t in report.troubles)
    assert "CUDA" in str(report)


def test_the_machine_is_measured() -> None:
    assert 1 <= machine.available_cores() <= (os.cpu_count() or 1)
    assert 1 << 28 < machine.available_memory() < 1 << 45


def test_every_option_is_in_the_help_the_signature_and_checked_once(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["super-resolve", "--help"])
    text = capsys.readouterr().out
    keywords = inspect.signature(rs_sr.super_resolve).parameters
    for item in dataclasses.fields(Options):
        assert f"--{item.name.replace('_', '-')}" in text and item.name in keywords
        assert item.metadata["help"]
    with pytest.raises(RequestError, match="modle is not an option; did you mean model\\?"):
        rs_sr.super_resolve("a.tif", "b.tif", modle="x")


@pytest.mark.parametrize("kind", [RequestError, SourceError, ModelError, TargetError])
def test_every_error_is_also_the_built_in_kind_and_one_sentence(kind: type[RsSrError]) -> None:
    error = kind("this is wrong", "do that")
    assert str(error) == "this is wrong; do that" and isinstance(error, ValueError | OSError)
    assert (error.problem, error.cure) == ("this is wrong", "do that")


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, rs_sr; sys.exit(bool({'torch', 'rasterio', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_python_example_of_the_readme_runs(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("scene.tif", pattern(3, 40, 50, "uint8"))
    make("truth.tif", pattern(3, 80, 100, "uint8"), transform=Affine(5, 0, 500000, 0, -5, 5400000))
    monkeypatch.chdir(tmp_path)
    for page in ("README.md", "docs/python.md"):
        for example in re.findall("```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL):
            exec(compile(example, page, "exec"), {})
    assert (tmp_path / "scene_x4.tif").exists() and (tmp_path / "out.tif").exists()


def test_commands_in_the_readme_parse() -> None:
    for line in re.findall(r"^    rs-sr (.*)$", (ROOT / "README.md").read_text(), re.MULTILINE):
        cli.parser().parse_args(line.split())


def test_wheel_and_sdist_build_and_carry_what_they_must(tmp_path: Path) -> None:
    code = (
        "from hatchling.build import build_wheel, build_sdist; import sys;"
        "print(build_wheel(sys.argv[1])); print(build_sdist(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    for name in ("rs_sr/doors/cli.py", "rs_sr/py.typed", "rs_sr/weights/lkdn_s_x2.safetensors"):
        assert name in names
    assert not [n for n in names if n.startswith("tests")]
    assert any(n.endswith("entry_points.txt") for n in names) and list(tmp_path.glob("*.tar.gz"))


def test_the_notebook_and_the_examples_of_arrays_run(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    cells = json.loads((ROOT / "docs" / "arrays.ipynb").read_text())["cells"]
    told = [text for c in cells for out in c.get("outputs", []) for text in out.get("text", [])]
    code = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "".join(told)  # as the notebook shows it
    make("scene.tif", pattern(3, 220, 230, "uint8"))
    for example in re.findall("```python\n(.*?)```", (ROOT / "docs" / "arrays.md").read_text(), re.DOTALL):
        exec(compile(example, "arrays.md", "exec"), {})
