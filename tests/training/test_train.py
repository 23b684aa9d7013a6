"""The trainer: every recipe runs, one overfits, an interrupted run equals an uninterrupted one."""

from __future__ import annotations

import dataclasses
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

import rs_sr
from rs_sr.models import store
from rs_sr.models.making import card_of
from rs_sr.networks import build
from training import datasets, log, recipe, train
from training.datasets import Tile
from training.patches import Patches
from training.recipe import Recipe
from training.state import Run
from training.transfer import to_scale

RECIPES = sorted(Path(recipe.__file__).with_name("recipes").rglob("*.toml"))
CPU = torch.device("cpu")


def scene(seed: int, side: int = 96, bands: int = 3) -> np.ndarray[Any, Any]:
    """Fields with edges, (bands, side, side) uint8."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side]
    planes = [(np.sin(x / 5 + b) + ((x // 12 + y // 9) % 2) + 0.1 * rng.standard_normal(x.shape)) for b in range(bands)]
    values = np.stack(planes)
    return ((values - values.min()) / np.ptp(values) * 255).astype(np.uint8)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packed sets of generated tiles under every name that a recipe uses."""
    folder = tmp_path_factory.mktemp("packed")
    names = {n for path in RECIPES for n in recipe.read(path).data} | {"ucmerced"}
    for name in names:
        for part in ("train", "val"):
            bands = 4 if name == "naip4" else 3
            tiles: Iterator[Tile] = (Tile(f"field/{i}", scene(i, bands=bands)) for i in range(3))
            datasets.pack(tiles, folder / name, part)
    return folder


def small(**more: Any) -> Recipe:
    given: dict[str, Any] = dict(
        name="small", title="small", network="plain", arguments={"scale": 2, "channels": 8, "layers": 2},
        data=["ucmerced"], iterations=12, stages=[[0.0, 2, 8], [0.5, 1, 12]], validate_every=5, bf16=False,
        training_data="generated",
    )  # fmt: skip
    return Recipe(**(given | more))


def run(chosen: Recipe, data: Path, out: Path, **more: Any) -> bool:
    return train.train(chosen, data, out, **({"resume": False, "minutes": None, "device": CPU} | more))


@pytest.mark.parametrize("path", RECIPES, ids=lambda p: p.stem)
def test_each_recipe_takes_two_steps(path: Path, data: Path, tmp_path: Path) -> None:
    chosen = recipe.read(path)
    assert chosen.name == path.stem
    start = ""
    if chosen.start:
        parent = recipe.read(path.with_name(f"{chosen.start}.toml"))
        module = build(parent.network, parent.arguments)
        start = str(tmp_path / "start.safetensors")
        card = card_of(parent.network, parent.arguments, module, name="start", title="start")
        store.write(start, card, module.state_dict())
    short = dataclasses.replace(
        chosen, iterations=2, minutes=0.0, stages=[[0.0, 1, 12]], validate_every=2, validation_tiles=1, start=start
    )
    assert run(short, data, tmp_path)
    lines = (tmp_path / chosen.name / "log.jsonl").read_text().splitlines()
    assert all(np.isfinite(json.loads(line)["psnr"]) for line in lines)
    model = rs_sr.load_model(str(tmp_path / chosen.name / f"{chosen.name}.safetensors"))
    assert (model.card.scale, model.card.training_data) == (chosen.scale, chosen.training_data)
    assert Image.open(tmp_path / chosen.name / "report.png").width > 500


def test_it_overfits_one_tile(tmp_path: Path) -> None:
    datasets.pack(iter([Tile("a/1", scene(1))]), tmp_path / "ucmerced", "train")
    datasets.pack(iter([Tile("a/1", scene(1))]), tmp_path / "ucmerced", "val")
    chosen = small(iterations=400, stages=[[0.0, 4, 16]], lr=5e-3, ema=0.98, validate_every=50,
                   arguments={"scale": 2, "channels": 16, "layers": 3})  # fmt: skip
    assert run(chosen, tmp_path, tmp_path / "runs")
    points = [json.loads(line) for line in (tmp_path / "runs/small/log.jsonl").read_text().splitlines()]
    bicubic = 23.0
    assert points[-1]["psnr"] > points[0]["psnr"] + 1 and points[-1]["psnr"] > bicubic


