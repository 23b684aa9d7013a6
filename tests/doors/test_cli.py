"""The command line as a user meets it: help, exit codes, one clear line for every mistake, nothing left behind."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

from rs_sr.doors import cli
from rs_sr.errors import EXIT_CODES
from rs_sr.models.catalogue import default
from tests.conftest import Make, pattern, small_lkdn
from tests.gate import PATIENCE_S, Gate, until

COMMANDS = ("super-resolve", "info", "models", "import", "export", "doctor", "bundle", "worker", "demo")


def call(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rs_sr", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, **more)


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "examples:" in text and f"rs-sr {command}" in text
    assert all(f"  {code} " in text for code in EXIT_CODES)


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys; from rs_sr.doors import cli; cli.run(['--version']); cli.run(['super-resolve', '--help']);"
        "heavy = {'numpy', 'torch', 'rasterio', 'geopandas', 'PIL'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_info_and_bicubic_run_without_torch(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    for words in (
        ["info", str(source), "--model", "bicubic"],
        ["super-resolve", str(source), str(tmp_path / "o.tif"), "--model", "bicubic"],
        ["models"],
    ):
        code = f"import sys; from rs_sr.doors.cli import run; sys.exit(run({words!r}) or 'torch' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


BICUBIC = ("--model", "bicubic")
MISTAKES: list[tuple[str, int, str]] = [
    ("super-resolve missing.tif o.tif", 3, "missing.tif does not exist; check the name"),
    ("super-resolve empty.tif o.tif", 3, "is empty (0 bytes); copy or download it again"),
    ("super-resolve text.tif o.tif", 3, "cannot be opened as a raster"),
    ("super-resolve cut.tif o.tif", 3, "cannot be read at column"),
    ("super-resolve in.tif o.tif --bands 7", 2, "band 7 asked for, in.tif has 3 bands"),
    ("super-resolve in.tif o.tif --bands x,1", 2, "band x asked for"),
    ("super-resolve in.tif o.tif --range nan 1", 2, "--range nan 1 is not a valid range"),
    ("super-resolve in.tif o.tif --range -1e2 -3.4e38", 2, "--range -100 -3.4e+38 is not a valid range"),
    ("super-resolve in.tif o.tif --range 5 1", 2, "--range 5 1 is not a valid range"),
    ("super-resolve in.tif o.tif --range a b", 2, "--range cannot be 'a'"),
    ("super-resolve in.tif o.tif --window 50 0 100 10", 2, "leaves the raster, which is 90 wide and 70 high"),
    ("super-resolve in.tif o.tif --window 0 0 0 10", 2, "leaves the raster"),
    ("super-resolve in.tif o.tif --window 0 0 1.5 10", 2, "--window cannot be '1.5'"),
    ("super-resolve in.tif o.tif --halo wide", 2, "--halo wide is unknown; give auto, exact, or a number"),
    ("super-resolve in.tif o.tif --memory lots", 2, "--memory lots is not a valid size"),
    ("super-resolve in.tif o.tif --scale 7", 2, "invalid choice: 7"),
    ("super-resolve in.tif o.tif --aoi missing.gpkg", 2, "missing.gpkg does not exist; give a file of polygons"),
    ("super-resolve in.tif o.tif --co TILED", 2, "--co TILED is not a valid creation option"),
    ("super-resolve in.tif", 2, "1 path was given; give SRC DST"),
    ("super-resolve in.tif o.tif --model nosuch", 4, "model nosuch is unknown"),
    ("super-resolve in.tif o.tif --model text.safetensors", 4, "is not a safetensors file"),
    ("super-resolve in.tif o.tif --model missing.safetensors", 4, "missing.safetensors does not exist"),
    ("super-resolve in.tif o.tif --model weights.pth", 4, "rs-sr import weights.pth"),
    ("super-resolve in.tif o.tif --model small4_1_x2.safetensors", 2, "is for 4 bands, in.tif gives 3"),
    ("super-resolve in.tif no/o.tif", 5, "the folder no does not exist"),
    ("super-resolve in.tif in.tif --overwrite", 5, "is the input itself"),
    ("super-resolve in.tif link.tif --overwrite", 5, "is the input itself"),
    ("super-resolve in.tif text.tif --dry-run", 5, "text.tif exists; give another name or --overwrite"),
    ("super-resolve missing.tif --out-dir new", 3, "failed  missing.tif"),
    ("super-resolve in.tif text.tif", 5, "text.tif exists; give another name or --overwrite"),
    ("super-resolve in.tif o.tif --memory 1MB", 6, "one tile of 128 pixels needs"),
    ("super-resolve in.tif /proc/o.tif", 5, "cannot be"),
    ("info text.tif", 3, "cannot be opened as a raster"),
    ("models show nosuch", 4, "model nosuch is unknown"),
    ("models add text.safetensors", 4, "is not a safetensors file"),
    ("models show", 2, "needs a model's name or file"),
    ("models list bicubic", 2, "takes no name (bicubic)"),
    ("models remove bicubic", 4, "is none of your models"),
    ("import text.tif -o m.safetensors", 4, "is not a checkpoint that can be loaded safely"),
    ("import missing.pth -o m.safetensors", 4, "does not exist"),
]


@pytest.mark.parametrize(("command", "code", "words"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_each_mistake_gets_one_clear_line(make: Make, tmp_path: Path, command: str, code: int, words: str) -> None:
    source = make("in.tif", pattern(3, 70, 90, "uint8"))
    (tmp_path / "empty.tif").write_bytes(b"")
    for name in ("text.tif", "text.safetensors", "weights.pth"):
        (tmp_path / name).write_text("this is a letter, not a raster\n" * 20)
    (tmp_path / "cut.tif").write_bytes(source.read_bytes()[: source.stat().st_size * 2 // 3])
    (tmp_path / "link.tif").symlink_to(source)
    small_lkdn(tmp_path, bands=4)
    before = files(tmp_path)
    done = call(*command.split(), cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr and "rasterio." not in done.stderr
    if "invalid choice" not in words:
        assert len(done.stderr.strip().splitlines()) == 1
    assert files(tmp_path) == before


@pytest.mark.parametrize("at", [0.15, 0.6, 0.99])
def test_a_file_size_limit_ends_in_one_line_and_leaves_nothing(make: Make, tmp_path: Path, at: float) -> None:
    source = make("in.tif", np.random.default_rng(0).integers(0, 255, (3, 400, 500)).astype(np.uint8))
    folder = tmp_path / "out"
    folder.mkdir()
    call("super-resolve", source, tmp_path / "whole.tif", *BICUBIC)
    limit = int((tmp_path / "whole.tif").stat().st_size * at)
    done = call(
        "super-resolve", source, folder / "o.tif", "-q", *BICUBIC,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 5 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr and not files(folder)


@pytest.mark.skipif(os.geteuid() != 0 or not sys.platform.startswith("linux"), reason="mounting a tmpfs needs root")
@pytest.mark.parametrize("cog", [False, True])
def test_a_full_disk_ends_in_one_line_and_leaves_nothing(make: Make, tmp_path: Path, cog: bool) -> None:
    source = make("in.tif", np.random.default_rng(0).integers(0, 255, (3, 400, 500)).astype(np.uint8))
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("a tmpfs cannot be mounted here")
    try:
        done = call("super-resolve", source, disk / "o.tif", *BICUBIC, *(["--cog"] if cog else []))
        assert done.returncode == 5 and "is full; make room" in done.stderr, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1 and not files(disk)
    finally:
        subprocess.run(["umount", disk], check=True)


def start_held_run(make: Make, tmp_path: Path, *more: str, through: int) -> tuple[subprocess.Popen[str], Gate]:
    """A run of 25 tiles, waited for until it has made `through` of them and holds."""
    source = make("in.tif", pattern(3, 600, 600, "uint8"))
    gate = Gate(tmp_path / "gate", through=through)
    words = [sys.executable, "-m", "rs_sr", "super-resolve", source, tmp_path / "o.tif", *BICUBIC, "--tile", "128"]
    process = subprocess.Popen(
        [*map(str, words), *more], stderr=subprocess.PIPE, text=True, env=os.environ | gate.environment
    )
    until(lambda: gate.holds, process)
    return process, gate


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("stuck", [True, False])
def test_ctrl_c_and_sigterm_end_a_run_though_its_work_is_stuck(
    make: Make, tmp_path: Path, number: int, code: int, stuck: bool
) -> None:
    process, gate = start_held_run(make, tmp_path, through=3)
    process.send_signal(number)
    if not stuck:
        gate.let(4)
    said = process.communicate(timeout=PATIENCE_S)[1]
    assert process.returncode == code and "rs-sr: cancelled; nothing was left" in said
    assert not (tmp_path / "o.tif").exists() and not list(tmp_path.glob(".o.tif*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("command", ["report in.tif out.tif --png pics", "demo --folder shown"])
def test_ctrl_c_and_sigterm_end_what_does_not_watch_for_them(
    make: Make, tmp_path: Path, command: str, number: int, code: int
) -> None:
    pixels = pattern(3, 120, 120, "uint8")
    make("in.tif", pixels)
    make("out.tif", pixels.repeat(2, 1).repeat(2, 2), transform=Affine(5, 0, 500000, 0, -5, 5400000))
    gate = Gate(tmp_path / "gate", "rs_sr.raster.source:Source.read")
    before = {name for name in files(tmp_path) if not name.startswith("gate")}
    words = [sys.executable, "-m", "rs_sr", *command.split()]
    process = subprocess.Popen(
        words, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=os.environ | gate.environment
    )
    until(lambda: gate.holds, process)
    process.send_signal(number)
    assert process.communicate(timeout=PATIENCE_S)[1] == "rs-sr: cancelled; nothing was left\n"
    assert process.returncode == code
    assert {name for name in files(tmp_path) if not name.startswith("gate")} == before


def test_a_cancelled_run_tells_of_finished_tiles_only_where_there_are_some(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli.Interrupt, "__call__", lambda self: True)
    source, folder = str(make("in.tif", pattern(3, 900, 900, "uint8"))), tmp_path / "out"
    words = ["super-resolve", "--model", str(small_lkdn(tmp_path)), "--tile", "128", source]
    for more in ([str(tmp_path / "o.zarr")], [str(tmp_path / "o.tif"), "--resume"], ["--out-dir", str(folder)]):
        assert cli.run(words + more) == 130
        assert "rs-sr: cancelled; nothing was left" in capsys.readouterr().err
    assert not list(tmp_path.glob(".o.*"))
    (folder / ".in_x2.tif.rs-sr-resume").mkdir()
    (folder / ".in_x2.tif.rs-sr-resume" / "tile-0.npz").touch()
    for more, how in (([], "with --resume"), (["--resume"], "again")):
        assert cli.run([*words, "--out-dir", str(folder), *more]) == 130
        assert f"finished tiles are kept, run the same command {how} to go on" in capsys.readouterr().err


def test_a_killed_run_resumes_to_the_same_bytes(make: Make, tmp_path: Path) -> None:
    process, gate = start_held_run(make, tmp_path, "--resume", through=5)
    until(lambda: len(list(tmp_path.glob(".o.tif.rs-sr-resume/tile-*.npz"))) == 5, process)
    process.kill()
    process.wait()
    assert not (tmp_path / "o.tif").exists()
    words = ["super-resolve", tmp_path / "in.tif", tmp_path / "o.tif", *BICUBIC, "--tile", "128"]
    gate.let()
    before = gate.calls()
    assert call(*words, "--resume", env=os.environ | gate.environment).returncode == 0
    assert gate.calls() - before == 20, "tiles that were finished are not made again"
    resumed = (tmp_path / "o.tif").read_bytes()
    (tmp_path / "o.tif").unlink()
    assert call(*words).returncode == 0
    assert (tmp_path / "o.tif").read_bytes() == resumed
    assert not list(tmp_path.glob(".o.tif*"))


def test_many_files_go_on_past_a_bad_one(make: Make, tmp_path: Path) -> None:
    for name in ("a.tif", "b.tif"):
        make(name, pattern(1, 20, 20, "uint8"))
    (tmp_path / "bad.tif").write_text("no raster")
    done = call(
        "super-resolve", "a.tif", "bad.tif", "b.tif", "--out-dir", "finer", "--scale", "4", *BICUBIC, cwd=tmp_path
    )
    assert done.returncode == 8
    assert files(tmp_path / "finer") == {"a_x4.tif", "b_x4.tif"}
    assert "failed  bad.tif cannot be opened as a raster" in done.stderr
    assert done.stdout.count("done ") == 2
    (tmp_path / "sub").mkdir()
    done = call("super-resolve", "a.tif", "sub/a.tif", "--out-dir", "finer", cwd=tmp_path)
    assert done.returncode == 2 and "two inputs would both become" in done.stderr


def test_dry_run_prints_the_plan_and_writes_nothing(make: Make, tmp_path: Path) -> None:
    make("in.tif", pattern(3, 700, 900, "uint8"))
    done = call(
        "super-resolve", "in.tif", "o.tif", "--scale", "4", "--tile", "200", "--dry-run", *BICUBIC, cwd=tmp_path
    )
    assert done.returncode == 0 and files(tmp_path) == {"in.tif"}
    assert "o.tif: 3600 x 2800 pixels, 3 bands, uint8, 2.5 m" in done.stdout
    assert "--tile 200 is rounded to 256, a multiple of 128" in done.stdout
    assert re.search(r"12 tiles of 256 pixels with a halo of 2; about \d+ MB of memory", done.stdout)


def test_json_where_a_script_wants_it(make: Make, tmp_path: Path) -> None:
    make("in.tif", pattern(3, 30, 40, "uint16"))
    done = call("super-resolve", "in.tif", "o.tif", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["width"] == 80
    info = json.loads(call("info", "in.tif", "--json", cwd=tmp_path).stdout)
    assert info["result"]["width"] == 80 and info["gsd_m"] == 10 and len(info["bands"]) == 3
    models = json.loads(call("models", "--json").stdout)
    assert [m["name"] for m in models][:3] == ["nearest", "bicubic", "lanczos"]
    assert json.loads(call("doctor", "--json").stdout)["facts"]["numpy"]
    assert json.loads(call("models", "show", "bicubic", "--json").stdout)["halo"]["exact"] == 2


def test_quiet_says_nothing_and_verbose_prints_the_plan(make: Make, tmp_path: Path) -> None:
    make("in.tif", pattern(3, 30, 40, "uint8"))
    done = call("super-resolve", "in.tif", "o.tif", "-q", cwd=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    done = call("super-resolve", "in.tif", "o2.tif", "-v", cwd=tmp_path)
    assert "1 tile of" in done.stderr and f"model {default(None, 3).card.name}" in done.stderr
    make("coarse.tif", pattern(3, 30, 40, "uint8"), transform=Affine(30, 0, 500000, 0, -30, 5400000))
    done = call("super-resolve", "coarse.tif", "o3.tif", "-v", "--model", "lkdn_s_x2", cwd=tmp_path)
    assert done.stderr.count("was trained for 0.3 to 0.6 m: expect less sharpening") == 1


def test_models_are_added_used_by_name_and_removed(make: Make, tmp_path: Path) -> None:
    make("in.tif", pattern(3, 30, 40, "uint8"))
    model = small_lkdn(tmp_path)
    assert call("models", "add", model).returncode == 0
    assert "small_x2" in call("models").stdout
    assert call("models", "add", model).returncode == 4
    done = call("super-resolve", "in.tif", "o.tif", "--model", "small_x2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.tags()["RS_SR_MODEL"] == "small_x2" and len(out.tags()["RS_SR_MODEL_SHA256"]) == 64
    assert "random weights" in call("models", "show", "small_x2").stdout
    assert call("models", "remove", "small_x2").returncode == 0
    assert "small_x2" not in call("models").stdout


def test_the_exit_code_table_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text()
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in text
