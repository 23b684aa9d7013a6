"""How the backend's environment is made: which interpreter, which commands, and what their complaints mean. No Qt.

Its words are English; whoever shows them hands `say` over, which translates.
"""

from __future__ import annotations

import argparse
import configparser
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MINIMUM = (3, 11)
PROBE = "import sys, venv, ensurepip; print(*sys.version_info[:2], sys.maxsize > 2**32, ensurepip.version())"
SYSTEM_STORE = (23, 3), (24, 2)  # pips that can trust whom the system trusts, and have to be told; later ones do
CERTIFICATES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")  # pip asks one, Python the last
NEEDED_BYTES = 2_500_000_000  # torch for the CPU, rasterio, numpy; with CUDA three times as much
Say = Callable[[str], str]


def marked(text: str) -> str:
    """The text itself; `tools/translations.py` finds it by this."""
    return text


@dataclass(frozen=True)
class Step:
    """One command of the set-up: what it does in words, and the command."""

    title: str
    program: str
    arguments: list[str]
    variables: dict[str, str] = field(default_factory=dict)


def plugin_version() -> str:
    """As metadata.txt says, which is the backend's version too."""
    parsed = configparser.ConfigParser()
    parsed.read(Path(__file__).parent / "metadata.txt", encoding="utf-8")
    return parsed.get("general", "version", fallback="")


def candidates() -> list[str]:
    """Interpreters that may make an environment, best first; only those that are there."""
    names = [f"python3.{minor}" for minor in (13, 12, 11, 14)]
    names += ["python3", "py" if sys.platform == "win32" else "python"]
    places = os.pathsep.join([os.environ.get("PATH", ""), "/opt/homebrew/bin", "/usr/local/bin"])
    found = [shutil.which(name, path=places) for name in names]
    here = Path(sys.exec_prefix)
    inside = here / "python.exe" if sys.platform == "win32" else here / "bin" / "python3"
    found = [None if sys.platform == "win32" else "/usr/bin/python3", *found, str(inside)]
    return list(dict.fromkeys(p for p in found if p and Path(p).is_file()))


def unfit(answer: str, say: Say = str) -> str:
    """Why an interpreter that answered `PROBE` cannot be used; empty if it can."""
    words = answer.split()
    if len(words) < 3 or not words[0].isdigit() or not words[1].isdigit():
        return say(marked("it cannot make environments (venv and ensurepip are needed)"))
    if (int(words[0]), int(words[1])) < MINIMUM:
        old = say(marked("it is Python {}, {} or newer is needed"))
        return old.format(".".join(words[:2]), ".".join(map(str, MINIMUM)))
    return "" if words[2] == "True" else say(marked("it is a 32-bit Python, 64 bit are needed"))


def in_flatpak() -> bool:
    """Whether QGIS runs in a Flatpak, which sees neither pip nor the machine's Python."""
    return Path("/.flatpak-info").exists()


def has_index(extra: str) -> bool:
    """Whether extra pip arguments name an index in the stead of the public one, which has no rs-sr of this project."""
    try:
        words = shlex.split(extra)
    except ValueError:
        return False
    return any(word.split("=")[0] in ("-i", "--index-url", "--no-index") for word in words)


def no_source(source: str, extra: str, say: Say = str) -> tuple[str, str]:
    """What is wrong with where rs-sr is to come from, and the cure; empty where nothing is."""
    if not source:
        missing = "" if has_index(extra) else say(marked("rs-sr is in no public package index"))
        return missing, say(marked("Choose a folder of wheels, a wheel or a clone"))
    if Path(source).exists():
        return "", ""
    return say(marked("{} does not exist")).format(source), say(marked("Choose another"))


def requirement(source: str, version: str) -> list[str]:
    """What pip is to install: a wheel, a folder of wheels, a clone, or by name from an index of the user's own."""
    path = Path(source)
    if not source:
        return [f"rs-sr[aoi]=={version}"]
    if has_wheels(source):
        name = "rs-sr[aoi]" if any(path.glob("geopandas-*.whl")) else "rs-sr"
        return ["--no-index", "--find-links", str(path), f"{name}=={version}"]
    return [f"{path}[aoi]"]


def steps(
    base: str, folder: Path, python: Path, source: str, extra: str, version: str, say: Say = str, answer: str = ""
) -> list[Step]:  # fmt: skip
    """The commands that make the environment in `folder`, whose interpreter will be `python`.

    `answer` is what the base has answered `PROBE`.
    """
    pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    words = [*pip, *shlex.split(extra), *requirement(source, version)]
    return [
        Step(say(marked("Making the environment")), base, ["-m", "venv", str(folder)]),
        Step(say(marked("Installing rs-sr")), str(python), words, system_store(answer) | trusting(certificate(extra))),
    ]


def system_store(answer: str) -> dict[str, str]:
    """The variable that makes the pip of an interpreter, which answered `PROBE`, trust whom the system trusts."""
    pip = re.search(r"(\d+)\.(\d+)\S*\s*$", answer)
    first, by_itself = SYSTEM_STORE
    told = pip is not None and first <= (int(pip[1]), int(pip[2])) < by_itself
    return {"PIP_USE_FEATURE": "truststore"} if told else {}


