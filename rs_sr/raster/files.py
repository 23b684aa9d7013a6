"""Every file that a run reads, found by what names it: no result may take the place of one.

GDAL's list of a data set's files ends at the first level. Here each file is asked in turn, and the words of virtual
data sets (VRT, mask and overview sources, tile indexes, XML of all kinds) are looked through for names of files. A name
too many costs nothing but a refusal; a name too few costs somebody's data.
"""

from __future__ import annotations

import contextlib
import html
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import rasterio
from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

from rs_sr.raster.polygons import texts

BEGINS = re.compile(r"""/vsi\w+/|://|["'{?&=,:!]""")  # where a path may begin inside a name of GDAL's
ENDS = re.compile(r"""["'}?&,:!/\\|]""")
REMOTE = re.compile(r"/vsi(curl|s3|gs|az|adls|oss|swift|webhdfs|hdfs)|\b(https?|ftp|s3|gs|az|adls|oss|swift)://", re.I)
ELEMENT = re.compile(r"<(\w+)[^<>]*>([^<>]+)</")
QUOTED = re.compile(r'"([^"<>\n]+)"')
LETTER = re.compile(r"[^\W\d]")
MOST_TEXT = 64 << 20  # bytes; no description of a raster is longer
LONGEST_NAME = 4096  # of a path; one that leads round in an archive grows without end
MOST_PIECES = 24  # of a name that holds a path
BESIDE = (".aux.xml", ".ovr", ".msk", ".msk.ovr", "-wal")  # after the whole name
NO_PIXELS = (".aux.xml", "-wal", "-shm")  # statistics, and what SQLite keeps while a file is open
TOGETHER = {  # instead of the ending: what belongs to a vector file
    ".shp": (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx"),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
    ".csv": (".csvt", ".prj"),
    ".gml": (".gfs", ".xsd"),
}


@dataclass(frozen=True)
class Stamp:
    """A file as it was found: where, and what tells whether it is still the same."""

    path: str
    size: int
    time_ns: int
    device: int
    inode: int

    @classmethod
    def of(cls, path: str) -> Stamp:
        """Raises OSError where there is no file."""
        found = os.stat(path)
        return cls(path, found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


@dataclass(frozen=True)
class Files:
    """The files of this machine behind some names, in order of their paths."""

    stamps: tuple[Stamp, ...] = ()

    @cached_property
    def _known(self) -> set[tuple[int, int]]:
        """The files, and every folder that leads to one, by device and inode."""
        folders = {f for s in self.stamps for p in (Path(s.path), Path(s.path).resolve()) for f in p.parents}
        known = {(s.device, s.inode) for s in self.stamps}
        for folder in folders:
            with contextlib.suppress(OSError):
                known.add((folder.stat().st_dev, folder.stat().st_ino))
        return known

    @property
    def stamp(self) -> tuple[tuple[str, int, int, int], ...]:
        """To tell whether any changed between two runs."""
        return tuple((s.path, s.size, s.time_ns, s.inode) for s in self.stamps)

    def hold(self, path: Path) -> bool:
        """Whether `path` is one of the files, by whatever name, or a folder with one in it."""
        try:
            found = path.stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) in self._known

    def changed(self) -> str | None:
        """The first file of another size or time than it had, by the same path on any machine; None where none is.

        What other programs write when they only look at a raster does not count.
        """
        for known in self.stamps:
            if known.path.endswith(NO_PIXELS):
                continue
            try:
                now = Stamp.of(known.path)
            except OSError:
                return known.path
            if (now.size, now.time_ns) != (known.size, known.time_ns):
                return known.path
        return None


def files_of(names: Iterable[str], folders: Iterable[str] = ()) -> Files:
    """All files behind `names`, which are anything that GDAL opens: paths, archives, subdatasets, virtual data sets.

    Relative names are looked for here and in `folders`. What lies at an address is not looked at, nor is what cannot be
    opened. Use it inside `gdal_environment`.
    """
    search = _Search()
    for name in filter(None, names):
        search.follow(name, (".", *folders))
    return Files(tuple(sorted(search.found.values(), key=lambda s: s.path)))


Step = tuple[str, tuple[str, ...]]  # a name, and the folders in which it may lie


class _Search:
    """What was found so far, and which names were followed."""

    def __init__(self) -> None:
        self.found: dict[str, Stamp] = {}
        self._followed: set[Step] = set()
        self._opened: set[str] = set()
        self._inside: set[tuple[int, int, str]] = set()
        self._taken: set[Step] = set()

    def follow(self, name: str, bases: tuple[str, ...]) -> None:
        """Take the files of a data set, and of all that it is made of."""
        todo = [(name, bases)]
        while todo:
            step = todo.pop()
            if step not in self._followed:
                self._followed.add(step)
                todo += self._next(*step)

    def _next(self, name: str, bases: tuple[str, ...]) -> Iterator[Step]:
        if name.lstrip().startswith("<"):  # a virtual data set written out
            yield from self._words(name, bases)
            return
        there = list(_whole(name, bases))
        for path in there or _within(name, bases):
            if os.path.isdir(path):
                for inside in _inside(path):
                    self._add(inside)
                yield from self._of_gdal(path)
                continue
            self._add(path)
            if self._is_new(path):
                yield from self._words(_text(path), _folders(path))
                yield from self._of_gdal(path)
        for full in (
            () if there else dict.fromkeys((name, *(os.path.join(base, name) for base in bases if base != ".")))
        ):
            yield from self._of_gdal(full)

    def _is_new(self, path: str) -> bool:
        """Whether a file was not looked into yet. From another folder its names may mean others."""
        with contextlib.suppress(OSError):
            found, size = os.stat(path), len(self._inside)
            self._inside.add((found.st_dev, found.st_ino, os.path.realpath(os.path.dirname(path) or ".")))
            return len(self._inside) > size
        return False

    def _of_gdal(self, name: str) -> Iterator[Step]:
        """What GDAL says of a data set: its files, and a virtual one's words even where it lies in an archive."""
        if REMOTE.search(name) or name in self._opened or len(name) > LONGEST_NAME:
            return
        self._opened.add(name)
        try:
            with rasterio.open(name) as opened:
                files, words, is_index = opened.files, opened.tags(ns="xml:VRT"), opened.driver == "GTI"
        except (RasterioError, CPLE_BaseError, OSError, ValueError, TypeError):
            return
        yield from ((file, (".",)) for file in files)
        for text in words.values():
            yield from self._words(text, _folders(name))
        if is_index:
            yield from self._rows(name, (".",))

    def _rows(self, name: str, bases: tuple[str, ...]) -> Iterator[Step]:
        """The rasters of a tile index: what the fields of its rows say, the one called location or another's name
        (GDAL manual, GTI driver)."""
        for path in list(_whole(name, bases)) or _within(name, bases):
            if os.path.isfile(path) and not _text(path).startswith("<"):
                self._add(path)
                yield from ((word, _folders(path)) for word in texts(path))

    def _words(self, text: str, bases: tuple[str, ...]) -> Iterator[Step]:
        """Names of data sets in XML or JSON, to be followed; of all other words those are taken that are files."""
        bases = tuple(dict.fromkeys((*bases, ".")))
        for tag, word in ELEMENT.findall(text):
            word = html.unescape(word).strip()
            if tag == "IndexDataset":
                yield from self._rows(word, bases)
            elif tag.startswith(("Source", "Src")) and LETTER.search(word):
                yield word, bases
            else:
                self._take(word, bases)
        for word in QUOTED.findall(text):
            self._take(html.unescape(word).strip(), bases)

    def _take(self, word: str, bases: tuple[str, ...]) -> None:
        if (word, bases) in self._taken or not LETTER.search(word):
            return
        self._taken.add((word, bases))
        for path in list(_whole(word, bases)) or _within(word, bases):
            if os.path.isfile(path):
                self._add(path)

    def _add(self, path: str) -> None:
        """Take a file and what belongs to it by its name."""
        path = os.path.abspath(path)
        if path in self.found:
            return
        with contextlib.suppress(OSError):
            self.found[path] = Stamp.of(path)
        stem, ending = os.path.splitext(path)
        endings = TOGETHER.get(ending.lower(), ())
        for near in (*(path + e for e in BESIDE), *(stem + e for e in endings), *(stem + e.upper() for e in endings)):
            if os.path.isfile(near):
                self._add(near)


def _whole(name: str, bases: tuple[str, ...]) -> Iterator[str]:
    """Where `name`, taken as a path, is there."""
    if name.strip("./\\"):
        paths = (name if base == "." else os.path.join(base, name) for base in bases)  # no ./ again and again
        yield from (path for path in paths if os.path.exists(path))


def _within(name: str, bases: tuple[str, ...]) -> Iterator[str]:
    """Paths inside a name of GDAL's: ``/vsizip/a.zip/b.tif`` has a.zip, ``NETCDF:"a.nc":height`` has a.nc."""
    for text in dict.fromkeys((name, unquote(name))):
        ends = [m.start() for m in ENDS.finditer(text)]
        if len(ends) > MOST_PIECES:  # a CRS, a sentence
            continue
        for begin in (0, *(m.end() for m in BEGINS.finditer(text))):
            stops = [len(text), *(e for e in reversed(ends) if e > begin)]
            for base in bases:
                for stop in stops:
                    path = os.path.join(base, text[begin:stop])
                    if os.path.isfile(path) or (text[stop : stop + 1] in ('"', "'", "}") and os.path.isdir(path)):
                        yield path
                        break


def _inside(folder: str) -> Iterator[str]:
    """All files in a folder and in those below it; links are followed, each folder once."""
    seen: set[str] = set()
    for here, below, files in os.walk(folder, followlinks=True):
        below[:] = [b for b in below if os.path.realpath(os.path.join(here, b)) not in seen]
        seen.update(os.path.realpath(os.path.join(here, b)) for b in below)
        yield from (os.path.join(here, file) for file in files)


def _folders(path: str) -> tuple[str, ...]:
    """Where names in a file are relative to: its folder, and, as GDAL has it, that of the file behind a link."""
    return tuple(dict.fromkeys((os.path.dirname(path) or ".", os.path.dirname(os.path.realpath(path)))))


def _text(path: str) -> str:
    """A file of XML or JSON; nothing of any other."""
    try:
        with open(path, "rb") as file:
            start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
            if start not in (b"<", b"{", b"[") or os.path.getsize(path) > MOST_TEXT:
                return ""
            file.seek(0)
            return os.fsdecode(file.read())
    except OSError:
        return ""
