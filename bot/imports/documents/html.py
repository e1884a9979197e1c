"""A web page as light Markdown, with the standard library's tolerant parser: nothing is fetched, nothing is run."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from bot.imports.documents.plain import decode

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_HEAD = 4096
_SKIPPED = {"script", "style", "template", "noscript", "svg", "object", "iframe", "nav", "select"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "blockquote",
    "pre",
    "dd",
    "dt",
    "dl",
    "figure",
    "form",
    "address",
}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_DEEPEST = 60
# No table of notes is longer or wider.
_MOST_ROWS = 500
_MOST_COLUMNS = 40
# Addresses within the page, as Google Docs, Word, LibreOffice and others write them: to comments and footnotes and
# back, and from a comment back to the text.
_MARKERS = ("#cmnt", "#_msocom", "#ftnt", "#_ftn", "#_edn", "#fn", "#sdfootnote", "#sdendnote", "#cite_note")
_COMMENTS = ("#cmnt_ref", "#_msoanchor")


def read(data: bytes, progress: Callable[[int, int], None]) -> str:
    """Headings, items and table rows keep their shape; the page's title is kept as a heading when it has no other."""
    parser = _Page()
    parser.feed(_text(data))
    parser.close()
    progress(1, 1)
    return parser.text()


def _text(data: bytes) -> str:
    named = _CHARSET.search(data[:_HEAD])
    if named and named[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(named[1].decode("ascii"), errors="replace").replace("\r\n", "\n")
        except LookupError:
            return decode(data)
    return decode(data)


def _span(said: str | None, most: int) -> int:
    """How many rows or columns a cell takes; 0 is all that are left."""
    if said is None or not said.strip().isdecimal():
        return 1
    return min(int(said[:9]), most) or most


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words: list[str] = []
        self.prefix = ""
        self.lists = 0
        self.cells: list[str] | None = None
        # How many rows and columns the open cell takes; None between cells.
        self.size: tuple[int, int] | None = None
        # Cells that reach into the rows to come: by column, for how many rows, with their words.
        self.above: dict[int, tuple[int, str]] = {}
        self.rows = 0
        self.skipping = 0
        self.title: str | None = None
        self.in_title = False
        self.aside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "a":
            self._start_link(next((value or "" for name, value in attrs if name == "href"), ""))
        elif tag in _HEADINGS:
            self._end_line()
            self.prefix = "#" * int(tag[1]) + " "
        elif tag in _BLOCKS:
            self._end_block(tag)
        elif tag in ("td", "th"):
            self._start_cell(dict(attrs))
        else:
            starts = {
                "title": self._start_title,
                "ul": self._start_list,
                "ol": self._start_list,
                "li": self._start_item,
                "table": self._start_table,
                "tr": self._start_row,
                "br": self._break,
            }
            if tag in starts:
                starts[tag]()
            elif tag == "input" and ("type", "checkbox") in attrs:
                self.words.append("[x] " if any(name == "checked" for name, _ in attrs) else "[ ] ")

    def _start_link(self, target: str) -> None:
        """What Word and Google Docs link to a comment is its number; what links back begins the comment itself."""
        if target.startswith(_COMMENTS):
            self.words.clear()
            self.aside = "block"
        elif target.startswith(_MARKERS) and not self.aside:
            self.aside = "link"

    def _start_title(self) -> None:
        self.in_title = True

    def _start_list(self) -> None:
        self._end_line()
        self.lists += 1

    def _start_item(self) -> None:
        self._end_line()
        self.prefix = "  " * min(_DEEPEST, max(0, self.lists - 1)) + "- "

    def _start_table(self) -> None:
        self._end_line()
        self.rows = 0
        self.above.clear()

    def _start_row(self) -> None:
        if self.cells is not None:
            self._end_row()
        self._end_line()
        self.cells = []

    def _start_cell(self, attrs: dict[str, str | None]) -> None:
        self._end_cell()
        self.words.clear()
        if self.cells is not None:
            self._carry_down(self.cells)
            self.size = _span(attrs.get("rowspan"), _MOST_ROWS), _span(attrs.get("colspan"), _MOST_COLUMNS)

    def _carry_down(self, cells: list[str]) -> None:
        """A cell that takes several rows says the same in each: who is named once beside three tasks does all three."""
        while (above := self.above.pop(len(cells), None)) is not None:
            left, said = above
            if left > 1:
                self.above[len(cells)] = left - 1, said
            cells.append(said)

    def _end_cell(self) -> None:
        if self.cells is None or self.size is None:
            return
        rows, columns = self.size
        said = " ".join("".join(self.words).split()).replace("|", "/")
        for one in [said, *[""] * (columns - 1)]:
            if rows > 1:
                self.above[len(self.cells)] = rows - 1, one
            self.cells.append(one)
        self.words, self.size = [], None

    def handle_endtag(self, tag: str) -> None:
        if (tag == "a" and self.aside == "link") or (tag in _BLOCKS and self.aside == "block"):
            self.aside = ""
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "title":
            self.in_title = False
        elif tag in ("ul", "ol"):
            self._end_line()
            self.lists = max(0, self.lists - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table") and self.cells is not None:
            self._end_row()
        elif tag == "li" or tag in _HEADINGS:
            self._end_line()
        elif tag in _BLOCKS:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title = ((self.title or "") + data).strip()
        elif not self.skipping and not self.aside:
            self.words.append(data)

    def _break(self) -> None:
        if self.cells is None:
            self._end_line()
        else:
            self.words.append(" ")

    def _end_block(self, tag: str) -> None:
        if self.cells is not None:
            self.words.append(" ")
            return
        started = bool(self.words)
        self._end_line()
        if started and not self.lists and tag != "dt":
            self.lines.append("")

    def _end_line(self) -> None:
        said = " ".join("".join(self.words).split())
        self.words = []
        if said:
            if self.prefix.startswith("#"):
                self.lines.append("")
            self.lines.append(self.prefix + said)
            if self.prefix.startswith("#"):
                self.lines.append("")
            self.prefix = ""

    def _end_row(self) -> None:
        self._end_cell()
        cells, self.cells = self.cells or [], None
        self._carry_down(cells)
        if not any(cells):
            return
        self.rows += 1
        if self.rows == 1:
            self.lines.append("")
        self.lines.append("| " + " | ".join(cells) + " |")
        if self.rows == 1:
            self.lines.append("|" + " --- |" * len(cells))

    def text(self) -> str:
        self._end_line()
        if self.title and not any(line.startswith("# ") for line in self.lines):
            self.lines[:0] = ["# " + self.title, ""]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n") + "\n"
