"""Cores and memory are what the operating system says, as psutil reads it."""

from __future__ import annotations

import psutil

from rs_sr import machine


def test_memory_is_at_most_the_machines() -> None:
    assert 0 < machine.available_memory() <= psutil.virtual_memory().total


def test_cores_are_at_most_those_this_process_may_run_on() -> None:
    assert 1 <= machine.available_cores() <= len(psutil.Process().cpu_affinity() or range(psutil.cpu_count() or 1))
