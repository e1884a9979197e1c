"""Rules for a range of days, one of two days, and a bare number of a day."""

from __future__ import annotations

from datetime import timedelta

from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import month_day, span_of
from bot.understanding.dates.values import DAY, Moment, Span, day_span

ranges = Phase()
rule = ranges.rule


@rule(
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


@rule(
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


@rule("<DATEON|BY|BEFORES|UNTIL|FROM|AFTER day:DAYNUM|ORDN !UNIT|CLOCK|MONTH|PART|DASH|NUM|JUNK|OF|STREET|WORD|FRACTION",
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


@rule("a:DAY|WEEKDAY OR ART|ON? b:DAY|WEEKDAY")
def either(moment: Moment, m: Match) -> Span | None:
    """Monday or Tuesday: the earlier is safe, both are asked."""
    a, b = span_of(moment, m, "a"), span_of(moment, m, "b")
    if a is None or b is None:
        return None
    days = tuple(sorted((a.owed, b.owed)))
    return day_span(days[0], strength=2, readings=days, reason="two_readings")
