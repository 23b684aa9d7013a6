"""Decide everything about a run before a pixel is read. A `Plan` prints as the sentences of ``--dry-run``."""

from __future__ import annotations

import hashlib
import math
import shlex
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from rs_sr import __version__
from rs_sr.errors import GsdWarning, PagesWarning, RequestError, RsSrWarning, spoken
from rs_sr.machine import available_memory, local_workers
from rs_sr.models.card import ModelCard
from rs_sr.models.catalogue import Entry
from rs_sr.options import Options
from rs_sr.pixels.ensemble import MEMBERS
from rs_sr.pixels.grid import Size, Window, count_tiles
from rs_sr.raster import area
from rs_sr.raster.compression import Compression
from rs_sr.raster.creation import options_of
from rs_sr.raster.facts import Facts, Reader, choose_bands
from rs_sr.raster.files import Files, files_of
from rs_sr.raster.formats import GEOTIFF, format_of
from rs_sr.raster.layout import Format
from rs_sr.raster.targets import check_not_read
from rs_sr.record import Record
from rs_sr.run.bands import check_palette, dtype_of, make_groups, nodata_of
from rs_sr.run.choosing import choose_model, choose_scale, like_of
from rs_sr.run.compressing import choose_compression
from rs_sr.run.sampling import pixels_kept, pixels_of_band
from rs_sr.run.taking import Taken, taken
from rs_sr.run.tiling import (
    MEASURED_SIDE,
    MEASURED_TILES,
    Work,
    bands_sampled,
    choose_core,
    choose_halo,
    memory_estimate,
)
from rs_sr.runtime.execution import Execution, choose_execution
from rs_sr.sensors.numbers import Numbers
from rs_sr.trust.scene_checks import Check, check_gsd
from rs_sr.units import counted, duration, readable

