"""What every network is and tells about itself: the contract of `rs_sr.networks.NETWORKS`."""

from __future__ import annotations

from abc import ABC, abstractmethod

from torch import Tensor, nn

from rs_sr.sensors.numbers import Numbers


class Network(nn.Module, ABC):
    """A super-resolution network. Callers ask it, never its name, so that a new one needs no changes elsewhere.

    Its constructor takes keywords, ``scale`` and ``bands`` among them. All lengths are input pixels. A network that
    pools over the whole image has an attribute ``statistics`` (`rs_sr.networks.statistics.Statistics`), asks it for
    every such value, and rewinds it at the start of `forward`.
    """

    scale: int  # how many times finer the result is
    bands: int  # in and out
    grid: int = 1  # both sides of a window must be a multiple of it
    minimum: int = 1  # the smallest side of a window
    halo_wide: int | None = None  # the halo for data of more than 8 bits; None: the same

    def be_told(self, numbers: Numbers) -> None:
        """Take these numbers of the scene for what `forward` and `fused` then do. A network that takes none fails."""
        raise TypeError(f"{type(self).__name__} is not told how a scene was taken")

    @abstractmethod
    def forward(self, x: Tensor) -> Tensor:
        """(batch, bands, y, x) float32 about 0..1 to (batch, bands, scale * y, scale * x), not rounded, not clipped."""

    @property
    @abstractmethod
    def radius(self) -> int | None:
        """How far the output looks to each side, so that a halo of it is exact; None where it has no bound.

        What is pooled over the whole image does not count: runs hold it.
        """

    @property
    @abstractmethod
    def halo(self) -> int:
        """The halo of a tile by default, for 8-bit data; what it costs is measured and stands on the card."""

    @property
    @abstractmethod
    def memory_per_px(self) -> int:
        """Bytes of activations per input pixel at the peak of a forward pass, fitted to the peak of whole runs."""

    @abstractmethod
    def fused(self) -> Network:
        """The form for inference, in evaluation mode: the same function, with fewer layers where some can be folded.

        Where there is nothing to fold it is the network itself.
        """
