"""Stages of a run that work at the same time: reading ahead of the network, writing behind it.

Each stage is a thread. It begins on the next piece when the one before was taken, so that one piece at most waits
between two stages and memory stays bounded, whichever is faster.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")
Around = Callable[[], AbstractContextManager[Any]]  # entered in the thread of a stage


class Clock:
    """Seconds that each stage was at work; stages overlap, so the sum may exceed what the run took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.monotonic()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.monotonic() - start


def ahead(items: Iterable[T], make: Callable[[T], U], around: Around) -> Generator[tuple[T, U]]:
    """Each item with what `make` makes of it, made in a thread while the caller works on the one before.

    What `make` raises is raised here in its turn. The thread has ended when the iterator is closed.
    """
    made: SimpleQueue[tuple[T, U] | BaseException | None] = SimpleQueue()
    room, over = threading.Semaphore(1), threading.Event()

    def work() -> None:
        try:
            with around():
                for item in items:
                    room.acquire()
                    if over.is_set():
                        return
                    made.put((item, make(item)))
            made.put(None)
        except BaseException as error:
            made.put(error)

    thread = threading.Thread(target=work, name="rs-sr ahead", daemon=True)
    thread.start()
    try:
        while (got := made.get()) is not None:
            if isinstance(got, BaseException):
                raise got
            room.release()
            yield got
    finally:
        over.set()
        room.release()
        thread.join()


class Behind(Generic[T]):
    """Calls `work` with each piece in a thread, in order, while the caller makes the next. Use it in a ``with``.

    A call waits until the piece before is done. What `work` raised is raised by the next call, or at the end; after
    that, or when the caller fails, no further piece is worked on.
    """

    def __init__(self, work: Callable[[T], None], around: Around) -> None:
        self._work, self._around = work, around
        self._todo: SimpleQueue[tuple[T] | None] = SimpleQueue()
        self._room = threading.Semaphore(1)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="rs-sr behind", daemon=True)

    def __enter__(self) -> Behind[T]:
        self._thread.start()
        return self

    def __call__(self, piece: T) -> None:
        self._room.acquire()
        self._check()
        self._todo.put((piece,))

    def __exit__(self, kind: object, *rest: object) -> None:
        self._todo.put(None)
        self._thread.join()
        if kind is None:
            self._check()

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            with self._around():
                while (piece := self._todo.get()) is not None:
                    self._work(piece[0])
                    del piece
                    self._room.release()
        except BaseException as error:
            self._error = error
            self._room.release()
