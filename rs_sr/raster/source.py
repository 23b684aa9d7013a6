"""Open a raster, say what it is, and read windows of it with their validity."""

from __future__ import annotations

import contextlib
import functools
import logging
import math
import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import rasterio
import rasterio.warp
import rasterio.windows
from affine import Affine
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError  # GDAL's own complaints; rasterio lets some through as they are
from rasterio.crs import CRS
from rasterio.enums import Interleaving, MaskFlags
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import BufferedDatasetWriter, DatasetReader, DatasetWriter, MemoryFile
from rasterio.vrt import WarpedVRT

from rs_sr.errors import RequestError, RsSrError, SourceError, SourceNotFoundError
from rs_sr.options import Options
from rs_sr.pixels.grid import Size, Window
from rs_sr.pixels.radiometry import DTYPES
from rs_sr.quiet import quiet
from rs_sr.raster.beside import is_missing, name_problem
from rs_sr.raster.compression import compression_in
from rs_sr.raster.facts import Band, Block, Facts, numbers_that_count, with_nodata
from rs_sr.raster.palette import Palettes, expand
from rs_sr.raster.products import choices, name_of, short_names

Array = NDArray[Any]

STORE_VRT = "image.vrt"  # in a Zarr store that rs-sr made
RASTERS = (".jp2", ".tif", ".tiff", ".img", ".nc", ".hdf", ".h5", ".vrt")
ARCHIVES = {".gz": "/vsigzip/{}", ".zip": "/vsizip/{}/NAME", ".tar": "/vsitar/{}/NAME"}  # as GDAL names what is inside
ARCHIVES |= dict.fromkeys((".tgz", ".tar.gz"), ARCHIVES[".tar"])
PLATFORMS = ("spacecraft_id", "satelliteid", "satellite", "datatake_1_spacecraft_name", "platform", "mission")
CACHE_BYTES = 32 << 20  # of GDAL: small, and full early in any run, so that memory does not grow with the raster
GDAL_ERRORS = (RasterioError, CPLE_BaseError)
logging.getLogger("rasterio").addHandler(logging.NullHandler())


@contextlib.contextmanager
def gdal_environment(**more: Any) -> Iterator[None]:
    """GDAL as every read and write here wants it: no sidecar files, no listing of remote folders, bounded cache."""
    options: dict[str, Any] = {
        "GDAL_PAM_ENABLED": "YES",
        "GDAL_CACHEMAX": CACHE_BYTES,
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE_IF_REMOTE",
        "GDAL_HTTP_CONNECTTIMEOUT": 20,
        "GDAL_HTTP_TIMEOUT": 60,
        "GDAL_HTTP_MAX_RETRY": 3,
        "GDAL_TIFF_INTERNAL_MASK": True,
        "CPL_VSIL_GZIP_WRITE_PROPERTIES": "NO",  # no file beside the archive either
    }
    with quiet(NotGeoreferencedWarning), rasterio.Env(**(options | more)):
        yield


