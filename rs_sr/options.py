"""Each option of a run once: its name, type, choices, default and help.

The command line's arguments, Python's keywords and the check of both are made from the fields of `Options`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin, get_type_hints

from rs_sr.errors import RequestError, did_you_mean
from rs_sr.option_checks import (
    area_of,
    at_least,
    bytes_of,
    error_bound,
    finite,
    flat,
    increasing,
    loaded_scale,
    matching,
    model_of,
    nodata_value,
    not_negative,
    pairs_of,
    path_of,
    percent,
    spelled_pairs,
)  # fmt: skip

Scale = Literal[2, 3, 4]
Compress = Literal["zstd", "deflate", "lzw", "none", "jpeg", "webp", "lerc", "input"]
Engine = Literal["auto", "torch", "onnxruntime", "openvino"]
Precision = Literal["auto", "f32", "tf32", "bf16", "fp16"]
PATHS = ("model", "like", "aoi", "sensor", "uncertainty")  # names of files keep their blanks
DEVICES = r"auto|cpu|cuda(:\d+)?|mps|xpu"
CLUSTERS = r"local(:[1-9]\d*)?|cuda|(tcp|tls|ucx|wss?)://.+"
# What an array has instead of several options:
PART = "choose a part with .isel, .rio.clip_box or .rio.clip"
WRITTEN = "give it where the result is written: to .rio.to_raster or .to_zarr"
DType = Literal["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"]


def _option(default: Any, help: str, *, pixels: bool, **more: Any) -> Any:
    """A field of `Options`. `pixels`: it shapes the result's pixels, and ``--resume`` never mixes two of its values.
    `reads`: it names a file that the run reads. `made`: turns what Python users give into what is kept, `check` refuses
    a value, both given the flag and the value. `instead`: it is about files, and an array has this instead."""
    return field(default=default, metadata={"help": help, "pixels": pixels, **more})


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a run can be told. Every field is a keyword of `super_resolve` and an option of ``rs-sr super-resolve``."""

    model: str | None = _option(
        None,
        "name of a model (see `rs-sr models`) or a .safetensors file; default: the best one for the raster",
        metavar="NAME|FILE",
        pixels=True,
        made=model_of,
    )
    scale: Scale | None = _option(None, "how many times finer; default: the model's, else 2", pixels=True)
    asset: str | None = _option(
        None,
        "which raster to read, if the input holds several: an asset of a STAC item, a resolution of a Sentinel-2 "
        "product, or a variable; several names with commas become the bands of one raster",
        metavar="NAME",
        pixels=True,
        instead="open that raster with rioxarray.open_rasterio",
    )
    bands: tuple[str, ...] | None = _option(
        None,
        "bands to take, in this order: numbers from 1 or descriptions, separated by commas; default: all",
        metavar="3,2,1",
        pixels=True,
    )
    range: tuple[float, float] | None = _option(
        None,
        "raster values that the network sees as black (0) and white (1); default: estimated from the raster",
        metavar=("LO", "HI"),
        pixels=True,
        check=increasing,
    )
    like: str | None = _option(
        None,
        "use the value map of this earlier result, for a time series",
        metavar="OUT.tif",
        pixels=True,
        reads=True,
    )
    nodata: str | None = _option(
        None,
        "value of pixels without data, or `none` to take every pixel; default: the raster's",
        metavar="VALUE|none",
        pixels=True,
        check=nodata_value,
    )
    assign_crs: str | None = _option(
        None,
        "CRS of the raster, such as EPSG:32633, if its own is missing or wrong",
        metavar="CRS",
        pixels=True,
        instead="give the array its CRS with .rio.write_crs",
    )
    oo: tuple[str, ...] = _option(
        (),
        "an open option for the GDAL driver that reads the raster; can be given several times",
        metavar="KEY=VALUE",
        pixels=True,
        instead="give it to rioxarray.open_rasterio",
        made=spelled_pairs,
        check=pairs_of("open"),
    )
    dtype: DType | None = _option(None, "data type of the result; default: the raster's", pixels=True)
    window: tuple[int, int, int, int] | None = _option(
        None,
        "only this part, in input pixels",
        metavar=("COL", "ROW", "W", "H"),
        pixels=True,
        instead=PART,
        made=flat,
    )
    bbox: tuple[float, float, float, float] | None = _option(
        None,
        "only this part, in coordinates (west, south, east, north), widened to whole input pixels",
        metavar=("W", "S", "E", "N"),
        pixels=True,
        instead=PART,
        check=finite,
    )
    bbox_crs: str | None = _option(
        None, "CRS of --bbox, such as EPSG:4326; default: the raster's", metavar="CRS", pixels=True, instead=PART
    )
    aoi: str | None = _option(
        None,
        "only inside the polygons of this vector file, or of GeoJSON as text; pixels outside become nodata",
        metavar="FIELDS.gpkg",
        pixels=True,
        instead=PART,
        reads=True,
        made=area_of,
    )
    aoi_layer: str | None = _option(
        None, "which layer of --aoi, by name, if several hold polygons", metavar="NAME", pixels=True, instead=PART
    )
    sensor: str | None = _option(
        None,
        "how the scene was taken, for a model that can be told: a sensor (see `rs-sr sensors`), its file, `measure` or "
        "`none`; default: the sensor that the metadata name, else measured in the scene",
        metavar="NAME|FILE|measure|none",
        pixels=True,
    )
    blur: tuple[float, float] | None = _option(
        None,
        "how blurred the scene is, in place of --sensor: its modulation transfer at Nyquist, along y and x; "
        "1 is no blur",
        metavar=("Y", "X"),
        pixels=True,
    )
    noise: float | None = _option(
        None,
        "standard deviation of the scene's noise, in the raster's units, for a model that can be told; default: the "
        "sensor's, else measured in the scene",
        metavar="SD",
        pixels=True,
        check=not_negative,
    )
    consistent: bool = _option(
        False, "correct the result, so that it agrees better with the input when it is shrunk", pixels=True
    )
    ensemble: bool = _option(
        False,
        "mean of eight looks, which are runs on the scene, flipped and turned: slightly better, eight times slower",
        pixels=True,
    )
    uncertainty: str | None = _option(
        None,
        "write the expected error of each pixel, in the raster's units; implies --ensemble",
        metavar="FILE.tif",
        pixels=True,
    )
    expand_palette: bool = _option(
        False,
        "convert a palette to red, green and blue first",
        pixels=True,
        instead="turn the classes into colours before",
    )
    tile: int | None = _option(
        None,
        "side of a tile in input pixels, rounded to a multiple of 128; default: 512 (1024 for wide halos), or less "
        "to fit the memory",
        metavar="PIXELS",
        pixels=True,
        check=at_least(1, "too small", "give 128 or more"),
    )
    halo: str = _option(
        "auto",
        "pixels read around a tile, so that no seams show: `auto` (recommended), `exact`, or a number",
        metavar="auto|exact|PIXELS",
        pixels=True,
        check=matching(r"auto|exact|\d+", "give auto, exact, or a number of pixels"),
    )
    memory: str | None = _option(
        None,
        "limit of memory, such as 800MB, 2GB or 2GiB; default: a quarter of the machine's, 1 to 4 GB",
        metavar="SIZE",
        pixels=False,
        check=bytes_of,
    )
    engine: Engine = _option(
        "auto",
        "what runs the model; default: torch or what is faster here, for ONNX models onnxruntime",
        pixels=True,
    )
    device: str = _option(
        "auto",
        "where torch runs the model; default: a CUDA card if there is one, else the CPU",
        metavar="auto|cpu|cuda|cuda:N|mps|xpu",
        pixels=True,
        check=matching(DEVICES, "give auto, cpu, cuda, cuda:1, mps or xpu"),
    )
    precision: Precision = _option(
        "auto",
        "number format of the network; default: f32, or on CUDA fp16 if an 8-bit result then differs by less than "
        "half a grey level",
        pixels=True,
    )
    threads: int | None = _option(
        None,
        "cores to use; default: all that this process may use",
        metavar="N",
        pixels=False,
        check=at_least(1, "too few", "give 1 or more"),
    )
    cluster: str | None = _option(
        None,
        "compute on a dask cluster: `local:N` for N processes on this machine, `cuda` for one process per GPU, or the "
        "address of a scheduler; on one machine with one GPU or none it is not faster",
        metavar="local[:N]|cuda|tcp://HOST:PORT",
        pixels=False,
        instead="make a distributed.Client: dask then computes the result on its workers",
        check=matching(CLUSTERS, "give local, local:N, cuda or tcp://HOST:PORT"),
    )
    compress: Compress = _option(
        "zstd",
        "compression of the result; `jpeg`, `webp` and, with --max-error, `lerc` change values, the others do not; "
        "`input` takes the compression of the input",
        pixels=True,
        instead=WRITTEN,
    )
    quality: int | None = _option(
        None,
        "quality of jpeg and webp; webp with 100 changes no value; default: the input's with `input`, else 85",
        metavar="1..100",
        pixels=True,
        instead=WRITTEN,
        check=percent,
    )
    max_error: float | None = _option(
        None,
        "largest change of a value by lerc, in the raster's units; default: the input's with `input`, else 0",
        metavar="VALUE",
        pixels=True,
        instead=WRITTEN,
        check=error_bound,
    )
    cog: bool = _option(False, "write a Cloud Optimized GeoTIFF", pixels=False, instead=WRITTEN)
    co: tuple[str, ...] = _option(
        (),
        "a creation option for the GDAL driver that writes the result; can be given several times",
        metavar="KEY=VALUE",
        pixels=True,
        instead=WRITTEN,
        made=spelled_pairs,
        check=pairs_of("creation"),
    )
    overwrite: bool = _option(False, "replace the result if it exists", pixels=False, instead=WRITTEN)
    resume: bool = _option(
        False,
        "keep finished tiles until the result is complete, and continue a run that was interrupted",
        pixels=False,
        instead="a lazy array keeps nothing of a broken run",
    )

    def __post_init__(self) -> None:
        if self.scale is None:
            object.__setattr__(self, "scale", loaded_scale(self.model))
        hints = get_type_hints(type(self))
        for item in dataclasses.fields(self):
            value, made = getattr(self, item.name), item.metadata.get("made")
            value = value if made is None or value is None else made(flag_of(item.name), value)
            object.__setattr__(self, item.name, _check(item.name, value, hints[item.name]))
        for item in dataclasses.fields(self):
            value, check = getattr(self, item.name), item.metadata.get("check")
            if check is not None and value is not None:
                check(flag_of(item.name), value)
        if sum(part is not None for part in (self.window, self.bbox, self.aoi)) > 1:
            raise RequestError("--window, --bbox and --aoi each choose a part", "give one of them")
        if self.bbox_crs is not None and self.bbox is None:
            raise RequestError("--bbox-crs needs --bbox", "give --bbox=(W, S, E, N) too")
        if self.aoi_layer is not None and self.aoi is None:
            raise RequestError("--aoi-layer needs --aoi", "give --aoi=FILE too")
        if self.sensor is not None and self.blur is not None:
            raise RequestError("--sensor and --blur both say how blurred the scene is", "give one of them")
        for told, flag, kinds in (
            (self.quality, "quality", ("jpeg", "webp")),
            (self.max_error, "max-error", ("lerc",)),
        ):
            if told is not None and self.compress not in (*kinds, "input"):
                raise RequestError(
                    f"--{flag} has no effect with --compress={self.compress}", f"give --compress={' or '.join(kinds)}"
                )
        if self.range is not None and self.like is not None:
            raise RequestError("--range and --like both set the value map", "give one of them")

    @classmethod
    def of(cls, options: dict[str, Any], *, array: bool = False) -> Options:
        """Options by name, of a run on a file or an `array`. A name that is none is a `RequestError`, and so is, for an
        array, one that is about files."""
        instead = {f.name: f.metadata.get("instead") if array else None for f in dataclasses.fields(cls)}
        for name in options:
            if name not in instead:
                known = sorted(n for n, other in instead.items() if other is None)
                cure = did_you_mean(name, known) or f"choose from {', '.join(known)}"
                raise RequestError(f"{name} is not an option", cure)
            if instead[name] is not None:
                raise RequestError(f"{flag_of(name)} is about files", f"leave it out; {instead[name]}")
        return cls(**options)

    def memory_bytes(self) -> int | None:
        """The memory budget asked for, in bytes."""
        return None if self.memory is None else bytes_of("--memory", self.memory)

    def shaping(self) -> dict[str, Any]:
        """By flag, every option that shapes the result's pixels."""
        return {flag_of(f.name): getattr(self, f.name) for f in dataclasses.fields(self) if f.metadata["pixels"]}

    def read(self) -> dict[str, str]:
        """By flag, the files that options name for the run to read."""
        named = {flag_of(f.name): getattr(self, f.name) for f in dataclasses.fields(self) if f.metadata.get("reads")}
        return {flag: name for flag, name in named.items() if name is not None and not name.startswith("{")}

    def told(self) -> dict[str, Any]:
        """By name, the options that were given and that say what the result is."""
        every = {item.name: (getattr(self, item.name), item.default) for item in dataclasses.fields(self)}
        left_out = ("overwrite", "resume", "cluster")
        return {name: value for name, (value, usual) in every.items() if value != usual and name not in left_out}

    def command(self, source: str, target: str) -> list[str]:
        """The command line that does the same."""
        words = ["rs-sr", "super-resolve", source, target]
        for name, value in self.told().items():
            flag = flag_of(name)
            if name in ("co", "oo"):
                words += [word for one in value for word in (flag, one)]
            elif name == "bands":
                words += [flag, ",".join(value)]
            elif isinstance(value, tuple):
                words += [flag, *(f"{v!r}" for v in value)]
            else:
                words += [flag] if value is True else [flag, str(value)]
        return words


