"""A raster and what became of it, measured on sampled windows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rs_sr.option_checks import path_of
from rs_sr.options import Options
from rs_sr.pixels import kernels, masks
from rs_sr.pixels.grid import SMALLEST, Window, pieces, sample_windows, spread, without_gaps
from rs_sr.pixels.kernels import Kernel
from rs_sr.pixels.radiometry import ValueMap
from rs_sr.raster.facts import Facts
from rs_sr.raster.pairing import Placement, Reference, place, same_crs, thumbnail
from rs_sr.raster.source import Source, gdal_environment, open_source
from rs_sr.record import Record
from rs_sr.report.against import Truths, fixed_peak
from rs_sr.report.facts import Place, Report
from rs_sr.report.flags import flags, flags_of_reference
from rs_sr.report.together import bands_of, card_of, check_doubt, check_record
from rs_sr.run.sampling import take
from rs_sr.sensors import scene
from rs_sr.trust import truth
from rs_sr.trust.agreement import Agreement, degradation, value_ends
from rs_sr.trust.scene_checks import Check, Values, check_gsd, check_looks, check_values, look, radial_power, sharpness

Array = NDArray[Any]
Name = str | PathLike[str]

SIDE, MOST = 256, 36  # input pixels of a sampled window, and how many there are at most
CELL = 64  # input pixels of a place that is shown
PROBED = 576  # windows that are looked into for data where those of the regular sample have none
MARGIN = 16  # input pixels read around a window, so that its edges are as its middle
LOOKED_AT = 16  # windows that are held for the scene checks
KEPT = 1 << 12  # values of a band and window that are kept for the histograms
OVERVIEW = 560  # pixels of the picture of the whole


def report(source: Name, result: Name, *, reference: Name | None = None, uncertainty: Name | None = None) -> Report:
    """Measure `result` against `source`, of which it is to be a result, on at most 36 windows of 256 input pixels.

    All four are paths. Where some windows hold nothing, others that do are taken instead. `reference` is a finer raster
    of the same ground, of any grid and CRS; `uncertainty` what ``--uncertainty`` wrote.
    Raises `RequestError` where they do not fit together, `SourceError` where one cannot be read.
    """
    source, result = path_of("the source", source), path_of("the result", result)
    reference, uncertainty = (
        None if name is None else path_of("the raster", name) for name in (reference, uncertainty)
    )
    with gdal_environment(), contextlib.ExitStack() as stack:
        made = stack.enter_context(Source(result))
        record = Record.of(made.dataset.tags())
        options = record.options or Options()
        given = stack.enter_context(open_source(source, options))
        col, row, width, height = options.window or (0, 0, given.facts.size.width, given.facts.size.height)
        where = place(given.facts, made.facts, Window(row=row, col=col, height=height, width=width))
        pairs = bands_of(given.facts, made.facts, options.bands)
        doubt = stack.enter_context(Source(uncertainty)) if uncertainty else None
        if doubt is not None:
            check_doubt(doubt.facts, made.facts, (record, Record.of(doubt.dataset.tags())), len(pairs))
        finer = stack.enter_context(Reference(reference, given.facts, made.facts, len(pairs))) if reference else None
        found = _Measuring(given, made, where, pairs, record, doubt, finer).report()
        return replace(found, flags=(*check_record(record), *found.flags))


@dataclass
class _Cell:
    """The place of the largest of some figure so far."""

    why: str
    best: list[tuple[float, Window]] = field(default_factory=list)

    def see(self, value: float, window: Window) -> None:
        if np.isfinite(value):
            self.best = sorted([*self.best, (value, window)], key=lambda b: -b[0])[:4]


class _Measuring:
    """Goes through the windows once and adds up."""

    def __init__(
        self, source: Source, result: Source, where: Placement, bands: list[tuple[int, int]], record: Record,
        doubt: Source | None, reference: Reference | None,
    ) -> None:  # fmt: skip
        self.source, self.result, self.where, self.record = source, result, where, record
        self.doubt, self.reference = doubt, reference
        self.inner, self.outer = (tuple(b[i] for b in bands) for i in (0, 1))
        self.scale = where.scale
        self.card = card_of(record)
        self.values = self._value_map()
        self.spans = np.array([self.values.line(i)[0] for i in range(len(bands))])[:, None, None]
        self.zeros = np.array([self.values.line(i)[1] for i in range(len(bands))])[:, None, None]
        self.kernel = self._kernel()
        band = result.facts.band(self.outer[0])
        ends = value_ends(band.dtype, band.nodata)
        self.agreement = Agreement(self.scale, self.kernel, tuple(abs(self.spans.ravel())), ends)
        self.of_windows = -(-where.part.height // SIDE) * -(-where.part.width // SIDE)
        self.valid = 1.0  # share of the regular sample
        # input pixels with data that lost it, and without that have some; of how many with and without
        self.apart, self.of = np.zeros(2, np.int64), np.zeros(2, np.int64)
        self.samples: list[list[list[Array]]] = [[[], []] for _ in bands]
        self.spectra: dict[str, list[Array]] = {"input": [], "bicubic": [], "result": []}
        self.held: list[tuple[Array, int, int]] = []
        self.cells = {
            "detail": _Cell("most detail"),
            "doubt": _Cell("most doubt" if doubt is not None else "most added to bicubic"),
            "apart": _Cell("least consistent"),
        }
        if reference is not None:
            self.cells["invented"] = _Cell("most hallucination")
        self.truths = self._truths()
        self.expected: list[Array] = []

    def _truths(self) -> Truths:
        return Truths(self.scale, self.spans, self.zeros, fixed_peak(self.source.facts.band(self.inner[0])))

    def _value_map(self) -> ValueMap:
        known = self.record.value_map
        if known is not None and len(known.lo) == len(self.inner) and known.lo != known.hi:  # of raw values: equal
            return known
        lo, hi, fill = [], [], []
        for number in self.inner:
            pixels = take(self.source, (number,))[0].pixels
            ends = np.percentile(pixels, (0.1, 50, 99.9)) if pixels.size else np.array([0.0, 0.5, 1.0])
            byte = self.source.facts.band(number).dtype == "uint8"
            lo.append(0.0 if byte else float(ends[0]))
            hi.append(255.0 if byte else float(ends[2]))
            fill.append(float(ends[1]))
        return ValueMap(tuple(lo), tuple(hi), tuple(fill), "0.1 to 99.9 % of the values")

    def _kernel(self) -> Kernel:
        return self.record.degradation or (degradation(self.card) if self.card is not None else "area")

    def report(self) -> Report:
        windows = self._windows()
        for window in windows:
            self._see(window)
        facts = self.source.facts
        consistency = self.agreement.result()
        varies = [np.abs(v - v.mean()).mean() if v.size else 0.0 for v in (_joined(a) for a, _ in self.samples)]
        step = 0.0 if np.dtype(facts.band(self.inner[0]).dtype).kind == "f" else 1.0
        lost, made_up = map(float, self.apart / np.maximum(self.of, 1))
        off = flags(consistency, tuple(map(float, varies)), step, self.record, lost, made_up)
        against = None
        if self.reference is not None:
            against = self.truths.result(self.reference.path, self.reference.coarser, self.reference.left_out)
            off += flags_of_reference(against)
        if not same_crs(facts, self.result.facts):
            off.append(Check("CRS", "amber", "the result has another CRS than its input"))
        overview = thumbnail(self.result, tuple(self.outer[i] for i in self.shown()), OVERVIEW)
        names = tuple(_band_name(facts, n) for n in self.inner)
        return Report(
            source=facts, result=self.result.facts, placement=self.where, bands=names,
            shown=tuple(self.shown()), record=self.record,
            values=self.values, windows=tuple(windows),
            of_windows=self.of_windows, with_data=float((self.of[0] - self.apart[0]) / max(self.of.sum(), 1)),
            consistency=consistency,
            flags=tuple(off), card=self.card, checks=self._checks(),
            samples=tuple((_joined(a), _joined(b)) for a, b in self.samples),
            spectra={k: np.exp(np.mean(np.log(np.maximum(v, 1e-12)), axis=0)) for k, v in self.spectra.items() if v},
            places=self._places(), overview=overview, doubt=self._expected(),
            against=against,
        )  # fmt: skip

    def _windows(self) -> list[Window]:
        """The regular sample; where some of it has no data, or the same value all over, others instead that do."""
        part = self.where.part

        def sampled(most: int) -> list[Window]:
            regular = sample_windows(part.size, side=SIDE, most=most)
            return [w.moved(part.row, part.col) for w in regular]

        def values(window: Window) -> Array:
            block = self.source.read(window, self.inner[:1])
            return block.pixels[block.valid]

        first = sampled(MOST)
        seen = [values(w) for w in first]
        self.valid = sum(v.size for v in seen) / sum(w.size.pixels for w in first)
        kept = [w for w, v in zip(first, seen, strict=True) if v.size and np.ptp(v) > 0]
        if len(kept) == len(first) or len(first) == self.of_windows:
            return first
        others = [w for w in sampled(PROBED) if w not in first and (v := values(w)).size and np.ptp(v) > 0]
        kept += [others[i] for i in spread(len(others), MOST - len(kept))] if others else []
        return kept or self._elsewhere(lambda window: values(window).size > 0) or first

    def _elsewhere(self, shows: Callable[[Window], bool]) -> list[Window]:
        """Windows of the first piece in which some have data; none where the part has none."""
        part = self.where.part
        for piece in pieces(part.size):
            inside = [w.moved(piece.row + part.row, piece.col + part.col) for w in sample_windows(piece.size)]
            if found := [w for w in inside if shows(w)]:
                return [found[i] for i in spread(len(found), MOST)]
        return []

    def _checks(self) -> tuple[Check, ...]:
        """Whether the scene suits the model."""
        facts, card = self.source.facts, self.card
        gives = facts.gsd_m / self.scale if facts.gsd_m else None
        gsd = check_gsd(gives, card) if card is not None else None
        step = 0.0 if np.dtype(facts.band(self.inner[0]).dtype).kind == "f" else 1 / abs(float(self.spans[0, 0, 0]))
        ends = list(zip(self.values.lo, self.values.hi, strict=True))
        values = {}
        for alike in dict.fromkeys(ends):
            places = [i for i, own in enumerate(ends) if own == alike]
            pixels = _joined([part for i in places for part in self.samples[i][0]])
            total = max(1, round(pixels.size / max(self.valid, 1e-4)))
            values[tuple(self.inner[i] for i in places)] = Values.of(pixels, total, alike)
        eight = facts.band(self.inner[0]).dtype == "uint8"
        looks = {self.inner: look(self.held, step=step, jpeg=eight)}
        seen = scene.measure([pixels for pixels, _, _ in self.held])
        shown = [sharpness(check, seen) for check in check_looks(looks, self.scale)]
        return (*([] if gsd is None else [gsd]), *shown, *check_values(values))

    def shown(self) -> list[int]:
        """Places of the bands that a picture shows: red, green and blue where they are known, the first three, one."""
        colours = [self.source.facts.band(n).colour for n in self.inner]
        if all(colours.count(c) == 1 for c in ("red", "green", "blue")):
            return [colours.index(c) for c in ("red", "green", "blue")]
        return [0, 1, 2] if len(colours) >= 3 else [0]

    def _read(self, window: Window) -> dict[str, Array]:
        """All of a window and its margin, about 0..1, cut to the part: coarse, smooth and fine and where valid."""
        wide = window.pad(MARGIN).cut(self.where.part)
        block = self.source.read(wide, self.inner)
        part = self.where.part
        at = Window(row=wide.row - part.row, col=wide.col - part.col, height=wide.height, width=wide.width)
        made = self.result.read(at.times(self.scale), self.outer)
        coarse = masks.fill(block.pixels, block.valid, self.values.fill).astype(np.float64)
        kept = made.valid.reshape(len(self.inner), wide.height, self.scale, wide.width, self.scale)
        valid = block.valid & kept.all(axis=(2, 4))
        fine_valid = valid.repeat(self.scale, 1).repeat(self.scale, 2)
        coarse = ((coarse - self.zeros) / self.spans).astype(np.float32)
        smooth = kernels.enlarge(coarse, self.scale, "bicubic")
        fine = np.where(fine_valid, ((made.pixels - self.zeros) / self.spans).astype(np.float32), smooth)
        found = {"coarse": coarse, "smooth": smooth, "fine": fine, "valid": valid, "given": block.valid}
        once = self.result.facts.mask == "dataset"  # one mask for all bands: a gap is where none of them has data
        gaps = ~block.valid.any(axis=0) if once else ~block.valid
        found["invented"] = gaps & kept.any(axis=(2, 4))
        if self.doubt is not None:
            expected = self.doubt.read(at.times(self.scale), tuple(range(1, len(self.inner) + 1)))
            found["doubt"] = np.where(fine_valid & expected.valid, expected.pixels, np.float32(np.nan))
        if self.reference is not None:
            finer = self.reference.read(at.times(self.scale))
            there = finer.valid & fine_valid
            found["truth"] = np.where(there.all(axis=0), (finer.pixels - self.zeros) / self.spans, np.nan)
        return found

    def _see(self, window: Window) -> None:
        found = self._read(window)
        wide = window.pad(MARGIN).cut(self.where.part)
        inside = window.within(wide)
        given = found["given"][:, *inside]
        self.of += given.sum(), (~given).sum()
        self.apart += (given & ~found["valid"][:, *inside]).sum(), found["invented"][:, *inside].sum()
        for band, values in enumerate(self.samples):
            known = (found["coarse"] * self.spans + self.zeros)[band][inside][given[band]]
            values[0].append(known[:: max(1, known.size // KEPT)].copy())
        if not found["valid"].any():
            return
        fine_inside = window.times(self.scale).within(wide.times(self.scale))
        raw = found["fine"] * self.spans + self.zeros, found["coarse"] * self.spans + self.zeros
        own = (slice(None), *inside), (slice(None), *fine_inside)
        self.agreement.add(list(raw[0]), list(raw[1]), list(found["valid"]))
        valid, fine_valid = found["valid"][own[0]], found["valid"].repeat(self.scale, 1).repeat(self.scale, 2)[own[1]]
        for band in range(len(self.inner)):
            values = raw[0][band][fine_inside][fine_valid[band]]
            self.samples[band][1].append(values[:: max(1, values.size // KEPT)].copy())
        for part in without_gaps(window, valid.all(axis=0)):
            if min(part.height, part.width) >= SMALLEST:
                self._see_detail(part, wide, found)
        if self.doubt is not None:
            known = np.stack([found["doubt"][own[1]], found["doubt"][own[1]] / np.abs(self.spans)])
            known = known[:, np.isfinite(known[0])]
            self.expected.append(known[:, :: max(1, known.shape[1] // KEPT)].copy())
        if self.reference is not None:
            found = self.truths.add(found, self.kernel)
        self._see_cells(window, wide, found)

    def _see_detail(self, part: Window, wide: Window, found: dict[str, Array]) -> None:
        """Spectra of a window without gaps, and the window for the scene checks."""
        coarse = found["coarse"][(slice(None), *part.within(wide))]
        fine = part.times(self.scale).within(wide.times(self.scale))
        pictures = {"input": coarse, "bicubic": found["smooth"][:, *fine], "result": found["fine"][:, *fine]}
        for name, pixels in pictures.items():
            self.spectra[name].append(radial_power(pixels.mean(axis=0)))
        if len(self.held) < LOOKED_AT:
            self.held.append((coarse.astype(np.float32), part.row, part.col))

    def _see_cells(self, window: Window, wide: Window, found: dict[str, Array]) -> None:
        apart = np.abs(kernels.reduce(found["fine"], self.scale, self.kernel) - found["coarse"]).mean(axis=0)
        added = np.abs(found["fine"] - found["smooth"]).mean(axis=0)
        doubt = (found["doubt"] / np.abs(self.spans)).mean(axis=0) if "doubt" in found else added
        mean = found["fine"].mean(axis=0)
        detail = np.hypot(*np.gradient(mean)) if min(mean.shape) > 1 else np.zeros_like(mean)
        for cell in sample_windows(window.size, side=CELL, most=1 << 20):
            at = Window(row=cell.row + window.row, col=cell.col + window.col, height=cell.height, width=cell.width)
            if 2 * cell.height < min(CELL, window.height) or 2 * cell.width < min(CELL, window.width):
                continue
            own, fine = at.within(wide), at.times(self.scale).within(wide.times(self.scale))
            if not found["valid"][(slice(None), *own)].all():
                continue
            self.cells["detail"].see(float(detail[fine].mean()), at)
            self.cells["doubt"].see(float(np.nanmean(doubt[fine])), at)
            self.cells["apart"].see(float(apart[own].mean()), at)
            if "classes" in found:
                self.cells["invented"].see(float((found["classes"][fine] == truth.HALLUCINATION).mean()), at)

    def _places(self) -> tuple[Place, ...]:
        """One place for each reason, no place twice."""
        taken: dict[Window, list[str]] = {}
        for cell in self.cells.values():
            free = [w for _, w in cell.best if w not in taken] or [w for _, w in cell.best]
            if free:
                taken.setdefault(free[0], []).append(cell.why)
        places = []
        for window, why in taken.items():
            found = self._read(window)
            if self.reference is not None:
                found = self._truths().add(found, self.kernel)
            wide = window.pad(MARGIN).cut(self.where.part)
            own = (slice(None), *window.within(wide))
            fine = (slice(None), *window.times(self.scale).within(wide.times(self.scale)))
            places.append(Place(
                " and ".join(why), window, found["coarse"][own], found["smooth"][fine], found["fine"][fine],
                found["valid"][own], found["doubt"][fine] if "doubt" in found else None,
                found["truth"][fine] if "truth" in found else None,
                found["classes"][fine[1:]] if "classes" in found else None,
            ))  # fmt: skip
        return tuple(places)

    def _expected(self) -> dict[str, Any] | None:
        """Percentiles of the expected error over all bands, in the raster's units and as shares of its range."""
        if self.doubt is None:
            return None
        values = np.concatenate(self.expected, axis=1) if self.expected else np.empty((2, 0))
        names = ("median", "p95", "median_share", "p95_share")
        if not values.size:
            return {"path": self.doubt.path} | dict.fromkeys(names)
        ends = [float(v) for v in np.percentile(values, (50, 95), axis=1).T.ravel()]
        return {"path": self.doubt.path} | dict(zip(names, ends, strict=True))


def _band_name(facts: Facts, number: int) -> str:
    band = facts.band(number)
    return f"band {number}" + (f" ({band.description or band.colour})" if band.description or band.colour else "")


def _joined(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.empty(0)
