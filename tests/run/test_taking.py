"""How a scene was taken, as a network is told it: by what rule, and through the whole of a run."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import rs_sr
from rs_sr import sensors
from rs_sr.doors.info import examine
from rs_sr.errors import RequestError, SensorWarning
from rs_sr.models.card import ModelCard
from rs_sr.models.store import read_card
from rs_sr.options import Options
from rs_sr.record import Record
from rs_sr.run import taking
from rs_sr.sensors import CAUTIOUS, Numbers, Sensor
from rs_sr.sensors.measured import Measured
from rs_sr.trust import agreement
from tests.conftest import Make, pattern, small_lkdn, told_lkdn
from tests.facts import facts

LEANING = Numbers(0.22, 0.28, 0.62, 0.71, 0.001)  # the sharp side, with half of the noise
SOFT = Measured("scene", Numbers(0.2, 0.25, 0.6, 0.7, 0.002), 4.0, (0.02, 0.03), 5, sharp=LEANING)
LIKELY = replace(SOFT, why="too few clear edges")
UNSURE = replace(SOFT, why="it has no sharp edges", likely=False)
SHARP = replace(UNSURE, sharp=Numbers(1.02, 1.03, 1.2, 0.9, 0.002))
SENTINEL2 = sensors.find("sentinel2").numbers
assert SENTINEL2 is not None


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    return read_card(told_lkdn(tmp_path_factory.mktemp("told")))


def told(card: ModelCard, seen: Measured, *, blocking: float = 0.0, platform: str = "", **options: Any) -> Numbers:
    known = taking.taken(Options(**options), facts(platform=platform, gsd_m=1.0), card)
    assert known is not None
    numbers, words, _ = taking.settled(known, seen, 2000.0, blocking)
    assert words.startswith(f"the network is told {numbers} (")
    return numbers


RULES: list[tuple[dict[str, Any], Measured, Numbers]] = [
    ({}, SOFT, LEANING),
    ({}, LIKELY, LEANING._replace(noise=0.005)),
    ({}, replace(LIKELY, numbers=SOFT.numbers._replace(noise=0.016)), LEANING._replace(noise=0.008)),
    ({}, UNSURE, CAUTIOUS),
    ({}, replace(UNSURE, numbers=SOFT.numbers._replace(noise=0.016)), CAUTIOUS._replace(noise=0.008)),
    ({}, SHARP, Numbers(1.02, 1.03, 1.2, 1.07, 0.005)),  # the sharper of what it looks like and the cautious
    ({"sensor": "measure"}, SOFT, LEANING),
    ({"sensor": "none"}, SOFT, CAUTIOUS),
    ({"sensor": "sentinel2"}, SOFT, SENTINEL2),
    ({"sensor": "landsat5"}, SOFT, LEANING),  # whose blur nobody published
    ({"sensor": "landsat5"}, UNSURE, LEANING._replace(noise=0.005)),
    ({"sensor": "measure"}, UNSURE, LEANING._replace(noise=0.005)),
    ({"platform": "Sentinel-2B"}, UNSURE, SENTINEL2),
    ({"platform": "Sentinel-2B", "sensor": "none"}, SOFT, CAUTIOUS),
    ({"platform": "Sentinel-2B", "blur": (0.3, 0.4)}, SOFT, sensors.gaussian((0.3, 0.4), noise=0.001)),
    ({"blur": (0.3, 0.4), "noise": 20}, SOFT, sensors.gaussian((0.3, 0.4), noise=0.01)),
    ({"sensor": "sentinel2", "noise": 0}, SOFT, SENTINEL2._replace(noise=0.0001)),
    ({"noise": 1e6}, SOFT, LEANING._replace(noise=0.02)),
    ({"blocking": 0.5}, SOFT, LEANING._replace(jpeg=0.5)),
    ({"sensor": "aerial", "blocking": 0.9}, SOFT, Numbers(0.64, 0.64, 0.9, 0.9, 0.005, 0.25)),
]


@pytest.mark.parametrize(("given", "seen", "numbers"), RULES)
def test_what_is_told_by_rule(given: dict[str, Any], seen: Measured, numbers: Numbers, card: ModelCard) -> None:
    assert told(card, seen, **given) == pytest.approx(numbers)


def test_what_metadata_name_is_told_no_softer_than_the_scene_surely_is(card: ModelCard) -> None:
    sharp = replace(SOFT, sharp=Numbers(0.62, 0.1, 0.9, 0.5, 0.002))
    found = told(card, sharp, platform="Sentinel-2A")
    assert found[:4] == pytest.approx((0.62, SENTINEL2.nyquist_x, 0.9, SENTINEL2.half_x))
    assert found.noise == SENTINEL2.noise
    assert told(card, sharp, sensor="sentinel2") == SENTINEL2  # the user's word counts
    assert told(card, replace(sharp, why="clouds"), platform="Sentinel-2A") == SENTINEL2


@pytest.mark.parametrize(("seen", "warns"), [(UNSURE, True), (SHARP, False), (SOFT, False), (LIKELY, False)])
def test_a_scene_that_looks_soft_and_is_told_cautiously_says_what_else_to_try(
    card: ModelCard, seen: Measured, warns: bool
) -> None:
    known = taking.taken(Options(), facts(gsd_m=1.0), card)
    assert known is not None
    warned = taking.settled(known, seen, 2000.0, 0.0)[2]
    assert ["removes more" in str(w) for w in warned] == [True] * warns


@pytest.mark.parametrize(
    ("nyquist", "why", "warns"),
    [((0.5, 0.3), "", True), ((0.3, 0.5), "", True), ((0.39, 0.39), "", False), ((0.9, 0.9), "few edges", False)],
)
def test_a_scene_that_is_surely_sharper_than_what_is_asked_is_told(
    card: ModelCard, nyquist: tuple[float, float], why: str, warns: bool
) -> None:
    seen = replace(SOFT, numbers=Numbers(*nyquist, 0.8, 0.8, 0.002), why=why)
    known = taking.taken(Options(blur=(0.3, 0.3)), facts(gsd_m=1.0), card)
    assert known is not None
    numbers, _, warned = taking.settled(known, seen, 2000.0, 0.0)
    assert numbers.nyquist == (0.3, 0.3), "the user's word counts"
    assert ["looks sharper than the network is told" in str(w) for w in warned] == [True] * warns


@pytest.mark.parametrize("options", [{"sensor": "naip"}, {"blur": (0.3, 0.3)}, {"noise": 2.0}, {"sensor": "measure"}])
def test_a_model_that_cannot_be_told_is_told_nothing(options: dict[str, Any], tmp_path: Path) -> None:
    other = read_card(small_lkdn(tmp_path))
    assert taking.taken(Options(), facts(), other) is None
    assert taking.taken(Options(sensor="none"), facts(), other) is None
    with pytest.raises(RequestError, match=f"cannot be told .* leave {next(iter(options))} out"):
        taking.taken(Options(**options), facts(), other)


def test_a_sensor_s_file_is_taken(card: ModelCard, tmp_path: Path) -> None:
    file = tmp_path / "my drone.json"
    file.write_text(Sensor(name="x", title="my drone", nyquist=(0.4, 0.3), noise=0.01, sources={}).to_json())
    assert told(card, SOFT, sensor=str(file)) == sensors.gaussian((0.4, 0.3), noise=0.01)
    with pytest.raises(RequestError, match="sensor nothing is unknown"):
        told(card, SOFT, sensor="nothing")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"noise": -1}, "is not a valid standard deviation"),
    ({"noise": float("nan")}, "is not a valid standard deviation"),
    ({"sensor": "naip", "blur": (0.3, 0.3)}, "sensor and blur both say"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_options_that_say_nothing_sound_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Options(**options)
    assert words in caught.value.problem


@pytest.fixture
def scene(make: Make) -> Path:
    return make("scene.tif", pattern(3, 70, 80, "uint8"), photometric="RGB")


def made(source: Path, target: Path, **options: Any) -> tuple[Any, Record]:
    rs_sr.super_resolve(source, target, window=(0, 0, 40, 40), overwrite=True, **options)
    with rasterio.open(target) as result:
        return result.read(), Record.of(result.tags())


def test_a_run_tells_its_network_and_says_so(scene: Path, tmp_path: Path) -> None:
    model = str(told_lkdn(tmp_path))
    soft, record = made(scene, tmp_path / "a.tif", model=model, blur=(0.2, 0.3), noise=2.55)
    assert record.told == pytest.approx(sensors.gaussian((0.2, 0.3), noise=0.01))
    assert record.consistency is not None and record.consistency["degradation"] == "told"
    assert np.ravel(record.degradation) == pytest.approx([0.2, 0, 0.3, 0], abs=0.01)
    assert examine(str(scene), model=model, sensor="none").to_json()["told"] == (
        f"the network is told {CAUTIOUS} (the cautious numbers, as --sensor=none asks)"
    )
    usual, other = made(scene, tmp_path / "b.tif", model=model, sensor="none")
    assert other.told == CAUTIOUS and (soft != usual).any()
    again, record = made(scene, tmp_path / "c.tif", model=model, like=str(tmp_path / "a.tif"))
    assert record.told == pytest.approx(sensors.gaussian((0.2, 0.3), noise=0.01)) and (again == soft).all()
    _, record = made(scene, tmp_path / "d.tif", model="bicubic", like=str(tmp_path / "a.tif"))
    assert record.told is None and "RS_SR_TOLD" not in rasterio.open(tmp_path / "d.tif").tags()


def test_consistent_puts_back_what_the_told_noise_does_not_explain(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, asked = str(told_lkdn(tmp_path)), {"blur": (0.3, 0.3), "noise": 2.55}

    def off(name: str, **options: Any) -> float:
        _, record = made(scene, tmp_path / name, model=model, **asked, **options)
        assert record.consistency is not None
        assert record.consistency["corrected"] == bool(options)
        return float(np.mean(record.consistency["mean_error"]))

    usual = off("a.tif")
    assert off("b.tif", consistent=True) < 0.8 * usual
    known = []
    monkeypatch.setattr(agreement, "strength", lambda *numbers: known.append(numbers) or 0.5)
    assert off("b.tif", consistent=True) < usual
    ((misfit, count, noise),) = known
    assert (
        misfit > 0
        and count == 3 * (70 - 2 * agreement.REACH) * (80 - 2 * agreement.REACH)
        and noise == pytest.approx(0.01)
    )


def test_arrays_are_told_the_same(scene: Path, tmp_path: Path) -> None:
    rioxarray = pytest.importorskip("rioxarray")
    model = str(told_lkdn(tmp_path))
    rs_sr.super_resolve(scene, tmp_path / "a.tif", model=model, blur=(0.2, 0.3))
    array = rs_sr.super_resolve_array(rioxarray.open_rasterio(scene), model=model, blur=(0.2, 0.3))
    with rasterio.open(tmp_path / "a.tif") as result:
        np.testing.assert_array_equal(array.values, result.read())
        assert array.attrs["RS_SR_TOLD"] == result.tags()["RS_SR_TOLD"]


def test_a_broken_run_does_not_go_on_with_other_numbers(scene: Path, tmp_path: Path) -> None:
    from rs_sr.raster.source import gdal_environment, open_source
    from rs_sr.run.pipeline import make_plan

    model = str(told_lkdn(tmp_path))

    def shaped(**options: Any) -> dict[str, str]:
        chosen = Options(model=model, **options)
        with gdal_environment(), open_source(str(scene), chosen) as source:
            return make_plan(source, str(tmp_path / "o.tif"), chosen).shaped_by()

    usual = shaped()
    assert shaped(sensor="naip") != usual != shaped(blur=(0.3, 0.3)) != shaped(blur=(0.3, 0.4))
    assert shaped(noise=3.0) != usual and shaped() == usual


def command(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    from rs_sr.doors import cli

    code = cli.run(["super-resolve", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_plan_says_what_is_known_before_a_pixel_is_read(
    scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = (scene, tmp_path / "o.tif", "--model", told_lkdn(tmp_path), "--dry-run")
    _, out, _ = command(capsys, *run, "--sensor", "naip")
    assert "cautious numbers where it shows nothing (the blur of NAIP, aerial images" in out
    _, out, _ = command(capsys, *run, "--sensor", "sentinel2")
    assert f"told how the scene was taken: {SENTINEL2} (Sentinel-2" in out
    earlier = tmp_path / "a.tif"
    _, record = made(scene, earlier, model=str(told_lkdn(tmp_path)), blur=(0.2, 0.3))
    _, out, _ = command(capsys, *run, "--like", earlier)
    assert f"told how the scene was taken: {record.told} (as in --like)" in out
    code, _, err = command(capsys, *run, "--like", scene)
    assert code == RequestError.exit_code and "scene.tif tells nothing to --like: it has no value map" in err
    code, _, err = command(capsys, *run, "--like", earlier, "--bands", "1,2")
    assert code == RequestError.exit_code and "--like has a value map for 3 bands, this run has 2" in err


def test_what_is_asked_comes_before_an_earlier_result(scene: Path, tmp_path: Path) -> None:
    model = str(told_lkdn(tmp_path))
    _, first = made(scene, tmp_path / "a.tif", model=model, blur=(0.2, 0.3))
    _, second = made(scene, tmp_path / "b.tif", model=model, blur=(0.5, 0.5), like=str(tmp_path / "a.tif"))
    assert second.told == sensors.gaussian((0.5, 0.5), noise=second.told.noise) and first.told != second.told
    assert second.value_map == first.value_map


def test_a_run_says_what_it_told_and_why(scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = (scene, tmp_path / "o.tif", "--model", told_lkdn(tmp_path), "--overwrite")
    _, _, err = command(capsys, *run)
    assert "the network is told a transfer of" in err
    assert "(the cautious numbers, since the blur cannot be measured" in err
    assert "warning: the blur" not in err
    _, _, err = command(capsys, *run, "--sensor", "measure")
    assert "warning: the blur of this scene cannot be measured for certain" in err
    assert "give --blur, or a finer raster to `rs-sr sensors measure`" in err
    _, _, err = command(capsys, *run, "--sensor", "measure", "--accept", "sensor")
    assert "warning: the blur" not in err
    _, out, _ = command(capsys, *run, "--blur", "0.2", "0.3", "--json")
    assert json.loads(out)["told"].endswith("(--blur)")
    _, _, err = command(capsys, *run[:2], "--model", "bicubic", "--overwrite")
    assert "the network is told" not in err
    result = rs_sr.super_resolve(scene, tmp_path / "p.tif", model=told_lkdn(tmp_path), blur=(0.2, 0.3))
    assert result.telling.replace("--blur", "blur") in result._repr_html_()


@pytest.mark.parametrize("blur", [(0.001, 0.5), (0.0, 0.0), (0.5, 2.4), (float("nan"), 0.5)])
def test_a_blur_that_networks_are_not_trained_for_is_refused_as_option_and_in_a_file(
    card: ModelCard, blur: tuple[float, float], tmp_path: Path
) -> None:
    with pytest.raises(RequestError, match=r"blur=\(.*\) is not what .* give two transfers from 0.03 to 2.3"):
        taking.taken(Options(blur=blur), facts(), card)
    file = tmp_path / "its.toml"
    file.write_text(f"nyquist = {list(blur)}")
    with pytest.raises(RequestError, match=r"its.toml: nyquist is"):
        taking.taken(Options(sensor=str(file)), facts(), card)


def test_a_sharpened_scene_is_told_the_same_by_blur_and_by_a_file(card: ModelCard, tmp_path: Path) -> None:
    file = tmp_path / "its.toml"
    file.write_text("nyquist = [1.2, 1.3]")
    assert told(card, SOFT, blur=(1.2, 1.3))[:4] == told(card, SOFT, sensor=str(file))[:4]


def test_more_noise_than_networks_know_is_told_as_the_most_with_a_word(scene: Path, tmp_path: Path) -> None:
    model = str(told_lkdn(tmp_path))
    with pytest.warns(SensorWarning, match=r"told noise of 5.1, 2 % of the values' range, the most .* instead of 25.5"):
        _, record = made(scene, tmp_path / "a.tif", model=model, blur=(0.2, 0.3), noise=25.5)
    assert record.told is not None and record.told.noise == 0.02
    loud = tmp_path / "loud.toml"
    loud.write_text("nyquist = 0.3\nnoise = 0.1")
    with pytest.warns(SensorWarning, match=r"told noise of 5.1, 2 % of the values' range, the most .* instead of 25.5"):
        made(scene, tmp_path / "b.tif", model=model, sensor=str(loud))
    with warnings.catch_warnings():
        warnings.simplefilter("error", SensorWarning)
        made(scene, tmp_path / "c.tif", model=model, blur=(0.2, 0.3), noise=0)


def test_a_jpeg_says_its_own_quality(make: Make, tmp_path: Path) -> None:
    source = make("in.tif", pattern(3, 64, 64, "uint8"), photometric="YCBCR", compress="JPEG", jpeg_quality=60)
    _, record = made(source, tmp_path / "o.tif", model=str(told_lkdn(tmp_path)))
    assert record.told is not None and record.told.jpeg == pytest.approx(1.0)


def test_a_file_that_says_nothing_of_the_blur_is_refused(scene: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "mine"')
    with pytest.raises(RequestError, match=r"mine.toml says nothing of the blur; give it a line such as nyquist = 0.3"):
        made(scene, tmp_path / "o.tif", model=str(told_lkdn(tmp_path)), sensor=str(mine))
