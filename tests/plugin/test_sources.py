"""The plugin's files as QGIS's repository and old QGIS versions demand them, and the zip."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "qgis_plugin").rglob("*.py"))
each_source = pytest.mark.parametrize("path", SOURCES, ids=[str(p.relative_to(ROOT)) for p in SOURCES])


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


@each_source
def test_sources_are_python_3_9(path: Path) -> None:
    body = tree(path).body
    assert isinstance(body[0], ast.Expr), "a file begins with what it is for"
    for node in ast.walk(tree(path)):
        assert not isinstance(node, ast.Match)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "zip":
            assert not node.keywords, "zip(strict=...) is of Python 3.10"
        if isinstance(node, ast.FunctionDef) and (node.returns or any(a.annotation for a in node.args.args)):
            assert "from __future__ import annotations" in path.read_text()


@each_source
def test_imports_are_of_the_standard_library_qgis_and_the_plugin(path: Path) -> None:
    for node in ast.walk(tree(path)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [str(node.module)]
        for name in names:
            top = name.split(".")[0]
            its_own = (
                "qgis",
                "processing",
                *(("osgeo",) if path.name == "pixels.py" else ()),
            )  # GDAL as QGIS brings it
            assert top in sys.stdlib_module_names or top in its_own, f"line {node.lineno}: {name}"
            assert top not in ("subprocess", "urllib", "socket", "pickle", "multiprocessing", "random")
            assert name != "processing" or path.name == "toolbox.py"
            assert "PyQt5" not in name and "PyQt6" not in name


@each_source
def test_enums_are_scoped_and_nothing_is_of_qt_5_alone(path: Path) -> None:
    whole = tree(path)
    inner = {id(n.value) for n in ast.walk(whole) if isinstance(n, ast.Attribute)}
    called = {id(n.func) for n in ast.walk(whole) if isinstance(n, ast.Call)}
    for node in ast.walk(whole):
        if not isinstance(node, ast.Attribute):
            continue
        assert node.attr not in ("exec_", "print_"), f"line {node.lineno}"
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if owner.startswith("Q") and node.attr[0].isupper() and not node.attr.isupper():
            assert id(node) in inner | called, f"line {node.lineno}: {owner}.{node.attr} is no scoped enum"


@each_source
def test_words_for_people_are_literals_that_can_be_translated(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate":
            if path.name == "messages.py" and isinstance(node.args[-1], ast.Name):
                continue  # what `backend.py` marks
            given = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            assert len(given) == 2 and given[0] == "RsSr" and isinstance(given[1], str), f"line {node.lineno}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    path: Path = builder().build(folder)
    return path


def builder() -> Any:
    spec = importlib.util.spec_from_file_location("plugin_zip", ROOT / "tools" / "plugin_zip.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(path: Path) -> Iterator[zipfile.ZipInfo]:
    with zipfile.ZipFile(path) as archive:
        yield from archive.infolist()


def test_the_zip_has_one_folder_and_plain_files_alone(built: Path) -> None:
    names = [e.filename for e in entries(built)]
    assert {n.split("/")[0] for n in names} == {"rs_sr_qgis"}
    for needed in ("__init__.py", "metadata.txt", "LICENSE", "plugin.py", "gui/dock.py", "icons/rs_sr.svg"):
        assert f"rs_sr_qgis/{needed}" in names
    for entry in entries(built):
        assert entry.external_attr >> 16 == 0o100644
        parts = Path(entry.filename).parts
        assert not any(p.startswith(".") or p == "__pycache__" for p in parts)
        assert Path(entry.filename).suffix in ("", ".py", ".svg", ".txt", ".qm", ".html")
    assert built.stat().st_size < 25_000_000
    assert built.read_bytes() == builder().build(built.parent / "again").read_bytes()


def test_metadata_is_what_the_repository_asks_for(built: Path) -> None:
    parsed = configparser.ConfigParser()
    parsed.read(built.parent / "rs_sr_qgis" / "metadata.txt", encoding="utf-8")
    general = parsed["general"]
    needed = "name description version qgisMinimumVersion author email about tracker repository homepage icon"
    for key in needed.split(" "):
        assert general[key].strip(), key
    assert "/" not in general["author"]
    assert (general["qgisMinimumVersion"], general["qgisMaximumVersion"]) == ("3.22", "3.99")
    assert general["hasProcessingProvider"] == "yes"
    assert general["changelog"].startswith(general["version"] + "\n"), "of the plugin, for this version"
    assert all(len(line) <= 80 for line in general["changelog"].splitlines()), "the plugin manager does not wrap it"
    assert (built.parent / "rs_sr_qgis" / general["icon"]).is_file()
    assert built.name == f"rs_sr_qgis-{general['version']}.zip"


def test_the_icon_reads_at_16_pixels_on_light_and_on_dark() -> None:
    root = ElementTree.parse(ROOT / "qgis_plugin" / "icons" / "rs_sr.svg").getroot()
    assert root.get("viewBox") == "0 0 16 16"
    shapes = list(root.iter("{http://www.w3.org/2000/svg}rect"))
    edges = [s.get(name, "0") for s in shapes for name in ("x", "y", "width", "height")]
    assert all(edge.isdigit() for edge in edges), "edges lie between pixels"
    ground, marks = str(shapes[0].get("fill")), "#ffffff"
    for other in ("#f0f0f0", "#2b2b2b", marks):
        assert contrast(ground, other) > 3, "as WCAG asks of pictures"


def contrast(one: str, other: str) -> float:
    """Of two colours, by WCAG 2.1."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    return max(light(one), light(other)) / min(light(one), light(other))


