"""ONNX files of others: what they take is found, they become models like any other, and what is wrong is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from torch import Tensor, nn
from torch.nn import functional

import rs_sr
from rs_sr.doors import cli
from rs_sr.errors import Cancelled, ModelError, RequestError
from rs_sr.models import load_graph, load_model, store
from rs_sr.models.card import Halo, ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.models.export import trace
from rs_sr.models.onnx_graph import _strips, continued, fitted
from rs_sr.models.onnx_import import import_onnx
from rs_sr.networks import build
from rs_sr.networks.counting import macs_per_px
from tests.conftest import Make, pattern

onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


class Of(nn.Module):
    """A function as a module."""

    def __init__(self, function: Callable[..., Any], *layers: nn.Module) -> None:
        super().__init__()
        self.function, self.layers = function, nn.ModuleList(layers)

    def forward(self, *x: Tensor) -> Any:
        return self.function(*self.layers, *x)


def conv(inputs: int, outputs: int, kernel: int = 3, **more: Any) -> nn.Conv2d:
    torch.manual_seed(0)
    return nn.Conv2d(inputs, outputs, kernel, **({"padding": kernel // 2} | more))


def plain(**more: Any) -> nn.Module:
    torch.manual_seed(0)
    return build("plain", {"scale": 2, "channels": 8, "layers": 4} | more).eval()


def twice(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def file(
    path: Path, module: nn.Module, size: tuple[int, int] = (64, 64), *, bands: int = 3, fixed: bool = False
) -> Path:
    path.write_bytes(trace(module, (torch.rand(1, bands, *size),), fixed=fixed))
    return path


def model(path: Path, **said: Any) -> Path:
    """The model file of an ONNX file."""
    made = path.with_suffix(".safetensors")
    store.write(made, *import_onnx(path, **said))
    return made


def test_a_foreign_network_is_measured(tmp_path: Path) -> None:
    module = plain(bands=4, scale=3)
    card, tensors = import_onnx(file(tmp_path / "My Net.onnx", module, bands=4), gsd_m=(1.0, 2.0), licence="CC0")
    assert (card.name, card.title, card.network) == ("my_net", "x3 from My Net.onnx", "onnx")
    assert (card.scale, card.bands, card.band_names) == (3, 4, ())
    assert (card.minimum, card.multiple_of, card.square, card.grid) == (1, 1, False, 1)
    assert card.halo == Halo(exact=5, byte=5, wide=5, byte_error=0.0, wide_error=0.0)
    assert (card.gsd_m, card.licence, card.value_range) == ((1.0, 2.0), "CC0", (0.0, 1.0))
    assert card.macs_per_px == macs_per_px(module)
    assert 4 * 2 * 8 < card.memory_per_px < 2000  # two maps of eight channels at least
    assert tensors["onnx"].numpy().tobytes() == (tmp_path / "My Net.onnx").read_bytes()


@pytest.mark.parametrize("channels", [1, 3])
def test_a_graph_of_any_number_of_bands_is_asked(channels: int, tmp_path: Path) -> None:
    data = trace(Of(lambda c, x: twice(c(x)), conv(channels, channels)), (torch.rand(1, channels, 64, 64),))
    written = onnx.load_model_from_string(data)
    written.graph.input[0].type.tensor_type.shape.dim[1].dim_param = "bands"
    onnx.save(written, tmp_path / "m.onnx")
    card, _ = import_onnx(tmp_path / "m.onnx")
    assert (card.bands, card.halo.exact) == (channels, 1)


def test_deep_networks_get_the_smallest_halo_whose_error_cannot_be_seen(tmp_path: Path) -> None:
    torch.manual_seed(0)
    module = build("lkdn", {"scale": 2, "features": 8, "attention": 8, "blocks": 4}).eval()
    card, _ = import_onnx(file(tmp_path / "m.onnx", module))
    halo = card.halo
    assert halo.exact == module.radius == 51  # by its kernels
    assert (halo.byte, halo.wide) == (16, 32)
    assert halo.byte_error is not None and halo.wide_error is not None
    assert 0 <= halo.wide_error <= halo.byte_error <= 0.15


def unshuffled(layer: nn.Module, x: Tensor) -> Tensor:
    return functional.pixel_shuffle(layer(functional.pixel_unshuffle(x, 4)), 8)


def test_a_graph_that_takes_multiples_of_four_gets_a_grid_of_four(make: Make, tmp_path: Path) -> None:
    path = file(tmp_path / "m.onnx", Of(unshuffled, conv(48, 192)))
    card, _ = import_onnx(path)
    assert (card.minimum, card.multiple_of, card.grid) == (4, 4, 4)
    assert card.halo.exact == 8  # a pixel reaches into the next block of four: 7, on the grid 8
    pixels = pattern(3, 150, 141, "float32") / 300 + 0.5
    loaded = load_model(str(model(path)))
    assert loaded(pixels).shape == (3, 300, 282)
    source = make("in.tif", (pixels * 255).clip(0, 255).astype(np.uint8))
    rs_sr.super_resolve(source, tmp_path / "a.tif", model=str(path.with_suffix(".safetensors")), tile=128)
    rs_sr.super_resolve(source, tmp_path / "b.tif", model=str(path.with_suffix(".safetensors")), tile=256)
    with rasterio.open(tmp_path / "a.tif") as a, rasterio.open(tmp_path / "b.tif") as b:
        np.testing.assert_array_equal(a.read(), b.read())


def test_a_graph_for_squares_gets_squares(tmp_path: Path) -> None:
    card, _ = import_onnx(file(tmp_path / "m.onnx", Of(lambda x: twice(x + 1e-6 * x.transpose(2, 3)))))
    assert (card.square, card.multiple_of, card.minimum) == (True, 1, 1)
    out = load_model(str(model(tmp_path / "m.onnx")))(np.random.default_rng(0).random((3, 20, 31), np.float32))
    assert out.shape == (3, 40, 62)


def pooled(layer: nn.Module, x: Tensor) -> Tensor:
    return twice(x + 0.01 * functional.interpolate(functional.max_pool2d(layer(x), 7, stride=3), x.shape[2:]))


def test_a_graph_that_breaks_on_small_pictures_gets_a_minimum(tmp_path: Path) -> None:
    """The engine even ends the process, with a division by zero."""
    path = file(tmp_path / "m.onnx", Of(pooled, conv(3, 3, stride=2)))
    card, _ = import_onnx(path)
    assert 9 <= card.minimum <= 13  # 13 fill the 7 pixels that are pooled; from 8 on the pool is empty
    assert load_model(str(model(path)))(np.ones((3, 5, 9), np.float32)).shape == (3, 10, 18)


def test_what_pools_over_the_picture_has_no_exact_halo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path / "m.onnx", Of(lambda x: twice(x * (0.5 + x.mean((2, 3), keepdim=True)))))
    assert cli.run(["import", str(path), "-o", str(tmp_path / "m.safetensors")]) == 0
    card = store.read_card(tmp_path / "m.safetensors")
    assert card.halo.exact is None and card.halo.byte == 96
    assert card.halo.byte_error is not None and card.halo.byte_error > 0.15
    said = f"where tiles meet, results differ by up to {card.halo.byte_error:g} grey levels of 255"
    assert said in capsys.readouterr().err


def test_values_of_0_to_255_are_scaled_in_and_back(make: Make, tmp_path: Path) -> None:
    module = plain()
    one = model(file(tmp_path / "one.onnx", module))
    path = file(tmp_path / "many.onnx", Of(lambda m, x: 255 * m(x / 255), module))
    made = tmp_path / "many.safetensors"
    assert cli.run(["import", str(path), "-o", str(made), "--range", "0", "255"]) == 0
    assert store.read_card(made).value_range == (0.0, 255.0)
    assert store.read_card(made).halo.exact == 5
    source = make("in.tif", pattern(3, 60, 70, "uint16"))
    results = []
    for name in (one, made):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(name), overwrite=True)
        with rasterio.open(tmp_path / "o.tif") as out:
            results.append(out.read().astype(int))
    assert np.abs(results[0] - results[1]).max() <= 1 and results[0].std() > 1000
    pixels = np.random.default_rng(0).random((3, 20, 20), np.float32)
    many, once = load_model(str(made))(255 * pixels), load_model(str(one))(pixels)  # in the card's own values
    np.testing.assert_allclose(many, 255 * once, atol=1e-3)


def test_a_graph_that_holds_for_the_size_it_was_traced_at_is_refused(tmp_path: Path) -> None:
    grid = torch.linspace(0.3, 1, 75 * 75).reshape(75, 75)
    path = file(tmp_path / "m.onnx", Of(lambda x: twice(x * grid.repeat(6, 6)[: x.shape[2], : x.shape[3]])))
    with pytest.raises(ModelError, match=r"depend on the picture's size, by up to .* of 255 grey levels"):
        import_onnx(path)


@pytest.mark.parametrize("size", [(48, 64), (32, 32)])
def test_a_fixed_size_works_through_the_same_tiling(size: tuple[int, int], make: Make, tmp_path: Path) -> None:
    module = plain()
    free, fixed = (
        model(file(tmp_path / "free.onnx", module)),
        model(file(tmp_path / "f.onnx", module, size, fixed=True)),
    )
    card = store.read_card(fixed)
    assert card.arguments == {"size": list(size), "overlap": 5}
    assert card.halo == Halo(exact=5, byte=5, wide=5, byte_error=0.0, wide_error=0.0)
    assert card.macs_per_px > store.read_card(free).macs_per_px  # what overlaps is computed twice
    source = make("in.tif", pattern(3, 180, 200, "uint8"))  # no tile is smaller than the fixed size
    results = []
    for name in (free, fixed):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(name), tile=128, overwrite=True)
        with rasterio.open(tmp_path / "o.tif") as out:
            results.append(out.read().astype(int))
    assert np.abs(results[0] - results[1]).max() <= 1
    small = make("small.tif", pattern(3, 20, 30, "uint8"))  # less than the fixed size
    rs_sr.super_resolve(small, tmp_path / "s.tif", model=str(fixed))
    with rasterio.open(tmp_path / "s.tif") as out:
        assert out.shape == (40, 60)


def test_a_fixed_size_without_a_bound_is_measured_inside_it(tmp_path: Path) -> None:
    module = Of(lambda c, x: twice(x + 0.1 * c(x) * x.mean((2, 3), keepdim=True)), conv(3, 3))
    card, _ = import_onnx(file(tmp_path / "m.onnx", module, (64, 64), fixed=True))
    assert (card.halo.exact, card.arguments) == (None, {"size": [64, 64], "overlap": card.halo.wide})
    assert card.halo.wide <= 24 and card.halo.byte_error is not None and card.halo.byte_error > 0


def test_a_loaded_model_is_callable_and_checked(tmp_path: Path) -> None:
    module = plain()
    loaded = load_model(str(model(file(tmp_path / "m.onnx", module))))
    assert (loaded.module, loaded.scale) == (None, 2)
    pixels = np.random.default_rng(0).random((3, 33, 21))
    with torch.no_grad():
        wanted = module(torch.from_numpy(pixels).float()[None])[0].numpy()
    assert np.abs(loaded(pixels) - wanted).max() < 1e-5
    with pytest.raises(RequestError, match="model m takes 3 bands"):
        loaded(pixels[:2])


def test_a_cancel_is_obeyed_between_windows_of_a_fixed_size(tmp_path: Path) -> None:
    path = model(file(tmp_path / "m.onnx", plain(), (32, 32), fixed=True))
    asked = 0

    def check() -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        load_graph(Entry(store.read_card(path), path, "file"), check)(np.zeros((3, 100, 100), np.float32))
    assert asked == 3


def test_measuring_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path / "m.onnx", plain())
    monkeypatch.setattr(cli.Interrupt, "__call__", lambda self: True)
    assert cli.run(["import", str(path), "-o", str(tmp_path / "m.safetensors")]) == 130
    assert [p.name for p in tmp_path.iterdir()] == ["m.onnx"]


SINGLE: list[tuple[str, nn.Module, int, str]] = [
    ("scale", Of(lambda x: x * 2), 3, "makes pictures 1 times as large; give one for 2, 3 or 4 times"),
    ("eight", Of(lambda x: twice(twice(twice(x)))), 3, "makes pictures 8 times as large; give one for 2, 3 or 4 times"),
    (
        "uneven",
        Of(lambda x: functional.interpolate(x, scale_factor=(2.0, 3.0))),
        3,
        "it makes 106 x 165 pixels of 53 x 55",
    ),
    ("bands", Of(lambda c, x: twice(c(x)), conv(3, 1)), 3, "it makes 1 bands of 3"),
    ("class", Of(lambda x: x.mean((2, 3))), 3, "its output is (1, 3), not (1, band, y, x)"),
    ("two", Of(lambda x: (twice(x), x)), 3, "has 1 inputs and 2 outputs; give a graph from one picture to one"),
]


@pytest.mark.parametrize(("name", "module", "bands", "said"), SINGLE, ids=[s[0] for s in SINGLE])
def test_what_is_no_super_resolution_is_refused(
    name: str, module: nn.Module, bands: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path / "m.onnx", module, bands=bands)
    assert cli.run(["import", str(path), "-o", str(tmp_path / "m.safetensors")]) == 4
    told = capsys.readouterr().err
    assert said in told and len(told.strip().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["m.onnx"]


def graph(kind: int, shape: list[int | str], nodes: list[Any] | None = None, **more: Any) -> Any:
    """A model from one input to one output by hand; nothing in between unless `nodes` say."""
    helper = onnx.helper
    nodes = nodes or [helper.make_node("Identity", ["x"], ["y"])]
    ends = [helper.make_tensor_value_info(name, kind, shape) for name in "xy"]
    return helper.make_model(
        helper.make_graph(nodes, "g", ends[:1], ends[1:], **more),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )


def by_hand() -> dict[str, tuple[Any, str]]:
    kinds = onnx.TensorProto
    any_size: list[int | str] = [1, 3, "h", "w"]
    strange = onnx.helper.make_node("Strange", ["x"], ["y"], domain="com.example")
    return {
        "half": (
            graph(kinds.FLOAT16, any_size),
            "the input of m.onnx is float16 with 4 dimensions; export it with float32",
        ),
        "bytes": (graph(kinds.UINT8, any_size), "the input of m.onnx is uint8 with 4 dimensions"),
        "three": (graph(kinds.FLOAT, [3, "h", "w"]), "the input of m.onnx is float with 3 dimensions"),
        "batch": (graph(kinds.FLOAT, [4, 3, "h", "w"]), "m.onnx takes 4 pictures at once; export it with a batch of 1"),
        "custom": (graph(kinds.FLOAT, any_size, [strange]), "m.onnx cannot be run: "),
    }


@pytest.mark.parametrize("name", ["half", "bytes", "three", "batch", "custom"])
def test_an_input_that_no_raster_has_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written, said = by_hand()[name]
    onnx.save(written, "m.onnx")
    with pytest.raises(ModelError) as caught:
        import_onnx("m.onnx")
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("content", [b"", b"hello, I am text\n", b"\0" * 500, b"\x08\x08\x12\xff"])
def test_a_file_that_is_no_onnx_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        import_onnx(path)
    assert str(caught.value) == f"{path} is not an ONNX file, or it is cut off; get it again"
    with pytest.raises(ModelError, match=r"none\.onnx does not exist; check the name"):
        import_onnx(tmp_path / "none.onnx")


def test_weights_in_another_file_are_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on import nor out of a model file, wherever in the graph they are."""
    monkeypatch.chdir(tmp_path)
    written = onnx.load_model_from_string(trace(plain(), (torch.rand(1, 3, 64, 64),)))
    onnx.save(written, "m.onnx", save_as_external_data=True, location="m.bin", size_threshold=0)
    with pytest.raises(ModelError, match=r"m\.onnx keeps its weights in another file; put all into one: python -c"):
        import_onnx("m.onnx")

    outside = onnx.TensorProto(name="w", data_type=onnx.TensorProto.FLOAT, dims=[1], data_location=1)
    outside.external_data.add(key="location", value="secret.bin")
    (tmp_path / "secret.bin").write_bytes(bytes(4))
    branch = onnx.helper.make_graph(
        [onnx.helper.make_node("Constant", [], ["v"], value=outside)], "b", [],
        [onnx.helper.make_tensor_value_info("v", 1, [1])],
    )  # fmt: skip
    yes = onnx.helper.make_tensor("c", onnx.TensorProto.BOOL, [], [True])
    hidden = graph(
        1, [1, 3, "h", "w"],
        [onnx.helper.make_node("If", ["c"], ["k"], then_branch=branch, else_branch=branch),
         onnx.helper.make_node("Add", ["x", "k"], ["y"])],
        initializer=[yes],
    )  # fmt: skip
    card = ModelCard(
        name="m", title="", network="onnx", arguments={"size": None, "overlap": 0}, scale=2, bands=3,
        halo=Halo(exact=0, byte=0, wide=0),
    )  # fmt: skip
    data = torch.frombuffer(bytearray(hidden.SerializeToString()), dtype=torch.uint8)
    store.write("m.safetensors", card, {"onnx": data})
    with pytest.raises(ModelError, match="model m keeps its weights in another file"):
        load_model("m.safetensors")


