"""Words of a message as the guard compares them: without case, accents, doubled letters or elisions."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from bot.understanding.spelling import fold

SpanKind = Literal["national number", "name", "age", "health"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Offsets in the text as given, `end` exclusive."""

    start: int
    end: int
    kind: SpanKind


class Sense:
    """What a word can be, as bits; plain integers, for an enum costs ten times as much."""

    STATE = 1 << 0
    NOUN = 1 << 1
    DRUG = 1 << 2
    MED = 1 << 3
    ACT = 1 << 4
    TOPIC = 1 << 5
    PLURAL = 1 << 6
    INDEFINITE = 1 << 7
    LINK = 1 << 8
    LINKPREP = 1 << 9
    POSSESSIVE = 1 << 10
    SKIP = 1 << 11
    INTAKE = 1 << 12
    COPULA = 1 << 13
    WORK = 1 << 14
    FUNCTION = 1 << 15
    TITLE = 1 << 16
    DOCTOR = 1 << 17
    PATIENT = 1 << 18
    KIN = 1 << 19
    PRONOUN = 1 << 20
    AGEUNIT = 1 << 21
    QUESTION = 1 << 22
    STOP = 1 << 23
    NEAR = 1 << 24
    NEGATION = 1 << 25
    FIRST = 1 << 26
    CARE = 1 << 27


_WORD = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_DECOMPOSED = re.compile(r"\d+|[^\W\d_][^\W\d_\u0300-\u036f]*(?:-?[\u0300-\u036f]*[^\W\d_]+)*[\u0300-\u036f]*")
_INVERTED = re.compile(r"-(?:t-)?(?:il|elle|on|je|tu|ils|elles|nous|vous|ce)$")
_BREAK = re.compile(r"[.!?…;]|\n")
_TYPO_LENGTH = 8


def key(word: str) -> str:
    """The folded word without doubled letters or hyphens, y as i, ph as f, th as t: what most misspellings keep."""
    word = fold(word)
    if "-" in word:
        word = _INVERTED.sub("", word).replace("-", "")
    word = word.replace("ph", "f").replace("th", "t").replace("y", "i")
    for a, b in pairwise(word):
        if a == b:
            return "".join(b for a, b in pairwise("\0" + word) if a != b or b.isdigit())
    return word


def load(name: str) -> Any:
    return json.loads((files("bot.understanding") / "data" / name).read_text("utf-8"))


def spellings(word: str) -> tuple[str, ...]:
    """The keys of a listed word: with ä as a and, as Germans type it, as ae."""
    plain = key(word)
    typed = key(word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    return (plain,) if plain == typed else (plain, typed)


@dataclass(frozen=True, slots=True)
class Lexicon:
    words: dict[str, int]
    phrases: dict[str, tuple[tuple[tuple[str, ...], int], ...]]
    typos: dict[str, int]


@cache
def lexicon() -> Lexicon:
    """Listed words by key, expressions by their first word, and every long health word less one letter."""
    words: dict[str, int] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for category, listed in load("health_words.json").items():
        sense: int = getattr(Sense, category.upper())
        for word in listed.split():
            for spelling in spellings(word):
                words[spelling] = words.get(spelling, 0) | sense
            if "-" in word or "'" in word:
                head, *tail = (key(part) for part in re.split(r"[-']", word))
                phrases.setdefault(head, []).append((tuple(tail), sense))
    for name in load("first_names.json")["names"].split():
        spelling = key(name)
        words[spelling] = words.get(spelling, 0) | Sense.FIRST
    typos: dict[str, int] = {}
    for word, sense in words.items():
        health = sense & (Sense.STATE | Sense.NOUN | Sense.ACT | Sense.DRUG)
        if health and len(word) >= _TYPO_LENGTH:
            typos |= dict.fromkeys(_less_one(word), health)
    return Lexicon(
        words, {head: tuple(sorted(tails, key=lambda t: -len(t[0]))) for head, tails in phrases.items()}, typos
    )


def is_first_name(word: str) -> bool:
    return bool(lexicon().words.get(key(word), 0) & Sense.FIRST)


def _less_one(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))]


@dataclass(slots=True)
class Words:
    """Parallel lists, one entry a word; `sentence` counts sentences, so that words can be told apart by it."""

    text: str
    raw: list[str]
    keys: list[str]
    starts: list[int]
    ends: list[int]
    senses: list[int]
    sentence: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def capital(self, i: int) -> bool:
        return self.raw[i][0].isupper()

    def letter(self, i: int) -> bool:
        return len(self.raw[i]) == 1 and self.raw[i].isalpha()

    def between(self, i: int) -> str:
        """What stands between word i and the next one, at most four characters of it."""
        start = self.ends[i]
        stop = self.starts[i + 1] if i + 1 < len(self.keys) else len(self.text)
        return self.text[start : min(stop, start + 4)]


def read(text: str) -> Words:
    """Cuts a text into words in one pass; long unknown words are tried again with one letter less."""
    known = lexicon()
    pattern = _WORD if unicodedata.is_normalized("NFC", text) else _WORD_DECOMPOSED
    words = Words(text, [], [], [], [], [], [])
    sentence, previous = 0, 0
    for match in pattern.finditer(text):
        raw = match[0]
        folded = key(raw)
        start = match.start()
        if words.keys and start > previous and _ends_sentence(words, text, previous, start):
            sentence += 1
        sense = known.words.get(folded, 0)
        if not sense and len(folded) >= _TYPO_LENGTH:
            sense = next((known.typos[less] for less in _less_one(folded) if less in known.typos), sense)
        words.raw.append(raw)
        words.keys.append(folded)
        words.starts.append(start)
        previous = match.end()
        words.ends.append(previous)
        words.senses.append(sense)
        words.sentence.append(sentence)
    return words


def _ends_sentence(words: Words, text: str, end: int, start: int) -> bool:
    gap = text[end : min(start, end + 6)]
    if gap in {" ", ", ", "'", "’"} or not _BREAK.search(gap):
        return False
    if gap.startswith(".") and "\n" not in gap:
        # A point after an initial or a title ("dhr. Peeters") or before a lower-case word ends nothing.
        last = len(words) - 1
        abbreviated = words.letter(last) or words.senses[last] & (Sense.TITLE | Sense.DOCTOR)
        return not abbreviated and gap != "." and not text[start].islower()
    return True
