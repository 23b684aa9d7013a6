"""Arrays with coordinates: what an xarray.DataArray says of itself, and one that says where it lies, for rioxarray."""

from __future__ import annotations

from typing import Any

import numpy as np
from affine import Affine

from rs_sr.errors import RequestError, SourceError
from rs_sr.packages import needs
from rs_sr.pixels.grid import Size
from rs_sr.pixels.radiometry import DTYPES
from rs_sr.raster.facts import Band, Facts
from rs_sr.raster.source import ground_sampling_distance

UNEVEN = 0.05  # pixels that a coordinate may lie off its place in an even row, beside its type's rounding


def import_xarray() -> Any:
    """xarray with rioxarray's accessor; a `MissingPackageError` where one is missing or too old."""
    with needs("xarray"):
        import rioxarray  # noqa: F401  (registers .rio)
        import xarray
    return xarray


def label(
    data: Any,
    *,
    transform: Affine | None,
    crs: str | None,
    nodata: float | None,
    dims: tuple[str, ...] = ("band", "y", "x"),
    name: str = "image",
) -> Any:
    """`data` (..., y, x) as a DataArray: coordinates of pixel centres, CRS and transform in ``spatial_ref``, nodata.

    A rotated or sheared raster has no coordinates along its axes: there the transform alone says where it lies.
    """
    xarray = import_xarray()
    coords: dict[str, Any] = {}
    y, x = dims[-2:]
    height, width = data.shape[-2:]
    if transform is not None and transform.b == transform.d == 0:
        coords[x] = transform.c + transform.a * (np.arange(width) + 0.5)
        coords[y] = transform.f + transform.e * (np.arange(height) + 0.5)
    array = xarray.DataArray(data, dims=dims, coords=coords, name=name)
    array = array.rio.set_spatial_dims(x_dim=x, y_dim=y)
    if crs is not None:
        array = array.rio.write_crs(crs)
    if coords:
        array = array.rio.write_coordinate_system()
    if transform is not None:
        array = array.rio.write_transform(transform)
    if nodata is not None:
        array = array.rio.write_nodata(np.asarray(nodata, data.dtype)[()])
    return array


def facts_of(array: Any, band: str | None) -> Facts:
    """What a DataArray (band, y, x) or (y, x) says of itself; `band` names its first dimension, if it is bands."""
    if array.dtype.name not in DTYPES:
        raise SourceError(f"the array has {array.dtype} values", f"convert them to one of {', '.join(DTYPES)}")
    size = Size(height=array.sizes[array.rio.y_dim], width=array.sizes[array.rio.x_dim])
    if array.size == 0:
        raise SourceError("the array has no pixels", "check how it was cut")
    count = array.sizes[band] if band else 1
    nodata = nodata_of(array)
    names, values = _per_band(array, band, "long_name", ""), _labels(array, band)
    scales = _per_band(array, None, "scale_factor", None) * count
    scales = _per_band(array, band, "scales", 1.0) if scales[0] is None else scales
    offsets = _per_band(array, None, "add_offset", None) * count
    offsets = _per_band(array, band, "offsets", 0.0) if offsets[0] is None else offsets
    bands = tuple(
        Band(
            number=i + 1, dtype=array.dtype.name, nodata=None if nodata is None else float(nodata),
            description=str(names[i]) or values[i],
            interpretation="alpha" if "alpha" in (str(names[i]).lower(), values[i].lower()) else "undefined",
            unit="", scale=float(scales[i]), offset=float(offsets[i]), masked=False,
        )
        for i in range(count)
    )  # fmt: skip
    transform, crs = _transform(array), array.rio.crs
    gsd = ground_sampling_distance(transform, size, crs) if transform is not None else None
    return Facts(
        path=f"array {array.name}" if array.name else "the array", driver="array", size=size, bands=bands, mask="none",
        transform=None if transform is None else tuple(transform)[:6], crs=crs.to_wkt() if crs else None, block=size,
        files=(), gsd_m=gsd,
    )  # fmt: skip


def nodata_of(array: Any) -> Any:
    """Its nodata value; None too where its type cannot hold the one that its encoding names: no pixel has it."""
    try:
        return array.rio.nodata
    except (ValueError, OverflowError):
        return None


def _per_band(array: Any, band: str | None, key: str, default: Any) -> list[Any]:
    count = array.sizes[band] if band else 1
    value = array.attrs.get(key, default)
    many = list(value) if isinstance(value, tuple | list | np.ndarray) else [value]
    return many if len(many) == count else [default if count > 1 else many[0]] * count


def _labels(array: Any, band: str | None) -> list[str]:
    """Names in the band coordinate; numbers are none."""
    if band is None or band not in array.coords or array[band].dtype.kind not in "UOT":
        return [""] * (array.sizes[band] if band else 1)
    return [str(v) for v in array[band].values]


def _rounding(values: Any) -> float:
    """How far apart the numbers of the coordinate's type lie at its ends; nothing where they are whole."""
    return float(np.spacing(np.abs(values[[0, -1]]).max())) if values.dtype.kind == "f" else 0.0


def _transform(array: Any) -> Affine | None:
    """By the coordinates, which follow every cut and flip; the written transform where it says the same, or alone."""
    written = array.rio.transform(recalc=False)
    steps: list[tuple[float, float | None]] = []
    rounding = 0.0
    for dim in (array.rio.x_dim, array.rio.y_dim):
        if dim not in array.coords:
            return None if written.is_identity else written
        values = array[dim].values.astype(np.float64)
        if len(values) == 1:
            alone = written.a if dim == array.rio.x_dim else written.e
            steps.append((float(values[0]), None if written.is_identity else alone))
            continue
        step = (values[-1] - values[0]) / (len(values) - 1)
        off = np.abs(values - values[0] - step * np.arange(len(values))).max()
        own = _rounding(array[dim].values)
        if step == 0 or off > UNEVEN * abs(step) + own:
            raise RequestError(f"coordinate {dim} is not evenly spaced", "bring the array to a regular grid first")
        rounding = max(rounding, own)
        steps.append((float(values[0]), float(step)))
    (west, across), (north, down) = steps
    # One column or row, and nothing written: square pixels, north up.
    if across is None and down is not None:
        across = abs(down)
    if down is None and across is not None:
        down = -abs(across)
    if across is None or down is None:
        return None  # one pixel of unknown size
    found = Affine(across, 0, west - across / 2, 0, down, north - down / 2)
    size = (array.sizes[array.rio.x_dim], array.sizes[array.rio.y_dim])
    near = 1e-3 * min(abs(across), abs(down)) + rounding
    same = all(max(abs(a - b) for a, b in zip(found * p, written * p, strict=True)) < near for p in ((0, 0), size))
    return written if same else found
