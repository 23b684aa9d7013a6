"""Every file that a run reads is known, however deep it lies: no result takes its place, --resume sees it change."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import rasterio
import rasterio.shutil
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.vrt import WarpedVRT
from shapely.geometry import Polygon, box

import rs_sr
from rs_sr.doors.batch import super_resolve_all
from rs_sr.errors import TargetError
from rs_sr.options import Options, _option
from rs_sr.raster.files import files_of
from rs_sr.raster.source import gdal_environment
from rs_sr.run import pipeline
from tests.conftest import Make, maker, pattern, small_lkdn

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
BICUBIC: dict[str, Any] = {"model": "bicubic", "scale": 2}


def vrt(path: Path, source: str, relative: int = 1, mask: str | None = None, tag: str = "SimpleSource") -> Path:
    """A VRT of 60 x 50 pixels, written by hand: GDAL's manual has the format."""

    def band(name: str, number: str = "1") -> str:
        return (
            f'<{tag}><SourceFilename relativeToVRT="{relative}">{name}</SourceFilename>'
            f"<SourceBand>{number}</SourceBand></{tag}>"
        )

    inner = "" if mask is None else f'<MaskBand><VRTRasterBand dataType="Byte">{band(mask)}</VRTRasterBand></MaskBand>'
    path.write_text(
        '<VRTDataset rasterXSize="60" rasterYSize="50"><SRS>EPSG:32633</SRS>'
        "<GeoTransform>500000,10,0,5400000,0,-10</GeoTransform>"
        f'<VRTRasterBand dataType="Byte" band="1">{band(source)}</VRTRasterBand>{inner}</VRTDataset>'
    )
    return path


def warped(path: Path, source: Path) -> Path:
    with rasterio.open(source) as opened, WarpedVRT(opened, crs="EPSG:32634") as warp:
        rasterio.shutil.copy(warp, path, driver="VRT")
    return path


def nested(folder: Path, leaf: Path, ways: list[str]) -> tuple[str, list[Path]]:
    """The name of a raster that reaches `leaf` by `ways`, and the files on the way."""
    name, read = str(leaf), [leaf]
    for level, way in enumerate(ways):
        path = folder / f"level{level}.vrt"
        local = Path(name) if Path(name).is_file() else None
        if way == "link" and local is not None:
            path = path.with_suffix(local.suffix)
            path.symlink_to(local)
        elif way == "hard link" and local is not None:
            path = path.with_suffix(local.suffix)
            os.link(local, path)
        elif way == "relative" and local is not None:
            vrt(path, os.path.relpath(local, folder))
        elif way == "complex":
            vrt(path, name, relative=0, tag="ComplexSource")
        elif way == "mask":
            plain = folder / f"plain{level}.tif"
            maker(folder)(plain.name, pattern(1, 50, 60, "uint8"))
            read.append(plain)
            vrt(path, plain.name, mask=name if local is None else os.path.relpath(local, folder))
        elif way == "warped" and local is not None:
            warped(path, local)
        elif way == "zip" and local is not None and local.suffix == ".tif":
            path = path.with_suffix(".zip")
            with zipfile.ZipFile(path, "w") as archive:
                archive.write(local, "in.tif")
            read, name = [path], f"/vsizip/{path}/in.tif"
            continue
        else:
            vrt(path, name, relative=0)
        name = str(path)
        read.append(path)
    return name, read


WAYS = ["plain", "relative", "complex", "mask", "warped", "link", "hard link", "zip"]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(WAYS), max_size=4))
def test_no_target_is_ever_a_file_that_is_read(ways: list[str]) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        leaf = maker(folder)("leaf.tif", pattern(1, 50, 60, "uint8"))
        name, read = nested(folder, leaf, ways)
        with gdal_environment():
            found = files_of([name])
        assert all(found.hold(path) for path in read), (ways, read, found)
        assert not found.hold(folder / "other.tif")
        before = {path: path.read_bytes() for path in read}
        for path in read:
            if path.suffix == ".tif":
                with pytest.raises(TargetError, match="is the input itself or a file it reads"):
                    rs_sr.super_resolve(name, path, overwrite=True, **BICUBIC)
        assert {path: path.read_bytes() for path in read} == before


@pytest.mark.parametrize(
    "name",
    [
        "vrt://{0}?bands=1",
        "GTIFF_DIR:1:{0}",
        "/vsisubfile/0_99999999,{0}",
        "/vsicached?chunk_size=4096&file={0}",
        "file://{0}",
        "<VRTDataset rasterXSize='60' rasterYSize='50'><VRTRasterBand dataType='Byte' band='1'><SimpleSource>"
        "<SourceFilename>{0}</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>",
    ],
)
def test_names_that_hold_a_path_lead_to_the_file(make: Make, name: str) -> None:
    source = make("in.tif", pattern(1, 50, 60, "uint8"))
    with gdal_environment():
        assert files_of([name.format(source)]).hold(source)


