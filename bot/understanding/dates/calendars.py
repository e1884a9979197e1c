"""Feasts, public holidays and working days of Belgium, France, the Netherlands, Germany and Luxembourg."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from bot.understanding.dates.values import DAY, on_or_after, on_or_before


@lru_cache(maxsize=256)
def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * shift) // 451
    month, day = divmod(h + shift - 7 * m + 114, 31)
    return date(year, month, day + 1)


FeastRule = Callable[[int], date]


def fixed(month: int, day: int) -> FeastRule:
    return lambda year: date(year, month, day)


def after_easter(days: int) -> FeastRule:
    return lambda year: easter(year) + days * DAY


def nth(count: int, weekday: int, month: int) -> FeastRule:
    return lambda year: on_or_after(date(year, month, 1), weekday) + (count - 1) * 7 * DAY


def last(weekday: int, month: int) -> FeastRule:
    return lambda year: on_or_before(date(year + month // 12, month % 12 + 1, 1) - DAY, weekday)


def kings_day(year: int) -> date:
    """27 April, the day before when that is a Sunday (30 April, Queen's Day, until 2013)."""
    day = date(year, 4, 27) if year > 2013 else date(year, 4, 30)
    return day - DAY if day.weekday() == 6 else day


def french_mothers_day(year: int) -> date:
    """Last Sunday of May, put off by a week when it is Pentecost (Code de l'action sociale, D215-1)."""
    day = last(6, 5)(year)
    return day + 7 * DAY if day == easter(year) + 49 * DAY else day


def advent(year: int, number: int) -> date:
    """The nth Sunday of Advent: the fourth is the last one before Christmas."""
    return on_or_before(date(year, 12, 24), 6) - (4 - number) * 7 * DAY


# A feast that differs by country has a line per country.
FEASTS: dict[str, Mapping[str, FeastRule] | FeastRule] = {
    "newyear": fixed(1, 1),
    "newyearseve": fixed(12, 31),
    "epiphany": fixed(1, 6),
    "candlemas": fixed(2, 2),
    "valentine": fixed(2, 14),
    "stpatrick": fixed(3, 17),
    "rosenmontag": after_easter(-48),
    "shrovetuesday": after_easter(-47),
    "ashwednesday": after_easter(-46),
    "palmsunday": after_easter(-7),
    "maundythursday": after_easter(-3),
    "goodfriday": after_easter(-2),
    "holysaturday": after_easter(-1),
    "easter": after_easter(0),
    "eastermonday": after_easter(1),
    "kingsday": kings_day,
    "liberation": fixed(5, 5),
    "labour": fixed(5, 1),
    "victory": fixed(5, 8),
    "ascension": after_easter(39),
    "pentecost": after_easter(49),
    "whitmonday": after_easter(50),
    "trinity": after_easter(56),
    "corpuschristi": after_easter(60),
    "mothersday": {"FR": french_mothers_day, "LU": nth(2, 6, 6), "": nth(2, 6, 5)},
    "fathersday": {"BE": nth(2, 6, 6), "DE": after_easter(39), "LU": nth(1, 6, 10), "": nth(3, 6, 6)},
    "musicday": fixed(6, 21),
    "stjohn": fixed(6, 24),
    "flemish": fixed(7, 11),
    "bastille": fixed(7, 14),
    "national": {
        "BE": fixed(7, 21),
        "FR": fixed(7, 14),
        "NL": kings_day,
        "DE": fixed(10, 3),
        "LU": fixed(6, 23),
        "": fixed(7, 21),
    },
    "assumption": fixed(8, 15),
    "fwb": fixed(9, 27),
    "germanunity": fixed(10, 3),
    "reformation": fixed(10, 31),
    "halloween": fixed(10, 31),
    "allsaints": fixed(11, 1),
    "allsouls": fixed(11, 2),
    "guyfawkes": fixed(11, 5),
    "armistice": fixed(11, 11),
    "stmartin": fixed(11, 11),
    "kingsfeast": fixed(11, 15),
    "dgday": fixed(11, 15),
    "repentance": lambda year: on_or_before(date(year, 11, 22), 2),
    "thanksgiving": nth(4, 3, 11),
    "blackfriday": lambda year: nth(4, 3, 11)(year) + DAY,
    "stnicholas": {"NL": fixed(12, 5), "": fixed(12, 6)},
    "stnicholaseve": fixed(12, 5),
    "christmaseve": fixed(12, 24),
    "christmas": fixed(12, 25),
    "boxingday": fixed(12, 26),
}


def feast(name: str, country: str, year: int) -> date:
    rule = FEASTS[name]
    if not callable(rule):
        rule = rule.get(country) or rule[""]
    return rule(year)


@lru_cache(maxsize=128)
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """Public holidays of the whole country, each with its local name; an unknown country has none."""
    import holidays  # noqa: PLC0415 - 60 ms that only a question about working days should pay

    try:
        return dict(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return {}


def is_working_day(day: date, country: str) -> bool:
    return day.weekday() < 5 and day not in public_holidays(country, day.year)


def add_working_days(day: date, n: int, country: str) -> date:
    """The nth working day after `day` (before it when n is negative); n = 0 gives `day` itself."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day, country):
            day += step
    return day
