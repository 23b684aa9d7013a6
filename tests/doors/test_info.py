"""What is told of a raster, line by line, from facts, a plan and a survey that are made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from rs_sr.doors.info import Info
from rs_sr.errors import BlurWarning, NodataWarning, RsSrWarning
from rs_sr.options import Options
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.run.plan import make_plan
from rs_sr.run.survey import Survey
from rs_sr.sensors import CAUTIOUS
from rs_sr.trust.scene_checks import Check
from tests.facts import Hand, facts

WKT = 'PROJCRS["WGS 84 / UTM zone 33N",BASEGEOGCRS["WGS 84"]]'
BLURRED = Check("sharpness", "amber", "this raster is blurred by about 2.0 pixels")


def info(
    known: Any = None, lo: tuple[float, ...] = (0, 0, 0), hi: tuple[float, ...] = (255, 255, 255),
    warnings: tuple[RsSrWarning, ...] = (), checks: tuple[Check, ...] = (), **options: Any,
) -> Info:  # fmt: skip
    known = known or facts()
    plan = make_plan(Hand(known), "", Options(**({"model": "bicubic", "scale": 3, "memory": "2GB"} | options)))
    seen = Survey(ValueMap(lo, hi, lo, "8 bit: 0 to 255"), (), warnings, checks, "bicubic", 0.0)
    return Info(known, plan, seen)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (dict(), "in.tif (GTiff)"),
        (dict(known=facts(crs=WKT)), "  800 x 600 pixels, 10 m, WGS 84 / UTM zone 33N, blocks of 128 x 128"),
        (dict(known=facts(gsd_m=None, crs=None)), "  800 x 600 pixels, ground sampling distance unknown, no CRS, "),
        (dict(known=facts(gsd_m=0.123456, transform=None)), "  800 x 600 pixels, 0.1235 m, not georeferenced, "),
        (dict(), "  band 2: uint8, green\n"),
        (dict(known=facts(band={"nodata": -9999.0, "dtype": "float32"})), "  band 3: float32, blue, nodata -9999\n"),
        (dict(known=facts("gray", mask="dataset", band={"masked": True, "description": "B8", "unit": "m"})),
         "  band 1: uint8, gray, B8, m, masked\n"),
        (dict(known=facts(band={"scale": 1e-4, "offset": -0.1})), "  band 1: uint8, red, scale 0.0001, offset -0.1\n"),
        (dict(), "with model bicubic: 2400 x 1800 pixels, 3 times finer\n"),
        (dict(window=(0, 0, 10, 20)), "with model bicubic: 30 x 60 pixels, 3 times finer\n  about 5.4 kB"),
        (dict(), "  values 0 and 255 are the model's 0 and 1 (8 bit: 0 to 255)\n"),
        (dict(lo=(1, 2, 1), hi=(9, 9, 9.5)), "  values 1, 2 and 9, 9.5 are the model's 0 and 1 ("),
        (dict(model="lkdn_s_x2", scale=2), "  or --model plain_x2: "),
        (dict(checks=(BLURRED,)), "  sharpness, amber: this raster is blurred by about 2.0 pixels"),
        (dict(known=facts(band={"nodata": 300.0})), "\nwarning: "),
        (dict(tile=200), "\nnote: "),
    ],
)  # fmt: skip
def test_a_line(given: dict[str, Any], line: str) -> None:
    assert line in str(info(**given)) + "\n"


def test_a_warning_that_is_a_check_is_said_once_and_another_besides() -> None:
    warnings = (BlurWarning(BLURRED.text), NodataWarning("give --nodata=0"))
    lines = str(info(warnings=warnings, checks=(BLURRED,))).split("\n")
    assert [line for line in lines if "blurred" in line] == [f"  sharpness, amber: {BLURRED.text}"]
    assert lines[-1] == "warning: give nodata=0"


def test_what_a_network_is_told_is_a_line_where_it_is_told_anything() -> None:
    telling = "the network is told much (as --sensor=none asks)"
    plain = info()
    told = replace(plain, seen=replace(plain.seen, telling=telling))
    assert "\n  the network is told much (as sensor=none asks)\n" in str(told).replace('"', "") + "\n"
    assert "the network" not in str(plain)
    assert (told.to_json()["told"], plain.to_json()["told"]) == (telling, "")


def test_the_pixel_size_s_check_is_the_first() -> None:
    size = Check("pixel size", "green", "the result's 3 m are near")
    told = info(checks=(BLURRED,))
    told = replace(told, plan=replace(told.plan, gsd=size))
    assert told.checks == (size, BLURRED)


def test_as_json_it_says_the_same_and_can_be_written() -> None:
    known = facts(band={"nodata": 0.0, "description": "B4"}, crs=None)
    said = json.loads(json.dumps(info(known, warnings=(NodataWarning("a word"),), checks=(BLURRED,)).to_json()))
    assert (said["width"], said["height"], said["crs"], said["gsd_m"]) == (800, 600, None, 10.0)
    assert (said["model"], said["scale"]) == ("bicubic", 3)
    assert said["bands"][0].items() >= {"number": 1, "dtype": "uint8", "nodata": 0.0, "description": "B4"}.items()
    assert "unit" not in said["bands"][0]  # nothing is said of it
    assert said["result"].items() >= {"width": 2400, "height": 1800, "bytes_uncompressed": 3 * 2400 * 1800}.items()
    assert said["value_map"] == {"lo": [0, 0, 0], "hi": [255, 255, 255], "rule": "8 bit: 0 to 255"}
    assert said["checks"] == [BLURRED.to_json()] and said["warnings"] == ["a word"]


def test_what_the_network_would_be_told_is_said() -> None:
    plain = info()
    known = replace(plain, seen=replace(plain.seen, told=CAUTIOUS, telling="the network is told this (since that)"))
    assert "\n  the network is told this (since that)\n" in f"{known}\n" and "told" not in str(plain)
    assert known.to_json()["told"] == "the network is told this (since that)" and plain.to_json()["told"] == ""
