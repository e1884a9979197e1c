"""From words to days: the next of a weekday, of a date, of a week; so long from a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.understanding.dates import calendars
from bot.understanding.dates.values import (
    DAY,
    Clock,
    Duration,
    Moment,
    Span,
    day_span,
    monday,
    month_end,
    month_span,
    months_span,
    on_or_after,
    on_or_before,
    shift_months,
    week_span,
    year_span,
    yearly,
)

SUNDAY = 6
SATURDAY = 5
RECENT = 100  # days: "Friday 12 December" of last year is no longer meant
# Nobody here has English for a language of the country: its feasts are those of English speakers, and asked.
HOME = {"en": "GB"}


def safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= month_end(year, month).day else None


def named_day(moment: Moment, month: int, day: int, weekday: int | None = None) -> Span | None:
    """A day and month without a year: the next; a weekday beside it picks the year, or makes the reading unsure."""

    def make(year: int) -> Span | None:
        found = safe(year, month, day)
        return day_span(found, strength=2) if found else None

    span = yearly(moment, make)
    if span is None:
        return yearly(moment, lambda year: overlong(year, month, day))
    if weekday is None:
        return span
    before = make(span.first.year - 1)
    recent = before and (moment.today - before.first).days < RECENT
    if before and recent and before.first.weekday() == weekday != span.first.weekday():
        return before.but(explicit=True, yearly=make)
    return agreeing(span, weekday)


def overlong(year: int, month: int, day: int) -> Span | None:
    """31 April: its last day or the one after, asked."""
    if not (1 <= month <= 12 and 28 < day <= 31):
        return None
    end = month_end(year, month)
    return day_span(end, strength=2, readings=(end, end + DAY), reason="no_such_day")


def agreeing(span: Span, weekday: int) -> Span:
    """The day with the weekday that is said of it: unsure when it is another."""
    day = span.first
    if day.weekday() == weekday:
        return span
    near = min((on_or_after(day, weekday), on_or_before(day, weekday)), key=lambda one: abs(one - day))
    return span.but(readings=(day, near), reason="weekday_differs")


def month_of(value: Any) -> int | None:
    if isinstance(value, int):
        return value
    return value.first.month if isinstance(value, Span) else None


def as_span(moment: Moment, value: Any, kind: str) -> Span | None:
    """The span of a node that is not yet one: a bare weekday, a month, a quarter."""
    if isinstance(value, Span):
        return value
    if kind == "WEEKDAY":
        return next_weekday(moment, value)
    if kind == "MONTH":
        return yearly(moment, lambda year: month_span(year, value))
    if kind == "QTR":
        number, year = value
        if year:
            return months_span(year, 3 * number - 2, 3, "quarter").but(explicit=True)
        return yearly(moment, lambda year: months_span(year, 3 * number - 2, 3, "quarter"))
    if kind == "YEAR":
        return year_span(value).but(explicit=True)
    return None


def span_of(moment: Moment, m: Any, label: str) -> Span | None:
    node = m["@" + label]
    for kind in ("DAY", "MON", "WEEK", "PERIOD", "MONTH", "WEEKDAY", "QTR", "YEARSPAN", "YEAR"):
        if kind in node.kinds:
            return as_span(moment, node.kinds[kind], kind)
    return None


def next_weekday(moment: Moment, weekday: int) -> Span:
    """The next to come, never today."""
    return day_span(on_or_after(moment.today + DAY, weekday), weekday=weekday)


SEASONS = {"spring": (3, 20, 6, 20), "summer": (6, 21, 9, 23), "autumn": (9, 23, 12, 20), "winter": (12, 21, 3, 20)}


def season_span(name: str, year: int) -> Span:
    a, b, c, d = SEASONS[name]
    return Span(date(year, a, b), date(year + (c < a), c, d), "season")


def around(moment: Moment, unit: str, offset: int) -> Span | None:
    """This (0), next (1) or last (-1) week, month, quarter, semester, year, weekend, season or working day."""
    today = moment.today
    if unit == "week":
        return week_span(monday(today) + 7 * offset * DAY)
    if unit == "month":
        first = shift_months(today.replace(day=1), offset)
        return month_span(first.year, first.month)
    if unit in ("quarter", "semester"):
        size = 3 if unit == "quarter" else 6
        first = shift_months(date(today.year, (today.month - 1) // size * size + 1, 1), size * offset)
        return months_span(first.year, first.month, size, unit)
    if unit == "year":
        return year_span(today.year + offset)
    if unit == "weekend":
        friday = monday(today) + (4 + 7 * offset) * DAY
        return Span(friday, friday + 2 * DAY, "weekend")
    if unit == "day":
        return day_span(today + offset * DAY, strength=2)
    if unit == "workday":
        return day_span(calendars.add_working_days(today, offset, moment.country), strength=2)
    if unit == "season":
        seasons = sorted(
            (season_span(name, year) for year in range(today.year - 2, today.year + 3) for name in ("spring", "summer", "autumn", "winter")),
            key=lambda s: s.first,
        )  # fmt: skip
        at = max(i for i, s in enumerate(seasons) if s.first <= today)
        found = seasons[at + offset]
        return found.but(last=found.last - DAY)
    return None


def week_from(day: date) -> Span:
    """The week a day names; a Sunday names the one that begins the next day, or the one it ends: asked."""
    if day.weekday() != SUNDAY:
        return week_span(monday(day))
    return week_span(day + DAY).but(readings=(day + 5 * DAY, day - 2 * DAY), reason="two_readings")


def month_day(moment: Moment, number: int) -> Span | None:
    """The next 15th: today's month when that day is still to come, else the next month that has it."""
    for offset in range(3):
        first = shift_months(moment.today.replace(day=1), offset)
        if number <= month_end(first.year, first.month).day:
            day = first.replace(day=number)
            if day >= moment.today:
                return day_span(day, strength=2)
    return None


