"""Messages over the map, with buttons that do what they speak of."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtWidgets import QPushButton

from ..messages import translate

Cure = tuple[str, Callable[[], None]]  # a button's word, and what it does
STAYS = 0


def push(iface, text: str, level, *cures: Cure, seconds: int = STAYS) -> None:
    """Show a message. One with a button stays until it is closed, or the button pressed."""
    bar = iface.messageBar()
    item = bar.createMessage(translate("RsSr", "Super-resolution"), text)
    for word, act in cures:
        button = QPushButton(word)
        button.clicked.connect(lambda _=False, act=act: (bar.popWidget(item), act()))
        item.layout().addWidget(button)
    bar.pushWidget(item, level, seconds)
