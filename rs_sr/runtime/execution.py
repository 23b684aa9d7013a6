"""Which engine, device and number format a model runs in: chosen, or refused in a sentence."""

from __future__ import annotations

import math
import runpy
import tomllib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rs_sr.errors import MissingPackageError, RequestError
from rs_sr.machine import available_cores, local_workers, processor
from rs_sr.models import store
from rs_sr.models.card import ModelCard
from rs_sr.options import Options
from rs_sr.units import counted

MEASURED = Path(__file__).with_name("engines.toml")
GAIN = 1.1  # times as fast as torch is another engine that `auto` takes: for less, loading it costs more than it wins
PACKAGES = {"onnxruntime": ("onnx", "onnxruntime"), "openvino": ("onnx", "onnxruntime", "openvino")}

HALF_A_GREY_LEVEL = 0.5  # of 255: below it 8-bit values change by rounding alone


@dataclass(frozen=True)
class Execution:
    """How a model is to run: decided in the plan, `byte` where the raster and its result have 8 bits.

    On workers of other machines `device` and `precision` may be "auto" and `threads` 0: each takes what it has.
    """

    engine: str
    device: str = "cpu"
    precision: str = "f32"
    threads: int = 0
    byte: bool = False

    @property
    def cores(self) -> int:
        """Cores to compute on; where nothing was decided, all that this process may use."""
        return self.threads or available_cores()

    def __str__(self) -> str:
        if self.engine == "numpy":
            return "numpy on cpu"
        cores = counted(self.threads, "core") if self.threads else "all cores of each worker"
        return f"{self.engine} on {self.device}, {self.precision}, {cores}"


