"""The documentation's site: it builds without a broken link, and holds what is made from the code."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rs_sr

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def text_of(page: Path) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


def test_pages_from_everywhere_link_to_each_other(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    for page in ("sensors/", "trust/", "training/#weights", "benchmarks/", "models/#onnx-files"):
        assert f'href="{page}"' in start
    assert 'href="../benchmarks/#real-scenes"' in (site / "sensors" / "index.html").read_text(encoding="utf-8")
    assert (site / "pictures" / "evidence.png").is_file()


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="(https?:[^"]+)"', page.read_text(encoding="utf-8"))
        assert loaded == [], page


def test_every_command_and_public_name_has_its_place(site: Path) -> None:
    commands, api = (text_of(site / page / "index.html") for page in ("commands", "api"))
    for command in ("super-resolve", "info", "models", "sensors", "import", "export", "report"):
        assert f"usage: rs-sr {command}" in commands
    names = set(rs_sr.__all__) - {"__version__"}
    assert {n for n in names if n not in api} == set()
