"""Image-wide values: measured alone, collected together, held."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rs_sr.networks import statistics
from rs_sr.networks.layers import ChannelGate
from rs_sr.networks.statistics import Statistics


class Two(nn.Module):
    """Two gates in a row: the second depends on what the first was told."""

    def __init__(self) -> None:
        super().__init__()
        self.statistics = Statistics()
        self.first = ChannelGate(4, 2, self.statistics, contrast=False)
        self.second = ChannelGate(4, 2, self.statistics, contrast=True)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        return self.second(self.first(x))  # type: ignore[no-any-return]


def network() -> Two:
    torch.manual_seed(0)
    return Two().double().eval()


def test_what_is_collected_from_one_picture_is_what_it_measures_itself() -> None:
    two, x = network(), torch.rand(1, 4, 6, 5, dtype=torch.float64)
    alone = two(x)
    statistics.hold(two, statistics.collect(two, x))
    assert torch.allclose(two(x), alone, atol=1e-12)
    assert not torch.allclose(two(x + 1), (statistics.release(two), two(x + 1))[1], atol=1e-3)


def test_held_values_make_a_tile_equal_to_the_whole() -> None:
    two, x = network(), torch.rand(1, 4, 8, 8, dtype=torch.float64)
    statistics.hold(two, statistics.collect(two, x))
    assert torch.allclose(two(x)[..., :4, :3], two(x[..., :4, :3]), atol=1e-12)
    statistics.release(two)
    assert not torch.allclose(two(x)[..., :4, :3], two(x[..., :4, :3]), atol=1e-6)


def test_a_batch_is_collected_as_one_picture() -> None:
    two, tiles = network(), torch.rand(3, 4, 5, 5, dtype=torch.float64)
    side_by_side = torch.cat(list(tiles), dim=2)[None]
    for a, b in zip(statistics.collect(two, tiles), statistics.collect(two, side_by_side), strict=True):
        assert torch.allclose(a, b, atol=1e-12)


def test_pixels_without_data_stay_out_of_every_sum() -> None:
    two, tiles = network(), torch.rand(2, 4, 5, 6, dtype=torch.float64)
    valid = torch.ones(2, 5, 6, dtype=torch.bool)
    valid[1, :, 2:] = False
    spoilt = torch.where(valid[:, None], tiles, 1e6)
    clean = statistics.collect(two, tiles, valid)
    for a, b in zip(clean, statistics.collect(two, spoilt, valid), strict=True):
        assert torch.allclose(a, b, atol=1e-12)
    mean = torch.cat([tiles[0].flatten(1), tiles[1, :, :, :2].flatten(1)], dim=1).mean(1)
    assert torch.allclose(clean[0].flatten(), mean, atol=1e-12)


def test_collecting_leaves_the_mode_as_it_was() -> None:
    two, x = network(), torch.rand(1, 4, 6, 6, dtype=torch.float64)
    values = statistics.collect(two, x)
    statistics.hold(two, values)
    before = two(x)
    statistics.collect(two, x + 3)
    assert torch.equal(two(x), before) and two.statistics.mode == "held"


def test_a_bounded_network_has_nothing_to_collect() -> None:
    assert statistics.collect(nn.Conv2d(1, 1, 1), torch.rand(1, 1, 4, 4)) == []
