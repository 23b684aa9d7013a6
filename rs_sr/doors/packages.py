"""What a distribution needs, as it was installed."""

from __future__ import annotations

import re
from importlib.metadata import Distribution


def requirements(found: Distribution) -> list[tuple[str, str | None]]:
    """Each package that `found` needs by name, and the extra that it is for; None where it is always needed."""
    needs = []
    for text in found.requires or []:
        extra = re.search(r"""extra\s*==\s*['"]([\w-]+)""", text)
        needs.append((re.split(r"[\s\[;<>=!~(@]", text, maxsplit=1)[0], extra and extra.group(1)))
    return needs
