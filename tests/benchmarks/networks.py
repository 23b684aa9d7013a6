"""CPU time of a 128 x 128 tile x4 and peak memory of a 512 x 512 one, for each network, as rasters run them.

    python -m tests.benchmarks.networks

Held statistics where a network has any; float32, channels last, one process each, memory kept as on the command line;
the plain form and the one that runs, in turns, the memory of the latter.
Seconds are CPU seconds of the process, the median of five; memory is the growth of the peak resident set.
"""

from __future__ import annotations

import copy
import subprocess
import sys

from rs_sr.models.network_table import VARIANTS


def one(case: str) -> None:
    """Print CPU milliseconds, peak megabytes and the card's estimate of one network."""
    import resource

    from rs_sr.machine import keep_memory

    keep_memory()
    import torch

    from rs_sr.networks import build, statistics
    from rs_sr.networks.fast import quickened
    from tests.benchmarks.engines import timed

    network, arguments = VARIANTS[case]
    torch.manual_seed(0)
    plain = build(network, {"scale": 4, **arguments}).fused().eval()  # type: ignore[operator]
    estimate = int(plain.memory_per_px) * 512**2 / 1e6
    fast, _ = quickened(copy.deepcopy(plain))
    plain = plain.to(memory_format=torch.channels_last)
    x = torch.rand(1, 3, 128, 128).contiguous(memory_format=torch.channels_last)
    held = statistics.collect(plain, x[..., :96, :96])
    for module in (plain, fast):
        statistics.hold(module, held)
    with torch.inference_mode():
        seconds = timed({"plain": lambda: plain(x), "fast": lambda: fast(x)})
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        fast(torch.rand(1, 3, 512, 512).contiguous(memory_format=torch.channels_last))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1e6
    print(f"| {case} | {1000 * seconds['plain']:.0f} | {1000 * seconds['fast']:.0f} | {grown:.0f} | {estimate:.0f} |")


def main() -> None:
    if len(sys.argv) > 1:
        one(sys.argv[1])
        return
    print(
        "| network x4 | 128 x 128, plain: CPU ms | as it runs | 512 x 512: peak MB | estimated MB |\n"
        "| --- | --- | --- | --- | --- |",
        flush=True,
    )
    for case in VARIANTS:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.networks", case], check=True)


if __name__ == "__main__":
    main()
