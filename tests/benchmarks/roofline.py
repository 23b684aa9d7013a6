"""What this processor can do, and where a network's time goes: arithmetic, memory, overhead, by kind of layer.

    python -m tests.benchmarks.roofline
    python -m tests.benchmarks.roofline lkdn_s_x4 256

Without a model, the ceilings: the best that oneDNN reaches in convolutions and products of matrices, and bytes copied
from memory to memory. With models and a side of a window, in the form that runs them, on one thread: CPU seconds of
each kind of layer, what its sums would take at the ceiling, and what its tensors would take if all came from memory and
went there.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from rs_sr.machine import keep_memory
from rs_sr.networks import onednn, statistics
from tests.benchmarks.engines import timed

COPIES = (
    "copy_",
    "clone",
    "_to_copy",
    "cat",
    "index_select",
    "constant_pad_nd",
    "fill_",
    "zero_",
    "zeros",
    "new_zeros",
)


class Ceiling(NamedTuple):
    """Per CPU second: operations of the fastest layer, and bytes read and written."""

    flop: float
    bytes: float


def reached(rounds: int = 5) -> dict[str, float]:
    """Operations a CPU second of some layers, all through oneDNN but the plain product."""
    side = 256
    runs: dict[str, Callable[[], Any]] = {}
    operations: dict[str, float] = {}
    for kernel, channels in ((3, 48), (3, 64), (1, 48), (1, 64), (1, 128)):
        x = torch.rand(1, channels, side, side).contiguous(memory_format=torch.channels_last)
        conv = onednn.made(torch.rand(channels, channels, kernel, kernel), padding=kernel // 2)
        name = f"{kernel}x{kernel}, {channels} channels"
        runs[name] = lambda conv=conv, x=x: conv(x)
        operations[name] = 2 * channels**2 * kernel**2 * side**2
    a = torch.rand(2048, 2048)
    runs["product, 2048 x 2048"] = lambda: onednn.linear(a, a)
    runs["product, as torch does it"] = lambda: a @ a
    operations |= dict.fromkeys(list(runs)[-2:], 2.0 * 2048**3)
    with torch.inference_mode():
        seconds = timed(runs, rounds)
    return {name: operations[name] / s for name, s in seconds.items()}


def bandwidth() -> float:
    """Bytes read and written a CPU second, of tensors that no cache holds."""
    a, b = torch.rand(2**26), torch.rand(2**26)
    return 2.0 * 2**28 / timed({"copy": lambda: b.copy_(a)})["copy"]


def ceiling() -> Ceiling:
    return Ceiling(max(reached().values()), bandwidth())


class Layers(TorchDispatchMode):
    """Adds up seconds, operations, bytes and calls by kind of layer."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        start = time.process_time()
        out = func(*args, **(kwargs or {}))
        seconds = time.process_time() - start
        name = func.name().split("::")[1]
        given = [a for a in args if isinstance(a, Tensor)]
        first = out[0] if isinstance(out, tuple) else out
        if not isinstance(first, Tensor):
            return out
        kind, operations = _kind(name, given, first)
        views = func.is_view or name.split(".")[0] in ("empty", "detach", "_reshape_alias", "_unsafe_view")
        sizes = 0 if views else sum(t.numel() for t in (*given, first)) * first.element_size()
        row = self.found["views" if views else kind]
        for i, value in enumerate((seconds, operations, sizes, 1)):
            row[i] += value
        return out


def _kind(name: str, given: list[Tensor], out: Tensor) -> tuple[str, float]:
    """What a call is, in words, and its operations."""
    named = name.split(".")[0]
    if "conv" in name:
        weight = given[2 if name.endswith(".binary") else 1]
        rows, columns = weight.shape[2:]
        deep = "depthwise " if weight.shape[1] == 1 and weight.shape[0] > 1 else ""
        return f"{deep}{rows}x{columns}", 2.0 * out.numel() * weight[0].numel()
    if named in ("_linear_pointwise", "mm", "addmm", "bmm"):
        return "product", 2.0 * out.numel() * given[-1 if named == "bmm" else 0].shape[-1]
    if "attention" in name:
        q, k = given[:2]
        return "attention", 4.0 * q.numel() * k.shape[-2]
    if named == "native_layer_norm":
        return "norm", 0.0
    return ("copies" if named in COPIES else "element by element"), 0.0


def profile(model: str, side: int, limits: Ceiling) -> None:
    """Print a table of one network."""
    from rs_sr.models import catalogue, load_module
    from rs_sr.networks.fast import quickened

    module, _ = quickened(load_module(catalogue.find(model)))
    x = torch.rand(1, int(module.bands), side, side).contiguous(memory_format=torch.channels_last)  # type: ignore[arg-type]
    layers = Layers()
    with torch.no_grad():
        statistics.hold(module, statistics.collect(module, x[..., :96, :96]))
        whole = timed({"all": lambda: module(x)}, 3)["all"]
        with layers:
            module(x)
    rows = sorted(layers.found.items(), key=lambda item: -item[1][0])
    total = [sum(row[i] for _, row in rows) for i in range(4)]
    print(f"\n{model}, {side} x {side}: {whole:.3f} CPU s, {total[1] / whole / limits.flop:.0%} of the ceiling\n")
    print("| layers | calls | ms | share | GFLOP/s | arithmetic, ms | memory, ms |\n" + "| --- " * 7 + "|")
    for name, (seconds, operations, sizes, calls) in [*rows, ("all", total)]:
        print(
            f"| {name} | {calls:.0f} | {1e3 * seconds:.1f} | {seconds / total[0]:.0%} "
            f"| {operations / max(seconds, 1e-9) / 1e9:.0f} | {1e3 * operations / limits.flop:.1f} "
            f"| {1e3 * sizes / limits.bytes:.1f} |"
        )


def main() -> None:
    keep_memory()
    torch.set_num_threads(1)
    names, side = [v for v in sys.argv[1:] if not v.isdigit()], int(next(filter(str.isdigit, sys.argv[1:]), 256))
    found, speed = reached(), bandwidth()
    print("| ceiling | GFLOP per CPU s |\n| --- | --- |")
    for name, rate in found.items():
        print(f"| {name} | {rate / 1e9:.0f} |")
    print(f"\nMemory to memory: {speed / 1e9:.1f} GB per CPU s, read and written.")
    for name in names:
        profile(name, side, Ceiling(max(found.values()), speed))


if __name__ == "__main__":
    main()
