"""Rules for the beginning, the middle and the end of something."""

from __future__ import annotations

from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import (
    around,
    span_of,
)
from bot.understanding.dates.values import (
    DAY,
    Moment,
    Span,
    month_end,
    month_span,
    year_span,
    yearly,
)

parts = Phase()
rule = parts.rule


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
    found = part(moment, outer, next(k for k in ("BEGIN", "MID", "END") if k in kinds))
    return found.but(strength=2) if found is not None else None


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