def test_the_help_page_says_what_the_document_does(built: Path) -> None:
    page = (built.parent / "rs_sr_qgis" / "help" / "index.html").read_text(encoding="utf-8")
    marks = "<h1>In QGIS</h1> <h2>The_dock</h2> <b>Preview</b> <ol><li> <ul><li> <td> <pre> <code>SCALE</code>"
    for there in marks.replace("h1>In ", "h1>In_").split(" "):
        there = there.replace("_", " ")
        assert there in page, there
    words = re.sub(r"<style>.*?</style>|<pre>.*?</pre>|<code>.*?</code>|<[^>]+>", "", page, flags=re.S)
    assert not re.search(r"\*\*|`|\]\(|^\||!\[", words, re.M), "no mark of Markdown is left"


def test_help_is_made_of_lists_in_lists_tables_and_links() -> None:
    from tools.plugin_zip import page

    made = page(
        "# A\n\n1. one *two*\n   three\n   - in `x<y`\n2. four\n\n| a | b |\n| --- | --- |\n| 1 | [c](d.md) |\n"
    )
    assert "<ol><li>one <i>two</i> three</li><ul><li>in <code>x&lt;y</code></li></ul><li>four</li></ol>" in made
    assert "<tr><th>a</th><th>b</th></tr><tr><td>1</td><td>c</td></tr>" in made


def test_the_scanners_of_the_repository_find_nothing(built: Path) -> None:
    folder = built.parent / "rs_sr_qgis"
    bandit = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-r", str(folder), "-f", "json"], capture_output=True, text=True
    )
    assert json.loads(bandit.stdout)["results"] == []
    assert not any("nosec" in p.read_text() for p in folder.rglob("*.py"))
    secrets = subprocess.run(
        [sys.executable, "-m", "detect_secrets", "scan", "--all-files", str(folder)], capture_output=True, text=True
    )
    assert json.loads(secrets.stdout)["results"] == {}
    flake8 = subprocess.run(
        [sys.executable, "-m", "flake8", "--max-line-length", "120", "--extend-ignore", "E203", str(folder)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert flake8.stdout == ""


def test_the_zip_goes_where_one_says(tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "tools" / "plugin_zip.py"), str(tmp_path / "here")]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    assert Path(said).is_file() and Path(said).parent == tmp_path / "here"
    told = subprocess.run([*words[:2], "--help"], capture_output=True, text=True, check=True).stdout
    assert "folder" in told and not (tmp_path / "--help").exists()
