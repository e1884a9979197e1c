"""The languages a service should be given in, as a question asks for them; ISO 639-1 codes, `sgn` for sign language."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from bot.understanding.languages import NAMES
from bot.understanding.spelling import words

# Forms that alone ask for a service in that language.
_SPEAKERS: Final = {
    "fr": r"francophone\w*|franstalig\w*|franzosischsprachig\w*|frenchspeaking",
    "nl": r"neerlandophone\w*|nederlandstalig\w*|niederlandischsprachig\w*",
    "de": r"germanophone\w*|duitstalig\w*|deutschsprachig\w*",
    "en": r"anglophone\w*|engelstalig\w*|englischsprachig\w*",
    "ar": r"arabophone\w*|arabischsprachig\w*|arabischtalig\w*",
    "es": r"hispanophone\w*|spaanstalig\w*|spanischsprachig\w*",
    "it": r"italophone\w*|italiaanstalig\w*",
    "pt": r"lusophone\w*|portugeestalig\w*",
    "tr": r"turcophone\w*|turkstalig\w*|turkischsprachig\w*",
    "pl": r"polonophone\w*|poolstalig\w*",
    "ro": r"roumanophone\w*",
    "ru": r"russophone\w*|russischtalig\w*|russischsprachig\w*",
    "uk": r"ukrainophone\w*",
    "lu": r"luxembourgophone\w*",
    "fa": r"persanophone\w*",
    "ps": r"pachtophone\w*",
    "so": r"somaliphone\w*",
    "ti": r"tigrinyaphone\w*",
    "sq": r"albanophone\w*",
    "sr": r"serbophone\w*",
    "bg": r"bulgarophone\w*",
    "el": r"hellenophone\w*",
    "zh": r"sinophone\w*",
    "ber": r"berberophone\w*",
    "ku": r"kurdophone\w*",
    "ln": r"lingalaphone\w*",
    "wo": r"wolophone\w*",
    "sgn": r"signant\w*",
}
_BEFORE: Final = r"(?:parl\w+|cause\w*|conn[ai]\w+|pratiqu\w+|maitris\w+|utilis\w+|kent|beherrscht|knows?|uses?|signs? in|en|in|op z'n|auf|spre\w+|spric\w+|speak\w*|praat|spreekt|kan|langue|taal|sprache|comprend\w*|versta\w+|versteht|only)"
_AFTER: Final = r"(?:speaking|sprechend\w*|sprekend\w*|sprachig\w*|talig\w*|spreekt|spricht|spreken|sprechen|speaker)"
_LEARN: Final = re.compile(
    r"\b(?:cours|lecons?|apprendre|apprentissage|ameliorer|les(?:sen)?|leren|lernen|learn\w*|class\w*|course\w*|kurs\w*|tolk|traduct\w+|interpret\w*)\b"
    r"(?: \w+){0,3}$"
)
_TOKEN: Final = re.compile(r"[^\W_]+")
_NAMED: Final = {code: "|".join(names) for code, names in NAMES.items()}
_PATTERNS: Final = {
    code: re.compile(rf"\b(?:{_BEFORE}(?: (?:le|la|l|de|het|du|bien|aussi|que|only|just|goed|gut|nur|alleen|perfect))* (?P<a>{names})|(?P<b>{names}) {_AFTER}|(?P<c>{_SPEAKERS[code]}))\b")
    for code, names in _NAMED.items()
}  # fmt: skip


def without_languages(text: str) -> tuple[tuple[str, ...], str]:
    """The codes in the order they are asked for, and the text as long as it was with what asks for them blanked.

    "Qui parle turc" says no more; a course of a language asks for none.
    """
    plain, starts, places = "", [], []
    for token in _TOKEN.finditer(text):
        for word in words(token[0]):
            plain += " " if plain else ""
            starts.append(len(plain))
            places.append(token.span())
            plain += word
    found = []
    for code, pattern in _PATTERNS.items():
        if (match := pattern.search(plain)) and not _LEARN.search(plain[: match.start()]):
            found.append((match.start(), code))
            first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1) - 1
            start, end = places[first][0], places[last][1]
            text = text[:start] + " " * (end - start) + text[end:]
    return tuple(code for _, code in sorted(found)), text
