"""A document as values: what its parts are, not how they look; each format draws them in the house's style."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

# The thread's red, for names and rules; the grey of a table's first row.
RED: Final = (0xB9, 0x2C, 0x25)
SHADE: Final = (0xF3, 0xEC, 0xE8)
GREY: Final = (0x59, 0x59, 0x59)
# What no XML holds: control characters, lone surrogates, the two last of the first plane.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture with its size in pixels, and what it shows for who cannot see it."""

    content: bytes
    width: int
    height: int
    shows: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `emphasis` sets it in italics."""

    text: str
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A name in bold, and what is said of it, with a hanging indent."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """One item of a numbered list: perhaps a reference in bold, its words, perhaps notes below, a line each."""

    text: str
    lead: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A numbered list that counts from one."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings, repeated on each page; `widths` are shares of the line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Words | Fact | Points | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """All in the words of its readers; `mark` stands at the head of each page until the document is settled.

    `page` holds the two blanks {n} and {total}.
    """

    organisation: str
    kind: str
    title: str
    language: str
    country: str
    made_at: datetime
    blocks: tuple[Block, ...]
    page: str
    mark: str = ""
    notice: str = ""
    logo: Picture | None = None

    @property
    def name(self) -> str:
        """Of the whole document: what it is, and of what."""
        return f"{self.kind} – {self.title}"


def writable(text: str) -> str:
    """The text without what a document cannot hold; its line breaks become spaces."""
    return _UNWRITABLE.sub("", text).replace("\r\n", " ").translate({ord(space): " " for space in "\r\n\t"})


def point(text: str, *, lead: str = "", notes: Sequence[str] = ()) -> Point:
    return Point(writable(text), writable(lead), tuple(writable(note) for note in notes))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    return Table(tuple(headings), tuple(tuple(writable(cell) for cell in row) for row in rows), tuple(widths))


_KINDS: dict[str, type[Block]] = {kind.__name__: kind for kind in (Heading, Words, Fact, Points, Table)}
# The logo is the network's, not the document's.
_KEPT = ("organisation", "kind", "title", "language", "country", "page", "mark", "notice")


def to_json(paper: Paper) -> dict[str, Any]:
    """The document as it is kept: what it says, without its logo."""
    blocks = [{"is": type(block).__name__, **asdict(block)} for block in paper.blocks]
    return {name: getattr(paper, name) for name in _KEPT} | {"made_at": paper.made_at.isoformat(), "blocks": blocks}


def from_json(stored: Mapping[str, Any], logo: Picture | None = None) -> Paper:
    blocks = tuple(_block(dict(block)) for block in stored["blocks"])
    kept = {name: stored[name] for name in _KEPT}
    return Paper(**kept, made_at=datetime.fromisoformat(stored["made_at"]), blocks=blocks, logo=logo)


def _block(stored: dict[str, Any]) -> Block:
    kind = _KINDS[stored.pop("is")]
    if kind is Points:
        return Points(tuple(Point(**{**one, "notes": tuple(one["notes"])}) for one in stored["points"]))
    if kind is Table:
        rows = tuple(tuple(row) for row in stored["rows"])
        return Table(tuple(stored["headings"]), rows, tuple(stored["widths"]))
    return kind(**stored)


def words_of(paper: Paper) -> str:
    """All that the document says, to be searched."""
    said = [paper.name]
    for block in paper.blocks:
        match block:
            case Heading() | Words():
                said.append(block.text)
            case Fact():
                said += [block.label, block.text]
            case Points():
                for one in block.points:
                    said += [one.lead, one.text, *one.notes]
            case Table():
                said += [cell for row in block.rows for cell in row]
    return "\n".join(said)
