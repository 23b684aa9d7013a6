"""Every option through every door: it reaches the plan as it was given, or that door refuses it in a sentence.

What the plugin asks for comes to the worker as JSON, here as there; that each parameter is told is tested in QGIS.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NoReturn, get_args, get_origin, get_type_hints

import pytest
import rioxarray

import rs_sr.run.arrays  # registers .sr
from qgis_plugin import fields as plugin
from rs_sr.doors import cli, info
from rs_sr.doors.protocol import Message, decode, encode
from rs_sr.doors.worker import Worker
from rs_sr.errors import RequestError
from rs_sr.options import Options
from rs_sr.run import pipeline, plan
from tests.conftest import Make, pattern


class Row(NamedTuple):
    """An option: its value in Python and JSON, its words on the command line, what the plan then knows, the options
    that it needs, and what an array has instead of it."""

    given: Any
    words: list[str]
    kept: Any
    beside: Mapping[str, Any] = MappingProxyType({})
    array: str = ""


PART = "choose a part with .isel, .rio.clip_box or .rio.clip"
WRITTEN = "give it where the result is written: to .rio.to_raster or .to_zarr"
CLUSTER = "make a distributed.Client: dask then computes the result on its workers"
TABLE = {
    "model": Row("lanczos", ["lanczos"], "lanczos"),
    "scale": Row(4, ["4"], 4),
    "bands": Row(["2", "1"], ["2,1"], ("2", "1")),
    "range": Row([-5, 200.5], ["-5", "200.5"], (-5.0, 200.5)),
    "like": Row("my earlier.tif", ["my earlier.tif"], "my earlier.tif"),
    "nodata": Row("7", ["7"], "7"),
    "assign_crs": Row("EPSG:32634", ["EPSG:32634"], "EPSG:32634", array="give the array its CRS with .rio.write_crs"),
    "oo": Row(["NUM_THREADS=1"], ["NUM_THREADS=1"], ("NUM_THREADS=1",), array="give it to rioxarray.open_rasterio"),
    "dtype": Row("uint16", ["uint16"], "uint16"),
    "window": Row([1, 2, 30, 20], ["1", "2", "30", "20"], (1, 2, 30, 20), array=PART),
    "bbox": Row([-1, 0, 2.5, 3], ["-1", "0", "2.5", "3"], (-1.0, 0.0, 2.5, 3.0), array=PART),
    "bbox_crs": Row("EPSG:4326", ["EPSG:4326"], "EPSG:4326", {"bbox": (0, 0, 2, 3)}, array=PART),
    "aoi": Row("my fields.gpkg", ["my fields.gpkg"], "my fields.gpkg", array=PART),
    "aoi_layer": Row("wheat", ["wheat"], "wheat", {"aoi": "fields.gpkg"}, array=PART),
    "preview": Row(True, [], True, {"window": (1, 2, 30, 20)}, array=PART),
    "sensor": Row("my drone.json", ["my drone.json"], "my drone.json"),
    "blur": Row([0.3, 0.4], ["0.3", "0.4"], (0.3, 0.4)),
    "noise": Row(12.5, ["12.5"], 12.5),
    "consistent": Row(True, [], True),
    "ensemble": Row(True, [], True),
    "uncertainty": Row("doubt.tif", ["doubt.tif"], "doubt.tif"),
    "expand_palette": Row(True, [], True, array="turn the classes into colours before"),
    "tile": Row(256, ["256"], 256),
    "halo": Row("7", ["7"], "7"),
    "memory": Row("900MB", ["900MB"], "900MB"),
    "engine": Row("torch", ["torch"], "torch"),
    "device": Row("cuda:1", ["cuda:1"], "cuda:1"),
    "precision": Row("bf16", ["bf16"], "bf16"),
    "threads": Row(3, ["3"], 3),
    "cluster": Row("local:2", ["local:2"], "local:2", array=CLUSTER),
    "compress": Row("lzw", ["lzw"], "lzw", array=WRITTEN),
    "cog": Row(True, [], True, array=WRITTEN),
    "co": Row(["A=1", "B=2"], ["A=1", "--co", "B=2"], ("A=1", "B=2"), array=WRITTEN),
    "overwrite": Row(True, [], True, array=WRITTEN),
    "resume": Row(True, [], True, array="a lazy array keeps nothing of a broken run"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def reached(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Options]]:
    """The options of every plan that is asked for, none of which is made; the raster is in.tif."""
    asked: list[Options] = []

    def make_plan(source: object, target: str, options: Options, *, elsewhere: bool = False) -> NoReturn:
        asked.append(options)
        raise RequestError("that far and no further")

    for room in (plan, pipeline, info, rs_sr.run.arrays):
        monkeypatch.setattr(room, "make_plan", make_plan)
    make("in.tif", pattern(3, 40, 50, "uint8"))
    monkeypatch.chdir(tmp_path)
    yield asked
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.tif"]


def flagged(name: str, words: list[str]) -> list[str]:
    return ["--" + name.replace("_", "-"), *words]


def command_line(*more: str) -> Callable[[str, Row], None]:
    def call(name: str, row: Row) -> None:
        words = flagged(name, row.words)
        for other, value in row.beside.items():
            words += flagged(other, [value] if isinstance(value, str) else [str(v) for v in value])
        assert cli.run(["super-resolve", "in.tif", *more, *words]) == 2

    return call


def told_info(name: str, row: Row) -> None:
    words = flagged(name, row.words)
    for other, value in row.beside.items():
        words += flagged(other, [value] if isinstance(value, str) else [str(v) for v in value])
    assert cli.run(["info", "in.tif", *words]) == 2


def in_python(name: str, row: Row) -> None:
    with pytest.raises(RequestError):
        rs_sr.super_resolve("in.tif", "out.tif", **{name: row.given}, **row.beside)


def tell_worker(message: Message, **more: Any) -> None:
    out = os.open(os.devnull, os.O_WRONLY)
    Worker(out)._answer(decode(encode(message | {"params": message["params"] | more})))
    os.close(out)


RUN: Message = {"type": "run", "id": 1, "params": {"source": "in.tif", "target": "out.tif"}}
ASK: Message = {"type": "info", "id": 1, "source": "in.tif", "params": {"target": "out.tif"}}
FILE_DOORS = {
    "command line": command_line("out.tif"),
    "command line, dry": command_line("out.tif", "--dry-run"),
    "command line, many files": command_line("--out-dir", "out"),
    "command line, info": told_info,
    "Python": in_python,
    "worker": lambda name, row: tell_worker(RUN, **{name: row.given}, **row.beside),
    "worker, asked before": lambda name, row: tell_worker(ASK, **{name: row.given}, **row.beside),
}


def as_array(**options: Any) -> Any:
    return rs_sr.super_resolve_array(rioxarray.open_rasterio("in.tif"), **options)


def by_accessor(**options: Any) -> Any:
    return rioxarray.open_rasterio("in.tif").sr.super_resolve(**options)


def test_the_table_has_every_option() -> None:
    assert list(TABLE) == [f.name for f in fields(Options)]
    assert all(row.kept != f.default for f, row in zip(fields(Options), TABLE.values(), strict=True))


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("door", FILE_DOORS)
def test_an_option_reaches_the_plan_of_a_file(door: str, name: str, reached: list[Options]) -> None:
    row = TABLE[name]
    FILE_DOORS[door](name, row)
    assert [getattr(options, name) for options in reached] == [row.kept]
    assert reached == [Options(**{name: row.kept}, **row.beside)]


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("door", [as_array, by_accessor])
def test_an_option_reaches_the_plan_of_an_array_or_is_refused(
    door: Callable[..., Any], name: str, reached: list[Options]
) -> None:
    row = TABLE[name]
    with pytest.raises(RequestError) as told:
        door(**{name: True if name == "uncertainty" else row.given})
    if row.array:
        assert reached == [] and str(told.value) == f"{name} is about files; leave it out; {row.array}"
    else:
        assert reached == [Options(**{name: "array.tif" if name == "uncertainty" else row.kept})]
    listed = f"\n{name} : " in str(rs_sr.super_resolve_array.__doc__) or name == "uncertainty"
    assert listed == (not row.array)


@pytest.mark.parametrize("name", TABLE)
def test_the_plugin_offers_an_option_or_says_why_not(name: str) -> None:
    assert bool(plugin.OFFERED.get(name)) != bool(plugin.NOT_OFFERED.get(name))


def test_the_plugin_offers_every_choice() -> None:
    """In the order of the options; `auto` stands for leaving it out."""
    for name, kind in get_type_hints(Options).items():
        parameter = str(plugin.OFFERED.get(name))
        choices = [str(c) for part in (kind, *get_args(kind)) for c in get_args(part) if get_origin(part) is Literal]
        if choices and parameter in plugin.CHOICES:
            assert plugin.CHOICES[parameter] == ["auto"] * ("auto" not in choices and name != "compress") + choices
        else:
            assert not choices or name in plugin.NOT_OFFERED


@pytest.mark.parametrize("message", [RUN, ASK])
def test_null_in_a_message_is_as_good_as_absent(message: Message, reached: list[Options]) -> None:
    tell_worker(message, **dict.fromkeys(TABLE))
    assert reached == [Options()]


@pytest.mark.parametrize("door", [*FILE_DOORS.values(), lambda name, row: as_array(**{name: row.given})])
def test_what_is_no_option_is_refused(door: Callable[[str, Row], None], reached: list[Options]) -> None:
    try:
        door("sharpness", Row(3, ["3"], 3))
    except RequestError as error:
        assert str(error).startswith("sharpness is no option; choose from ")
    assert reached == []
