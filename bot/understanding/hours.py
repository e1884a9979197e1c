"""Opening hours as people write them ("lu-ve 9h-18h", "ma, vr 9u-12u", "2e je du mois 20h") into OSM's opening_hours.

Only what is understood is written: `Hours.osm` is empty where the text says something else, and the text itself is
kept by
the caller. Evening means open at 18:30 or later, weekend on a Saturday or Sunday; None where nothing tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.understanding.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
EVENING: Final = 18 * 60 + 30
ALWAYS: Final = "24/7"
# Names per language; a short one may mean another day in another language ("ma" is Tuesday in French, Monday in Dutch).
_NAMES: Final = {
    "fr": ("lundi lun lu", "mardi mar ma", "mercredi mer me", "jeudi jeu je", "vendredi ven ve", "samedi sam sa", "dimanche dim di"),
    "nl": ("maandag maa ma", "dinsdag din di", "woensdag woe wo", "donderdag don do", "vrijdag vrij vr", "zaterdag zat za", "zondag zon zo"),
    "de": ("montag mo", "dienstag die di", "mittwoch mit mi", "donnerstag don do", "freitag frei fr", "samstag sonnabend sam sa", "sonntag son so"),
    "en": ("monday mon mo", "tuesday tues tue tu", "wednesday wed we", "thursday thurs thur thu th", "friday fri fr", "saturday sat sa", "sunday sun su"),
}  # fmt: skip
_DAY_OF: Final = {
    lang: {name: day for day, names in enumerate(rows) for name in names.split()} for lang, rows in _NAMES.items()
}
# A name of another language is understood where it means one day only.
_ANYWHERE: Final = {name: day for rows in _DAY_OF.values() for name, day in rows.items() if len(name) > 3}
_TELLS: Final = {
    "fr": r"\b\d{1,2} ?h|\b(?:lu|me|je|ve)\b|\w+di\b|sur rendez|ferme\b|du mois",
    "nl": r"\b\d{1,2} ?u\b|\d u\d|\b(?:wo|vr|za|zo)\b|dag\b|gesloten|van de maand",
    "de": r"\buhr\b|\b(?:mi|so)\b|tag\b|mittwoch|geschlossen|im monat",
    "en": r"\b(?:am|pm)\b|day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b|closed",
}
_DAYS: Final = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:\[-?\d\])?(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:\[-?\d\])?)*"
_TIMES: Final = r"\d\d:\d\d(?:-\d\d:\d\d|\+)(?:,\d\d:\d\d(?:-\d\d:\d\d|\+))*"
_RULE: Final = rf"(?:{_DAYS}|(?:{_DAYS} )?(?:{_TIMES}|off|closed))"
_OSM: Final = re.compile(rf"(?:24/7|{_RULE})(?:; ?(?:24/7|{_RULE}))*")
_EVERY_DAY: Final = r"7 ?[jd] ?[/ ]? ?7|tous les jours|chaque jour|tlj|taglich|dagelijks|elke dag|alle dagen|iedere dag|jeden tag|every day|daily|7 days"
_ALL_DAY: Final = r"24 ?h? ?[/ ] ?24(?: ?h)?|24u ?/ ?24|24 ?[/ ] ?7|jour et nuit|dag en nacht|rund um die uhr|around the clock|24 hours"
_TIME: Final = r"(?<![\d/])(?:[01]?\d|2[0-4])(?: ?(?:h|u|:|\.|uhr)(?: ?[0-5]\d)?(?: ?uhr)?)?(?: ?(?:am|pm))?(?![\d/])"
_TOKEN: Final = re.compile(
    rf"(?P<always>{_ALL_DAY})|(?P<every>{_EVERY_DAY})|(?P<nth>\b(?:[1-5](?:er|re|e|eme|ste|de|st|nd|rd|th|\.)?|premiers?|deuxiemes?|troisiemes?|quatriemes?|derniers?|eerste|tweede|derde|vierde|laatste|first|second|third|fourth|last|erster?|zweiter?|dritter?|letzter?)(?= (?:[a-z]{{2,10}}\b)))"
    rf"|(?P<closed>\bferme\w*|gesloten|geschlossen|closed\b)|(?P<time>{_TIME})|(?P<word>[a-z]+)|(?P<sep>[-–—à/,;:&+]|\n)"
)
_TO: Final = frozenset(["-", "–", "—", "a", "au", "tot", "t", "bis", "to", "jusqu", "jusque", "jusqua", "until"])
_AND: Final = frozenset(["et", "en", "und", "and", "&", ",", "+", "ou", "of", "oder", "or", "/"])
_OPEN: Final = frozenset(["ouvert", "ouverte", "open", "geopend", "geoffnet", "offen", "opened"])
_ORDINAL: Final = {
    "premier": 1, "premiers": 1, "deuxieme": 2, "deuxiemes": 2, "troisieme": 3, "quatrieme": 4, "dernier": -1, "derniers": -1, "eerste": 1, "tweede": 2,
    "derde": 3, "vierde": 4, "laatste": -1, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "erste": 1, "erster": 1,
    "zweite": 2, "zweiter": 2, "dritte": 3, "dritter": 3, "letzte": -1, "letzter": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hours:
    osm: str = ""
    evening: bool | None = None
    weekend: bool | None = None


@dataclass(slots=True)
class _Rule:
    days: list[int] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    closed: bool = False


@lru_cache(maxsize=20_000)
def read_hours(text: str, lang: str | None = None) -> Hours:
    """`lang` settles which day a short name is; without it, the text's own signs do."""
    text = text.strip()
    if not text:
        return Hours()
    if is_osm(text):
        return _flags(text)
    rules = _parse(text, lang)
    written = [line for rule in rules if (line := _write(rule))]
    if not written:
        return Hours()
    return _flags("; ".join(written))


