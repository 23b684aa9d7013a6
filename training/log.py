"""What a run says and writes while it goes, and how it is asked to stop."""

from __future__ import annotations

import contextlib
import json
import signal
from pathlib import Path
from typing import Any


class Stop:
    """Ctrl-C and SIGTERM ask for an end after the step at hand; a second Ctrl-C ends at once. Use it in a ``with``."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stop:
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(ValueError):  # not in the main thread
                self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *exc: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: Any) -> None:
        if self.asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.asked = True


class Log:
    """JSON lines in ``log.jsonl``, a line each on the terminal, and TensorBoard where it is installed.

    A run that goes on drops the lines that are younger than its checkpoint: it writes them again.
    """

    def __init__(self, folder: Path, run: Any) -> None:
        self.run, self.path, self.before = run, folder / "log.jsonl", (run.iteration, run.seconds)
        self.board: Any = None
        kept = [p for p in points(self.path) if p["iteration"] <= run.iteration and "tiles" not in p]
        write(self.path, kept)
        with contextlib.suppress(ImportError):
            from torch.utils.tensorboard import SummaryWriter

            self.board = SummaryWriter(str(folder))

    def say(self, text: str) -> None:
        print(text, flush=True)

    def point(self, psnr: float, ssim: float, losses: list[float] | None = None, *, tiles: int = 0) -> None:
        """A validation: PSNR, SSIM, [sum, count] of the losses before it; at the end over all `tiles`."""
        run = self.run
        speed = (run.iteration - self.before[0]) / max(run.seconds - self.before[1], 1e-9)
        self.before = (run.iteration, run.seconds)
        row = {"iteration": run.iteration, "seconds": round(run.seconds, 1), "psnr": round(psnr, 4)}
        row |= {"ssim": round(ssim, 5), "per_second": round(speed, 2)}
        if losses and losses[1]:
            row["loss"] = round(losses[0] / losses[1], 6)
        if tiles:
            row["tiles"] = tiles
        with self.path.open("a") as file:
            file.write(json.dumps(row) + "\n")
        if self.board is not None:
            for key, value in row.items():
                self.board.add_scalar(key, value, run.iteration)
        left = run.seconds * (1 / max(run.progress(), 1e-9) - 1) / 60
        loss = f"  loss {row['loss']:.5f}" if "loss" in row else f"  on all {tiles} tiles"
        self.say(f"{run.iteration:8} {psnr:7.3f} dB {ssim:.4f}{loss}  {speed:.1f} it/s  {left:.0f} min left")


def points(path: Path) -> list[dict[str, Any]]:
    """The lines of a log; one that was cut off while it was written is left out. No file: none."""
    found = []
    for line in path.read_text().splitlines() if path.exists() else []:
        with contextlib.suppress(json.JSONDecodeError):
            found.append(json.loads(line))
    return found


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """A log of these lines, whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_text("".join(json.dumps(row) + "\n" for row in rows))
    beside.replace(path)
