"""Every kind of raster through `nearest`, whose right answer is known to the bit: size, place, mask, metadata."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning
from rasterio.rpc import RPC

import rs_sr
from rs_sr.errors import RsSrWarning, SourceError
from rs_sr.pixels.grid import Window
from rs_sr.raster.source import Source, gdal_environment
from tests.conftest import Make, pattern

pytestmark = [
    pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning"),
    pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning"),
]

DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")
CUSTOM_CRS = "+proj=laea +lat_0=12.5 +lon_0=77.25 +x_0=1000 +ellps=GRS80 +units=m"


def check(source: Path | str, target: Path, scale: int, **options: Any) -> None:
    """Run `nearest` and compare everything with what the input says."""
    rs_sr.super_resolve(source, target, model="nearest", scale=scale, **options)
    leftovers = [p.name for p in target.parent.iterdir() if p.name.startswith(".") or p.name.endswith(".aux.xml")]
    assert not leftovers
    with rasterio.open(source) as a, rasterio.open(target) as b:
        assert (b.width, b.height, b.count) == (a.width * scale, a.height * scale, a.count)
        assert b.dtypes == a.dtypes
        want, got = a.read(), b.read()
        np.testing.assert_array_equal(got, want.repeat(scale, 1).repeat(scale, 2))
        np.testing.assert_array_equal(b.read_masks(), a.read_masks().repeat(scale, 1).repeat(scale, 2))
        if not a.gcps[0]:  # a GeoTIFF has one CRS: that of its ground control points
            assert b.crs == a.crs
        if a.transform.is_identity:
            assert b.transform.is_identity
        else:
            for col, row in ((0, 0), (a.width, 0), (0, a.height), (a.width, a.height), (1, 2)):
                here, there = a.transform @ (col, row), b.transform @ (col * scale, row * scale)
                assert there == pytest.approx(here, rel=1e-12, abs=1e-9)
        np.testing.assert_equal(b.nodata, a.nodata)
        unsaid = (ColorInterp.palette, ColorInterp.undefined)  # a TIFF's first band is gray or red
        wanted = [ColorInterp.gray if i == 0 and c in unsaid else c for i, c in enumerate(a.colorinterp)]
        assert list(b.colorinterp) == wanted
        assert (b.descriptions, b.scales, b.offsets) == (a.descriptions, a.scales, a.offsets)
        assert [u or None for u in b.units] == [u or None for u in a.units]
        for key, value in a.tags().items():
            kept = not key.startswith(("STATISTICS_", "TIFFTAG_"))
            if kept and (key != "AREA_OR_POINT" or not a.transform.is_identity):  # it needs georeferencing
                assert b.tags()[key] == value
        for band in a.indexes:
            assert not [k for k in b.tags(band) if k.startswith("STATISTICS_")]
            assert {k: v for k, v in a.tags(band).items() if not k.startswith("STATISTICS_")}.items() <= b.tags(
                band
            ).items()
        check_points(a, b, scale)
        assert set(b.block_shapes) == {(128 * scale, 128 * scale)}
        assert b.tags()["RS_SR_MODEL"] == "nearest"


def check_points(a: Any, b: Any, scale: int) -> None:
    gcps, crs = a.gcps
    assert len(b.gcps[0]) == len(gcps)
    if gcps:
        assert b.gcps[1] == crs
    for p, q in zip(gcps, b.gcps[0], strict=True):
        assert (q.row, q.col, q.x, q.y) == pytest.approx((p.row * scale, p.col * scale, p.x, p.y))
    assert (b.rpcs is None) == (a.rpcs is None)
    if a.rpcs is not None:
        assert b.rpcs.line_off == pytest.approx(scale * (a.rpcs.line_off + 0.5) - 0.5)
        assert b.rpcs.samp_off == pytest.approx(scale * (a.rpcs.samp_off + 0.5) - 0.5)
        assert b.rpcs.line_scale == pytest.approx(scale * a.rpcs.line_scale)
        assert b.rpcs.line_num_coeff == pytest.approx(a.rpcs.line_num_coeff)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_each_dtype(make: Make, tmp_path: Path, dtype: str, scale: int) -> None:
    check(make("in.tif", pattern(3, 53, 61, dtype)), tmp_path / "out.tif", scale)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 13])
def test_each_number_of_bands(make: Make, tmp_path: Path, count: int) -> None:
    check(make("in.tif", pattern(count, 40, 31, "uint16")), tmp_path / "out.tif", 2)


@pytest.mark.parametrize("size", [(1, 1), (1, 97), (131, 1), (2, 3), (127, 131), (257, 128)])
def test_each_size(make: Make, tmp_path: Path, size: tuple[int, int]) -> None:
    check(make("in.tif", pattern(1, *size, "uint8")), tmp_path / "out.tif", 3)


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [
        ("uint8", 0), ("uint8", 255), ("int16", -32768), ("uint16", 65535), ("float32", -9999), ("int8", -1),
        ("float32", float("nan")), ("float64", -1.7976931348623157e308), ("float32", -3.4028234663852886e38),
        ("uint32", 4294967295), ("int32", -2147483648),
    ],
)  # fmt: skip
def test_each_nodata_value(make: Make, tmp_path: Path, dtype: str, nodata: float) -> None:
    pixels = pattern(2, 60, 50, dtype)
    pixels[0, 10:30, 5:20] = nodata
    pixels[1, 0, 0] = nodata
    check(make("in.tif", pixels, nodata=nodata), tmp_path / "out.tif", 2)


def test_all_nodata(make: Make, tmp_path: Path) -> None:
    check(make("in.tif", np.zeros((4, 60, 50), np.uint16), nodata=0), tmp_path / "out.tif", 4)


def test_nan_without_a_nodata_value(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 40, 40, "float32")
    pixels[0, 3, 4], pixels[0, 9, 9] = np.nan, np.inf
    check(make("in.tif", pixels), tmp_path / "out.tif", 2)


def test_alpha_band(make: Make, tmp_path: Path) -> None:
    pixels = pattern(4, 50, 60, "uint8")
    pixels[3] = 255
    pixels[3, :20], pixels[3, 20:25] = 0, 128
    check(make("in.tif", pixels, photometric="RGB", alpha="YES"), tmp_path / "out.tif", 2)


@pytest.mark.parametrize("internal", [True, False])
def test_mask_of_the_data_set(make: Make, tmp_path: Path, internal: bool) -> None:
    path = make("in.tif", pattern(3, 50, 60, "uint8"))
    mask = np.full((50, 60), 255, np.uint8)
    mask[5:25, 30:] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=internal), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(mask)
    assert Path(f"{path}.msk").exists() != internal
    check(path, tmp_path / "out.tif", 2)


def test_mask_of_each_band(make: Make, tmp_path: Path) -> None:
    pixels = pattern(2, 30, 40, "uint8")
    source = make("pixels.tif", pixels)
    masks = np.full((2, 30, 40), 255, np.uint8)
    masks[0, :9], masks[1, :, 20:] = 0, 0
    mask_file = make("masks.tif", masks)
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{b}"><SimpleSource><SourceFilename>{source}</SourceFilename>'
        f"<SourceBand>{b}</SourceBand></SimpleSource><MaskBand><VRTRasterBand dataType='Byte'><SimpleSource>"
        f"<SourceFilename>{mask_file}</SourceFilename><SourceBand>{b}</SourceBand></SimpleSource></VRTRasterBand>"
        "</MaskBand></VRTRasterBand>"
        for b in (1, 2)
    )
    vrt = tmp_path / "in.vrt"
    vrt.write_text(f'<VRTDataset rasterXSize="40" rasterYSize="30">{bands}</VRTDataset>')
    check(vrt, tmp_path / "out.tif", 2)


def test_nodata_alpha_and_mask_at_once(make: Make, tmp_path: Path) -> None:
    pixels = pattern(4, 50, 60, "uint8")
    pixels[3] = 255
    pixels[3, :5], pixels[0, 40:] = 0, 7
    path = make("in.tif", pixels, nodata=7, photometric="RGB", alpha="YES")
    mask = np.full((50, 60), 255, np.uint8)
    mask[:, 55:] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(mask)
    check(path, tmp_path / "out.tif", 2)
    with gdal_environment(), Source(str(path)) as source:
        valid = source.read(Window(row=0, col=0, height=50, width=60), (1, 2, 3, 4)).valid
    assert not valid[:3, :5].any() and not valid[:3, :, 55:].any() and not valid[0, 40:].any()
    assert valid[1, 5:, :55].all() == bool((pixels[1, 5:, :55] != 7).all())


TRANSFORMS = {
    "rotated": Affine.translation(5e5, 5e6) @ Affine.rotation(17) @ Affine.scale(10, -10),
    "sheared": Affine.translation(5e5, 5e6) @ Affine.shear(12, 5) @ Affine.scale(10, -10),
    "south_up": Affine(10, 0, 5e5, 0, 10, 5e6),
    "not_square": Affine(300.04, 0, 101985, 0, -299.97, 2826915),
    "mirrored": Affine(-10, 0, 5e5, 0, -10, 5e6),
}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_each_transform(make: Make, tmp_path: Path, name: str) -> None:
    check(make("in.tif", pattern(1, 30, 41, "uint8"), transform=TRANSFORMS[name]), tmp_path / "out.tif", 3)


@pytest.mark.parametrize("crs", ["EPSG:4326", CUSTOM_CRS, None, "EPSG:3857", "EPSG:2193"])
def test_each_crs(make: Make, tmp_path: Path, crs: str | None) -> None:
    transform = Affine(0.01, 0, 10, 0, -0.01, 50) if crs == "EPSG:4326" else Affine(10, 0, 1e5, 0, -10, 2e5)
    check(make("in.tif", pattern(1, 30, 41, "uint8"), crs=crs, transform=transform), tmp_path / "out.tif", 2)


def test_nothing_georeferenced(make: Make, tmp_path: Path) -> None:
    check(make("in.tif", pattern(1, 30, 41, "uint8"), crs=None, transform=None), tmp_path / "out.tif", 2)


def test_ground_control_points(make: Make, tmp_path: Path) -> None:
    path = make("in.tif", pattern(1, 30, 41, "uint8"), crs=None, transform=None)
    points = [
        GroundControlPoint(r, c, 10 + c / 100, 50 - r / 100, 3.0, str(r))
        for r, c in ((0, 0), (0, 41), (30, 5.5), (-4, 50))
    ]
    with rasterio.open(path, "r+") as dataset:
        dataset.gcps = (points, rasterio.crs.CRS.from_epsg(4326))
    check(path, tmp_path / "out.tif", 3)


def test_rational_polynomials(make: Make, tmp_path: Path) -> None:
    path = make("in.tif", pattern(1, 30, 41, "uint8"), crs=None, transform=None)
    numbers = [float(i) for i in range(20)]
    rpcs = RPC(
        height_off=100.0, height_scale=500.0, lat_off=50.0, lat_scale=0.1, line_den_coeff=numbers,
        line_num_coeff=numbers,
        line_off=15.5, line_scale=16.0, long_off=10.0, long_scale=0.1, samp_den_coeff=numbers, samp_num_coeff=numbers,
        samp_off=20.0, samp_scale=21.0,
    )  # fmt: skip
    with rasterio.open(path, "r+") as dataset:
        dataset.rpcs = rpcs
    check(path, tmp_path / "out.tif", 2)


@pytest.mark.parametrize("point", ["Area", "Point"])
def test_tags_units_scale_descriptions(make: Make, tmp_path: Path, point: str) -> None:
    path = make("in.tif", pattern(2, 30, 41, "int16"))
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(AREA_OR_POINT=point, SCENE="S2 äöü", EMPTY_LOOKING=" x ")
        dataset.update_tags(1, WAVELENGTH="665 nm", STATISTICS_MAXIMUM="9")
        dataset.descriptions = ("B04 red", None)
        dataset.units = ("W/m2", "K")
        dataset.scales, dataset.offsets = (0.0001, 2.0), (-0.1, 5.0)
    check(path, tmp_path / "out.tif", 2)


@pytest.mark.parametrize(
    "creation",
    [
        {"tiled": True, "blockxsize": 64, "blockysize": 32}, {"blockysize": 3}, {"ENDIANNESS": "BIG"},
        {"SPARSE_OK": True}, {"compress": "lzw", "predictor": 2}, {"interleave": "band"}, {"BIGTIFF": "YES"},
    ],
)  # fmt: skip
def test_each_layout_of_a_tiff(make: Make, tmp_path: Path, creation: dict[str, Any]) -> None:
    check(make("in.tif", pattern(3, 200, 150, "uint16"), **creation), tmp_path / "out.tif", 2)


def test_sparse_file_without_any_block(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=300, height=200, count=1, dtype="uint8", nodata=0, SPARSE_OK=True
    ):
        pass
    check(path, tmp_path / "out.tif", 2)


@pytest.mark.parametrize("driver", ["PNG", "JP2OpenJPEG", "JPEG"])
def test_each_input_format(tmp_path: Path, driver: str) -> None:
    path = tmp_path / {"PNG": "in.png", "JP2OpenJPEG": "in.jp2", "JPEG": "in.jpg"}[driver]
    pixels = pattern(3, 90, 70, "uint8")
    with rasterio.open(path, "w", driver=driver, width=70, height=90, count=3, dtype="uint8") as target:
        target.write(pixels)
    Path(f"{path}.aux.xml").unlink(missing_ok=True)
    check(path, tmp_path / "out.tif", 2)


def test_bands_with_different_nodata_values_share_the_first(make: Make, tmp_path: Path) -> None:
    pixels = pattern(2, 20, 30, "int16")
    pixels[0, 0, 0], pixels[1, 5, 5], pixels[1, 6, 6] = -1, -2, -1
    source = make("pixels.tif", pixels)
    bands = "".join(
        f'<VRTRasterBand dataType="Int16" band="{b}"><NoDataValue>{-b}</NoDataValue><SimpleSource><SourceFilename>'
        f"{source}</SourceFilename><SourceBand>{b}</SourceBand></SimpleSource></VRTRasterBand>"
        for b in (1, 2)
    )
    vrt = tmp_path / "in.vrt"
    vrt.write_text(f'<VRTDataset rasterXSize="30" rasterYSize="20">{bands}</VRTDataset>')
    rs_sr.super_resolve(vrt, tmp_path / "out.tif", model="nearest", scale=2)
    with rasterio.open(tmp_path / "out.tif") as out:
        got = out.read()
        assert out.nodatavals == (-1, -1)
    assert (got[1, 10:12, 10:12] == -1).all(), "the second band's nodata is written as the first's"
    assert (got[1, 12:14, 12:14] == 0).all(), "a valid pixel on the shared value moves one step"
    assert ((got == -1).sum((1, 2)) == 4).all()


def test_palette_is_refused_or_expanded(make: Make, tmp_path: Path) -> None:
    pixels = (np.indices((40, 50)).sum(0) % 4).astype(np.uint8)[None]
    path = make("in.tif", pixels, nodata=0)
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {i: (60 * i, 255 - 50 * i, i, 255) for i in range(4)})
    with pytest.raises(SourceError, match=r"has a palette.*expand_palette"):
        rs_sr.super_resolve(path, tmp_path / "out.tif", scale=2)
    rs_sr.super_resolve(path, tmp_path / "out.tif", model="nearest", scale=2, expand_palette=True)
    fine = pixels[0].repeat(2, 0).repeat(2, 1)
    with rasterio.open(tmp_path / "out.tif") as out:
        assert [c.name for c in out.colorinterp] == ["red", "green", "blue", "alpha"]
        np.testing.assert_array_equal(out.read(1), 60 * fine)
        np.testing.assert_array_equal(out.read(4), np.where(fine == 0, 0, 255))


def test_complex_pixels_are_refused(make: Make, tmp_path: Path) -> None:
    path = make("in.tif", np.ones((1, 9, 9), np.complex64))
    with pytest.raises(SourceError, match="complex64 pixels, which cannot be super-resolved; take its amplitude"):
        rs_sr.super_resolve(path, tmp_path / "out.tif")


RASTERS = (
    "landsat_rgb_utm.tif", "landsat_rgb_79x71.tif", "landsat7_6band.tif", "landsat8_30m_7band_uint16.tif",
    "landsat8_15m_pan_uint16.tif", "sentinel2_20m_6band_uint16.tif", "sentinel2_preview_rgb.jp2",
    "world_rgb_geographic.tif", "dem_srtm_float32.tif", "aerial_rgb_internal_mask.tif", "aerial_rgba_alpha_jpeg.tif",
    "bgra_uint16_alpha.tif", "all_nodata_uint16_4band.tif", "float32_nodata0_with_nan.tif", "int16_scale_offset.tif",
    "landsat_rgb_rotated_utm.tif", "rotated_no_crs.tif", "landsat_rgb_gcp.vrt", "gcp_uint16.tif", "landsat_rgb_rpc.vrt",
    "rpc_uint16.tif", "sentinel2_60m_classes_15bit.jp2",
)  # fmt: skip


@pytest.mark.parametrize("name", RASTERS)
def test_each_real_raster(shared_data: Path, tmp_path: Path, name: str) -> None:
    check(shared_data / "rasters" / name, tmp_path / "out.tif", 2)


@pytest.mark.parametrize("name", [r for r in RASTERS if "classes" not in r and "jpeg" not in r])
def test_each_real_raster_keeps_its_values_through_bicubic(shared_data: Path, tmp_path: Path, name: str) -> None:
    source = shared_data / "rasters" / name
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", scale=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        a, b = rasterio.open(source), rasterio.open(tmp_path / "out.tif")
    with a, b:
        want, got = a.read(masked=True).astype(float), b.read(masked=True).astype(float)
        np.testing.assert_array_equal(np.ma.getmaskarray(got), np.ma.getmaskarray(want).repeat(2, 1).repeat(2, 2))
        for low, fine in zip(want, got, strict=True):
            low, fine = np.ma.masked_invalid(low), np.ma.masked_invalid(fine)
            if low.count():
                spread = max(float(low.max() - low.min()), 1e-9)
                assert abs(float(fine.mean() - low.mean())) < 0.01 * spread + 0.5


def test_classes_are_warned_about(shared_data: Path, tmp_path: Path) -> None:
    with pytest.warns(RsSrWarning, match="if they are classes"):
        rs_sr.super_resolve(
            shared_data / "rasters" / "sentinel2_60m_classes_15bit.jp2", tmp_path / "out.tif", window=(0, 0, 64, 64)
        )


def test_constant_colours_stay_constant(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "rasters" / "bgra_uint16_alpha.tif"
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="lanczos", scale=2)
    with rasterio.open(tmp_path / "out.tif") as out:
        assert set(np.unique(out.read([1, 2, 3]))) == set(np.unique(rasterio.open(source).read([1, 2, 3])))


@pytest.mark.parametrize("name", [r for r in RASTERS if "classes" not in r])
def test_each_real_raster_keeps_its_values_through_lkdn(
    shared_data: Path, published: dict[str, Path], tmp_path: Path, name: str
) -> None:
    source, target = shared_data / "rasters" / name, tmp_path / "out.tif"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(source) as a:
            col, row = max(0, a.width // 2 - 30), max(0, a.height // 2 - 30)
            window = (col, row, min(60, a.width), min(60, a.height))
            want = a.read(window=rasterio.windows.Window(*window), masked=True).astype(float)
            colours = [i for i, c in enumerate(a.colorinterp) if c != ColorInterp.alpha]
            kinds = a.dtypes
    rs_sr.super_resolve(source, target, model=str(published["LKDN-S_x4"]), window=window, tile=128)
    with rasterio.open(target) as b:
        got = b.read(masked=True).astype(float)
        assert b.dtypes == kinds
    np.testing.assert_array_equal(np.ma.getmaskarray(got), np.ma.getmaskarray(want).repeat(4, 1).repeat(4, 2))
    for band in colours:
        low, fine = np.ma.masked_invalid(want[band]), np.ma.masked_invalid(got[band])
        if low.count():
            spread = max(float(low.max() - low.min()), 1e-9)
            assert abs(float(fine.mean() - low.mean())) < 0.03 * spread + 1
