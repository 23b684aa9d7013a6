"""The published LKDN weights on real data: scores, position, halo, fused forms. Slow parts use every test tile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from PIL import Image

import rs_sr
from rs_sr.pixels.guard import guarded
from rs_sr.pixels.kernels import enlarge, reduce
from rs_sr.pixels.metrics import luma, psnr, shift, ssim

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")

# (PSNR RGB, PSNR Y, SSIM RGB) on test105 by the protocol of docs/models.md
SCORES = {
    ("LKDN_x2", 2): (34.7914, 36.57, 0.9367),
    ("LKDN_x3", 3): (30.6572, 32.18, 0.8629),
    ("LKDN_x4", 4): (28.2522, 29.67, 0.7768),
    ("LKDN-S_x4", 4): (28.0946, 29.51, 0.7716),
    ("bicubic", 2): (30.8612, 32.29, 0.8826),
    ("bicubic", 3): (27.5257, 28.87, 0.7689),
    ("bicubic", 4): (25.6780, 27.00, 0.6790),
}


def rounded(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.clip(np.floor(pixels + 0.5), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("name", "scale"), SCORES, ids=str)
def test_scores_and_position_on_the_105_test_tiles(
    shared_data: Path, published: dict[str, Path], name: str, scale: int
) -> None:
    model = rs_sr.load_model(str(published.get(name, name)), scale=scale)
    rows, moves, as_run = [], [], []
    for path in sorted((shared_data / "ucmerced" / "test105").glob("*.webp")):
        tile = np.moveaxis(np.asarray(Image.open(path).convert("RGB")), -1, 0)
        high = tile[:, : tile.shape[1] // scale * scale, : tile.shape[2] // scale * scale]
        low = rounded(reduce(high, scale))
        if name == "bicubic":
            fine = enlarge(low.astype(np.float64), scale, "bicubic")
        else:
            given = low.astype(np.float32) / 255
            fine = model._run(given) * 255  # the network as published, without the guard that a run has
            near = guarded(lambda _, made=fine: made / 255, given, scale, model.card.ends) * 255
            as_run.append(psnr(rounded(near)[:, scale:-scale, scale:-scale], high[:, scale:-scale, scale:-scale]))
        moves.append(shift(luma(fine), luma(enlarge(low.astype(np.float64), scale, "bicubic")), cutoff=0.5 / scale))
        inner = (slice(None), slice(scale, -scale), slice(scale, -scale))
        got, want = rounded(fine)[inner], high[inner]
        rows.append((psnr(got, want), psnr(luma(got), luma(want)), ssim(got, want)))
    assert len(rows) == 105
    found = np.mean(rows, axis=0)
    assert found[:2] == pytest.approx(SCORES[name, scale][:2], abs=0.01)
    assert found[2] == pytest.approx(SCORES[name, scale][2], abs=1e-4)
    assert name == "bicubic" or np.mean(as_run) == pytest.approx(found[0], abs=0.01)
    move = np.mean(moves, axis=0)
    print(f"{name} x{scale}: PSNR {found[0]:.4f}, SSIM {found[2]:.4f}, shift {move[0]:+.4f} {move[1]:+.4f} px")
    assert np.abs(move).max() < 0.03


@pytest.mark.parametrize("name", ["bicubic", "lanczos", "LKDN_x2"])
def test_the_panchromatic_band_halved_and_doubled_lies_on_itself(
    shared_data: Path, published: dict[str, Path], tmp_path: Path, name: str
) -> None:
    with rasterio.open(shared_data / "rasters" / "landsat8_15m_pan_uint16.tif") as source:
        pan, profile = source.read(), source.profile
    low = np.floor(reduce(pan, 2, "area") + 0.5).astype(np.uint16)
    profile |= dict(width=300, height=300, transform=profile["transform"] * rasterio.Affine.scale(2))
    with rasterio.open(tmp_path / "low.tif", "w", **profile) as target:
        target.write(low)
    rs_sr.super_resolve(tmp_path / "low.tif", tmp_path / "o.tif", model=str(published.get(name, name)), scale=2)
    with rasterio.open(tmp_path / "o.tif") as out:
        move = shift(out.read(1), pan[0], cutoff=0.25)
        assert out.transform.almost_equals(
            rasterio.open(shared_data / "rasters" / "landsat8_15m_pan_uint16.tif").transform
        )
    assert np.hypot(*move) < 0.05


def test_the_landsat_scene_x4(shared_data: Path, published: dict[str, Path], tmp_path: Path) -> None:
    source = shared_data / "rasters" / "landsat_rgb_utm.tif"
    rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(published["LKDN_x4"]))
    with rasterio.open(source) as a, rasterio.open(tmp_path / "o.tif") as b:
        assert (b.width, b.height, b.dtypes, b.nodata) == (3164, 2872, ("uint8",) * 3, 0)
        assert b.crs.to_epsg() == 32618 and b.bounds == a.bounds
        assert (b.transform.a, b.transform.e) == (a.transform.a / 4, a.transform.e / 4)
        low, fine = a.read(), b.read()
    np.testing.assert_array_equal(fine == 0, (low == 0).repeat(4, 1).repeat(4, 2))


def test_six_bands_of_landsat_x4_follow_the_input(
    shared_data: Path, published: dict[str, Path], tmp_path: Path
) -> None:
    source = shared_data / "rasters" / "landsat7_6band.tif"
    rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(published["LKDN_x4"]))
    with rasterio.open(source) as a, rasterio.open(tmp_path / "o.tif") as b:
        assert b.count == 6
        low, fine = a.read().astype(float), b.read()
    difference = np.abs(reduce(fine, 4, "area") - low).mean((1, 2))
    print("mean absolute difference of block means, by band:", difference.round(3))
    assert difference.max() < 1.0


@pytest.mark.parametrize(
    ("name", "limit"), [("LKDN_x4", 0.15), ("LKDN_x2", 0.15), ("LKDN_x3", 0.15), ("LKDN-S_x4", 0.15)]
)
def test_the_default_halo_errs_by_less_than_its_card_says(
    shared_data: Path, published: dict[str, Path], name: str, limit: float
) -> None:
    with rasterio.open(shared_data / "rasters" / "landsat_rgb_utm.tif") as source:
        pixels = source.read(window=rasterio.windows.Window(220, 190, 344, 344)).astype(np.float32) / 255
    model = rs_sr.load_model(str(published[name]))
    halo, scale = model.card.halo.byte, model.scale
    whole = model(pixels)
    worst = 0.0
    for row, col in ((128, 128), (64, 192), (192, 100)):
        window = pixels[:, row - halo : row + 64 + halo, col - halo : col + 64 + halo]
        inner = slice(halo * scale, (halo + 64) * scale)
        core = whole[:, row * scale : (row + 64) * scale, col * scale : (col + 64) * scale]
        worst = max(worst, float(np.abs(model(window)[:, inner, inner] - core).max()) * 255)
    print(f"{name}: {worst:.4f} grey levels at a halo of {halo}")
    assert worst < limit
    if model.card.halo.byte_error is not None:
        assert worst <= model.card.halo.byte_error * 1.05


@pytest.mark.parametrize(("name", "radius"), [("LKDN_x4", 99), ("LKDN-S_x4", 63)])
@pytest.mark.parametrize("tile", [128, 256])
def test_published_weights_tiled_at_the_exact_halo_equal_the_whole(
    shared_data: Path, published: dict[str, Path], tmp_path: Path, name: str, radius: int, tile: int
) -> None:
    window = (100, 40, 300, 290)
    with rasterio.open(shared_data / "rasters" / "landsat_rgb_utm.tif") as source:
        pixels = source.read(window=rasterio.windows.Window(*window)).astype(np.float32)
        profile = source.profile | dict(width=300, height=290, dtype="float32")
    with rasterio.open(tmp_path / "in.tif", "w", **profile) as target:
        target.write(pixels)
    model = rs_sr.load_model(str(published[name]))
    assert model.card.halo.exact == radius
    options: dict[str, Any] = dict(model=str(published[name]), halo="exact", range=(0, 255))
    rs_sr.super_resolve(tmp_path / "in.tif", tmp_path / "t.tif", tile=tile, **options)
    rs_sr.super_resolve(tmp_path / "in.tif", tmp_path / "w.tif", tile=512, **options)
    with rasterio.open(tmp_path / "t.tif") as a, rasterio.open(tmp_path / "w.tif") as b:
        assert np.abs(a.read() - b.read()).max() < 1e-5 * 255
