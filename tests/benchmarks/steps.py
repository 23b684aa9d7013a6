"""Milliseconds of one core for a training step on a CPU, with plain torch and with `training.fast`.

    python -m tests.benchmarks.steps lsffnet lgun
    python -m tests.benchmarks.steps lkdn_s --batch 8 --patch 48

One thread, channels last, the two ways and the two precisions in turns, so that a busy machine slows all alike; the
middle of five rounds of a second each.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from rs_sr.machine import keep_memory
from rs_sr.networks import build
from training import fast, optim

NETWORKS: dict[str, dict[str, Any]] = {
    "lkdn": {},
    "lkdn_s": {"features": 42, "attention": 42, "blocks": 5},
    "lsffnet": {},
    "alkdnet": {},
    "lgun": {},
    "efrdn": {},
    "plain": {},
}
CPU = torch.device("cpu")


class Training:
    """A x4 network of its default size that learns random pictures."""

    def __init__(self, name: str, *, quick: bool, bf16: bool) -> None:
        torch.manual_seed(1)
        module = build(name.removesuffix("_s"), {"scale": 4, **NETWORKS[name]})
        self.module = module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.optimizer = optim.make("adam", self.module, 1e-3, (0.9, 0.99), 0.0)
        self.average = optim.Average(self.module, 0.999)
        self.bf16 = bf16
        if quick:
            fast.prepare(self.module, CPU)

    def step(self, batch: int, patch: int) -> None:
        low = torch.rand(batch, 3, patch, patch).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            out = self.module(low)
        loss = functional.l1_loss(out.float(), low.repeat_interleave(4, 2).repeat_interleave(4, 3))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), 0.5)
        self.optimizer.step()
        self.average.update(self.module)


def milliseconds(training: Training, batch: int, patch: int) -> float:
    steps, began = 0, time.process_time()
    while (spent := time.process_time() - began) < 1 or not steps:
        training.step(batch, patch)
        steps += 1
    return 1000 * spent / steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(NETWORKS)}; all of them without")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--patch", type=int, default=32)
    given = parser.parse_args()
    if unknown := set(given.names) - NETWORKS.keys():
        parser.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(NETWORKS)}")
    keep_memory()
    torch.set_num_threads(1)
    print("| network | plain, f32 | plain, bf16 | fast, f32 | fast, bf16 |\n| --- | --- | --- | --- | --- |")
    for name in given.names or NETWORKS:
        ways = [Training(name, quick=quick, bf16=bf16) for quick in (False, True) for bf16 in (False, True)]
        for way in ways:
            way.step(given.batch, given.patch)
        rounds = [[milliseconds(way, given.batch, given.patch) for way in ways] for _ in range(5)]
        middle = (f"{statistics.median(times):.0f}" for times in zip(*rounds, strict=True))
        print(f"| {name} | {' | '.join(middle)} |", flush=True)


if __name__ == "__main__":
    main()
