"""One writer for each target: a second is refused, a dead one's place is taken, nothing incomplete gets the name."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.doors import cli
from rs_sr.errors import Cancelled, TargetError
from rs_sr.raster.lock import Lock
from rs_sr.run.output import Output
from tests.conftest import Make, pattern, small_lkdn

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
BICUBIC: dict[str, Any] = {"model": "bicubic", "scale": 2, "tile": 128}
SUFFIXES = [".tif", ".vrt", ".zarr"]
RUN = """
import json, os, sys, rs_sr
from rs_sr.run import pipeline
from rs_sr.raster import placing
source, target, where, options = sys.argv[1:]
def wait():
    print("here", flush=True)
    sys.stdin.readline()
if where == "tiles":
    make, made = pipeline.Local._make, []
    def waits(self, *words):
        made.append(1)
        if len(made) == 4:  # of six: two are kept by now
            wait()
        return make(self, *words)
    pipeline.Local._make = waits
else:  # before the last piece of several takes its name
    link = os.link
    def waits(piece, place):
        if str(place) == target:
            wait()
        link(piece, place)
    placing.os.link = waits
rs_sr.super_resolve(source, target, resume=True, **json.loads(options))
"""


@contextmanager
def other(source: Path, target: Path, where: str = "tiles", **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that runs until it is `where` it waits for a line."""
    words = [sys.executable, "-W", "ignore", "-c", RUN, str(source), str(target), where, json.dumps(BICUBIC | more)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        try:
            assert run.stdout is not None and run.stdout.readline() == "here\n"
            yield run
        finally:
            run.kill()


def go_on(run: subprocess.Popen[str]) -> int:
    assert run.stdin is not None
    run.stdin.write("\n")
    run.stdin.close()
    return run.wait()


def pixels(target: Path) -> np.ndarray[Any, Any]:
    with rasterio.open(target / "image.vrt" if target.suffix == ".zarr" else target) as opened:
        return np.asarray(opened.read())


def hidden(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))


@pytest.fixture
def scene(make: Make, tmp_path: Path) -> tuple[Path, np.ndarray[Any, Any]]:
    """A raster of six tiles, and what becomes of it."""
    source = make("in.tif", pattern(1, 300, 200, "uint8"))
    rs_sr.super_resolve(source, tmp_path / "whole.tif", **BICUBIC)
    return source, pixels(tmp_path / "whole.tif")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_second_run_is_refused_and_the_first_is_not_disturbed(scene: Any, tmp_path: Path, suffix: str) -> None:
    source, right = scene
    target = tmp_path / f"o{suffix}"
    with other(source, target) as first:
        for options in ({}, {"resume": True}, {"overwrite": True}):
            with pytest.raises(TargetError) as refused:
                rs_sr.super_resolve(source, target, **options, **BICUBIC)
            assert f"is being written by process {first.pid} on this machine, since 20" in str(refused.value)
            assert "wait for it, or give another name" in refused.value.cure
        assert cli.run(["super-resolve", str(source), str(target), "--model", "bicubic", "--resume"]) == 5
        assert not target.exists()
        assert go_on(first) == 0
    np.testing.assert_array_equal(pixels(target), right)
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_killed_run_s_place_is_taken_and_its_tiles_are_gone_on_from(scene: Any, tmp_path: Path, suffix: str) -> None:
    source, right = scene
    target = tmp_path / f"o{suffix}"
    with other(source, target) as first:
        first.kill()
    assert f".o{suffix}.rs-sr-lock" in hidden(tmp_path) and not target.exists()
    before = sorted((tmp_path / f".o{suffix}.rs-sr-resume").glob("tile-*.npz"))
    assert before
    rs_sr.super_resolve(source, target, resume=True, **BICUBIC)
    np.testing.assert_array_equal(pixels(target), right)
    assert hidden(tmp_path) == []


