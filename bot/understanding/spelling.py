"""How names and words are brought to one spelling before they are compared."""

from __future__ import annotations

import re
import unicodedata

_SAINTS = {"saint": "st", "sainte": "ste", "sint": "st", "sankt": "st", "snt": "st", "saints": "sts", "santa": "ste"}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Lower case without accents or ligatures; as long as its source only when that had no ligature."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """Folded words and numbers, in order; an elided article is a word of its own."""
    return _WORD.findall(fold(text))


def normalise(name: str) -> str:
    """A place or organisation name as compared: folded words, "saint" in any language as "st"."""
    return " ".join(_SAINTS.get(word, word) for word in words(name))
