"""Lazy arrays: the same numbers as the file, in the same place, whatever the chunks."""

from __future__ import annotations

import warnings
from pathlib import Path

import dask
import dask.array
import numpy as np
import pytest
import rasterio
import rioxarray
import xarray as xr
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rs_sr
import rs_sr.run.arrays  # registers .sr
from rs_sr.errors import MemoryBudgetError, RequestError, SourceError
from tests.conftest import SHARED, Make, pattern, small_lkdn

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.RsSrWarning", "ignore::rasterio.errors.NotGeoreferencedWarning")


def of_file(path: Path, target: Path, **options: object) -> rasterio.DatasetReader:
    rs_sr.super_resolve(path, target, overwrite=True, **options)
    return rasterio.open(target)


def same(array: xr.DataArray, result: rasterio.DatasetReader) -> None:
    want = result.read()
    assert array.dtype == want.dtype
    np.testing.assert_array_equal(array.values, want)
    assert array.rio.transform().almost_equals(result.transform, 1e-9)
    assert array.rio.crs == result.crs
    np.testing.assert_equal(array.rio.nodata, result.nodata)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    height=st.integers(1, 300), width=st.integers(1, 300), bands=st.integers(1, 3), scale=st.sampled_from([2, 3, 4]),
    chunk=st.tuples(st.integers(1, 3), st.integers(20, 300), st.integers(20, 300)),
    dtype=st.sampled_from(["uint8", "int16", "float32"]), model=st.sampled_from(["nearest", "bicubic"]),
    gaps=st.sampled_from(["none", "block", "scattered", "all"]), flips=st.tuples(st.booleans(), st.booleans()),
)  # fmt: skip
def test_lazy_equals_the_file_across_chunks(
    make: Make, tmp_path: Path, height: int, width: int, bands: int, scale: int, chunk: tuple[int, int, int],
    dtype: str, model: str, gaps: str, flips: tuple[bool, bool],
) -> None:  # fmt: skip
    pixels = pattern(bands, height, width, dtype)
    if gaps == "block":
        pixels[:, : height // 2, width // 3 :] = 7
    elif gaps == "scattered":
        pixels[np.random.default_rng(1).random(pixels.shape) < 0.1] = 7
    elif gaps == "all":
        pixels[:] = 7
    path = make("a.tif", pixels, nodata=None if gaps == "none" else 7)
    with of_file(path, tmp_path / "b.tif", model=model, scale=scale, tile=128) as result:
        with rioxarray.open_rasterio(path) as opened:
            array = opened.load()
        lazy = array.chunk(dict(zip(("band", "y", "x"), chunk, strict=True)))
        same(lazy.sr.super_resolve(model=model, scale=scale, tile=128), result)
        if model == "nearest":  # whose answer for a flipped array is known: the flipped answer
            turn = {d: slice(None, None, -1) for d, flipped in zip(("y", "x"), flips, strict=True) if flipped}
            made = rs_sr.super_resolve_array(lazy.isel(turn), model=model, scale=scale, tile=128)
            back = made.isel(turn)
            np.testing.assert_array_equal(back.values, result.read())
            if height > 1 and width > 1:
                t = result.transform
                np.testing.assert_allclose(back.x, t.c + t.a * (np.arange(width * scale) + 0.5), atol=1e-6)
                np.testing.assert_allclose(back.y, t.f + t.e * (np.arange(height * scale) + 0.5), atol=1e-6)


@pytest.mark.parametrize("bands", [1, 3])
def test_a_network_gives_the_same_numbers_whatever_the_chunks(make: Make, tmp_path: Path, bands: int) -> None:
    path = make("a.tif", pattern(bands, 200, 150, "uint16"), nodata=0)
    model = str(small_lkdn(tmp_path, bands=bands))
    with of_file(path, tmp_path / "b.tif", model=model, tile=128, halo="exact") as result:
        for chunks in ({"x": 60, "y": 70, "band": 1}, {"x": -1, "y": 33}, None):
            array = rioxarray.open_rasterio(path, chunks=chunks)
            same(rs_sr.super_resolve_array(array, model=model, tile=128, halo="exact"), result)


def test_nothing_but_samples_is_computed_before_the_result_is(make: Make) -> None:
    asked = []

    def block(block_info: dict) -> np.ndarray:
        asked.append(block_info[None]["array-location"])
        shape = block_info[None]["chunk-shape"]
        return np.full(shape, 9, "uint8")

    data = dask.array.map_blocks(
        block, chunks=((1,), (256,) * 40, (256,) * 40), dtype="uint8", meta=np.empty(0, "uint8")
    )
    array = xr.DataArray(data, dims=("band", "y", "x"))
    made = rs_sr.super_resolve_array(array, model="nearest", scale=2, tile=256)
    assert len(asked) <= 64  # of 1600
    asked.clear()
    with dask.config.set(scheduler="sync"):
        part = made[:, 600:700, 600:700].compute()
    assert (part == 9).all()
    assert 1 <= len(asked) <= 9  # the tile's own chunk and those its halo meets


def test_nothing_is_warned_of_that_is_not_about_the_scene(make: Make) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(3, 60, 70, "uint8")))
    with warnings.catch_warnings():
        warnings.simplefilter("error", rasterio.errors.NotGeoreferencedWarning)
        rs_sr.super_resolve_array(array, model="bicubic", scale=2)


