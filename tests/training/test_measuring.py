"""What the measuring of blur is fitted to: scenes that are degraded in known ways, and a fit that learns from them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from rs_sr.pixels.scene import scene as landscape
from rs_sr.sensors import edges, scene
from training import datasets, measuring
from training.datasets import Tile


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    datasets.pack((Tile(f"tile {i}", landscape(256, seed=i)) for i in range(3)), folder, "train")
    return folder


def test_scenes_are_drawn_with_what_is_to_be_found(folder: Path) -> None:
    features, there, wanted, soft = measuring.drawn([folder], "train", 0, 12)
    assert features.shape[:3] == (12, max(measuring.COUNTS), 2) and there.shape == features.shape[:2]
    assert there[:, 0].all() and there.sum() < there.size and not features[~there].any()
    assert wanted.shape == (12, 2, 2) and np.isfinite(features).all() and (wanted >= 0).all()
    assert 0 < soft.sum() < len(soft)
    half = features.shape[-1] // 2  # an axis begins with itself, and goes on with the other
    np.testing.assert_array_equal(features[:, :, 0, :half], features[:, :, 1, half:])
    for one, other in zip(measuring.drawn([folder], "train", 0, 12), (features, there, wanted, soft), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kind", ["plain", "tilted", "soft", "fractal"])
def test_doctored_scenes_stay_about_0_to_1(folder: Path, kind: str) -> None:
    scenes = measuring.Scenes([folder], "train", 0)
    look = dataclasses.replace(scenes._look(2), kind=kind, own=1.5, tilt=0.5)
    made = scenes._window(128, look)
    assert made is not None and made.shape == (128, 128) and np.isfinite(made).all() and -1 < np.median(made) < 2
    assert scenes._window(300, dataclasses.replace(look, kind="plain")) is None  # the tiles are smaller


def test_a_fit_finds_what_its_features_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    known = edges.features(landscape(128)[0] / 255)
    assert known is not None
    told = rng.standard_normal((1024, 2, 2))
    features = known + rng.standard_normal((1024, 3, 1, 1)) * 0.01 + 0.01 * rng.standard_normal((1024, 3, *known.shape))
    features[..., :2] += told[:, None]
    there = np.tile([True, True, False], (1024, 1))
    soft = told[:, :, 0].sum(axis=1) > 0
    weights = measuring.fit(features, there, 0.5 + 0.1 * told, soft, epochs=20)
    np.savez(tmp_path / "scene.npz", **weights)
    monkeypatch.setattr(scene, "FILE", tmp_path / "scene.npz")
    scene._weights.cache_clear()
    said = [scene.transfers(f[:2]) for f in features[:200]]
    scene._weights.cache_clear()
    likely = np.stack([s[0] for s in said])
    assert (np.diff(likely, axis=-1) > 0).all()
    assert np.abs(likely[..., scene.MIDDLE] - 0.5 - 0.1 * told[:200]).mean() < 0.04
    assert (likely[..., scene.SHARPER] > 0.5 + 0.1 * told[:200]).mean() > 0.5
    assert np.mean([(s[1] > 0.5) == other for s, other in zip(said, soft, strict=False)]) > 0.8
