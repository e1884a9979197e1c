"""Rules for named days: weak abbreviations, feasts, meetings of the register, school holidays, seasons."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.understanding.dates import calendars, school
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import (
    HOME,
    season_span,
)
from bot.understanding.dates.values import (
    DAY,
    Moment,
    Span,
    day_span,
    yearly,
)

names = Phase()
rule = names.rule


# Weak words: only beside what makes them dates.
@rule("WEAKDAY|VERYWEAKDAY DOT? COMMA? THE? =DAYNUM|DAY|ORDN|DM", "WEAKDAY|VERYWEAKDAY DOT =END_MARK|TIME|AT|ON|PART|HOURAT",
      "<BOS WEAKDAY =EOS", "<CLOSEST WEAKDAY", "<BY|BEFORES|UNTIL|NEXT|THIS WEAKDAY =EOS|DOT|COMMA|TIME|AT|HOURAT|PART")  # fmt: skip
def weak_day(moment: Moment, m: Match) -> dict[str, Any] | None:
    return {"WEEKDAY": m.get("WEAKDAY|VERYWEAKDAY", m.get("WEAKDAY"))}


@rule("<ART|END|BEGIN|MID|NEXT|OF|IN|BY|UNTIL|BEFORES|THIS|DURING WEAKSEASON", "WEAKSEASON =NEXT|YEAR")
def weak_season(moment: Moment, m: Match) -> dict[str, Any]:
    return {"SEASON": m["WEAKSEASON"]}


@rule("<DAYNUM|ORDN|ORD WEAKMONTH", "<END|BEGIN|MID|NEXT|IN|OF|BY|UNTIL|BEFORES|DURING|FROM|AFTER WEAKMONTH")
def weak_month_after(moment: Moment, m: Match) -> dict[str, Any]:
    return {"MONTH": m["WEAKMONTH"]}


@rule(
    "WEAKMONTH DOT? =DAYNUM|ORDN|ORD|YEAR|DM|DM2",
    "WEAKMONTH =AFTERNEXT|NEXT",
    "<AFTERNEXT WEAKMONTH",
    "<BOS WEAKMONTH =EOS|IN",
)
def weak_month(moment: Moment, m: Match) -> dict[str, Any]:
    return {"MONTH": m["WEAKMONTH"]}


@rule("FEAST YEAR", "FEAST IN|OF YEAR", "FEAST OF|IN MONTH", "FEAST")
def feast(moment: Moment, m: Match) -> Span | dict[str, Any] | None:
    name = m["FEAST"]
    if "MONTH" in m:  # la rentrée de janvier: no feast at all
        return {"MONTH": m["MONTH"]} if name == "schoolstart" else None
    if name == "schoolstart":
        return school.start(moment, m.get("YEAR"))

    def make(year: int) -> Span:
        day = calendars.feast(name, moment.country, year)
        elsewhere = calendars.feast(name, HOME.get(moment.lang, moment.country), year)
        if day == elsewhere:
            return day_span(day, strength=2, reason="feast")
        return day_span(elsewhere, strength=2, readings=(elsewhere, day), reason="two_readings")

    if "YEAR" in m:
        return make(m["YEAR"]).but(explicit=True)
    return yearly(moment, make)


@rule("NTH ADVENT YEAR?")
def advent(moment: Moment, m: Match) -> Span | None:
    """The nth Sunday of Advent."""
    number = int(m["NTH"])
    if not 1 <= number <= 4:
        return None

    def make(year: int) -> Span:
        return day_span(calendars.advent(year, number), strength=2, reason="feast")

    return make(m["YEAR"]).but(explicit=True) if "YEAR" in m else yearly(moment, make)


@rule("NEXT MEETING OF ART? WORD|EVENTCUE|MEETING", "MEETING NEXT OF ART? WORD|EVENTCUE|MEETING")
def unknown_body(moment: Moment, m: Match) -> dict[str, Any]:
    """The next meeting of a body that is not in the register, or that they may not see."""
    return {"UNDATED": "meeting_unknown"}


@rule("NEXT? MEETING NEXT? OF ART? EVENT|WEAKEVENT NEXT?", "NEXT EVENT|WEAKEVENT", "EVENT|WEAKEVENT NEXT", "EVENT",
      "<BEFORES|AFTER|DAYAFTER WEAKEVENT", "<BEFORES|AFTER|DAYAFTER ART WEAKEVENT", "NEXT MEETING", "MEETING NEXT")  # fmt: skip
def event(moment: Moment, m: Match) -> Span | dict[str, Any] | None:
    """A meeting of the register, the next of its series: asked when the words name several; no deadline when merely named."""
    named = m.get("EVENT|WEAKEVENT", m.get("EVENT", m.get("WEAKEVENT")))
    ahead = [one for one in named or moment.events if one.day >= moment.today]
    if named is None:
        ahead = [one for one in ahead if one.here] or ahead
    days = sorted({one.series: one.day for one in sorted(ahead, key=lambda one: one.day, reverse=True)}.values())
    if not days:
        return {"UNDATED": "meeting_unknown"} if named else None
    return day_span(
        days[0],
        strength=2 if "NEXT" in m else 0,
        explicit="NEXT" in m,
        reason="event",
        readings=tuple(dict.fromkeys(days))[:3] if len(days) > 1 else (),
    )


@rule("<BEFORES|BY|UNTIL ART? NEXT MEETING", "<BEFORES|BY|UNTIL ART? MEETING NEXT")
def unknown_meeting(moment: Moment, m: Match) -> dict[str, Any] | None:
    return None if moment.events else {"UNDATED": "meeting_unknown"}


@rule("END|BEGIN LINK? LINK? SCHOOLYEAR")
def school_year(moment: Moment, m: Match) -> Span | dict[str, Any]:
    """Its end is the eve of the summer holidays."""
    if "BEGIN" in m["@END|BEGIN"].kinds:
        return school.start(moment)
    summer = school.holidays(moment, "summer")
    if isinstance(summer, dict):
        return summer
    return day_span(
        summer.first - DAY,
        strength=2,
        readings=tuple(dict.fromkeys(a - DAY for a, _ in summer.others)),
        reason=summer.reason,
    )


@rule("YEAREND", "<BEFORES|AFTER|BY|UNTIL ART? WEAKYEAREND")
def year_end_feasts(moment: Moment, m: Match) -> Span | None:
    """Les fêtes, de feestdagen: from Christmas Eve to New Year's Day, days off like school holidays."""
    return yearly(moment, lambda year: Span(date(year, 12, 24), date(year + 1, 1, 1), "school", strength=2))


@rule("SCHOOL YEAR", "SCHOOL")
def school_holidays(moment: Moment, m: Match) -> Span | dict[str, Any] | None:
    return school.holidays(moment, m["SCHOOL"], m.get("YEAR"))


@rule("SEASON YEAR", "SEASON")
def season(moment: Moment, m: Match) -> Span | None:
    if "YEAR" in m:
        return season_span(m["SEASON"], m["YEAR"])
    return yearly(moment, lambda year: season_span(m["SEASON"], year))
