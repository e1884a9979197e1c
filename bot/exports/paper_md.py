"""A document as Markdown: what people wrote stays words."""

from functools import singledispatch

from bot.exports.paper import Block, Fact, Heading, Paper, Points, Table, Words

MEDIA_TYPE = "text/markdown"
_MARKUP = frozenset("\\`*_{}[]<>|#!~")


def write(paper: Paper) -> bytes:
    parts = [f"# {escaped(paper.name)}", escaped(paper.organisation)]
    if notice := paper.notice or paper.mark:
        parts.append(f"*{escaped(notice)}*")
    lines: list[str] = []
    for block in paper.blocks:
        # Facts stand below each other in one paragraph.
        if isinstance(block, Fact):
            lines.append(f"**{escaped(block.label)}** {escaped(block.text)}")
            continue
        if lines:
            parts.append("  \n".join(lines))
            lines = []
        parts.append(_drawn(block))
    if lines:
        parts.append("  \n".join(lines))
    return ("\n\n".join(parts) + "\n").encode()


@singledispatch
def _drawn(block: Block) -> str:
    raise TypeError(type(block).__name__)


@_drawn.register
def _heading(block: Heading) -> str:
    return f"## {escaped(block.text)}"


@_drawn.register
def _words(block: Words) -> str:
    return f"*{escaped(block.text)}*" if block.emphasis else escaped(block.text)


@_drawn.register
def _points(block: Points) -> str:
    lines = []
    for n, point in enumerate(block.points, start=1):
        lead = f"**{escaped(point.lead)}** " if point.lead else ""
        notes = "".join(f"  \n   *{escaped(note)}*" for note in point.notes)
        lines.append(f"{n}. {lead}{escaped(point.text)}{notes}")
    return "\n".join(lines)


@_drawn.register
def _table(block: Table) -> str:
    rows = [block.headings, *block.rows]
    drawn = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in rows]
    return "\n".join([drawn[0], "|" + "---|" * len(block.headings), *drawn[1:]])


def escaped(text: str) -> str:
    """What a person wrote, as Markdown shows it unchanged; non-breaking spaces stay."""
    kept = "".join(f"\\{letter}" if letter in _MARKUP else letter for letter in text)
    one_line = " ".join(part for part in kept.replace("\n", " ").split(" ") if part)
    # A line that begins so would be a list or a heading of its own.
    return f"\\{one_line}" if one_line[:1] in {"-", "+"} else one_line
