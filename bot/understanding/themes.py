"""The sector's vocabulary: what people look for and what services are for, told in four languages.

Read from data/themes.txt. A theme has terms in each language and belongs to one kind, an entry of the closed list
that an offer's `kind` comes from. A text's themes are those whose terms it contains, each with a weight: 1 for a word,
more for a phrase; words inside a longer phrase of another theme do not count ("vol pas cher" is no theft).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.understanding.spelling import tokens as folded
from bot.understanding.spelling import words
from bot.understanding.stems import LANGS, Lang, stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATA: Final = Path(__file__).parent / "data" / "themes.txt"
# Small words that a term may be said without.
GLUE: Final = frozenset((
    "a", "au", "aux", "d", "de", "du", "des", "en", "l", "la", "le", "les", "un", "une", "et", "ou", "the", "of",
    "to", "an", "and", "aan", "het", "een", "van", "voor", "te", "in", "der", "die", "das", "den", "dem", "ein",
    "eine", "einen", "fur", "und", "im", "von", "mon", "ma", "mes", "son", "sa", "ses", "leur", "leurs", "mijn",
    "zijn", "haar", "mein", "meine", "meinen", "my", "his", "her", "their", "ce", "cette", "s", "se",
))  # fmt: skip
# Words of a term may be this much further apart than they are in the term.
SLACK: Final = 2
# A word this long is the same word in another language, or is not one of its words.
LONG: Final = 5
# What words that say no theme are listed under: they look like one's and are not ("ménages à petits revenus").
NO_THEME: Final = "-"
# A stem this short tells little: the word may differ by one of these endings alone.
SHORT: Final = 5
ENDINGS: Final = frozenset(("s", "x", "e", "es", "n", "en", "er", "t", "te"))
# Languages that join words into one.
_JOINING: Final = frozenset(("nl", "de"))
_SENTENCE: Final = re.compile(r"[.;:!?\n]\s|\s[–—|-]\s")
_LARGE: Final = re.compile(r"\b[A-ZÀ-Ü]{2,}\b")
_DIGITS: Final = frozenset("0123456789")
# Distinct words whose terms are remembered.
MOST_SEEN: Final = 20_000


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    names: Mapping[str, str]
    thematiques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """`near` themes are alike; those of `by` answer who needs this one where it is not offered itself.

    The traits are told at the top of the file.
    """

    key: str
    kind: str
    near: tuple[str, ...]
    by: tuple[str, ...] = ()
    general: bool = False
    needed_besides: bool = False
    deed: bool = False
    for_relatives: bool = False
    urgent: bool = False

    @property
    def outside(self) -> bool:
        """Not what a care directory is about."""
        return self.kind == "outside"


@dataclass(frozen=True, slots=True)
class _Term:
    theme: str
    parts: tuple[tuple[str, bool], ...]  # stem or prefix, whether it is a prefix
    sure: bool  # may be looked for in another language's text too
    others: frozenset[str] = frozenset()  # whole stems that must be in the text too
    spelt: str = ""  # the first word itself, where its stem is short
    initials: bool = False  # a word or a name as well, unless written large

    def begins(self, token: str) -> bool:
        """Whether the token, of the same stem, is the same word: short stems are shared by strangers (papi, papa)."""
        if not self.spelt or token == self.spelt:
            return True
        short, long = sorted((token, self.spelt), key=len)
        return len(short) > 1 and long.startswith(short) and long[len(short) :] in ENDINGS


@dataclass
class Vocabulary:
    kinds: dict[str, Kind] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    _words: dict[Lang, dict[str, list[_Term]]] = field(
        default_factory=lambda: {lang: defaultdict(list) for lang in LANGS}
    )
    _prefixes: dict[Lang, dict[str, list[_Term]]] = field(
        default_factory=lambda: {lang: defaultdict(list) for lang in LANGS}
    )
    spelt: set[str] = field(default_factory=set)
    _seen: dict[str, tuple[tuple[Lang, _Term], ...]] = field(default_factory=dict)
    _said: dict[tuple[Lang, ...], dict[str, tuple[tuple[Lang, _Term, bool], ...]]] = field(default_factory=dict)

    @cached_property
    def for_relatives(self) -> tuple[str, ...]:
        return tuple(key for key, theme in self.themes.items() if theme.for_relatives)

    def add(self, theme: str, lang: Lang, term: str) -> None:
        initials = term.isupper()
        raw = [word for word in term.lower().replace("'", " ").split() if word]
        parts: list[tuple[str, bool]] = []
        for word in raw:
            for piece in words(word):
                last = piece == words(word)[-1]
                prefix = word.endswith("*") and last
                if not prefix:
                    self.spelt.add(piece)
                if piece in GLUE and len(raw) > 1:
                    continue
                parts.append((piece, True) if prefix else (stem(piece, lang), False))
        if not parts:
            parts = [(stem(piece, lang), False) for piece in words(term)]
        sure = sum(len(part) for part, _ in parts) >= LONG + 1 or len(parts[0][0]) >= LONG
        others = frozenset(part for part, is_prefix in parts[1:] if not is_prefix)
        first, prefix = parts[0]
        pieces = [piece for word in raw for piece in words(word)]
        spelt = next((piece for piece in pieces if stem(piece, lang) == first), "")
        entry = _Term(theme, tuple(parts), sure, others, "" if prefix or len(first) > SHORT else spelt, initials)
        (self._prefixes if prefix else self._words)[lang][first].append(entry)

    def _terms_of(self, token: str) -> tuple[tuple[Lang, _Term], ...]:
        """Terms that may begin with the token, in any language."""
        if token[0] in _DIGITS:
            # Numbers are endless, have one form and are no word's beginning: nothing of them is remembered.
            return tuple((lang, term) for lang in LANGS for term in self._words[lang].get(token, ()))
        known = self._seen.get(token)
        if known is None:
            found: list[tuple[Lang, _Term]] = []
            for lang in LANGS:
                by_prefix = self._prefixes[lang]
                terms = [term for term in self._words[lang].get(stem(token, lang), ()) if term.begins(token)]
                for length in range(2, len(token) + 1):
                    terms += by_prefix.get(token[:length], ())
                if lang in _JOINING and not terms:
                    # "Kinderkrippe" is a Krippe: what a joined word ends with says what it is.
                    for start in range(3, len(token) - LONG + 1):
                        if terms := [
                            term
                            for term in self._words[lang].get(stem(token[start:], lang), ())
                            if len(term.parts) == 1
                        ]:
                            break
                found += [(lang, term) for term in terms]
            known = tuple(found)
            if len(self._seen) < MOST_SEEN:
                self._seen[token] = known
        return known

    def _terms_in(
        self, token: str, langs: Sequence[Lang], known: dict[str, tuple[tuple[Lang, _Term, bool], ...]]
    ) -> tuple[tuple[Lang, _Term, bool], ...]:
        """Those that count in a text in these languages, and whether they are in one of them."""
        found = tuple((lang, term, lang in langs) for lang, term in self._terms_of(token) if lang in langs or term.sure)
        if len(known) < MOST_SEEN and token[0] not in _DIGITS:
            known[token] = found
        return found

    def knows(self, word: str) -> bool:
        """Whether the folded word is one of a term's, or begins as a term of one word does."""
        if word in self.spelt:
            return True
        return any(
            len(term.parts) == 1 and term.parts[0][1]
            for lang in LANGS
            for length in range(LONG, len(word) + 1)
            for term in self._prefixes[lang].get(word[:length], ())
        )

    def matches(self, text: str, langs: Sequence[Lang]) -> dict[str, float]:
        """Theme -> weight, for a text in these languages; another language's long words count a little less."""
        found: list[tuple[str, frozenset[int], float]] = []
        large = frozenset(word for each in _LARGE.findall(text) for word in folded(each))
        start = 0
        for sentence in _SENTENCE.split(text):
            tokens = folded(sentence)
            # A term is said in one sentence: "Maison de jeunes. Accueil libre" is no "maison d'accueil".
            found += self._found(tokens, langs, large, start)
            start += len(tokens)
        return self._settle(found)

    def read(self, text: str, langs: Sequence[Lang]) -> tuple[dict[str, float], set[str]]:
        """The same, and the folded words of the text that are in no term."""
        tokens = folded(text)
        found = self._found(tokens, langs)
        told = frozenset().union(*(covered for _, covered, _ in found))
        return self._settle(found), {word for place, word in enumerate(tokens) if place not in told}

    def _found(
        self, tokens: Sequence[str], langs: Sequence[Lang], large: frozenset[str] | None = None, start: int = 0
    ) -> list[tuple[str, frozenset[int], float]]:
        """Theme, places of its words counted from `start`, weight; `large`: words written so, where it tells."""
        known = self._said.setdefault(tuple(langs), {})
        spots: dict[Lang, dict[str, list[int]]] = {}
        found: list[tuple[str, frozenset[int], float]] = []
        for position, token in enumerate(tokens):
            terms = known.get(token)
            if terms is None:
                terms = self._terms_in(token, langs, known)
            for lang, term, own in terms:
                if term.initials and large is not None and token not in large:
                    continue
                if len(term.parts) == 1:
                    found.append((term.theme, frozenset((start + position,)), 1.0 if own else 0.7))
                    continue
                if lang not in spots:
                    spots[lang] = _spots(tokens, lang)
                if term.others <= spots[lang].keys() and (covered := _cover(term, position, tokens, spots[lang])):
                    # A phrase says more than a word; a borrowed word (burn-out, coming out) is as good as one's own.
                    weight = (1.0 + 0.4 * (len(covered) - 1)) * (1.0 if own else 0.7)
                    found.append((term.theme, frozenset(start + place for place in covered), weight))
        return found

    def _settle(self, found: list[tuple[str, frozenset[int], float]]) -> dict[str, float]:
        weights: dict[str, float] = {}
        seen: dict[str, list[frozenset[int]]] = {}
        found.sort(key=lambda match: (-len(match[1]), -match[2]))
        phrases: dict[int, list[tuple[str, frozenset[int]]]] = {}
        for theme, covered, weight in found:
            if len(covered) > 1:
                for position in covered:
                    phrases.setdefault(position, []).append((theme, covered))
            earlier = seen.setdefault(theme, [])
            if any(covered <= former for former in earlier):
                continue
            # Whatever holds it all holds its first word; longer matches come first.
            around = phrases.get(next(iter(covered)), ())
            if any(covered < other and not self._related(theme, theirs) for theirs, other in around):
                continue
            earlier.append(covered)
            if theme == NO_THEME:
                continue
            weights[theme] = weights.get(theme, 0.0) + weight * (0.35 if earlier[:-1] else 1.0)
        return weights

    def _related(self, one: str, other: str) -> bool:
        if NO_THEME in (one, other):
            return one == other
        a, b = self.themes[one], self.themes[other]
        return one == other or other in a.near or one in b.near or (a.kind == b.kind and not a.outside)


