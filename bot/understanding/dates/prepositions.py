"""Rules for the preposition that makes a day a deadline: by, before, until; or none: after, from, since."""

from __future__ import annotations

from datetime import date

from bot.understanding.dates import calendars
from bot.understanding.dates.clocks import PARTS
from bot.understanding.dates.daytimes import with_time
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import span_of
from bot.understanding.dates.values import DAY, Clock, Moment, Span, day_span, on_or_before, year_span

deadlines = Phase()
rule = deadlines.rule


@rule(
    "<IN|BY|BEFORES|UNTIL|DURING|ON|AFTER|ART YEAR !UNIT|WORD|DAYNUM|BIG", "<IN|BY|BEFORES|UNTIL|DURING|ON|AFTER YEAR"
)
def whole_year(moment: Moment, m: Match) -> Span:
    return year_span(m["YEAR"]).but(explicit=True)


@rule("BY|UNTIL COLON? BY|UNTIL|ON|AT|ART|IN|DURING? ART? span:SPAN", "span:SPAN BY =END_MARK|WORD","span:SPAN UNTIL TIME",
)  # fmt: skip
def by(moment: Moment, m: Match) -> Span | None:
    """By a day: from today until it."""
    span = span_of(moment, m, "span")
    if span is None:
        return None
    if "TIME" in m:
        return with_time(moment, span, m["TIME"])
    if span.reason == "now":
        return None
    if span.grain == "season" and span.first > moment.today:
        return season_begins(span)
    if span.grain == "school" and span.first > moment.today:
        return before_days_off(moment, span)
    if span.grain == "year" and span.explicit and span.first > moment.today:
        eve = span.first - DAY
        return Span(moment.today, eve, "part", readings=(eve, span.last), reason="two_readings", strength=3)
    first = moment.today if span.last >= moment.today and not moment.past else span.first
    return span.but(first=min(first, span.last), strength=3, grain="day" if span.grain == "day" else span.grain)


@rule(
    "BEFORES ART|THE? span:SPAN",
)
def before(moment: Moment, m: Match) -> Span | None:
    """Before the 15th is owed on the 15th; before something longer, on the day before it begins."""
    span = span_of(moment, m, "span")
    if span is None:
        return None
    if span.reason == "now":
        return None
    if span.grain in ("day", "part", "about", "days"):
        return span.but(first=min(moment.today, span.first), strength=3, reason=span.reason or "before_the_day")
    day = span.first - DAY
    if span.grain in ("week", "weekend", "school"):
        return before_days_off(moment, span)
    if span.grain == "year" and moment.past:
        day = span.first
    return Span(min(moment.today, day), day, "part", strength=3, reason="before_the_period")


def before_days_off(moment: Moment, span: Span) -> Span:
    """Before a week, a weekend or holidays: the Friday; of the weekend itself, on which it begins."""
    day = span.first - DAY if span.grain == "week" else on_or_before(span.first, 4)
    due = on_or_before(day, 4)
    if span.grain == "weekend":
        day = due = span.first
    others = tuple(on_or_before(a - DAY, 4) for a, _ in span.others)
    return Span(
        min(moment.today, due),
        day,
        "part",
        due=max(due, min(moment.today, day)),
        strength=3,
        reason=span.reason or "before_the_period",
        readings=tuple(dict.fromkeys(others)),
    )


@rule("AFTER ART|THE? span:SPAN")
def after(moment: Moment, m: Match) -> Span | None:
    """After a holiday or a week: the first working day that follows; it is a hint, not a promise."""
    span = span_of(moment, m, "span")
    if span is None:
        return None
    if span.grain == "school":
        pairs = span.others or ((span.first, span.last),)
        days = tuple(dict.fromkeys(first_working(moment, last + DAY) for _, last in pairs))
        return day_span(
            days[0], strength=2, readings=days if len(days) > 1 else (), reason=span.reason or "after_the_period"
        )
    if span.grain == "day":
        return span.but(open=True, strength=0, reason="after_the_day")
    return day_span(first_working(moment, span.last + DAY), strength=2, reason="after_the_period", open=True)


def season_begins(span: Span) -> Span:
    """By spring: when it comes, or before it is over; asked."""
    return Span(span.first, span.first, "part", readings=(span.first, span.last), reason="two_readings", strength=3)


def first_working(moment: Moment, day: date) -> date:
    return day if calendars.is_working_day(day, moment.country) else calendars.add_working_days(day, 1, moment.country)


@rule("FROM ART|THE|ON? span:SPAN", "SINCE ART|THE|ON? span:SPAN")
def starting(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "span")
    if span is None:
        return None
    if "SINCE" in m:
        return span.but(open=True, strength=-1, reason="since")
    if span.open or "OF" in m["@FROM"].kinds:
        return None
    return span.but(open=True, strength=0, reason="starting")


@rule(
    "ON|AT|ABOUT|IN|DURING ART? span:SPAN",
    "ART span:SPAN",
)
def on(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "span")
    if span is None or span.strength >= 3:
        return None
    return span.but(strength=max(span.strength, 1) if span.strength > 0 else span.strength)


@rule("BY|UNTIL|BEFORES AT|HOURAT? TIME", "TIME BY =END_MARK", "BY BY|BEFORES|AT|HOURAT TIME", "BY|UNTIL|BEFORES PARTPREP? ART? PART", "<BOS AT|HOURAT|FROM|OF|AFTER|ON? TIME =EOS",
                "BOS ON|AT|ART? TIME EOS")  # fmt: skip
def by_time(moment: Moment, m: Match) -> Span | None:
    """A time alone is the next one to come."""
    clock: Clock = m["TIME"] if "TIME" in m else PARTS[m["PART"]]
    node = next((m[k] for k in ("@BY|UNTIL|BEFORES", "@BY") if k in m), None)
    if node is not None and not node.kinds.keys() & {"BY", "UNTIL", "BEFORE", "VOR"}:
        return None
    day = moment.today
    at = clock.at()
    if clock.offset is not None:
        moved = with_time(moment, day_span(day), clock)
        if moved is not None and moved.time is not None:
            clock, at = moved.time, moved.time.at()
    if at <= moment.now.time().replace(tzinfo=None) and not (clock.named and moment.past):
        if (
            clock.twelve
            and clock.hour < 12
            and at.hour < 12
            and (at.hour + 12) > moment.now.hour
            and moment.now.hour < 12
        ):
            clock = clock.but(hour=clock.hour + 12, twelve=False)
        elif not clock.vague:
            day += DAY
    return day_span(day, time=clock, strength=3 if node is not None else 1)
