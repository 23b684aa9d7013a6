"""What is known of sensors: the table that comes with rs-sr, files of users, and what metadata name for certain."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import torch

from rs_sr import sensors
from rs_sr.errors import RequestError
from rs_sr.sensors import RANGES, Numbers, Sensor, SensorBand, Values
from training import family

NAMES = {
    "sentinel2", "landsat5", "landsat7", "landsat8", "landsat9", "planetscope", "pleiades", "spot", "worldview2",
    "worldview3", "geoeye1", "ikonos", "naip", "aerial", "unknown",
}  # fmt: skip


def test_the_table_has_the_sensors_that_users_bring() -> None:
    assert set(sensors.known()) == NAMES
    assert all(name == sensor.name for name, sensor in sensors.known().items())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_figure_of_the_table_has_its_source_and_is_one_that_networks_know(name: str) -> None:
    sensor = sensors.find(name)
    figures = {f.name for f in fields(Sensor)} & {"bands", "nyquist", "half", "noise", "jpeg", "values"}
    assert {key for key in figures if getattr(sensor, key)} <= set(sensor.sources)
    assert all(sensor.sources.values()) and sensor.title
    if sensor.numbers is not None:
        assert sensor.numbers == sensor.numbers.within()
    assert len({b.name for b in sensor.bands}) == len(sensor.bands)
    assert all(v.valid is None or v.valid[0] < v.valid[1] for v in sensor.values)


def test_platforms_name_one_sensor_each() -> None:
    every = [p for sensor in sensors.known().values() for p in sensor.platforms]
    assert len(set(every)) == len(every) and all(p.isalnum() and p.islower() for p in every)


def test_nothing_known_of_the_blur_is_nothing_told() -> None:
    assert sensors.find("landsat5").numbers is None
    assert sensors.find("unknown").numbers == sensors.CAUTIOUS
    assert sensors.find("aerial").numbers == Numbers(0.64, 0.64, 0.9, 0.9, 0.005, 0.25)


@pytest.mark.parametrize(("mtf", "sharpening"), [((0.3, 0.3), 0.0), ((0.15, 0.5), 0.8)])
def test_a_gaussian_and_an_unsharp_mask_are_told_as_training_tells_them(
    mtf: tuple[float, float], sharpening: float
) -> None:
    kind, none = torch.tensor([family.GAUSSIAN]), torch.zeros(1)
    scenes = family.Scenes(kind, torch.tensor([mtf]), torch.tensor([sharpening]), none, none + 0.01, none < 1,
                           none + family.NO_JPEG, none > 1, torch.zeros(1, 2).long())  # fmt: skip
    high = torch.rand(1, 1, 4 * 32, 4 * 32)
    _, told = family.take(high, scenes, 4, family.MARGIN, torch.Generator(), rounded=False)
    assert told[0].tolist() == pytest.approx(sensors.gaussian(mtf, sharpening=sharpening, noise=0.01), abs=0.01)


def test_numbers_are_brought_within_what_networks_are_trained_for() -> None:
    far = Numbers(9, 0, 9, 0, 9, 9).within()
    assert far == tuple(RANGES[k][v == 9] for k, v in zip(RANGES, (9, 0, 9, 0, 9, 9), strict=True))
    assert list(RANGES) == list(Numbers._fields) == list(sensors.MEANING)


MINE = Sensor(
    name="mine", title="my drone", gsd_m=(0.05,), platforms=("p4",), nyquist=(0.3, 0.4), half=(0.7, 0.8), noise=0.01,
    jpeg=90, bands=(SensorBand(name="red", mtf=(0.3, 0.2)),), sources={"nyquist": "measured"},
    values=(Values(product="8 bit", scale=0.5, valid=(0, 255)),),
)  # fmt: skip


@pytest.mark.parametrize("sensor", [MINE, *sensors.known().values()], ids=lambda s: s.name)
def test_a_file_gives_back_what_was_written(sensor: Sensor, tmp_path: Path) -> None:
    file = tmp_path / "its.json"
    file.write_text(sensor.to_json())
    assert sensors.find(str(file)) == sensor


def test_a_file_of_toml_may_be_short(tmp_path: Path) -> None:
    file = tmp_path / "my drone.toml"
    file.write_text("nyquist = 0.3\n")
    assert sensors.find(str(file)) == Sensor(name="my drone", title="my drone", nyquist=(0.3, 0.3), sources={})
    assert sensors.find(str(file)).numbers == pytest.approx((0.3, 0.3, 0.74, 0.74, 0.005, 0), abs=0.001)


BAD = [
    ("mtf = 0.3", "a sensor knows no mtf"),
    ("nyquist = 'soft'", "nyquist is 'soft'"),
    ("nyquist = [0.3]", "nyquist is \\[0.3\\]"),
    ("nyquist = [0.3, nan]", "nyquist is"),
    ("nyquist = 7", "nyquist is 7"),
    ("noise = 'some'", "noise is 'some'"),
    ("jpeg = 0", "jpeg is 0"),
    ("bands = [{ nyquist = 0.3 }]", "a band knows no nyquist"),
    ("bands = [{ mtf = 0.3 }]", "a band has no name"),
    ("values = [3]", "3 is no table"),
    ("values = 3", "values is 3; give a list of tables"),
    ("gsd_m = 3", "gsd_m is 3; give a list of metres"),
    ("sources = 'me'", "sources is 'me'; give a table"),
    ("name = 3", "name is 3; give text"),
    ("half = 0.8", "has half, and no nyquist"),
    ("nyquist = 0.9\nhalf = 0.4", r"half \(0.4, 0.4\) is less than nyquist \(0.9, 0.9\)"),
    ("nyquist = 0.3\nhalf = 0.1", "half is 0.1; give a number from 0.3 to 2.1"),
    ("= 3", "is no file of a sensor"),
]


@pytest.mark.parametrize(("text", "told"), BAD)
def test_a_file_that_is_none_is_refused_by_name(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(RequestError, match=told) as caught:
        sensors.find(str(file))
    assert "bad.toml" in str(caught.value)


@pytest.mark.parametrize("content", ["[1, 2]", "{", "\xff"])
def test_json_that_is_no_sensor_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(RequestError, match="no file of a sensor"):
        sensors.find(str(file))


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(RequestError, match=r"did you mean sentinel2.*known are sentinel2, landsat8"):
        sensors.find("sentinel-2")
    with pytest.raises(RequestError, match=r"file none such.toml cannot be read: No such file"):
        sensors.find("none such.toml")
    assert sensors.find("LANDSAT8") is sensors.find("landsat8")


S2 = ("B02", "B03", "B04", "B08")
MATCHES: list[tuple[str, tuple[str, ...], float | None, str | None]] = [
    ("LANDSAT_8", (), 30, "landsat8"),
    ("Sentinel-2A", (), None, "sentinel2"),
    ("sentinel-2c", (), 10, "sentinel2"),
    ("WV02", (), None, "worldview2"),
    ("PHR 1A", (), None, "pleiades"),
    ("", S2, 10, "sentinel2"),
    ("", ("B05", "B8A", "B12 swir"), 20, "sentinel2"),
    ("", S2, 30, None),
    ("", S2, None, None),
    ("", (*S2, "ndvi"), 10, None),
    ("", ("B11", "B12"), 20, None),
    ("", ("B1", "B2", "B3"), 30, None),
    ("", ("red", "green", ""), 10, None),
    ("", (), 10, None),
    ("LANDSAT", (), 30, None),
]


@pytest.mark.parametrize(("platform", "descriptions", "gsd_m", "name"), MATCHES)
def test_only_what_metadata_name_for_certain_is_a_sensor(
    platform: str, descriptions: tuple[str, ...], gsd_m: float | None, name: str | None
) -> None:
    found = sensors.match(platform, descriptions, gsd_m)
    assert (found and found.name) == name


def test_words_tell_what_is_known() -> None:
    text = str(sensors.find("landsat8"))
    assert "0.51 (y) and 0.70 (x) at Nyquist" in text and "reflectance = value * 2.75e-05 - 0.2" in text
    assert "not published" in str(sensors.find("landsat5"))
    assert "JPEG of quality 90" in str(sensors.find("aerial"))


def test_what_is_not_said_is_not_written() -> None:
    said: dict[str, Any] = json.loads(replace(MINE, bands=(), values=(), half=None).to_json())
    assert {"bands", "values", "half", "delivered"} & set(said) == set()
