"""How long the sentences are that users read, and which words they hold that docs/style.md leaves out.

    python tools/language.py            counts
    python tools/language.py --show     and every sentence that is too long or has such a word

Read are README.md, docs/*.md (without code), the help of options and exit codes, and the texts of errors, warnings and
notes in rs_sr/.
"""

from __future__ import annotations

import ast
import dataclasses
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rs_sr.errors import EXIT_CODES
from rs_sr.options import Options

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 25  # words of a sentence
AVOIDED = (
    "albeit", "amongst", "aforementioned", "but for", "e.g.", "etc.", "heretofore", "hence", "i.e.", "in order to",
    "leverage", "obviously", "please note", "said to be", "says nothing without", "simply", "thereby", "therein",
    "thereof", "thus", "utilise", "utilize", "whatsoever", "whereby", "wherein", "whilst", "is no option",
    "is no range", "is no number", "is no size", "is no kind", "is no value", "is no model", "is no raster",
    "is no name",
)  # fmt: skip
WORD = re.compile(r"[^\W\d_][\w'-]*")
END = re.compile(r"(?<=[.!?])\s+(?=[\"'`*(\[]*[A-Z0-9])")
ITEM = re.compile(r"^\s*([-*]|\d+\.)\s")
RAISES = re.compile(r"(Error|Warning)$")


def sentences() -> Iterator[tuple[str, str]]:
    """Where each sentence stands, and the sentence."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        if page.name != "api.md":
            for text in prose(page.read_text("utf-8")):
                yield from ((str(page.relative_to(ROOT)), s) for s in END.split(text))
    for item in dataclasses.fields(Options):
        yield from ((f"help of {item.name}", s) for s in re.split(r"; |(?<=\.) ", item.metadata["help"]))
    yield from ((f"exit code {code}", text) for code, text in EXIT_CODES.items())
    for file in sorted((ROOT / "rs_sr").rglob("*.py")):
        for text in told(ast.parse(file.read_text("utf-8"))):
            yield from ((str(file.relative_to(ROOT)), s) for s in re.split(r"; |(?<=\.) ", text))


def prose(markdown: str) -> list[str]:
    """Paragraphs, items and cells of tables, without code, pictures, links' addresses and headings."""
    text = re.sub(r"```.*?```", "", markdown, flags=re.S)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"`[^`]*`", "CODE", text)
    parts: list[str] = [""]
    before, code = "", False
    for line in text.splitlines():
        # indented code follows an empty line; an item of a list within a list is none
        code = line.startswith("    ") and not ITEM.match(line) and (code or not before.strip())
        before = line
        if code or line.startswith(("#", "---")):
            line = ""
        if line.startswith("|"):
            parts += [cell.strip() for cell in line.strip("|").split("|")]
            parts.append("")
        elif not line.strip() or ITEM.match(line):
            parts.append(ITEM.sub("", line))
        else:
            parts[-1] += f" {line.strip()}"
    return [part.strip() for part in parts if WORD.search(part)]


def told(tree: ast.AST) -> Iterator[str]:
    """Texts of errors, warnings and notes, with X for what is filled in."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        whose = ast.unparse(node.func)
        if RAISES.search(name) or whose == "notes.append":
            yield from filter(None, map(_text, node.args))


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "X" for v in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return ""


def words(sentence: str) -> int:
    return len(WORD.findall(sentence))


def avoided(sentence: str) -> list[str]:
    """Words of the list that the sentence has."""
    text = f" {sentence.lower()} "
    return [word for word in AVOIDED if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def main() -> None:
    every = [(where, text) for where, text in sentences() if words(text)]
    long = [(w, t) for w, t in every if words(t) > LONGEST]
    listed = [(w, t) for w, t in every if avoided(t)]
    if "--show" in sys.argv:
        for where, text in (*long, *listed):
            print(f"{where}: {words(text)} words, {', '.join(avoided(text)) or 'none of the list'}: {text}")
    lengths = sorted(words(t) for _, t in every)
    print(
        f"{len(every)} sentences; words: mean {sum(lengths) / len(lengths):.1f}, nine in ten at most "
        f"{lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}; longer than {LONGEST}: {len(long)}; with a word of "
        f"the list: {len(listed)}"
    )


if __name__ == "__main__":
    main()
