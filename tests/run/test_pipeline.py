"""A run as a whole: seams, parts, bands, values, masks, areas, refusals, journals."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from rio_cogeo import cog_validate

import rs_sr
from rs_sr.errors import (
    Cancelled,
    GsdWarning,
    MemoryBudgetError,
    ModelError,
    RequestError,
    SourceError,
    TargetError,
    ValueWarning,
)
from rs_sr.pixels.kernels import enlarge
from rs_sr.raster.workspace import Workspace
from rs_sr.run import pipeline
from rs_sr.runtime import loaded as loaded_models
from tests.conftest import Make, mirrored, pattern, small_lkdn
from tests.gate import PATIENCE_S, TILE, Hold

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


@pytest.fixture(autouse=True)
def nothing_bundled(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a model these runs are bicubic, whose answer is known."""
    empty = tmp_path_factory.mktemp("bundled")
    monkeypatch.setattr("rs_sr.models.catalogue.bundled_folder", lambda: empty)


def read(path: Path) -> np.ndarray[Any, Any]:
    with rasterio.open(path) as dataset:
        return np.asarray(dataset.read())


def run(source: Path, target: Path, **options: Any) -> np.ndarray[Any, Any]:
    rs_sr.super_resolve(source, target, **options)
    return read(target)


def leftovers(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".")]


# Seams


@pytest.mark.parametrize("tile", [128, 256])
def test_tiles_at_the_exact_halo_equal_the_whole_image(make: Make, tmp_path: Path, tile: int) -> None:
    model = small_lkdn(tmp_path, blocks=2)
    pixels = pattern(3, 300, 290, "float32") / 100
    source = make("in.tif", pixels)
    tiled = run(source, tmp_path / "t.tif", model=str(model), tile=tile, halo="exact", range=(0, 1))
    whole = mirrored(rs_sr.load_model(str(model)), pixels)
    assert np.abs(tiled - whole).max() < 1e-5 * np.ptp(whole)


def test_a_halo_one_pixel_short_shows(make: Make, tmp_path: Path) -> None:
    model = small_lkdn(tmp_path, blocks=1)
    loaded = rs_sr.load_model(str(model))
    assert loaded.card.halo.exact == 15
    import torch

    module = loaded.module
    assert module is not None
    image = torch.rand(1, 3, 90, 80, dtype=torch.float64)
    with torch.no_grad():
        whole = module.double()(image)
        exact = module(image[..., 64 - 15 :, 64 - 15 :])[..., 30:, 30:] - whole[..., 128:, 128:]
        short = module(image[..., 64 - 14 :, 64 - 14 :])[..., 28:, 28:] - whole[..., 128:, 128:]
    assert exact.abs().max() < 1e-12 < short.abs().max()


def test_tiles_equal_the_whole_beside_masks(make: Make, tmp_path: Path) -> None:
    model = small_lkdn(tmp_path, blocks=1)
    pixels = pattern(3, 270, 280, "float32") / 100
    pixels[0, 100:180, 90:200] = -1
    pixels[:, 120:140, 120:135] = -1
    pixels[:, :3] = -1
    source = make("in.tif", pixels, nodata=-1)
    options: dict[str, Any] = dict(model=str(model), halo="exact", range=(0, 1))
    small = run(source, tmp_path / "s.tif", tile=128, **options)
    whole = run(source, tmp_path / "w.tif", tile=512, **options)
    np.testing.assert_array_equal(small == -1, (pixels == -1).repeat(2, 1).repeat(2, 2))
    assert np.abs(small - whole).max() < 1e-5 * np.ptp(whole)


@pytest.mark.parametrize("model", ["bicubic", "lanczos"])
def test_the_tile_never_changes_resampling(make: Make, tmp_path: Path, model: str) -> None:
    source = make("in.tif", pattern(2, 300, 400, "uint16"))
    small = run(source, tmp_path / "s.tif", model=model, scale=3, tile=128)
    np.testing.assert_array_equal(small, run(source, tmp_path / "w.tif", model=model, scale=3, tile=512))


def test_bicubic_is_the_formula(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 60, 70, "uint8")
    want = np.clip(np.floor(enlarge(pixels.astype(np.float64), 4, "bicubic") + 0.5), 0, 255)
    got = run(make("in.tif", pixels), tmp_path / "out.tif", scale=4)
    assert (np.abs(got - want) > 0).mean() < 1e-3 and np.abs(got - want).max() <= 1


