"""What --consistent costs: CPU seconds of a model and of the correction, on one tile of 256 x 256 with its halo.

python -m tests.benchmarks.consistent lkdn_s_x4 plain_x4
"""

from __future__ import annotations

import sys
import time

import numpy as np

import rs_sr
from rs_sr.pixels import kernels
from rs_sr.pixels.scene import scene
from rs_sr.trust import agreement


def main() -> None:
    print("| model | model: CPU s | correction: CPU s | share |\n| --- | --- | --- | --- |")
    for name in sys.argv[1:]:
        model = rs_sr.load_model(name)
        s, kernel = model.scale, agreement.degradation(model.card)
        coarse = kernels.reduce(scene(320 * s), s).astype(np.float32) / 255
        model(coarse)  # prepares the layers, and below the inverse of an axis
        agreement.agree(model(coarse), coarse, s, kernel)
        seconds = []
        for _ in range(3):
            start = time.process_time()
            fine = model(coarse)
            middle = time.process_time()
            agreement.agree(fine, coarse, s, kernel)
            seconds.append((middle - start, time.process_time() - middle))
        run, correct = np.median(seconds, axis=0)
        print(f"| {name} | {run:.2f} | {correct:.2f} | {correct / run:.0%} |", flush=True)


if __name__ == "__main__":
    main()