class Source:
    """An open raster. Use it in a ``with`` statement, inside `gdal_environment`."""

    def __init__(
        self,
        path: str,
        *,
        expand_palette: bool = False,
        nodata: str | None = None,
        crs: str | None = None,
        open_options: tuple[str, ...] = (),
        asset: str | None = None,
    ) -> None:
        self.path = path
        self._one = threading.Lock()  # a data set of GDAL is for one thread at a time
        self._dataset = _open(path, open_options, asset)
        try:
            self._palettes: Palettes | None = None
            self.facts = _describe(path, self._dataset)
            if self.facts.palettes and expand_palette:
                self._palettes = expand(self.facts, self._dataset)
                self.facts = self._palettes.facts
            if nodata is not None:
                self.facts = with_nodata(self.facts, nodata)
            if crs is not None:
                self.facts = _with_crs(self.facts, crs, self._dataset)
        except RsSrError:
            self.close()
            raise
        except Exception as error:  # whatever a damaged header makes of itself
            self.close()
            raise SourceError(f"{path} is damaged: {_reason(error)}", "get the file again") from error

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(*GDAL_ERRORS):
            self._dataset.close()

    @property
    def dataset(self) -> Any:
        """The open rasterio data set, for `raster.metadata`."""
        return self._dataset

    @property
    def expanded(self) -> bool:
        """Whether a palette became colours."""
        return self._palettes is not None

    def read(self, window: Window, bands: tuple[int, ...]) -> Block:
        """Pixels of `bands` (numbers from 1) in `window`, as they are, and where all that is said makes them valid.

        A pixel is valid where it is a finite number, is not its band's nodata value, no mask is 0 and no alpha is 0.
        A read that fails is a `SourceError` that names the window.
        """
        with self._one:
            return self._read(window, bands)

    def read_each(self, windows: Iterable[Window], bands: tuple[int, ...]) -> Iterator[Block]:
        """`read` of several windows, each when it is asked for."""
        return (self.read(window, bands) for window in windows)

    def _read(self, window: Window, bands: tuple[int, ...]) -> Block:
        at = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        facts, palettes = self.facts, self._palettes
        mask: NDArray[np.uint8] | None = None

        @functools.cache
        def own(number: int) -> Array:
            return np.asarray(self._dataset.read(number, window=at))

        def take(numbers: tuple[int, ...]) -> Array:
            if palettes is not None:
                return palettes.read(numbers, own)
            if len({facts.band(n).dtype for n in numbers}) > 1:  # which a VRT may have, and rasterio does not read
                return np.stack([own(n) for n in numbers])
            return np.asarray(self._dataset.read(list(numbers), window=at))

        try:
            pixels = take(bands)
            valid = numbers_that_count(facts, pixels, bands)
            if facts.mask != "none":
                masks = range(1, len(facts.bands) + 1) if palettes is None else palettes.masks
                wanted = [1] if facts.mask == "dataset" else [masks[b - 1] for b in bands]
                mask = self._dataset.read_masks(wanted, window=at)
                valid &= mask != 0
            for number in facts.alpha:
                valid &= take((number,))[0] != 0
        except (*GDAL_ERRORS, MemoryError, IndexError) as error:
            raise SourceError(
                f"{self.path} cannot be read at column {window.col}, row {window.row}: {_reason(error)}",
                "the file is damaged, cut off or no longer there; get it again",
            ) from error
        for known, number in zip(valid, bands, strict=True):
            if facts.band(number).alpha:
                known[:] = True
        return Block(pixels, valid, mask)


def named(source: Any) -> tuple[str, tuple[str, ...]]:
    """The name by which the run opens `source` anew, and the open options that belong to it.

    A path, an open rasterio data set or a `MemoryFile`; what has no name that can be opened again is a `RequestError`.
    """
    if isinstance(source, str | os.PathLike):
        return os.fspath(source), ()
    if isinstance(source, MemoryFile):
        return source.name, ()
    if isinstance(source, WarpedVRT) or not isinstance(source, DatasetReader | DatasetWriter | BufferedDatasetWriter):
        what = type(source).__name__
        raise RequestError(
            f"the source is of type {what}",
            "give a path, an open rasterio data set or a MemoryFile; arrays go to super_resolve_array",
        )
    if source.closed or source.mode != "r":
        how = "closed" if source.closed else "open for writing"
        raise RequestError(f"the data set {source.name} is {how}", "open it for reading")
    options = {k: v for k, v in source.options.items() if k.lower() not in ("driver", "sharing")}
    return source.name, tuple(f"{k.upper()}={v}" for k, v in options.items())


def open_source(path: str, options: Options) -> Source:
    """Open a raster as `options` ask for it."""
    return Source(
        path, expand_palette=options.expand_palette, nodata=options.nodata, crs=options.assign_crs,
        open_options=options.oo, asset=options.asset,
    )  # fmt: skip


