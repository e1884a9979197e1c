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
SATURDAY = 5


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

    Unknown when the likeliest has not published it: Flanders computes its own for ever, and its days would be wrong elsewhere.
    """
    asked = calendars(moment)
    found = [in_calendar(calendar, name, moment.today, year) for calendar in asked]
    if not found or found[0] is None:
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
    asked = calendars(moment)
    days = [first_school_day(calendar, moment.today, year) for calendar in asked]
    if not days or days[0] is None:
        return {"UNDATED": "beyond_known_years" if asked else "school_unknown"}
    others = tuple(dict.fromkeys(day for day in days if day))
    return day_span(days[0], strength=2, readings=others if len(others) > 1 else (), reason="school_unknown")


def first_school_day(calendar: str, today: date, year: int | None) -> date | None:
    """The next one, or that of `year`: a working day of the week."""
    for summer_of in (year,) if year else (today.year, today.year + 1):
        summer = in_calendar(calendar, "summer", today, summer_of)
        if summer and summer[1] + DAY >= today:
            day = summer[1] + DAY
            return day if day.weekday() < SATURDAY else on_or_after(day, 0)
    return None
