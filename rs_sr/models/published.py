"""Published checkpoints: which tensor names tell which network, and how its arguments are read off the shapes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rs_sr.errors import ModelError
from rs_sr.models.card import ModelCard
from rs_sr.models.making import card_of, name_of

if TYPE_CHECKING:
    from torch import Tensor

    Tensors = dict[str, Tensor]

LKDN_URL = "https://github.com/stella-von/LKDN"
ALKDNET_URL = "https://github.com/Qudaokuan/ALKDNet"
DF2K = "DF2K (DIV2K and Flickr2K: photographs), MATLAB bicubic"


TOLD = {"title", "licence", "training_data", "source", "sensor", "degradation"}  # fields of a card, in words


def _score(psnr: float, ssim: float, bicubic: float) -> tuple[dict[str, Any], ...]:
    return (
        {"data": "UC Merced test105", "tiles": 105, "psnr_rgb": psnr, "ssim_rgb": ssim, "bicubic_psnr_rgb": bicubic},
    )


def _known(
    name: str, title: str, error: tuple[float, float], shift: tuple[float, float],
    score: tuple[dict[str, Any], ...], source: str = LKDN_URL,
) -> dict[str, Any]:  # fmt: skip
    return {
        "name": name, "title": title, "halo_error": error, "scores": score, "licence": "MIT", "training_data": DF2K,
        "source": source, "degradation": "bicubic", "sensor": "photographs", "shift_px": shift,
    }  # fmt: skip


def _short(fp16: tuple[float, float], bf16: tuple[float, float]) -> dict[str, Any]:
    """Mean and largest difference from float32, in grey levels of 255."""
    errors = {name: {"mean": v[0], "largest": v[1]} for name, v in (("fp16", fp16), ("bf16", bf16))}
    return {"precision": ("f32", "fp16", "bf16"), "precision_error": errors}


LKDN_S = _known(
    "lkdn_s_x4_published",
    "LKDN-S x4, the authors' weights",
    (0.016, 2e-4),
    (-0.0016, -0.0004),
    _score(28.0946, 0.7716, 25.6780),
)

# Short number formats, on the same raster, fp16 rescaled (`rs_sr.networks.rescale`): largest of 64 x 64 pixels.
LKDN_S |= _short((0.09, 2.6), (1.04, 30.4))

# By the SHA-256 of the published file. Halo errors of LKDN and ALKDNet x4: largest seen at the two default halos, in
# grey levels of 255, on a Landsat raster of strong contrast; of ALKDNet x2, x3: `training.evaluate.halo_errors`.
# Scores: PSNR on 8-bit RGB, border cut. Shifts: `metrics.shift` of luma below 0.5 / scale, the mean of test105. Their
# standard errors are 0.0005 to 0.002, but 0.004 and 0.009 at x3, where fine rows in one field (agricultural70) wrap the
# phase: the median there is 0.0004, 0.0006.
KNOWN: dict[str, dict[str, Any]] = {
    "02b429e795ad0863fdf21c6924c79344e30a39d637c44442d13124193b012e6b": _known(
        "lkdn_x2_published",
        "LKDN x2, the authors' weights",
        (0.069, 2e-4),
        (-0.0001, -0.0009),
        _score(34.7914, 0.9367, 30.8612),
    ),
    "52835d49d402683ea2085c13e4afc3aca49f6b806ea29d6ed29b2238cd7874c5": _known(
        "lkdn_x3_published",
        "LKDN x3, the authors' weights",
        (0.087, 4e-4),
        (0.0036, -0.0099),
        _score(30.6572, 0.8629, 27.5257),
    ),
    "f534422583c99dad994fd7df897f6f872637218430cfedf6c2d2a072ea86dbd7": _known(
        "lkdn_x4_published",
        "LKDN x4, the authors' weights",
        (0.12, 4e-4),
        (-0.0016, -0.0010),
        _score(28.2522, 0.7768, 25.6780),
    )
    | _short((0.09, 2.0), (0.72, 17.9)),
    "cbeed3e89476d04dc6c0c1a8b50bf711b7ce709df6cee116c13757d626354ac5": _known(
        "alkdnet_x2_published",
        "ALKDNet x2, the authors' weights",
        (0.0016, 0.0016),
        (-0.0001, -0.0010),
        _score(34.8288, 0.9367, 30.8612),
        ALKDNET_URL,
    ),
    "534c3ae8b08f0b20ddcc75e7b9a36a95b67651941250302be76f35e4f470da41": _known(
        "alkdnet_x3_published",
        "ALKDNet x3, the authors' weights",
        (0.004, 0.004),
        (-0.0037, 0.0011),
        _score(30.6345, 0.8594, 27.5257),
        ALKDNET_URL,
    ),
    "e69057c9a2697b2fd969484915279ffd82af79ef959c8580a6f3435a66dbd2ef": _known(
        "alkdnet_x4_published",
        "ALKDNet x4, the authors' weights",
        (0.02, 0.02),
        (-0.0007, -0.0015),
        _score(28.2859, 0.7775, 25.6780),
        ALKDNET_URL,
    ),
    "39ff2c69cdeb40f842c9f93368caee3323a4309c350373edeb2dc9ef3cc05851": LKDN_S,
    "b802a3945d7d4f22f836668a78448b37fe5da90d7b08afc564fbddfa594a8cf1": LKDN_S,
}


def recognise(tensors: Tensors) -> tuple[str, dict[str, Any], Tensors]:
    """Network, arguments and renamed tensors of a state dict; `ModelError` where no network's signs are all there."""
    from rs_sr.networks import NETWORKS

    # One published LKDN-S names its plain upsampler as a branch of the training form.
    if "upsampler.conv3.weight" in tensors and "upsampler.conv1.weight" not in tensors:
        tensors = {k.replace("upsampler.conv3.", "upsampler.0."): v for k, v in tensors.items()}
    for network, kind in NETWORKS.items():
        if all(name in tensors for name in kind.signs):
            try:
                return network, kind.read(tensors), tensors
            except (KeyError, IndexError, ZeroDivisionError, ValueError) as error:
                raise ModelError(
                    f"the checkpoint looks like {network}, but its tensors do not fit it ({error})", "get it again"
                ) from error
    raise ModelError("the checkpoint is of no network that rs-sr knows", f"it knows {', '.join(NETWORKS)}")


