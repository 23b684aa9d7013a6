"""LKDN within the range of fp16: the same in float32 to the bit, and numbers where there were none."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import torch

from rs_sr.models import store
from rs_sr.networks import build
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.rescale import rescale


def large() -> LKDN:
    """An LKDN whose values in front of the norms lie beyond fp16, as with the published weights."""
    torch.manual_seed(0)
    module = build("lkdn", {"scale": 2, "features": 8, "attention": 8, "blocks": 2}).eval()
    assert isinstance(module, LKDN)
    with torch.no_grad():
        for name in ("B1", "B2"):
            attention = getattr(module, name).atten
            for layer in (attention.pointwise, attention.depthwise, attention.depthwise_dilated):
                layer.weight.mul_(500)
    return module


def test_the_result_in_float32_is_the_same_to_the_bit() -> None:
    module, x = large(), torch.rand(1, 3, 32, 32)
    scaled = copy.deepcopy(module)
    powers = rescale(scaled, torch.rand(1, 3, 32, 32))
    assert len(powers) == 2 and min(powers) > 5
    with torch.inference_mode():
        assert torch.equal(module(x), scaled(x))


def test_fp16_has_numbers_after_it_and_none_before() -> None:
    module, x = large(), torch.rand(1, 3, 24, 24)
    scaled = copy.deepcopy(module)
    rescale(scaled, torch.rand(1, 3, 24, 24))
    with torch.inference_mode():
        wanted = module(x)
        assert not torch.isfinite(module.half()(x.half())).all()
        found = scaled.half()(x.half()).float()
    assert float((found - wanted).abs().max() / (wanted.max() - wanted.min())) < 0.02


@pytest.mark.parametrize("name", ["LKDN_x4", "LKDN-S_del_rep_x4"])
def test_the_published_weights_hold_in_fp16(name: str, published: dict[str, Path]) -> None:
    card, tensors = store.read(published[name])
    module = build("lkdn", card.arguments).eval()
    module.load_state_dict(tensors)
    assert isinstance(module, LKDN)
    y, x = torch.meshgrid(torch.arange(32.0), torch.arange(32.0), indexing="ij")
    picture = (0.5 + 0.4 * torch.sin(y / 3) * torch.cos(x / 2)).expand(1, 3, 32, 32).contiguous()
    with torch.inference_mode():
        wanted = module(picture)
        rescale(module, picture)
        found = module.half()(picture.half()).float()
    off = 255 * (found - wanted).abs()
    assert float(off.mean()) < 0.5 and float(off.max()) < 5  # grey levels
