"""Keep a kind of warning from being shown for a time, in as many threads as there are."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections import Counter
from collections.abc import Iterator

_lock = threading.Lock()
_users: Counter[type[Warning]] = Counter()
_mine: dict[type[Warning], bool] = {}  # whether the filter is ours, or was there before


@contextlib.contextmanager
def quiet(kind: type[Warning]) -> Iterator[None]:
    """Ignore warnings of `kind` until the last of those who asked for it has left.

    `warnings.catch_warnings` gives back the filters that it found: of two threads that overlap, the one that leaves
    last puts the other's back, for good.
    """
    entry = ("ignore", None, kind, None, 0)
    with _lock:
        _users[kind] += 1
        if _users[kind] == 1:
            _mine[kind] = entry not in warnings.filters
            if _mine[kind]:
                warnings.simplefilter("ignore", kind)
    try:
        yield
    finally:
        with _lock:
            _users[kind] -= 1
            if not _users[kind] and _mine.pop(kind):
                with contextlib.suppress(ValueError):  # someone has put other filters in place meanwhile
                    warnings.filters.remove(entry)  # type: ignore[attr-defined]