# Parts


@pytest.mark.parametrize("window", [(0, 0, 50, 60), (100, 130, 177, 90), (299, 259, 1, 1)])
def test_a_window_equals_that_part_of_the_whole_to_the_bit(
    make: Make, tmp_path: Path, window: tuple[int, int, int, int]
) -> None:
    model = small_lkdn(tmp_path)
    pixels = pattern(3, 260, 300, "uint16")
    pixels[:, 140:160, 120:180] = 0
    source = make("in.tif", pixels, nodata=0)
    whole = run(source, tmp_path / "w.tif", model=str(model), tile=128)
    part = run(source, tmp_path / "p.tif", model=str(model), tile=128, window=window)
    col, row, width, height = (2 * v for v in window)
    np.testing.assert_array_equal(part, whole[:, row : row + height, col : col + width])
    with rasterio.open(source) as a, rasterio.open(tmp_path / "p.tif") as b:
        assert b.transform @ (0, 0) == pytest.approx(a.transform @ (window[0], window[1]))


def test_a_bounding_box_is_widened_to_whole_pixels_in_any_crs(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 60, 80, "uint8"))
    box = (500105, 5399705, 500195, 5399895)  # columns 10.5 to 19.5, rows 10.5 to 29.5
    result = rs_sr.super_resolve(source, tmp_path / "a.tif", bbox=box)
    assert (result.plan.part.col, result.plan.part.row) == (10, 10)
    assert (result.plan.part.width, result.plan.part.height) == (10, 20)
    from rasterio.warp import transform_bounds

    there = transform_bounds("EPSG:32633", "EPSG:4326", *box)
    other = rs_sr.super_resolve(source, tmp_path / "b.tif", bbox=there, bbox_crs="EPSG:4326")
    assert other.plan.part.cut(result.plan.part) == result.plan.part
    for options, words in (
        ({"bbox": (0, 0, 1, 1)}, "does not meet the raster"),
        ({"bbox": (1, 0, 0, 1)}, "is empty"),
        ({"window": (70, 0, 20, 5)}, "leaves the raster, which is 80 wide and 60 high"),
        ({"bbox": box, "bbox_crs": "EPSG:99999999"}, "bbox_crs='EPSG:99999999' is unknown"),
    ):
        with pytest.raises(RequestError, match=words):
            rs_sr.super_resolve(source, tmp_path / "c.tif", **options)


