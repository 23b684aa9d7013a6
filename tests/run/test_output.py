"""Finished tiles find their places: in the result, in the map of expected errors, in the journal and in the figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rs_sr.errors import MetadataWarning, TargetError
from rs_sr.options import Options
from rs_sr.pixels.grid import Tile, Window, tiles
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.formats import format_of
from rs_sr.raster.layout import Layout
from rs_sr.run.job import Job
from rs_sr.run.output import Output
from rs_sr.run.plan import Plan, make_plan
from rs_sr.run.survey import Survey
from rs_sr.run.tile import Finished
from tests.conftest import pattern
from tests.facts import Drawn

Array = np.ndarray[Any, Any]


class Memory:
    """A growing result that is an array, NaN where nothing was written."""

    def __init__(self, workspace: Any, source: Any, layout: Layout) -> None:
        size = layout.part.size.times(layout.scale)
        self.layout, self.tags, self.closed, self.lost = layout, dict(layout.tags), False, list[str]()
        self.pixels = np.full((len(layout.bands), size.height, size.width), np.nan)
        workspace.sink = self

    def write(self, index: int, window: Window, pixels: Array, mask: Array | None) -> None:
        self.pixels[(slice(None), *window.within(self.layout.part.size.times(self.layout.scale).window))] = pixels

    def read(self, index: int, window: Window) -> Array:
        return self.pixels[(slice(None), *window.within(self.layout.part.size.times(self.layout.scale).window))]

    def holds(self, index: int, window: Window) -> bool:
        return not np.isnan(self.read(index, window)).all()

    def tag(self, **tags: str) -> None:
        self.tags |= tags

    def finish(self) -> list[str]:
        return self.lost

    def close(self) -> None:
        self.closed = True


class Folder:
    """A workspace that keeps tiles in memory."""

    def __init__(self, name: str) -> None:
        self.target, self.folder, self.kept = Path(name), Path("grows"), dict[int, dict[str, Array]]()
        self.format = replace(format_of(name, Options()), sink=Memory)
        self.sink: Any = None

    def keep(self, index: int, **arrays: Array) -> None:
        self.kept[index] = arrays

    def load(self, index: int) -> dict[str, Array] | None:
        return self.kept.get(index)


PIXELS = pattern(2, 200, 300, "uint8")  # 2 x 3 tiles


class Run:
    """An output of 2 bands, and tiles that repeat each pixel."""

    def __init__(self, name: str = "out.tif", doubt: bool = False, kept: Folder | None = None, **options: Any) -> None:
        self.source = Drawn(PIXELS)
        chosen = Options(**{"model": "nearest", "scale": 2, "tile": 128} | options)
        self.plan: Plan = make_plan(self.source, name, chosen)
        values = ValueMap((0.0, 0.0), (255.0, 255.0), (0.0, 0.0), "8 bit: 0 to 255")
        seen = Survey(values, (), (), (), "area", 0.0)
        plan = self.plan
        self.every = list(tiles(plan.facts.size, core=plan.core, halo=plan.halo, part=plan.part))
        self.folder, self.beside = kept or Folder(name), Folder("doubt.tif") if doubt else None
        source: Any = self.source
        job = Job(plan, seen)  # type: ignore[arg-type]
        self.output = Output(job, source, {"A": "b"}, self.every, self.folder, self.beside, looks=True)

    def made(self, tile: Tile) -> Finished:
        core = PIXELS[(slice(None), *tile.core.within(self.plan.facts.size.window))]
        fine = core.repeat(2, axis=1).repeat(2, axis=2)
        return Finished(fine, None, None if self.beside is None else fine.astype("float32") / 10)


FINE = PIXELS.repeat(2, axis=1).repeat(2, axis=2)
PART = {"window": (100, 90, 60, 50)}


@pytest.mark.parametrize("name", ["out.tif", "out.zarr"])
@pytest.mark.parametrize(("options", "place"), [({}, np.s_[:]), (PART, np.s_[:, 180:280, 200:320])])
@pytest.mark.parametrize("order", [1, -1])
def test_tiles_in_any_order_make_the_whole(name: str, options: dict[str, Any], place: Any, order: int) -> None:
    run = Run(name, doubt=True, **options)
    for tile in run.every[::order]:
        run.output.put(tile, run.made(tile), written=False)
    consistency, lost = run.output.finish()
    np.testing.assert_array_equal(run.folder.sink.pixels, FINE[place])
    assert run.beside is not None
    np.testing.assert_array_equal(run.beside.sink.pixels, FINE[place].astype("float32") / 10)
    assert consistency["mean_error"] == [0, 0] and consistency["corrected"] is False and lost == []
    assert run.folder.sink.tags["A"] == "b" and "RS_SR_CONSISTENCY" in run.folder.sink.tags


@pytest.mark.parametrize(
    ("name", "doubt", "arrays"),
    [
        ("out.tif", False, {"pixels"}),
        ("out.tif", True, {"pixels", "error"}),
        ("out.zarr", False, set()),  # which keeps its own tiles
        ("out.vrt", True, {"error"}),
    ],
)
def test_what_the_journal_keeps_of_a_tile_is_put_back_and_measured(name: str, doubt: bool, arrays: set[str]) -> None:
    first = Run(name, doubt)
    for tile in first.every[:4]:
        assert not first.output.recall(tile)
        first.output.put(tile, first.made(tile), written=False)
    assert {frozenset(kept) for kept in first.folder.kept.values()} == {frozenset(arrays)}
    grown = first.folder.sink.pixels
    again = Run(name, doubt, kept=first.folder)
    if name != "out.tif":
        again.folder.sink.pixels = grown
        grown[:, :256, :256] = np.nan  # the first tile was lost
    recalled = [tile.index for tile in again.every if again.output.recall(tile)]
    assert recalled == [t.index for t in again.every[:4]][name != "out.tif" :]
    for tile in again.every:
        if tile.index not in recalled:
            again.output.put(tile, again.made(tile), written=False)
    assert again.output.finish()[0]["mean_error"] == [0, 0]


def test_what_another_process_wrote_is_not_written_again() -> None:
    run = Run()
    tile = run.every[0]
    run.output.put(tile, run.made(tile), written=True)
    assert np.isnan(run.folder.sink.pixels).all()
    run.output.put(tile, None, written=True)
    assert run.folder.kept[tile.index] == {}


@pytest.mark.parametrize("gone", ["a tile", "its pixels", "its errors"])
def test_nothing_is_finished_that_has_a_hole(gone: str) -> None:
    run = Run(doubt=True)
    for tile in run.every[gone == "a tile" :]:
        run.output.put(tile, run.made(tile), written=False)
    assert run.beside is not None
    if gone == "its pixels":
        run.folder.sink.pixels[:, :256, :256] = np.nan
    if gone == "its errors":
        run.beside.sink.pixels[:, :256, :256] = np.nan
    with pytest.raises(TargetError, match=r"out\.tif: tile 0 of 6 is missing, .*; run again"):
        run.output.finish()


def test_what_is_lost_is_told_in_one_warning() -> None:
    run = Run()
    for tile in run.every:
        run.output.put(tile, run.made(tile), written=False)
    run.folder.sink.lost = ["a histogram", "a mask"]
    (warning,) = run.output.finish()[1]
    assert isinstance(warning, MetadataWarning)
    assert str(warning) == "not carried over to the result: a histogram; a mask"


def test_expected_errors_lie_as_the_result_does_with_no_data_as_nan() -> None:
    run = Run(doubt=True, co=("TILED=YES",), compress="lzw")
    assert run.beside is not None
    result, errors = run.folder.sink.layout, run.beside.sink.layout
    assert (errors.part, errors.scale, errors.core, errors.compress.name) == (result.part, 2, result.core, "lzw")
    assert (errors.dtype, errors.error, errors.co, errors.masked) == ("float32", True, (), False)
    assert np.isnan(errors.nodata) and (result.dtype, result.error, result.co) == ("uint8", False, ("TILED=YES",))


def test_what_is_open_is_closed_at_the_end_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(doubt=True)
    assert run.beside is not None
    with pytest.raises(KeyboardInterrupt), run.output:
        raise KeyboardInterrupt
    assert run.folder.sink.closed and run.beside.sink.closed
