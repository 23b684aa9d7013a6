"""Zarr stores and folders of tiles hold what the GeoTIFF holds, in the same place."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
import rasterio
import xarray as xr

import rs_sr
from rs_sr.doors.cli import run
from rs_sr.errors import MetadataWarning, RequestError, RsSrWarning, SourceError, TargetError
from rs_sr.options import Options
from rs_sr.pixels.grid import Window
from rs_sr.raster import formats
from rs_sr.raster.facts import Facts
from rs_sr.raster.layout import Format, Layout
from rs_sr.raster.metadata import scale_transform
from rs_sr.raster.source import Source
from rs_sr.raster.workspace import Workspace
from tests.conftest import SHARED, Make, pattern
from tests.gate import Hold

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.RsSrWarning", "ignore::rasterio.errors.NotGeoreferencedWarning")
BESIDE = [row for row in formats.FORMATS if row not in (formats.GEOTIFF, formats.COG)]
KINDS = [row.endings[0] for row in BESIDE]
KEEPING = [row.endings[0] for row in BESIDE if row.keeps]


def opened(target: Path) -> Path:
    return target / "image.vrt" if target.suffix == ".zarr" else target


def same(target: Path, plain: Path) -> None:
    with rasterio.open(opened(target)) as made, rasterio.open(plain) as want:
        np.testing.assert_array_equal(made.read(), want.read())
        np.testing.assert_array_equal(made.read_masks(), want.read_masks())
        for fact in ("crs", "transform", "descriptions", "colorinterp", "scales", "offsets", "units", "dtypes"):
            assert getattr(made, fact) == getattr(want, fact), fact
        np.testing.assert_equal(made.nodata, want.nodata)
        assert made.tags()["RS_SR_VALUE_MAP"] == want.tags()["RS_SR_VALUE_MAP"]
        assert made.tags()["RS_SR_CONSISTENCY"] == want.tags()["RS_SR_CONSISTENCY"]


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize(
    "name",
    ["landsat_rgb_utm", "aerial_rgb_internal_mask", "int16_scale_offset", "float32_nodata0_with_nan", "rotated_no_crs"],
)
def test_every_format_holds_the_same(shared_data: Path, tmp_path: Path, name: str, suffix: str) -> None:
    source = SHARED / "rasters" / f"{name}.tif"
    for target in (tmp_path / "plain.tif", tmp_path / f"made{suffix}"):
        rs_sr.super_resolve(source, target, model="bicubic", scale=2, tile=128)
    same(tmp_path / f"made{suffix}", tmp_path / "plain.tif")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("suffix", KINDS)
def test_a_part_that_begins_amid_a_tile_is_whole(make: Make, tmp_path: Path, suffix: str) -> None:
    source = make("a.tif", pattern(2, 300, 290, "uint16"), nodata=0)
    for target in (tmp_path / "plain.tif", tmp_path / f"made{suffix}"):
        rs_sr.super_resolve(source, target, model="bicubic", scale=3, tile=128, window=(37, 51, 200, 180))
    same(tmp_path / f"made{suffix}", tmp_path / "plain.tif")


def test_a_zarr_store_opens_in_xarray_with_its_place_bands_and_nodata(make: Make, tmp_path: Path) -> None:
    pixels = pattern(3, 150, 140, "uint16")
    pixels[:, 5:9, 5:9] = 0
    source = make("a.tif", pixels, nodata=0)
    with rasterio.open(source, "r+") as target:
        target.descriptions = ("B4 red", "B3 green", "B2 blue")
        target.scales = (1e-4,) * 3
    rs_sr.super_resolve(source, tmp_path / "b.zarr", model="nearest", scale=2, tile=128)
    store = xr.open_zarr(tmp_path / "b.zarr", mask_and_scale=False, decode_coords="all")
    image = store.image
    np.testing.assert_array_equal(image.values, pixels.repeat(2, 1).repeat(2, 2))
    with rasterio.open(source) as want:
        assert image.rio.bounds() == pytest.approx(tuple(want.bounds))
        assert image.rio.crs == want.crs
        assert image.rio.resolution() == pytest.approx((5, -5))
    assert image.rio.nodata == 0
    assert image.attrs["long_name"] == ["B4 red", "B3 green", "B2 blue"]
    assert image.attrs["scale_factor"] == 1e-4
    assert store.attrs["RS_SR_MODEL"] == "nearest"
    decoded = xr.open_zarr(tmp_path / "b.zarr", decode_coords="all").image
    assert int(decoded.isnull().sum()) == 4 * int((pixels == 0).sum())
    with rasterio.open(tmp_path / "b.zarr") as gdal:  # by GDAL's own Zarr driver too
        assert gdal.count == 3
        np.testing.assert_array_equal(gdal.read(), image.values)


@pytest.mark.parametrize("suffix", KEEPING)
def test_a_broken_run_keeps_its_tiles_and_resume_goes_on(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    source = make("a.tif", pattern(1, 500, 500, "uint8"))
    target, hold = tmp_path / f"b{suffix}", Hold(monkeypatch, through=4)
    options = {"model": "bicubic", "scale": 2, "tile": 128}
    with pytest.raises(rs_sr.errors.Cancelled):
        rs_sr.super_resolve(source, target, is_cancelled=hold.held.is_set, **options)
    hold.let()
    kept, before = len(list(tmp_path.glob(".*rs-sr-resume/tile-*.npz"))), hold.calls
    assert 2 <= kept <= 4 and not target.exists()
    rs_sr.super_resolve(source, target, resume=True, **options)
    assert hold.calls - before == 16 - kept
    rs_sr.super_resolve(source, tmp_path / "plain.tif", **options)
    same(target, tmp_path / "plain.tif")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("suffix", KEEPING)
def test_finished_tiles_keep_their_compression(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    source = make("a.tif", pattern(1, 500, 500, "uint8"))
    target, hold = tmp_path / f"b{suffix}", Hold(monkeypatch, through=4)
    options = {"model": "bicubic", "scale": 2, "tile": 128}
    with pytest.raises(rs_sr.errors.Cancelled):
        rs_sr.super_resolve(source, target, is_cancelled=hold.held.is_set, **options)
    hold.let()
    with pytest.raises(TargetError, match="keeps tiles of another run, with other compress"):
        rs_sr.super_resolve(source, target, resume=True, compress="deflate", **options)
    rs_sr.super_resolve(source, target, resume=True, compress="zstd", **options)


@pytest.mark.parametrize("suffix", KINDS)
def test_an_earlier_result_is_replaced_when_asked_and_only_then(make: Make, tmp_path: Path, suffix: str) -> None:
    source, target = make("a.tif", pattern(1, 40, 40, "uint8")), tmp_path / f"b{suffix}"
    rs_sr.super_resolve(source, target, model="nearest", scale=2)
    with pytest.raises(TargetError, match="exists; give another name or overwrite"):
        rs_sr.super_resolve(source, target, model="nearest", scale=3)
    rs_sr.super_resolve(source, target, model="nearest", scale=3, overwrite=True)
    with rasterio.open(opened(target)) as made:
        assert made.width == 120
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_folders_that_hold_something_else_are_not_taken_away(make: Make, tmp_path: Path) -> None:
    source = make("a.tif", pattern(1, 40, 40, "uint8"))
    for folder, target in (("b.zarr", "b.zarr"), ("b_tiles", "b.vrt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "letter.txt").write_text("dear")
        with pytest.raises(TargetError, match=f"{folder} is a folder"):
            rs_sr.super_resolve(source, tmp_path / target, model="nearest", scale=2, overwrite=True)
        assert (tmp_path / folder / "letter.txt").exists()


def test_a_store_of_another_program_is_not_taken_away(make: Make, tmp_path: Path) -> None:
    source, store = make("a.tif", pattern(1, 40, 40, "uint8")), tmp_path / "b.zarr"
    image = xr.DataArray(np.zeros((4, 4)), dims=("y", "x"))
    for names, version in (("rain snow", 2), ("rain snow", 3), ("image", 2)):
        xr.Dataset(dict.fromkeys(names.split(), image)).to_zarr(store, zarr_format=version, mode="w")
        with pytest.raises(TargetError, match=f"{store} is a folder that rs-sr did not write; delete it first, or"):
            rs_sr.super_resolve(source, store, model="nearest", scale=2, overwrite=True)
        assert xr.open_zarr(store)[names.split()[0]].shape == (4, 4)


@pytest.mark.parametrize("what", ["notes.txt", "image/notes.txt", "rain/.zarray", "times/0", "link"])
@pytest.mark.parametrize("masked", [False, True])
def test_what_was_put_into_a_store_of_ours_is_not_taken_away(
    make: Make, tmp_path: Path, what: str, masked: bool
) -> None:
    gap = {"nodata": 0} if not masked else {}
    source, store = make("a.tif", pattern(1, 40, 40, "uint8"), **gap), tmp_path / "b.zarr"
    if masked:
        with rasterio.open(source, "r+") as dataset:
            dataset.write_mask(np.tri(40, 40, dtype=np.uint8) * 255)
    rs_sr.super_resolve(source, store, model="nearest", scale=2)
    (store / "image.vrt.aux.xml").touch()  # GDAL's statistics go with what they speak of
    rs_sr.super_resolve(source, store, model="nearest", scale=3, overwrite=True)
    assert not (store / "image.vrt.aux.xml").exists()
    if what == "link":
        (store / what).symlink_to(tmp_path)
    else:
        (store / what).parent.mkdir(exist_ok=True)
        (store / what).write_text("dear")
    with pytest.raises(TargetError, match=f"{store} is a folder that holds {what}, which rs-sr did not write"):
        rs_sr.super_resolve(source, store, model="nearest", scale=2, overwrite=True)
    assert os.path.lexists(store / what) and xr.open_zarr(store).image.shape == (1, 120, 120)


def test_a_result_is_an_input_again_but_never_its_own(make: Make, tmp_path: Path) -> None:
    source = make("a.tif", pattern(1, 40, 40, "uint8"))
    rs_sr.super_resolve(source, tmp_path / "b.vrt", model="nearest", scale=2)
    rs_sr.super_resolve(tmp_path / "b.vrt", tmp_path / "c.zarr", model="nearest", scale=2)
    with rasterio.open(opened(tmp_path / "c.zarr")) as made:
        assert made.width == 160
    for again, target in (("b.vrt", "b.vrt"), ("b_tiles/tile-0.tif", "b.vrt"), ("c.zarr", "c.zarr")):
        with pytest.raises(TargetError, match="is the input itself or a file it reads"):
            rs_sr.super_resolve(tmp_path / again, tmp_path / target, model="nearest", scale=2, overwrite=True)


@pytest.mark.parametrize("name", ["aerial_rgb_internal_mask", "rotated_no_crs"])
def test_a_store_of_ours_is_an_input_wherever_it_was_moved_to(shared_data: Path, tmp_path: Path, name: str) -> None:
    for target in ("plain.tif", "made.zarr"):
        rs_sr.super_resolve(SHARED / "rasters" / f"{name}.tif", tmp_path / target, model="nearest", scale=2)
    moved = tmp_path / "moved & renamed.zarr"
    (tmp_path / "made.zarr").rename(moved)
    options = {"model": "bicubic", "scale": 2, "window": (4, 6, 12, 20)}
    for source, target in ((tmp_path / "plain.tif", "again.tif"), (moved, "again.zarr")):
        rs_sr.super_resolve(source, tmp_path / target, **options)
        rs_sr.super_resolve(source, tmp_path / target, overwrite=True, **options)
    same(tmp_path / "again.zarr", tmp_path / "again.tif")
    result = rs_sr.super_resolve(moved, tmp_path / "like.tif", like=moved, **options)
    assert result.plan.facts.driver == "Zarr"


def test_the_arrays_of_a_foreign_store_are_named(make: Make, tmp_path: Path) -> None:
    image = xr.DataArray(np.zeros((4, 4)), dims=("y", "x"))
    xr.Dataset({f"image{i:02}": image for i in range(15)}).to_zarr(tmp_path / "a.zarr", zarr_format=2)
    with pytest.raises(SourceError, match=r"several inside; choose with asset: (image\d\d, ){11}image\d\d and 3 more"):
        rs_sr.super_resolve(tmp_path / "a.zarr", tmp_path / "b.tif", model="nearest", scale=2)


@pytest.mark.parametrize(
    ("target", "options", "words"),
    [
        ("b.zarr", {"cog": True}, "cog makes a Cloud Optimized GeoTIFF"),
        ("b.vrt", {"cog": True}, "cog makes a Cloud Optimized GeoTIFF"),
        ("b.zarr", {"compress": "lzw"}, 'compress="lzw" is not among the kinds of a Zarr store; choose zstd, deflate'),
        ("b.zarr", {"co": ("ZSTD_LEVEL=9",)}, "co='ZSTD_LEVEL=9' is a creation option of GDAL"),
    ],
)
def test_what_a_format_cannot_do_is_refused(make: Make, tmp_path: Path, target: str, options: dict, words: str) -> None:
    source = make("a.tif", pattern(1, 40, 40, "uint8"))
    with pytest.raises(RequestError, match=words):
        rs_sr.super_resolve(source, tmp_path / target, model="nearest", scale=2, **options)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif"]


def test_ground_control_points_are_not_lost_in_a_zarr(shared_data: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="ground control points or RPCs, which a Zarr store cannot hold"):
        rs_sr.super_resolve(SHARED / "rasters" / "gcp_uint16.tif", tmp_path / "b.zarr", model="nearest", scale=2)
    assert not list(tmp_path.iterdir())


# A format is a file and a row


class Imagine:
    """A growing result of one .img file."""

    writer, driver, creation = None, "HFA", MappingProxyType[str, str]({})

    def __init__(self, workspace: Workspace, source: Source, layout: Layout) -> None:
        size, facts = layout.part.size.times(layout.scale), source.facts
        self._written: set[int] = set()
        self._dataset: Any = rasterio.open(
            workspace.result, "w+", driver=self.driver, height=size.height, width=size.width, count=len(layout.bands),
            dtype=layout.dtype, nodata=layout.nodata, crs=facts.crs,
            transform=scale_transform(facts.transform, layout.part, layout.scale) if facts.transform else None,
            **self.creation,
        )  # fmt: skip
        self.tag(**layout.tags)

    def write(self, index: int, window: Window, pixels: np.ndarray, mask: np.ndarray | None) -> None:
        self._dataset.write(pixels, window=self._at(window))
        self._written.add(index)

    def read(self, index: int, window: Window) -> np.ndarray:
        return np.asarray(self._dataset.read(window=self._at(window)))

    def _at(self, window: Window) -> rasterio.windows.Window:
        return rasterio.windows.Window(window.col, window.row, window.width, window.height)

    def holds(self, index: int, window: Window) -> bool:
        return index in self._written

    def tag(self, **tags: str) -> None:
        self._dataset.update_tags(**tags)

    def finish(self) -> list[str]:
        self.close()
        return []

    def close(self) -> None:
        self._dataset.close()


class Envi(Imagine):
    """One with a header beside it, whose name begins with the whole name of the result."""

    driver, creation = "ENVI", MappingProxyType({"SUFFIX": "ADD"})


def check_imagine(options: Options, facts: Facts, dtype: str) -> list[RsSrWarning]:
    if options.co:
        raise RequestError(f"--co={options.co[0]!r} says nothing to an Imagine file", "leave it out")
    return [MetadataWarning("an Imagine file has no mask")] if facts.mask != "none" else []


@pytest.fixture
def imagine(monkeypatch: pytest.MonkeyPatch) -> str:
    row = Format("an Imagine file", (".img",), Imagine, check_imagine)
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, row))
    return "o.img"


def test_a_format_of_its_own_goes_the_whole_way(
    make: Make, tmp_path: Path, imagine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = make("a.tif", pattern(2, 150, 300, "uint16"), nodata=0), tmp_path / imagine
    words = ["super-resolve", str(source), str(target), "--model=bicubic", "--scale=2", "--tile=128"]
    assert run([*words, "--dry-run"]) == 0 and not target.exists()
    assert "o.img: 600 x 300 pixels" in capsys.readouterr().out
    for command in (words, [*words, "--overwrite"]):
        assert run(command) == 0
        rs_sr.super_resolve(source, tmp_path / "plain.tif", model="bicubic", scale=2, overwrite=True)
        with rasterio.open(target) as made, rasterio.open(tmp_path / "plain.tif") as want:
            assert (made.driver, made.nodata, made.crs, made.transform) == ("HFA", 0, want.crs, want.transform)
            np.testing.assert_array_equal(made.read(), want.read())
            assert made.tags()["RS_SR_MODEL"] == "bicubic"
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif", "o.img", "plain.tif"]
    capsys.readouterr()
    assert run(words) != 0 and "o.img exists; give another name or --overwrite" in capsys.readouterr().err


def test_a_format_brings_along_what_lies_beside(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Format("an ENVI file", (".img",), Envi, check_imagine, sides=(".hdr",))
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, row))
    source, target = make("a.tif", pattern(2, 50, 40, "uint16"), nodata=0), tmp_path / "o.img"
    for scale in (2, 3):
        rs_sr.super_resolve(source, target, model="nearest", scale=scale, overwrite=True)
        with rasterio.open(target) as made:
            assert (made.driver, made.shape) == ("ENVI", (50 * scale, 40 * scale))
            np.testing.assert_array_equal(made.read(), pattern(2, 50, 40, "uint16").repeat(scale, 1).repeat(scale, 2))
    (tmp_path / "o.img").unlink()
    rs_sr.super_resolve(source, tmp_path / "o.img", model="nearest", scale=2)  # the header of an earlier result goes
    with rasterio.open(target) as made:
        assert made.shape == (100, 80)


def test_a_format_of_its_own_resumes(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imagine: str) -> None:
    source, hold = make("a.tif", pattern(1, 300, 300, "uint8")), Hold(monkeypatch, through=3)
    options = {"model": "bicubic", "scale": 2, "tile": 128, "resume": True}
    with pytest.raises(rs_sr.errors.Cancelled):
        rs_sr.super_resolve(source, tmp_path / imagine, is_cancelled=hold.held.is_set, **options)
    hold.let()
    kept, before = len(list(tmp_path.glob(".*rs-sr-resume/tile-*.npz"))), hold.calls
    rs_sr.super_resolve(source, tmp_path / imagine, **options)
    assert kept > 0 and hold.calls - before == 9 - kept
    rs_sr.super_resolve(source, tmp_path / "plain.tif", model="bicubic", scale=2)
    with rasterio.open(tmp_path / imagine) as made, rasterio.open(tmp_path / "plain.tif") as want:
        np.testing.assert_array_equal(made.read(), want.read())


def test_a_format_of_its_own_refuses_and_warns_before_the_run(make: Make, tmp_path: Path, imagine: str) -> None:
    source = make("a.tif", pattern(1, 40, 40, "uint8"))
    options = {"model": "nearest", "scale": 2}
    for more, words in (
        ({"co": ("TILED=YES",)}, "says nothing to an Imagine"),
        ({"cog": True}, "cog makes a Cloud"),
    ):
        with pytest.raises(RequestError, match=words):
            rs_sr.super_resolve(source, tmp_path / imagine, **options, **more)
    with pytest.raises(TargetError, match=r"o\.png has no ending that rs-sr writes; .*, \.img \(an Imagine file\)"):
        rs_sr.super_resolve(source, tmp_path / "o.png", **options)
    with rasterio.open(source, "r+") as masked:
        masked.write_mask(np.full((40, 40), 255, np.uint8))
    with pytest.warns(MetadataWarning, match="an Imagine file has no mask"):
        rs_sr.super_resolve(source, tmp_path / imagine, **options)


@pytest.mark.parametrize(
    ("target", "cog", "row"),
    [
        ("o.tif", False, formats.GEOTIFF), ("O.TIFF", False, formats.GEOTIFF), ("o.gtiff", True, formats.COG),
        ("o.vrt", False, formats.TILES), ("o.zarr", False, formats.ZARR), ("", False, formats.GEOTIFF),
    ],
)  # fmt: skip
def test_the_ending_tells_the_format_and_an_option_among_those_of_one_ending(
    target: str, cog: bool, row: Format
) -> None:
    assert formats.format_of(target, Options(cog=cog)) is row
    assert pickle.loads(pickle.dumps(row)) == row  # a plan goes to workers with its format


@pytest.mark.parametrize("row", formats.FORMATS, ids=lambda row: row.sink.__name__)
def test_what_the_plan_decides_holds_whatever_the_name_ends_in(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: Format
) -> None:
    source = make("a.tif", pattern(2, 150, 140, "uint16"), nodata=0)
    options = {"model": "bicubic", "scale": 2, "tile": 128}
    rs_sr.super_resolve(source, tmp_path / "plain.tif", **options)
    monkeypatch.setattr("rs_sr.run.plan.format_of", lambda target, options: row)
    for overwrite in (False, True):
        result = rs_sr.super_resolve(source, tmp_path / "o.any", overwrite=overwrite, **options)
        assert result.plan.format is row
        whole = tmp_path / "o.any"
        with rasterio.open(whole / "image.vrt" if whole.is_dir() else whole) as made:
            assert (made.driver == "GTiff") == (row in (formats.GEOTIFF, formats.COG))
            assert (made.driver == "VRT") == (row.folder is not None)
            assert (made.tags(ns="IMAGE_STRUCTURE").get("LAYOUT") == "COG") == (row is formats.COG)
            with rasterio.open(tmp_path / "plain.tif") as want:
                np.testing.assert_array_equal(made.read(), want.read())


def test_qgis_reads_place_crs_bands_and_nodata(make: Make, tmp_path: Path) -> None:
    """In a process of its own: `qgis_process` brings another GDAL."""
    import shutil

    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if program is None:
        pytest.skip("there is no QGIS here")
    source = make("a.tif", pattern(3, 150, 140, "uint16"), nodata=0)
    hidden = ("PROJ", "GDAL", "PYTHON", "QGIS")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(hidden) and k != "VIRTUAL_ENV"}
    path = ":".join(p for p in kept["PATH"].split(":") if ".venv" not in p)
    kept |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": f"/usr/bin:{path}"}
    for suffix in KINDS:
        rs_sr.super_resolve(source, tmp_path / f"b{suffix}", model="nearest", scale=2, tile=128)
        words = ["run", "native:rasterlayerproperties", "--", f"INPUT={opened(tmp_path / f'b{suffix}')}", "BAND=3"]
        done = subprocess.run([program, *words], env=kept, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        told = dict(line.split(":\t", 1) for line in done.stdout.splitlines() if ":\t" in line)
        corners = [float(v) for v in told["EXTENT"].replace(" : ", ",").split(",")]
        assert corners == [500000, 5398500, 501400, 5400000]
        assert "32633" in told["CRS_AUTHID"]
        assert (told["BAND_COUNT"], told["NODATA_VALUE"], told["HAS_NODATA_VALUE"]) == ("3", "0", "true")
        assert (told["WIDTH_IN_PIXELS"], told["HEIGHT_IN_PIXELS"]) == ("280", "300")
        assert float(told["PIXEL_WIDTH"]) == 5


def test_without_xarray_the_cure_is_told() -> None:
    code = "import sys; sys.modules['xarray'] = None\nimport rs_sr\nrs_sr.super_resolve_array(1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert 'xarray is not installed; install it with: pip install "rs-sr[xarray]"' in done.stderr
