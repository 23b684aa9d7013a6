"""A raster over http is read by windows: no more is fetched than the blocks that the windows touch."""

from __future__ import annotations

import multiprocessing
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.errors import SourceError
from rs_sr.pixels.grid import Size, sample_windows
from tests.conftest import Make, pattern

PART: dict[str, Any] = {"window": (1000, 2000, 100, 90), "tile": 128}
FORK = multiprocessing.get_context("fork")


class RangeServer(ThreadingHTTPServer):
    """Serves one folder with range requests on the loopback interface, and counts the bytes it sends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = FORK.Value("q", 0)
        super().__init__(("127.0.0.1", 0), RangeHandler)

    @property
    def sent(self) -> int:
        return int(self.count.value)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class RangeHandler(BaseHTTPRequestHandler):
    server: RangeServer

    def do_HEAD(self) -> None:
        self.do_GET(body=False)

    def do_GET(self, body: bool = True) -> None:
        path = self.server.folder / self.path.lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        first, last = 0, len(data) - 1
        given = self.headers.get("Range")
        if given:
            start, stop = given.removeprefix("bytes=").split("-")
            first, last = int(start), min(last, int(stop or last))
        self.send_response(206 if given else 200)
        if given:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        if body:
            with self.server.count.get_lock():
                self.server.count.value += last - first + 1
            self.wfile.write(data[first : last + 1])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RangeServer]:
    # In a process of its own: GDAL opens a file without letting other Python threads run.
    with RangeServer(tmp_path) as running:
        process = FORK.Process(target=running.serve_forever, daemon=True)
        process.start()
        yield running
        process.kill()  # a handler of SIGTERM that another test set is inherited
        process.join()


@pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
def test_no_more_is_fetched_than_the_windows_need(server: RangeServer, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    path = tmp_path / "cog.tif"
    side = 5120
    with rasterio.open(
        path, "w", driver="GTiff", width=side, height=side, count=1, dtype="uint8", tiled=True, blockxsize=256,
        blockysize=256, crs="EPSG:32633", transform=rasterio.Affine(10, 0, 5e5, 0, -10, 5e6),
    ) as target:  # fmt: skip
        target.write(rng.integers(0, 255, (1, side, side), dtype=np.uint8))
    rs_sr.super_resolve(f"{server.address}/cog.tif", tmp_path / "remote.tif", model="bicubic", **PART)
    tiles = 2 * 2 * 4  # at most 2 x 2 tiles, each of which may touch 2 x 2 blocks
    blocks = len(sample_windows(Size(height=side, width=side))) + tiles
    assert server.sent <= (blocks + 4) * (256 * 256 + 2 * 16384) + 2**17
    assert server.sent < path.stat().st_size / 3
    rs_sr.super_resolve(path, tmp_path / "local.tif", model="bicubic", **PART)
    with rasterio.open(tmp_path / "remote.tif") as a, rasterio.open(tmp_path / "local.tif") as b:
        np.testing.assert_array_equal(a.read(), b.read())


def test_a_remote_file_that_is_not_there_is_one_sentence(server: RangeServer, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened as a raster"):
        rs_sr.super_resolve(f"{server.address}/nothing.tif", tmp_path / "o.tif")


def test_rasters_inside_archives_and_subdatasets(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 20, 30, "uint8")
    source = make("in.tif", pixels)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(source, "in.tif")
    rs_sr.super_resolve(f"/vsizip/{tmp_path}/a.zip/in.tif", tmp_path / "o.tif", model="nearest")
    rs_sr.super_resolve(f"GTIFF_DIR:1:{source}", tmp_path / "p.tif", model="nearest")
    for name in ("o.tif", "p.tif"):
        with rasterio.open(tmp_path / name) as out:
            np.testing.assert_array_equal(out.read(), pixels.repeat(2, 1).repeat(2, 2))


def test_an_address_without_a_file_is_told(server: RangeServer, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"404; check the address, and the credentials if it needs some$"):
        rs_sr.super_resolve(f"{server.address}/none.tif", tmp_path / "out.tif")