def test_the_graph_grows_with_the_blocks_alone() -> None:
    data = dask.array.zeros((1, 5120, 5120), chunks=512, dtype="uint8")
    made = rs_sr.super_resolve_array(xr.DataArray(data, dims=("band", "y", "x")), model="nearest", scale=2, tile=512)
    assert len(made.__dask_graph__()) <= 10 * 100 + 2
    assert len([k for k in dict(made.__dask_graph__()) if k[0] == made.data.name]) == 100
    assert made.chunks[1:] == ((1024,) * 10,) * 2


def test_an_edited_array_is_the_truth_not_its_file(make: Make) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(1, 60, 70, "uint8")), chunks=True)
    edited = (array // 2).astype("uint8").isel(x=slice(10, 50), y=slice(5, None))
    edited.encoding = array.encoding
    made = rs_sr.super_resolve_array(edited, model="nearest", scale=2)
    np.testing.assert_array_equal(made.values, edited.values.repeat(2, 1).repeat(2, 2))
    assert made.rio.bounds() == pytest.approx(edited.rio.bounds())


def test_a_time_series_and_a_dataset_are_mapped_over(make: Make) -> None:
    one = rioxarray.open_rasterio(make("a.tif", pattern(3, 40, 50, "uint8")))
    two = one.copy(data=one.values[:, ::-1])
    series = xr.concat([one, two], dim=xr.Variable("time", np.array(["2020-01-01", "2021-01-01"], "datetime64[ns]")))
    made = rs_sr.super_resolve_array(series, model="bicubic", scale=2)
    assert made.dims == ("time", "band", "y", "x")
    assert (made.time == series.time).all()
    for step, array in enumerate((one, two)):
        alone = rs_sr.super_resolve_array(array, model="bicubic", scale=2)
        np.testing.assert_array_equal(made.isel(time=step).values, alone.values)
    dataset = xr.Dataset({"a": one, "b": one.isel(band=0), "note": 5})
    both = dataset.sr.super_resolve(model="nearest", scale=3)
    assert both.a.shape == (3, 120, 150)
    assert both.b.shape == (120, 150)
    assert both.note == 5
    gaps = one.rio.write_nodata(int(one[0, 3, 4])).to_dataset(dim="band")  # its nodata is the Dataset's there
    made = rs_sr.super_resolve_array(gaps, model="bicubic", scale=2)
    alone = rs_sr.super_resolve_array(one.rio.write_nodata(int(one[0, 3, 4])).isel(band=0), model="bicubic", scale=2)
    np.testing.assert_array_equal(made[1].values, alone.values)
    assert made[1].rio.nodata == alone.rio.nodata
    assert both.rio.crs == one.rio.crs


def test_what_an_array_says_of_itself_is_carried(make: Make) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(3, 30, 40, "uint16"), nodata=0))
    array = array.assign_attrs(long_name=("B2 blue", "B3 green", "B4 red"), STATISTICS_MEAN=5, sensor="x")
    array = array.assign_coords(wavelength=("band", [490, 560, 665]), date="2020").rename("scene")
    made = rs_sr.super_resolve_array(array, model="bicubic", scale=2, bands="3,1")
    assert made.band.values.tolist() == [3, 1]
    assert made.attrs["long_name"] == ("B4 red", "B2 blue")
    assert made.wavelength.values.tolist() == [665, 490]
    assert made.attrs["sensor"] == "x"
    assert "STATISTICS_MEAN" not in made.attrs
    assert made.attrs["RS_SR_MODEL"] == "bicubic" and not {"RS_SR_COMMAND", "RS_SR_RUN"} & set(made.attrs)
    assert made.name == "scene"
    assert made.date == "2020"