def read_back(path: Path) -> Facts:
    """What a result is, once it is whole."""
    with gdal_environment(), Source(str(path)) as source:
        return source.facts


def _open(path: str, options: tuple[str, ...] = (), asset: str | None = None) -> Any:
    local, problem = Path(path), name_problem(path)
    if problem is not None:
        raise SourceError(f"{path} cannot be opened: {problem}", "rename it")
    if local.is_file() and local.stat().st_size == 0:
        raise SourceError(f"{path} is empty (0 bytes)", "copy or download it again")
    if is_missing(path):
        raise SourceNotFoundError(f"{path} does not exist", "check the name and the folder")
    try:
        what = _store(local) if (local / STORE_VRT).is_file() else name_of(path, asset)
        return rasterio.open(what, **{k.upper(): v for k, v in (item.split("=", 1) for item in options)})
    except RsSrError:
        raise
    except (*GDAL_ERRORS, OSError, ValueError, TypeError) as error:
        why = _reason(error)
        if local.is_dir():
            raise SourceError(f"{path} is a folder that GDAL does not read as a raster", _inside(local)) from error
        cure = "give a raster that GDAL reads (`gdalinfo FILE` or `rs-sr doctor` tell more)"
        if "HTTP response code" in why:
            cure = "check the address, and the credentials if it needs some"
        for ending, inside in ARCHIVES.items():
            if local.name.lower().endswith(ending):
                cure = f"it is an archive: give the raster inside it as {inside.format(path)}"
        raise SourceError(f"{path} cannot be opened as a raster: {why}", cure) from error


def _inside(folder: Path) -> str:
    """What to give instead of a folder, such as a satellite product's."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(RASTERS):
                return f"give one of the rasters in it, such as {Path(place, name)}"
    return "give a raster file"


def _store(folder: Path) -> str:
    """The VRT in a Zarr store that rs-sr made, wherever that lies now: GDAL joins neither its bands nor its mask."""
    place = escape(zarr_name(folder))
    return re.sub(r'ZARR:"(?:[^"\\]|\\.)*":', lambda _: place, (folder / STORE_VRT).read_text("utf-8"))


def zarr_name(folder: Path) -> str:
    """The beginning of GDAL's name for an array of a Zarr store; a quote or backslash inside is escaped."""
    name = str(folder.resolve()).replace("\\", "\\\\").replace('"', '\\"')
    return f'ZARR:"{name}":'


