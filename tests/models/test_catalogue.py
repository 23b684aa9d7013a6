"""The models there are, and how one is called."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from rs_sr.errors import ModelError, RequestError, RsSrWarning
from rs_sr.models import catalogue, load_model, store
from rs_sr.models.card import Halo, ModelCard
from rs_sr.networks.lkdn import LKDN
from rs_sr.pixels import kernels
from tests.conftest import told_lkdn


def model(
    path: Path, name: str = "small", bands: int = 3, psnr: float = 30.0, degradation: str = "bicubic", **more: Any
) -> Path:
    torch.manual_seed(0)
    arguments: dict[str, Any] = {"scale": 2, "bands": bands, "features": 4, "attention": 4, "blocks": 1, **more}
    card = ModelCard(
        name=name, title="random", network="lkdn", arguments=arguments, scale=arguments["scale"], bands=bands,
        halo=Halo(exact=15, byte=15, wide=15), degradation=degradation,
        scores=({"data": "UC Merced test105", "psnr_rgb": 60 - psnr}, {"data": catalogue.VALIDATION, "psnr_rgb": psnr}),
    )  # fmt: skip
    path.parent.mkdir(exist_ok=True)
    store.write(path, card, LKDN(**arguments).state_dict())
    return path


@pytest.fixture
def yours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RS_SR_MODELS", str(tmp_path / "yours"))
    return tmp_path / "yours"


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "bundled_folder", lambda: tmp_path / "bundled")
    return tmp_path / "bundled"


def test_models_are_listed_with_their_origin(yours: Path, bundled: Path) -> None:
    model(yours / "a.safetensors", "a")
    model(bundled / "b.safetensors", "b")
    assert [(e.card.name, e.origin) for e in catalogue.list_models()] == [
        ("nearest", "built in"), ("bicubic", "built in"), ("lanczos", "built in"), ("b", "bundled"), ("a", "yours"),
    ]  # fmt: skip


def test_an_unreadable_model_is_left_out_with_a_warning(yours: Path) -> None:
    yours.mkdir()
    (yours / "bad.safetensors").write_text("text")
    with pytest.warns(RsSrWarning, match=r"^left out: .*bad\.safetensors is not a safetensors file"):
        entries = catalogue.list_models()
    assert "bad" not in [e.card.name for e in entries]


def test_a_model_is_found_by_name_or_path(yours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = model(tmp_path / "file.safetensors")
    assert catalogue.find(str(path)).origin == "file"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bicubic").write_text("a file that happens to have this name")
    assert catalogue.find("bicubic").origin == "built in"


def test_an_unknown_model_is_answered_with_the_known(yours: Path, bundled: Path) -> None:
    with pytest.raises(ModelError) as caught:
        catalogue.find("bicubik")
    assert str(caught.value) == (
        "model bicubik is unknown; did you mean bicubic? known are nearest, bicubic, lanczos, "
        "or give a .safetensors file"
    )


def test_a_checkpoint_is_answered_with_how_to_import_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"some/LKDN.pth does not exist; check the name"):
        catalogue.find("some/LKDN.pth")
    Path("some").mkdir()
    Path("some/LKDN.pth").touch()
    with pytest.raises(ModelError) as caught:
        catalogue.find("some/LKDN.pth")
    assert str(caught.value) == (
        "some/LKDN.pth is a checkpoint, not a model file; "
        "turn it into one: rs-sr import some/LKDN.pth -o model.safetensors"
    )


def test_the_default_is_the_best_bundled_model_that_fits_else_bicubic(
    yours: Path, bundled: Path, tmp_path: Path
) -> None:
    model(yours / "a.safetensors", "mine", psnr=99)
    assert catalogue.default(2, 3).card.name == "bicubic"
    for name, bands, psnr in (("good", 3, 31.0), ("fair", 3, 30.0), ("one", 1, 40.0)):
        model(bundled / f"{name}.safetensors", name, bands, psnr)
    model(bundled / "four.safetensors", "four", 3, 50.0, scale=4)
    asked = [(2, 3), (None, 3), (3, 3), (2, 1), (2, 4), (4, 1), (4, 6)]
    chosen = {key: catalogue.default(*key).card.name for key in asked}
    assert list(chosen.values()) == ["good", "good", "bicubic", "one", "one", "four", "four"]
    for scale in (2, 4):
        shutil.copy(told_lkdn(tmp_path, scale=scale), bundled / f"told{scale}.safetensors")
    chosen = {key: catalogue.default(*key).card.told for key in asked}
    assert list(chosen.values()) == [True, True, False, True, True, True, True]


def test_a_bundled_name_cannot_be_taken(yours: Path, bundled: Path, tmp_path: Path) -> None:
    model(bundled / "a.safetensors")
    with pytest.raises(ModelError, match="small is the name of a model of rs-sr; import it anew with another name"):
        catalogue.add(str(model(tmp_path / "b.safetensors")))
    (tmp_path / "LKDN_x4.pth").touch()
    with pytest.raises(ModelError, match="is a checkpoint, not a model file"):
        catalogue.add(str(tmp_path / "LKDN_x4.pth"))


def test_a_model_is_added_under_its_name_and_removed(yours: Path, tmp_path: Path) -> None:
    path = model(tmp_path / "file.safetensors")
    entry = catalogue.add(str(path))
    assert entry.path == yours / "small.safetensors" and entry.path.read_bytes() == path.read_bytes()
    assert [p.name for p in yours.iterdir()] == ["small.safetensors"]
    with pytest.raises(ModelError) as caught:
        catalogue.add(str(path))
    assert str(caught.value) == "a model small is there already; remove it first: rs-sr models remove small"
    catalogue.remove("small")
    assert list(yours.iterdir()) == []


def test_only_your_own_models_can_be_removed(yours: Path, bundled: Path) -> None:
    path = model(bundled / "b.safetensors", "b")
    for name in ("b", "bicubic", "none"):
        with pytest.raises(ModelError) as caught:
            catalogue.remove(name)
        assert str(caught.value) == f"{name} is none of your models; yours lie in {yours}; see `rs-sr models`"
    assert path.exists()


@pytest.mark.parametrize("reparameterised", [False, True])
def test_a_model_is_called_with_an_array(tmp_path: Path, reparameterised: bool) -> None:
    loaded = load_model(str(model(tmp_path / "m.safetensors", reparameterised=reparameterised)))
    assert isinstance(loaded.module, LKDN) and not loaded.module.training
    assert loaded.module.fused() is loaded.module
    out = loaded(np.random.default_rng(0).random((3, 5, 7)))
    assert out.shape == (3, 10, 14) and out.dtype == np.float32


def test_models_without_weights_are_called_alike() -> None:
    pixels = np.random.default_rng(0).random((2, 5, 7), dtype=np.float32)
    for name in ("nearest", "bicubic", "lanczos"):
        loaded = load_model(name, scale=3)
        assert loaded.module is None
        assert np.array_equal(loaded(pixels), kernels.enlarge(pixels, 3, name))


def test_a_wrong_number_of_bands_or_scale_is_refused(tmp_path: Path) -> None:
    path = str(model(tmp_path / "m.safetensors"))
    with pytest.raises(RequestError) as caught:
        load_model(path)(np.zeros((4, 5, 7)))
    assert str(caught.value) == "model small takes 3 bands, the array is (4, 5, 7); give (band, y, x)"
    with pytest.raises(RequestError) as caught:
        load_model(path, scale=4)
    assert str(caught.value) == f"model {path} is for x2, not x4; leave the scale out"


def test_tensors_that_do_not_fit_the_card_are_refused(tmp_path: Path) -> None:
    path = model(tmp_path / "m.safetensors")
    card, tensors = store.read(path)
    store.write(path, replace(card, arguments=card.arguments | {"features": 6}), tensors)
    with pytest.raises(ModelError) as caught:
        load_model(str(path))
    assert str(caught.value) == f"the tensors of {path} do not fit its card; get it again"