def test_masked_floats_stay_masked_and_are_written_with_their_nodata(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 40, 40, "int16")
    pixels[0, 3:9, 4:8] = -99
    array = rioxarray.open_rasterio(make("a.tif", pixels, nodata=-99), masked=True)
    made = rs_sr.super_resolve_array(array, model="bicubic", scale=2)
    assert made.isnull().sum() == 4 * 6 * 4
    made.rio.to_raster(tmp_path / "b.tif")
    with rasterio.open(tmp_path / "b.tif") as result:
        assert result.nodata == -99
        assert (result.read() == -99).sum() == 4 * 6 * 4


@pytest.mark.parametrize("fill", [float("nan"), 70000, -1])
def test_a_fill_value_that_the_type_cannot_hold_marks_no_pixel(make: Make, tmp_path: Path, fill: float) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(1, 30, 30, "uint16"))).load()
    plain = rs_sr.super_resolve_array(array, model="bicubic", scale=2)
    array.encoding["_FillValue"] = fill
    for asked in (array, array.to_dataset(name="height")):
        made = rs_sr.super_resolve_array(asked, model="bicubic", scale=2)
        made = made["height"] if asked is not array else made
        np.testing.assert_array_equal(made.values, plain.values)
        assert made.rio.nodata is None
    made.rio.to_raster(tmp_path / "b.tif")
    assert rasterio.open(tmp_path / "b.tif").nodata is None


@pytest.mark.parametrize("packed", [False, True])
def test_masked_results_are_written_as_floats_not_packed_as_the_input_was(
    make: Make, tmp_path: Path, packed: bool
) -> None:
    pixels = np.where(np.indices((30, 40)).sum(0) % 8 < 4, 1, 255).astype("uint8")[None]
    pixels[0, :6, :6] = 0
    path = make("a.tif", pixels, nodata=0)
    with rasterio.open(path, "r+") as target:
        target.scales = (1e-4 if packed else 1.0,)
    array = rioxarray.open_rasterio(path, masked=True, mask_and_scale=packed)
    made = rs_sr.super_resolve_array(array, model="bicubic", scale=2, range=(0, 255e-4 if packed else 255))
    want = made.values
    assert want[~np.isnan(want)].max() > 1.02 * np.nanmax(array.values)  # overshoot, which uint8 would wrap
    made.rio.to_raster(tmp_path / "b.tif")
    with rioxarray.open_rasterio(tmp_path / "b.tif", masked=True) as written:
        assert written.dtype == want.dtype
        np.testing.assert_array_equal(written.values, want)
    made.to_zarr(tmp_path / "b.zarr", zarr_format=2)
    with xr.open_zarr(tmp_path / "b.zarr", decode_coords="all") as store:
        np.testing.assert_array_equal(store[made.name].values, want)
    with rasterio.open(tmp_path / "b.zarr") as gdal:
        assert gdal.crs == array.rio.crs
        np.testing.assert_array_equal(gdal.read(masked=True).filled(np.nan), want)


def names_of_its_own(array: xr.DataArray) -> xr.DataArray:
    return array.rename(x="easting", y="northing").rio.set_spatial_dims(x_dim="easting", y_dim="northing")


