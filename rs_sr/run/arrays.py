"""Lazy arrays: an `xarray.DataArray` in, one that is `scale` times finer out, computed block by block when asked.

The array is the truth: a block is made of slices of its chunks, never of the file behind it. Each block is one dask
task, which waits for the chunks that its window meets, cut to what it needs of them, and for nothing else.
"""

from __future__ import annotations

import contextlib
import dataclasses
import warnings
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import MissingPackageError, RequestError, RsSrError
from rs_sr.keywords import ArrayKeywords, spell_out
from rs_sr.models import Model
from rs_sr.options import Options
from rs_sr.packages import needs
from rs_sr.pixels.grid import Tile, Window, tiles
from rs_sr.raster.facts import Block, Facts, numbers_that_count, with_nodata
from rs_sr.raster.labelled import facts_of, import_xarray, label, nodata_of
from rs_sr.raster.metadata import kept_tags, scale_transform
from rs_sr.raster.source import gdal_environment
from rs_sr.run.dataset import colour_trio, dimensions, joined, taken_apart, told
from rs_sr.run.job import Job
from rs_sr.run.pipeline import provenance
from rs_sr.run.plan import Plan, make_plan
from rs_sr.run.prepare import View, around
from rs_sr.run.survey import survey
from rs_sr.run.tile import Finished, make_tile
from rs_sr.runtime.loaded import lent

if TYPE_CHECKING:
    import xarray

Array = NDArray[Any]
Slices = tuple[slice, ...]
PER_BAND = ("long_name", "scales", "offsets", "units")
CARRIED = ("_FillValue",)  # a packing of the input would wrap what is beyond it


def super_resolve_array(
    array: xarray.DataArray | xarray.Dataset, *, uncertainty: bool = False, **options: Unpack[ArrayKeywords]
) -> Any:
    """Super-resolve `array` lazily: nothing but samples for the value map is computed before the result is.

    Parameters
    ----------
    array
        (band, y, x) or (y, x), numpy or dask, as rioxarray or `xarray.open_dataarray` give it. Any other dimension,
        such as time, is mapped over, each step looked at on its own (give `range` or `like` to treat them alike), and
        so are the variables of a Dataset, but those named red, green and blue are one picture. Bands are known as red,
        green and blue by the names in ``long_name`` or in the band coordinate; one called ``alpha`` is a mask.
    uncertainty
        Give a Dataset of two variables: ``image`` and, as float32 in the raster's units, ``uncertainty``, how far each
        pixel is expected to be off (see docs/trust.md). It takes eight times as long.
    {options}

    Returns
    -------
    xarray.DataArray or Dataset
        Chunked by tiles, with coordinates of pixel centres, CRS, transform, nodata, attributes, and how it was made in
        attributes ``RS_SR_*``. On a CPU it equals the file that `super_resolve` makes, whatever the chunks.

    Raises
    ------
    RsSrError
        As `super_resolve` does; a `MissingPackageError` where xarray, rioxarray or dask is not installed.
    """
    return _super_resolve(array, uncertainty, {**options})


def _super_resolve(array: Any, uncertainty: bool, options: dict[str, Any], whose: str = "") -> Any:
    """`whose` goes before errors and warnings: the variable of a Dataset."""
    xr = import_xarray()
    if not isinstance(uncertainty, bool):
        raise RequestError(f"uncertainty={uncertainty!r} names a file", "give True: it comes as a second variable")
    chosen = Options.of(options | ({"uncertainty": "array.tif"} if uncertainty else {}), array=True)
    if isinstance(array, xr.Dataset):
        if uncertainty:
            raise RequestError("uncertainty is for one array, a Dataset is given", "give its variables one by one")
        return _dataset(array, options)
    if not isinstance(array, xr.DataArray):
        raise RequestError(f"{type(array).__name__} is not a DataArray", "give one, as rioxarray.open_rasterio does")
    band, others = dimensions(array)
    axes = (array.rio.y_dim, array.rio.x_dim)
    if not others:
        try:
            return told(_one(array, band, chosen, whose), axes)
        except RsSrError as error:
            raise error.of(whose) from error.__cause__
    dim = others[0]
    if not array.sizes[dim]:
        raise RequestError(f"the array has nothing along {dim}", "check how it was cut")
    steps = [
        _super_resolve(told(array.isel({dim: i}), axes), uncertainty, options, whose) for i in range(array.sizes[dim])
    ]
    joined = xr.concat(steps, dim=array[dim] if dim in array.coords else dim, combine_attrs="override")
    return told(joined.transpose(*array.dims), axes)


