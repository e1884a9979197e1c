"""What is written in digits: dates, clocks, quarters; and the numbers that are none of these."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from bot.understanding.dates.lexicons import Lexicon
from bot.understanding.dates.values import Clock, Duration, Span, day_span, month_span

FORMS = r"""
    (?P<space>[\ \t\u00a0\u202f]+)
  | (?P<word>(?!www\.|[vVaApP]\b)[^\W\d_]+(?![\w+@]|://|[.+-][\w.+-]{0,64}@))
  | (?P<url>https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64})
  | (?P<iban>\b[A-Z]{2}\d{2}(?:\ ?[A-Z\d]{4}){2,7}\b)
  | (?P<niss>\b\d{2}\.\d{2}\.\d{2}[-.\ ]\d{3}[.\ ]\d{2}\b)
  | (?P<iso>(?<![\w.,-])(?P<iy>\d{4})(?P<is>[-/.])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})
        (?:[T\ ](?P<ih>\d{1,2}):(?P<ii>\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?P<iz>Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
  | (?P<dmy>(?<![\w.,/-])(?P<d1>\d{1,2})\s?(?P<sep>[./-])\s?(?P<d2>\d{1,2})\s?(?P=sep)(?:\s?(?=\d{4})|(?<!\.)\s?|(?<=\.))(?P<dy>\d{4}|\d{2})
        (?!\d|[.:/-]\d|\ \d{2}[\ .]\d{2}|\s?(?:[hHuU]\d{0,2}|uhr|Uhr|uur)(?!\w)))
  | (?P<phone>(?<![\w.])(?:(?:\+|00)\d{1,3}[\d\ ()./-]{6,18}\d|(?=(?:\D{0,3}\d){9})0\d{1,3}(?:(?:\ ?[/-]\ ?|[.\ ])\d{2,3}){2,5}(?![./ -]?\d)|\d{3}[-.]\d{3}[-.]\d{4})(?!\d))
  | (?P<money>[€$£]\s?\d[\d.,]*|\d[\d.,]*(?:[\ \u00a0\u202f]\d{3})*\s?(?:€|\$|£|%|‰|°|(?:euros?|eur|km|kg|m2|m²|cm|mm|go|mb|gb|kb|pages?|personnes?|personen|people|deelnemers?|teilnehmer|participants?|membres?|leden|mitglieder)\b))
  | (?P<version>\bv\.?\s?\d+(?:\.\d+)*\b|(?<![\w.])\d+(?:\.\d+){2,}(?![\w]))
  | (?P<frac>\b[13]/[24](?=\s?(?:h\b|hour|heure|uur|stunde|of\ an)))
  | (?P<hours>(?<![\w.,])(?:2[5-9]|[3-9]\d|1\d\d)\s?(?:[hHuU]|hrs?)(?!\w))
  | (?P<clock>(?<![\w.,])(?P<ch>[01]?\d|2[0-4])\s?(?:(?P<cs>[:hHuU]|\.(?=[0-5]\d[hHuU]\b))\s?(?P<cm>[0-5]\d)(?::[0-5]\d)?(?!\d|\w{3})|(?P<ch0>[hHuU]|(?<!\s)(?:uhr|Uhr|uur))(?![\w]))(?:\s?(?:uhr|Uhr|uur|[hHuU])(?!\w))?\.?
        (?:\s?(?P<cap>[aApP])\.?\s?[mM]?\.?(?!\w))?)
  | (?P<ampm>(?<![\w.,])(?P<ah>1[0-2]|0?\d)(?:[.:](?P<am2>[0-5]\d))?(?:ish)?\s?(?P<ap>[aApP])\.?\s?[mM]\b\.?|(?<=at\ )(?P<ah2>1[0-2]|[1-9])p\b\.?)
  | (?P<half>(?<!\w)(?P<hp>[aApP])\.\s?[mM]\.)
  | (?P<ddm>(?<![\w.,/-])(?P<dd1>\d{1,2})(?:\.?/|\.-)(?P<dd2>\d{1,2})\.(?P<dd3>\d{1,2})(?:\.(?P<dd4>\d{4}|\d{2}(?!\d))?)?(?![\w]))
  | (?P<quarter>(?<!\w)(?P<qy>(?:20)?\d\d)?(?P<qq>[QqTt])(?P<qn>[1-4])(?!\w))
  | (?P<semester>(?<!\w)[SH](?P<sn>[12])(?!\w))
  | (?P<week>(?<!\w)S(?P<wn>[1-4]\d|5[0-3])(?!\w))
  | (?P<dplus>(?<!\w)[JjDdTt]\s?\+\s?(?P<dn>\d{1,3})(?!\w))
  | (?P<my>(?<![\w.,/-])(?P<mm>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<myy>(?:19|20)\d\d)(?![\w/-])|(?<![\w.,/-])(?P<yy>(?:19|20)\d\d)[/-](?P<ym>0[1-9]|1[0-2])(?![\w/-]))
  | (?P<dm>(?<![\w.,/-])(?P<m1>\d{1,2})(?P<msep>\ ?[/.-]\ ?)(?P<m2>\d{1,2})(?:\.(?=\s|$|[,;)/-]))?(?![\d/.,]\d|\d|/|[^\W\d_]))
  | (?P<decimal>(?<![\w.,])\d+[.,]\d+(?!\w))
  | (?P<ordinal>(?<![\w.,])(?P<on>\d{1,2})(?:ers?|ères?|eres?|res?|es?|èmes?|emes?|ièmes?|de|ste|st|nd|rd|th|ter|ten|te|tes|tem)(?![\w]))
  | (?P<number>(?<![\w])\d{1,9}(?!\w))
  | (?P<letters>[^\W\d_]+)
  | (?P<junk>\d+\w*)
  | (?P<comma>,) | (?P<dot>\.) | (?P<dash>[-–—]) | (?P<slash>/) | (?P<at>@) | (?P<colon>:) | (?P<open>\() | (?P<break>[^\w\s'’@/–—-])
    """


@lru_cache(maxsize=8)
def tokens(lang: str) -> re.Pattern[str]:
    """German: "um 3 am Nachmittag" holds no a.m., and "der 20. des Monats" an ordinal, unless the sentence ends there."""
    if lang != "de":
        return re.compile(FORMS, re.VERBOSE)
    ordinal = r"(?P<dotted>(?<![\w.,])(?P<dot1>[12]?\d|3[01])\.(?=,|\ +[^\W\d]|\ +\())" + "\n  | (?P<number>"
    german = FORMS.replace("(?P<cap>[aApP])", "(?P<cap>[pP])").replace("(?P<ap>[aApP])", "(?P<ap>[pP])")
    return re.compile(german.replace("(?P<number>", ordinal), re.VERBOSE)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def century(year: int) -> int:
    """Two digits: up to 59 are of this century."""
    return year if year > 99 else year + (2000 if year < 60 else 1900)


def _iso(m: re.Match[str], lex: Lexicon) -> dict[str, Any] | None:
    day = _day(int(m["iy"]), int(m["im"]), int(m["id"]))
    if day is None:
        return None
    clock = None
    if m["ih"]:
        clock = Clock(int(m["ih"]) % 24, int(m["ii"]) % 60, offset=_offset(m["iz"]))
    return {"DAY": day_span(day, time=clock, explicit=True, strength=2)}


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone == "Z":
        return timedelta(0)
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _dmy(m: re.Match[str], lex: Lexicon) -> dict[str, Any] | None:
    a, b, year = int(m["d1"]), int(m["d2"]), century(int(m["dy"]))
    day = _day(year, b, a)
    if day is None and lex.lang == "en":
        day = _day(year, a, b)
    return {"DAY": day_span(day, explicit=True, strength=2)} if day else None


def _clock(m: re.Match[str], lex: Lexicon) -> dict[str, Any] | None:
    hour, minute = int(m["ch"]), int(m["cm"] or 0)
    if hour == 24 and minute:
        return None
    cap = (m["cap"] or "").lower()
    if cap:
        if lex.lang == "de" and m["cap"] == "a":
            cap = ""
        else:
            hour = hour % 12 + (12 if cap == "p" else 0)
    sure = cap or m["cs"] in ("h", "H", "u", "U") or hour > 12 or m["ch"].startswith("0") or lex.lang != "en"
    twelve = (not sure and hour != 0) or ((m["ch0"] or "")[1:] != "" and 1 <= hour <= 12)
    return {"TIME": Clock(hour % 24, minute, twelve=twelve, next_day=hour == 24)}


def _ampm(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    if m["ah2"]:
        return {"TIME": Clock(int(m["ah2"]) % 12 + 12)}
    return {"TIME": Clock(int(m["ah"]) % 12 + (12 if m["ap"].lower() == "p" else 0), int(m["am2"] or 0))}


def _two_days(m: re.Match[str], lex: Lexicon) -> dict[str, Any] | None:
    """14./15.10. and 14./15.10.2026."""
    a, b, month = int(m["dd1"]), int(m["dd2"]), int(m["dd3"])
    if m["dd4"]:
        first, last = _day(century(int(m["dd4"])), month, a), _day(century(int(m["dd4"])), month, b)
        return {"PERIOD": Span(first, last, "days", strength=2)} if first and last and first < last else None
    return {"TWO": (a, b, month)}


def _quarter(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    return {"QTR": (int(m["qn"]), century(int(m["qy"])) if m["qy"] else None)}


def _my(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    year, month = (m["myy"], m["mm"]) if m["myy"] else (m["yy"], m["ym"])
    return {"MON": month_span(int(year), int(month)).but(explicit=True)}


def _number(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    number = int(m[0])
    if 1 <= number <= 31:
        return {"DAYNUM": number}
    if 1900 <= number <= 2199 and len(m[0]) == 4:
        return {"YEAR": number}
    return {"BIG": number}


def _junk(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    return {"JUNK": True}


class Pair(NamedTuple):
    """Two numbers and what joins them: 15/12, 15.12., 3-5; `sure` when it can hardly be but a day and its month."""

    first: int
    second: int
    sep: str
    dotted: bool
    sure: bool


def _dm(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    first, second, sep, dotted = int(m["m1"]), int(m["m2"]), m["msep"].strip(), m[0].endswith(".")
    daylike = sep == "/" and (12 < first != 24 or "0" in (m["m1"][0], m["m2"][0]))
    german = lex.lang == "de" and dotted
    return {"DM": Pair(first, second, sep, dotted, daylike or german)}


SHAPES: dict[str, Any] = {
    "url": _junk,
    "iban": _junk,
    "niss": _junk,
    "iso": _iso,
    "dmy": _dmy,
    "phone": _junk,
    "money": _junk,
    "version": _junk,
    "frac": lambda m, _: {"DEC": int(m[0][0]) / int(m[0][2])},
    "hours": lambda m, _: {"DUR": Duration(int(re.sub(r"\D", "", m[0])), "hour", digits=True)},
    "clock": _clock,
    "ampm": _ampm,
    "half": lambda m, _: {"AMPM": m["hp"].lower() + "m"},
    "ddm": _two_days,
    "quarter": _quarter,
    "semester": lambda m, _: {"SEM": int(m["sn"])},
    "week": lambda m, lex: {"WEEKNUM": int(m["wn"])} if lex.lang == "fr" else {"JUNK": True},
    "dplus": lambda m, _: {"DPLUS": int(m["dn"])},
    "my": _my,
    "dm": _dm,
    "decimal": lambda m, _: {"DEC": float(m[0].replace(",", "."))},
    "ordinal": lambda m, _: {"ORDN": int(m["on"])},
    "dotted": lambda m, _: {"DAYNUM": int(m["dot1"]), "ORDN": int(m["dot1"])},
    "number": _number,
    "junk": _junk,
    "comma": lambda _m, _l: {"COMMA": True},
    "dot": lambda _m, _l: {"DOT": True},
    "dash": lambda _m, _l: {"DASH": True},
    "slash": lambda _m, _l: {"SLASH": True},
    "at": lambda _m, _l: {"AT": True},
    "colon": lambda _m, _l: {"COLON": True},
    "open": lambda _m, _l: {"BREAK": True, "OPEN": True},
    "break": lambda _m, _l: {"BREAK": True},
}
