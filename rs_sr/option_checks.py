"""What values of options are refused, in sentences: each check is given the flag and the value."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from rs_sr.errors import RequestError

Check = Callable[[str, Any], Any]


def at_least(least: int, problem: str, cure: str) -> Check:
    def check(flag: str, value: int) -> None:
        if value < least:
            raise RequestError(f"{flag}={value} is {problem}", cure)

    return check


def matching(pattern: str, cure: str) -> Check:
    def check(flag: str, value: str) -> None:
        if not re.fullmatch(pattern, value):
            raise RequestError(f"{flag}={value!r} is unknown", cure)

    return check


def pairs_of(kind: str) -> Check:
    def check(flag: str, value: tuple[str, ...]) -> None:
        for option in value:
            key, equals, _ = option.partition("=")
            if not (key.strip() and equals):
                raise RequestError(f"{flag}={option!r} is not a valid {kind} option", "write it as KEY=VALUE")

    return check


def increasing(flag: str, value: tuple[float, float]) -> None:
    if not (math.isfinite(value[0]) and value[0] < value[1] < math.inf):
        raise RequestError(
            f"{flag}=({value[0]:g}, {value[1]:g}) is not a valid range", "give two finite numbers, the smaller first"
        )


def not_negative(flag: str, value: float) -> None:
    if not 0 <= value < math.inf:
        raise RequestError(f"{flag}={value:g} is not a valid standard deviation", "give 0 or more")


def percent(flag: str, value: int) -> None:
    if not 1 <= value <= 100:
        raise RequestError(f"{flag}={value} is not a valid quality", "give 1 (small file) to 100 (near the original)")


def error_bound(flag: str, value: float) -> None:
    if not 0 <= value < math.inf:
        raise RequestError(f"{flag}={value:g} is not a valid largest change", "give 0 or more")


def finite(flag: str, value: tuple[float, ...]) -> None:
    if not all(map(math.isfinite, value)):
        raise RequestError(f"{flag} has a value that is not a number", "give four finite coordinates W S E N")


def nodata_value(flag: str, value: str) -> float | None:
    if value.lower() == "none":
        return None
    try:
        return float(value)
    except ValueError:
        raise RequestError(f"{flag}={value!r} is not a number", "give a number, nan, or none") from None


def bytes_of(flag: str, value: str) -> int:
    text = value.strip().upper().removesuffix("B")
    base = 1024 if text.endswith("I") else 1000
    text = text.removesuffix("I")
    unit = {"K": base, "M": base**2, "G": base**3, "T": base**4}.get(text[-1:], 1)
    try:
        size = float(text.rstrip("KMGT")) * unit
        if not 0 < size < 1 << 60:
            raise ValueError
        return int(size)
    except ValueError:
        raise RequestError(f"{flag}={value!r} is not a valid size", "write it like 800MB or 2GB") from None


def path_of(what: str, value: Any) -> str:
    """The path of a file as text."""
    path = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(path, str):
        raise RequestError(f"{what} cannot be a {type(value).__name__}", "give the path of a file")
    return path


def flat(flag: str, value: Any) -> Any:
    """Four numbers; of a window of rasterio too."""
    return value.flatten() if hasattr(value, "flatten") else value


def spelled_pairs(flag: str, value: Any) -> Any:
    """KEY=VALUE of each; of a mapping too."""
    return tuple(f"{key}={item}" for key, item in value.items()) if isinstance(value, Mapping) else value


def model_of(flag: str, value: Any) -> str:
    """The name or file of a model; of a loaded one, where it comes from."""
    return str(value.reference()) if hasattr(value, "reference") else str(value)


def loaded_scale(value: Any) -> Any:
    """How many times finer a loaded model makes rasters; None of a name."""
    return getattr(value, "scale", None)


def area_of(flag: str, value: Any) -> str:
    """The name of a vector file; else GeoJSON. The CRS of a dictionary is GeoJSON's own, WGS 84; that of a geometry of
    shapely is null, which stands for the raster's."""
    if isinstance(value, str | os.PathLike):
        return path_of(flag, value)
    if isinstance(value, Mapping):
        return json.dumps(value, default=lambda item: item.tolist() if hasattr(item, "tolist") else str(item))
    value = getattr(value, "geometry", value)
    drawn = getattr(value, "__geo_interface__", None)
    if not isinstance(drawn, Mapping):
        raise RequestError(
            f"{flag} cannot be a {type(value).__name__}",
            "give a vector file, a GeoDataFrame, a geometry of shapely or a GeoJSON dictionary",
        )
    crs = getattr(value, "crs", None)
    if crs is None and hasattr(value, "crs"):
        raise RequestError(f"the {type(value).__name__} of {flag} has no CRS", "give it one with .set_crs")
    if crs is not None:
        known = crs.to_authority()
        crs = {"type": "name", "properties": {"name": ":".join(known) if known else crs.to_wkt()}}
    shapes = [f.get("geometry", f) for f in drawn.get("features", [drawn])]
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes if shape is not None]
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
