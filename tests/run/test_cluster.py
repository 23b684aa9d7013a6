"""Tiles made by dask workers: the same bytes as by this process, also when one of them is killed."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil
import pytest
import rasterio
import rioxarray
from rasterio._err import CPLE_AppDefinedError

import rs_sr
from rs_sr.errors import ClusterError, RequestError, SourceError
from rs_sr.options import Options
from rs_sr.report.measure import report
from rs_sr.run import cluster
from tests.conftest import Make, pattern, small_lkdn
from tests.gate import MODEL, PATIENCE_S, Gate, until

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.RsSrWarning")


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0, silence_logs=50
        ) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        yield client


def pixels_of(path: Path) -> np.ndarray:
    with rasterio.open(path) as result:
        return result.read()


def test_two_processes_give_the_same_bits_in_every_format(make: Make, tmp_path: Path, client) -> None:
    source = make("a.tif", pattern(3, 400, 380, "uint8"), nodata=9)
    options = {"model": str(small_lkdn(tmp_path)), "tile": 128, "threads": 1, "range": (0, 255)}
    rs_sr.super_resolve(source, tmp_path / "one.tif", **options)
    want = pixels_of(tmp_path / "one.tif")
    for name in ("two.tif", "two.vrt", "two.zarr"):
        result = rs_sr.super_resolve(source, tmp_path / name, client=client, **options)
        path = tmp_path / name / "image.vrt" if name.endswith(".zarr") else tmp_path / name
        np.testing.assert_array_equal(pixels_of(path), want)
        assert result.consistency["mean_error"][0] is not None
        assert result.bottleneck is None and "all" in result.stages
    # a part that begins amid a chunk is written by one process alone
    part = {"window": (37, 51, 200, 180)}
    rs_sr.super_resolve(source, tmp_path / "part.zarr", client=client, **options, **part)
    np.testing.assert_array_equal(
        pixels_of(tmp_path / "part.zarr" / "image.vrt"), want[:, 2 * 51 : 2 * 231, 2 * 37 : 2 * 237]
    )
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_expected_errors_come_from_the_workers_too(make: Make, tmp_path: Path, client) -> None:
    source = make("a.tif", pattern(1, 300, 280, "uint8"))
    options = {"model": str(small_lkdn(tmp_path, bands=1)), "tile": 128, "threads": 1}

    def run(name: str, **more) -> tuple[np.ndarray, np.ndarray]:
        errors = tmp_path / f"{name}.u.tif"
        rs_sr.super_resolve(source, tmp_path / name, uncertainty=str(errors), **options, **more)
        path = tmp_path / name / "image.vrt" if name.endswith(".zarr") else tmp_path / name
        assert report(str(source), str(path), uncertainty=str(errors)).doubt["median"] > 0
        return pixels_of(path), pixels_of(errors)

    want = run("one.tif")
    for name, where in (
        ("local.tif", {"cluster": "local:1"}), ("two.vrt", {"client": client}), ("two.zarr", {"client": client}),
    ):  # fmt: skip
        for got, right in zip(run(name, **where), want, strict=True):
            np.testing.assert_array_equal(got, right)


def test_arrays_are_computed_by_the_workers_of_an_active_client(make: Make, tmp_path: Path, client) -> None:
    source = make("a.tif", pattern(1, 300, 280, "uint16"))
    rs_sr.super_resolve(source, tmp_path / "one.tif", model="bicubic", scale=2, tile=128)
    array = rioxarray.open_rasterio(source, chunks={"x": 90, "y": 110})
    with client.as_current():
        made = rs_sr.super_resolve_array(array, model="bicubic", scale=2, tile=128).compute()
    np.testing.assert_array_equal(made.values, pixels_of(tmp_path / "one.tif"))


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Each worker that starts makes two tiles and holds."""
    gate = Gate(tmp_path / "gate", MODEL, through=2)
    for name, value in gate.environment.items():
        monkeypatch.setenv(name, value)
    return gate


@pytest.mark.parametrize("name", ["killed.vrt", "killed.tif"])
def test_a_worker_that_is_killed_costs_time_alone(make: Make, tmp_path: Path, gate: Gate, name: str) -> None:
    source = make("a.tif", pattern(1, 600, 600, "uint8"))
    options = {"model": "bicubic", "tile": 128, "threads": 1}
    killed = []

    def kill() -> bool:
        if gate.holds and not killed:
            killed.append(workers(os.getpid())[0])
            os.kill(killed[0], signal.SIGKILL)
            gate.let()
        return False

    rs_sr.super_resolve(source, tmp_path / name, cluster="local:2", is_cancelled=kill, **options)
    assert killed
    rs_sr.super_resolve(source, tmp_path / "one.tif", **options)
    np.testing.assert_array_equal(pixels_of(tmp_path / name), pixels_of(tmp_path / "one.tif"))


def workers(parent: int) -> list[int]:
    """Processes below `parent` that hold a worker; a nanny is none."""
    found = psutil.Process(parent).children(recursive=True)
    return [p.pid for p in found if "spawn_main" in " ".join(p.cmdline()) and not p.children()]