@pytest.mark.parametrize("form", ["nodata", "alpha", "mask"])
def test_outside_the_area_of_interest_is_blank_and_inside_is_the_whole_run(
    make: Make, tmp_path: Path, form: str
) -> None:
    geopandas = pytest.importorskip("geopandas", reason="--aoi needs the extra aoi")
    from shapely.geometry import Polygon

    pixels = pattern(4 if form == "alpha" else 3, 60, 80, "uint8")
    if form == "alpha":
        pixels[3] = 255
    more: dict[str, Any] = {"nodata": {"nodata": 0}, "alpha": {"photometric": "RGB", "alpha": "YES"}, "mask": {}}[form]
    source = make("in.tif", np.maximum(pixels, 1), **more)
    shape = Polygon([(500100, 5399900), (500400, 5399900), (500100, 5399500)])
    fields = tmp_path / "fields.gpkg"
    geopandas.GeoDataFrame(geometry=[shape], crs="EPSG:32633").to_crs("EPSG:4326").to_file(fields)
    whole = run(source, tmp_path / "w.tif")
    rs_sr.super_resolve(source, tmp_path / "a.tif", aoi=str(fields))
    with rasterio.open(tmp_path / "a.tif") as out:
        col, row = (round(v) for v in ~rasterio.open(tmp_path / "w.tif").transform @ (out.bounds.left, out.bounds.top))
        inside = out.dataset_mask() > 0
        got = out.read()
        np.testing.assert_array_equal(
            got[:3][:, inside], whole[:3, row : row + out.height, col : col + out.width][:, inside]
        )
        assert 0.5 < inside.mean() < 0.65, "a triangle is half of its box, and every pixel it touches"
    blocks = inside.reshape(out.height // 2, 2, out.width // 2, 2)
    assert (blocks.all((1, 3)) == blocks.any((1, 3))).all(), "snapped to input pixels"


# Bands


def test_bands_are_chosen_and_ordered_by_number_and_description(make: Make, tmp_path: Path) -> None:
    pixels = pattern(4, 20, 30, "uint8")
    source = make("in.tif", pixels)
    with rasterio.open(source, "r+") as dataset:
        dataset.descriptions = ("blue", "green", "red", "nir")
    got = run(source, tmp_path / "a.tif", model="nearest", scale=2, bands="4,1,3")
    np.testing.assert_array_equal(got, pixels[[3, 0, 2]].repeat(2, 1).repeat(2, 2))
    np.testing.assert_array_equal(run(source, tmp_path / "b.tif", model="nearest", bands=("NIR", "blue", "red")), got)
    with rasterio.open(source, "r+") as dataset:
        dataset.descriptions = ("B2 blue", "B3 green", "B4 red", "band 8")
    np.testing.assert_array_equal(run(source, tmp_path / "d.tif", model="nearest", bands=("4", "B2", "b4")), got)
    with pytest.raises(RequestError, match=r"band 5 asked for, .*in.tif has 4 bands"):
        rs_sr.super_resolve(source, tmp_path / "c.tif", bands="5")
    with pytest.raises(RequestError, match="names a band twice"):
        rs_sr.super_resolve(source, tmp_path / "c.tif", bands="1,1")


def test_blue_green_red_goes_through_a_colour_model_as_red_green_blue(make: Make, tmp_path: Path) -> None:
    model = small_lkdn(tmp_path)
    pixels = pattern(3, 40, 50, "uint8")
    rgb = run(make("rgb.tif", pixels, photometric="RGB"), tmp_path / "a.tif", model=str(model))
    source = make("bgr.tif", pixels[::-1].copy())
    with rasterio.open(source, "r+") as dataset:
        dataset.descriptions = ("blue", "green", "red")
    np.testing.assert_array_equal(run(source, tmp_path / "b.tif", model=str(model)), rgb[::-1])


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("colour", [(200, 60, 40), (255, 0, 0), (0, 0, 0), (255, 255, 255)])
def test_one_colour_stays_that_colour_up_to_the_raster_s_edge(
    make: Make, tmp_path: Path, colour: tuple[int, ...], scale: int
) -> None:
    """To a grey level, with the default models."""
    flat = np.broadcast_to(np.array(colour, np.uint8)[:, None, None], (3, 90, 100)).copy()
    fine = run(make("in.tif", flat, photometric="RGB"), tmp_path / "o.tif", scale=scale, tile=64)
    assert np.abs(fine.astype(int) - np.array(colour)[:, None, None]).max() <= 1


def test_six_bands_through_a_three_band_model_go_one_by_one(make: Make, tmp_path: Path) -> None:
    model = small_lkdn(tmp_path)
    pixels = pattern(6, 30, 40, "uint8")
    result = rs_sr.super_resolve(make("in.tif", pixels), tmp_path / "out.tif", model=str(model))
    assert "6 bands, a 3-band model: band by band, each seen 3 times and averaged" in result.plan.notes
    network = rs_sr.load_model(str(model))
    got = read(tmp_path / "out.tif")
    for plane, fine in zip(pixels, got, strict=True):
        want = mirrored(network, plane[None].repeat(3, 0) / np.float32(255)).mean(0) * 255
        assert np.abs(np.clip(np.floor(want + 0.5), 0, 255) - fine).max() <= 1
    with rasterio.open(tmp_path / "out.tif") as out:
        assert "band by band" in out.tags()["RS_SR_BANDS"]


def test_red_green_blue_and_infrared_split_into_colours_and_the_rest(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(4, 30, 40, "uint16"))
    with rasterio.open(source, "r+") as dataset:
        dataset.descriptions = ("nir", "red", "green", "blue")
    result = rs_sr.super_resolve(source, tmp_path / "out.tif", model=str(small_lkdn(tmp_path)))
    assert result.plan.groups == ((1, 2, 3), (0,))


def test_a_model_for_other_bands_or_another_scale_is_refused_with_the_cure(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 30, 40, "uint8"))
    with pytest.raises(RequestError, match=r"is for 4 bands, .* gives 3; choose 4 with bands"):
        rs_sr.super_resolve(source, tmp_path / "out.tif", model=str(small_lkdn(tmp_path, bands=4)))
    with pytest.raises(RequestError, match="2 times finer, scale asks for 4; leave scale out"):
        rs_sr.super_resolve(source, tmp_path / "out.tif", model=str(small_lkdn(tmp_path)), scale=4)
    with pytest.raises(ModelError, match="model bicubik is unknown; did you mean bicubic"):
        rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubik")


