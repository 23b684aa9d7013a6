"""What is known of a sensor: its bands, its blur, its noise, what its values mean, and who says so.

A sensor is a file, TOML or JSON, whose keys are the fields of `Sensor`; `table.toml` beside this has those that come
with rs-sr.
"""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

from rs_sr.errors import RequestError
from rs_sr.sensors.numbers import CAUTIOUS, RANGES, Numbers, gaussian, jpeg_strength

Pair = tuple[float, float]
KEYS = "docs/sensors.md has the keys; nyquist = [0.5, 0.45] alone is enough"
FALLS = 0.8  # the least of the transfer at Nyquist that may be left at half of it; strong sharpening turns them round
KINDS: tuple[tuple[str, type, str], ...] = (
    ("name", str, "text"), ("title", str, "text"), ("delivered", str, "text"), ("bands", list, "a list of tables"),
    ("values", list, "a list of tables"), ("platforms", list, "a list of names"), ("gsd_m", list, "a list of metres"),
    ("sources", dict, "a table"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SensorBand:
    """A band: its middle wavelength, its ground sampling distance, and the modulation transfer of the optics at the
    Nyquist frequency, along y and x."""

    name: str
    wavelength_nm: float | None = None
    gsd_m: float | None = None
    mtf: Pair | None = None


@dataclass(frozen=True, kw_only=True)
class Values:
    """What the values of a product mean: physical = value * scale + offset, for values from `valid[0]` to `valid[1]`.

    `forgotten` is what is usually added to all values and taken away by `offset`: where next to no value lies below
    it, it is still there.
    """

    product: str
    means: str = "reflectance"
    scale: float = 1.0
    offset: float = 0.0
    valid: Pair | None = None
    forgotten: float | None = None


@dataclass(frozen=True, kw_only=True)
class Sensor:
    """A sensor and the rasters that are made of it.

    `nyquist` and `half` are the modulation transfer, along y and x, of the raster as it is delivered, at its Nyquist
    frequency and at half of it; without `half` it is a Gaussian's. Where `nyquist` is None nobody has published it, or
    too little agrees. `noise` is a share of the range of values, `jpeg` the usual quality of the product.
    `platforms` are the names, without blanks, signs and case, that metadata give it; `delivered` says how the product
    differs from the optics; `sources` has who says what, by field.
    """

    name: str
    title: str
    gsd_m: tuple[float, ...] = ()
    platforms: tuple[str, ...] = ()
    bands: tuple[SensorBand, ...] = ()
    nyquist: Pair | None = None
    half: Pair | None = None
    noise: float | None = None
    jpeg: float | None = None
    values: tuple[Values, ...] = ()
    delivered: str = ""
    sources: dict[str, str]

    @property
    def numbers(self) -> Numbers | None:
        """What a network is told of it; None where its blur is not known. Unknown noise is the cautious one's."""
        if self.nyquist is None:
            return None
        noise = CAUTIOUS.noise if self.noise is None else self.noise
        jpeg = 0.0 if self.jpeg is None else jpeg_strength(self.jpeg)
        if self.half is None:
            return gaussian(self.nyquist, noise=noise, jpeg=jpeg)
        return Numbers(*self.nyquist, *self.half, noise, jpeg)

    def to_dict(self) -> dict[str, Any]:
        """As a file has it: what is not said is left out."""
        return _said(asdict(self))

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), indent=1)

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.title}"]
        if self.gsd_m:
            lines.append("  pixels of " + ", ".join(f"{g:g}" for g in self.gsd_m) + " m")
        told = self.numbers
        lines.append(f"  told to a network: {told}" if told else "  blur: not published; it is measured in each scene")
        lines += [f"  {self.delivered}"] if self.delivered else []
        for b in self.bands:
            said = [f"{b.wavelength_nm:g} nm" if b.wavelength_nm else "", f"{b.gsd_m:g} m" if b.gsd_m else ""]
            said += [f"MTF {b.mtf[0]:g}" + (f", {b.mtf[1]:g}" if b.mtf[0] != b.mtf[1] else "") if b.mtf else ""]
            lines.append(f"  band {b.name}: {', '.join(s for s in said if s)}")
        for v in self.values:
            ends = f", from {v.valid[0]:g} to {v.valid[1]:g}" if v.valid else ""
            lines.append(f"  {v.product}: {v.means} = value * {v.scale:g} {'+-'[v.offset < 0]} {abs(v.offset):g}{ends}")
        return "\n".join([*lines, *(f"  {field}: {source}" for field, source in self.sources.items())])


