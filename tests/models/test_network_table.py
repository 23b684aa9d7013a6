"""The networks side by side: figures that are known from elsewhere, in words and as JSON."""

from __future__ import annotations

import json

import pytest

from rs_sr.doors import cli
from rs_sr.networks import NETWORKS

# parameters and multiply-adds of the papers (tests/networks/test_all.py); how far kernels reach, by hand
KNOWN = {
    ("LKDN", 2): (303_812, 68.72, 199, 199),
    ("LKDN-S", 4): (129_177, 7.29, 127, 127),
    ("plain 48 x 12", 3): (241_056, 24.65, 27, 27),
    ("LSFFNet", 3): (305_787, 27.75, None, 133),
    ("ALKDNet", 4): (393_488, 21.06, None, None),
    ("LGUN", 2): (676_452, 139.71, None, 613),
}


@pytest.fixture(scope="module")
def said() -> dict[tuple[str, int], dict[str, int | None]]:
    """What `rs-sr models networks --json` prints, by network and scale."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert cli.run(["models", "networks", "--json"]) == 0
    return {(row["network"], row["scale"]): row for row in json.loads(out.getvalue())}


@pytest.mark.parametrize("case", KNOWN)
def test_known_figures_are_told(case: tuple[str, int], said: dict[tuple[str, int], dict[str, int | None]]) -> None:
    row = said[case]
    count, macs, field, held = KNOWN[case]
    assert row["parameters"] == count and row["minimum"] == 1
    assert round((row["multiply_adds"] or 0) / 1e9, 2) == macs
    assert (row["receptive_field"], row["held_receptive_field"]) == (field, held)


def test_every_network_is_in_it_at_every_scale(said: dict[tuple[str, int], dict[str, int | None]]) -> None:
    from rs_sr.models.network_table import VARIANTS

    assert {network for network, _ in VARIANTS.values()} == set(NETWORKS)
    assert set(said) == {(name, scale) for name in VARIANTS for scale in (2, 3, 4)}


def test_the_table_is_for_people_too() -> None:
    from rs_sr.models.network_table import Row, to_text

    text = to_text([Row("LKDN", 2, 303_812, 68_718_182_400, 199, 199, 1), Row("LGUN", 4, 697_224, 10**9, None, 613, 1)])
    assert "LKDN           x2        303,812            68.72  199                   1" in text
    assert "unbounded, held 613   1" in text
