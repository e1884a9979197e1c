"""Rules for the nth of something: the second Tuesday of next month, the last working day, the Monday after Easter."""

from __future__ import annotations

from bot.understanding.dates import calendars
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import (
    SUNDAY,
    around,
    span_of,
)
from bot.understanding.dates.values import (
    DAY,
    Moment,
    Span,
    day_span,
    monday,
    month_span,
    months_span,
    on_or_after,
    on_or_before,
    shift_months,
    week_span,
    yearly,
)

nth = Phase()
rule = nth.rule


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


@rule("NTH|LASTW WEEKDAY OF|IN ART? UNIT !NEXT|THIS|GONE|AFTERNEXT", "NTH|LASTW small:UNIT OF|IN|ART ART? UNIT !NEXT|THIS|GONE|AFTERNEXT",      "NTH LASTW small:UNIT|WEEKDAY OF|IN ART? UNIT !NEXT")  # fmt: skip
def nth_of_unit(moment: Moment, m: Match) -> Span | None:
    """The last Friday of the month: of this one, or of the next when it is over."""
    if m["UNIT"] not in ("month", "quarter", "year", "semester", "week"):
        return None
    node = m.get("@NTH|LASTW")
    count = -int(m["NTH"]) if node is None else -1 if "LASTW" in node.kinds else int(m["NTH|LASTW"])
    unit = m.get("WEEKDAY", m.get("small"))
    found = None
    for offset in (0, 1, 2):
        outer = around(moment, m["UNIT"], offset)
        found = outer and nth_within(moment, outer, count, unit)
        if found and (found.last >= moment.today):
            return found
        if found and moment.past and moment.lang == "en":
            return found
    return found


@rule("THIS PASTW UNIT")
def this_past(moment: Moment, m: Match) -> Span | None:
    return around(moment, m["UNIT"], -1)


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


@rule("NTH? CLOSEST WEEKDAY TO|OF day:DAY")
def nth_closest(moment: Moment, m: Match) -> Span | None:
    """The closest Monday to 5 October."""
    day, count = m["day"].first, int(m.get("NTH", 1))
    near = sorted(
        (on_or_after(day + 7 * week * DAY, m["WEEKDAY"]) for week in range(-4, 4)), key=lambda d: abs(d - day)
    )
    return day_span(near[count - 1], strength=2) if 1 <= count < len(near) else None


@rule("NTH? CLOSEST span:DAY|MONTH TO|OF day:DAY")
def nth_closest_feast(moment: Moment, m: Match) -> Span | None:
    """The second closest Christmas to today."""
    span, day, count = span_of(moment, m, "span"), m["day"].first, int(m.get("NTH", 1))
    if span is None or span.yearly is None:
        return None
    near = [one for year in range(day.year - 5, day.year + 6) if (one := span.yearly(year))]
    near.sort(key=lambda one: abs(one.first - day))
    return near[count - 1].but(explicit=True) if 1 <= count <= len(near) // 2 else None


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
