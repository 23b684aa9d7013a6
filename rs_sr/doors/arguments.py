"""The options of a run as arguments of the command line."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any, Literal, get_args, get_origin, get_type_hints

from rs_sr.options import Options, flag_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every option to an argparse parser; values are checked by `Options` itself."""
    hints = get_type_hints(Options)
    for item in dataclasses.fields(Options):
        flag = flag_of(item.name)
        parts = get_args(hints[item.name])
        kind = parts[0] if type(None) in parts else hints[item.name]
        more: dict[str, Any] = {"help": item.metadata["help"], "default": argparse.SUPPRESS}
        if "metavar" in item.metadata:
            more["metavar"] = item.metadata["metavar"]
        if kind is bool:
            more["action"] = "store_true"
        elif get_origin(kind) is Literal:
            more |= {"choices": get_args(kind), "type": type(get_args(kind)[0])}
        elif item.name in ("co", "oo"):
            more["action"] = "append"
        elif get_origin(kind) is tuple and item.name != "bands":
            more["nargs"] = len(get_args(kind))
        parser.add_argument(flag, **more)