def test_a_run_killed_between_the_pieces_of_its_result_is_completed(scene: Any, tmp_path: Path) -> None:
    source, right = scene
    target = tmp_path / "o.vrt"
    rs_sr.super_resolve(source, target, model="nearest", scale=3)
    with other(source, tmp_path / "p.vrt", "pieces") as first:
        first.kill()
    assert (tmp_path / "p_tiles").is_dir() and not (tmp_path / "p.vrt").exists()
    rs_sr.super_resolve(source, tmp_path / "p.vrt", resume=True, **BICUBIC)
    np.testing.assert_array_equal(pixels(tmp_path / "p.vrt"), right)
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("suffix", [".tif", ".vrt"])
def test_a_run_killed_between_expected_errors_and_result_is_completed(scene: Any, tmp_path: Path, suffix: str) -> None:
    source, target, errors = scene[0], tmp_path / f"o{suffix}", tmp_path / "u.tif"
    more = {"model": str(small_lkdn(tmp_path, bands=1)), "uncertainty": str(errors)}
    with other(source, target, "pieces", **more) as first:
        first.kill()
    assert errors.exists() and not target.exists()
    rs_sr.super_resolve(source, target, resume=True, **BICUBIC | more)
    rs_sr.super_resolve(source, tmp_path / "right.tif", **BICUBIC | more | {"uncertainty": str(tmp_path / "v.tif")})
    np.testing.assert_array_equal(pixels(target), pixels(tmp_path / "right.tif"))
    np.testing.assert_array_equal(pixels(errors), pixels(tmp_path / "v.tif"))
    assert hidden(tmp_path) == []


def test_what_a_user_put_where_a_killed_run_s_pieces_lay_is_not_taken(scene: Any, tmp_path: Path) -> None:
    source, tiles = scene[0], tmp_path / "p_tiles"
    with other(source, tmp_path / "p.vrt", "pieces") as first:
        first.kill()
    tiles.rename(tmp_path / "moved")
    tiles.mkdir()
    (tiles / "tile-0.tif").write_text("precious")
    with pytest.raises(TargetError, match="p_tiles exists"):
        rs_sr.super_resolve(source, tmp_path / "p.vrt", resume=True, **BICUBIC)
    assert (tiles / "tile-0.tif").read_text() == "precious"


def test_what_a_killed_run_without_resume_left_goes_with_the_next(scene: Any, tmp_path: Path) -> None:
    source, _ = scene
    (tmp_path / ".o.tif.rs-sr-abc").mkdir()
    (tmp_path / ".o.tif.rs-sr-abc" / "result.tif").touch()
    rs_sr.super_resolve(source, tmp_path / "o.tif", **BICUBIC)
    assert hidden(tmp_path) == []


def test_another_machine_s_lock_is_never_taken(scene: Any, tmp_path: Path) -> None:
    source, _ = scene
    lock = tmp_path / ".o.tif.rs-sr-lock"
    lock.write_text(json.dumps({"process": 1, "host": f"not {platform.node()}", "since": "2026-01-01 00:00:00"}))
    with pytest.raises(TargetError) as refused:
        rs_sr.super_resolve(source, tmp_path / "o.tif", overwrite=True, **BICUBIC)
    assert f"by process 1 on not {platform.node()}, since 2026-01-01" in refused.value.problem
    assert refused.value.cure == f"wait for it; if it is over, delete {lock}"
    assert hidden(tmp_path) == [lock.name]
    lock.unlink()
    rs_sr.super_resolve(source, tmp_path / "o.tif", **BICUBIC)


