"""Build the QGIS plugin: ``python tools/plugin_zip.py [FOLDER]`` writes ``rs_sr_qgis-<version>.zip`` into ``dist``.

The same files lie unpacked beside it, in ``rs_sr_qgis``, to link into a profile while developing. The zip is the same
to the byte whenever its files are.
"""

from __future__ import annotations

import argparse
import configparser
import html
import re
import runpy
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "rs_sr_qgis"  # the plugin's Python package in QGIS; `rs_sr` would hide the backend's
KEPT = (".py", ".svg")
STYLE = "body { font: 15px sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em } td, th { padding: .2em .8em; text-align: left } pre { background: #8882; padding: .6em; overflow: auto }"  # noqa: E501


def contents(root: Path = ROOT) -> dict[str, bytes]:
    """The files of the plugin by their names in the zip. A version that drifted ends in `SystemExit`."""
    files = {
        f"{NAME}/{path.relative_to(root / 'qgis_plugin').as_posix()}": path.read_bytes()
        for path in sorted((root / "qgis_plugin").rglob("*"))
        if path.suffix in KEPT and "__pycache__" not in path.parts
    }
    tool = runpy.run_path(str(Path(__file__).with_name("translations.py")))
    for path in sorted((root / "qgis_plugin" / "i18n").glob("*.ts")):
        files[f"{NAME}/i18n/{path.stem}.qm"] = tool["compiled"](tool["read"](path))
    metadata = (root / "metadata.txt").read_text(encoding="utf-8")
    parsed = configparser.ConfigParser()
    parsed.read_string(metadata)
    version = parsed["general"]["version"]
    backend = re.search(r'__version__ = "(.+)"', (root / "rs_sr" / "__init__.py").read_text(encoding="utf-8"))
    if backend is None or backend.group(1) != version:
        sys.exit(f"metadata.txt says version {version}, rs_sr/__init__.py another: make them the same")
    files[f"{NAME}/metadata.txt"] = linked(metadata, root).encode()
    files[f"{NAME}/help/index.html"] = page((root / "docs" / "qgis.md").read_text(encoding="utf-8")).encode()
    files[f"{NAME}/LICENSE"] = (root / "LICENSE").read_bytes()
    return dict(sorted(files.items()))


def linked(metadata: str, root: Path) -> str:
    """The plugin's metadata with the links of ``pyproject.toml``."""
    urls = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    for key, name in (("homepage", "Homepage"), ("repository", "Repository"), ("tracker", "Issues")):
        metadata = re.sub(f"(?m)^{key}=.*$", f"{key}={urls[name]}", metadata)
    return metadata


def build(target: Path) -> Path:
    """Write the zip and the unpacked folder into `target`; give the zip's path."""
    files = contents()
    parsed = configparser.ConfigParser()
    parsed.read_string(files[f"{NAME}/metadata.txt"].decode())
    folder = target / NAME
    shutil.rmtree(folder, ignore_errors=True)
    path = target / f"{NAME}-{parsed['general']['version']}.zip"
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
    return path


def inline(text: str) -> str:
    """Code, bold, italics and addresses; links to files that do not come along are their words alone."""
    parts = re.split(r"`([^`]+)`", text)
    done = []
    for place, part in enumerate(parts):
        said = html.escape(part, quote=False)
        if place % 2:
            done.append(f"<code>{said}</code>")
            continue
        said = re.sub(r"\[([^\]]+)\]\((https?://[^)]+)\)", r'<a href="\2">\1</a>', said)
        said = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", said)
        said = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", said)
        done.append(re.sub(r"\*([^*]+)\*", r"<i>\1</i>", said))
    return "".join(done)


def page(markdown: str) -> str:
    """docs/qgis.md as the plugin's help page: what of Markdown that file uses, without pictures."""
    text = re.sub(r"^!\[[^\]]*\]\([^)]*\)$", "", markdown, flags=re.M)
    body = "\n".join(_block(block) for block in _blocks(text))
    return f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>rs-sr in QGIS</title><style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n'  # noqa: E501


def _blocks(text: str) -> list[list[str]]:
    """Lines between empty ones; a fence is one block."""
    blocks: list[list[str]] = [[]]
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if line.strip() or fenced:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _block(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("```"):
        return f"<pre>{html.escape(chr(10).join(lines[1:-1]))}</pre>"
    if first.startswith("    "):
        return f"<pre>{html.escape(chr(10).join(line[4:] for line in lines))}</pre>"
    if heading := re.match(r"(#+) (.+)", first):
        return f"<h{len(heading[1])}>{inline(heading[2])}</h{len(heading[1])}>"
    if first.startswith("|"):
        rows = [[inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines if "---" not in line]
        kinds = ["th", *["td"] * (len(rows) - 1)]
        cells = ["".join(f"<{kind}>{cell}</{kind}>" for cell in row) for kind, row in zip(kinds, rows, strict=True)]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    if re.match(r"\s*(-|\d+\.) ", first):
        return _list(lines)
    return f"<p>{inline(' '.join(lines))}</p>"


def _list(lines: list[str]) -> str:
    """A list and what is set in below its items."""
    items: list[tuple[int, str]] = []
    for line in lines:
        if found := re.match(r"(\s*)(?:-|\d+\.) (.*)", line):
            items.append((len(found[1]), found[2]))
        else:
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
    kind = "ol" if re.match(r"\s*\d", lines[0]) else "ul"
    said, deep = "", False
    for indent, text in items:
        if (indent > items[0][0]) != deep:
            said, deep = said + ("</ul>" if deep else "<ul>"), not deep
        said += f"<li>{inline(text)}</li>"
    return f"<{kind}>{said}{'</ul>' if deep else ''}</{kind}>"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", help="where to (default: %(default)s)")
    print(build(parser.parse_args().folder))