def test_virtual_rasters_in_an_archive_lead_out_of_it(make: Make, tmp_path: Path) -> None:
    leaf = make("leaf.tif", pattern(1, 50, 60, "uint8"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(vrt(tmp_path / "in.vrt", str(leaf), relative=0), "in.vrt")
    (tmp_path / "in.vrt").unlink()
    with pytest.raises(TargetError, match="a file it reads"):
        rs_sr.super_resolve(f"/vsizip/{tmp_path}/a.zip/in.vrt", leaf, overwrite=True, **BICUBIC)


def test_a_virtual_raster_behind_a_link_is_relative_to_where_it_lies(make: Make, tmp_path: Path) -> None:
    leaf = make("leaf.tif", pattern(1, 50, 60, "uint8"))
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "link.vrt").symlink_to(vrt(tmp_path / "in.vrt", "leaf.tif"))
    with pytest.raises(TargetError, match="a file it reads"):
        rs_sr.super_resolve(tmp_path / "far" / "link.vrt", leaf, overwrite=True, **BICUBIC)


@pytest.mark.parametrize("name", ["i.shp", "i.gpkg", "i.geojson"])
@pytest.mark.parametrize("field", ["location", "where"])
def test_the_rasters_of_a_tile_index_are_read(make: Make, tmp_path: Path, name: str, field: str) -> None:
    geopandas = pytest.importorskip("geopandas", reason="writes the index")
    leaf = make("leaf.tif", pattern(1, 50, 60, "uint8"))
    with rasterio.open(leaf) as opened:
        place, crs = box(*opened.bounds), opened.crs
    geopandas.GeoDataFrame({field: [str(leaf)]}, geometry=[place], crs=crs).to_file(tmp_path / name)
    (tmp_path / "i.gti").write_text(
        f"<GDALTileIndexDataset><IndexDataset>{tmp_path / name}</IndexDataset>"
        f"<LocationField>{field}</LocationField></GDALTileIndexDataset>"
    )
    index = f"GTI:{tmp_path / name}" if field == "location" else str(tmp_path / "i.gti")
    with pytest.raises(TargetError, match="a file it reads"):
        rs_sr.super_resolve(index, leaf, overwrite=True, **BICUBIC)
    with gdal_environment():
        assert files_of([index]).hold(tmp_path / name)


def test_what_goes_with_a_target_is_no_file_that_is_read_either(make: Make, tmp_path: Path) -> None:
    make("leaf.tif", pattern(1, 50, 60, "uint8"))
    (tmp_path / "leaf.tif").rename(tmp_path / "o.tif.msk")
    source = vrt(tmp_path / "in.vrt", "o.tif.msk")
    with pytest.raises(TargetError, match=r"o.tif.msk, which goes with o.tif, is the input itself or a file it reads"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", **BICUBIC)
    (tmp_path / "o_tiles").mkdir()
    (tmp_path / "o.tif.msk").rename(tmp_path / "o_tiles" / "tile-0.tif")
    source = vrt(tmp_path / "in.vrt", "o_tiles/tile-0.tif")
    with pytest.raises(TargetError, match=r"o_tiles, which goes with o.vrt, is the input itself or a file it reads"):
        rs_sr.super_resolve(source, tmp_path / "o.vrt", overwrite=True, **BICUBIC)


def test_files_of_options_are_read_too(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 50, 60, "uint8"))
    rs_sr.super_resolve(source, tmp_path / "like.tif", **BICUBIC)
    vrt(tmp_path / "like.vrt", "like.tif")
    for options in ({"like": str(tmp_path / "like.tif")}, {"aoi": str(tmp_path / "like.vrt")}):
        with pytest.raises(TargetError, match="a file it reads"):
            rs_sr.super_resolve(source, tmp_path / "like.tif", overwrite=True, **options, **BICUBIC)


def test_the_file_of_expected_errors_is_none_that_is_read(make: Make, tmp_path: Path) -> None:
    from tests.conftest import small_lkdn

    leaf = make("leaf.tif", pattern(1, 50, 60, "uint8"))
    source = vrt(tmp_path / "b.vrt", str(vrt(tmp_path / "a.vrt", "leaf.tif")), relative=0)
    model = str(small_lkdn(tmp_path, bands=1))
    with pytest.raises(TargetError, match="a file it reads"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model=model, uncertainty=str(leaf), overwrite=True)


def test_no_result_of_many_files_is_an_input_of_any(make: Make, tmp_path: Path) -> None:
    first, second = (make(n, pattern(1, 50, 60, "uint8", seed)) for n, seed in (("a.tif", 0), ("a_x2.tif", 1)))
    before = second.read_bytes()
    with pytest.raises(TargetError, match=r"a_x2.tif is the input itself or a file it reads"):
        super_resolve_all([str(first), str(second)], str(tmp_path), overwrite=True, **BICUBIC)
    below = vrt(tmp_path / "v.vrt", "a_x2.tif")
    with pytest.raises(TargetError, match=r"a_x2.tif is the input itself or a file it reads"):
        super_resolve_all([str(first), str(below)], str(tmp_path), overwrite=True, **BICUBIC)
    assert second.read_bytes() == before


# --resume

Stop = Callable[[Path], None]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run into ``o.tif`` with ``resume`` until the second tile of several, then fail."""

    def run(source: str | Path, **options: Any) -> None:
        made: list[int] = []
        make_tile = pipeline.Local._make

        def fails(self: Any, *words: Any) -> Any:
            made.append(1)
            if len(made) > 2:
                raise OSError("enough")
            return make_tile(self, *words)

        with monkeypatch.context() as patch:
            patch.setattr(pipeline.Local, "_make", fails)
            with pytest.raises(OSError, match="enough"):
                rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, **{"tile": 128} | options)
        assert list(tmp_path.glob(".o.tif.rs-sr-resume/tile-*.npz"))

    return run


def test_a_changed_file_behind_a_virtual_raster_is_another_run(make: Make, tmp_path: Path, broken: Any) -> None:
    leaf = make("leaf.tif", pattern(1, 300, 200, "uint8"))
    source = tmp_path / "b.vrt"
    for name, below in (("a.vrt", "leaf.tif"), ("b.vrt", "a.vrt")):
        with rasterio.open(tmp_path / below) as opened:
            rasterio.shutil.copy(opened, tmp_path / name, driver="VRT")
    broken(source, **BICUBIC)
    make(leaf.name, pattern(1, 300, 200, "uint8", seed=1))
    with pytest.raises(TargetError, match=r"keeps tiles of another run, with other input"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, tile=128, **BICUBIC)


def test_a_changed_archive_is_another_run(make: Make, tmp_path: Path, broken: Any) -> None:
    name = f"/vsizip/{tmp_path}/a.zip/in.tif"
    for seed in (0, 1):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.write(make("in.tif", pattern(1, 300, 200, "uint8", seed)), "in.tif")
        if not seed:
            broken(name, **BICUBIC)
    with pytest.raises(TargetError, match=r"keeps tiles of another run, with other input"):
        rs_sr.super_resolve(name, tmp_path / "o.tif", resume=True, tile=128, **BICUBIC)


def test_another_nodata_value_of_a_later_band_is_another_run(make: Make, tmp_path: Path, broken: Any) -> None:
    pixels = pattern(2, 300, 200, "uint8")
    for i in (0, 1):
        make(f"b{i}.tif", pixels[i : i + 1])
    source = tmp_path / "s.vrt"
    source.write_text(
        '<VRTDataset rasterXSize="200" rasterYSize="300">'
        + "".join(
            f'<VRTRasterBand dataType="Byte" band="{i + 1}"><NoDataValue>{n}</NoDataValue><SimpleSource>'
            f'<SourceFilename relativeToVRT="1">b{i}.tif</SourceFilename></SimpleSource></VRTRasterBand>'
            for i, n in enumerate((0, 255))
        )
        + "</VRTDataset>"
    )
    broken(source, **BICUBIC)
    with pytest.raises(TargetError, match=r"keeps tiles of another run, with other .*nodata"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, tile=128, nodata="0", **BICUBIC)


@dataclass(frozen=True, kw_only=True)
class More(Options):
    """Options with one that was added."""

    sharper: int = _option(0, "how much sharper", pixels=True)
    louder: int = _option(0, "how much louder", pixels=False)


def test_an_added_option_that_shapes_pixels_is_never_mixed(
    make: Make, tmp_path: Path, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "Options", More)
    source = make("in.tif", pattern(1, 300, 200, "uint8"))
    broken(source, sharper=1, **BICUBIC)
    with pytest.raises(TargetError, match=r"keeps tiles of another run, with other sharper;"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, tile=128, sharper=2, **BICUBIC)
    rs_sr.super_resolve(source, tmp_path / "o.tif", resume=True, tile=128, sharper=1, louder=3, **BICUBIC)
    rs_sr.super_resolve(source, tmp_path / "whole.tif", **BICUBIC)
    with rasterio.open(tmp_path / "o.tif") as one, rasterio.open(tmp_path / "whole.tif") as other:
        np.testing.assert_array_equal(one.read(), other.read())


def test_an_option_that_does_not_say_whether_it_shapes_pixels_fails_at_import() -> None:
    with pytest.raises(TypeError, match="pixels"):
        _option(0, "how much sharper")  # type: ignore[call-arg]
    code = (
        "import dataclasses, sys; field = dataclasses.field\n"
        "dataclasses.field = lambda **more: field(**more | {'metadata': {'help': more['metadata']['help']}})\n"
        "import rs_sr.options"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1 and "say with pixels=True or False whether model, scale" in done.stderr


def test_virtual_rasters_that_name_each_other_are_looked_into_once(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("in.tif", pattern(1, 50, 60, "uint8"))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "link").symlink_to(tmp_path)
        vrt(tmp_path / name / "x.vrt", "../in.tif", mask=f"link/{'b' if name == 'a' else 'a'}/x.vrt")
    monkeypatch.chdir(tmp_path)
    with gdal_environment():
        found = files_of(["a/x.vrt"])
    assert all(found.hold(Path(name)) for name in ("in.tif", "a/x.vrt", "b/x.vrt"))
    assert len({(s.device, s.inode) for s in found.stamps}) == 3


def test_a_virtual_data_set_beside_its_source_is_followed_once(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("in.tif", pattern(1, 20, 30, "uint8"))
    monkeypatch.chdir(tmp_path)
    rasterio.shutil.copy("in.tif", "in.vrt", driver="VRT")
    opened: list[str] = []
    real = rasterio.open
    monkeypatch.setattr(rasterio, "open", lambda name, *more, **options: opened.append(name) or real(name))
    with gdal_environment():
        found = files_of(["in.vrt"])
    assert {Path(s.path).name for s in found.stamps} == {"in.vrt", "in.tif"}
    assert len(opened) <= 4, opened


SPELLED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"scale": 2}, {}),
    ({"bands": "1"}, {}),
    ({"bands": "1"}, {"bands": "red"}),
    ({"dtype": "uint8"}, {}),
    ({"nodata": "none"}, {}),
    ({"halo": "auto"}, {"halo": "exact"}),
    ({"tile": 100}, {}),
    ({"device": "cpu", "precision": "f32"}, {}),
    ({"range": (0, 255)}, {}),
    ({"window": (0, 0, 200, 300)}, {}),
    ({"bbox": (500000, 5397000, 502000, 5400000)}, {"window": (0, 0, 200, 300)}),
    ({"assign_crs": "EPSG:32633"}, {}),
    ({"co": ("ZLEVEL=1", "TILED=YES")}, {"co": ("tiled=YES", "ZLEVEL=1")}),
    ({"aoi": "a.gpkg"}, {"aoi": "./a.gpkg", "aoi_layer": "a"}),
    (
        {"model": "small1_1_x2.safetensors", "uncertainty": "u.tif"},
        {"model": "./small1_1_x2.safetensors", "ensemble": True},
    ),
]


@pytest.mark.parametrize(("one", "two"), SPELLED)
@pytest.mark.parametrize("turned", [False, True])
def test_a_run_is_gone_on_with_however_its_options_are_spelled(
    make: Make, tmp_path: Path, broken: Any, monkeypatch: pytest.MonkeyPatch, one: Any, two: Any, turned: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    with rasterio.open(make("in.tif", pattern(1, 300, 200, "uint8")), "r+") as dataset:
        dataset.descriptions = ("red",)
    shape = Polygon([(500100, 5399900), (501900, 5399900), (501900, 5397100)])
    geopandas.GeoDataFrame(geometry=[shape], crs=32633).to_file("a.gpkg")
    small_lkdn(tmp_path, bands=1)
    if "uncertainty" in one:
        two = two | {"uncertainty": f"{tmp_path}/u.tif"}
    one, two = ({"model": "bicubic"} | options for options in ((two, one) if turned else (one, two)))
    broken("in.tif", **one)
    made, make_tile = [], pipeline.Local._make
    monkeypatch.setattr(pipeline.Local, "_make", lambda *words: (made.append(1), make_tile(*words))[1])
    rs_sr.super_resolve(tmp_path / "in.tif", tmp_path / "o.tif", resume=True, **{"tile": 128} | two)
    assert 0 < len(made) < 6, "some tiles came from the first run"
