"""When in the day and where the next meeting is, in the words that announce it; whatever their language."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.understanding import clock

_ONE_HOUR = re.compile(
    r"(?<![\d/.-])\b(?P<h>[01]?\d|2[0-3])\s?(?:(?:[hu:]|heures?|uur|uhr)\s?(?P<m>[0-5]\d)?|(?P<half>[ap]\.?m\b\.?))"
    r"(?:\s?uhr)?(?![\w/])",
    re.IGNORECASE,
)
_HALF_RANGE = re.compile(
    r"(?:\bfrom\s+)?\b(?P<a>1[0-2]|0?[1-9])(?::(?P<b>[0-5]\d))?\s?(?P<x>[ap])?\.?m?\.?\s*(?:-|–|to|until)\s*"
    r"(?P<c>1[0-2]|0?[1-9])(?::(?P<d>[0-5]\d))?\s?(?P<y>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?\b"
    r"|\b\d{1,2}(?:er|e|st|nd|rd|th|\.)?\s+[^\W\d_]{3,}\.?(?:\s+\d{4})?"
    r"|\b[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?\b",
    re.IGNORECASE,
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
        return _of_half(one["h"], one["m"], one["half"][0].lower()), None, one.end()
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
