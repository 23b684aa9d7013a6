"""LKDN and LKDN-S: Large Kernel Distillation Network (Xie et al., CVPR Workshops 2023, NTIRE).

Fully convolutional, stride 1, every layer zero-pads itself: the output at a pixel depends on a bounded window. Module
names are those of the authors' checkpoints. LKDN-S trains in a re-parameterisable form that `LKDN.fused` folds.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.contract import Network
from rs_sr.networks.layers import BSConv, PixelNorm, dilated
from rs_sr.networks.told import Tell, fold, level
from rs_sr.sensors.numbers import Numbers

SIGNS: tuple[str, ...] = (
    "fea_conv.pw.weight", "B1.c5.weight", "B1.atten.depthwise_dilated.weight", "c1.weight",
)  # fmt: skip


class RBSB(BSConv):
    """Re-parameterisable BSConv (section 3.2.1, eqs. 7 and 8, Fig. 3d): skips round both of its convolutions."""

    def __init__(self, channels: int) -> None:
        super().__init__(channels, channels)
        self.rep1x1 = nn.Conv2d(channels, channels, 1, groups=channels)

    def forward(self, x: Tensor) -> Tensor:
        y = x + self.pw(x)
        return y + self.dw(y) + self.rep1x1(y)

    def fused(self) -> BSConv:
        """The plain BSConv with the same output (eq. 9, whose second line should read F2 = Conv_DW(F1))."""
        plain = BSConv(self.pw.in_channels, self.pw.out_channels).to(self.pw.weight.dtype)
        pw, dw, rep = (_double(layer) for layer in (self.pw, self.dw, self.rep1x1))
        pw["weight"] += torch.eye(self.pw.in_channels, dtype=torch.float64)[:, :, None, None]
        dw["weight"][:, :, 1, 1] += 1 + rep["weight"][:, :, 0, 0]
        dw["bias"] += rep["bias"]
        plain.pw.load_state_dict(pw)
        plain.dw.load_state_dict(dw)
        return plain


class RepUpsampler(nn.Module):
    """The training form of the last convolution (section 4.2; layout as published): branches, summed, shuffled."""

    def __init__(self, channels: int, outputs: int, scale: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, outputs, 1)
        self.conv3 = nn.Conv2d(channels, outputs, 3, padding=1)
        self.conv1x1 = nn.Conv2d(channels, 2 * channels, 1)
        self.conv3x3 = nn.Conv2d(2 * channels, outputs, 3)
        self.shuffle = nn.PixelShuffle(scale)

    def forward(self, x: Tensor) -> Tensor:
        # Padded before the 1x1, so that the border of the intermediate equals its bias and folding is exact.
        deep = self.conv3x3(self.conv1x1(functional.pad(x, (1, 1, 1, 1))))
        return self.shuffle(self.conv1(x) + self.conv3(x) + deep)

    def fused(self) -> nn.Sequential:
        """The plain 3x3 convolution and pixel shuffle with the same output, borders included."""
        conv = nn.Conv2d(self.conv3.in_channels, self.conv3.out_channels, 3, padding=1).to(self.conv3.weight.dtype)
        one, three, first, second = (_double(c) for c in (self.conv1, self.conv3, self.conv1x1, self.conv3x3))
        weight = torch.einsum("omhw,mi->oihw", second["weight"], first["weight"][:, :, 0, 0]) + three["weight"]
        weight[:, :, 1, 1] += one["weight"][:, :, 0, 0]
        bias = second["bias"] + torch.einsum("omhw,m->o", second["weight"], first["bias"]) + three["bias"] + one["bias"]
        conv.load_state_dict({"weight": weight, "bias": bias})
        return nn.Sequential(conv, nn.PixelShuffle(self.shuffle.upscale_factor))


class LKA(nn.Module):
    """Large kernel attention (section 3.2, eqs. 5 and 6; order as in VapSR): 1x1, depthwise 5x5, then dilated."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.pointwise = nn.Conv2d(channels, channels, 1)
        self.depthwise = nn.Conv2d(channels, channels, 5, padding=2, groups=channels)
        self.depthwise_dilated = nn.Conv2d(channels, channels, 5, padding=6, dilation=3, groups=channels)

    def forward(self, x: Tensor) -> Tensor:
        y = self.depthwise(self.pointwise(x))
        return x * (dilated(self.depthwise_dilated, y) if self.training else self.depthwise_dilated(y))