def test_ctrl_c_ends_everything_and_resume_goes_on(make: Make, tmp_path: Path, gate: Gate) -> None:
    source = make("a.tif", pattern(1, 600, 600, "uint8"))
    words = [sys.executable, "-m", "rs_sr", "super-resolve", str(source), str(tmp_path / "b.zarr")]
    words += ["--model", "bicubic", "--tile", "128"]
    with subprocess.Popen([*words, "--cluster", "local:2"], stderr=subprocess.PIPE, text=True) as run:
        until(lambda: gate.holds and list(tmp_path.glob(".b.zarr*/tile-*.npz")), run)
        below = [p.pid for p in psutil.Process(run.pid).children(recursive=True)]
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=PATIENCE_S)[1]
    assert run.returncode == 130
    assert "2 workers of tcp://127.0.0.1:" in told
    assert "dashboard http://" in told
    assert "finished tiles are kept, run the same command with --resume" in told
    assert not (tmp_path / "b.zarr").exists()
    kept = len(list(tmp_path.glob(".b.zarr*/tile-*.npz")))
    assert 1 <= kept <= 4
    until(lambda: not any(psutil.pid_exists(p) for p in below))
    gate.let()
    before = gate.calls()
    assert subprocess.run([*words, "--resume"]).returncode == 0
    assert gate.calls() - before == 25 - kept


@pytest.mark.parametrize(
    ("name", "cure"), [("b.vrt", "; resume goes on from finished tiles"), ("b.tif", " and the run again")]
)
def test_a_lost_scheduler_is_told_and_tiles_are_kept(
    make: Make, tmp_path: Path, gate: Gate, name: str, cure: str
) -> None:
    source = make("a.tif", pattern(1, 600, 600, "uint8"))
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, memory_limit=0, silence_logs=50
    )
    closing = threading.Thread(target=cluster.close)

    def lose() -> bool:
        if gate.holds and not closing.ident:
            closing.start()
        return False

    with pytest.raises(ClusterError, match=f"scheduler was lost; start it.*{cure}"):
        rs_sr.super_resolve(
            source, tmp_path / name, model="bicubic", tile=128, cluster=cluster.scheduler_address, is_cancelled=lose
        )
    closing.join()
    assert not (tmp_path / name).exists()
    assert bool(list(tmp_path.glob(".b.*/tile-*.npz"))) == (name == "b.vrt")


def test_an_error_on_a_worker_is_the_sentence_it_is_here(make: Make, tmp_path: Path, client) -> None:
    source = make("a.tif", np.full((1, 300, 300), np.nan, "float32"))
    with rasterio.open(source, "r+") as target:
        target.write(np.ones((1, 10, 10), "float32"), window=rasterio.windows.Window(0, 0, 10, 10))
    with pytest.raises(RequestError, match="has NaN where it has no data, which uint8 cannot hold; give nodata"):
        rs_sr.super_resolve(
            source, tmp_path / "b.tif", model="bicubic", scale=2, tile=128, dtype="uint8", client=client
        )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif"]


def test_an_error_leaves_behind_what_cannot_be_sent_from_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*words: object) -> None:
        try:
            raise CPLE_AppDefinedError(1, 1, "read error")
        except CPLE_AppDefinedError as error:
            raise SourceError("in.tif cannot be read at column 0", "get it again") from error

    monkeypatch.setattr(cluster, "read_tile", torn)
    monkeypatch.setattr(cluster, "_source", lambda *words: None)
    job = SimpleNamespace(plan=SimpleNamespace(files={"input": None}))
    with pytest.raises(SourceError, match=r"in\.tif cannot be read at column 0") as caught:
        cluster._make(job, "in.tif", Options(), None, None, False)
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_each_cuda_device_gets_a_process_that_sees_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from rs_sr.run.cluster import connected

    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    with connected("cuda") as client:
        client.wait_for_workers(2, timeout=PATIENCE_S)
        seen = client.run(os.getenv, "CUDA_VISIBLE_DEVICES")
        assert sorted(seen.values()) == ["0", "1"]
        assert set(client.nthreads().values()) == {1}
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    with pytest.raises(ClusterError, match='torch finds no CUDA device here; use cluster="local"'), connected("cuda"):
        pass


@pytest.mark.parametrize(
    ("where", "error", "words"),
    [
        ("moon", RequestError, "cluster='moon' is unknown; give local, local:N, cuda or tcp://HOST:PORT"),
        ("local:0", RequestError, "cluster='local:0' is unknown"),
        (
            "tcp://127.0.0.1:9",
            ClusterError,
            "no scheduler answers at tcp://127.0.0.1:9; start one with `dask scheduler`",
        ),
    ],
)
def test_a_cluster_that_is_none_is_told(make: Make, tmp_path: Path, monkeypatch, where, error, words) -> None:
    monkeypatch.setattr("rs_sr.run.cluster.WAIT_S", 1)
    source = make("a.tif", pattern(1, 40, 40, "uint8"))
    with pytest.raises(error, match=words):
        rs_sr.super_resolve(source, tmp_path / "b.tif", model="nearest", scale=2, cluster=where)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif"]
