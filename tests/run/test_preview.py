"""A preview beside the run that it is a look at: the same picture, of what is shown alone, from one look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp

import rs_sr
from rs_sr.run import pipeline
from rs_sr.run.preview import MOST, Looks, Preview
from rs_sr.run.result import Result
from tests.conftest import Make, pattern, small_lkdn
from tests.gate import Hold

WINDOW = (37, 55, 60, 50)  # column, row, width, height: on no tile's corner


def preview(looks: Looks, source: Path, target: Path, shown: tuple[int, ...] = (), **options: Any) -> Result:
    options = {"window": WINDOW, "overwrite": True} | options
    return pipeline.preview(
        str(source), str(target), Preview(looks, shown), on_progress=lambda now: None, is_cancelled=lambda: False,
        **options,
    )  # fmt: skip


@pytest.fixture
def surveys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rasters that were looked at, one name for each look."""
    seen: list[str] = []
    real = pipeline.survey

    def counted(plan: Any, *rest: Any) -> Any:
        seen.append(Path(plan.facts.path).name)
        return real(plan, *rest)

    monkeypatch.setattr(pipeline, "survey", counted)
    return seen


@pytest.mark.parametrize(("bands", "made"), [(1, (2, 4)), (3, (1, 2, 3, 4))])
def test_a_preview_shows_what_the_run_makes_there(
    bands: int, made: tuple[int, ...], make: Make, tmp_path: Path
) -> None:
    """Of the bands that are shown, and those that the network takes together with them."""
    source = make("in.tif", pattern(5, 200, 180, "uint8"), nodata=0)
    with rasterio.open(source, "r+") as opened:
        opened.colorinterp = [ColorInterp[n] for n in ("red", "green", "blue", "undefined", "undefined")]
    options: dict[str, Any] = dict(model=str(small_lkdn(tmp_path, bands=bands)))
    rs_sr.super_resolve(source, tmp_path / "run.tif", window=WINDOW, **options)
    assert preview(Looks(), source, tmp_path / "preview.tif", (2, 4), **options).plan.bands == made
    with rasterio.open(tmp_path / "run.tif") as run, rasterio.open(tmp_path / "preview.tif") as shown:
        assert (shown.bounds, shown.nodata, shown.count) == (run.bounds, run.nodata, len(made))
        assert np.abs(run.read(made).astype(int) - shown.read().astype(int)).max() <= 1


def test_alpha_comes_along_whatever_is_shown(make: Make, tmp_path: Path) -> None:
    pixels = pattern(4, 150, 150, "uint8")
    pixels[3] = 255
    pixels[3, :70] = 0
    source = make("in.tif", pixels)
    with rasterio.open(source, "r+") as opened:
        opened.colorinterp = [ColorInterp.gray, ColorInterp.undefined, ColorInterp.undefined, ColorInterp.alpha]
    made = preview(Looks(), source, tmp_path / "o.tif", (2,), model="bicubic", scale=2)
    assert made.plan.bands == (2, 4)
    with rasterio.open(tmp_path / "o.tif") as opened:
        assert opened.colorinterp[1] == ColorInterp.alpha
        assert set(np.unique(opened.read(2))) == {0, 255}


def test_a_preview_is_one_tile_around_its_part(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make("in.tif", pattern(3, 400, 400, "uint8"))
    hold = Hold(monkeypatch, through=9)
    made = preview(Looks(), source, tmp_path / "o.tif", window=(100, 90, 200, 190), model=str(small_lkdn(tmp_path)))
    assert made.plan.tiles == 1 and made.plan.part.row % 128 and hold.calls == 1
    made = preview(Looks(), source, tmp_path / "o.tif", window=(100, 90, 200, 190), model="bicubic", tile=128)
    assert made.plan.tiles > 1 and hold.calls == 2


def test_nobody_asks_a_preview_how_far_it_agrees(make: Make, tmp_path: Path) -> None:
    made = preview(Looks(), make("in.tif", pattern(3, 150, 150, "uint8")), tmp_path / "o.tif", model="bicubic", scale=2)
    assert made.consistency["bias"] == [None] * 3 and made.to_json()["consistency"]["shift"] is None


def test_the_raster_is_looked_at_once_for_all_previews_of_it(make: Make, tmp_path: Path, surveys: list[str]) -> None:
    looks, model = Looks(), str(small_lkdn(tmp_path))
    source, target = make("a.tif", pattern(4, 200, 200, "uint8")), tmp_path / "o.tif"
    for window in (WINDOW, (0, 0, 64, 64)):
        for shown in ((), (1, 2, 3), (4,)):
            preview(looks, source, target, shown, window=window, model=model)
    assert surveys == ["a.tif"]
    preview(looks, source, target, model=model, range=(0, 200))
    assert surveys == ["a.tif"] * 2, "told otherwise, it looks otherwise"
    make("a.tif", pattern(4, 200, 200, "uint8", seed=1))
    preview(looks, source, target, model=model)
    assert surveys == ["a.tif"] * 3, "the file is another one"


def test_few_looks_are_kept(make: Make, tmp_path: Path, surveys: list[str]) -> None:
    looks, target = Looks(), tmp_path / "o.tif"
    rasters = [make(f"{n}.tif", pattern(1, 120, 120, "uint8")) for n in range(MOST + 1)]
    for source in (*rasters, rasters[1], rasters[0]):
        preview(looks, source, target, model="bicubic", scale=2)
    assert surveys == [p.name for p in (*rasters, rasters[0])], "the one that was not asked for longest has gone"
