"""Rules for what comes back: every Friday, chaque premier lundi du mois, alle zwei Wochen; as RRULE values (RFC 5545)."""

from __future__ import annotations

from bot.understanding.dates.nth import nth_within
from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import around, month_day, span_of
from bot.understanding.dates.values import DAY, Moment, Span, day_span, month_end, on_or_after, shift_months

recurring = Phase()
rule = recurring.rule
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2), "month": ("MONTHLY", 1),
               "quarter": ("MONTHLY", 3), "semester": ("MONTHLY", 6), "year": ("YEARLY", 1)}  # fmt: skip


def every(freq: str, interval: int, tail: str = "") -> str:
    return f"FREQ={freq}" + (f";INTERVAL={interval}" if interval > 1 else "") + tail


def nth_weekday(moment: Moment, count: int, weekday: int, unit: str = "month") -> Span | None:
    if unit not in ("month", "quarter", "year"):
        return None
    freq, interval = FREQUENCIES[unit]
    for offset in range(3):
        outer = around(moment, unit, offset)
        found = outer and nth_within(moment, outer, count, weekday)
        if found and found.last >= moment.today:
            return found.but(recurrence=every(freq, interval, f";BYDAY={count:+d}{CODES[weekday]}"), strength=2)
    return None


@rule(
    "EVERY NTH|LASTW AND ART? NTH|LASTW WEEKDAY|WEEKDAYS OF|IN|ON ART? UNIT", "EVERY NTH|LASTW AND NTH|LASTW WEEKDAY|WEEKDAYS",
    "ART NTH|LASTW AND ART? NTH|LASTW WEEKDAYS OF|IN|ON ART? UNIT", "ART? NTH|LASTW AND ART? NTH|LASTW WEEKDAY OF|IN|ON? EVERY|EACH UNIT",
)  # fmt: skip
def every_first_and_third(moment: Moment, m: Match) -> Span | None:
    if m.get("UNIT", "month") != "month":
        return None
    weekday = m.get("WEEKDAY", m.get("WEEKDAYS", m.get("WEEKDAY|WEEKDAYS")))
    counts = [
        -1 if "LASTW" in node.kinds else int(next(node.kinds[kind] for kind in ("ORD", "ORDN") if kind in node.kinds))
        for node in m.nodes
        if node.kinds.keys() & {"LASTW", "ORD", "ORDN"}
    ]
    found = [span for count in counts if (span := nth_weekday(moment, count, weekday))]
    if len(found) != len(counts):
        return None
    days = ",".join(f"{count:+d}{CODES[weekday]}" for count in counts)
    return min(found, key=lambda span: span.last).but(recurrence=f"FREQ=MONTHLY;BYDAY={days}")


@rule(
    "EVERY NTH|LASTW WEEKDAY|WEEKDAYS OF|IN|ON|EACH ART? UNIT", "EVERY NTH|LASTW WEEKDAY", "NTH|LASTW WEEKDAY OF|IN|ON? EVERY|EACH UNIT",
    "ART NTH|LASTW WEEKDAYS OF ART? UNIT", "NTH|LASTW WEEKDAY EACH UNIT",
)  # fmt: skip
def every_nth(moment: Moment, m: Match) -> Span | None:
    node = m["@NTH|LASTW"]
    weekday = m.get("WEEKDAY", m.get("WEEKDAYS", m.get("WEEKDAY|WEEKDAYS")))
    if (
        "UNIT" not in m
        and "NTH" not in m
        and "LASTW" not in node.kinds
        and int(m["NTH|LASTW"]) == 2
        and moment.lang != "fr"
    ):
        return weekly(moment, weekday, 2)
    return nth_weekday(moment, -1 if "LASTW" in node.kinds else int(m["NTH|LASTW"]), weekday, m.get("UNIT", "month"))


def weekly(moment: Moment, weekday: int, interval: int = 1) -> Span:
    return day_span(
        on_or_after(moment.today + DAY, weekday),
        recurrence=every("WEEKLY", interval, f";BYDAY={CODES[weekday]}"),
        strength=2,
    )


@rule("EVERYOTHER WEEKDAY OF|IN ART? UNIT")
def every_second(moment: Moment, m: Match) -> Span | None:
    return nth_weekday(moment, 2, m["WEEKDAY"], m["UNIT"])


@rule("EVERYOTHER WEEKDAY", "A WEEKDAY EVERYOTHER", "EVERY A? NUM WEEKDAY|WEEKDAYS")
def every_other(moment: Moment, m: Match) -> Span | None:
    count = m.get("NUM", 2)
    return weekly(moment, m.get("WEEKDAY", m.get("WEEKDAY|WEEKDAYS")), count) if 1 < count < 20 else None


@rule("EVERY DUR COMMA? ON|ART? WEEKDAY|WEEKDAYS", "EVERYOTHER UNIT COMMA? ON|ART? WEEKDAY|WEEKDAYS", "EVERY UNIT COMMA? ON|ART? WEEKDAY|WEEKDAYS",
      "WEEKDAY|WEEKDAYS COMMA? EVERY UNIT")  # fmt: skip
def some_weeks_on(moment: Moment, m: Match) -> Span | None:
    """Every two weeks on Tuesday; tous les quinze jours, le mardi."""
    unit, count = (m["DUR"].unit, m["DUR"].count) if "DUR" in m else (m["UNIT"], 2 if "EVERYOTHER" in m else 1)
    weeks = {("week", count): count, ("day", 14): 2, ("day", 15): 2, ("day", 8): 1, ("fortnight", 1): 2}.get(
        (unit, count)
    )
    if not weeks or weeks != int(weeks):
        return None
    return weekly(moment, m["WEEKDAY|WEEKDAYS"], int(weeks))


