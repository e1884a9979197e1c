"""Rules for days away from now or from another day, and for weeks around a day."""

from __future__ import annotations

from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.resolve import (
    around,
    customary,
    month_day,
    next_weekday,
    shift,
    span_of,
    week_from,
)
from bot.understanding.dates.values import (
    DAY,
    Duration,
    Moment,
    Span,
    day_span,
    monday,
    on_or_after,
    on_or_before,
    yearly,
)

shifts = Phase()
rule = shifts.rule


@rule("a:DAY OF THE? b:DAY")
def event_of(moment: Moment, m: Match) -> Span | None:
    """The steering committee of 10 February: that one."""
    return m["b"] if m["a"].reason == "event" else None


@rule("FROM? a:DAY FOR DUR")
def for_days(moment: Moment, m: Match) -> Span | None:
    """From 18 December for ten days."""
    end = shift(moment, m["a"].first, m["DUR"])
    return end and Span(m["a"].first, end.last, "days", strength=2)


# Weeks around a day, quarters in words.
@rule("UNIT OF THE? day:DAY", "UNIT LINK THE? day:DAY", "UNIT THE day:DAY", "UNIT OF ART? day:DAYNUM =END_MARK")
def week_of(moment: Moment, m: Match) -> Span | None:
    day = m["day"]
    if m["UNIT"] == "weekend" and isinstance(day, Span):
        friday = monday(day.first) + 4 * DAY
        return Span(friday, friday + 2 * DAY, "weekend")
    if m["UNIT"] != "week":
        return None
    if isinstance(day, int):
        found = month_day(moment, day)
        return found and week_from(found.first)
    if day.yearly and not day.explicit:
        base = day.yearly

        def make(year: int) -> Span | None:
            one = base(year)
            return one and week_from(one.first)

        return yearly(moment, make)
    return week_from(day.first)


# Away from now, away from a day.
@rule(
    "day:DAYISH IN|WITHIN DUR",
    "day:DAYISH IN|WITHIN number:DAYNUM|NUMW !UNIT|MONTH|CLOCK",
    "DUR ON|FROM|OF|HENCE? day:WEEKDAY",
    "day:WEEKDAY DUR =EOS|DOT",
)
def weekday_plus(moment: Moment, m: Match) -> Span | None:
    """Vendredi en huit, dinsdag over een week, Freitag in acht Tagen: so long after the next one, today counting."""
    if "number" in m:
        if m["number"] not in (8, 15, 14) or moment.lang != "fr":
            return None
        days = 7 if m["number"] == 8 else 14
    else:
        one = m["DUR"]
        if one.unit not in ("day", "week", "fortnight", "huitaine") or one.count != int(one.count):
            return None
        days = int(one.count) * {"day": 1, "week": 7, "fortnight": 14, "huitaine": 7}[one.unit]
        if one.unit == "day" and days in (8, 15):
            days -= 1
    value = m["day"]
    start = on_or_after(moment.today, value) if isinstance(value, int) else value.first
    if isinstance(value, int) and ("@ON|FROM|OF|HENCE" in m):
        start = next_weekday(moment, value).first
    return day_span(start + days * DAY, strength=2)


@rule("day:DAY UNIT =END_MARK|WORD", "DUR ON? day:DAY")
def tomorrow_week(moment: Moment, m: Match) -> Span | None:
    """British: tomorrow week, a fortnight today; but "two weeks 3 December" is no date."""
    unit = m["UNIT"] if "UNIT" in m else m["DUR"].unit
    weeks = {"week": 1, "fortnight": 2}.get(unit, 0) * (m["DUR"].count if "DUR" in m else 1)
    day = m["day"]
    near = day.explicit and day.first == day.last and 0 <= (day.first - moment.today).days < 2 and not day.time
    if moment.lang != "en" or not near or not weeks or weeks != int(weeks) or m.nodes[0].kinds.get("MANY"):
        return None
    return day_span(day.first + 7 * int(weeks) * DAY, strength=2)


@rule("DAYAFTER ART? day:SPAN")
def day_beside(moment: Moment, m: Match) -> Span | None:
    span = span_of(moment, m, "day")
    if span is None:
        return None
    sign = m["DAYAFTER"]
    return day_span((span.last if sign > 0 else span.first) + sign * DAY, strength=2)


@rule(
    "DUR from:AFTER|FROM|BEFORES ART? MEETING|EVENTCUE|BY|WORD OF|ON? ART? day:DAY",
    "DUR from:NEXT ART MEETING|EVENTCUE|BY|WORD OF|ON? ART? day:DAY",
    "WITHIN DUR from:OF ART? MEETING|EVENTCUE|BY|WORD OF|ON? ART? day:DAY",
    "DUR from:NEXT ART day:DAY",
    "DUR from:AFTER|FROM|BEFORES ART? day:SPAN",
    "DUR from:AFTER|FROM|BEFORES UNIT day:DAY",
)
def away_from(moment: Moment, m: Match) -> Span | None:
    """Three days after Easter, two weeks before the general assembly."""
    span = span_of(moment, m, "day")
    if span is None:
        return None
    sign = -1 if m["@from"].kinds.keys() & {"BEFORE", "VOR"} else 1

    def make_from(base: Span) -> Span | None:
        start = base.last if sign > 0 else base.first
        found = shift(moment, start, m["DUR"], sign)
        return found and day_span(found.owed, strength=2)

    base = span.yearly
    if base is None or span.explicit:
        return make_from(span)
    found = [
        one
        for year in range(moment.today.year - 2, moment.today.year + 3)
        if (b := base(year)) and (one := make_from(b))
    ]
    ahead = [one for one in found if one.last >= moment.today]
    return ahead[0] if ahead else None


