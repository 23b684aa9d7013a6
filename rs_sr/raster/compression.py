"""Kinds of compression: which change values, and how GDAL is asked for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LOSSLESS = ("zstd", "deflate", "lzw", "none")
QUALITY = 85  # of jpeg and webp where neither the user nor the input says
COLOURS = ["red", "green", "blue"]


@dataclass(frozen=True)
class Compression:
    """A `name` of ``--compress``; the `quality` (1 to 100) of jpeg and webp, of which 100 is lossless for webp; how far
    lerc may change a value (`max_error`, in the raster's values)."""

    name: str = "zstd"
    quality: int | None = None
    max_error: float = 0.0

    @property
    def lossy(self) -> bool:
        """Whether it changes values."""
        return self.name == "jpeg" or (self.name == "webp" and self.quality != 100) or self.max_error > 0

    @property
    def predicts(self) -> bool:
        """Whether it gains by a predictor."""
        return self.name in ("zstd", "deflate", "lzw")

    def __str__(self) -> str:
        return self.name + ("" if self.quality is None else f" of quality {self.quality}")

    def costs(self, nodata: float | None = None) -> list[str]:
        """A note on what it changes, if it does; a mask then takes the place of this `nodata` value."""
        most = f" by {self.max_error:g} at most" if self.max_error else ""
        mask = "" if nodata is None else f"; a mask marks the gaps instead of nodata {nodata:g}"
        return [f"{self} changes values{most}{mask}"] if self.lossy else []

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "quality": self.quality, "max_error": self.max_error, "lossy": self.lossy}

    def gtiff(self, names: list[str]) -> dict[str, Any]:
        """GDAL's creation options of a GeoTIFF whose bands have these colour interpretations."""
        more: dict[str, Any] = {}
        if self.name == "jpeg":
            colours = {"PHOTOMETRIC": "YCBCR", "INTERLEAVE": "PIXEL"} if names == COLOURS else {"INTERLEAVE": "BAND"}
            more = {"JPEG_QUALITY": self.quality} | colours
        elif self.name == "webp":
            level = {"WEBP_LEVEL": self.quality} if self.lossy else {"WEBP_LOSSLESS": "YES"}
            more = level | {"INTERLEAVE": "PIXEL"}
        elif self.name == "lerc":
            more = {"MAX_Z_ERROR": self.max_error, "INTERLEAVE": "BAND"}
        elif self.name in ("zstd", "deflate"):
            more = {"ZSTD_LEVEL" if self.name == "zstd" else "ZLEVEL": 1}
        return {"COMPRESS": self.name.upper()} | more

    def cog(self) -> dict[str, Any]:
        """Those of a COG."""
        more: dict[str, Any] = {}
        if self.name in ("jpeg", "webp"):
            more = {"QUALITY": self.quality}
        elif self.name == "lerc":
            more = {"MAX_Z_ERROR": self.max_error}
        elif self.name in ("zstd", "deflate"):
            more = {"LEVEL": 1}
        return {"COMPRESS": self.name.upper()} | more


def compression_in(structure: dict[str, str], driver: str) -> Compression | None:
    """That of a raster, by what GDAL says of its structure (``IMAGE_STRUCTURE``); None of a kind that is not ours."""
    said = structure.get("COMPRESSION", "NONE" if driver in ("GTiff", "COG") else "")
    name = said.removeprefix("YCbCr ").partition("_")[0].lower()
    if name in LOSSLESS:
        return Compression(name)
    if name == "jpeg":
        return Compression(name, int(structure.get("JPEG_QUALITY", QUALITY)))
    if name == "webp":
        lossless = structure.get("COMPRESSION_REVERSIBILITY") == "LOSSLESS"
        return Compression(name, 100 if lossless else int(float(structure.get("WEBP_LEVEL", QUALITY))))
    if name == "lerc":
        return Compression(name, max_error=float(structure.get("MAX_Z_ERROR", 0)))
    return None
