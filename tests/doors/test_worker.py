"""The worker as its driver meets it: one process, JSON lines both ways, nothing left behind whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.doors.protocol import CODES, LINE_BYTES, VERSION, BadMessage, Lines, decode, encode
from rs_sr.errors import EXIT_CODES, RsSrError
from tests.conftest import Make, pattern, small_lkdn
from tests.gate import PATIENCE_S, Gate

Message = dict[str, Any]


class Driver:
    """A worker under test. `read` waits for the next message."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rs_sr", "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=(folder / "worker.log").open("wb"), env=os.environ | environment, bufsize=0,
        )  # fmt: skip
        self._lines = Lines()
        self._waiting: list[bytes] = []

    def send(self, **message: Any) -> None:
        self.write(encode(message))

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)

    def read(self) -> Message:
        assert self.process.stdout is not None
        while not self._waiting:
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
            assert ready, "the worker is silent"
            data = self.process.stdout.read(1 << 16)
            assert data, f"the worker left with {self.process.wait()}"
            self._waiting = self._lines.feed(data)
        message: Message = json.loads(self._waiting.pop(0))
        return message

    def until(self, *types: str) -> list[Message]:
        """All messages up to the first of these types."""
        messages = [self.read()]
        while messages[-1]["type"] not in types:
            messages.append(self.read())
        return messages

    def run(self, number: int, **params: Any) -> list[Message]:
        self.send(type="run", id=number, params={k: str(v) if isinstance(v, Path) else v for k, v in params.items()})
        return self.until("result", "error", "cancelled")


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Driver]:
    with driving(tmp_path) as driver:
        yield driver


@contextlib.contextmanager
def driving(folder: Path, **environment: str) -> Iterator[Driver]:
    driver = Driver(folder, **environment)
    assert driver.read()["type"] == "hello"
    try:
        yield driver
    finally:
        driver.process.kill()
        driver.process.wait()
        for stream in (driver.process.stdin, driver.process.stdout):
            assert stream is not None
            stream.close()


def test_hello_comes_before_anything_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, os; from rs_sr.doors import worker; read, write = os.pipe(); end, _ = os.pipe();"
        "w = worker.Worker(write); w._todo.put(None); w.run();"
        "sys.exit(str({'numpy', 'torch', 'rasterio'} & set(sys.modules) or '') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    driver = Driver(tmp_path)
    hello = driver.read()
    assert (hello["protocol"], hello["version"], hello["pid"]) == (VERSION, rs_sr.__version__, driver.process.pid)
    assert {"info", "run"} <= set(hello["capabilities"])
    driver.send(type="shutdown")
    assert driver.process.wait(PATIENCE_S) == 0


def test_runs_equal_the_python_api_to_the_bit_and_keep_the_model_loaded(make: Make, tmp_path: Path) -> None:
    gate = Gate(tmp_path / "gate", "rs_sr.runtime:choose", through=9)
    source = make("in.tif", pattern(3, 300, 280, "uint16"), nodata=0)
    model = small_lkdn(tmp_path)
    options: dict[str, Any] = dict(bands=["2", "1", "3"], window=[10, 20, 200, 150], compress="deflate")
    with driving(tmp_path, **gate.environment) as worker:
        for number in (1, 2):
            messages = worker.run(number, source=source, target=tmp_path / f"{number}.tif", model=model, **options)
            assert [m["type"] for m in messages[-1:]] == ["result"], messages[-1]
            assert {m["id"] for m in messages if m["type"] != "log"} == {number}
    assert gate.calls() == 1
    stages = list(dict.fromkeys(m["stage"] for m in messages if m["type"] == "progress"))
    assert stages[0] == "starting" and len(stages) > 1
    assert all(0 <= m["fraction"] <= 1 for m in messages if m["type"] == "progress")
    assert messages[-1]["summary"]["width"] == 400 and messages[-1]["target"] == str(tmp_path / "2.tif")
    rs_sr.super_resolve(source, tmp_path / "api.tif", model=str(model), **options)
    with rasterio.open(tmp_path / "api.tif") as api, rasterio.open(tmp_path / "2.tif") as through:
        assert np.array_equal(api.read(), through.read())
        assert api.profile == through.profile


