"""What lies beyond the ends of the value map stays what it is, through any model and by any way."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch

import rs_sr
from rs_sr.models import store
from rs_sr.models.card import Halo
from rs_sr.models.catalogue import find
from rs_sr.models.export import export
from rs_sr.models.making import card_of
from rs_sr.networks import build
from rs_sr.pixels import guard
from rs_sr.pixels.scene import scene
from rs_sr.runtime import choose
from rs_sr.runtime.execution import Execution
from tests.conftest import Make

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")

Array = np.ndarray[Any, Any]
WEIGHTS = sorted(p.stem for p in (Path(rs_sr.__file__).parent / "weights").glob("*.safetensors"))
SLOW = ("alkdnet_x4", "efrdn_x4", "lgun_x4", "lsffnet_x4")  # the benchmark `beyond` has them on larger pictures too


def local_means(pixels: Array, side: int) -> Array:
    """Means of every square of `side` pixels, (band, y, x)."""
    sums = np.pad(pixels.astype(np.float64), ((0, 0), (1, 0), (1, 0))).cumsum(1).cumsum(2)
    inner = sums[:, side:, side:] - sums[:, :-side, side:] - sums[:, side:, :-side] + sums[:, :-side, :-side]
    return inner / side**2


def off(model: Any, pixels: Array, edge: int = 14) -> float:
    """By how much of the map the mean of 9 x 9 pixels is off at most, `edge` pixels from the border."""
    fine, s = np.asarray(model(pixels)), model.scale
    blocks = fine.reshape(len(fine), pixels.shape[1], s, pixels.shape[2], s).mean(axis=(2, 4))
    return float(np.abs(local_means(blocks, 9) - local_means(pixels, 9))[:, edge:-edge, edge:-edge].max())


def ramp(bands: int, low: float = -1, high: float = 2, width: int = 96) -> Array:
    """From left to right from `low` to `high`, with some texture."""
    texture = scene(width)[np.arange(bands) % 3, :48] / 255 - 0.5
    return (np.linspace(low, high, width) + 0.1 * texture).astype(np.float32)


@pytest.mark.parametrize("name", WEIGHTS)
def test_every_weight_keeps_the_means_of_values_far_beyond_the_map(name: str) -> None:
    model = rs_sr.load_model(name)
    assert off(model, ramp(int(model.card.bands or 1))) < 0.02
    if name not in SLOW:
        for value in (-1.0, -0.1, 1.2, 2.0):
            flat = np.full((int(model.card.bands or 1), 40, 40), value, np.float32)
            assert off(model, flat, 10) < 0.01, value


def test_a_ramp_across_an_end_has_no_step() -> None:
    for name in ("plain_1band_x2", "lkdn_s_x2"):
        model = rs_sr.load_model(name)
        given = np.linspace(-0.5, 1.5, 96, dtype=np.float32) + np.zeros((int(model.card.bands or 1), 48, 1), np.float32)
        steps = np.diff(model(given)[:, 40:56, 20:-20], axis=2)
        assert 0 < steps.min() and steps.max() < 3 * (2 / 95 / 2)  # of the ramp's own step


def test_an_imported_onnx_file_keeps_them_too(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    from rs_sr.models.onnx_import import import_onnx

    (tmp_path / "own.onnx").write_bytes(export(find("plain_1band_x2")))
    onnx = pytest.importorskip("onnx")
    foreign = onnx.load(tmp_path / "own.onnx")
    del foreign.metadata_props[:]
    onnx.save(foreign, tmp_path / "foreign.onnx")
    for name in ("own", "foreign"):
        store.write(tmp_path / "m.safetensors", *import_onnx(tmp_path / f"{name}.onnx"))
        model = rs_sr.load_model(str(tmp_path / "m.safetensors"))
        assert model.card.carries > 2 and off(model, ramp(1)) < 0.02


def test_a_model_that_clips_its_values_gets_them_split_off_above_as_well(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    from rs_sr.models.export import trace
    from rs_sr.models.onnx_import import import_onnx

    class Clipped(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.nn.functional.interpolate(x, scale_factor=2.0, mode="nearest").clamp(0, 255)

    (tmp_path / "m.onnx").write_bytes(trace(Clipped(), (torch.rand(1, 1, 64, 64),)))
    card, tensors = import_onnx(tmp_path / "m.onnx", value_range=(0.0, 255.0))
    store.write(tmp_path / "m.safetensors", card, tensors)
    model = rs_sr.load_model(str(tmp_path / "m.safetensors"))
    assert card.carries == 1 and off(model, 255 * ramp(1)) < 0.02 * 255
    assert choose(find(str(tmp_path / "m.safetensors")), 2, lambda: None, Execution("onnxruntime"))(ramp(1)).max() > 1.9


def test_what_a_network_does_not_carry_is_measured_with_its_card() -> None:
    torch.manual_seed(0)
    module = build("plain", {"scale": 2, "bands": 1, "channels": 8, "layers": 3})
    assert card_of("plain", {"scale": 2}, module, name="m", title="random").carries >= 1
    assert guard.carried(lambda x: x.repeat(2, 1).repeat(2, 2), 1, 2) == max(guard.TOPS)
    assert guard.carried(lambda x: np.minimum(x, 1.45).repeat(2, 1).repeat(2, 2), 1, 2) == 1.25
    assert guard.carried(lambda x: (x + 3 * (x - 1) * (x > 1)).repeat(2, 1).repeat(2, 2), 1, 2) == 1
    assert guard.carried(lambda x: np.full((1, 128, 128), np.nan, np.float32), 1, 2) == 1


def test_within_the_map_nothing_changes() -> None:
    given = np.random.default_rng(0).random((2, 9, 7), np.float32)
    np.testing.assert_array_equal(guard.guarded(lambda x: x.repeat(3, 1).repeat(3, 2), given, 3, (0, 1)),
                                  given.repeat(3, 1).repeat(3, 2))  # fmt: skip


@pytest.mark.parametrize("span", [1.0, 255.0])
def test_what_a_network_makes_up_stays_near_the_values_around(span: float) -> None:
    rng = np.random.default_rng(0)
    given = (span * rng.random((2, 15, 13)) ** 4).astype(np.float32)
    wild = (span * rng.normal(0.5, 2, (2, 45, 39))).astype(np.float32)
    found = guard.guarded(lambda _: wild.copy(), given, 3, (0, span), span)
    for band, row, col in np.ndindex(given.shape):
        around = given[band, max(row - 4, 0) : row + 5, max(col - 4, 0) : col + 5]
        spare = 0.2 * np.ptp(around) + 0.02 * span
        here = (band, slice(3 * row, 3 * row + 3), slice(3 * col, 3 * col + 3))
        limited = np.clip(wild[here], around.min() - spare, around.max() + spare)
        np.testing.assert_allclose(found[here], limited, rtol=0, atol=1e-6 * span)


def pond(dtype: str = "uint16") -> tuple[Array, slice]:
    """A bright scene with a dark pond, 0.3 % of it and far below the rest; where the pond's middle is."""
    rng = np.random.default_rng(0)
    ground = 3000 + 2000 * (scene(150)[0] / 255 - 0.5) + 100 * rng.standard_normal((150, 150))
    ground[120:128, 120:128] = ground.min() - 800 + rng.normal(0, 3, (8, 8))
    return np.rint(ground)[None].astype(dtype), slice(122, 126)