def choose_execution(card: ModelCard, options: Options, *, byte: bool, elsewhere: bool = False) -> Execution:
    """Engine, device, number format and cores for a model; what does not fit together is a `RequestError`.

    `elsewhere`: other machines run it, so that what was left open is theirs to decide.
    """
    engine = engine_of(card, options)
    if elsewhere:
        return Execution(engine, options.device, options.precision, options.threads or 0, byte)
    threads = options.threads or available_cores()
    if options.threads is None and options.cluster is not None and options.cluster.startswith("local"):
        threads = max(1, threads // local_workers(options.cluster))
    if engine != "torch":
        return Execution(engine, threads=threads, byte=byte)
    device = device_of(options.device)
    precision = precision_of(card, options.precision, device.partition(":")[0], byte=byte)
    if options.engine == "auto" and (device, precision) == ("cpu", "f32"):
        engine = fastest(str(card.network))
    return Execution(engine, device, precision, threads, byte)


def fastest(network: str) -> str:
    """The engine that was measured to run a network fastest on this kind of processor, of those that are installed.

    Torch, unless the table has another one that is faster by `GAIN`. `tests.benchmarks.engines` fills it.
    """
    speeds = tomllib.loads(MEASURED.read_text(encoding="utf-8")).get(processor(), {}).get(network, {})
    least = GAIN * speeds.get("torch", math.inf)
    there = [name for name, needs in PACKAGES.items() if speeds.get(name, 0) >= least and all(map(find_spec, needs))]
    return max(there, key=lambda name: float(speeds[name]), default="torch")


@dataclass(frozen=True)
class Ran:
    """How a model runs. `path` is "fused" where oneDNN's fused calls are used, else "plain"."""

    engine: str
    device: str = "cpu"
    precision: str = "f32"
    path: str = "plain"

    def __str__(self) -> str:
        return f"{self.engine}, {self.device}, {self.precision}, {self.path}"


def engine_of(card: ModelCard, options: Options) -> str:
    """ "numpy", "torch", "onnxruntime" or "openvino", without loading any. What does not fit is a `RequestError`."""
    asked = options.engine
    if card.network is None:
        if asked != "auto" or options.device not in ("auto", "cpu") or options.precision not in ("auto", "f32"):
            raise RequestError(
                f"model {card.name} is resampling, which knows no engines", "leave --engine, --device, --precision out"
            )
        return "numpy"
    onnx = card.network == store.ONNX
    if onnx and asked == "torch":
        raise RequestError(f"model {card.name} is an ONNX file, which torch does not run", "leave --engine out")
    engine = ("onnxruntime" if onnx else "torch") if asked == "auto" else asked
    if engine != "torch":
        if options.device not in ("auto", "cpu"):
            raise RequestError(f"{engine} runs on the CPU here, not on {options.device}", "leave --device out")
        if options.precision not in ("auto", "f32"):
            raise RequestError(f"{engine} runs in f32 here, not in {options.precision}", "leave --precision out")
    if engine == "openvino" and find_spec("openvino") is None:
        raise MissingPackageError("openvino is not installed", 'install it with: pip install "rs-sr[openvino,onnx]"')
    _check_precision(card, options.precision)
    return engine


def _check_precision(card: ModelCard, asked: str) -> None:
    """Against the card: tf32 cuts mantissas as short as fp16 does, at the range of f32."""
    if asked in ("auto", "f32"):
        return
    if ("fp16" if asked == "tf32" else asked) not in card.precision:
        raise RequestError(
            f"the card of model {card.name} does not say that its weights hold in {asked}, only in "
            + ", ".join(card.precision),
            "leave --precision out",
        )


def _knows_cards() -> bool:
    """Whether the torch there is was built for CUDA or ROCm: its version file tells without loading it."""
    found = find_spec("torch")
    if found is None or found.origin is None:
        return False
    try:
        said = runpy.run_path(str(Path(found.origin).with_name("version.py")))
    except OSError:
        return True
    return said.get("cuda") is not None or said.get("hip") is not None


def _has_bf16() -> bool:
    from rs_sr.networks import onednn

    return onednn.has_bf16()


def device_of(asked: str) -> str:
    """The device asked for, in torch's words; `auto` is the first CUDA card, else the CPU.

    One that is not there is a `RequestError`. Torch is loaded only where a card may be.
    """
    kind, _, number = asked.partition(":")
    if kind == "cpu" or (kind == "auto" and not _knows_cards()):
        return "cpu"
    import torch

    if kind == "auto" and not torch.cuda.is_available():
        return "cpu"
    if kind in ("auto", "cuda"):
        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if int(number or 0) >= count:
            why = (
                "this torch is built for the CPU" if torch.version.cuda is None else f"{count} usable cards were found"
            )
            raise RequestError(f"there is no device {asked}: {why}", "see `rs-sr doctor`, or leave --device out")
        return f"cuda:{int(number or 0)}"
    there = torch.backends.mps.is_available() if kind == "mps" else torch.xpu.is_available()
    if not there:
        raise RequestError(f"there is no device {asked}: torch finds none", "see `rs-sr doctor`, or leave --device out")
    return kind


def precision_of(card: ModelCard, asked: str, device: str, *, byte: bool) -> str:
    """The number format on a kind of device; `byte`: the raster and its result have 8 bits.

    `auto` is f32, but fp16 on CUDA for 8-bit rasters where the card states errors below half a grey level at most.
    """
    if asked == "auto":
        stated = card.precision_error.get("fp16")
        small = "fp16" in card.precision and stated is not None and stated["largest"] < HALF_A_GREY_LEVEL
        return "fp16" if device == "cuda" and byte and small else "f32"
    if asked == "tf32" and device != "cuda":
        raise RequestError("tf32 is a format of CUDA cards", "use --precision=f32, or bf16")
    if asked == "fp16" and device == "cpu":
        raise RequestError("fp16 is hundreds of times slower than f32 on a CPU", "use --precision=f32, or bf16")
    if asked == "bf16" and device == "cpu" and not _has_bf16():
        raise RequestError("bf16 is ten times slower than f32 on this processor", "use --precision=f32")
    return asked
