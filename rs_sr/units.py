"""Numbers for people: sizes, durations, how many there are of something, and columns of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence


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


def columns(lines: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Cells one below the other; those of the columns `right` end together."""
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(line, wide, strict=True))
        ).rstrip()
        for line in lines
    ]
