"""Rules for dates: ranges and days of months, numbered weeks, quarters, today and tomorrow."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.understanding.dates.clocks import PARTS
from bot.understanding.dates.forms import Pair, century
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import agreeing, month_day, month_of, named_day, next_weekday, overlong, safe
from bot.understanding.dates.values import (
    DAY,
    Moment,
    Span,
    day_span,
    month_span,
    months_span,
    week_span,
    yearly,
)

dates = Phase()
LONGEST = 31  # days of a month
rule = dates.rule


# Ranges of days within a month, before single days.
@rule("DM =MONTH|OF", "<MONTH DM")
def dash_days(moment: Moment, m: Match) -> dict[str, Any] | None:
    a, b, sep, *_ = m["DM"]
    return {"DM2": (a, b)} if sep == "-" and a < b <= 31 else None


@rule(
    "FROM|OF|BETWEEN? wd:WEEKDAY? COMMA? THE|A? a:DAYNO DOT? RANGE|AND wd2:WEEKDAY? THE? b:DAYNO DOT? OF? MONTHISH COMMA? YEAR?",
    "FROM|OF|BETWEEN? MONTHISH THE? a:DAYNO DOT? RANGE|AND MONTHISH? THE? b:DAYNO COMMA? YEAR?",
    "DM2 OF? MONTHISH COMMA? YEAR?",
    "FROM? MONTHISH DM2 COMMA? YEAR?",
    "TWO",
)
def day_range(moment: Moment, m: Match) -> Span | None:
    base = m.get("MONTHISH")
    a, b, month = m["TWO"] if "TWO" in m else (*(m["DM2"] if "DM2" in m else (m["a"], m["b"])), month_of(base))
    if month is None or a > b:
        return None
    year = m.get("YEAR") or (base.first.year if isinstance(base, Span) and base.explicit else None)

    def make(year: int) -> Span | None:
        first, last = safe(year, month, a), safe(year, month, b)
        return Span(first, last, "days", strength=2) if first and last else None

    return make(year) if year else yearly(moment, make)


@rule(
    "FROM|OF|BETWEEN? wd:WEEKDAY? COMMA? THE? a:DAYNO DOT? OF? am:MONTHISH RANGE|AND wd2:WEEKDAY? COMMA? THE? b:DAYNO DOT? OF? bm:MONTHISH COMMA? YEAR?",
    "FROM|OF|BETWEEN? am:MONTHISH THE? a:DAYNO RANGE|AND bm:MONTHISH THE? b:DAYNO COMMA? YEAR?",
)
def dates_range(moment: Moment, m: Match) -> Span | None:
    """From a day of a month to a day of another, or of the same."""
    am, bm = month_of(m["am"]), month_of(m["bm"])
    if am is None or bm is None:
        return None
    base = m["bm"]
    year = m.get("YEAR") or (base.first.year if isinstance(base, Span) and base.explicit else None)

    def make(year: int) -> Span | None:
        last = safe(year, bm, m["b"])
        first = safe(year - (am > bm), am, m["a"])
        return Span(first, last, "days", strength=2) if first and last and first <= last else None

    return make(year) if year else yearly(moment, make)


@rule("FROM|OF? a:DAYNUM DOT? DASH|SLASH|RANGE b:DM YEAR?", "FROM|OF? a:DAYNUM DOT? DASH|SLASH|RANGE|AND b:DAY")
def numeric_range(moment: Moment, m: Match) -> Span | None:
    last = m["b"]
    if not isinstance(last, Span):
        last = numeric_day(moment, m["b"])
        if last is None:
            return None
    if m["a"] >= last.last.day or last.first != last.last:
        return None
    return last.but(first=last.last.replace(day=m["a"]), grain="days", yearly=None, strength=2)


def numeric_day(moment: Moment, pair: Pair, weekday: int | None = None) -> Span | None:
    day, month = pair.first, pair.second
    if moment.lang == "en" and month > 12:
        day, month = month, day
    return named_day(moment, month, day, weekday) if 1 <= month <= 12 and 1 <= day <= 31 else None


# Single dates.
@rule(
    "wd:WEEKDAY DOT? COMMA? THE? day:DAYNO DOT? OF? MONTH DOT? COMMA? YEAR", "THE? day:DAYNO DOT? OF? MONTH DOT? COMMA? YEAR",
    "wd:WEEKDAY DOT? COMMA? MONTH DOT? THE? day:DAYNO COMMA? YEAR", "MONTH DOT? THE? day:DAYNUM|ORDN|ORD|NUMW COMMA? YEAR",
"THE? wd:WEEKDAY THE day:DAYNO DOT? OF? MONTH YEAR", "day:DAYNO DASH MONTH DASH YEAR")  # fmt: skip
def full_date(moment: Moment, m: Match) -> Span | None:
    day = safe(m["YEAR"], m["MONTH"], m["day"])
    if day is None:
        return overlong(m["YEAR"], m["MONTH"], m["day"])
    found = day_span(day, explicit=True, strength=2)
    return agreeing(found, m["wd"]) if m.get("wd") is not None else found


@rule("day:DAYNO DOT? OF? MONTH year:DAYNUM|BIG =EOS|DOT", "day:DAYNUM MONTH DASH year:DAYNUM|BIG =END_MARK", "day:DAYNUM SLASH MONTH SLASH YEAR",
)  # fmt: skip
def short_year(moment: Moment, m: Match) -> Span | None:
    year = m.get("YEAR") or (century(m["year"]) if m["year"] > 9 else 0)
    day = safe(year, m["MONTH"], m["day"]) if year and year < 2200 else None
    return day_span(day, explicit=True, strength=2) if day else None


@rule(
    "wd:WEEKDAY DOT? COMMA? THE? day:DAYNO DOT? OF? MONTH", "THE? day:DAYNO DOT? OF? MONTH", "wd:WEEKDAY DOT? COMMA? MONTH DOT? THE? day:DAYNO",
    "wd:WEEKDAY DOT? COMMA? ON? ART? day:DAYNO DOT? OF? MONTH",
    "MONTH DOT? ART? day:ORDN|ORD", "MONTH DOT? ART day:DAYNUM|NUMW", "MONTH DOT? day:DAYNUM", "<BOS MONTH day:NUMW =EOS", "day:DAYNO DASH MONTH",
    "THE? day:NTH UNIT OF MONTH",
)  # fmt: skip
def day_month(moment: Moment, m: Match) -> Span | None:
    if "UNIT" in m and m["UNIT"] != "day":
        return None
    node = m.nodes[-1]
    if "DAYNUM" in node.kinds and moment.lang == "fr":
        return None  # "mars 2" counts something
    return named_day(moment, m["MONTH"], m["day"], m.get("wd"))


@rule(
    "wd:WEEKDAY DOT? COMMA? THE? dm:DM !UNIT", "<THE|BY|BEFORES|UNTIL|FROM|TO|AFTER|OF|AND|PART dm:DM", "<BOS dm:DM =EOS|AT|HOURAT|TIME|DASH|TO|UNTIL",
    "dm:DM =TO|UNTIL|BY|TIME|PART", "<DASH|TO|UNTIL dm:DM", "dm:DM COMMA? wd:WEEKDAY !DAYNUM|ORDN|DM", "wd:WEEKDAY OPEN dm:DM", "sure:DM !UNIT|OF",
)  # fmt: skip
def numeric(moment: Moment, m: Match) -> Span | None:
    pair: Pair = m.get("dm") or m["sure"]
    if pair.sep == "." and not pair.dotted and pair.second < 10 and moment.lang != "de":
        return None  # 1.5
    if "sure" in m and not pair.sure:
        return None
    found = numeric_day(moment, pair)
    if m.nodes[-1].kinds.get("WEEKDAY") is not None and found and found.first.weekday() != m["wd"]:
        return None  # a day, and then another
    return numeric_day(moment, pair, m.get("wd"))


@rule("<BOS THE? day:DAYNUM month:DAYNUM YEAR =EOS", "<BOS THE? day:DAYNUM month:DAYNUM year:DAYNUM|BIG =EOS", "<BOS THE? day:DAYNUM month:DAYNUM =EOS",
      "ON day:DAYNUM month:DAYNUM =END_MARK")  # fmt: skip
def spaced(moment: Moment, m: Match) -> Span | None:
    if moment.lang != "fr" and "YEAR" not in m:
        return None
    year = m.get("YEAR") or (century(m["year"]) if "year" in m else None)
    if year is None:
        return named_day(moment, m["month"], m["day"])
    day = safe(year, m["month"], m["day"])
    if day is None and moment.lang == "en":
        day = safe(year, m["day"], m["month"])
    return day_span(day, explicit=True, strength=2) if day else None


@rule("ART? UNIT OF? MONTH")
def the_month_of(moment: Moment, m: Match) -> dict[str, Any] | None:
    """Le mois de mars, de maand maart, im Monat März."""
    return {"MONTH": m["MONTH"]} if m["UNIT"] == "month" else None


@rule("YEAR ERA")
def anno_domini(moment: Moment, m: Match) -> dict[str, Any]:
    return {"YEAR": m["YEAR"]}


@rule("MONTH OF? YEAR")
def month_year(moment: Moment, m: Match) -> Span:
    return month_span(m["YEAR"], m["MONTH"]).but(explicit=True)


@rule("QTR OF? YEAR", "NTH UNIT OF? YEAR", "NTH UNIT", "SEM OF? YEAR", "SEM", "LASTW UNIT OF? YEAR")
def part_of_year(moment: Moment, m: Match) -> Span | None:
    if "QTR" in m:
        number, size, grain = m["QTR"][0], 3, "quarter"
    elif "SEM" in m:
        number, size, grain = m["SEM"], 6, "semester"
    elif m["UNIT"] in ("quarter", "semester"):
        size, grain = (3, "quarter") if m["UNIT"] == "quarter" else (6, "semester")
        number = m.get("NTH", 12 // size)
    else:
        return None
    if not 1 <= number <= 12 // size:
        return None

    def make(year: int) -> Span:
        return months_span(year, size * (number - 1) + 1, size, grain)

    return make(m["YEAR"]).but(explicit=True) if "YEAR" in m else yearly(moment, make)


@rule("few:DAYNUM|NUMW FRACTION of:DAYNUM|NUMW|BIG =WORD|END_MARK")
def so_many_of(moment: Moment, m: Match) -> dict[str, Any] | None:
    """Two out of three: a count."""
    return {"JUNK": True} if m["few"] < m["of"] else None


@rule(
    "WEEKNO DOT? number:DAYNUM|BIG OF? YEAR?",
    "number:WEEKNUM OF? YEAR?",
    "number:DAYNUM|BIG|ORDN DOT? WEEKNO !DAYNUM|BIG|UNIT",
)
def numbered_week(moment: Moment, m: Match) -> Span | None:
    """ISO week; the next such week without a year."""
    number = m["number"]
    if not 1 <= number <= 53 or (m.nodes[-1].kinds.keys() & {"WEEKNO"} and moment.lang != "de"):
        return None
    years = (m["YEAR"],) if "YEAR" in m else range(moment.today.year - 1, moment.today.year + 8)
    for year in years:
        try:
            span = week_span(date.fromisocalendar(year, number, 1))
        except ValueError:
            continue
        if "YEAR" in m or span.last >= moment.today:
            return span
    return None


@rule("ON day:DAYNUM|ORDN =PART")
def day_before_its_part(moment: Moment, m: Match) -> Span | None:
    """Am 25. abends, op de 25e 's avonds."""
    return month_day(moment, m["day"]) if m["day"] <= LONGEST else None