# Values


def test_like_takes_the_map_of_an_earlier_result(make: Make, tmp_path: Path) -> None:
    first = make("a.tif", pattern(1, 80, 80, "uint16"))
    second = make("b.tif", pattern(1, 80, 80, "uint16", seed=9) // 3)
    one = rs_sr.super_resolve(first, tmp_path / "one.tif")
    two = rs_sr.super_resolve(second, tmp_path / "two.tif", like=str(tmp_path / "one.tif"))
    assert two.values == one.values
    with pytest.raises(RequestError, match="tells nothing to like: it has no value map"):
        rs_sr.super_resolve(second, tmp_path / "three.tif", like=str(first))


def test_valid_pixels_that_land_on_nodata_move_one_step(make: Make, tmp_path: Path) -> None:
    pixels = np.full((1, 40, 40), 3, np.uint8)
    pixels[0, 20:] = 250
    got = run(make("in.tif", pixels, nodata=0), tmp_path / "out.tif", scale=2)
    assert got.min() == 1, "bicubic undershoots to 0, which would be nodata"


def test_dtype_is_changed_on_request_and_saturates(make: Make, tmp_path: Path) -> None:
    pixels = np.array([[[0, 200, 300, 65535]]], np.uint16).repeat(4, 1)
    source = make("in.tif", pixels)
    with pytest.warns(
        ValueWarning, match=r"% of the values of band 1 lie beyond uint8 \(0 to 255\) and are cut off there"
    ):
        assert run(source, tmp_path / "a.tif", model="nearest", dtype="uint8").max() == 255
    assert run(source, tmp_path / "b.tif", model="nearest", dtype="float32").max() == 65535
    nodata = make("n.tif", pixels.astype(np.float32), nodata=float("nan"))
    with pytest.raises(RequestError, match=r'nan does not fit into uint8; choose another dtype, or nodata="none"'):
        rs_sr.super_resolve(nodata, tmp_path / "c.tif", dtype="uint8")
    small = make("s.tif", pattern(1, 9, 9, "int16"), nodata=-9999)
    with pytest.raises(RequestError, match="-9999 does not fit into uint8"):
        rs_sr.super_resolve(small, tmp_path / "c.tif", dtype="uint8")


def test_a_nodata_value_can_be_given_or_taken_away(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 40, 40, "uint8")
    pixels[0, :5] = 9
    given = make("in.tif", pixels)
    rs_sr.super_resolve(given, tmp_path / "a.tif", nodata="9")
    with rasterio.open(tmp_path / "a.tif") as out:
        assert out.nodata == 9 and (out.read(1)[:10] == 9).all()
    had = make("had.tif", pixels, nodata=9)
    rs_sr.super_resolve(had, tmp_path / "b.tif", nodata="none")
    with rasterio.open(tmp_path / "b.tif") as out:
        assert out.nodata is None
    with pytest.raises(RequestError, match="nodata='x' is not a number"):
        rs_sr.super_resolve(had, tmp_path / "c.tif", nodata="x")


def test_mercator_s_metres_are_not_the_ground_s(make: Make) -> None:
    from rs_sr.raster.source import Source

    place = Affine(2, 0, 1_670_000, 0, -2, 8_400_000)  # 60 degrees north
    with Source(str(make("m.tif", pattern(1, 20, 20, "uint8"), crs="EPSG:3857", transform=place))) as source:
        assert source.facts.gsd_m == pytest.approx(1.0, rel=0.01)
    with Source(str(make("u.tif", pattern(1, 20, 20, "uint8"), crs="EPSG:32633", transform=place))) as source:
        assert source.facts.gsd_m == 2


def test_a_far_ground_sampling_distance_is_a_word_and_never_a_refusal(make: Make, tmp_path: Path) -> None:
    from dataclasses import replace

    from rs_sr.models import store

    path = small_lkdn(tmp_path)
    card, tensors = store.read(path)
    store.write(path, replace(card, gsd_m=(0.3, 0.3)), tensors)
    with pytest.warns(GsdWarning, match=r"pixels of 5 m, small_x2 was trained for 0.3 m: expect less sharpening"):
        rs_sr.super_resolve(make("in.tif", pattern(3, 9, 9, "uint8")), tmp_path / "out.tif", model=str(path))


# The file


def test_a_cog_is_valid_and_equal(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 300, 400, "uint8"), nodata=0)
    plain = run(source, tmp_path / "a.tif", scale=2)
    np.testing.assert_array_equal(run(source, tmp_path / "b.tif", scale=2, cog=True), plain)
    assert cog_validate(tmp_path / "b.tif")[0]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif", "b.tif", "in.tif"]
    with rasterio.open(tmp_path / "b.tif") as out:
        assert out.tags()["RS_SR_MODEL"] == "bicubic" and out.nodata == 0


