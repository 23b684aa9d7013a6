"""CPU time of a 128 x 128 tile x4 and peak memory of a 512 x 512 one, for each network, as rasters run them.

    python -m tests.benchmarks.networks

Held statistics where a network has any; float32, channels last, one process each, memory kept as on the command line.
Seconds are CPU seconds of the process, the median of five; memory is the growth of the peak resident set.
"""

from __future__ import annotations

import subprocess
import sys

from rs_sr.models.network_table import VARIANTS


def one(case: str) -> None:
    """Print CPU milliseconds, peak megabytes and the card's estimate of one network."""
    import resource
    import time

    from rs_sr.machine import keep_memory

    keep_memory()
    import torch

    from rs_sr.networks import build, statistics

    network, arguments = VARIANTS[case]
    module = build(network, {"scale": 4, **arguments}).fused().eval()  # type: ignore[operator]
    module = module.to(memory_format=torch.channels_last)
    x = torch.rand(1, 3, 96, 96).contiguous(memory_format=torch.channels_last)
    statistics.hold(module, statistics.collect(module, x))
    seconds = []
    with torch.inference_mode():
        x = torch.rand(1, 3, 128, 128).contiguous(memory_format=torch.channels_last)
        module(x)
        for _ in range(5):
            start = time.process_time()
            module(x)
            seconds.append(time.process_time() - start)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        module(torch.rand(1, 3, 512, 512).contiguous(memory_format=torch.channels_last))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1e6
    estimate = int(module.memory_per_px) * 512**2 / 1e6
    print(f"| {case} | {1000 * sorted(seconds)[2]:.0f} | {grown:.0f} | {estimate:.0f} |")


def main() -> None:
    if len(sys.argv) > 1:
        one(sys.argv[1])
        return
    print(
        "| network x4 | 128 x 128: CPU ms | 512 x 512: peak MB | estimated MB |\n| --- | --- | --- | --- |", flush=True
    )
    for case in VARIANTS:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.networks", case], check=True)


if __name__ == "__main__":
    main()
