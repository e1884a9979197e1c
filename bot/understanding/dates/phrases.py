"""Rules that put days together: the end of, the second Tuesday of, next, a week after, every."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.understanding.dates import calendars
from bot.understanding.dates.days import SUNDAY, customary, next_weekday, season_span, shift, span_of
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.values import (
    DAY,
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

phrases = Phase()
rule = phrases.rule
SATURDAY = 5


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
        return seasons[at + offset]
    return None


@rule("WEAKDAY|VERYWEAKDAY DOT =EOS")
def last_weak(moment: Moment, m: Match) -> dict[str, Any]:
    return {"WEEKDAY": m["WEAKDAY|VERYWEAKDAY"]}


# Weekday of a week: before "next week" alone.
@rule(
    "WEEKDAY COMMA? LINK? LINK? WEEK",
    "WEEK COMMA? LINK? WEEKDAY",
    "THIS UNIT LINK? WEEKDAY",
    "WEEKDAY LINK? GONE UNIT",
    "GONE UNIT LINK? WEEKDAY",
    "WEEKDAY LINK? UNIT PASTW|LASTW",
)
def weekday_of_week(moment: Moment, m: Match) -> Span | None:
    if "UNIT" in m:
        if m["UNIT"] != "week":
            return None
        start = monday(moment.today) - (0 if "THIS" in m else 7) * DAY
    else:
        start = m["WEEK"].first
        if m["WEEK"].first.weekday():
            return None
    return day_span(start + m["WEEKDAY"] * DAY, strength=2, explicit=True)


@rule(
    "NEXT NUM UNIT",
    "NUM NEXT UNIT",
    "ART NEXT NUM UNIT",
    "NUM UNIT NEXT",
    "DUR NEXT",
    "NEXT DUR",
    "GONE DUR",
    "DUR GONE",
    "NUM GONE UNIT",
    "GONE NUM UNIT",
)
def next_few(moment: Moment, m: Match) -> Span | None:
    """The next three weeks: whole calendar units after this one; owed by the same day then."""
    if "DUR" in m:
        count, unit = m["DUR"].count, m["DUR"].unit
    else:
        count, unit = m["NUM"], m["UNIT"]
        if "ORDN" in m["@NUM"].kinds:
            return None
    back = "GONE" in m
    if back and any("PASTW" not in n.kinds and "LASTW" not in n.kinds and n is m.get("@GONE") for n in m.nodes):
        return None
    if count != int(count) or not 0 < count < 500:
        return None
    count = int(count)
    if unit in ("second", "minute", "hour"):
        span = shift(moment, moment.today, Duration(count, unit), -1 if back else 1)
        return span and day_span(span.first if not back else moment.today, time=None if back else span.time, strength=2)
    if unit not in ("day", "week", "month", "quarter", "semester", "year", "workday"):
        return None
    one = around(moment, unit, -count if back else 1)
    two = around(moment, unit, -1 if back else count)
    if one is None or two is None:
        return None
    after = shift(moment, moment.today, Duration(count, unit))
    return Span(
        one.first, two.last, "about", due=None if back or after is None else min(two.last, after.owed), strength=2
    )


@rule("NEXT UNIT", "UNIT NEXT", "THIS UNIT NEXT", "ART NEXT UNIT", "UNIT OF NEXT")
def next_unit(moment: Moment, m: Match) -> Span | None:
    if m["UNIT"] == "weekend":  # the one to come, unless we are in it or "following" is said
        friday = on_or_after(moment.today, 4)
        if (
            moment.today.weekday() >= SATURDAY
            or m["NEXT"] == "following"
            or (moment.lang == "en" and m["NEXT"] == "next")
        ):
            friday = monday(moment.today) + 11 * DAY
        this = on_or_after(moment.today, SUNDAY)
        unsure = (m["NEXT"] == "next" and this != friday + 2 * DAY) or (
            m["NEXT"] == "next" and moment.lang != "en" and moment.today.weekday() < SATURDAY
        )
        readings = (friday + 2 * DAY, friday + 9 * DAY if friday + 2 * DAY == this else this) if unsure else ()
        return Span(friday, friday + 2 * DAY, "weekend", readings=readings, reason="two_readings" if unsure else "")
    return around(moment, m["UNIT"], 1)


@rule("THIS UNIT", "UNIT THIS", "THIS =UNIT", "ART UNIT THIS")
def this_unit(moment: Moment, m: Match) -> Span | None:
    if "UNIT" not in m:
        return None
    return around(moment, m["UNIT"], 0) if m["UNIT"] not in ("hour", "minute", "second", "workday") else None


@rule("AFTERNEXT UNIT", "UNIT AFTERNEXT")
def unit_after_next(moment: Moment, m: Match) -> Span | None:
    return around(moment, m["UNIT"], 2)


# The nth of something within something.
def nth_within(moment: Moment, outer: Span, count: int, unit: str | int) -> Span | None:  # noqa: C901 - one case a unit
    """Count from 1 at the start, from -1 at the end; a week belongs to the month that has its Monday (first) or its Sunday (last)."""
    first, last = outer.first, outer.last
    if isinstance(unit, int):
        day = (
            on_or_after(first, unit) + (count - 1) * 7 * DAY
            if count > 0
            else on_or_before(last, unit) + (count + 1) * 7 * DAY
        )
        return day_span(day, strength=2) if first <= day <= last else None
    if unit == "day":
        day = first + (count - 1) * DAY if count > 0 else last + (count + 1) * DAY
        return day_span(day, strength=2) if first <= day <= last else None
    if unit == "workday":
        start = first - DAY if count > 0 else last + DAY
        return day_span(calendars.add_working_days(start, count, moment.country), strength=2)
    if unit == "week":
        if count > 0:
            return week_span(on_or_after(first, 0) + (count - 1) * 7 * DAY)
        return week_span(on_or_before(last, SUNDAY) - 6 * DAY + (count + 1) * 7 * DAY)
    if unit == "weekend":
        friday = (
            on_or_after(first, 4) + (count - 1) * 7 * DAY
            if count > 0
            else on_or_before(last, SUNDAY) - 2 * DAY + (count + 1) * 7 * DAY
        )
        return Span(friday, friday + 2 * DAY, "weekend")
    if unit == "month" and outer.grain in ("year", "quarter", "semester"):
        start = shift_months(first, count - 1) if count > 0 else shift_months(last.replace(day=1), count + 1)
        return month_span(start.year, start.month)
    if unit in ("half", "semester") and outer.grain == "month":
        unit = "fortnight"
    if unit == "half" and outer.grain == "year":
        unit = "semester"
    if unit in ("quarter", "semester") and outer.grain == "year":
        size = 3 if unit == "quarter" else 6
        start = shift_months(first, size * (count - 1)) if count > 0 else shift_months(last + DAY, size * count)
        return months_span(start.year, start.month, size, unit)
    if unit == "fortnight" and outer.grain == "month":
        return Span(first, first.replace(day=15), "days") if count == 1 else Span(first.replace(day=16), last, "days")
    return None


def within(moment: Moment, outer: Span, count: int, unit: str | int) -> Span | None:
    base = outer.yearly
    if base is None or outer.explicit:
        return nth_within(moment, outer, count, unit)

    def make(year: int) -> Span | None:
        one = base(year)
        return one and nth_within(moment, one, count, unit)

    return yearly(moment, make)


@rule("NTH LASTW WEEKDAY|UNIT LINK? LINK? outer:LONG", "NTH|LASTW WEEKDAY LINK? LINK? outer:LONG", "NTH|LASTW UNIT LINK? LINK? outer:LONG",
      "UNIT NTH|LASTW LINK outer:LONG", "WEEKDAY NTH|LASTW LINK outer:LONG")  # fmt: skip
def nth_of(moment: Moment, m: Match) -> Span | None:
    outer = span_of(moment, m, "outer")
    node = m.get("@NTH|LASTW")
    if "NTH" in m and "LASTW" in m:
        count = -int(m["NTH"])
    else:
        assert node is not None
        count = -1 if "LASTW" in node.kinds else int(m["NTH|LASTW"])
    unit = m.get("WEEKDAY", m.get("UNIT", m.get("WEEKDAY|UNIT")))
    return outer and within(moment, outer, count, unit)


@rule("NTH|LASTW STEM UNIT")
def nth_compound(moment: Moment, m: Match) -> Span | None:
    """Zweite Märzhälfte, erste Maiwoche."""
    outer = yearly(moment, lambda year: month_span(year, m["STEM"]))
    node = m["@NTH|LASTW"]
    return outer and within(moment, outer, -1 if "LASTW" in node.kinds else int(m["NTH|LASTW"]), m["UNIT"])


@rule("UNIT BEFORES|AFTER ART? day:DAY")
def week_beside(moment: Moment, m: Match) -> Span | None:
    """The week before Christmas."""
    if m["UNIT"] != "week":
        return None
    sign = 1 if "AFTER" in m["@BEFORES|AFTER"].kinds else -1
    return week_span(monday(m["day"].first) + 7 * sign * DAY)


@rule("NTH|LASTW WEEKDAY OF|IN ART? UNIT !NEXT|THIS|GONE|AFTERNEXT", "NTH|LASTW small:UNIT OF|IN|ART ART? UNIT !NEXT|THIS|GONE|AFTERNEXT", "NTH|LASTW WEEKDAY OF UNITOF",
      "NTH LASTW small:UNIT|WEEKDAY OF|IN ART? UNIT !NEXT")  # fmt: skip
def nth_of_unit(moment: Moment, m: Match) -> Span | None:
    """The last Friday of the month: of this one, or of the next when it is over."""
    if m["UNIT"] not in ("month", "quarter", "year", "semester", "week"):
        return None
    node = m.get("@NTH|LASTW")
    count = -int(m["NTH"]) if node is None else -1 if "LASTW" in node.kinds else int(m["NTH|LASTW"])
    unit = m.get("WEEKDAY", m.get("small", m.get("small")))
    found = None
    for offset in (0, 1, 2):
        outer = around(moment, m["UNIT"], offset)
        found = outer and nth_within(moment, outer, count, unit)
        if found and (found.last >= moment.today):
            return found
        if found and moment.past and moment.lang == "en":
            return found
    return found


@rule(
    "<BEFORES|BY|UNTIL|AFTER|DURING|IN|ON|FROM ART? UNIT !NEXT|THIS|GONE|AFTERNEXT|OF",
    "DURING ART? UNIT !NEXT|THIS|GONE|AFTERNEXT|OF",
)
def the_weekend(moment: Moment, m: Match) -> Span | None:
    only = "DURING" in m.nodes[0].kinds and not m.nodes[0].kinds.keys() & {"IN", "ON", "AT", "WITHIN", "ART"}
    return (
        around(moment, m["UNIT"], 0)
        if m["UNIT"] == "weekend" or (only and m["UNIT"] in ("week", "month", "quarter", "year"))
        else None
    )


@rule("GONE UNIT", "UNIT GONE")
def last_unit(moment: Moment, m: Match) -> Span | None:
    """Only past tense: "last week"; "la dernière semaine de" is another rule, tried before."""
    return around(moment, m["UNIT"], -1) if m["UNIT"] not in ("hour", "minute", "second") else None


@rule("NTH WEEKDAY AFTER ART? day:DAYISH", "NTH WEEKDAY AFTER ART? day:SPAN")
def nth_after(moment: Moment, m: Match) -> Span | None:
    start = span_of(moment, m, "day")
    if start is None or int(m["NTH"]) < 1:
        return None
    return day_span(on_or_after(start.last + DAY, m["WEEKDAY"]) + (int(m["NTH"]) - 1) * 7 * DAY, strength=2)


@rule("WEEKDAY AFTER|BEFORES ART? day:DAY")
def weekday_near(moment: Moment, m: Match) -> Span | None:
    """The Monday after Easter, the Friday before Christmas."""
    start = m["day"]
    if "AFTER" in m["@AFTER|BEFORES"].kinds:
        return day_span(on_or_after(start.last + DAY, m["WEEKDAY"]), strength=2)
    return day_span(on_or_before(start.first - DAY, m["WEEKDAY"]), strength=2)


@rule(
    "THE? day:DAYNUM|ORDN|NUMW OF|ART MON",
    "THE day:ORDN MON",
    "THE? day:DAYNUM|ORDN OF? ART? THIS UNIT",
    "THE? day:ORDN|DAYNUM OF ART? UNIT !NEXT|GONE|AFTERNEXT",
    "THE? day:DAYNUM UNIT THIS",
)
def day_of_month(moment: Moment, m: Match) -> Span | None:
    if "UNIT" in m:
        if m["UNIT"] != "month":
            return None
        outer = around(moment, "month", 0)
        assert outer
        if "THIS" not in m and m["day"] < moment.today.day:
            outer = around(moment, "month", 1)
            assert outer
    else:
        outer = m["MON"]
    if not 1 <= m["day"] <= outer.last.day:
        return None
    return day_span(outer.first.replace(day=m["day"]), strength=2)


# Next, this and last of a weekday, a month, a feast.
@rule("WEEKDAY NEXT", "NEXT WEEKDAY", "THIS NEXT WEEKDAY", "WEEKDAY OF? NEXT")
def next_day(moment: Moment, m: Match) -> Span:
    """A "coming" day is the nearest, a "following" one of the week after, a "next" one either: asked when they differ."""
    near = next_weekday(moment, m["WEEKDAY"]).first
    far = monday(moment.today) + (7 + m["WEEKDAY"]) * DAY
    word = m["NEXT"]
    if near == far or word == "coming":
        return day_span(near, strength=2)
    if word == "following":
        return day_span(max(near, far), strength=2)
    best, other = (far, near) if moment.lang in ("en", "nl") else (near, far)
    return day_span(best, strength=2, readings=(best, other), reason="two_readings")


@rule("THIS WEEKDAY")
def this_day(moment: Moment, m: Match) -> Span:
    return next_weekday(moment, m["WEEKDAY"]).but(strength=2)


@rule("GONE WEEKDAY", "WEEKDAY GONE", "WEEKDAY PASTW")
def last_day(moment: Moment, m: Match) -> Span | None:
    return day_span(on_or_before(moment.today - DAY, m["WEEKDAY"]), explicit=True)


@rule("AFTERNEXT WEEKDAY", "WEEKDAY AFTERNEXT")
def day_after_next(moment: Moment, m: Match) -> Span:
    return next_weekday(moment, m["WEEKDAY"]).but(
        first=next_weekday(moment, m["WEEKDAY"]).first + 7 * DAY,
        last=next_weekday(moment, m["WEEKDAY"]).first + 7 * DAY,
    )


@rule("NEXT span:MONTH|DAY|PERIOD", "span:MONTH|DAY|PERIOD NEXT", "THIS span:MONTH|DAY|PERIOD", "AFTERNEXT span:MONTH|DAY|PERIOD", "span:MONTH|DAY|PERIOD AFTERNEXT",
      "GONE span:MONTH|DAY|PERIOD", "span:MONTH|DAY|PERIOD GONE")  # fmt: skip
def next_yearly(moment: Moment, m: Match) -> Span | None:
    """A month, feast or season of this year or the next one to come."""
    span = span_of(moment, m, "span")
    if span is None or span.yearly is None:
        return None
    if "AFTERNEXT" in m:
        return span.yearly(span.first.year + 1)
    if "GONE" in m:
        found = [
            s
            for y in range(moment.today.year - 2, moment.today.year + 1)
            if (s := span.yearly(y)) and s.last < moment.today
        ]
        return found[-1].but(explicit=True) if found else None
    if "NEXT" in m and span.first <= moment.today:
        return span.yearly(span.first.year + 1)
    return span


@rule(
    "span:SPAN COMMA? LINK? year:YEARSPAN",
    "year:YEARSPAN COMMA? LINK? span:MONTH|DAY|PERIOD",
    "span:DAY|PERIOD LINK? YEAR",
    "span:MON|DAY|MONTH ART UNIT NEXT",
    "span:MON|DAY|MONTH THIS UNIT",
)
def in_year(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "span")
    if span is None or span.yearly is None:
        return None
    if "UNIT" in m:
        if m["UNIT"] != "year":
            return None
        year = moment.today.year + ("NEXT" in m)
    else:
        year = m.get("YEAR") or m["year"].first.year
    found = span.yearly(year)
    return found and found.but(explicit=True)


# The beginning, middle and end.
def end_of(span: Span) -> Span:
    first, last = span.first, span.last
    if span.grain == "month":
        return Span(max(first, last - 9 * DAY) if last.day - 9 > 21 else first.replace(day=21), last, "part")
    if span.grain == "week":
        return Span(first + 3 * DAY, last, "part", due=first + 4 * DAY)
    if span.grain == "year":
        return Span(last.replace(month=11, day=1), last, "part")
    if span.grain in ("quarter", "semester"):
        return Span(last.replace(day=1), last, "part")
    return Span(last, last, "part", others=span.others, readings=span.readings, reason=span.reason)


def begin_of(moment: Moment, span: Span) -> Span:
    first, _last = span.first, span.last
    if span.grain == "month":
        return Span(first, first.replace(day=10), "part")
    if span.grain == "week":
        return Span(first, first + (2 if moment.lang == "en" else 1) * DAY, "part")
    if span.grain == "year":
        return Span(
            first,
            first.replace(day=31),
            "part",
            readings=(first.replace(day=31), first.replace(month=3, day=31)),
            reason="two_readings",
        )
    if span.grain in ("quarter", "semester", "season"):
        return Span(first, month_end(first.year, first.month), "part")
    if span.grain == "school":
        return Span(
            first, first, "part", others=span.others, readings=tuple(a for a, _ in span.others), reason=span.reason
        )
    return Span(first, first, "part")


def middle_of(span: Span) -> Span:
    first, last = span.first, span.last
    if span.grain == "month":
        return Span(first.replace(day=11), first.replace(day=20), "part", due=first.replace(day=15))
    if span.grain == "week":
        return Span(first + 2 * DAY, first + 3 * DAY, "part", due=first + 2 * DAY)
    if span.grain == "year":
        return Span(first.replace(month=6), first.replace(month=6, day=30), "part")
    middle = first + (last - first) // 2
    return Span(middle, middle, "part")


def part(moment: Moment, outer: Span, which: str) -> Span | None:
    cut = {"BEGIN": lambda s: begin_of(moment, s), "MID": middle_of, "END": end_of}[which]
    base = outer.yearly
    if base is None or outer.explicit:
        return cut(outer)

    def make(year: int) -> Span | None:
        one = base(year)
        return one and cut(one)

    return yearly(moment, make)


@rule("BEGIN|MID|END LINK? LINK? outer:LONG|DAY", "STEM BEGIN|MID|END")
def some_part(moment: Moment, m: Match) -> Span | None:
    outer = yearly(moment, lambda year: month_span(year, m["STEM"])) if "STEM" in m else span_of(moment, m, "outer")
    if outer is None or (outer.grain == "day" and outer.time is None and "END" not in m["@BEGIN|MID|END"].kinds):
        return None
    kinds = m["@BEGIN|MID|END"].kinds
    return part(moment, outer, next(k for k in ("BEGIN", "MID", "END") if k in kinds)).but(strength=2)  # type: ignore[union-attr]


@rule(
    "BEGIN|MID|END LINK? LINK? UNIT !NEXT|THIS|GONE|AFTERNEXT",
    "ENDOF",
    "BEGINOF",
    "MIDOF",
    "BEGIN|MID|END YEAR",
    "BEGIN|MID|END LINK YEAR",
)
def part_of_unit(moment: Moment, m: Match) -> Span | None:
    """The end of the month: this one's, or the next one's when it is over."""
    if "BEGIN|MID|END" in m:
        kinds = m["@BEGIN|MID|END"].kinds
        which = next(k for k in ("BEGIN", "MID", "END") if k in kinds)
    else:
        which = next(k for k in ("BEGIN", "MID", "END") if k + "OF" in m)
    if "YEAR" in m:
        return part(moment, year_span(m["YEAR"]), which)
    unit = m.get("UNIT") or m[which + "OF"]
    if unit not in ("week", "month", "quarter", "semester", "year", "weekend", "season"):
        return None
    for offset in (0, 1):
        outer = around(moment, unit, offset)
        found = outer and part(moment, outer, which)
        if found and (found.last >= moment.today or (which == "BEGIN" and moment.past)):
            return found.but(strength=2)
    return None


@rule("a:DAY OF THE? b:DAY")
def event_of(moment: Moment, m: Match) -> Span | None:
    """The steering committee of 10 February: that one."""
    return m["b"] if m["a"].reason == "event" else None


@rule("FROM? a:DAY FOR DUR")
def for_days(moment: Moment, m: Match) -> Span | None:
    """From 18 December for ten days."""
    end = shift(moment, m["a"].first, m["DUR"])
    return end and Span(m["a"].first, end.last, "days", strength=2)


# Weeks around a day, quarters in words.
@rule("UNIT OF THE? day:DAY", "UNIT LINK THE? day:DAY", "UNIT THE day:DAY", "UNIT OF ART? day:DAYNUM =END_MARK")
def week_of(moment: Moment, m: Match) -> Span | None:
    day = m["day"]
    if m["UNIT"] == "weekend" and isinstance(day, Span):
        friday = monday(day.first) + 4 * DAY
        return Span(friday, friday + 2 * DAY, "weekend")
    if m["UNIT"] != "week":
        return None
    if isinstance(day, int):
        found = month_day(moment, day)
        return found and week_from(found.first)
    if day.yearly and not day.explicit:
        base = day.yearly

        def make(year: int) -> Span | None:
            one = base(year)
            return one and week_from(one.first)

        return yearly(moment, make)
    return week_from(day.first)


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


# Away from now, away from a day.
@rule(
    "WEEKDAY|DAY IN|WITHIN UNITWORD",
    "day:DAYISH IN|WITHIN DUR",
    "day:DAYISH IN|WITHIN number:DAYNUM|NUMW !UNIT|MONTH|CLOCK",
    "DUR ON|FROM|OF|HENCE? day:WEEKDAY",
    "day:WEEKDAY DUR =EOS|DOT",
)
def weekday_plus(moment: Moment, m: Match) -> Span | None:
    """Vendredi en huit, dinsdag over een week, Freitag in acht Tagen: so long after the next one, today counting."""
    if "number" in m:
        if m["number"] not in (8, 15, 14) or moment.lang != "fr":
            return None
        days = 7 if m["number"] == 8 else 14
    else:
        one = m["DUR"]
        if one.unit not in ("day", "week", "fortnight", "huitaine") or one.count != int(one.count):
            return None
        days = int(one.count) * {"day": 1, "week": 7, "fortnight": 14, "huitaine": 7}[one.unit]
        if one.unit == "day" and days in (8, 15):
            days -= 1
    value = m["day"]
    start = on_or_after(moment.today, value) if isinstance(value, int) else value.first
    if isinstance(value, int) and ("@ON|FROM|OF|HENCE" in m):
        start = next_weekday(moment, value).first
    return day_span(start + days * DAY, strength=2)


@rule("DAYAFTER ART? day:SPAN")
def day_beside(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "day")
    if span is None:
        return None
    sign = m["DAYAFTER"]
    return day_span((span.last if sign > 0 else span.first) + sign * DAY, strength=2)


@rule("DUR AFTER|FROM|BEFORES ART? day:SPAN", "DUR AFTER|FROM|BEFORES UNIT day:DAY")
def away_from(moment: Moment, m: Match) -> Span | None:
    """Three days after Easter, two weeks before the general assembly."""
    span = span_of(moment, m, "day")
    if span is None:
        return None
    kinds = m["@AFTER|FROM|BEFORES"].kinds
    sign = -1 if kinds.keys() & {"BEFORE", "VOR"} else 1

    def make_from(base: Span) -> Span | None:
        start = base.last if sign > 0 else base.first
        found = shift(moment, start, m["DUR"], sign)
        return found and day_span(found.owed, strength=2)

    base = span.yearly
    if base is None or span.explicit:
        return make_from(span)
    found = [
        one
        for year in range(moment.today.year - 2, moment.today.year + 3)
        if (b := base(year)) and (one := make_from(b))
    ]
    ahead = [one for one in found if one.last >= moment.today]
    return ahead[0] if ahead else None


@rule("NUM WEEKDAY|WEEKDAYS HENCE", "NUM WEEKDAY|WEEKDAYS AGO")
def weekdays_away(moment: Moment, m: Match) -> Span | None:
    weekday, count = m["WEEKDAY|WEEKDAYS"], m["NUM"]
    if not 0 < count < 60:
        return None
    if "AGO" in m:
        return day_span(on_or_before(moment.today - DAY, weekday) - (count - 1) * 7 * DAY, explicit=True)
    return day_span(on_or_after(moment.today + DAY, weekday) + (count - 1) * 7 * DAY, strength=2)


@rule("WEEKDAY AGO DUR", "WEEKDAY VOR DUR")
def weekday_ago(moment: Moment, m: Match) -> Span | None:
    found = shift(moment, next_weekday(moment, m["WEEKDAY"]).first, m["DUR"], -1)
    return found and found.but(explicit=True)


@rule("AGO DUR", "DUR AGO", "VOR DUR", "DUR GONE =EOS")
def ago(moment: Moment, m: Match) -> Span | None:
    found = shift(moment, moment.today, m["DUR"], -1)
    return found and found.but(explicit=True, strength=1, time=None)


@rule("IN|WITHIN DUR HENCE?", "IN|WITHIN DUR NEXT", "DUR HENCE", "BY COLON? WITHIN|IN? DUR", "IN|WITHIN A? UNIT =EOS", "IN ABOUT DUR", "BY ABOUT DUR", "<BOS DUR AFTER =EOS", "<BOS AFTER DUR =EOS",
      "IN|WITHIN A? small:UNIT !NEXT|THIS|GONE", "BY A? small:UNIT !NEXT|THIS|GONE|AFTERNEXT")  # fmt: skip
def in_duration(moment: Moment, m: Match) -> Span | None:
    one: Duration | None = m.get("DUR")
    if one is None:
        unit = m.get("UNIT", m.get("small"))
        if unit not in ("fortnight", "huitaine"):
            return None
        one = Duration(1, unit)
    node = m.get("@IN|WITHIN") or m.get("@BY")
    inside = node is not None and "WITHIN" in node.kinds and one.digits
    if not inside:
        one = customary(moment, one)
    found = shift(moment, moment.today, one)
    if found and m.get("HENCE") == "exact":
        found = day_span(found.owed)
    return found and found.but(strength=3 if "BY" in m or inside else 2)


@rule("IN|WITHIN ART? UNIT !NEXT|THIS|GONE|AFTERNEXT|OF|WEEKDAY|NTH|LASTW|DAY|YEAR|DAYNUM|UNIT")
def within_the(moment: Moment, m: Match) -> Span | None:
    """Dans la semaine, binnen de maand, within the week: by its end, or a whole one from now: asked."""
    node = m["@IN|WITHIN"]
    unit = m["UNIT"]
    if "WITHIN" not in node.kinds or unit not in ("week", "month", "quarter", "year"):
        return None
    if not set(node.kinds) & {"IN", "WITHIN"} or (node.kinds.keys() & {"ON", "DURING"} and moment.lang != "fr"):
        return None
    whole, away = around(moment, unit, 0), shift(moment, moment.today, Duration(1, unit))
    if whole is None or away is None:
        return None
    best, other = (whole.owed, away.owed) if unit == "week" or moment.lang == "en" else (away.owed, whole.owed)
    return Span(moment.today, best, "part", due=best, readings=(best, other), reason="two_readings", strength=3)


@rule("day:WEEKDAY UNIT =END_MARK")
def friday_week(moment: Moment, m: Match) -> Span | None:
    """British: Friday week is a week after Friday."""
    days = {"week": 7, "fortnight": 14}.get(m["UNIT"])
    if days is None or moment.lang != "en":
        return None
    return day_span(next_weekday(moment, m["day"]).first + days * DAY, strength=2)


@rule("IN TIME =END_MARK")
def in_hours(moment: Moment, m: Match) -> Span | None:
    """Dans 3h."""
    clock = m["TIME"]
    if clock.strength > 1 or "IN" not in m.nodes[0].kinds or "AT" in m.nodes[0].kinds:
        return None
    return shift(moment, moment.today, Duration(clock.hour + clock.minute / 60, "hour"))
