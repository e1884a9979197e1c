"""Rules for what stands around a day: a time, a range, and the preposition that makes it a deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.understanding.dates import calendars
from bot.understanding.dates.clocks import PARTS
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import agreeing, month_day, span_of
from bot.understanding.dates.values import DAY, Clock, Moment, Span, day_span, on_or_before, year_span

timing = Phase()
rule = timing.rule


def with_time(moment: Moment, span: Span, clock: Clock) -> Span | None:
    """The day with its clock; a clock of another zone is brought to ours, which may change the day."""
    if span.first != span.last and span.grain not in ("day", "part", "about"):
        return None
    if span.grain == "about":  # a month is too coarse to have a time
        span = day_span(span.owed, strength=span.strength, explicit=span.explicit)
    if clock.offset is None or moment.now.utcoffset() is None:
        return span.but(time=clock.but(offset=None), strength=max(span.strength, clock.strength))
    here = moment.now.utcoffset()
    assert here is not None
    at = datetime.combine(span.last, clock.at()) - clock.offset + here
    moved = at.date()
    return span.but(
        first=moved if span.first == span.last else span.first,
        last=moved,
        due=None,
        time=Clock(at.hour, at.minute),
        strength=2,
    )


@rule(
    "near:DAY|WEEKDAY DOT? COMMA|OPEN? THE|ON|OF? ART? date:DAY",
    "date:DAY COMMA|OPEN? near:WEEKDAY|DAY",
)
def same_day(moment: Moment, m: Match) -> Span | None:
    """A weekday and a date beside it are one day, the date: "vendredi soir 11/12", "Freitag, den 11.12.2026"."""
    date, near = m["date"], m["near"]
    weekday = near.weekday if isinstance(near, Span) else near
    if weekday is None or date.weekday is not None or date.first != date.last or date.reason in ("event", "feast"):
        return None
    after = m.nodes[-1].kinds.get("DAY") is not date
    if after and date.first.weekday() != weekday:
        return None
    clock = near.time if isinstance(near, Span) else None
    return agreeing(date.but(time=date.time or clock), weekday)


@rule(
    "THIS|ART PART TIME",
    "THIS|ART PART AT|HOURAT NUM !UNIT",
    "TIME THIS PART",
    "NUM THIS PART",
    "THIS PART",
    "<BOS PART TIME",
    "<BOS PART AT|HOURAT NUM =EOS",
    "<BOS PARTPREP|AT|ART? PART =EOS",
    "<BOS PARTPREP|AT|ART PARTPREP|AT|ART PART =EOS",
)
def today_part(moment: Moment, m: Match) -> Span | None:
    node = m.get("@THIS|ART")
    if node is not None and "THIS" not in node.kinds:
        return None
    part = m["PART"]
    clock = PARTS[part]
    if "TIME" in m or "NUM" in m:
        base = m.get("TIME") or Clock(m["NUM"], twelve=True)
        if not 0 <= base.hour <= 24:
            return None
        clock = in_part(base, part)
    day = moment.today
    if (
        part == "midnight"
        or (part in ("evening", "night", "afternoon", "morning") and "NUM" in m and clock.hour == 0)
        or (moment.now.time() > clock.at() and "THIS" not in m)
    ):
        day += DAY
    return day_span(day, time=clock, strength=2)


def in_part(clock: Clock, part: str) -> Clock:
    """Eight in the evening is 20:00."""
    hour = clock.hour
    if hour > 12:
        return clock
    if part in ("evening", "afternoon", "night", "eod") and 1 <= hour < 12 and not (part == "night" and hour < 6):
        hour += 12
    elif part in ("evening", "night") and hour == 12:
        hour = 0
    return clock.but(hour=hour, twelve=False)


@rule("TIME PARTPREP|LINK PARTPREP|LINK? PART", "TIME PART")
def time_in_part(moment: Moment, m: Match) -> Clock:
    return in_part(m["TIME"], m["PART"])


@rule(
    "day:DAY|WEEKDAY COMMA? PARTPREP? ART? PART COMMA? AT|HOURAT|PARTPREP? TIME", "day:DAY|WEEKDAY PART AT|HOURAT NUM !UNIT|MONTH",
    "TIME PARTPREP|LINK? PART THE? day:DAY|WEEKDAY", "NUM day:DAY PART", "NUM day:DAY =END_MARK", "day:DAY AT|HOURAT NUM PART",
)  # fmt: skip
def day_part_time(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "day")
    clock = m.get("TIME")
    if clock is None:
        if moment.lang != "en" and "AT|HOURAT" not in m:
            return None
        if not 1 <= m["NUM"] <= 12 or (
            "PART" not in m and (span is None or (span.time is None and span.first > moment.today + DAY))
        ):
            return None
        clock = Clock(m["NUM"], twelve=True)
        if span is not None and span.time and span.time.hour > 12:
            clock = in_part(clock, "evening")
    if span is None:
        return None
    return with_time(moment, span, in_part(clock, m.get("PART", "")))


@rule(
    "day:DAY|WEEKDAY COMMA? PARTPREP|BY|BEFORES|DURING|AT? ART? PART", "PARTPREP? ART? PART PARTPREP|LINK? LINK? day:DAY", "day:WEEKDAY PART",
    "PART LINK? LINK? day:DAY|WEEKDAY",
)  # fmt: skip
def day_part(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "day")
    if span is None or (span.time and not span.time.vague):
        return None
    clock = PARTS[m["PART"]]
    if m["PART"] == "midnight":
        clock = Clock(23, 59)
    if span.time is not None:
        return span
    return with_time(moment, span.but(strength=2), clock)


@rule(
    "day:DAY|WEEKDAY COMMA? AT|HOURAT|BY|BEFORES|UNTIL|FROM|AFTER|ABOUT|ON|DASH? ART? TIME",
    "TIME COMMA? ON|AT|OF|BY|LINK? ART? day:DAY|WEEKDAY", "day:PERIOD AT|HOURAT TIME", "day:DAY|WEEKDAY AT|HOURAT NUM !UNIT|MONTH|WEEKDAY|DOT",
    "day:DAY LATEST TIME", "HOURAT NUM ON? day:DAY",
)  # fmt: skip
def day_time(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "day")
    clock = m.get("TIME")
    if clock is None:
        number = m["NUM"]
        if not 0 < number <= 24 or ("AT" in m.get("@AT|HOURAT", m.get("@HOURAT")).kinds and moment.lang == "fr"):
            return None
        clock = Clock(number % 24, twelve=number <= 12)
    if span is None:
        return None
    if span.time is not None:
        if not span.time.vague:
            return None
        name = "evening" if span.time.hour > 18 else "afternoon" if span.time.hour > 12 else "morning"
        clock = in_part(clock, name)
    node = m.get("@AT|HOURAT|BY|BEFORES|UNTIL|FROM|AFTER|ABOUT|ON|DASH")
    strong = (
        node is not None
        and node.kinds.keys() & {"BY", "BEFORE", "VOR", "UNTIL"}
        and not node.kinds.keys() & {"AT", "HOURAT"}
    )
    return with_time(moment, span.but(strength=3) if strong else span, clock)


ranges = Phase()


@ranges.rule(
    "FROM|OF|BETWEEN THE? wd:WEEKDAY? a:DAYNUM|ORDN|NUMW RANGE|AND THE? wd2:WEEKDAY? b:DAYNUM|ORDN|NUMW !UNIT|CLOCK|WORD|MONTH"
)
def day_numbers(moment: Moment, m: Match) -> Span | None:
    """Entre le 13 et le 18; two bare numbers count something else."""
    if not any(n.kinds.keys() & {"THED", "FROMTHE", "ORDN", "WEEKDAY"} for n in m.nodes):
        return None
    if not 1 <= m["a"] < m["b"] <= 31:
        return None
    last = month_day(moment, m["b"])
    return last and Span(last.first.replace(day=m["a"]), last.last, "days", strength=2)


@ranges.rule(
    "FROM|OF|BETWEEN THE? a:SPAN COMMA? RANGE|AND THE? b:SPAN",
    "a:DAY|MONTH|MON|WEEKDAY RANGE THE? b:DAY|MONTH|MON|WEEKDAY",
    "a:DAY SLASH b:DAY",
)
def span_range(moment: Moment, m: Match) -> Span | None:
    a, b = span_of(moment, m, "a"), span_of(moment, m, "b")
    if a is None or b is None:
        return None
    for _ in range(2):
        if b.last < a.first and b.yearly and not b.explicit:
            later = b.yearly(a.first.year if a.first.year > b.first.year else b.first.year + 1)
            b = later or b
    if a.first > b.first and a.yearly and not a.explicit:
        a = a.yearly(a.first.year - 1) or a
    if b.last < a.first:
        if b.weekday is None:
            return None
        b = b.but(first=b.first + 7 * DAY, last=b.last + 7 * DAY)
    if all(one.weekday is not None for one in (a, b)):  # opening hours, unless something is owed by then
        return b.but(first=min(a.first, b.first), grain="days", reason="opening_hours")
    return b.but(first=min(a.first, b.first), grain="days", yearly=None, strength=2)


@ranges.rule("<DATEON|BY|BEFORES|UNTIL|FROM|AFTER day:DAYNUM|ORDN !UNIT|CLOCK|MONTH|PART|DASH|NUM|JUNK|OF|STREET|WORD|FRACTION",
    "<THED day:DAYNUM|ORDN !UNIT|CLOCK|MONTH|PART|DASH|NUM|JUNK|OF|STREET|FRACTION", "<ART|ON day:ORDN =END_MARK", "ON day:ORD =EOS",
             "<BY|BEFORES|UNTIL day:NUMW =END_MARK", "ON day:NUMW =EOS", "WEEKDAY COMMA? THE? day:DAYNO !UNIT|CLOCK|MONTH|JUNK")  # fmt: skip
def bare_day_number(moment: Moment, m: Match) -> Span | None:
    """Le 15: the next; "jeudi 15" the next 15th, unsure when that is no Thursday."""
    number = m["day"]
    if not 1 <= number <= 31:
        return None
    node = m.get("@day")
    if moment.lang == "fr" and number > 1 and node.kinds.keys() == {"ORDN"}:
        return None  # le 2e étage
    if "WEEKDAY" in m:
        found = month_day(moment, number)
        if found is None or found.first.weekday() == m["WEEKDAY"]:
            return found
        day = found.first
        far = day
        for offset in range(1, 14):
            far_span = month_day(Moment(moment.now + timedelta(days=28 * offset), moment.lang), number)
            if far_span and far_span.first.weekday() == m["WEEKDAY"] and far_span.first > day:
                far = far_span.first
                break
        return day_span(far, strength=2, readings=(far, day), reason="weekday_differs")
    if "ON" in m and moment.lang != "de" and "ORD" in m and moment.lang not in ("nl", "en"):
        return None
    return month_day(moment, number)


@ranges.rule("a:DAY|WEEKDAY OR ART|ON? b:DAY|WEEKDAY")
def either(moment: Moment, m: Match) -> Span | None:
    """Monday or Tuesday: the earlier is safe, both are asked."""
    a, b = span_of(moment, m, "a"), span_of(moment, m, "b")
    if a is None or b is None:
        return None
    days = tuple(sorted((a.owed, b.owed)))
    return day_span(days[0], strength=2, readings=days, reason="two_readings")


deadlines = Phase()


@deadlines.rule(
    "<IN|BY|BEFORES|UNTIL|DURING|ON|AFTER|ART YEAR !UNIT|WORD|DAYNUM|BIG", "<IN|BY|BEFORES|UNTIL|DURING|ON|AFTER YEAR"
)
def whole_year(moment: Moment, m: Match) -> Span:
    return year_span(m["YEAR"]).but(explicit=True)


BYS = ("BY", "UNTIL")


@deadlines.rule("BY|UNTIL COLON? BY|UNTIL|ON|AT|ART|IN|DURING? ART? span:SPAN", "span:SPAN BY =END_MARK|WORD", "BY IN|ON|AT? ART? span:SPAN", "UNTIL ON|AT|IN? ART? span:SPAN", "span:SPAN UNTIL TIME",
                "BY BY BY? ART? span:SPAN")  # fmt: skip
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


@deadlines.rule("BEFORES ART|THE? span:SPAN", "BY BEFORES ART? span:SPAN")
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


@deadlines.rule("AFTER ART|THE? span:SPAN")
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


def first_working(moment: Moment, day: Any) -> Any:
    return day if calendars.is_working_day(day, moment.country) else calendars.add_working_days(day, 1, moment.country)


@deadlines.rule("FROM ART|THE|ON? span:SPAN", "SINCE ART|THE|ON? span:SPAN")
def starting(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "span")
    if span is None:
        return None
    if "SINCE" in m:
        return span.but(open=True, strength=-1, reason="since")
    if span.open or "OF" in m["@FROM"].kinds:
        return None
    return span.but(open=True, strength=0, reason="starting")


@deadlines.rule("ON|AT|ABOUT|IN|DURING ART? span:SPAN", "ART span:SPAN", "ON ABOUT ART? span:SPAN")
def on(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "span")
    if span is None or span.strength >= 3:
        return None
    return span.but(strength=max(span.strength, 1) if span.strength > 0 else span.strength)


@deadlines.rule("BY|UNTIL|BEFORES AT|HOURAT? TIME", "TIME BY =END_MARK", "BY BY|BEFORES|AT|HOURAT TIME", "BY|UNTIL|BEFORES PARTPREP? ART? PART", "<BOS AT|HOURAT|FROM|OF|AFTER|ON? TIME =EOS",
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
