"""What --consistent costs: CPU seconds of a model and of the correction, on one tile of 256 x 256 with its halo.

python -m tests.benchmarks.consistent lkdn_s_x4 plain_x4
"""

from __future__ import annotations

import sys
import time

import numpy as np

import rs_sr
from rs_sr import kernels, trust
from rs_sr.scene import scene


def main() -> None:
    print("| model | model: CPU s | correction: CPU s | share |\n| --- | --- | --- | --- |")
    for name in sys.argv[1:]:
        model = rs_sr.load_model(name)
        s, kernel = model.scale, trust.degradation(model.card)
        coarse = kernels.reduce(scene(320 * s), s).astype(np.float32) / 255
        model(coarse)  # prepares the layers, and below the inverse of an axis
        trust.agree(model(coarse), coarse, s, kernel)
        seconds = []
        for _ in range(3):
            start = time.process_time()
            fine = model(coarse)
            middle = time.process_time()
            trust.agree(fine, coarse, s, kernel)
            seconds.append((middle - start, time.process_time() - middle))
        run, correct = np.median(seconds, axis=0)
        print(f"| {name} | {run:.2f} | {correct:.2f} | {correct / run:.0%} |", flush=True)


if __name__ == "__main__":
    main()
