"""Measuring rasters in files: pairs that lie differently on the ground, scenes alone, and the commands for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rs_sr
from rs_sr import sensors
from rs_sr.doors import cli
from rs_sr.errors import EXIT_CODES, RequestError, SourceError
from rs_sr.pixels.kernels import enlarge, reduce
from rs_sr.pixels.scene import scene
from rs_sr.raster.beneath import read_pair
from rs_sr.run import sensing
from tests.conftest import Make

SIDE = 288  # fine pixels
FINE = scene(SIDE)
COARSE = np.clip(np.rint(reduce(FINE.astype(np.float64), 2, 0.3)), 0, 255).astype(np.uint8)
UTM = "EPSG:32633"


def lying(gsd: float, row: float = 0.0, col: float = 0.0) -> tuple[float, ...]:
    return gsd, 0.0, 500_000 + col, 0.0, -gsd, 5_000_000 - row


@pytest.fixture(autouse=True)
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured alone: `test_trial` tries networks."""
    monkeypatch.setattr(sensing, "tried", lambda both, found, hear: found)


@pytest.fixture
def coarse(make: Make) -> str:
    return str(make("coarse.tif", COARSE, crs=UTM, transform=lying(10)))


def test_its_own_pan_with_half_a_pixel_between_the_grids(coarse: str, make: Make) -> None:
    """As Landsat has it: the corner of the finer one lies half of its pixels further."""
    fine = make("fine.tif", FINE[:1], crs=UTM, transform=lying(5, 2.5, -2.5))
    both = read_pair(coarse, str(fine))
    assert both.scale == 2 and both.apart == (0.25, -0.25) and both.span == 255
    found = rs_sr.measure_sensor(coarse, str(fine))
    assert found.sure and found.how == "pair"
    assert found.numbers.nyquist == pytest.approx((0.3, 0.3), abs=0.05)
    assert found.shift == pytest.approx((-0.25, 0.25), abs=0.03)  # the pixels are the same: the ground is not


@pytest.mark.parametrize(("gsd", "crs"), [(3, UTM), (5, "EPSG:32634")])
def test_a_finer_raster_of_another_grid_is_laid_beneath(coarse: str, make: Make, gsd: float, crs: str) -> None:
    if crs == UTM:
        pixels = reduce(enlarge(FINE.astype(np.float32), 5, "lanczos"), 3, "area")
        fine = make("fine.tif", pixels, crs=crs, transform=lying(gsd))
    else:
        import rasterio
        from rasterio.warp import calculate_default_transform, reproject

        from rs_sr.raster.source import gdal_environment

        flat = make("flat.tif", FINE, crs=UTM, transform=lying(5))
        with gdal_environment(), rasterio.open(flat) as given:
            where, width, height = calculate_default_transform(given.crs, crs, SIDE, SIDE, *given.bounds, resolution=5)
            pixels = np.zeros((3, height, width), np.uint8)
            reproject(given.read(), pixels, src_transform=given.transform, src_crs=given.crs, dst_transform=where,
                      dst_crs=crs, resampling=rasterio.enums.Resampling.cubic)  # fmt: skip
        fine = make("fine.tif", pixels, crs=crs, transform=tuple(where)[:6], nodata=0)
    found = rs_sr.measure_sensor(coarse, str(fine))
    assert found.sure and found.numbers.nyquist == pytest.approx((0.3, 0.3), abs=0.08)
    assert found.shift == pytest.approx((0, 0), abs=0.05)


def test_without_a_place_sizes_tell(make: Make) -> None:
    coarse, fine = make("a.tif", COARSE, crs=None, transform=None), make("b.tif", FINE, crs=None, transform=None)
    assert rs_sr.measure_sensor(str(coarse), str(fine)).numbers.nyquist == pytest.approx((0.3, 0.3), abs=0.05)
    odd = make("c.tif", FINE[:, :-1], crs=None, transform=None)
    with pytest.raises(RequestError, match=r"c\.tif is not a whole number of times as large as .*a\.tif"):
        rs_sr.measure_sensor(str(coarse), str(odd))


def test_what_is_no_finer_is_refused(coarse: str, make: Make) -> None:
    near = make("near.tif", FINE, crs=UTM, transform=lying(7))
    with pytest.raises(RequestError, match=r"near\.tif is 1\.43 times as fine .* 2 times finer, or more"):
        rs_sr.measure_sensor(coarse, str(near))
    unknown = make("unknown.tif", FINE, crs=None, transform=lying(5))
    assert rs_sr.measure_sensor(coarse, str(unknown)).sure  # whose numbers are taken to be of the same CRS
    with pytest.raises(SourceError):
        rs_sr.measure_sensor(coarse, "none.tif")


