"""Weights that authors published: fetched from a local server in place of theirs, checked, and imported."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch

from rs_sr.doors.cli import run
from rs_sr.errors import ModelError
from rs_sr.models import catalogue, getting, published
from rs_sr.networks.lkdn import LKDN


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "net.pth"
    torch.save({"params": LKDN(scale=4, bands=3, features=8, attention=6, blocks=2).state_dict()}, path)
    return path


@pytest.fixture
def authors(checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A server of files by their names, where the published address of lkdn_x4 is ``good.pth``."""
    data = checkpoint.read_bytes()
    files = {"good.pth": data, "wrong.pth": data + b"x"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            if name == "broken.pth":
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: len(data) // 2])
            elif name in files:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(files[name])
            else:
                self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setenv("RS_SR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(getting, "ADDRESSES", {"lkdn_x4": f"http://127.0.0.1:{server.server_port}/good.pth"})
        known = published.KNOWN[next(h for h, c in published.KNOWN.items() if c["name"] == "lkdn_x4_published")]
        monkeypatch.setattr(getting, "KNOWN", {hashlib.sha256(data).hexdigest(): known})
        yield files
        server.shutdown()


def elsewhere(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    url = getting.ADDRESSES["lkdn_x4"].rsplit("/", 1)[0]
    monkeypatch.setitem(getting.ADDRESSES, "lkdn_x4", f"{url}/{name}")


def test_one_command_fetches_checks_and_imports(authors: dict[str, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "get", "lkdn_x4"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("added lkdn_x4_published: ")
    model = catalogue.find("lkdn_x4_published")
    assert model.origin == "yours" and model.card.scale == 4 and model.path is not None
    assert [p.name for p in model.path.parent.iterdir()] == ["lkdn_x4_published.safetensors"]
    assert run(["models", "get", "lkdn_x4"]) == 4
    assert "a model lkdn_x4_published is there already; remove it first" in " ".join(
        capsys.readouterr().err.replace(". ", "; ").split()
    )


def test_licence_and_authors_are_said(
    authors: dict[str, bytes], shared_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(getting, "KNOWN", published.KNOWN)
    assert run(["models", "get", "lkdn_x4", "--from", str(shared_data / "checkpoints" / "LKDN_x4.pth")]) == 0
    said = capsys.readouterr().err
    assert "licence MIT; trained on DF2K" in said and "from https://github.com/stella-von/LKDN" in said


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("wrong.pth", "is not the file that the authors of lkdn_x4 published"),
        ("broken.pth", "could not be fetched: the connection broke off"),
        ("missing.pth", "could not be fetched: Not Found"),
    ],
)
def test_what_is_not_the_published_file_is_refused_and_leaves_nothing(
    authors: dict[str, bytes], name: str, why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere(monkeypatch, name)
    with pytest.raises(ModelError, match=f"{name} {why}.*from"):
        getting.get("lkdn_x4")
    assert not (tmp_path / "models").exists()


def test_a_file_that_was_fetched_by_other_means(authors: dict[str, bytes], checkpoint: Path, tmp_path: Path) -> None:
    authors.clear()  # nothing is asked of the server
    with pytest.raises(ModelError, match=r"absent.pth cannot be read"):
        getting.get("lkdn_x4_published", tmp_path / "absent.pth")
    (tmp_path / "other.pth").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"other.pth is not the file .* browser"):
        getting.get("lkdn_x4_published", tmp_path / "other.pth")
    assert getting.get("lkdn_x4_published", checkpoint).card.name == "lkdn_x4_published"


def test_every_published_file_has_its_address_and_hash() -> None:
    for name, url in getting.ADDRESSES.items():
        assert url.startswith("https://") and getting.published(name).sha256
    assert {card["name"] for card in published.KNOWN.values()} == {f"{n}_published" for n in getting.ADDRESSES}
    with pytest.raises(ModelError, match="no published weights are known by the name lgun_x4"):
        getting.get("lgun_x4")


def test_from_is_for_get_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "list", "--from", "a.pth"]) == 2
    assert "--from names the file of weights to get" in capsys.readouterr().err
