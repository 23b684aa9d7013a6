"""Place and metadata: carried over into every format, or named in one warning."""

from __future__ import annotations

import subprocess
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint

import rs_sr
from rs_sr.errors import MetadataWarning, PagesWarning, RequestError, TargetError
from tests.conftest import Make, pattern

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
TARGETS = ("out.tif", "out.vrt", "out.zarr", "cog.tif")
ROTATED_POLE = "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=39.25 +lon_0=18 +datum=WGS84 +no_defs"
SITE = 'LOCAL_CS["site grid",UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
GERMAN = "+proj=tmerc +lon_0=9 +x_0=3500000 +ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m"


def run(source: Path, target: Path, **options: Any) -> list[str]:
    """Super-resolve; the warnings on metadata."""
    options = {"model": "nearest", "scale": 2, "cog": target.name == "cog.tif"} | options
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = rs_sr.super_resolve(source, target, **options)
    return [str(w) for w in result.warnings if isinstance(w, MetadataWarning)]


def opened(target: Path) -> Any:
    return rasterio.open(target / "image.vrt" if target.suffix == ".zarr" else target)


def gdalinfo(target: Path) -> str:
    path = target / "image.vrt" if target.suffix == ".zarr" else target
    return subprocess.run(["gdalinfo", path], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("crs", [ROTATED_POLE, SITE, GERMAN, "EPSG:25832+5783", "+proj=longlat +ellps=bessel +no_defs"])
def test_every_crs_comes_over(make: Make, tmp_path: Path, crs: str, target: str) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"), crs=crs, transform=Affine(0.1, 0, -10, 0, -0.1, 5))
    assert run(source, tmp_path / target) == []
    with opened(tmp_path / target) as made, opened(source) as had:
        assert made.crs == had.crs and had.crs.to_wkt() == made.crs.to_wkt()
        assert made.transform.almost_equals(Affine(0.05, 0, -10, 0, -0.05, 5))


@pytest.mark.parametrize("target", TARGETS)
def test_the_epoch_of_coordinates_comes_over(make: Make, tmp_path: Path, target: str) -> None:
    plain = make("plain.tif", pattern(1, 40, 40, "uint8"), crs="EPSG:9000", transform=Affine(0.1, 0, 10, 0, -0.1, 5))
    with rasterio.open(plain, "r+") as dataset:
        dataset.update_tags(AREA_OR_POINT="Point")
    subprocess.run(["gdal_translate", "-q", "-a_coord_epoch", "2021.3", plain, tmp_path / "in.tif"], check=True)
    assert run(tmp_path / "in.tif", tmp_path / target) == []
    said = gdalinfo(tmp_path / target)
    with opened(tmp_path / target) as made:
        assert made.tags()["AREA_OR_POINT"] == "Point" and made.transform.to_gdal() == (10, 0.05, 0, 5, 0, -0.05)
    assert "epoch: 2021.3" in said and "mapping: 2,1" in said  # x is the longitude
    run(tmp_path / "in.tif", tmp_path / target, assign_crs="EPSG:4326", overwrite=True)
    assert "epoch: " not in gdalinfo(tmp_path / target)


TABLE = """<GDALRasterAttributeTable tableType="thematic"><FieldDefn index="0"><Name>Value</Name><Type>0</Type>
<Usage>5</Usage></FieldDefn><Row index="0"><F>1</F></Row></GDALRasterAttributeTable>"""


@pytest.mark.parametrize("target", TARGETS)
def test_names_of_classes_come_over_where_classes_do(make: Make, tmp_path: Path, target: str) -> None:
    source = make("in.tif", pattern(2, 40, 40, "uint8"))
    names = "<CategoryNames><Category>sea</Category><Category>land</Category></CategoryNames>"
    band = f'<PAMRasterBand band="2">{names}{TABLE}</PAMRasterBand>'
    source.with_name("in.tif.aux.xml").write_text(f"<PAMDataset>{band}</PAMDataset>")
    assert run(source, tmp_path / target, bands="2") == []
    said = gdalinfo(tmp_path / target)
    assert "1: land" in said and "<Name>Value</Name>" in said
    said_of = run(source, tmp_path / target, model="bicubic", overwrite=True)
    assert said_of == ["not carried over to the result: category names and attribute table of band 2"]
    assert "1: land" not in gdalinfo(tmp_path / target)


def test_names_of_classes_that_became_colours_are_named_as_lost(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", np.arange(1600, dtype="uint8").reshape(1, 40, 40) % 3)
    with rasterio.open(source, "r+") as dataset:
        dataset.write_colormap(1, {i: (80 * i, 9, 9, 255) for i in range(3)})
    source.with_name("in.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><CategoryNames><Category>sea</Category></CategoryNames></PAMRasterBand>'
        "</PAMDataset>"
    )
    said = run(source, tmp_path / "out.tif", expand_palette=True)
    assert said == ["not carried over to the result: the category names"]


@pytest.mark.parametrize("target", TARGETS)
def test_what_no_result_can_hold_is_named_in_one_warning(make: Make, tmp_path: Path, target: str) -> None:
    pixels = make("pixels.tif", pattern(1, 40, 40, "uint8"), crs=None, transform=None)
    (tmp_path / "in.vrt").write_text(
        f"""<VRTDataset rasterXSize="40" rasterYSize="40">
        <Metadata domain="GEOLOCATION"><MDI key="X_BAND">1</MDI></Metadata>
        <Metadata domain="xml:XMP" format="xml"><a/></Metadata>
        <Metadata domain="json:ISIS3" format="json">[1]</Metadata>
        <Metadata domain="IMAGERY"><MDI key="CLOUDCOVER">7</MDI></Metadata><VRTRasterBand dataType="Byte" band="1">
        <Metadata domain="SENSOR"><MDI key="GAIN">2</MDI></Metadata><SimpleSource>
        <SourceFilename>{pixels}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"""
    )
    said = run(tmp_path / "in.vrt", tmp_path / target)
    assert len(said) == 1 and "geolocation arrays" in said[0] and "metadata xml:XMP, json:ISIS3" in said[0]
    with opened(tmp_path / target) as made:
        assert made.tags(ns="IMAGERY") == {"CLOUDCOVER": "7"} and made.tags(1, ns="SENSOR") == {"GAIN": "2"}
        assert made.transform.is_identity


@pytest.mark.parametrize("target", TARGETS)
def test_a_crs_makes_a_place_of_an_identity_transform(make: Make, tmp_path: Path, target: str) -> None:
    pixels = make("pixels.tif", pattern(1, 40, 40, "uint8"), crs=None, transform=None)
    (tmp_path / "in.vrt").write_text(
        f"""<VRTDataset rasterXSize="40" rasterYSize="40"><SRS>EPSG:32633</SRS><GeoTransform>0,1,0,0,0,1</GeoTransform>
        <VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename>{pixels}</SourceFilename>
        <SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"""
    )
    assert run(tmp_path / "in.vrt", tmp_path / target, window=(10, 20, 20, 20)) == []
    with opened(tmp_path / target) as made:
        assert made.transform == Affine(0.5, 0, 10, 0, 0.5, 20) and made.crs == "EPSG:32633"


def test_a_result_says_nothing_of_the_run_that_made_its_input(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"))
    with rasterio.open(source, "r+") as dataset:
        dataset.update_tags(RS_SR_STATISTICS="{}", RS_SR_LATER="1", TIFFTAG_XRESOLUTION="72dpi", MINE="kept")
        dataset.update_tags(1, RS_SR_NOTE="x")
    for target in TARGETS:
        assert run(source, tmp_path / target) == []
        with opened(tmp_path / target) as made:
            assert not {"RS_SR_STATISTICS", "RS_SR_LATER"} & set(made.tags()) and not made.tags(1)
            assert made.tags()["MINE"] == "kept"


@pytest.mark.parametrize("target", TARGETS)
def test_tags_of_any_letters_come_over_and_end_no_run(make: Make, tmp_path: Path, target: str) -> None:
    source = make("in.tif", pattern(2, 40, 40, "uint8"), crs=None, transform=None)
    with rasterio.open(source, "r+") as dataset:
        dataset.update_tags(BELL="a\x07b", ODD="<&>\"'é日\n ", TIFFTAG_SOFTWARE="theirs")
        dataset.update_tags(2, LINE=" two  blanks ")
    assert run(source, tmp_path / target) == []
    with opened(tmp_path / target) as made:
        assert {"BELL", "ODD"} <= set(made.tags()) and made.tags(2)["LINE"].strip() == "two  blanks"
    assert run(source, tmp_path / target, overwrite=True, bands="2,1") == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_crs_that_was_assigned_is_the_result_s(make: Make, tmp_path: Path, target: str) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"), crs=None)
    assert run(source, tmp_path / target, assign_crs="EPSG:32632") == []
    with opened(tmp_path / target) as made:
        assert made.crs == "EPSG:32632"


def test_whether_pixels_are_points_is_kept_where_a_tiff_has_no_keys_for_it(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"), crs=None, transform=None)
    copy = subprocess.run(["gdal_translate", "-q", "-of", "VRT", source, tmp_path / "in.vrt"])
    assert copy.returncode == 0
    text = (tmp_path / "in.vrt").read_text()
    note = '<Metadata><MDI key="AREA_OR_POINT">Point</MDI></Metadata><VRTRasterBand'
    (tmp_path / "in.vrt").write_text(text.replace("<VRTRasterBand", note, 1))
    for target in TARGETS:
        assert run(tmp_path / "in.vrt", tmp_path / target) == []
        with opened(tmp_path / target) as made:
            assert made.tags()["AREA_OR_POINT"] == "Point" and made.transform.is_identity


@pytest.mark.parametrize(("said", "want"), [("72dpi", "144"), ("300 (pixels/inch)", "600"), (".5", "1"), ("?", None)])
def test_dots_per_inch_grow_whatever_is_written_behind_them(said: str, want: str | None) -> None:
    from rs_sr.raster.metadata import kept_tags

    assert kept_tags({"TIFFTAG_XRESOLUTION": said}, 2).get("TIFFTAG_XRESOLUTION") == want


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32"])
@pytest.mark.parametrize("cog", [False, True])
def test_overviews_of_classes_show_no_class_that_is_not_there(
    make: Make, tmp_path: Path, dtype: str, cog: bool
) -> None:
    classes = np.where(np.random.default_rng(0).random((1, 2100, 700)) < 0.5, 1, 9).astype(dtype)
    run(make("in.tif", classes), tmp_path / "out.tif", cog=cog)
    with rasterio.open(tmp_path / "out.tif") as made:
        levels = len(made.overviews(1))
    assert levels
    for level in range(levels):
        with rasterio.open(tmp_path / "out.tif", overview_level=level) as made:
            assert set(np.unique(made.read(1))) == {1, 9}


def test_files_beside_an_earlier_result_go_with_it(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"), crs=None, transform=None)
    ends = (".tfw", ".TIFW", ".wld", ".tif.aux.xml", ".tif.ovr", ".tif.msk", "_RPC.TXT")
    for stem in ("res", "other"):
        for end in (".tif", *ends):
            text = "LINE_OFF: 20\n" if end == "_RPC.TXT" else "2\n0\n0\n-2\n1000\n2000\n"
            (tmp_path / f"{stem}{end}").write_text(text)
    run(source, tmp_path / "res.tif", overwrite=True)
    assert {p.name for p in tmp_path.glob("res*")} == {"res.tif"}
    assert {p.name for p in tmp_path.glob("other*")} == {f"other{end}" for end in (".tif", *ends)}
    with rasterio.open(tmp_path / "res.tif") as made:
        assert made.transform.is_identity


def test_files_of_that_name_that_are_another_thing_stay(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"))
    texts = {
        ".tab": '!table\n!version 300\nDefinition Table\n  Type NATIVE Charset "Neutral"\n', ".aux": "\\relax\n",
        "_rpc.txt": "about the remote procedures\n", ".wld": "# of my game\n", ".rpb": "a ringtone\n",
    }  # fmt: skip
    for end, text in texts.items():
        (tmp_path / f"fields{end}").write_text(text)
    run(source, tmp_path / "fields.tif")
    run(source, tmp_path / "fields.tif", overwrite=True)
    assert {end: (tmp_path / f"fields{end}").read_text() for end in texts} == texts
    (tmp_path / "fields.tab").write_text('!table\nDefinition Table\n  File "fields.tif"\n  Type "RASTER"\n')
    run(source, tmp_path / "fields.tif", overwrite=True)
    assert not (tmp_path / "fields.tab").exists()


def test_a_file_that_would_place_a_result_is_not_taken_away_unasked(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 40, 40, "uint8"), crs=None, transform=None)
    (tmp_path / "res.tfw").write_text("2\n0\n0\n-2\n1000\n2000\n")
    with pytest.raises(TargetError, match=r"res.tfw exists, which would be read as a part of res.tif; .*overwrite"):
        run(source, tmp_path / "res.tif")
    assert (tmp_path / "res.tfw").exists()
    (tmp_path / "pic.wld").write_text("1\n")
    (tmp_path / "pic.png").write_text("a picture, whose world file it is")
    run(make("placed.tif", pattern(1, 40, 40, "uint8")), tmp_path / "pic.tif")
    assert (tmp_path / "pic.wld").exists()


def test_of_a_tiff_of_pages_the_first_is_taken_and_it_is_said(tmp_path: Path) -> None:
    for page in range(3):
        more = {"APPEND_SUBDATASET": "YES"} if page else {}
        place = {"crs": "EPSG:32633", "transform": Affine(10, 0, 0, 0, -10, 0)}
        with rasterio.open(
            tmp_path / "in.tif", "w", driver="GTiff", count=1, height=40, width=40, dtype="uint8", **place, **more
        ) as target:
            target.write(np.full((1, 40, 40), page + 1, "uint8"))
    with pytest.warns(PagesWarning, match=r"holds 3 rasters, of which the first is taken; name another as GTIFF_DIR:2"):
        rs_sr.super_resolve(tmp_path / "in.tif", tmp_path / "a.tif", model="nearest")
    with warnings.catch_warnings():
        warnings.simplefilter("error", PagesWarning)
        rs_sr.super_resolve(f"GTIFF_DIR:2:{tmp_path / 'in.tif'}", tmp_path / "b.tif", model="nearest")
    for name, value in (("a.tif", 1), ("b.tif", 2)):
        with rasterio.open(tmp_path / name) as made:
            assert (made.read() == value).all()


def test_runs_in_a_pool_of_threads_leave_the_filters_of_warnings_alone(make: Make, tmp_path: Path) -> None:
    corners = [GroundControlPoint(0, 0, 10, 50), GroundControlPoint(0, 40, 11, 50), GroundControlPoint(40, 0, 10, 49)]
    sources = [
        make("tied.tif", pattern(1, 40, 40, "uint8"), gcps=corners, crs="EPSG:4326", transform=None),
        make("nowhere.tif", pattern(1, 40, 40, "uint8"), crs=None, transform=None),
    ]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        before = list(warnings.filters)
        with ThreadPoolExecutor(4) as pool:
            targets = [tmp_path / f"{i}{('.tif', '.vrt', '.zarr')[i % 3]}" for i in range(6)]
            pairs = [(sources[0 if t.suffix == ".tif" else 1], t) for t in targets]
            list(pool.map(lambda pair: rs_sr.super_resolve(*pair, model="nearest"), pairs))
        assert warnings.filters == before
    assert "NotGeoreferencedWarning" not in {w.category.__name__ for w in caught}


@pytest.mark.parametrize(
    ("nodata", "dtype", "held"),
    [
        ("-3.4028235e+38", "float32", np.finfo("float32").min),
        ("3.4028234663852886e+38", "float32", np.finfo("float32").max),
        ("0.1", "float32", float(np.float32(0.1))),
        ("-1.797693134862315e+308", "float64", -1.797693134862315e308),
    ],
)
def test_a_nodata_value_is_the_nearest_that_its_type_has(
    make: Make, tmp_path: Path, nodata: str, dtype: str, held: float
) -> None:
    pixels = pattern(1, 40, 40, dtype)
    pixels[:, 5:9, 5:9] = held
    source = make("in.tif", pixels)
    run(source, tmp_path / "out.tif", model="bicubic", nodata=nodata)
    with rasterio.open(tmp_path / "out.tif") as made:
        assert made.nodata == held
        assert (made.read_masks(1) == 0).sum() == 4 * 16
    with pytest.raises(RequestError, match="cannot occur in float32"):
        rs_sr.super_resolve(make("f.tif", pixels.astype("float32")), tmp_path / "b.tif", nodata="-3.5e38")
