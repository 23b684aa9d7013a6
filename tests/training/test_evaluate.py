"""What is measured and written on a card: halo errors, half precision, scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import rs_sr
from rs_sr.models import store
from tests.conftest import pattern, small_lkdn
from training import evaluate
from training.datasets import Tile


@pytest.fixture
def tiles() -> list[Tile]:
    return [Tile(f"field{n:02}", pattern(3, 128, 128, "uint8", seed=n)) for n in range(3)]


def test_halo_errors_are_those_of_tiles(tmp_path: Path, tiles: list[Tile]) -> None:
    path = small_lkdn(tmp_path)
    card, tensors = store.read(path)
    exact = int(card.halo.exact or 0)
    store.write(path, replace(card, halo=replace(card.halo, byte=2, wide=exact)), tensors)
    short, none = evaluate.halo_errors(rs_sr.load_model(str(path)), tiles)
    assert short > 1 and none == 0
    store.write(path, replace(card, halo=replace(card.halo, exact=exact + 1, byte=exact, wide=exact)), tensors)
    assert max(evaluate.halo_errors(rs_sr.load_model(str(path)), tiles)) < 0.001  # computed, and right


def test_a_card_gets_its_figures_and_an_older_row_goes(tmp_path: Path, tiles: list[Tile]) -> None:
    path = str(small_lkdn(tmp_path))
    for _ in range(2):
        scores, bicubic = evaluate.evaluate(path, tiles), evaluate.evaluate("bicubic", tiles, 2)
        evaluate.record(path, scores, "fields", bicubic, tiles)
    card = store.read_card(path)
    assert [s["data"] for s in card.scores] == ["fields"] and card.scores[0]["tiles"] == 3
    assert card.scores[0]["psnr_rgb"] == pytest.approx(float(scores.mean()[0]), abs=1e-4)
    assert set(card.precision_error) <= {"fp16", "bf16"} and card.precision[0] == "f32"
    assert card.halo.byte_error == card.halo.wide_error == 0 and card.shift_px is not None
    assert np.isfinite(scores.mean()).all() and "grey levels off" in card.describe()


@pytest.mark.parametrize("bands", [1, 2, 4, 5])
def test_any_bands_are_measured_and_their_brightness_is_their_mean(tmp_path: Path, bands: int) -> None:
    path = str(small_lkdn(tmp_path, bands=bands))
    tiles = [Tile("field", pattern(bands, 128, 128, "uint8", seed=7))]
    scores, bicubic = evaluate.evaluate(path, tiles), evaluate.evaluate("bicubic", tiles, 2)
    evaluate.record(path, scores, "fields", bicubic, tiles)
    evaluate.sheet(tmp_path / "sheet.png", [path], tiles, 2, None, most=1, side=64)
    assert store.read_card(path).scores[0]["psnr_rgb"] == pytest.approx(float(scores.mean()[0]), abs=1e-4)
    high, low = evaluate.pair(tiles[0], 2)
    fine = np.clip(np.floor(evaluate.apply(rs_sr.load_model(path), low) + 0.5), 0, 255)
    error = (fine.mean(0) - high.mean(0))[2:-2, 2:-2]
    assert scores.mean()[1] == pytest.approx(10 * np.log10(255**2 / np.mean(error**2)), abs=1e-6)


def test_the_sensor_set_is_blurred_and_the_same_each_time(tiles: list[Tile]) -> None:
    sensor = evaluate.sensor_of("sentinel2")
    high, low = evaluate.pair(tiles[0], 2, sensor)
    assert high.shape == (3, 128, 128) and low.shape == (3, 64, 64)
    np.testing.assert_array_equal(low, evaluate.pair(tiles[0], 2, sensor)[1])
    with pytest.raises(SystemExit, match="the blur of naip is not known"):
        evaluate.sensor_of("naip")
    assert low.std() < evaluate.pair(tiles[0], 2)[1].std()


def test_scenes_and_pairs_are_measured_in_8_bits(tiles: list[Tile]) -> None:
    floats = Tile("scene", (tiles[0].pixels / np.float32(255)).astype(np.float16))
    for a, b in zip(evaluate.pair(floats, 2), evaluate.pair(tiles[0], 2), strict=True):
        assert a.dtype == np.uint8 and np.abs(a.astype(int) - b).max() <= 1
    low = (tiles[0].pixels[:, ::2, ::2] / np.float32(255)).astype(np.float16)
    coarse = evaluate.pair(Tile("pair", floats.pixels, low), 2)[1]
    assert np.abs(coarse.astype(int) - tiles[0].pixels[:, ::2, ::2]).max() <= 1
    with pytest.raises(SystemExit, match="a pair for another scale than x4"):
        evaluate.pair(Tile("pair", floats.pixels, low), 4)
