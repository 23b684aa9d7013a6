"""What is known of a raster before its run: of valid pixels wherever they lie, in memory that bands do not fill."""

from __future__ import annotations

import dataclasses
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

import rs_sr
from rs_sr.doors import info
from rs_sr.options import Options
from rs_sr.pixels.grid import Size, Window, pieces, sample_windows
from rs_sr.raster.facts import Band, Block, Facts
from rs_sr.raster.source import Source
from rs_sr.run import held
from rs_sr.run.plan import Plan, make_plan
from rs_sr.run.sampling import batches, take
from rs_sr.run.survey import survey
from rs_sr.trust.agreement import Agreement

HEIGHT, WIDTH = 3000, 5200  # more than the sampled windows cover
Array = np.ndarray[Any, Any]


def sparse(path: Path, islands: list[tuple[int, Window, Array]], bands: int = 1, **more: Any) -> Path:
    """A raster that is all nodata but for `islands`: band, window and values."""
    profile: dict[str, Any] = dict(driver="GTiff", height=HEIGHT, width=WIDTH, count=bands, dtype="uint16", nodata=0)
    profile |= dict(tiled=True, crs="EPSG:32633", transform=Affine(10, 0, 5e5, 0, -10, 5e6), SPARSE_OK=True) | more
    with rasterio.open(path, "w", **profile) as target:
        for band, w, values in islands:
            at = rasterio.windows.Window(w.col, w.row, w.width, w.height)
            target.write(values.astype(profile["dtype"]), band, window=at)
    return path


def values(height: int, width: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).integers(2000, 9000, (height, width))


def ends(pixels: Array) -> list[float]:
    return [float(v) for v in np.percentile(pixels, (0.1, 99.9))]


BETWEEN = Window(row=512, col=512, height=200, width=200)  # in none of the 64 windows
CORNER = Window(row=HEIGHT - 3, col=WIDTH - 2, height=3, width=2)
SEAM = Window(row=1200, col=2040, height=90, width=90)  # in four pieces' windows


@pytest.mark.parametrize("island", [BETWEEN, CORNER, SEAM])
def test_the_value_map_is_of_the_valid_pixels_wherever_they_lie(tmp_path: Path, island: Window) -> None:
    assert all(w.cut(island).empty for w in sample_windows(Size(height=HEIGHT, width=WIDTH)))
    pixels = values(island.height, island.width)
    path = str(sparse(tmp_path / "in.tif", [(1, island, pixels)]))
    for part in ({}, {"window": (0, 0, 64, 64)}, {"window": (island.col, island.row, 2, 3)}):
        seen = info.examine(path, model="bicubic", **part).seen
        assert [*seen.values.lo, *seen.values.hi] == ends(pixels)
        assert seen.values.fill == (float(np.median(pixels)),)
        assert [c.text for c in seen.checks if c.name == "gaps"] == ["more than 99% of this raster has no data"]


def test_a_band_is_looked_for_on_its_own(tmp_path: Path) -> None:
    first, second = values(HEIGHT, 40, seed=1), values(200, 200, seed=2)
    column = Window(row=0, col=300, height=HEIGHT, width=40)  # which sampled windows meet
    path = sparse(tmp_path / "in.tif", [(1, column, first), (3, BETWEEN, second)], bands=3)
    seen = info.examine(str(path), model="bicubic").seen
    met = [w.cut(column) for w in sample_windows(Size(height=HEIGHT, width=WIDTH))]
    sampled = np.concatenate([first[w.row : w.stop_row].ravel() for w in met if not w.empty])
    assert (seen.values.lo[0], seen.values.hi[0]) == tuple(ends(sampled))
    assert (seen.values.lo[2], seen.values.hi[2]) == tuple(ends(second))
    assert (seen.values.lo[1], seen.values.hi[1]) == (0.0, 1.0)
    said = [c.text for c in seen.checks if c.name == "gaps"]
    assert "100% of band 2 has no data" in said and "more than 99% of band 3 has no data" in said


def test_a_few_sampled_pixels_are_not_taken_for_the_raster(tmp_path: Path) -> None:
    few, many = np.full((2, 2), 1), values(200, 200)
    at = sample_windows(Size(height=HEIGHT, width=WIDTH))[9]
    speck = Window(row=at.row, col=at.col, height=2, width=2)
    path = sparse(tmp_path / "in.tif", [(1, speck, few), (1, BETWEEN, many)])
    seen = info.examine(str(path), model="bicubic").seen
    assert 1990 < seen.values.lo[0] < 2100 and 8900 < seen.values.hi[0] < 9000


