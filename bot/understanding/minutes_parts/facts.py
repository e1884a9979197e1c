"""What minutes say of the meeting itself: title, body, day, who was there, and the next one."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.understanding.minutes_parts.blocks import Block, front_matter
from bot.understanding.minutes_parts.languages import LANGUAGES, Language, language
from bot.understanding.minutes_parts.markup import plain
from bot.understanding.minutes_parts.people import split_names
from bot.understanding.minutes_parts.sentences import Unit

_ISO = re.compile(r"\b(20\d{2})-(\d{2})-(\d{2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](20\d{2}|\d{2})\b")
_NAMED = re.compile(
    r"\b(\d{1,2})(?:er|e|ste|de|st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d_]{3,10})\.?,?\s+(20\d{2})\b", re.IGNORECASE
)
_ENGLISH = re.compile(r"\b([A-Za-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(20\d{2})\b")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january janvier januar jänner",
            "feb feber février fevrier februari february februar",
            "mar mrt mär maart march mars märz maerz",
            "apr april avril avr",
            "mei may mai",
            "jun juni june juin",
            "jul juli july juillet juil",
            "aug augustus august août aout",
            "sep sept september septembre",
            "oct okt october octobre oktober",
            "nov november novembre",
            "dec dez déc december décembre decembre dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_HEAD = 25
_TITLE = 120


@dataclass(frozen=True)
class MeetingFacts:
    """People are names as written; `next_meeting` is the words that announce it; what is not found is None or empty."""

    title: str | None = None
    date: dt.date | None = None
    body: str | None = None
    present: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    represented: tuple[str, ...] = ()
    next_meeting: str | None = None
    next_line: int | None = None


def day_in(text: str) -> dt.date | None:
    """The first full date written in the text, day before month."""
    for pattern, order in ((_ISO, "ymd"), (_NUMERIC, "dmy"), (_NAMED, "dmy"), (_ENGLISH, "mdy")):
        for match in pattern.finditer(text):
            found = _date(dict(zip(order, match.groups(), strict=True)))
            if found is not None:
                return found
    return None


def _date(parts: dict[str, str | None]) -> dt.date | None:
    month = parts["m"] or ""
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower())
    if number is None or parts["d"] is None or parts["y"] is None:
        return None
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)  # noqa: PLR2004 - a year of two digits
    try:
        return dt.date(year, number, int(parts["d"]))
    except ValueError:
        return None


def read(source: str, blocks: list[Block], units: list[Unit], one: Language) -> MeetingFacts:
    head, offset = front_matter(source)
    top = [plain(line).lstrip("# ") for line in source[offset:].split("\n")[: _HEAD * 3] if line.strip()][:_HEAD]
    title = head.get("title") or _title(blocks, top, one)
    people = attendance(units)
    # A title's day is the meeting's; a head's may be that of publication.
    day = next((found for found in map(day_in, (title or "", head.get("date", ""), *top)) if found), None)
    line, words = _next(source, blocks, units)
    return MeetingFacts(
        title=title,
        date=day,
        body=_body(f"{title or ''} {' '.join(top[:6])}", one),
        present=people["present"],
        excused=people["excused"],
        absent=people["absent"],
        represented=people["represented"],
        next_meeting=words,
        next_line=line,
    )


def _title(blocks: list[Block], top: list[str], one: Language) -> str | None:
    headings = [text for block in blocks[:_HEAD] for text in block.headings]
    for candidates in (headings, top):
        for text in candidates:
            if (
                any(re.search(rf"\b{re.escape(word)}\b", text.lower()) for word in one.facts["title"])
                and len(text) < _TITLE
            ):
                return text
    return next((text for text in (*headings[:1], *top[:1]) if len(text) < _TITLE), None)


def _body(text: str, one: Language) -> str | None:
    for word in one.facts["body"]:
        if match := re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return match[0]
    return None


def attendance(units: list[Unit]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"present": [], "excused": [], "absent": [], "represented": []}
    for role, names in _mentions(units):
        found[role] += [name for name in names if name not in found[role]]
    return {role: tuple(names) for role, names in found.items()}


def _mentions(units: list[Unit]) -> Iterator[tuple[str, list[str]]]:
    for unit in units:
        if unit.label is not None and (role := _role(unit.label.text)):
            yield role, split_names(unit.text.rstrip("."))
        elif "attendance" in unit.block.roles and unit.block.headings and unit.index == 0:
            role = _role(unit.block.parent.rstrip(": ")) or _role(unit.block.headings[-1].rstrip(": "))
            if role:
                yield "absent" if unit.block.checked is False and role == "present" else role, split_names(unit.text)


def _role(text: str) -> str | None:
    word = text.lower().strip(" *_:")
    return next(
        (
            role
            for role in ("excused", "represented", "absent", "present")
            for code in LANGUAGES
            if word in language(code).facts[role]
        ),
        None,
    )


@cache
def _next_words() -> tuple[str, ...]:
    """What may begin the announcement, bare or after an article."""
    words = [word for code in LANGUAGES for word in language(code).facts["next"]]
    articles = ("", "la ", "le ", "de ", "het ", "the ", "die ", "das ", "der ")
    return tuple(f"{article}{word}" for article in articles for word in words)


def _next(source: str, blocks: list[Block], units: list[Unit]) -> tuple[int | None, str | None]:
    words = _next_words()
    for unit in reversed(units):
        said = f"{unit.label.text if unit.label else ''} {unit.text}".strip().lower()
        dated = any(token.text.isdigit() or token.text[:1].isdigit() for token in unit.tokens)
        if ("next" in unit.block.roles and dated) or said.startswith(words):
            return source.count("\n", 0, unit.start) + 1, plain(source[unit.start : unit.end])
    for block in reversed(blocks):
        for heading in reversed(block.headings):
            if heading.lower().startswith(words) and any(char.isdigit() for char in heading):
                return None, heading
    return None, None
