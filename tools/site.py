"""Hooks of the site (mkdocs.yml): pages from outside ``docs``, and the command line's help as a page."""

from __future__ import annotations

import argparse
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
PAGES = {  # in the repository: on the site
    "README.md": "index.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
    "training/README.md": "training.md",
    "tests/benchmarks/README.md": "benchmarks.md",
}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
COMMANDS = "commands.md"


def on_files(files: Files, config: Any) -> Files:
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    files.append(File.generated(config, COMMANDS, content=commands()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Links between pages, wherever in the repository they lie; one to a file that is no page becomes its name."""
    uri = page.file.src_uri
    source = next((name for name, made in PAGES.items() if made == uri), f"docs/{uri}")

    def moved(found: re.Match[str]) -> str:
        picture, text, target = found.groups()
        path, hash_, anchor = target.partition("#")
        if ":" in target or not path:
            return found.group()
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        there = PAGES.get(inside, inside.removeprefix("docs/"))
        if there == inside or inside.endswith(".ipynb"):
            return f"{text} (`{inside}`)"
        return f"{picture}[{text}]({posixpath.relpath(there, posixpath.dirname(uri) or '.')}{hash_}{anchor})"

    return LINK.sub(moved, markdown)


def commands() -> str:
    """Every command's help, as ``rs-sr COMMAND --help`` prints it."""
    from rs_sr.doors import parsing

    parser = parsing.parser()
    parts = ["# Commands\n\nAs `rs-sr COMMAND --help` prints them.\n"]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                parts.append(f"## rs-sr {name}\n\n```text\n{command.format_help().strip()}\n```\n")
    return "\n".join(parts)
