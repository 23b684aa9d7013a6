"""Geometry: cores cover every pixel once, halos are cut at the edge, parts are made of the whole's tiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rs_sr.pixels.grid import Size, Window, count_tiles, one_tile, round_core, sample_windows, tiles, without_gaps

sides = st.integers(1, 900)


@given(height=sides, width=sides, core=st.sampled_from([128, 256, 384]), halo=st.integers(0, 140))
def test_cores_cover_every_pixel_once(height: int, width: int, core: int, halo: int) -> None:
    size = Size(height=height, width=width)
    seen = np.zeros((height, width), int)
    for tile in tiles(size, core=core, halo=halo):
        seen[tile.core.within(size.window)] += 1
        assert tile.core.row % core == 0 and tile.core.col % core == 0
        assert tile.window == tile.core.pad(halo).cut(size.window)
    assert (seen == 1).all()
    assert len(list(tiles(size, core=core, halo=halo))) == count_tiles(size, core=core)


@given(st.data())
def test_a_part_is_made_of_the_very_tiles_of_the_whole(data: st.DataObject) -> None:
    height, width = data.draw(sides), data.draw(sides)
    row, col = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    part = Window(
        row=row,
        col=col,
        height=data.draw(st.integers(1, height - row)),
        width=data.draw(st.integers(1, width - col)),
    )
    size = Size(height=height, width=width)
    whole = {t.index: t for t in tiles(size, core=128, halo=9)}
    of_part = list(tiles(size, core=128, halo=9, part=part))
    assert all(whole[t.index] == t for t in of_part)
    assert sum(t.core.cut(part).size.pixels for t in of_part) == part.size.pixels
    assert len(of_part) == count_tiles(size, core=128, part=part)


def test_cores_are_multiples_of_the_block_and_of_the_networks_grid() -> None:
    assert [round_core(n) for n in (1, 128, 200, 500, 512)] == [128, 128, 256, 512, 512]
    assert round_core(500, 6) == 384 and round_core(500, 24) == 384 and round_core(800, 24) == 768


@given(height=st.integers(1, 9000), width=st.integers(1, 9000))
def test_at_most_64_sample_windows_lie_inside_on_multiples_of_256(height: int, width: int) -> None:
    size = Size(height=height, width=width)
    windows = sample_windows(size)
    assert 1 <= len(windows) <= 64 and len(set(windows)) == len(windows)
    for w in windows:
        assert not w.empty and size.window.contains(w) and w.row % 256 == 0 and w.col % 256 == 0


@pytest.mark.parametrize("grid", [1, 6, 24])
def test_a_part_as_one_tile_is_held_by_it_on_the_networks_grid(grid: int) -> None:
    size = Size(height=100, width=130)
    for part in (Window(row=50, col=31, height=20, width=17), Window(row=0, col=1, height=100, width=129)):
        tile = one_tile(size, grid=grid, halo=2 * grid, part=part)
        assert tile.core.contains(part) and tile.window.contains(tile.core) and size.window.contains(tile.window)
        for core, stop, end in (
            (tile.core.row, tile.core.stop_row, size.height),
            (tile.core.col, tile.core.stop_col, size.width),
        ):
            assert core % grid == 0 and (stop % grid == 0 or stop == end)
        assert tile.core.height < part.height + 2 * grid and tile.core.width < part.width + 2 * grid


def test_windows_scale_pad_and_cut() -> None:
    w = Window(row=2, col=3, height=4, width=5)
    assert w.times(3) == Window(row=6, col=9, height=12, width=15)
    assert w.pad(1) == Window(row=1, col=2, height=6, width=7)
    assert w.cut(Window(row=100, col=0, height=2, width=2)).empty
    assert w.within(w.pad(2)) == (slice(2, 6), slice(2, 7))


def test_parts_without_gaps_are_the_largest_that_halving_finds() -> None:
    valid = np.ones((232, 256), bool)
    window = Window(row=256, col=512, height=232, width=256)
    assert without_gaps(window, valid) == [window]
    valid[3, 200] = valid[130, 9] = False
    found = without_gaps(window, valid)
    halves = [Window(row=256 + row, col=512 + col, height=116, width=128) for row, col in ((0, 0), (116, 128))]
    assert found[:2] == halves and {(w.height, w.width) for w in found[2:]} == {(64, 64)}
    assert all(valid[w.within(window)].all() for w in found)
    assert without_gaps(window, np.zeros_like(valid)) == []
    valid[::50, ::50] = False
    assert without_gaps(window, valid) == []
