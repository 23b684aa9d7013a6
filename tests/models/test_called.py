"""A loaded model, called from Python: what it takes, what it gives back, and that it is what a run uses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

import rs_sr
from rs_sr import sensors
from rs_sr.errors import RequestError
from rs_sr.models import catalogue, store
from rs_sr.options import Options
from rs_sr.runtime import choose
from rs_sr.runtime.execution import choose_execution
from tests.conftest import small_lkdn, told_lkdn

PIXELS = np.random.default_rng(0).random((3, 20, 24), dtype=np.float32)


@pytest.mark.parametrize("name", ["plain_x2", "lkdn_s_x2", "bicubic"])
def test_a_loaded_model_runs_in_the_form_that_a_run_uses(name: str) -> None:
    entry = catalogue.find(name)
    runtime = choose(entry, 2, lambda: None, choose_execution(entry.card, Options(device="cpu"), byte=False))
    model = rs_sr.load_model(name)
    np.testing.assert_array_equal(model(PIXELS), runtime(PIXELS))
    assert (model.fast is not None) == (runtime.ran.path == "fused")


def test_bytes_come_back_as_bytes_and_floats_as_floats(tmp_path: Path) -> None:
    model = rs_sr.load_model(small_lkdn(tmp_path))
    given = np.random.default_rng(1).integers(0, 256, (3, 9, 8), dtype=np.uint8)
    fine = model(given)
    assert fine.dtype == np.uint8
    expected = model(given.astype(np.float64) / 255) * 255
    assert expected.dtype == np.float32
    assert np.abs(fine - np.clip(expected, 0, 255)).max() <= 0.501
    assert np.ptp(fine) > 20  # it was no map of 0 and 1


def test_integers_without_a_white_are_refused() -> None:
    model = rs_sr.load_model("plain_x2")
    with pytest.raises(RequestError) as told:
        model(np.full((3, 5, 5), 3000, np.uint16))
    assert str(told.value) == (
        "model plain_x2 cannot know what is white in uint16 values; "
        "give floating point values with white at 1, such as array / 10000, or uint8"
    )


@pytest.mark.parametrize("kind", [torch.float32, torch.float64, torch.bfloat16, torch.uint8])
def test_a_tensor_gives_a_tensor(kind: torch.dtype) -> None:
    model = rs_sr.load_model("plain_x2")
    whole = torch.from_numpy(np.floor(PIXELS * 255)) if kind == torch.uint8 else torch.from_numpy(PIXELS)
    given = whole.to(kind)
    fine = model(given)
    assert isinstance(fine, torch.Tensor) and not fine.requires_grad
    array = given.numpy() if kind == torch.uint8 else given.float().numpy()
    assert fine.dtype == (torch.uint8 if kind == torch.uint8 else torch.float32)
    np.testing.assert_array_equal(fine.numpy(), model(array))


def test_a_loaded_model_is_the_model_of_a_run_unless_it_was_changed(tmp_path: Path) -> None:
    path = small_lkdn(tmp_path)
    model = rs_sr.load_model(str(path))
    assert Options(model=model).model == str(path)
    assert Options(model=rs_sr.load_model("plain_x2")).model == "plain_x2"
    assert Options(model=rs_sr.load_model("lanczos", scale=3)).model == "lanczos"
    assert model.module is not None
    with torch.no_grad():
        next(model.module.parameters()).mul_(1.5)
    with pytest.raises(RequestError, match="were changed since it was loaded; write them to a model file"):
        Options(model=model)
    told = rs_sr.load_model(told_lkdn(tmp_path), told=sensors.find("sentinel2").numbers)
    with pytest.raises(RequestError, match="load it without, and give sensor, or blur and noise"):
        Options(model=told)


def test_a_missing_model_file_is_a_file_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="does not exist; check the name"):
        rs_sr.load_model(tmp_path / "no.safetensors")
    assert store.read_card(small_lkdn(tmp_path)).name == "small_x2"
