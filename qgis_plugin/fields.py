"""What a run is told: each option of the backend, and the parameter of the algorithm that it comes from. No Qt.

A test holds this table against `rs_sr.options.Options`: an option that is added there is offered here, or is said not
to be.
"""

from __future__ import annotations

import re

OFFERED = {
    "model": "MODEL",
    "scale": "SCALE",
    "bands": "BANDS",
    "range": "RANGE",
    "nodata": "NODATA",  # else what the layer's properties say
    "assign_crs": "INPUT",  # the layer's CRS, where it is not the file's
    "oo": "INPUT",
    "bbox": "EXTENT",  # as `window` where the file has no transform
    "bbox_crs": "EXTENT",
    "aoi": "MASK",
    "sensor": "SENSOR",  # else what metadata or the scene tell
    "blur": "BLUR",
    "noise": "NOISE",
    "consistent": "CONSISTENT",
    "ensemble": "ENSEMBLE",
    "uncertainty": "UNCERTAINTY",
    "expand_palette": "EXPAND_PALETTE",
    "tile": "TILE",
    "halo": "HALO",
    "memory": "MEMORY",
    "device": "DEVICE",
    "threads": "THREADS",
    "engine": "ENGINE",
    "precision": "PRECISION",
    "compress": "COMPRESS",
    "co": "OPTIONS",
    "cog": "COG",
    "overwrite": "OUTPUT",  # always: Processing has asked
}
CHOICES = {  # the first is taken where nothing is chosen
    "SCALE": ["auto", "2", "3", "4"],
    "ENGINE": ["auto", "torch", "onnxruntime", "openvino"],
    "PRECISION": ["auto", "f32", "tf32", "bf16", "fp16"],
    "COMPRESS": ["zstd", "deflate", "lzw", "none", "jpeg", "webp", "lerc", "input"],
}
HARMLESS = {  # creation options that change no value, band or place, of a GeoTIFF and of a COG (True)
    False: [
        "BIGTIFF", "BLOCKXSIZE", "BLOCKYSIZE", "COMPRESS", "ENDIANNESS", "GEOTIFF_VERSION", "INTERLEAVE", "JXL_EFFORT",
        "JXL_LOSSLESS", "LZMA_PRESET", "NUM_THREADS", "PREDICTOR", "PROFILE", "SPARSE_OK", "TILED", "WEBP_LOSSLESS",
        "ZLEVEL", "ZSTD_LEVEL",
    ],
    True: [
        "BIGTIFF", "BLOCKSIZE", "COMPRESS", "GEOTIFF_VERSION", "JXL_EFFORT", "JXL_LOSSLESS", "LEVEL", "NUM_THREADS",
        "OVERVIEWS", "OVERVIEW_COMPRESS", "OVERVIEW_COUNT", "OVERVIEW_PREDICTOR", "OVERVIEW_RESAMPLING", "PREDICTOR",
        "SPARSE_OK", "STATISTICS",
    ],
}  # fmt: skip
LOSSLESS = {  # values of COMPRESS that keep all values
    False: ["NONE", "LZW", "DEFLATE", "ZSTD", "LZMA", "PACKBITS"],
    True: ["NONE", "LZW", "DEFLATE", "ZSTD", "LZMA"],
}
LOSSLESS_IF = {"WEBP": "WEBP_LOSSLESS", "JXL": "JXL_LOSSLESS"}  # with this option beside it
NOT_OFFERED = {
    "asset": "a layer of QGIS is one raster",
    "window": "EXTENT does it",
    "aoi_layer": "MASK is one layer",
    "like": "for series on the command line",
    "dtype": "GDAL's Translate does it",
    "quality": "85, or the raster's, suits most; on the command line",
    "max_error": "on the command line",
    "resume": "for runs of hours on the command line",
    "cluster": "for many machines and many GPUs, from the command line",
}


def in_words_of(labels, text: str) -> str:
    """The backend's sentence with `--bands` and its like replaced by the labels of the dialog.

    `labels` gives the label of each parameter's name. Values follow an equals sign: `rs_sr.errors` says how.
    """

    def label(match) -> str:
        name = OFFERED.get(match.group(1).replace("-", "_"))
        said = f"'{labels[name]}'" if name in labels else f"--{match.group(1)}"
        return f"{said} " if match.group(2) else said

    return re.sub(r"--([a-z][a-z-]*[a-z])(=(?=\S))?", label, text)