@pytest.mark.parametrize("optimizer", ["adam", "adan"])
def test_interrupted_and_resumed_equals_uninterrupted(data: Path, tmp_path: Path, optimizer: str) -> None:
    chosen = small(optimizer=optimizer, betas=[0.98, 0.92, 0.99] if optimizer == "adan" else [0.9, 0.99])
    assert run(chosen, data, tmp_path / "whole")
    real, calls = train.step, 0

    def broken(*arguments: Any) -> float:
        nonlocal calls
        calls += 1
        if calls == 8:  # three steps after the last checkpoint
            raise ConnectionError
        return real(*arguments)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(ConnectionError):
        patch.setattr(train, "step", broken)
        run(chosen, data, tmp_path / "parts")
    assert run(chosen, data, tmp_path / "parts", resume=True)
    whole, parts = (torch.load(tmp_path / n / "small" / "last.pt", weights_only=True) for n in ("whole", "parts"))
    for key, value in whole["module"].items():
        assert torch.equal(value, parts["module"][key])
    assert torch.equal(whole["generator"], parts["generator"])
    files = [tmp_path / n / "small" / "small.safetensors" for n in ("whole", "parts")]
    assert store.read_card(files[0]).sha256 == store.read_card(files[1]).sha256


def test_it_stops_after_the_asked_minutes_and_goes_on(data: Path, tmp_path: Path) -> None:
    assert not run(small(), data, tmp_path, minutes=0.0)
    assert not (tmp_path / "small" / "small.safetensors").exists()
    with pytest.raises(SystemExit, match="holds a run: give --resume"):
        run(small(), data, tmp_path)
    with pytest.raises(SystemExit, match="is of another recipe"):
        run(small(lr=0.5), data, tmp_path, resume=True)
    assert run(small(), data, tmp_path, resume=True)


@pytest.mark.parametrize("has", [True, False])
def test_bf16_is_used_where_the_processor_has_it(
    has: bool, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[torch.dtype] = set()
    forward = nn.Conv2d.forward

    def watched(layer: nn.Conv2d, x: Tensor) -> Tensor:
        out = forward(layer, x)
        if layer.training:
            seen.add(out.dtype)
        return out

    monkeypatch.setattr(train.fast, "has_bf16", lambda device: has)
    monkeypatch.setattr(nn.Conv2d, "forward", watched)
    run(small(iterations=1, bf16=True), data, tmp_path)
    assert seen == {torch.bfloat16 if has else torch.float32}


def test_ctrl_c_ends_a_run_after_the_step_at_hand_and_is_given_back(data: Path, tmp_path: Path) -> None:
    real, before = train.step, signal.getsignal(signal.SIGINT)

    def pressed(run: Any, *arguments: Any) -> float:
        signal.raise_signal(signal.SIGINT)
        return real(run, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "step", pressed)
        assert not run(small(), data, tmp_path)
    assert signal.getsignal(signal.SIGINT) is before
    assert torch.load(tmp_path / "small" / "last.pt", weights_only=True)["iteration"] == 1


def test_a_run_that_begins_anew_far_on_has_a_hundred_steps_to_know_its_losses() -> None:
    begun = Run(small(guard=3.0), CPU)
    begun.iteration = begun.begun = 5000
    for _ in range(101):
        assert train.guarded(begun, 0.1)
        begun.iteration += 1
    assert begun.mean_loss == pytest.approx(0.1)
    assert not train.guarded(begun, 0.4)


def test_a_loss_out_of_bounds_ends_the_run_in_words(data: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="50 losses in a row are out of bounds"):
        run(small(lr=1e30, iterations=400), data, tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lerning_rate = 1", "unknown keys lerning_rate"),
        ("lr = 'fast'", "lr must be float, it is 'fast'"),
        ("iterations = 5", "give it a budget, either iterations or minutes"),
        ("schedule = 'wild'", "schedule is 'wild'; choose from cosine, step, constant"),
        ("= 3", "cannot be read"),
    ],
)
def test_a_wrong_recipe_is_told_in_words(tmp_path: Path, text: str, words: str) -> None:
    right = RECIPES[0].read_text()
    name = text.split(" = ")[0]
    kept = "\n".join(line for line in right.splitlines() if not name or not line.startswith(f"{name} ="))
    (tmp_path / "r.toml").write_text(f"{kept}\n{text}\n")
    with pytest.raises(SystemExit, match=words):
        recipe.read(tmp_path / "r.toml")


