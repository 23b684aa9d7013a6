"""What a terminal shows while a run works."""

from __future__ import annotations

import sys

import pytest

from rs_sr.doors.screen import ProgressLine
from rs_sr.run.result import Progress


@pytest.mark.parametrize(
    ("pixels", "words"),
    [(900, " 50%  900 pixels"), (2_500_000, " 50%  1.25 of 2.50 megapixels  1.250 MP/s  0:01 left")],
)
def test_a_terminal_shows_a_bar_with_what_is_done(
    pixels: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ProgressLine(quiet=False)(Progress("super-resolving", pixels // 2, pixels, pixels / 2_500_000))
    said = capsys.readouterr().err
    assert "super-resolving [############            ]" in said and words in said
