"""Processing's own window around the algorithm; imported once it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from processing import createAlgorithmDialog

from .parameters import ALGORITHM


def open_dialog(parameters: Mapping[str, Any]) -> None:
    """Show the algorithm's dialog with these values."""
    createAlgorithmDialog(ALGORITHM, dict(parameters)).show()