@rule("RELPART")
def relative_part(moment: Moment, m: Match) -> Span:
    offset, part = m["RELPART"].split("/")
    return day_span(moment.today + int(offset) * DAY, time=PARTS[part], strength=2)


@rule("WEEKDAY RELDAY")
def german_morning(moment: Moment, m: Match) -> Span | None:
    """Montag Morgen."""
    if moment.lang != "de" or m["RELDAY"] != 1:
        return None
    return next_weekday(moment, m["WEEKDAY"]).but(time=PARTS["morning"], strength=2)


@rule("EVERY RELDAY|PART")
def every_morning(moment: Moment, m: Match) -> Span | None:
    part = "morning" if "RELDAY" in m["@RELDAY|PART"].kinds else m["RELDAY|PART"]
    if "RELDAY" in m["@RELDAY|PART"].kinds and moment.lang != "de":
        return None
    return day_span(moment.today + DAY, time=PARTS[part], recurrence="FREQ=DAILY", strength=2)


@rule("RELDAY")
def relative_day(moment: Moment, m: Match) -> Span:
    offset = int(m["RELDAY"])
    return day_span(moment.today + offset * DAY, strength=2, explicit=True)


@rule("NOW")
def right_now(moment: Moment, m: Match) -> Span:
    return day_span(moment.today, strength=0, explicit=True, reason="now")


@rule("DPLUS")
def d_plus(moment: Moment, m: Match) -> Span:
    return day_span(moment.today + m["DPLUS"] * DAY, strength=2)
