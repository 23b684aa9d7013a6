"""Names, encodings and streams: what cannot be is refused before the work, and nothing fails after it."""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.doors import cli
from rs_sr.errors import SourceError, TargetError
from tests.conftest import Make, pattern
from tests.gate import PATIENCE_S

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.RsSrWarning")


def call(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rs_sr", *map(str, words)]
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "errors": "replace"} | more
    return subprocess.run(command, text=True, timeout=PATIENCE_S, **more)


def a_run(source: Path, target: Path, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return call("super-resolve", source, target, "--model", "nearest", *words, **more)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_letters_that_an_output_does_not_have_are_escaped(make: Make, tmp_path: Path, encoding: str) -> None:
    source = make("日本.tif", pattern(1, 20, 20, "uint8"))
    env = os.environ | {"PYTHONIOENCODING": encoding}
    done = a_run(source, tmp_path / "日本.zarr", env=env)
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert call("info", tmp_path / "日本.zarr", env=env).returncode == 0
    assert call("info", tmp_path / "没有.tif", env=env).returncode == 3


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_full_stream_does_not_undo_a_run(make: Make, tmp_path: Path, stream: str) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    with Path("/dev/full").open("w") as full:
        done = a_run(source, tmp_path / "out.tif", **{stream: full})
        assert done.returncode == 0 and (tmp_path / "out.tif").exists()
        if stream == "stdout":
            assert "standard output cannot be written: No space left on device" in done.stderr
            assert "Traceback" not in done.stderr and "Exception" not in done.stderr
        words = call("info", source, **{stream: full})  # whose words are all that it gives
        assert words.returncode == (5 if stream == "stdout" else 0)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_not_undo_a_run(make: Make, tmp_path: Path, closed: str) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    command = f'"{sys.executable}" -m rs_sr super-resolve "{source}" "{tmp_path}/out.tif" --model nearest {closed}'
    assert subprocess.run(["sh", "-c", command]).returncode == 0
    with rasterio.open(source) as had, rasterio.open(tmp_path / "out.tif") as made:
        np.testing.assert_array_equal(made.read(), had.read().repeat(2, 1).repeat(2, 2))


def test_a_reader_who_has_heard_enough_does_not_end_a_run(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    command = (
        f'"{sys.executable}" -m rs_sr super-resolve "{source}" "{tmp_path}/out.tif" --model nearest -v 2>&1 | true'
    )
    subprocess.run(["sh", "-c", command], check=True)
    assert (tmp_path / "out.tif").exists()


ODD = [
    'q"uote',
    " lead",
    "back\\slash",
    "a'b",
    "c:d",
    "e,f",
    "per%20",
    "h#i?",
    "<&>",
    "new\nline",
    "x" * 240,
    "é" * 117,
]


@pytest.mark.parametrize("suffix", [".tif", ".vrt", ".zarr"])
@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_a_result_of_any_name_is_an_input_again(make: Make, tmp_path: Path, name: str, suffix: str) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    name = name[: 242 - len(suffix)] if name.startswith("x") else name
    if suffix == ".vrt" and "\\" in name:
        with pytest.raises(TargetError, match="has a backslash, which GDAL takes"):
            rs_sr.super_resolve(source, tmp_path / f"{name}{suffix}", model="nearest")
        return
    with rasterio.open(source) as had:
        want = had.read()
    for folder in (tmp_path, tmp_path / name):
        folder.mkdir(exist_ok=True)
        target = folder / f"{name}{suffix}"
        rs_sr.super_resolve(source, target, model="nearest", resume=suffix == ".tif")
        again = tmp_path / "again.tif"
        rs_sr.super_resolve(target, again, model="nearest", overwrite=True)
        with rasterio.open(again) as made:
            np.testing.assert_array_equal(made.read(), want.repeat(4, 1).repeat(4, 2))
        assert not [p for p in folder.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("suffix", [".tif", ".vrt", ".zarr"])
def test_a_name_that_cannot_be_is_refused_before_the_work(make: Make, tmp_path: Path, suffix: str) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    before = set(tmp_path.iterdir())
    latin = os.fsdecode(b"caf\xe9")
    for name, words in ((f"{'x' * 250}{suffix}", "bytes"), (f"{'x' * 300}{suffix}", "name too long"),
                        (f"{latin}{suffix}", "not UTF-8"), (f"nul\0{suffix}", "null byte")):  # fmt: skip
        with pytest.raises(TargetError, match=words):
            rs_sr.super_resolve(source, tmp_path / name, model="nearest")
    assert set(tmp_path.iterdir()) == before
    source.rename(tmp_path / f"{latin}.tif")
    for name, words in ((f"{latin}.tif", "not UTF-8, which GDAL needs; rename it"), ("x" * 300, "name too long")):
        with pytest.raises(SourceError, match=words):
            rs_sr.super_resolve(tmp_path / name, tmp_path / f"out{suffix}", model="nearest")
    assert call("info", tmp_path / f"{latin}.tif").returncode == 3


@pytest.mark.parametrize(
    "command",
    [
        "super-resolve in.tif out.tif --model LONG",
        "super-resolve in.tif out.tif --aoi LONG",
        "super-resolve in.tif out.tif --like LONG",
        "super-resolve in.tif --out-dir LONG",
        "report in.tif in.tif --png LONG",
        "demo --folder LONG",
        "import LONG -o a.safetensors",
        "export plain_x2 LONG.onnx",
        "models add LONG",
    ],
)
def test_a_name_too_long_is_told_in_a_line_by_every_command(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    make("in.tif", pattern(1, 20, 20, "uint8"))
    monkeypatch.chdir(tmp_path)
    assert cli.run(command.replace("LONG", "y" * 300).split()) in (2, 3, 4, 5)
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "unexpected" not in said and "yyy" in said
    assert [p.name for p in tmp_path.iterdir()] == ["in.tif"]


def test_a_blank_before_a_name_belongs_to_it(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = make("in.tif", pattern(1, 20, 20, "uint16"))
    rs_sr.super_resolve(source, " like.tif", model="bicubic")
    rs_sr.super_resolve(source, "out.tif", model="bicubic", like=" like.tif")
    assert Path("out.tif").exists()


def test_a_folder_of_a_product_is_told_what_to_give(make: Make, tmp_path: Path) -> None:
    product = tmp_path / "S2A_MSIL2A.SAFE"
    (product / "GRANULE" / "IMG_DATA").mkdir(parents=True)
    (product / "MTD_MSIL2A.xml").write_text("<a/>")
    with pytest.raises(SourceError, match=r"is a folder .*; give a raster file"):
        rs_sr.super_resolve(product, tmp_path / "out.tif")
    band = product / "GRANULE" / "IMG_DATA" / "B02_10m.JP2"
    band.write_text("")
    with pytest.raises(SourceError, match=f"give one of the rasters in it, such as {band}"):
        rs_sr.super_resolve(product, tmp_path / "out.tif")


def test_a_command_gives_the_handlers_of_signals_back(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def mine(number: int, frame: object) -> None:
        pass

    before = {number: signal.signal(number, mine) for number in numbers}
    try:
        for words in (["info", str(make("in.tif", pattern(1, 20, 20, "uint8")))], ["info", "nowhere.tif"], ["models"]):
            cli.run(words)
            assert [signal.getsignal(number) for number in numbers] == [mine] * 3
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize(
    ("name", "inside"), [("a.zip", "/vsizip/{}/a.tif"), ("a.tar.gz", "/vsitar/{}/a.tif"), ("a.tif.gz", "/vsigzip/{}")]
)
def test_an_archive_is_told_how_to_name_the_raster_in_it(make: Make, tmp_path: Path, name: str, inside: str) -> None:
    raster, archive = make("a.tif", pattern(1, 20, 20, "uint16")), tmp_path / name
    if name == "a.zip":
        with zipfile.ZipFile(archive, "w") as pack:
            pack.write(raster, "a.tif")
    elif name == "a.tar.gz":
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(raster, "a.tif")
    else:
        archive.write_bytes(gzip.compress(raster.read_bytes()))
    inside = inside.format(archive)
    told = inside.replace("/a.tif", "/NAME") if name != "a.tif.gz" else inside
    with pytest.raises(SourceError, match=f"; it is an archive: give the raster inside it as {re.escape(told)}$"):
        rs_sr.super_resolve(archive, tmp_path / "out.tif", model="bicubic")
    rs_sr.super_resolve(inside, tmp_path / "out.tif", model="bicubic")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["a.tif", name, "out.tif"])
