"""Hours of the day as people write them: text -> values."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

_HOUR: Final = r"(?P<h{n}>[01]?\d|2[0-4])\s*(?:(?:[hu:.]|heures?|uur|uhr)\s*(?P<m{n}>[0-5]\d)?)?(?:\s*uhr)?"
# "14h-16h", "de 14h à 16h", "van 14u tot 16u30", "von 14 bis 16 Uhr", "14:00 to 16:00".
_RANGE: Final = re.compile(
    r"(?:\b(?:de|van|von|from|entre|tussen|zwischen|between)\s+)?(?<![\d/.-])"
    + _HOUR.replace("{n}", "1")
    + r"\s*(?:-|–|—|à|jusqu['’]à|jusque|tot|bis|to|until|et|en|und|and)\s*"
    + _HOUR.replace("{n}", "2")
    + r"(?![\d/.-])",
    re.IGNORECASE,
)
_ONE: Final = re.compile(r"\s*" + _HOUR.replace("{n}", "1") + r"\s*", re.IGNORECASE)
_MARK: Final = re.compile(r"[hu:]|uhr|heure", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one hour to another of the same day, and where the text says so."""

    first: time
    last: time
    span: tuple[int, int]


def hours(text: str) -> Hours | None:
    """The first range of hours of a text; None for one without, or whose end is not after its beginning."""
    for found in _RANGE.finditer(text):
        # Two bare numbers are no hours: "le 12 et 13 mars".
        if not _MARK.search(found[0]):
            continue
        first, last = _time(found["h1"], found["m1"]), _time(found["h2"], found["m2"])
        if first is not None and last is not None and first < last:
            return Hours(first, last, found.span())
    return None


def hour(text: str) -> time | None:
    """The hour that a text is: "14h", "14:30", "9"; None for anything else."""
    found = _ONE.fullmatch(text)
    return _time(found["h1"], found["m1"]) if found else None


def _time(hours_: str, minutes: str | None) -> time | None:
    return time(int(hours_), int(minutes or 0)) if int(hours_) < HOURS else None


HOURS: Final = 24
