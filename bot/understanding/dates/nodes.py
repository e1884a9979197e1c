"""Nodes: stretches of a text with what they may be, each set of kinds known by one character."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot.understanding.spelling import fold

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


@lru_cache(maxsize=20_000)
def fold_distinctly(word: str) -> str:
    """As `fold`, but for the accents that alone tell two words apart; apostrophes are straight."""
    word = word.lower()
    return word if word in ACCENTED else fold(word.replace("’", "'"))


LETTERS = re.compile(r"[^\W\d_]+|\d+[^\W\d_]*|[+@]")


def split(phrase: str) -> tuple[str, ...]:
    return tuple(fold_distinctly(word) for word in LETTERS.findall(phrase))
