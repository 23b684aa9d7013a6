"""EFRDN: Efficient Feature Reuse Distillation Network (Liu et al., "An efficient feature reuse distillation network for
lightweight image super-resolution"). Convolutional modules used twice, then two transformers, everything summed.

No code and no weights of the authors are public. Where the paper leaves a number open, its ablation tables decided it;
where only its figures would tell, the inside is ours and says so. Three things would tie a pixel to the whole image
and do not: attention stays in fixed windows, pooled values can be held, and the coarse grid of ESA is a fixed one.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.contract import Network
from rs_sr.networks.layers import ChannelGate
from rs_sr.networks.statistics import Statistics

WINDOW = 24  # tokens on a side: 576, the paper's quarter of its own 48 x 48 training patch
HEADS = 8

SIGNS: tuple[str, ...] = ("acdm.0.acrb.0.body.conv.conv1x3.weight", "trans.0.reduce.weight", "up2.weight")


def read(tensors: dict[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, read off the state dict of an `EFRDN` (the training form, not the folded one)."""
    features, bands = tensors["head.weight"].shape[:2]
    acdms, convs, transformers = (
        len({name.split(".")[1] for name in tensors if name.startswith(f"{part}.")})
        for part in ("acdm", "conv", "trans")
    )
    return {
        "scale": round((tensors["up1.weight"].shape[0] / bands) ** 0.5),
        "bands": bands,
        "features": features,
        "acdms": acdms,
        "uses": convs - transformers,
        "transformers": transformers,
        "hidden": tensors["trans.0.fc1.weight"].shape[0],
    }