@pytest.mark.parametrize("compress", ["zstd", "deflate", "lzw", "none"])
def test_each_compression(make: Make, tmp_path: Path, compress: str) -> None:
    rs_sr.super_resolve(make("in.tif", pattern(1, 40, 40, "float32")), tmp_path / "o.tif", compress=compress)
    with rasterio.open(tmp_path / "o.tif") as out:
        assert (out.compression.name if out.compression else "none") == compress
        assert out.tags(ns="IMAGE_STRUCTURE").get("PREDICTOR") == (None if compress == "none" else "3")


def test_overviews_above_4096_pixels_and_creation_options(make: Make, tmp_path: Path) -> None:
    rs_sr.super_resolve(make("in.tif", np.ones((1, 20, 2100), np.uint8)), tmp_path / "o.tif", co=("COMPRESS=LZW",))
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.overviews(1)[0] == 2 and out.compression.name == "lzw"


def test_the_tags_say_how_to_make_it_again(make: Make, tmp_path: Path) -> None:
    import shlex

    from rs_sr.doors import cli

    source = make("in.tif", pattern(2, 40, 40, "uint16"))
    first = run(source, tmp_path / "o.tif", scale=3, bands="2,1", range=(5, 60000), window=(3, 4, 20, 21))
    with rasterio.open(tmp_path / "o.tif") as out:
        command = shlex.split(out.tags()["RS_SR_COMMAND"])
    assert command[:2] == ["rs-sr", "super-resolve"]
    command[3] = str(tmp_path / "again.tif")
    assert cli.run(command[1:]) == 0
    np.testing.assert_array_equal(read(tmp_path / "again.tif"), first)


