"""What a distribution needs, as it was installed, and what of it is missing or too old."""

from __future__ import annotations

import contextlib
import importlib.metadata
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError
from typing import NamedTuple

from rs_sr.errors import MissingPackageError


class Need(NamedTuple):
    """A package that another needs."""

    name: str
    extra: str | None  # that it is for; None where it is always needed
    floor: str  # the lowest version; may be empty

    def too_old(self, version: str) -> str:
        """A sentence where `version` is below the floor; else nothing."""
        old = _numbers(version) < _numbers(self.floor)
        return f"{self.name} {version} is too old: rs-sr needs {self.floor} or newer" if old else ""


def requirements(found: Distribution) -> list[Need]:
    """Each package that `found` needs."""
    needs = []
    for text in found.requires or []:
        extra = re.search(r"""extra\s*==\s*['"]([\w-]+)""", text)
        floor = re.search(r">=\s*([\d.]+)", text)
        name = re.split(r"[\s\[;<>=!~(@]", text, maxsplit=1)[0]
        needs.append(Need(name, extra and extra[1], floor[1] if floor else ""))
    return needs


@contextlib.contextmanager
def needs(extra: str) -> Iterator[None]:
    """Import packages of an extra inside: one that is missing or too old is a `MissingPackageError`."""
    cure = f'pip install "rs-sr[{extra}]"'
    try:
        yield
    except ImportError as error:
        raise MissingPackageError(f"{error.name} is not installed", f"install it with: {cure}") from None
    if old := _too_old(extra):
        raise MissingPackageError(old, f"update it with: {cure}")


@lru_cache
def _too_old(extra: str) -> str:
    with contextlib.suppress(PackageNotFoundError):  # rs-sr runs from a folder
        for need in requirements(importlib.metadata.distribution("rs-sr")):
            with contextlib.suppress(PackageNotFoundError):
                if need.extra == extra and (old := need.too_old(importlib.metadata.version(need.name))):
                    return old
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"[\d.]*", version)
    return tuple(int(part) for part in found[0].split(".") if part) if found else ()
