"""Tiles to train on from georeferenced rasters: any dtype, any bands, split by place.

    python -m training.scenes cut ortho_a.tif ortho_b.tif --to packed/mine
    python -m training.scenes cut scene.tif --to packed/mine --bands 4,3,2,8 --tile 192 --block 1000
    python -m training.scenes pairs fine_a.tif coarse_a.tif fine_b.tif coarse_b.tif --to packed/mine

Values are mapped to 0..1 as a run would map them, one map per scene; 8-bit scenes stay 8 bit. Tiles with a pixel
without data are left out. Blocks of ground, one in `--every`, are for validation, and training tiles that touch one of
their tiles are dropped, so that neighbours never sit on both sides. ``footprints.gpkg`` in the target says where each
tile lies and what became of it; ``facts.json`` keeps the pixel size for the card of a model that is trained on them.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.errors import RsSrError
from rs_sr.options import Options
from rs_sr.pixels.grid import Window
from rs_sr.pixels.radiometry import ValueMap, to_network
from rs_sr.raster.source import Source, gdal_environment
from rs_sr.run.plan import make_plan
from rs_sr.run.survey import survey
from training.datasets import SMALLEST, Tile, note_gsd, pack

PAIR_SHIFT = 0.05  # coarse pixels by which the corners of a pair may differ


@dataclass(frozen=True)
class Scene:
    """A raster to cut: its bands by number, and a partner that is `scale` times coarser."""

    path: str
    bands: tuple[int, ...]
    values: ValueMap
    dtype: str
    gsd_m: float | None = None
    partner: Scene | None = None
    scale: int = 1


def scene(path: str, bands: str | None, limits: tuple[float, float] | None) -> Scene:
    """A raster with the value map that a run would use. One without a CRS cannot be split by place."""
    with Source(path) as source:
        if source.facts.crs is None or source.facts.transform is None:
            raise SystemExit(
                f"{path} has no georeference: pack it with python -m training.datasets folder, which splits by name"
            )
        options = Options(
            model="bicubic", scale=2, bands=None if bands is None else tuple(bands.split(",")), range=limits
        )
        plan = make_plan(source, "", options)
        plan = dataclasses.replace(plan, groups=(tuple(range(len(plan.imagery))),))  # they enter the network together
        values = survey(plan, source).values
        kinds = {source.facts.band(b).dtype for b in plan.imagery}
        dtype = kinds.pop() if len(kinds) == 1 else "mixed"
        return Scene(path, plan.imagery, values, dtype, source.facts.gsd_m)


def pair(fine: Scene, coarse: Scene) -> Scene:
    """`fine` with its coarse partner: the same CRS and corner, and pixels 2, 3 or 4 times as large."""
    with Source(fine.path) as a, Source(coarse.path) as b:
        f, c = a.facts, b.facts
        both = f"{fine.path} and {coarse.path}"
        if f.crs != c.crs:
            raise SystemExit(f"{both} have different CRS: warp one onto the other's grid first, with gdalwarp")
        t, u = np.array(f.transform), np.array(c.transform)
        scale = round(float(u[0] / t[0]))
        if scale not in (2, 3, 4) or not np.allclose(u[[0, 1, 3, 4]], t[[0, 1, 3, 4]] * scale, rtol=1e-4, atol=1e-12):
            raise SystemExit(f"the pixels of {both} are not 2, 3 or 4 times as large: warp one with gdalwarp -tr")
        if np.abs(u[[2, 5]] - t[[2, 5]]).max() > PAIR_SHIFT * abs(u[0]):
            raise SystemExit(f"the corners of {both} differ: warp one onto the other's grid with gdalwarp -te")
        if len(fine.bands) != len(coarse.bands):
            raise SystemExit(f"{both} have {len(fine.bands)} and {len(coarse.bands)} bands: choose with --bands")
    if fine.dtype == coarse.dtype:  # a value means the same on both sides
        fine = dataclasses.replace(fine, values=coarse.values)
    return dataclasses.replace(fine, partner=coarse, scale=scale)


def windows(one: Scene, side: int) -> Iterator[tuple[Window, Any]]:
    """Whole tiles of `side` pixels in row order, with their outline (shapely) in the scene's CRS."""
    from shapely.geometry import Polygon

    with Source(one.path) as source:
        size = source.facts.size
        a, b, c, d, e, f = source.facts.transform  # type: ignore[misc]
    for row in range(0, size.height - side + 1, side):
        for col in range(0, size.width - side + 1, side):
            corners = ((col, row), (col + side, row), (col + side, row + side), (col, row + side))
            yield (
                Window(row=row, col=col, height=side, width=side),
                Polygon([(a * x + b * y + c, d * x + e * y + f) for x, y in corners]),
            )


