"""Commands of the set-up end with all that they have started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qgis_plugin import group
from tests import gate

WRITER = "import sys, time\nwhile True:\n    open(sys.argv[1], 'a').write('x'); time.sleep(0.001)"
STARTER = f"""import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {WRITER!r}, sys.argv[1]], stdout=subprocess.DEVNULL)
print(os.getpid(), child.pid, flush=True)
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")


def runs(pid: int) -> bool:
    """Whether a process does something still: a dead one that nobody has asked for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("more", ["", "time.sleep(1000)"], ids=["it ended", "it is ended"])
def test_a_child_that_outlives_its_parent_is_ended_and_writes_no_more(tmp_path: Path, more: str) -> None:
    target = tmp_path / "written"
    words = group.leading(sys.executable, ["-c", STARTER + more, str(target)])
    command = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
    assert command.stdout is not None
    pid, child = map(int, command.stdout.readline().split())
    assert pid == command.pid == os.getpgid(child) != os.getpgid(0), "it leads a group of its own"
    gate.until(target.exists)
    if more:
        command.kill()
    command.wait()
    assert runs(child)
    group.end(pid)
    assert not runs(child)
    group.end(pid)  # there is none any more