def test_axes_may_have_names_of_their_own(make: Make) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(2, 30, 40, "uint8")), chunks=16)
    bare = array.drop_attrs().drop_vars("spatial_ref")
    for known in (array, bare):
        want = rs_sr.super_resolve_array(known, model="bicubic", scale=2)
        for dims in (("band", "northing", "easting"), ("easting", "band", "northing")):
            own = names_of_its_own(known.transpose(*(d.replace("northing", "y").replace("easting", "x") for d in dims)))
            made = rs_sr.super_resolve_array(own, model="bicubic", scale=2)
            assert made.dims == dims
            assert made.rio.transform() == want.rio.transform()
            xr.testing.assert_equal(made.rename(easting="x", northing="y").transpose(*want.dims), want)
            assert made.isel(band=0).rio.bounds() == want.rio.bounds()  # .rio knows them again by their attributes
    series = xr.concat([own, own], dim="time")
    series.rio.set_spatial_dims(x_dim="easting", y_dim="northing")
    made = rs_sr.super_resolve_array(series, model="bicubic", scale=2)
    assert (made.dims, made.rio.x_dim) == (("time", *dims), "easting")
    dataset = xr.Dataset({"a": own, "b": own.isel(band=0)})
    dataset.rio.set_spatial_dims(x_dim="easting", y_dim="northing")
    both = dataset.sr.super_resolve(model="bicubic", scale=2)
    assert both.a.dims == dims
    assert both.b.dims == ("easting", "northing")
    np.testing.assert_array_equal(both.a.transpose("band", "northing", "easting").values, want.values)


@pytest.mark.parametrize(("single", "other"), [("y", "x"), ("x", "y")])
def test_one_row_or_column_has_square_pixels(make: Make, single: str, other: str) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(1, 30, 40, "uint8"))).drop_vars("spatial_ref")
    line = array.isel({single: slice(7, 8)})
    made = rs_sr.super_resolve_array(line, model="nearest", scale=2)
    whole = rs_sr.super_resolve_array(array, model="nearest", scale=2)
    np.testing.assert_allclose(made[single], whole[single][14:16])
    np.testing.assert_allclose(made[other], whole[other])
    assert made.rio.resolution() == (5, -5)
    assert "x" not in rs_sr.super_resolve_array(line.isel({other: [0]}), model="nearest", scale=2).coords


def test_an_array_without_a_name_gets_one() -> None:
    made = rs_sr.super_resolve_array(xr.DataArray(pattern(1, 20, 20, "uint8"), dims=("band", "y", "x")), scale=2)
    assert made.name == "image"


def test_a_mask_in_our_zarr_is_applied_as_the_guide_says(make: Make, tmp_path: Path) -> None:
    path = make("a.tif", pattern(3, 20, 30, "uint8"))
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as target:
        target.write_mask(np.pad(np.full((12, 20), 255, "uint8"), ((0, 8), (0, 10))))
    rs_sr.super_resolve(path, tmp_path / "b.zarr", model="nearest", scale=2)
    store = xr.open_zarr(tmp_path / "b.zarr", decode_coords="all")
    image = store.image.where(store.mask.isel(mask_band=0) != 0)
    assert int(image.notnull().sum()) == 3 * 24 * 40
    assert image.dims == ("band", "y", "x")


def test_colours_are_known_by_name(make: Make, tmp_path: Path) -> None:
    model = str(small_lkdn(tmp_path, bands=3))
    pixels = pattern(4, 40, 40, "uint8")
    path = make("a.tif", pixels, photometric="MINISBLACK", alpha="NO")
    with rasterio.open(path, "r+") as target:
        target.descriptions = ("nir", "blue", "green", "red")
    array = rioxarray.open_rasterio(path)
    with of_file(path, tmp_path / "b.tif", model=model) as result:
        same(rs_sr.super_resolve_array(array, model=model), result)
        names = array.assign_coords(band=["nir", "blue", "green", "red"])
        del names.attrs["long_name"]
        np.testing.assert_array_equal(rs_sr.super_resolve_array(names, model=model).values, result.read())


@pytest.mark.parametrize("name", ["landsat8_30m_7band_uint16", "float32_nodata0_with_nan", "world_rgb_geographic"])
def test_real_rasters_give_what_their_files_give(shared_data: Path, tmp_path: Path, name: str) -> None:
    path = SHARED / "rasters" / f"{name}.tif"
    with of_file(path, tmp_path / "b.tif", model="bicubic", scale=2) as result:
        same(rs_sr.super_resolve_array(rioxarray.open_rasterio(path, chunks=True), model="bicubic", scale=2), result)