def footprints(scenes: list[Scene], side: int, block: float, every: int) -> Any:
    """A GeoDataFrame of all tiles in the first scene's CRS: scene, row, col, block and part (train, val, dropped).

    `block` is the side of a block in units of that CRS; 0 takes four tiles.
    """
    import geopandas

    frames: list[Any] = []
    for number, one in enumerate(scenes):
        with Source(one.path) as source:
            crs = source.facts.crs
        found = list(windows(one, side))
        if not found:
            print(f"left out: {one.path} is smaller than one tile of {side} pixels", file=sys.stderr)
            continue
        rows = {
            "scene": [one.path] * len(found), "number": [number] * len(found),
            "row": [w.row for w, _ in found], "col": [w.col for w, _ in found],
        }  # fmt: skip
        frame = geopandas.GeoDataFrame(rows, geometry=[shape for _, shape in found], crs=crs)
        frames.append(frame if not frames else frame.to_crs(frames[0].crs))
    if not frames:
        raise SystemExit(f"no scene holds a tile of {side} pixels: give a smaller --tile")
    every_tile = geopandas.pd.concat(frames, ignore_index=True)
    centres = every_tile.geometry.centroid
    step = block or 4 * float(np.sqrt(every_tile.geometry.iloc[0].area))
    across, down = (np.floor(v / step).astype(int) for v in (centres.x, centres.y))
    every_tile["block"] = [f"{x} {y}" for x, y in zip(across, down, strict=True)]
    chosen = (across + 2 * down) % every == 0  # a lattice: no two blocks for validation side by side
    if chosen.all() or not chosen.any():
        raise SystemExit(
            f"all {len(every_tile)} tiles fall {'into' if chosen.any() else 'outside'} blocks for validation: give a "
            "smaller --block or --every, a smaller --tile, or more scenes"
        )
    val = every_tile[chosen].geometry.union_all().buffer(1e-6 * step)
    touching = every_tile.geometry.intersects(val)
    every_tile["part"] = np.where(chosen, "val", np.where(touching, "dropped", "train"))
    return every_tile


def cut(scenes: list[Scene], table: Any, side: int, as_bytes: bool) -> Iterator[tuple[int, Tile]]:
    """Rows of the table with their tiles; one with a pixel without data is left out."""
    for number, rows in table.groupby("number", sort=True):
        one = scenes[int(number)]
        with Source(one.path) as fine, Source((one.partner or one).path) as coarse:
            for index, row in rows.iterrows():
                top, left, s = int(row["row"]), int(row["col"]), one.scale
                high = _read(fine, one, top, left, side, as_bytes)
                low = None
                if one.partner is not None:
                    low = _read(coarse, one.partner, top // s, left // s, side // s, as_bytes)
                if high is not None and (low is not None or one.partner is None):
                    yield int(index), Tile(f"{Path(one.path).stem}/{top}_{left}", high, low)


def _read(source: Source, one: Scene, top: int, left: int, side: int, as_bytes: bool) -> NDArray[Any] | None:
    """(band, y, x) uint8, or float16 about 0..1; None where a pixel has no data or the window leaves the raster."""
    at = Window(row=top, col=left, height=side, width=side)
    size = source.facts.size
    if at.stop_row > size.height or at.stop_col > size.width:
        return None
    block = source.read(at, one.bands)
    if not block.valid.all():
        return None
    if as_bytes:
        return np.ascontiguousarray(block.pixels)
    return to_network(block.pixels, one.values, tuple(range(len(one.bands)))).astype(np.float16)


def make(scenes: list[Scene], target: Path, *, side: int, block: float, every: int) -> dict[str, int]:
    """Write a packed set and its footprints; gives the number of tiles of each part."""
    if len({len(s.bands) for s in scenes}) > 1:
        raise SystemExit("the scenes have different numbers of bands: choose the same ones with --bands")
    if side < SMALLEST:
        raise SystemExit(f"--tile is {side}, the smallest is {SMALLEST}")
    if any(side % s.scale for s in scenes):
        raise SystemExit(f"--tile is {side} and must be a multiple of the pairs' scale")
    table = footprints(scenes, side, block, every)
    every_raster = [*scenes, *(s.partner for s in scenes if s.partner)]
    as_bytes = all(s.dtype == "uint8" and s.values.rule.startswith("8 bit") for s in every_raster)
    found: dict[str, list[tuple[int, Tile]]] = {}
    for part in ("train", "val"):
        found[part] = list(cut(scenes, table[table["part"] == part], side, as_bytes))
        if not found[part]:
            raise SystemExit(f"no whole {part} tile has data in every pixel: give a smaller --tile or more scenes")
    counts = {part: pack((tile for _, tile in rows), target, part) for part, rows in found.items()}
    if all(one.gsd_m for one in scenes):
        note_gsd(target, [round(one.gsd_m, 4) for one in scenes if one.gsd_m])
    kept = {index for rows in found.values() for index, _ in rows}
    table.loc[~table.index.isin(kept) & (table["part"] != "dropped"), "part"] = "no data"
    table.drop(columns="number").to_file(target / "footprints.gpkg", driver="GPKG")
    return counts | {"dropped": int((table["part"] == "dropped").sum())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("cut", "pairs"))
    parser.add_argument("rasters", nargs="+", help="scenes; for pairs FINE COARSE, one pair after the other")
    parser.add_argument("--to", type=Path, required=True, help="the folder for the packed set")
    parser.add_argument("--bands", help="bands to take, in this order, as for rs-sr super-resolve (default: all)")
    parser.add_argument("--range", nargs=2, type=float, metavar=("LO", "HI"), help="values that become 0 and 1")
    parser.add_argument("--tile", type=int, default=192, help="side of a tile in pixels (default: %(default)s)")
    parser.add_argument("--block", type=float, default=0, help="side of a block in units of the CRS; 0: four tiles")
    parser.add_argument("--every", type=int, default=7, help="one block in so many is for validation")
    given = parser.parse_args()
    limits = tuple(given.range) if given.range else None
    with gdal_environment():
        found = [scene(path, given.bands, limits) for path in given.rasters]
        if given.kind == "pairs":
            if len(found) % 2:
                raise SystemExit("pairs are given as FINE COARSE, one after the other: one is missing")
            found = [pair(fine, coarse) for fine, coarse in zip(found[::2], found[1::2], strict=True)]
        counts = make(found, given.to, side=given.tile, block=given.block, every=given.every)
    print(f"{given.to}: " + ", ".join(f"{n} {part} tiles" for part, n in counts.items()))


if __name__ == "__main__":
    try:
        main()
    except RsSrError as error:
        raise SystemExit(str(error)) from None