def test_a_corrupt_or_small_image_is_named_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Images" / "beach"
    folder.mkdir(parents=True)
    for number in (0, 45, 50):
        Image.fromarray(np.moveaxis(scene(number), 0, 2)).save(folder / f"beach{number:02}.png")
    Image.new("RGB", (20, 20)).save(folder / "beach01.png")
    (folder / "beach02.png").write_bytes(b"\x89PNG no")
    train_files = datasets.find(tmp_path, "ucmerced", "train")
    kept = list(datasets.decode(train_files))
    assert [t.name for t in kept] == ["beach/beach00"]
    said = capsys.readouterr().err
    assert "beach01.png is 20 x 20, smaller than 64" in said and "beach02.png cannot be read" in said
    assert [p.stem for p in datasets.find(tmp_path, "ucmerced", "test")] == ["beach50"]


@pytest.mark.parametrize(
    ("layout", "names", "parts"),
    [
        ("rsscn7", ("a001", "a026", "a150", "a151", "a155", "a156"), ("train", "test", "test", "val", "val", "train")),
        ("aid", ("airport_1", "airport_4", "airport_5", "airport_25"), ("test", "val", "train", "train")),
        ("ucmerced", ("beach44", "beach45", "beach50"), ("train", "val", "test")),
    ],
)
def test_splits_are_by_number(layout: str, names: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert tuple(datasets.LAYOUTS[layout](Path(f"{n}.jpg")) for n in names) == parts


def test_packed_tiles_come_back_in_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "SHARD_BYTES", 60_000)
    tiles = [Tile(f"x/{i}", scene(i, 64 + 3 * i)) for i in range(6)]
    datasets.pack(iter(tiles), tmp_path, "train")
    assert len(list(tmp_path.glob("train-*.npz"))) > 1
    for a, b in zip(tiles, datasets.load(tmp_path, "train"), strict=True):
        assert a.name == b.name
        np.testing.assert_array_equal(a.pixels, b.pixels)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_patches_are_aligned_and_turned_together(scale: int) -> None:
    y, x = np.mgrid[:120, :120]
    tile = Tile("ramp", np.stack([x * 2, y * 2, 255 - x - y]).astype(np.uint8))
    patches = Patches(
        [tile], scale=scale, degradation="bicubic", largest=8, mix_bands=False, device=CPU,
        generator=torch.Generator().manual_seed(0),
    )  # fmt: skip
    low, high = patches.draw(64, 8)
    assert low.shape == (64, 3, 8, 8) and high.shape == (64, 3, 8 * scale, 8 * scale)
    means = torch.nn.functional.avg_pool2d(high, scale)
    assert float((low - means)[..., 1:-1, 1:-1].abs().max()) < 1.01 / 255
    slopes = {(round(float(p[0, 0, 1] - p[0, 0, 0]) * 255), round(float(p[0, 1, 0] - p[0, 0, 0]) * 255)) for p in high}
    assert slopes == {(2, 0), (-2, 0), (0, 2), (0, -2)}


def test_one_band_is_a_band_or_a_mix() -> None:
    flat = np.stack([np.full((64, 64), v, np.uint8) for v in (10, 100, 240)])
    patches = Patches(
        [Tile("flat", flat)], scale=2, degradation="bicubic", largest=8, mix_bands=True, device=CPU,
        generator=torch.Generator().manual_seed(0),
    )  # fmt: skip
    low, high = patches.draw(200, 8)
    values = high[:, 0, 0, 0] * 255
    assert low.shape[1] == 1 and torch.allclose(low[:, 0, 0, 0], high[:, 0, 0, 0], atol=1e-5)
    alone = sum(int(torch.isclose(values, torch.tensor(float(v)), atol=0.01).sum()) for v in (10, 100, 240))
    assert 70 < alone < 130 and 10 <= float(values.min()) and float(values.max()) <= 240


def test_another_scale_starts_from_the_same_body() -> None:
    four = build("plain", {"scale": 4, "channels": 8, "layers": 2})
    two = build("plain", {"scale": 2, "channels": 8, "layers": 2})
    to_scale(two, four.state_dict(), 4, 3)
    assert torch.equal(two.body[0].weight, four.body[0].weight)
    corner = four.tail.weight[:16].reshape(4, 4, -1)[:2, :2].mean((0, 1))
    assert torch.allclose(two.tail.weight[0].flatten(), corner)
    with pytest.raises(
        SystemExit, match=r"tail.weight is \(48, 8, 3, 3\) in the weights to start from, not \(12, 16, 3, 3\)"
    ):
        to_scale(build("plain", {"scale": 2, "channels": 16, "layers": 1}), four.state_dict() | {
            "body.0.weight": torch.zeros(16, 3, 3, 3)}, 4, 3)  # fmt: skip