def test_of_many_that_take_a_dead_run_s_place_at_once_one_gets_it(tmp_path: Path) -> None:
    target, many = str(tmp_path / "o.tif"), 8
    for dead in (b"", b"{", json.dumps({"process": 1, "host": platform.node(), "since": "-"}).encode()):
        (tmp_path / ".o.tif.rs-sr-lock").write_bytes(dead)
        start, tried = threading.Barrier(many), threading.Barrier(many)
        got: list[Lock] = []
        refused: list[str] = []

        def take(start: Any = start, tried: Any = tried, got: Any = got, refused: Any = refused) -> None:
            start.wait()
            try:
                got.append(Lock(target))
            except TargetError as error:
                refused.append(str(error))
            tried.wait()  # nobody gives it back before all have tried

        threads = [threading.Thread(target=take) for _ in range(many)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 1 and len(refused) == many - 1
        assert all("is being written by" in text for text in refused)
        got[0].release()
        assert hidden(tmp_path) == []


def test_a_lock_that_is_given_back_while_another_waits_for_it_is_never_had_twice(tmp_path: Path) -> None:
    """The file that was opened may be gone when the lock on it comes."""
    target = str(tmp_path / "o.tif")
    inside, worst, most = [0], [0], threading.Lock()

    def churn() -> None:
        for _ in range(200):
            try:
                lock = Lock(target)
            except TargetError:
                continue
            with most:
                inside[0] += 1
                worst[0] = max(worst[0], inside[0])
            with most:
                inside[0] -= 1
            lock.release()

    threads = [threading.Thread(target=churn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert worst[0] == 1
    assert hidden(tmp_path) == []


def test_a_folder_that_knows_no_locks_still_has_one_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(handle: int) -> None:
        raise OSError(38, "no locks here")

    monkeypatch.setattr("rs_sr.raster.lock._lock", none)
    lock = Lock(str(tmp_path / "o.tif"))
    with pytest.raises(TargetError, match=r"if it is over, delete .*\.o\.tif\.rs-sr-lock"):
        Lock(str(tmp_path / "o.tif"))
    lock.release()
    Lock(str(tmp_path / "o.tif")).release()
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("kind", ["folder", "dangling link"])
@pytest.mark.parametrize("name", [".o.tif.rs-sr-lock", ".o.tif.rs-sr-resume"])
def test_what_lies_at_a_name_of_our_own_is_told_with_a_cure(
    scene: Any, tmp_path: Path, kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, place = scene[0], tmp_path / name
    if kind == "dangling link":
        place.symlink_to(tmp_path / "nowhere")
    elif name.endswith("lock"):
        place.mkdir()
    else:
        place.write_text("dear")
    assert cli.run(["super-resolve", str(source), str(tmp_path / "o.tif"), "--model", "bicubic", "--resume"]) == 5
    said = capsys.readouterr().err
    assert f"{place} is " in said and "; delete it, or give another name" in said and "Errno" not in said
    assert hidden(tmp_path) == [name]


def test_the_lock_is_gone_after_success_failure_and_cancel(scene: Any, tmp_path: Path, monkeypatch: Any) -> None:
    source, _ = scene
    target = tmp_path / "o.tif"
    seen = []

    def cancelled() -> bool:
        seen.append(hidden(tmp_path))
        return ".o.tif.rs-sr-lock" in seen[-1]

    with pytest.raises(Cancelled):
        rs_sr.super_resolve(source, target, is_cancelled=cancelled, **BICUBIC)
    assert hidden(tmp_path) == [] and ".o.tif.rs-sr-lock" in seen[-1]
    with monkeypatch.context() as patch:
        patch.setattr("rs_sr.run.local.super_resolve_tile", lambda *words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rs_sr.super_resolve(source, target, **BICUBIC)
    assert hidden(tmp_path) == []
    rs_sr.super_resolve(source, target, **BICUBIC)
    assert hidden(tmp_path) == []


def test_the_file_of_expected_errors_has_one_writer_too(scene: Any, tmp_path: Path) -> None:
    source, _ = scene
    model = str(small_lkdn(tmp_path, bands=1))
    with other(source, tmp_path / "u.tif") as first, pytest.raises(TargetError, match=f"u.tif .* process {first.pid}"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model=model, uncertainty=str(tmp_path / "u.tif"))
    assert not [n for n in hidden(tmp_path) if n.startswith(".o.tif")]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_result_with_a_hole_never_takes_its_name(
    scene: Any, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, right = scene
    target = tmp_path / f"o{suffix}"
    finish = Output.finish

    def torn(self: Output) -> Any:
        kept = next(tmp_path.glob(".o*/kept-*"), None)
        if suffix == ".tif":
            self._concluded.discard(3)
        elif suffix == ".vrt":
            (kept / "tile-3.tif").unlink()
        else:
            (kept / "image" / "0.1.1").unlink()
        return finish(self)

    with monkeypatch.context() as patch:
        patch.setattr(Output, "finish", torn)
        with pytest.raises(TargetError, match="tile 3 of 6 is missing"):
            rs_sr.super_resolve(source, target, resume=True, **BICUBIC)
    assert not target.exists()
    rs_sr.super_resolve(source, target, resume=True, **BICUBIC)  # makes the missing one anew
    np.testing.assert_array_equal(pixels(target), right)


def test_an_earlier_result_is_back_where_the_new_one_cannot_be_put(
    scene: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, _ = scene
    for name in ("o.zarr", "o.vrt"):
        target = tmp_path / name
        rs_sr.super_resolve(source, target, model="nearest", scale=3)
        before = pixels(target)
        replace = os.replace

        def fails(piece: Any, place: Any, target: Path = target, replace: Any = replace) -> None:
            if Path(place) == target and "earlier" not in Path(piece).name:
                raise PermissionError(13, "not now")
            replace(piece, place)

        with monkeypatch.context() as patch:
            patch.setattr("rs_sr.raster.placing.os.replace", fails)
            with pytest.raises(TargetError, match="cannot be written to"):
                rs_sr.super_resolve(source, target, overwrite=True, **BICUBIC)
        np.testing.assert_array_equal(pixels(target), before)
        shutil.rmtree(tmp_path / f".{name}.rs-sr-resume")
