"""A network that pools over the image, on rasters: the same pixel whatever the tile, recorded, given back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch

import rs_sr
from rs_sr.errors import RequestError
from rs_sr.models import store
from rs_sr.models.making import card_of
from rs_sr.networks import build
from tests.conftest import Make, pattern

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
ARGUMENTS: dict[str, Any] = {"scale": 2, "bands": 3, "features": 8, "groups": 1, "blocks": 1}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small LSFFNet with random weights."""
    torch.manual_seed(0)
    module = build("lsffnet", ARGUMENTS)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(1.5).add_(0.05 * torch.randn_like(parameter))
    path = tmp_path_factory.mktemp("held") / "pooling.safetensors"
    store.write(path, card_of("lsffnet", ARGUMENTS, module, name="pooling", title="random"), module.state_dict())
    return path


def run(source: Path, target: Path, model: Path, **more: Any) -> np.ndarray[Any, Any]:
    rs_sr.super_resolve(source, target, model=str(model), **more)
    with rasterio.open(target) as out:
        return out.read()


def test_the_result_is_the_same_for_every_tile(make: Make, model: Path, tmp_path: Path) -> None:
    pixels = pattern(3, 300, 420, "uint16")
    pixels[:, 40:140, 250:390] = 0
    source = make("in.tif", pixels, nodata=0)
    results = [run(source, tmp_path / f"{tile}.tif", model, tile=tile, halo="exact") for tile in (128, 256, 512)]
    for other in results[1:]:
        change = np.abs(results[0].astype(np.float64) - other)  # float32 summation falls to either side of a half
        assert change.max() <= 1 and change.mean() < 0.01
    np.testing.assert_array_equal(results[0] == 0, (pixels == 0).repeat(2, 1).repeat(2, 2))


def test_a_part_equals_that_part_of_the_whole(make: Make, model: Path, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 200, 300, "uint8"))
    whole = run(source, tmp_path / "a.tif", model, tile=128)
    part = run(source, tmp_path / "b.tif", model, tile=128, window=(150, 70, 60, 50))
    np.testing.assert_array_equal(part, whole[:, 140:240, 300:420])


def test_nodata_stays_out_of_the_statistics(make: Make, model: Path, tmp_path: Path) -> None:
    pixels = np.clip(pattern(3, 192, 192, "uint8"), 1, 254)
    pixels[:, :, 100:] = 255
    a = run(make("a.tif", pixels, nodata=255), tmp_path / "oa.tif", model)
    pixels[:, :, 100:] = 0
    b = run(make("b.tif", pixels, nodata=0), tmp_path / "ob.tif", model)
    inside = (slice(None), slice(None), slice(0, 200))
    keep = (a[inside] != 255) & (b[inside] != 0)
    assert keep.all()
    assert np.abs(a[inside].astype(int) - b[inside])[keep].max() <= 1


def test_they_are_recorded_and_given_back_by_like(make: Make, model: Path, tmp_path: Path) -> None:
    first = pattern(3, 192, 192, "uint8")
    second = np.clip(first * 0.5 + 20, 0, 255).astype(np.uint8)
    run(make("first.tif", first), tmp_path / "first_x2.tif", model)
    source = make("second.tif", second)
    own = run(source, tmp_path / "own.tif", model)
    run(source, tmp_path / "alike.tif", model, like=str(tmp_path / "first_x2.tif"))
    tags = []
    for name in ("first_x2.tif", "alike.tif", "own.tif"):
        with rasterio.open(tmp_path / name) as out:
            tags.append(json.loads(out.tags()["RS_SR_STATISTICS"]))
    assert tags[0] == tags[1] != tags[2]
    assert tags[0]["model"] == store.read_card(model).sha256
    again = run(source, tmp_path / "again.tif", model, like=str(tmp_path / "own.tif"))
    np.testing.assert_array_equal(again, own)


def test_damaged_statistics_are_told_in_words(make: Make, model: Path, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 100, 100, "uint8"))
    run(source, tmp_path / "o.tif", model)
    with rasterio.open(tmp_path / "o.tif", "r+") as out:
        out.update_tags(RS_SR_STATISTICS="{}")
    with pytest.raises(RequestError, match="the recorded statistics cannot be read"):
        run(source, tmp_path / "p.tif", model, like=str(tmp_path / "o.tif"))


@pytest.mark.parametrize("shape", [(1, 1), (5, 400), (97, 20), (250, 96)])
def test_any_size_of_raster(make: Make, model: Path, tmp_path: Path, shape: tuple[int, int]) -> None:
    fine = run(make("in.tif", pattern(3, *shape, "int16")), tmp_path / "o.tif", model)
    assert fine.shape == (3, 2 * shape[0], 2 * shape[1])


def test_valid_pixels_in_one_corner_are_found(make: Make, model: Path, tmp_path: Path) -> None:
    pixels = np.zeros((3, 1200, 1200), np.uint8)
    pixels[:, 1100:1150, 5:60] = pattern(3, 50, 55, "uint8")
    run(make("in.tif", pixels, nodata=0), tmp_path / "o.tif", model)
    with rasterio.open(tmp_path / "o.tif") as out:
        assert json.loads(out.tags()["RS_SR_STATISTICS"])["groups"][0]


def test_each_group_of_bands_has_its_own(make: Make, model: Path, tmp_path: Path) -> None:
    run(make("in.tif", pattern(2, 100, 100, "uint8")), tmp_path / "o.tif", model)
    with rasterio.open(tmp_path / "o.tif") as out:
        groups = json.loads(out.tags()["RS_SR_STATISTICS"])["groups"]
    assert len(groups) == 2 and groups[0] != groups[1]
