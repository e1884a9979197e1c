"""When in the day and where the next meeting is, in the words that announce it; whatever their language."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.understanding import clock, deadlines
from bot.understanding.spelling import fold

_ONE_HOUR = re.compile(
    r"(?<![\d/.-])\b(?P<h>[01]?\d|2[0-3])\s?(?:(?:[hu:]|heures?|uur|uhr)\s?(?P<m>[0-5]\d)?|(?:[:.](?P<n>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?))"
    r"(?:\s?uhr)?(?![\w/])",
    re.IGNORECASE,
)
_HALF_RANGE = re.compile(
    r"(?:\bfrom\s+)?\b(?P<a>1[0-2]|0?[1-9])(?:[:.](?P<b>[0-5]\d))?\s?(?P<x>[ap])?\.?m?\.?\s*(?:-|–|to|until)\s*"
    r"(?P<c>1[0-2]|0?[1-9])(?:[:.](?P<d>[0-5]\d))?\s?(?P<y>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?\b"
    r"|\b\d{1,2}(?:er|e|st|nd|rd|th|\.)?\s+[^\W\d_]{3,}\.?(?:\s+\d{4})?"
    r"|\b[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?\b",
    re.IGNORECASE,
)
# "12 janvier", "12, 19 et 26 janvier 2027", "12/01": days of which several may be announced.
_NTH = r"\d{1,2}(?:er|e|st|nd|rd|th|\.)?"
_LISTED = re.compile(
    rf"(?<![\d/.:-])(?:(?P<days>{_NTH}(?:\s*(?:,|;|&|\b(?:et|en|und|and)\b)\s*(?:(?:le|on|am|op)\s+)?{_NTH})*)\s+"
    r"(?P<month>[^\W\d_]{3,}\.?(?:\s+\d{4})?)|(?P<date>\d{1,2}/\d{1,2}(?:/\d{2,4})?))",
    re.IGNORECASE,
)
# What may stand between two days of one list, besides numbers and the days of the week.
_BETWEEN = re.compile(
    r"(?:a|am|and|at|bis|den?|der|du|en|et|h|heures?|les?|om|on|op|pm|puis|tot?|u|uhr|um|und|uur|van|von)\Z"
)
_NEW_SENTENCE = re.compile(r"\.\s+[A-ZÀ-Þ]")
_WEEKDAYS = re.compile(
    r"(?:lun|mar|mer|jeu|ven|sam|dim|maa|din|woe|don|vri|zat|zon|mon|die|mit|fre|son|tue|wed|thu|fri|sat|sun)"
)
_AT = (
    r"(?:chez|dans (?:les|la|le|l['’])|à la|à l['’]|à|au|aux|en|bij|te|in het|in de|in|op de|op|bei|im|in der|am|"
    r"at the|at)\b|(?:à l|dans l)['’]"
)
_BEFORE_THE_DAY = re.compile(
    r"(?:^|[\s,:])(?P<where>(?:chez|à la|à l['’]|au|aux|bij|bei)\s?[^,;:]{3,80}?)"
    r"(?=,|\s+(?:le|les|du|de|op|am|on|ce)\s|\s+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi)\b|$)",
    re.IGNORECASE,
)
_BARE_PLACE = re.compile(r"(?:visio\w*|salle|zaal|raum|saal|room|online|en ligne|teams|zoom|[A-ZÀ-Þ])", re.UNICODE)
_ENDS_VERB = re.compile(r"\s+(?:statt|plaats|abgehalten|gehouden)$", re.IGNORECASE)
_WHERE = re.compile(rf"(?:{_AT})\s?\S", re.IGNORECASE)
_NOTHING = " \t\u00a0\u202f,;:.–—-"
_MOST_PLACE = 80
_NOON = 12


@dataclass(frozen=True, slots=True)
class When:
    """Hours of the day, None where the words give none; the place as it is written, "" without one."""

    first: dt.time | None = None
    last: dt.time | None = None
    place: str = ""


def read(words: str) -> When:
    """Of "Prochaine réunion : le 12 janvier de 14h à 16h, chez Vivalia": 14:00, 16:00 and "chez Vivalia"."""
    first, last, end = _hours(words)
    day = _DATE.search(words)
    return When(first, last, _place(words, max(end, day.end() if day else 0), day.start() if day else len(words)))


def listed(words: str, *, now: dt.datetime, lang: str, country: str) -> list[tuple[dt.date, str]]:
    """The days that are announced together, each with the words of its own; none where there are not several."""
    found: list[tuple[dt.date, int, int]] = []
    for one in _LISTED.finditer(words):
        said = [one["date"]] if one["date"] else [f"{day} {one['month']}" for day in re.findall(_NTH, one["days"])]
        understood = [(day, deadlines.read(day, now=now, lang=lang, country=country)) for day in said]
        if found and not _same_list(words[found[-1][2] - 1 : one.start()]):
            break
        # "14 Uhr" is no day.
        found += [
            (deadline.due, one.start(), one.end())
            for day, deadline in understood
            if deadline is not None and deadline.due.day == int(re.split(r"\D", day, maxsplit=1)[0])
        ]
    if len({day for day, _start, _end in found}) <= 1:
        return []
    starts = sorted({start for _day, start, _end in found})
    after = dict(zip(starts, [*starts[1:], len(words)], strict=True))
    pieces = [(day, words[start : after[start]].rstrip(_NOTHING)) for day, start, _end in found]
    return [(day, piece if read(piece).first is not None else words) for day, piece in pieces]


def _same_list(between: str) -> bool:
    """From the last letter of one day, which may be a full stop, to the next."""
    said = re.findall(r"[^\W\d_]+", fold(between[1:]))
    return all(_BETWEEN.match(word) or _WEEKDAYS.match(word) for word in said) and not _NEW_SENTENCE.search(between)


def _hours(words: str) -> tuple[dt.time | None, dt.time | None, int]:
    """From when to when, and where the words that say so end."""
    if (half := _HALF_RANGE.search(words)) is not None:
        late = half["y"].lower()
        last = _of_half(half["c"], half["d"], late)
        first = _of_half(half["a"], half["b"], (half["x"] or late).lower())
        if first < last:
            return first, last, half.end()
    if (both := clock.hours(words)) is not None:
        return both.first, both.last, both.span[1]
    one = _ONE_HOUR.search(words)
    if one is None:
        return None, None, 0
    if one["half"]:
        return _of_half(one["h"], one["n"], one["half"][0].lower()), None, one.end()
    return dt.time(int(one["h"]), int(one["m"] or 0)), None, one.end()


def _of_half(hour: str, minute: str | None, half: str) -> dt.time:
    return dt.time(int(hour) % _NOON + (_NOON if half == "p" else 0), int(minute or 0))


def _place(words: str, after: int, before: int) -> str:
    """What follows the day and the hour, where it reads as a place; else what stands before them after "chez"."""
    said = re.split(r"[;(]|\.\s|\s(?:pour|voor|für|for|afin)\s", words[after:].strip(_NOTHING + "()"), maxsplit=1)[0]
    said = _ENDS_VERB.sub("", said.strip(_NOTHING + ")"))
    if 1 < len(said) <= _MOST_PLACE and ":" not in said and (_WHERE.match(said) or _BARE_PLACE.match(said)):
        return said
    found = _BEFORE_THE_DAY.search(words[:before] + " ")
    return found["where"].strip(_NOTHING) if found is not None else ""