GB = 10**9
SAID = {  # flags of options that shape pixels by what `Plan.shaped_by` says in other words
    "--model", "--engine", "--device", "--precision", "--tile", "--window", "--bbox", "--bbox-crs", "--aoi-layer",
    "--blur", "--noise", "--quality", "--max-error",
}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Plan:
    """What will be done. `groups` are places in `imagery` (band numbers) that enter the network together; `together`
    says how many bands are looked at together before the run."""

    facts: Facts
    target: str
    written: dict[str, Format]  # by name: the result, and the expected errors where they are asked for
    model: Entry
    scale: int
    bands: tuple[int, ...]
    imagery: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    dtype: str
    nodata: float | None
    masked: bool
    part: Window
    core: int
    halo: int
    memory: int
    together: int
    budget: int
    execution: Execution
    options: Options
    notes: tuple[str, ...]
    warnings: tuple[RsSrWarning, ...]
    gsd: Check | None
    files: dict[str, Files]  # that the run reads: of the "input", of options by their flags
    aoi: area.AreaOfInterest | None = field(default=None, compare=False)
    compression: Compression = Compression()
    marks: bool = False  # a mask marks the gaps instead of the raster's nodata value
    taken: Taken | None = None  # how the scene was taken, for a model that is told
    like: Record | None = None  # of an earlier result, whose value map and numbers of the scene count

    @property
    def card(self) -> ModelCard:
        return self.model.card

    @property
    def format(self) -> Format:
        """Of the result."""
        return self.written[self.target]

    @property
    def raw(self) -> bool:
        """`nearest` moves raw values, past the value map."""
        return self.card.name == "nearest"

    @property
    def ensemble(self) -> bool:
        """Eight looks, since they are asked for or their spread is."""
        return self.options.ensemble or self.options.uncertainty is not None

    @property
    def fits(self) -> bool:
        """Whether the result is to be consistent with what the model is told of the scene: see `fitting`."""
        return self.options.consistent and self.card.told

    @property
    def tries(self) -> bool:
        """Whether the model runs on some windows before it makes tiles: for what it pools, or for `fits`."""
        return self.card.statistics > 0 or self.fits

    def telling(self, numbers: Numbers | None) -> Plan:
        """The same, with a model that is told these numbers of the scene."""
        return self if numbers is None else replace(self, model=self.model.telling(numbers))

    @property
    def size(self) -> Size:
        """Of the result."""
        return self.part.size.times(self.scale)

    def numbers(self, group: tuple[int, ...]) -> tuple[int, ...]:
        """Of the bands of a group."""
        return tuple(self.imagery[place] for place in group)

    @property
    def tiles(self) -> int:
        return count_tiles(self.facts.size, core=self.core, part=self.part)

    @property
    def bytes_raw(self) -> int:
        return self.size.pixels * len(self.bands) * np.dtype(self.dtype).itemsize

    @property
    def seconds(self) -> float:
        """A rough estimate, by the model's multiply-adds and what looking at all bands and measuring them takes."""
        share = ((self.core + 2 * self.halo) / self.core) ** 2 if self.tiles > 1 else 1.0
        size = self.facts.size
        looking = len(self.imagery) * (1.2e-8 * pixels_of_band(size) + 1.1e-7 * pixels_kept(size))
        looking += len(self.imagery) * 1.1e-7 * min(self.part.size.pixels, MEASURED_TILES * MEASURED_SIDE**2)
        runs = len(self.groups) * self.part.size.pixels * share * (MEMBERS if self.ensemble else 1)
        if self.card.network is None:
            return 0.5 + looking + runs * self.scale**2 * 8e-9 + self.bytes_raw * 5e-9
        return 3 + looking + runs * self.card.macs_per_px / (2e10 * self.execution.cores) + self.bytes_raw * 5e-9

    def shaped_by(self) -> dict[str, str]:
        """By name, everything that shapes the result's pixels: what two runs must share to be one. What an option came
        to counts, not how it was spelled, or whether it was."""
        path = str(Path(self.facts.path).resolve()) if Path(self.facts.path).is_file() else self.facts.path
        stamps = {name: files.stamp for name, files in self.files.items()}
        uncertainty, runs = self.options.uncertainty, self.execution
        came_to = {
            "--scale": self.scale,
            "--bands": self.bands,
            "--dtype": self.dtype,
            "--nodata": (self.nodata, *(band.nodata for band in self.facts.bands)),
            "--assign-crs": self.facts.crs,
            "--halo": self.halo,
            "--ensemble": self.ensemble,
            "--uncertainty": uncertainty and Path(uncertainty).resolve(),
            "--like": stamps.get("--like"),
            "--sensor": self.taken,
            "--aoi": self.aoi and self.aoi.identity,
            # what keeps its finished tiles as they are has one compression
            "--compress": self.compression if self.compression.lossy or self.format.keeps else "without loss",
            "--co": sorted(options_of(self.options.co).items()),
        }
        return {
            "version of rs-sr": __version__,
            "input": repr((replace(self.facts, path=path, files=(), pages=()), stamps["input"])),
            "model": repr((self.card.name, self.card.sha256, self.card.calibration)),
            "engine, device or number format": repr((runs.engine, runs.device, runs.precision)),
            "size of tiles": repr(self.core),
            "part of the raster": repr(self.part),
            **{flag: repr(value) for flag, value in (self.options.shaping() | came_to).items() if flag not in SAID},
        }

    def identity(self) -> str:
        """A hash of `shaped_by`."""
        return hashlib.sha256(repr(self.shaped_by()).encode()).hexdigest()

    def command(self) -> str:
        """The command line that does the same; bytes of names that are not UTF-8 are escaped."""
        words = self.options.command(self.facts.path, self.target)
        return shlex.join(words).encode("utf-8", "backslashreplace").decode()

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.facts.path, "target": self.target, "width": self.size.width, "height": self.size.height,
            "bands": len(self.bands), "dtype": self.dtype, "format": self.format.name, "model": self.card.name,
            "scale": self.scale, "tiles": self.tiles, "tile": self.core, "halo": self.halo, "memory_bytes": self.memory,
            "bytes_uncompressed": self.bytes_raw, "compression": self.compression.to_json(),
            "seconds": round(self.seconds), "notes": list(self.notes),
            "warnings": [str(w) for w in self.warnings],
        }  # fmt: skip

    def __repr__(self) -> str:
        f, s = self.facts, self.size
        lines = [
            f"{f.path}: {f.size.width} x {f.size.height} pixels, {counted(len(f.bands), 'band')}, "
            f"{f.bands[0].dtype}" + (f", {f.gsd_m:.3g} m" if f.gsd_m else ""),
            f"-> {self.target or 'the result'}: {s.width} x {s.height} pixels, {counted(len(self.bands), 'band')}, "
            f"{self.dtype}" + (f", {f.gsd_m / self.scale:.3g} m" if f.gsd_m else ""),
            *([f"{self.format.name}, compression {self.compression}"] if self.target else []),
            f"model {self.card.name} ({self.model.origin}), {self.scale} times finer",
            *([f"told how the scene was taken: {self.taken}"] if self.taken else []),
            f"engine {self.execution}",
            f"{counted(self.tiles, 'tile')} of {self.core} pixels with a halo of {self.halo}; about "
            f"{readable(self.memory)} of memory (budget {readable(self.budget)})",
            f"about {readable(self.bytes_raw)} uncompressed; roughly {duration(self.seconds)} on this machine",
        ]
        return "\n".join(lines + [f"note: {spoken(n)}" for n in self.notes] + [f"warning: {w}" for w in self.warnings])