def test_published_weights_are_told_with_their_licence_when_asked(worker: Driver) -> None:
    worker.send(type="info", id=1)
    assert "published" not in worker.read()
    worker.send(type="info", id=2, published=True)
    found = {row["name"]: row for row in worker.read()["published"]}
    assert found["lkdn_x4"]["licence"] == "MIT" and found["lkdn_x4"]["url"].startswith("https://")
    assert not any(row["there"] for row in found.values()) and all(row["title"] for row in found.values())


def test_a_preview_takes_what_was_seen_for_the_question_before_it(make: Make, tmp_path: Path) -> None:
    gate = Gate(tmp_path / "gate", "rs_sr.doors.info:survey", through=9)
    again = Gate(tmp_path / "again", "rs_sr.run.pipeline:survey", through=9)
    source = make("in.tif", pattern(5, 300, 280, "uint8"))
    params: dict[str, Any] = dict(model=str(small_lkdn(tmp_path, bands=1)), source=str(source))
    with driving(tmp_path, **gate.environment) as worker:
        for number in (1, 2):
            worker.send(type="info", id=number, source=str(source), params={"model": params["model"]})
            assert worker.read()["plan"]["model"] == "small_x2"
        assert gate.calls() == 1
    with driving(tmp_path, **again.environment) as worker:
        worker.send(type="info", id=1, source=str(source), params={"model": params["model"]})
        worker.read()
        part = {"window": [20, 30, 64, 48], "target": str(tmp_path / "o.tif")}
        worker.send(type="run", id=2, preview=[3], params=params | part)
        found = worker.until("result", "error")[-1]
        assert found["type"] == "result" and found["summary"]["band_numbers"] == [3], found
        assert (found["summary"]["width"], again.calls()) == (128, 0)


def test_info_tells_models_and_what_a_run_would_do(worker: Driver, make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(2, 40, 50, "uint8"))
    worker.send(type="info", id=5, source=str(source), params={"scale": 4, "target": str(tmp_path / "o.tif")})
    answer = worker.read()
    assert (answer["type"], answer["id"]) == ("info", 5)
    assert {"nearest", "bicubic", "lanczos"} <= {m["name"] for m in answer["models"]}
    assert {"name": "sentinel2", "title": "Sentinel-2 A, B and C, MSI"} in answer["sensors"]
    assert answer["plan"]["result"]["width"] == 200 and answer["plan"]["disk_free"] > 0
    assert answer["plan"]["notes"][0] == "2 bands, a one-band model: band by band"
    assert answer["plan"]["model"] == "lkdn_s_told_1band_x4"
    worker.send(type="info", id=6, source=str(source), params={"bands": "9"})
    answer = worker.read()
    assert (answer["type"], answer["code"], answer["id"]) == ("error", "bad-parameter", 6)
    worker.send(type="info", id=7, devices=True)
    assert worker.read()["devices"][0].startswith("runs on ")


MISTAKES = [
    ({}, "bad-parameter", "a run without source"),
    ({"source": "in.tif", "target": "o.tif", "bands": "7"}, "bad-parameter", "band 7 asked for"),
    ({"source": "in.tif", "target": "o.tif", "colour": 1}, "bad-parameter", "colour is not an option"),
    ({"source": "in.tif", "target": "o.tif", "scale": "2"}, "bad-parameter", "--scale='2' is unknown"),
    ({"source": "in.tif", "target": "o.tif", "oo": ["X"]}, "bad-parameter", "--oo='X' is not a valid open option"),
    (
        {"source": "in.tif", "target": "o.tif", "assign_crs": "EPSG:1"},
        "bad-parameter",
        "--assign-crs='EPSG:1' is",
    ),
    ({"source": "no.tif", "target": "o.tif"}, "bad-raster", "no.tif does not exist"),
    ({"source": "in.tif", "target": "o.tif", "model": "nosuch"}, "bad-model", "model nosuch is unknown"),
    ({"source": "in.tif", "target": "in.tif", "overwrite": True}, "bad-target", "is the input itself"),
    ({"source": "in.tif", "target": "no/o.tif"}, "bad-target", "does not exist"),
    ({"source": "in.tif", "target": "o.tif", "memory": "1MB"}, "out-of-memory", "one tile of 128 pixels needs"),
]


