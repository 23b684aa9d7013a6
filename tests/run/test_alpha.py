"""Alpha through palettes and other data types: what is transparent stays so, and nothing else becomes it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

import rs_sr
from rs_sr.errors import MetadataWarning, SourceError
from tests.conftest import Make, pattern

COLOURS = {i: (60 * i, 255 - 50 * i, i, 255) for i in range(4)}
CLASSES = (np.indices((40, 50)).sum(0) % 4).astype(np.uint8)
Array = NDArray[Any]


def made(source: Path, target: Path, **options: Any) -> Array:
    rs_sr.super_resolve(source, target, model="nearest", scale=2, overwrite=True, **options)
    with rasterio.open(target) as out:
        return np.asarray(out.read())


def fine(plane: Array) -> Array:
    return plane.repeat(2, 0).repeat(2, 1)


def vrt(path: Path, *bands: str) -> Path:
    """A VRT of bands in XML, on the grid of `make`."""
    place = "<SRS>EPSG:32633</SRS><GeoTransform>500000,10,0,5400000,0,-10</GeoTransform>"
    path.write_text(f'<VRTDataset rasterXSize="50" rasterYSize="40">{place}{"".join(bands)}</VRTDataset>')
    return path


def vrt_band(number: int, file: Path, dtype: str, colour: str, *, of: int = 1, more: str = "") -> str:
    source = f"<SimpleSource><SourceFilename>{file}</SourceFilename><SourceBand>{of}</SourceBand></SimpleSource>"
    inside = f"<ColorInterp>{colour}</ColorInterp>{more}{source}"
    return f'<VRTRasterBand dataType="{dtype}" band="{number}">{inside}</VRTRasterBand>'


def table(colours: dict[int, tuple[int, ...]]) -> str:
    rows = "".join('<Entry c1="{}" c2="{}" c3="{}" c4="{}"/>'.format(*colours[i]) for i in sorted(colours))
    return f"<ColorTable>{rows}</ColorTable>"


# Palettes


def test_the_alpha_beside_a_palette_is_kept_when_it_becomes_colours(make: Make, tmp_path: Path) -> None:
    alpha = np.full((40, 50), 255, np.uint8)
    alpha[:7], alpha[7:9], alpha[9:11] = 0, 100, 1
    path = make("in.tif", np.stack([CLASSES, alpha]), photometric="palette", alpha="yes")
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, COLOURS | {3: (180, 105, 3, 128)})
        dataset.colorinterp = (ColorInterp.palette, ColorInterp.alpha)
    got = made(path, tmp_path / "o.tif", expand_palette=True)
    assert len(got) == 4
    np.testing.assert_array_equal(got[0], fine(60 * CLASSES))
    opaque = fine(CLASSES != 3)
    np.testing.assert_array_equal(got[3][opaque], fine(alpha)[opaque])
    assert ((got[3] == 0) == (fine(alpha) == 0)).all(), "gaps are where they were, and nowhere else"
    with rasterio.open(tmp_path / "o.tif") as out:
        assert [c.name for c in out.colorinterp] == ["red", "green", "blue", "alpha"]


def test_a_palette_in_another_band_hinders_only_who_takes_it(make: Make, tmp_path: Path) -> None:
    grey, classes = pattern(1, 40, 50, "uint8"), make("classes.tif", CLASSES[None])
    first = vrt_band(1, make("grey.tif", grey), "Byte", "Gray")
    path = vrt(tmp_path / "in.vrt", first, vrt_band(2, classes, "Byte", "Palette", more=table(COLOURS)))
    np.testing.assert_array_equal(made(path, tmp_path / "a.tif", bands="1")[0], fine(grey[0]))
    with pytest.raises(SourceError, match=r"has a palette.*expand_palette"):
        rs_sr.super_resolve(path, tmp_path / "b.tif", model="bicubic")
    got = made(path, tmp_path / "c.tif", expand_palette=True)
    np.testing.assert_array_equal(got[0], fine(grey[0]))
    np.testing.assert_array_equal(
        got[1:4], [fine(np.array([COLOURS[i][c] for i in range(4)])[CLASSES]) for c in range(3)]
    )
    assert len(got) == 5 and (got[4] == 255).all(), "four colours of 256 values: alpha says which have none"


@pytest.mark.parametrize("dtype", ["float32", "int16", "uint16"])
def test_a_palette_of_any_type_gives_its_colours_and_what_has_none_is_a_gap(
    make: Make, tmp_path: Path, dtype: str
) -> None:
    pixels = CLASSES.astype(dtype)
    pixels[:3] = 9  # beyond the table
    pixels[3] = np.nan if dtype == "float32" else 7
    pixels[4] = 1.5 if dtype == "float32" else 8
    name = {"float32": "Float32", "int16": "Int16", "uint16": "UInt16"}[dtype]
    path = make("classes.tif", pixels[None])
    band = vrt_band(1, path, name, "Palette", more=table(COLOURS) + "<NoDataValue>2</NoDataValue>")
    got = made(vrt(tmp_path / "in.vrt", band), tmp_path / "o.tif", expand_palette=True)
    gap = (pixels == 2) | (np.arange(40)[:, None] < 5)
    np.testing.assert_array_equal(got[3], fine(np.where(gap, 0, 255)))
    np.testing.assert_array_equal(got[0][got[3] > 0], fine(60 * CLASSES)[got[3] > 0])


SUFFIXES = ["o.tif", "o.cog", "o.vrt", "o.zarr"]


def nearest(source: Path, folder: Path, name: str, **options: Any) -> Path:
    """A result three times as fine by ``nearest``, and what opens it; `.cog` is a COG."""
    target = folder / name.replace(".cog", ".tif")
    rs_sr.super_resolve(source, target, model="nearest", scale=3, tile=128, cog=name == "o.cog", **options)
    return target / "image.vrt" if target.suffix == ".zarr" else target


@pytest.mark.parametrize("name", SUFFIXES)
@pytest.mark.parametrize(
    "kind", ["uint8", "uint16", "vrt", "later band", "beside alpha", "one bit", "white is 0", "4 bit"]
)
def test_a_map_with_a_palette_goes_through_nearest_with_its_colours(
    make: Make, tmp_path: Path, name: str, kind: str
) -> None:
    classes = (np.indices((200, 150)).sum(0) // 5 % 4).astype("uint16" if kind == "uint16" else "uint8")
    classes[3:60, 7:90] = 0
    packed = {"one bit": 1, "white is 0": 1, "4 bit": 4}.get(kind)
    classes %= 2 if packed == 1 else 4
    colours, pixels, place = {k: COLOURS[k] for k in range(2 if packed == 1 else 4)}, classes[None], 1
    if kind == "white is 0":  # whose palette GDAL makes of that
        path, colours = make("in.tif", pixels, nbits=1, photometric="MINISWHITE"), {0: (255,) * 4, 1: (0, 0, 0, 255)}
    elif kind in ("vrt", "later band"):
        file, place = make("c.tif", pixels), 2 if kind == "later band" else 1
        colours = colours | {2: (1, 2, 3, 77)}  # transparent in part: no TIFF has that
        band = vrt_band(place, file, "Byte", "Palette", more=table(colours))
        bands, pixels = [band], pixels if place == 1 else np.stack([classes, classes])
        path = tmp_path / "in.vrt"
        vrt(path, *([vrt_band(1, file, "Byte", "Gray")] if place == 2 else []), *bands)
        path.write_text(path.read_text().replace('Size="50"', 'Size="150"').replace('Size="40"', 'Size="200"'))
    else:
        if kind == "beside alpha":
            pixels = np.stack([classes, 255 * (classes != 1)]).astype(np.uint8)
        path = make("in.tif", pixels, photometric="palette", **({"alpha": "yes"} if len(pixels) == 2 else {}))
        if packed:
            path = make("in.tif", pixels, photometric="palette", nbits=packed)
        with rasterio.open(path, "r+") as dataset:
            dataset.write_colormap(1, colours)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", MetadataWarning)
        target = nearest(path, tmp_path, name)
    lost = [str(w.message) for w in caught if w.category is MetadataWarning]
    alone = kind == "later band" and name != "o.zarr"  # where a TIFF has no palette
    assert lost == ["not carried over to the result: palette of band 2"] * alone
    with rasterio.open(target) as out:
        np.testing.assert_array_equal(out.read(), pixels.repeat(3, 1).repeat(3, 2))
        assert (out.colorinterp[place - 1] == ColorInterp.palette) != alone
        assert alone or {k: out.colormap(place)[k] for k in colours} == colours
        assert kind != "beside alpha" or out.colorinterp[1] == ColorInterp.alpha
        if name != "o.zarr" and packed:
            assert out.tags(1, ns="IMAGE_STRUCTURE")["NBITS"] == str(packed)
        if name == "o.tif":
            assert set(out.block_shapes) == {(384, 384)}


def test_a_palette_goes_through_no_model_that_mixes(make: Make, tmp_path: Path) -> None:
    path = make("in.tif", CLASSES[None], photometric="palette")
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, COLOURS)
    words = "has a palette: .* use expand_palette if it is a picture, or model=.?nearest.? if it is a map"
    for options in ({}, {"model": "bicubic"}):
        with pytest.raises(SourceError, match=words):
            rs_sr.super_resolve(path, tmp_path / "o.tif", **options)


def test_packed_bits_give_way_to_what_does_not_fit_in_them(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", CLASSES[None] % 2, nbits=1)
    for options in ({"nodata": "255"}, {"dtype": "uint16"}, {"co": ("PREDICTOR=2",)}):
        with rasterio.open(nearest(source, tmp_path, "o.tif", overwrite=True, **options)) as out:
            np.testing.assert_array_equal(out.read(), (CLASSES[None] % 2).repeat(3, 1).repeat(3, 2))
            assert "NBITS" not in out.tags(1, ns="IMAGE_STRUCTURE")


# Data types


def with_alpha(make: Make, values: list[float], dtype: str) -> tuple[Path, Array]:
    """A raster with bands of alpha 0 to the last of `values`, and that alpha."""
    pixels = pattern(4, 40, 50, dtype)
    pixels[3] = np.array(values, dtype)[np.arange(40) * len(values) // 40][:, None]
    return make("in.tif", pixels, photometric="RGB", alpha="YES"), pixels[3]


@pytest.mark.parametrize(
    ("dtype", "values", "to", "expected"),
    [
        ("uint8", [0, 1, 128, 255], "uint16", [0, 257, 32896, 65535]),
        ("uint8", [0, 1, 128, 255], "int16", [0, 128, 16448, 32767]),
        ("uint8", [0, 1, 128, 255], "float32", [0, 1, 128, 255]),
        ("uint8", [0, 1, 128, 255], "int8", [0, 1, 64, 127]),
        ("uint16", [0, 1, 200, 65535], "uint8", [0, 1, 1, 255]),
        ("uint16", [0, 1, 200, 65535], "uint32", [0, 1, 1, 255]),
        ("uint16", [0, 1, 128, 255], "uint8", [0, 1, 128, 255]),
        ("uint16", [0, 1, 128, 255], "float32", [0, 1, 128, 255]),
        ("uint16", [0, 1, 128, 256], "uint8", [0, 1, 1, 1]),
        ("uint16", [0, 1], "uint8", [0, 255]),
        ("int16", [0, 255], "uint16", [0, 65535]),
        ("uint8", [0, 1], "uint16", [0, 65535]),
        ("int16", [0, 1, 16384, 32767], "uint8", [0, 1, 128, 255]),
        ("float32", [0, 0.001, 0.3, 1], "uint8", [0, 1, 77, 255]),
        ("float32", [0, 0.3, 100, 255], "uint8", [0, 1, 100, 255]),
        ("float32", [0, 0.3, 0.5, 1], "float64", [0, np.float32(0.3), 0.5, 1]),
        ("uint8", [0, 1, 128, 255], "uint8", [0, 1, 128, 255]),
    ],
)
def test_alpha_keeps_its_share_of_opaque_in_another_type(
    make: Make, tmp_path: Path, dtype: str, values: list[float], to: str, expected: list[float]
) -> None:
    source, alpha = with_alpha(make, values, dtype)
    got = made(source, tmp_path / "o.tif", dtype=to)[3]
    assert got.dtype == to
    for value, wanted in zip(values, expected, strict=True):
        assert (got[fine(alpha == np.array(value, dtype))] == wanted).all(), (value, np.unique(got))


def test_a_mask_stays_what_it_was_in_another_type(make: Make, tmp_path: Path) -> None:
    mask = np.full((40, 50), 255, np.uint8)
    mask[:9], mask[9:12] = 0, 1
    source = make("in.tif", pattern(2, 40, 50, "uint8"))
    outside = vrt_band(1, make("mask.tif", mask[None]), "Byte", "Gray").replace(' band="1"', "")
    bands = [vrt_band(i, source, "Byte", "Gray", of=i) for i in (1, 2)]
    path = vrt(tmp_path / "in.vrt", *bands, f"<MaskBand>{outside}</MaskBand>")
    made(path, tmp_path / "o.tif", dtype="uint16")
    with rasterio.open(tmp_path / "o.tif") as out:
        assert ((out.dataset_mask() == 0) == fine(mask == 0)).all()


def test_bands_of_several_types_are_read_when_the_result_is_given_one(make: Make, tmp_path: Path) -> None:
    values, alpha = pattern(1, 40, 50, "float32"), np.full((1, 40, 50), 255, np.uint8)
    alpha[0, :9], alpha[0, 9:12] = 0, 51
    bands = vrt_band(1, make("f.tif", values), "Float32", "Gray"), vrt_band(2, make("a.tif", alpha), "Byte", "Alpha")
    got = made(vrt(tmp_path / "in.vrt", *bands), tmp_path / "o.tif", dtype="uint16")
    np.testing.assert_array_equal(got[1], fine(alpha[0].astype(int) * 257))
