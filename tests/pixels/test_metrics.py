"""PSNR and SSIM against scikit-image; shifts against images whose shift is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from rs_sr.pixels.metrics import ergas, luma, psnr, sam, shift, ssim
from tests.conftest import pattern


def test_psnr_and_ssim_equal_scikit_image() -> None:
    a, b = pattern(3, 40, 50, "uint8"), pattern(3, 40, 50, "uint8", seed=1)
    assert psnr(a, b) == pytest.approx(peak_signal_noise_ratio(a, b, data_range=255))  # type: ignore[no-untyped-call]
    options = dict(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255)
    right = structural_similarity(a, b, channel_axis=0, **options)  # type: ignore[no-untyped-call]
    assert ssim(a, b) == pytest.approx(right, abs=1e-9)
    assert psnr(a, a) == float("inf") and ssim(a, a) == pytest.approx(1)


def test_luma_of_grey_is_video_range() -> None:
    assert luma(np.full((3, 1, 1), 255)) == pytest.approx(235) and luma(np.zeros((3, 1, 1))) == pytest.approx(16)


@pytest.mark.parametrize("move", [(0.0, 0.0), (0.25, -0.1), (-0.03, 0.4), (0.9, 0.5), (5.4, -3.2), (-12.25, 8.5)])
def test_a_known_shift_is_found(move: tuple[float, float]) -> None:
    rng = np.random.default_rng(4)
    y, x = np.mgrid[:96, :80].astype(float)
    spots = np.stack([rng.uniform(0, 96, 60), rng.uniform(0, 80, 60), rng.uniform(2, 5, 60), rng.uniform(-1, 1, 60)], 1)

    def image(row: float, col: float) -> NDArray[np.float64]:
        parts = [a * np.exp(-((y - r - row) ** 2 + (x - c - col) ** 2) / (2 * s * s)) for r, c, s, a in spots]
        return np.asarray(np.sum(parts, axis=0))

    assert shift(image(*move), image(0, 0), cutoff=0.2) == pytest.approx(move, abs=0.005)


def test_sam_and_ergas_equal_torchmetrics() -> None:
    torch = pytest.importorskip("torch")
    functional = pytest.importorskip("torchmetrics.functional.image")
    random = np.random.default_rng(5)
    want = random.integers(1, 256, (4, 40, 50)).astype(np.uint8)
    got = np.clip(want + random.normal(0, 9, want.shape), 1, 255).astype(np.uint8)
    a, b = (torch.from_numpy(x.astype(np.float64))[None] for x in (got, want))
    assert sam(got, want) == pytest.approx(float(functional.spectral_angle_mapper(a, b)), rel=1e-9)
    for scale in (2, 3, 4):
        theirs = float(functional.error_relative_global_dimensionless_synthesis(a, b, ratio=scale))
        assert ergas(got, want, scale) == pytest.approx(theirs, rel=1e-6)


def test_a_shift_along_stripes_is_none_and_ends_no_run() -> None:
    stripes = np.tile(np.sin(np.arange(64) / 5), (40, 1))
    down, right = shift(np.roll(stripes, 1, axis=1), stripes)
    assert down == pytest.approx(0, abs=1e-6)
    assert right == pytest.approx(1, abs=0.2)
    assert shift(np.zeros((40, 64)), np.zeros((40, 64))) == (0, 0)
    rng = np.random.default_rng(0)
    assert np.isfinite([shift(rng.random((32, 33)), rng.random((32, 33))) for _ in range(20)]).all()
