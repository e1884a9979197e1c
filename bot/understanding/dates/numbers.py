"""Numbers in words, 0 to 100 and ordinals 1 to 31: as written in Belgium and France alike."""

from __future__ import annotations

FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre vingt"}
FR_TENS_BE = {70: ("septante",), 80: ("octante", "huitante"), 90: ("nonante",)}
NL = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien"
NL_TENS = {
    20: "twintig",
    30: "dertig",
    40: "veertig",
    50: "vijftig",
    60: "zestig",
    70: "zeventig",
    80: "tachtig",
    90: "negentig",
}
DE = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
DE_TENS = {
    20: "zwanzig",
    30: "dreißig",
    40: "vierzig",
    50: "fünfzig",
    60: "sechzig",
    70: "siebzig",
    80: "achtzig",
    90: "neunzig",
}
EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
EN_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
EN_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"


def french() -> dict[str, int]:
    known = {word: n for n, word in enumerate(FR)}
    small = dict(known) | {f"dix {FR[n]}": 10 + n for n in (7, 8, 9)}
    known = dict(small)
    for ten, word in FR_TENS.items():
        for form in {word, word + "s"} if ten == 80 else {word}:
            known[form] = ten
        for unit_word, n in small.items():
            if 0 < n < (20 if ten in (60, 80) else 10):
                known[f"{word} {unit_word}"] = ten + n
        known[f"{word} et un"] = known[f"{word} et une"] = ten + 1
        known[f"{word} une"] = ten + 1
    known["soixante et onze"] = 71
    for ten, words in FR_TENS_BE.items():
        for word in words:
            known[word] = ten
            known |= {f"{word} {FR[n]}": ten + n for n in range(1, 10)}
            known[f"{word} et un"] = known[f"{word} et une"] = ten + 1
    return {word: n for word, n in known.items() if word not in ("un", "une")}


def dutch() -> dict[str, int]:
    words = NL.split()
    known = {word: n for n, word in enumerate(words) if n != 1}
    for ten, word in NL_TENS.items():
        known[word] = ten
        for n in range(1, 10):
            link = "ën" if words[n].endswith("e") else "en"
            known[f"{words[n]}{link}{word}"] = ten + n
    return known | {"honderd": 100}


def german() -> dict[str, int]:
    words = DE.split()
    known = {word: n for n, word in enumerate(words) if n != 1}
    for ten, word in DE_TENS.items():
        known[word] = ten
        known |= {f"{words[n]}und{word}": ten + n for n in range(1, 10)}
    known |= {w.replace("ü", "ue").replace("ö", "oe"): n for w, n in known.items() if "ü" in w or "ö" in w}
    return known | {"hundert": 100, "zwo": 2}


def english() -> dict[str, int]:
    words = EN.split()
    known = {word: n for n, word in enumerate(words) if n != 1}
    for ten, word in EN_TENS.items():
        known[word] = ten
        known |= {f"{word} {words[n]}": ten + n for n in range(1, 10)}
    return known | {"hundred": 100, "a hundred": 100}


def cardinals(lang: str) -> dict[str, int]:
    return {"fr": french, "nl": dutch, "de": german, "en": english}[lang]()


def ordinals(lang: str) -> dict[str, int]:
    """Ordinals in words up to 31; the irregular first few are in the lexicons."""
    if lang == "fr":
        return {_french_ordinal(word) + end: n for word, n in french().items() if 1 < n <= 31 for end in ("", "s")}
    if lang == "nl":
        return {w + ("ste" if n in (1, 8) or n > 19 else "de"): n for w, n in dutch().items() if 3 < n <= 31}
    if lang == "de":
        out: dict[str, int] = {}
        for word, n in german().items():
            if 3 < n <= 31:
                stem = {7: "siebt", 8: "acht"}.get(n) or word + ("t" if n < 20 else "st")
                out |= {stem + ending: n for ending in ("e", "er", "es", "en", "em")}
        return out
    units = EN_ORDINALS.split()
    known = {word: n + 1 for n, word in enumerate(units)}
    known |= {f"twenty {units[n - 1]}": 20 + n for n in range(1, 10)}
    return known | {"thirtieth": 30, "thirty first": 31}


def _french_ordinal(word: str) -> str:
    stem = word.removesuffix("e")
    stem = stem[:-1] + "v" if stem.endswith("neuf") else stem + "u" if stem.endswith("cinq") else stem
    return stem + "ième"


def years(lang: str) -> dict[str, int]:
    """2000 to 2099 in words."""
    small = {n: word for word, n in cardinals(lang).items() if 0 < n < 100} | {
        1: {"fr": "un", "nl": "een", "de": "ein", "en": "one"}[lang]
    }
    thousand = {"fr": "deux mille", "nl": "tweeduizend", "de": "zweitausend", "en": "two thousand"}[lang]
    glue = "" if lang == "de" else " "
    known = {f"{thousand}{glue}{word}": 2000 + n for n, word in small.items()}
    if lang == "en":
        known |= {f"two thousand and {word}": 2000 + n for n, word in small.items()}
        known |= {f"twenty {word}": 2000 + n for n, word in small.items() if n > 9}
    if lang == "nl":
        known |= {f"twintig {word}": 2000 + n for n, word in small.items() if n > 9}
    return known
