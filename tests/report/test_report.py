"""The report: what it measures, where it looks, and a page that needs nothing from outside."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.warp import calculate_default_transform, reproject

import rs_sr
from rs_sr.doors import cli
from rs_sr.errors import RequestError
from rs_sr.pixels import kernels, metrics
from rs_sr.pixels.grid import Window
from rs_sr.pixels.scene import scene
from rs_sr.report.against import fixed_peak
from rs_sr.report.figures import VIRIDIS, ramp, three_colours, ticks
from rs_sr.report.flags import verdict
from rs_sr.report.measure import report
from rs_sr.trust.scene_checks import Check
from tests.benchmarks.scene_checks import compressed
from tests.conftest import Make, maker, pattern
from tests.facts import BAND

pytestmark = pytest.mark.filterwarnings("ignore::rs_sr.errors.RsSrWarning")


class Outside(HTMLParser):
    """Everything that a browser would fetch, and every tag that is left open."""

    VOID = ("meta", "img", "input", "br", "rect", "line", "circle", "polyline", "polygon", "image")

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        assert tag not in ("script", "link", "iframe", "object", "embed", "base")
        self.asked += [v or "" for k, v in attrs if k in ("src", "href", "srcset", "data", "action", "xlink:href")]
        self.asked += [v or "" for k, v in attrs if k == "style" and v and "url(" in v]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + " "


def page(path: Path) -> Outside:
    text = path.read_text(encoding="utf-8")
    bare = re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)
    assert len(bare) < 60_000 and not any(word in bare for word in ("@import", "url(", "http:", "https:", "//"))
    found = Outside()
    found.feed(text)
    assert found.open == [] and all(a.startswith("data:image/png;base64,") for a in found.asked)
    return found


def ground(make: Make, name: str, pixels: Any, gsd_m: float, **more: Any) -> Path:
    return make(name, pixels, transform=Affine(gsd_m, 0, 500000, 0, -gsd_m, 5400000), photometric="RGB", **more)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Truth at 0.5 m, input at 1 m and its result, of a made-up scene."""
    folder = tmp_path_factory.mktemp("pair")
    make = maker(folder)
    fine = scene(480)
    coarse = np.clip(np.floor(kernels.reduce(fine, 2) + 0.5), 0, 255).astype(np.uint8)
    truth, source = ground(make, "truth.tif", fine, 0.5), ground(make, "in.tif", coarse, 1.0)
    rs_sr.super_resolve(source, folder / "out.tif", model="lkdn_s_x2")
    return truth, source, folder / "out.tif"


