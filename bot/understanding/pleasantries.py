"""What is said to somebody rather than kept: a greeting, thanks, a yes, a try; in the four languages at once."""

import re
from typing import Final, Literal

from bot.understanding.spelling import fold

Pleasantry = Literal["greeting", "thanks", "other"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_EMOJI_NAME: Final = re.compile(r":[\w+-]+:")
# Longer is a sentence, whatever its words.
_MOST_WORDS: Final = 6


def _set(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_GREETING: Final = _set(
    "bonjour bjr bonsoir salut coucou hello hallo hi hey hoi dag goedemorgen goeiemorgen goedemiddag goedenavond "
    "goedendag guten tag morgen abend gruss gott moin servus morning afternoon evening good goede goeie"
)
_THANKS: Final = _set("merci mercis bedankt dank dankjewel dankuwel danke thanks thank thx")
_OTHER: Final = _set(
    "ok okay oke okee oki oui non yes no ja nee nein nope yep ouais test tests testing teste essai essais proef "
    "versuch try parfait super top bien compris entendu noted prima gut begrepen verstanden bravo genial great fine "
    "cool bof euh hum hmm"
)
# What goes with these, and says nothing alone.
_AROUND: Final = _set(
    "a tous toute toutes tout le monde vous toi te tu u je jou jullie ihr dir ihnen sie allen alle all "
    "everyone everybody iedereen zusammen la team les l equipe collegues beaucoup bien bcp tres viel vielen "
    "much very so you bot fil rouge filrouge cher chere chers wel veel zeer hartelijk herzlichen schon schonen"
)
_WISHES: Final = _set("bonne belle")
# What is wished, and what one gives thanks for; "oui pour le week-end" may be a decision.
_OCCASION: Final = _set(
    "fin de journee soiree week end weekend pour voor fur for encore mille un une grand au aux votre ton ta aide"
)
# A kind, a word of which must be there, and those that may stand around it.
_KINDS: Final[tuple[tuple[Pleasantry, frozenset[str], frozenset[str]], ...]] = (
    ("thanks", _THANKS, _GREETING | _OTHER | _WISHES | _AROUND | _OCCASION),
    ("greeting", _GREETING, _OTHER | _AROUND),
    ("other", _WISHES, _OTHER | _AROUND | _OCCASION),
    ("other", _OTHER, _AROUND),
)


def read(text: str) -> Pleasantry | None:
    """What kind of pleasantry all of a short text is; None where a word of it says more."""
    told = fold(_EMOJI_NAME.sub(" ", text))
    words = _WORD.findall(told)
    if not 0 < len(words) <= _MOST_WORDS or any(char.isdigit() for char in told):
        return None
    said = set(words)
    return next((kind for kind, known, around in _KINDS if said & known and said <= known | around), None)
