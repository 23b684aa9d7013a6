"""What a user of the Python API meets: typed keywords, help, a bar, inputs that are open already, notebooks."""

from __future__ import annotations

import base64
import inspect
import io
import json
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, get_args, get_origin, get_type_hints

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from PIL import Image
from rasterio.io import MemoryFile
from rasterio.vrt import WarpedVRT

import rs_sr
import rs_sr.run.arrays
from rs_sr.errors import MissingPackageError, RequestError, spoken
from rs_sr.keywords import ArrayKeywords, Keywords
from rs_sr.models import Model
from rs_sr.options import Options
from rs_sr.pixels.grid import Window
from rs_sr.report.measure import report
from tests.conftest import Make, pattern, small_lkdn

HERE = Path(rs_sr.__file__).parents[1]
BOX = shapely.box(500040, 5399900, 500160, 5399960)  # of a raster of `make`: columns 4..16, rows 4..10


def choices(kind: Any) -> set[Any]:
    parts = {kind, *get_args(kind)}
    return {choice for part in parts if get_origin(part) is Literal for choice in get_args(part)}


def test_the_typed_keywords_are_the_options() -> None:
    typed, kept = get_type_hints(Keywords, localns={"Model": Model}), get_type_hints(Options)
    assert set(typed) == {f.name for f in fields(Options)}
    assert {n: choices(k) for n, k in typed.items()} == {n: choices(k) for n, k in kept.items()}
    for field in fields(Options):
        assert (type(None) in get_args(typed[field.name])) == (type(None) in get_args(kept[field.name])), field.name
    of_arrays = {f.name for f in fields(Options) if f.metadata.get("instead") is None} - {"uncertainty"}
    assert set(ArrayKeywords.__annotations__) == of_arrays


@pytest.mark.parametrize(
    "function",
    [rs_sr.super_resolve, rs_sr.dry_run, rs_sr.super_resolve_array, rs_sr.run.arrays.Accessor.super_resolve],
)
def test_help_explains_every_option(function: Any) -> None:
    words = " ".join(str(inspect.getdoc(function)).split())
    shown = inspect.signature(function).parameters
    for field in fields(Options):
        if function in (rs_sr.super_resolve, rs_sr.dry_run) or field.name in ArrayKeywords.__annotations__:
            said = spoken(field.metadata["help"])
            assert f" {field.name} : " in words and f" {said[0].upper()}{said[1:]}." in words
            assert shown[field.name].default == field.default
    assert "{options}" not in words and not any(p.kind is p.VAR_KEYWORD for p in shown.values())


USER = """
import rs_sr
from pathlib import Path

result = rs_sr.super_resolve(Path("a.tif"), "b.tif", scale=4, bands=[3, 2, 1], cog=True, memory="2GB", progress=True)
reveal_type(result)
reveal_type(result.target)
rs_sr.super_resolve("a.tif", "b.tif", model=rs_sr.load_model("plain_x2"))
rs_sr.super_resolve("a.tif", "b.tif", scale=5)
rs_sr.super_resolve("a.tif", "b.tif", tile="large")
rs_sr.super_resolve("a.tif", "b.tif", sharpness=1)
rs_sr.super_resolve_array(None, scale=2, cog=True)
"""


def test_a_users_type_checker_sees_the_keywords(tmp_path: Path) -> None:
    """In an environment that has rs-sr, installed as a package, and nothing that it needs."""
    venv.create(tmp_path / "env")
    (packages,) = (tmp_path / "env").glob("lib/python*/site-packages")
    (packages / "rs_sr.pth").write_text(str(HERE))
    (tmp_path / "user.py").write_text(USER)
    python = str(tmp_path / "env" / "bin" / "python")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "--no-incremental", "user.py"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout.splitlines()
    told = [line.partition("user.py:")[2] for line in found if ": error: " in line or "Revealed" in line]
    assert told == [
        '6: note: Revealed type is "rs_sr.run.result.Result"',
        '7: note: Revealed type is "str"',
        '9: error: Argument "scale" to "super_resolve" has incompatible type "Literal[5]"; '
        'expected "Literal[2, 3, 4] | None"  [arg-type]',
        '10: error: Argument "tile" to "super_resolve" has incompatible type "str"; expected "int | None"  [arg-type]',
        '11: error: Unexpected keyword argument "sharpness" for "super_resolve"  [call-arg]',
        '12: error: Unexpected keyword argument "cog" for "super_resolve_array"  [call-arg]',
    ]