def make_plan(source: Reader, target: str, options: Options, *, elsewhere: bool = False) -> Plan:
    """Decide a run of `options` on an open source. `elsewhere`: workers of other machines will run the model.

    Raises `RequestError` where raster, model and options do not fit, `SourceError` for a palette that a
    model would mix.
    """
    facts = source.facts
    notes: list[str] = []
    warned: list[RsSrWarning] = []
    bands = choose_bands(facts, options.bands)
    imagery = tuple(b for b in bands if not facts.band(b).alpha)
    entry = choose_model(options, len(imagery))
    card = entry.card
    check_palette(facts, imagery, card)
    if options.model is None and card.network is None:
        notes.append(
            f"no trained model is bundled for x{options.scale or 2} of this raster: bicubic, which adds no detail"
        )
    scale = choose_scale(card, options)
    groups = make_groups(facts, imagery, card, notes)
    dtype = dtype_of(facts, bands, options)
    byte = {dtype, *(facts.band(b).dtype for b in imagery)} == {"uint8"}
    execution = choose_execution(card, options, byte=byte, elsewhere=elsewhere or "://" in (options.cluster or ""))
    nodata = nodata_of(facts, imagery, dtype, options, notes, warned)
    _check_ensemble(card, options, notes)
    written = _written(target, options)
    warned += written[target].check(options, facts, dtype)
    compression = choose_compression(
        options, facts, bands, dtype, written[target], classes=card.name == "nearest", notes=notes
    )
    marks = compression.lossy and nodata is not None and not math.isnan(nodata)
    notes += compression.costs(nodata if marks else None)
    nodata = None if marks else nodata
    # The card tells of the fine images that the network learned to give: what counts is the result's pixel.
    gsd = check_gsd(facts.gsd_m / scale if facts.gsd_m else None, card)
    warned += _words(facts, gsd)
    files = _files(facts, options)
    for name, form in written.items() if target else ():
        check_not_read(name, form, [*files.values(), files_of([str(entry.path or "")])])
    like = like_of(options, len(imagery))
    interest = area.AreaOfInterest(facts, options.aoi, options.aoi_layer) if options.aoi else None
    warned += interest.warnings if interest is not None else ()
    part = _part(facts, options, interest)
    halo = choose_halo(card, facts, imagery, options)
    budget = _budget(options)
    work = Work(
        card=card, size=facts.size, scale=scale, bands=len(bands), imagery=len(imagery), group=max(map(len, groups)),
        read=max(np.dtype(facts.band(b).dtype).itemsize for b in bands), written=np.dtype(dtype).itemsize,
        block=facts.block_bytes,
    )  # fmt: skip
    core = choose_core(work, halo, budget, options, notes)
    memory = memory_estimate(work, core, halo, options)
    return Plan(
        facts=facts, target=target, written=written, model=entry, scale=scale, bands=bands, imagery=imagery,
        groups=groups, dtype=dtype, nodata=nodata, part=part, core=core, halo=halo,
        masked=facts.mask != "none" or marks or (interest is not None and nodata is None and not facts.alpha),
        memory=memory, together=bands_sampled(work, memory), budget=budget, execution=execution, options=options,
        notes=tuple(notes),
        warnings=tuple(warned), gsd=gsd, files=files, aoi=interest, like=like,
        taken=taken(options, facts, card, like), compression=compression, marks=marks,
    )  # fmt: skip


