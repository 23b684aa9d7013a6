"""What the measuring of blur is fitted to: windows that are degraded in known ways, and a fit that learns from them."""

from __future__ import annotations

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


def test_windows_are_drawn_with_what_is_to_be_found(folder: Path) -> None:
    features, wanted = measuring.drawn([folder], "train", 0, 12)
    assert features.shape[0] == len(wanted) == 24 and wanted.shape == (24, 2)
    assert np.isfinite(features).all() and 0 <= wanted.min() and wanted.max() <= measuring.MOST
    again = measuring.drawn([folder], "train", 0, 12)
    np.testing.assert_array_equal(features, again[0])
    np.testing.assert_array_equal(features[0, : features.shape[1] // 2], features[1, features.shape[1] // 2 :])


@pytest.mark.parametrize("make", ["_tilted", "_soft", "_fractal"])
def test_doctored_scenes_stay_about_0_to_1(folder: Path, make: str) -> None:
    windows, pixels = measuring.Windows([folder], "train", 0), landscape(128)[0] / 255
    made = {
        "_tilted": windows._tilted,
        "_soft": lambda p: windows._soft(p, 2),
        "_fractal": lambda p: windows._fractal(128),
    }
    out = made[make](pixels)
    assert out.shape == pixels.shape and np.isfinite(out).all() and -1 < np.median(out) < 2


def test_a_fit_finds_what_its_features_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    known = edges.features(landscape(128)[0] / 255)
    assert known is not None
    features = known[:1] + rng.standard_normal((2048, known.shape[1]))
    deviations = features[:, :2] - known[0, :2]
    weights = measuring.fit(features, 0.5 + 0.1 * deviations, epochs=20)
    np.savez(tmp_path / "scene.npz", **weights)
    monkeypatch.setattr(scene, "FILE", tmp_path / "scene.npz")
    scene._weights.cache_clear()
    said = scene._network(features)
    scene._weights.cache_clear()
    assert np.abs(said[:, 0] - 0.5 - 0.1 * deviations[:, 0]).mean() < 0.04
    assert said.shape == (2048, 3)