class UseNorm(nn.Module):
    """Batch normalisation whose weights serve several uses, each with running statistics of its own.

    Ours: the two uses of a shared ACDM see different distributions, and statistics mixed of both would fit neither.
    """

    def __init__(self, channels: int, uses: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.running_mean: Tensor
        self.running_var: Tensor
        self.register_buffer("running_mean", torch.zeros(uses, channels))
        self.register_buffer("running_var", torch.ones(uses, channels))

    def forward(self, x: Tensor, use: int) -> Tensor:
        mean, var = self.running_mean[use], self.running_var[use]
        return functional.batch_norm(x, mean, var, self.weight, self.bias, self.training, 0.1, 1e-5)


class AsymmetricConv(nn.Module):
    """Convolutions 1x3, 3x3 and 3x1 of one input, summed (Fig. 3)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1x3 = nn.Conv2d(channels, channels, (1, 3), padding=(0, 1))
        self.conv3x3 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv3x1 = nn.Conv2d(channels, channels, (3, 1), padding=(1, 0))

    def forward(self, x: Tensor) -> Tensor:
        return self.conv1x3(x) + self.conv3x3(x) + self.conv3x1(x)

    def folded(self) -> nn.Conv2d:
        """The one 3x3 convolution with the same output, borders included."""
        one = nn.Conv2d(self.conv3x3.in_channels, self.conv3x3.out_channels, 3, padding=1).to(self.conv3x3.weight)
        weight = self.conv3x3.weight.double()
        weight[:, :, 1:2] += self.conv1x3.weight.double()
        weight[:, :, :, 1:2] += self.conv3x1.weight.double()
        bias = sum(c.bias.double() for c in (self.conv1x3, self.conv3x3, self.conv3x1) if c.bias is not None)
        one.load_state_dict({"weight": weight, "bias": bias})
        return one


class NormedConv(nn.Module):
    """A convolution and its `UseNorm`; `fold` makes one convolution of both."""

    def __init__(self, conv: nn.Conv2d | AsymmetricConv, channels: int, uses: int) -> None:
        super().__init__()
        self.conv = conv
        self.norm: UseNorm | None = UseNorm(channels, uses)

    def forward(self, x: Tensor, use: int) -> Tensor:
        y = self.conv(x)
        return y if self.norm is None else self.norm(y, use)

    def fold(self) -> None:
        """In place, for a module of one use, in float64."""
        old = self.conv.folded() if isinstance(self.conv, AsymmetricConv) else self.conv
        norm = self.norm
        assert norm is not None
        gain = norm.weight.double() / (norm.running_var[0].double() + 1e-5).sqrt()
        bias = 0 if old.bias is None else old.bias.double()
        state = {
            "weight": old.weight.double() * gain[:, None, None, None],
            "bias": (bias - norm.running_mean[0].double()) * gain + norm.bias.double(),
        }
        outputs, inputs, *kernel = old.weight.shape
        size, groups, padding = (kernel[0], kernel[1]), old.groups, kernel[0] // 2
        self.conv = nn.Conv2d(inputs * groups, outputs, size, padding=padding, groups=groups).to(old.weight)
        self.conv.load_state_dict(state)
        self.norm = None


class ACRB(nn.Module):
    """Asymmetric convolution residual block (section 3.2, Fig. 3, eq. 18)."""

    def __init__(self, channels: int, uses: int) -> None:
        super().__init__()
        self.body = NormedConv(AsymmetricConv(channels), channels, uses)

    def forward(self, x: Tensor, use: int) -> Tensor:
        return x + functional.relu(self.body(x, use))


class GCRB(nn.Module):
    """Group convolution residual block (section 3.2): to a quarter of the channels, depthwise 3x3, and back.

    Ours, from the parameters in Table 4: two groups in both 1x1 convolutions, and no bias.
    """

    def __init__(self, channels: int, uses: int) -> None:
        super().__init__()
        quarter = channels // 4
        down = nn.Conv2d(channels, quarter, 1, groups=2, bias=False)
        depthwise = nn.Conv2d(quarter, quarter, 3, padding=1, groups=quarter, bias=False)
        up = nn.Conv2d(quarter, channels, 1, groups=2, bias=False)
        self.down, self.up = NormedConv(down, quarter, uses), NormedConv(up, channels, uses)
        self.depthwise = NormedConv(depthwise, quarter, uses)

    def forward(self, x: Tensor, use: int) -> Tensor:
        y = functional.relu(self.down(x, use))
        y = functional.relu(self.depthwise(y, use))
        return x + self.up(y, use)


class ESA(nn.Module):
    """Enhanced spatial attention (section 3.2; RFDN, Liu et al. 2020, section 3.3), on a coarse grid of 6 x 6 pixels.

    Ours is the geometry: padded everywhere, so that the grid has ceil(y / 6) rows and comes back by the fixed factor 6.
    The published form stretches by a factor that depends on the image's size, and needs 15 pixels.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        f = channels // 4
        self.conv1 = nn.Conv2d(channels, f, 1)
        self.conv2 = nn.Conv2d(f, f, 3, stride=2, padding=1)
        self.conv_max = nn.Conv2d(f, f, 3, padding=1)
        self.conv3 = nn.Conv2d(f, f, 3, padding=1)
        self.conv3_ = nn.Conv2d(f, f, 3, padding=1)
        self.conv_f = nn.Conv2d(f, f, 1)
        self.conv4 = nn.Conv2d(f, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        a = self.conv1(x)
        return x * torch.sigmoid(self.conv4(self.spread(a) + self.conv_f(a)))

    def spread(self, a: Tensor) -> Tensor:
        """What the coarse grid tells, at every pixel."""
        coarse = functional.max_pool2d(self.conv2(a), 7, stride=3, padding=3)
        coarse = functional.relu(self.conv3(functional.relu(self.conv_max(coarse))))
        fine = functional.interpolate(self.conv3_(coarse), scale_factor=6, mode="bilinear", align_corners=False)
        return fine[:, :, : a.shape[2], : a.shape[3]]


class SpatialGate(nn.Module):
    """Times a sigmoid of a 7x7 convolution of the channels' mean and maximum (CBAM, Woo et al. 2018, eq. 3)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        both = torch.cat([x.mean(1, keepdim=True), x.amax(1, keepdim=True)], 1)
        return x * torch.sigmoid(self.conv(both))


class SelfCalibrated(nn.Module):
    """Self-calibrated convolution (section 3.2, Fig. 2): SCSA with a `SpatialGate`, SCCA with a `ChannelGate`.

    Ours are the four groups of the 3x3 convolutions and the 1x1 convolution of the calibration.
    """

    def __init__(self, channels: int, gate: SpatialGate | ChannelGate) -> None:
        super().__init__()
        half = channels // 2
        self.left = nn.Conv2d(half, half, 3, padding=1, groups=4)
        self.right = nn.Conv2d(half, half, 3, padding=1, groups=4)
        self.gate = gate
        self.cal = nn.Conv2d(half, half, 1)
        self.merge = nn.Conv2d(channels, channels, 3, padding=1, groups=4)

    def forward(self, x: Tensor) -> Tensor:
        left, right = x.chunk(2, 1)
        calibrated = self.left(left) * torch.sigmoid(left + self.cal(self.gate(left)))
        return x + self.merge(torch.cat([calibrated, self.right(right)], 1))


def scsa(channels: int) -> SelfCalibrated:
    """Self-calibrated convolution with spatial attention."""
    return SelfCalibrated(channels, SpatialGate())


def scca(channels: int, statistics: Statistics) -> SelfCalibrated:
    """Self-calibrated convolution with channel attention, which asks for one image-wide value."""
    return SelfCalibrated(channels, ChannelGate(channels // 2, channels // 8, statistics, contrast=False))


class EFFB(nn.Module):
    """Enhanced feature fusion block (section 3.2). Ours: channels in turns, so that each of eight groups sees both."""

    def __init__(self, channels: int, uses: int, statistics: Statistics) -> None:
        super().__init__()
        self.gcrb = nn.ModuleList(GCRB(channels, uses) for _ in range(3))
        self.g1 = nn.Conv2d(2 * channels, channels, 3, padding=1, groups=8)
        self.scsa = scsa(channels)
        self.g2 = nn.Conv2d(2 * channels, channels, 3, padding=1, groups=8)
        self.scca = scca(channels, statistics)

    def forward(self, x: Tensor, use: int) -> Tensor:
        first = self.gcrb[0](x, use)
        second = self.gcrb[1](first, use)
        third = self.gcrb[2](second, use)
        mixed = self.scsa(self.g1(in_turns(first, second)))
        return self.scca(self.g2(in_turns(mixed, third)))


def in_turns(a: Tensor, b: Tensor) -> Tensor:
    """Channels a0, b0, a1, b1, ..."""
    return torch.stack([a, b], 2).flatten(1, 2)


class FFLB(nn.Module):
    """Feature fusion lattice block (section 3.2, eqs. 10 to 16): two butterflies, then `EFFB`.

    The combination coefficients A and B are gates of mean plus deviation, four image-wide values in all: through one
    pair of layers, as the parameters in Table 4 have it.
    """

    def __init__(self, channels: int, uses: int, statistics: Statistics) -> None:
        super().__init__()
        self.gcrb1, self.gcrb2 = GCRB(channels, uses), GCRB(channels, uses)
        self.esa1, self.esa2 = ESA(channels), ESA(channels)
        self.a1, self.b1, self.a2, self.b2 = (
            ChannelGate(channels, channels // 16, statistics, contrast=True) for _ in range(4)
        )
        self.s1, self.s2 = nn.Parameter(torch.ones(())), nn.Parameter(torch.ones(()))
        self.effb = EFFB(channels, uses, statistics)

    def forward(self, x: Tensor, use: int) -> Tensor:
        lower = self.esa1(self.gcrb1(x, use))
        upper, lower = x + self.b1(lower), lower + self.a1(x)
        upper = self.esa2(self.gcrb2(upper, use))
        upper, lower = upper + self.b2(lower), lower + self.a2(upper)
        return x + self.effb(self.s1 * upper + self.s2 * lower, use)


class ACDM(nn.Module):
    """Asymmetric convolution distillation module (section 3.2, eqs. 17 to 27): a quarter is kept, the rest goes on.

    Ours: the last convolution of the rest gives three quarters of the channels, and MSCC ends in a 1x1 convolution.
    """

    def __init__(self, channels: int, uses: int, statistics: Statistics) -> None:
        super().__init__()
        self.kept = channels // 4
        rest = channels - self.kept
        self.acrb = nn.ModuleList(ACRB(self.kept, uses) for _ in range(3))
        self.refine = nn.ModuleList(nn.Conv2d(rest, channels, 3, padding=1) for _ in range(3))
        self.fflb = nn.ModuleList(FFLB(channels, uses, statistics) for _ in range(3))
        self.last = nn.Conv2d(channels, rest, 3, padding=1)
        self.fuse = nn.Conv2d(3 * self.kept + rest, channels, 3, padding=1)
        self.mscc = nn.Sequential(scsa(channels), scca(channels, statistics), nn.Conv2d(channels, channels, 1))

    def forward(self, x: Tensor, use: int) -> Tensor:
        distilled, rest = [], x
        for acrb, refine, fflb in zip(self.acrb, self.refine, self.fflb, strict=True):
            kept, rest = rest[:, : self.kept], rest[:, self.kept :]
            distilled.append(acrb(kept, use))
            rest = fflb(refine(rest), use)
        return x + self.mscc(self.fuse(torch.cat([*distilled, self.last(rest)], 1)))


class Transformer(nn.Module):
    """Efficient transformer (section 3.3, eqs. 28 to 30; ESRT, Lu et al. 2022): tokens are 3x3 neighbourhoods.

    Ours are the windows: 24 x 24 tokens from the input's origin attend among themselves, where ESRT cuts the tokens in
    raster order into four, whatever their number. In training all windows are computed at once, else a row of them at a
    time: the memory for tokens then grows with the width alone. `hidden` of the MLP is ours too, by Table 2.
    """

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        full, half = 9 * channels, 9 * channels // 2
        self.norm1, self.norm2 = nn.LayerNorm(full), nn.LayerNorm(full)
        self.reduce = nn.Linear(full, half, bias=False)
        self.qkv = nn.Linear(half, 3 * half, bias=False)
        self.proj = nn.Linear(half, full)
        self.fc1 = nn.Linear(full, hidden)
        self.fc2 = nn.Linear(hidden, full)

    def forward(self, x: Tensor) -> Tensor:
        height, width = x.shape[2:]
        below, right = -height % WINDOW, -width % WINDOW
        padded = functional.pad(x, (1, right + 1, 1, below + 1))
        if self.training or torch.onnx.is_in_onnx_export():
            total = self.windows(padded, height, width)
        else:
            total = torch.zeros_like(padded)
            for top in range(0, height, WINDOW):
                rows = slice(top, top + WINDOW + 2)
                total[:, :, rows] += self.windows(padded[:, :, rows], min(WINDOW, height - top), width)
        count = neighbours(height, x)[:, None] * neighbours(width, x)
        return total[:, :, 1 : height + 1, 1 : width + 1] / count

    def windows(self, padded: Tensor, height: int, width: int) -> Tensor:
        """Whole windows with a pixel around, to the sum of the neighbourhoods they become, of the same shape.

        Tokens from row `height` and column `width` on are padding: nobody attends to them, and they add nothing.
        """
        batch, _, rows, cols = padded.shape
        down, across = (rows - 2) // WINDOW, (cols - 2) // WINDOW
        t = functional.unfold(padded, 3).reshape(batch, -1, down, WINDOW, across, WINDOW)
        t = t.permute(0, 2, 4, 3, 5, 1).reshape(batch * down * across, WINDOW**2, -1)  # (window, token, number)
        real = None
        # An exported graph may see other sizes, so it always masks.
        if torch.onnx.is_in_onnx_export() or (height, width) != (rows - 2, cols - 2):
            y = (torch.arange(rows - 2, device=t.device) < height).reshape(down, 1, WINDOW, 1)
            x = (torch.arange(cols - 2, device=t.device) < width).reshape(1, across, 1, WINDOW)
            real = (y & x).reshape(down * across, WINDOW**2).repeat(batch, 1)
        t = t + self.attention(self.norm1(t), real)
        t = t + self.fc2(functional.relu(self.fc1(self.norm2(t))))
        if real is not None:
            t = t * real[:, :, None]
        t = t.reshape(batch, down, across, WINDOW, WINDOW, -1).permute(0, 5, 1, 3, 2, 4)
        t = t.reshape(batch, -1, 9, rows - 2, cols - 2)
        # fold, written out: the older ONNX exporter has none.
        parts = (functional.pad(t[:, :, k], (k % 3, 2 - k % 3, k // 3, 2 - k // 3)) for k in range(9))
        return sum(parts, torch.zeros_like(padded))

    def attention(self, t: Tensor, real: Tensor | None) -> Tensor:
        """Eq. 30 in each window, eight heads; `real` (window, token) tells the keys that may be attended to."""
        q, k, v = self.qkv(self.reduce(t)).reshape(*t.shape[:2], 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        mask = None if real is None else real[:, None, None, :]
        if torch.onnx.is_in_onnx_export():  # head by head: a graph would hold the scores of all, 18 kB a pixel
            one_by_one = zip(q.split(1, 1), k.split(1, 1), v.split(1, 1), strict=True)
            y = torch.cat([functional.scaled_dot_product_attention(*qkv, attn_mask=mask) for qkv in one_by_one], 1)
        else:
            y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.proj(y.transpose(1, 2).flatten(2))


def neighbours(length: int, like: Tensor) -> Tensor:
    """How many of three adjacent tokens along one side hold each pixel: 3, at an end 2."""
    i = torch.arange(length, device=like.device)
    return (3 - (i == 0).to(like.dtype)) - (i == length - 1).to(like.dtype)


class EFRDN(Network):
    """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), neither clipped nor rounded.

    Section 3.1, eqs. 1 to 9; where the text says concatenation, the equations have sums, and so has this. Windows of
    the transformers lie from the input's origin on: a tile must start at a multiple of `grid`, halo included.

    Parameters
    ----------
    scale, bands
        2, 3 or 4 in the paper, any bands in and out.
    features
        A multiple of 16; 32 in the paper.
    acdms, uses
        So many ACDM, taken in turns until `uses` of them have run; 2 and 4 in the paper.
    transformers, hidden
        2, with so wide an MLP: 144 by the parameters of Table 2, ESRT has 72.
    """

    grid, halo = WINDOW, 48

    def __init__(
        self,
        *,
        scale: int,
        bands: int = 3,
        features: int = 32,
        acdms: int = 2,
        uses: int = 4,
        transformers: int = 2,
        hidden: int = 144,
    ) -> None:
        super().__init__()
        if features < 16 or features % 16:
            raise ValueError(f"features must be a multiple of 16, not {features}")
        if not 1 <= acdms <= uses or transformers < 1:
            raise ValueError(f"{acdms} ACDM in {uses} uses and {transformers} transformers: one at least, none idle")
        self.scale, self.bands, self.features, self.hidden = scale, bands, features, hidden
        self.statistics = Statistics()
        self.head = nn.Conv2d(bands, features, 3, padding=1)
        each = [len(range(i, uses, acdms)) for i in range(acdms)]
        self.acdm = nn.ModuleList(ACDM(features, n, self.statistics) for n in each)
        self.conv = nn.ModuleList(nn.Conv2d(features, features, 3, padding=1) for _ in range(uses + transformers))
        self.trans = nn.ModuleList(Transformer(features, hidden) for _ in range(transformers))
        self.up1, self.up2 = (nn.Conv2d(features, bands * scale**2, 3, padding=1) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = self.head(x)
        y = total = first
        uses = self.uses
        for i, conv in enumerate(self.conv[:uses]):
            use, which = divmod(i, len(self.acdm))
            y = conv(self.acdm[which](y, use) + total)
            total = total + y
        for conv, trans in zip(self.conv[uses:], self.trans, strict=True):
            total = total + conv(trans(total))
        return functional.pixel_shuffle(self.up1(total + first) + self.up2(first), self.scale)

    @property
    def uses(self) -> int:
        """How many ACDM run, one after the other."""
        return len(self.conv) - len(self.trans)

    @property
    def radius(self) -> None:
        """None: with held statistics some hundred pixels an ACDM, most of them formal; see `halo`."""
        return None

    @property
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass, estimated from the width.

        Some thirty maps. Fitted to the peak of whole runs: tests/benchmarks/README.md. A strip of 48 x 480 pixels took
        5000 at x2, 32 features: one row of windows is half of it.
        """
        return int(4 * (30 * self.features + 4 * self.bands * self.scale**2))

    def fused(self) -> EFRDN:
        """The inference form in evaluation mode, folded in float64: equal output up to rounding.

        An ACDM for each use, every normalisation inside the convolution before it, and the asymmetric convolutions one.
        The folded form gives itself. This one stays as it is.
        """
        if not any(isinstance(module, UseNorm) for module in self.modules()):
            return self.eval()
        plain = EFRDN(
            scale=self.scale, bands=self.bands, features=self.features, acdms=self.uses, uses=self.uses,
            transformers=len(self.trans), hidden=self.hidden,
        ).to(self.head.weight)  # fmt: skip
        state = {k: v for k, v in self.state_dict().items() if not k.startswith("acdm.")}
        for i in range(self.uses):
            use, which = divmod(i, len(self.acdm))
            for name, value in self.acdm[which].state_dict().items():
                running = name.endswith(("running_mean", "running_var"))
                state[f"acdm.{i}.{name}"] = value[use : use + 1] if running else value
        plain.load_state_dict(state)
        with torch.no_grad():
            for module in list(plain.modules()):
                if isinstance(module, NormedConv):
                    module.fold()
        plain.statistics.mode, plain.statistics.values = self.statistics.mode, list(self.statistics.values)
        return plain.eval()
