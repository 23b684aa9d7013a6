"""A model that is told how a scene was taken: the numbers are folded in where it is loaded, and its card names them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

import rs_sr
from rs_sr import sensors
from rs_sr.doors import cli
from rs_sr.errors import ModelError
from rs_sr.models import Model, catalogue, load_module, store
from rs_sr.models.export import export
from rs_sr.models.onnx_graph import open_session
from rs_sr.networks import build
from rs_sr.runtime.execution import Execution
from rs_sr.runtime.loaded import lent
from rs_sr.sensors import MEANING, RANGES, Numbers
from tests.conftest import small_lkdn, told_lkdn

SOFT = Numbers(0.15, 0.3, 0.6, 0.7, 0.002, 0.25)
PIXELS = np.random.default_rng(0).random((3, 20, 24), np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return told_lkdn(tmp_path)


def by_hand(path: Path, numbers: Numbers) -> np.ndarray:
    card, tensors = store.read(path)
    module = build("lkdn", card.arguments)
    module.load_state_dict(tensors)
    with torch.inference_mode():
        return module.eval()(torch.from_numpy(PIXELS)[None], torch.tensor([numbers]))[0].numpy()


def alone(model: Model) -> np.ndarray:
    """What the network gives, without the guard."""
    assert model.module is not None
    with torch.inference_mode():
        return model.module(torch.from_numpy(PIXELS)[None])[0].numpy()


def test_what_is_told_is_folded_in(path: Path) -> None:
    soft = rs_sr.load_model(str(path), told=SOFT)
    assert soft.module is not None and not [n for n, _ in soft.module.named_parameters() if n.startswith("tell")]
    np.testing.assert_allclose(alone(soft), by_hand(path, SOFT), atol=1e-5)
    usual = rs_sr.load_model(str(path))
    np.testing.assert_allclose(alone(usual), by_hand(path, sensors.CAUTIOUS), atol=1e-5)
    assert np.abs(soft(PIXELS) - usual(PIXELS)).max() > 0.01


def test_numbers_beyond_training_are_brought_to_its_ends(path: Path) -> None:
    entry = catalogue.find(str(path)).telling(Numbers(0, 0, 9, 9))
    assert entry.told == Numbers(0, 0, 9, 9).within() and entry.told.nyquist_y == RANGES["nyquist_y"][0]
    assert entry.telling(None).told is None


def test_others_cannot_be_told(tmp_path: Path) -> None:
    for name in ("bicubic", str(small_lkdn(tmp_path))):
        assert rs_sr.load_model(name, told=None)
        with pytest.raises(ModelError, match="cannot be told how a scene was taken"):
            rs_sr.load_model(name, told=SOFT)
    with pytest.raises(TypeError, match="LKDN is not told"):
        build("lkdn", {"scale": 2, "features": 8, "attention": 8, "blocks": 1}).be_told(SOFT)


def test_the_card_names_the_numbers_their_ranges_and_what_each_does(path: Path, tmp_path: Path) -> None:
    text = store.read_card(path).describe()
    for name, (low, high) in RANGES.items():
        assert f"told            {name}, {low:g} to {high:g}: {MEANING[name]}" in text
    assert "told  " not in store.read_card(small_lkdn(tmp_path)).describe()


def test_a_kept_model_is_loaded_anew_for_other_numbers(path: Path) -> None:
    entry = catalogue.find(str(path))
    results = []
    for told in (None, SOFT, SOFT):
        with lent(entry.telling(told), 2, Execution("torch", threads=1)) as runtime:
            results.append((id(runtime), runtime(PIXELS)))
    assert results[1][0] == results[2][0] != results[0][0]
    np.testing.assert_allclose(results[1][1], rs_sr.load_model(str(path), told=SOFT)(PIXELS), atol=1e-5)
    assert np.abs(results[0][1] - results[1][1]).max() > 0.01


def test_onnx_has_the_numbers_folded_in(path: Path) -> None:
    pytest.importorskip("onnx"), pytest.importorskip("onnxruntime")
    session = open_session(export(catalogue.find(str(path)).telling(SOFT)), "the file")
    assert [i.name for i in session.get_inputs()] == ["input"]
    np.testing.assert_allclose(session.run(None, {"input": PIXELS[None]})[0][0], by_hand(path, SOFT), atol=1e-4)


def test_the_command_folds_a_sensor_into_the_file(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    pytest.importorskip("onnx"), pytest.importorskip("onnxruntime")
    out = tmp_path / "out.onnx"
    assert cli.run(["export", str(path), str(out), "--sensor", "geoeye1"]) == 0
    told = sensors.find("geoeye1").numbers
    assert told is not None
    made = open_session(out.read_bytes(), "the file").run(None, {"input": PIXELS[None]})[0][0]
    np.testing.assert_allclose(made, by_hand(path, told), atol=1e-4)
    assert cli.run(["export", str(path), str(tmp_path / "b.onnx"), "--sensor", "landsat5"]) == 2
    assert "is not published" in capsys.readouterr().err


def test_loading_leaves_the_file_s_own_numbers(path: Path) -> None:
    load_module(catalogue.find(str(path)).telling(SOFT))
    assert tuple(store.read(path)[1]["tell.numbers"].tolist()) == pytest.approx(sensors.CAUTIOUS)


@pytest.mark.parametrize(
    "name", [e.card.name for e in catalogue.list_models() if e.card.told and e.origin == "bundled"]
)
@pytest.mark.parametrize("numbers", [sensors.CAUTIOUS, sensors.gaussian((0.2, 0.3), noise=0.01)])
def test_a_flat_area_keeps_its_value(name: str, numbers: Numbers) -> None:
    """To a fifth of a grey level of 255, whatever was told: a scene is not brighter or darker than it was."""
    model = rs_sr.load_model(name, told=numbers)
    inner = slice(32 * model.scale, -32 * model.scale)  # beyond what sees the edge
    for value in (0.05, 0.3, 0.6, 0.95):
        made = model(np.full((model.card.bands, 80, 80), value, np.float32))
        assert np.abs(made[:, inner, inner] - value).max() < 0.2 / 255
