"""Cores and memory are what the operating system says, as psutil reads it."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from rs_sr import machine


def test_memory_is_at_most_the_machines() -> None:
    assert 0 < machine.available_memory() <= psutil.virtual_memory().total


def test_cores_are_at_most_those_this_process_may_run_on() -> None:
    assert 1 <= machine.available_cores() <= len(psutil.Process().cpu_affinity() or range(psutil.cpu_count() or 1))


@pytest.mark.parametrize(("before", "after"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_idle_threads_rest_unless_the_user_says_otherwise(
    before: str | None, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", before or "")  # put back afterwards
    if before is None:
        monkeypatch.delenv("OMP_WAIT_POLICY")
    machine.rest_idle_threads()
    assert os.environ["OMP_WAIT_POLICY"] == after


@pytest.mark.parametrize(
    ("maker", "family", "flags", "kind"),
    [
        ("AuthenticAMD", 25, "avx2 avx512f", "AMD 25, AVX-512"),
        ("AuthenticAMD", 26, "avx2 avx512f", "AMD 26, AVX-512"),
        ("GenuineIntel", 6, "avx2 avx512f amx_tile", "Intel 6, AMX"),
        ("GenuineIntel", 6, "sse2", ""),
        ("another", 6, "avx2", ""),
    ],
)
def test_a_kind_of_processor_is_maker_family_and_instructions(
    maker: str, family: int, flags: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = f"vendor_id\t: {maker}\ncpu family\t: {family}\nmodel\t\t: 17\nflags\t\t: fpu {flags}\n\n"
    monkeypatch.setattr(Path, "read_text", lambda self: one * 2)
    assert machine.processor() == kind
