"""Languages by all that a file or a person may call them, folded.

Keys are ISO 639-1 codes, "ber" and "sgn" for Berber and sign language, "lu" for Luxembourgish.
"""

from __future__ import annotations

from typing import Final

# What they are called in French, Dutch, German and English, and by other names in use.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "fr": ("francais", "frans", "franzosisch", "french"),
    "nl": ("neerlandais", "nederlands", "niederlandisch", "dutch", "flamand", "vlaams", "flemish", "flamisch"),
    "de": ("allemand", "duits", "deutsch", "german"),
    "en": ("anglais", "engels", "englisch", "english"),
    "ar": ("arabe", "arabisch", "arabic", "darija"),
    "es": ("espagnol", "spaans", "spanisch", "spanish"),
    "it": ("italien", "italiaans", "italienisch", "italian"),
    "pt": ("portugais", "portugees", "portugiesisch", "portuguese"),
    "tr": ("turc", "turks", "turkisch", "turkish"),
    "pl": ("polonais", "pools", "polnisch", "polish"),
    "ro": ("roumain", "roemeens", "rumanisch", "romanian"),
    "ru": ("russe", "russisch", "russian"),
    "uk": ("ukrainien", "oekraiens", "ukrainisch", "ukrainian"),
    "lu": ("luxembourgeois", "luxemburgs", "luxemburgisch", "luxembourgish"),
    "fa": ("farsi", "persan", "perzisch", "persisch", "persian", "dari"),
    "ps": ("pachto", "pashto", "pachtou", "pasjtoe", "paschtu"),
    "so": ("somali", "somalisch"),
    "ti": ("tigrinya", "tigrigna", "tigrinja"),
    "sq": ("albanais", "albanees", "albanisch", "albanian"),
    "sr": ("serbe", "servisch", "serbisch", "serbian", "serbo croate"),
    "bg": ("bulgare", "bulgaars", "bulgarisch", "bulgarian"),
    "el": ("grec", "grieks", "griechisch", "greek"),
    "zh": ("chinois", "chinees", "chinesisch", "chinese", "mandarin"),
    "ber": ("berbere", "tamazight", "amazigh", "berber", "rifain"),
    "ku": ("kurde", "koerdisch", "kurdisch", "kurdish"),
    "ln": ("lingala",),
    "wo": ("wolof",),
    "sgn": ("langue des signes", "lsfb", "lsf", "gebarentaal", "vgt", "gebardensprache", "sign language"),
}
# What files write for them besides.
_CODES: Final = {
    "fr": "fr fra fre",
    "nl": "nl nld dut",
    "de": "de deu ger",
    "en": "en eng",
    "ar": "ar ara",
    "es": "es spa",
    "it": "it ita",
    "pt": "pt por",
    "tr": "tr tur",
    "pl": "pl pol",
    "ro": "ro ron",
    "ru": "ru rus",
    "uk": "uk ukr",
    "lu": "lu lb ltz",
    "fa": "fa",
    "ps": "ps",
    "so": "so",
    "ti": "ti",
    "sq": "sq",
    "sr": "sr srp",
    "bg": "bg",
    "el": "el ell",
    "zh": "zh",
    "ber": "ber",
    "ku": "ku",
    "ln": "ln lin",
    "wo": "wo wol",
    "sgn": "sgn signes",
}
LANGUAGE_OF: Final = {name: code for code, names in NAMES.items() for name in (*names, *_CODES[code].split())}
