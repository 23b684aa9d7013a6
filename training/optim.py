"""Adan, learning-rate schedules, and the moving average of weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn


class Adan(torch.optim.Optimizer):
    """Adaptive Nesterov momentum (Xie et al., TPAMI 2024, arXiv 2208.06677, algorithm 1), without restarts.

    ``betas`` are one minus the paper's beta1, beta2, beta3; weight decay is proximal (line 7).
    """

    def __init__(
        self, params: Iterable[Any], lr: float = 1e-3, betas: tuple[float, float, float] = (0.98, 0.92, 0.99),
        eps: float = 1e-8, weight_decay: float = 0.0,
    ) -> None:  # fmt: skip
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            b1, b2, b3 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["step"] = 0
                    state |= {k: torch.zeros_like(p) for k in ("m", "v", "n")}
                    state["before"] = p.grad.clone()
                state["step"] += 1
                m, v, n, t = state["m"], state["v"], state["n"], state["step"]
                change = p.grad - state["before"]
                m.lerp_(p.grad, 1 - b1)
                v.lerp_(change, 1 - b2)
                look = p.grad + b2 * change
                n.mul_(b3).addcmul_(look, look, value=1 - b3)
                step = group["lr"] / ((n / (1 - b3**t)).sqrt_() + group["eps"])
                p.sub_(step * (m / (1 - b1**t) + b2 * v / (1 - b2**t)))
                p.div_(1 + group["lr"] * group["weight_decay"])
                state["before"].copy_(p.grad)


def make(
    kind: str, module: nn.Module, lr: float, betas: tuple[float, ...], weight_decay: float
) -> torch.optim.Optimizer:
    """Adam, AdamW or Adan. Weight decay is for the weights of convolutions and linear layers alone."""
    decayed = [p for p in module.parameters() if p.ndim > 1]
    rest = [p for p in module.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": weight_decay}, {"params": rest, "weight_decay": 0.0}]
    groups = [g for g in groups if g["params"]]
    if kind == "adan":
        return Adan(groups, lr=lr, betas=betas)  # type: ignore[arg-type]
    family = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[kind]
    return family(groups, lr=lr, betas=betas, fused=True)


def factor(
    kind: str, progress: float, *, hold: float = 0.0, steps: tuple[float, ...] = (), floor: float = 0.0
) -> float:
    """Of the learning rate at `progress` 0..1: "constant", "step" (halved at each of `steps`), or "cosine".

    The cosine falls from 1 at `hold` to `floor` at 1.
    """
    if kind == "constant":
        return 1.0
    if kind == "step":
        return float(0.5 ** sum(progress >= s for s in steps))
    through = min(max((progress - hold) / (1 - hold), 0.0), 1.0)
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * through))


class Average:
    """Exponential moving average of a module's parameters and buffers, started at their first values.

    The first steps count more: the weight of the past is at most (1 + n) / (10 + n) after n updates.
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay, self.updates = decay, 0
        self.values: dict[str, Tensor] = {k: v.detach().clone() for k, v in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        floats, news = [], []
        for name, value in module.state_dict().items():
            if value.is_floating_point():
                floats.append(self.values[name])
                news.append(value)
            else:
                self.values[name].copy_(value)
        torch._foreach_lerp_(floats, news, 1 - decay)

    def state_dict(self) -> dict[str, Any]:
        return {"updates": self.updates, "values": self.values}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.updates, self.values = state["updates"], state["values"]