def import_checkpoint(
    path: str | Path,
    *,
    name: str | None = None,
    gsd_m: tuple[float, float] | None = None,
    **told: str | None,
) -> tuple[ModelCard, Tensors]:
    """A published checkpoint as card and tensors; its training form is kept, and folded when it runs.

    Loaded with ``weights_only=True``: `params_ema`, else `params`, else the file itself. What is given here (of
    `TOLD`; None is nothing) goes into the card in place of what is known of the file. A file that is no checkpoint of a
    known network is a `ModelError`.
    """
    from rs_sr.networks import NETWORKS, build

    if unknown := told.keys() - TOLD:
        raise TypeError(f"a card is not told {', '.join(sorted(unknown))}")
    file = Path(path)
    tensors = _load(file)
    network, arguments, tensors = recognise(tensors)
    module = build(network, arguments)
    try:
        module.load_state_dict(tensors)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(f"{path} does not fit {network} {arguments}: {reason}", "get it again") from error
    known = KNOWN.get(hashlib.sha256(file.read_bytes()).hexdigest(), {})
    said = {k: v for k, v in known.items() if k not in ("halo_error", "name")}
    said |= {k: v for k, v in told.items() if v is not None}
    said.setdefault("title", f"{NETWORKS[network].title} x{arguments['scale']} from {file.name}")
    name = name or known.get("name") or name_of(file)
    card = card_of(network, arguments, module, name=name, halo_error=known.get("halo_error"), gsd_m=gsd_m, **said)
    return card, module.state_dict()


def _load(file: Path) -> Tensors:
    import torch

    if not file.is_file():
        raise ModelError(f"{file} does not exist", "check the name")
    try:
        loaded = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:  # the loader raises whatever a file that is none makes it
        raise ModelError(
            f"{file} is not a checkpoint that can be loaded safely", "give a .pth file of tensors"
        ) from error
    for key in ("params_ema", "params"):
        if isinstance(loaded, dict) and isinstance(loaded.get(key), dict):
            loaded = loaded[key]
    if not isinstance(loaded, dict) or not loaded or not all(isinstance(v, torch.Tensor) for v in loaded.values()):
        raise ModelError(f"{file} holds no tensors by name", "give a .pth file with a state dict")
    return {str(k): v.float() for k, v in loaded.items()}