def test_elsewhere_on_the_ground_nothing_is_told(coarse: str, make: Make) -> None:
    far = make("far.tif", FINE, crs=UTM, transform=lying(5, 90_000))
    with pytest.raises(RequestError, match=r"far.tif has no data in the middle of .*two rasters of the same"):
        rs_sr.measure_sensor(coarse, str(far))
    empty = make("empty.tif", COARSE * 0, crs=UTM, transform=lying(10), nodata=0)
    with pytest.raises(RequestError, match="has no data in its middle"):
        rs_sr.measure_sensor(str(empty), coarse)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.run(["sensors", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_lists_and_shows(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys)
    head, *lines = out.partition("\n\n")[0].splitlines()
    assert code == 0 and [line.split()[0] for line in lines] == list(sensors.known())
    assert head.split()[0] == "sensor" and len({len(line) - len(line.lstrip()) for line in lines}) == 1
    starts = [head.index(word) for word in ("pixels", "Nyquist", "half of it", "noise", "title")]
    assert all(line[start - 1] == " " != line[start] for line in lines for start in starts)
    assert next(line for line in lines if line.startswith("geoeye1")).split()[3:6] == ["0.30", "0.74", "1"]
    assert [s["name"] for s in json.loads(run(capsys, "--json")[1])] == list(sensors.known())
    assert run(capsys, "show", "naip")[1].startswith("naip: NAIP")
    assert json.loads(run(capsys, "show", "naip", "--json")[1])["gsd_m"] == [0.6, 1]


def test_a_pair_becomes_a_sensor_of_one_s_own(
    coarse: str, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fine, mine = str(make("fine.tif", FINE, crs=UTM, transform=lying(5))), tmp_path / "mine.json"
    code, out, err = run(capsys, "measure", coarse, fine, "-o", str(mine))
    assert code == 0 and "transfer at Nyquist 0.3" in out and "--sensor" in err
    sensor = sensors.find(str(mine))
    assert sensor.name == "mine" and sensor.title == "measured from coarse.tif fine.tif"
    assert sensor.nyquist == pytest.approx((0.3, 0.3), abs=0.05) and sensor.sources["nyquist"].startswith("rs-sr")
    code, _, err = run(capsys, "measure", coarse, fine, "-o", str(mine))
    assert code != 0 and "exists" in err
    assert json.loads(run(capsys, "measure", coarse, fine, "--json")[1])["sure"] is True


def test_what_cannot_be_told_makes_no_file(
    coarse: str, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, mine = np.random.default_rng(0).permutation(FINE.ravel()).reshape(FINE.shape), tmp_path / "mine.json"
    unlike = str(make("unlike.tif", other, crs=UTM, transform=lying(5)))
    code, out, err = run(capsys, "measure", coarse, unlike, "-o", str(mine))
    assert code == 10 and out.startswith("cannot tell") and "mine.json is not written" in err and not mine.exists()
    assert run(capsys, "measure", coarse, unlike)[0] == 10 and 10 in EXIT_CODES
    flat = str(make("flat.tif", FINE * 0 + 9, crs=UTM, transform=lying(5)))
    code, _, err = run(capsys, "measure", coarse, flat)
    assert code == 2 and "all values in the middle of " in err and "flat.tif are the same" in err


WRONG: list[tuple[list[str], str]] = [
    (["list", "naip"], "takes no name"),
    (["show"], "needs a sensor's name or file"),
    (["measure"], "needs COARSE"),
    (["measure", "a", "b", "c"], "needs COARSE"),
    (["show", "naip", "-o", "x.json"], "-o says where a measured sensor goes"),
    (["measure", "coarse.tif", "-o", "x.toml"], "does not end in .json"),
]


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_what_the_command_refuses(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, *words)
    assert code != 0 and told in err


def test_numbers_of_a_mixed_raster_are_shares_of_its_range(make: Make) -> None:
    pixels: np.ndarray[Any, Any] = (COARSE[:1].astype(np.uint16) * 40 + 300).astype(np.uint16)
    both = read_pair(str(make("wide.tif", pixels, crs=UTM, transform=lying(10))),
                     str(make("fine.tif", FINE, crs=UTM, transform=lying(5))))  # fmt: skip
    assert both.span == pytest.approx(np.subtract(*np.percentile(pixels, (99.9, 0.1))))


def test_a_scene_alone_is_measured_as_a_run_measures_it(make: Make) -> None:
    from rs_sr.doors.info import examine

    pixels = reduce(scene(512, seed=4).astype(np.float64), 2, "bicubic")
    path = str(make("scene.tif", np.clip(np.rint(pixels), 0, 255).astype(np.uint8), photometric="RGB"))
    found = rs_sr.measure_sensor(path)
    told = examine(path, scale=2).to_json()["told"]
    y, x = found.careful.nyquist
    assert ("cannot be measured" in told) != found.likely
    if found.likely:
        assert f"{y:.2f}" in told and f"{x:.2f}" in told
