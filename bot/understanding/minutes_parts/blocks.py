"""A document as blocks: headings, list items, table rows and paragraphs, each with where it stands in the source."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.understanding.minutes_parts.languages import Language, every, tokens
from bot.understanding.minutes_parts.markup import EMOJI, plain

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
# A tick stands before the text, alone or after a bullet; a hand or an arrow is a bullet too.
_BOX = r"\[[ xX✓]?\]\s+|[☐☑✅✔]\ufe0f?\s+"
_NUMBER = r"\(?\d{1,3}(?:\.\d{1,3})*[.)]|[a-z][.)]|[A-Z]\d{1,2}[.)]"
_ITEM = re.compile(
    rf"^(?P<indent>\s*)(?:(?:(?:[-+•·–▪◦‣➢➤►▶■□●○👉➡→o]\ufe0f?|[-=]>|\*{{1,3}}|{_NUMBER})\s+(?:[-*+•]\s+)?)"
    rf"(?P<box>{_BOX})?|(?P<bare>{_BOX}))(?=\S)"
)
_NUMBERED = re.compile(r"^\s{0,3}(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,4}[.)])\s+(?P<text>\S.*)$")
_LABELLED = re.compile(r":\s+\S|→|=>|->")
_DECORATION = re.compile(rf"^(?:{EMOJI}\s*)+")
_RULE = re.compile(r"^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}|~{3,})\s*$")
_BOLD = re.compile(r"^\s*(\*\*|__)(?=\S)(.+?)(?<=\S)\1:?\s*$")
_PLAIN_HEADING = re.compile(
    r"^\s*(?:TOP|Point|Punt|Agendapunt|Item|Tagesordnungspunkt)\s+\d+\b.{0,100}$", re.IGNORECASE
)
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|+-]+\|?\s*$")
_CELL = re.compile(r"(?<!\\)\|")
_FRONT_KEY = re.compile(r"^([A-Za-z_-]+):\s*(.*)$")
# In a pasted chat: "Claire Dumont  10:42", "**Claire** [10:42 AM]", "Claire Dumont — Aujourd'hui à 10:42".
_SPEAKER = re.compile(
    r"^\s*(?:\*\*)?@?(?P<name>[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+){0,3})(?:\*\*)?[\s,—–-]+[^\n\d]{0,20}[\[(]?"
    r"\d{1,2}[:h.]\d{2}(?:\s?[AaPp][Mm])?[\])]?:?\s*$"
)
_STARTS_LABEL = re.compile(r"^\s*(?:\*\*[^*]+\*\*|[^\W\d_]{3,20}\s?:\s|[A-ZÀ-Ý][^:.,;]{1,30}\s?:(?:\s|$))")
_WRAPPED = 60
# Nobody's screen is narrower: a shorter line ends where its author ended it.
_SHORTEST_WRAP = 30
_TAB = 4
_DEEP = 7
_BARE = 5
_BARE_LIST = 8
_FEW = 3
_TITLE_WORDS = 12
_LONG_HEADING = 90
# Roles that go down to what stands below a heading, most telling first.
INHERITED = ("previous", "attendance", "stats", "actions", "decisions", "agreements")


@dataclass(frozen=True)
class Cell:
    """A table cell: its column's role (what, who, when, status, decided or "") and its place in the source."""

    role: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True)
class Block:
    """`start` and `end` are offsets in the source; `headings` go from the widest to the nearest."""

    kind: str
    start: int
    end: int
    depth: int = 0
    headings: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    checked: bool | None = None
    cells: tuple[Cell, ...] = ()
    parent: str = ""
    first: bool = False


@dataclass
class _Reader:
    source: str
    languages: tuple[Language, ...]
    blocks: list[Block] = field(default_factory=list)
    headings: list[tuple[int, str, frozenset[str]]] = field(default_factory=list)
    items: list[tuple[int, str, frozenset[str]]] = field(default_factory=list)
    columns: tuple[str, ...] = ()

    def enter(self, level: int, text: str) -> None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, text, roles_of(text, self.languages)))
        self.items.clear()

    def roles(self) -> frozenset[str]:
        for _, _, roles in reversed(self.items):
            if roles:
                return roles
        for distance, (_, _, roles) in enumerate(reversed(self.headings)):
            kept = roles if distance == 0 else roles & set(INHERITED)
            if kept:
                return kept
        return frozenset()

    def add(self, block: Block) -> None:
        names = tuple(text for _, text, _ in self.headings)
        self.blocks.append(
            replace(block, headings=names, roles=self.roles(), parent=self.items[-1][1] if self.items else "")
        )


def roles_of(text: str, languages: tuple[Language, ...]) -> frozenset[str]:
    """What a heading or a label announces, by its words in any of the languages; empty for an ordinary subject."""
    spoken = [token.word for token in tokens(text) if token.is_word or token.word == "/"]
    while spoken and spoken[0].replace(".", "").isdigit():
        spoken.pop(0)
    found: set[str] = set()
    for one in languages:
        for name, start, end in one.sections.find(spoken):
            # The words are its beginning or nearly all of it: "Actions", not "Des actions en Ardenne".
            if end - start >= len(spoken) - 2 or (start == 0 and end - start >= len(spoken) / 3) or name == "previous":
                found.add(name)
    return frozenset({"previous"} if "previous" in found else found)


