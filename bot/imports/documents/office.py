"""Word and OpenDocument texts as light Markdown, read as a stream, a paragraph at a time."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from lxml import etree

from bot.imports.documents.errors import refuse

_MOST_FILES = 10_000
_MOST_XML = 80_000_000
_MOST_TOTAL = 400_000_000
_RATIO = 250
_SMALL = 2_000_000
_HEAD = 4096
# About what a page of text takes in either format.
_PAGE = 6_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HEADING = re.compile(r"^(?:heading|titre|kop|überschrift|title|titel|subtitle)\s*(\d)?", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]+")
_DEEPEST = 8


def read_docx(data: bytes, progress: Callable[[int, int], None]) -> str:
    with _opened(data) as archive:
        styles = _heading_styles(archive)
        lines = _Lines()
        with _part(archive, "word/document.xml") as source:
            _docx_body(_watched(source, archive, "word/document.xml", progress), styles, lines)
    return lines.text()


def read_odt(data: bytes, progress: Callable[[int, int], None]) -> str:
    with _opened(data) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            with _part(archive, "META-INF/manifest.xml") as source:
                if b"encryption-data" in source.read(_SMALL):
                    raise refuse("encrypted")
        if any(
            name.startswith("Basic/") and name.endswith(".xml") and "script-lb" not in name
            for name in archive.namelist()
        ):
            raise refuse("macro")
        lines = _Lines()
        with _part(archive, "content.xml") as source:
            _odt_body(_watched(source, archive, "content.xml", progress), lines)
    return lines.text()


@contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if (
                len(entries) > _MOST_FILES
                or total > _MOST_TOTAL
                or (total > _SMALL * 10 and total > _RATIO * max(1, packed))
            ):
                raise refuse("zip_bomb", unpacked=total)
            yield archive
    except (zipfile.BadZipFile, EOFError):
        raise refuse("truncated") from None
    except etree.XMLSyntaxError:
        raise refuse("broken", kind="xml") from None


@contextmanager
def _part(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    entry = archive.getinfo(name)
    if entry.file_size > _MOST_XML or (
        entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size)
    ):
        raise refuse("zip_bomb", unpacked=entry.file_size)
    with archive.open(entry) as source:
        # Neither format allows a document type: one is there to define entities that grow.
        head = source.read(_HEAD).replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise refuse("xml_bomb")
    with archive.open(entry) as source:
        yield source


class _Watched(io.RawIOBase):
    """A stream that says how far it was read, in pages of an ordinary document."""

    def __init__(self, source: IO[bytes], size: int, progress: Callable[[int, int], None]) -> None:
        self._source = source
        self._pages = max(1, size // _PAGE)
        self._progress = progress

    def read(self, size: int = -1, /) -> bytes:
        content = self._source.read(size)
        self._progress(min(self._source.tell() // _PAGE, self._pages), self._pages)
        return content


def _watched(source: IO[bytes], archive: zipfile.ZipFile, name: str, progress: Callable[[int, int], None]) -> IO[bytes]:
    return cast("IO[bytes]", _Watched(source, archive.getinfo(name).file_size, progress))


def _events(source: IO[bytes]) -> Iterator[tuple[str, etree._Element]]:
    for event, element in etree.iterparse(
        source, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        if event == "start" and element.getparent() is None and element.getroottree().docinfo.doctype:
            raise refuse("xml_bomb")
        yield str(event), element


class _Lines:
    """Collects paragraphs, items and rows, with a blank line around what is not a list."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.last = ""

    def add(self, text: str, *, prefix: str = "", shape: str = "paragraph") -> None:
        parts = [_SPACES.sub(" ", part).strip() for part in text.split("\n")]
        said = [part for part in parts if part]
        if not said:
            return
        if shape in ("heading", "paragraph") or shape != self.last:
            self.lines.append("")
        self.lines += [prefix + said[0], *((" " * len(prefix) if shape == "item" else "") + part for part in said[1:])]
        self.last = shape

    def row(self, cells: list[str], *, first: bool) -> None:
        clean = [_SPACES.sub(" ", cell.replace("\n", " ")).strip().replace("|", "/") for cell in cells]
        if not any(clean):
            return
        if first:
            self.lines.append("")
        self.lines.append("| " + " | ".join(clean) + " |")
        if first:
            self.lines.append("|" + " --- |" * len(clean))
        self.last = "row"

    def text(self) -> str:
        return "\n".join(self.lines).strip("\n") + "\n"


def _heading_styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """Style ids that make a heading, with their level; localised Word names its ids "Titre1", "Kop2"."""
    found: dict[str, int] = {}
    if "word/styles.xml" not in archive.namelist():
        return found
    with _part(archive, "word/styles.xml") as source:
        for event, element in _events(source):
            if event != "end" or element.tag != f"{_W}style":
                continue
            name = element.find(f"{_W}name")
            outline = element.find(f"{_W}pPr/{_W}outlineLvl")
            match = _HEADING.match(name.get(f"{_W}val", "") if name is not None else "")
            if match:
                found[element.get(f"{_W}styleId", "")] = int(match[1] or 1)
            elif outline is not None:
                found[element.get(f"{_W}styleId", "")] = int(outline.get(f"{_W}val", "0")) + 1
            element.clear()
    return found


