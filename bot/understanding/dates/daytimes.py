"""Rules for a day and what stands beside it: its time, a part of it, its weekday."""

from __future__ import annotations

from datetime import datetime

from bot.understanding.dates.clocks import PARTS
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import agreeing, span_of
from bot.understanding.dates.values import DAY, Clock, Moment, Span, day_span

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
    "day:DAY|WEEKDAY COMMA? PARTPREP|BY|BEFORES|DURING|AT? ART? PART", "PARTPREP? ART? PART PARTPREP|LINK? LINK? day:DAY",    "PART LINK? LINK? day:DAY|WEEKDAY",
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
"HOURAT NUM ON? day:DAY",
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
