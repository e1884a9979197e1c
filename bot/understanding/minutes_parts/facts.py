"""What minutes say of the meeting itself: title, body, day, who was there, and the next one."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from bot.understanding import clock
from bot.understanding.minutes_parts import attendance
from bot.understanding.minutes_parts.blocks import Block, front_matter
from bot.understanding.minutes_parts.languages import LANGUAGES, Language, language
from bot.understanding.minutes_parts.markup import EMOJI, plain
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
_DECORATION = re.compile(rf"^(?:{EMOJI}\s*)+")
_HOURS = re.compile(r"\b\d{1,2}\s?(?:[hu:.]\s?\d{0,2}|heures?|uur|uhr|am|pm)\b\.?", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:Objet|Sujet|Onderwerp|Betreff|Subject)\s?:\s*(\S.*)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:\d+[.)]|TOP\s+\d)")
_DAYS = (
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:maan|dins|woens|donder|vrij|zater|zon)dag|mittwoch"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|sonnabend"
)
_DAY_WORD = re.compile(rf"{_DAYS}|uur|uhr|datum|date")
_HOUR = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])\s?(?:(?:[hu:]|heures?|uur|uhr)\s?(?P<m>[0-5]\d)?|(?P<half>am|pm))(?:\s?uhr)?\b",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(
    r"^(?:heures?|horaires?|tijd(?:stip)?|uur|uhrzeit|zeit|beginn|time|date|datum)\s?:", re.IGNORECASE
)
_PAPER = re.compile(
    r"^(?:pv|procès[- ]verbal|compte[- ]rendu|cr|relevé de décisions|notulen|verslag"
    r"|(?:ergebnis)?protokoll|minutes|notes)\b"
    r"[\s:–—-]*(?:(?:de la|d['’]une|de|van de|der|of the|of) "
    r"(?:réunion|séance|vergadering|bijeenkomst|sitzung|meeting)\b)?"
    r"[\s:–—-]*(?:(?:du|des|de la|de|van het|van de|van|der|des|of the|of|from the)\s|de l['’]|d['’])?\s*",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(
    r"[\s,(–—-]*(?:\b(?:du|le|de|d[eu] [a-z]+di|van|op|vom|am|of|on|held on|tenue le|of the)\b\s*)?"
    rf"(?:(?:{_DAYS})\b[\s,]*(?:le|den|the)?\s*)?(?:the\s)?$",
    re.IGNORECASE,
)
_HEAD = 25
_OPENING = 4
_PLACE = 5
_TITLE = 120


@dataclass(frozen=True)
class MeetingFacts:
    """People are names as written; what is not found is None or empty.

    `affiliations` gives the organisation or function written beside a name; `next_meeting` is the words that announce
    it, `next_day` its day.
    """

    title: str | None = None
    date: dt.date | None = None
    body: str | None = None
    present: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    represented: tuple[str, ...] = ()
    next_meeting: str | None = None
    next_day: dt.date | None = None
    starts: dt.time | None = None
    ends: dt.time | None = None
    affiliations: Mapping[str, str] = field(default_factory=dict)


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
    lines = [line for line in source[offset:].split("\n")[: _HEAD * 3] if line.strip()]
    top = [_DECORATION.sub("", plain(line).lstrip("# ")) for line in lines[:_HEAD]]
    title = head.get("title") or _title(blocks, top, one)
    there = attendance.read(units)
    people = there.names
    # A title's day is the meeting's; a head's may be that of publication.
    day = next((found for found in map(day_in, (title or "", head.get("date", ""), *top)) if found), None)
    starts, ends = _hours([title or "", *top[:_OPENING], *(text for text in top if _SAYS_WHEN.match(text))], one)
    return MeetingFacts(
        title=title,
        date=day,
        body=_body(f"{title or ''} {' '.join(top[:6])}", one),
        present=people["present"],
        excused=people["excused"],
        absent=people["absent"],
        represented=people["represented"],
        affiliations=there.affiliations,
        next_meeting=_next(source, blocks, units),
        starts=starts,
        ends=ends,
    )


def _hours(lines: list[str], one: Language) -> tuple[dt.time | None, dt.time | None]:
    """From when to when, as a line with the day or one that is named after it says; None where none does."""
    for line in lines:
        if not (_SAYS_WHEN.match(line) or day_in(line) or is_date_line(line, one)):
            continue
        for pattern in (_ISO, _NUMERIC, _NAMED, _ENGLISH):
            line = pattern.sub(" ", line)  # noqa: PLW2901 - its day is no hour
        if (found := clock.hours(line)) is not None:
            return found.first, found.last
        if (match := _HOUR.search(line)) is not None:
            afternoon = (match["half"] or "").lower() == "pm"
            hour = int(match["h"]) % 12 + 12 if afternoon else int(match["h"])
            return dt.time(hour, int(match["m"] or 0)), None
    return None, None


def bare_title(title: str) -> str:
    """What met, without what kind of paper it is and its day: "PV du comité de pilotage du 3 mars 2026"."""
    said = title
    for pattern in (_ISO, _NUMERIC, _NAMED, _ENGLISH):
        if (match := pattern.search(said)) is not None:
            said = _BEFORE_DAY.sub("", said[: match.start()])
            break
    said = _PAPER.sub("", said).strip(" ,;:–—-*_")
    return said[:1].upper() + said[1:] if len(said) >= len("ABC") else title


def _title(blocks: list[Block], top: list[str], one: Language) -> str | None:
    """The heading or line that says what this is; a bare "Compte rendu" with the line below it; a date is none."""
    for line in top:
        if (subject := _SUBJECT.match(line)) and len(subject[1]) < _TITLE:
            return subject[1].strip()
    headings = list(dict.fromkeys(text for block in blocks[:_HEAD] for text in block.headings))
    named = [text for text in headings if _says_what(text, one) and not _NUMBERED.match(text)]
    early = [text for text in named if text in top[:_OPENING]]
    first = [text for text in (*headings[:1], *top[:1]) if text in top[:2] and _may_be_title(text, one)]
    lines = [text for text in top if _says_what(text, one) and not is_date_line(text, one)]
    rest = [text for text in top[:1] if not text.endswith((",", "!"))]
    found = next((text for text in (*early, *first, *named, *lines, *rest) if len(text) < _TITLE), None)
    if found is not None and found in top and _bare(found, one):
        below = next((text for text in top[top.index(found) + 1 :][:2] if _may_be_title(text, one)), None)
        return f"{found} – {below}" if below else found
    return found


def _says_what(text: str, one: Language) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text.lower()) for word in one.facts["title"])


def _bare(text: str, one: Language) -> bool:
    return text.lower().strip(" *:.-") in one.facts["title"]


def _may_be_title(text: str, one: Language) -> bool:
    """A line that can name a meeting: no date alone, no greeting, no list of people, no sentence."""
    if len(text) >= _TITLE or text.endswith((",", ".", "!", "?")) or is_date_line(text, one):
        return False
    label = text.partition(":")[0] if ":" in text else ""
    return not label and attendance.role_of(text) is None and not text.startswith(("|", "-", "*", ">"))


def is_date_line(text: str, one: Language) -> bool:
    """Begins with a day, and says hardly more than an hour and a place: "Réunion du 18 novembre 2026, Libramont"."""
    found = [match for pattern in (_ISO, _NUMERIC, _NAMED, _ENGLISH) if (match := pattern.search(text))]
    if not found:
        return False
    first = min(found, key=lambda match: match.start())
    rest = _HOURS.sub(" ", text[first.end() :])
    return not _telling(text[: first.start()], one) and len(_telling(rest, one)) <= _PLACE


def _telling(text: str, one: Language) -> list[str]:
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text.lower()) if word not in one.verbs["function"]]
    return [word for word in words if word not in one.facts["title"] and not _DAY_WORD.fullmatch(word)]


def _body(text: str, one: Language) -> str | None:
    for word in one.facts["body"]:
        if match := re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return match[0]
    return None


@cache
def _next_words() -> tuple[str, ...]:
    """What may begin the announcement, bare or after an article."""
    words = [word for code in LANGUAGES for word in language(code).facts["next"]]
    articles = ("", "la ", "le ", "de ", "het ", "the ", "die ", "das ", "der ")
    return tuple(f"{article}{word}" for article in articles for word in words)


def _next(source: str, blocks: list[Block], units: list[Unit]) -> str | None:
    words = _next_words()
    for unit in reversed(units):
        said = f"{unit.label.text if unit.label else ''} {unit.text}".strip().lower()
        dated = any(token.text.isdigit() or token.text[:1].isdigit() for token in unit.tokens)
        if ("next" in unit.block.roles and dated) or said.startswith(words):
            return plain(source[unit.start : unit.end])
    for block in reversed(blocks):
        for heading in reversed(block.headings):
            if heading.lower().startswith(words) and any(char.isdigit() for char in heading):
                return heading
    return None
