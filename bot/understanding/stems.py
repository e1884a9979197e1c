"""Words brought to their stem in four languages, and the language a text is written in; the only importer of Stemmer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

import Stemmer

from bot.understanding.spelling import tokens, words

Lang = Literal["fr", "nl", "de", "en"]
LANGS: Final[tuple[Lang, ...]] = ("fr", "nl", "de", "en")
_STEMMERS: Final = {
    lang: Stemmer.Stemmer(name, 0) for lang, name in zip(LANGS, ("french", "dutch", "german", "english"), strict=True)
}
# Words that say nothing of what is sought; folded. They also tell the language.
STOP: Final[dict[Lang, frozenset[str]]] = {
    "fr": frozenset(
        ["a", "ai", "aie", "ait", "au", "aux", "avec", "avez", "avoir", "avons", "c", "ca", "car", "ce", "cela", "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chez", "comme", "comment", "d", "dans", "de", "des", "donc", "dont", "du", "elle", "elles", "en", "entre", "es", "est", "et", "etaient", "etait", "etc", "ete", "etes", "etre", "eu", "eux", "fait", "faire", "faut", "fois", "font", "il", "ils", "j", "je", "jusqu", "l", "la", "le", "les", "leur", "leurs", "lui", "m", "ma", "mais", "me", "meme", "mes", "moi", "mon", "n", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "par", "pas", "peu", "peut", "peuvent", "peux", "plus", "pour", "pouvez", "pr", "pouvoir", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "quelqu", "un", "une", "qui", "quoi", "s", "sa", "sans", "se", "ses", "si", "soit", "son", "sont", "sous", "sur", "t", "ta", "te", "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "tres", "tu", "va", "vers", "veut", "veux", "vont", "vos", "votre", "vous", "y", "etre", "cherche", "chercher", "connaissez", "connait", "trouver", "existe", "propose", "proposent", "svp", "bonjour", "bonsoir", "salut", "coucou", "beaucoup", "merci", "besoin", "aide", "aider", "voudrais", "aimerais", "personne", "personnes", "service", "services", "quelque", "chose"]
    ),
    "nl": frozenset(
        ["aan", "al", "alles", "als", "ben", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "doen", "een", "en", "er", "ga", "gaan", "geen", "had", "heb", "hebben", "heeft", "het", "hij", "hoe", "hun", "iemand", "ik", "in", "is", "ja", "je", "jou", "jouw", "kan", "kunnen", "kunt", "maar", "me", "mee", "meer", "men", "met", "mij", "mijn", "moet", "moeten", "na", "naar", "niet", "nog", "nu", "of", "om", "omdat", "ons", "onze", "ook", "op", "over", "te", "tegen", "toch", "toe", "tot", "u", "uit", "uw", "van", "veel", "voor", "waar", "wanneer", "wat", "we", "wel", "welke", "werd", "wie", "wij", "wil", "willen", "wordt", "worden", "zal", "ze", "zelf", "zich", "zij", "zijn", "zo", "zoek", "zoeken", "terecht", "ergens", "hulp", "hallo", "dag", "bedankt", "graag", "iets", "mensen", "persoon", "personen"]
    ),
    "de": frozenset(
        ["ab", "aber", "alle", "als", "am", "an", "auch", "auf", "aus", "bei", "bin", "bis", "da", "damit", "dann", "das", "dass", "dem", "den", "der", "des", "die", "dies", "diese", "dieser", "dir", "doch", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "fur", "gibt", "haben", "hat", "hatte", "hier", "ich", "ihm", "ihn", "ihr", "ihre", "im", "in", "ist", "ja", "jemand", "kann", "kein", "keine", "konnen", "man", "mehr", "mein", "meine", "meinem", "meinen", "meiner", "mich", "mir", "mit", "muss", "nach", "nicht", "noch", "nur", "ob", "oder", "sein", "seine", "sich", "sie", "sind", "so", "suche", "suchen", "uber", "um", "und", "uns", "unser", "vom", "von", "vor", "war", "warum", "was", "wegen", "weil", "welche", "wenn", "wer", "wie", "will", "wir", "wird", "wo", "zu", "zum", "zur", "hilfe", "bitte", "danke", "finde", "finden", "leute", "menschen", "person", "personen"]
    ),
    "en": frozenset(
        ["a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "do", "does", "for", "from", "get", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "is", "it", "its", "looking", "me", "my", "need", "needs", "not", "of", "on", "or", "our", "out", "she", "should", "so", "some", "somebody", "someone", "that", "the", "their", "them", "there", "they", "this", "to", "too", "up", "us", "was", "we", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your", "find", "please", "thanks", "hello", "anyone", "help", "people", "person", "persons"]
    ),
}  # fmt: skip
ALL_STOP: Final = frozenset().union(*STOP.values())


@lru_cache(maxsize=60_000)
def stem(word: str, lang: Lang) -> str:
    """Of a folded word."""
    return str(_STEMMERS[lang].stemWord(word))


@lru_cache(maxsize=60_000)
def _content(word: str, lang: Lang) -> str:
    return "" if word in STOP[lang] or len(word) < 2 else stem(word, lang)


def content(text: str, lang: Lang) -> list[str]:
    """Stems of the words that say something."""
    return [root for word in words(text) if (root := _content(word, lang))]


_TELLING: Final = {
    lang: STOP[lang] - frozenset().union(*(STOP[other] for other in LANGS if other != lang)) for lang in LANGS
}
_SHAPES: Final[dict[Lang, tuple[str, ...]]] = {
    "fr": ("tion", "ment", "eur", "ique", "aux", "eux", "euse", "ees", "age", "ite", "elle"),
    "nl": ("ij", "oe", "uis", "heid", "lijk", "aar", "eel", "sch", "aan", "oor", "zorg", "ing", "isch"),
    "de": ("ung", "keit", "heit", "lich", "fur", "ech", "ung", "sch", "tz", "ungen", "chen"),
    "en": ("ing", "th", "ness", "ship", "ght", "ork", "ment"),
}

# Letters that hardly another of the four has; "é" is in too many names.
_MARKS: Final[dict[Lang, re.Pattern[str]]] = {
    "fr": re.compile("[àèêçœùîâôû]", re.IGNORECASE),
    "de": re.compile("[äöüß]", re.IGNORECASE),
}


@lru_cache(maxsize=30_000)
def _votes(word: str) -> int:
    """How much the folded word looks like one of each language's own, in one number that sums fast: 32 bits each."""
    if word.isdigit():
        return 0
    return sum(
        (10 * (word in _TELLING[lang]) + 2 * any(shape in word for shape in _SHAPES[lang])) << (32 * place)
        for place, lang in enumerate(LANGS)
    )


@lru_cache(maxsize=512)
def languages_of(text: str) -> tuple[Lang, ...]:
    """The languages a text is written in, the main one first; never empty: French when nothing tells."""
    votes = sum(map(_votes, tokens(text)))
    scores = {lang: votes >> (32 * place) & 0xFFFFFFFF for place, lang in enumerate(LANGS)}
    if not text.isascii():
        for lang, mark in _MARKS.items():
            scores[lang] += 4 * bool(mark.search(text))
    best = max(scores.values())
    if best == 0:
        return ("fr",)
    return tuple(sorted((lang for lang in LANGS if scores[lang] >= 0.55 * best), key=lambda lang: -scores[lang]))


def language_of(text: str, usual: str | None = None) -> Lang:
    """The main one; where the text could be in several, or tells nothing, the one its author usually reads."""
    likely = languages_of(text)
    if usual in likely:
        return next(lang for lang in likely if lang == usual)
    tells = any(map(_votes, tokens(text))) or any(mark.search(text) for mark in _MARKS.values())
    return likely[0] if tells else next((lang for lang in LANGS if lang == usual), likely[0])