def front_matter(source: str) -> tuple[dict[str, str], int]:
    """The keys of a YAML head as plain text, and the offset where the document proper begins."""
    lines = source.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].strip() != "---":
        return {}, 0
    facts: dict[str, str] = {}
    for number in range(start + 1, min(len(lines), start + 80)):
        if lines[number].strip() in ("---", "..."):
            return facts, sum(len(line) + 1 for line in lines[: number + 1])
        if match := _FRONT_KEY.match(lines[number]):
            facts[match[1].lower()] = match[2].strip().strip("'\"")
        elif lines[number].strip() and not lines[number].startswith((" ", "-", "\t", "#")):
            return {}, 0
    return {}, 0


def read(source: str, languages: tuple[Language, ...] | None = None) -> list[Block]:
    """Offsets of every block count from the beginning of `source`, front matter included."""
    reader = _Reader(source, languages or every())
    _, offset = front_matter(source)
    lines: list[tuple[int, str]] = []
    for line in source[offset:].split("\n"):
        lines.append((offset, line))
        offset += len(line) + 1
    number, fenced, after_blank = 0, False, True
    while number < len(lines):
        line = lines[number][1]
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if (
            fenced
            or not line.strip()
            or _RULE.match(line)
            or line.lstrip().startswith(("```", "~~~", "#+", "<!--", "!["))
        ):
            after_blank = True
            number += 1
            continue
        number = _take(reader, lines, number, after_blank=after_blank)
        after_blank = False
    return reader.blocks


def _take(reader: _Reader, lines: list[tuple[int, str]], number: int, *, after_blank: bool) -> int:
    start, line = lines[number]
    following = lines[number + 1][1] if number + 1 < len(lines) else ""
    if match := _HEADING.match(line):
        reader.enter(len(match[1]), plain(match[2]))
        reader.columns = ()
        return number + 1
    if _underlined(line, following):
        reader.enter(1 if following.lstrip().startswith("=") else 2, plain(line))
        return number + 2
    if _TABLE.match(line):
        return _take_table(reader, lines, number)
    if match := _SPEAKER.match(line):
        reader.enter(_DEEP + 2, match["name"])
        return number + 1
    if level := _unmarked_heading(lines, number, after_blank=after_blank):
        reader.enter(level, plain(_NUMBERED.sub(r"\g<text>", line)))
        return number + 1
    if match := _ITEM.match(line):
        return _take_item(reader, lines, number, match)
    if after_blank and _bare_heading(reader, line, following):
        reader.enter(_DEEP + 1, plain(line))
        return number + 1
    if after_blank and line.rstrip().endswith(":") and len(line) < _WRAPPED and roles_of(line, reader.languages):
        reader.enter(_DEEP + 1, plain(line))
        return number + 1
    if line[:1] not in " \t":
        reader.items.clear()
    end = _wrapped(lines, number)
    quote = 1 if line.lstrip().startswith(">") else 0
    body = start + len(line) - len(line.lstrip(" \t>"))
    last = lines[end - 1]
    reader.add(Block("quote" if quote else "paragraph", body, last[0] + len(last[1].rstrip()), first=after_blank))
    return end


def _underlined(line: str, following: str) -> bool:
    rule = following.strip()
    is_rule = len(rule) >= len("===") and set(rule) in ({"="}, {"-"})
    return (
        is_rule
        and not _ITEM.match(line)
        and not line.startswith((" ", "|", "\t"))
        and len(rule) >= len(line.strip()) // 3
    )


def _plain_heading(line: str) -> int:
    """The level of a heading that is marked by nothing but bold or capitals; 0 when the line is none."""
    text = line.strip()
    bold = _BOLD.match(line)
    if bold and len(text) < _LONG_HEADING * 2 and not bold[2].rstrip().endswith((".", "!")):
        return _DEEP if bold[1] not in bold[2] or "/" in bold[2][:8] else 0
    if _PLAIN_HEADING.match(line) and not text.endswith("."):
        return _DEEP
    letters = [char for char in text if char.isalpha()]
    shouted = len(letters) >= _TAB and all(char.isupper() for char in letters) and len(text) < _LONG_HEADING
    return _DEEP if shouted and not _ITEM.match(line) else 0


def _unmarked_heading(lines: list[tuple[int, str]], number: int, *, after_blank: bool) -> int:
    if _numbered_heading(lines, number, after_blank=after_blank):
        return _DEEP
    return _plain_heading(lines[number][1]) if after_blank else 0


