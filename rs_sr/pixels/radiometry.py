"""The one invertible linear map between a raster's values and a network's 0..1.

Between `to_network` and `to_raster` pixels are float32, (band, y, x), about 0..1 and without nodata; nowhere else is a
value scaled, rounded or clipped. Values outside the range pass through linearly; rounding and saturation happen once,
in `to_raster`, and nothing ever wraps.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from rs_sr.errors import RequestError

OPAQUE = {"uint8": 255, "int8": 127, "uint16": 65535, "int16": 32767}  # in others 255, which GDAL's warper writes
DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")


@dataclass(frozen=True)
class ValueMap:
    """Where 0 and 1 of the network lie, per band, in the raster's own units.

    ``y = (x - lo) / (hi - lo)``; where ``hi == lo`` every value `lo` is mapped to 0.5 and a step of 1 stays 1.
    `rule` says where the numbers come from; `fill` is the band's median, which stands in far from any valid pixel.
    """

    lo: tuple[float, ...]
    hi: tuple[float, ...]
    fill: tuple[float, ...]
    rule: str

    def to_json(self) -> str:
        return json.dumps({"lo": self.lo, "hi": self.hi, "fill": self.fill, "rule": self.rule})

    @classmethod
    def from_json(cls, text: str) -> ValueMap:
        """Read back what `to_json` wrote; anything else is a `RequestError`."""
        try:
            data = json.loads(text)
            numbers = [tuple(float(v) for v in data[key]) for key in ("lo", "hi", "fill")]
            if len({len(n) for n in numbers}) != 1 or not np.isfinite(numbers).all():
                raise ValueError
            return cls(numbers[0], numbers[1], numbers[2], str(data["rule"]))
        except (KeyError, TypeError, ValueError):
            raise RequestError(
                "the recorded value map cannot be read", "give --like a file that rs-sr wrote, or use --range=(LO, HI)"
            ) from None

    def line(self, band: int) -> tuple[float, float]:
        """Span and zero of `band`: ``x = y * span + zero``."""
        lo, hi = self.lo[band], self.hi[band]
        return (hi - lo, lo) if hi != lo else (1.0, lo - 0.5)


def working_dtype(dtype: DTypeLike) -> type[np.floating[Any]]:
    """float32 carries integers of up to 16 bits through the map and back exactly; wider types need float64."""
    return np.float32 if np.dtype(dtype).itemsize <= 2 else np.float64


def to_network(pixels: NDArray[Any], values: ValueMap, bands: tuple[int, ...]) -> NDArray[np.float32]:
    """Raster values (band, y, x) to float32 about 0..1; `bands` are the places of these bands in the map."""
    work = pixels.astype(working_dtype(pixels.dtype))
    for plane, band in zip(work, bands, strict=True):
        span, zero = values.line(band)
        plane -= work.dtype.type(zero)
        plane *= work.dtype.type(1 / span)
    return work.astype(np.float32, copy=False)


def to_raster(
    pixels: NDArray[np.float32], values: ValueMap, bands: tuple[int, ...], source: DTypeLike, target: DTypeLike
) -> NDArray[Any]:
    """Network values (band, y, x) back to the raster's units, rounded and saturated once, as `target` dtype."""
    work = pixels.astype(working_dtype(source))
    for plane, band in zip(work, bands, strict=True):
        span, zero = values.line(band)
        plane *= work.dtype.type(span)
        plane += work.dtype.type(zero)
    return _saturated(work, np.dtype(target))


def saturate(pixels: NDArray[Any], dtype: DTypeLike) -> NDArray[Any]:
    """Cast with rounding (halves up) and saturation; NaN becomes 0 in an integer dtype. The same dtype passes as is."""
    wanted = np.dtype(dtype)
    if pixels.dtype == wanted:
        return pixels
    if wanted.kind == "f":
        with np.errstate(over="ignore"):
            return pixels.astype(wanted)
    if pixels.dtype.kind in "iu":
        info = np.iinfo(wanted)
        return np.clip(pixels.astype(np.int64), info.min, info.max).astype(wanted)
    return _saturated(pixels.copy(), wanted)


def opaque(dtype: str, highest: float | None = None) -> float:
    """Alpha that is wholly opaque in a type. Where `highest`, the most that is seen in a band, is not beyond them: 1 of
    a mask, or 255 of 8 bit in a wider type."""
    if highest is None:
        return float(OPAQUE.get(dtype, 255))
    own = float(OPAQUE.get(dtype, 65535))
    return next((full for full in (1.0, 255.0, own) if highest <= full <= own), highest)


def rescale_alpha(alpha: NDArray[Any], full: float, dtype: DTypeLike) -> NDArray[Any]:
    """Alpha, opaque at `full`, as another type's: opaque stays opaque, 0 stays 0, and nothing else becomes 0."""
    wanted = np.dtype(dtype)
    if alpha.dtype == wanted or (alpha.dtype.kind == "f" and wanted.kind == "f"):
        return alpha.astype(wanted)
    share = np.nan_to_num(np.clip(alpha.astype(np.float64) / full, 0, 1), nan=1)
    scaled = share * opaque(wanted.name)
    if wanted.kind != "f":
        scaled = np.floor(scaled + 0.5)
    return np.where(alpha == 0, 0, np.maximum(scaled, 1)).astype(wanted)


def _saturated(work: NDArray[Any], wanted: np.dtype[Any]) -> NDArray[Any]:
    """`saturate` of floats that are used up: in place, four passes over memory."""
    if wanted.kind == "f":
        return work if work.dtype == wanted else saturate(work, wanted)
    info = np.iinfo(wanted)
    # float32 cannot hold the ends of a 32-bit type: clipping there would wrap.
    work = work.astype(np.float64) if wanted.itemsize > 2 else work
    work += work.dtype.type(0.5)
    np.floor(work, out=work)
    if info.min < 0:
        np.copyto(work, 0, where=np.isnan(work))
    np.fmax(work, info.min, out=work)  # of NaN and a number the number
    np.minimum(work, info.max, out=work)
    return work.astype(wanted)