def _words(facts: Facts, gsd: Check | None) -> list[RsSrWarning]:
    """Warnings about the raster as it is."""
    said: list[RsSrWarning] = []
    if gsd is not None and gsd.colour != "green":
        said.append(GsdWarning(gsd.text))
    if len(facts.pages) > 1:
        count, other = len(facts.pages), facts.pages[1]
        said.append(
            PagesWarning(f"{facts.path} holds {count} rasters, of which the first is taken; name another as {other}")
        )
    return said


def _budget(options: Options) -> int:
    """Bytes that a process may take."""
    budget = options.memory_bytes() or min(max(available_memory() // 4, GB), 4 * GB)
    if options.cluster is not None and options.cluster.startswith("local"):
        budget //= local_workers(options.cluster)
    return budget


def _check_ensemble(card: ModelCard, options: Options, notes: list[str]) -> None:
    if card.network is None and (options.ensemble or options.uncertainty is not None):
        raise RequestError(
            f"--ensemble and --uncertainty need a trained network; {card.name} has nothing to average",
            "leave them out, or choose a trained model (see `rs-sr models`)",
        )
    if options.uncertainty is not None and card.calibration is None:
        notes.append(f"{card.name} is not calibrated: the uncertainty is the plain spread of its eight looks")


def _written(target: str, options: Options) -> dict[str, Format]:
    """The format of each file that the run writes, by its name; two that are in each other's way are refused."""
    written, beside = {target: format_of(target, options)}, options.uncertainty
    if beside is None:
        return written
    if not GEOTIFF.names(beside):
        raise RequestError(
            f"--uncertainty={beside!r} does not end in .tif",
            "expected errors are written as a GeoTIFF: give a name such as error.tif",
        )
    if Path(beside).resolve() == Path(target).resolve():
        raise RequestError(f"--uncertainty and the result are both {target}", "give two names")
    # an array has no place
    pieces = {piece.resolve() for piece in written[target].pieces(Path(target))} if target else set()
    if pieces & {*Path(beside).resolve().parents}:
        raise RequestError(
            f"--uncertainty={beside!r} lies in a folder that the result takes the place of", "give another folder"
        )
    return written | {beside: format_of(beside, options)}


def _files(facts: Facts, options: Options) -> dict[str, Files]:
    """All that the run reads, by what names it. Open options may name files, and folders of them."""
    values = [item.partition("=")[2] for item in options.oo]
    found = {"input": files_of((*facts.files, *values), values)}
    if options.sensor is not None and Path(options.sensor).is_file():
        found["--sensor"] = files_of((options.sensor,))
    return found | {flag: files_of((name,)) for flag, name in options.read().items()}


def _part(facts: Facts, options: Options, interest: area.AreaOfInterest | None) -> Window:
    if options.window is not None:
        return area.from_numbers(facts, *options.window)
    if options.bbox is not None:
        return area.from_bbox(facts, options.bbox, options.bbox_crs)
    return facts.size.window if interest is None else interest.window


def output_name(source: str, folder: str, scale: int) -> str:
    """`<stem>_x4.tif` in `folder`, for runs over many files."""
    return str(Path(folder) / f"{Path(source).stem}_x{scale}.tif")
