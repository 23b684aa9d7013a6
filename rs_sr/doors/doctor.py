"""What is installed, what is missing and how to get it: ``rs-sr doctor``."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from typing import Any, get_args

from packaging.requirements import Requirement

from rs_sr import __version__
from rs_sr.machine import available_cores, available_memory
from rs_sr.options import Engine
from rs_sr.packages import requirements, too_old
from rs_sr.units import readable

EXTRAS = {  # what is installed for some users alone: what for, and how
    "aoi": 'areas of interest (--aoi): pip install "rs-sr[aoi]"',
    "onnx": 'ONNX files (import, export): pip install "rs-sr[onnx]"',
    "openvino": 'another engine (--engine openvino): pip install "rs-sr[openvino,onnx]"',
    "xarray": 'lazy arrays and Zarr: pip install "rs-sr[xarray]"',
    "cluster": 'many machines and GPUs (--cluster): pip install "rs-sr[cluster]"',
}


@dataclass(frozen=True)
class Health:
    """Facts by name, and what is wrong, each with its cure."""

    facts: dict[str, Any]
    troubles: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"facts": self.facts, "troubles": list(self.troubles)}

    def __str__(self) -> str:
        lines = [f"{name:<22} {_words(value)}" for name, value in self.facts.items()]
        return "\n".join(lines + [f"trouble: {t}" for t in self.troubles] + ([] if self.troubles else ["all is well"]))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def examine() -> Health:
    """Look at versions, devices, memory, models and the surroundings that break GDAL."""
    troubles: list[str] = []
    facts: dict[str, Any] = {"rs-sr": __version__, "Python": f"{platform.python_version()} ({sys.executable})"}
    _packages(facts, troubles)
    _gdal(facts, troubles)
    facts["cores"] = available_cores()
    facts["memory"] = readable(available_memory())
    _devices(facts, troubles)
    _models(facts, troubles)
    for name in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH"):
        if name in os.environ:
            troubles.append(f"{name} is set, by another GDAL or PROJ: unset it if coordinate systems fail")
    return Health(facts, tuple(troubles))


def packages() -> dict[str, tuple[str, Requirement]]:
    """Each package that rs-sr needs, and the first extra that needs it: none ("") where it is always needed."""
    found = importlib.metadata.distribution("rs-sr")
    wanted: dict[str, tuple[str, Requirement]] = {}
    for extra in ("", *EXTRAS):
        for need in requirements(found, extra):
            wanted.setdefault(need.name, (extra, need))
    return wanted


def _packages(facts: dict[str, Any], troubles: list[str]) -> None:
    try:
        wanted = packages()
    except importlib.metadata.PackageNotFoundError:
        troubles.append("rs-sr runs from a folder and is not installed: what it needs is not known; pip install rs-sr")
        return
    for name, (extra, need) in wanted.items():
        try:
            facts[name] = importlib.metadata.version(name)
            if old := too_old(need, facts[name]):
                whole = f"rs-sr[{extra}]" if extra else "rs-sr"
                troubles.append(f'{old}; update it with: pip install "{whole}"')
        except importlib.metadata.PackageNotFoundError:
            facts[name] = f"missing, needed for {EXTRAS[extra]}" if extra else "missing"
            if not extra:
                troubles.append(f"{name} is missing: pip install {name}")


def _gdal(facts: dict[str, Any], troubles: list[str]) -> None:
    try:
        from rs_sr.raster.gdal_facts import gdal_facts

        found = gdal_facts()
    except ImportError as error:
        troubles.append(f"rasterio cannot be loaded ({error}): pip install --force-reinstall rasterio")
        return
    facts |= {k: v for k, v in found.items() if k != "rasterio"}
    if not found["CRS look-up"]:
        troubles.append("coordinate systems cannot be looked up: unset PROJ_LIB and PROJ_DATA")
    if not found["ZSTD"]:
        troubles.append("this GDAL has no ZSTD: use --compress deflate")


def _devices(facts: dict[str, Any], troubles: list[str]) -> None:
    try:
        import torch
    except ImportError as error:
        troubles.append(f"torch cannot be loaded ({error}): networks cannot run, bicubic can")
        return
    try:
        from rs_sr.networks import onednn
        from rs_sr.runtime.execution import device_of
    except ImportError as error:
        troubles.append(f"engines cannot be loaded ({error}): pip install --force-reinstall rs-sr")
        return
    if torch.cuda.is_available():
        facts["CUDA"] = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
    else:
        why = "this torch is built for the CPU" if torch.version.cuda is None else "no usable GPU or driver was found"
        facts["CUDA"] = f"no: {why}"
    others = {"mps": torch.backends.mps.is_available(), "xpu": torch.xpu.is_available()}
    facts["other devices"] = [name for name, there in others.items() if there]
    on_cpu = device_of("auto") == "cpu"
    facts["runs on"] = "the CPU" if on_cpu else device_of("auto")
    fused = "oneDNN's fused calls give plain torch's result" if onednn.works() else "plain: oneDNN's fused calls fail"
    facts["engine"] = f"torch in f32 ({fused if on_cpu else 'plain'}); onnxruntime for ONNX models"
    facts["engines"] = list(get_args(Engine)[1:])


def _models(facts: dict[str, Any], troubles: list[str]) -> None:
    try:
        from rs_sr.models import catalogue
    except ImportError as error:
        troubles.append(f"models cannot be listed ({error}): pip install --force-reinstall rs-sr")
        return
    folder = home = catalogue.user_folder()
    while not home.exists():
        home = home.parent
    facts["your models"] = str(folder)
    facts["models"] = len(catalogue.list_models())
    facts["disk free there"] = readable(shutil.disk_usage(home).free)
