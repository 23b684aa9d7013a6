"""Numbers for people: sizes, durations, and how many there are of something."""

from __future__ import annotations


def readable(size: float) -> str:
    """Bytes, with three digits."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"


def duration(seconds: float) -> str:
    """An estimate, 1 s at least."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def counted(number: int, one: str) -> str:
    """``1 band``, ``3 bands``."""
    return f"{number} {one}{'s' * (number != 1)}"
