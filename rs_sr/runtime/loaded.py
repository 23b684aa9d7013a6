"""The one place that keeps a model loaded: the last one used stays for the next run that wants the same.

A model is lent to one run at a time, since it carries what the run holds for it and whom it asks about a cancel.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rs_sr.models.catalogue import Entry
from rs_sr.runtime import Runtime, choose
from rs_sr.runtime.execution import Execution
from rs_sr.sensors.numbers import Numbers

Key = tuple[str, Numbers | None, int, Execution]


def _nothing() -> None:
    pass


@dataclass
class _Loaded:
    key: Key
    check: Callable[[], None] = field(default=_nothing)


_lock = threading.Lock()
_idle: list[tuple[_Loaded, Runtime]] = []  # at most one


@contextlib.contextmanager
def lent(entry: Entry, scale: int, execution: Execution, check: Callable[[], None] = _nothing) -> Iterator[Runtime]:
    """The model, loaded unless it is at hand; `check` is called between its layers, and what that raises ends the run.

    Models are told apart by the hash of their weights, so that a file written anew is loaded anew, and by what they are
    told of the scene.
    """
    key = (entry.card.sha256 or entry.card.name, entry.told, scale, execution)
    with _lock:
        kept = _idle.pop() if _idle and _idle[0][0].key == key else None
        _idle.clear()  # two models are never kept
    if kept is None:
        loaded = _Loaded(key)
        kept = loaded, choose(entry, scale, lambda: loaded.check(), execution)
    kept[0].check = check
    try:
        yield kept[1]
    finally:
        kept[0].check = _nothing
        with _lock:
            _idle[:] = [kept]
