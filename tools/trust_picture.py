"""Makes docs/pictures/trust.png: a made-up scene at 2 m, super-resolved to 0.5 m, beside its truth and its doubts.

python tools/trust_picture.py docs/pictures/trust.png
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import rs_sr
from rs_sr.doors.demo import run_demo
from rs_sr.report.measure import report
from rs_sr.report.pictures import pictures

SIDE, GAP, LABEL = 300, 8, 26
SHOWN = {
    "input": "input, 2 m",
    "result": "result, 0.5 m",
    "reference": "truth, 0.5 m",
    "doubt": "expected error",
    "classes": "real, missing, made up",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo")
        run_demo(demo)
        low, out, errors = (str(demo / name) for name in ("low.tif", "out.tif", "errors.tif"))
        rs_sr.super_resolve(low, out, scale=4, uncertainty=errors)
        found = report(low, out, reference=str(demo / "truth.tif"), uncertainty=errors)
        images = pictures(found)
    places = len(found.places)
    sheet = Image.new("RGB", (GAP + len(SHOWN) * (SIDE + GAP), LABEL + places * (SIDE + GAP)), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for column, (name, words) in enumerate(SHOWN.items()):
        x = GAP + column * (SIDE + GAP)
        draw.text((x, 4), words, "black", font)
        for row in range(places):
            image = Image.open(io.BytesIO(images[f"{row + 1}-{name}"]))
            sheet.paste(image.resize((SIDE, SIDE), Image.Resampling.NEAREST), (x, LABEL + row * (SIDE + GAP)))
    sheet.save(sys.argv[1], optimize=True)
    for number, place in enumerate(found.places, 1):
        print(f"{number}: {place.why}")
    if found.against is not None:
        print(found.against.figures, found.against.shares)


if __name__ == "__main__":
    main()