def test_uncertainty_comes_as_a_second_variable_and_equals_the_file(make: Make, tmp_path: Path) -> None:
    pixels = pattern(3, 60, 70, "uint8")
    pixels[:, 5:20, 6:30] = 0
    path, model = make("a.tif", pixels, nodata=0), str(small_lkdn(tmp_path))
    options = {"model": model, "tile": 128, "consistent": True}
    with of_file(path, tmp_path / "b.tif", uncertainty=tmp_path / "e.tif", **options) as result:
        array = rioxarray.open_rasterio(path, chunks={"x": 31})
        made = rs_sr.super_resolve_array(array, uncertainty=True, **options)
        same(made.image, result)
    with rasterio.open(tmp_path / "e.tif") as errors:
        np.testing.assert_array_equal(made.uncertainty.values, errors.read())
        assert made.uncertainty.rio.transform().almost_equals(errors.transform, 1e-9)
    assert made.uncertainty.dtype == "float32"
    with pytest.raises(RequestError, match="uncertainty is for one array"):
        rs_sr.super_resolve_array(array.to_dataset(name="a"), uncertainty=True, model=model)


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (lambda a: a, {"cog": True}, "cog is about files; leave it out; give it where the result is written"),
        (lambda a: a, {"window": (0, 0, 9, 9)}, "window is about files; leave it out; choose a part with .isel"),
        (lambda a: a, {"cluster": "local"}, "cluster is about files; leave it out; make a distributed.Client"),
        (lambda a: a, {"assign_crs": "EPSG:4326"}, "give the array its CRS with .rio.write_crs"),
        (lambda a: a, {"oo": ("A=1",)}, "give it to rioxarray.open_rasterio"),
        (lambda a: a.rename(x="u", y="v"), {}, "do not tell which are y and x"),
        (lambda a: a.astype("complex64"), {}, "the array has complex64 values"),
        (lambda a: a.assign_coords(x=(a.x.values - 5e5) ** 2), {}, "coordinate x is not evenly spaced"),
        (lambda a: a.isel(x=slice(0, 0)), {}, "the array has no pixels"),
        (lambda a: a.values, {}, "ndarray is not a DataArray"),
        (lambda a: a.isel(band=slice(0, 0)), {}, "the array has no pixels"),
        (lambda a: a.expand_dims("time").isel(time=[]), {}, "the array has nothing along time; check how it was cut"),
        (lambda a: a, {"bands": "7"}, "band 7 asked for, .* give bands with numbers from 1 to 2"),
        (lambda a: a, {"tiel": 3}, "^tiel is not an option; did you mean tile"),
        (lambda a: a, {"sharpen": 3}, "^sharpen is not an option; choose from bands, blur, consistent, device, dtype"),
        (lambda a: a, {"range": (5, 1)}, "^range=\\(5, 1\\) is not a valid range"),
        (lambda a: a, {"tile": 0}, "^tile=0 is too small"),
        (lambda a: a, {"halo": "exact", "memory": "1MB"}, r'give memory="\d+MB" or a smaller halo'),
        (lambda a: a, {"nodata": "300"}, "^nodata=300 cannot occur in uint8"),
        (lambda a: a, {"uncertainty": "e.tif"}, "uncertainty='e.tif' names a file"),
    ],
)
def test_mistakes_are_told_in_a_sentence(make: Make, change, options: dict, words: str) -> None:
    array = rioxarray.open_rasterio(make("a.tif", pattern(2, 30, 30, "uint8")))
    with pytest.raises((RequestError, SourceError, MemoryBudgetError), match=words) as told, warnings.catch_warnings():
        rs_sr.super_resolve_array(change(array), model="nearest", scale=2, **options)
    assert "--" not in str(told.value)


def test_what_comes_up_while_computing_speaks_python_too(make: Make) -> None:
    pixels = np.ones((1, 300, 300), "float32")
    pixels[:, 200:] = np.nan
    made = rs_sr.super_resolve_array(
        rioxarray.open_rasterio(make("a.tif", pixels)), model="bicubic", scale=2, tile=128, dtype="uint8"
    )
    with pytest.raises(RequestError, match="give nodata=VALUE, a value of uint8 that marks the gaps, or another dtype"):
        made.compute()


def test_a_warning_speaks_python_too() -> None:
    pixels = np.pad(pattern(1, 200, 200, "uint16"), ((0, 0), (60, 60), (60, 60)))
    with pytest.warns(rs_sr.RsSrWarning, match="give nodata=0"):
        rs_sr.super_resolve_array(xr.DataArray(pixels, dims=("band", "y", "x")), model="bicubic", scale=2)