def _dataset(dataset: Any, options: dict[str, Any]) -> Any:
    import rioxarray.exceptions

    made = {}
    shared = dataset.attrs.get("_FillValue")  # where `to_dataset(dim="band")` puts it
    for name, variable in dataset.data_vars.items():
        if shared is not None and nodata_of(variable) is None:
            variable = variable.assign_attrs(_FillValue=shared)
        with contextlib.suppress(rioxarray.exceptions.RioXarrayError):
            told(variable, (dataset.rio.y_dim, dataset.rio.x_dim))
        with contextlib.suppress(RequestError):
            dimensions(variable)
            made[name] = variable
    if not made:
        raise RequestError(
            "no variable of the Dataset has dimensions y and x", "name them so, or use .rio.set_spatial_dims"
        )
    trio = {} if "bands" in options else colour_trio(made)
    fine: dict[Any, Any] = {}
    if trio:
        whose = f"variables {', '.join(map(str, trio))}: "
        fine = taken_apart(_super_resolve(joined(trio), False, options, whose), trio)
    fine |= {
        name: _super_resolve(variable, False, options, f"variable {name}: ")
        for name, variable in made.items()
        if name not in fine
    }
    whole = import_xarray().Dataset({name: fine[name] for name in made}, attrs=dataset.attrs)
    spatial = {d for v in made.values() for d in (v.rio.x_dim, v.rio.y_dim)}
    kept = {n: v for n, v in dataset.data_vars.items() if n not in made and not spatial & set(v.dims)}
    return whole.assign(kept)


def _one(array: Any, band: str | None, options: Options, whose: str) -> Any:
    """One picture: (band, y, x) or (y, x)."""
    with needs("xarray"):
        import dask.array
        from dask.base import tokenize
    y, x = array.rio.y_dim, array.rio.x_dim
    picture = told(array.transpose(band, y, x) if band else array.transpose(y, x), (y, x))
    data = picture.data if band else picture.data[None]
    facts = facts_of(picture, band)
    job = _job(ArrayReader(facts if options.nodata is None else with_nodata(facts, options.nodata), data), options)
    plan, seen = job.plan, job.seen
    for warning in (*plan.warnings, *seen.warnings):
        warnings.warn(type(warning)(f"{whose}{warning.args[0]}"), stacklevel=4)

    if not isinstance(data, dask.array.Array):
        data = dask.array.from_array(data, chunks=(-1, plan.core, plan.core))
    name = f"super-resolve-{tokenize(data, plan.identity(), seen)}"
    both = options.uncertainty is not None
    graph = _graph(job, data, name, both)
    sides = [
        tuple(min(plan.core, n - i) * plan.scale for i in range(0, n, plan.core))
        for n in (plan.facts.size.height, plan.facts.size.width)
    ]
    record = provenance(job, None)  # of an array's own: where it came from, and its run, are not known here
    tags = dataclasses.replace(record, command=None, options=None, run=None).tags()
    fine = dask.array.Array(graph, name, chunks=((len(plan.bands),), *sides), dtype=plan.dtype)
    made = _labelled(picture, band, fine, plan, plan.bands, tags).transpose(*array.dims)
    if not both:
        return made
    errors = dask.array.Array(graph, f"{name}-error", chunks=((len(plan.imagery),), *sides), dtype="float32")
    apart = _labelled(picture, band, errors, plan, plan.imagery, {}).transpose(*array.dims)
    apart.attrs = {"long_name": "expected absolute error", "_FillValue": np.float32(np.nan)}
    apart.encoding = {}
    return import_xarray().Dataset({"image": made, "uncertainty": apart}, attrs=tags)


