"""What the command line says: results to standard output, words and progress to standard error."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rs_sr.run.result import Progress


unheard: list[OSError] = []  # why standard output could not be written: told at the end, when the work is done


def say(text: str, end: str = "\n") -> None:
    """Words to standard error. Where nobody can hear them, the work goes on."""
    try:
        _print(text, sys.stderr, end)
    except OSError:
        silence(sys.stderr)


def tell(text: str) -> None:
    """A result to standard output. Where that is full or closed, the work goes on, and `unheard` knows why."""
    try:
        _print(text, sys.stdout)
    except OSError as error:
        unheard.append(error)
        silence(sys.stdout)


def silence(stream: Any) -> None:
    """Send what is still to come, and what waits in the stream, to nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print(text: str, stream: Any, end: str = "\n") -> None:
    """Print what the stream's encoding has, and escape the rest."""
    if stream is not None:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        print(text.encode(encoding, "backslashreplace").decode(encoding), end=end, file=stream, flush=True)


def show(parsed: argparse.Namespace, value: Any) -> None:
    """Print a result: JSON where asked, else its words."""
    if getattr(parsed, "json", False):
        tell(json.dumps(value if isinstance(value, dict | list) else value.to_json(), indent=2, default=str))
    elif not getattr(parsed, "quiet", False):
        tell(str(value))


class ProgressLine:
    """Progress as a bar on a terminal, as a line each ten seconds in a log."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar = sys.stderr is not None and sys.stderr.isatty()
        self._last = time.monotonic()
        self._told = ""

    def __call__(self, progress: Progress) -> None:
        if self._quiet:
            return
        if progress.news and progress.news != self._told:
            self._told = progress.news
            self.end()
            say(progress.news)
        now = time.monotonic()
        if not self._bar and now - self._last < 10:
            return
        self._last = now
        speed = progress.done / progress.seconds / 1e6 if progress.seconds > 0.5 else 0.0
        left = progress.seconds_left
        much = f"{progress.done / 1e6:.2f} of {progress.pixels / 1e6:.2f} megapixels"
        words = f"{progress.fraction:4.0%}  {much if progress.pixels > 99_999 else f'{progress.pixels} pixels'}"
        words += f"  {speed:.3f} MP/s" if speed else ""
        words += f"  {_clock(left)} left" if left is not None and progress.stage == "super-resolving" else ""
        if self._bar:
            filled = round(progress.fraction * 24)
            say(f"\r\033[K{progress.stage:>22} [{'#' * filled:<24}] {words}", end="")
        else:
            say(f"{progress.stage} {words}")

    def end(self) -> None:
        if self._bar and not self._quiet:
            say("\r\033[K", end="")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
