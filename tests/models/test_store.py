"""Cards and model files: what is written comes back, and what is no model says so."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from rs_sr.errors import ModelError
from rs_sr.models import store
from rs_sr.models.card import FORMAT, Halo, ModelCard

CARD = ModelCard(
    name="test_x2",
    title="a card with everything",
    network="lkdn",
    arguments={"scale": 2, "features": 8},
    scale=2,
    bands=3,
    band_names=("red", "green", "blue"),
    halo=Halo(exact=15, byte=8, wide=12, byte_error=0.1, wide_error=1e-4),
    gsd_m=(0.3, 0.6),
    sensor="an aeroplane",
    degradation="bicubic",
    shift_px=(0.01, -0.02),
    licence="MIT",
    training_data="none",
    source="https://example.org",
    scores=({"data": "a set", "tiles": 3, "psnr_rgb": 30.0},),
    memory_per_px=1000,
    macs_per_px=2000,
)
TENSORS = {"b": torch.arange(6.0).reshape(2, 3), "a": torch.ones(2, dtype=torch.float16)}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    store.write(tmp_path / "model.safetensors", CARD, TENSORS)
    return tmp_path / "model.safetensors"


def test_a_card_comes_back_from_json_as_it_was() -> None:
    assert ModelCard.from_json(CARD.to_json()) == CARD


def edited(**changes: Any) -> str:
    data = json.loads(CARD.to_json())
    for name, value in changes.items():
        if value is None:
            del data[name]
        else:
            data[name] = value
    return json.dumps(data)


HALO = {"exact": 15, "byte": 8, "wide": 12, "byte_error": None, "wide_error": None}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (edited(scale=None), "the model's card lacks scale; get the model file again"),
        (edited(title=None, halo=None), "the model's card lacks halo, title; get the model file again"),
        (edited(colour="red"), "the model's card has unknown colour; a newer version of rs-sr may read it"),
        (
            edited(format=FORMAT + 1),
            "the model's card is of format 2, known is 1; a newer version of rs-sr may read it",
        ),
        (edited(halo={"byte": 3}), "the model's card's halo lacks byte_error, exact, wide, wide_error; get the"),
        (edited(halo=7), "the model's card cannot be read: 'int' object is not iterable; get the model file again"),
        (edited(format=None), "the model's card cannot be read: 'format'; get the model file again"),
        ('["format"]', "the model's card cannot be read: 'str' object cannot be interpreted as an integer"),
        ("{", "the model's card cannot be read: Expecting property name"),
    ],
)
def test_a_card_that_lacks_or_adds_something_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ModelError) as caught:
        ModelCard.from_json(text)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "../escape"),
        ("name", ".hidden"),
        ("title", 3),
        ("network", 3),
        ("arguments", [1]),
        ("scale", 2.0),
        ("scale", True),
        ("scale", 1),
        ("bands", 0),
        ("bands", "3"),
        ("band_names", "red"),
        ("band_names", [1, 2]),
        ("value_range", [1, 0]),
        ("value_range", [0, float("nan")]),
        ("halo", HALO | {"byte": -1}),
        ("halo", HALO | {"exact": 1.5}),
        ("halo", HALO | {"wide_error": "small"}),
        ("grid", 0),
        ("minimum", "1"),
        ("multiple_of", 0),
        ("square", 1),
        ("gsd_m", [0.5]),
        ("gsd_m", [2, 1]),
        ("shift_px", 0.5),
        ("precision", "f32"),
        ("precision", []),
        ("scores", {"data": 1}),
        ("memory_per_px", -1),
        ("macs_per_px", 1.5),
        ("sha256", 5),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(ModelError, match=rf"^the model's card has {field} = .*; get the model file again$"):
        ModelCard.from_json(edited(**{field: value}))


def test_a_card_describes_itself_for_people() -> None:
    assert CARD.one_line() == "x2, 3 bands: a card with everything, 30.00 dB on a set"
    text = CARD.describe()
    for part in (
        "test_x2: a card with everything",
        "8 for 8-bit data, 12 beyond, exact 15; at most 0.1 and 0.0001 grey levels off (input pixels)",
        "0.3 to 0.6 m",
        "+0.010, -0.020 output pixels (row, column) against bicubic",
        "data a set, tiles 3, psnr_rgb 30.0",
    ):
        assert part in text
    bare = replace(CARD, halo=Halo(exact=None, byte=8, wide=12), gsd_m=None, shift_px=None, scores=({"data": "x"},))
    assert "none is exact (input pixels)" in bare.describe()
    assert bare.one_line() == "x2, 3 bands: a card with everything"


def test_a_model_file_comes_back_as_it_was(model: Path) -> None:
    card, tensors = store.read(model)
    assert card == store.read_card(model) == replace(CARD, sha256=card.sha256)
    assert len(card.sha256) == 64
    assert tensors.keys() == TENSORS.keys()
    assert all(torch.equal(tensors[k], v) and tensors[k].dtype == v.dtype for k, v in TENSORS.items())


def test_the_hash_depends_on_names_types_shapes_and_values_and_not_on_order() -> None:
    first = store.fingerprint(TENSORS)
    assert store.fingerprint(dict(reversed(TENSORS.items()))) == first
    changed = [
        {"b": TENSORS["b"], "c": TENSORS["a"]},
        {"b": TENSORS["b"].reshape(3, 2), "a": TENSORS["a"]},
        {"b": TENSORS["b"].double(), "a": TENSORS["a"]},
        {"b": TENSORS["b"] + 1, "a": TENSORS["a"]},
    ]
    assert len({first, *map(store.fingerprint, changed)}) == 5


def test_changed_tensors_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "changed.safetensors"
    card = store.write(path, CARD, TENSORS)
    save_file({"a": TENSORS["a"], "b": TENSORS["b"] + 1}, path, metadata={store.KEY: card.to_json()})
    with pytest.raises(ModelError) as caught:
        store.read(path)
    assert str(caught.value) == f"{path} is damaged: its tensors do not match its card; get it again"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "none.safetensors"
    with pytest.raises(ModelError) as caught:
        store.read_card(path)
    assert str(caught.value) == f"{path} does not exist; check the name, or see `rs-sr models`"


@pytest.mark.parametrize("content", [b"", b"some text\n", b"\0" * 4096, b"\xff" * 64, "cut", "cut head"])
def test_a_file_that_is_no_model_says_so(content: bytes | str, model: Path) -> None:
    if isinstance(content, str):
        whole = model.read_bytes()
        content = whole[:-5] if content == "cut" else whole[:100]
    model.write_bytes(content)
    for reader in (store.read_card, store.read):
        with pytest.raises(ModelError) as caught:
            reader(model)
        assert str(caught.value) == (
            f"{model} is not a safetensors file, or it is cut off; get it again, or make one with `rs-sr import`"
        )


def test_safetensors_without_a_card_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bare.safetensors"
    save_file(TENSORS, path)
    with pytest.raises(ModelError) as caught:
        store.read(path)
    assert str(caught.value) == f"{path} has no rs-sr card inside; make a model file with `rs-sr import FILE.pth`"


def test_a_broken_card_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.safetensors"
    save_file(TENSORS, path, metadata={store.KEY: edited(bands=0)})
    with pytest.raises(ModelError) as caught:
        store.read_card(path)
    assert str(caught.value) == f"{path}: the model's card has bands = 0; get the model file again"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = model.read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        store.write(model, CARD, {"a": torch.zeros(1)})
    assert model.read_bytes() == before
    assert [p.name for p in model.parent.iterdir()] == [model.name]


def test_cards_are_read_without_torch(model: Path) -> None:
    code = (
        "import sys; from rs_sr.models import catalogue, store; import rs_sr.models.resampling, rs_sr.models.published;"
        f"store.read_card({str(model)!r}); catalogue.list_models(); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_strided_tensor_is_written_as_it_looks(tmp_path: Path) -> None:
    turned = torch.from_numpy(np.arange(6, dtype=np.float32).reshape(2, 3)).T
    store.write(tmp_path / "turned.safetensors", CARD, {"a": turned})
    assert torch.equal(store.read(tmp_path / "turned.safetensors")[1]["a"], turned)
