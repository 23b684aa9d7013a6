"""An analyst's habits on the command line: folders, patterns, a second run, JSON for scripts, other command lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from affine import Affine

from rs_sr.doors import cli
from tests.conftest import Make, maker, pattern

BICUBIC = ("--model", "bicubic")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    """A folder of three rasters, one of them damaged, and other files."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    for name in ("c.tif", "a.tif"):
        maker(folder)(name, pattern(1, 20, 24, "uint8"))
    (folder / "b.tif").write_text("no raster")
    (folder / "notes.txt").write_text("no raster")
    (folder / "a.tif.aux.xml").write_text("<PAMDataset/>")
    (folder / ".hidden.tif").write_text("no raster")
    return folder


def run(*words: str) -> int:
    return cli.run(["super-resolve", *words, *BICUBIC])


@pytest.mark.parametrize("words", [["scenes"], ["scenes/*.tif"], ["scen*/[abc].tif"], ["**/?.tif"]])
def test_a_folder_or_a_pattern_in_the_order_of_names(
    words: list[str], scenes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words, "--out-dir", "finer", "--json") == 8
    rows = json.loads(capsys.readouterr().out)
    assert [Path(row["source"]).name for row in rows] == ["a.tif", "b.tif", "c.tif"]
    assert [Path(row["target"]).name for row in rows] == ["a_x2.tif", "b_x2.tif", "c_x2.tif"]
    assert rows[1]["error"]["exit_code"] == 3 and "cannot be opened" in rows[1]["error"]["problem"]
    assert rows[0]["width"] == 48 and sorted(p.name for p in Path("finer").iterdir()) == ["a_x2.tif", "c_x2.tif"]


def test_the_table_at_the_end_has_the_order_of_the_files_and_a_sum(scenes: Path) -> None:
    command = [sys.executable, "-m", "rs_sr", "super-resolve", "scenes", "--out-dir", "finer", *BICUBIC]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    lines = [line.partition(":")[0] for line in done.stdout.splitlines()][-4:]
    assert lines == [
        "done    finer/a_x2.tif",
        "failed  scenes/b.tif cannot be opened as a raster",
        "done    finer/c_x2.tif",
        "3 files",
    ]
    assert done.stdout.endswith("3 files: 2 done, 1 failed\n")


