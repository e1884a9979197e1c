"""Text as it is searched: the same on every database, whatever it makes of accents and case."""

import unicodedata
from itertools import filterfalse

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "’": "'", "ʼ": "'"})


def folded(text: str) -> str:
    """Lower case without accents, ligatures or typographic apostrophes.

    Rows hold it: what it makes of a text changes with a migration alone, while `bot.understanding.spelling` may learn.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return decomposed if decomposed.isascii() else "".join(filterfalse(unicodedata.combining, decomposed))


def after(line: str, word: str) -> str:
    """What follows a folded word at the beginning of a line, as it was written: folding may change lengths."""
    length = 0
    for start, letter in enumerate(line):
        added = len(folded(letter))
        if length >= len(word) and added:
            return line[start:]
        length += added
    return ""
