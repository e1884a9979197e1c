"""Rules for the next, this and the last of a weekday, a month, a feast; and its year."""

from __future__ import annotations

from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import (
    next_weekday,
    span_of,
)
from bot.understanding.dates.values import (
    DAY,
    Moment,
    Span,
    day_span,
    monday,
    on_or_before,
)

relative = Phase()
rule = relative.rule


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


@rule("AFTERNEXT WEEKDAY", "WEEKDAY AFTERNEXT", "WEEKDAY AFTER ART? NEXT =END_MARK")
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


@rule("span:MONTH|DAY|PERIOD IN DUR")
def in_years(moment: Moment, m: Match) -> Span | None:
    """March in two years: of the calendar year that is then."""
    span, away = span_of(moment, m, "span"), m["DUR"]
    if span is None or span.yearly is None or away.unit != "year" or away.count != int(away.count):
        return None
    found = span.yearly(moment.today.year + int(away.count)) if 0 < away.count < 50 else None
    return found and found.but(explicit=True)


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
