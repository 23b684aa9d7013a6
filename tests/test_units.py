"""Numbers as people read them."""

from __future__ import annotations

import pytest

from rs_sr.units import counted, duration, readable


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (187_358_652, "187 MB"), (4e9, "4 GB"), (2.5e15, "2.5e+03 TB")],
)
def test_sizes(size: float, text: str) -> None:
    assert readable(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.1, "1 s"), (89.4, "89 s"), (90, "2 min"), (3600, "60 min"), (5400, "1.5 h"), (1e5, "27.8 h")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0 bands"), (1, "1 band"), (2, "2 bands")])
def test_how_many(number: int, text: str) -> None:
    assert counted(number, "band") == text