NETWORKS = {
    "plain": {"channels": 8, "layers": 2}, "lkdn": {"features": 8, "attention": 8, "blocks": 1},
    "lkdn training form": {"features": 8, "attention": 8, "blocks": 1, "reparameterised": True},
    "alkdnet": {"features": 16, "blocks": 1}, "lsffnet": {"features": 16, "blocks": 1},
    "efrdn": {}, "lgun": {"features": 32, "shallow": 1, "deep": 1},
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_one_band_and_four_start_from_three(name: str) -> None:
    """A grey picture gives one band the mean of what it gave three; a fourth band leaves the three as they are."""
    network, arguments = name.split()[0], NETWORKS[name] | {"scale": 2}
    torch.manual_seed(3)
    three = build(network, arguments | {"bands": 3}).eval()
    for bands in (1, 4):
        other = build(network, arguments | {"bands": bands}).eval()
        to_scale(other, three.state_dict(), 2, 3)
        grey = torch.rand(2, 1, 24, 24)
        colour = torch.rand(2, 4, 24, 24)
        with torch.no_grad():
            mean = three(grey.expand(-1, 3, -1, -1)).mean(1, keepdim=True)
            torch.testing.assert_close(other(grey.expand(-1, bands, -1, -1))[:, -1:], mean, atol=1e-5, rtol=1e-4)
            if bands == 4:
                torch.testing.assert_close(other(colour)[:, :3], three(colour[:, :3]), atol=1e-5, rtol=1e-4)


def test_scale_and_bands_change_together_and_fewer_bands_than_one_of_three_are_refused() -> None:
    three = build("plain", {"scale": 4, "channels": 8, "layers": 2})
    one = build("plain", {"scale": 2, "bands": 1, "channels": 8, "layers": 2})
    to_scale(one, three.state_dict(), 4, 3)
    corner = three.tail.weight.reshape(3, 4, 4, -1)[:, :2, :2].mean((0, 1, 2))
    assert torch.allclose(one.tail.weight[0].flatten(), corner)
    two = build("plain", {"scale": 4, "bands": 2, "channels": 8, "layers": 2})
    with pytest.raises(SystemExit, match="weights for 3 bands cannot start a network for 2"):
        to_scale(two, three.state_dict(), 4, 3)


def test_a_run_goes_on_when_words_or_the_budget_change_and_says_what_else_did(data: Path, tmp_path: Path) -> None:
    assert not run(small(), data, tmp_path, minutes=0.0)
    words = "its lr was the default, now it is 0.5; its seed was the default, now it is 7"
    with pytest.raises(SystemExit, match=words):
        run(small(lr=0.5, seed=7), data, tmp_path, resume=True)
    other = small(title="other", licence="CC0-1.0", training_data="mine", sensor="mine", gsd_m=[1.0, 1.0], iterations=4,
                  validate_every=2, validation_tiles=2, start="a model that is gone")  # fmt: skip
    assert run(other, data, tmp_path, resume=True)
    longer = dataclasses.replace(other, iterations=8)
    assert run(longer, data, tmp_path, resume=True)
    rows = log.points(tmp_path / "small" / "log.jsonl")
    assert [p["iteration"] for p in rows] == [2, 4, 6, 8, 8]


def test_a_damaged_checkpoint_gives_way_to_the_best_one(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = small(iterations=6)
    assert run(chosen, data, tmp_path)
    folder = tmp_path / "small"
    want = store.read_card(folder / "small.safetensors").sha256
    (folder / "last.pt").write_bytes((folder / "last.pt").read_bytes()[:1000])
    assert run(chosen, data, tmp_path, resume=True)
    assert "last.pt cannot be read" in capsys.readouterr().err
    assert store.read_card(folder / "small.safetensors").sha256 == want
    for name in ("last.pt", "best.pt"):
        (folder / name).write_bytes(b"")
    with pytest.raises(SystemExit, match=r"no checkpoint in .* can be read: remove the folder"):
        run(chosen, data, tmp_path, resume=True)


def test_something_is_saved_before_the_first_validation(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "FIRST_SAVE_S", 0.0)
    assert train.SAVE_EVERY_S <= 180
    saved: list[int] = []
    real = train.save
    monkeypatch.setattr(train, "save", lambda one, path: (saved.append(one.iteration), real(one, path)))
    run(small(validate_every=1000), data, tmp_path)
    assert saved[0] <= 2


def test_a_card_says_of_a_users_model_what_its_recipe_says(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(small(), data, tmp_path)
    said = capsys.readouterr().out
    card = store.read_card(tmp_path / "small" / "small.safetensors")
    assert (card.licence, card.source, card.gsd_m) == ("", "", None)
    assert "nan" not in said and "on all 3 tiles" in said
    run(small(name="told", licence="CC0-1.0", source="here", band_names=["a", "b", "c"]), data, tmp_path)
    card = store.read_card(tmp_path / "told" / "told.safetensors")
    assert (card.licence, card.source, card.band_names) == ("CC0-1.0", "here", ("a", "b", "c"))
    shipped = recipe.read(RECIPES[0])
    assert (shipped.licence, shipped.source) == ("MIT", f"training/recipes/{RECIPES[0].name}")


def test_from_is_for_the_beginning_alone(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"{k} = {json.dumps(v)}\n" for k, v in dataclasses.asdict(small()).items() if k != "arguments")
    (tmp_path / "small.toml").write_text(text + "arguments = { scale = 2, channels = 8, layers = 2 }\n")
    module = build("plain", {"scale": 4, "channels": 8, "layers": 2})
    card = card_of("plain", {"scale": 4, "channels": 8, "layers": 2}, module, name="start", title="start")
    store.write(tmp_path / "start.safetensors", card, module.state_dict())
    given = [
        "train",
        str(tmp_path / "small.toml"),
        "--data",
        str(data),
        "--out",
        str(tmp_path / "runs"),
        "--device",
        "cpu",
    ]
    monkeypatch.setattr("sys.argv", [*given, "--from", str(tmp_path / "start.safetensors"), "--minutes", "0"])
    with pytest.raises(SystemExit, match="3"):
        train.main()
    (tmp_path / "start.safetensors").unlink()
    monkeypatch.setattr("sys.argv", [*given, "--resume"])
    with pytest.raises(SystemExit, match="0"):
        train.main()


@pytest.mark.parametrize(
    ("layout", "name"),
    [("rsscn7", "airport_1"), ("rsscn7", "beach07"), ("aid", "a001"), ("ucmerced", "a001"), ("naip4", "beach07")],
)
def test_images_of_another_data_set_are_refused_by_their_names(tmp_path: Path, layout: str, name: str) -> None:
    for number in (name, name[:-1] + "8"):
        Image.new("RGB", (64, 64)).save(tmp_path / f"{number}.png")
    with pytest.raises(SystemExit, match=rf"2 of 2 images in .* are not named as those of {layout} .*as {name}.png"):
        datasets.find(tmp_path, layout, "train")


def test_four_bands_are_packed_with_the_infrared_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pixels = scene(1, 64, bands=4)
    for place, year in (("chico", 2018), ("chico", 2020), ("eureka", 2020)):
        Image.fromarray(np.moveaxis(pixels, 0, 2)).save(tmp_path / f"{place}_{year}_3.tif")
    Image.new("RGB", (64, 64)).save(tmp_path / "eureka_2020_4.tif")
    found = {part: datasets.find(tmp_path, "naip4", part) for part in ("train", "val", "test")}
    assert found["test"] == [] and len({p for p in ("train", "val") for f in found[p] if "chico" in f.name}) == 1
    tiles = list(datasets.decode(found["train"] + found["val"], bands=4))
    assert len(tiles) == 3 and all(np.array_equal(t.pixels, pixels) for t in tiles)
    assert "eureka_2020_4.tif cannot be read (it has 3 bands of uint8, not 4 of uint8)" in capsys.readouterr().err


def test_a_stop_is_asked_for_once_or_twice_and_ctrl_c_again_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    stop = log.Stop()
    stop._ask(signal.SIGINT, None)
    stop._ask(signal.SIGTERM, None)  # the queue passes on what the terminal has told its processes too
    assert stop.asked
    with pytest.raises(KeyboardInterrupt):
        stop._ask(signal.SIGINT, None)
