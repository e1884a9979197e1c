"""From text to nodes: numbers, dates and clocks in digits by one expression, words by the language's lexicon."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Any

from bot.understanding.dates import numbers
from bot.understanding.dates.values import Clock, Span, day_span, month_span

LANGUAGES = ("fr", "nl", "de", "en")


class Node:
    """A stretch of the text with what it may be: kind -> value."""

    __slots__ = ("code", "end", "kinds", "start")

    def __init__(self, start: int, end: int, kinds: dict[str, Any], code: str = "") -> None:
        self.start = start
        self.end = end
        self.kinds = kinds
        self.code = code or code_of(kinds)


FIRST_CODE = 0x4E00
_codes: dict[frozenset[str], str] = {}


def code_of(kinds: dict[str, Any]) -> str:
    """One character for each set of kinds, so that patterns over nodes are regular expressions over characters."""
    key = frozenset(kinds)
    found = _codes.get(key)
    if found is None:
        found = _codes[key] = chr(FIRST_CODE + len(_codes))
    return found


WORD = code_of({"WORD": True})


def codes_with(kind: str) -> str:
    return "".join(code for kinds, code in _codes.items() if kind in kinds)


TRANSLATION = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "’": "'"})


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Lower case, no accents."""
    word = word.lower()
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word.translate(TRANSLATION))
    return "".join(c for c in plain if not unicodedata.combining(c))


LETTERS = re.compile(r"[^\W\d_]+|\d+[^\W\d_]*|[+@]")


def split(phrase: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in LETTERS.findall(phrase))


@dataclass(slots=True)
class Lexicon:
    """The words of one language: phrase -> kinds, and for each first word the length of its longest phrase."""

    lang: str
    phrases: dict[str, dict[str, Any]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    typos: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, value: Any, phrase: str) -> None:
        words = split(phrase)
        if not words:
            return
        self.phrases.setdefault(" ".join(words), {}).setdefault(kind, value)
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))


SMALL = frozenset(
    "de du des la le les d l van der het den des und and of the in en et pour voor fur for a au aux".split()
)


@lru_cache(maxsize=64)
def with_events(lang: str, events: tuple[tuple[str, date], ...]) -> Lexicon:
    """The lexicon with the meetings of the register: by full name, by initials, by a word that only one of them has."""
    base = lexicon(lang)
    lex = Lexicon(lang, dict(base.phrases), dict(base.longest), base.typos, base.pairs, dict(base.codes))
    code = code_of({"EVENT": True})
    names: dict[str, set[str]] = {}
    for name, _ in events:
        words = split(name)
        content = [word for word in words if word not in SMALL]
        initials = "".join(word[0] for word in content) if len(content) > 1 else ""
        known = base.phrases
        syllables = content[0][:2] + content[-1][:3] if len(content) > 1 else ""  # copil, copar
        alone = [w for w in content if len(w) > 4 and not known.get(w, {}).keys() - {"EVENTCUE", "MEETING"}]
        for phrase in {" ".join(words), " ".join(content), initials, syllables, *alone} - {""}:
            names.setdefault(phrase, set()).add(" ".join(words))
    for phrase, of in names.items():
        full = " ".join(next(iter(of)).split())
        days = [day for name, day in events if " ".join(split(name)) == full]
        if len(of) > 1 or (
            phrase in base.phrases and not base.phrases[phrase].keys() & {"EVENTCUE", "MEETING"} and phrase != full
        ):
            continue
        first = phrase.split()[0]
        lex.phrases[phrase] = {"EVENT": tuple(sorted(days))}
        lex.codes[phrase] = code
        lex.longest[first] = max(lex.longest.get(first, 0), len(phrase.split()))
    return lex


