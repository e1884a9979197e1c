"""How names and words are brought to one spelling before they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAINTS = {"saint": "st", "sainte": "ste", "sint": "st", "sankt": "st", "snt": "st", "saints": "sts", "santa": "ste"}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_LIGATURE = re.compile("[œŒæßøł]")
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Lower case without accents or ligatures; as long as its source only when that had no ligature."""
    if text.isascii():
        return text.casefold()
    # Few texts have one, and replacing them costs more than looking for them.
    plain = text.translate(_LIGATURES) if _LIGATURE.search(text) else text
    decomposed = unicodedata.normalize("NFD", plain)
    return _MARKS.sub("", decomposed).casefold()


def words(text: str) -> list[str]:
    """Folded words and numbers, in order; an elided article is a word of its own."""
    return list(tokens(text))


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[str, ...]:
    """As `words`, for those who look at a text several times and change nothing."""
    return tuple(_WORD.findall(fold(text)))


def normalise(name: str) -> str:
    """A place or organisation name as compared: folded words, "saint" in any language as "st"."""
    return " ".join(_SAINTS.get(word, word) for word in words(name))
