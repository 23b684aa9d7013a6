"""Adan by its algorithm, schedules by their formulas, the moving average by its definition."""

from __future__ import annotations

import pytest
import torch

from training import optim


def test_adan_follows_algorithm_1() -> None:
    torch.manual_seed(0)
    weight = torch.nn.Parameter(torch.randn(3, dtype=torch.float64))
    optimizer = optim.Adan([weight], lr=0.1, betas=(0.98, 0.92, 0.99), weight_decay=0.02)
    theta, m, v, n, before = weight.detach().clone(), 0.0, 0.0, 0.0, None
    for t in range(1, 6):
        g = torch.sin(weight.detach() * t)
        weight.grad = g.clone()
        optimizer.step()
        change = torch.zeros_like(g) if before is None else g - before
        m = 0.98 * m + 0.02 * g
        v = 0.92 * v + 0.08 * change
        n = 0.99 * n + 0.01 * (g + 0.92 * change) ** 2
        eta = 0.1 / ((n / (1 - 0.99**t)).sqrt() + 1e-8)
        theta = (theta - eta * (m / (1 - 0.98**t) + 0.92 * v / (1 - 0.92**t))) / (1 + 0.02 * 0.1)
        before = g
        assert torch.allclose(weight.detach(), theta, atol=1e-12)


def test_schedules() -> None:
    assert optim.factor("constant", 0.7) == 1
    assert [optim.factor("cosine", p) for p in (0, 0.5, 1)] == pytest.approx([1, 0.5, 0])
    assert [optim.factor("cosine", p, hold=0.5, floor=0.1) for p in (0, 0.5, 0.75, 1)] == pytest.approx(
        [1, 1, 0.55, 0.1]
    )
    assert [optim.factor("step", p, steps=(0.5, 0.8)) for p in (0.4, 0.5, 0.9)] == [1, 0.5, 0.25]


def test_the_average_forgets_its_start_and_follows() -> None:
    module = torch.nn.Linear(2, 1)
    average = optim.Average(module, 0.9)
    with torch.no_grad():
        module.weight.fill_(1.0)
    for _ in range(100):
        average.update(module)
    assert torch.allclose(average.values["weight"], torch.ones(1, 2), atol=1e-3)
    before = average.values["weight"].clone()
    with torch.no_grad():
        module.weight.fill_(2.0)
    average.update(module)
    assert torch.allclose(average.values["weight"], 0.9 * before + 0.2)