def _numbered_heading(lines: list[tuple[int, str]], number: int, *, after_blank: bool) -> bool:
    """A short numbered line with prose or a list of another kind below it: "3. Budget", not the third of a list."""
    match = _NUMBERED.match(lines[number][1])
    before = lines[number - 1][1] if number else ""
    if match is None or _LABELLED.search(match["text"]) or not (after_blank or not _NUMBERED.match(before)):
        return False
    text = match["text"].strip()
    if len(text.split()) > _TITLE_WORDS or text[-1] in ".!?;:," or not text[0].isupper():
        return False
    following = next((line for _, line in lines[number + 1 : number + 2]), "").rstrip()
    begins = bool(following) and not following.startswith((" ", "\t", ">")) and not following[0].islower()
    return begins and not _NUMBERED.match(following) and len(lines[number][1]) < _LONG_HEADING


def _bare_heading(reader: _Reader, line: str, following: str) -> bool:
    """A short line that nothing marks, above a list or a paragraph: "À faire", "Tour de table"."""
    text = _DECORATION.sub("", line.strip())
    if len(text.split()) <= _FEW and following.strip() and text[-1].isalpha() and text.islower():
        return bool(roles_of(text, reader.languages)) and _ITEM.match(following) is not None
    above_a_list = _ITEM.match(following) is not None and ":" not in text
    if (
        len(text.split()) > (_BARE_LIST if above_a_list else _BARE)
        or not text
        or not text[0].isupper()
        or text[-1] in ".!?,;"
        or line[:1] in " \t"
        or not following.strip()
    ):
        return False
    if above_a_list:
        return True
    announced = bool(roles_of(text, reader.languages)) and ":" not in text
    return announced or (
        len(following) > _WRAPPED and len(text) < _WRAPPED / 2 and not any(char in text for char in ":|")
    )


def _take_item(reader: _Reader, lines: list[tuple[int, str]], number: int, match: re.Match[str]) -> int:
    start = lines[number][0]
    depth = len(match["indent"].expandtabs(_TAB))
    while reader.items and reader.items[-1][0] >= depth:
        reader.items.pop()
    end = _wrapped(lines, number)
    last = lines[end - 1]
    box = match["box"] or match["bare"]
    body = start + match.end()
    finish = last[0] + len(last[1].rstrip())
    checked = None if box is None else box.strip() not in ("[ ]", "[]", "☐")
    reader.add(Block("item", body, finish, depth=depth, checked=checked))
    text = plain(reader.source[body:finish])
    announced = (
        roles_of(text.partition(":")[0], reader.languages)
        if len(text) < _WRAPPED and text.endswith(":")
        else frozenset()
    )
    reader.items.append((depth, text, announced))
    return end


def _wrapped(lines: list[tuple[int, str]], number: int) -> int:
    """The number after the last line of the paragraph or item that begins at `number`: hard-wrapped lines are one."""
    end = number + 1
    for (_, line), (_, following) in pairwise(lines[number:]):
        stripped = following.strip()
        stops = not stripped or _RULE.match(following) or _HEADING.match(following) or _TABLE.match(following)
        if (
            stops
            or _ITEM.match(following)
            or line.endswith("  ")
            or stripped.startswith((">", "```"))
            or _STARTS_LABEL.match(following)
            or _SPEAKER.match(following)
        ):
            break
        tail = line.rstrip()
        goes_on = not tail.endswith((".", "!", "?", ":", ";")) and (
            (stripped[0].islower() and len(tail) >= _SHORTEST_WRAP)
            or stripped[0] in "([„«\"'"
            or stripped[0].isdigit()
            or len(tail) >= _WRAPPED
            or tail.endswith((",", "-"))
        )
        if not goes_on or (
            number + 2 < len(lines) and end + 1 < len(lines) and _underlined(following, lines[end + 1][1])
        ):
            break
        end += 1
    return end


def _take_table(reader: _Reader, lines: list[tuple[int, str]], number: int) -> int:
    start, line = lines[number]
    if _TABLE_RULE.match(line):
        return number + 1
    spans = _spans(line, start)
    following = lines[number + 1][1] if number + 1 < len(lines) else ""
    names = [plain(reader.source[a:b]).lower().rstrip(" :?") for a, b in spans]
    roles = tuple(next((one.table[name] for one in reader.languages if name in one.table), "") for name in names)
    roles = tuple("who" if role == "name all" and "what" in roles else role for role in roles)
    known = len([role for role in roles if role])
    if (following.strip() and _TABLE_RULE.match(following)) or known >= max(2, len(roles) // 2):
        reader.columns = roles
        return number + 1
    columns = reader.columns if len(reader.columns) == len(spans) else ("",) * len(spans)
    cells = tuple(
        Cell(role, a, b, plain(reader.source[a:b])) for role, (a, b) in zip(columns, spans, strict=True) if b > a
    )
    if cells:
        reader.add(Block("row", cells[0].start, cells[-1].end, cells=cells))
    if number + 1 >= len(lines) or not _TABLE.match(following):
        reader.columns = ()
    return number + 1


def _spans(line: str, start: int) -> list[tuple[int, int]]:
    marks = [match.start() for match in _CELL.finditer(line)]
    spans = []
    for left, right in pairwise(marks):
        cell = line[left + 1 : right]
        begin = start + left + 1 + len(cell) - len(cell.lstrip())
        spans.append((begin, max(begin, start + left + 1 + len(cell.rstrip()))))
    return spans
