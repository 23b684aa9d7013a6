"""GDAL's creation options (--co): those that are known to leave values, bands, size and place as they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import rasterio.shutil
from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile

from rs_sr.errors import RequestError
from rs_sr.pixels.grid import BLOCK
from rs_sr.raster.compression import COLOURS, Compression
from rs_sr.raster.source import CACHE_BYTES
from rs_sr.units import counted

YES = ("YES", "TRUE", "ON")
SWITCH = (*YES, "NO", "FALSE", "OFF")
LOSSLESS = ("NONE", "LZW", "DEFLATE", "ZSTD", "LZMA")  # not LERC: it forgets colours under alpha 0
LOSSLESS_IF = {"WEBP": "WEBP_LOSSLESS", "JXL": "JXL_LOSSLESS"}  # with this option only
LOSSY = ("JPEG", "LERC")  # kinds of --compress, not creation options
ANY = range(1 << 20)
Values = tuple[str, ...] | range
BOTH: dict[str, Values] = {
    "BIGTIFF": ("YES", "NO", "IF_NEEDED", "IF_SAFER"),
    "COMPRESS": (*LOSSLESS, *LOSSLESS_IF),
    "GEOTIFF_VERSION": ("AUTO", "1.0", "1.1"),
    "JXL_EFFORT": range(1, 10),
    "JXL_LOSSLESS": YES,
    "NUM_THREADS": ANY,
    "SPARSE_OK": SWITCH,
}
GTIFF: dict[str, Values] = BOTH | {
    "BLOCKXSIZE": range(16, 1 << 16, 16),
    "BLOCKYSIZE": range(16, 1 << 16, 16),
    "COMPRESS": (*LOSSLESS, "PACKBITS", *LOSSLESS_IF),
    "ENDIANNESS": ("NATIVE", "INVERTED", "LITTLE", "BIG"),
    "INTERLEAVE": ("BAND", "PIXEL"),
    "LZMA_PRESET": range(10),
    "PREDICTOR": range(1, 4),
    "PROFILE": ("GDALGEOTIFF",),
    "TILED": SWITCH,
    "WEBP_LOSSLESS": YES,
    "ZLEVEL": range(1, 13),
    "ZSTD_LEVEL": range(1, 23),
}
COG: dict[str, Values] = BOTH | {
    "BLOCKSIZE": range(128, 1 << 14, 16),
    "COMPRESS": (*LOSSLESS, "JXL"),
    "LEVEL": range(1, 23),
    "OVERVIEWS": ("AUTO", "IGNORE_EXISTING", "NONE"),
    "OVERVIEW_COMPRESS": LOSSLESS,
    "OVERVIEW_COUNT": range(31),
    "OVERVIEW_PREDICTOR": ("YES", "NO", "STANDARD", "FLOATING_POINT"),
    "OVERVIEW_RESAMPLING": ("NEAREST", "AVERAGE", "BILINEAR", "CUBIC", "CUBICSPLINE", "LANCZOS", "MODE", "RMS"),
    "PREDICTOR": ("YES", "NO", "STANDARD", "FLOATING_POINT"),
    "STATISTICS": ("AUTO", "YES", "NO"),
}
DONE = {  # what others do, for the sentence
    "changes values": (
        "COMPRESS", "DISCARD_LSB", "JPEG_QUALITY", "JXL_ALPHA_DISTANCE", "JXL_DISTANCE", "JXL_LOSSLESS", "MAX_Z_ERROR",
        "MAX_Z_ERROR_OVERVIEW", "NBITS", "OVERVIEW_COMPRESS", "OVERVIEW_QUALITY", "PIXELTYPE", "QUALITY", "WEBP_LEVEL",
        "WEBP_LOSSLESS",
    ),
    "changes what the bands mean": ("ADD_ALPHA", "ALPHA", "PHOTOMETRIC"),
    "moves or cuts the raster": (
        "ALIGNED_LEVELS", "EXTENT", "RES", "RESAMPLING", "TARGET_SRS", "TILING_SCHEME", "WARP_RESAMPLING",
        "ZOOM_LEVEL", "ZOOM_LEVEL_STRATEGY",
    ),
    "leaves out the place or the metadata": ("PROFILE",),
    "writes a second file": ("RPB", "RPCTXT", "TFW", "WORLDFILE"),
}  # fmt: skip


def check_creation(co: tuple[str, ...], *, cog: bool, dtype: str) -> None:
    """Refuse every creation option that is not known to be harmless: a `RequestError`."""
    known = COG if cog else GTIFF
    given = options_of(co)
    kind = "COG" if cog else "GeoTIFF"
    for key, value in given.items():
        why = next((words for words, keys in DONE.items() if key in keys), "")
        if key not in known:
            why = why or f"is not known to leave the values, bands, size and place of a {kind} as they are"
            raise RequestError(f"--co='{key}={value}' {why}", f"leave it out; harmless are {', '.join(sorted(known))}")
        if not _among(value.upper(), known[key]) and not (key == "NUM_THREADS" and value.upper() == "ALL_CPUS"):
            why = why or f"is not a value of {key}"
            ours = f"give --compress={value.lower()}, which keeps the gaps; " if value.upper() in LOSSY else ""
            raise RequestError(f"--co='{key}={value}' {why}", f"{ours}harmless is {key}={_words(known[key])}")
    method = given.get("COMPRESS", "").upper()
    if method in LOSSLESS_IF and LOSSLESS_IF[method] not in given:
        raise RequestError(
            f"--co='COMPRESS={method}' changes values",
            f"give --co='{LOSSLESS_IF[method]}=YES' too, or another compression",
        )
    for key in ("PREDICTOR", "OVERVIEW_PREDICTOR"):
        if given.get(key, "").upper() in ("3", "FLOATING_POINT") and np.dtype(dtype).kind != "f":
            raise RequestError(
                f"--co='{key}={given[key]}' is for floating point, the result is {dtype}", "leave it out"
            )


def options_of(co: tuple[str, ...]) -> dict[str, str]:
    """KEY=VALUE by key in capitals; of two with one key the last counts."""
    return {key.strip().upper(): value.strip() for key, value in (item.split("=", 1) for item in co)}


def _among(value: str, values: Values) -> bool:
    return int(value) in values if isinstance(values, range) and value.isdecimal() else value in values


def _words(values: Values) -> str:
    if not isinstance(values, range):
        return ", ".join(values)
    if values == ANY:
        return "a number"
    return f"{values[0]} to {values[-1]}" + (f" in steps of {values.step}" if values.step > 1 else "")


def creation_options(
    dtype: str, names: list[str], scale: int, compress: Compression, extra: tuple[str, ...], bits: int | None = None
) -> dict[str, Any]:
    """GDAL creation options of a tiled GeoTIFF with blocks of 128 * scale pixels; `names` are the bands' colour
    interpretations; `extra` has the last word. `bits` of a pixel may be fewer than its type has.

    Where a block of all bands is more than GDAL's cache holds, which it would copy several times, bands are kept apart.
    """
    options: dict[str, Any] = {"TILED": "YES", "BLOCKXSIZE": BLOCK * scale, "BLOCKYSIZE": BLOCK * scale}
    options["BIGTIFF"] = "IF_SAFER"
    if (BLOCK * scale) ** 2 * len(names) * np.dtype(dtype).itemsize > CACHE_BYTES:
        options["INTERLEAVE"] = "BAND"
    if names[:3] == COLOURS:
        options["PHOTOMETRIC"] = "RGB"
    given = options_of(extra)
    if "COMPRESS" not in given:
        options |= compress.gtiff(names)
        if compress.predicts and bits is None:
            options["PREDICTOR"] = 3 if np.dtype(dtype).kind == "f" else 2
    if bits is not None:
        options["NBITS"] = bits
    return options | given


def cog_options(
    compress: Compression, pixel: int, extra: tuple[str, ...], *, classes: bool, packed: bool = False
) -> dict[str, Any]:
    """Those of a COG; `extra` has the last word. The overviews of `classes` repeat pixels, those of others are
    averages. A COG keeps its bands together, `pixel` bytes of all: its blocks are as large as GDAL's cache holds.
    `packed` pixels have fewer bits than their type."""
    given = options_of(extra)
    cog: dict[str, Any] = {"BIGTIFF": "IF_SAFER", "OVERVIEW_RESAMPLING": "NEAREST" if classes else "AVERAGE"}
    cog |= {"BLOCKSIZE": next((side for side in (512, 256) if side**2 * pixel <= CACHE_BYTES), 128)}
    if "COMPRESS" not in given:
        cog |= compress.cog() | ({"PREDICTOR": "YES"} if compress.predicts and not packed else {})
    return cog | given


def try_creation(co: tuple[str, ...], compress: Compression, *, cog: bool, dtype: str, names: list[str]) -> None:
    """Write 16 x 16 pixels with the options, in memory: what this GDAL or a codec cannot do is a `RequestError`."""
    bands, plain = len(names), Compression("none")
    pixels = np.zeros((bands, 16, 16), dtype)
    if pixels.dtype.kind == "f":
        pixels[0, :8] = np.nan  # which a codec may not know, or not in one band alone
    options = creation_options(dtype, names, 2, plain if cog else compress, () if cog else co)
    try:
        with MemoryFile() as file, MemoryFile() as copy:
            with file.open(driver="GTiff", height=16, width=16, count=bands, dtype=dtype, **options) as made:
                made.write(pixels)
            if cog:
                more = cog_options(compress, bands * np.dtype(dtype).itemsize, co, classes=False)
                rasterio.shutil.copy(file.name, copy.name, driver="COG", **more)
            with (copy if cog else file).open() as made:
                if not np.array_equal(np.isnan(made.read()), np.isnan(pixels)):
                    raise RasterioError("NaN, where there is no data, would become a number")
    except (RasterioError, CPLE_BaseError) as error:
        asked = f"--co='{' '.join(co)}'" if co else f"--compress={compress.name}"
        raise RequestError(
            f"GDAL cannot write {counted(bands, 'band')} of {dtype} with {asked}: {error.__cause__ or error}",
            "give another compression, or leave it out",
        ) from error
