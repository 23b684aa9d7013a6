"""Damaged headers at the door: an error in words or a right file, never a traceback, a hang or a wrong file."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Make, pattern

CASES = 500

# Runs in a process of its own, so that a crash of a library is seen too; says what came of each case.
WORKER = textwrap.dedent("""
    import random, sys, warnings
    from pathlib import Path
    warnings.simplefilter("ignore")
    import numpy as np
    import rasterio
    import rs_sr
    from rs_sr.errors import RsSrError
    folder, first, last, *originals = sys.argv[1:]
    folder = Path(folder)
    for case in range(int(first), int(last)):
        rng = random.Random(case)
        data = bytearray(Path(rng.choice(originals)).read_bytes())
        head = min(len(data), 2048)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(head)] ^= 1 << rng.randrange(8)
        source, target = folder / f"{case}.tif", folder / f"{case}_out.tif"
        source.write_bytes(data)
        try:
            rs_sr.super_resolve(source, target, model="nearest", memory="1GB", window=(0, 0, 16, 16))
        except RsSrError as error:
            text = str(error)
            assert text and not target.exists(), text
            print(case, "refused")
        else:
            with rasterio.open(source) as a, rasterio.open(target) as b:
                low = a.read(window=rasterio.windows.Window(0, 0, 16, 16))
                assert np.array_equal(b.read(), low.repeat(2, 1).repeat(2, 2), equal_nan=low.dtype.kind == "f")
            print(case, "made")
        assert not [p for p in folder.iterdir() if p.name.startswith(".")]
        source.unlink()
        target.unlink(missing_ok=True)
    print("end")
""")


@pytest.mark.parametrize("part", range(5))
def test_flipped_bits_in_real_headers(make: Make, tmp_path: Path, part: int) -> None:
    originals = [
        make("plain.tif", pattern(3, 40, 50, "uint8")),
        make("tiled.tif", pattern(1, 64, 64, "uint16"), tiled=True, blockxsize=16, blockysize=16, compress="deflate"),
        make("nodata.tif", np.zeros((2, 20, 30), np.float32), nodata=0, compress="lzw"),
        make("big.tif", pattern(4, 30, 30, "int16"), BIGTIFF="YES", ENDIANNESS="BIG"),
    ]
    work = tmp_path / "work"
    work.mkdir()
    first, last = part * CASES // 5, (part + 1) * CASES // 5
    done = subprocess.run(
        [sys.executable, "-c", WORKER, str(work), str(first), str(last), *map(str, originals)],
        capture_output=True, text=True, timeout=1200, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    lines = done.stdout.split("\n")
    assert done.returncode == 0 and "end" in lines, f"after {lines[-3:]}: {done.stderr[-2000:]}"
    assert sum("refused" in line for line in lines) > 5 and sum("made" in line for line in lines) > 5