def read_week(days: Mapping[str, str]) -> Hours:
    """From one text for each day, under the day's OSM name: "Mo" -> "9h-12h / 13h30-17h"."""
    rules: list[_Rule] = []
    for number, day in enumerate(DAYS):
        text = days.get(day, "").strip()
        spans = _spans(text) if text else []
        if not spans:
            continue
        if rules and rules[-1].spans == spans and rules[-1].days[-1] == number - 1:
            rules[-1].days.append(number)
        else:
            rules.append(_Rule(days=[number], spans=spans))
    written = [line for rule in rules if (line := _write(rule))]
    return _flags("; ".join(written)) if written else Hours()


@lru_cache(maxsize=20_000)
def _spans(text: str) -> list[tuple[int, int]]:
    """Hours of one day; never changed by who gets them."""
    return [span for rule in _parse(text, "fr") for span in rule.spans]


def _language(plain: str, lang: str | None) -> str:
    votes = {name: len(re.findall(pattern, plain)) for name, pattern in _TELLS.items()}
    best = max(votes, key=lambda name: votes[name])
    if votes[best] and votes[best] > votes.get(lang or "", 0):
        return best
    return lang if lang in _NAMES else best if votes[best] else "fr"


def _parse(text: str, lang: str | None) -> list[_Rule]:
    plain = fold(text).replace("’", "'")
    reading = _Reading(_DAY_OF[_language(plain, lang)])
    for token in _TOKEN.finditer(plain):
        reading.take(token.lastgroup, token[0].strip(), last=token.end() == len(plain.rstrip()))
    reading.end_time()
    reading.end_rule()
    return _join(reading.rules)


class _Reading:
    """Rules as they are read, word after word: days are gathered until hours or a closing follow, then new ones begin."""

    def __init__(self, names: Mapping[str, int]) -> None:
        self.rules: list[_Rule] = []
        self._names = names
        self._rule = _Rule()
        # A start whose end is not read yet, in minutes; and what a word such as "to" has opened.
        self._start: int | None = None
        self._to_day = self._to_time = False

    def take(self, kind: str | None, said: str, *, last: bool) -> None:
        if kind == "always":
            self._rule.spans = [(0, 1440)]
            self._rule.days = self._rule.days or list(range(7))
        elif kind == "every":
            self._end_timed_rule()
            self._rule.days = list(range(7))
        elif kind == "nth":
            self._end_timed_rule()
            if number := _ORDINAL.get(said) or int(re.sub(r"\D", "", said) or 0):
                self._rule.nth.append(number)
        elif kind == "closed":
            self._rule.closed = True
        elif kind == "word" and (day := self._day(said)) is not None:
            self._take_day(day)
        elif kind == "time" and (minutes := _minutes(said)) is not None:
            self._take_time(minutes, last=last)
        else:
            self._join_with(said, apart=kind == "sep")

    def end_rule(self) -> None:
        if self._rule.spans or self._rule.closed or self._rule.days:
            self.rules.append(self._rule)
        self._rule, self._to_day, self._start = _Rule(), False, None

    def end_time(self) -> None:
        """A start alone: "20h"."""
        if self._start is not None:
            self._rule.spans.append((self._start, -1))
            self._start = None

    def _end_timed_rule(self) -> None:
        if self._rule.spans:
            self.end_rule()

    def _day(self, said: str) -> int | None:
        day = self._names.get(said, _ANYWHERE.get(said))
        if day is None and said.endswith("s"):
            return self._names.get(said[:-1], _ANYWHERE.get(said[:-1]))
        return day

    def _take_day(self, day: int) -> None:
        if self._rule.spans or self._rule.closed:
            self.end_rule()
        if self._to_day and self._rule.days:
            first = self._rule.days[-1]
            self._rule.days += [(first + step) % 7 for step in range(1, (day - first) % 7 + 1)]
        elif day not in self._rule.days:
            self._rule.days.append(day)
        self._to_day = self._to_time = False

    def _take_time(self, minutes: int, *, last: bool) -> None:
        if self._start is not None and self._to_time:
            self._rule.spans.append((self._start, minutes))
            self._start = None
        else:
            self.end_time()
            self._start = minutes
        self._to_time = False
        if last:
            self.end_time()

    def _join_with(self, said: str, *, apart: bool) -> None:
        """What stands between days and hours."""
        if said in _TO:
            self._to_day, self._to_time = self._start is None, self._start is not None
        elif said in _AND or apart:
            if said in {",", ";", "\n"}:
                self.end_time()
            if said in {";", "\n"}:
                self._end_timed_rule()
        elif said in _OPEN and self._rule.closed:
            self.end_rule()


