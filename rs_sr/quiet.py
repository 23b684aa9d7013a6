"""Keep a kind of warning from being shown for a time, in as many threads as there are."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterator
from typing import Any, cast

_lock = threading.Lock()
_users: dict[type[Warning], int] = {}
_filters: dict[type[Warning], tuple[Any, list[Any]]] = {}  # what was put in place, and where


@contextlib.contextmanager
def quiet(kind: type[Warning]) -> Iterator[None]:
    """Ignore warnings of `kind` until the last of those who asked for it has left.

    `warnings.catch_warnings` gives back the filters that it found: of two threads that overlap, the one that leaves
    last puts the other's back, for good. Here nothing but the one filter comes and goes.
    """
    with _lock:
        _users[kind] = _users.get(kind, 0) + 1
        if _users[kind] == 1:
            where = cast("list[Any]", warnings.filters)
            _filters[kind] = (("ignore", None, kind, None, 0), where)
            where.insert(0, _filters[kind][0])
    try:
        yield
    finally:
        with _lock:
            _users[kind] -= 1
            if not _users[kind]:
                ours, where = _filters.pop(kind)
                there = cast("list[Any]", warnings.filters)  # another if someone has put his own in place since
                for filters in (where, there):
                    filters[:] = [f for f in filters if f is not ours]