def test_a_second_run_makes_what_is_missing(scenes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (scenes / "b.tif").unlink()
    assert run("scenes/a.tif", "--out-dir", "scenes") == 0
    before = (scenes / "a_x2.tif").stat().st_mtime_ns
    capsys.readouterr()
    assert run("scenes", "--out-dir", "scenes", "--skip-existing") == 0  # its own results are no inputs
    told = capsys.readouterr()
    assert told.out.splitlines() == ["there   scenes/a_x2.tif", "done    scenes/c_x2.tif"]
    assert told.err.endswith("2 files: 1 done, 1 there already\n")
    assert (scenes / "a_x2.tif").stat().st_mtime_ns == before
    assert run("scenes", "--out-dir", "scenes") == 8  # without it they are in the way
    assert "scenes/a_x2.tif exists" in capsys.readouterr().err
    assert sorted(p.name for p in scenes.glob("*_x2*")) == ["a_x2.tif", "c_x2.tif"]


def test_one_file_that_is_there_is_passed_over(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make("in.tif", pattern(1, 20, 20, "uint8"))
    make("out.tif", pattern(1, 20, 20, "uint8"))
    before = Path("out.tif").read_bytes()
    assert run("in.tif", "out.tif", "--skip-existing") == 0
    assert capsys.readouterr().out == "out.tif is there already\n" and Path("out.tif").read_bytes() == before


@pytest.mark.parametrize("what", ["empty", "no*.tif"])
def test_nothing_to_do_is_said(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert run(what, "--out-dir", "finer") == 3
    assert capsys.readouterr().err.startswith(
        f"rs-sr: {what} holds no raster; give a folder or a pattern of .jp2, .tif"
    )
    assert not Path("finer").exists()


def coarse(make: Make, *names: str) -> None:
    for name in names:
        make(name, pattern(3, 30, 40, "uint8"), transform=Affine(30, 0, 500000, 0, -30, 5400000))


def test_what_holds_for_several_files_is_said_once(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    coarse(make, "a.tif", "b.tif")
    words = ["super-resolve", "a.tif", "b.tif", "--out-dir", "finer", "--model", "plain_x2"]
    assert cli.run(words) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "expect less sharpening" in line]
    assert len(told) == 1 and told[0].startswith("2 files: warning: ")


@pytest.mark.parametrize("more", [["a.tif", "one.tif"], ["a.tif", "b.tif", "--out-dir", "finer"]])
def test_warnings_that_were_understood_are_not_said(
    more: list[str], make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    coarse(make, "a.tif", "b.tif")
    assert cli.run(["super-resolve", *more, "--model", "plain_x2", "--accept", "noise,gsd"]) == 0
    assert "expect less sharpening" not in capsys.readouterr().err
    assert cli.run(["super-resolve", *more, "--model", "plain_x2", "--overwrite", "--accept", "noise"]) == 0
    assert "expect less sharpening" in capsys.readouterr().err
    assert cli.run(["super-resolve", *more, "--model", "plain_x2", "--accept", "gds"]) == 2
    assert "--accept gds is not a kind of warning; choose from classes, nodata" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (["super-resolve", "no.tif", "out.tif"], 3, "SourceNotFoundError"),
        (["super-resolve", "in.tif", "out.tif", "--sharpness", "3"], 2, "RequestError"),
        (["super-resolve", "in.tif", "out.tif", "--scale", "7"], 2, "RequestError"),
        (["super-resolve", "in.tif"], 2, "RequestError"),
        (["super-resolve", "in.tif", "out.tif", "--model", "best"], 4, "ModelError"),
        (["info", "no.tif"], 3, "SourceNotFoundError"),
        (["models", "show", "best"], 4, "ModelError"),
        (["report", "no.tif", "nothing.tif"], 3, "SourceNotFoundError"),
    ],
)
def test_json_tells_errors_too(
    words: list[str], code: int, kind: str, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    make("in.tif", pattern(3, 20, 20, "uint8"))
    assert cli.run([*words, "--json"]) == code
    told = capsys.readouterr()
    error = json.loads(told.out)["error"]
    assert (error["kind"], error["exit_code"]) == (kind, code) and error["problem"] and error["cure"]
    assert told.err == ""


def test_a_dry_run_in_json(make: Make, scenes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("in.tif", pattern(3, 20, 24, "uint8"))
    assert run("in.tif", "out.tif", "--dry-run", "--json") == 0
    plan: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (plan["target"], plan["width"], plan["model"], plan["tiles"]) == ("out.tif", 48, "bicubic", 1)
    (scenes / "b.tif").unlink()
    assert run("scenes", "--out-dir", "finer", "--dry-run", "--json") == 0
    assert [p["target"] for p in json.loads(capsys.readouterr().out)] == ["finer/a_x2.tif", "finer/c_x2.tif"]


def test_info_takes_the_options_of_a_run(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make("in.tif", pattern(3, 40, 50, "uint8"))
    words = ["--scale", "4", "--bands", "2", "--window", "0", "0", "10", "8", "--range", "0", "200", "--overwrite"]
    assert cli.run(["info", "in.tif", *BICUBIC, *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["result"]["width"], told["result"]["height"]) == (40, 32)
    assert (told["value_map"]["lo"], told["value_map"]["hi"]) == ([0], [200])


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(word in script for word in ("super-resolve", "skip-existing", "uncertainty", "zstd"))


def test_bash_completes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["completion", "bash"])
    (tmp_path / "script").write_text(capsys.readouterr().out)
    (tmp_path / "scene.tif").write_text("")
    ask = "source ./script; COMP_WORDS=({}); COMP_CWORD={}; $(complete -p rs-sr | sed 's/.*-F \\([^ ]*\\).*/\\1/'); "
    ask += "printf '%s\\n' \"${{COMPREPLY[@]}}\""
    for words, expected in (("rs-sr sup", "super-resolve"), ("rs-sr super-resolve --skip", "--skip-existing")):
        command = ask.format(words, len(words.split()) - 1)
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert expected in done.stdout.split(), done.stderr


def test_missing_shtab_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert cli.run(["completion", "bash"]) == 7
    assert capsys.readouterr().err == "rs-sr: completion needs shtab; install it with: pip install shtab\n"


def test_rio_super_resolve(make: Make, tmp_path: Path) -> None:
    """With the entry point of pyproject.toml, as an installed distribution has it."""
    import tomllib

    project = Path(__file__).parents[2]
    entries = tomllib.loads((project / "pyproject.toml").read_text())["project"]["entry-points"]
    found = tmp_path / "site" / "rs_sr_here-0.dist-info"
    found.mkdir(parents=True)
    (found / "METADATA").write_text("Metadata-Version: 2.1\nName: rs-sr-here\nVersion: 0\n")
    lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in rows.items()) for group, rows in entries.items()]
    (found / "entry_points.txt").write_text("".join(lines))
    make("in.tif", pattern(1, 20, 24, "uint8"))
    code = "from rasterio.rio.main import main_group; main_group()"
    paths = os.pathsep.join([str(found.parent), str(project)])

    def rio(*words: str) -> subprocess.CompletedProcess[str]:
        more = os.environ | {"PYTHONPATH": paths}
        return subprocess.run(
            [sys.executable, "-c", code, *words], env=more, capture_output=True, text=True, check=False
        )

    assert "super-resolve" in rio("--help").stdout
    assert "--skip-existing" in rio("super-resolve", "--help").stdout
    done = rio("super-resolve", "in.tif", "out.tif", *BICUBIC, "--range", "0", "255")
    assert done.returncode == 0 and "48 x 40 pixels" in done.stdout, done.stderr
    assert rio("super-resolve", "no.tif", "out2.tif").returncode == 3
