"""Coarse images as they are delivered: what is told of them is what they are; nothing moves; a network learns of it."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from rs_sr import load_model
from rs_sr.networks import build
from rs_sr.networks.told import CAUTIOUS, NUMBERS
from rs_sr.pixels import metrics
from tests.conftest import told_lkdn
from tests.training.test_train import small
from training import evaluate, family, trust
from training.datasets import Tile
from training.patches import Patches
from training.state import Run
from training.train import step
from training.validation import Validation

CPU = torch.device("cpu")


def scene(**said: float | bool | list[float]) -> family.Scenes:
    values = dict(kind=family.GAUSSIAN, mtf=[0.4, 0.4], sharpened=0.0, softened=0.0, noise=0.0, even=False,
                  quality=family.NO_JPEG, halved=True, phase=[0, 0]) | said  # fmt: skip
    return family.Scenes(**{k: torch.tensor(v)[None] for k, v in values.items()})


def taken(high: Tensor, given: family.Scenes, scale: int = 4) -> tuple[Tensor, Tensor]:
    return family.take(high, given, scale, family.MARGIN, torch.Generator().manual_seed(0), rounded=False)


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize(
    "said",
    [
        {"kind": family.AREA},
        {"kind": family.BICUBIC},
        {"mtf": [0.1, 0.5]},
        {"mtf": [0.3, 0.2], "sharpened": 1.2},
        {"mtf": [0.5, 0.6], "sharpened": 0.8, "softened": 0.2},
    ],
)
def test_a_wave_keeps_the_share_that_is_told(scale: int, said: dict[str, float]) -> None:
    side = 32 * scale
    for axis in (0, 1):
        for at, first in ((0.5, 0), (0.25, 2)):
            wave = 0.5 + 0.1 * torch.cos(2 * math.pi * at * ((torch.arange(side) + 0.5) / scale - 0.5))
            high = wave.reshape((1, 1, -1, 1) if axis == 0 else (1, 1, 1, -1)).expand(1, 1, side, side)
            low, numbers = taken(high, scene(**said), scale)
            kept = float(low.max() - low.min()) / 0.2
            assert kept == pytest.approx(float(numbers[0, first + axis]), abs=1e-3)


def test_nothing_moves_and_means_stay() -> None:
    ramp = torch.linspace(0, 1, 128).expand(1, 2, 128, 128)
    for said in ({"kind": family.AREA}, {"mtf": [0.1, 0.3]}, {"mtf": [0.5, 0.5], "sharpened": 2.0, "softened": 0.25}):
        low, _ = taken(ramp, scene(**said))  # type: ignore[arg-type]
        want = ramp.reshape(1, 2, 32, 4, 32, 4).mean((3, 5))[:, :, 6:-6, 6:-6]
        torch.testing.assert_close(low, want, atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    ("intensity", "even", "strength"), [(0.2, False, 0.01), (0.8, False, 0.0158), (0.8, True, 0.01)]
)
def test_noise_has_the_strength_that_is_told(intensity: float, even: bool, strength: float) -> None:
    low, numbers = taken(torch.full((1, 1, 1024, 1024), intensity), scene(noise=0.01, even=even))
    assert float(low.std()) == pytest.approx(strength, rel=0.02)
    assert float(numbers[0, 4]) == pytest.approx(strength, rel=0.001)


def test_jpeg_blocks_lie_at_their_phase_and_every_band_goes_through() -> None:
    rng = torch.Generator().manual_seed(1)
    for bands in (1, 3, 4):
        high = torch.rand(1, bands, 128, 128, generator=rng)
        low = {}
        for phase in ([0, 0], [3, 5]):
            given = scene(quality=60.0, phase=phase, halved=False)
            low[phase[0]], numbers = family.take(high, given, 2, 6, rng)
            assert low[phase[0]].shape == (1, bands, 52, 52) and float(numbers[0, 5]) == 1.0
        plain, _ = family.take(high, scene(), 2, 6, rng)
        assert all(0.005 < float((x - plain).abs().mean()) < 0.1 for x in low.values())
        assert not torch.equal(low[0], low[3])


def test_scenes_at_random_fill_the_ranges_that_are_said() -> None:
    drawn = family.draw(4000, torch.Generator().manual_seed(0), CPU, jpeg=True)
    assert set(drawn.kind.tolist()) == {family.GAUSSIAN, family.BICUBIC, family.AREA}
    assert 0.05 <= float(drawn.mtf.min()) < 0.06 and 0.64 < float(drawn.mtf.max()) <= 0.65
    assert float(drawn.noise[drawn.noise > 0].min()) >= 0.0005 and float(drawn.noise.max()) <= 0.02
    with_jpeg = drawn.quality < family.NO_JPEG
    assert 0.2 < float(with_jpeg.float().mean()) < 0.3 and float(drawn.quality[with_jpeg].min()) >= 60
    assert not bool((family.draw(100, torch.Generator(), CPU, jpeg=False).quality < family.NO_JPEG).any())


@pytest.mark.parametrize("reparameterised", [False, True])
def test_what_is_told_folds_into_the_plain_network(reparameterised: bool) -> None:
    torch.manual_seed(0)
    arguments = {"scale": 2, "features": 8, "attention": 8, "blocks": 2, "reparameterised": reparameterised}
    network = build("lkdn", {**arguments, "told": True}).eval()
    x = torch.rand(1, 3, 20, 24)
    untold = build("lkdn", arguments).eval()
    untold.load_state_dict({k: v for k, v in network.state_dict().items() if not k.startswith("tell.")})
    with torch.inference_mode():
        torch.testing.assert_close(network(x), untold(x))  # it begins as one that is told nothing
    with torch.no_grad():
        for parameter in network.tell.out.parameters():  # type: ignore[union-attr, operator]
            parameter.normal_(0, 0.3)
    numbers = torch.tensor([[0.1, 0.3, 0.5, 0.7, 0.01, 0.2]])
    with torch.inference_mode():
        assert not torch.allclose(network(x), network(x, numbers), atol=0.01)
        for told in (torch.tensor(CAUTIOUS), numbers[0]):
            network.tell.numbers.copy_(told)  # type: ignore[union-attr, operator]
            folded = network.fused()
            assert folded.tell is None
            torch.testing.assert_close(folded(x), network(x, told[None]), atol=1e-5, rtol=1e-5)


def test_a_told_network_trains_and_is_judged_as_told(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    tiles = [Tile(f"t{i}", rng.integers(0, 256, (3, 96, 96)).astype(np.uint8)) for i in range(3)]
    (tmp_path / "set").mkdir()
    flat = np.concatenate([t.pixels.ravel() for t in tiles])
    for part in ("train", "val"):
        np.savez(tmp_path / "set" / f"{part}-000.npz", pixels=flat, shapes=[t.pixels.shape for t in tiles],
                 names=[t.name for t in tiles])  # fmt: skip
    recipe = small(
        network="lkdn", arguments={"scale": 2, "features": 8, "attention": 8, "blocks": 1, "told": True},
        degradation="family", data=["set"], validation="set", warmup=0, bf16=False,
    )  # fmt: skip
    run = Run(recipe, CPU)
    patches = Patches(
        tiles, scale=2, degradation="family", largest=16, mix_bands=False, device=CPU,
        generator=run.generator,
    )  # fmt: skip
    before = run.module.tell.out.bias.detach().clone()  # type: ignore[union-attr]
    for _ in range(3):
        step(run, run.module, patches)
    assert patches.told is not None and patches.told.shape[1] == len(NUMBERS)
    assert not torch.equal(before, run.module.tell.out.bias)  # type: ignore[union-attr]
    validation = Validation(recipe, tmp_path, CPU)
    assert validation.numbers[0] != validation.numbers[1]
    psnr, _ = validation(run.weights(), 3)
    assert math.isfinite(psnr)
    with pytest.raises(SystemExit, match="family"):
        dataclasses.replace(recipe, degradation="bicubic")


def test_the_noise_of_mixed_bands_is_what_is_told() -> None:
    flat = np.full((3, 96, 96), 0.2, np.float32)
    patches = Patches(
        [Tile("flat", flat)], scale=2, degradation="family", largest=24, mix_bands=True, device=CPU,
        generator=torch.Generator().manual_seed(0),
    )  # fmt: skip
    low, high = patches.draw(64, 24)
    assert low.shape == (64, 1, 24, 24) and high.shape == (64, 1, 48, 48)
    assert patches.told is not None
    told, heard = patches.told[:, 4], low.std(dim=(1, 2, 3))
    loud = told > 0.001
    assert loud.sum() > 20
    assert torch.allclose(heard[loud] / told[loud], torch.ones(int(loud.sum())), atol=0.15)


def test_a_told_model_is_judged_by_what_is_true_of_the_tiles(tmp_path: Path) -> None:
    model = str(told_lkdn(tmp_path))
    rng = np.random.default_rng(0)
    tiles = [Tile(f"t{i}", rng.integers(0, 256, (3, 65, 66)).astype(np.uint8)) for i in range(3)]
    scale = load_model(model).scale
    numbers = family.of_bicubic(scale)
    assert numbers[:4] == pytest.approx((0.49, 0.49, 0.94, 0.94), abs=0.02) and numbers.jpeg == 0
    (score,) = evaluate.evaluate(model, tiles[:1]).rows.values()
    told = load_model(model, told=numbers)
    high, low = evaluate.pair(tiles[0], scale)
    fine = np.clip(np.floor(evaluate.apply(told, low) + 0.5), 0, 255).astype(np.uint8)
    cut = (slice(None), slice(scale, -scale), slice(scale, -scale))
    assert score[0] == pytest.approx(metrics.psnr(fine[cut], high[cut]))
    found = list(trust.results(model, tiles, None))
    assert len({row[5] for row in found}) == 3
    for i, (high, low, plain, *_) in enumerate(found):
        coarse, numbers = family.delivered(high, scale, i)
        np.testing.assert_array_equal(low, coarse)
        np.testing.assert_array_equal(plain, load_model(model, told=numbers)(low.astype(np.float32) / np.float32(255)))
