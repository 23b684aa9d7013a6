"""The plugin's side of the talk with a worker (`rs_sr/doors/protocol.py` is the other): bytes to messages, no Qt.

Whoever holds the process feeds what it reads to a `Conversation` and gets messages; what goes wrong is a `WorkerError`
with a code that `messages.py` turns into words.
"""

from __future__ import annotations

import json
import re
from typing import Any

VERSION = 1
LINE_BYTES = 1 << 20
LOG_BYTES = 1 << 16  # kept of standard error

Message = dict[str, Any]


class WorkerError(Exception):
    """What went wrong. `code` is of the protocol, or of this side: no-interpreter, no-hello, backend-missing,
    backend-too-old, plugin-too-old, worker-died, worker-stuck, not-set-up, bad-layer, no-polygons."""

    def __init__(self, code: str, message: str = "", hint: str = "", detail: str = "") -> None:
        super().__init__(message or code)
        self.code, self.message, self.hint, self.detail = code, message, hint, detail


class Cancelled(Exception):
    """The user cancelled, and nothing is left."""


def encode(message: Message) -> bytes:
    """A message as a line."""
    return json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n"


class Conversation:
    """What is heard of one worker: its hello, its messages, and the end of its log."""

    def __init__(self) -> None:
        self.hello: Message | None = None
        self.skipped = 0  # lines that were no messages
        self.log = b""
        self._rest = b""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes, the hello among them. Another protocol is a `WorkerError`."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[: LINE_BYTES + 1]
        found = []
        for line in lines:
            message = _decode(line)
            if message is None:
                self.skipped += 1
                continue
            if message["type"] == "hello":
                self._greet(message)
            found.append(message)
        return found

    def feed_log(self, data: bytes) -> None:
        """Keep the end of what the worker writes to standard error."""
        self.log = (self.log + data)[-LOG_BYTES:]

    def log_tail(self, size: int = 4096) -> str:
        return self.log[-size:].decode("utf-8", "replace")

    def _greet(self, message: Message) -> None:
        spoken = message.get("protocol")
        version = str(message.get("version", "?"))
        if not isinstance(spoken, int) or spoken > VERSION:
            raise WorkerError("plugin-too-old", version)
        if spoken < VERSION:
            raise WorkerError("backend-too-old", version)
        self.hello = message

    def check_polygons(self) -> None:
        """Raise that polygons cannot be read by this backend, if so."""
        if "aoi" not in (self.hello or {}).get("capabilities", ["aoi"]):
            raise WorkerError("no-polygons")

    def ended(self, exit_code: int, crashed: bool) -> WorkerError:
        """Why a process that left on its own did so."""
        tail = self.log_tail()
        if self.hello is None and re.search(r"No module named '?rs_sr", tail):
            return WorkerError("backend-missing", detail=tail)
        if self.hello is None and "invalid choice: 'worker'" in tail:
            return WorkerError("backend-too-old", "?", detail=tail)
        how = f"signal {exit_code}" if crashed else f"exit code {exit_code}"
        return WorkerError("worker-died", how, detail=tail)


def error_of(message: Message) -> WorkerError:
    """The `WorkerError` of a message of type error."""
    words = [str(message.get(key) or "") for key in ("code", "message", "hint", "detail")]
    return WorkerError(words[0] or "internal", *words[1:])


def _decode(line: bytes) -> Message | None:
    if len(line) > LINE_BYTES:
        return None
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) and isinstance(message.get("type"), str) else None