def _join(rules: list[_Rule]) -> list[_Rule]:
    """Days without hours take the hours that follow ("lu, ma et je 9h-12h" cut in pieces); hours without days are dropped."""
    joined: list[_Rule] = []
    waiting: list[int] = []
    for rule in rules:
        if rule.days and not rule.spans and not rule.closed:
            waiting += rule.days
            joined.append(rule)
            continue
        if not rule.days and joined and rule.spans:
            joined[-1].spans += rule.spans
            continue
        joined.append(rule)
    return joined


def _minutes(said: str) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(?: ?(?:h|u|:|\.|uhr) ?(\d\d)?)?(?: ?uhr)?(?: ?(am|pm))?", said)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] == "pm" and hour < 12:
        hour += 12
    return hour * 60 + minute if hour * 60 + minute <= 1440 else None


def _write(rule: _Rule) -> str:
    # "Mon-Fri 9-5" is said of an afternoon.
    spans = [
        (start, end + 720 if 0 <= end <= 480 and 420 <= start < 720 and end <= start else end)
        for start, end in rule.spans
    ]
    if not spans and not rule.days:
        return ""
    days = _days(rule)
    if rule.closed and not spans:
        return f"{days} off" if days else ""
    if spans == [(0, 1440)]:
        return ALWAYS if len(rule.days) == 7 else f"{days} 00:00-24:00".strip()
    if not spans:
        return days
    hours = ",".join(f"{_clock(start)}-{_clock(end)}" if end >= 0 else f"{_clock(start)}+" for start, end in spans)
    return f"{days} {hours}".strip()


def _days(rule: _Rule) -> str:
    days = sorted(dict.fromkeys(rule.days))
    if rule.nth and days:
        return ",".join(f"{DAYS[day]}[{number}]" for day in days for number in rule.nth)
    return runs(days)


def runs(days: Iterable[int]) -> str:
    """Days from Monday = 0, as OSM writes them: "Mo-Fr", "Tu,Th"."""
    found: list[list[int]] = []
    for day in sorted(dict.fromkeys(days)):
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run) for run in found
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _flags(osm: str) -> Hours:
    if osm == ALWAYS:
        return Hours(osm, evening=True, weekend=True)
    evening = weekend = False
    timed = False
    for line in osm.split(";"):
        if "off" in line or "closed" in line:
            continue
        for start, end in re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)", line):
            timed = True
            begin, finish = (int(t[:2]) * 60 + int(t[3:]) for t in (start, end))
            evening |= finish > EVENING or finish <= begin or begin >= EVENING
        for start in re.findall(r"(\d\d:\d\d)\+", line):
            timed = True
            evening |= int(start[:2]) * 60 + int(start[3:]) >= EVENING - 90
        weekend |= bool(re.search(r"\b(?:Sa|Su)\b", line)) or bool(re.search(r"-(?:Sa|Su)\b", line))
    return Hours(osm, evening=evening if timed else None, weekend=weekend)


def is_osm(text: str) -> bool:
    return bool(_OSM.fullmatch(text.strip()))