def _job(reader: ArrayReader, options: Options) -> Job:
    """Decide, and look at the pixels."""
    with gdal_environment():
        plan = make_plan(reader, "", options)
    seen = survey(plan, reader, lambda told: lent(told.model, told.scale, told.execution))
    return Job(plan.telling(seen.told), seen)


def _graph(job: Job, data: Any, name: str, both: bool) -> Any:
    """Tasks that make the tiles of dask array `data` (band, y, x) as blocks of `name`; `both`: and those of their
    expected errors, as ``-error``."""
    from dask.highlevelgraph import HighLevelGraph

    plan, size = job.plan, job.plan.facts.size
    made_by = f"{name}-tile" if both else name
    jobs: dict[Any, Any] = {f"{name}-job": job}
    for tile in tiles(size, core=plan.core, halo=plan.halo):
        wide = around(tile.window, size)
        keys, places = [], []
        for n, (chunk, to, of) in enumerate(_pieces(data, wide)):
            whole = all(s == slice(0, c[k]) for s, c, k in zip(of, data.chunks, chunk[1:], strict=True))
            if not whole:  # a strip on its own, so that a neighbour does not keep the whole chunk
                jobs[(f"{made_by}-strip", tile.index, n)] = (_strip, chunk, of)
            keys.append(chunk if whole else (f"{made_by}-strip", tile.index, n))
            places.append(to)
        at = (0, tile.core.row // plan.core, tile.core.col // plan.core)
        jobs[(made_by, *at)] = (_tile if both else _pixels, f"{name}-job", tile, wide, places, keys)
    graph = HighLevelGraph.from_collections(made_by, jobs, dependencies=[data])
    if not both:
        return graph
    layers = {made_by: jobs}
    for part, attribute in ((name, "pixels"), (f"{name}-error", "error")):
        layers[part] = {(part, *k[1:]): (getattr, k, attribute) for k in jobs if k[0] == made_by}
    depend = {part: {made_by} for part in layers if part != made_by}
    return HighLevelGraph(graph.layers | layers, graph.dependencies | depend)


class ArrayReader:
    """Reads windows of an array (band, y, x), which are computed when asked for."""

    def __init__(self, facts: Facts, data: Any) -> None:
        self.facts, self._data = facts, data

    def read(self, window: Window, bands: tuple[int, ...]) -> Block:
        """Pixels and validity, as `rs_sr.raster.source.Source.read`."""
        return next(self.read_each([window], bands))

    def read_each(self, windows: Iterable[Window], bands: tuple[int, ...]) -> Iterator[Block]:
        """Computes all windows at once, so that a chunk that several meet is made once."""
        facts = self.facts
        given = tuple(sorted({*bands, *facts.alpha}))
        planes = slice(None) if len(given) == len(facts.bands) else [n - 1 for n in given]
        slices = deque(self._data[(slice(None), *w.within(facts.size.window))][planes] for w in windows)
        if not isinstance(self._data, np.ndarray):
            import dask

            slices = deque(dask.compute(*slices))
        while slices:
            yield block_of(facts, np.asarray(slices.popleft()), given, bands)


def block_of(facts: Facts, pixels: Array, given: tuple[int, ...], bands: tuple[int, ...]) -> Block:
    """What a reader gives of `bands` of a raster without masks: `pixels` (band, y, x) are of the bands `given`, which
    hold its alpha too."""
    chosen = np.ascontiguousarray(pixels[[given.index(b) for b in bands]])
    valid = numbers_that_count(facts, chosen, bands)
    for number in facts.alpha:
        valid &= pixels[given.index(number)] != 0
    for known, number in zip(valid, bands, strict=True):
        if facts.band(number).alpha:
            known[:] = True
    return Block(chosen, valid, None)


def _pieces(data: Any, window: Window) -> list[tuple[Any, Slices, Slices]]:
    """The chunks of a dask array (band, y, x) that `window` meets: key, where a part of it goes in the window's array,
    and which part."""
    spans = ((0, data.shape[0]), (window.row, window.stop_row), (window.col, window.stop_col))
    axes = []
    for (start, stop), lengths in zip(spans, data.chunks, strict=True):
        edges = np.concatenate(([0], np.cumsum(lengths))).tolist()
        parts = []
        for i in range(bisect_right(edges, start) - 1, len(lengths)):
            low, high = max(start, edges[i]), min(stop, edges[i + 1])
            if edges[i] >= stop:
                break
            if low < high:
                parts.append((i, slice(low - start, high - start), slice(low - edges[i], high - edges[i])))
        axes.append(parts)
    return [
        ((data.name, *(i for i, _, _ in met)), tuple(to for _, to, _ in met), tuple(of for _, _, of in met))
        for met in product(*axes)
    ]


def _strip(chunk: Array, of: Slices) -> Array:
    return np.array(chunk[of])


def _pixels(job: Job, tile: Tile, wide: Window, places: list[Slices], chunks: list[Array]) -> Array:
    return _tile(job, tile, wide, places, chunks).pixels


def _tile(job: Job, tile: Tile, wide: Window, places: list[Slices], chunks: list[Array]) -> Finished:
    """The task: put the window together, make the tile."""
    facts = job.plan.facts
    pixels = np.empty((len(facts.bands), wide.height, wide.width), facts.bands[0].dtype)
    for place, chunk in zip(places, chunks, strict=True):
        pixels[place] = chunk
    block = block_of(facts, pixels, tuple(b.number for b in facts.bands), job.plan.bands)
    return make_tile(job, View(tile.window, wide, job.plan.bands, block), tile)


def _labelled(array: Any, band: str | None, fine: Any, plan: Plan, bands: tuple[int, ...], tags: dict[str, str]) -> Any:
    """The result with what is carried over: coordinates, attributes, CRS, nodata, and how it was made."""
    y, x = array.rio.y_dim, array.rio.x_dim
    facts = plan.facts
    transform = None if facts.transform is None else scale_transform(facts.transform, plan.part, plan.scale)
    made = label(
        fine if band else fine[0], transform=transform, crs=facts.crs, nodata=None, name=array.name,
        dims=(band, y, x) if band else (y, x),
    )  # fmt: skip
    places = [b - 1 for b in bands]
    for key, known in array.coords.items():
        if not {y, x} & set(known.dims) and key not in (array.rio.grid_mapping, "spatial_ref"):
            values = known.isel({band: places}) if band in known.dims else known
            made = made.assign_coords({key: values.variable})  # alone: a coordinate brings others along
    attrs = kept_tags({k: v for k, v in array.attrs.items() if k not in ("_FillValue", "grid_mapping")}, plan.scale)
    for key in PER_BAND:
        if isinstance(attrs.get(key), tuple | list) and len(attrs[key]) == len(facts.bands):
            attrs[key] = type(attrs[key])(attrs[key][i] for i in places)
    made.attrs |= attrs | tags
    made.name = "image" if array.name is None else array.name
    encoded = None
    if nodata_of(array) is not None:
        made.encoding |= {k: v for k, v in array.encoding.items() if k in CARRIED}
        encoded = array.rio.encoded_nodata
    if plan.nodata is not None and encoded is None:
        made = made.rio.write_nodata(np.asarray(plan.nodata, plan.dtype)[()])
    return made


@dataclasses.dataclass
class Accessor:
    """``array.sr``, once `rs_sr.run.arrays` is imported."""

    array: Any

    def super_resolve(self, *, uncertainty: bool = False, **options: Unpack[ArrayKeywords]) -> Any:
        """Super-resolve this array or Dataset lazily: see `rs_sr.super_resolve_array`.

        Parameters
        ----------
        uncertainty
            Give a Dataset of ``image`` and ``uncertainty``.
        {options}
        """
        return super_resolve_array(self.array, uncertainty=uncertainty, **options)


spell_out(super_resolve_array, ArrayKeywords, Model=Model)
spell_out(Accessor.super_resolve, ArrayKeywords, Model=Model)
with contextlib.suppress(MissingPackageError):
    import_xarray().register_dataarray_accessor("sr")(Accessor)
    import_xarray().register_dataset_accessor("sr")(Accessor)