def test_no_data_is_said_where_all_was_read_and_nothing_is_there(tmp_path: Path) -> None:
    seen = info.examine(str(sparse(tmp_path / "in.tif", [])), model="bicubic").seen
    assert [c.text for c in seen.checks if c.name == "gaps"] == ["100% of this raster has no data"]
    assert seen.values.rule == "no valid pixel"


def test_the_scene_is_checked_where_its_pixels_are(tmp_path: Path) -> None:
    soft = values(64, 64).repeat(4, 0).repeat(4, 1)
    island = Window(row=512, col=512, height=256, width=256)
    seen = info.examine(str(sparse(tmp_path / "in.tif", [(1, island, soft)])), model="bicubic").seen
    assert any("enlarged 4 times by repeating pixels" in c.text for c in seen.checks)


def test_lazy_arrays_are_looked_at_as_their_files_are(tmp_path: Path) -> None:
    import rioxarray

    path = sparse(tmp_path / "in.tif", [(1, BETWEEN, values(200, 200))])
    lazy = rioxarray.open_rasterio(path, chunks={"x": 1024, "y": 1024})
    with pytest.warns(rs_sr.errors.GapsWarning, match="more than 99%"):
        made = rs_sr.super_resolve_array(lazy, model="bicubic")
    assert json.loads(made.attrs["RS_SR_VALUE_MAP"]) == json.loads(
        info.examine(str(path), model="bicubic").seen.values.to_json()
    )


@pytest.mark.parametrize("island", [BETWEEN, CORNER])
def test_what_a_network_pools_is_collected_where_pixels_are(tmp_path: Path, island: Window) -> None:
    path = sparse(tmp_path / "in.tif", [(1, island, values(island.height, island.width))])
    with Source(str(path)) as source:
        (known,) = take(source, (1,))
        (windows,) = held.calibration_windows(source, [(1,)], [known.places])
    assert 1 <= len(windows) <= held.MOST
    for window in windows:
        assert not window.cut(island).empty
        assert Size(height=HEIGHT, width=WIDTH).window.contains(window)
        assert (window.height, window.width) == (96, 96)


def test_pieces_cover_a_raster_once_and_lie_apart() -> None:
    size = Size(height=9000, width=13000)
    found = np.zeros((9000, 13000), np.uint8)
    for piece in pieces(size):
        found[piece.within(size.window)] += 1
    assert (found == 1).all()
    for one, other in zip(pieces(size), pieces(size)[1:], strict=False):
        assert one.pad(1).cut(other).empty


class Counted:
    """A made-up raster that counts what is read of it."""

    def __init__(self, size: Size, bands: int, empty: bool = False) -> None:
        self.empty, self.reads, self.together = empty, Counter[tuple[Window, int]](), 0
        self.facts = Facts(
            path="made.tif", driver="GTiff", size=size, mask="none", transform=None, crs=None, block=size, gsd_m=None,
            bands=tuple(
                Band(i + 1, "float32", 0.0 if empty else None, "", "undefined", "", 1.0, 0.0, False)
                for i in range(bands)
            ),
            files=(),
        )  # fmt: skip

    def read(self, window: Window, bands: tuple[int, ...]) -> Block:
        self.reads.update((window, b) for b in bands)
        self.together = max(self.together, len(bands))
        rng = np.random.default_rng([window.row, window.col])
        pixels = rng.random((len(bands), window.height, window.width), np.float32)
        return Block(pixels, np.full(pixels.shape, not self.empty), None)

    def read_each(self, windows: Any, bands: tuple[int, ...]) -> Iterator[Block]:
        return (self.read(window, bands) for window in windows)


def planned(source: Counted, **options: Any) -> Plan:
    chosen = Options.of({"model": "bicubic"} | options)
    return make_plan(source, "out.tif", chosen)