def test_each_mistake_gets_its_code_and_the_worker_goes_on(worker: Driver, make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 40, 50, "uint8"))
    before = sorted(tmp_path.iterdir())
    for params, code, words in MISTAKES:
        given = {k: str(tmp_path / v) if k in ("source", "target") else v for k, v in params.items()}
        last = worker.run(1, **given)[-1]
        assert (last["type"], last["code"]) == ("error", code), last
        assert words in last["message"] and last["hint"] and not last["detail"]
    worker.send(type="run", id=2, params="all of it")
    assert worker.read()["code"] == "bad-parameter"
    assert sorted(tmp_path.iterdir()) == before
    assert worker.run(3, source=source, target=tmp_path / "o.tif")[-1]["type"] == "result"


def test_garbage_is_answered_and_unknown_types_are_ignored(worker: Driver) -> None:
    for line in (b"garbage\n", b"\xff\xfe\n", b"[1]\n", b'{"id": 1}\n', b"{" + b" " * LINE_BYTES + b"}\n", b"[" * 9999):
        worker.write(line)
    worker.write(b"\n")
    for _ in range(6):
        answer = worker.read()
        assert (answer["type"], answer["id"], answer["code"]) == ("error", None, "bad-message")
    worker.send(type="compliment", text="well done")
    worker.send(type="info", id=1, later_field=True)
    assert worker.read()["type"] == "info"


@pytest.fixture
def held(make: Make, tmp_path: Path) -> Iterator[tuple[Driver, Gate]]:
    """A worker whose run has made two tiles of nine and holds."""
    gate = Gate(tmp_path / "gate", through=2)
    with driving(tmp_path, **gate.environment) as driver:
        source = make("in.tif", pattern(1, 300, 300, "uint8"))
        params = {"source": str(source), "target": str(tmp_path / "o.tif"), "model": "lanczos", "tile": 128}
        driver.send(type="run", id=1, params=params)
        while not gate.holds:
            driver.read()
        yield driver, gate


def left_beside(target: Path) -> list[Path]:
    return [p for p in target.parent.iterdir() if target.name in p.name]


@pytest.mark.parametrize("stuck", [True, False])
def test_a_run_is_heard_of_though_its_work_is_stuck_and_so_is_a_cancel(
    held: tuple[Driver, Gate], make: Make, tmp_path: Path, stuck: bool
) -> None:
    worker, gate = held
    before: Message = {}
    heard = worker.read()
    while heard != before:  # nothing is new, but it is alive
        before, heard = heard, worker.read()
    assert (heard["type"], heard["id"], heard["stage"]) == ("progress", 1, "super-resolving")
    worker.send(type="cancel", id=1)
    if not stuck:
        gate.let(3)
    last = worker.until("cancelled", "result", "error")[-1]
    assert (last["type"], last["id"]) == ("cancelled", 1)
    assert left_beside(tmp_path / "o.tif") == []
    gate.let()
    worker.send(type="cancel", id=2)  # a cancel that overtakes its run
    again = make("again.tif", pattern(1, 40, 40, "uint8"))
    assert worker.run(3, source=again, target=tmp_path / "again_x2.tif")[-1]["type"] == "result"
    assert left_beside(tmp_path / "o.tif") == []


