"""Rows of a directory, whatever file they come in, one at a time: nothing is held but the row being read.

CSV (any usual separator and encoding), XLSX, ODS, JSON Lines, JSON lists, HSDS (JSON, or a datapackage of CSV files
in a
folder or a zip), data·inclusion (JSON, CSV, the official XLSX).
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from bot.imports import hsds, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST: Final = 300 * 1024 * 1024
LARGEST_UNPACKED: Final = 600 * 1024 * 1024
LONGEST_FIELD: Final = 1_000_000
CHUNK: Final = 1 << 16
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_COLUMNS: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: the line or row in the file, from 1, headings counted."""

    number: int
    values: dict[str, Any]


class FileError(ValueError):
    """The file as a whole cannot be read, for a reason of one word: `size`, `kind`, `broken`, `bomb`, `empty`."""


def rows(path: Path) -> Iterator[Row]:
    """Raises FileError, at once or on the way."""
    if path.is_dir():
        yield from (Row(number, values) for number, values in hsds.package(hsds.Folder(path)))
        return
    if path.stat().st_size > LARGEST:
        raise FileError("size")
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise FileError("empty")
    if start.startswith(b"PK"):
        yield from _zipped(path)
    elif path.suffix.lower() in {".jsonl", ".ndjson"} or (start.lstrip()[:1] == b"{" and _many_lines(path)):
        yield from _json_lines(path)
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"[", b"{"}:
        yield from _json(path)
    elif b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("kind")
    else:
        yield from _csv(path)


def _zipped(path: Path) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sum(info.file_size for info in archive.infolist()) > LARGEST_UNPACKED:
                raise FileError("bomb")
            if "xl/workbook.xml" in names:
                yield from (Row(number, values) for number, values in workbook.rows(path))
            elif "content.xml" in names:
                yield from _ods(archive)
            elif any(name.endswith("services.csv") for name in names):
                yield from (Row(number, values) for number, values in hsds.package(hsds.Zip(archive)))
            else:
                raise FileError("kind")
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, EOFError) as broken:
        raise FileError("broken") from broken


def _many_lines(path: Path) -> bool:
    with path.open("rb") as file:
        first, second = file.readline(LONGEST_FIELD), file.readline(LONGEST_FIELD)
    return first.strip().endswith(b"}") and (not second.strip() or second.lstrip()[:1] == b"{")


def _json_lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError:
                value = {"": line.strip()[:200]}
            yield from _records(number, value)


def _json(path: Path) -> Iterator[Row]:
    for number, value in enumerate(_elements(path), 1):
        yield from _records(number, value)


def _records(number: int, value: Any) -> Iterator[Row]:
    if not isinstance(value, dict):
        yield Row(number, {"": str(value)[:200]})
    elif hsds.is_service(value):
        yield Row(number, hsds.flat(value))
    else:
        yield Row(number, value)


def _elements(path: Path) -> Iterator[Any]:
    """The objects of a JSON list, or of the first list inside an object, read piece by piece."""
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        text = file.read(CHUNK)
        if text.lstrip()[:1] == "{":
            # One object: a page of results, or a single record.
            try:
                whole = json.loads(text + file.read())
            except ValueError as broken:
                raise FileError("broken") from broken
            inner = next(
                (
                    whole[key]
                    for key in ("contents", "services", "data", "results", "features")
                    if isinstance(whole.get(key), list)
                ),
                [whole],
            )
            yield from inner
            return
        text = text.lstrip()[1:]
        while True:
            text = text.lstrip().lstrip(",").lstrip()
            if text[:1] == "]":
                return
            try:
                value, end = decoder.raw_decode(text)
            except ValueError as broken:
                more = file.read(CHUNK)
                if not more:
                    if text.strip():
                        raise FileError("broken") from broken
                    return
                text += more
                continue
            yield value
            text = text[end:]


def _csv(path: Path) -> Iterator[Row]:
    encoding = _encoding(path)
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(CHUNK)
        file.seek(0)
        heading = sample.split("\n", 1)[0]
        separator = max(";,\t|", key=heading.count)
        try:
            yield from (Row(number, values) for number, values in table(csv.reader(file, delimiter=separator)))
        except csv.Error as broken:
            raise FileError("broken") from broken


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        return "utf-8-sig" if wrong.start > len(start) - 4 else "cp1252"
    return "utf-8-sig"


def table(lines: Iterator[list[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows under the headings of the first line that has some; empty lines are passed over."""
    headings: list[str] = []
    for number, cells in enumerate(lines, 1):
        filled = [cell for cell in cells if str(cell if cell is not None else "").strip()]
        if not filled:
            continue
        if not headings:
            if len(filled) < min(2, len(cells)):
                continue  # a title above the table
            headings = [str(cell if cell is not None else "").strip() for cell in cells]
            continue
        yield number, {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}


def _ods(archive: zipfile.ZipFile) -> Iterator[Row]:
    with archive.open("content.xml") as content:
        yield from (Row(number, values) for number, values in table(_ods_lines(content)))


def _ods_lines(content: Any) -> Iterator[list[Any]]:
    """Cells of the first sheet, row by row; repeated cells are repeated, endless empty ones are not."""
    events = etree.iterparse(
        content, events=("end",), tag=(f"{_TABLE}table-row", f"{_TABLE}table"), resolve_entities=False, huge_tree=True
    )
    for _, element in events:
        if element.tag == f"{_TABLE}table":
            return
        line: list[Any] = []
        for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            text = "\n".join("".join(part.itertext()) for part in cell if part.tag.endswith("}p"))
            value = cell.get(f"{_OFFICE}date-value") or text or cell.get(f"{_OFFICE}value") or ""
            times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _MOST_COLUMNS)
            line += [value] * (times if value else min(times, _MOST_COLUMNS - len(line)))
        yield line[:_MOST_COLUMNS]
        element.clear()


def text_rows(content: bytes, name: str) -> Iterator[Row]:
    """Rows of a CSV text held in memory, such as one pasted in a chat."""
    del name
    yield from (
        Row(number, values)
        for number, values in table(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"))))
    )
