"""Tables out of a file: CSV with any separator, XLSX, ODS; each sheet's headings, then its rows one at a time.

Nothing in a file is trusted: sizes are checked before anything is unpacked, XML may define no entities, nothing is run.
"""

import codecs
import csv
import io
import re
import sys
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import IO, Any, Literal


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: bytes, bytes unpacked, then a sheet's rows and columns and the characters of a cell."""

    packed: int
    unpacked: int
    rows: int
    columns: int
    cell: int


IN_CHAT = Limits(packed=20 * 1024 * 1024, unpacked=200 * 1024 * 1024, rows=20_000, columns=100, cell=10_000)
# What a whole country's directory comes in.
DIRECTORY = Limits(packed=300 * 1024 * 1024, unpacked=600 * 1024 * 1024, rows=sys.maxsize, columns=500, cell=1_000_000)

Code = Literal["big", "empty", "locked", "old", "not_a_table", "damaged", "bomb", "long"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SHEET, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HEAD = 4096
# In rows, above a table.
LONGEST_TITLE = 20
_CHUNK = 1 << 16


class TableError(Exception):
    """A file that cannot be read as a table, and why, as a code to put in words."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts the rows of its sheet from 1, headings included; `cells` are as many as the headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; `rows` can be walked once, before the next sheet is asked for, unless they were `held`."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[Row]


def tables(content: bytes) -> Iterator[Table]:
    """The sheets that hold a table; raises TableError, at once or on the way, and nothing else."""
    return opened(io.BytesIO(content), IN_CHAT)


def opened(file: IO[bytes], limits: Limits) -> Iterator[Table]:
    """The same of a file, read from its beginning; a large one is never held whole."""
    start = head(file, limits)
    if start.startswith(_OLE):
        raise TableError("locked" if _LOCKED in file.read() else "old")
    if start.startswith(b"PK"):
        yield from _archive(file, limits)
    else:
        yield from _sheet("", _csv(file, limits), limits)


def head(file: IO[bytes], limits: Limits) -> bytes:
    """The first bytes of a file that is neither too large nor empty; it is then back at its beginning."""
    if file.seek(0, io.SEEK_END) > limits.packed:
        raise TableError("big")
    file.seek(0)
    start = file.read(_HEAD)
    file.seek(0)
    if not start.strip():
        raise TableError("empty")
    return start


def held(content: bytes) -> list[Table]:
    """All the sheets with all their rows; raises TableError."""
    return [Table(table.name, table.headings, tuple(table.rows)) for table in tables(content)]


def named(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each row, and its cells by heading; of two columns with one heading the first counts."""
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        if heading:
            places.setdefault(heading, place)
    for row in table.rows:
        yield row.number, {heading: row.cells[place] for heading, place in places.items()}


_DAMAGE = (
    zipfile.BadZipFile,
    NotImplementedError,
    AttributeError,
    LookupError,
    ValueError,
    TypeError,
    OSError,
    EOFError,
    SyntaxError,
)


def _archive(file: IO[bytes], limits: Limits) -> Iterator[Table]:
    """Whatever the readers of a damaged workbook raise becomes a TableError."""
    try:
        with zipfile.ZipFile(file) as archive:
            need_harmless(archive, limits)
            yield from _READERS[_kind(archive)](file, limits)
    except _DAMAGE as damage:
        raise TableError("damaged") from damage


def need_harmless(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raises TableError for what had better not be unpacked."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise TableError("locked")
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise TableError("bomb")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _need_plain_xml(archive, part)


def _kind(archive: zipfile.ZipFile) -> Literal["xlsx", "ods"]:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and _is_sheet(archive):
        return "ods"
    raise TableError("not_a_table")


def _need_plain_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as xml:
        if _ENTITIES.search(xml.read(_HEAD)):
            raise TableError("bomb")


def _is_sheet(archive: zipfile.ZipFile) -> bool:
    """What says nothing of its kind may be one."""
    return "mimetype" not in archive.namelist() or b"spreadsheet" in archive.read("mimetype")


def _xlsx(file: IO[bytes], limits: Limits) -> Iterator[Table]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and of no use before a table is read

    book = load_workbook(file, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            # What a sheet says of its size may be wrong: it is read to its real end.
            sheet.reset_dimensions()
            yield from _sheet(sheet.title, sheet.iter_rows(values_only=True), limits)
    finally:
        book.close()


def _ods(file: IO[bytes], limits: Limits) -> Iterator[Table]:
    from lxml import etree  # noqa: PLC0415 - heavy, and of no use before a table is read

    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as xml:
        events = etree.iterparse(
            xml,
            events=("start", "end"),
            tag=(_SHEET, _ROW),
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        )
        for event, element in events:
            if event == "start" and element.tag == _SHEET:
                rows = _ods_rows(events, limits)
                yield from _sheet(element.get(f"{_TABLE}name", ""), rows, limits)
                deque(rows, maxlen=0)  # what nobody read of it stands before the next sheet


_READERS: dict[str, Callable[[IO[bytes], Limits], Iterator[Table]]] = {"xlsx": _xlsx, "ods": _ods}


def _ods_rows(events: Iterable[tuple[str, Any]], limits: Limits) -> Iterator[Sequence[object]]:
    """The rows up to the end of the sheet, each forgotten once it is read."""
    for event, element in events:
        if event == "start":
            continue
        if element.tag == _SHEET:
            return
        cells: list[str] = []
        for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            paragraphs = ["".join(map(str, part.itertext())) for part in cell.iterchildren(f"{_TEXT}p")]
            value = cell.get(f"{_OFFICE}date-value") or "\n".join(paragraphs) or cell.get(f"{_OFFICE}value") or ""
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            cells += [str(value)] * min(times, limits.columns - len(cells))
        yield cells
        # A row is repeated to the end of an empty sheet; a full one a few times at most.
        again = int(element.get(f"{_TABLE}number-rows-repeated", "1")) - 1 if any(cells) else 0
        element.clear()
        yield from (cells for _ in range(min(again, IN_CHAT.rows + 1)))


def _csv(file: IO[bytes], limits: Limits) -> Iterator[Sequence[object]]:
    start = file.read(_HEAD)
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise TableError("not_a_table")
    if b"\x00" in start and not start.startswith(_UTF16):
        raise TableError("not_a_table")
    with as_text(file, encoding(file)) as text:
        separator = _separator(text.read(_CHUNK))
        text.seek(0)
        csv.field_size_limit(limits.packed)
        try:
            yield from csv.reader(text, delimiter=separator)
        except csv.Error as damage:
            raise TableError("damaged") from damage


@contextmanager
def as_text(file: IO[bytes], encoding: str = "utf-8-sig") -> Iterator[io.TextIOWrapper]:
    """The file as text, lines ended as they are; it stays open afterwards."""
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def encoding(file: IO[bytes]) -> str:
    """What the whole file can be read with; it is then back at its beginning."""
    file.seek(0)
    if file.read(2) in _UTF16:
        found = "utf-16"
    else:
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        found = "utf-8-sig"
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            found = "cp1252"
    file.seek(0)
    return found


def _separator(text: str) -> str:
    """The one that cuts the first lines into the most cells, and as many in each."""
    first = [line for line in text.splitlines() if line.strip()][:10]
    return max("\t;,|", key=lambda mark: (min((line.count(mark) for line in first), default=0) > 0,
                                          sum(line.count(mark) for line in first)))  # fmt: skip


def _sheet(name: str, rows: Iterable[Sequence[object]], limits: Limits) -> Iterator[Table]:
    """The table under the first row with two cells filled; a title above it is passed over.

    Where no row has two, it is one column under its heading: a list of names.
    """
    filled = _filled(rows, limits)
    above: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in filled:
        if sum(map(bool, cells)) > 1:
            last = _width(cells)
            yield Table(name, cells[:last], _rows(filled, last))
            return
        above.append((number, cells))
        if len(above) > LONGEST_TITLE:
            break
    if len(above) > 1:
        (_first, heading), *below = above
        last = _width(heading)
        yield Table(name, heading[:last], _rows(chain(below, filled), last))


def _width(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that is filled."""
    return max(place for place, cell in enumerate(cells) if cell) + 1


def _filled(rows: Iterable[Sequence[object]], limits: Limits) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row that is not empty, as text, with its number."""
    kept = 0
    for number, cells in enumerate(rows, 1):
        read = tuple(_said(cell, limits.cell) for cell in cells[: limits.columns])
        if not any(read):
            continue
        kept += 1
        if kept > limits.rows:
            raise TableError("long")
        yield number, read


def _rows(rows: Iterable[tuple[int, tuple[str, ...]]], width: int) -> Iterator[Row]:
    for number, cells in rows:
        yield Row(number, (*cells[:width], *[""] * (width - len(cells))))


def _said(cell: object, longest: int) -> str:
    """A cell as text: ISO days, whole numbers without ".0", no control or direction characters."""
    match cell:
        case None:
            return ""
        case str() if cell.isprintable() and "  " not in cell and len(cell) <= longest:
            return cell.strip()
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            lines = _CONTROLS.sub("", str(cell)[:longest]).replace("\r", "\n").split("\n")
            return "\n".join(kept for line in lines if (kept := _SPACES.sub(" ", line).strip()))
