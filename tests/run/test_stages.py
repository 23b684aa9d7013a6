"""Stages that work at the same time: order, bounds, errors, an end without threads left over."""

from __future__ import annotations

import contextlib
import threading
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.errors import MemoryBudgetError, SourceError, TargetError
from rs_sr.raster.geotiff import GeoTiff
from rs_sr.raster.source import Source
from rs_sr.run.stages import Behind, Clock, ahead
from rs_sr.runtime import Resampling
from tests.conftest import Make, pattern
from tests.gate import PATIENCE_S

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


def stages_alive() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name in ("rs-sr ahead", "rs-sr behind")]


def test_one_piece_is_made_ahead_and_no_more() -> None:
    made: list[int] = []
    second = threading.Event()

    def make(item: int) -> int:
        made.append(item)
        if item == 1:
            second.set()
        return item * item

    with closing(ahead(range(50), make, nullcontext)) as pieces:
        assert next(pieces) == (0, 0)
        assert second.wait(PATIENCE_S)  # the next is made while the caller has the first
        assert made == [0, 1]
        assert [p for _, p in pieces] == [i * i for i in range(1, 50)]
    assert not stages_alive()


def test_what_fails_ahead_is_raised_in_its_turn() -> None:
    def make(item: int) -> int:
        if item == 2:
            raise SourceError("torn", "mend it")
        return item

    got = []
    with pytest.raises(SourceError, match="torn"):
        for item, _ in ahead(range(5), make, nullcontext):
            got.append(item)
    assert got == [0, 1] and not stages_alive()


def test_an_iterator_that_is_closed_ends_its_thread() -> None:
    with closing(ahead(iter(int, 1), lambda item: item, nullcontext)) as pieces:
        next(pieces)
    assert not stages_alive()


def test_one_piece_is_behind_and_no_more() -> None:
    done: list[int] = []
    go = threading.Semaphore(0)

    def work(item: int) -> None:
        go.acquire()
        done.append(item)

    with Behind(work, nullcontext) as behind:
        behind(0)  # taken at once
        waiting = threading.Thread(target=behind, args=(1,))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive() and done == []  # until the first is done
        for _ in range(2):
            go.release()
        waiting.join(PATIENCE_S)
        assert not waiting.is_alive()
    assert done == [0, 1] and not stages_alive()


def test_what_fails_behind_is_raised_by_the_next_call_or_at_the_end() -> None:
    done: list[int] = []

    def work(item: int) -> None:
        if item == 1:
            raise TargetError("full", "make room")
        done.append(item)

    with pytest.raises(TargetError), Behind(work, nullcontext) as behind:
        for item in range(5):
            behind(item)
    assert done == [0]
    with pytest.raises(TargetError), Behind(work, nullcontext) as behind:
        behind(1)
    assert not stages_alive()


def test_the_callers_own_failure_comes_first() -> None:
    with pytest.raises(ZeroDivisionError), Behind(lambda item: 1 // item, nullcontext) as behind:
        behind(1)
        raise ZeroDivisionError
    assert not stages_alive()


def test_seconds_add_up_by_stage() -> None:
    clock = Clock()
    for _ in range(2):
        with clock("reading"), contextlib.suppress(ValueError):
            raise ValueError
    assert set(clock.seconds) == {"reading"} and clock.seconds["reading"] >= 0


# In a run


def test_a_run_reads_and_writes_beside_the_model(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: dict[str, set[str]] = {"read": set(), "write": set()}
    source = make("in.tif", pattern(3, 300, 300, "uint8"))
    read, write = Source.read, GeoTiff.write

    def watched_read(*words: Any) -> Any:
        threads["read"].add(threading.current_thread().name)
        return read(*words)

    def watched_write(*words: Any) -> None:
        threads["write"].add(threading.current_thread().name)
        write(*words)

    monkeypatch.setattr(Source, "read", watched_read)
    monkeypatch.setattr(GeoTiff, "write", watched_write)
    result = rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", tile=128)
    assert "rs-sr ahead" in threads["read"]
    assert threads["write"] == {"rs-sr behind"}
    assert {"reading", "computing", "model", "writing", "finishing", "all"} <= set(result.stages)
    assert "was the bottleneck (reading " in result.bottleneck
    assert result.to_json()["stages"].keys() == result.stages.keys()
    assert result.to_json()["bottleneck"] == result.bottleneck
    assert not stages_alive()


@pytest.mark.parametrize("failing", [Source, GeoTiff])
def test_a_stage_that_fails_leaves_nothing(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: type
) -> None:
    source = make("in.tif", pattern(3, 400, 400, "uint8"))
    name = "read" if failing is Source else "write"
    kept, calls = getattr(failing, name), []

    def fails(*words: Any) -> Any:
        if threading.current_thread().name.startswith("rs-sr ahead" if failing is Source else "rs-sr behind"):
            calls.append(1)
            if len(calls) == 3:
                raise (SourceError if failing is Source else TargetError)("torn", "mend it")
        return kept(*words)

    monkeypatch.setattr(failing, name, fails)
    with pytest.raises((SourceError, TargetError), match="torn"):
        rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", tile=128)
    assert [p.name for p in tmp_path.iterdir()] == ["in.tif"] and not stages_alive()


@pytest.mark.parametrize("masked", [False, True])
def test_tiles_beyond_the_memory_are_made_in_quarters(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, masked: bool
) -> None:
    """Bicubic at a halo beyond its reach: quarters give the very pixels of the whole tile."""
    pixels = pattern(3, 400, 300, "uint8")
    pixels[:, 140:200, 90:150] = 0
    source = make("in.tif", pixels, **({} if masked else {"nodata": 0}))
    if masked:
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(source, "r+") as dataset:
            dataset.write_mask((pixels[0] > 0).astype(np.uint8) * 255)
    options: dict[str, Any] = dict(model="bicubic", scale=3, tile=384, halo="16")
    rs_sr.super_resolve(source, tmp_path / "whole.tif", **options)
    call, sizes = Resampling.__call__, []

    def small(self: Any, seen: Any, held: Any = ()) -> Any:
        sizes.append(seen.shape[-2:])
        if max(seen.shape[-2:]) > 300:
            raise MemoryBudgetError("memory ran out on a tile", "give a smaller --tile")
        return call(self, seen, held)

    monkeypatch.setattr(Resampling, "__call__", small)
    result = rs_sr.super_resolve(source, tmp_path / "pieces.tif", **options)
    assert any("quarters" in str(w) for w in result.warnings)
    assert sum(max(s) > 300 for s in sizes) == 1  # tried once, not for every tile
    with rasterio.open(tmp_path / "whole.tif") as a, rasterio.open(tmp_path / "pieces.tif") as b:
        assert np.array_equal(a.read(), b.read()) and np.array_equal(a.dataset_mask(), b.dataset_mask())
    with pytest.raises(MemoryBudgetError):  # the smallest tile has no quarters
        monkeypatch.setattr(Resampling, "__call__", _never)
        rs_sr.super_resolve(source, tmp_path / "no.tif", model="bicubic", scale=3, tile=128)


def _never(self: Any, seen: Any, held: Any = ()) -> Any:
    raise MemoryBudgetError("memory ran out on a tile", "give a smaller --tile")
