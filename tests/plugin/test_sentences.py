"""What the plugin knows of the backend's sentences is what the backend says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pytest

import rs_sr
from qgis_plugin import sentences
from rs_sr.doors import worker
from rs_sr.models import load_model
from rs_sr.trust import scene_checks
from rs_sr.trust.scene_checks import Look, Values


def checked() -> list[str]:
    """What the checks of a scene say, good and bad."""
    found = []
    for bad in (False, True):
        look = Look(blur_px=9.0 if bad else 1.0, blocking=0.5 * bad, noise=0.5 * bad, repeats=None)
        found += scene_checks.check_looks({(1,): look}, 4)
        found += scene_checks.check_looks({(1,): Look(jpeg=75 if bad else 95)}, 4)
    found += scene_checks.check_looks({(1,): Look(blur_px=None, blocking=None, noise=None, repeats=None)}, 4)
    found += [scene_checks.check_gsd(metres, load_model("plain_x4").card) for metres in (0.4, 9.0)]
    empty = Values.of(np.zeros(0), 100, (0, 1))
    for groups in ({(1,): empty}, {(1,): empty, (2, 3): empty}):
        found += scene_checks.check_values(groups)
    return [check.text for check in found if check is not None]


def written() -> list[str]:
    """Texts of the backend's sources, with {} for what is put into them."""
    found = []
    for path in Path(rs_sr.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.append("".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


def pattern(text: str) -> str:
    return re.escape(text).replace(r"\{\}", "(.+?)")


def test_each_form_is_one_of_the_backends_sentences() -> None:
    said = checked() + written() + worker._devices()
    enough = {text for text in said if len(re.findall("[a-z]", text)) > 20}  # others would be any sentence
    for form in sentences.FORMS:
        same = (
            re.fullmatch(pattern(form), text) or (text in enough and re.fullmatch(pattern(text), form)) for text in said
        )
        assert any(same), f"the backend does not say: {form}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("this raster has noise of about 3.7% of the range: it may be taken for texture", "A"),
        ("the result has pixels of 9 m, plain_x4 was trained for 0.3 to 0.6 m", "9|plain_x4|0.3|0.6"),
        ("100% of bands 3, 2, 1 has no data", "100%|3, 2, 1"),
        ("/a b/c.tif has a palette: its numbers are classes, not brightness", "/a b/c.tif"),
        ("use --expand-palette if it is a picture, or --model=nearest if it is a map",
         "--expand-palette|--model=nearest"),
    ],
)  # fmt: skip
def test_values_are_found_and_put_into_the_translation(text: str, told: str) -> None:
    def say(form: str) -> str:
        return "A" if "texture" in form else "|".join(["{}"] * form.count("{}"))

    assert sentences.in_language(text, say) == told
    assert sentences.in_language(text, str) == text


def test_what_is_not_known_stays_as_it_is() -> None:
    assert sentences.in_language("a {} new sentence", lambda form: "never") == "a {} new sentence"
