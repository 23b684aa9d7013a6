"""Runs with the ensemble of eight, and the file that says how far each pixel is expected to be off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr.doors import cli
from rs_sr.errors import Cancelled, RequestError, TargetError
from rs_sr.models import store
from rs_sr.pixels.ensemble import turn, turn_back
from rs_sr.report.measure import report
from tests.conftest import Make, mirrored, pattern, small_lkdn
from tests.gate import Gate, Hold, until

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


def calibrated(folder: Path, **more: Any) -> Path:
    path = small_lkdn(folder, **more)
    card, tensors = store.read(path)
    store.write(path, replace(card, calibration=(2.0, 0.01)), tensors)
    return path


def read(path: Path) -> Any:
    with rasterio.open(path) as dataset:
        return dataset.read()


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_the_ensemble_is_the_mean_of_eight_turned_runs_and_the_file_their_spread(
    make: Make, tmp_path: Path, dtype: str
) -> None:
    model = calibrated(tmp_path)
    pixels = pattern(3, 40, 50, dtype)
    source = make("in.tif", pixels)
    result = rs_sr.super_resolve(source, tmp_path / "o.tif", model=str(model), uncertainty=str(tmp_path / "u.tif"))
    lo, hi = (np.array(v)[:, None, None] for v in (result.values.lo, result.values.hi))
    seen = ((pixels - lo) / (hi - lo)).astype(np.float32)
    network = rs_sr.load_model(str(model))
    eight = np.stack([turn_back(mirrored(network, np.ascontiguousarray(turn(seen, k))), k) for k in range(8)])
    step = 0.51 if dtype == "uint8" else 1e-3  # of some hundreds
    expected = np.clip(eight.mean(axis=0) * (hi - lo) + lo, *((0, 255) if dtype == "uint8" else (-1e9, 1e9)))
    assert np.abs(read(tmp_path / "o.tif") - expected).max() <= step
    error = (2 * eight.std(axis=0) + 0.01) * (hi - lo)
    assert read(tmp_path / "u.tif") == pytest.approx(error, rel=1e-3, abs=1e-3)
    rs_sr.super_resolve(source, tmp_path / "e.tif", model=str(model), ensemble=True)
    assert (read(tmp_path / "e.tif") == read(tmp_path / "o.tif")).all()


def test_the_file_lies_on_the_result_s_grid_with_its_gaps_and_units(make: Make, tmp_path: Path) -> None:
    pixels = pattern(2, 60, 70, "int16")
    pixels[:, 10:20, 30:40] = -9999
    source = make("in.tif", pixels, nodata=-9999)
    with rasterio.open(source, "r+") as dataset:
        dataset.units, dataset.offsets, dataset.scales = ("K", "K"), (5.0, 5.0), (0.1, 0.1)
        dataset.descriptions = ("warm", "cold")
    model = calibrated(tmp_path, bands=1)
    options = {"model": str(model), "bands": "2,1", "window": (20, 5, 40, 30), "cog": True}
    rs_sr.super_resolve(source, tmp_path / "o.tif", uncertainty=str(tmp_path / "u.tif"), **options)
    with rasterio.open(tmp_path / "o.tif") as o, rasterio.open(tmp_path / "u.tif") as u:
        assert (u.transform, u.crs, u.shape) == (o.transform, o.crs, o.shape) and u.dtypes == ("float32", "float32")
        assert u.descriptions == ("cold", "warm") and u.units == ("K", "K")
        assert u.offsets == (0.0, 0.0) and u.scales == (0.1, 0.1)
        assert np.isnan(u.nodata) and (np.isnan(u.read()) == (o.read() == -9999)).all()
        assert u.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG" and u.tags()["RS_SR_MODEL"] == "small_x2"
        assert np.nanmin(u.read()) > 0


def test_a_report_takes_the_uncertainty_of_its_own_run_alone(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, made = str(calibrated(tmp_path, bands=1)), []
    for seed, folder in enumerate((tmp_path / "a", tmp_path / "b")):
        folder.mkdir()
        monkeypatch.chdir(folder)
        make(f"{folder.name}/in.tif", pattern(1, 60, 70, "uint8", seed=seed))
        rs_sr.super_resolve("in.tif", "o.tif", model=model, uncertainty="u.tif")
        made.append(report("in.tif", "o.tif", uncertainty="u.tif").record)
    assert made[0].command == made[1].command and made[0].run != made[1].run
    with pytest.raises(RequestError, match="no run of rs-sr wrote both; give the file that uncertainty wrote"):
        report("in.tif", "o.tif", uncertainty="../a/u.tif")
    for path in ("o.tif", "u.tif"):  # as earlier versions wrote them
        with rasterio.open(path) as dataset:
            pixels, profile = dataset.read(), dataset.profile
        with rasterio.open(path, "w", **profile) as dataset:
            dataset.write(pixels)
            dataset.update_tags(RS_SR_COMMAND=made[1].command)
    assert report("in.tif", "o.tif", uncertainty="u.tif").doubt is not None


def test_tiles_agree_whatever_their_size(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 200, 150, "float32"))
    model = calibrated(tmp_path, bands=1)
    made = {}
    for tile in (128, 256):
        target, errors = tmp_path / f"o{tile}.tif", tmp_path / f"u{tile}.tif"
        rs_sr.super_resolve(source, target, model=str(model), tile=tile, halo="exact", uncertainty=str(errors))
        made[tile] = read(target), read(errors)
    assert made[128][0] == pytest.approx(made[256][0], abs=1e-3)
    assert made[128][1] == pytest.approx(made[256][1], abs=1e-3)


def test_bundled_networks_with_held_statistics_agree_too(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 140, 36, "uint8"))
    made = {}
    for tile in (128, 256):
        target = tmp_path / f"o{tile}.tif"
        rs_sr.super_resolve(source, target, model="lsffnet_x4", tile=tile, halo="exact", ensemble=True)
        made[tile] = read(target).astype(int)
    assert np.abs(made[128] - made[256]).max() <= 1


def test_nothing_is_left_of_either_file_when_a_run_ends_early(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make("in.tif", pattern(1, 60, 300, "uint8"))
    model = calibrated(tmp_path, bands=1)
    folder = tmp_path / "out"
    folder.mkdir()
    options: dict[str, Any] = {"model": str(model), "tile": 128, "uncertainty": str(folder / "u.tif")}
    hold = Hold(monkeypatch, through=1)
    with pytest.raises(Cancelled):
        rs_sr.super_resolve(source, folder / "o.tif", is_cancelled=hold.held.is_set, **options)
    hold.let()
    assert list(folder.iterdir()) == []


def test_a_broken_run_goes_on_with_its_errors(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make("in.tif", pattern(1, 60, 300, "uint8"))
    model = calibrated(tmp_path, bands=1)
    whole: dict[str, Any] = {"model": str(model), "tile": 128, "resume": True}
    rs_sr.super_resolve(source, tmp_path / "a.tif", uncertainty=str(tmp_path / "ua.tif"), **whole)
    journal = tmp_path / ".b.tif.rs-sr-resume"

    hold = Hold(monkeypatch, through=2)
    with pytest.raises(Cancelled):
        rs_sr.super_resolve(
            source, tmp_path / "b.tif", uncertainty=str(tmp_path / "ub.tif"), is_cancelled=hold.held.is_set, **whole
        )
    hold.let()
    assert list(journal.glob("tile-*.npz")) and not (tmp_path / "ub.tif").exists()
    with pytest.raises(TargetError, match="keeps tiles of another run"):
        rs_sr.super_resolve(source, tmp_path / "b.tif", ensemble=True, **whole)
    rs_sr.super_resolve(source, tmp_path / "b.tif", uncertainty=str(tmp_path / "ub.tif"), **whole)
    for one, other in (("a.tif", "b.tif"), ("ua.tif", "ub.tif")):
        assert (read(tmp_path / one) == read(tmp_path / other)).all()
    assert not journal.exists()


@pytest.mark.parametrize("earlier", [False, True])
def test_the_file_does_not_stay_where_the_result_cannot_be_put(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, earlier: bool
) -> None:
    source = make("in.tif", pattern(1, 40, 50, "uint8"))
    folder = tmp_path / "out"
    folder.mkdir()
    target, errors = folder / "o.tif", folder / "u.tif"
    if earlier:
        target.write_text("earlier")
        errors.write_text("doubt")
    before, move = {p: p.read_text() for p in folder.iterdir()}, os.replace if earlier else os.link

    def blocked(piece: Path, place: Path) -> None:
        if place == target and piece.name == "result.tif":
            raise PermissionError(13, "not now")
        move(piece, place)

    monkeypatch.setattr(f"rs_sr.raster.placing.os.{move.__name__}", blocked)
    monkeypatch.setattr(Path, "rename", blocked)
    with pytest.raises(TargetError, match=f"the folder {folder} cannot be written to"):
        rs_sr.super_resolve(
            source, target, model=str(calibrated(tmp_path, bands=1)), uncertainty=str(errors), overwrite=earlier
        )
    assert {p: p.read_text() for p in folder.iterdir()} == before


def test_a_killed_run_leaves_nothing_of_the_file_once_it_was_gone_on_with(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 60, 400, "uint8"))
    folder = tmp_path / "out"
    folder.mkdir()
    words = ["super-resolve", str(source), str(folder / "o.tif"), "--uncertainty", str(folder / "u.tif")]
    words += ["--model", str(calibrated(tmp_path, bands=1)), "--tile", "128", "--resume"]
    gate = Gate(tmp_path / "gate", through=2)
    with subprocess.Popen([sys.executable, "-m", "rs_sr", *words], env=os.environ | gate.environment) as run:
        until(lambda: gate.holds and list(folder.glob(".o.tif.*/tile-*.npz")), run)
        run.kill()
    assert len(list(folder.glob(".u.tif.rs-sr-resume"))) == 1
    assert cli.run(words) == 0
    assert sorted(p.name for p in folder.iterdir()) == ["o.tif", "u.tif"]


def test_what_cannot_be_is_refused_before_the_work(make: Make, tmp_path: Path, capsys: Any) -> None:
    source = make("in.tif", pattern(3, 40, 50, "uint8"))
    with pytest.raises(
        RequestError, match=r"need a trained network; bicubic has nothing to average.*choose a trained model"
    ):
        rs_sr.super_resolve(source, tmp_path / "o.tif", model="bicubic", ensemble=True)
    same = tmp_path / "o.tif"
    with pytest.raises(RequestError, match=r"uncertainty and the result are both .*o.tif; give two names"):
        rs_sr.super_resolve(source, same, model="plain_x2", uncertainty=str(same))
    with pytest.raises(TargetError, match="is the input itself"):
        rs_sr.super_resolve(source, same, model="plain_x2", uncertainty=str(source), overwrite=True)
    for name in ("u.vrt", "u.png"):
        with pytest.raises(
            RequestError, match=f"{name}' does not end in .tif; expected errors are written as a GeoTIFF"
        ):
            rs_sr.super_resolve(source, same, model="plain_x2", uncertainty=str(tmp_path / name))
    other = make("other.tif", pattern(3, 40, 50, "uint8"))
    words = ["super-resolve", str(source), str(other), "--out-dir", str(tmp_path / "d"), "--uncertainty", "u.tif"]
    assert cli.run(words) == 2
    assert "--uncertainty names one file, 2 rasters are given; run them one by one" in capsys.readouterr().err


def test_a_model_that_is_not_calibrated_says_so(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 40, 50, "uint8"))
    model = str(small_lkdn(tmp_path))
    result = rs_sr.super_resolve(source, tmp_path / "o.tif", model=model, uncertainty=str(tmp_path / "u.tif"))
    assert "small_x2 is not calibrated: the uncertainty is the plain spread of its eight looks" in result.plan.notes


def test_the_plan_counts_eight_runs_and_their_memory(make: Make, tmp_path: Path, capsys: Any) -> None:
    source = make("in.tif", pattern(3, 600, 600, "uint8"))
    plans = {}
    for flag in ("", "--ensemble"):
        words = ["super-resolve", str(source), str(tmp_path / "o.tif"), "--model", "plain_x2", "--dry-run"]
        assert cli.run(words + ([flag] if flag else [])) == 0
        plans[flag] = capsys.readouterr().out
    megabytes = [float(p.split("about ")[1].split(" MB")[0]) for p in plans.values()]
    assert megabytes[1] > megabytes[0] + 50


def test_the_report_shows_the_expected_error(make: Make, tmp_path: Path, capsys: Any) -> None:
    source = make("in.tif", pattern(3, 90, 100, "uint8"))
    out, errors = str(tmp_path / "o.tif"), str(tmp_path / "u.tif")
    words = ["super-resolve", str(source), out, "--model", "plain_x2", "--uncertainty", errors]
    assert cli.run(words) == 0 and f", expected errors in {errors}\n" in capsys.readouterr().out
    assert cli.run([*words, "--overwrite", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["uncertainty"] == errors
    page = tmp_path / "r.html"
    assert cli.run(["report", str(source), out, "--uncertainty", errors, "-o", str(page), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["uncertainty"]
    assert said["median"] == pytest.approx(np.nanmedian(read(Path(errors))), rel=0.1)
    assert said["median"] < said["p95"]
    assert "How far the model doubts" in page.read_text() and "most doubt" in page.read_text().lower()


@pytest.mark.parametrize(
    "name",
    ["lkdn_s_x2", "lkdn_s_x3", "lkdn_s_x4", "plain_x2", "plain_x3", "plain_x4", "lkdn_s_told_x2", "lkdn_s_told_x4"],
)
def test_bundled_weights_are_calibrated(name: str) -> None:
    calibration = rs_sr.load_model(name).card.calibration
    assert calibration is not None and 1 < calibration[0] < 10 and 0 < calibration[1] < 0.03
