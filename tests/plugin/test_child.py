"""Commands of the set-up end with all that they have started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from qgis_plugin.child import Child
from tests import gate

WRITER = "import sys, time\nwhile True:\n    open(sys.argv[1], 'a').write('x'); time.sleep(0.001)"
STARTER = f"""import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {WRITER!r}, sys.argv[1]], stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="groups of processes")


def runs(pid: int) -> bool:
    """Whether a process does something still: a dead one that nobody has asked for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@posix
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")
@pytest.mark.parametrize("more", ["", "import time; time.sleep(1000)"], ids=["it ended", "it is ended"])
def test_a_child_that_outlives_its_parent_is_ended_and_writes_no_more(tmp_path: Path, more: str) -> None:
    target = tmp_path / "written"
    pid = 0
    with Child([sys.executable, "-c", STARTER + more, str(target)], os.environ, str(tmp_path)) as command:
        for line in command.lines():
            pid = int(line or pid)
            if pid and more:
                gate.until(target.exists)
                assert runs(pid)
                break
    assert pid and not runs(pid)
    assert command.code == (-9 if more else 0)


def test_all_that_is_said_is_heard_and_the_code_is_told(tmp_path: Path) -> None:
    code = "import sys; print('one'); print('zwei ä', file=sys.stderr); sys.stdout.write('end'); sys.exit(3)"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    with Child([sys.executable, "-c", code], environment, str(tmp_path)) as command:
        said = [line for line in command.lines() if line]
    assert said == ["one\n", "zwei ä\n", "end"] and command.code == 3
    with pytest.raises(OSError, match="no such program"):
        Child([str(tmp_path / "no such program")], environment, str(tmp_path))