@pytest.mark.parametrize("model", ["plain_1band_x2", "lkdn_s_told_x2", "lkdn_s_x2"])
def test_a_pond_below_the_map_stays_a_pond_with_any_tile(make: Make, tmp_path: Path, model: str) -> None:
    pixels, inside = pond()
    source = make("pond.tif", pixels)
    low = float(np.median(pixels) - 1000)
    made = []
    for tile in (128, 256):  # the corner of the four tiles of 128 is in the pond
        rs_sr.super_resolve(
            source, tmp_path / "o.tif", model=model, tile=tile, halo="exact", overwrite=True, range=(low, low + 2500)
        )
        made.append(rasterio.open(tmp_path / "o.tif").read())
    fine = slice(2 * inside.start, 2 * inside.stop)
    assert abs(made[0][0, fine, fine].mean() - pixels[0, inside, inside].mean()) < 0.01 * np.ptp(pixels)
    assert made[0][0, fine, fine].std() < 0.02 * np.ptp(pixels)
    assert np.abs(made[0].astype(int) - made[1]).max() <= 1  # rounding of sums in another order


def test_the_halo_has_room_for_what_is_enlarged(make: Make, tmp_path: Path) -> None:
    """A network that looks at no neighbour: what lies beyond does."""
    torch.manual_seed(0)
    module = build("plain", {"scale": 2, "bands": 1, "channels": 4, "layers": 1})
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.zero_()
    card = card_of("plain", {"scale": 2, "bands": 1, "channels": 4, "layers": 1}, module, name="m", title="nearest")
    alone = dataclasses.replace(card, halo=Halo(exact=0, byte=0, wide=0))
    store.write(tmp_path / "m.safetensors", alone, module.state_dict())
    source = make("in.tif", np.random.default_rng(0).normal(0, 100, (1, 260, 140)).astype(np.float32))
    made = []
    for tile in (128, 512):
        for halo in ("auto", "exact"):
            result = rs_sr.super_resolve(
                source, tmp_path / "o.tif", model=str(tmp_path / "m.safetensors"), tile=tile, halo=halo, overwrite=True,
                range=(0.0, 100.0),
            )  # fmt: skip
            assert result.plan.halo == guard.REACH
            made.append(rasterio.open(tmp_path / "o.tif").read())
    for other in made[1:]:
        np.testing.assert_array_equal(made[0], other)


def test_depths_below_a_range_that_was_given_stay(make: Make, tmp_path: Path) -> None:
    """A sea floor in metres, the land's heights as the range: as a file, a lazy array, and the mean of eight looks."""
    xr = pytest.importorskip("rioxarray")
    depth = (np.linspace(-400, 150, 120) + np.zeros((100, 1)) + 10 * (scene(120)[0, :100] / 255))[None]
    source = make("sea.tif", depth.astype(np.float32), crs="EPSG:32633")
    asked: dict[str, Any] = {"model": "plain_1band_x2", "range": (0.0, 150.0)}
    for more in ({}, {"consistent": True}, {"ensemble": True}):
        rs_sr.super_resolve(source, tmp_path / "o.tif", overwrite=True, **asked, **more)
        fine = rasterio.open(tmp_path / "o.tif").read()
        back = fine.reshape(1, 100, 2, 120, 2).mean(axis=(2, 4))
        assert np.abs(local_means(back, 9) - local_means(depth, 9)).max() < 0.02 * 150
    rs_sr.super_resolve(source, tmp_path / "o.tif", overwrite=True, **asked)
    lazy = rs_sr.super_resolve_array(xr.open_rasterio(source), **asked)
    np.testing.assert_array_equal(lazy.values, rasterio.open(tmp_path / "o.tif").read())
