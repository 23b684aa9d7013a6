"""The options by themselves: what each takes, what it makes of it, what it refuses, and how they are said again."""

from __future__ import annotations

import argparse
import math
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from rasterio.windows import Window

from rs_sr.doors.arguments import add_arguments
from rs_sr.errors import RequestError, speaking
from rs_sr.options import Options


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("scale", 3, 3),
        ("bands", "3,2,1", ("3", "2", "1")),
        ("bands", [3, "nir"], ("3", "nir")),
        ("bands", 2, ("2",)),
        ("range", ("0", 1e4), (0.0, 1e4)),
        ("window", (0, 1.0, "2", 3), (0, 1, 2, 3)),
        ("bbox", [-1, "2.5", 3, 4], (-1.0, 2.5, 3.0, 4.0)),
        ("scale", np.int64(3), 3),
        ("dtype", np.dtype("float32"), "float32"),
        ("dtype", np.uint16, "uint16"),
        ("window", Window(1, 2, 3, 4), (1, 2, 3, 4)),
        ("co", {"A": 1, "B": "x"}, ("A=1", "B=x")),
        ("oo", "A=", ("A=",)),
        ("oo", "A=1", ("A=1",)),
        ("co", ["A=1", "B=a=b"], ("A=1", "B=a=b")),
        ("nodata", -9999, "-9999"),
        ("nodata", " NaN ", "NaN"),
        ("nodata", "None", "None"),
        ("nodata", None, None),
        ("tile", 300.0, 300),
        ("halo", 7, "7"),
        ("model", " a model.safetensors", " a model.safetensors"),  # names of files keep their blanks
        ("aoi", "fields.gpkg ", "fields.gpkg "),
        ("device", "cuda:3", "cuda:3"),
        ("cluster", "tls://10.0.0.1:8786", "tls://10.0.0.1:8786"),
    ],
)
def test_what_an_option_makes_of_a_value(name: str, given: Any, kept: Any) -> None:
    found = getattr(Options(**{name: given}), name)
    assert found == kept and type(found) is type(kept)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scale": 5}, "scale=5 is unknown; choose from 2, 3, 4"),
        (
            {"compress": "zip"},
            "compress='zip' is unknown; choose from zstd, deflate, lzw, none, jpeg, webp, lerc, input",
        ),
        ({"dtype": "complex64"}, "dtype='complex64' is unknown; choose from uint8, int8"),
        ({"tile": 0}, "tile=0 is too small; give 128 or more"),
        ({"tile": 1.5}, "tile cannot be 1.5; see the help: side of a tile"),
        ({"threads": 0}, "threads=0 is too few; give 1 or more"),
        ({"threads": "many"}, "threads cannot be 'many'; see the help: cores"),
        ({"cog": 1}, "cog cannot be 1; give True or False"),
        ({"window": (1, 2, 3)}, "window takes 4 values, 3 were given; give them all"),
        ({"window": 7}, "window takes 4 values, 1 were given; give them all"),
        ({"bbox": (0, 0, math.nan, 1)}, "bbox has a value that is not a number; give four finite coordinates W S E N"),
        ({"range": (5, 5)}, "range=(5, 5) is not a valid range; give two finite numbers, the smaller first"),
        ({"range": (0, math.inf)}, "range=(0, inf) is not a valid range; give two finite numbers"),
        ({"nodata": "black"}, "nodata='black' is not a number; give a number, nan, or none"),
        ({"halo": "-1"}, "halo='-1' is unknown; give auto, exact, or a number of pixels"),
        ({"device": "gpu"}, "device='gpu' is unknown; give auto, cpu, cuda, cuda:1, mps or xpu"),
        ({"scale": True}, "scale=True is unknown; choose from 2, 3, 4"),
        ({"co": "=2"}, "co='=2' is not a valid creation option; write it as KEY=VALUE"),
        ({"co": "TILED"}, "co='TILED' is not a valid creation option; write it as KEY=VALUE"),
        ({"oo": ["A=1", "=2"]}, "oo='=2' is not a valid open option; write it as KEY=VALUE"),
        ({"memory": "0"}, "memory='0' is not a valid size; write it like 800MB or 2GB"),
        ({"memory": "2 PB"}, "memory='2 PB' is not a valid size"),
        ({"window": (0, 0, 1, 1), "aoi": "a.gpkg"}, "window, bbox and aoi each choose a part; give one of them"),
        ({"bbox_crs": "EPSG:4326"}, "bbox_crs needs bbox; give bbox=(W, S, E, N) too"),
        ({"aoi_layer": "wheat"}, "aoi_layer needs aoi; give aoi=FILE too"),
        ({"range": (0, 1), "like": "a.tif"}, "range and like both set the value map; give one of them"),
    ],
)
def test_what_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError) as told:
        Options(**given)
    assert str(told.value).startswith(words)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1", 1),
        ("800MB", 800 * 10**6),
        ("2gb", 2 * 10**9),
        (" 1.5 GiB ", 3 << 29),
        ("64Ki", 64 << 10),
        ("1T", 10**12),
    ],
)
def test_sizes_of_memory(text: str, size: int) -> None:
    assert Options(memory=text).memory_bytes() == size


def parsed(words: list[str]) -> Options:
    parser = argparse.ArgumentParser(argument_default=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*")
    add_arguments(parser)
    given = vars(parser.parse_args(words))
    given.pop("paths", None)
    return Options(**given)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"model": "lanczos", "scale": 3, "bands": "2,1", "range": (-0.1, 2e-9), "nodata": "7", "dtype": "int16"},
        {"window": (1, 2, 3, 4), "tile": 128, "halo": "exact", "memory": "1GB", "threads": 2, "device": "cpu"},
        {"bbox": (0.1, 1 / 3, 2.0, 3.0), "bbox_crs": "EPSG:4326", "oo": ("A=1", "B=2"), "co": ("C= x y",)},
        {"aoi": "my fields.gpkg", "aoi_layer": "two words", "like": "o.tif", "consistent": True, "ensemble": True},
        {"compress": "jpeg", "quality": 70},
        {"compress": "input", "max_error": 0.25},
        {"expand_palette": True, "cog": True, "compress": "lzw", "engine": "torch", "precision": "f32"},
    ],
)
def test_the_command_that_is_told_gives_the_same_options_again(given: dict[str, Any]) -> None:
    options = Options(**given)
    words = options.command("in.tif", "out.tif")
    assert words[:4] == ["rs-sr", "super-resolve", "in.tif", "out.tif"]
    assert parsed(words[2:]) == options
    assert set(options.told()) == set(given)


def test_how_a_run_ended_up_in_its_place_is_not_told() -> None:
    assert Options(overwrite=True, resume=True, cluster="local:2").told() == {}


def test_what_shapes_pixels_and_what_is_read() -> None:
    shaping = Options(scale=3, compress="lzw").shaping()
    assert shaping["--scale"] == 3 and shaping["--assign-crs"] is None
    apart = {"memory", "threads", "cluster", "cog", "overwrite", "resume"}
    assert {f"--{f.name.replace('_', '-')}" for f in fields(Options) if f.name not in apart} == set(shaping)
    assert Options().read() == {}
    assert Options(like="a.tif").read() == {"--like": "a.tif"}
    assert Options(aoi="b.gpkg", uncertainty="c.tif").read() == {"--aoi": "b.gpkg"}


def test_an_option_is_named_in_the_words_of_the_command_line_there() -> None:
    with pytest.raises(RequestError) as told, speaking("shell"):
        Options(aoi_layer="wheat")
    with speaking("shell"):
        assert str(told.value) == "--aoi-layer needs --aoi; give --aoi FILE too"