@pytest.mark.parametrize("end", ["stream", "SIGTERM"])
def test_a_worker_without_its_driver_clears_up_and_leaves(held: tuple[Driver, Gate], tmp_path: Path, end: str) -> None:
    worker, _ = held
    worker.process.send_signal(signal.SIGINT)  # Ctrl-C is for the driver
    assert worker.process.stdin is not None
    if end == "stream":
        worker.process.stdin.close()
    else:
        worker.process.send_signal(signal.SIGTERM)
    code = worker.process.wait(PATIENCE_S)
    assert code in ((0, 3) if end == "stream" else (143, 3))
    assert left_beside(tmp_path / "o.tif") == []


def test_prints_of_libraries_land_in_the_log(make: Make, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util, os, sys\n"
        "class Loud:\n"
        "    def find_spec(self, name, *more):\n"
        "        if name == 'rs_sr.run.pipeline':\n"
        "            print('a print'); sys.stdout.flush(); os.write(1, b'from C')\n"
        "sys.meta_path.insert(0, Loud())\n"
    )
    path = os.pathsep.join(p for p in (str(tmp_path), str(Path(rs_sr.__file__).parents[1])) if p)
    driver = Driver(tmp_path, PYTHONPATH=path)
    driver.read()
    source = make("in.tif", pattern(1, 40, 40, "uint8"))
    assert driver.run(1, source=source, target=tmp_path / "o.tif")[-1]["type"] == "result"
    driver.send(type="shutdown")
    assert driver.process.wait(PATIENCE_S) == 0
    log = (tmp_path / "worker.log").read_bytes()
    assert b"a print" in log and b"from C" in log


def test_every_kind_of_error_has_a_code() -> None:
    kinds = {kind for kind in all_subclasses(RsSrError) if kind.__name__ != "Cancelled"}
    assert [kind for kind in kinds if not issubclass(kind, tuple(CODES))] == []
    assert 143 in EXIT_CODES


def all_subclasses(kind: type[Exception]) -> set[type[Exception]]:
    return {s for sub in kind.__subclasses__() for s in {sub} | all_subclasses(sub)}


def test_messages_survive_any_text_and_any_cut() -> None:
    message = {"type": "log", "text": 'Größe "20 m"\n\\ \u2028 \U0001f6f0'}
    data = encode(message) * 3
    assert data.isascii() and data.count(b"\n") == 3
    lines = Lines()
    found = [decode(line) for i in range(len(data)) for line in lines.feed(data[i : i + 1])]
    assert found == [message] * 3
    with pytest.raises(BadMessage, match="no object with a type"):
        decode(b'{"type": 1}')


def test_runs_need_nothing_that_windows_lacks(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 40, 50, "uint8"))
    code = (
        "import os, platform, signal, sys\n"
        "for name in ('resource', 'fcntl', 'pwd', 'grp', 'termios', 'posix_ipc'): sys.modules[name] = None\n"
        "for name in ('SIGHUP', 'SIGKILL', 'SIGALRM', 'alarm', 'setitimer', 'pthread_kill', 'SIGPIPE'):\n"
        "    delattr(signal, name)\n"
        "for name in ('sched_getaffinity', 'sysconf', 'fork', 'posix_fadvise'):\n"
        "    delattr(os, name)\n"
        "platform.libc_ver = lambda *more: ('', '')\n"
        "from rs_sr.doors import cli\n"
        f"assert cli.run(['super-resolve', {str(source)!r}, {str(tmp_path / 'o.tif')!r}, '--memory', '1GB']) == 0\n"
        "assert cli.run(['doctor', '-q']) == 0\n"
        "sys.argv = ['rs-sr', 'worker']\n"
        "cli.main()\n"
    )
    request = {"source": str(source), "target": str(tmp_path / "w.tif"), "model": "bicubic"}
    worker = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(encode({"type": "run", "id": 1, "params": request}))
    worker.stdin.flush()
    said = b""
    while b'"result"' not in said:
        line = worker.stdout.readline()
        assert line, said
        said = line
    worker.stdin.close()
    assert worker.wait(PATIENCE_S) == 0
    worker.stdout.close()
    assert (tmp_path / "o.tif").read_bytes() and (tmp_path / "w.tif").exists()