@pytest.mark.parametrize(
    ("values", "even"),
    [
        ((45 - (np.arange(600) + 0.5) / 3600).astype("float32"), True),
        (np.round(45 - (np.arange(600) + 0.5) / 3600, 5), True),
        ((5e6 - np.arange(600)).astype("float32"), True),
        ((45 - np.arange(600) / 7).astype("float16"), True),
        (np.arange(600), True),
        (np.delete(45 - np.arange(601) / 3600, 300), False),  # a row is missing
        (np.delete(45 - np.arange(601) / 3600, 598), False),
        (np.log(np.arange(600) + 100.0), False),
        (np.degrees(np.arcsin(np.linspace(0.9, 0.1, 600))), False),
    ],
)
def test_rows_are_even_as_far_as_their_numbers_can_say(values: np.ndarray, even: bool) -> None:
    array = xr.DataArray(np.zeros((600, 4), "uint8"), dims=("y", "x"), coords={"y": values, "x": np.arange(4)})
    if not even:
        with pytest.raises(RequestError, match="coordinate y is not evenly spaced"):
            rs_sr.super_resolve_array(array, model="nearest", scale=2)
        return
    made = rs_sr.super_resolve_array(array, model="nearest", scale=2)
    step = float(values[-1] - values[0]) / 599
    np.testing.assert_allclose(
        made.y[::2], values - step / 4, atol=0.05 * abs(step) + float(np.spacing(abs(values).max()))
    )


def test_rounded_coordinates_move_nothing_by_a_hundredth_of_a_pixel(make: Make) -> None:
    place = Affine(1 / 3600, 0, 7, 0, -1 / 3600, 45)
    exact = rioxarray.open_rasterio(make("a.tif", pattern(1, 300, 300, "uint8"), crs="EPSG:4326", transform=place))
    rounded = exact.assign_coords(x=exact.x.astype("float32"), y=exact.y.astype("float32"))
    made = rs_sr.super_resolve_array(rounded, model="nearest", scale=2)
    assert made.rio.transform().almost_equals(Affine(1 / 7200, 0, 7, 0, -1 / 7200, 45), 0.01 / 3600)


def test_what_is_said_of_a_dataset_names_the_variable() -> None:
    fine, odd = (xr.DataArray(pattern(1, 70, 70, t)[0], dims=("y", "x")) for t in ("uint8", "float32"))
    with pytest.raises(SourceError, match=r"^variable odd: the array has complex64 values; convert"):
        rs_sr.super_resolve_array(xr.Dataset({"fine": fine, "odd": odd.astype("complex64")}), model="nearest")
    classes = xr.Dataset({"fine": fine, "map": fine // 100})
    with pytest.warns(UserWarning, match="^variable map: band 1 has 3 different values only"):
        rs_sr.super_resolve_array(classes, model="bicubic")


def test_red_green_and_blue_go_together_in_a_dataset_as_in_a_file(make: Make, tmp_path: Path) -> None:
    pixels = pattern(4, 60, 50, "uint8")
    path, names = make("a.tif", pixels, nodata=3, photometric="MINISBLACK", alpha="no"), ("nir", "blue", "green", "red")
    with rasterio.open(path, "r+") as opened:
        opened.descriptions = names
    model = str(small_lkdn(tmp_path))
    array = rioxarray.open_rasterio(path, chunks={"x": 20}).assign_coords(band=list(names))
    array.attrs.pop("long_name")
    dataset = xr.Dataset({name: array.sel(band=name, drop=True) for name in names}, attrs={"mission": "mine"})
    dataset["blue"].attrs["long_name"] = "Blue reflectance"
    fine = rs_sr.super_resolve_array(dataset, model=model)
    assert list(fine.data_vars) == list(names) and fine.attrs == {"mission": "mine"}
    assert fine["blue"].attrs["long_name"] == "Blue reflectance" and "long_name" not in fine["red"].attrs
    with of_file(path, tmp_path / "b.tif", model=model) as result:
        for number, name in enumerate(names, 1):
            assert fine[name].dims == ("y", "x") and fine[name].rio.nodata == 3
            if name != "nir":  # beside gaps a band is continued as all bands of its raster are
                np.testing.assert_array_equal(fine[name].values, result.read(number))
    renamed = rs_sr.super_resolve_array(dataset.rename(red="swir"), model=model)
    assert (renamed["green"] != fine["green"]).any()  # alone