@rule(
    "EVERY ART? WEEKDAY|WEEKDAYS AND ART? WEEKDAY|WEEKDAYS",
    "<BOS WEEKDAYS AND WEEKDAYS",
    "<ART|ON WEEKDAYS AND ART? WEEKDAYS",
)
def every_two(moment: Moment, m: Match) -> Span | None:
    days = [
        next(n.kinds[k] for k in ("WEEKDAY", "WEEKDAYS") if k in n.kinds)
        for n in m.nodes
        if n.kinds.keys() & {"WEEKDAY", "WEEKDAYS"}
    ]
    first = min(on_or_after(moment.today + DAY, day) for day in days)
    return day_span(first, recurrence="FREQ=WEEKLY;BYDAY=" + ",".join(CODES[d] for d in days), strength=2)


@rule("EVERY ART? WEEKDAY|WEEKDAYS", "<BOS WEEKDAYS", "WEEKDAYS =TIME|AT", "<ART|ON WEEKDAYS")
def every_weekday(moment: Moment, m: Match) -> Span:
    node = m.get("WEEKDAY|WEEKDAYS", m.get("WEEKDAYS"))
    return weekly(moment, node)


@rule("THE? day:DAYNUM|ORDN|ORD|NUMW OF? EVERY|EACH UNIT", "EVERY ART? day:DAYNUM|ORDN OF ART? UNIT", "EVERY UNIT THE day:DAYNUM|ORDN", "EVERY day:ORDN !UNIT|WEEKDAY|MONTH",
      "LASTW small:UNIT OF? EVERY|EACH UNIT", "EVERY UNIT COMMA? ON|ART day:DAYNUM|ORDN")  # fmt: skip
def every_month(moment: Moment, m: Match) -> Span | None:
    if "small" in m:
        if m["small"] not in ("day", "workday") or m["UNIT"] != "month":
            return None
        end = month_end(moment.today.year, moment.today.month)
        tail = ";BYMONTHDAY=-1" if m["small"] == "day" else ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        return day_span(end, recurrence="FREQ=MONTHLY" + tail, strength=2)
    if m.get("UNIT", "month") != "month":
        return None
    found = month_day(moment, m["day"])
    return found and found.but(recurrence=f"FREQ=MONTHLY;BYMONTHDAY={m['day']}")


ENDS = {"month": "FREQ=MONTHLY;BYMONTHDAY=-1", "quarter": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
        "semester": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", "year": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"}  # fmt: skip


@rule("END LINK? EVERY|EACH UNIT")
def every_end(moment: Moment, m: Match) -> Span | None:
    """At the end of each quarter."""
    outer = around(moment, m["UNIT"], 0) if m["UNIT"] in ENDS else None
    return outer and day_span(outer.last, recurrence=ENDS[m["UNIT"]], strength=2)


@rule(
    "EVERY span:MONTH|DAY",
    "span:DAY EVERY UNIT",
    "ADVERB COMMA? ON|ART|OF? ART? span:DAY",
    "EVERY UNIT COMMA? ON|IN|DURING|ART|OF? span:DAY|MONTH",
    "span:DAY ADVERB",
)
def every_year(moment: Moment, m: Match) -> Span | None:
    if m.get("UNIT", m.get("ADVERB", "year")) != "year":
        return None
    span = span_of(moment, m, "span")
    if span is None or span.yearly is None:
        return None
    tail = f";BYMONTH={span.first.month}" + (f";BYMONTHDAY={span.first.day}" if span.first == span.last else "")
    return span.but(recurrence="FREQ=YEARLY" + tail)


@rule(
    "EVERY DUR",
    "EVERY A? ORD UNIT",
    "EVERYOTHER UNIT",
    "A UNIT EVERYOTHER",
    "EVERY UNIT",
    "EVERY ORDN UNIT",
)
def every_unit(moment: Moment, m: Match) -> Span | None:
    """Every two weeks counts from today; every month is owed at its end."""
    if "DUR" in m:
        unit, count = m["DUR"].unit, m["DUR"].count
        if moment.lang == "fr" and unit == "day" and count in (8, 15):
            unit, count = "week", 1 if count == 8 else 2
        if unit == "day" and count % 7 == 0:
            unit, count = "week", count // 7
    else:
        unit = m["UNIT"]
        count = 2 if "EVERYOTHER" in m else m.get("ORD", m.get("ORDN", 1))
    if unit == "workday" and count == 1:
        span = around(moment, "workday", 1)
        return span and span.but(recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    if unit not in FREQUENCIES or count != int(count) or not 1 <= count <= 100:
        return None
    freq, size = FREQUENCIES[unit]
    size *= int(count)
    if count > 1:
        days = {"DAILY": size, "WEEKLY": 7 * size}.get(freq)
        day = (
            moment.today + days * DAY if days else shift_months(moment.today, size if freq == "MONTHLY" else 12 * size)
        )
        return day_span(day, recurrence=every(freq, size), strength=2)
    outer = around(moment, unit, 1 if unit == "day" else 0)
    if outer is None:
        return None
    return outer.but(recurrence=every(freq, size), strength=2, grain="day")
