"""An extension of griffe for the API's page: docstrings as `help` shows them, with all options."""

from __future__ import annotations

import inspect
from typing import Any

import griffe


class Spelled(griffe.Extension):
    def on_function(self, *, func: griffe.Function, **more: Any) -> None:
        if func.docstring is not None and "{options}" in func.docstring.value:
            func.docstring.value = inspect.getdoc(griffe.dynamic_import(func.path)) or ""
