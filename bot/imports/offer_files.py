"""Rows of a directory, whatever file they come in, one at a time: nothing is held but the row being read.

CSV (any usual separator and encoding), XLSX, ODS, JSON Lines, JSON lists, HSDS (JSON, or a datapackage of CSV files
in a folder or a zip), data·inclusion (JSON, CSV, the official XLSX).
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from bot.imports import data_inclusion, hsds, tables
from bot.imports.tables import DIRECTORY, TableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LINE: Final = 1_000_000
CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: the line or row in the file, from 1, headings counted; `record`: as it stands there, if nested."""

    number: int
    values: dict[str, Any]
    record: dict[str, Any] | None = None


def rows(path: Path) -> Iterator[Row]:
    """Of a file or a folder; raises TableError, at once or on the way."""
    if path.is_dir():
        yield from _services(hsds.package(hsds.Folder(path)))
        return
    with path.open("rb") as file:
        yield from read(file, path.name)


def read(file: IO[bytes], name: str) -> Iterator[Row]:
    """Of an open file; raises TableError, at once or on the way."""
    start = tables.head(file, DIRECTORY)
    if start.startswith(b"PK"):
        yield from _zipped(file)
    elif name.lower().endswith((".jsonl", ".ndjson")) or (start.lstrip()[:1] == b"{" and _many_lines(file)):
        yield from _json_lines(file)
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"[", b"{"}:
        yield from _json(file)
    else:
        yield from _first(file)


def _numbered(found: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[Row]:
    return (Row(number, values) for number, values in found)


def _services(found: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[Row]:
    return (Row(number, hsds.flat(record), record) for number, record in found)


def _zipped(file: IO[bytes]) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(file) as archive:
            tables.need_harmless(archive, DIRECTORY)
            if any(name.endswith("services.csv") for name in archive.namelist()):
                yield from _services(hsds.package(hsds.Zip(archive)))
            elif data_inclusion.is_template(archive):
                yield from _numbered(data_inclusion.services(file))
            else:
                yield from _first(file)
    except (zipfile.BadZipFile, KeyError, EOFError) as broken:
        raise TableError("damaged") from broken


def _first(file: IO[bytes]) -> Iterator[Row]:
    """The rows of the first table."""
    for table in tables.opened(file, DIRECTORY):
        yield from _numbered(tables.named(table))
        return


def _many_lines(file: IO[bytes]) -> bool:
    first, second = file.readline(LONGEST_LINE), file.readline(LONGEST_LINE)
    file.seek(0)
    return first.strip().endswith(b"}") and (not second.strip() or second.lstrip()[:1] == b"{")


def _json_lines(file: IO[bytes]) -> Iterator[Row]:
    with tables.as_text(file) as text:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError:
                value = {"": line.strip()[:200]}
            yield from _records(number, value)


def _json(file: IO[bytes]) -> Iterator[Row]:
    with tables.as_text(file) as text:
        for number, value in enumerate(_elements(text), 1):
            yield from _records(number, value)


def _records(number: int, value: Any) -> Iterator[Row]:
    if not isinstance(value, dict):
        yield Row(number, {"": str(value)[:200]})
    elif hsds.is_service(value):
        yield Row(number, hsds.flat(value), value)
    else:
        yield Row(number, value)


def _elements(file: IO[str]) -> Iterator[Any]:
    """The objects of a JSON list, or of the first list inside an object, read piece by piece."""
    decoder = json.JSONDecoder()
    text = file.read(CHUNK)
    if text.lstrip()[:1] == "{":
        # One object: a page of results, or a single record.
        try:
            whole = json.loads(text + file.read())
        except ValueError as broken:
            raise TableError("damaged") from broken
        lists = ("contents", "services", "data", "results", "features")
        yield from next((whole[key] for key in lists if isinstance(whole.get(key), list)), [whole])
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
                    raise TableError("damaged") from broken
                return
            text += more
            continue
        yield value
        text = text[end:]
