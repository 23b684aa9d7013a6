"""Super-resolve remote-sensing rasters: the same place, dtype, bands, nodata and metadata, 2, 3 or 4 times finer.

The public names are loaded on first use, so that ``import rs_sr`` loads neither torch nor rasterio.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from rs_sr.errors import RsSrError, RsSrWarning
    from rs_sr.models import Model, load_model
    from rs_sr.options import Options
    from rs_sr.run.arrays import super_resolve_array
    from rs_sr.run.pipeline import dry_run, super_resolve
    from rs_sr.run.plan import Plan
    from rs_sr.run.result import Progress, Result
    from rs_sr.run.sensing import measure_sensor

_HOME = {
    "RsSrError": "rs_sr.errors",
    "RsSrWarning": "rs_sr.errors",
    "Model": "rs_sr.models",
    "load_model": "rs_sr.models",
    "Options": "rs_sr.options",
    "Progress": "rs_sr.run.result",
    "Result": "rs_sr.run.result",
    "super_resolve": "rs_sr.run.pipeline",
    "super_resolve_array": "rs_sr.run.arrays",
    "Plan": "rs_sr.run.plan",
    "dry_run": "rs_sr.run.pipeline",
    "measure_sensor": "rs_sr.run.sensing",
}

__all__ = [
    "Model",
    "Options",
    "Plan",
    "Progress",
    "Result",
    "RsSrError",
    "RsSrWarning",
    "__version__",
    "dry_run",
    "load_model",
    "measure_sensor",
    "super_resolve",
    "super_resolve_array",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'rs_sr' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