@pytest.fixture
def scene(make: Make) -> Path:
    return make("scene.tif", pattern(3, 40, 50, "uint8"))


def pixels(path: Any) -> Any:
    with rasterio.open(path) as opened:
        return opened.read()


def run(source: Any, target: Path, **options: Any) -> rs_sr.Result:
    return rs_sr.super_resolve(source, target, **({"model": "bicubic"} | options))


def test_a_bar(scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[rs_sr.Progress] = []
    run(scene, tmp_path / "quiet.tif")
    assert capsys.readouterr().err == ""
    run(scene, tmp_path / "out.tif", progress=True, on_progress=heard.append)
    assert "scene.tif" in capsys.readouterr().err and heard


def test_a_bar_without_tqdm_says_how_to_get_it(scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(MissingPackageError) as told:
        run(scene, tmp_path / "out.tif", progress=True)
    assert str(told.value) == "progress=True needs tqdm; install it with: pip install tqdm"
    assert not (tmp_path / "out.tif").exists()


@pytest.fixture
def opened(scene: Path) -> Iterator[dict[str, Any]]:
    """The scene in the forms that Python users have it in."""
    with rasterio.open(scene) as dataset, MemoryFile(scene.read_bytes()) as memory, memory.open() as inside:
        yield {"data set": dataset, "memory file": memory, "data set in memory": inside, "Path": scene}


@pytest.mark.parametrize("kind", ["data set", "memory file", "data set in memory", "Path"])
def test_a_raster_that_is_open_is_as_good_as_its_name(
    kind: str, scene: Path, opened: dict[str, Any], tmp_path: Path
) -> None:
    run(str(scene), tmp_path / "expected.tif")
    run(opened[kind], tmp_path / "out.tif")
    np.testing.assert_array_equal(pixels(tmp_path / "out.tif"), pixels(tmp_path / "expected.tif"))


def test_open_options_of_a_data_set_are_kept(scene: Path, tmp_path: Path) -> None:
    with rasterio.open(scene, NUM_THREADS=2) as dataset:
        result = run(dataset, tmp_path / "out.tif", oo="GEOREF_SOURCES=INTERNAL")
    assert result.plan.options.oo == ("NUM_THREADS=2", "GEOREF_SOURCES=INTERNAL")


def test_sources_that_cannot_be_opened_again_are_refused(scene: Path, tmp_path: Path) -> None:
    closed = rasterio.open(scene)
    closed.close()
    with rasterio.open(scene) as dataset, WarpedVRT(dataset) as warped, pytest.raises(RequestError, match="WarpedVRT"):
        run(warped, tmp_path / "out.tif")
    with pytest.raises(RequestError, match="is closed; open it for reading"):
        run(closed, tmp_path / "out.tif")
    with rasterio.open(scene, "r+") as writing, pytest.raises(RequestError, match="is open for writing; open it for"):
        run(writing, tmp_path / "out.tif")
    with pytest.raises(RequestError, match="the source is of type ndarray; give a path"):
        run(np.zeros((3, 4, 5)), tmp_path / "out.tif")
    with MemoryFile(scene.read_bytes()) as memory, pytest.raises(RequestError, match="memory of this process"):
        run(memory, tmp_path / "out.tif", cluster="local:2")


AREAS: dict[str, Any] = {
    "geometry": BOX,
    "frame": geopandas.GeoDataFrame({"name": ["wheat", "no shape"]}, geometry=[BOX, None], crs=32633),
    "series in degrees": geopandas.GeoSeries([BOX], crs=32633).to_crs(4326),
    "dictionary": geopandas.GeoSeries([BOX], crs=32633).to_crs(4326).__geo_interface__,
    "dictionary of a CRS": {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [np.array(BOX.exterior.coords)]},
        "crs": {"type": "name", "properties": {"name": "EPSG:32633"}},
        "properties": {},
    },
    "series in a CRS without a number": geopandas.GeoSeries([BOX], crs=32633).to_crs("+proj=laea +lat_0=48 +lon_0=15"),
}


@pytest.mark.parametrize("kind", AREAS)
def test_an_area_of_interest_as_python_users_have_it(kind: str, scene: Path, tmp_path: Path) -> None:
    geopandas.GeoSeries([BOX], crs=32633).to_file(tmp_path / "area.gpkg")
    run(scene, tmp_path / "expected.tif", aoi=tmp_path / "area.gpkg", nodata=0)
    result = run(scene, tmp_path / "out.tif", aoi=AREAS[kind], nodata=0)
    expected = pixels(tmp_path / "expected.tif")
    window = Window(row=4, col=4, height=6, width=12)
    if "series" in kind or kind == "dictionary":  # an edge that came there and back lies on either side of a pixel's
        assert result.plan.part.contains(window) and result.plan.part.height <= 8
        return
    np.testing.assert_array_equal(pixels(tmp_path / "out.tif"), expected)
    assert result.plan.part == window
    with rasterio.open(tmp_path / "out.tif") as made:
        again = Options.of(json.loads(made.tags()["RS_SR_OPTIONS"]))
    assert again == result.plan.options  # the record has the area itself


def test_a_feature_has_the_coordinates_of_the_raster(scene: Path, tmp_path: Path) -> None:
    feature = SimpleNamespace(__geo_interface__={"type": "Feature", "geometry": BOX.__geo_interface__})
    run(scene, tmp_path / "expected.tif", aoi=BOX, nodata=0)
    run(scene, tmp_path / "out.tif", aoi=feature, nodata=0)
    np.testing.assert_array_equal(pixels(tmp_path / "out.tif"), pixels(tmp_path / "expected.tif"))


def test_a_file_that_is_open_is_not_a_path(scene: Path, tmp_path: Path) -> None:
    with (tmp_path / "out.tif").open("wb") as file, pytest.raises(RequestError) as told:
        run(scene, file)
    assert str(told.value) == "the result cannot be a BufferedWriter; give the path of a file"
    with pytest.raises(RequestError, match="a model cannot be a BytesIO; give the path of a file"):
        rs_sr.load_model(io.BytesIO())
    with pytest.raises(RequestError, match="uncertainty cannot be a BytesIO"):
        run(scene, tmp_path / "b.tif", uncertainty=io.BytesIO())


def test_areas_that_are_none_are_refused(scene: Path, tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(geometry=[BOX])
    with pytest.raises(RequestError) as told:
        run(scene, tmp_path / "out.tif", aoi=frame)
    assert str(told.value) == "the GeoSeries of aoi has no CRS; give it one with .set_crs"
    with pytest.raises(RequestError, match="aoi cannot be a int; give a vector file, a GeoDataFrame"):
        run(scene, tmp_path / "out.tif", aoi=7)
    with pytest.raises(RequestError, match="the polygons of the geometry of aoi do not meet the raster"):
        run(scene, tmp_path / "out.tif", aoi=shapely.box(0, 0, 1, 1))


def test_a_loaded_model_is_run(scene: Path, tmp_path: Path) -> None:
    path = small_lkdn(tmp_path)
    rs_sr.super_resolve(scene, tmp_path / "expected.tif", model=path)
    result = rs_sr.super_resolve(scene, tmp_path / "out.tif", model=rs_sr.load_model(path))
    np.testing.assert_array_equal(pixels(tmp_path / "out.tif"), pixels(tmp_path / "expected.tif"))
    assert result.plan.options.model == str(path)
    tripled = run(scene, tmp_path / "three.tif", model=rs_sr.load_model("lanczos", scale=3))
    assert tripled.plan.scale == 3


def test_a_result_in_a_notebook(scene: Path, tmp_path: Path) -> None:
    result = run(scene, tmp_path / "a<b.tif", bands=(3, 2, 1))
    line = f"{tmp_path / 'a<b.tif'}: 100 x 80 pixels, 3 x uint8, bicubic x2, {result.seconds:.1f} s"
    assert repr(result) == f"Result({line})"
    html = result._repr_html_()
    assert line.replace("<", "&lt;") in html and len(html) < 200_000
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(html.split("base64,")[1].split('"')[0]))))
    times = picture.shape[0] // 80
    small = picture[::times, ::times]
    assert small.shape == (80, 100 + 2 + 100, 3)
    assert (small[:, :100] == small[:, :100][::2, ::2].repeat(2, 0).repeat(2, 1)).all()  # the input, pixel by pixel
    assert np.abs(small[:, :100].astype(int) - small[:, 102:]).mean() < 30  # and the same ground
    (tmp_path / "a<b.tif").unlink()
    assert "<img" not in result._repr_html_()