def _docx_body(source: IO[bytes], styles: dict[str, int], lines: _Lines) -> None:
    tables: list[list[list[str]]] = []
    skipped = 0
    for event, element in _events(source):
        tag = element.tag
        if tag == f"{_MC}Fallback":
            skipped += 1 if event == "start" else -1
            if event == "end":
                element.clear()
        elif event == "start" and tag == f"{_W}tbl":
            tables.append([])
        elif event == "start" and tag == f"{_W}tr" and tables:
            tables[-1].append([])
        elif event == "start" and tag == f"{_W}tc" and tables and tables[-1]:
            tables[-1][-1].append("")
        elif event == "end" and tag == f"{_W}vMerge" and tables and tables[-1]:
            _carry_down(tables[-1], element.get(f"{_W}val", "continue"))
        elif event == "end" and tag == f"{_W}p" and not skipped:
            _docx_paragraph(element, styles, lines, tables)
            _forget(element)
        elif event == "end" and tag == f"{_W}tbl":
            _end_table(tables, lines)
            _forget(element)


def _carry_down(rows: list[list[str]], merge: str) -> None:
    """A cell merged with the one above says the same: who is named once beside three tasks does all three."""
    if merge == "continue" and len(rows) > 1 and rows[-1] and len(rows[-1]) <= len(rows[-2]):
        rows[-1][-1] = rows[-2][len(rows[-1]) - 1]


def _docx_paragraph(
    element: etree._Element, styles: dict[str, int], lines: _Lines, tables: list[list[list[str]]]
) -> None:
    text, bold = _docx_text(element)
    if tables and tables[-1] and tables[-1][-1]:
        tables[-1][-1][-1] += (" " if tables[-1][-1][-1] and text else "") + text
        return
    style = element.find(f"{_W}pPr/{_W}pStyle")
    numbered = element.find(f"{_W}pPr/{_W}numPr")
    name = style.get(f"{_W}val", "") if style is not None else ""
    if name in styles:
        lines.add(text.replace("\n", " "), prefix="#" * min(6, max(1, styles[name])) + " ", shape="heading")
    elif numbered is not None or name.lower().startswith(("list", "paragraphedeliste", "lijst", "listen")):
        level = numbered.find(f"{_W}ilvl") if numbered is not None else None
        depth = int(level.get(f"{_W}val", "0")) if level is not None else 0
        lines.add(text, prefix="  " * min(depth, _DEEPEST) + "- ", shape="item")
    elif bold and text.strip() and "\n" not in text and not text.rstrip().endswith((".", "!", "?", ";")):
        lines.add(f"**{text.strip()}**")
    else:
        lines.add(text)


def _docx_text(paragraph: etree._Element) -> tuple[str, bool]:
    """The words of a paragraph as they stand after changes are accepted, and whether all of them are bold."""
    words: list[str] = []
    bold = True
    for run in paragraph.iter(f"{_W}r"):
        if any(
            parent.tag in (f"{_W}del", f"{_W}moveFrom") for parent in run.iterancestors(f"{_W}del", f"{_W}moveFrom")
        ):
            continue
        said = "".join(_run_text(run))
        words.append(said)
        mark = run.find(f"{_W}rPr/{_W}b")
        if said.strip() and (mark is None or mark.get(f"{_W}val") in ("0", "false")):
            bold = False
    return "".join(words), bold


def _run_text(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"


def _end_table(tables: list[list[list[str]]], lines: _Lines) -> None:
    rows = tables.pop()
    if tables and tables[-1] and tables[-1][-1]:
        # A table within a cell is read as the cell's words.
        tables[-1][-1][-1] += " ".join(cell for row in rows for cell in row)
        return
    for number, row in enumerate(rows):
        lines.row(row, first=number == 0)


def _forget(element: etree._Element) -> None:
    """Frees what was read: iterparse keeps every element otherwise."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _odt_body(source: IO[bytes], lines: _Lines) -> None:
    tables: list[list[list[str]]] = []
    depth = skipped = 0
    for event, element in _events(source):
        tag = element.tag
        if tag in (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note"):
            # Their paragraphs end before the one they stand in, and would break its sentence.
            skipped += 1 if event == "start" else -1
            if event == "end":
                element.clear(keep_tail=True)
        elif tag == f"{_TEXT}list":
            depth += 1 if event == "start" else -1
        elif event == "start" and tag == f"{_TABLE}table":
            tables.append([])
        elif event == "start" and tag == f"{_TABLE}table-row" and tables:
            tables[-1].append([])
        elif event == "start" and tag == f"{_TABLE}table-cell" and tables and tables[-1]:
            tables[-1][-1].append("")
        elif event == "end" and tag in (f"{_TEXT}p", f"{_TEXT}h") and not skipped:
            _odt_paragraph(element, lines, tables, depth)
        elif event == "end" and tag == f"{_TABLE}table":
            _end_table(tables, lines)
            _forget(element)


def _odt_paragraph(element: etree._Element, lines: _Lines, tables: list[list[list[str]]], depth: int) -> None:
    text = "".join(_odt_text(element))
    if tables and tables[-1] and tables[-1][-1]:
        tables[-1][-1][-1] += (" " if tables[-1][-1][-1] else "") + text
    elif element.tag == f"{_TEXT}h":
        level = element.get(f"{_TEXT}outline-level", "1")
        lines.add(text.replace("\n", " "), prefix="#" * min(6, max(1, int(level))) + " ", shape="heading")
    elif depth:
        lines.add(text, prefix="  " * min(depth - 1, _DEEPEST) + "- ", shape="item")
    else:
        lines.add(text)


def _odt_text(element: etree._Element) -> Iterator[str]:
    if element.tag in (f"{_OFFICE}annotation", f"{_TEXT}note"):
        return
    if element.tag == f"{_TEXT}line-break":
        yield "\n"
    elif element.tag in (f"{_TEXT}tab", f"{_TEXT}s"):
        yield " "
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _odt_text(child)
        yield child.tail or ""
