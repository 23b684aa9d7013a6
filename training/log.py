"""What a run says and writes while it goes, and how it is asked to stop."""

from __future__ import annotations

import contextlib
import json
import signal
import time
from pathlib import Path
from typing import Any


class Stop:
    """Ctrl-C and SIGTERM ask for an end after the step at hand; a second Ctrl-C ends at once."""

    def __init__(self) -> None:
        self.asked = False
        for name in ("SIGINT", "SIGTERM"):
            with contextlib.suppress(ValueError, AttributeError):  # not in the main thread; not on this system
                signal.signal(getattr(signal, name), self._ask)

    def _ask(self, number: int, frame: Any) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


class Log:
    """JSON lines in ``log.jsonl``, a line each on the terminal, and TensorBoard where it is installed."""

    def __init__(self, folder: Path, run: Any) -> None:
        self.run, self.path, self.before = run, folder / "log.jsonl", (run.iteration, run.seconds)
        self.board: Any = None
        with contextlib.suppress(ImportError):
            from torch.utils.tensorboard import SummaryWriter

            self.board = SummaryWriter(str(folder))  # type: ignore[no-untyped-call]

    def say(self, text: str) -> None:
        print(text, flush=True)

    def point(self, psnr: float, ssim: float, loss: float) -> None:
        run = self.run
        speed = (run.iteration - self.before[0]) / max(run.seconds - self.before[1], 1e-9)
        self.before = (run.iteration, run.seconds)
        cpu = round(time.process_time(), 1)
        row = {"iteration": run.iteration, "seconds": round(run.seconds, 1), "cpu_seconds": cpu, "loss": round(loss, 6)}
        row |= {"psnr": round(psnr, 4), "ssim": round(ssim, 5), "per_second": round(speed, 2)}
        with self.path.open("a") as file:
            file.write(json.dumps({k: v for k, v in row.items() if v == v}) + "\n")
        if self.board is not None:
            for key, value in row.items():
                self.board.add_scalar(key, value, run.iteration)
        left = run.seconds * (1 / max(run.progress(), 1e-9) - 1) / 60
        self.say(f"{run.iteration:8} {psnr:7.3f} dB {ssim:.4f}  loss {loss:.5f}  {speed:.1f} it/s  {left:.0f} min left")
