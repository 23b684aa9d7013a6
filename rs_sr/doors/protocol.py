"""What a worker and its driver say to each other: one JSON object a line, ASCII-escaped, no line above 1 MiB.

    driver    {"type": "info", "id": 1, "source": "a.tif", "params": {"model": "bicubic"}, "devices": true}
    driver    {"type": "info", "id": 1, "published": true}: which weights of authors can be got
    driver    {"type": "run", "id": 2, "params": {"source": "a.tif", "target": "b.tif", "scale": 2}}
    driver    {"type": "cancel", "id": 2}, {"type": "shutdown"}; the end of its stream means shutdown at once
    worker    {"type": "hello", "protocol": 1, "version": ..., "python": ..., "pid": ..., "capabilities": [...]}
    worker    {"type": "info", "id": 1, "models": [...], "sensors": [...], "devices": [...], "plan": {...}}
    worker    {"type": "progress", "id": 2, "fraction": 0.4, "stage": ..., "eta_s": 12}, at least one a second
    worker    {"type": "log", "level": "warning", "text": ...}
    worker    {"type": "result" | "cancelled" | "error", "id": 2, ...}

The `params` of a run are `source`, `target` and the fields of `rs_sr.options.Options`. A run with `preview`, a list of
the bands that are shown (empty for all), makes a part to look at, at once, and promises no bits. Both sides ignore
types and fields that they do not know. `qgis_plugin/protocol.py` is the other side, which cannot import this one.
"""

from __future__ import annotations

import json
from typing import Any

from rs_sr.errors import (
    ClusterError,
    DiskFullError,
    MemoryBudgetError,
    MissingPackageError,
    ModelError,
    NoPermissionError,
    RequestError,
    SourceError,
    TargetError,
)

VERSION = 1
LINE_BYTES = 1 << 20
DETAIL_CHARS = 8000  # of a traceback

CODES: dict[type[BaseException], str] = {
    DiskFullError: "disk-full",
    NoPermissionError: "no-permission",
    TargetError: "bad-target",
    SourceError: "bad-raster",
    ModelError: "bad-model",
    MissingPackageError: "unsupported",
    ClusterError: "unsupported",
    MemoryError: "out-of-memory",
    MemoryBudgetError: "out-of-memory",
    RequestError: "bad-parameter",
}

Message = dict[str, Any]


class BadMessage(ValueError):
    """A line that is no message."""


def code_of(error: BaseException) -> str:
    """The code of an error, `internal` for one that was not expected."""
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), "internal")


def encode(message: Message) -> bytes:
    """A message as a line."""
    return json.dumps(message, ensure_ascii=True, default=str).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """A line as a message; one that is too long, no JSON object or without a type is a `BadMessage`."""
    if len(line) > LINE_BYTES:
        raise BadMessage(f"a line of more than {LINE_BYTES} bytes")
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"no JSON: {error}") from error
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise BadMessage("no object with a type")
    return message


class Lines:
    """Cuts a stream of bytes into lines; of one that is too long only a beginning is kept."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes, without empty ones."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[: LINE_BYTES + 1]
        return [line for line in lines if line.strip()]
