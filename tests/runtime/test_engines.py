"""Every engine gives what plain float32 torch gives; what cannot run is refused in a sentence."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import rasterio
import torch

import rs_sr
from rs_sr.errors import MissingPackageError, RequestError
from rs_sr.machine import available_cores
from rs_sr.models import catalogue, store
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.models.export import export
from rs_sr.models.importing import import_model
from rs_sr.models.making import card_of
from rs_sr.networks import NETWORKS, build, onednn, statistics
from rs_sr.options import Engine, Options
from rs_sr.pixels.guard import guarded
from rs_sr.runtime import choose, execution
from rs_sr.runtime.execution import Execution, Ran, device_of, engine_of, precision_of
from tests.conftest import Make, pattern, small_lkdn
from tests.networks.test_all import SMALL

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
EXACT = 2e-5  # of the range of plain float32
SIZES = SMALL | {"efrdn": {"features": 16, "acdms": 1, "uses": 1, "transformers": 1, "hidden": 16}}
ENGINES = get_args(Engine)[1:]
PACKAGES = {"onnxruntime": ("onnxruntime", "onnx"), "openvino": ("openvino", "onnx")}  # an engine without: torch alone
NO_CUDA = pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA card")


def nothing() -> None:
    """No cancel."""


def need(engine: str) -> None:
    for package in PACKAGES.get(engine, ()):
        pytest.importorskip(package)


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Entry]:
    """A small model of every network, random weights."""
    folder, found = tmp_path_factory.mktemp("engines"), {}
    for name in NETWORKS:
        torch.manual_seed(0)
        arguments = {"scale": 2, **SIZES[name]}
        module = build(name, arguments)
        card = card_of(name, arguments, module, name=name, title="random", precision=("f32", "bf16"))
        path = folder / f"{name}.safetensors"
        found[name] = Entry(store.write(path, card, module.state_dict()), path, "file")
    return found


def plain(entry: Entry) -> tuple[torch.nn.Module, tuple[np.ndarray[Any, Any], ...]]:
    """The network as it is written, with image-wide values of a picture."""
    module = build(str(entry.card.network), entry.card.arguments)
    module.load_state_dict(store.read(entry.path or "")[1])
    module = module.fused().eval()  # type: ignore[operator]
    values = statistics.collect(module, torch.rand(2, 3, 48, 48, generator=torch.Generator().manual_seed(3)))
    statistics.hold(module, values)
    return module, tuple(v.numpy() for v in values)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_what_plain_torch_gives(engine: str, network: str, entries: dict[str, Entry]) -> None:
    need(engine)
    if (engine, network) == ("onnxruntime", "efrdn"):
        pytest.skip("tests/models/test_export.py compares it, in half a minute")
    entry = entries[network]
    module, held = plain(entry)
    runtime = choose(entry, 2, nothing, Execution(engine, threads=2))
    assert runtime.ran.engine == engine
    for side in (60, 47, 60):  # back to a size that was seen before
        pixels = np.random.default_rng(side).random((3, side, 53), np.float32)
        with torch.inference_mode():
            wanted = module(torch.from_numpy(pixels)[None])[0].numpy()
        wanted = guarded(lambda _, made=wanted: made.copy(), pixels, 2, entry.card.ends)
        found = runtime(pixels, held)
        assert (found.shape, found.dtype) == (wanted.shape, np.float32)
        assert np.abs(found - wanted).max() < EXACT * np.ptp(wanted)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_collects_the_same_image_wide_values(engine: str, entries: dict[str, Entry]) -> None:
    need(engine)
    entry = entries["alkdnet"]
    tiles = np.random.default_rng(1).random((3, 3, 24, 24), np.float32)
    valid = np.ones((3, 24, 24), bool)
    valid[0, :8] = False
    module, _ = plain(entry)
    statistics.release(module)
    wanted = statistics.collect(module, torch.from_numpy(tiles), torch.from_numpy(valid))
    found = choose(entry, 2, nothing, Execution(engine, threads=1)).collect(tiles, valid)
    for a, b in zip(wanted, found, strict=True):
        np.testing.assert_allclose(b, a.numpy(), rtol=1e-4, atol=1e-6)


def test_openvino_runs_an_onnx_file_as_onnxruntime_does(entries: dict[str, Entry], tmp_path: Path) -> None:
    pytest.importorskip("openvino")
    file = tmp_path / "theirs.onnx"
    file.write_bytes(export(entries["plain"]))
    path = tmp_path / "theirs.safetensors"
    entry = Entry(store.write(path, *import_model(str(file))), path, "file")
    pixels = np.random.default_rng(0).random((3, 40, 60), np.float32)
    one, other = (
        choose(entry, 2, nothing, Execution(engine, threads=1))(pixels) for engine in ("onnxruntime", "openvino")
    )
    assert np.abs(one - other).max() < EXACT * np.ptp(one)
    with pytest.raises(RequestError, match=r"model plain is an ONNX file, which torch does not run; leave engine"):
        engine_of(entry.card, Options(engine="torch"))


@pytest.mark.parametrize(("engine", "path"), [(e, "fused" if e == "torch" else "plain") for e in ENGINES])
def test_a_run_says_in_its_tags_and_summary_what_ran(engine: str, path: str, make: Make, tmp_path: Path) -> None:
    need(engine)
    source = make("in.tif", pattern(3, 60, 150, "uint8"))
    model = small_lkdn(tmp_path)
    result = rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(model), engine=engine, threads=1)
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.tags()["RS_SR_ENGINE"] == f"{engine}, cpu, f32, {path}"
    assert result.to_json()["engine"] == {"engine": engine, "device": "cpu", "precision": "f32", "path": path}
    assert f"engine {engine} on cpu, f32, 1 core\n" in str(result.plan)
    assert f"--engine {engine}" in result.plan.command()


def test_threads_are_those_asked_for(entries: dict[str, Entry]) -> None:
    before = torch.get_num_threads()
    choose(entries["plain"], 2, nothing, Execution("torch", threads=1))
    assert torch.get_num_threads() == 1
    choose(entries["plain"], 2, nothing, Execution("torch"))
    assert torch.get_num_threads() == available_cores()
    torch.set_num_threads(before)


def test_bf16_is_what_the_card_says_and_collects_in_f32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onednn, "has_bf16", lambda: True)
    entry = catalogue.find("alkdnet_x4")
    tile = np.repeat(np.random.default_rng(0).random((3, 12, 12), np.float32), 4, 1).repeat(4, 2)
    valid = np.ones((1, 48, 48), bool)
    exact, short = (choose(entry, 4, nothing, Execution("torch", precision=p, threads=1)) for p in ("f32", "bf16"))
    assert short.ran == Ran("torch", "cpu", "bf16", "plain")
    held = exact.collect(tile[None], valid)
    for a, b in zip(held, short.collect(tile[None], valid), strict=True):
        np.testing.assert_array_equal(a, b)
    off = 255 * np.abs(short(tile, held) - exact(tile, held))
    stated = entry.card.precision_error["bf16"]
    assert 0 < off.mean() < 3 * stated["mean"]
    assert off.max() < 4 * stated["largest"]


def _with(**more: Any) -> ModelCard:
    return replace(catalogue.find("plain_x2").card, **more)


SMALL_ERROR = {"fp16": {"mean": 0.03, "largest": 0.4}}
LARGE_ERROR = {"fp16": {"mean": 0.03, "largest": 0.6}}


@pytest.mark.parametrize(
    ("error", "holds", "device", "byte", "wanted"),
    [
        (SMALL_ERROR, True, "cuda", True, "fp16"),
        (SMALL_ERROR, True, "cuda", False, "f32"),
        (SMALL_ERROR, True, "cpu", True, "f32"),
        (SMALL_ERROR, False, "cuda", True, "f32"),
        (LARGE_ERROR, True, "cuda", True, "f32"),
        ({}, True, "cuda", True, "f32"),
    ],
)
def test_fp16_is_the_default_for_8_bits_on_cuda_alone_and_below_half_a_grey_level(
    error: dict[str, Any], holds: bool, device: str, byte: bool, wanted: str
) -> None:
    given = _with(precision=("f32", "fp16") if holds else ("f32",), precision_error=error)
    assert precision_of(given, "auto", device, byte=byte) == wanted


REFUSED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"precision": ("f32",)}, {"precision": "bf16"},
     "the card of model plain_x2 does not say that its weights hold in bf16, only in f32; leave precision out"),
    ({"precision": ("f32", "bf16")}, {"precision": "tf32"}, "does not say that its weights hold in tf32"),
    ({}, {"engine": "onnxruntime", "precision": "bf16"}, "onnxruntime runs in f32 here, not in bf16; leave precis"),
    ({}, {"engine": "onnxruntime", "device": "cuda:1"}, "onnxruntime runs on the CPU here, not on cuda:1; leave dev"),
    ({"network": None}, {"engine": "torch"}, "is resampling, which knows no engines; leave engine, device"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "asked", "sentence"), REFUSED)
def test_what_does_not_go_together_is_refused_in_words(
    facts: dict[str, Any], asked: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RequestError, match=sentence):
        engine_of(_with(**facts), Options(**asked))


@pytest.mark.parametrize(
    ("speed", "asked", "missing", "engine"),
    [
        (1.2, {}, "", "openvino"),
        (1.05, {}, "", "torch"),  # not worth loading it
        (1.2, {}, "openvino", "torch"),
        (1.2, {"engine": "torch"}, "", "torch"),
        (1.2, {"precision": "bf16"}, "", "torch"),
        (1.2, {"cluster": "tcp://there:8786"}, "", "torch"),  # who knows what is installed there
    ],
)
def test_auto_takes_what_the_table_says_is_fastest(
    speed: float, asked: dict[str, Any], missing: str, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "engines.toml"
    table.write_text(f'["AMD 25, AVX2"]\nplain = {{ torch = 1.0, openvino = {speed} }}\n')
    monkeypatch.setattr(execution, "MEASURED", table)
    monkeypatch.setattr(execution, "processor", lambda: "AMD 25, AVX2")
    monkeypatch.setattr(execution, "device_of", lambda asked: "cpu")
    monkeypatch.setattr(execution, "precision_of", lambda card, asked, device, byte: asked.replace("auto", "f32"))
    monkeypatch.setattr(execution, "find_spec", lambda name: name if name != missing else None)
    card, options = _with(precision=("f32", "bf16")), Options(device="cpu", **asked)
    assert execution.choose_execution(card, options, byte=True, elsewhere="cluster" in asked).engine == engine
    monkeypatch.setattr(execution, "processor", lambda: "another")
    assert execution.choose_execution(card, options, byte=True).engine == "torch"


def test_the_table_of_engines_names_networks_and_engines() -> None:
    for speeds in tomllib.loads(execution.MEASURED.read_text()).values():
        for network, rates in speeds.items():
            assert network in NETWORKS and rates.keys() <= set(ENGINES) and min(rates.values()) > 0


def test_a_missing_openvino_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rs_sr.runtime.execution.find_spec", lambda name: None)
    with pytest.raises(MissingPackageError, match=r'openvino is not installed; install it with: pip install "rs-sr\['):
        engine_of(_with(), Options(engine="openvino"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"device": "gpu"}, "device='gpu' is unknown; give auto, cpu, cuda, cuda:1, mps or xpu"),
        ({"threads": 0}, "threads=0 is too few; give 1 or more"),
        ({"engine": "tensorrt"}, f"engine='tensorrt' is unknown; choose from {', '.join(get_args(Engine))}"),
        ({"precision": "int8"}, "precision='int8' is unknown; choose from auto, f32"),
    ],
)
def test_options_that_are_none_are_refused_in_words(asked: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence):
        Options(**asked)


@NO_CUDA
@pytest.mark.parametrize("device", ["cuda", "cuda:3", "mps", "xpu"])
def test_a_device_that_is_not_there_is_refused_before_the_run(device: str, make: Make, tmp_path: Path) -> None:
    if device in ("mps", "xpu") and getattr(torch, device).is_available():
        pytest.skip(f"this machine has {device}")
    source, model = make("in.tif", pattern(3, 40, 40, "uint8")), small_lkdn(tmp_path)
    with pytest.raises(RequestError, match=f"there is no device {device}: .*; see `rs-sr doctor`, or leave device"):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(model), device=device)
    assert not (tmp_path / "o.tif").exists()


def test_bf16_is_for_processors_that_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    card = replace(catalogue.find("plain_x2").card, precision=("f32", "bf16"))
    monkeypatch.setattr(onednn, "has_bf16", lambda: True)
    assert precision_of(card, "bf16", "cpu", byte=True) == "bf16"
    monkeypatch.setattr(onednn, "has_bf16", lambda: False)
    with pytest.raises(RequestError, match="bf16 is ten times slower than f32 on this processor"):
        precision_of(card, "bf16", "cpu", byte=True)
    assert precision_of(card, "bf16", "cuda", byte=True) == "bf16"


@pytest.mark.parametrize(("precision", "why"), [("fp16", "hundreds of times slower"), ("tf32", "a format of CUDA")])
def test_a_cpu_takes_neither_fp16_nor_tf32(precision: str, why: str, make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 40, 40, "uint8"))
    with pytest.raises(RequestError, match=f'{precision} is {why}.*; use precision="f32", or bf16'):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model="plain_x2", precision=precision, device="cpu")


def test_auto_is_the_cpu_where_there_is_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert device_of("auto") == "cpu"


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA card: this way of the code is untested here")
@pytest.mark.parametrize("network", NETWORKS)
def test_a_cuda_card_gives_what_the_cpu_gives(network: str, entries: dict[str, Entry]) -> None:
    _, held = plain(entries[network])
    pixels = np.random.default_rng(0).random((3, 60, 53), np.float32)
    runtimes = (choose(entries[network], 2, nothing, Execution("torch", device)) for device in ("cpu", "cuda"))
    wanted, found = (runtime(pixels, held) for runtime in runtimes)
    assert np.abs(found - wanted).max() < EXACT * np.ptp(wanted)