def test_refusals_to_write(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 20, 20, "uint8"))
    (tmp_path / "there.tif").write_bytes(b"mine")
    (tmp_path / "link.tif").symlink_to(source)
    vrt = tmp_path / "in.vrt"
    vrt.write_text(
        '<VRTDataset rasterXSize="20" rasterYSize="20"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        f"<SourceFilename>{source}</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    before = source.read_bytes()
    for given, target, more, words in (
        (source, "there.tif", {}, "there.tif exists; give another name or overwrite"),
        (source, "in.tif", {"overwrite": True}, "is the input itself"),
        (source, "link.tif", {"overwrite": True}, "is the input itself"),
        (vrt, "in.tif", {"overwrite": True}, "is the input itself or a file it reads"),
        (source, "no/such/o.tif", {}, "the folder .* does not exist; make it first"),
        (source, "o.png", {}, "o.png has no ending that rs-sr writes; choose one: .tif"),
    ):
        with pytest.raises(TargetError, match=words):
            rs_sr.super_resolve(given, tmp_path / target, **more)  # type: ignore[arg-type]
    assert source.read_bytes() == before and (tmp_path / "there.tif").read_bytes() == b"mine"
    assert not leftovers(tmp_path)
    rs_sr.super_resolve(source, tmp_path / "there.tif", overwrite=True)
    assert read(tmp_path / "there.tif").shape == (1, 40, 40)


def test_a_budget_too_small_for_one_tile_is_refused_and_a_small_one_gives_small_tiles(
    make: Make, tmp_path: Path
) -> None:
    source = make("in.tif", pattern(3, 900, 900, "uint8"))
    with pytest.raises(MemoryBudgetError, match=r'one tile of 128 pixels needs .*; give memory="\d+MB"'):
        rs_sr.super_resolve(source, tmp_path / "o.tif", memory="10MB")
    roomy = rs_sr.super_resolve(source, tmp_path / "a.tif", memory="4GB").plan
    tight = rs_sr.super_resolve(source, tmp_path / "b.tif", memory=str(roomy.memory - 1)).plan
    assert tight.core < roomy.core and tight.memory < roomy.memory


# Cancel and resume


def test_a_cancel_is_obeyed_though_the_work_is_stuck_and_leaves_nothing(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, hold = make("in.tif", pattern(3, 400, 400, "uint8")), Hold(monkeypatch, through=2)
    with pytest.raises(Cancelled):
        rs_sr.super_resolve(source, tmp_path / "o.tif", tile=128, is_cancelled=hold.held.is_set)
    assert not (tmp_path / "o.tif").exists() and not leftovers(tmp_path)
    hold.let()  # what was stuck goes on, and still leaves nothing
    assert not (tmp_path / "o.tif").exists() and not leftovers(tmp_path)


def test_a_run_that_is_done_before_it_hears_of_the_cancel_is_done(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled, clearing = threading.Event(), threading.Event()
    commit, abandon = Workspace.commit, pipeline._Run.abandon

    def slowly(self: Workspace, **more: Any) -> None:
        commit(self, **more)
        cancelled.set()
        assert clearing.wait(PATIENCE_S)

    def told(self: Any) -> None:
        clearing.set()
        abandon(self)

    monkeypatch.setattr(Workspace, "commit", slowly)
    monkeypatch.setattr(pipeline._Run, "abandon", told)
    monkeypatch.setattr(pipeline, "GRACE_S", 0)
    target = tmp_path / "o.tif"
    result = rs_sr.super_resolve(make("in.tif", pattern(1, 40, 40, "uint8")), target, is_cancelled=cancelled.is_set)
    assert result.target == str(target) and read(target).shape == (1, 80, 80) and not leftovers(tmp_path)


@pytest.mark.parametrize("place", [TILE, "rs_sr.run.pipeline:survey", "rs_sr.run.pipeline:make_plan"])
def test_an_interrupt_anywhere_stops_the_work_and_leaves_nothing(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """As Ctrl-C in a notebook."""
    source, hold = make("in.tif", pattern(3, 400, 400, "uint8")), Hold(monkeypatch, place)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def press() -> None:
        assert hold.held.wait(PATIENCE_S)
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            rs_sr.super_resolve(source, tmp_path / "o.tif", tile=128)
    finally:
        presser.join()
        signal.signal(signal.SIGINT, before)
    hold.let()
    assert leftovers(tmp_path) == [] and not (tmp_path / "o.tif").exists()


def test_a_resumed_run_completes_to_the_same_bytes_and_only_with_the_same_options(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make("in.tif", pattern(3, 300, 300, "uint8"), nodata=0)
    model = small_lkdn(tmp_path)
    options: dict[str, Any] = dict(model=str(model), tile=128)
    rs_sr.super_resolve(source, tmp_path / "whole.tif", resume=True, **options)
    hold = Hold(monkeypatch, through=4)
    with pytest.raises(Cancelled):
        rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, is_cancelled=hold.held.is_set, **options)
    hold.let()
    kept = list((tmp_path / ".o.tif.rs-sr-resume").glob("tile-*"))
    assert kept and not (tmp_path / "o.tif").exists()
    with pytest.raises(TargetError, match="keeps tiles of another run"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, range=(0, 9), **options)
    rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, **options)
    np.testing.assert_array_equal(read(tmp_path / "o.tif"), read(tmp_path / "whole.tif"))
    assert not leftovers(tmp_path)


def test_a_run_that_was_killed_before_its_first_tile_holds_no_other_options_back(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 40, 40, "uint8"))
    (tmp_path / ".o.tif.rs-sr-resume").mkdir()
    (tmp_path / ".o.tif.rs-sr-resume" / "run.json").write_text('{"model": "another"}')
    rs_sr.super_resolve(source, tmp_path / "o.tif", model="bicubic", resume=True)
    assert not leftovers(tmp_path)


def test_runs_one_after_another_load_their_model_once(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, loaded = make("in.tif", pattern(3, 20, 20, "uint8")), []
    real = loaded_models.choose
    monkeypatch.setattr(loaded_models, "choose", lambda entry, *rest: loaded.append(entry) or real(entry, *rest))
    one, other = (str(small_lkdn(tmp_path, blocks=n)) for n in (1, 2))
    own = {"model": one, "threads": 2}
    for name, options in enumerate(({"model": "bicubic"}, own, own, own | {"threads": 1}, {"model": other})):
        rs_sr.super_resolve(source, tmp_path / f"{name}.tif", **options)
    names = [str(entry.path or entry.card.name) for entry in loaded]
    assert names[-3:] == [one, one, other]
    assert names[:-3] in ([], ["bicubic"])  # which may have been at hand


def test_the_plan_says_what_the_run_then_uses(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 20, 20, "uint8"))
    own = {"model": str(small_lkdn(tmp_path))}
    for number, options in enumerate(({"model": "bicubic"}, own, own | {"precision": "f32", "threads": 1})):
        result = rs_sr.super_resolve(source, tmp_path / f"{number}.tif", **options)
        chosen, ran = result.plan.execution, result.ran
        assert (ran.engine, ran.device, ran.precision) == (chosen.engine, chosen.device, chosen.precision)
        assert f"\nengine {chosen}\n" in str(result.plan)


def test_values_that_break_a_network_are_named_and_nothing_is_written(make: Make, tmp_path: Path) -> None:
    pixels = pattern(3, 20, 20, "float32")
    pixels[0, 4, 4] = 3e38
    with pytest.raises(RequestError, match=r"gives no numbers near column 0, row 0.*give range="):
        rs_sr.super_resolve(
            make("in.tif", pixels), tmp_path / "o.tif", model=str(small_lkdn(tmp_path)), range=(0, 1e-6)
        )
    assert not (tmp_path / "o.tif").exists() and not leftovers(tmp_path)


def test_a_nodata_value_of_another_type_is_refused_and_blocks_of_a_cog_may_be_chosen(
    make: Make, tmp_path: Path
) -> None:
    source = make("in.tif", pattern(3, 40, 40, "uint8"), nodata=0)
    with pytest.raises(RequestError, match="nodata=300 cannot occur in uint8"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", nodata="300")
    rs_sr.super_resolve(source, tmp_path / "c.tif", cog=True, co=("BLOCKSIZE=256",))
    with rasterio.open(tmp_path / "c.tif") as out:
        assert out.block_shapes[0] == (80, 80) or out.block_shapes[0] == (256, 256)


@pytest.mark.parametrize("mask", [False, True])
def test_nan_gaps_are_never_lost_in_an_integer_type(make: Make, tmp_path: Path, mask: bool) -> None:
    pixels = pattern(2, 40, 40, "float32") + 200
    pixels[:, 5:9, 6:8] = np.nan
    source = make("in.tif", pixels)
    if mask:
        with rasterio.open(source, "r+") as dataset:
            dataset.write_mask(np.isfinite(pixels[0]))
        rs_sr.super_resolve(source, tmp_path / "m.tif", dtype="uint16", model="bicubic")
        with rasterio.open(tmp_path / "m.tif") as result:
            np.testing.assert_array_equal(result.dataset_mask()[::2, ::2] > 0, np.isfinite(pixels[0]))
        return
    with pytest.raises(RequestError, match="has NaN where it has no data, which uint16 cannot hold; give nodata"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", dtype="uint16", model="bicubic")
    assert not (tmp_path / "o.tif").exists()
    rs_sr.super_resolve(source, tmp_path / "o.tif", dtype="uint16", nodata="0", model="bicubic")
    np.testing.assert_array_equal(read(tmp_path / "o.tif")[:, ::2, ::2] == 0, np.isnan(pixels))


@pytest.mark.parametrize("name", ["in.tif", "in.tif.aux.xml"])
def test_an_input_that_is_written_meanwhile_is_said_and_nothing_is_left(
    name: str, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, look = make("in.tif", pattern(1, 40, 50, "uint8")), tmp_path / "out" / "out.tif", pipeline.survey
    target.parent.mkdir()
    (tmp_path / "in.tif.aux.xml").write_text("<PAMDataset/>")  # which QGIS writes when it shows a raster

    def meanwhile(*given: Any) -> Any:
        os.utime(source.with_name(name), ns=(1, 1))
        return look(*given)

    monkeypatch.setattr(pipeline, "survey", meanwhile)
    if name != source.name:
        assert run(source, target).shape == (1, 80, 100)
        return
    with pytest.raises(SourceError, match=r"in\.tif changed while it was read; run again when nothing writes to it"):
        rs_sr.super_resolve(source, target)
    assert list(target.parent.iterdir()) == []
