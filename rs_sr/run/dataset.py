"""The dimensions of arrays, and the variables of a Dataset that are one picture: red, green and blue."""

from __future__ import annotations

from typing import Any

from rs_sr.errors import RequestError
from rs_sr.raster.facts import COLOURS, colour_in
from rs_sr.raster.labelled import import_xarray, nodata_of

BAND_DIMS = ("band", "bands", "channel", "wavelength")


def told(array: Any, axes: tuple[Any, Any]) -> Any:
    """The same array; `.rio` knows its `axes` (y, x), which it forgets at every step where the names are a user's."""
    return array.rio.set_spatial_dims(y_dim=axes[0], x_dim=axes[1])


def dimensions(array: Any) -> tuple[str | None, list[str]]:
    """The dimension of bands, if there is one, and those to map over."""
    import rioxarray.exceptions

    try:
        spatial = (array.rio.y_dim, array.rio.x_dim)
    except rioxarray.exceptions.RioXarrayError:
        raise RequestError(
            f"dimensions {', '.join(map(str, array.dims))} do not tell which are y and x",
            "rename them, or use .rio.set_spatial_dims",
        ) from None
    others = [str(d) for d in array.dims if d not in spatial]
    band = next((d for d in others if d in BAND_DIMS), None)
    if band is None and len(others) == 1 and others != ["time"] and array[others[0]].dtype.kind != "M":
        band = others[0]
    return band, [d for d in others if d != band]


def colour_trio(variables: dict[Any, Any]) -> dict[Any, Any]:
    """The variables that are red, green and blue of one picture, by name and in this order; nothing where they are not
    all there, or differ in more than their pixels."""
    said = {n: colour_in(str(v.attrs.get("long_name", n))) or colour_in(str(n)) for n, v in variables.items()}
    found = {name: variables[name] for colour in COLOURS for name, known in said.items() if known == colour}
    if [said[name] for name in found] != list(COLOURS):
        return {}
    first, *rest = found.values()
    alike = all(v.dims == first.dims and v.dtype == first.dtype and _same(v, first) for v in rest)
    return found if alike and dimensions(first)[0] is None else {}


def _same(one: Any, other: Any) -> bool:
    """In coordinates, nodata, scale and offset."""
    kept = ("scale_factor", "add_offset")
    return (
        one.coords.to_dataset().equals(other.coords.to_dataset())
        and repr(nodata_of(one)) == repr(nodata_of(other))
        and [one.attrs.get(k) for k in kept] == [other.attrs.get(k) for k in kept]
    )


def joined(trio: dict[Any, Any]) -> Any:
    """Red, green and blue variables as one array (band, ...)."""
    xr = import_xarray()
    first = next(iter(trio.values()))
    attrs = {k: v for k, v in first.attrs.items() if k != "long_name"}
    pixels = xr.Variable.concat([v.variable for v in trio.values()], "band", combine_attrs="drop")
    whole = xr.DataArray(pixels, coords=first.coords, attrs=attrs).assign_coords(band=list(COLOURS))
    whole.encoding = first.encoding
    return told(whole, (first.rio.y_dim, first.rio.x_dim))


def taken_apart(fine: Any, trio: dict[Any, Any]) -> dict[Any, Any]:
    """The variables of the result of `joined`."""
    apart = {}
    for place, (name, variable) in enumerate(trio.items()):
        part = told(fine.isel(band=place, drop=True), (fine.rio.y_dim, fine.rio.x_dim))
        part.attrs |= {k: v for k, v in variable.attrs.items() if k == "long_name"}
        part.name = name
        apart[name] = part
    return apart
