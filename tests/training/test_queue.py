"""The queue: runs go on after any end, never twice at once, and what they reach is collected."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from rs_sr.models import catalogue, store
from tests.gate import PATIENCE_S
from tests.training import kill_and_resume
from tests.training.test_train import scene
from training import collect, datasets, queue, train
from training.datasets import Tile
from training.lock import alive
from training.log import points

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and forked as on Unix")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    for part in ("train", "val"):
        datasets.pack((Tile(f"field/{i}", scene(i)) for i in range(3)), folder / "ucmerced", part)
    return folder


# the queue as a program, at the priority of the tests: at its own a busy machine would let it wait for long
QUEUE = "import os; os.nice = lambda _: 0; from training import queue; queue.main()"


def program(*arguments: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, cwd=ROOT)


def write(path: Path, **more: Any) -> None:
    """A small recipe beside a list."""
    given = dict(
        name=path.stem, title="small", network="plain", data=["ucmerced"], minutes=1, stages=[[0.0, 1, 8]], lr=1e-3,
        validate_every=4, training_data="generated",
    )  # fmt: skip
    text = "".join(f"{k} = {json.dumps(v)}\n" for k, v in (given | more).items())
    path.write_text(text + "arguments = { scale = 2, channels = 4, layers = 1 }\n")


def listed(folder: Path, **hours: float) -> list[queue.Entry]:
    (folder / "queue.toml").write_text("".join(f"{k} = {v}\n" for k, v in hours.items()))
    return queue.entries(folder / "queue.toml", folder / "runs")


def test_killed_at_any_moment_and_moved_it_ends_with_the_same_weights_and_losses(data: Path, tmp_path: Path) -> None:
    done = program(kill_and_resume.__file__, data, tmp_path)
    assert done.returncode == 0, done.stderr
    whole = tmp_path / "whole"
    want = torch.load(whole / "last.pt", weights_only=True)
    for moment, number in kill_and_resume.MOMENTS:
        folder = tmp_path / "moved" / f"{moment}{number}"
        got = torch.load(folder / "last.pt", weights_only=True)
        for part in ("module", "average"):
            a, b = (s[part] if part == "module" else s[part]["values"] for s in (want, got))
            assert all(torch.equal(v, b[k]) for k, v in a.items()), (moment, number)
        assert torch.equal(want["generator"], got["generator"])
        logs = [[{k: p.get(k) for k in ("iteration", "loss", "psnr", "ssim")} for p in points(f / "log.jsonl")]
                for f in (whole, folder)]  # fmt: skip
        assert logs[0] == logs[1], (moment, number)
        assert (
            store.read_card(folder / "small.safetensors").sha256 == store.read_card(whole / "small.safetensors").sha256
        )
    assert json.loads((whole / "late.json").read_text()) == []  # the clone's code may change while it runs


def test_the_queue_trains_what_it_can_and_tells_what_failed(data: Path, tmp_path: Path) -> None:
    write(tmp_path / "wild.toml", lr=1e30)
    write(tmp_path / "lost.toml", data=["nowhere"])
    write(tmp_path / "well.toml")
    given = ("--list", tmp_path / "queue.toml", "--data", data, "--runs", tmp_path / "runs")
    listed(tmp_path, wild=1, lost=1, well=0.0003)
    done = program("-c", QUEUE, *given, "--cores", 2)
    assert done.returncode == 0, done.stderr
    assert "50 losses in a row are out of bounds" in (tmp_path / "runs/wild/failed.txt").read_text()
    assert (tmp_path / "runs/well/well.safetensors").exists()
    said = program("-c", QUEUE, *given, "--status").stdout
    states = {line.split()[0]: line.split()[1] for line in said.splitlines() if line.split()[:1] != []}
    assert (states["wild"], states["lost"], states["well"]) == ("failed", "failed", "done")
    assert "nowhere holds no packed train tiles" in said


def test_a_stopped_queue_saves_and_the_next_goes_on_from_there(data: Path, tmp_path: Path) -> None:
    write(tmp_path / "long.toml")
    (entry,) = listed(tmp_path, long=1)
    command = [sys.executable, "-c", QUEUE, "--list", tmp_path / "queue.toml", "--data", data, "--runs",
               tmp_path / "runs"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([str(c) for c in command], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not points(entry.folder / "log.jsonl"):
            assert process.poll() is None
            time.sleep(0.1)
        assert alive(entry.folder)
        assert queue.table([entry]).splitlines()[1].split()[:2] == ["long", "training"]
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0
    assert not alive(entry.folder)
    state = queue.progress_of(entry.folder / "last.pt")
    assert state is not None and state["iteration"] >= points(entry.folder / "log.jsonl")[-1]["iteration"]
    assert 0 < entry.hours() < 1 and not entry.done()


def test_a_run_belongs_to_the_process_that_holds_its_lock(data: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / f"{name}.toml")
    every = listed(tmp_path, one=1, two=1)
    text = "import pathlib, sys; from training.lock import Lock; lock = Lock(pathlib.Path(sys.argv[1])); "
    text += "print('held' if lock.take() else 'taken', flush=True); sys.stdin.read()"
    hold = [sys.executable, "-c", text, str(every[0].folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(hold, env=environment, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        assert alive(every[0].folder)
        chosen = queue.ready(every, set(), 0)
        assert chosen is not None and chosen.name == "two"
        with pytest.raises(SystemExit, match="another process trains in"):
            cpu = torch.device("cpu")
            train.train(every[0].recipe, data, tmp_path / "runs", resume=True, minutes=None, device=cpu)
        other.kill()
    assert not alive(every[0].folder)
    chosen = queue.ready(every, set(), 0)
    assert chosen is not None and chosen.name == "one"


def test_what_starts_from_another_waits_for_it_unless_nothing_else_is_left(tmp_path: Path) -> None:
    write(tmp_path / "child.toml", start="parent")
    write(tmp_path / "parent.toml")
    write(tmp_path / "other.toml")
    every = listed(tmp_path, child=1, parent=1, other=1)
    mine: set[str] = set()
    order = []
    while (entry := queue.ready(every, mine, 0)) is not None:
        order.append(entry.name)
        mine.add(entry.name)
    assert order == ["parent", "other", "child"]


@pytest.mark.parametrize("text", ["one = 'much'", "one = 0", "one = -1", "one = true", "= 3"])
def test_a_wrong_list_is_told_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "queue.toml").write_text(text)
    with pytest.raises(SystemExit, match=r"hours of one core|cannot be read"):
        queue.entries(tmp_path / "queue.toml", tmp_path)


def test_the_list_of_the_project_names_recipes_that_begin_with_bundled_or_listed_weights() -> None:
    every = queue.entries(queue.LIST, Path("runs"))
    names = {e.name for e in every} | {e.card.name for e in catalogue.list_models()}
    assert {e.recipe.start for e in every} - {""} <= names
    assert all(e.recipe.licence and e.recipe.source == f"training/recipes/{e.name}.toml" for e in every)
    asked = {f"{n}_x{s}" for n in ("lkdn", "lkdn_s", "alkdnet", "lsffnet", "efrdn", "lgun", "plain", "plain_1band")
             for s in (2, 3, 4)} | {"lkdn_s_rgbn_x2", "lkdn_s_rgbn_x4"}  # fmt: skip
    asked |= {f"lkdn_s_told_{bands}x{s}" for bands in ("", "1band_") for s in (2, 3, 4)}
    assert {e.name for e in every} == asked


@pytest.fixture
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty folders in place of the bundled weights and their logs."""
    for name in ("weights", "logs"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(catalogue, "bundled_folder", lambda: tmp_path / "weights")
    monkeypatch.setattr(collect, "LOGS", tmp_path / "logs")
    return tmp_path


def trained(entry: queue.Entry, data: Path, **more: Any) -> None:
    """Its run, by counted steps instead of hours, to the end or part of it."""
    chosen = dataclasses.replace(entry.recipe, minutes=0.0, iterations=12, **more)
    train.train(chosen, data, entry.folder.parent, resume=True, minutes=None, device=torch.device("cpu"))


def test_finished_weights_are_collected_with_full_cards_and_short_logs(data: Path, shelves: Path) -> None:
    write(shelves / "one.toml")
    (entry,) = listed(shelves, one=1)
    assert collect.collect(entry.recipe, entry.folder, data, None) == "not begun"
    trained(entry, data, validate_every=2)
    short = dataclasses.replace(entry.recipe, minutes=1e-9)  # used up
    assert collect.collect(short, entry.folder, data, None).endswith("dB, new: taken, finished")
    card = store.read_card(shelves / "weights" / "one.safetensors")
    assert card.calibration is not None and card.shift_px is not None and "f32" in card.precision
    assert [s["data"] for s in card.scores] == [catalogue.VALIDATION] and card.halo.byte_error == 0
    rows = points(shelves / "logs" / "one.jsonl")
    assert rows[-1]["weight"] == card.sha256 and rows[-1]["psnr"] == card.scores[0]["psnr_rgb"]
    assert [p["iteration"] for p in rows] == [2, 4, 6, 8, 10, 12, 12]
    assert collect.collect(short, entry.folder, data, None) == "collected already"
    assert not any(p.suffix == ".pt" for p in shelves.joinpath("weights").iterdir())


def test_an_unfinished_weight_is_collected_if_it_gained_a_tenth_of_a_decibel(data: Path, shelves: Path) -> None:
    write(shelves / "one.toml")
    (entry,) = listed(shelves, one=1)
    trained(entry, data, validate_every=4)
    assert "taken, the best so far" in collect.collect(entry.recipe, entry.folder, data, None)
    shelf = shelves / "weights" / "one.safetensors"
    card, tensors = store.read(shelf)
    (row,) = card.scores
    for better, words in ((0.05, "left out"), (-0.05, "left out"), (-0.15, "taken, the best so far")):
        # as if the bundled weight had been so much better
        scores = ({**row, "psnr_rgb": row["psnr_rgb"] + better},)
        changed = {k: v * 1.0001 for k, v in tensors.items()}
        store.write(shelf, dataclasses.replace(card, scores=scores), changed)
        assert words in collect.collect(entry.recipe, entry.folder, data, None)


def test_where_the_state_is_gone_it_goes_on_from_the_collected_weights(data: Path, shelves: Path) -> None:
    write(shelves / "one.toml")
    (entry,) = listed(shelves, one=1)
    trained(entry, data, validate_every=4)
    collect.collect(entry.recipe, entry.folder, data, None)
    hours = entry.hours()
    shutil.rmtree(entry.folder)
    assert entry.hours() == pytest.approx(hours, rel=0.2) and not entry.done()
    assert collect.recover(entry.recipe, entry.folder)
    state = queue.progress_of(entry.folder / "last.pt")
    _, tensors = store.read(shelves / "weights" / "one.safetensors")
    assert state is not None and state["iteration"] == state["begun"] == 12
    assert all(torch.equal(state["module"][k], v) for k, v in tensors.items())
    other = dataclasses.replace(entry.recipe, lr=0.5)  # its weights are of another recipe
    assert collect.collected(other) is None and not collect.recover(other, shelves / "elsewhere")
    card, tensors = store.read(shelves / "weights" / "one.safetensors")
    store.write(shelves / "weights" / "one.safetensors", card, {k: 2 * v for k, v in tensors.items()})
    assert collect.collected(entry.recipe) is None  # the log is of another weight


def test_a_start_is_the_newest_there_is(data: Path, shelves: Path) -> None:
    write(shelves / "parent.toml")
    write(shelves / "child.toml", start="parent")
    parent, child = every = listed(shelves, parent=1, child=1)
    assert queue.start_of(child, every).start == "parent"  # bundled, or an error in words
    trained(parent, data, validate_every=4)
    assert queue.start_of(child, every).start == str(parent.weights)
    parent.weights.unlink()
    child.folder.mkdir(parents=True)
    found = Path(queue.start_of(child, every).start)
    best = torch.load(parent.folder / "best.pt", weights_only=True)["average"]["values"]
    assert all(torch.equal(v, best[k]) for k, v in store.read(found)[1].items())