class LKDB(nn.Module):
    """Large kernel distillation block (section 3.2.2, eqs. 10 to 14)."""

    def __init__(self, features: int, attention: int, reparameterised: bool) -> None:
        super().__init__()
        half = features // 2
        for i in (1, 2, 3):
            setattr(self, f"c{i}_d", nn.Conv2d(features, half, 1))
            setattr(self, f"c{i}_r", RBSB(features) if reparameterised else BSConv(features, features))
        self.c4 = BSConv(features, half)
        self.c5 = nn.Conv2d(4 * half, attention, 1)
        self.atten = LKA(attention)
        self.c6 = nn.Conv2d(attention, features, 1)
        self.pixel_norm = PixelNorm(features)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor] | None = None) -> Tensor:
        act = functional.gelu
        kept, refined = [], x
        for i in (1, 2, 3):
            kept.append(getattr(self, f"c{i}_d")(refined))
            refined = act(getattr(self, f"c{i}_r")(refined))
        kept.append(self.c4(refined))
        mixed = self.c6(self.atten(self.c5(act(torch.cat(kept, 1)))))  # one GELU over the four: faster, bit-equal
        return _turned(self.pixel_norm(mixed), turn) + x


class LKDN(Network):
    """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), neither clipped nor rounded.

    Parameters
    ----------
    scale, bands
        2, 3 or 4 in the paper, any bands in and out.
    features, attention, blocks
        56, 56, 8 for LKDN; 42, 42, 5 for LKDN-S (section 4.2).
    reparameterised
        The training form of LKDN-S; see `fused`.
    told
        With a `Tell`, which the paper does not have: `forward` takes the numbers (batch, 6) of each scene, and `fused`
        folds in those of ``tell.numbers``, and makes flat areas come out at their own values (`told.level`).
    """

    halo, halo_wide = 32, 48  # input pixels, for 8-bit data and beyond: far less than the radius, errors on the cards

    def __init__(
        self,
        *,
        scale: int,
        bands: int = 3,
        features: int = 56,
        attention: int = 56,
        blocks: int = 8,
        reparameterised: bool = False,
        told: bool = False,
    ) -> None:
        super().__init__()
        self.scale, self.bands, self.blocks = scale, bands, blocks
        self.features, self.attention = features, attention
        self.fea_conv = BSConv(4 * bands, features)
        for k in range(1, blocks + 1):
            setattr(self, f"B{k}", LKDB(features, attention, reparameterised))
        self.c1 = nn.Conv2d(blocks * features, features, 1)
        self.c2 = BSConv(features, features)
        outputs = bands * scale**2
        self.upsampler: nn.Module = (
            RepUpsampler(features, outputs, scale)
            if reparameterised
            else nn.Sequential(nn.Conv2d(features, outputs, 3, padding=1), nn.PixelShuffle(scale))
        )
        self.tell = Tell([features] * (blocks + 2)) if told else None

    def forward(self, x: Tensor, numbers: Tensor | None = None) -> Tensor:
        turns: list[Any] = [None] * (self.blocks + 2) if self.tell is None else self.tell(numbers)
        # the input four times over: R, G, B, R, G, B, ...
        first = _turned(self.fea_conv(x.repeat(1, 4, 1, 1)), turns[0])
        outputs, y = [], first
        for k in range(1, self.blocks + 1):
            y = getattr(self, f"B{k}")(y, turns[k])
            outputs.append(y)
        y = _turned(self.c2(functional.gelu(self.c1(torch.cat(outputs, 1)))), turns[-1]) + first
        return self.upsampler(y)

    def be_told(self, numbers: Numbers) -> None:
        if self.tell is None:
            super().be_told(numbers)
        else:
            self.tell.numbers.copy_(torch.tensor(numbers))

    @property
    def radius(self) -> int:
        """How far the output looks, in input pixels: the longest path's kernel radii added up (12 per block, and 3)."""
        blocks = [getattr(self, f"B{k}") for k in range(1, self.blocks + 1)]
        path = [self.fea_conv, self.c2]
        for block in blocks:
            path += [block.c1_r, block.c2_r, block.c3_r, block.c4, block.atten]
        last = self.upsampler
        branches = [(last.conv3,), (last.conv1x1, last.conv3x3)] if isinstance(last, RepUpsampler) else [(last,)]
        return _reach(*path) + max(_reach(*branch) for branch in branches)

    @property
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass: some seventeen maps, and the result.

        Fitted to the peak of whole runs in the form that `lkdn_fast` gives, which holds no block's output:
        tests/benchmarks/README.md. Where oneDNN is missing the plain form holds them all, LKDN up to 7500 bytes and
        LKDN-S 4350.
        """
        return 68 * self.features + 12 * self.bands * self.scale**2

    def fused(self) -> LKDN:
        """The inference form in evaluation mode, folded in float64: equal output up to rounding. A plain network gives
        itself. This one stays as it is."""
        if self.tell is not None:
            plain = self._untold().fused()
            level(plain)
            return plain
        if not isinstance(self.upsampler, RepUpsampler):
            return self.eval()
        plain = LKDN(
            scale=self.scale, bands=self.bands, features=self.features, attention=self.attention, blocks=self.blocks
        ).to(self.c1.weight.dtype)
        plain.load_state_dict(self.state_dict(), strict=False)  # what is folded is replaced below
        for k in range(1, self.blocks + 1):
            for i in (1, 2, 3):
                old = getattr(getattr(self, f"B{k}"), f"c{i}_r")
                setattr(getattr(plain, f"B{k}"), f"c{i}_r", old.fused())
        plain.upsampler = self.upsampler.fused()
        return plain.eval()

    def _untold(self) -> LKDN:
        """A copy that was told the numbers once and for all."""
        assert self.tell is not None
        plain = copy.deepcopy(self)
        plain.tell = None
        layers = [plain.fea_conv.dw, *(getattr(plain, f"B{k}").pixel_norm for k in range(1, self.blocks + 1))]
        for layer, turn in zip([*layers, plain.c2.dw], self.tell(), strict=True):
            fold(layer, turn)
        return plain


def _turned(y: Tensor, turn: tuple[Tensor, Tensor] | None) -> Tensor:
    return y if turn is None else y * turn[0] + turn[1]


def _reach(*layers: nn.Module) -> int:
    convs = [m for layer in layers for m in layer.modules() if isinstance(m, nn.Conv2d)]
    return sum(c.kernel_size[0] // 2 * c.dilation[0] for c in convs)


def _double(layer: nn.Module) -> dict[str, Tensor]:
    return {k: v.double() for k, v in copy.deepcopy(layer).state_dict().items()}


def read(tensors: dict[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, off the shapes of a state dict."""
    features, repeated = tensors["fea_conv.pw.weight"].shape[:2]
    bands = repeated // 4
    training = "upsampler.conv3.weight" in tensors
    last = tensors["upsampler.conv3.weight" if training else "upsampler.0.weight"]
    return {
        "scale": round((last.shape[0] / bands) ** 0.5),
        "bands": bands,
        "features": features,
        "attention": tensors["B1.c5.weight"].shape[0],
        "blocks": len({k.split(".")[0] for k in tensors if k.startswith("B")}),
        "reparameterised": training,
        **({"told": True} if "tell.numbers" in tensors else {}),
    }