def test_a_card_that_is_not_the_graphs_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path / "m.onnx", plain())
    made = store.read_card(model(path))
    written = onnx.load(path)
    for scale, bands, said in ((3, 3, "says x3 and 3 bands: it gives x2"), (2, 4, "says x2 and 4 bands: ")):
        false = ModelCard.from_json(
            made.to_json().replace('"scale": 2', f'"scale": {scale}').replace('"bands": 3', f'"bands": {bands}')
        )
        onnx.helper.set_model_props(written, {"rs_sr_card": false.to_json()})
        onnx.save(written, path)
        with pytest.raises(ModelError, match=said):
            import_onnx(path)


def test_a_damaged_model_file_is_refused(tmp_path: Path) -> None:
    path = model(file(tmp_path / "m.onnx", plain()))
    whole = bytearray(path.read_bytes())
    whole[-1] ^= 1
    path.write_bytes(whole)
    with pytest.raises(ModelError, match="is damaged: its tensors do not match its card"):
        load_model(str(path))
    card = ModelCard(
        name="m", title="", network="onnx", arguments={}, scale=2, bands=3, halo=Halo(exact=0, byte=0, wide=0)
    )
    store.write(path, card, {"other": torch.zeros(1)})
    with pytest.raises(ModelError, match="has no ONNX file inside; get it again"):
        load_model(str(path))


