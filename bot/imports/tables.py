"""Tables out of a file's bytes: CSV with any separator, XLSX, ODS; each sheet's headings, then its rows one at a time.

Nothing in a file is trusted: sizes are checked before anything is unpacked, XML may define no entities, nothing is run.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree


LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_COLUMNS = 100
MOST_ROWS = 20_000
LONGEST_CELL = 10_000

Code = Literal["big", "empty", "locked", "old", "not_a_table", "damaged", "bomb", "long"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HEAD = 4096


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
    if len(content) > LARGEST:
        raise TableError("big")
    if not content.strip():
        raise TableError("empty")
    if content.startswith(_OLE):
        raise TableError("locked" if _LOCKED in content else "old")
    if content.startswith(b"PK"):
        yield from _archive(content)
    else:
        yield from _sheet("", _counted(_csv(content)))


def held(content: bytes) -> list[Table]:
    """All the sheets with all their rows; raises TableError."""
    return [Table(table.name, table.headings, tuple(table.rows)) for table in tables(content)]


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


def _archive(content: bytes) -> Iterator[Table]:
    """Whatever the readers of a damaged workbook raise becomes a TableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _READERS[_kind(archive)](content)
    except _DAMAGE as damage:
        raise TableError("damaged") from damage


def _kind(archive: zipfile.ZipFile) -> Literal["xlsx", "ods"]:
    """What the archive is, once it is known to be harmless to unpack."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise TableError("locked")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise TableError("bomb")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _need_plain_xml(archive, part)
    names = {part.filename for part in parts}
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
    kind = archive.read("mimetype") if "mimetype" in archive.namelist() else b""
    return b"spreadsheet" in kind


def _xlsx(content: bytes) -> Iterator[Table]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and of no use before a table is read

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            # What a sheet says of its size may be wrong: it is read to its real end.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
            yield from _sheet(sheet.title, _counted(rows))
    finally:
        book.close()


def _ods(content: bytes) -> Iterator[Table]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml")
    from lxml import etree  # noqa: PLC0415 - heavy, and of no use before a table is read

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for sheet in etree.fromstring(xml, parser).iter(f"{_TABLE}table"):
        yield from _sheet(sheet.get(f"{_TABLE}name", ""), _counted(_ods_rows(sheet)))


_READERS: dict[str, Callable[[bytes], Iterator[Table]]] = {"xlsx": _xlsx, "ods": _ods}


def _ods_rows(sheet: "etree._Element") -> Iterator[Sequence[object]]:
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            paragraphs = ["".join(map(str, part.itertext())) for part in cell.iterchildren(f"{_TEXT}p")]
            value = cell.get(f"{_OFFICE}date-value") or "\n".join(paragraphs) or cell.get(f"{_OFFICE}value") or ""
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            cells += [str(value)] * min(times, MOST_COLUMNS - len(cells))
        yield cells
        # A row is repeated to the end of an empty sheet; a full one a few times at most.
        again = int(row.get(f"{_TABLE}number-rows-repeated", "1")) - 1 if any(cells) else 0
        yield from (cells for _ in range(min(again, MOST_ROWS + 1)))


def _csv(content: bytes) -> Iterator[Sequence[object]]:
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise TableError("not_a_table")
    if content.startswith(_UTF16):
        text = content.decode("utf-16", errors="replace")
    elif b"\x00" in content[:_HEAD]:
        raise TableError("not_a_table")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    csv.field_size_limit(LARGEST)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    except csv.Error as damage:
        raise TableError("damaged") from damage


def _separator(text: str) -> str:
    """The one that cuts the first lines into the most cells, and as many in each."""
    first = [line for line in text[: 1 << 16].splitlines() if line.strip()][:10]
    return max("\t;,|", key=lambda mark: (min((line.count(mark) for line in first), default=0) > 0,
                                          sum(line.count(mark) for line in first)))  # fmt: skip


def _counted(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row that is not empty, as text, with its number."""
    kept = 0
    for number, cells in enumerate(rows, 1):
        read = tuple(_said(cell) for cell in cells[:MOST_COLUMNS])
        if not any(read):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise TableError("long")
        yield number, read


def _sheet(name: str, rows: Iterator[tuple[int, tuple[str, ...]]]) -> Iterator[Table]:
    """The table under the first row with two cells filled; a title above it is passed over."""
    for _number, cells in rows:
        if sum(map(bool, cells)) > 1:
            last = max(place for place, cell in enumerate(cells) if cell) + 1
            yield Table(name, cells[:last], _rows(rows, last))
            return


def _rows(rows: Iterator[tuple[int, tuple[str, ...]]], width: int) -> Iterator[Row]:
    for number, cells in rows:
        yield Row(number, (*cells[:width], *[""] * (width - len(cells))))


def _said(cell: object) -> str:
    """A cell as text: ISO days, whole numbers without ".0", no control or direction characters."""
    match cell:
        case None:
            return ""
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            lines = _CONTROLS.sub("", str(cell)[:LONGEST_CELL]).replace("\r", "\n").split("\n")
            return "\n".join(kept for line in lines if (kept := _SPACES.sub(" ", line).strip()))
