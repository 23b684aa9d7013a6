"""Export: every network as one ONNX file that gives what the network gives, with its card and its values inside."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from rs_sr import cli
from rs_sr.errors import MissingPackageError, ModelError
from rs_sr.models import catalogue, load_module, store
from rs_sr.models.card import ModelCard
from rs_sr.models.export import default_statistics, export_onnx
from rs_sr.models.making import card_of
from rs_sr.models.table import in_words
from rs_sr.networks import NETWORKS, build, statistics
from tests.conftest import small_lkdn

SMALL: dict[str, dict[str, Any]] = {
    "plain": {"channels": 8, "layers": 3},
    "lkdn": {"features": 8, "attention": 8, "blocks": 1},
    "alkdnet": {"features": 16, "blocks": 1},
    "lsffnet": {"features": 16, "groups": 1, "blocks": 1},
    "efrdn": {"features": 16, "acdms": 1, "uses": 1, "transformers": 1, "hidden": 16},
    "lgun": {"features": 16, "shallow": 1, "deep": 1},
}


def small(network: str, folder: Path, scale: int = 2, bands: int = 3) -> Path:
    """A model file of a narrow, shallow `network` with random weights."""
    torch.manual_seed(0)
    arguments = {"scale": scale, "bands": bands, **SMALL[network]}
    module = build(network, arguments)
    path = folder / f"{network}.safetensors"
    store.write(path, card_of(network, arguments, module, name=network, title="random"), module.state_dict())
    return path


def metadata(path: Path) -> dict[str, str]:
    return {item.key: item.value for item in onnx.load(str(path)).metadata_props}


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_gives_the_same_in_onnxruntime(network: str, tmp_path: Path) -> None:
    entry, path = catalogue.find(str(small(network, tmp_path, scale=3, bands=4))), tmp_path / "a.onnx"
    card = export_onnx(entry, path)
    module = load_module(entry)
    values = default_statistics(module)
    statistics.hold(module, values)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    assert [(i.name, i.shape) for i in session.get_inputs()] == [("input", [1, 4, "height", "width"])]
    for height, width in ((29, 41), (48, 15), (card.minimum, card.minimum + 2)):
        x = torch.rand(1, 4, height, width)
        with torch.no_grad():
            expected = module(x).numpy()
        np.testing.assert_allclose(session.run(None, {"input": x.numpy()})[0], expected, rtol=0, atol=1e-4)
    assert ModelCard.from_json(metadata(path)["rs_sr_card"]) == card
    assert replace(card, minimum=1) == entry.card
    assert card.minimum == (13 if network == "alkdnet" else 1)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("network", ["alkdnet", "lsffnet", "efrdn", "lgun"])
def test_other_statistics_can_be_given_and_the_order_is_told(network: str, tmp_path: Path) -> None:
    entry, path = catalogue.find(str(small(network, tmp_path))), tmp_path / "a.onnx"
    export_onnx(entry, path)
    module = load_module(entry)
    values = [3 * v + 1 for v in default_statistics(module)]
    told = json.loads(metadata(path)["rs_sr_statistics"])
    assert [v["shape"] for v in told] == [list(v.shape) for v in values]
    vector = np.zeros(entry.card.statistics, np.float32)
    for place, value in zip(told, values, strict=True):
        vector[place["start"] : place["start"] + value.numel()] = value.numpy().ravel()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    assert [i.name for i in session.get_overridable_initializers()] == ["statistics"]
    x = torch.rand(1, 3, 27, 35)
    statistics.hold(module, values)
    with torch.no_grad():
        expected = module(x).numpy()
    given = session.run(None, {"input": x.numpy(), "statistics": vector})[0]
    np.testing.assert_allclose(given, expected, rtol=0, atol=1e-4)
    assert np.abs(session.run(None, {"input": x.numpy()})[0] - expected).max() > 1e-3


def test_the_command_writes_the_file_and_prints_the_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, path = small_lkdn(tmp_path), tmp_path / "a.onnx"
    assert cli.run(["export", str(model), str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: x2, 3 bands: random weights\n"
    onnx.checker.check_model(str(path))
    assert cli.run(["export", str(model), str(path), "--overwrite", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "small_x2"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["bicubic", "a.onnx"], 4, "model bicubic is resampling and has no network to export; choose another of `rs-"),
        (["nosuch", "a.onnx"], 4, "model nosuch is unknown"),
        (["bicubic", "there.onnx"], 5, "there.onnx exists; give another name or --overwrite"),
        (["bicubic", "a.pth"], 5, "a.pth does not end in .onnx; name the model file so"),
        (["bicubic", "none/a.onnx"], 5, "the folder none does not exist; make it first"),
    ],
)
def test_what_cannot_be_exported_says_why(
    words: list[str], code: int, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("there.onnx").touch()
    assert cli.run(["export", *words]) == code
    assert capsys.readouterr().err.startswith(f"rs-sr: {sentence}")
    assert [p.name for p in tmp_path.iterdir()] == ["there.onnx"]


@pytest.mark.parametrize("package", ["onnx", "onnxruntime"])
def test_without_the_packages_it_says_how_to_get_them(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model, path = small_lkdn(tmp_path), tmp_path / "a.onnx"
    monkeypatch.setitem(sys.modules, package, None)
    assert cli.run(["export", str(model), str(path)]) == MissingPackageError.exit_code == 7
    told = capsys.readouterr().err
    assert told.endswith(f'needs {package}, which is not installed; pip install "rs-sr[onnx]"\n')
    assert not path.exists()


def test_a_graph_that_differs_from_its_network_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network whose path depends on the size of the picture in a way that no graph can follow."""
    entry, path = catalogue.find(str(small("plain", tmp_path))), tmp_path / "a.onnx"
    forward = NETWORKS["plain"].build.forward  # type: ignore[attr-defined]
    monkeypatch.setattr(
        NETWORKS["plain"].build, "forward", lambda self, x: forward(self, x) * (1.0 if x.shape[2] == 31 else 2.0)
    )
    with pytest.raises(ModelError, match=r"^model plain exported differs from itself by .* of its values; report it$"):
        export_onnx(entry, path)
    assert [p.name for p in tmp_path.iterdir()] == ["plain.safetensors"]


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = small_lkdn(tmp_path)

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert cli.run(["export", str(model), str(tmp_path / "a.onnx")]) == 5
    expected = f"rs-sr: {tmp_path}/a.onnx cannot be written: No space left on device; choose another folder\n"
    assert capsys.readouterr().err == expected
    assert [p.name for p in tmp_path.iterdir()] == [model.name]


def test_networks_are_listed_with_what_they_cost(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["models", "networks", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["network"] for row in rows} == set(NETWORKS)
    assert len(rows) == 3 * (len(NETWORKS) + 3)
    found = {(row["title"], row["scale"]): row for row in rows}
    lkdn, small = found["LKDN", 2], found["LKDN-S", 4]
    assert (lkdn["parameters"], lkdn["radius"], lkdn["halo"], lkdn["minimum"]) == (303_812, 99, 32, 1)
    assert lkdn["multiply_adds"] == pytest.approx(68.718e9, rel=1e-3)  # the paper: 69.1 G
    assert (small["parameters"], small["radius"]) == (129_177, 63)
    assert small["multiply_adds"] == pytest.approx(7.285e9, rel=1e-3)  # the paper: 7.3 G
    assert (found["ALKDNet", 4]["radius"], found["ALKDNet", 4]["statistics"]) == (None, True)
    assert found["plain 48x12", 3]["radius"] == 13
    lines = in_words(rows).splitlines()
    assert len(lines) == 2 + len(rows)
    assert next(line for line in lines if line.startswith("LKDN-S")).split() == [
        "LKDN-S", "x2", "115,533", "26.07", "63", "1", "32",
    ]  # fmt: skip
