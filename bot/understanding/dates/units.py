"""Rules for units around now: next week, this month, the next three days, Tuesday of next week."""

from __future__ import annotations

from typing import Any

from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import (
    SATURDAY,
    SUNDAY,
    around,
    shift,
)
from bot.understanding.dates.values import (
    DAY,
    Duration,
    Moment,
    Span,
    day_span,
    monday,
    on_or_after,
)

units = Phase()
rule = units.rule


@rule("WEAKDAY|VERYWEAKDAY DOT =EOS", "<WEEK WEAKDAY|VERYWEAKDAY =END_MARK|TIME|AT|HOURAT|PART")
def last_weak(moment: Moment, m: Match) -> dict[str, Any]:
    return {"WEEKDAY": m["WEAKDAY|VERYWEAKDAY"]}


# Weekday of a week: before "next week" alone.
@rule(
    "WEEKDAY COMMA? LINK? LINK? WEEK",
    "WEEK COMMA? LINK? WEEKDAY",
    "THIS UNIT LINK? WEEKDAY",
    "WEEKDAY LINK|FROM? GONE UNIT",
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
    "NUM NEXT UNIT",
    "DUR NEXT !ART",
    "NEXT DUR",
    "GONE DUR",
    "DUR GONE",
    "NUM GONE UNIT",
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


@rule("NEXT UNIT", "UNIT NEXT", "UNIT OF NEXT")
def next_unit(moment: Moment, m: Match) -> Span | None:
    if "MANY" in m["@UNIT"].kinds:  # the coming weeks: a few, and asked
        few = shift(moment, moment.today, Duration(3, m["UNIT"], vague=True))
        return few and few.but(first=moment.today + DAY)
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


@rule(
    "THIS UNIT",
    "UNIT THIS",
    "THIS =UNIT",
)
def this_unit(moment: Moment, m: Match) -> Span | None:
    if "UNIT" not in m:
        return None
    return around(moment, m["UNIT"], 0) if m["UNIT"] not in ("hour", "minute", "second", "workday") else None


@rule("AFTERNEXT UNIT", "UNIT AFTERNEXT")
def unit_after_next(moment: Moment, m: Match) -> Span | None:
    return around(moment, m["UNIT"], 2)
