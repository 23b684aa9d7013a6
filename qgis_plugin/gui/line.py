"""A line of words under a widget."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtWidgets import QLabel

LINK = "#3b8ede"  # reads on light and on dark


def link(address: str, words: str) -> str:
    """Words that can be clicked."""
    return f'<a href="{escape(address)}" style="color:{LINK}">{words}</a>'


class Line(QLabel):
    """Wrapped where it is long; takes no room while it is empty."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setVisible(bool(text))
