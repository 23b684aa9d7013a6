"""The sensors that rs-sr knows, and those that users describe in files."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from rs_sr.errors import RequestError, did_you_mean
from rs_sr.sensors.numbers import CAUTIOUS, MEANING, RANGES, Numbers, gaussian, kernel
from rs_sr.sensors.sensor import Sensor, SensorBand, Values, of_dict, read
from rs_sr.units import columns

__all__ = [
    "CAUTIOUS", "MEANING", "RANGES", "Numbers", "Sensor", "SensorBand", "Values", "find", "gaussian", "kernel",
    "known", "match", "read", "to_text",
]  # fmt: skip


HEAD = ("sensor", "pixels, m", "Nyquist", "half of it", "noise", "title")
FOOT = """
Nyquist, half of it: the contrast that the blur leaves in stripes 1 and 2 pixels wide (modulation transfer), along y/x
  where they differ. 1 is no blur, above 1 the scene was sharpened.
noise: standard deviation, in % of the range of values
-: not published; it is measured in each scene"""


@functools.cache
def known() -> dict[str, Sensor]:
    """The sensors that come with rs-sr, by name."""
    said = tomllib.loads((Path(__file__).parent / "table.toml").read_text(encoding="utf-8"))
    return {name: of_dict({"name": name} | keys, f"sensor {name}") for name, keys in said.items()}


def find(name: str | PathLike[str]) -> Sensor:
    """A sensor by name, or by the path of its file. An unknown one is a `RequestError` that lists what there is."""
    name = str(path := Path(name))
    if name.lower() in known():
        return known()[name.lower()]
    if path.suffix.lower() in (".json", ".toml") or path.is_file():
        return read(path)
    cure = f"{did_you_mean(name.lower(), known())} known are {', '.join(known())}, or give a .toml or .json file"
    raise RequestError(f"sensor {name} is unknown", cure.lstrip())


def match(platform: str, descriptions: tuple[str, ...] = (), gsd_m: float | None = None) -> Sensor | None:
    """The sensor that metadata name for certain, None for none: by its `platform`, as tags have it, or by bands that
    only Sentinel-2 calls so (B02, B8A, ...) at its pixel sizes. Values never tell."""
    word = _plain(platform)
    for sensor in known().values():
        if word and word in sensor.platforms:
            return sensor
    sentinel2 = known()["sentinel2"]
    names = {b.name for b in sentinel2.bands}
    first = [d.split()[0].upper() for d in descriptions if d.split()]
    telling = re.compile(r"B0\d|B8A")  # others say B1 to B12 too
    own = [name for name in first if name in names]
    if first and len(own) == len(descriptions) and any(map(telling.fullmatch, own)) and _near(gsd_m, sentinel2.gsd_m):
        return sentinel2
    return None


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _near(gsd_m: float | None, sizes: tuple[float, ...]) -> bool:
    return gsd_m is not None and any(abs(gsd_m / size - 1) < 0.02 for size in sizes)


def to_text(found: Iterable[Sensor]) -> str:
    """A table of sensors for people."""

    def cells(sensor: Sensor) -> tuple[str, ...]:
        blur = [pair and "/".join(f"{v:.2f}" for v in dict.fromkeys(pair)) for pair in (sensor.nyquist, sensor.half)]
        if sensor.numbers is not None and sensor.half is None:
            blur[1] = "/".join(f"{v:.2f}" for v in dict.fromkeys(sensor.numbers.half))
        noise = "-" if sensor.noise is None else f"{100 * sensor.noise:g} %"
        return (
            sensor.name,
            ", ".join(f"{g:g}" for g in sensor.gsd_m) or "any",
            *(b or "-" for b in blur),
            noise,
            sensor.title,
        )

    return "\n".join([*columns([HEAD, *map(cells, found)]), FOOT])