def _spots(tokens: Sequence[str], lang: Lang) -> dict[str, list[int]]:
    """Where each stem is."""
    found: dict[str, list[int]] = {}
    for spot, word in enumerate(tokens):
        found.setdefault(word if word[0] in _DIGITS else stem(word, lang), []).append(spot)
    return found


def _cover(term: _Term, position: int, tokens: Sequence[str], spots: Mapping[str, list[int]]) -> frozenset[int]:
    """Positions of the term's words around `position`; empty when one is missing."""
    reach = len(term.parts) + SLACK
    low, high = max(0, position - reach), min(len(tokens), position + reach + 1)
    taken = [position]
    for wanted, prefix in term.parts[1:]:
        if prefix:
            hits = [spot for spot in range(low, high) if tokens[spot].startswith(wanted) and spot not in taken]
        else:
            hits = [spot for spot in spots.get(wanted, ()) if low <= spot < high and spot not in taken]
        if not hits:
            return frozenset()
        # The nearest; of two as near, the one before.
        taken.append(hits[0] if len(hits) == 1 else min(hits, key=lambda spot: abs(spot - position)))
    if max(taken) - min(taken) > reach:
        return frozenset()
    return frozenset(taken)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    book = Vocabulary()
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("kind "):
            key, fr, nl, de, en, thematiques = (part.strip() for part in line[5:].split("|"))
            book.kinds[key] = Kind(
                key,
                {"fr": fr, "nl": nl, "de": de, "en": en},
                tuple(t.strip() for t in thematiques.split(",") if t.strip()),
            )
        elif line.startswith("[") and not line.startswith(f"[{NO_THEME}]"):
            theme, _, rest = line[1:].partition("]")
            rest, _, traits = rest.partition(", is ")
            rest, _, by = rest.partition(", by ")
            kind, _, near = rest.partition(", near ")
            book.themes[theme] = Theme(
                theme, kind.strip(), tuple(near.split()), tuple(by.split()), **dict.fromkeys(traits.split(), True)
            )
    for key, spoken, terms in term_lists(silent=True):
        for term in terms:
            book.add(key, spoken, term)
    return book


def term_lists(*, silent: bool = False) -> list[tuple[str, Lang, list[str]]]:
    """Theme, language and terms, in the order of the file; an asterisk still ends a prefix.

    With `silent`, those of no theme too.
    """
    found: list[tuple[str, Lang, list[str]]] = []
    theme = ""
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            theme = line[1:].partition("]")[0]
        listed = [term.strip() for term in line[3:].split(",") if term.strip()]
        found += [(theme, name, listed) for name in LANGS if line.startswith(f"{name}:")]
    return [each for each in found if silent or each[0] != NO_THEME]


def kind_of(weights: Mapping[str, float]) -> str:
    """The kind an offer's themes point at; `other` when none does."""
    book = vocabulary()
    totals: dict[str, float] = defaultdict(float)
    for theme, weight in weights.items():
        totals[book.themes[theme].kind] += weight
    totals.pop("outside", None)
    return max(totals, key=lambda kind: totals[kind]) if totals else "other"