@rule("NUM WEEKDAY|WEEKDAYS HENCE", "NUM WEEKDAY|WEEKDAYS AGO")
def weekdays_away(moment: Moment, m: Match) -> Span | None:
    weekday, count = m["WEEKDAY|WEEKDAYS"], m["NUM"]
    if not 0 < count < 60:
        return None
    if "AGO" in m:
        return day_span(on_or_before(moment.today - DAY, weekday) - (count - 1) * 7 * DAY, explicit=True)
    return day_span(on_or_after(moment.today + DAY, weekday) + (count - 1) * 7 * DAY, strength=2)


@rule("WEEKDAY AGO DUR", "WEEKDAY VOR DUR")
def weekday_ago(moment: Moment, m: Match) -> Span | None:
    found = shift(moment, next_weekday(moment, m["WEEKDAY"]).first, m["DUR"], -1)
    return found and found.but(explicit=True)


@rule("AGO DUR", "DUR AGO", "VOR DUR", "DUR GONE =EOS")
def ago(moment: Moment, m: Match) -> Span | None:
    found = shift(moment, moment.today, m["DUR"], -1)
    return found and found.but(explicit=True, strength=1, time=None)


@rule("IN|WITHIN DUR HENCE", "IN|WITHIN DUR !BEFORES|AFTER|FROM|NEXT","DUR HENCE", "BY COLON? WITHIN|IN? DUR !AFTER|BEFORES|FROM", "IN|WITHIN A? UNIT =EOS", "IN ABOUT DUR", "BY ABOUT DUR", "<BOS DUR AFTER =EOS", "<BOS AFTER DUR =EOS",
      "IN|WITHIN A? small:UNIT !NEXT|THIS|GONE", "BY A? small:UNIT !NEXT|THIS|GONE|AFTERNEXT")  # fmt: skip
def in_duration(moment: Moment, m: Match) -> Span | None:
    one: Duration | None = m.get("DUR")
    if one is None:
        unit = m.get("UNIT", m.get("small"))
        if unit not in ("fortnight", "huitaine"):
            return None
        one = Duration(1, unit)
    node = m.get("@IN|WITHIN") or m.get("@BY")
    if "DUR" in m and "@IN|WITHIN" not in m and "@WITHIN|IN" not in m and node is not None and "AT" in node.kinds:
        return None  # "pour deux mois" is how long
    inside = node is not None and "WITHIN" in node.kinds and one.digits
    if not inside:
        one = customary(moment, one)
    found = shift(moment, moment.today, one)
    if found and m.get("HENCE") == "exact":
        found = day_span(found.owed)
    return found and found.but(strength=3 if "BY" in m or inside else 2)


@rule("IN|WITHIN ART? UNIT !NEXT|THIS|GONE|AFTERNEXT|OF|WEEKDAY|NTH|LASTW|DAY|YEAR|DAYNUM|UNIT")
def within_the(moment: Moment, m: Match) -> Span | None:
    """Dans la semaine, binnen de maand, within the week: by its end, or a whole one from now: asked."""
    node = m["@IN|WITHIN"]
    unit = m["UNIT"]
    if "WITHIN" not in node.kinds or unit not in ("week", "month", "quarter", "year"):
        return None
    if not set(node.kinds) & {"IN", "WITHIN"} or (node.kinds.keys() & {"ON", "DURING"} and moment.lang != "fr"):
        return None
    whole, away = around(moment, unit, 0), shift(moment, moment.today, Duration(1, unit))
    if whole is None or away is None:
        return None
    best, other = (whole.owed, away.owed) if unit == "week" or moment.lang == "en" else (away.owed, whole.owed)
    return Span(moment.today, best, "part", due=best, readings=(best, other), reason="two_readings", strength=3)


@rule("day:WEEKDAY UNIT =END_MARK")
def friday_week(moment: Moment, m: Match) -> Span | None:
    """British: Friday week is a week after Friday."""
    days = {"week": 7, "fortnight": 14}.get(m["UNIT"])
    if days is None or moment.lang != "en":
        return None
    return day_span(next_weekday(moment, m["day"]).first + days * DAY, strength=2)


@rule("IN|WITHIN TIME =END_MARK|WORD")
def in_hours(moment: Moment, m: Match) -> Span | None:
    """Dans 3h."""
    clock = m["TIME"]
    if clock.strength > 1 or "AT" in m.nodes[0].kinds or (clock.twelve and moment.lang == "en"):
        return None
    return shift(moment, moment.today, Duration((24 if clock.next_day else clock.hour) + clock.minute / 60, "hour"))
