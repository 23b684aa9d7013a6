"""The tutorials do what they say: every command of every page, in order."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import rasterio

from tools import tutorials

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")
PAGES = sorted(tutorials.PAGES.glob("*.md"))


def short(text: str) -> str:
    """Two iterations instead of hundreds."""
    return re.sub(r"iterations = \d+", "iterations = 2\nvalidate_every = 2\nvalidation_tiles = 1", text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_runs_from_its_first_to_its_last_line(page: Path, folder: Path) -> None:
    commands = [text for name, text in tutorials.steps(page) if not name]
    assert commands[0] == f"python -m tools.tutorials {page.stem}" and len(commands) >= 3
    tutorials.follow(page, short)
    before, after, bands = tutorials.SHOWN[page.stem]
    with rasterio.open(after) as made:
        assert made.read(bands).std() > 1
    if page.stem == "drone":
        with rasterio.open("ortho.tif") as source, rasterio.open(after) as made:
            assert made.compression.name == "jpeg"
            np.testing.assert_array_equal(made.read_masks(1), source.read_masks(1).repeat(2, 0).repeat(2, 1))
        assert Path(after).stat().st_size < 4 * Path("ortho.tif").stat().st_size
    if page.stem == "series":
        assert len(list(Path("finer").iterdir())) == 3
    if before is not None:
        assert tutorials.picture(before, after, bands).width > 400


def test_every_page_has_its_picture_and_its_place_in_the_site() -> None:
    nav = (tutorials.ROOT / "mkdocs.yml").read_text("utf-8")
    for page in PAGES:
        assert f"tutorials/{page.name}" in nav and page.stem in tutorials.MAKERS and page.stem in tutorials.SHOWN
        assert f"../pictures/tutorial-{page.stem}.jpg" in page.read_text("utf-8")
        assert (tutorials.ROOT / "docs" / "pictures" / f"tutorial-{page.stem}.jpg").is_file()


def test_a_line_that_fails_ends_the_tutorial(folder: Path) -> None:
    page = folder / "page.md"
    page.write_text("    rs-sr super-resolve none.tif out.tif\n")
    with pytest.raises(SystemExit, match=r"page.md: rs-sr super-resolve none.tif out.tif ended with 3"):
        tutorials.follow(page)
