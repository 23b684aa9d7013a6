"""What a distribution needs, as it was installed, and what of it is missing or too old."""

from __future__ import annotations

import contextlib
import importlib.metadata
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError

from packaging.requirements import Requirement

from rs_sr.errors import MissingPackageError


def requirements(found: Distribution, extra: str = "") -> list[Requirement]:
    """Each package that `found` needs on this system: always, and for `extra`."""
    every = map(Requirement, found.requires or [])
    return [need for need in every if need.marker is None or need.marker.evaluate({"extra": extra})]


def too_old(need: Requirement, version: str) -> str:
    """A sentence where `version` is not what is needed; else nothing."""
    fits = need.specifier.contains(version, prereleases=True)
    return "" if fits else f"{need.name} {version} is too old: rs-sr needs {need.name}{need.specifier}"


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
        for need in requirements(importlib.metadata.distribution("rs-sr"), extra):
            with contextlib.suppress(PackageNotFoundError):
                if old := too_old(need, importlib.metadata.version(need.name)):
                    return old
    return ""
