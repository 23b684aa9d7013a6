"""Weights that a paper's authors published: fetched from their own address, and only when the user asks for them."""

from __future__ import annotations

import hashlib
import tempfile
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from rs_sr.errors import ModelError
from rs_sr.models import catalogue, store
from rs_sr.models.catalogue import Entry
from rs_sr.models.published import KNOWN, import_checkpoint

TIMEOUT_S = 30
HOST = "https://raw.githubusercontent.com"
LKDN = f"{HOST}/stella-von/LKDN/54df78a491142c2503d9738192b767ceced4d1a1/experiments/pretrained_models/LKDN/"
ALKDNET = f"{HOST}/Qudaokuan/ALKDNet/ceec1948929fa261a5fa1d3ff8ce503ea7ecd90a/experiments/pretrained_models/"
ADDRESSES = {
    "lkdn_x2": LKDN + "LKDN_x2.pth",
    "lkdn_x3": LKDN + "LKDN_x3.pth",
    "lkdn_x4": LKDN + "LKDN_x4.pth",
    "lkdn_s_x4": LKDN + "LKDN-S_x4.pth",
    "alkdnet_x2": ALKDNET + "net_g_ALKDN_x2.pth",
    "alkdnet_x3": ALKDNET + "net_g_ALKDN_x3.pth",
    "alkdnet_x4": ALKDNET + "net_g_ALKDN_x4.pth",
}
BYTES = 2 * 2725465  # no file of these is larger than half of it


@dataclass(frozen=True)
class Published:
    """A file of the authors: where it lies, and what its SHA-256 may be."""

    name: str
    url: str
    sha256: frozenset[str]

    @property
    def imported(self) -> str:
        """What its model is called here."""
        return f"{self.name}_published"


def published(name: str) -> Published:
    """A published weight by the name of its model, with or without ``_published``; `ModelError` for another name."""
    short = name.removesuffix("_published")
    if short not in ADDRESSES:
        raise ModelError(f"no published weights are known by the name {name}", f"known are {', '.join(ADDRESSES)}")
    hashes = frozenset(h for h, card in KNOWN.items() if card["name"] == f"{short}_published")
    return Published(short, ADDRESSES[short], hashes)


def offered() -> list[dict[str, Any]]:
    """What can be got: of each its ``name``, ``title``, ``licence``, ``training_data``, ``source`` (the authors' page),
    ``url``, and whether it is ``there`` already."""
    there = {entry.card.name for entry in catalogue.list_models()}
    cards = {card["name"]: card for card in KNOWN.values()}
    return [
        {"name": name, "url": url, "there": f"{name}_published" in there}
        | {key: cards[f"{name}_published"][key] for key in ("title", "licence", "training_data", "source")}
        for name, url in ADDRESSES.items()
    ]


def get(name: str, file: str | Path | None = None) -> Entry:
    """The authors' weights `name` as a model of yours, from their published address, or from `file`, which was fetched
    by other means.

    A file whose SHA-256 is not that of the published one is refused, and nothing is left behind (`ModelError`).
    """
    wanted = published(name)
    if file is None and any(e.card.name == wanted.imported for e in catalogue.list_models()):
        raise ModelError(
            f"a model {wanted.imported} is there already", f"remove it first: rs-sr models remove {wanted.imported}"
        )
    data = _fetched(wanted) if file is None else _read(Path(file))
    if (found := hashlib.sha256(data).hexdigest()) not in wanted.sha256:
        come = wanted.url if file is None else file
        raise ModelError(
            f"{come} is not the file that the authors of {wanted.name} published (SHA-256 {found})",
            f"fetch {wanted.url} in a browser and give it with --from",
        )
    with tempfile.TemporaryDirectory() as scratch:
        checkpoint, model = Path(scratch) / "checkpoint.pth", Path(scratch) / f"{wanted.imported}.safetensors"
        checkpoint.write_bytes(data)
        store.write(model, *import_checkpoint(checkpoint, name=wanted.imported))
        return catalogue.add(str(model))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(BYTES)
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error.strerror}", "check the name") from error


def _fetched(wanted: Published) -> bytes:
    """What lies at the address. Proxies are those of the environment."""
    try:
        with urllib.request.urlopen(wanted.url, timeout=TIMEOUT_S) as answer:
            data: bytes = answer.read(BYTES)
            if len(data) < min(int(answer.headers.get("Content-Length") or 0), BYTES):
                raise OSError("the connection broke off")
            return data
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or str(error) or type(error).__name__
        raise ModelError(
            f"{wanted.url} could not be fetched: {reason}", "fetch it in a browser and give it with --from FILE"
        ) from error
