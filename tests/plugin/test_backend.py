"""How the backend's environment is chosen and made, as far as it can be tried without QGIS."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import rs_sr
from qgis_plugin import backend, fields


def test_this_python_is_fit_and_old_ones_are_not() -> None:
    answer = subprocess.run([sys.executable, "-c", backend.PROBE], capture_output=True, text=True, check=True).stdout
    assert backend.unfit(answer) == ""
    assert "it is Python 3.9, 3.11 or newer is needed" in backend.unfit("3 9 True 21.2.4")
    assert "32-bit" in backend.unfit("3 12 False")
    assert "cannot make environments" in backend.unfit("No module named 'ensurepip'")
    assert all(Path(p).is_file() for p in backend.candidates())


@pytest.mark.parametrize(
    ("pip", "told"),
    [("23.0.1", False), ("23.2.1", False), ("23.3", True), ("24.0", True), ("24.1.2", True), ("24.2", False),
     ("26.1b1", False)],
)  # fmt: skip
def test_a_pip_that_can_trust_whom_the_system_trusts_is_told_to(tmp_path: Path, pip: str, told: bool) -> None:
    """Older ones cannot, newer ones do by themselves; a file that is named is trusted too."""
    answer = f"a warning 24.0\n3 12 True {pip}\n"
    _, step = backend.steps("py", tmp_path, tmp_path / "python", "", "--cert a.pem", "1.2", answer=answer)
    assert (step.variables.get("PIP_USE_FEATURE") == "truststore") == told
    assert step.variables["PIP_CERT"] == "a.pem"


def test_what_pip_is_asked_for(tmp_path: Path) -> None:
    assert backend.requirement("", "1.2") == ["rs-sr[aoi]==1.2"]
    assert backend.requirement(str(tmp_path), "1.2") == ["--no-index", "--find-links", str(tmp_path), "rs-sr==1.2"]
    (tmp_path / "geopandas-1.whl").touch()
    assert backend.requirement(str(tmp_path), "1.2")[-1] == "rs-sr[aoi]==1.2"
    (tmp_path / "pyproject.toml").touch()
    assert backend.requirement(str(tmp_path), "1.2") == [f"{tmp_path}[aoi]"]
    assert backend.requirement("a/rs_sr-1.2.whl", "1.2") == ["a/rs_sr-1.2.whl[aoi]"]
    venv, pip = backend.steps("py", tmp_path, tmp_path / "python", "", "--cert 'my file'", "1.2")
    assert venv.arguments == ["-m", "venv", str(tmp_path)]
    assert pip.arguments[-3:] == ["--cert", "my file", "rs-sr[aoi]==1.2"]
    assert pip.variables["REQUESTS_CA_BUNDLE"] == "my file" and venv.variables == {}
    assert backend.certificate("--index-url A --cert=a.pem -q") == "a.pem" and backend.certificate("-q") == ""


def test_nothing_is_taken_from_the_public_index_where_the_name_is_not_ours(tmp_path: Path) -> None:
    wrong, cure = backend.no_source("", "--extra-index-url https://my.example")
    assert "in no public package index" in wrong and "a wheel or a clone" in cure
    for extra in ("--index-url https://my.example/simple", "-i=x", "--no-index --find-links 'my wheels'"):
        assert backend.no_source("", extra)[0] == ""
    assert backend.no_source(str(tmp_path), "")[0] == ""
    assert "does not exist" in backend.no_source(str(tmp_path / "gone"), "")[0]


@pytest.mark.parametrize(
    ("log", "problem", "cure"),
    [
        (
            "The virtual environment was not made because ensurepip is not\navailable.",
            "venv is missing",
            "apt insta",
        ),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full", "Make room"),
        ("ERROR: No matching distribution found for torch>=2.2", "torch>=2.2 was not found", "rs-sr bundle"),
        ("OSError('Tunnel connection failed: 407 Proxy Authentication Required')", "the proxy refused", "Network"),
        ("SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "certificate is not trusted", "--cert"),
        ("ERROR: Wheel 'a' located at /x/a-1-py3-none-any.whl is invalid.", "a wheel is damaged", "Copy the wheels"),
        (
            "ERROR: a-1-cp39.whl is not a supported wheel on this platform.",
            "another Python or system",
            "another Python",
        ),
        ("ERROR: Could not install: [Errno 13] Permission denied: 'x'", "could not be written", "virus scanner"),
        ("blah\nERROR: something new.\n", "something new", "log below"),
        ("", "it said nothing", "log below"),
    ],
)
def test_complaints_are_told_with_their_cure(log: str, problem: str, cure: str) -> None:
    said = backend.complaint(log)
    assert problem in said[0] and cure in said[1]


def test_a_proxy_reaches_pip_and_its_password_no_log() -> None:
    assert backend.proxy_variables("", 0, "", "") == {}
    variables = backend.proxy_variables("proxy.example", 8080, "me", "word")
    assert variables["HTTPS_PROXY"] == "http://me:word@proxy.example:8080"
    assert backend.without_secrets(f"through {variables['HTTPS_PROXY']} now") == (
        "through http://***@proxy.example:8080 now"
    )
    said = backend.diagnostics({"index": "https://token@index.example/simple"}, ["one", variables["HTTPS_PROXY"]])
    assert (
        "token" not in said and "word" not in said and said.splitlines()[0] == "index: https://***@index.example/simple"
    )


def test_disk_is_looked_at_before(tmp_path: Path) -> None:
    assert backend.disk_free(tmp_path / "not" / "there") > 0
    assert backend.disk_needed("") == backend.disk_needed(str(tmp_path)) == backend.NEEDED_BYTES
    (tmp_path / "a.whl").write_bytes(b"x" * 100)
    assert backend.disk_needed(str(tmp_path)) == 400
    assert (backend.readable(2.5e9), backend.readable(5e6)) == ("2.5 GB", "5.0 MB")


def test_the_backends_words_become_the_dialogs() -> None:
    labels = {"BANDS": "Bands", "RANGE": "Value range"}
    assert fields.in_words_of(labels, "give --bands=3,2,1 or more --bands; --range=(5, 1); --resume=on; --like") == (
        "give 'Bands' 3,2,1 or more 'Bands'; 'Value range' (5, 1); --resume on; --like"
    )


def test_versions_agree() -> None:
    text = (Path(rs_sr.__file__).parents[1] / "metadata.txt").read_text(encoding="utf-8")
    assert f"version={rs_sr.__version__}\n" in text
