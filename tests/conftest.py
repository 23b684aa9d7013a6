"""Shared data, small rasters made in code, and models for the tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import HealthCheck, settings

# The same examples everywhere, and no clock: a test that a slow machine fails says nothing.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

SHARED = Path(os.environ.get("RS_SR_SHARED_DATA", Path(__file__).resolve().parents[1].parent / "shared" / "data"))


@pytest.fixture(autouse=True)
def no_user_models(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of whoever runs the tests stay out of them."""
    monkeypatch.setenv("RS_SR_MODELS", str(tmp_path_factory.mktemp("models")))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the shared data is not at {SHARED} (set RS_SR_SHARED_DATA)")
    return SHARED


@pytest.fixture(scope="session")
def published(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The published checkpoints as model files, by the checkpoint's name."""
    from rs_sr.models import published, store

    folder = tmp_path_factory.mktemp("published")
    files = {}
    for name in ("LKDN_x2", "LKDN_x3", "LKDN_x4", "LKDN-S_x4", "LKDN-S_del_rep_x4"):
        files[name] = folder / f"{name}.safetensors"
        store.write(files[name], *published.import_checkpoint(shared_data / "checkpoints" / f"{name}.pth"))
    return files


def small_lkdn(folder: Path, *, scale: int = 2, bands: int = 3, blocks: int = 1, seed: int = 0) -> Path:
    """A model file of a small LKDN with random weights that look at all of their receptive field."""
    import torch

    from rs_sr.models import store
    from rs_sr.models.card import Halo, ModelCard
    from rs_sr.networks import build

    torch.manual_seed(seed)
    arguments: dict[str, Any] = dict(scale=scale, bands=bands, features=8, attention=8, blocks=blocks)
    module = build("lkdn", arguments)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)
    radius = int(module.radius)  # type: ignore[arg-type]
    card = ModelCard(
        name=f"small_x{scale}", title="random weights", network="lkdn", arguments=arguments, scale=scale, bands=bands,
        band_names=("red", "green", "blue") if bands == 3 else (), halo=Halo(exact=radius, byte=radius, wide=radius),
        memory_per_px=2000, macs_per_px=5000,
    )  # fmt: skip
    path = folder / f"small{bands}_{blocks}_x{scale}.safetensors"
    store.write(path, card, module.state_dict())
    return path


Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a small GeoTIFF: ``make("name.tif", pixels, crs=..., nodata=..., ...)``."""
    return maker(tmp_path)


def maker(folder: Path) -> Make:
    """`make` for a folder of its own."""

    def write(name: str, pixels: np.ndarray[Any, Any], **more: Any) -> Path:
        count, height, width = pixels.shape
        profile: dict[str, Any] = dict(driver="GTiff", count=count, height=height, width=width, dtype=pixels.dtype)
        profile |= {"crs": "EPSG:32633", "transform": Affine(10, 0, 500000, 0, -10, 5400000)} | more
        path = folder / name
        with rasterio.open(path, "w", **{k: v for k, v in profile.items() if v is not None}) as target:
            target.write(pixels)
        return path

    return write


def pattern(count: int, height: int, width: int, dtype: str, seed: int = 0) -> np.ndarray[Any, Any]:
    """Smooth hills with some noise over much of the dtype's range."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    planes = [
        np.sin(y / 7 + b) * np.cos(x / (9 + b)) + 0.2 * rng.standard_normal((height, width)) for b in range(count)
    ]
    values = np.stack(planes)
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return (values * 100).astype(kind)
    info = np.iinfo(kind)
    middle, span = (info.max + info.min) / 2, (info.max - info.min) / 3
    return np.clip(values * span + middle, info.min, info.max).astype(kind)


def told_lkdn(folder: Path, *, scale: int = 2, bands: int = 3) -> Path:
    """A model file of a small LKDN with random weights that is told how a scene was taken, and heeds it."""
    import torch

    from rs_sr.models import store
    from rs_sr.models.making import card_of
    from rs_sr.networks import build

    torch.manual_seed(0)
    arguments: dict[str, Any] = dict(scale=scale, bands=bands, features=8, attention=8, blocks=1, told=True)
    module = build("lkdn", arguments)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(0.05 * torch.randn_like(parameter) if name.startswith("tell.out") else 1.5 * parameter)
    path = folder / f"told{bands}_x{scale}.safetensors"
    card = card_of("lkdn", arguments, module, name=f"told{bands}_x{scale}", title="random weights")
    store.write(path, card, module.state_dict())
    return path


def mirrored(model: Any, pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """What a model makes of (band, y, x) that goes on beyond its borders as a run's raster does."""
    from rs_sr.run.tiling import BORDER

    inner = slice(BORDER * model.scale, -BORDER * model.scale)
    wide = np.pad(pixels, ((0, 0), (BORDER,) * 2, (BORDER,) * 2), mode="symmetric")
    return np.asarray(model(wide)[:, inner, inner])
