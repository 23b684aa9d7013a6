"""The record of its making that a result carries in its tags RS_SR_*: written and read here alone."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from rs_sr.options import Options
from rs_sr.pixels.kernels import Kernel
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.sensors.numbers import Numbers, kernel

PREFIX = "RS_SR_"
DAMAGE = (KeyError, TypeError, ValueError, OverflowError, RecursionError)  # what reading a damaged tag can raise
TOLD = "told"  # the degradation of a result whose network was told the scene's


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a run says of itself; every field is a tag, and None where a result does not have it.

    `run` is the same for a result and its uncertainty, `statistics` what a network pooled over the image
    (`run.held`), `told` what it was told of the scene, `consistency` the figures of `trust.agreement.Agreement`.
    `damaged` names the fields whose tags could not be read; they count as missing.
    """

    version: str | None = None
    model: str | None = None
    model_sha256: str | None = None
    engine: str | None = None
    value_map: ValueMap | None = None
    bands: str | None = None
    compression: str | None = None
    command: str | None = None
    options: Options | None = None
    run: str | None = None
    statistics: str | None = None
    consistency: dict[str, Any] | None = None
    told: Numbers | None = None
    damaged: tuple[str, ...] = ()

    def tags(self) -> dict[str, str]:
        """By the names that files have."""
        there = {name: getattr(self, name) for name in _READ}
        return {_key(name): _written(value) for name, value in there.items() if value is not None}

    @classmethod
    def of(cls, tags: Mapping[str, str]) -> Record:
        """Read back from the tags of a file, whoever may have changed them."""
        known: dict[str, Any] = {}
        damaged = []
        for name, read in _READ.items():
            try:
                if _key(name) in tags:
                    known[name] = read(tags[_key(name)])
            except DAMAGE:
                damaged.append(name)
        return cls(**known, damaged=tuple(damaged))

    @property
    def degradation(self) -> Kernel | None:
        """How the result was brought back to the input's pixels, as `kernels.reduce` takes it, if it says so."""
        if self.consistency is None:
            return None
        found = _degradation(self.consistency)
        return found if found != TOLD else None if self.told is None else kernel(self.told)


def _key(name: str) -> str:
    return PREFIX + name.upper()


def _written(value: Any) -> str:
    if isinstance(value, Numbers):
        return json.dumps(value._asdict())
    if isinstance(value, ValueMap):
        return value.to_json()
    if isinstance(value, Options):
        return json.dumps(value.told())
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _value_map(text: str) -> ValueMap:
    found = ValueMap.from_json(text)
    if not all(math.isfinite(high - low) for low, high in zip(found.lo, found.hi, strict=True)):
        raise ValueError(text)
    return found


def _told(text: str) -> Numbers:
    said = {name: float(value) for name, value in json.loads(text).items()}
    if not all(map(math.isfinite, said.values())):
        raise ValueError(text)
    return Numbers(**said)


def _options(text: str) -> Options:
    found = Options.of(json.loads(text))
    if found.window is not None and min(found.window[2:]) < 1:
        raise ValueError(text)
    return found


def _consistency(text: str) -> dict[str, Any]:
    said = json.loads(text)
    if not all(isinstance(said[key], list) for key in ("bias", "mean_error", "p99_error")):
        raise ValueError(text)
    _degradation(said)
    return dict(said)


def _degradation(said: dict[str, Any]) -> str | float:
    text = str(said["degradation"])
    if text in ("bicubic", "area", TOLD):
        return text
    mtf = float(text.removeprefix("mtf "))
    if not 0.01 <= mtf < 1:
        raise ValueError(text)
    return mtf


_READ: dict[str, Callable[[str], Any]] = {f.name: str for f in fields(Record) if f.name != "damaged"} | {
    "value_map": _value_map, "options": _options, "consistency": _consistency,
    "told": _told,
}  # fmt: skip
