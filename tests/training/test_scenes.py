"""Georeferenced scenes as training tiles: values, split by place, pairs, and the recipe that trains on them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine

import rs_sr
from rs_sr.models import store
from rs_sr.raster.source import gdal_environment
from training import datasets, recipe, scenes, train
from training.recipe import Recipe

geopandas = pytest.importorskip("geopandas")


def write(path: Path, pixels: np.ndarray, *, pixel: float = 1.0, west: float = 5e5, **more: Any) -> str:
    place = Affine(pixel, 0, west, 0, -pixel, 5e6)
    profile = dict(driver="GTiff", count=len(pixels), height=pixels.shape[1], width=pixels.shape[2])
    with rasterio.open(path, "w", dtype=pixels.dtype, crs="EPSG:32633", transform=place, **profile, **more) as dataset:
        dataset.write(pixels)
    return str(path)


def ground(bands: int, side: int, high: int = 10_000) -> np.ndarray:
    y, x = np.mgrid[:side, :side]
    planes = [(np.sin(x / (5 + b)) + np.cos(y / (7 + b)) + 2) / 4 * high for b in range(bands)]
    return np.stack(planes).astype(np.uint16)


def make(paths: list[str], target: Path, *, kind: str = "cut", side: int = 64, block: float = 256, every: int = 4):
    with gdal_environment():
        found = [scenes.scene(p, None, None) for p in paths]
        if kind == "pairs":
            found = [scenes.pair(a, b) for a, b in zip(found[::2], found[1::2], strict=True)]
        return scenes.make(found, target, side=side, block=block, every=every)


def test_tiles_are_the_scene_mapped_as_a_run_maps_it(tmp_path: Path) -> None:
    pixels = ground(4, 840)
    counts = make([write(tmp_path / "a.tif", pixels)], tmp_path / "set")
    assert counts["train"] > 4 and counts["val"] > 4
    low, high = np.percentile(pixels, (0.1, 99.9))
    for tile in datasets.load(tmp_path / "set", "train"):
        row, col = (int(v) for v in tile.name.split("/")[1].split("_"))
        want = (pixels[:, row : row + 64, col : col + 64] - low) / (high - low)
        assert tile.pixels.dtype == np.float16
        np.testing.assert_allclose(tile.pixels, want, atol=0.03)  # the map is of a sample of windows
    assert {t.name for t in datasets.load(tmp_path / "set", "val")}.isdisjoint(
        t.name for t in datasets.load(tmp_path / "set", "train")
    )


def test_neighbours_never_sit_on_both_sides(tmp_path: Path) -> None:
    """Two overlapping scenes, one shifted by 100 m: no training tile touches one for validation."""
    pixels = (ground(3, 840) // 40).astype(np.uint8)
    paths = [write(tmp_path / "a.tif", pixels), write(tmp_path / "b.tif", pixels, west=5e5 + 100)]
    counts = make(paths, tmp_path / "set")
    table = geopandas.read_file(tmp_path / "set" / "footprints.gpkg")
    train_part, val = table[table.part == "train"], table[table.part == "val"]
    assert len(train_part) == counts["train"] > 0 and len(val) == counts["val"] > 0 and counts["dropped"] > 0
    assert not train_part.intersects(val.union_all()).any()
    assert table.crs.to_epsg() == 32633 and table.total_bounds[0] == 5e5
    assert all(t.pixels.dtype == np.uint8 for t in datasets.load(tmp_path / "set", "val"))


def test_tiles_with_gaps_are_left_out(tmp_path: Path) -> None:
    pixels = ground(1, 840) + 1
    pixels[:, 70, 70] = 0
    make([write(tmp_path / "a.tif", pixels, nodata=0)], tmp_path / "set")
    table = geopandas.read_file(tmp_path / "set" / "footprints.gpkg")
    gap = table[(table.row == 64) & (table.col == 64)]
    assert gap.part.item() in ("no data", "dropped")
    names = {t.name for part in ("train", "val") for t in datasets.load(tmp_path / "set", part)}
    assert "a/64_64" not in names and len(names) == (table.part.isin(("train", "val"))).sum()


def test_pairs_are_cut_at_the_same_place(tmp_path: Path) -> None:
    fine = ground(2, 896)
    coarse = fine.reshape(2, 448, 2, 448, 2).mean((2, 4)).astype(np.uint16)
    paths = [write(tmp_path / "f.tif", fine), write(tmp_path / "c.tif", coarse, pixel=2.0)]
    make(paths, tmp_path / "set", kind="pairs")
    for tile in datasets.load(tmp_path / "set", "train"):
        assert tile.low is not None and tile.low.shape == (2, 32, 32)
        mean = tile.pixels.astype(np.float32).reshape(2, 32, 2, 32, 2).mean((2, 4))
        np.testing.assert_allclose(tile.low, mean, atol=2e-3)


@pytest.mark.parametrize(
    ("pixel", "west", "words"),
    [(2.5, 5e5, "are not 2, 3 or 4 times"), (2.0, 5e5 + 0.5, "corners of"), (2.0, 5e5, "1 bands: choose with")],
)
def test_pairs_that_do_not_fit_are_refused_in_words(tmp_path: Path, pixel: float, west: float, words: str) -> None:
    coarse = ground(1 if "bands" in words else 2, 128)
    paths = [write(tmp_path / "f.tif", ground(2, 256)), write(tmp_path / "c.tif", coarse, pixel=pixel, west=west)]
    with pytest.raises(SystemExit, match=re.escape(words)):
        make(paths, tmp_path / "set", kind="pairs")
    assert not (tmp_path / "set").exists()


def test_a_scene_that_cannot_be_split_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"holds a tile of 64 pixels"):
        make([write(tmp_path / "a.tif", ground(1, 40))], tmp_path / "set")
    with pytest.raises(SystemExit, match=r"fall (into|outside) blocks"):
        make([write(tmp_path / "a.tif", ground(1, 128))], tmp_path / "set", block=1e6)


@pytest.mark.parametrize("kind", ["bicubic", "family", "given"])
def test_a_recipe_trains_on_scenes(tmp_path: Path, kind: str) -> None:
    fine = ground(2, 896)
    coarse = fine.reshape(2, 448, 2, 448, 2).mean((2, 4)).astype(np.uint16)
    paths = [write(tmp_path / "f.tif", fine), write(tmp_path / "c.tif", coarse, pixel=2.0)]
    make(paths if kind == "given" else paths[:1], tmp_path / "set", kind="pairs" if kind == "given" else "cut")
    recipe = Recipe(
        name="mine", title="mine", network="plain", arguments=dict(scale=2, bands=2, channels=8, layers=2),
        data=["set"], validation="set", degradation=kind, iterations=2, validate_every=2, stages=[[0.0, 2, 16]],
        training_data="made up", warmup=0,
    )  # fmt: skip
    assert train.train(recipe, tmp_path, tmp_path, resume=False, minutes=None, device=torch.device("cpu"))
    assert (tmp_path / "mine" / "mine.safetensors").exists() and (tmp_path / "mine" / "report.png").exists()
    card = store.read_card(tmp_path / "mine" / "mine.safetensors")
    assert card.gsd_m == pytest.approx((1.0, 1.0), rel=1e-3)  # the pixels that were cut, in metres
    wrong = Recipe(
        name="wrong", title="w", network="plain", arguments=dict(scale=2, bands=3, channels=8, layers=2),
        data=["set"], validation="set", iterations=2, stages=[[0.0, 2, 16]], training_data="made up",
    )  # fmt: skip
    with pytest.raises(SystemExit, match=r"have \[2\] bands, the network takes 3"):
        train.train(wrong, tmp_path, tmp_path, resume=False, minutes=None, device=torch.device("cpu"))


def test_the_loop_can_be_read_in_one_sitting() -> None:
    assert len(Path(train.__file__).read_text().splitlines()) <= 320


def test_the_fine_tuning_page_of_the_readme_works(tmp_path: Path) -> None:
    """Its recipe, for two steps, on scenes cut as it says, from the weights it names."""
    page = (Path(train.__file__).parent / "README.md").read_text()
    text = page[page.index('       name = "mine_x4"') : page.index("   `degradation = ")]
    (tmp_path / "mine_x4.toml").write_text("\n".join(line.strip() for line in text.splitlines()))
    pixels = (ground(3, 896) // 40).astype(np.uint8)
    make([write(tmp_path / "a.tif", pixels)], tmp_path / "mine", side=192)
    chosen = recipe.read(tmp_path / "mine_x4.toml")
    assert "--from lkdn_s_told_x4" in page
    short = dataclasses.replace(chosen, minutes=0.0, iterations=2, validate_every=2, start="lkdn_s_told_x4")
    assert train.train(short, tmp_path, tmp_path, resume=False, minutes=None, device=torch.device("cpu"))
    model = rs_sr.load_model(str(tmp_path / "mine_x4" / "mine_x4.safetensors"))
    start = rs_sr.load_model("lkdn_s_told_x4")
    coarse = np.random.default_rng(0).random((3, 24, 24)).astype(np.float32)
    assert np.abs(model(coarse) - start(coarse)).mean() < 0.02 and model.card.training_data == "our orthophotos of 2025"
