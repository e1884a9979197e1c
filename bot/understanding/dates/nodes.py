"""Nodes: stretches of a text with what they may be, each set of kinds known by one character."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

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


ACCENTED = frozenset({"dès", "ça"})  # "des" is of the, "CA" a board
TRANSLATION = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "’": "'"})


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Lower case, no accents but where they alone tell two words apart."""
    word = word.lower()
    if word.isascii() or word in ACCENTED:
        return word
    plain = unicodedata.normalize("NFD", word.translate(TRANSLATION))
    return "".join(c for c in plain if not unicodedata.combining(c))


LETTERS = re.compile(r"[^\W\d_]+|\d+[^\W\d_]*|[+@]")


def split(phrase: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in LETTERS.findall(phrase))
