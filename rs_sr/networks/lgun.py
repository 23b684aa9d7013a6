"""LGUN: Local Global Union Network (Xiao, Liao and Ren, Sensors 24(16):5098, 2024).

Neither code nor weights are published. Ours is what the paper leaves open, as the classes below say; it fits the
paper's parameters within 0.3 % and its multiply-adds within 1 %. The attention matrices and the means of the squeeze
and excitation are of the whole picture (`Statistics`); with held ones the network is an ordinary convolutional one.
"""

from __future__ import annotations

import contextlib
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.contract import Network
from rs_sr.networks.layers import ChannelGate, PixelNorm, affine
from rs_sr.networks.statistics import Statistics

KERNELS = ((3, 5), (5, 7), (7, 9))  # of the three LKCS: depthwise, then dilated (section 4.3, Table 3d)
PARTS = len(KERNELS) + 1
SIGNS: tuple[str, ...] = (
    "head.weight",
    "shallow.0.attention.lkcs.0.dilated.weight",
    "deep.0.attention.temperature",
    "tail.weight",
)


class LKCS(nn.Module):
    """Large kernel convolutional sequence (section 3.3): depthwise, dilated depthwise, 1x1, nothing between.

    The dilation is ours: that of VAN's decomposition (Guo et al. 2023), whose first kernel is ``2 d - 1``.
    """

    def __init__(self, channels: int, kernel: int, wide: int) -> None:
        super().__init__()
        d = (kernel + 1) // 2
        self.near = nn.Conv2d(channels, channels, kernel, padding=kernel // 2, groups=channels)
        self.dilated = nn.Conv2d(channels, channels, wide, padding=wide // 2 * d, dilation=d, groups=channels)
        self.mix = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.mix(self.dilated(self.near(x)))


class MLHA(nn.Module):
    """Multi-order local hierarchical aggregation (section 3.3, eqs. 3 and 4): four parts, each looking farther."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.inner = nn.Conv2d(features, features, 1)
        self.lkcs = nn.ModuleList(LKCS(features // PARTS, *kernels) for kernels in KERNELS)
        self.outer = nn.Conv2d(features, features, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.outer(self.modulated(self.inner(x)))

    def modulated(self, f: Tensor) -> Tensor:
        """Eq. 3: `f` times what its parts see."""
        first, *parts = f.chunk(PARTS, 1)
        seen = [first]
        for part, lkcs in zip(parts, self.lkcs, strict=True):
            seen.append(lkcs(part + seen[-1]))
        return f * torch.cat(seen, 1)


class DGSA(nn.Module):
    """Dynamic global sparse attention among channels (section 3.4, eqs. 5 to 9), linear in the pixels.

    Ours: the depthwise convolution behind eq. 5, as in Restormer (Zamir et al., CVPR 2022); and q and k of length 1 in
    eq. 6, with a learned factor for each head, so that the scores do not grow with the picture. The three matrices of
    eq. 7 are summed before the one product with v, which is the same.
    """

    def __init__(self, features: int, heads: int, statistics: Statistics) -> None:
        super().__init__()
        self.heads, self.statistics = heads, statistics
        width = features // heads
        self.kept = (width // 2, 2 * width // 3, 3 * width // 4)
        self.qkv = nn.Conv2d(features, 3 * features, 1)
        self.depthwise = nn.Conv2d(3 * features, 3 * features, 3, padding=1, groups=3 * features)
        self.temperature = nn.Parameter(torch.ones(heads))
        self.shares = nn.Parameter(torch.full((3,), 0.1))
        self.project = nn.Conv2d(features, features, 1)

    def forward(self, x: Tensor) -> Tensor:
        if self.statistics.mode == "held":
            return self._held(x)
        features = x.shape[1]
        qk, v = self.depthwise(self.qkv(x)).split((2 * features, features), 1)
        matrix = self.statistics.of(qk, self.matrix).to(v.dtype)
        mixed = matrix @ v.unflatten(1, (self.heads, -1)).flatten(3)
        return self.project(mixed.flatten(1, 2).unflatten(2, x.shape[2:]))

    def matrix(self, qk: Tensor) -> Tensor:
        """(batch, channels of q and then of k, pixel) to the weights of v, (batch, head, channel, channel)."""
        batch, _, pixels = qk.shape
        with _full_precision(qk.device.type):
            wide = qk.to(torch.promote_types(qk.dtype, torch.float32)).reshape(batch, 2, self.heads, -1, pixels)
            q, k = functional.normalize(wide, dim=-1, eps=1e-12).unbind(1)
            scores = self.temperature[:, None, None] * (q @ k.transpose(-1, -2))
            first, second, third = (top_softmax(scores, count) for count in self.kept)
            return self.shares[0] * first + self.shares[1] * second + self.shares[2] * third

    def _held(self, x: Tensor) -> Tensor:
        """The third of the layers that makes v, and one matrix for the held one and the projection."""
        features, project = x.shape[1], self.project
        third = slice(2 * features, None)
        (weight, bias), (deep, deep_bias) = affine(self.qkv), affine(self.depthwise)
        v = functional.conv2d(x, weight[third], bias[third])
        v = functional.conv2d(v, deep[third], deep_bias[third], padding=1, groups=features)
        return functional.conv2d(v, self.folded(), project.bias)

    def folded(self) -> Tensor:
        """The weight of the projection with the held matrix in it."""
        weight = self.project.weight
        matrix = self.statistics.of(weight, self.matrix)  # only the type of what is given counts
        rows = weight.view(len(weight), self.heads, -1, 1)
        product = (rows * matrix).sum(2)  # not a product of matrices, which autocast would do in half precision
        return product.view(weight.shape)


class FFN(nn.Module):
    """Feed-forward network (section 3.5, eq. 10). Ours: 2.5 times as wide inside, a sixteenth of that in the gate."""

    def __init__(self, features: int, statistics: Statistics) -> None:
        super().__init__()
        wide = 5 * features // 2
        self.expand = nn.Conv2d(features, wide, 1)
        self.depthwise = nn.Conv2d(wide, wide, 3, padding=1, groups=wide)
        self.se = ChannelGate(wide, max(wide // 16, 1), statistics, contrast=False)
        self.reduce = nn.Conv2d(wide, features, 1)
        self.statistics = statistics

    def forward(self, x: Tensor) -> Tensor:
        y = self.expand(x)
        y = self._held(y) if self.statistics.mode == "held" else self.se(self.depthwise(y))
        return self.reduce(functional.gelu(y))

    def _held(self, y: Tensor) -> Tensor:
        """The depthwise convolution with the held gate in its weights: saves a tenth of the network's time on a CPU."""
        (weight, bias), gate = affine(self.depthwise), self.se.gate(y)
        weight, bias = weight * gate.transpose(0, 1), bias * gate.flatten()
        return functional.conv2d(y, weight, bias, padding=1, groups=len(weight))


class Block(nn.Module):
    """A shallow or a deep layer (section 3.2, eqs. 1 and 2). That the norm is over each pixel's channels is ours."""

    def __init__(self, attention: nn.Module, features: int, statistics: Statistics) -> None:
        super().__init__()
        self.norm1 = PixelNorm(features)
        self.attention = attention
        self.norm2 = PixelNorm(features)
        self.ffn = FFN(features, statistics)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(self.norm1(x))
        return x + self.ffn(self.norm2(x))


class LGUN(Network):
    """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), neither clipped nor rounded.

    Section 3.1. Ours are the halves of 8 and 8, and the one convolution before the pixel shuffle.

    Parameters
    ----------
    scale, bands
        2, 3 or 4 in the paper, any bands in and out.
    features
        64 channels, a multiple of 4 and of `heads`.
    shallow, deep
        Blocks with MLHA, and then with DGSA; one at least of each.
    heads
        Of DGSA; two channels at least in each.
    """

    halo = 48  # input pixels; far less than the radius

    def __init__(
        self, *, scale: int, bands: int = 3, features: int = 64, shallow: int = 8, deep: int = 8, heads: int = 4
    ) -> None:
        super().__init__()
        if features % PARTS or features % heads or features < 2 * heads:
            raise ValueError(
                f"features is {features} and must be a multiple of {PARTS} and of heads, {heads}, and twice it"
            )
        if shallow < 1 or deep < 1:
            raise ValueError(f"shallow and deep are {shallow} and {deep} and must be 1 at least")
        self.scale, self.bands, self.features = scale, bands, features
        self.statistics = held = Statistics()
        self.head = nn.Conv2d(bands, features, 3, padding=1)
        self.shallow = nn.ModuleList(Block(MLHA(features), features, held) for _ in range(shallow))
        self.deep = nn.ModuleList(Block(DGSA(features, heads, held), features, held) for _ in range(deep))
        self.tail = nn.Conv2d(features, bands * scale**2, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = y = self.head(x)
        for block in (*self.shallow, *self.deep):
            y = block(y)
        return functional.pixel_shuffle(self.tail(y + first), self.scale)

    @property
    def radius(self) -> int:
        """How far the output looks with held values, in input pixels: 36 a shallow block, 2 a deep one, 1 at each end.

        The longest path runs through every convolution.
        """
        return sum(c.kernel_size[0] // 2 * c.dilation[0] for c in self.modules() if isinstance(c, nn.Conv2d))

    @property
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass, estimated from the width.

        Fitted to the peak of whole runs, which differ by a quarter from one to the next: tests/benchmarks/README.md.
        """
        return int(4 * 20 * self.features + 8 * self.bands * self.scale**2)

    def fused(self) -> LGUN:
        """Itself in evaluation mode: there is nothing to fold before the values are held."""
        return self.eval()


def _full_precision(device: str) -> contextlib.AbstractContextManager[Any]:
    """Autocast off where it is on: sums over all pixels are not for half precision."""
    on = torch.amp.is_autocast_available(device) and torch.is_autocast_enabled(device)
    return torch.autocast(device, enabled=False) if on else contextlib.nullcontext()


def top_softmax(scores: Tensor, k: int) -> Tensor:
    """The softmax over the `k` largest of each row, 0 elsewhere (eqs. 8 and 9)."""
    values, places = scores.topk(k, -1)
    return torch.zeros_like(scores).scatter(-1, places, values.softmax(-1))


def read(tensors: dict[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, off the shapes of a state dict."""
    features, bands = tensors["head.weight"].shape[:2]
    blocks = {tuple(name.split(".")[:2]) for name in tensors if name.startswith(("shallow.", "deep."))}
    stages = [stage for stage, _ in blocks]
    return {
        "scale": round((tensors["tail.weight"].shape[0] / bands) ** 0.5),
        "bands": bands,
        "features": features,
        "shallow": stages.count("shallow"),
        "deep": stages.count("deep"),
        "heads": tensors["deep.0.attention.temperature"].shape[0],
    }