def _reason(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    while error.__cause__ is not None and "See previous exception" in text:
        error = error.__cause__
        text = " ".join(str(error).split())
    return text[:200].rstrip(".")


def _describe(path: str, dataset: Any) -> Facts:
    if dataset.count == 0:
        found = short_names(dataset.subdatasets, path)
        raise SourceError(
            f"{path} holds no raster of its own" + (" but several inside" if found else ""),
            choices(found) if found else "give a raster with bands",
        )
    interpretations = [i.name for i in dataset.colorinterp]
    special = dataset.tags().get("SPECIAL_VALUE_NODATA") if dataset.driver == "SENTINEL2" else None
    crs = _crs(dataset)
    flags = dataset.mask_flag_enums
    real = [not ({MaskFlags.nodata, MaskFlags.alpha, MaskFlags.all_valid} & set(f)) for f in flags]
    shared = all(MaskFlags.per_dataset in f for f, r in zip(flags, real, strict=True) if r)
    bands = tuple(
        Band(
            number=i + 1,
            dtype=str(dataset.dtypes[i]),
            nodata=_number(dataset.nodatavals[i] if special is None else special),
            description=dataset.descriptions[i] or "",
            interpretation=interpretations[i],
            unit=dataset.units[i] or "",
            scale=float(dataset.scales[i]),
            offset=float(dataset.offsets[i]),
            masked=real[i],
        )
        for i in range(dataset.count)
    )
    for band in bands:
        if band.dtype not in DTYPES:
            cure = (
                "take its amplitude first" if "complex" in band.dtype else f"convert it to one of {', '.join(DTYPES)}"
            )
            raise SourceError(f"{path} has {band.dtype} pixels, which cannot be super-resolved", cure)
    transform = dataset.transform
    tied = dataset.gcps[0] or dataset.rpcs is not None or "GEOLOCATION" in dataset.tag_namespaces()
    has_transform = not transform.is_identity or (bool(crs) and not tied)
    block = dataset.block_shapes[0]
    store = Path(path) / STORE_VRT
    return Facts(
        path=path,
        driver="Zarr" if store.is_file() else dataset.driver,
        size=Size(height=dataset.height, width=dataset.width),
        bands=bands,
        mask="none" if not any(real) else "dataset" if shared else "band",
        transform=tuple(transform)[:6] if has_transform else None,
        crs=crs.to_wkt() if crs else None,
        block=Size(height=block[0], width=block[1]),
        files=(path,) if store.is_file() else (path, *dataset.files),
        gsd_m=ground_sampling_distance(transform, Size(height=dataset.height, width=dataset.width), crs)
        if has_transform
        else None,
        pages=tuple(dataset.subdatasets),
        points=bool(dataset.gcps[0]) or dataset.rpcs is not None,
        compression=compression_in(dataset.tags(ns="IMAGE_STRUCTURE"), dataset.driver),
        platform=_platform(dataset),
        block_bytes=block[0]
        * block[1]
        * np.dtype(bands[0].dtype).itemsize
        * (len(bands) if dataset.interleaving == Interleaving.pixel else 1),
    )


def _crs(dataset: Any) -> Any:
    """That of a raster; of an array of EOPF's Zarr, which has it as an attribute that GDAL does not know."""
    code = dataset.tags().get("proj", "").removeprefix("epsg=")  # GDAL takes proj:epsg apart
    return CRS.from_epsg(int(code)) if not dataset.crs and code.isdecimal() else dataset.crs


def _platform(dataset: Any) -> str:
    """What tags of products call the satellite: GDAL's, those of the products' own files, and STAC's."""
    tags = dataset.tags() | dataset.tags(ns="IMAGERY")
    known = {key.lower().replace(":", "_"): value.strip() for key, value in tags.items()}
    found = next((known[key] for key in PLATFORMS if known.get(key)), "")
    return f"{found} {known['mission_index']}" if found == known.get("mission") and "mission_index" in known else found


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def ground_sampling_distance(transform: Affine, size: Size, crs: Any) -> float | None:
    """Metres per pixel at the raster's centre; None without a CRS that knows metres."""
    if not crs:
        return None
    side = math.sqrt(abs(transform.determinant))
    if crs.is_geographic:
        _, y = transform @ (size.width / 2, size.height / 2)
        return side * 111_195.0 * math.sqrt(max(math.cos(math.radians(y)), 1e-6))
    if not crs.is_projected:
        return None
    try:
        side *= float(crs.linear_units_factor[1])
        if crs.to_dict().get("proj") in ("merc", "webmerc"):  # Mercator's metres are longer than the ground's
            (x, y), far = transform @ (size.width / 2, size.height / 2), CRS.from_epsg(4326)
            side *= math.cos(math.radians(rasterio.warp.transform(crs, far, [x], [y])[1][0]))
    except GDAL_ERRORS:
        return None
    return side


def _with_crs(facts: Facts, crs: str, dataset: Any) -> Facts:
    if facts.transform is None:
        raise RequestError(f"--assign-crs: {facts.path} is not georeferenced", "leave it out")
    try:
        given = CRS.from_user_input(crs)
    except ValueError as error:
        raise RequestError(f"--assign-crs={crs!r} is unknown", "give it like EPSG:32633, or as WKT") from error
    gsd = ground_sampling_distance(dataset.transform, facts.size, given)
    return Facts(**{**facts.__dict__, "crs": given.to_wkt(), "gsd_m": gsd})
