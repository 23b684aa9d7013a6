"""What users read is short and plain, and tells of everything there is: docs/style.md."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from rs_sr.errors import EXIT_CODES
from rs_sr.options import Options, flag_of
from tools.language import AVOIDED, LONGEST, avoided, prose, sentences, told, words

ROOT = Path(__file__).resolve().parents[1]
PAGES = {page: page.read_text("utf-8") for page in sorted((ROOT / "docs").rglob("*.md"))}


def test_no_sentence_is_too_long() -> None:
    assert [(where, text) for where, text in sentences() if words(text) > LONGEST] == []


def test_no_sentence_has_a_word_that_we_do_not_use() -> None:
    style = ROOT / "docs" / "style.md"
    found = [(where, text, avoided(text)) for where, text in sentences() if where != str(style.relative_to(ROOT))]
    assert [each for each in found if each[2]] == []


def test_every_option_is_documented() -> None:
    """On a page, beside the help, or on the page of sensors."""
    every = "\n".join((*PAGES.values(), (ROOT / "README.md").read_text("utf-8")))
    flags = [flag_of(f.name) for f in fields(Options)]
    assert [flag for flag in flags if not re.search(rf"{flag}(?![\w-])", every)] == []
    assert all(f.metadata["help"] for f in fields(Options))


def test_every_exit_code_is_documented() -> None:
    page = PAGES[ROOT / "docs" / "command-line.md"]
    assert [code for code, text in EXIT_CODES.items() if f"| {code} | {text} |" not in page] == []


def test_the_glossary_is_in_order_and_says_each_word_once() -> None:
    rows = [line.split("|")[1].strip() for line in PAGES[ROOT / "docs" / "glossary.md"].splitlines() if "|" in line][2:]
    assert rows == sorted(rows, key=str.lower) and len(rows) == len(set(rows)) > 30


@pytest.mark.parametrize("word", AVOIDED)
def test_a_word_of_the_list_is_found(word: str) -> None:
    assert avoided(f"Here {word} there.") and not avoided("A plain sentence.")


def test_code_pictures_and_addresses_are_not_read() -> None:
    page = "# Head\n\nOne [two](http://three.four) `five six`.\n\n    seven\n\n- eight\n\n| nine | ten |\n"
    assert prose(page) == ["One two CODE.", "eight", "nine", "ten"]


def test_texts_of_errors_are_read_where_they_are_raised() -> None:
    import ast

    code = "raise RequestError(f'{a} is bad', 'mend it')\nnotes.append('so')\nraise GsdWarning('a' + 'b')\nprint('no')"
    assert list(told(ast.parse(code))) == ["X is bad", "mend it", "so", "ab"]
