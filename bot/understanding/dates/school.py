"""School holidays of the three Belgian communities and the three French zones; honest about the years not published."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from typing import Any

from bot.understanding.dates.calendars import easter
from bot.understanding.dates.values import DAY, Moment, Span, day_span, monday, on_or_after, on_or_before

CALENDARS = {
    "BE": {"fr": ("fwb", "vl", "dg"), "nl": ("vl", "fwb", "dg"), "de": ("dg", "vl", "fwb"), "en": ("fwb", "vl", "dg")}
}
ZONES = ("fr-a", "fr-b", "fr-c")
SCHOOLS = ("fwb", "vl", "dg", *ZONES)


@lru_cache(maxsize=1)
def published() -> dict[tuple[str, str], tuple[tuple[date, date], ...]]:
    with open(os.path.join(os.path.dirname(__file__), "schools.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123 - as in words.py
        text = file.read()
    known: dict[tuple[str, str], tuple[tuple[date, date], ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            calendar, name, first, last = line.split()
            key = (calendar, name)
            known[key] = (*known.get(key, ()), (date.fromisoformat(first), date.fromisoformat(last)))
    return known


def flemish(name: str, year: int) -> tuple[date, date]:
    """The fixed principles of the Flemish government's decree of 17 April 1991, for the holiday that starts in `year`."""
    feast = easter(year)
    if name == "summer":
        return date(year, 7, 1), date(year, 8, 31)
    if name == "autumn":
        saints = date(year, 11, 1)
        first = saints + DAY if saints.weekday() == 6 else monday(saints)
        return first, first + 6 * DAY
    if name == "christmas":
        first = on_or_after(date(year, 12, 25), 0) if date(year, 12, 25).weekday() > 4 else monday(date(year, 12, 25))
        return first, first + 13 * DAY
    if name == "carnival":
        first = on_or_before(feast, 0) - 6 * 7 * DAY
        return first, first + 6 * DAY
    if feast.month == 3:
        first = feast + DAY
    elif feast > date(year, 4, 15):
        first = on_or_before(feast, 0) - 7 * DAY
    else:
        first = on_or_after(date(year, 4, 1), 0)
    return first, first + 13 * DAY


def in_calendar(calendar: str, name: str, today: date, year: int | None) -> tuple[date, date] | None:
    """The next of a holiday that is not over, or the one that starts in `year`; None beyond what is published."""
    name = {"easter": "spring", "winter": "carnival" if calendar.startswith("fr") else "christmas"}.get(name, name)
    if calendar == "vl":
        found = [flemish(name, y) for y in ((year,) if year else (today.year - 1, today.year, today.year + 1))]
    else:
        found = [days for days in published().get((calendar, name), ()) if not year or days[0].year == year]
        if not year and found and today.year < found[0][0].year - 1:
            return None
    return next((days for days in found if year or days[1] >= today), None)


def calendars(moment: Moment) -> tuple[str, ...]:
    if moment.school:
        return (moment.school,)
    if moment.country == "FR":
        return ZONES
    return CALENDARS.get(moment.country, {}).get(moment.lang, ())


def holidays(moment: Moment, name: str, year: int | None = None) -> Span | dict[str, Any]:
    """The holiday in the calendar asked for; when none is and they differ, the likeliest with the others as readings.

    Unknown beyond what is published: Flanders alone computes its own for ever, and its days would be wrong elsewhere.
    """
    asked = calendars(moment)
    found = [in_calendar(calendar, name, moment.today, year) for calendar in asked]
    reached = [calendar for calendar, days in zip(asked, found, strict=True) if days]
    if not reached or (reached == ["vl"] and asked[0] != "vl"):
        return {"UNDATED": "beyond_known_years" if asked else "school_unknown"}
    known = tuple(days for days in found if days)
    first, last = known[0]
    others = tuple(dict.fromkeys(days[1] for days in known))
    starts = {days[0] for days in known}
    unsure = len(others) > 1 or len(starts) > 1
    return Span(
        first, last, "school", readings=others if unsure else (), reason="school_unknown" if unsure else "", strength=2,
        others=known if unsure else (),
    )  # fmt: skip


def start(moment: Moment, year: int | None = None) -> Span | dict[str, Any]:
    """The first day of school after the summer."""
    days = []
    for calendar in calendars(moment):
        for back in (1, 0):
            summer = in_calendar(calendar, "summer", date(moment.today.year - back, 1, 1), None)
            wanted = summer and summer[1] + DAY >= moment.today and (not year or summer[1].year == year)
            if summer and wanted:
                day = summer[1] + DAY
                days.append(day if calendar == "fwb" or day.weekday() < 5 else on_or_after(day, 0))
                break
        else:
            summer = in_calendar(calendar, "summer", moment.today, year)
            if summer:
                days.append(summer[1] + DAY)
    if not days:
        return {"UNDATED": "beyond_known_years" if calendars(moment) else "school_unknown"}
    others = tuple(dict.fromkeys(days))
    return day_span(days[0], strength=2, readings=others if len(others) > 1 else (), reason="school_unknown")
