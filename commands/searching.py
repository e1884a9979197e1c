"""What a search is about: its telling words, and how well a text answers them, in four languages."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from storage.folding import folded

LETTERS_THAT_SAY_SOMETHING = 3
# A word of this length loses only the ending of a plural.
SHORT = 4
# What the forms of a long word share: "accueil", "accueillir".
LONG = 6
_WORDS = re.compile(r"[a-z0-9]+")
# Words of a question that say nothing of its subject, in four languages, folded.
_EMPTY = frozenset(
    _WORDS.findall("""
    a ai alors as au aux avec avez avons avait ce ces cet cette comment dans date de decidait decide decidee decidees
    decides decision decisions des donc du elle en encore est et etait fait fallu historique il la le les leur mais ne
    nos notre nous on ont ou par pas pour pourquoi pris prise propos qu quand que quel quelle quelles quels qui quoi sa
    se ses si son sont sujet sur toujours tient un une va vaut vous vigueur accord accords convenu retenu
    aan al als bij dat den der die dit door een er geldt geworden had heb hebben heeft het hoe ik in is met
    naar niet nog of om omtrent onder onze op over te tot uit van voor waarom wanneer wat we werd wie wij zijn besloten
    beslist beslissing beslissingen afspraak afspraken afgesproken
    aber am an auch auf aus bei beschlossen beschluss beschlusse da das dem ein eine einen einer es fur gilt
    haben hat hatten ich ihr ihm man mit nach nicht noch oder sie sind uber um und uns von vom wann
    war warum was wegen welche wer wie wir wird wurde zu zum zur vereinbarung vereinbarungen vereinbart
    about agree agreed agreement agreements and any are at by decided did do does for from
    have he her hold holds how i it its our she still that the their there they this to was were what
    when which who why with you
    """)
)


def meaningful(question: str) -> list[str]:
    """The folded words of a search that say what it is about, each once; all of them when none does."""
    words = list(dict.fromkeys(_WORDS.findall(folded(question))))
    telling = [word for word in words if word not in _EMPTY and (len(word) >= LETTERS_THAT_SAY_SOMETHING)]
    return telling or [word for word in words if len(word) > 1]


def stem(word: str) -> str:
    """What the word keeps in its other forms: "accueil" and "accueillir", "ado" and "ados"."""
    if word.isdecimal() or len(word) < SHORT:
        return word
    return word.rstrip("sxen") if len(word) == SHORT else word[: max(SHORT - 1, min(LONG, len(word) - 2))]


def closeness(row_words: Sequence[str], word: str) -> float:
    """How well the best word of a record answers a word of the search: 1 the word itself, 0 nothing of it."""
    root = stem(word)
    best = 0.0
    for candidate in row_words:
        if candidate == word:
            return 1.0
        if candidate.startswith(root) or (root.startswith(candidate) and len(candidate) > len(root) - 2 > 1):
            best = max(best, 0.5 + 0.4 * SequenceMatcher(None, candidate, word).ratio())
        elif root in candidate:
            best = max(best, 0.3)
    return best


def words_in(text: str) -> list[str]:
    """The words of a folded text, in order."""
    return _WORDS.findall(text)