def test_the_page_is_whole_and_asks_for_nothing_from_outside(
    pair: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth, source, result = (str(p) for p in pair)
    words = ["report", source, result, "-o", str(tmp_path / "a.html"), "--png", str(tmp_path / "pics")]
    assert cli.run([*words, "--reference", truth, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    found = page(tmp_path / "a.html")
    for heading in ("Where to look", "Does it agree", "Against the reference", "suit the model", "How it was made"):
        assert heading in found.text
    assert "240 x 240 pixels of 1 m of  in.tif  became 480 x 480 of 0.5 m, 2 times finer" in found.text
    assert "All of it was measured." in found.text and said["windows"] == said["of_windows"] == 1
    whys = " and ".join(p["why"] for p in said["places"])
    assert all(w in whys for w in ("detail", "added to bicubic", "least consistent", "hallucination"))
    assert len({(p["row"], p["col"]) for p in said["places"]}) == len(said["places"]) >= 3
    names = {p.name for p in (tmp_path / "pics").iterdir()}
    assert {"overview.png", "1-input.png", "1-bicubic.png", "1-result.png", "1-reference.png", "1-classes.png"} <= names
    assert cli.run(words) == 5 and "a.html exists; give another name or --overwrite" in capsys.readouterr().err
    words[4] = str(tmp_path / "b.html")
    assert cli.run(words) == 5 and "give another folder or --overwrite" in capsys.readouterr().err
    assert cli.run([*words[:-1], truth]) == 5 and "truth.tif is a file; give a folder" in capsys.readouterr().err
    assert not (tmp_path / "b.html").exists()
    assert cli.run([*words, "--overwrite"]) == 0


def test_the_headline_is_never_greener_than_the_worst_check() -> None:
    def of(*colours: str, scene: tuple[str, ...] = ()) -> tuple[str, str]:
        made = ([Check(f"check {c}", c, "") for c in some] for some in (colours, scene))  # type: ignore[arg-type]
        found = verdict(*made)
        return found.colour, found.text

    assert of("amber", "red", scene=("green", "green"))[0] == "red"
    assert of(scene=("green", "red", "amber")) == (
        "red", "The scene does not suit the model: trust no detail (check red)."
    )  # fmt: skip
    assert of(scene=("green", "amber"))[0] == "amber" and of("amber", scene=("green",))[0] == "amber"
    assert of(scene=("green", "grey")) == ("green", verdict([], [Check("a", "green", "")]).text)
    assert "still an estimate" in of(scene=("green",))[1] and of(scene=("grey",))[0] == "grey"


def test_a_red_check_stands_above_all_figures(pair: tuple[Path, Path, Path], make: Make, tmp_path: Path) -> None:
    truth, source, result = pair
    with rasterio.open(result) as dataset:
        turned = ground(make, "turned.tif", dataset.read()[:, ::-1, ::-1], 0.5)
    words = ["report", str(source), str(turned), "-o", str(tmp_path / "a.html"), "--reference", str(truth), "--quiet"]
    assert cli.run(words) == 0
    text = page(tmp_path / "a.html").text
    head = text.index("Do not use this result before this is cleared up (agreement")
    assert head < text.index("of the range: how far it is from its input")


def test_figures_are_in_units_and_in_per_cent_of_the_range(make: Make, tmp_path: Path) -> None:
    """A result that lies 20 above an input of the range 0 to 4000 has a bias of 0.5 per cent."""
    pixels = np.clip(scene(240).astype(np.uint16) * 12 + 300, 0, 4000)
    source = ground(make, "in.tif", pixels, 1.0)
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", scale=2, range=(0, 4000))
    with rasterio.open(tmp_path / "out.tif", "r+") as dataset:
        dataset.write(dataset.read() + np.uint16(20))
    found = report(str(source), str(tmp_path / "out.tif"))
    assert found.to_json()["value_range"] == [4000.0] * 3
    cli.run(["report", str(source), str(tmp_path / "out.tif"), "-o", str(tmp_path / "a.html"), "-q"])
    text = page(tmp_path / "a.html").text
    assert all(f"{bias:.3g} ({bias / 4000:.2%})" in text for bias in found.consistency["bias"])
    assert "in per cent of its value range (0 to 4000" in text


@pytest.mark.parametrize(
    ("dtype", "factor", "scale", "peak"),
    [
        ("uint8", 1, None, 255),
        ("uint16", 16, None, 10_000),
        ("uint16", 16, 0.0002, 5000),
        ("float32", 1 / 300, None, 1),
    ],
)
def test_psnr_has_a_peak_that_the_data_type_fixes(
    make: Make, tmp_path: Path, dtype: str, factor: float, scale: float | None, peak: float
) -> None:
    """The value range of one scene would be another's: PSNR of two reports would not compare."""
    fine = (scene(240) * factor).astype(dtype)
    truth, source = ground(make, "truth.tif", fine, 0.5), ground(make, "in.tif", fine[:, ::2, ::2], 1.0)
    if scale is not None:
        for path in (truth, source):
            with rasterio.open(path, "r+") as dataset:
                dataset.scales = [scale] * 3
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", scale=2)
    words = [
        "report",
        str(source),
        str(tmp_path / "out.tif"),
        "--reference",
        str(truth),
        "-o",
        str(tmp_path / "a.html"),
    ]
    assert cli.run([*words, "-q"]) == 0
    found = report(str(source), str(tmp_path / "out.tif"), reference=str(truth))
    assert found.against is not None and found.against.peak == pytest.approx(peak)
    assert f"PSNR has a peak of {peak:g} in the raster's values" in page(tmp_path / "a.html").text
    assert found.to_json()["reference"]["psnr_peak"] == pytest.approx(peak)
    if dtype == "uint16":  # half a peak is 6.02 dB less
        other = 10_000 if scale is not None else 5000
        assert fixed_peak(replace(BAND, dtype=dtype, scale=scale or 1.0)) == pytest.approx(peak) != other


def test_pictures_slide_and_enlarge(pair: tuple[Path, Path, Path], tmp_path: Path) -> None:
    _, source, result = pair
    assert cli.run(["report", str(source), str(result), "-o", str(tmp_path / "a.html"), "-q"]) == 0
    text = (tmp_path / "a.html").read_text("utf-8")
    places = text.count('class="slider"')
    assert places == text.count('<input type="range"') == text.count("slide to compare") >= 3
    assert text.count('class="shot"') == 2 * places  # bicubic, added to bicubic
    assert "prefers-color-scheme: dark" in text


def test_the_figures_against_a_reference_on_the_grid_are_those_of_the_metrics(pair: tuple[Path, Path, Path]) -> None:
    truth, source, result = pair
    found = report(str(source), str(result), reference=str(truth)).against
    assert found is not None and found.shares is not None
    with rasterio.open(truth) as a, rasterio.open(result) as b:
        want, got = a.read(), b.read()
    cut = (slice(None), slice(2, -2), slice(2, -2))
    assert found.figures["result"]["psnr"] == pytest.approx(metrics.psnr(got[cut], want[cut]), abs=0.05)
    assert found.figures["result"]["ssim"] == pytest.approx(metrics.ssim(got[cut], want[cut]), abs=2e-3)
    assert found.figures["result"]["ergas"] == pytest.approx(metrics.ergas(got[cut], want[cut], 2), rel=0.02)
    assert found.figures["result"]["psnr"] > found.figures["bicubic"]["psnr"] + 1
    assert np.abs(found.shift).max() < 0.02 and found.gain == pytest.approx([1, 1, 1], abs=0.01)
    assert sum(found.shares.values()) == pytest.approx(1)


def test_a_reference_of_another_radiometry_is_brought_to_the_result_s(
    pair: tuple[Path, Path, Path], make: Make
) -> None:
    truth, source, result = pair
    straight = report(str(source), str(result), reference=str(truth)).against
    with rasterio.open(truth) as dataset:
        other = ground(make, "reflectance.tif", (dataset.read() * 0.002 + 0.1).astype(np.float32), 0.5)
    found = report(str(source), str(result), reference=str(other)).against
    assert straight is not None and found is not None and found.gain == pytest.approx([0.002] * 3, rel=0.01)
    for name in ("bicubic", "result"):
        want, got = straight.figures[name], found.figures[name]
        assert [got[k] for k in ("psnr", "ssim", "sam_deg")] == pytest.approx(
            [want[k] for k in ("psnr", "ssim", "sam_deg")], rel=2e-3
        )
    with rasterio.open(other) as a, rasterio.open(result) as b:
        cut = (slice(None), slice(2, -2), slice(2, -2))
        ergas = metrics.ergas(b.read()[cut] * 0.002 + 0.1, a.read()[cut], 2)
    assert found.figures["result"]["ergas"] == pytest.approx(ergas, rel=0.02)
    assert straight.shares == pytest.approx(found.shares, abs=0.01)


def test_gaps_of_a_reference_leave_the_figures_of_the_rest(
    pair: tuple[Path, Path, Path], make: Make, tmp_path: Path
) -> None:
    truth, source, result = pair
    with rasterio.open(truth) as dataset:
        pixels = dataset.read().astype(np.float32)
    straight = report(str(source), str(result), reference=str(truth)).against
    pixels[:, 60:90, 50:80] = -1
    corner = ground(make, "corner.tif", pixels * 3, 0.5, nodata=-3)
    found = report(str(source), str(result), reference=str(corner)).against
    assert straight is not None and found is not None and found.gain == pytest.approx([3] * 3, rel=0.01)
    assert found.figures["result"]["psnr"] == pytest.approx(straight.figures["result"]["psnr"], abs=0.3)
    assert found.figures["result"]["ssim"] == pytest.approx(straight.figures["result"]["ssim"], abs=0.01)
    part = np.full_like(pixels, -1)
    part[:, 120:330, 150:360] = pixels[:, 120:330, 150:360]
    found = report(str(source), str(result), reference=str(ground(make, "part.tif", part, 0.5, nodata=-1))).against
    assert found is not None and found.shift == pytest.approx((0, 0), abs=0.01)
    with rasterio.open(result) as a, rasterio.open(truth) as b:
        at = (slice(None), slice(120, 330), slice(150, 360))
        assert found.figures["result"]["ssim"] == pytest.approx(metrics.ssim(a.read()[at], b.read()[at]), abs=2e-3)
    pixels[:, ::50, ::50] = -1
    sieve = ground(make, "sieve.tif", pixels * 3, 0.5, nodata=-3)
    words = ["report", str(source), str(result), "--reference", str(sieve), "-o", str(tmp_path / "a.html"), "-q"]
    assert cli.run(words) == 0
    text = page(tmp_path / "a.html").text
    assert "no window without gaps" in text and "nan" not in text
    assert "not moved, being too small, too flat or too full of gaps to see a shift," in text


def test_the_truth_as_a_result_is_all_improvement_and_bicubic_all_omission(
    pair: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    truth, source, _ = pair
    best = report(str(source), str(truth), reference=str(truth)).against
    rs_sr.super_resolve(source, tmp_path / "bicubic.tif", model="bicubic", scale=2)
    plain = report(str(source), str(tmp_path / "bicubic.tif"), reference=str(truth)).against
    assert best is not None and best.shares is not None and best.shares["improvement"] > 0.99
    assert plain is not None and plain.shares is not None and plain.shares["omission"] > 0.99


def test_a_reference_of_another_crs_and_resolution_is_warped_to_the_result(
    pair: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    truth, source, result = pair
    straight = report(str(source), str(result), reference=str(truth)).against
    with rasterio.open(truth) as a:
        there, width, height = calculate_default_transform(a.crs, "EPSG:4326", a.width, a.height, *a.bounds)
        there, width, height = there @ Affine.scale(0.5), width * 2, height * 2
        with rasterio.open(
            tmp_path / "far.tif", "w", driver="GTiff", count=3, dtype="uint8", crs="EPSG:4326", transform=there,
            width=width, height=height,
        ) as b:  # fmt: skip
            for band in (1, 2, 3):
                reproject(rasterio.band(a, band), rasterio.band(b, band), resampling=rasterio.warp.Resampling.cubic)
    warped = report(str(source), str(result), reference=str(tmp_path / "far.tif")).against
    assert straight is not None and warped is not None
    assert warped.figures["result"]["psnr"] == pytest.approx(straight.figures["result"]["psnr"], abs=2)
    assert warped.figures["result"]["psnr"] > warped.figures["bicubic"]["psnr"] + 1
    assert np.abs(warped.shift).max() < 0.1


def test_a_reference_that_cannot_judge_is_refused(pair: tuple[Path, Path, Path], make: Make) -> None:
    truth, source, result = pair
    with rasterio.open(truth) as dataset:
        pixels = dataset.read()
    elsewhere = ground(make, "zone34.tif", pixels, 0.5, crs="EPSG:32634")
    with pytest.raises(RequestError, match=r"zone34.tif' does not cover the sampled windows, or has gaps all over"):
        report(str(source), str(result), reference=str(elsewhere))
    nameless = ground(make, "nameless.tif", pixels, 0.5, crs=None)
    assert report(str(source), str(result), reference=str(nameless)).against is not None
    part = ground(make, "part.tif", pixels[:, :400], 0.5, crs=None)
    with pytest.raises(RequestError, match=r"part.tif' is not on the result's grid, and one of them has no place"):
        report(str(source), str(result), reference=str(part))
    coarse = ground(make, "coarse.tif", pixels[:, ::2, ::2], 1.0)
    with pytest.raises(RequestError, match=r"pixels of 1 m, those of the input are 1 m: it is not finer, and cannot"):
        report(str(source), str(result), reference=str(coarse))


def test_a_result_that_is_off_is_flagged_and_no_cure_promised(
    pair: tuple[Path, Path, Path], make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, source, result = pair
    with rasterio.open(result) as dataset:
        pixels, tags = dataset.read(), dataset.tags()

    def of(name: str, made: Any) -> tuple[list[tuple[str, str]], str]:
        path = ground(make, name, made, 0.5)
        with rasterio.open(path, "r+") as dataset:
            dataset.update_tags(**tags)
        words = ["report", str(source), str(path), "-o", str(tmp_path / "a.html"), "--overwrite"]
        assert cli.run(words) == 0
        return [(f.name, f.colour) for f in report(str(source), str(path)).flags], page(tmp_path / "a.html").text

    cure = "which would take most of these differences away"
    flags, text = of("same.tif", pixels)
    assert flags == [] and cure in text and "by antialiased bicubic, as the model was trained, and" in text
    assert capsys.readouterr().err == ""
    flags, text = of("moved.tif", np.roll(pixels, 1, axis=2))
    assert ("shift", "red") in flags and cure not in text and "0.50 input pixels beside its input" in text
    assert "warning: the result lies 0.50 input pixels beside" in capsys.readouterr().err
    flags, text = of("turned.tif", pixels[:, ::-1, ::-1])
    assert ("agreement", "red") in flags and cure not in text and "is of another raster, band or place" in text
    flags, text = of("brighter.tif", np.minimum(pixels, 235) + np.uint8(20))
    assert cure not in text and "elsewhere" not in text
    bright = np.minimum(pixels.astype(int) + 120, 255).astype(np.uint8)
    text = of("clipped.tif", bright)[1]
    assert "clipped bias elsewhere mean error elsewhere 99th percentile" in text
    held = report(str(source), str(tmp_path / "clipped.tif")).consistency["unclipped"]
    assert all(
        f"{bias:.3g} ({bias / 255:.2%}) {mean:.3g} (" in text
        for bias, mean in zip(held["bias"], held["mean_error"], strict=True)
    )
    tags["RS_SR_MODEL_SHA256"] = "another"
    text = of("another.tif", pixels)[1]
    assert "as the model was trained" not in text and "a guess" not in text
    tags.clear()
    assert "by the area mean (a guess: nothing tells how its model was trained), and" in of("bare.tif", pixels)[1]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("OPTIONS", '{"scale": 2'),
        ("OPTIONS", '{"nodata": "none0"}'),
        ("OPTIONS", '{"window": [0, 0, 0, 5]}'),
        ("OPTIONS", '{"oo": ["NUM_THREADS"]}'),
        ("OPTIONS", '["scale"]'),
        ("OPTIONS", '{"colour": "red"}'),
        ("CONSISTENCY", '{"degradation": "bic'),
        ("CONSISTENCY", '{"degradation": "mtf nan"}'),
        ("CONSISTENCY", '{"degradation": ["area"]}'),
        ("CONSISTENCY", "[" * 100_000),
        ("VALUE_MAP", '{"lo": [0, 0'),
        ("VALUE_MAP", f'{{"lo": [0], "hi": [1{"0" * 400}], "fill": [0], "rule": ""}}'),
        ("VALUE_MAP", '{"lo": [-1e308], "hi": [1e308], "fill": [0], "rule": ""}'),
        ("STATISTICS", "[" + "1, " * 300 + "1]"),
    ],
)
def test_a_damaged_record_counts_as_missing(
    pair: tuple[Path, Path, Path], tmp_path: Path, key: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, source, result = pair
    shutil.copy(result, tmp_path / "out.tif")
    with rasterio.open(tmp_path / "out.tif", "r+") as dataset:
        dataset.update_tags(**{f"RS_SR_{key}": text})
    words = ["report", str(source), str(tmp_path / "out.tif"), "-o", str(tmp_path / "a.html")]
    assert cli.run(words) == 0
    said = f"is damaged and counts as missing there: {key.lower().replace('_', ' ')}"
    warned = key != "STATISTICS"  # of which the report takes nothing
    assert (said in page(tmp_path / "a.html").text) == (said in capsys.readouterr().err) == warned


def test_a_result_that_was_changed_since_its_run_is_caught_by_what_the_run_measured(
    pair: tuple[Path, Path, Path], make: Make
) -> None:
    _, source, result = pair
    with rasterio.open(result) as dataset:
        pixels, tags = dataset.read(), dataset.tags()

    def of(name: str, made: Any, keep: bool = True, **more: Any) -> dict[str, str]:
        path = ground(make, name, made, 0.5, **more)
        with rasterio.open(path, "r+") as dataset:
            dataset.update_tags(**tags if keep else {})
        return {f.name: f.text for f in report(str(source), str(path)).flags if f.colour != "green"}

    brighter = np.clip(np.round(pixels * 1.02), 0, 255).astype(np.uint8)
    assert "a bias of +" in of("scaled.tif", brighter)["record"]
    honest = {key: tags[key] for key in tags}
    tags["RS_SR_CONSISTENCY"] = json.dumps(
        json.loads(tags["RS_SR_CONSISTENCY"]) | {"unclipped": None, "mean_error": [3.0] * 3}
    )
    assert "a bias of +" in of("scaled2.tif", brighter)["record"]  # of a run that was far off itself
    tags.update(honest)
    assert "above its input on average" in of("bare.tif", brighter, keep=False)["bias"]
    assert (
        "spectra that are off by" in of("swapped.tif", pixels[[1, 0, 2]])["record"]
        or "bias" in of("swapped2.tif", pixels[[1, 0, 2]])["record"]
    )
    patched = pixels.copy()
    patched[:, 200:300, 200:300] = pixels[:, 300:400, 100:200]
    assert "where the run measured" in of("patched.tif", patched)["record"]
    lost = pixels.copy()
    lost[:, :, :240] = 0
    assert "50.0% of the input's pixels with data have none" in of("lost.tif", lost, nodata=0)["lost data"]
    assert of("zone.tif", pixels, crs="EPSG:32634") == {"CRS": "the result has another CRS than its input"}


def test_filled_gaps_and_flat_scenes_are_caught_and_quiet_ones_are_not_accused(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 200, 200, "uint8") // 2 + 60
    pixels[:, 50:100, 50:150] = 0
    source = make("gaps.tif", pixels, nodata=0)
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", scale=2)
    assert report(str(source), str(tmp_path / "out.tif")).flags == ()
    with rasterio.open(tmp_path / "out.tif", "r+") as dataset:
        made = dataset.read()
        dataset.write(np.where(made == 0, 99, made).astype(np.uint8))
    assert {f.name for f in report(str(source), str(tmp_path / "out.tif")).flags} == {"made-up data"}

    flat = make("flat.tif", np.full((1, 100, 100), 90, np.uint8))
    wrong = make("wrong.tif", np.full((1, 200, 200), 200, np.uint8), transform=Affine(0.5, 0, 500000, 0, -0.5, 5400000))
    with rasterio.open(flat) as a, rasterio.open(wrong, "r+") as b:
        b.transform = a.transform @ Affine.scale(0.5)
    (flag,) = report(str(flat), str(wrong)).flags
    assert (flag.name, flag.colour) == ("agreement", "red") and "by more than ten times what" in flag.text
    dark = np.full((1, 200, 200), 12, np.uint8)
    dark[:, ::3, ::5] = 13  # water: it varies by less than a step
    source = make("dark.tif", dark)
    rs_sr.super_resolve(source, tmp_path / "dark2.tif", model="plain_1band_x2")
    assert report(str(source), str(tmp_path / "dark2.tif")).flags == ()


def test_one_mask_for_all_bands_makes_no_data_up(make: Make, tmp_path: Path) -> None:
    pixels = pattern(3, 60, 60, "uint8")
    pixels[0, 20:30] = 0  # nodata of one band alone
    source = make("in.tif", pixels, nodata=0)
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", compress="jpeg", quality=95)
    assert not {"made-up data", "lost data"} & {f.name for f in report(source, tmp_path / "out.tif").flags}


def test_a_reference_of_something_else_is_flagged(pair: tuple[Path, Path, Path], make: Make) -> None:
    truth, source, result = pair
    with rasterio.open(truth) as dataset:
        pixels = dataset.read()

    def of(name: str, made: Any, gsd_m: float = 0.5) -> dict[str, str]:
        found = report(str(source), str(result), reference=str(ground(make, name, made, gsd_m)))
        assert found.against is not None
        return {f.name: f.colour for f in found.flags} | {"covered": f"{found.against.covered:.0%}"}

    assert of("right.tif", pixels) == {"covered": "100%"}
    noise = np.random.default_rng(0).integers(0, 255, pixels.shape, np.uint8)
    for name, other in (("negative", 255 - pixels), ("noise", noise), ("one", np.full_like(pixels, 7))):
        assert of(f"{name}.tif", other)["reference"] == "red", name
    assert of("half.tif", pixels[:, :240]) == {"covered": "50%"}
    assert of("coarse.tif", pixels[:, ::3, ::3][:, :, :160], 0.75).keys() >= {"reference's pixels"}
    four = of("four.tif", np.concatenate([pixels, pixels[:1]]))
    assert four == {"reference's bands": "amber", "covered": "100%"}


def test_the_scene_is_judged_band_by_band_and_through_raw_values_too(make: Make, tmp_path: Path) -> None:
    pixels = np.concatenate([pattern(1, 200, 220, "uint16") // 8, np.full((1, 200, 220), 7, np.uint16)])
    pixels[1, :120] = pattern(1, 120, 220, "uint16") // 5
    source = make("in.tif", pixels)
    for model in ("nearest", "plain_1band_x2"):
        out = tmp_path / f"{model}.tif"
        rs_sr.super_resolve(source, out, model=model, scale=2)
        found = {c.name: c.text for c in report(str(source), str(out)).checks}
        assert found["clipping"].startswith("40% of band 2 is at its smallest value, 7: what was clipped there")
        assert "range" not in found and float(found["noise"].split("about ")[1].split("%")[0]) < 20


def test_a_part_of_a_raster_without_a_place_lies_where_its_command_says(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(1, 90, 100, "uint8"), crs=None, transform=None)
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="nearest", scale=2, window=(20, 30, 60, 50))
    found = report(str(source), str(tmp_path / "out.tif"))
    assert found.placement.part == Window(row=30, col=20, height=50, width=60)
    assert found.consistency["mean_error"] == [0]
    small = make("small.tif", pattern(1, 60, 60, "uint8"), crs=None, transform=None)
    with pytest.raises(RequestError, match=r"out.tif is not a result of"):
        report(str(small), str(tmp_path / "out.tif"))


def test_a_part_of_some_bands_is_laid_on_its_input_by_its_transform(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(4, 150, 180, "uint16"), nodata=0)
    options = {"bands": ("4", "2"), "window": (20, 30, 100, 90), "consistent": True}
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="plain_1band_x2", **options)
    found = report(str(source), str(tmp_path / "out.tif"))
    assert found.placement.part == Window(row=30, col=20, height=90, width=100) and found.placement.scale == 2
    assert found.bands == ("band 4", "band 2") and max(found.consistency["mean_error"]) < 5e-3 * 65535
    assert "--consistent" in found.record.command


def test_gaps_and_rasters_without_a_place_are_no_trouble(make: Make, tmp_path: Path) -> None:
    pixels = pattern(1, 90, 100, "float32")
    pixels[:, 20:60, 30:70] = np.nan
    source = make("in.tif", pixels, nodata=float("nan"), crs=None, transform=None)
    rs_sr.super_resolve(source, tmp_path / "out.tif", model="bicubic", scale=3)
    assert cli.run(["report", str(source), str(tmp_path / "out.tif"), "-o", str(tmp_path / "a.html"), "-q"]) == 0
    text = page(tmp_path / "a.html").text
    assert "full of gaps to judge its sharpness" in text and "too flat or too full of gaps to see a shift." in text
    empty = make("empty.tif", np.zeros((3, 70, 70), np.uint8), nodata=0)
    rs_sr.super_resolve(empty, tmp_path / "e.tif", model="bicubic", scale=2)
    assert cli.run(["report", str(empty), str(tmp_path / "e.tif"), "-o", str(tmp_path / "e.html"), "-q"]) == 0
    text = page(tmp_path / "e.html").text
    assert "gaps, red" in text and "100% of this raster has no data" in text


def test_what_is_no_result_of_the_input_is_refused(make: Make, tmp_path: Path) -> None:
    a = make("a.tif", pattern(3, 40, 50, "uint8"))
    moved = make("b.tif", pattern(3, 80, 100, "uint8"), transform=Affine(5, 0, 500003, 0, -5, 5400000))
    with pytest.raises(RequestError, match=r"b.tif is not a result of .*a.tif: its grid is not the input's"):
        report(str(a), str(moved))
    plain = make("c.tif", pattern(3, 70, 100, "uint8"), crs=None, transform=None)
    with pytest.raises(RequestError, match="without georeference the sizes must be multiples"):
        report(str(a), str(plain))
    rs_sr.super_resolve(a, tmp_path / "out.tif", model="bicubic", scale=2)
    few = make("few.tif", pattern(1, 80, 100, "uint8"))
    with pytest.raises(RequestError, match=r"few.tif' has 1 band, the result 3; give one with the same bands"):
        report(str(a), str(tmp_path / "out.tif"), reference=str(few))
    far = make("far.tif", pattern(3, 80, 100, "uint8"), transform=Affine(5, 0, 900000, 0, -5, 5400000))
    with pytest.raises(RequestError, match="does not cover the sampled windows, or has gaps all over"):
        report(str(a), str(tmp_path / "out.tif"), reference=str(far))
    with pytest.raises(RequestError, match=r"a.tif is not the uncertainty of .*out.tif: another size"):
        report(str(a), str(tmp_path / "out.tif"), uncertainty=str(a))
    foreign = make("foreign.tif", np.ones((3, 80, 100), np.float32))
    with pytest.raises(RequestError, match=r"foreign.tif is not the uncertainty of .*: no run of rs-sr wrote both"):
        report(str(a), str(tmp_path / "out.tif"), uncertainty=str(foreign))
    with pytest.raises(RequestError, match="no run of rs-sr wrote both; give the file that uncertainty wrote"):
        report(str(a), str(tmp_path / "out.tif"), uncertainty=str(tmp_path / "out.tif"))


def test_a_large_raster_is_sampled_and_says_so(tmp_path: Path) -> None:
    profile = dict(driver="GTiff", count=1, dtype="uint8", SPARSE_OK=True, tiled=True, crs="EPSG:32633")
    for name, side, gsd in (("in.tif", 5000, 2.0), ("out.tif", 10000, 1.0)):
        place = Affine(gsd, 0, 5e5, 0, -gsd, 5e6)
        with rasterio.open(tmp_path / name, "w", width=side, height=side, transform=place, **profile):
            pass
    found = report(str(tmp_path / "in.tif"), str(tmp_path / "out.tif"))
    assert len(found.windows) == 36 and found.of_windows == 400 and found.overview is None
    assert cli.run(["report", str(tmp_path / "in.tif"), str(tmp_path / "out.tif"), "-o", str(tmp_path / "a.html")]) == 0
    assert "Measured on 36 windows of 400, evenly spread where there is data: 9" in page(tmp_path / "a.html").text
    corners = [(0, 0), (2000, 3000), (4600, 4600)]
    for name, scale in (("in.tif", 1), ("out.tif", 2)):
        with rasterio.open(tmp_path / name, "r+") as dataset:
            for row, col in corners:
                at = rasterio.windows.Window(scale * col, scale * row, scale * 300, scale * 300)
                dataset.write(pattern(1, 300, 300, "uint8").repeat(scale, 1).repeat(scale, 2), window=at)
    found = report(str(tmp_path / "in.tif"), str(tmp_path / "out.tif"))
    places = [Window(row=row, col=col, height=300, width=300) for row, col in corners]
    assert all(any(not w.cut(p).empty for w in found.windows) for p in places)
    assert all(any(not w.cut(p).empty for p in places) for w in found.windows) and len(found.windows) <= 36


def test_ramps_and_ticks() -> None:
    colours = ramp(np.array([[0.0, 1.0, np.nan, -5.0]]), 0, 1)
    hexes = ["".join(f"{v:02x}" for v in c) for c in colours[0]]
    assert hexes == [VIRIDIS[0], VIRIDIS[-1], "ffffff", VIRIDIS[0]]
    assert three_colours(np.array([[-1, 0, 2]])).tolist()[0] == [[247] * 3, [46, 139, 87], [209, 73, 91]]
    assert ticks(0, 1) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert ticks(-3, 4) == [-2, 0, 2, 4] and ticks(0.01, 100, log=True) == pytest.approx([0.01, 0.1, 1, 10, 100])


def test_a_report_says_of_compression_what_a_run_says(make: Make, tmp_path: Path) -> None:
    texture = np.random.default_rng(1).normal(0, 6, (3, 256, 256))
    pixels = np.clip(np.rint(scene(256)[:3] + texture), 0, 255).astype(np.uint8)
    source, result = make("in.tif", compressed(pixels, 80), photometric="RGB"), tmp_path / "out.tif"
    run = rs_sr.super_resolve(source, result, model="plain_x2")
    words = "this raster went through JPEG of quality 80: what that took away stays lost"
    assert words in [str(w) for w in run.warnings]
    assert words in [c.text for c in report(str(source), str(result)).checks]
