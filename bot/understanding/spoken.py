"""The languages a service should be given in, as a question asks for them; ISO 639-1 codes, `sgn` for sign language."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from bot.understanding.spelling import words

# code -> names in fr, nl, de, en (folded); then the forms that alone ask for a service in that language.
NAMES: Final[dict[str, tuple[str, str]]] = {
    "fr": (
        "francais|frans|franzosisch|french",
        "francophone\\w*|franstalig\\w*|franzosischsprachig\\w*|frenchspeaking",
    ),
    "nl": (
        "neerlandais|nederlands|niederlandisch|dutch|flamand|vlaams|flemish",
        "neerlandophone\\w*|nederlandstalig\\w*|niederlandischsprachig\\w*",
    ),
    "de": ("allemand|duits|deutsch|german", "germanophone\\w*|duitstalig\\w*|deutschsprachig\\w*"),
    "en": ("anglais|engels|englisch|english", "anglophone\\w*|engelstalig\\w*|englischsprachig\\w*"),
    "ar": ("arabe|arabisch|arabic|darija", "arabophone\\w*|arabischsprachig\\w*|arabischtalig\\w*"),
    "es": ("espagnol|spaans|spanisch|spanish", "hispanophone\\w*|spaanstalig\\w*|spanischsprachig\\w*"),
    "it": ("italien|italiaans|italienisch|italian", "italophone\\w*|italiaanstalig\\w*"),
    "pt": ("portugais|portugees|portugiesisch|portuguese", "lusophone\\w*|portugeestalig\\w*"),
    "tr": ("turc|turks|turkisch|turkish", "turcophone\\w*|turkstalig\\w*|turkischsprachig\\w*"),
    "pl": ("polonais|pools|polnisch|polish", "polonophone\\w*|poolstalig\\w*"),
    "ro": ("roumain|roemeens|rumanisch|romanian", "roumanophone\\w*"),
    "ru": ("russe|russisch|russian", "russophone\\w*|russischtalig\\w*|russischsprachig\\w*"),
    "uk": ("ukrainien|oekraiens|ukrainisch|ukrainian", "ukrainophone\\w*"),
    "lu": ("luxembourgeois|luxemburgs|luxemburgisch|luxembourgish", "luxembourgophone\\w*"),
    "fa": ("farsi|persan|perzisch|persisch|persian|dari", "persanophone\\w*"),
    "ps": ("pachto|pashto|pachtou|pasjtoe|paschtu", "pachtophone\\w*"),
    "so": ("somali|somalisch", "somaliphone\\w*"),
    "ti": ("tigrinya|tigrigna|tigrinja", "tigrinyaphone\\w*"),
    "sq": ("albanais|albanees|albanisch|albanian", "albanophone\\w*"),
    "sr": ("serbe|servisch|serbisch|serbian|serbo croate", "serbophone\\w*"),
    "bg": ("bulgare|bulgaars|bulgarisch|bulgarian", "bulgarophone\\w*"),
    "el": ("grec|grieks|griechisch|greek", "hellenophone\\w*"),
    "zh": ("chinois|chinees|chinesisch|chinese|mandarin", "sinophone\\w*"),
    "ber": ("berbere|tamazight|amazigh|berber|rifain", "berberophone\\w*"),
    "ku": ("kurde|koerdisch|kurdisch|kurdish", "kurdophone\\w*"),
    "ln": ("lingala", "lingalaphone\\w*"),
    "wo": ("wolof", "wolophone\\w*"),
    "sgn": ("langue des signes|lsfb|lsf|gebarentaal|vgt|gebardensprache|sign language", "signant\\w*"),
}
_BEFORE: Final = r"(?:parl\w+|cause\w*|conn[ai]\w+|pratiqu\w+|maitris\w+|utilis\w+|kent|beherrscht|knows?|uses?|signs? in|en|in|op z'n|auf|spre\w+|spric\w+|speak\w*|praat|spreekt|kan|langue|taal|sprache|comprend\w*|versta\w+|versteht|only)"
_AFTER: Final = r"(?:speaking|sprechend\w*|sprekend\w*|sprachig\w*|talig\w*|spreekt|spricht|spreken|sprechen|speaker)"
_LEARN: Final = re.compile(
    r"\b(?:cours|lecons?|apprendre|apprentissage|ameliorer|les(?:sen)?|leren|lernen|learn\w*|class\w*|course\w*|kurs\w*|tolk|traduct\w+|interpret\w*)\b"
    r"(?: \w+){0,3}$"
)
_TOKEN: Final = re.compile(r"[^\W_]+")
_PATTERNS: Final = {
    code: re.compile(rf"\b(?:{_BEFORE}(?: (?:le|la|l|de|het|du|bien|aussi|que|only|just|goed|gut|nur|alleen|perfect))* (?P<a>{names})|(?P<b>{names}) {_AFTER}|(?P<c>{forms}))\b")
    for code, (names, forms) in NAMES.items()
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
