"""A name that holds several rasters: STAC items, Sentinel-2 products, netCDF, Zarr, from disk and over http."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

import rs_sr
from rs_sr.doors.cli import run
from rs_sr.errors import RequestError, SourceError, SourceNotFoundError
from tests.conftest import Make, pattern
from tests.raster.test_remote import RangeServer, server  # noqa: F401 (a fixture)
from tools.products import CORNER, eopf, sentinel2, stac_item, zipped

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


def made(source: Any, tmp_path: Path, **options: Any) -> Any:
    """The result: pixels, CRS, transform, names of bands, tags."""
    target = tmp_path / "o.tif"
    rs_sr.super_resolve(source, target, **({"model": "nearest", "scale": 2, "overwrite": True} | options))
    with rasterio.open(target) as out:
        return out.read(), out.crs, out.transform, out.descriptions, out.tags(1), out.nodata


@pytest.mark.parametrize("kind", ["folder", "zip", "metadata file"])
def test_a_resolution_of_a_sentinel_2_product(tmp_path: Path, kind: str) -> None:
    product = sentinel2(tmp_path)
    source = {"folder": product, "zip": zipped(product), "metadata file": product / "MTD_MSIL2A.xml"}[kind]
    with pytest.raises(SourceError, match=r"several inside; choose with asset: 10m:EPSG_32634, 20m:EPSG_32634, 60m"):
        made(source, tmp_path)
    pixels, crs, transform, names, tags, nodata = made(source, tmp_path, asset="10m", bands="1,2,3")
    assert crs.to_epsg() == 32634 and transform == Affine(5, 0, CORNER[0], 0, -5, CORNER[1])
    assert [name.split(",")[0] for name in names] == ["B4", "B3", "B2"]
    with rasterio.open(next(product.rglob("*B04_10m.jp2"))) as red:
        np.testing.assert_array_equal(pixels[0], red.read(1).repeat(2, 0).repeat(2, 1))
    assert tags["BOA_ADD_OFFSET"] == "-1000" and nodata == 0  # the values keep their offset
    with pytest.raises(RequestError, match=r"10m \(120 x 120 pixels\) and 20m \(60 x 60\) do not lie on one grid;"):
        made(source, tmp_path, asset="10m,20m")
    with pytest.raises(
        RequestError, match=r'asset="40m" names no raster of .*; choose with asset: 10m:EPSG_32634, 20m'
    ):
        made(source, tmp_path, asset="40m")


def test_the_offset_that_is_still_to_be_applied_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = sentinel2(tmp_path)
    words = ["super-resolve", str(source), str(tmp_path / "o.tif"), "--asset", "10m", "--bands", "1", "--scale", "2"]
    assert run([*words, "--model", "bicubic"]) == 0
    assert "the offset of -1000 of Level 1C and 2A from processing baseline 04.00 on" in capsys.readouterr().err


def bands(make: Make) -> dict[str, Path]:
    pixels = pattern(3, 40, 60, "uint16")
    return {n: make(f"{n}.tif", pixels[i : i + 1], nodata=0) for i, n in enumerate(("red", "green", "blue"))}


def test_assets_of_a_stac_item_go_together_in_their_order(make: Make, tmp_path: Path) -> None:
    files = bands(make)
    coarse = make("swir.tif", pattern(1, 20, 30, "uint16"), transform=Affine(20, 0, 500000, 0, -20, 5400000))
    item = stac_item(
        tmp_path, red="red.tif", green="./green.tif", blue=str(files["blue"]), swir=coarse.name, meta="m.xml"
    )
    pixels, crs, transform, names, _, nodata = made(item, tmp_path, asset="green, red")
    assert names == ("green", "red") and crs.to_epsg() == 32633 and transform.a == 5 and nodata == 0
    for plane, name in zip(pixels, names, strict=True):
        with rasterio.open(files[name]) as dataset:
            np.testing.assert_array_equal(plane[::2, ::2], dataset.read(1))
    assert made(item, tmp_path, asset="red,green,blue", model=None)[0].shape == (3, 80, 120)
    with pytest.raises(
        RequestError, match=r"is a STAC item of several rasters; choose with asset: red, green, blue, swir$"
    ):
        made(item, tmp_path)
    with pytest.raises(
        RequestError, match=r'asset="meta" names no raster of .*; choose with asset: red, green, blue, swir'
    ):
        made(item, tmp_path, asset="meta")
    with pytest.raises(RequestError, match=r"red \(60 x 40 pixels\) and swir \(30 x 20\) do not lie on one grid"):
        made(item, tmp_path, asset="red,swir")
    assert {p.suffix for p in tmp_path.iterdir()} == {".tif", ".json"}


def test_a_result_of_assets_is_made_again_by_its_command_and_never_over_them(make: Make, tmp_path: Path) -> None:
    bands(make)
    item = stac_item(tmp_path, red="red.tif", green="green.tif")
    made(item, tmp_path, asset="red,green")
    with rasterio.open(tmp_path / "o.tif") as out:
        assert "--asset red,green" in out.tags()["RS_SR_COMMAND"]
    words = ["report", str(item), str(tmp_path / "o.tif"), "-o", str(tmp_path / "r.html"), "-q"]
    assert run(words) == 0
    with pytest.raises(rs_sr.errors.TargetError, match="is the input itself or a file it reads"):
        rs_sr.super_resolve(item, tmp_path / "red.tif", asset="red,green", model="nearest", overwrite=True)


def test_what_is_no_stac_item_is_one_sentence(make: Make, tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(SourceError, match=r"many.json is a FeatureCollection of several scenes; give one STAC item"):
        made(tmp_path / "many.json", tmp_path, asset="red")
    (tmp_path / "torn.json").write_text('{"type": "Feat')
    with pytest.raises(SourceError, match=r"torn.json cannot be read as JSON"):
        made(tmp_path / "torn.json", tmp_path, asset="red")
    with pytest.raises(SourceNotFoundError, match=r"none.json does not exist"):
        made(tmp_path / "none.json", tmp_path, asset="red")
    with pytest.raises(RequestError, match="holds one raster, or none; leave asset out"):
        made(make("plain.tif", pattern(1, 9, 9, "uint8")), tmp_path, asset="red")


def test_a_stac_item_and_its_assets_over_http(server: RangeServer, make: Make, tmp_path: Path) -> None:  # noqa: F811
    files = bands(make)
    stac_item(tmp_path, red="red.tif", green=f"{server.address}/green.tif")
    remote = made(f"{server.address}/item.json", tmp_path, asset="red,green")
    for plane, name in zip(remote[0], ("red", "green"), strict=True):
        with rasterio.open(files[name]) as dataset:
            np.testing.assert_array_equal(plane[::2, ::2], dataset.read(1))
    with pytest.raises(SourceError, match=r"nothing.json cannot be read as JSON: .*404"):
        made(f"{server.address}/nothing.json", tmp_path, asset="red")


@pytest.mark.parametrize("name", ["{}/c.tif", "/vsicurl/{}/c.tif", "/vsizip//vsicurl/{}/a.zip/c.tif", "{}/c.zarr"])
def test_addresses(server: RangeServer, make: Make, tmp_path: Path, name: str) -> None:  # noqa: F811
    import zipfile

    pixels = pattern(1, 40, 60, "uint8")
    source = make("c.tif", pixels)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(source, "c.tif")
    asset = None
    if name.endswith(".zarr"):
        import xarray as xr

        xr.Dataset(dict.fromkeys(("red", "nir"), (("y", "x"), pixels[0]))).to_zarr(
            tmp_path / "c.zarr", zarr_format=2, consolidated=True
        )
        asset = "red"
    found = made(name.format(server.address), tmp_path, asset=asset)[0]
    np.testing.assert_array_equal(found, pixels.repeat(2, 1).repeat(2, 2))


@pytest.mark.parametrize("kind", ["nc", "zarr"])
def test_variables_of_netcdf_and_zarr(tmp_path: Path, kind: str) -> None:
    import rioxarray  # noqa: F401 (the accessor)
    import xarray as xr

    planes = pattern(3, 40, 60, "int16")
    place = {"y": 5e6 - 10 * (np.arange(40) + 0.5), "x": 5e5 + 10 * (np.arange(60) + 0.5)}
    data = xr.Dataset({n: (("y", "x"), p) for n, p in zip(("red", "green", "cloud"), planes, strict=True)}, place)
    data = data.rio.write_crs(32633).rio.write_coordinate_system()
    for variable in data.data_vars.values():
        variable.attrs["grid_mapping"] = variable.encoding.pop("grid_mapping", "spatial_ref")
    source = tmp_path / f"scene.{kind}"
    if kind == "nc":
        data.to_netcdf(source, engine="scipy")
    else:
        data.to_zarr(source, zarr_format=2, consolidated=True)
    pixels, crs, transform, names, *_ = made(source, tmp_path, asset="green,red")
    assert names == ("green", "red") and transform.almost_equals(Affine(5, 0, 5e5, 0, -5, 5e6))
    assert crs.to_epsg() == 32633
    np.testing.assert_array_equal(pixels[:, ::2, ::2], planes[[1, 0]])
    with pytest.raises(SourceError, match=r"several inside; choose with asset: (red|cloud|green), "):
        made(source, tmp_path)


def test_a_product_of_eopf(tmp_path: Path) -> None:
    source = eopf(tmp_path)
    pixels, crs, transform, *_ = made(source, tmp_path, asset="r10m/b04,r10m/b03,r10m/b02")
    assert pixels.shape == (3, 120, 120) and crs.to_epsg() == 32634
    assert transform == Affine(5, 0, CORNER[0], 0, -5, CORNER[1])
    assert made(source, tmp_path, asset="b05")[0].shape == (1, 60, 60)
    with pytest.raises(RequestError, match=r'asset="b02" names several rasters .*: .*r[12]0m/b02, .*r[12]0m/b02'):
        made(source, tmp_path, asset="b02")
