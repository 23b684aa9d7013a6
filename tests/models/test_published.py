"""Published checkpoints: recognised by their tensors, loaded strictly, and refused in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from rs_sr.errors import ModelError
from rs_sr.models.published import KNOWN, import_checkpoint, recognise
from rs_sr.networks import NETWORKS
from rs_sr.networks.lkdn import LKDN

ARGUMENTS: dict[str, Any] = {"scale": 3, "bands": 4, "features": 8, "attention": 6, "blocks": 2}


def state(reparameterised: bool = False) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return LKDN(**ARGUMENTS, reparameterised=reparameterised).state_dict()


def odd_name(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {k.replace("upsampler.0.", "upsampler.conv3."): v for k, v in tensors.items()}


def zeros(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {k: torch.zeros_like(v) for k, v in tensors.items()}


@pytest.mark.parametrize(
    ("layout", "training"),
    [
        (state(), False),
        ({"params": state()}, False),
        ({"params": odd_name(state())}, False),
        ({"params": zeros(odd_name(state())), "params_ema": state()}, False),
        ({"params": zeros(state(True)), "params_ema": state(True)}, True),
    ],
    ids=["flat", "params", "odd upsampler", "params and params_ema", "training form"],
)
def test_every_layout_is_read_and_its_arguments_found(layout: dict[str, Any], training: bool, tmp_path: Path) -> None:
    path = tmp_path / "My Net.pth"
    torch.save(layout, path)
    card, tensors = import_checkpoint(path)
    assert (card.network, card.arguments) == ("lkdn", {**ARGUMENTS, "reparameterised": training})
    expected = state(training)
    assert tensors.keys() == expected.keys()
    assert all(torch.equal(tensors[k], v) for k, v in expected.items())
    assert (card.name, card.title, card.scale, card.bands) == ("my_net", "LKDN x3 from My Net.pth", 3, 4)
    assert (card.halo.exact, card.halo.byte, card.halo.wide) == (27, 27, 27)  # never more than is exact
    assert card.halo.byte_error == 0 and card.shift_px is None and card.licence == ""


def test_what_is_said_goes_into_the_card(tmp_path: Path) -> None:
    torch.save(state(), tmp_path / "a.pth")
    said: dict[str, Any] = {
        "name": "mine", "title": "Mine", "licence": "CC0", "training_data": "fields", "source": "here",
        "gsd_m": (1.0, 2.0), "sensor": "a drone", "degradation": "area",
    }  # fmt: skip
    card = import_checkpoint(tmp_path / "a.pth", **said)[0]
    assert {name: getattr(card, name) for name in said} == said
    with pytest.raises(TypeError, match="a card is not told wrong"):
        import_checkpoint(tmp_path / "a.pth", wrong="x")


PUBLISHED = {
    "LKDN_x2": ("lkdn_x2_published", 2, 99, 298_256),
    "LKDN_x3": ("lkdn_x3_published", 3, 99, 305_816),
    "LKDN_x4": ("lkdn_x4_published", 4, 99, 316_400),
    "LKDN-S_x4": ("lkdn_s_x4_published", 4, 63, 126_483),
    "LKDN-S_del_rep_x4": ("lkdn_s_x4_published", 4, 63, 126_483),
}


@pytest.mark.parametrize("file", PUBLISHED)
def test_the_authors_files_are_known(file: str, shared_data: Path) -> None:
    card, _ = import_checkpoint(shared_data / "checkpoints" / f"{file}.pth")
    assert (card.name, card.scale, card.halo.exact, card.macs_per_px) == PUBLISHED[file]
    assert card.arguments["reparameterised"] is (file == "LKDN-S_x4")
    assert (card.halo.byte, card.halo.wide, card.licence, card.degradation) == (32, 48, "MIT", "bicubic")
    assert card.halo.byte_error is not None and card.halo.byte_error < 0.5
    assert card.shift_px is not None and max(map(abs, card.shift_px)) < 0.02
    assert card.scores[0]["tiles"] == 105


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_alkdnets_files_are_known(scale: int, shared_data: Path) -> None:
    card, _ = import_checkpoint(shared_data / "checkpoints" / f"net_g_ALKDN_x{scale}.pth")
    assert (card.name, card.scale, card.halo.byte) == (f"alkdnet_x{scale}_published", scale, 66)
    assert card.arguments.get("esa", "grid") == "grid"
    assert (card.licence, card.scores[0]["tiles"]) == ("MIT", 105)


def test_all_known_files_are_tested() -> None:
    assert len(KNOWN) == len(PUBLISHED) + 3


def test_memory_is_estimated_within_a_tenth_of_what_was_measured() -> None:
    assert 3800 <= LKDN(scale=4).memory_per_px < 4700  # 4220 to 10 %
    assert 2830 <= LKDN(scale=4, features=42, blocks=5).memory_per_px < 3470  # 3150


def test_another_network_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        recognise({"conv.weight": torch.zeros(1)})
    assert str(caught.value) == (f"the checkpoint is of no network that rs-sr knows; it knows {', '.join(NETWORKS)}")


def test_tensors_that_only_look_like_lkdn_are_refused(tmp_path: Path) -> None:
    tensors = state()
    del tensors["upsampler.0.weight"]
    with pytest.raises(ModelError) as caught:
        recognise(tensors)
    assert str(caught.value) == (
        "the checkpoint looks like lkdn, but its tensors do not fit it ('upsampler.0.weight'); get it again"
    )
    torch.save({k: v for k, v in state().items() if k != "c2.dw.bias"}, tmp_path / "a.pth")
    with pytest.raises(ModelError, match=r"a\.pth does not fit lkdn \{.*c2\.dw\.bias.*; get it again$"):
        import_checkpoint(tmp_path / "a.pth")


@pytest.mark.parametrize("content", [b"", b"text\n", b"\0" * 500, b"PK\3\4 cut off"])
def test_a_file_that_is_no_checkpoint_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pth"
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        import_checkpoint(path)
    assert str(caught.value) == f"{path} is not a checkpoint that can be loaded safely; give a .pth file of tensors"


class Code:
    """Something that only an unsafe load would bring back."""


@pytest.mark.parametrize("content", [Code(), {"params": {"a": Code()}}])
def test_code_in_a_checkpoint_is_never_run(content: Any, tmp_path: Path) -> None:
    torch.save(content, tmp_path / "a.pth")
    with pytest.raises(ModelError, match="is not a checkpoint that can be loaded safely"):
        import_checkpoint(tmp_path / "a.pth")


@pytest.mark.parametrize("content", [{}, {"epoch": 3}, [1, 2]])
def test_a_checkpoint_without_tensors_is_refused(content: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.pth"
    torch.save(content, path)
    with pytest.raises(ModelError) as caught:
        import_checkpoint(path)
    assert str(caught.value) == f"{path} holds no tensors by name; give a .pth file with a state dict"


def test_a_missing_checkpoint_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.pth does not exist; check the name$"):
        import_checkpoint(tmp_path / "none.pth")