def test_range_is_for_onnx_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save(plain().state_dict(), tmp_path / "p.pth")
    words = ["import", str(tmp_path / "p.pth"), "-o", str(tmp_path / "p.safetensors"), "--range", "0", "255"]
    assert cli.run(words) == 2
    assert "--range is for ONNX files" in capsys.readouterr().err


def test_an_onnx_file_is_no_model_before_it_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.onnx").touch()
    with pytest.raises(ModelError, match=r"is an ONNX file, not a model file; turn it into one: rs-sr import a\.onnx"):
        load_model("a.onnx")


def test_a_picture_is_continued_by_its_mirror_and_then_its_last_pixel() -> None:
    pixels = np.arange(6, dtype=np.float32).reshape(1, 2, 3)
    expected = [[0, 1, 2, 1, 0, 0], [3, 4, 5, 4, 3, 3], [0, 1, 2, 1, 0, 0], [0, 1, 2, 1, 0, 0]]
    np.testing.assert_array_equal(continued(pixels, 4, 6)[0], expected)
    card = ModelCard(
        name="m", title="", network="onnx", scale=2, bands=1, halo=Halo(exact=0, byte=0, wide=0), minimum=5,
        multiple_of=4, square=True,
    )  # fmt: skip
    assert fitted(pixels, card).shape == (1, 8, 8)
    assert fitted(np.zeros((1, 9, 2), np.float32), card).shape == (1, 12, 12)


@pytest.mark.parametrize("grid", [1, 8])
@pytest.mark.parametrize("length", [64, 72, 128, 200, 640])
def test_windows_of_a_fixed_size_cover_a_side_once_with_their_overlap(length: int, grid: int) -> None:
    size, overlap, done = 64, 16, 0
    for start, first, stop in _strips(length, size, overlap, grid):
        assert start % grid == 0 and 0 <= start <= length - size and first == done < stop
        assert first == 0 or first - start >= overlap
        assert stop == length or start + size - stop >= overlap
        done = stop
    assert done == length
