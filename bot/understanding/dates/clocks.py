"""Rules for times of day and durations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.understanding.dates.patterns import Match, Phase
from bot.understanding.dates.values import Clock, Duration, Moment

times = Phase()
rule = times.rule
HOURS = 24
NOON = 12

# A part of the day is owed at its end; office days end at five.
PARTS: dict[str, Clock] = {
    "earlymorning": Clock(10, vague=True),
    "midmorning": Clock(11, vague=True),
    "morning": Clock(12, vague=True),
    "noon": Clock(12),
    "lunch": Clock(12, vague=True),
    "midday": Clock(14, vague=True),
    "earlyafternoon": Clock(15, vague=True),
    "midafternoon": Clock(16, vague=True),
    "eod": Clock(17, vague=True),
    "school": Clock(17, vague=True),
    "afternoon": Clock(18, vague=True),
    "evening": Clock(22, vague=True),
    "night": Clock(23, 59, vague=True),
    "midnight": Clock(0),
}
ZONES = {
    "gmt": 0, "utc": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "met": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "hnec": 1,
    "heec": 2, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "pst": -8, "pdt": -7, "ist": 5.5,
}  # fmt: skip


def half(clock: Clock, part: str) -> Clock:
    """The clock read in the half of the day that `am` or `pm` names."""
    if clock.hour > NOON or clock.vague:
        return clock
    if part == "am":
        return clock.but(hour=clock.hour % NOON, twelve=False)
    return clock.but(hour=clock.hour % NOON + NOON, twelve=False)


def oclock(hour: float, minute: float = 0, *, twelve: bool = True) -> Clock | None:
    if not (0 <= hour <= HOURS and 0 <= minute < 60 and hour == int(hour)):
        return None
    return Clock(int(hour) % HOURS, int(minute), twelve=twelve and 1 <= hour <= NOON, strength=2)


@rule("NUM AND? A? HALF|HALFHOUR UNIT", "NUM A HALFHOUR UNIT")
def and_a_half(moment: Moment, m: Match) -> Duration | None:
    return Duration(m["NUM"] + 0.5, m["UNIT"]) if m["UNIT"] == "hour" else None


@rule(
    "A QUARTER OF A UNIT",
    "A? QUARTER OF UNIT",
    "QUARTER OF A UNIT",
    "THREEQUARTERS OF A UNIT",
    "THREEQUARTERS OF UNIT",
    "THREEQUARTERS UNIT",
)
def quarter_of(moment: Moment, m: Match) -> Duration | None:
    return Duration(0.75 if "THREEQUARTERS" in m else 0.25, "hour") if m["UNIT"] == "hour" else None


@rule(
    "A? QUARTER PAST|MINUS hour:NUM CLOCK?", "A? QUARTER PAST|MINUS clock:TIME", "A? QUARTER PAST|MINUS part:PART",
    "HALF PAST hour:NUM CLOCK?", "HALF PAST clock:TIME", "HALF PAST part:PART",
    "minutes:NUM PAST|MINUS clock:TIME", "minutes:NUM PAST|MINUS part:PART", "minutes:DUR PAST|MINUS clock:TIME",
    "minutes:DUR PAST|MINUS part:PART", "minutes:DUR FROM clock:TIME",
    "HOURAT minutes:NUM PAST|MINUS hour:NUM CLOCK?", "minutes:NUM PAST|MINUS hour:NUM CLOCK",
    "<BOS minutes:NUM PAST|MINUS hour:NUM =EOS", "minutes:NUM PAST|MINUS hour:NUM =AMPM", "minutes:DUR PAST|MINUS hour:NUM CLOCK?",
)  # fmt: skip
def past_or_to(moment: Moment, m: Match) -> Any:
    minutes = 15 if "QUARTER" in m else 30 if "HALF" in m else m["minutes"]
    if isinstance(minutes, Duration):
        if minutes.unit != "minute":
            return None
        minutes = minutes.count
    base = m.get("clock") or (oclock(m["hour"]) if "hour" in m else PARTS.get(m["part"]))
    if base is None or base.vague or not 0 < minutes < 60 or base.minute:
        return None
    node = m.get("@PAST|MINUS")
    later = node is not None and "PAST" in node.kinds and not ("MINUS" in node.kinds and moment.lang != "nl")
    total = (base.hour * 60 + (int(minutes) if later else -int(minutes))) % (24 * 60)
    return base.but(hour=total // 60, minute=total % 60, twelve=base.twelve and 1 <= total // 60 <= NOON)


DECIMALS = {5: 0.5, 25: 0.25, 75: 0.75}


@rule("a:NUM OTHERWISE NUM UNIT", "A UNIT OR more:NUMW", "DM UNIT")
def one_or_two(moment: Moment, m: Match) -> Duration | None:
    """Two or three weeks: the longer, and asked; 2.5 hours, which is no date."""
    if "DM" in m:
        one, two, sep, *_ = m["DM"]
        if sep == "." and two in DECIMALS:
            return Duration(one + DECIMALS[two], m["UNIT"], digits=True)
        return Duration(two, m["UNIT"], digits=True, vague=True) if sep in "-/" and one < two else None
    if "more" in m:
        return Duration(m["more"], m["UNIT"], vague=True)
    return Duration(m["NUM"], m["UNIT"], vague=True) if m["a"] < m["NUM"] and m["UNIT"] != "hour" else None


@rule("A? FEW OF? UNIT")
def a_few(moment: Moment, m: Match) -> Duration:
    return Duration(m["FEW"], m["UNIT"], vague=True)


@rule(
    "A HALF UNIT",
    "HALF A UNIT",
    "HALF UNIT",
    "A HALFHOUR UNIT",
    "HALFHOUR UNIT",
)
def half_a(moment: Moment, m: Match) -> Duration | None:
    return Duration(0.5, m["UNIT"]) if m["UNIT"] in ("hour", "day", "year") else None


@rule("DEC CLOCK", "DEC UNIT", "NUM UNIT", "DEC OF A UNIT")
def duration(moment: Moment, m: Match) -> Duration | None:
    count = m.get("DEC", m.get("NUM"))
    if "ORDN" in m.get("@NUM", m.get("@DEC")).kinds or m.get("UNIT") == "half":
        return None
    digits = any(kind in m.get("@NUM", m.get("@DEC")).kinds for kind in ("DAYNUM", "BIG", "DEC"))
    return Duration(count, m.get("UNIT", "hour"), digits=digits, vague="FEW" in m.get("@NUM", m.get("@DEC")).kinds)


@rule("<IN|WITHIN|BY|AGO|VOR DUR AND A? HALF", "DUR AND A? HALF =HENCE|AGO")
def duration_half(moment: Moment, m: Match) -> Duration | None:
    one = m["DUR"]
    return (
        Duration(one.count + 0.5, one.unit)
        if one.unit in ("hour", "week", "month", "year") and "@AT" not in m
        else None
    )


@rule("HALFHOUR NUM CLOCK?", "<BOS|HOURAT HALF NUM =END_MARK|PART|AMPM")
def half_before(moment: Moment, m: Match) -> Clock | None:
    """Dutch and German: half four is half past three."""
    hour = m["NUM"]
    if moment.lang in ("nl", "de"):
        return oclock((hour - 1) or NOON, 30) if 1 <= hour <= NOON else None
    return oclock(hour, 30) if moment.lang == "en" and 1 <= hour <= NOON else None


@rule("NUM MINUS half:TIME", "DUR MINUS half:TIME")
def around_half(moment: Moment, m: Match) -> Any:
    clock = m.get("half")
    minutes = m["NUM"] if "NUM" in m else m["DUR"].count if m["DUR"].unit == "minute" else None
    if clock is None or minutes is None or not isinstance(minutes, int) or not 0 < minutes < 60:
        return None
    total = (clock.hour * 60 + clock.minute - minutes) % (24 * 60)
    return clock.but(hour=total // 60, minute=total % 60, twelve=clock.twelve and total // 60 <= NOON)


@rule(
    "DUR THREEQUARTERS", "DUR PAST? AND? A? QUARTER", "DUR MINUS ART? QUARTER", "DUR MINUS minutes:NUM", "DUR PAST? AND? HALF",
    "DUR PAST minutes:DUR", "DUR minutes:DAYNUM|NUMW|BIG", "part:PART PAST? AND? A? QUARTER", "part:PART MINUS ART? QUARTER",
    "part:PART MINUS minutes:NUM", "part:PART AND? HALF", "part:PART minutes:DAYNUM|NUMW|BIG", "TIME PAST minutes:DUR",
    "TIME MINUS ART? QUARTER", "TIME AND? QUARTER",
)  # fmt: skip
def french_clock(moment: Moment, m: Match) -> Any:
    """Neuf heures trente, onze heures trois quarts, midi moins cinq."""
    if "part" in m:
        base = PARTS[m["part"]] if m["part"] in ("noon", "midnight") else None
    elif "DUR" in m:
        base = oclock(m["DUR"].count) if m["DUR"].unit == "hour" and m["DUR"].count == int(m["DUR"].count) else None
    else:
        base = m["TIME"]
    minutes = 45 if "THREEQUARTERS" in m else 15 if "QUARTER" in m else 30 if "HALF" in m else m["minutes"]
    if isinstance(minutes, Duration):
        minutes = minutes.count if minutes.unit == "minute" else -1
    if base is None or base.vague or base.minute or not 0 < minutes < 60:
        return None
    total = (base.hour * 60 + (-minutes if "MINUS" in m else minutes)) % (24 * 60)
    return base.but(hour=int(total // 60), minute=int(total % 60), strength=2)


@rule("NUM CLOCK minutes:DAYNUM|NUMW|BIG", "NUM CLOCK", "HOURAT DM CLOCK?", "DM CLOCK")
def number_oclock(moment: Moment, m: Match) -> Clock | None:
    if "DM" in m:
        hour, minute, sep, *_ = m["DM"]
        if sep == "-" and hour < minute:
            return oclock(minute)
        return oclock(hour, minute, twelve=False) if sep == "." and moment.lang in ("de", "nl") else None
    if "minutes" not in m and "UNIT" in m["@CLOCK"].kinds:
        return None
    return oclock(m["NUM"], m.get("minutes", 0))


@rule(
    "HOURAT ABOUT? NUM minutes:DAYNUM|NUMW|BIG =END_MARK",
    "HOURAT ABOUT? NUM minutes:NUM =AMPM",
    "NUM minutes:NUMW AMPM",
)
def at_hour_minute(moment: Moment, m: Match) -> Clock | None:
    if moment.lang != "en" or m["minutes"] < 10:
        return None
    clock = oclock(m["NUM"], m["minutes"])
    return half(clock, m["AMPM"]) if clock and "AMPM" in m else clock


@rule("HOURAT ABOUT? NUM !MONTH|WEAKMONTH|UNIT", "<BOS ABOUT NUM =EOS")
def at_number(moment: Moment, m: Match) -> Clock | None:
    number = m["NUM"]
    if number > HOURS and 100 <= number < 2400:
        return oclock(number // 100, number % 100)
    return oclock(number) if number and m["@NUM"].kinds.keys() & {"DAYNUM", "NUMW"} else None


@rule("AT ABOUT? DUR", "HOURAT ABOUT? DUR", "<BOS DUR =EOS", "DUR =ZONE", "<DAYISH DUR", "DUR =AMPM", "DUR =PART")
def at_duration(moment: Moment, m: Match) -> Clock | None:
    one: Duration = m["DUR"]
    return oclock(one.count) if one.unit == "hour" else None


@rule("TIME AMPM", "NUM AMPM")
def am_pm(moment: Moment, m: Match) -> Any:
    clock = m["TIME"] if "TIME" in m else oclock(m["NUM"]) if m["NUM"] < 100 else oclock(*divmod(m["NUM"], 100))
    return half(clock, m["AMPM"]).but(named=moment.lang in ("nl", "de")) if clock else None


@rule("TIME EXACT")
def sharp(moment: Moment, m: Match) -> Any:
    return m["TIME"].but(strength=2)


@rule("TIME FOR DUR")
def for_a_while(moment: Moment, m: Match) -> Any:
    return m["TIME"]


@rule("TIME ZONE !PART")
def zone(moment: Moment, m: Match) -> Any:
    offset: Any = ZONES[m["ZONE"]]
    return m["TIME"].but(offset=timedelta(hours=offset))


@rule(
    "FROM|OF|BETWEEN a:TIME RANGE|AND b:TIME", "a:TIME RANGE|SLASH b:TIME", "FROM|OF|BETWEEN NUM RANGE|AND b:TIME", "NUM DASH b:TIME", "DM RANGE b:TIME",
    "AFTER a:TIME AND? BEFORES b:TIME", "a:TIME RANGE NUM", "<PART FROM|OF|BETWEEN a:NUM RANGE|AND NUM", "FROM|OF|BETWEEN a:NUM RANGE|AND DUR",
)  # fmt: skip
def time_range(moment: Moment, m: Match) -> Any:
    if "DUR" in m:
        return oclock(m["DUR"].count) if m["DUR"].unit == "hour" else None
    if "b" not in m:
        return oclock(m["NUM"])
    if "DM" in m and (m["DM"].sep != "." or moment.lang not in ("de", "nl")):
        return None
    one, two = m.get("a"), m["b"]
    if isinstance(one, Clock) and two.at() < one.at() and two.hour < NOON:
        two = two.but(hour=two.hour + NOON, twelve=False)
    return two.but(strength=2)


@rule(
    "AT DOT? TIME", "HOURAT DOT? TIME", "ABOUT DOT? TIME", "TIME ABOUT","ABOUT DOT? HOURAT TIME",
)  # fmt: skip
def around(moment: Moment, m: Match) -> Any:
    at = m.get("@AT")
    if at is not None and at.kinds.keys() & {"BY", "UNTIL", "BEFORE", "VOR", "AFTER", "FROM"}:
        return None
    return m["TIME"].but(strength=2)