def peak(work: Callable[[], Any]) -> int:
    """Bytes that were there at once, as Python and numpy tell."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_bands_are_read_together_and_each_window_once() -> None:
    source = Counted(Size(height=600, width=600), 24)
    plan = planned(source)
    survey(plan, source)
    assert source.together == plan.together == 24
    assert set(source.reads.values()) == {1} and len(source.reads) == 9 * 24


@pytest.mark.parametrize(("bands", "together"), [(1, 1), (5, 4), (9, 4), (20, 4)])
def test_samples_of_a_few_bands_at_most_are_there_at_once(bands: int, together: int) -> None:
    source = Counted(Size(height=512, width=512), bands)
    plan = planned(source)
    plan = dataclasses.replace(plan, together=together)
    one_band = 512 * 512 * 4
    look = 12 * one_band  # at the edges of one window of one band, whatever the number of bands
    assert peak(lambda: survey(plan, source)) < 2 * together * one_band + look
    assert source.together == together and set(source.reads.values()) == {1}


def test_the_plan_samples_within_the_memory_of_its_tiles() -> None:
    for bands in (1, 3, 13, 60, 240, 300):
        plan = planned(Counted(Size(height=4096, width=4096), bands), memory="1GB")
        assert plan.memory <= 10**9
        samples = plan.together * (64 + 16) * 256 * 256 * 4
        assert samples <= plan.memory or plan.together == 1
        assert -(-bands // plan.together) <= 25  # times that a file of bands side by side is gone through


def test_batches_keep_groups_whole_and_in_order() -> None:
    groups = ((2, 1, 0), (3,), (4,), (5,))
    assert list(batches(groups, 2)) == [[(2, 1, 0)], [(3,), (4,)], [(5,)]]
    assert list(batches(groups, 4)) == [[(2, 1, 0), (3,)], [(4,), (5,)]]
    assert list(batches(groups, 99)) == [list(groups)]


def test_an_empty_raster_is_read_in_bounded_memory_and_can_be_left() -> None:
    source = Counted(Size(height=6000, width=6000), 2, empty=True)
    plan = planned(source)
    assert peak(lambda: survey(plan, source)) < (plan.together * 65 + 8) * 256 * 256 * 4
    windows = {w for w, _ in source.reads}
    whole = sample_windows(Size(height=6000, width=6000), most=10**6)
    assert sum(w.size.pixels for w in windows) >= sum(w.size.pixels for w in whole)

    shares: list[float] = []

    def told(share: float) -> None:
        shares.append(share)
        if len(shares) == 100:
            raise KeyboardInterrupt

    source = Counted(Size(height=6000, width=6000), 2, empty=True)
    with pytest.raises(KeyboardInterrupt):
        survey(plan, source, told=told)
    assert len({w for w, _ in source.reads}) <= 100 and max(shares) <= 1


def test_agreement_of_many_bands_takes_the_memory_of_few() -> None:
    rng = np.random.default_rng(0)

    def add(bands: int) -> int:
        coarse = rng.integers(1, 200, (bands, 64, 64), np.uint8)
        fine, valid = coarse.repeat(2, 1).repeat(2, 2), np.ones(coarse.shape, bool)
        found = Agreement(2, "area", (200.0,) * bands, None)
        taken = peak(lambda: found.add(list(fine), list(coarse), list(valid)))
        assert found.result()["mean_error"] == [0.0] * bands
        assert found.result()["angle_deg"] == pytest.approx(0, abs=1e-4)
        return taken

    few, many = add(4), add(64)
    assert many - few < 60 * 64 * 64 * 2  # what is valid of each band, and little more


@pytest.mark.parametrize(("bands", "apart"), [(3, False), (13, False), (300, True)])
def test_bands_that_would_make_huge_blocks_are_kept_apart(tmp_path: Path, bands: int, apart: bool) -> None:
    path = tmp_path / "in.tif"
    pixels = np.random.default_rng(0).random((bands, 20, 20), np.float32)
    with rasterio.open(path, "w", driver="GTiff", height=20, width=20, count=bands, dtype="float32") as target:
        target.write(pixels)
    rs_sr.super_resolve(path, tmp_path / "out.tif", model="nearest", scale=2)
    with rasterio.open(tmp_path / "out.tif") as made:
        assert (made.interleaving == rasterio.enums.Interleaving.band) is apart
        np.testing.assert_array_equal(made.read(), pixels.repeat(2, 1).repeat(2, 2))
    rs_sr.super_resolve(path, tmp_path / "cog.tif", model="nearest", scale=2, cog=True)
    with rasterio.open(tmp_path / "cog.tif") as made:
        height, width = made.block_shapes[0]
        assert height * width * bands * 4 <= 32 << 20
        np.testing.assert_array_equal(made.read(), pixels.repeat(2, 1).repeat(2, 2))
