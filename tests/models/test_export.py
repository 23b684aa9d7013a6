"""ONNX files written from models: torch's results at other sizes, the card, the statistics, and back again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from torch import nn

import rs_sr
from rs_sr.doors import cli
from rs_sr.errors import MissingPackageError, ModelError
from rs_sr.models import load_module, store
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.models.export import export
from rs_sr.models.making import card_of
from rs_sr.models.onnx_import import import_onnx
from rs_sr.networks import NETWORKS, build, statistics
from tests.conftest import Make, pattern
from tests.nets import SMALL

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

DEEP: dict[str, dict[str, Any]] = {
    "lkdn": {"blocks": 2}, "alkdnet": {"blocks": 2}, "lsffnet": {"blocks": 2}, "efrdn": {"uses": 1},
    "lgun": {"shallow": 2, "deep": 2},
}  # fmt: skip
TWO = {network: SMALL[network] | DEEP.get(network, {}) for network in NETWORKS}


def entry(folder: Path, network: str, **more: Any) -> Entry:
    """A model file of a small network with random weights."""
    torch.manual_seed(0)
    arguments = {"scale": 2, **TWO[network], **more}
    module = build(network, arguments)
    path = folder / f"{network}.safetensors"
    card = card_of(network, arguments, module, name=network, title="random weights")
    return Entry(store.write(path, card, module.state_dict()), path, "file")


def default(data: bytes) -> np.ndarray[Any, Any]:
    """The vector that an ONNX file holds for its input `statistics`."""
    (tensor,) = (t for t in onnx.load_model_from_string(data).graph.initializer if t.name == "statistics")
    return np.array(onnx.numpy_helper.to_array(tensor))


def hold(module: nn.Module, vector: np.ndarray[Any, Any]) -> None:
    shapes = [v.shape for v in statistics.collect(module, torch.rand(1, int(module.bands), 96, 96))]  # type: ignore[arg-type]
    parts = torch.from_numpy(vector).split([s.numel() for s in shapes])
    statistics.hold(module, [p.view(s) for p, s in zip(parts, shapes, strict=True)])


@pytest.mark.parametrize("network", NETWORKS)
def test_each_network_gives_torchs_result_at_any_size_and_batch(network: str, tmp_path: Path) -> None:
    model = entry(tmp_path, network, scale=3, bands=4)
    data, module = export(model), load_module(model)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    assert [i.name for i in session.get_inputs()] == ["input"]
    held = [i.name for i in session.get_overridable_initializers()]
    assert held == (["statistics"] if model.card.statistics else [])
    vectors: list[dict[str, Any]] = [{}]
    if held:
        assert default(data).size == model.card.statistics
        vectors.append({"statistics": default(data) * np.float32(0.7)})
    for given in vectors:
        if held:
            hold(module, given.get("statistics", default(data)))
        for shape in ((1, 4, 31, 70), (2, 4, 9, 7)):  # above and below EFRDN's windows, below ALKDNet's pooling
            pixels = torch.rand(shape)
            with torch.no_grad():
                wanted = module(pixels).numpy()
            found = session.run(None, {"input": pixels.numpy(), **given})[0]
            assert found.shape == (shape[0], 4, 3 * shape[2], 3 * shape[3])
            assert np.abs(found - wanted).max() < 1e-4


def test_the_default_statistics_are_those_of_the_made_up_scene(tmp_path: Path) -> None:
    from rs_sr.pixels.scene import scene

    model = entry(tmp_path, "lsffnet")
    picture = torch.from_numpy(scene(384) / np.float32(255))
    tiles = [picture[:, y : y + 96, x : x + 96] for y in range(0, 384, 96) for x in range(0, 384, 96)]
    wanted = statistics.collect(load_module(model), torch.stack(tiles))
    np.testing.assert_allclose(default(export(model)), torch.cat([v.flatten() for v in wanted]), atol=1e-6)


def test_the_card_is_in_the_file(tmp_path: Path) -> None:
    model = entry(tmp_path, "plain")
    written = onnx.load_model_from_string(export(model))
    onnx.checker.check_model(written)
    (text,) = (p.value for p in written.metadata_props if p.key == "rs_sr_card")
    assert ModelCard.from_json(text) == model.card
    assert (written.producer_name, written.doc_string) == ("rs-sr", "random weights")


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
def test_an_exported_file_imports_back_and_gives_the_same_raster(network: str, make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 140, 70, "uint8"))
    model = entry(tmp_path, network)
    rs_sr.super_resolve(source, tmp_path / "torch.tif", model=str(model.path), tile=128)
    words = ["export", str(model.path), str(tmp_path / "m.onnx"), "--like", str(tmp_path / "torch.tif")]
    if not model.card.statistics:
        words = words[:3]
    assert cli.run(words) == 0
    assert cli.run(["import", str(tmp_path / "m.onnx"), "-o", str(tmp_path / "b.safetensors"), "--name", "back"]) == 0
    card = store.read_card(tmp_path / "b.safetensors")
    assert (card.name, card.network, card.statistics, card.title) == ("back", "onnx", 0, "random weights")
    assert (card.halo, card.grid, card.macs_per_px) == (model.card.halo, model.card.grid, model.card.macs_per_px)
    assert card.memory_per_px > 100
    rs_sr.super_resolve(source, tmp_path / "onnx.tif", model=str(tmp_path / "b.safetensors"), tile=128)
    with rasterio.open(tmp_path / "torch.tif") as a, rasterio.open(tmp_path / "onnx.tif") as b:
        first, second = a.read().astype(int), b.read().astype(int)
    assert np.abs(first - second).max() <= 1 and first.std() > 5


def test_like_takes_results_of_the_same_model_alone(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = make("in.tif", pattern(3, 100, 100, "uint8"))
    model = entry(tmp_path, "lsffnet")
    rs_sr.super_resolve(source, tmp_path / "bicubic.tif", model="bicubic")
    assert cli.run(["export", str(model.path), str(tmp_path / "m.onnx"), "--like", str(tmp_path / "bicubic.tif")]) == 2
    assert "bicubic.tif has no statistics of model lsffnet; give a result of this very model" in capsys.readouterr().err
    assert not (tmp_path / "m.onnx").exists()


def test_an_imported_onnx_file_is_written_out_again_with_its_card(tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(export(entry(tmp_path, "plain")))
    card, tensors = import_onnx(tmp_path / "m.onnx", name="mine", licence="CC0")
    path = tmp_path / "mine.safetensors"
    (tmp_path / "again.onnx").write_bytes(export(Entry(store.write(path, card, tensors), path, "file")))
    again, _ = import_onnx(tmp_path / "again.onnx")
    assert (again.name, again.licence, again.halo) == ("mine", "CC0", card.halo)


def test_what_cannot_be_exported_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "bicubic", str(tmp_path / "b.onnx")]) == 4
    assert "model bicubic is resampling: it has no network; choose another" in capsys.readouterr().err
    model = entry(tmp_path, "plain")
    assert cli.run(["export", str(model.path), str(tmp_path / "m.pb")]) == 5
    assert "m.pb does not end in .onnx; name the file so" in capsys.readouterr().err
    (tmp_path / "m.onnx").write_text("mine")
    assert cli.run(["export", str(model.path), str(tmp_path / "m.onnx")]) == 5
    assert "m.onnx exists; give another name or --overwrite" in capsys.readouterr().err
    assert (tmp_path / "m.onnx").read_text() == "mine"
    assert cli.run(["export", str(model.path), str(tmp_path / "m.onnx"), "--overwrite"]) == 0
    assert {p.name for p in tmp_path.iterdir()} == {"m.onnx", "plain.safetensors"}


@pytest.mark.parametrize("package", ["onnx", "onnxruntime"])
def test_a_missing_package_is_named_with_its_cure(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = entry(tmp_path, "plain")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackageError) as caught:
        export(model)
    assert str(caught.value) == f'{package} is not installed; install it with: pip install "rs-sr[onnx]"'
    assert caught.value.exit_code == 7


def test_an_exporter_that_goes_wrong_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rs_sr.models import export as module

    right = module.trace
    monkeypatch.setattr(
        module, "trace", lambda network, given: right(nn.Sequential(network, nn.Hardtanh(0, 0.5)), given)
    )
    with pytest.raises(ModelError, match=r"the ONNX file of plain is \S+ off torch's result"):
        export(entry(tmp_path, "plain"))


def test_a_raster_runs_through_onnx_without_torch(make: Make, tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(export(entry(tmp_path, "plain")))
    store.write(tmp_path / "m.safetensors", *import_onnx(tmp_path / "m.onnx"))
    source = make("in.tif", pattern(3, 40, 50, "uint8"))
    words = ["super-resolve", str(source), str(tmp_path / "o.tif"), "--model", str(tmp_path / "m.safetensors")]
    code = (
        f"import sys; from rs_sr.doors.cli import run; code = run({words!r}); sys.exit(code or 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