def shift(moment: Moment, start: date, one: Duration, sign: int = 1) -> Span | None:
    """As `away`; a few days are as many as one takes them for, and asked."""
    found = away(moment, start, one, sign)
    return found.but(reason="vague") if found and one.vague else found


def away(moment: Moment, start: date, one: Duration, sign: int = 1) -> Span | None:
    """The day a duration away; whole years are as coarse as they are said: the month, owed on the very day."""
    count, unit = one.count * sign, one.unit
    if abs(count) > 1000:
        return None
    if unit in ("second", "minute", "quarterhour", "hour"):
        size = {"second": 1, "minute": 60, "quarterhour": 900, "hour": 3600}[unit]
        if start != moment.today:
            return None
        at = moment.now.replace(tzinfo=None) + timedelta(seconds=count * size)
        return day_span(at.date(), time=Clock(at.hour, at.minute), strength=2)
    if count != int(count):
        return half_away(start, count, unit)
    if unit == "weekend":
        return None
    count = int(count)
    if unit == "workday":
        return day_span(calendars.add_working_days(start, count, moment.country), strength=2)
    if unit in ("month", "quarter", "semester"):
        return day_span(shift_months(start, count * {"month": 1, "quarter": 3, "semester": 6}[unit]), strength=2)
    if unit == "year":
        day = shift_months(start, 12 * count)
        return Span(day.replace(day=1), month_end(day.year, day.month), "about", due=day, strength=2)
    days = {"day": 1, "week": 7, "fortnight": 14, "huitaine": 7}.get(unit)
    return day_span(start + days * count * DAY, strength=2) if days else None


def half_away(start: date, count: float, unit: str) -> Span | None:
    """A month and a half, half a year."""
    whole, half = int(count), 1 if count > 0 else -1
    if count * 2 != int(count * 2):
        return None
    if unit == "year":
        return day_span(shift_months(start, 12 * whole + 6 * half), strength=2)
    if unit == "month":
        return day_span(shift_months(start, whole) + 15 * half * DAY, strength=2)
    return day_span(start + (7 * whole + 4 * half) * DAY, strength=2) if unit == "week" else None


def customary(moment: Moment, one: Duration) -> Duration:
    """French counts both ends: huit jours are a week, quinze jours two."""
    if moment.lang == "fr" and one.unit == "day" and one.count in (8, 15):
        return Duration(one.count - 1, "day")
    return one
