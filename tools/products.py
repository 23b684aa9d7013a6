"""Made-up products of the real layouts: small, and without anything that GDAL does not look at."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine

from rs_sr.pixels.scene import scene

SENTINEL2 = "S2B_MSIL2A_20230823T095559_N0509_R122_T34UCF_20230823T124759.SAFE"
GRANULE = "GRANULE/L2A_T34UCF_A033753_20230823T095553"
BANDS = {
    10: ("B02", "B03", "B04", "B08", "AOT", "WVP"),
    20: ("B05", "B06", "B07", "B8A", "B11", "B12"),
    60: ("B01", "B09"),
}
CORNER = (300000.0, 6100020.0)


def sentinel2(folder: Path, side: int = 120, planes: dict[str, Any] | None = None) -> Path:
    """A Sentinel-2 L2A product of baseline 05.09 as a .SAFE folder: `side` pixels of 10 m, EPSG:32634. `planes` (y, x)
    are bands by name; others are a pattern."""
    product = folder / SENTINEL2
    files, number = [], 0
    for metres, names in BANDS.items():
        for name in names:
            image = f"{GRANULE}/IMG_DATA/R{metres}m/T34UCF_20230823T095559_{name}_{metres}m"
            files.append(f"<IMAGE_FILE>{image}</IMAGE_FILE>")
            count = side * 10 // metres
            pixels = (scene(count, seed=number)[:1] * 9.0 + 1100).astype("uint16")
            if planes is not None and name in planes:
                pixels = planes[name][None]
            _write(product / f"{image}.jp2", pixels, metres, driver="JP2OpenJPEG", QUALITY="100", REVERSIBLE="YES")
            number += 1
    (product / "MTD_MSIL2A.xml").write_text(
        '<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">'
        f"<n1:General_Info><Product_Info><PRODUCT_URI>{SENTINEL2}</PRODUCT_URI><PROCESSING_LEVEL>Level-2A"
        "</PROCESSING_LEVEL><PRODUCT_TYPE>S2MSI2A</PRODUCT_TYPE><PROCESSING_BASELINE>05.09</PROCESSING_BASELINE>"
        "<Datatake><SPACECRAFT_NAME>Sentinel-2B</SPACECRAFT_NAME></Datatake><Query_Options><PRODUCT_FORMAT>SAFE_COMPACT"
        "</PRODUCT_FORMAT></Query_Options><Product_Organisation><Granule_List><Granule "
        'granuleIdentifier="S2B_OPER_MSI_L2A_TL_2BPS_20230823T124759_A033753_T34UCF_N05.09" imageFormat="JPEG2000">'
        f"{''.join(files)}</Granule></Granule_List></Product_Organisation></Product_Info><Product_Image_Characteristics>"
        "<Special_Values><SPECIAL_VALUE_TEXT>NODATA</SPECIAL_VALUE_TEXT><SPECIAL_VALUE_INDEX>0</SPECIAL_VALUE_INDEX>"
        '</Special_Values><QUANTIFICATION_VALUES_LIST><BOA_QUANTIFICATION_VALUE unit="none">10000'
        "</BOA_QUANTIFICATION_VALUE></QUANTIFICATION_VALUES_LIST><BOA_ADD_OFFSET_VALUES_LIST>"
        + "".join(f'<BOA_ADD_OFFSET band_id="{b}">-1000</BOA_ADD_OFFSET>' for b in range(13))
        + "</BOA_ADD_OFFSET_VALUES_LIST></Product_Image_Characteristics></n1:General_Info></n1:Level-2A_User_Product>"
    )
    sizes = "".join(
        f'<Size resolution="{m}"><NROWS>{side * 10 // m}</NROWS><NCOLS>{side * 10 // m}</NCOLS></Size>'
        f'<Geoposition resolution="{m}"><ULX>{CORNER[0]}</ULX><ULY>{CORNER[1]}</ULY><XDIM>{m}</XDIM><YDIM>-{m}</YDIM>'
        "</Geoposition>"
        for m in BANDS
    )
    (product / GRANULE / "MTD_TL.xml").write_text(
        '<n1:Level-2A_Tile_ID xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/S2_PDI_Level-2A_Tile_Metadata.xsd">'
        "<n1:Geometric_Info><Tile_Geocoding><HORIZONTAL_CS_NAME>WGS84 / UTM zone 34N</HORIZONTAL_CS_NAME>"
        f"<HORIZONTAL_CS_CODE>EPSG:32634</HORIZONTAL_CS_CODE>{sizes}</Tile_Geocoding></n1:Geometric_Info>"
        "</n1:Level-2A_Tile_ID>"
    )
    return product


def zipped(product: Path) -> Path:
    """The product as it is downloaded: NAME.SAFE in NAME.zip."""
    name = product.with_suffix("")
    return Path(shutil.make_archive(str(name), "zip", product.parent, product.name))


def _write(path: Path, pixels: np.ndarray[Any, Any], metres: float, **more: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    count, height, width = pixels.shape
    with rasterio.open(
        path, "w", count=count, height=height, width=width, dtype=pixels.dtype, crs="EPSG:32634",
        transform=Affine(metres, 0, CORNER[0], 0, -metres, CORNER[1]), **more,
    ) as target:  # fmt: skip
        target.write(pixels)


def stac_item(folder: Path, base: str = "", **assets: str) -> Path:
    """An item of STAC 1.0 whose assets are files beside it, or below the address `base`."""
    path = folder / "item.json"
    kind = {".tif": "image/tiff; application=geotiff; profile=cloud-optimized", ".jpg": "image/jpeg"}
    known = {
        name: {"href": f"{base}{file}", "type": kind.get(Path(file).suffix, "application/xml"), "roles": ["data"]}
        for name, file in assets.items()
    }
    item: dict[str, Any] = {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": "scene",
        "geometry": None,
        "links": [],
        "assets": known,
    }
    path.write_text(json.dumps(item | {"properties": {"datetime": "2023-08-23T09:55:59Z", "platform": "sentinel-2b"}}))
    return path


def eopf(folder: Path, side: int = 60) -> Path:
    """A Sentinel-2 product of EOPF as a Zarr store (version 2): groups by resolution, the CRS in ``proj:epsg``."""
    import xarray as xr

    store = folder / "S02MSIL2A_20230823T095559_0000_B122.zarr"
    for metres, names in ((10, ("b02", "b03", "b04")), (20, ("b02", "b05"))):
        count = side * 10 // metres
        x = CORNER[0] + metres * (np.arange(count) + 0.5)
        y = CORNER[1] - metres * (np.arange(count) + 0.5)
        pixels = (scene(count)[: len(names)] * 9.0 + 1100).astype("uint16")
        data = xr.Dataset(
            {name: (("y", "x"), plane) for name, plane in zip(names, pixels, strict=True)}, {"y": y, "x": x}
        )
        for name in names:
            data[name].attrs = {"proj:epsg": 32634, "long_name": f"BOA reflectance {name}"}
        group = f"measurements/reflectance/r{metres}m"
        data.to_zarr(store, group=group, mode="a", zarr_format=2, consolidated=False)
    return store
