"""Deadlines as people write them, in French, Dutch, German and English: text -> days. No clock, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NotRequired, TypedDict, Unpack

from bot.understanding.dates import detect
from bot.understanding.dates.calendars import add_working_days, is_working_day, public_holidays
from bot.understanding.dates.context import just_passed, strength_in_context, tidy
from bot.understanding.dates.nodes import LANGUAGES, Node
from bot.understanding.dates.school import SCHOOLS
from bot.understanding.dates.values import Event, Found, Missing, Moment, Span

__all__ = [
    "LANGUAGES",
    "SCHOOLS",
    "Deadline",
    "Event",
    "Reading",
    "add_working_days",
    "is_working_day",
    "may_name_meeting",
    "public_holidays",
    "read",
    "read_all",
    "without",
]


class Reading(TypedDict):
    """What the days of a sentence are read against; `now` is aware."""

    now: datetime
    lang: NotRequired[str | None]
    country: NotRequired[str]
    events: NotRequired[Sequence[Event]]
    school: NotRequired[str | None]


@dataclass(frozen=True, slots=True)
class Deadline:
    """An interval of days, the day owed in it, and how sure that is."""

    span: tuple[int, int]
    words: str
    from_: date
    to: date
    due: date
    time: time | None
    recurrence: str | None
    certain: bool
    readings: tuple[date, ...]
    reason: str = ""
    strength: int = 1


def read(text: str, *, any_tense: bool = False, **reading: Unpack[Reading]) -> Deadline | None:
    """The deadline of a sentence: one that a preposition names, else the first; None when there is none."""
    found = read_all(text, any_tense=any_tense, **reading)
    return max(found, key=lambda one: (one.strength, one.reason != "event"), default=None)


def read_all(
    text: str,
    *,
    now: datetime,
    lang: str | None = None,
    country: str = "BE",
    school: str | None = None,
    any_tense: bool = False,
    events: Sequence[Event] = (),
) -> list[Deadline]:
    """Every deadline of the text, in order."""
    named = tuple(events)
    order = detect.languages(text, lang if lang in LANGUAGES else None)
    first = lang if lang in LANGUAGES else order[0]
    readings: list[list[Deadline]] = []
    seen: list[Found] = []
    anything = lang is None and not detect.leads(text)
    for one in dict.fromkeys([first, *(other for other in order if anything or detect.shown(text, other))]):
        moment = Moment(now, one, country, school, any_tense, named)
        items, _ = _spans(text, moment)
        seen += items
        readings.append([deadline for item in items if (deadline := _deadline(text, item, moment))])
        if items and (one == lang or detect.sure(text) or not (anything or readings[-1])):
            break
    best = max(readings, key=lambda found: sum(one.span[1] - one.span[0] for one in found))
    return best or _foreign(text, Moment(now, first, country, school, any_tense, named), seen)


def may_name_meeting(text: str) -> bool:
    """Whether a word says that something is owed in relation to something: only then are meetings worth a look."""
    return _RELATION.search(text) is not None


_RELATION = re.compile(
    r"\b(?:avant|avt|apr[èe]s|veille|lendemain|pour|pr|d['’]ici|jusqu\w*|prochaine?|v[oó][oó]r|na|tegen|tot|uiterlijk|volgende"
    r"|eerstvolgende|vor|nach|bis|zum|zur|nächste\w*|naechste\w*|spätestens|before|after|by|until|next|for|prior|ahead)\b",
    re.IGNORECASE,
)
LITERAL = re.compile(r"(?<!\w)\d{1,2}\.?\s(?:de\s|di\s)?[^\W\d_]{3,14}\.?,?\s(?:de\s|del\s)?20\d\d(?!\w)")
# Languages that partners write and that have no grammar here: their literal dates are read all the same.
FOREIGN = ["es", "it", "pt", "ro", "pl", "tr", "sq", "uk", "ru", "bg", "lb", "ca", "hr", "cs", "hu"]


def _spans(text: str, moment: Moment) -> tuple[list[Found], list[Missing]]:
    from bot.understanding.dates.reader import spans  # noqa: PLC0415 - two thirds of the import: for who reads a text

    return spans(text, moment)


def _foreign(text: str, moment: Moment, seen: list[Found]) -> list[Deadline]:
    """A date written out in another language, with its year: "15 dicembre 2026"; not what was `seen` already."""
    out = []
    for match in LITERAL.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in seen):
            continue
        import dateparser  # noqa: PLC0415 - 100 ms that only a literal date of another language should cost

        at = dateparser.parse(
            match[0], languages=FOREIGN, settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
        )
        if at is None:
            continue
        span = Span(at.date(), at.date(), "day", explicit=True, strength=2)
        node = Node(match.start(), match.end(), {"DAY": span})
        deadline = _deadline(text, Found(match.start(), match.end(), span, 0, [node]), moment)
        if deadline:
            out.append(deadline)
    return out


@dataclass(frozen=True, slots=True)
class Undated:
    """Words that name a day nobody here knows; `reason`: beyond_known_years, school_unknown or meeting_unknown."""

    span: tuple[int, int]
    words: str
    reason: str


def undated(
    text: str,
    *,
    now: datetime,
    lang: str | None = None,
    country: str = "BE",
    school: str | None = None,
    events: Sequence[Event] = (),
) -> Undated | None:
    """What a sentence owes by a day that cannot be told: say so and ask, rather than find nothing."""
    one = lang if lang in LANGUAGES else detect.languages(text)[0]
    named = tuple(events)
    _, missing = _spans(text, Moment(now, one, country, school, False, named))
    return next((Undated((m.start, m.end), text[m.start : m.end], m.reason) for m in missing), None)


def _deadline(text: str, found: Found, moment: Moment) -> Deadline | None:
    span = found.span
    today = moment.today
    strength = span.strength
    if not moment.past:
        if span.last < today:
            return None
        strength = strength_in_context(text, found, moment)
        if strength <= 0:
            return None
    at = span.time.at() if span.time else None
    if not moment.past and span.last == today and span.time and not span.time.vague and at and at <= now_time(moment):
        return None
    due = _owed(span, moment)
    readings = tuple(dict.fromkeys(day for day in span.readings if day >= today or moment.past))
    passed = not moment.past and just_passed(span, moment)
    certain = not (len(readings) > 1 or span.reason == "vague" or passed or (span.open and not moment.past))
    first = span.first if moment.past else max(span.first, min(today, span.last))
    end = found.end
    if "(" in text[found.start : end] and text[end : end + 1] == ")":
        end += 1
    return Deadline(
        span=(found.start, end),
        words=text[found.start : end],
        from_=first,
        to=span.last,
        due=due,
        time=at,
        recurrence=span.recurrence,
        certain=certain,
        readings=() if certain else readings or (due,),
        reason="just_passed" if passed else span.reason,
        strength=strength,
    )


def now_time(moment: Moment) -> time:
    return moment.now.time().replace(tzinfo=None)


def _owed(span: Span, moment: Moment) -> date:
    """The day owed, moved to the end of the interval when it has passed already: "this week" said on a Saturday."""
    due = span.owed
    return due if moment.past or due >= moment.today else span.last


def without(text: str, deadline: Deadline) -> str:
    """The sentence with the deadline taken out, its spaces and punctuation tidied."""
    start, end = deadline.span
    return tidy(text[:start], text[end:])
