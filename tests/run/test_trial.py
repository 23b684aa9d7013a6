"""What a network is best told, found by trying it against a finer raster."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rs_sr.pixels.kernels import reduce
from rs_sr.pixels.scene import scene
from rs_sr.raster.beneath import Pair
from rs_sr.run import trial
from rs_sr.run.result import Progress
from rs_sr.sensors import gaussian
from rs_sr.sensors.measured import Measured

FINE = scene(240).astype(np.float64)
KNOWN = Measured("pair", gaussian((0.3, 0.3), noise=0.002), 0.5, (0.01, 0.01), 9)


def pair(fine: np.ndarray, kernel: float = 0.3, bands: int = 1) -> Pair:
    coarse = np.rint(reduce(FINE[:bands], 2, kernel))
    return Pair(coarse, fine, 2, (0.0, 0.0), 255.0)


def test_the_network_is_told_about_the_blur_that_there_is_and_gains_by_it() -> None:
    heard: list[Progress] = []
    found = trial.tried(pair(0.5 * FINE[0] + 20), KNOWN, heard.append)
    shares = [now.fraction for now in heard]
    assert shares == sorted(set(shares)) and 0.5 < shares[-1] <= 1
    assert found.told is not None and found.gain_db is not None
    assert found.told.nyquist == pytest.approx((0.3, 0.3), abs=0.16) and found.gain_db > 0.5
    assert found.numbers == KNOWN.numbers and found.sensor("mine", "a pair").nyquist == pytest.approx(
        found.told.nyquist, abs=0.001
    )
    assert found.to_json()["told"]["nyquist_y"] == found.told.nyquist_y
    assert f"told {found.told}: +" in str(found) and "against bicubic" in str(found)


def test_what_is_not_sure_or_not_alike_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "load_model", lambda *a, **k: pytest.fail("a network ran"))
    unsure = replace(KNOWN, why="parts disagree")
    assert trial.tried(pair(FINE[0]), unsure) == unsure
    other = np.random.default_rng(0).random(FINE[0].shape)
    assert trial.tried(pair(other), KNOWN) == KNOWN
    assert trial.tried(pair(FINE[0] * np.nan), KNOWN) == KNOWN


def test_windows_follow_a_shift_and_a_gain_does_not_count() -> None:
    shifted = trial.moved(FINE[0], 1.5, -0.75)
    parts = trial.windows(pair(shifted))
    still = trial.windows(pair(FINE[0]))
    assert len(parts) == len(still) > 0
    for a, b in zip(parts, still, strict=True):
        np.testing.assert_array_equal(a.coarse, b.coarse)
        assert np.corrcoef(a.fine.ravel(), b.fine.ravel())[0, 1] > 0.999
    assert trial.off(3 * still[0].fine - 7, still[0].fine) == pytest.approx(0, abs=1e-9)
    assert trial.off(trial.smoothed(still[0].fine), still[0].fine) > 1


def test_the_bands_most_like_the_fine_raster_are_tried() -> None:
    both = pair(FINE[1], bands=3)
    mixed = replace(both, coarse=np.stack([np.random.default_rng(0).random(both.coarse[0].shape), *both.coarse[1:]]))
    assert len(trial.windows(mixed)) == len(trial.windows(replace(mixed, coarse=mixed.coarse[1:])))
