"""The fast form of every network gives what the plain one gives, and steps back where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import nn

from rs_sr.models import catalogue, load_module
from rs_sr.networks import NETWORKS, build, efrdn, onednn, statistics
from rs_sr.networks.efrdn_fast import FastTransformer
from rs_sr.networks.fast import quickened
from rs_sr.networks.layers import dilated
from rs_sr.networks.lkdn import LKDN
from rs_sr.networks.lkdn_fast import FastLKDN, widened
from tests.networks.test_all import SMALL

EXACT = 2e-5  # of the range of plain float32
BUNDLED = [e.card.name for e in catalogue.list_models() if e.origin == "bundled"]


needs_onednn = pytest.mark.skipif(not onednn.works(), reason="this torch has no oneDNN")


@pytest.fixture(autouse=True)
def probe_anew() -> Iterator[None]:
    onednn.works.cache_clear()
    yield
    onednn.works.cache_clear()


def network(name: str, **more: Any) -> nn.Module:
    torch.manual_seed(1)
    return build(name, {"scale": 3, **SMALL[name], **more}).fused().eval()  # type: ignore[operator]


def off(plain: nn.Module, fast: nn.Module, bands: int = 3) -> float:
    """Largest difference on a picture of odd sides, in shares of the plain result's range."""
    x = torch.rand(1, bands, 61, 47, generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        held = statistics.collect(plain, x)
        for module in (plain, fast):
            statistics.hold(module, held)
        wanted = plain(x)
        found = fast(x.contiguous(memory_format=torch.channels_last))
    assert found.shape == wanted.shape
    return float((found - wanted).abs().max() / (wanted.max() - wanted.min()))


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("bands", [1, 3])
def test_a_network_is_the_same_in_its_fast_form(name: str, bands: int) -> None:
    plain = network(name, bands=bands)
    fast, fused = quickened(network(name, bands=bands))
    assert fused == onednn.works()
    assert off(plain, fast, bands) < EXACT


def test_the_reparameterised_form_of_lkdn_s_is_the_same_too() -> None:
    fast, _ = quickened(network("lkdn", blocks=2, reparameterised=True))
    assert off(network("lkdn", blocks=2, reparameterised=True), fast) < EXACT


@pytest.mark.parametrize("name", BUNDLED)
def test_each_bundled_model_is_the_same_in_its_fast_form(name: str) -> None:
    entry = catalogue.find(name)
    fast, _ = quickened(load_module(entry))
    assert off(load_module(entry), fast, int(entry.card.bands or 1)) < EXACT


def test_it_leaves_the_values_of_a_pooling_network_to_be_collected() -> None:
    plain, (fast, _) = network("alkdnet"), quickened(network("alkdnet"))
    x = torch.rand(4, 3, 24, 24)
    wanted, found = statistics.collect(plain, x), statistics.collect(fast, x)
    assert wanted
    for a, b in zip(wanted, found, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("failure", ["absent", "wrong"])
def test_where_the_fused_calls_fail_the_network_stays_plain(failure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: onednn.Conv, x: torch.Tensor, *more: Any, **named: Any) -> torch.Tensor:
        if failure == "absent":
            raise NotImplementedError("no such operator")
        return nn.Conv2d.forward(self, x) + 1e-3

    monkeypatch.setattr(onednn.Conv, "_run", broken)
    fast, fused = quickened(network("lkdn"))
    assert not fused
    assert isinstance(fast, LKDN) and not any(isinstance(m, onednn.Conv) for m in fast.modules())
    assert off(network("lkdn"), fast) < EXACT


@needs_onednn
def test_lkdn_sees_its_input_once_in_its_fast_form() -> None:
    fast, _ = quickened(network("lkdn", bands=2))
    assert isinstance(fast, FastLKDN)
    assert fast.fea_conv.pw.weight.shape[1] == 2


@pytest.mark.parametrize("channels", [8, 16])
def test_lkdn_is_the_same_with_channels_of_nothing(channels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onednn, "liked", lambda n: -(-n // channels) * channels)
    plain = network("lkdn", features=10, attention=6)
    assert isinstance(plain, LKDN)
    wide = widened(plain)
    assert (wide.features, wide.attention) == (-(-10 // channels) * channels, channels)
    assert off(plain, wide.eval()) < EXACT
    fast, _ = quickened(network("lkdn", features=10, attention=6))
    assert off(plain, fast) < EXACT


@needs_onednn
@pytest.mark.parametrize("name", ["alkdnet", "lsffnet", "lgun", "efrdn"])
def test_a_pooling_network_measures_each_picture_of_a_batch(name: str) -> None:
    plain, (fast, _) = network(name), quickened(network(name))
    x = torch.rand(2, 3, 30, 26, generator=torch.Generator().manual_seed(3))
    with torch.inference_mode():
        wanted, found = plain(x), fast(x.contiguous(memory_format=torch.channels_last))
    assert float((found - wanted).abs().max() / (wanted.max() - wanted.min())) < EXACT


@needs_onednn
@pytest.mark.parametrize("size", [(24, 30), (25, 7)])
def test_a_dilated_convolution_is_one_of_every_dth_pixel(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onednn, "widest_dilated", lambda: 0)
    conv = nn.Conv2d(4, 4, 5, padding=6, dilation=3, groups=4)
    x = torch.rand(2, 4, *size).contiguous(memory_format=torch.channels_last)
    ways: list[Callable[[torch.Tensor], torch.Tensor]] = [conv, lambda x: dilated(conv, x)]
    slopes = [torch.autograd.grad(way(x).square().sum(), list(conv.parameters())) for way in ways]
    torch.testing.assert_close(*slopes, rtol=1e-4, atol=1e-4)
    with torch.inference_mode():
        wanted = conv(x)
        onednn.take_over(conv)
        torch.testing.assert_close(dilated(conv, x), wanted)


@needs_onednn
@pytest.mark.parametrize("factor", [1.0, 30.0])
def test_attention_holds_whatever_the_scores(factor: float) -> None:
    """At 30 their powers leave the range of float32."""
    torch.manual_seed(4)
    plain, other = (efrdn.Transformer(16, 20) for _ in "ab")
    with torch.no_grad():
        plain.qkv.weight *= factor
    other.load_state_dict(plain.state_dict())
    x = torch.rand(1, 16, 30, 26)
    with torch.inference_mode():
        wanted = plain.eval()(x)
        found = FastTransformer(other)(x.contiguous(memory_format=torch.channels_last))
    assert float((found - wanted).abs().max() / (wanted.max() - wanted.min())) < EXACT
