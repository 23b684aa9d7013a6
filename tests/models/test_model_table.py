"""`rs-sr models`: in columns, with the defaults and with what a cheaper model beats."""

from __future__ import annotations

import json

import pytest

from rs_sr.doors import cli
from rs_sr.models import catalogue, model_table


def test_defaults_are_named_as_the_catalogue_chooses_them() -> None:
    named = {(r.entry.card.scale, b): r.entry.card.name for r in model_table.rows() for b in r.default}
    assert named == {(s, b): catalogue.default(s, b).card.name for s in (2, 3, 4) for b in (1, 3)}
    assert catalogue.default(4, 7).card.name == named[4, 1]  # bands go one by one


def test_what_is_beaten_costs_more_and_is_farther() -> None:
    cards = {r.entry.card.name: r.entry.card for r in model_table.rows()}
    beaten = {r.entry.card.name: r.beaten_by for r in model_table.rows() if r.beaten_by}
    assert beaten["efrdn_x4"] == "lkdn_s_x4"
    for name, by in beaten.items():
        assert cards[by].macs_per_px < cards[name].macs_per_px
        assert catalogue.validation(cards[by]) > catalogue.validation(cards[name])
    assert not {"bicubic", "plain_x4", "lkdn_s_x4", "lkdn_s_told_x4"} & set(beaten)


def test_the_command_prints_columns_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["models"])
    lines = capsys.readouterr().out.splitlines()
    (row,) = (line for line in lines if line.startswith("lkdn_s_told_x4"))
    at = lines[0].index("scale")
    assert row[at : at + 2] == "x4" and row.endswith("how the scene was taken; default for RGB")
    assert max(map(len, lines)) < 140
    cli.run(["models", "--json"])
    found = {m["name"]: m for m in json.loads(capsys.readouterr().out)}
    assert (found["lkdn_s_told_1band_x4"]["default"], found["efrdn_x4"]["beaten_by"]) == ([1], "lkdn_s_x4")
