"""The command line: arguments in, one call, exit code out."""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from rs_sr.doors.parsing import parser
from rs_sr.doors.screen import say, silence, tell, unheard
from rs_sr.errors import (
    Cancelled,
    MemoryBudgetError,
    RequestError,
    RsSrError,
    TargetError,
    speaking,
)

MAKING = ("super-resolve", "import", "export", "report", "demo", "bundle", "sensors")  # commands that make files
WATCHING = ("super-resolve", "import", "worker")  # commands that look at the interrupt, or have handlers of their own


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with the documented exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    _hold_streams()
    if words[:1] != ["worker"]:  # there the libraries' words are the log
        _silence_libraries()
    code = run(words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and told
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            silence(stream)
    if any(t.name == "rs-sr" and t.is_alive() for t in threading.enumerate()):
        os._exit(code)  # cancelled work may still sit in a long call of GDAL or torch
    sys.exit(code)


def _hold_streams() -> None:
    """Put nothing where a standard stream was closed: else the next file that is opened would get its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _silence_libraries() -> None:
    """Keep C libraries from writing between our lines: libtiff prints its errors, which we report, on its own."""
    if os.environ.get("RS_SR_DEBUG") or sys.stderr is None:
        return
    sys.unraisablehook = lambda _: None  # rasterio stumbles over messages of GDAL that are no UTF-8
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding=sys.stderr.encoding, errors="backslashreplace")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    with speaking("shell"):
        try:
            parsed = parser().parse_args(arguments)
        except SystemExit as end:
            return int(end.code or 0)
        except RequestError as error:
            return _failed(error, "--json" in arguments)
        interrupt = Interrupt(raises=parsed.command not in WATCHING)
        unheard.clear()
        with interrupt:
            return _run(parsed, interrupt)


def _run(parsed: argparse.Namespace, interrupt: Interrupt) -> int:
    as_json = getattr(parsed, "json", False)
    try:
        try:
            code: int = parsed.call(parsed, interrupt)
        finally:
            interrupt.over()
        return _heard(parsed, code)
    except (Cancelled, KeyboardInterrupt):
        return _failed(Cancelled("cancelled", _kept(parsed)), as_json, interrupt.exit_code)
    except RsSrError as error:
        return _failed(error, as_json)
    except MemoryError:
        return _failed(MemoryBudgetError("memory ran out", "give a smaller --tile or --memory"), as_json)
    except Exception as error:
        if getattr(error, "errno", None) == errno.ENAMETOOLONG:
            name = getattr(error, "filename", "")
            return _failed(RequestError(f"{name}: a name cannot be so long", "give another"), as_json)
        if os.environ.get("RS_SR_DEBUG"):
            raise
        what = f"unexpected {type(error).__name__}: {error}"
        return _failed(RsSrError(what, "please report it (RS_SR_DEBUG=1 shows the details)"), as_json)


def _failed(error: RsSrError, as_json: bool, code: int | None = None) -> int:
    """Tell an error, in the words of the command line or as JSON, and give its exit code."""
    code = error.exit_code if code is None else code
    if as_json:
        tell(json.dumps({"error": error.to_json() | {"exit_code": code}}, indent=2))
    else:
        say(f"rs-sr: {error}")
    return code


def _heard(parsed: argparse.Namespace, code: int) -> int:
    """The exit code where standard output may have failed: files that were made are made, words are lost."""
    if not unheard or isinstance(unheard[0], BrokenPipeError):  # who reads has heard enough
        return code
    say(f"rs-sr: standard output cannot be written: {unheard[0].strerror}")
    made = parsed.command in MAKING and not getattr(parsed, "dry_run", False)
    return code if made else code or TargetError.exit_code


class Interrupt:
    """Turns Ctrl-C and SIGTERM into a flag that a run looks at; `raises`: into a `KeyboardInterrupt` until it is over.

    In a ``with`` statement, after which the handlers are again what they were.
    """

    def __init__(self, *, raises: bool = False) -> None:
        self.exit_code = 130
        self._raises = raises
        self._event = threading.Event()
        self._before: dict[int, Any] = {}

    def _caught(self, number: int, frame: object) -> None:
        self.exit_code = 128 + number
        self._event.set()
        if self._raises:
            raise KeyboardInterrupt

    def over(self) -> None:
        """From now on nothing is raised."""
        self._raises = False

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the last is a closed terminal
                if hasattr(signal, name):
                    number = getattr(signal, name)
                    self._before[number] = signal.signal(number, self._caught)

    def __exit__(self, *exc: object) -> None:
        for number, handler in self._before.items():
            if handler is not None:  # set by something that is not Python
                signal.signal(number, handler)

    def __call__(self) -> bool:
        return self._event.is_set()


def _kept(parsed: argparse.Namespace) -> str:
    """What a cancelled run leaves behind."""
    if parsed.command == "bundle":
        return "finished wheels are kept"
    from rs_sr.raster.workspace import JOURNAL, has_tiles, journal_folder

    paths, folder = getattr(parsed, "paths", [""]), getattr(parsed, "out_dir", None)
    journals = Path(folder).glob(f".*{JOURNAL}") if folder else [journal_folder(paths[-1])]
    if not any(map(has_tiles, journals)):
        return "nothing was left"
    how = "again" if getattr(parsed, "resume", False) else "with --resume"
    return f"finished tiles are kept, run the same command {how} to go on"