def certificate(extra: str) -> str:
    """The file that extra pip arguments name by --cert, the last one; empty for none."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--cert", default="")
    return str(parser.parse_known_args(shlex.split(extra))[0].cert)


def trusting(file: str) -> dict[str, str]:
    """The variables that make pip, and Python itself, trust a file of certificates; none without one.

    pip's own --cert yields to REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE.
    """
    return dict.fromkeys(CERTIFICATES, file) if file else {}


def beside(folder: str, version: str) -> str:
    """A folder of wheels that came with the plugin's zip, in this folder or one inside it; empty for none."""
    name = f"rs_sr-{version}-*.whl"
    found = [w.parent for place in (name, f"*/{name}") for w in sorted(Path(folder).glob(place))] if folder else []
    return next((str(place) for place in found if any(place.glob("torch-*.whl"))), "")


def has_wheels(source: str) -> bool:
    """Whether all that is needed comes from a folder, and nothing is downloaded."""
    path = Path(source)
    return bool(source) and path.is_dir() and not (path / "pyproject.toml").exists()


def disk_needed(source: str) -> int:
    """Bytes that an installation takes, roughly."""
    path = Path(source)
    if source and path.is_dir():
        wheels = sum(p.stat().st_size for p in path.glob("*.whl"))
        return 4 * wheels if wheels else NEEDED_BYTES
    return NEEDED_BYTES


def disk_free(folder: Path) -> int:
    """Bytes free where a folder is or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


UNTRUSTED = r"SSLError|CERTIFICATE_VERIFY|certificate verify"
COMPLAINTS = (
    (r"ensurepip is not\s+available",
     marked("venv is missing"), marked("On Debian and Ubuntu: apt install python3-venv")),
    (r"No space left|not enough space|Errno 28", marked("the disk is full"), marked("Make room and try again")),
    (r"407 Proxy|ProxyError|Cannot connect to proxy", marked("the proxy refused"),
     marked("Check Settings > Options > Network, or install from a folder of wheels")),
    (UNTRUSTED, marked("the index's certificate is not trusted"),
     marked("Add its authority to QGIS's (Settings > Options > Authentication > Manage Certificates), "
            "or give --cert FILE")),
    (r"No matching distribution found for (\S+)", marked("{} was not found for this Python and system"),
     marked("Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one")),
    (r"(\S+\.whl)\S* is not a supported wheel|Wheel '\S+' located at (?:\S*/)?(\S+) is invalid",
     marked("a wheel is damaged, or for another Python or system"),
     marked("Copy the wheels again, or choose another Python")),
    (r"Permission denied|Access is denied|WinError 5", marked("a file could not be written"),
     marked("A virus scanner or the folder's rights may be in the way")),
    (r"NewConnectionError|Name or service not known|Temporary failure in name resolution|ConnectTimeout",
     marked("the index cannot be reached"), marked("Check the network, or install from a folder of wheels")),
    (r"requires a different Python|Requires-Python", marked("this Python is too old or too new for it"),
     marked("Choose another interpreter")),
)  # fmt: skip


def complaint(log: str, say: Say = str) -> tuple[str, str]:
    """What the end of a failed command's log means, and the cure: sentences without their full stops."""
    for pattern, problem, cure in COMPLAINTS:
        found = re.search(pattern, log)
        if found:
            return say(problem).format(*found.groups()), say(cure)
    errors = re.findall(r"^ERROR: (.+)$", log, re.M)
    lines = [line for line in log.splitlines() if line.strip()]
    last = errors[-1] if errors else lines[-1] if lines else say(marked("it said nothing"))
    return last.strip().rstrip("."), say(marked("The log below tells more"))


def proxy_variables(host: str, port: int, user: str, password: str) -> dict[str, str]:
    """The variables that make pip go through a proxy; none without a host."""
    if not host:
        return {}
    who = f"{user}:{password}@" if user else ""
    address = f"http://{who}{host}{f':{port}' if port else ''}"
    return {"HTTP_PROXY": address, "HTTPS_PROXY": address}


def distrusts(log: str) -> bool:
    """Whether a command failed since it does not know who signed a certificate."""
    return re.search(UNTRUSTED, log) is not None


def diagnostics(facts: Mapping[str, str], log: list[str]) -> str:
    """What to send to whoever helps: facts, and the end of a log. No secrets."""
    lines = [f"{name}: {value}" for name, value in facts.items()]
    return without_secrets("\n".join([*lines, "", *log[-60:], ""]))


def without_secrets(text: str) -> str:
    """A line of a log without who an address is for: a proxy's password, an index's token."""
    return re.sub(r"://[^/@\s]+@", "://***@", text)


def readable(size: float) -> str:
    """Bytes for people."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}" if size < 10 * scale else f"{size / scale:.0f} {unit}"
    return f"{size / 1e3:.0f} kB"


def home_command(base: str, folder: Path) -> str:
    """What a user can type where QGIS cannot make the environment itself."""
    pip = folder / ("Scripts/pip" if os.name == "nt" else "bin/pip")
    return f"{base} -m venv {folder} && {pip} install CLONE"
