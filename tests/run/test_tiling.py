"""How large a tile is: what is asked for, what the memory holds, what a halo costs."""

from __future__ import annotations

from typing import Any

import pytest

from rs_sr.errors import MemoryBudgetError, RequestError
from rs_sr.models.card import Halo, ModelCard
from rs_sr.options import Options
from rs_sr.run.tiling import choose_halo
from rs_sr.trust.agreement import REACH
from tests.facts import Hand, facts


def card(exact: int | None = 99, byte: int = 32, wide: int = 48, grid: int = 1, **more: Any) -> ModelCard:
    return ModelCard(
        name="net", title="", network="lkdn", scale=2, bands=3, halo=Halo(exact=exact, byte=byte, wide=wide), grid=grid,
        memory_per_px=4000, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "dtype", "grid", "halo"),
    [
        ("auto", "uint8", 1, 32),
        ("auto", "uint16", 1, 48),
        ("auto", "float32", 1, 48),
        ("exact", "uint8", 1, 99),
        ("7", "uint8", 1, 7),
        ("7", "uint8", 24, 24),  # on the network's grid
        ("0", "uint8", 1, 0),
    ],
)
def test_the_halo(asked: str, dtype: str, grid: int, halo: int) -> None:
    known = facts(band={"dtype": dtype})
    assert choose_halo(card(grid=grid), known, (1, 2, 3), Options(halo=asked)) == halo


@pytest.mark.parametrize(
    ("exact", "asked", "grid", "halo"),
    [
        (99, "auto", 1, 32),  # room enough
        (99, "0", 1, REACH),
        (9, "exact", 1, 9 + REACH),  # beyond an exact one
        (None, "0", 24, -(-REACH // 24) * 24),
    ],
)
def test_the_halo_has_room_for_the_correction(exact: int | None, asked: str, grid: int, halo: int) -> None:
    chosen = Options(halo=asked, consistent=True)
    assert choose_halo(card(exact, grid=grid), facts(), (1, 2, 3), chosen) == halo


def test_a_network_that_looks_at_the_whole_has_no_exact_halo() -> None:
    with pytest.raises(RequestError, match="no exact halo"):
        choose_halo(card(exact=None), facts(), (1, 2, 3), Options(halo="exact"))


@pytest.mark.parametrize(("asked", "core"), [(None, 512), (100, 128), (200, 256), (512, 512), (1000, 1024)])
def test_the_tile_is_a_multiple_of_a_block(asked: int | None, core: int) -> None:
    from rs_sr.run.plan import make_plan

    known = facts(height=9000, width=9000)
    plan = make_plan(Hand(known), "out.tif", Options(model="bicubic", tile=asked, memory="2GB"))
    assert plan.core == core
    assert any("rounded" in note for note in plan.notes) == (asked in (100, 200, 1000))


def test_less_memory_gives_smaller_tiles_until_none_fits() -> None:
    from rs_sr.run.plan import make_plan

    known = facts(height=9000, width=9000, band={"dtype": "uint16"})

    def core(memory: str) -> int:
        plan = make_plan(Hand(known), "out.tif", Options(model="bicubic", scale=4, memory=memory))
        assert plan.memory <= plan.budget
        return plan.core

    found = [core(f"{megabytes}MB") for megabytes in (900, 400, 300, 260)]
    assert found == sorted(found, reverse=True) and found[0] > found[-1]
    with pytest.raises(MemoryBudgetError, match="the budget is 50 MB; give memory"):
        core("50MB")
