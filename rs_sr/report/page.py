"""A report as one HTML page that needs nothing from outside, and as PNGs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from html import escape
from importlib import resources
from typing import Any

import numpy as np

from rs_sr import __version__
from rs_sr.record import PREFIX
from rs_sr.report import figures
from rs_sr.report.facts import Place, Report
from rs_sr.report.flags import would_agree
from rs_sr.report.pictures import added_reach, doubt_reach
from rs_sr.report.plots import plots
from rs_sr.trust.agreement import WORDS, clipping_matters
from rs_sr.trust.scene_checks import Check

DOTS = {"green": "#2e8b57", "amber": "#c77700", "red": "#c0392b", "grey": "#7a8591"}
WORST = ("red", "amber", "green")
GUIDE = (
    "Pixel values are estimates. What the input's pixels measured can be checked, and is, above; detail below them is "
    "inferred from training images, not measured. Do not count or measure objects smaller than a few input pixels, do "
    "not compare two dates by such detail, and do not feed results to models trained on real images without a test."
)


def html(found: Report, images: dict[str, bytes]) -> str:
    """The page. `images` are those of `pictures`."""
    title = f"How far to believe {_name(found.result.path)}"
    body = [
        f"<header><h1>{escape(title)}</h1>{_verdict(found)}{_lead(found)}</header>",
        _key_figures(found),
        _section("Where to look", _where(found, images)),
        _section("Does it agree with the input?", _consistency(found)),
        _section("Against the reference", _against(found)) if found.against is not None else "",
        _section("How far the model doubts", _doubt(found)) if found.doubt is not None else "",
        _section("Does the scene suit the model?", _list(found.checks)),
        _section("Values and detail", plots(found)),
        _section("How it was made", _tags(found)),
        f"<footer><p>{GUIDE}</p><p>Made by rs-sr {__version__} on {date.today().isoformat()}.</p></footer>",
    ]
    style = resources.files("rs_sr.report").joinpath("page.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{chr(10).join(body)}\n</main>\n</body>\n</html>\n"
    )


def _verdict(found: Report) -> str:
    said = found.verdict
    return f'<p class="verdict" style="border-color:{DOTS[said.colour]}">{escape(said.text)}</p>'


def _section(title: str, inside: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{inside}\n</section>"


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _lead(found: Report) -> str:
    part, s, gsd = found.placement.part, found.placement.scale, found.source.gsd_m
    size = f"{part.width} x {part.height} pixels" + (f" of {gsd:.3g} m" if gsd else "")
    made = f"{found.result.size.width} x {found.result.size.height}" + (f" of {gsd / s:.3g} m" if gsd else "")
    model = found.record.model
    by = f" by the model <b>{escape(model)}</b>" if model else ""
    seen = sum(w.size.pixels for w in found.windows) / part.size.pixels
    gaps = "" if found.with_data > 0.9995 else f", where there is data: {found.with_data:.1%}"
    sampled = (
        f"All of it was measured{gaps}."
        if len(found.windows) == found.of_windows
        else f"Measured on {len(found.windows)} windows of {found.of_windows}, evenly spread where there is data: "
        f"{seen:.1%} of it{gaps}."
    )
    return (
        f"<p>{size} of <b>{escape(_name(found.source.path))}</b> became {made}, {s} times finer{by}. {sampled}</p>"
    )  # fmt: skip


def _key_figures(found: Report) -> str:
    cards: list[tuple[str, ...]] = []  # a figure, words and, where it is flagged, a colour
    c, colours = found.consistency, {flag.name: flag.colour for flag in found.flags}
    errors = [v for v in c["mean_error"] if v is not None]
    if errors:
        worst = max(e / s for e, s in zip(errors, found.spans(), strict=False))
        words = "of the range: how far it is from its input, degraded back to it"
        cards.append((f"{worst:.2%}", words, colours.get("agreement", colours.get("record", ""))))
    if c["shift"] is not None:
        moved = float(np.hypot(*c["shift"]))
        cards.append((f"{moved:.3f} px", "shifted against the input, in its pixels", colours.get("shift", "")))
    if found.doubt is not None and found.doubt["median"] is not None:
        words = (
            f"of the range: expected error of the middle pixel ({_number(found.doubt['median'])} in the raster's units)"
        )
        cards.append((f"{found.doubt['median_share']:.2%}", words))
    if found.against is not None:
        gain = found.against.figures["result"]["psnr"] - found.against.figures["bicubic"]["psnr"]
        mark = colours.get("reference", "")
        cards.append((f"{gain:+.2f} dB", "PSNR against bicubic", mark))
        if found.against.shares is not None:
            cards.append((f"{found.against.shares['hallucination']:.1%}", "of what matters is hallucinated", mark))
    known = [check.colour for check in found.checks if check.colour != "grey"]
    if known:
        worst_of = next(colour for colour in WORST if colour in known)
        words = (
            "checks of the scene say that it suits" if worst_of == "green" else f"checks of the scene are {worst_of}"
        )
        cards.append((f"{known.count(worst_of)} of {len(known)}", words, "" if worst_of == "green" else worst_of))
    inside = ""
    for figure, words, *colour in cards:
        mark = f' style="border-color:{DOTS[colour[0]]};border-width:2px"' if any(colour) else ""
        inside += f"<div{mark}><b>{escape(figure)}</b><span>{escape(words)}</span></div>"
    return f'<div class="key">{inside}</div>{_list(found.flags)}'


CAPTIONS = {
    "input": "the input",
    "bicubic": "bicubic",
    "result": "the result",
    "reference": "the reference",
    "added": "added to bicubic",
    "doubt": "expected error",
    "classes": "real, missing, made up",
}


def _where(found: Report, images: dict[str, bytes]) -> str:
    rows = []
    for number, place in enumerate(found.places, 1):
        shots = {name: figures.data_uri(images[f"{number}-{name}"]) for name in _names(place)}
        cells = _slider(shots, number) + "".join(
            _figure(name, uri, number) for name, uri in shots.items() if name not in ("input", "result")
        )
        at = f"column {place.window.col}, row {place.window.row} of the input"
        rows.append(
            f'<h3><span class="mark">{number}</span> {escape(place.why.capitalize())} <small>{at}, '
            f"{place.window.width} x {place.window.height} pixels</small></h3>"
            f'<div class="strip" style="--columns:{4 if len(shots) < 7 else 5}">{cells}</div>'
        )
    if not rows:
        return "<p>Nowhere is a place without gaps to look at.</p>"
    span = abs(found.values.line(0)[0])
    keys = [_legend(figures.BLUE_RED, f"-{_number(added_reach(found) * span)}", "0",
                    f"+{_number(added_reach(found) * span)}", "added to bicubic")]  # fmt: skip
    if any(p.doubt is not None for p in found.places):
        keys.append(_legend(figures.VIRIDIS, "0", "", _number(doubt_reach(found)), "expected error"))
    if any(p.classes is not None for p in found.places):
        words = zip(figures.THREE, ("improvement", "omission", "hallucination"), strict=True)
        keys.append('<span class="legend">' + " ".join(
            f'<i class="dot" style="background:#{c}"></i> {w}' for c, w in words) + "</span>")  # fmt: skip
    whole = _map(found, images)
    return f'{whole}<p class="keys">{"".join(keys)}</p>{"".join(rows)}'


# Attributes alone, nothing to fetch; where a viewer runs none of them, both pictures show, each by half.
SLIDE = "this.parentNode.style.setProperty('--at',this.value+'%')"
ENLARGE = "this.classList.toggle('big')"
ENLARGE_FIGURE = "this.closest('figure').classList.toggle('big')"
LEAVE = "if(event.key=='Escape')this.classList.remove('big')"


def _slider(shots: dict[str, str], number: int) -> str:
    """The input over the result, with a handle between them."""
    result, given = (_image(name, shots[name], number) for name in ("result", "input"))
    return (
        f'<figure class="slider" onkeydown="{LEAVE}"><div class="over">{result}<div class="left">{given}</div>'
        f'<input type="range" min="0" max="100" value="50" oninput="{SLIDE}" '
        f'aria-label="slide between the input and the result, place {number}"></div><figcaption>'
        f"{CAPTIONS['input']} | {CAPTIONS['result']}: slide to compare "
        f'<button class="word" onclick="{ENLARGE_FIGURE}">enlarge</button></figcaption></figure>'
    )


def _figure(name: str, uri: str, number: int) -> str:
    """A picture that a click or the Enter key enlarges."""
    return (
        f'<figure><button class="shot" onclick="{ENLARGE}" onkeydown="{LEAVE}" title="enlarge">'
        f"{_image(name, uri, number)}</button><figcaption>{CAPTIONS[name]}</figcaption></figure>"
    )


def _image(name: str, uri: str, number: int) -> str:
    return f'<img alt="{CAPTIONS[name]}, place {number}" src="{uri}">'


def _names(place: Place) -> list[str]:
    there = {"reference": place.truth, "doubt": place.doubt, "classes": place.classes}
    return [name for name in CAPTIONS if name not in there or there[name] is not None]


def _legend(colours: Iterable[str], low: str, middle: str, high: str, words: str) -> str:
    bar = ", ".join(f"#{c}" for c in colours)
    return (
        f'<span class="legend">{escape(words)}: {escape(low)} <i class="bar" '
        f'style="background:linear-gradient(to right, {bar})">{escape(middle)}</i> {escape(high)}</span>'
    )


def _map(found: Report, images: dict[str, bytes]) -> str:
    """Where the windows and places lie, over a picture of the whole if there is one."""
    part = found.placement.part
    width = 560.0 if part.width >= part.height else 560.0 * part.width / part.height
    unit = width / part.width
    height = part.height * unit

    def box(window: Any, style: str) -> str:
        x, y = (window.col - part.col) * unit, (window.row - part.row) * unit
        size = f'width="{window.width * unit:.1f}" height="{window.height * unit:.1f}"'
        return f'<rect x="{x:.1f}" y="{y:.1f}" {size} {style}/>'

    inside = [f'<rect width="{width:.1f}" height="{height:.1f}" class="ground"/>']
    if "overview" in images:
        uri = figures.data_uri(images["overview"])
        inside.append(f'<image href="{uri}" width="{width:.1f}" height="{height:.1f}" preserveAspectRatio="none"/>')
    if len(found.windows) < found.of_windows:
        inside += [box(w, 'fill="none" stroke="#2f6db5" stroke-width="1"') for w in found.windows]
    for number, place in enumerate(found.places, 1):
        inside.append(box(place.window, 'fill="none" stroke="#ffffff" stroke-width="4"'))
        inside.append(box(place.window, 'fill="none" stroke="#c0392b" stroke-width="2"'))
        x = min(max((place.window.col - part.col) * unit + 10, 10), width - 10)
        y = min(max((place.window.row - part.row) * unit + 11, 11), height - 9)
        inside.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="#c0392b"/>')
        inside.append(f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" class="inv">{number}</text>')
    return (
        f'<svg class="map" viewBox="0 0 {width:.0f} {height:.0f}" style="max-width:{width:.0f}px" role="img" '
        f'aria-label="the places on the result">{"".join(inside)}</svg>'
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    top = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _consistency(found: Report) -> str:
    c = found.consistency
    how = WORDS.get(c["degradation"], f"a sensor's {c['degradation']}")
    head = ["", "bias", "mean error", "99th percentile"]
    clipped = clipping_matters(c)
    head += ["clipped", "bias elsewhere", "mean error elsewhere", "99th percentile"] if clipped else []
    rows = []
    keys = ("bias", "mean_error", "p99_error")
    for i, (name, span) in enumerate(zip(found.bands, found.spans(), strict=True)):
        rows.append([name, *(_both(c[k][i], span) for k in keys)])
        if clipped:
            share, held = c["clipped"][i], c["unclipped"]
            rows[-1] += ["" if share is None else f"{share:.1%}", *(_both(held[k][i], span) for k in keys)]
    low, high = found.values.lo[0], found.values.hi[0]
    why = ", as the model was trained" if found.card and found.card.degradation in ("bicubic", "area") else ""
    if found.card is None and found.record.consistency is None:
        why = " (a guess: nothing tells how its model was trained)"
    text = (
        f"<p>Brought back to the input's pixels by {escape(how)}{why}, and compared with the input, on the sampled "
        f"windows: in the raster's units and in per cent of its value range ({low:g} to {high:g}, {found.bands[0]})."
    )
    if found.record.options is not None and found.record.options.consistent:
        left_out = not (found.record.consistency or {}).get("corrected", True)
        text += " It was made with <code>--consistent</code>"
        text += ", which was left out: the scene is sharper than those that the model is for." if left_out else "."
    elif any(c["mean_error"]) and would_agree(found.record, list(found.flags)):
        text += (
            " It was not made with <code>--consistent</code>, which would take most of these differences away, except "
            "where values are clipped or rounded."
        )
    rest = []
    if c["angle_deg"] is not None:
        rest.append(f"The spectra of pixels differ by {c['angle_deg']:.3f}° on average.")
    if c["shift"] is not None:
        rest.append(f"The shift is {c['shift'][0]:+.3f} rows and {c['shift'][1]:+.3f} columns of the input.")
    else:
        rest.append("It is too small, too flat or too full of gaps to see a shift.")
    return f"{text}</p>{_table(head, rows)}<p>{' '.join(rest)}</p>"


def _against(found: Report) -> str:
    a = found.against
    assert a is not None
    rows = [
        [name, f"{v['psnr']:.2f} dB", "no window without gaps" if v["ssim"] is None else f"{v['ssim']:.4f}",
         f"{v['sam_deg']:.2f}°", f"{v['ergas']:.3f}"]
        for name, v in a.figures.items()
    ]  # fmt: skip
    gain = ", ".join(f"{g:.3g}" for g in a.gain)
    moved = "not moved, being too small, too flat or too full of gaps to see a shift,"
    if a.shift is not None:
        moved = f"moved by {-a.shift[0]:+.3f}, {-a.shift[1]:+.3f} input pixels (row, column)"
    text = (
        f"<p><b>{escape(_name(a.path))}</b>, warped to the result's grid; it covers {a.covered:.0%} of what was "
        f"measured. Before the comparison it was {moved} and "
        f"brought to the result's values, with a gain of {gain} and an offset. These were found window by window, from "
        f"the input alone. PSNR has a peak of {a.peak:g} in the raster's values, fixed by its data type, so "
        "that reports compare. SSIM is against the raster's value range, ERGAS is in the reference's values.</p>"
    )
    bar = ""
    if a.shares is not None:
        parts = "".join(
            f'<i style="width:{100 * share:.2f}%;background:#{colour}" title="{name} {share:.1%}"></i>'
            for colour, (name, share) in zip(figures.THREE, a.shares.items(), strict=True)
        )
        words = ", ".join(f"{share:.1%} {name}" for name, share in a.shares.items())
        bar = (
            f'<div class="shares">{parts}</div><p>Where bicubic is off enough to matter: {words}. Near the reference '
            "is improvement, near bicubic omission, far from both hallucination (Aybar et al. 2024).</p>"
        )
    return text + _table(["", "PSNR", "SSIM", "spectral angle", "ERGAS"], rows) + bar


def _doubt(found: Report) -> str:
    d = found.doubt
    assert d is not None
    if d["median"] is None:
        return "<p>The file has no valid pixel in the sampled windows.</p>"
    return (
        f"<p>{escape(_name(d['path']))}: half of the sampled pixels are expected to be off by "
        f"{_number(d['median'])} ({d['median_share']:.2%} of the range) or less, one in twenty by more than "
        f"{_number(d['p95'])} ({d['p95_share']:.2%}), in the raster's units. It comes from how far eight "
        "looks at the scene, flipped and turned, differ, calibrated on images like the training's.</p>"
    )


def _list(checks: Iterable[Check]) -> str:
    items = "".join(
        f'<li><i class="dot" style="background:{DOTS[c.colour]}"></i><b>{escape(c.name)}, {c.colour}</b>: '
        f"{escape(c.text)}</li>"
        for c in checks
    )
    return f'<ul class="checks">{items}</ul>' if items else ""


def _tags(found: Report) -> str:
    tags = found.record.tags()
    if not tags:
        return "<p>The result has no tags of rs-sr.</p>"
    rows = [[key.removeprefix(PREFIX).lower().replace("_", " "), _shortened(v)] for key, v in tags.items()]
    return f'<div class="tags">{_table(["", ""], rows)}</div>'


def _shortened(text: str) -> str:
    if len(text) < 600:
        return text
    try:
        return f"{len(text)} characters of JSON with {', '.join(json.loads(text))}"
    except (TypeError, ValueError, RecursionError):
        return text[:600] + " ..."


def _both(value: float | None, span: float) -> str:
    """In the raster's units, and in per cent of its range."""
    return "" if value is None else f"{value:.3g} ({value / span:.2%})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
