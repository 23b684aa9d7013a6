"""Start a network of one scale and number of bands from the weights of another."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def to_scale(module: nn.Module, tensors: dict[str, Tensor], scale: int, bands: int) -> None:
    """Load `tensors`, of a network of `scale` and `bands`, into `module`, of its own.

    The body is copied. The first convolution takes the bands once, or several times over: (features, repeats * bands,
    ...). The last ones give (bands * scale^2, ...): per band, input and tap a picture of scale x scale sub-pixels,
    resized by area when it gets smaller, else bilinearly. From three bands to one the first adds up what it does to
    the three and the last takes their mean: a grey picture gives the mean of what it gave. Further bands begin unseen
    by the first, and with the mean in the last: the bands that were there stay as they are. Anything else that does
    not fit is an error that names it.
    """
    wanted = module.state_dict()
    target, into = int(module.scale), int(module.bands)  # type: ignore[arg-type]
    fitting = {}
    for name, value in wanted.items():
        if name not in tensors and name.startswith("tell."):
            fitting[name] = value  # a network that is told begins as one that is not
            continue
        if name not in tensors:
            raise SystemExit(f"the weights to start from have no {name}: they are of another network")
        given = tensors[name]
        if given.shape != value.shape:
            last = value.ndim and (len(given), len(value)) == (bands * scale**2, into * target**2)
            if last and given.shape[1:] == value.shape[1:]:
                given = _sub_pixels(given, bands, scale, into, target)
            elif _takes_bands(given, value, bands, into):
                given = _inputs(given, bands, into)
            else:
                raise SystemExit(
                    f"{name} is {tuple(given.shape)} in the weights to start from, not {tuple(value.shape)}"
                )
        fitting[name] = given
    with torch.no_grad():
        module.load_state_dict(fitting)


def _takes_bands(given: Tensor, value: Tensor, bands: int, into: int) -> bool:
    """Whether the two are one layer's weight for different numbers of bands, each band as many times over."""
    if given.ndim != 4 or (len(given), *given.shape[2:]) != (len(value), *value.shape[2:]):
        return False
    return given.shape[1] % bands == 0 and value.shape[1] == given.shape[1] // bands * into


def _inputs(given: Tensor, bands: int, into: int) -> Tensor:
    """(features, repeats * bands, y, x) for `into` bands."""
    features, inputs, *kernel = given.shape
    each = given.reshape(features, inputs // bands, bands, *kernel)
    if into == 1:
        return each.sum(2)
    if into < bands:
        raise SystemExit(
            f"weights for {bands} bands cannot start a network for {into}: give it {bands}, or one, or more"
        )
    unseen = each.new_zeros(features, inputs // bands, into - bands, *kernel)
    return torch.cat([each, unseen], 2).reshape(features, -1, *kernel)


def _sub_pixels(given: Tensor, bands: int, scale: int, into: int, target: int) -> Tensor:
    """(bands * scale^2, ...) as (into * target^2, ...)."""
    rest = given.shape[1:]
    picture = given.reshape(bands, scale, scale, -1).permute(0, 3, 1, 2).float()
    if target != scale:
        how = {"mode": "area"} if target < scale else {"mode": "bilinear", "align_corners": False}
        picture = functional.interpolate(picture, (target, target), **how)
    if into != bands:
        mean = picture.mean(0, keepdim=True)
        picture = mean if into == 1 else torch.cat([picture, mean.expand(into - bands, -1, -1, -1)])
    return picture.permute(0, 2, 3, 1).reshape(into * target**2, *rest)
