"""Start a network of one scale from the weights of another."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def to_scale(module: nn.Module, tensors: dict[str, Tensor], scale: int) -> None:
    """Load `tensors`, of a network of `scale`, into `module`, of its own scale.

    The body is copied. A tensor of another shape must be a last convolution, (bands * scale^2, ...): per band, input
    and tap it is a picture of scale x scale sub-pixels, resized by area when it gets smaller, else bilinearly. Anything
    else that does not fit is an error that names it.
    """
    wanted, target = module.state_dict(), int(module.scale)  # type: ignore[arg-type]
    fitting = {}
    for name, value in wanted.items():
        if name not in tensors:
            raise SystemExit(f"the weights to start from have no {name}: they are of another network")
        given = tensors[name]
        bands = value.shape[0] // target**2 if value.ndim else 0
        if given.shape != value.shape:
            if given.shape[1:] != value.shape[1:] or given.shape[0] != bands * scale**2:
                raise SystemExit(
                    f"{name} is {tuple(given.shape)} in the weights to start from, not {tuple(value.shape)}"
                )
            rest = given[0].numel()
            picture = given.reshape(bands, scale, scale, rest).permute(0, 3, 1, 2)
            how = {"mode": "area"} if target < scale else {"mode": "bilinear", "align_corners": False}
            resized = functional.interpolate(picture.float(), (target, target), **how)  # type: ignore[arg-type]
            given = resized.permute(0, 2, 3, 1).reshape(value.shape)
        fitting[name] = given
    with torch.no_grad():
        module.load_state_dict(fitting)
