"""The plugin's texts for translators: ``python tools/translations.py`` renews ``qgis_plugin/i18n/*.ts``.

New texts are added to each file, texts that are gone leave it, and what is translated stays. Qt Linguist opens the
files, and any editor. ``tools/plugin_zip.py`` compiles them into the zip.
"""

from __future__ import annotations

import ast
import struct
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "qgis_plugin" / "i18n"
CONTEXT = "RsSr"
MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")  # of a .qm file
HASHES, MESSAGES = 0x42, 0x69  # its sections
END, TRANSLATION, SOURCE, CONTEXT_TAG, COMMENT = 1, 3, 6, 7, 8  # parts of a message


def texts(plugin: Path = ROOT / "qgis_plugin") -> list[str]:
    """What is said to people, in the order of the files."""
    found: dict[str, None] = {}
    for path in sorted(plugin.rglob("*.py")):
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        for call in sorted(calls, key=lambda n: (n.lineno, n.col_offset)):
            name = getattr(call.func, "id", "")
            given = call.args[-1] if call.args else None
            if name in ("translate", "marked") and isinstance(given, ast.Constant):
                found.setdefault(str(given.value))
    return list(found)


def read(path: Path) -> dict[str, str]:
    """The translations of a .ts file; those that are still to be made are left out."""
    messages = ElementTree.parse(path).getroot().iter("message")
    pairs = ((m.findtext("source") or "", m.findtext("translation") or "") for m in messages)
    return {source: translation for source, translation in pairs if translation}


def write(path: Path, language: str, known: dict[str, str], said: list[str]) -> None:
    """A .ts file of `said`, with what is known of it."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in said:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(text)
        if text not in known:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def compiled(translations: dict[str, str]) -> bytes:
    """A .qm file, as Qt's `QTranslator` reads it: messages, and their places by the hash of the source."""
    messages, places = bytearray(), []
    for source, translation in sorted(translations.items()):
        places.append((_hash(source.encode()), len(messages)))
        for tag, data in (
            (TRANSLATION, translation.encode("utf-16-be")), (SOURCE, source.encode()),
            (CONTEXT_TAG, CONTEXT.encode()), (COMMENT, b""),
        ):  # fmt: skip
            messages += struct.pack(">BI", tag, len(data)) + data
        messages.append(END)
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    sections = ((HASHES, hashes), (MESSAGES, bytes(messages)))
    return MAGIC + b"".join(struct.pack(">BI", tag, len(data)) + data for tag, data in sections)


def _hash(data: bytes) -> int:
    """The hash of the ELF format, 28 bits."""
    value = 0
    for byte in data:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high
    return value or 1


def renew(folder: Path = FOLDER) -> list[str]:
    """Bring the files up to date; gives for each how much of it is translated."""
    said, told = texts(), []
    for path in sorted(folder.glob("*.ts")):
        language = ElementTree.parse(path).getroot().get("language", "")
        known = {text: translation for text, translation in read(path).items() if text in said}
        write(path, language, known, said)
        told.append(f"{path.name}: {len(known)} of {len(said)}")
    return told


if __name__ == "__main__":
    sys.exit(print("\n".join(renew())))