def of_dict(said: dict[str, Any], where: str, name: str = "") -> Sensor:
    """A sensor from what a file says; what no sensor has, or cannot be, is a `RequestError` that names the file."""
    known = {"name": name, "title": name} | said
    _only(known, Sensor, where)
    for key, kind, word in KINDS:
        if not isinstance(known.get(key, kind()), kind):
            raise RequestError(f"{where}: {key} is {known[key]!r}", f"give {word}")
    parts: dict[str, Any] = {
        "bands": tuple(_part(SensorBand, b, where, ("mtf",)) for b in known.pop("bands", ())),
        "values": tuple(_part(Values, v, where, ("valid",)) for v in known.pop("values", ())),
        **{key: tuple(known.pop(key, ())) for key in ("platforms", "gsd_m")},
        **{key: _pair(known.pop(key, None), f"{where}: {key}") for key in ("nyquist", "half")},
        "sources": dict(known.pop("sources", {})),
    }
    found = Sensor(**known, **parts)
    trained = ((key, *RANGES[f"{key}_y"]) for key in ("nyquist", "half"))  # what a network cannot undo is refused
    for key, low, high in (*trained, ("noise", 0, 1), ("jpeg", 1, 100)):
        value = getattr(found, key)
        for number in value if isinstance(value, tuple) else (value,):
            if number is not None and not (isinstance(number, int | float) and low <= number <= high):
                raise RequestError(f"{where}: {key} is {number!r}", f"give a number from {low:g} to {high:g}")
    if found.half is not None and found.nyquist is None:
        raise RequestError(f"{where} has half, and no nyquist", "give the transfer at Nyquist too, or neither")
    if found.half is not None and any(h < FALLS * n for n, h in zip(found.nyquist or (), found.half, strict=True)):
        raise RequestError(
            f"{where}: half {found.half} is less than nyquist {found.nyquist}",
            "a blur leaves more of wide stripes than of fine ones: look whether the two are mixed up",
        )
    return found


def read(path: str | Path) -> Sensor:
    """A sensor from a file of TOML or JSON. What cannot be read is a `RequestError`."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
        said = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        problem = f"the sensor's file {path} cannot be read: {error.strerror}"
        raise RequestError(problem, "check the name; `rs-sr sensors` lists the known sensors") from error
    except UnicodeDecodeError as error:
        cure = "a raster is measured: `rs-sr sensors measure`"
        raise RequestError(f"{path} is no file of a sensor: it is no text", cure) from error
    except ValueError as error:  # of either format
        kind = "JSON" if file.suffix.lower() == ".json" else "TOML"
        raise RequestError(f"{path} is no file of a sensor: it cannot be read as {kind} ({error})", KEYS) from error
    if not isinstance(said, dict):
        raise RequestError(f"{path} is no file of a sensor: it has no keys", KEYS)
    return of_dict(said, str(path), file.stem)


def _only(said: dict[str, Any], kind: type[Any], where: str) -> None:
    if unknown := set(said) - {f.name for f in fields(kind)}:
        raise RequestError(f"{where}: {_name(kind)} knows no {', '.join(sorted(unknown))}", KEYS)


def _part(kind: type[Any], said: Any, where: str, pairs: tuple[str, ...]) -> Any:
    if not isinstance(said, dict):
        raise RequestError(f"{where}: {said!r} is no table of keys", KEYS)
    _only(said, kind, where)
    try:
        return kind(**said | {key: _pair(said[key], f"{where}: {key}") for key in pairs if key in said})
    except TypeError as error:  # a key without a default is missing
        needed = ", ".join(f.name for f in fields(kind) if f.default is MISSING and f.name not in said)
        raise RequestError(f"{where}: {_name(kind)} has no {needed}", KEYS) from error


def _pair(value: Any, where: str) -> Pair | None:
    """One number for both axes, or two."""
    if value is None:
        return None
    both = [value, value] if isinstance(value, int | float) else value
    if not isinstance(both, list | tuple) or len(both) != 2 or not all(_number(v) for v in both):
        raise RequestError(f"{where} is {value!r}", "give a number, or two: along y and x")
    return float(both[0]), float(both[1])


def _name(kind: type[Any]) -> str:
    return {SensorBand: "a band", Values: "a table of values"}.get(kind, "a sensor")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _said(known: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key, value in known.items():
        if isinstance(value, tuple | list) and value and isinstance(value[0], dict):
            value = [_said(v) for v in value]
        if value not in (None, (), "", []):
            found[key] = list(value) if isinstance(value, tuple) else value
    return found
