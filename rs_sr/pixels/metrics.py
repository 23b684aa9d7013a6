"""How close two images are, and how far one lies beside the other. Arrays are (y, x) or (band, y, x)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def psnr(a: Array, b: Array, *, peak: float = 255.0) -> float:
    """Peak signal-to-noise ratio in dB: one mean square error over all pixels and bands; infinite where equal."""
    error = np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(peak**2 / error))


def ssim(a: Array, b: Array, *, peak: float = 255.0) -> float:
    """Structural similarity (Wang et al. 2004, eq. 13): Gaussian window 11 x 11, sigma 1.5, K1 0.01, K2 0.03.

    Biased variances, the mean over the positions where the window lies wholly inside, then over bands. Equal to
    scikit-image with ``gaussian_weights=True, sigma=1.5, use_sample_covariance=False``. Sides of 11 pixels or more.
    """
    if a.ndim == 3:
        return float(np.mean([ssim(x, y, peak=peak) for x, y in zip(a, b, strict=True)]))
    x, y = a.astype(np.float64), b.astype(np.float64)
    mean_x, mean_y = _smooth(x), _smooth(y)
    variance_x = _smooth(x * x) - mean_x**2
    variance_y = _smooth(y * y) - mean_y**2
    covariance = _smooth(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    top = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return float(np.mean(top / ((mean_x**2 + mean_y**2 + c1) * (variance_x + variance_y + c2))))


def _smooth(image: Array) -> Array:
    taps = np.exp(-0.5 * (np.arange(-5, 6) / 1.5) ** 2)
    taps /= taps.sum()
    for axis in (0, 1):
        image = np.lib.stride_tricks.sliding_window_view(image, 11, axis) @ taps
    return image


def luma(rgb: Array) -> Array:
    """Y of 8-bit (3, y, x), not rounded: ITU-R BT.601 with its offset of 16."""
    return 16 + np.tensordot([65.481 / 255, 128.553 / 255, 24.966 / 255], rgb.astype(np.float64), 1)


def shift(a: Array, b: Array, *, cutoff: float = 0.5) -> tuple[float, float]:
    """How far the content of `a` lies below and right of that of `b`, (row, column) in pixels; both (y, x).

    Phase correlation: the plane through the phase of the cross-power spectrum by least squares, weighted by its
    amplitude, over frequencies below `cutoff` cycles per pixel; then `a` is moved back by it and the rest measured,
    since the window holds both still. Whole pixels are taken off first by cropping both to what they share.
    """
    rows, cols = _whole_shift(a, b)
    row, col = _shift_beyond(a, b, rows, cols, cutoff)
    # the window draws the peak towards no shift, by a pixel at times
    nearest = tuple(max(-(n // 2), min(n // 2, round(v))) for v, n in zip((row, col), a.shape, strict=True))
    if nearest != (rows, cols):
        row, col = _shift_beyond(a, b, nearest[0], nearest[1], cutoff)
    return row, col


def _shift_beyond(a: Array, b: Array, rows: int, cols: int, cutoff: float) -> tuple[float, float]:
    """`shift` where it is known to about a pixel, from what both show."""
    down, right = _overlap(rows, a.shape[0]), _overlap(cols, a.shape[1])
    row, col = _small_shift(a[down[0], right[0]], b[down[1], right[1]], cutoff)
    return rows + row, cols + col


def _whole_shift(a: Array, b: Array) -> tuple[int, int]:
    """Where the windowed cross-correlation peaks, (row, column) in whole pixels."""
    window = np.outer(np.hanning(a.shape[0] + 2)[1:-1], np.hanning(a.shape[1] + 2)[1:-1])
    one, other = (np.fft.rfft2((x - np.mean(x, dtype=np.float64)) * window) for x in (a, b))
    match = np.fft.irfft2(one * other.conj(), a.shape)
    peak = np.unravel_index(np.argmax(match), a.shape)
    row, col = ((int(p) + n // 2) % n - n // 2 for p, n in zip(peak, a.shape, strict=True))
    return row, col


def _overlap(by: int, n: int) -> tuple[slice, slice]:
    """The parts of two axes of n pixels that show the same, where the first lies `by` pixels further."""
    return slice(max(by, 0), n + min(by, 0)), slice(max(-by, 0), n - max(by, 0))


def _small_shift(a: Array, b: Array, cutoff: float) -> tuple[float, float]:
    """`shift` of images that lie within a pixel or so of each other."""
    window = np.outer(np.hanning(a.shape[0] + 2)[1:-1], np.hanning(a.shape[1] + 2)[1:-1])
    fy, fx = np.meshgrid(np.fft.fftfreq(a.shape[0]), np.fft.fftfreq(a.shape[1]), indexing="ij")
    still = np.fft.fft2((b - np.mean(b, dtype=np.float64)) * window).conj()
    spectrum = np.fft.fft2(a - np.mean(a, dtype=np.float64))
    found = np.zeros(2)
    for _ in range(4):
        back = np.fft.ifft2(spectrum * np.exp(2j * np.pi * (fy * found[0] + fx * found[1]))).real
        cross = np.fft.fft2(back * window) * still
        use = (np.hypot(fy, fx) < cutoff) & (np.abs(cross) > 0)
        weight = np.abs(cross[use])
        plane = -2 * np.pi * np.stack([fy[use], fx[use]], axis=1)
        matrix = plane.T @ (plane * weight[:, None])
        # the least of the solutions: along an axis where nothing changes there is no shift to see
        found += np.linalg.lstsq(matrix, plane.T @ (weight * np.angle(cross[use])))[0]
    return float(found[0]), float(found[1])


def sam(a: Array, b: Array) -> float:
    """Spectral angle between (band, y, x) images, radians, the mean over pixels where neither is zero in all bands.

    Kruse et al. 1993: the angle between the vectors of bands of a pixel. 0 for one band, whatever its values.
    """
    x, y = a.astype(np.float64), b.astype(np.float64)
    return mean_angle((x * x).sum(0), (y * y).sum(0), (x * y).sum(0))


def mean_angle(xx: Array, yy: Array, xy: Array) -> float:
    """`sam` of the sums over bands, (y, x), of the squares of one image, of the other, and of their products."""
    length = np.sqrt(xx) * np.sqrt(yy)
    known = length > 0
    angle = np.arccos(np.clip(xy[known] / length[known], -1, 1))
    return float(angle.mean()) if known.any() else 0.0


def ergas(a: Array, b: Array, scale: int) -> float:
    """Relative global error of `a` against the reference `b`, (band, y, x), per cent; 0 where equal.

    ``100 / scale * sqrt(mean over bands of (RMSE / mean of the reference)^2)`` (Wald 2000, with h / l = 1 / scale).
    """
    x, y = a.astype(np.float64), b.astype(np.float64)
    rmse = np.sqrt(((x - y) ** 2).mean((1, 2)))
    return float(100 / scale * np.sqrt(np.mean((rmse / y.mean((1, 2))) ** 2)))
