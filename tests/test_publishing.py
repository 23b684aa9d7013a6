"""What a release takes with it says the same everywhere."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

import rs_sr
from tools import plugin_zip

ROOT = Path(__file__).resolve().parents[1]
CONDA = {"torch": "pytorch"}  # where names differ


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_conda_asks_for_what_the_wheel_asks_for() -> None:
    text = (ROOT / "packaging" / "conda" / "meta.yaml").read_text(encoding="utf-8")
    recipe = yaml.safe_load(re.sub(r"{%.*?%}", "", text.replace("{{ ", "").replace(" }}", "")))
    asked = {re.sub(r"\s", "", line) for line in recipe["requirements"]["run"]}
    wheel = [re.match(r"([\w-]+)(.*)", d) for d in project()["dependencies"]]
    expected = {CONDA.get(m[1], m[1]) + m[2] for m in wheel if m} | {"python" + project()["requires-python"]}
    assert asked == expected
    assert f'version = "{rs_sr.__version__}"' in text


def test_the_citation_is_of_this_version() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["version"], said["license"]) == (rs_sr.__version__, project()["license"])


def test_the_plugin_takes_its_links_from_the_project() -> None:
    parsed = configparser.ConfigParser()
    parsed.read_string(plugin_zip.contents()[f"{plugin_zip.NAME}/metadata.txt"].decode())
    urls = project()["urls"]
    links = [parsed["general"][key] for key in ("homepage", "repository", "tracker")]
    assert links == [urls["Homepage"], urls["Repository"], urls["Issues"]]
    other = (ROOT / "metadata.txt").read_text(encoding="utf-8").replace("example.org/rs-sr", "elsewhere.org/x")
    assert plugin_zip.linked(other, ROOT) == plugin_zip.linked((ROOT / "metadata.txt").read_text("utf-8"), ROOT)


def test_workflows_run_what_a_clone_runs() -> None:
    flows = {p.stem: yaml.safe_load(p.read_text(encoding="utf-8")) for p in (ROOT / ".github/workflows").glob("*.yml")}
    said = {name: str(flow["jobs"]) for name, flow in flows.items()}
    assert "bash .ci/run" in said["tests"] and "windows-latest" in said["tests"] and "macos-latest" in said["tests"]
    assert "mkdocs build --strict" in said["docs"] and "twine check --strict" in said["release"]
    assert all(flow["permissions"]["contents"] == "read" for flow in flows.values())
