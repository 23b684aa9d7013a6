"""What a report consists of, before it becomes a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from rs_sr.models.card import ModelCard
from rs_sr.pixels.grid import Window
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Facts
from rs_sr.raster.pairing import Placement
from rs_sr.record import Record
from rs_sr.report.against import Against
from rs_sr.report.flags import verdict
from rs_sr.trust.scene_checks import Check

Array = NDArray[Any]


@dataclass(frozen=True)
class Place:
    """Somewhere worth a look: `window` in input pixels; pixels about 0..1 (band, y, x) of the input, bicubic and the
    result; `doubt` in the raster's units and `classes`, where there are such."""

    why: str
    window: Window
    coarse: Array
    smooth: Array
    fine: Array
    valid: Array
    doubt: Array | None
    truth: Array | None
    classes: Array | None


@dataclass(frozen=True, repr=False)
class Report:
    """All that a page shows. Values in the raster's units unless said otherwise."""

    source: Facts
    result: Facts
    placement: Placement
    bands: tuple[str, ...]
    shown: tuple[int, ...]  # places of the bands in a picture: three or one
    record: Record
    values: ValueMap
    windows: tuple[Window, ...]
    of_windows: int
    with_data: float  # share of the windows' pixels with data in both
    consistency: dict[str, Any]
    flags: tuple[Check, ...]  # what of the agreement or of the tags is off
    card: ModelCard | None  # of the model that made the result, where it is known
    checks: tuple[Check, ...]
    samples: tuple[tuple[Array, Array], ...]  # per band: values of the input and of the result
    spectra: dict[str, Array]  # power in the rings of `radial_power`: "input", "bicubic", "result"
    places: tuple[Place, ...]
    overview: tuple[Array, Array] | None
    doubt: dict[str, Any] | None
    against: Against | None

    @property
    def verdict(self) -> Check:
        """The headline, as its worst check."""
        return verdict(self.flags, self.checks)

    def spans(self) -> list[float]:
        """The value range of each band, in the raster's units: what per cent are of."""
        return [abs(self.values.line(i)[0]) for i in range(len(self.bands))]

    def __repr__(self) -> str:
        return f"Report({self.result.path}: {self.verdict.text})"

    def to_json(self) -> dict[str, Any]:
        part = self.placement.part
        return {
            "source": self.source.path, "result": self.result.path, "scale": self.placement.scale,
            "part": {"row": part.row, "col": part.col, "height": part.height, "width": part.width},
            "windows": len(self.windows), "of_windows": self.of_windows, "with_data": self.with_data,
            "verdict": self.verdict.to_json(), "value_range": self.spans(), "consistency": self.consistency,
            "flags": [c.to_json() for c in self.flags], "checks": [c.to_json() for c in self.checks],
            "uncertainty": self.doubt,
            "places": [{"why": p.why, "row": p.window.row, "col": p.window.col, "height": p.window.height,
                        "width": p.window.width} for p in self.places],
            "reference": None if self.against is None else {
                "path": self.against.path, "psnr_peak": self.against.peak, **self.against.figures,
                "shares": self.against.shares,
                "shift_px": self.against.shift, "gain": self.against.gain, "covered": self.against.covered,
                "correlation": self.against.correlation,
            },
            "tags": self.record.tags(),
        }  # fmt: skip
