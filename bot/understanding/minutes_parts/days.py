"""By when: the deadline reader's answer, counted from the meeting's day."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from bot.understanding import deadlines
from bot.understanding.deadlines import Deadline, Event
from bot.understanding.minutes_parts.languages import language
from bot.understanding.minutes_parts.markup import plain
from bot.understanding.minutes_parts.signs import Seen

_ZONE = ZoneInfo("Europe/Brussels")
_MORNING = dt.time(9)
# The deadline reader's strength of a day that a preposition of term names ("avant le 4 mai").
_TERM = 3
_WRITTEN_OUT = re.compile(r"\d{1,2}(?:er|e|st|nd|rd|th|\.)?\s*(?:[/.-]\s*\d|[^\W\d_]{3,})|[^\W\d_]{3,}\s+\d{1,2}\b")
_UNTIL = re.compile(r"\b(?:jusqu|tot\b|until\b|till\b|bis\b)", re.IGNORECASE)
# "Sous 5 jours", "binnen de week": how quickly each time, not by when once.
_EACH_TIME = re.compile(
    r"^(?:sous|dans les?|endéans|en|au bout de|binnen|within|in|innerhalb|pendant|durant|for|gedurende|während)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)",
    re.IGNORECASE,
)
_MEETING = {
    "fr": "la prochaine réunion",
    "nl": "de volgende vergadering",
    "en": "the next meeting",
    "de": "nächste Sitzung",
}


@dataclass(frozen=True)
class Reading:
    """What days are counted from and with: the meeting's moment, its language and country, the day of the next one."""

    now: dt.datetime | None
    lang: str
    country: str
    next_day: dt.date | None = None


def due(source: str, seen: Seen, kind: str, how: Reading) -> tuple[str | None, dt.date | None]:
    """The words of the deadline and the day owed; nothing when no moment is known to count from.

    A weekday alone gives none to a decision or an agreement: it is when it happens, every week perhaps.
    """
    if how.now is None:
        return None, None
    unit = seen.unit
    cell = next((plain(source[cell.start : cell.end]) for cell in unit.row if cell.role == "when"), "")
    label = unit.label.text if unit.label is not None and seen.owner_label is None else ""
    # The deadline reader is thorough: it is asked only where a day may be meant.
    said = unit.text if "when" in seen.cues or any(char.isdigit() for char in unit.text) else ""
    for text in (cell, said, label):
        found = _read(text, how) if text else []
        if text is said and kind != "commitment":
            found = _of_something_settled(found, kind)
        best = max(found, key=lambda one: one.strength, default=None)
        if best is not None:
            return best.words, best.due
    return (cell or None), None


def _read(text: str, how: Reading) -> Sequence[Deadline]:
    assert how.now is not None
    events = () if how.next_day is None else (Event((_MEETING[how.lang],), how.next_day, here=True),)
    found = deadlines.read_all(text, now=how.now, lang=how.lang, country=how.country, events=events)
    match = _next_time(how.lang).search(text) if how.next_day is not None else None
    if not found and match is not None and how.next_day is not None:
        day = how.next_day
        span, words = match.span(), match[0]
        return [Deadline(span, words, day, day, day, None, None, certain=True, readings=(day,), strength=_TERM)]
    return found


@cache
def _next_time(lang: str) -> re.Pattern[str]:
    """Words for the next meeting that the deadline reader does not know as one."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, language(lang).facts['next_time']))})\b", re.IGNORECASE)


def _of_something_settled(found: Sequence[Deadline], kind: str) -> Sequence[Deadline]:
    kept = [
        one
        for one in found
        if one.recurrence is None
        and not _EACH_TIME.match(one.words)
        and (one.strength >= _TERM or _WRITTEN_OUT.search(one.words) or not _WEEKDAY.search(one.words))
    ]
    until = [one for one in kept if _UNTIL.search(one.words)]
    return until if kind == "agreement" and until else kept


def next_meeting(words: str | None, how: Reading) -> dt.date | None:
    """The day that the announcement of the next meeting gives."""
    if not words or how.now is None:
        return None
    found = deadlines.read_all(words, now=how.now, lang=how.lang, country=how.country)
    written = [one.due for one in found if _WRITTEN_OUT.search(one.words)]
    return next(iter(written), found[0].due if found else None)


def moment(day: dt.date | None) -> dt.datetime | None:
    """The morning of a day, where the network is."""
    if isinstance(day, dt.datetime):
        return day if day.tzinfo else day.replace(tzinfo=_ZONE)
    return dt.datetime.combine(day, _MORNING, tzinfo=_ZONE) if day is not None else None
