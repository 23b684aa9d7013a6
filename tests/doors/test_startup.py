"""What a command loads before it does anything: the heavy libraries only where they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import Make, pattern

HEAVY = {"numpy", "rasterio", "torch", "onnx", "onnxruntime", "openvino", "geopandas", "PIL"}


def loaded(*words: str) -> set[str]:
    """The heavy packages in `sys.modules` after a command."""
    code = (
        "import sys; from rs_sr.doors.cli import run; code = run(sys.argv[1:]); "
        "print('\\nMODULES', *{m.split('.')[0] for m in sys.modules}); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return HEAVY & set(done.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("super-resolve", "--help"), ("doctor", "--help")])
def test_help_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    assert loaded(*words) == set()


def test_a_look_at_a_raster_needs_no_torch(make: Make) -> None:
    source = make("in.tif", pattern(3, 40, 40, "uint8"))
    assert loaded("info", str(source)) == {"numpy", "rasterio"}


def test_a_dry_run_needs_no_torch(make: Make) -> None:
    source = make("in.tif", pattern(3, 40, 40, "uint8"))
    words = ("super-resolve", str(source), "out.tif", "--dry-run", "--threads", "1", "--engine", "torch")
    assert loaded(*words) == {"numpy", "rasterio"}


def test_resampling_runs_without_torch(make: Make) -> None:
    source = make("in.tif", pattern(3, 40, 40, "uint8"))
    words = ("super-resolve", str(source), str(source.with_name("out.tif")), "--model", "bicubic", "-q")
    assert "torch" not in loaded(*words)
