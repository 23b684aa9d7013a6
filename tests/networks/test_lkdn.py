"""LKDN against its paper, its formulas and its authors' outputs (Xie et al., CVPRW/NTIRE 2023)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from rs_sr.errors import ModelError
from rs_sr.models.published import import_checkpoint
from rs_sr.networks import build
from rs_sr.networks.counting import macs_per_px
from rs_sr.networks.layers import PixelNorm
from rs_sr.networks.lkdn import LKDN, RepUpsampler

S: dict[str, Any] = {"features": 42, "attention": 42, "blocks": 5}
SMALL: dict[str, Any] = {"features": 8, "attention": 6}


def random_lkdn(seed: int = 0, gain: float = 2.0, **arguments: Any) -> LKDN:
    """A network in float64 whose weights and biases are all random, and large enough to reach far."""
    torch.manual_seed(seed)
    network = LKDN(**arguments).double().eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(gain).add_(0.02 * torch.randn_like(parameter))
    return network


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"scale": 2}, 298_256),
        ({"scale": 3}, 305_816),
        ({"scale": 4}, 316_400),
        ({"scale": 4, **S}, 126_483),
        ({"scale": 4, **S, "reparameterised": True}, 126_483),
    ],
)
def test_multiply_adds_of_an_input_pixel_are_as_published(arguments: dict[str, Any], expected: int) -> None:
    assert macs_per_px(LKDN(**arguments)) == expected


def test_padding_after_the_1x1_would_not_fold() -> None:
    torch.manual_seed(0)
    upsampler = RepUpsampler(4, 12, 2).double()
    x = torch.rand(1, 4, 9, 7, dtype=torch.float64)
    with torch.no_grad():
        wrong = upsampler.conv3x3(functional.pad(upsampler.conv1x1(x), (1, 1, 1, 1)))
        wrong = upsampler.shuffle(upsampler.conv1(x) + upsampler.conv3(x) + wrong)
        difference = (wrong - upsampler.fused()(x)).abs()
    assert difference[..., 2:-2, 2:-2].max() < 1e-10
    assert difference.max() > 1e-3


def test_the_input_copies_lie_red_green_blue_red_green_blue() -> None:
    network = random_lkdn(scale=2, blocks=1, **SMALL)
    with torch.no_grad():
        weight = network.fea_conv.pw.weight
        kept = weight[:, 4].clone()
        weight.zero_()
        weight[:, 4] = kept
        x = torch.rand(1, 3, 9, 9, dtype=torch.float64)
        reference = network(x)
        for band, moves in enumerate((False, True, False)):
            other = x.clone()
            other[:, band] += 0.5
            assert torch.equal(network(other), reference) is not moves


def test_the_output_is_not_clipped() -> None:
    out = random_lkdn(scale=2, blocks=1, gain=4.0, **SMALL)(torch.rand(1, 3, 16, 16, dtype=torch.float64))
    assert out.min() < 0 and out.max() > 1


def test_pixel_norm_normalises_the_channels_of_each_pixel() -> None:
    x = torch.rand(2, 5, 3, 4, dtype=torch.float64)
    expected = (x - x.mean(1, keepdim=True)) / (x.var(1, unbiased=False, keepdim=True) + 1e-5).sqrt()
    assert torch.allclose(PixelNorm(5).double()(x), expected, atol=1e-12)


@pytest.mark.parametrize("name", ["LKDN_x2", "LKDN_x3", "LKDN_x4", "LKDN-S_x4"])
def test_published_weights_give_the_authors_output(name: str, shared_data: Path) -> None:
    with np.load(shared_data / "reference" / "published_outputs.npz") as reference:
        x = torch.from_numpy(reference["input"].astype(np.float32) / 255)[None]
        expected = torch.from_numpy(reference[name])
    card, tensors = import_checkpoint(shared_data / "checkpoints" / f"{name}.pth")
    network = build("lkdn", card.arguments).eval()
    network.load_state_dict(tensors)
    with torch.no_grad():
        assert (network(x)[0] - expected).abs().max() < 1e-5


def test_lkdn_s_as_trained_as_folded_here_and_as_folded_by_its_authors_agree(shared_data: Path) -> None:
    networks = []
    for name in ("LKDN-S_x4", "LKDN-S_del_rep_x4"):
        card, tensors = import_checkpoint(shared_data / "checkpoints" / f"{name}.pth")
        network = build("lkdn", card.arguments).eval()
        network.load_state_dict(tensors)
        assert isinstance(network, LKDN)
        networks.append(network)
    trained, theirs = networks
    x = torch.from_numpy(np.random.default_rng(0).random((1, 3, 41, 33), dtype=np.float32))
    with torch.no_grad():
        expected = trained(x)
        assert (trained.fused()(x) - expected).abs().max() < 1e-4
        assert (theirs(x) - expected).abs().max() < 1e-4


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        build("srcnn", {})
    assert (
        str(caught.value)
        == "network srcnn is unknown; known are plain, lkdn, alkdnet, lsffnet, efrdn, lgun; a newer rs-sr may have it"
    )


@pytest.mark.parametrize("arguments", [{}, {"scale": 2, "depth": 3}, {"scale": "two"}, {"scale": 2, "features": -4}])
def test_arguments_that_do_not_fit_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match=r"^lkdn cannot be built with \{.*\}: .*; the model file is damaged$"):
        build("lkdn", arguments)