def _value(raw: str) -> Any:
    if re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if re.fullmatch(r"\d+\.\d+", raw):
        return float(raw)
    return raw or True


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:  # noqa: C901 - one line a directive of the file
    lex = Lexicon(lang)
    with open(os.path.join(os.path.dirname(__file__), "lexicon", f"{lang}.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123 - pathlib is 5 ms to import
        text = file.read()
    compounds = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, phrases = line.partition(":")
        if head == "COMPOUND":
            compounds.append(phrases.split())
            continue
        kind, _, raw = head.partition("=")
        for phrase in phrases.split(","):
            lex.add(kind, _value(raw), phrase)
    for word, number in numbers.cardinals(lang).items():
        lex.add("NUMW", number, word)
    for word, number in numbers.ordinals(lang).items():
        lex.add("ORD", number, word)
    for phrase, kinds in lex.phrases.items():
        tail = phrase.rpartition(" ")[2]
        if "AMPM" in kinds and "PART" not in kinds and "PART" in lex.phrases.get(tail, {}):
            kinds["PART"] = lex.phrases[tail]["PART"]
    for word, number in numbers.years(lang).items():
        lex.add("YEAR", number, word)
    for first, *second in compounds:
        _compound(lex, first, second)
    _misspell(lex)
    lex.codes = {phrase: code_of(kinds) for phrase, kinds in lex.phrases.items()}
    return lex


def _compound(lex: Lexicon, first: str, second: list[str]) -> None:
    """Words that German and Dutch write as one: Montagmorgen, vrijdagavond, Monatsende, jaareinde."""
    if first == "UNITEND":
        ends = {"de": ("ende", "anfang", "mitte", "beginn"), "nl": ("einde", "eind", "begin", "midden")}[lex.lang]
        stems = {
            "de": {"monats": "month", "jahres": "year", "quartals": "quarter", "wochen": "week"},
            "nl": {"maand": "month", "jaar": "year", "kwartaal": "quarter"},
        }[lex.lang]
        for (stem, unit), end in product(stems.items(), ends):
            word = stem + end
            if word in lex.phrases:
                continue
            kind = "ENDOF" if end.startswith("ein") or end == "ende" else "MIDOF" if end[0] == "m" else "BEGINOF"
            lex.add(kind, unit, word)
        return
    if first == "MONTHPART":
        for (phrase, kinds), (tail, extra) in product(list(lex.phrases.items()), MONTH_PARTS.items()):
            if "MONTH" in kinds and " " not in phrase and len(phrase) > 2:
                lex.pairs[phrase + tail] = ({"STEM": kinds["MONTH"]}, extra, len(phrase))
        return
    heads = [(p, k[first]) for p, k in lex.phrases.items() if first in k and " " not in p]
    tails = [(p, k[second[0]]) for p, k in lex.phrases.items() if second[0] in k and " " not in p]
    for (head, a), (tail, b) in product(heads, tails):
        word = head + tail
        if word not in lex.phrases and len(head) > 4:
            lex.pairs[word] = ({first: a}, {second[0]: b}, len(head))


# Märzhälfte, Maiwoche, Junimitte.
MONTH_PARTS: dict[str, dict[str, Any]] = {
    "halfte": {"UNIT": "half"},
    "woche": {"UNIT": "week"},
    "ende": {"END": True},
    "mitte": {"MID": True},
    "anfang": {"BEGIN": True},
    "wochenende": {"UNIT": "weekend"},
}
SPELLED = ("WEEKDAY", "MONTH", "NEXT", "UNIT", "RELDAY")
REAL_WORDS = frozenset(
    "montage marche marches sundry domain domaine dimanches auguste augustine semaines segmente second seconds "
    "augustus volgend komend kommen konnen moment monument fridge marcher marchera mercredis decembre".split()
)


def _misspell(lex: Lexicon) -> None:
    """Every one-letter omission, doubling or swap of the long names of days, months and units."""
    for phrase, kinds in list(lex.phrases.items()):
        if " " in phrase or len(phrase) < 6 or not any(kind in kinds for kind in SPELLED):
            continue
        for i in range(1, len(phrase)):
            swapped = phrase[: i - 1] + phrase[i] + phrase[i - 1] + phrase[i + 1 :]
            for wrong in (phrase[:i] + phrase[i + 1 :], phrase[:i] + phrase[i] + phrase[i:], swapped):
                if wrong not in lex.phrases and wrong not in REAL_WORDS and wrong[0] == phrase[0]:
                    lex.typos.setdefault(wrong, phrase)


FORMS = r"""
    (?P<space>[\ \t\u00a0\u202f]+)
  | (?P<word>(?!www\.|[vVaApP]\b)[^\W\d_]+(?![\w+@]|://|[.+-][\w.+-]{0,64}@))
  | (?P<url>https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64})
  | (?P<iban>\b[A-Z]{2}\d{2}(?:\ ?[A-Z\d]{4}){2,7}\b)
  | (?P<niss>\b\d{2}\.\d{2}\.\d{2}[-.\ ]\d{3}[.\ ]\d{2}\b)
  | (?P<iso>(?<![\w.,-])(?P<iy>\d{4})(?P<is>[-/])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})
        (?:[T\ ](?P<ih>\d{1,2}):(?P<ii>\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?P<iz>Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
  | (?P<dmy>(?<![\w.,/-])(?P<d1>\d{1,2})\s?(?P<sep>[./-])\s?(?P<d2>\d{1,2})\s?(?P=sep)\s?(?P<dy>\d{4}|\d{2})
        (?!\d|[./-]\d|\ \d{2}[\ .]\d{2}))
  | (?P<phone>(?<![\w.])(?:(?:\+|00)\d{1,3}[\d\ ()./-]{6,18}\d|0\d{1,3}(?:[\ ./-]{1,2}\d{2,3}){2,5}|\d{3}[-.]\d{3}[-.]\d{4})(?!\d))
  | (?P<money>[€$£]\s?\d[\d.,]*|\d[\d.,]*(?:[\ \u00a0\u202f]\d{3})*\s?(?:€|\$|£|%|‰|°|(?:euros?|eur|km|kg|m2|m²|cm|mm|go|mb|gb|kb|pages?|personnes?|personen|people|deelnemers?|teilnehmer|participants?|membres?|leden|mitglieder)\b))
  | (?P<version>\bv\.?\s?\d+(?:\.\d+)*\b|(?<![\w.])\d+(?:\.\d+){2,}(?![\w]))
  | (?P<frac>\b[13]/[24](?=\s?(?:h\b|hour|heure|uur|stunde|of\ an)))
  | (?P<clock>(?<![\w.,])(?P<ch>[01]?\d|2[0-4])\s?(?:(?P<cs>[:hHuU])\s?(?P<cm>[0-5]\d)(?::[0-5]\d)?(?!\d|\w{3})|(?P<ch0>[hHuU]|(?<!\s)(?:uhr|Uhr|uur))(?![\w]))(?:\s?(?:uhr|Uhr|uur|[hHuU])(?!\w))?\.?
        (?:\s?(?P<cap>[aApP])\.?\s?[mM]?\.?(?!\w))?)
  | (?P<ampm>(?<![\w.,])(?P<ah>1[0-2]|0?\d)(?:ish)?\s?(?P<ap>[aApP])\.?\s?[mM]\b\.?|(?<=at\ )(?P<ah2>1[0-2]|[1-9])p\b\.?)
  | (?P<half>(?<!\w)(?P<hp>[aApP])\.\s?[mM]\.)
  | (?P<ddm>(?<![\w.,/-])(?P<dd1>\d{1,2})(?:\.?/|\.-)(?P<dd2>\d{1,2})\.(?P<dd3>\d{1,2})(?:\.(?P<dd4>\d{4}|\d{2}(?!\d))?)?(?![\w]))
  | (?P<quarter>(?<!\w)(?P<qy>(?:20)?\d\d)?(?P<qq>[QqTt])(?P<qn>[1-4])(?!\w))
  | (?P<semester>(?<!\w)[S](?P<sn>[12])(?!\w))
  | (?P<dplus>(?<!\w)[JjDdTt]\s?\+\s?(?P<dn>\d{1,3})(?!\w))
  | (?P<my>(?<![\w.,/-])(?P<mm>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<myy>(?:19|20)\d\d)(?![\w/-])|(?<![\w.,/-])(?P<yy>(?:19|20)\d\d)[/-](?P<ym>0[1-9]|1[0-2])(?![\w/-]))
  | (?P<dm>(?<![\w.,/-])(?P<m1>\d{1,2})(?P<msep>\ ?[/.-]\ ?)(?P<m2>\d{1,2})(?:\.(?=\s|$|[,;)/-]))?(?![\d/.,]\d|\d|/|[^\W\d_]))
  | (?P<decimal>(?<![\w.,])\d+[.,]\d+(?!\w))
  | (?P<ordinal>(?<![\w.,])(?P<on>\d{1,2})(?:er|ère|ere|re|e|ème|eme|ième|de|ste|st|nd|rd|th|ter|ten|te|tes|tem)(?![\w]))
  | (?P<number>(?<![\w])\d{1,9}(?!\w))
  | (?P<letters>[^\W\d_]+)
  | (?P<junk>\d+\w*)
  | (?P<comma>,) | (?P<dot>\.) | (?P<dash>[-–—]) | (?P<slash>/) | (?P<at>@) | (?P<colon>:) | (?P<break>[\n;!?()"«»“”…|•*>])
    """


@lru_cache(maxsize=8)
def tokens(lang: str) -> re.Pattern[str]:
    """German: "um 3 am Nachmittag" holds no a.m., and "der 20. des Monats" an ordinal, unless the sentence ends there."""
    if lang != "de":
        return re.compile(FORMS, re.VERBOSE)
    ordinal = r"(?P<dotted>(?<![\w.,])(?P<dot1>[12]?\d|3[01])\.(?=,|\ +[^\W\d]|\ +\())" + "\n  | (?P<number>"
    german = FORMS.replace("(?P<cap>[aApP])", "(?P<cap>[pP])").replace("(?P<ap>[aApP])", "(?P<ap>[pP])")
    return re.compile(german.replace("(?P<number>", ordinal), re.VERBOSE)


REFERENCES = frozenset(
    "art article articles artikel no nr nummer numero number num page pages pagina p pp seite ref chap chapitre chapter kapitel point "
    "punt punkt dossier salle local zaal lokaal raum room zimmer bus boite bte box etage verdieping lot annexe bijlage anlage annex "
    "version versie phase fase ligne lijn line tram niveau level groupe groep gruppe group classe klas rue numeros section alinea "
    "paragraphe paragraaf taxe rat covid".split()
)
MONTHLIKE = {"MONTH", "WEAKMONTH", "WEEKNO"}


def read_words(text: str, lex: Lexicon) -> list[Node]:
    """The nodes of a text, in order, between one that opens it and one that closes it."""
    nodes = [Node(0, 0, {"BOS": True})]
    words: list[tuple[str, int, int]] = []
    position = 0
    for match in tokens(lex.lang).finditer(text):
        kind = match.lastgroup or ""
        if (
            kind == "junk"
            and words
            and match.start() == position
            and match[0].isdigit()
            and len(match[0]) < 3
            and known_stem(lex, words)
        ):
            kind = "number"
        if kind == "space":
            continue
        if kind in ("word", "letters"):
            words.append((fold(match[0]), match.start(), match.end()))
            position = match.end()
            continue
        if kind == "dash" and words and position == match.start() and text[match.end() : match.end() + 1].isalpha():
            continue  # après-demain, mi-mai: one phrase
        if words:
            _phrases(nodes, words, lex)
            words = []
        value = SHAPES[kind](match, lex)
        if value is None or (kind in ("number", "dm", "decimal") and nodes[-1].kinds.get("WORD") in REFERENCES):
            value = {"JUNK": True}
        nodes.append(Node(match.start(), match.end(), value))
    if words:
        _phrases(nodes, words, lex)
    nodes.append(Node(len(text), len(text), {"EOS": True}))
    return nodes


def known_stem(lex: Lexicon, words: list[tuple[str, int, int]]) -> bool:
    """Feb13, KW12: a number stuck to a month or to the word for a week."""
    return bool(lex.phrases.get(words[-1][0], {}).keys() & MONTHLIKE)


def _phrases(nodes: list[Node], words: list[tuple[str, int, int]], lex: Lexicon) -> None:
    """The longest known phrases of a run of words, from the left."""
    i, count = 0, len(words)
    longest, phrases, codes = lex.longest, lex.phrases, lex.codes
    while i < count:
        word, start, end = words[i]
        size = longest.get(word)
        if size is None:
            pair = lex.pairs.get(word)
            if pair is not None:
                first, second, cut = pair
                nodes.append(Node(start, start + cut, first))
                nodes.append(Node(start + cut, end, second))
            else:
                right = lex.typos.get(word) if len(word) > 4 else None
                nodes.append(
                    Node(start, end, phrases[right] if right else {"WORD": word}, codes[right] if right else WORD)
                )
            i += 1
            continue
        for length in range(min(size, count - i), 0, -1):
            phrase = word if length == 1 else " ".join([w for w, _, _ in words[i : i + length]])
            known = phrases.get(phrase)
            if known is not None:
                nodes.append(Node(start, words[i + length - 1][2], known, codes[phrase]))
                i += length
                break
        else:
            nodes.append(Node(start, end, {"WORD": word}, WORD))
            i += 1


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
    return {"TIME": Clock(int(m["ah"]) % 12 + (12 if m["ap"].lower() == "p" else 0))}


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


def _dm(m: re.Match[str], lex: Lexicon) -> dict[str, Any]:
    return {"DM": (int(m["m1"]), int(m["m2"]), m["msep"].strip(), m[0].endswith("."))}


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
    "clock": _clock,
    "ampm": _ampm,
    "half": lambda m, _: {"AMPM": m["hp"].lower() + "m"},
    "ddm": _two_days,
    "quarter": _quarter,
    "semester": lambda m, _: {"SEM": int(m["sn"])},
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
    "break": lambda _m, _l: {"BREAK": True},
}
__all__ = ["Span"]
