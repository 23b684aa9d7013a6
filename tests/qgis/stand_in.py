"""A backend that answers at once: `stand_in.py LOG`. Its results are the nearest pixels; what it hears goes to LOG."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from osgeo import gdal

gdal.UseExceptions()
MODELS = [
    {"name": "bicubic", "scale": None, "bands": None, "line": "x2, x3, x4, any bands: bicubic"},
    {"name": "good_x4", "scale": 4, "bands": 3, "gsd_m": [0.2, 0.6], "line": "x4, 3 bands: good, 26.50 dB on tiles"},
    {"name": "fine_x4", "scale": 4, "bands": 3, "gsd_m": [0.2, 0.6], "line": "x4, 3 bands: fine, 27.34 dB on tiles"},
    {"name": "one_x2", "scale": 2, "bands": 1, "gsd_m": [10, 30], "degradation": "sensor", "line": "33.10 dB on tiles"},
    {"name": "grey_x4", "scale": 4, "bands": 2, "line": "x4, 2 bands: of a user"},
]
SENSORS = [
    {"name": "sentinel2", "title": "Sentinel-2 A, B and C, MSI"},
    {"name": "unknown", "title": "an unknown sensor"},
]


def say(message: dict) -> None:
    print(json.dumps(message), flush=True)


def scale_of(params: dict) -> int:
    return params.get("scale") or (4 if params.get("model") == "fine_x4" else 2)


def plan(source: str, params: dict) -> dict:
    opened = gdal.Open(source)
    scale, told = scale_of(params), json.loads(os.environ.get("STAND_IN_PLAN", "{}"))
    placed = opened.GetGeoTransform(can_return_null=True) is not None
    width, height = opened.RasterXSize, opened.RasterYSize
    result = {"width": width * scale, "height": height * scale, "bytes_uncompressed": 1000, "seconds": 1}
    return {
        "path": source, "width": width, "height": height, "model": params.get("model") or "bicubic", "scale": scale,
        "transform": opened.GetGeoTransform() if placed else None, "disk_free": 10**12,
        "result": result | told.pop("result", {}),
    } | told  # fmt: skip


def run(params: dict, shown: list[int] | None) -> dict:
    if "STAND_IN_FAILS" in os.environ:
        raise RuntimeError(os.environ["STAND_IN_FAILS"])
    while "STAND_IN_WAITS" in os.environ and not Path(os.environ["STAND_IN_WAITS"]).exists():
        time.sleep(0.05)
    opened, scale = gdal.Open(params["source"]), scale_of(params)
    part = params.get("window") or [0, 0, opened.RasterXSize, opened.RasterYSize]
    if "bbox" in params:
        west, north, step = (opened.GetGeoTransform()[i] for i in (0, 3, 1))
        w, s, e, n = params["bbox"]
        part = [round(v / step) for v in (w - west, north - n, e - w, n - s)]
    bands = [b for b in range(1, opened.RasterCount + 1) if shown is None or b in shown]
    size = dict(srcWin=part, width=part[2] * scale, height=part[3] * scale)
    gdal.Translate(params["target"], opened, bandList=bands, **size)
    size = {"width": part[2] * scale, "height": part[3] * scale, "model": params.get("model"), "scale": scale}
    words = f"rs-sr super-resolve {params['source']} {params['target']}"
    return {
        "type": "result",
        "target": params["target"],
        "seconds": 0.1,
        "summary": {**size, "command": words, "band_numbers": bands},
    }


def answer(message: dict) -> dict:
    params = message.get("params", {})
    if message["type"] == "run":
        return run(params, message.get("preview"))
    found = {"type": "info", "models": MODELS, "sensors": SENSORS, "devices": ["runs on a stand-in"]}
    if "published" in message:
        found["published"] = json.loads(os.environ["STAND_IN_PUBLISHED"])
    return found | ({"plan": plan(message["source"], params)} if "source" in message else {})


say(
    {
        "type": "hello",
        "protocol": 1,
        "version": "9.9",
        "capabilities": os.environ.get("STAND_IN_CAN", "info run aoi").split(),
    }
)
for line in sys.stdin:
    message = json.loads(line)
    with Path(sys.argv[1]).open("a") as log:
        log.write(line)
    if message["type"] in ("info", "run"):
        try:
            say(answer(message) | {"id": message["id"]})
        except RuntimeError as error:
            say({"type": "error", "id": message["id"], "code": "bad-raster", "message": str(error)})