_untold = [f.name for f in dataclasses.fields(Options) if "pixels" not in f.metadata]
if _untold:
    raise TypeError(f"say with pixels=True or False whether {', '.join(_untold)} shapes the result's pixels")


def flag_of(name: str) -> str:
    """`--bbox-crs` of bbox_crs."""
    return "--" + name.replace("_", "-")


def _check(name: str, value: Any, kind: Any) -> Any:
    """`value` as the type of its field; what cannot be one is a `RequestError` that names the option."""
    flag = flag_of(name)
    parts = get_args(kind)
    if type(None) in parts:
        return None if value is None else _check(name, value, parts[0])
    try:
        if get_origin(kind) is Literal:
            named = getattr(value, "__name__", value)  # numpy.uint16
            known = [] if isinstance(value, bool) else [part for part in parts if part == named]
            if not known:
                raise RequestError(f"{flag}={value!r} is unknown", f"choose from {', '.join(map(str, parts))}")
            return known[0]
        if get_origin(kind) is tuple:
            if name == "bands" and isinstance(value, str):
                value = value.split(",")
            items = [str(value)] if isinstance(value, str | int | float) else list(value)
            if parts[-1] is not ... and len(items) != len(parts):
                raise RequestError(f"{flag} takes {len(parts)} values, {len(items)} were given", "give them all")
            inner = [parts[0]] * len(items)
            return tuple(_check(name, v, t) for v, t in zip(items, inner, strict=True))
        if kind is bool:
            if not isinstance(value, bool):
                raise ValueError
            return value
        if kind is str:
            return path_of(flag, value) if name in PATHS else str(value).strip()
        if kind is int:
            if int(value) != float(value):
                raise ValueError
            return int(value)
        return kind(value)
    except (TypeError, ValueError) as error:
        if isinstance(error, RequestError):
            raise
        cure = "give True or False" if kind is bool else f"see the help: {help_of(name)}"
        raise RequestError(f"{flag} cannot be {value!r}", cure) from None


def help_of(name: str) -> str:
    """What an option does."""
    return str(next(f.metadata["help"] for f in dataclasses.fields(Options) if f.name == name))
