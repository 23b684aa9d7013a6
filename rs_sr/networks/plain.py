"""A plain network: 3x3 convolutions and the nearest-neighbour enlargement of the input, added.

After the anchor-based plain net of Du et al. (Anchor-based Plain Net for Mobile Image Super-Resolution, CVPR Workshops
2021, section 3), whose anchor ALKDNet took over. Ours are the LeakyReLU, the widths, and that no convolution has a
bias: then ``f(g x) = g f(x)`` for every gain g > 0, so that reflectances at a twentieth of the training range come out
as well as any.
"""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from rs_sr.networks.contract import Network
from rs_sr.networks.layers import conv_leaky_relu, on_nearest

SIGNS: tuple[str, ...] = ("body.0.weight", "tail.weight")


class Plain(Network):
    """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), neither clipped nor rounded.

    Parameters
    ----------
    scale, bands
        Any; as many bands out as in.
    channels, layers
        Convolutions of that many channels; one more makes the sub-pixels.
    slope
        Of the LeakyReLU below zero.
    """

    def __init__(self, *, scale: int, bands: int = 3, channels: int = 48, layers: int = 12, slope: float = 0.1) -> None:
        super().__init__()
        self.scale, self.bands, self.slope = scale, bands, slope
        inputs = [bands, *[channels] * (layers - 1)]
        self.body = nn.ModuleList(nn.Conv2d(i, channels, 3, padding=1, bias=False) for i in inputs)
        self.tail = nn.Conv2d(channels, bands * scale**2, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for layer in self.body:
            y = conv_leaky_relu(layer, y, self.slope)
        return on_nearest(self.tail, y, x, self.scale)

    @property
    def radius(self) -> int:
        """How far the output looks, in input pixels: one for each convolution."""
        return len(self.body) + 1

    @property
    def halo(self) -> int:
        """The radius: tiles are exact for next to nothing."""
        return self.radius

    @property
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass, fitted to the peak of whole runs."""
        return 14 * self.tail.in_channels + 16 * self.tail.out_channels

    def fused(self) -> Plain:
        """Itself: there is nothing to fold."""
        return self.eval()


def read(tensors: dict[str, Tensor]) -> dict[str, Any]:
    """The constructor's arguments, off the shapes of a state dict; the slope is not in it and stays at its default."""
    channels, bands = tensors["body.0.weight"].shape[:2]
    return {
        "scale": round((tensors["tail.weight"].shape[0] / bands) ** 0.5),
        "bands": bands,
        "channels": channels,
        "layers": len(tensors) - 1,
    }
