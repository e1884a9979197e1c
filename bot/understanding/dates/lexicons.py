"""The lexicons, read from their files: phrases, words written as one, misspellings, meetings of the register."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

from bot.understanding.dates import numbers
from bot.understanding.dates.nodes import code_of, split
from bot.understanding.dates.values import Event


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


@lru_cache(maxsize=8)
def with_events(lang: str, events: tuple[Event, ...]) -> Lexicon:
    """The lexicon with the meetings of the register: each phrase that names some, with these meetings."""
    base = lexicon(lang)
    lex = Lexicon(lang, dict(base.phrases), dict(base.longest), base.typos, base.pairs, dict(base.codes))
    series: dict[tuple[str, str], set[str]] = {}
    for event in events:
        for name in event.names:
            for phrase, kind in _called(name, base):
                series.setdefault((phrase, kind), set()).add(event.series)
    for (phrase, kind), named in sorted(series.items()):  # EVENT before WEAKEVENT
        if kind == "WEAKEVENT" and "EVENT" in lex.phrases.get(phrase, {}):
            continue
        words = phrase.split()
        lex.phrases[phrase] = {kind: tuple(event for event in events if event.series in named)}
        lex.codes[phrase] = code_of({kind: True})
        lex.longest[words[0]] = max(lex.longest.get(words[0], 0), len(words))
    return lex


def _called(name: str, base: Lexicon) -> Iterator[tuple[str, str]]:
    """What a meeting is called: by its full name, its initials, its syllables (copil), weakly by a word of its name."""
    words = split(name)
    content = [word for word in words if word not in SMALL]
    if not content:
        return
    yield " ".join(words), "EVENT"
    short = {" ".join(content)}
    if len(content) > 1:
        short |= {"".join(word[0] for word in content), content[0][:2] + content[-1][:3]}
    yield from ((phrase, "EVENT") for phrase in sorted(short) if _free(phrase, base))
    yield from ((word, "WEAKEVENT") for word in content if len(content) > 1 and len(word) > 4 and _free(word, base))


def _free(phrase: str, base: Lexicon) -> bool:
    """Whether it means nothing else but a meeting."""
    return not base.phrases.get(phrase, {}).keys() - {"EVENTCUE", "MEETING"}


def _value(raw: str) -> Any:
    if re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if re.fullmatch(r"\d+\.\d+", raw):
        return float(raw)
    return raw or True


def _lines(name: str) -> list[str]:
    with open(os.path.join(os.path.dirname(__file__), "lexicon", f"{name}.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123 - pathlib is 5 ms to import
        return file.read().splitlines()


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:  # noqa: C901 - one line a directive of the file
    lex = Lexicon(lang)
    compounds = []
    for line in [*_lines(lang), *_lines("any")]:
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
        if lang == "fr":
            lex.add("ORD", number, word + "s")
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
    if second[0] == "PART":  # alone, "morgen" is tomorrow
        tails.append(("morgen", "morning"))
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
