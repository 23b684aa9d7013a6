"""ALKDNet: Asymmetric Large Kernel Distillation Network (Qu and Ke, Frontiers in Neuroscience 18:1502499, 2024).

BSRN with asymmetric large kernels, the nearest-neighbour enlargement of the input as an anchor, and pixel
normalisation. Its channel attention pools over the whole picture (`Statistics`), its spatial attention works on a map
six times coarser: tiles equal the whole with held values, `esa` "grid", and windows that start at multiples of
`ALKDNet.grid`. Module names are those of the authors' checkpoints.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rs_sr.networks.contract import Network
from rs_sr.networks.layers import BSConv, ChannelGate, PixelNorm, conv_gelu, on_nearest
from rs_sr.networks.statistics import Statistics

STEP = 6  # input pixels between the samples of ESA's coarse map: stride 2, then 3
SMALLEST = 13  # input pixels that give one sample: the 7 x 7 pooling behind stride 2
SIGNS: tuple[str, ...] = ("fea_conv.pw.weight", "B1.c1_r.LoRA1.weight", "B1.esa.conv2.pw.weight", "c_up.weight")


class ALKConv(nn.Module):
    """Asymmetric large kernel convolution (section 3.3, eq. 11): three depthwise kernels with GELU, summed, normed.

    The 1x1 in front is in the authors' code and parameter counts, not in eq. 11; the norm's epsilon is the code's.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int) -> None:
        super().__init__()
        half = kernel // 2
        self.pw = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.LoRA1 = nn.Conv2d(outputs, outputs, (kernel, 1), padding=(half, 0), groups=outputs)
        self.LoRA2 = nn.Conv2d(outputs, outputs, (1, kernel), padding=(0, half), groups=outputs)
        self.small_conv = nn.Conv2d(outputs, outputs, 3, padding=1, groups=outputs)
        self.norm = nn.LayerNorm(outputs, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        y = self.pw(x)
        y = conv_gelu(self.LoRA1, y) + conv_gelu(self.LoRA2, y) + conv_gelu(self.small_conv, y)
        return self.norm(y.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class StridedBSConv(BSConv):
    """BSConv with a depthwise stride of 2. It pads by 1, as the authors' code does in effect; BSRN pads by 0."""

    def __init__(self, channels: int) -> None:
        super().__init__(channels, channels)
        self.dw = nn.Conv2d(channels, channels, 3, stride=2, padding=1, groups=channels)


class ESA(nn.Module):
    """Enhanced spatial attention (section 3.2, eq. 9; RFDN, Liu et al. 2020, in BSRN's form).

    Sample i of the coarse map is centred on pixel ``6 i + 6``. ``stretch`` spreads the samples over the picture,
    wherever they were taken, as published; ``grid`` is ours and puts each back in its place. Ours too: a map under 13
    pixels is continued by its edge before it is pooled, so that any size works.
    """

    def __init__(self, features: int, mode: str) -> None:
        super().__init__()
        self.mode, f = mode, features // 4
        self.conv1 = nn.Conv2d(features, f, 1)
        self.conv_f = nn.Conv2d(f, f, 1)
        self.conv2 = StridedBSConv(f)
        self.conv_max = BSConv(f, f)
        self.conv3 = BSConv(f, f)
        self.conv3_ = BSConv(f, f)
        self.conv4 = nn.Conv2d(f, features, 1)

    def coarse(self, x: Tensor) -> Tensor:
        """The coarse map of `x`: ``(ceil(side / 2) - 7) // 3 + 1`` samples a side."""
        height, width = x.shape[2:]
        if torch.onnx.is_in_onnx_export():  # the graph may see other sizes, so it always pads
            clamp: Any = torch.clamp  # sides are tensors while a graph is traced
            right, below = (clamp(SMALLEST - side, min=0) for side in (width, height))
            x = functional.pad(x, (0, right, 0, below), mode="replicate")
        elif height < SMALLEST or width < SMALLEST:
            missing = (0, max(SMALLEST - width, 0), 0, max(SMALLEST - height, 0))
            x = functional.pad(x, missing, mode="replicate")
        return functional.max_pool2d(self.conv2(x), 7, stride=3)

    def forward(self, x: Tensor) -> Tensor:
        a = self.conv1(x)
        return x * torch.sigmoid(self.conv4(self.spread(a) + self.conv_f(a)))

    def spread(self, a: Tensor) -> Tensor:
        """What the coarse map tells, at every pixel."""
        y = functional.gelu(self.conv_max(self.coarse(a)))
        y = self.conv3_(functional.gelu(self.conv3(y)))
        height, width = a.shape[2:]
        if self.mode == "stretch":
            return functional.interpolate(y, (height, width), mode="bilinear", align_corners=False)
        return _replaced(_replaced(y, 2, height), 3, width)


class ALKDB(nn.Module):
    """Asymmetric large kernel distillation block (section 3.2, eqs. 7 to 10)."""

    def __init__(self, features: int, kernel: int, esa: str, statistics: Statistics) -> None:
        super().__init__()
        half = features // 2
        for i in (1, 2, 3):
            setattr(self, f"c{i}_d", nn.Conv2d(features, half, 1))
            setattr(self, f"c{i}_r", ALKConv(features, features, kernel))
        self.c4 = ALKConv(features, half, kernel)
        self.c5 = nn.Conv2d(4 * half, features, 1)
        self.esa = ESA(features, esa)
        self.cca = ChannelGate(features, max(features // 16, 1), statistics, contrast=True)
        self.pixel_norm = PixelNorm(features)

    def forward(self, x: Tensor) -> Tensor:
        act = functional.gelu
        kept, refined = [], x
        for i in (1, 2, 3):
            kept.append(getattr(self, f"c{i}_d")(refined))
            refined = act(getattr(self, f"c{i}_r")(refined) + refined)
        kept.append(self.c4(refined))
        condensed = self.c5(act(torch.cat(kept, 1)))
        return self.pixel_norm(self.cca(self.esa(condensed))) + x


class ALKDNet(Network):
    """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), neither clipped nor rounded.

    Section 3.1, eqs. 1 to 5.

    Parameters
    ----------
    scale, bands
        2, 3 or 4 in the paper, any bands in and out.
    features, blocks, kernel
        64, 8, 9 in the paper; an odd kernel.
    esa
        "grid", ours, is the same for every window that starts on the grid; "stretch", as published, is for whole
        pictures.
    """

    grid = STEP
    halo = 66  # input pixels; leaves 0.01 grey levels with the published x4 weights

    def __init__(
        self,
        *,
        scale: int,
        bands: int = 3,
        features: int = 64,
        blocks: int = 8,
        kernel: int = 9,
        esa: str = "grid",
    ) -> None:
        super().__init__()
        if kernel % 2 == 0:
            raise ValueError(f"kernel is {kernel} and must be odd")
        if esa not in ("grid", "stretch"):
            raise ValueError(f"esa is {esa} and must be grid or stretch")
        self.scale, self.bands, self.blocks, self.features = scale, bands, blocks, features
        self.statistics = Statistics()
        self.fea_conv = BSConv(4 * bands, features)
        for k in range(1, blocks + 1):
            setattr(self, f"B{k}", ALKDB(features, kernel, esa, self.statistics))
        self.c1 = nn.Conv2d(blocks * features, features, 1)
        self.c2 = ALKConv(features, features, 3)
        self.c_up = nn.Conv2d(features, bands * scale**2, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        self.statistics.rewind()
        first = self.fea_conv(x.repeat(1, 4, 1, 1))  # the input four times over: R, G, B, R, G, B, ...
        outputs, y = [], first
        for k in range(1, self.blocks + 1):
            y = getattr(self, f"B{k}")(y)
            outputs.append(y)
        y = self.c2(functional.gelu(self.c1(torch.cat(outputs, 1)))) + first
        return on_nearest(self.c_up, y, x, self.scale)

    @property
    def radius(self) -> None:
        """None: the bound is formal, far beyond what counts.

        With held values and `esa` "grid" it is 3 and 46 a block at most, 371 input pixels for eight: 46 are four times
        4 of the large kernels, 5 of the resize, 18 of three 3x3 on the coarse map and 7 of its pooling.
        """
        return None

    @property
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass, estimated from the width as for LKDN.

        Peak growth of the resident set with held values, 256 and 448 pixels, both memory layouts: 5500 to 7000 for the
        defaults, which give 9000 to 9300.
        """
        return int(4 * self.features * (3 * self.blocks + 11) + 8 * self.bands * self.scale**2)

    def fused(self) -> ALKDNet:
        """Itself in evaluation mode: there is nothing to fold."""
        return self.eval()


def read(tensors: dict[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, off the shapes of a state dict, but for `esa`, which leaves no trace in them."""
    features, repeated = tensors["fea_conv.pw.weight"].shape[:2]
    bands = repeated // 4
    return {
        "scale": round((tensors["c_up.weight"].shape[0] / bands) ** 0.5),
        "bands": bands,
        "features": features,
        "blocks": tensors["c1.weight"].shape[1] // features,
        "kernel": tensors["B1.c1_r.LoRA1.weight"].shape[2],
    }


def _replaced(samples: Tensor, dim: int, length: int) -> Tensor:
    """`samples` along `dim` at every pixel p of `length`: linear at ``clamp((p - 6) / 6, 0, n - 1)``."""
    step = torch.arange((length + STEP - 1) // STEP, device=samples.device)  # six pixels each
    last = samples.shape[dim] - 1
    low = samples.index_select(dim, (step - 1).clamp(0, last)).unsqueeze(dim + 1)
    high = samples.index_select(dim, step.clamp(0, last)).unsqueeze(dim + 1)
    part = torch.arange(STEP, device=samples.device).to(samples.dtype) / STEP
    found = low + (high - low) * part.view([-1 if d == dim + 1 else 1 for d in range(5)])
    return found.flatten(dim, dim + 1).narrow(dim, 0, length)
