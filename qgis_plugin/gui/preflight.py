"""What the backend says of a run before it starts, as a state and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import backend, messages, pixels
from ..fields import in_words_of
from ..layer_source import LayerSource
from ..messages import translate
from ..protocol import Message, WorkerError
from .model_names import Model, called

READY, NOTE, STOP, WAIT = "ready", "note", "stop", "wait"
GREY = "#7a8591"
COLOURS = {READY: "#2e8b57", NOTE: "#c77700", STOP: "#c0392b", WAIT: GREY}  # read well on light and on dark
Said = tuple[str, str, str]  # colour, a word for it, and a sentence


def words_of(state: str) -> str:
    """The state in a word, for whoever does not see the colour."""
    return {
        READY: translate("RsSr", "Ready"),
        NOTE: translate("RsSr", "Note"),
        STOP: translate("RsSr", "Cannot run"),
        WAIT: translate("RsSr", "Not yet"),
    }[state]


def of_error(error: WorkerError, labels: Mapping[str, str]) -> tuple[str, str]:
    """State and sentence of a refusal."""
    return STOP, messages.words(error, labels)


def of_plan(plan: Message, labels: Mapping[str, str], models: Sequence[Model] = ()) -> tuple[str, str]:
    """State and sentences of a run that can start: what it gives, what it takes, what to know.

    A network among `models` is called as in the list; `of_model` has its name.
    """
    result = plan.get("result", {})
    size, free = result.get("bytes_uncompressed", 0), plan.get("disk_free")
    name = called(plan.get("model", ""), models) or translate("RsSr", "{} by {}").format(
        plan.get("model"), plan.get("scale")
    )
    text = translate("RsSr", "{}: {} x {} pixels, up to {}, about {}.").format(
        name, result.get("width"), result.get("height"), backend.readable(size), duration(result.get("seconds", 0))
    )
    if free is not None and size > free:
        short = translate("RsSr", "Only {} are free on the disk.").format(backend.readable(free))
        return STOP, f"{short} {text}"
    checked = {check.get("text") for check in plan.get("checks", [])}
    found = (*plan.get("warnings", []), *plan.get("notes", []))
    said = [_sentence(s, labels) for s in found if s not in checked]
    return (NOTE if plan.get("warnings") else READY), " ".join([text, *said])


def of_model(plan: Message) -> list[Said]:
    """Which model it is."""
    name = plan.get("model")
    return [(GREY, translate("RsSr", "Model"), f"{name}.")] if name else []


def of_target(path: str) -> list[Said]:
    """That a result's file is there already."""
    if not path or not Path(path).exists():
        return []
    text = translate("RsSr", "{} is there already: a run asks whether to replace it.").format(Path(path).name)
    return [(COLOURS[NOTE], words_of(NOTE), text)]


def of_place(source: LayerSource | None) -> list[Said]:
    """That QGIS shows a layer elsewhere than its result."""
    wrong = pixels.misplaced(source) if source is not None else None
    return [(COLOURS[NOTE], words_of(NOTE), messages.words(wrong))] if wrong is not None else []


def of_checks(plan: Message, labels: Mapping[str, str]) -> tuple[list[Said], list[Said]]:
    """Whether the scene suits the model, the worst first: what is to be known, and what is good to know."""
    colours = {"red": COLOURS[STOP], "amber": COLOURS[NOTE], "grey": GREY, "green": COLOURS[READY]}
    words = {
        "red": translate("RsSr", "Bad"), "amber": translate("RsSr", "Doubtful"),
        "grey": translate("RsSr", "Unknown"), "green": translate("RsSr", "Good"),
    }  # fmt: skip
    said: dict[str, list[Said]] = {colour: [] for colour in colours}
    for check in plan.get("checks", []):
        if (colour := check.get("colour")) in said:
            said[colour].append((colours[colour], words[colour], _sentence(check["text"], labels)))
    told = [(GREY, translate("RsSr", "Scene"), _sentence(plan["told"], labels))] if plan.get("told") else []
    return said["red"] + said["amber"], said["grey"] + said["green"] + told


def _sentence(text: str, labels: Mapping[str, str]) -> str:
    """A remark of the backend, with the labels of the dialog for its options."""
    said = in_words_of(labels, messages.of_backend(text))
    return f"{said[:1].upper()}{said[1:]}."


def duration(seconds: float) -> str:
    """Seconds for people."""
    if seconds < 90:
        return translate("RsSr", "{} s").format(max(1, round(seconds)))
    if seconds < 5400:
        return translate("RsSr", "{} min").format(round(seconds / 60))
    return translate("RsSr", "{:.1f} h").format(seconds / 3600)