def test_one_band_and_a_part_in_a_notebook(make: Make, tmp_path: Path) -> None:
    result = run(
        make("one.tif", pattern(1, 300, 300, "uint16"), nodata=0), tmp_path / "o.tif", window=(10, 20, 200, 250)
    )
    assert "data:image/png;base64," in result._repr_html_()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (FileNotFoundError, {"source": "no.tif"}),
        (FileNotFoundError, {"aoi": "no.gpkg"}),
        (FileNotFoundError, {"like": "no.tif"}),
        (FileNotFoundError, {"model": "no.safetensors"}),
        (FileNotFoundError, {"target": "nowhere/out.tif"}),
        (FileExistsError, {"target": "scene_x2.tif"}),
    ],
)
def test_errors_of_files_are_pythons_too(
    kind: type[Exception], options: dict[str, Any], scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("scene.tif", Path("scene_x2.tif"))
    with pytest.raises(rs_sr.RsSrError) as told:
        run(**({"source": "scene.tif", "target": "out.tif"} | options))
    assert isinstance(told.value, kind) and told.value.cure


def test_an_error_is_a_few_lines_in_a_notebook(scene: Path, tmp_path: Path) -> None:
    for options in ({"source": "no.tif"}, {"scale": 5}, {"target": "nowhere/out.tif"}):
        with pytest.raises(rs_sr.RsSrError) as told:
            run(**({"source": scene, "target": tmp_path / "out.tif"} | options))
        assert [frame.name for frame in told.traceback][-1] == "super_resolve"


def test_an_option_that_is_misspelled_is_guessed(scene: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError) as told:
        run(scene, tmp_path / "out.tif", band=(1, 2))
    assert str(told.value) == "band is not an option; did you mean bands?"


def test_a_dry_run_shows_the_plan_and_writes_nothing(scene: Path, tmp_path: Path) -> None:
    plan = rs_sr.dry_run(scene, tmp_path / "out.tif", model="bicubic", scale=3)
    assert (plan.size.width, plan.seconds > 0) == (150, True) and "out.tif: 150 x 120 pixels" in repr(plan)
    assert not (tmp_path / "out.tif").exists()
    assert "-> : 100 x 80 pixels" not in repr(rs_sr.dry_run(scene, model="bicubic"))


def test_paths_measure_and_report(scene: Path, tmp_path: Path) -> None:
    run(scene, tmp_path / "out.tif")
    found = report(scene, tmp_path / "out.tif", uncertainty=None)
    assert repr(found) == f"Report({tmp_path / 'out.tif'}: {found.verdict.text})"
    assert str(rs_sr.measure_sensor(scene)) == str(rs_sr.measure_sensor(str(scene)))
    assert rs_sr.sensors.find(Path("sentinel2")).name == "sentinel2"
    with pytest.raises(RequestError, match="the source cannot be a ndarray; give the path of a file"):
        report(np.zeros((3, 4, 5)), tmp_path / "out.tif")  # type: ignore[arg-type]


def test_notes_in_a_notebook_are_in_pythons_words(make: Make, tmp_path: Path) -> None:
    unnamed = make("unnamed.tif", pattern(3, 40, 50, "uint16"))
    html = run(unnamed, tmp_path / "out.tif", model="plain_x2")._repr_html_()
    assert "--" not in html.split("<img")[0] and "bands sets the order" in html
