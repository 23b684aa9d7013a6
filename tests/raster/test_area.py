"""Areas of interest and boxes in another CRS: every pixel that a polygon touches is kept, and no other."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio.features
from affine import Affine
from numpy.typing import NDArray

from rs_sr.errors import RequestError
from rs_sr.options import Options
from rs_sr.pixels.grid import Size, Window
from rs_sr.raster import area
from rs_sr.raster.source import Source, gdal_environment
from tests.conftest import Make

geopandas = pytest.importorskip("geopandas", reason="--aoi needs the extra aoi")
import shapely  # noqa: E402
from pyproj import Transformer  # noqa: E402
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box  # noqa: E402

GEOSTATIONARY = "+proj=geos +h=35785831 +lon_0=0 +sweep=y +ellps=WGS84"
Mask = NDArray[np.bool_]


def facts_of(make: Make, crs: str, transform: Affine, size: Size) -> Any:
    name = f"{abs(hash((crs, transform, size.height, size.width)))}.tif"
    pixels = np.zeros((1, size.height, size.width), np.uint8)
    with gdal_environment(), Source(str(make(name, pixels, crs=crs, transform=transform))) as source:
        return source.facts


def mask_of(facts: Any, polygons: list[Any], crs: str, folder: Path, name: str = "a.gpkg") -> Mask:
    geopandas.GeoDataFrame(geometry=polygons, crs=crs).to_file(folder / name)
    aoi = area.AreaOfInterest(facts, str(folder / name), None)
    return whole_mask(facts, pickle.loads(pickle.dumps(aoi)))  # as the processes of a cluster get it


def whole_mask(facts: Any, aoi: Any) -> Mask:
    """Of the whole raster, put together of parts as a run would; outside the window nothing may lie."""
    mask = np.zeros((facts.size.height, facts.size.width), bool)
    side = 50
    for row in range(0, facts.size.height, side):
        for col in range(0, facts.size.width, side):
            part = Window(row=row, col=col, height=side, width=side).cut(facts.size.window)
            mask[part.within(facts.size.window)] = aoi.mask(part)
    inside = np.zeros_like(mask)
    inside[aoi.window.within(facts.size.window)] = True
    assert not (mask & ~inside).any(), "the window holds all"
    return mask


def touches(polygon: Any, size: Size, grown: float) -> Mask:
    """By shapely, cell by cell: which pixels, each grown by so much on all sides, the polygon touches."""
    row, col = np.mgrid[: size.height, : size.width]
    cells = shapely.box(col - grown, row - grown, col + 1 + grown, row + 1 + grown)
    shapely.prepare(polygon)
    return np.asarray(shapely.intersects(polygon, cells))


def on_grid(polygon: Any, crs: str, facts: Any, step: float) -> Any:
    """The polygon in pixels, by pyproj, from points so dense that nothing lies between them."""
    there = Transformer.from_crs(crs, facts.crs, always_xy=True)
    inverse = ~Affine(*facts.transform)

    def bring(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack(inverse * there.transform(points[:, 0], points[:, 1]), axis=1)

    return shapely.make_valid(shapely.transform(shapely.segmentize(polygon, step), bring))


def grid(x: float, y: float, pixel: float) -> Affine:
    return Affine(pixel, 0, x, 0, -pixel, y)


CASES = {
    "UTM": ("EPSG:32633", grid(404000, 5207500, 50), (60, 1900), box(13.8, 47.0, 15.0, 47.6)),
    "round the pole": ("EPSG:3995", grid(-3e6, 3e6, 40e3), (150, 150), box(-180, 70, 180, 90)),
    "polar, a part": ("EPSG:3031", grid(-3e6, 3e6, 20e3), (150, 150), box(-170, -80, 10, -65)),
    "geostationary": (GEOSTATIONARY, grid(-5e6, 5e6, 30e3), (300, 333), box(-50, -40, 30, 60)),
    "LAEA": ("EPSG:3035", grid(2.5e6, 5.5e6, 25e3), (160, 180), box(-8, 36, 40, 68)),
    "Mercator across 180": ("EPSG:3832", grid(1e6, 3e6, 20e3), (200, 260), Polygon([(165, -10), (200, 2), (190, 24)])),
    "rotated": ("EPSG:32633", Affine(3000, 900, 2e5, 700, -3100, 54e5), (110, 130), box(11.4, 46.5, 16, 50.5)),
}


@pytest.mark.parametrize("name", CASES)
def test_edges_are_right_to_a_quarter_of_a_pixel_in_every_kind_of_crs(make: Make, tmp_path: Path, name: str) -> None:
    crs, transform, (height, width), polygon = CASES[name]
    size = Size(height=height, width=width)
    facts = facts_of(make, crs, transform, size)
    kept = mask_of(facts, [polygon], "EPSG:4326", tmp_path)
    true = on_grid(polygon, "EPSG:4326", facts, 0.02)
    assert 0.02 < kept.mean() < 0.98
    assert not (touches(true, size, -0.25) & ~kept).any(), "lost"
    assert not (kept & ~touches(true, size, 0.25)).any(), "kept outside"


@pytest.mark.parametrize("block", [1, 3, 8])
def test_polygons_along_the_pixels_keep_these_pixels(make: Make, tmp_path: Path, block: int) -> None:
    """As a raster of classes gives them: no edge touches a pixel, and each lies between two."""
    size = Size(height=120, width=130)
    wanted = np.random.default_rng(block).random((size.height, size.width)) < 0.4
    wanted = wanted[: -(-120 // block), : -(-130 // block)].repeat(block, 0).repeat(block, 1)[:120, :130]
    wanted[70:110, 20:60], wanted[80:92, 33:45] = True, False  # a hole that no corner of a square of pixels sees
    transform = grid(404000, 5207500, 10)
    facts = facts_of(make, "EPSG:32633", transform, size)
    shapes = rasterio.features.shapes(wanted.astype(np.uint8), mask=wanted, transform=transform)
    polygons = [shapely.geometry.shape(geometry) for geometry, _ in shapes]
    np.testing.assert_array_equal(mask_of(facts, polygons, "EPSG:32633", tmp_path), wanted)


@pytest.mark.parametrize("side", [5, 12, 16, 17])
def test_a_square_along_the_pixels_is_kept_wherever_it_lies(make: Make, tmp_path: Path, side: int) -> None:
    transform = grid(404000, 5207500, 10)
    facts = facts_of(make, "EPSG:32633", transform, Size(height=64, width=64))
    whole = facts.size.window
    for at in range(17):
        wanted = np.zeros((64, 64), bool)
        wanted[at : at + side, 2 * at : 2 * at + side] = True
        left, top = transform @ (2 * at, at)
        square = box(left, top - 10 * side, left + 10 * side, top)
        for name, polygon, kept in (
            ("s", square, wanted),
            ("h", box(404000, 5206860, 404640, 5207500) - square, ~wanted),
        ):
            geopandas.GeoDataFrame(geometry=[polygon], crs="EPSG:32633").to_file(tmp_path / f"{name}{at}.gpkg")
            aoi = area.AreaOfInterest(facts, str(tmp_path / f"{name}{at}.gpkg"), None)
            np.testing.assert_array_equal(aoi.mask(whole), kept)


def test_it_does_not_matter_on_which_side_of_180_degrees_a_polygon_was_drawn(make: Make, tmp_path: Path) -> None:
    whole = [box(170, -10, 190, 20)]
    halves = [box(170, -10, 180, 20), box(-180, -10, -170, 20)]
    west = [box(-190, -10, -170, 20)]
    grids = [
        ("EPSG:3832", Affine(20e3, 0, 1e6, 0, -20e3, 3e6)),
        ("EPSG:4326", Affine(0.25, 0, 160, 0, -0.25, 25)),
        ("EPSG:3857", Affine(20e3, 0, 18e6, 0, -20e3, 3e6)),  # goes on beyond its own end
        ("EPSG:4326", Affine(0.25, 0, -200, 0, -0.25, 25)),
    ]
    for crs, transform in grids:
        facts = facts_of(make, crs, transform, Size(height=200, width=220))
        masks = [mask_of(facts, p, "EPSG:4326", tmp_path, f"{i}.gpkg") for i, p in enumerate((whole, halves, west))]
        assert 0.05 < masks[0].mean() < 0.9
        assert (masks[0] == masks[1]).all() and (masks[0] == masks[2]).all()
        rows, cols = masks[0].any(axis=1).sum(), masks[0].any(axis=0).sum()
        assert masks[0].sum() == rows * cols, "a rectangle, without a hole where the halves meet"


def test_a_ring_round_the_pole_covers_the_top_of_a_grid_of_degrees(make: Make, tmp_path: Path) -> None:
    facts = facts_of(make, "EPSG:4326", Affine(1, 0, -180, 0, -1, 90), Size(height=60, width=360))
    ring = Point(0, 0).buffer(1.5e6, quad_segs=64)
    kept = mask_of(facts, [ring], "EPSG:3995", tmp_path)
    lon, lat = np.meshgrid(np.arange(360) - 179.5, 89.5 - np.arange(60))
    x, y = Transformer.from_crs(4326, 3995, always_xy=True).transform(lon, lat)
    distance = np.hypot(x, y)
    assert kept[distance < 1.35e6].all() and not kept[distance > 1.65e6].any()


def test_over_the_limb_of_a_geostationary_view_what_is_seen_is_kept(make: Make, tmp_path: Path) -> None:
    facts = facts_of(make, GEOSTATIONARY, Affine(50e3, 0, -6e6, 0, -50e3, 6e6), Size(height=240, width=240))
    col, row = np.meshgrid(np.arange(240) + 0.5, np.arange(240) + 0.5)
    there = Transformer.from_crs(GEOSTATIONARY, 4326, always_xy=True)
    lon, lat = there.transform(*(Affine(*facts.transform) @ (col, row)))
    seen = np.isfinite(lon)
    world = mask_of(facts, [box(-180, -90, 180, 90)], "EPSG:4326", tmp_path, "world.gpkg")
    assert world[seen].all() and 0 < (world & ~seen).sum() < 400, "and the pixels at the limb that show some of it"
    east = mask_of(facts, [box(40, -20, 120, 50)], "EPSG:4326", tmp_path, "east.gpkg")
    inside = seen & (lon > 41) & (lat > -19) & (lat < 49)
    outside = seen & ((lon < 39) | (lat < -21) | (lat > 51))
    assert inside.sum() > 1000 and east[inside].all() and not east[outside].any()


def test_polygons_that_the_crs_cannot_reach_are_left_out_and_counted(make: Make, tmp_path: Path) -> None:
    facts = facts_of(make, GEOSTATIONARY, Affine(50e3, 0, -6e6, 0, -50e3, 6e6), Size(height=240, width=240))
    near, far = (
        [box(10, 40, 20, 50), box(-60, -10, -50, 0)],
        [box(170, 0, 175, 5), box(-170, -60, -160, -50), box(140, 0, 150, 9)],
    )
    alone = mask_of(facts, near, "EPSG:4326", tmp_path, "near.gpkg")
    geopandas.GeoDataFrame(geometry=[*far, *near], crs=4326).to_file(tmp_path / "all.gpkg")
    aoi = area.AreaOfInterest(facts, str(tmp_path / "all.gpkg"), None)
    assert (whole_mask(facts, aoi) == alone).all() and alone.any()
    (warning,) = aoi.warnings
    assert str(warning).startswith("3 of the 5 polygons of ") and "does not reach" in str(warning)
    with pytest.raises(RequestError, match="no polygon of"):
        mask_of(facts, far, "EPSG:4326", tmp_path, "far.gpkg")


def test_polygons_are_found_in_collections_of_any_depth_and_pixels_are_kept_once(make: Make, tmp_path: Path) -> None:
    facts = facts_of(make, "EPSG:32633", grid(500000, 5000000, 10), Size(height=200, width=200))
    first, second = box(500100, 4999000, 500400, 4999500), box(501000, 4999000, 501500, 4999500)
    third, line = box(501200, 4999200, 501700, 4999400), LineString([(500000, 4998000), (502000, 5000000)])
    deep = GeometryCollection([Point(500600, 4999900), GeometryCollection([line, MultiPolygon([second]), third])])
    expected = np.zeros((200, 200), bool)
    expected[50:100, 10:40] = expected[50:100, 100:150] = expected[60:80, 120:170] = True
    for name in ("a.gpkg", "a.geojson"):
        mask = mask_of(facts, [first, deep, line, None], "EPSG:32633", tmp_path, name)
        assert (mask == expected).all(), "edges on the borders of pixels touch no pixel beyond; overlaps are no holes"
    bow_tie = Polygon([(500100, 4999000), (500300, 4999400), (500300, 4999000), (500100, 4999400)])
    assert 0.3 < mask_of(facts, [bow_tie], "EPSG:32633", tmp_path, "b.gpkg")[60:100, 10:30].mean() < 0.7
    with pytest.raises(RequestError, match="holds no polygon"):
        mask_of(facts, [line], "EPSG:32633", tmp_path, "line.gpkg")
    with pytest.raises(RequestError, match="holds no polygon"):
        mask_of(facts, [GeometryCollection([line, Point(0, 0)])], "EPSG:32633", tmp_path, "lines.gpkg")


def test_polygons_thinner_than_a_pixel_and_smaller_than_one_are_kept(make: Make, tmp_path: Path) -> None:
    facts = facts_of(make, "EPSG:32633", grid(500000, 5000000, 10), Size(height=100, width=120))
    thin = Polygon([(500012, 4999910), (500013, 4999910), (501003, 4999203), (501002, 4999203)])
    small = box(501104, 4999904, 501105, 4999906)
    hole = Point(500300, 4999200).buffer(100).difference(Point(500300, 4999200).buffer(40))
    for polygon in (thin, small, hole):
        kept = mask_of(facts, [polygon], "EPSG:32633", tmp_path)
        true = on_grid(polygon, "EPSG:32633", facts, 1e9)
        assert kept.any() and not (touches(true, facts.size, -0.02) & ~kept).any()
        assert not (kept & ~touches(true, facts.size, 0)).any()


def test_the_layer_with_polygons_is_taken_and_one_of_several_is_asked_for(make: Make, tmp_path: Path) -> None:
    facts = facts_of(make, "EPSG:32633", grid(500000, 5000000, 10), Size(height=200, width=200))
    one, two, path = box(500100, 4999000, 500400, 4999500), box(501000, 4999000, 501500, 4999500), tmp_path / "l.gpkg"

    def add(geometry: Any, layer: str) -> None:
        geopandas.GeoDataFrame(geometry=[geometry], crs="EPSG:32633").to_file(path, layer=layer)

    def columns(layer: str | None) -> list[int]:
        window = area.AreaOfInterest(facts, str(path), layer).window
        return [window.col, window.width]

    add(Point(500500, 4999500), "points")
    add(one, "fields")
    assert columns(None) == columns("fields") == [10, 30]
    add(GeometryCollection([two, Point(500500, 4999500)]), "woods")
    assert columns("woods") == [100, 50]
    with pytest.raises(RequestError, match=r"l.gpkg has 2 layers with polygons: fields, woods; choose one with aoi_l"):
        columns(None)
    with pytest.raises(RequestError, match=r"l.gpkg has no layer lakes; choose from points, fields, woods"):
        columns("lakes")
    with pytest.raises(RequestError, match=r"layer points of .*l.gpkg holds no polygon"):
        columns("points")
    with pytest.raises(RequestError, match="aoi_layer needs aoi"):
        Options(aoi_layer="fields")


def test_a_box_of_degrees_is_held_to_the_pixel_round_the_pole_too(make: Make) -> None:
    facts = facts_of(make, "EPSG:3995", grid(-3e6, 3e6, 1e3), Size(height=6000, width=6000))
    _, y = Transformer.from_crs(4326, 3995, always_xy=True).transform(0, 70)
    reach = int(np.ceil(-y / 1e3))
    window = area.from_bbox(facts, (-180, 70, 180, 90), "EPSG:4326")
    assert window == Window(row=3000 - reach, col=3000 - reach, height=2 * reach, width=2 * reach)


def test_a_box_across_180_degrees_is_one_box(make: Make) -> None:
    facts = facts_of(make, "EPSG:3832", grid(1e6, 3e6, 20e3), Size(height=200, width=260))
    there = Transformer.from_crs(4326, 3832, always_xy=True)
    (west, south), (east, north) = there.transform(170, -10), there.transform(-170, 20)
    columns, rows = (int((v - 1e6) // 20e3) for v in (west, east)), (int((3e6 - v) // 20e3) for v in (north, south))
    (left, right), (top, bottom) = columns, rows
    expected = Window(row=top, col=left, height=bottom + 1 - top, width=right + 1 - left).cut(facts.size.window)
    for box_ in ((170, -10, 190, 20), (170, -10, -170, 20), (-190, -10, -170, 20)):
        assert area.from_bbox(facts, box_, "EPSG:4326") == expected
    with pytest.raises(RequestError, match="is empty"):
        area.from_bbox(facts, (30, -10, 20, 20), "EPSG:4326")


def test_a_box_larger_than_a_geostationary_view_is_all_of_what_is_seen(make: Make) -> None:
    facts = facts_of(make, GEOSTATIONARY, grid(-5.5e6, 5.5e6, 50e3), Size(height=220, width=220))
    window = area.from_bbox(facts, (-180, -90, 180, 90), "EPSG:4326")
    assert window.contains(Window(row=2, col=2, height=216, width=216))
    with pytest.raises(RequestError, match="bbox does not meet the raster"):
        area.from_bbox(facts, (150, 0, 170, 10), "EPSG:4326")
