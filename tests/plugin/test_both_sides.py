"""The plugin's side of the protocol against real workers, without QGIS."""

from __future__ import annotations

import os
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
from qgis_plugin import environment, fields, protocol
from rs_sr.doors import protocol as backend
from rs_sr.raster import creation
from tests.conftest import Make, pattern
from tests.gate import PATIENCE_S, Gate

NAMES = "PROJ_LIB PROJ_DATA GDAL_DATA GDAL_DRIVER_PATH LD_LIBRARY_PATH LD_PRELOAD PYTHONPATH PYTHONHOME PYTHONSTARTUP"
NONSENSE = dict.fromkeys(NAMES.split(), "/nonsense") | {"GDAL_NUM_THREADS": "x"}


class Subprocess:
    """What QProcess is in QGIS: a worker started and heard as the plugin does it."""

    def __init__(self, python: str = sys.executable, around: dict[str, str] | None = None) -> None:
        given = dict(os.environ) | (around or {})
        self.process = subprocess.Popen(
            [python, *environment.command("worker")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment.clean_environment(given), cwd=environment.working_folder(python),
            bufsize=0,
        )  # fmt: skip
        self.talk = protocol.Conversation()

    def messages(self) -> Iterator[protocol.Message]:
        assert self.process.stdout is not None and self.process.stderr is not None
        while data := self.process.stdout.read(1 << 16):
            yield from self.talk.feed(data)
        self.talk.feed_log(self.process.stderr.read())

    def send(self, **message: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(protocol.encode(message))

    def close(self) -> int:
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return self.process.wait(PATIENCE_S)


@pytest.fixture
def start() -> Iterator[Any]:
    started: list[Subprocess] = []

    def make(*given: Any, **more: Any) -> Subprocess:
        started.append(Subprocess(*given, **more))
        return started[-1]

    yield make
    for one in started:
        one.process.kill()
        one.close()


def test_a_job_through_both_sides_equals_the_python_api_in_hostile_surroundings(
    start: Any, make: Make, tmp_path: Path
) -> None:
    source = make("in Größe.tif", pattern(3, 60, 70, "int16"), nodata=-5)
    worker = start(around=NONSENSE)
    heard = []
    params = {"source": str(source), "target": str(tmp_path / "o.tif"), "model": "bicubic", "scale": 3}
    for message in worker.messages():
        heard.append(message)
        if message["type"] == "hello":
            worker.send(type="run", id=1, params=params)
        if message["type"] == "result":
            break
        assert message["type"] != "error", protocol.error_of(message).message
    assert [m["type"] for m in heard][:2] == ["hello", "progress"]
    assert worker.talk.hello["version"] == rs_sr.__version__
    rs_sr.super_resolve(source, tmp_path / "api.tif", model="bicubic", scale=3)
    with rasterio.open(tmp_path / "o.tif") as one, rasterio.open(tmp_path / "api.tif") as two:
        assert np.array_equal(one.read(), two.read()) and one.profile == two.profile


def test_cancel_error_and_shutdown_through_both_sides(start: Any, make: Make, tmp_path: Path) -> None:
    source, gate = make("in.tif", pattern(4, 60, 60, "uint8")), Gate(tmp_path / "gate")
    params = {"source": str(source), "target": str(tmp_path / "o.tif"), "model": "lanczos", "scale": 4}
    worker = start(gate.interpreter(sys.executable))
    ends = []
    for message in worker.messages():
        if message["type"] == "hello":
            worker.send(type="run", id=1, params=dict(params, bands=["9"]))
            worker.send(type="run", id=2, params=params)
        if message.get("id") == 2 and message["type"] == "progress":
            worker.send(type="cancel", id=2)
        if message["type"] in ("error", "cancelled"):
            ends.append(message)
        if message["type"] == "cancelled":
            worker.send(type="shutdown")
    assert [m["id"] for m in ends] == [1, 2]
    error = protocol.error_of(ends[0])
    assert error.code == "bad-parameter" and "band 9 asked for" in error.message and "--bands" in error.hint
    assert worker.process.wait(PATIENCE_S) == 0
    assert {p.name for p in tmp_path.iterdir()} == {"in.tif", "gate"}


def test_a_worker_that_dies_is_told_with_the_end_of_its_log(start: Any) -> None:
    worker = start()
    for message in worker.messages():
        if message["type"] == "hello":
            os.kill(message["pid"], signal.SIGKILL)
    worker.process.wait(PATIENCE_S)
    error = worker.talk.ended(9, crashed=True)
    assert (error.code, error.message) == ("worker-died", "signal 9")


def test_an_interpreter_without_the_backend_is_told(start: Any, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare], check=True)
    worker = start(str(bare / "bin" / "python"))
    assert list(worker.messages()) == []
    assert worker.talk.ended(worker.process.wait(PATIENCE_S), crashed=False).code == "backend-missing"


@pytest.mark.parametrize(("spoken", "code"), [(2, "plugin-too-old"), (0, "backend-too-old"), ("x", "plugin-too-old")])
def test_another_protocol_is_refused(spoken: Any, code: str) -> None:
    with pytest.raises(protocol.WorkerError) as caught:
        protocol.Conversation().feed(protocol.encode({"type": "hello", "protocol": spoken, "version": "9"}))
    assert (caught.value.code, caught.value.message) == (code, "9")


def test_garbage_is_skipped_and_counted() -> None:
    talk = protocol.Conversation()
    data = b"print\n\xff\xfe\n[]\n" + b"x" * (protocol.LINE_BYTES + 9) + b'\n{"type": "log", "text": "a"}\n{"type": "l'
    found = [m for i in range(0, len(data), 5000) for m in talk.feed(data[i : i + 5000])]
    assert found == [{"type": "log", "text": "a"}] and talk.skipped == 4
    assert talk.feed(b'og"}\n') == [{"type": "log"}]


def test_both_sides_agree_on_version_and_line() -> None:
    assert (protocol.VERSION, protocol.LINE_BYTES) == (backend.VERSION, backend.LINE_BYTES)
    message = {"type": "log", "text": "Größe \U0001f6f0\n"}
    assert protocol.encode(message) == backend.encode(message)


def test_surroundings_lose_what_is_of_qgis_and_keep_the_rest() -> None:
    kept = {"PATH": "/bin", "HOME": "/h", "HTTPS_PROXY": "p", "CUDA_VISIBLE_DEVICES": "0", "AWS_PROFILE": "a"}
    cleaned = environment.clean_environment(NONSENSE | kept | {"pythonhome": "x", "Qt_Plugin_Path": "x"})
    assert cleaned == kept | environment.SET
    windows = environment.clean_environment(
        {"Path": "/Q/bin;/Q/apps;/W", "SSL_CERT_FILE": "/Q/ssl/c.pem", "CURL_CA_BUNDLE": "/W/c.pem"}, "/Q", windows=True
    )
    assert windows == {"Path": "/W", "CURL_CA_BUNDLE": "/W/c.pem"} | environment.SET


def test_both_sides_know_the_same_creation_options() -> None:
    for cog, known in ((False, creation.GTIFF), (True, creation.COG)):
        assert sorted(fields.HARMLESS[cog]) == sorted(known)
        assert {*fields.LOSSLESS[cog]} == {*known["COMPRESS"]} - {*creation.LOSSLESS_IF}  # type: ignore[misc]
    assert fields.LOSSLESS_IF == creation.LOSSLESS_IF
