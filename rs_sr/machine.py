"""How many cores and how much memory this process may use, as the machine or its container says."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import re
import sys
from pathlib import Path

MAKERS = {"AuthenticAMD": "AMD", "GenuineIntel": "Intel"}
INSTRUCTIONS = {"amx_tile": "AMX", "avx512f": "AVX-512", "avx2": "AVX2"}  # by flag, the widest first


def available_cores() -> int:
    """Cores by CPU affinity and cgroup quota; at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        if quota != "max":
            cores = min(cores, max(1, int(quota) // int(period)))
    return max(1, cores)


def processor() -> str:
    """Maker, family and widest instructions of this processor; empty where the system does not tell.

    Such as "AMD 25, AVX-512": AMD's family 26 makes twice as many products a cycle as 25 with the same instructions.
    """
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return ""
    first = text.partition("\n\n")[0]
    words = set(first.split())
    family = re.search(r"cpu family\s*: (\d+)", first)
    maker = next((name for word, name in MAKERS.items() if word in words), "")
    widest = next((name for word, name in INSTRUCTIONS.items() if word in words), "")
    return f"{maker} {family[1]}, {widest}" if maker and widest and family else ""


def local_workers(where: str) -> int:
    """How many processes ``local`` or ``local:N`` asks for."""
    return int(where.partition(":")[2] or 0) or available_cores()


def available_memory() -> int:
    """Bytes of memory of the machine or the cgroup, whichever is less; 4 GB where neither tells."""
    sizes = []
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sizes.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    sizes.append(_windows_memory())
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        with contextlib.suppress(OSError, ValueError):
            sizes.append(int(Path("/sys/fs/cgroup", name).read_text()))
    return min((s for s in sizes if s > 0), default=4 << 30)


def _windows_memory() -> int:
    """Bytes of memory by GlobalMemoryStatusEx (Windows API, MEMORYSTATUSEX); 0 where it does not tell."""
    status = (ctypes.c_uint64 * 8)()  # two DWORDs: the structure's size and the load; then ullTotalPhys, ...
    status[0] = ctypes.sizeof(status)
    if sys.platform == "win32":
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status[1])


def keep_memory() -> None:
    """Let glibc keep freed memory instead of giving it back to the kernel and faulting it in again.

    A network's activations are freed and taken again in every layer; handing them back costs half the time on large
    tiles. It holds for the whole process, so only the command line calls it; ``RS_SR_MALLOC=system`` switches it off.
    """
    if platform.libc_ver()[0] != "glibc" or os.environ.get("RS_SR_MALLOC") == "system":
        return
    # mallopt(3): M_TRIM_THRESHOLD, M_MMAP_MAX, M_ARENA_MAX; the arenas of other threads would trim after all
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for parameter, value in ((-1, 1 << 30), (-4, 0), (-8, 1)):
            libc.mallopt(parameter, value)


def rest_idle_threads() -> None:
    """Let OpenMP's threads sleep between layers instead of spinning, which takes cores from whatever else runs.

    It holds for the whole process and before torch is loaded, so only the command line calls it; a setting of the
    user's stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def return_memory() -> None:
    """Give freed memory back to the kernel once: between tiles of different shapes, and when gaps have grown."""
    if platform.libc_ver()[0] == "glibc":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def resident_memory() -> int:
    """Bytes of this process that lie in memory; 0 where the system has no /proc."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
