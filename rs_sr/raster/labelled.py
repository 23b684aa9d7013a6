"""Arrays with coordinates: an xarray.DataArray that says where it lies, as rioxarray reads and writes it."""

from __future__ import annotations

from typing import Any

import numpy as np
from affine import Affine

from rs_sr.errors import MissingPackageError


def import_xarray() -> Any:
    """xarray with rioxarray's accessor; a `MissingPackageError` where they are not installed."""
    try:
        import rioxarray  # noqa: F401  (registers .rio)
        import xarray
    except ImportError as error:
        raise MissingPackageError(
            f"{error.name} is not installed", 'install it with: pip install "rs-sr[xarray]"'
        ) from None
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
